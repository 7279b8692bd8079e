"""The boxes of a HEIF file at its top, and the parts that they make before any item is cut out of them.

Specification: ISO/IEC 14496-12:2022, sections 4.2 and 8.1 to 8.3; ISO/IEC 23008-12:2022, sections 6.2 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.formats._isobmff import MOST_BOXES, Box, blank, box_at, boxes, children, plain, uuid_payload
from exposure.model import Depth, Kind, Part, Role
from exposure.source import Range, Window

PADDING = "padding"
UNREFERENCED = "unreferenced data"
"""Bytes of a media data box that belong to no item."""
PICTURE_DATA = "picture data"
REST = "rest of "
"""What is left in a box after the boxes in it that could be read."""

_TOP = frozenset(b"ftyp meta moov moof mfra sidx ssix styp pdin mdat free skip uuid mpvd sefd jumb".split())
_IN_META = frozenset(b"hdlr pitm iinf iloc iref iprp idat grpl dinf ipro".split())
_IN_MOOV = frozenset(b"mvhd trak mvex iods".split())
_IN_TRAK = frozenset(b"tkhd edts tref mdia trgr".split())
_SPACE = (b"free", b"skip", b"wide")
_MOST_TRACKS = 64
"""The tracks of an image sequence that are looked into; a further one is metadata that nobody understands."""
_MOST_INSIDE = 256
"""Boxes that are looked at in one meta or trak box; what follows is metadata that nobody understands."""
_LOOKED_AT = 1 << 20
"""A shallow look does not read longer runs, in bytes, to see whether they are padding."""


class Walk(NamedTuple):
    """The top of a file."""

    boxes: tuple[Box, ...]
    end: int
    """Where they end; what follows is a trailer, unless the file is damaged."""
    damage: MalformedFile | None
    metas: tuple[Box, ...]
    """Every meta box that lists items: the file's, and those of an image sequence and its tracks."""
    sequence: bool
    """Whether there are tracks."""


def walk(window: Window) -> Walk:
    """Find the boxes at the top. A second ftyp box begins another file, stuck to the end of this one."""
    found: list[Box] = []
    at, damage = 0, None
    while at + 8 <= window.size and damage is None:
        type_ = window.read(at + 4, 4)
        if not plain(type_) or (type_ == b"ftyp" and at):
            break
        try:
            found.append(box_at(window, at, window.size))
            at = found[-1].end
        except MalformedFile as error:
            if type_ not in _TOP:
                break
            damage = error
            if type_ == b"mdat":  # the picture was cut short: what there is of it is still the picture
                found.append(Box(type_, at, min(at + 8, window.size), window.size))
                at = window.size
        if len(found) > MOST_BOXES:
            damage = MalformedFile("more boxes than any photo has", at)
    if damage is None and 0 < window.size - at < 8 and window.read(at, window.size - at).strip():
        damage = MalformedFile("the file ends in the middle of a box", at)
    types = {box.type for box in found}
    if not types & {b"meta", b"moov"}:
        damage = damage or MalformedFile("there is no list of what is in the file", at)
        found = [box for box in found[:1] if box.type == b"ftyp"]
        at = found[0].end if found else 0
    return Walk(tuple(found), at, damage, tuple(_metas(window, found)), b"moov" in types)


def _metas(window: Window, found: Iterable[Box]) -> Iterator[Box]:
    for type_ in (b"meta", b"moov"):
        box = next((box for box in found if box.type == type_), None)
        if box is not None and type_ == b"meta":
            yield box
        elif box is not None:
            yield from _track_metas(window, box)


def _track_metas(window: Window, moov: Box) -> Iterator[Box]:
    """The item lists of an image sequence and its tracks. MP4 videos have meta boxes of another kind."""
    tracks = 0
    for box in _all(boxes(window, moov.start, moov.end)):
        if box.type == b"trak" and tracks < _MOST_TRACKS:
            tracks += 1
            inner = _all(boxes(window, box.start, box.end), _MOST_INSIDE)
        else:
            inner = [box]
        for meta in inner:
            if meta.type == b"meta" and any(
                b.type == b"iloc" for b in _all(children(window, meta), _MOST_INSIDE)
            ):
                yield meta


def _all(found: Iterator[Box], most: int = MOST_BOXES) -> list[Box]:
    """The boxes up to where they break, or the first of them; `_container` makes a part of the rest."""
    good: list[Box] = []
    with suppress(MalformedFile):
        good.extend(islice(found, most))
    return good


def box_parts(window: Window, top: Walk, depth: Depth) -> Iterator[Part]:
    """Parts that tile the file up to where it is damaged. What is not structure may have items in it."""
    seen = False
    for box in top.boxes:
        if box.type == b"mdat":
            yield from _media(box, top.sequence, depth)
        elif box.type == b"meta" and not seen:
            seen = True
            yield from _container(window, box, top, depth)
        elif box.type == b"moov":
            yield from _container(window, box, top, depth)
        elif box.type in (b"ftyp", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin"):
            yield Part(box.offset, box.end - box.offset, Role.STRUCTURE, box.word)
        else:
            yield loose(window, box, depth)
    if top.end < window.size and top.damage is None:
        yield Part(top.end, window.size - top.end, Role.METADATA, "after the last box", Kind.TRAILER)


def _media(box: Box, sequence: bool, depth: Depth) -> Iterator[Part]:
    """An mdat or idat box. In an image sequence, what is no item is taken for samples of its tracks: telling
    them apart would need every sample table, and a picture that is dropped by mistake is worse than one kept."""
    yield Part(box.offset, box.start - box.offset, Role.STRUCTURE, box.word)
    offset, length = box.payload
    if length and sequence:
        yield Part(offset, length, Role.PICTURE, PICTURE_DATA, searched=depth is Depth.DEEP)
    elif length:
        yield Part(offset, length, Role.METADATA, UNREFERENCED, Kind.UNKNOWN)


def _container(window: Window, box: Box, top: Walk, depth: Depth) -> Iterator[Part]:
    """A meta, moov or trak box: what is known in it is structure, all else is metadata."""
    known = {b"meta": _IN_META, b"moov": _IN_MOOV, b"trak": _IN_TRAK}[box.type]
    found = children(window, box) if box.type == b"meta" else boxes(window, box.start, box.end)
    inner = _all(found, MOST_BOXES if box.type == b"moov" else _MOST_INSIDE)
    start = inner[0].offset if inner else min(box.start + 4 * (box.type == b"meta"), box.end)
    tracks, seen = 0, set[bytes]()
    yield Part(box.offset, start - box.offset, Role.STRUCTURE, box.word)
    for each in inner:
        if each.type == b"idat":
            yield from _media(each, False, depth)
        elif each in top.metas or (each.type == b"trak" and tracks < _MOST_TRACKS):
            tracks += each.type == b"trak"
            yield from _container(window, each, top, depth)
        elif each.type in known and each.type not in seen:
            seen.add(each.type)  # a second one of its kind is not read by anybody
            yield Part(each.offset, each.end - each.offset, Role.STRUCTURE, f"{box.word} {each.word}")
        else:
            yield loose(window, each, depth)
    end = inner[-1].end if inner else start
    if end < box.end:
        rest = Range(end, box.end - end)
        yield Part(*rest, Role.METADATA, f"{REST}{box.word}", Kind.UNKNOWN, rest)


def loose(window: Window, box: Box, depth: Depth) -> Part:
    """A box that the picture does not need."""
    kind, payload, where = Kind.UNKNOWN, box.payload, box.word
    if box.type == b"uuid":
        kind, payload = uuid_payload(window, box)
    elif box.type == b"jumb":
        kind, payload = Kind.JUMBF, payload._replace(offset=box.offset, length=box.end - box.offset)
    elif box.type == b"sefd":  # what Samsung's phones put behind a JPEG
        kind = Kind.TRAILER
    elif box.type in _SPACE:
        where = unused(window, where, box.start, box.end, depth)
    return Part(box.offset, box.end - box.offset, Role.METADATA, where, kind, payload)


def unused(window: Window, where: str, start: int, end: int, depth: Depth) -> str:
    """The word for bytes that nothing refers to: padding when all are zero."""
    limit = None if depth is Depth.DEEP else _LOOKED_AT
    return PADDING if blank(window, start, end, limit) else where
