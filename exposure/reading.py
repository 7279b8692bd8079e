"""Read a source into a Photo: the only place where formats and decoders meet.

It never raises for what is in a file: trouble becomes a `Problem`, and a photo with one was read in part only.
Files inside files (thumbnails, second pictures, trailers) are read by the same code, with a depth limit and a
limit on how many there may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.gathering import MOST_FIELDS, Gathering
from exposure.media import media_kind
from exposure.model import (
    Address,
    Block,
    Depth,
    Embedded,
    Examined,
    Facts,
    Field,
    Kind,
    Part,
    Photo,
    Picture,
    Problem,
    Role,
)
from exposure.plugins import Decoder, Format, discover
from exposure.source import Assembled, FileSource, Range, Window

SMALL = 1_000_000
"""Files below this size, in bytes, are always read whole."""

_SNIFFED = 4096
_GAIN_MAP_MARKS = (b"http://ns.adobe.com/hdr-gain-map/1.0/", b"HDRGainMap", b"urn:iso:std:iso:ts:21496:-1")
"""What a gain map says of itself near its beginning (Ultra HDR, Apple, ISO 21496-1); the index only counts it."""

_DEEPEST = 4
"""A photo in a photo in a photo is possible; more is an attack."""
_MOST_EMBEDDED = 64
_MOST_BLOCKS = 2_000


def identify(head: bytes) -> Format | None:
    """The format that recognises a file by its first bytes; its name is not asked."""
    return next((f for f in discover("formats", Format) if f.sniff(head)), None)


class _Opened(NamedTuple):
    """One file that is being taken apart: the photo itself, or one inside it."""

    within: str
    """What its fields' paths begin with."""
    fields: dict[Kind, list[Field]]
    embedded: list[Embedded]
    """The files met inside it that were not read yet."""


def read(source: FileSource | Assembled, depth: Depth | None = None) -> Photo | str:
    """What is in an open file; or, for a file that is no photo we read, the kind of media it is ("" for none).

    Without a depth, small files are read whole and large ones by their declared parts.
    """
    window = Window.whole(source)
    head = window.head(_SNIFFED)
    format_ = identify(head)
    if format_ is None:
        return media_kind(head, source.name)
    depth = depth or (Depth.DEEP if source.size < SMALL else Depth.SHALLOW)
    gathering = Gathering.of(source.size)
    parts = _take_apart(gathering, format_, window, depth, "", 0)
    width, height = _dimensions(format_, window, parts)
    if gathering.problems:
        examined = Examined.PARTIAL
    else:
        examined = Examined.COMPLETE if gathering.searched else Examined.BOUNDED
    return Photo(
        source.name,
        format_.name,
        source.size,
        source.modified,
        examined,
        width,
        height,
        tuple(parts),
        tuple(gathering.blocks),
        tuple(gathering.fields),
        Facts.sorted(gathering.facts),
        tuple(gathering.problems),
    )


@cache
def _decoders() -> dict[Kind, Decoder]:
    return {d.kind: d for d in discover("metadata", Decoder)}


def _dimensions(format_: Format, window: Window, parts: list[Part]) -> tuple[int, int]:
    try:
        return format_.dimensions(window, parts)
    except MalformedFile:
        return 0, 0


def _take_apart(
    gathering: Gathering, format_: Format, window: Window, depth: Depth, within: str, level: int
) -> list[Part]:
    """Read one file, and whatever files are in it, into the gathering; give its parts, which tile it."""
    parts = _tile(gathering, format_, window, depth, within)
    gathering.searched &= all(part.searched for part in parts)
    opened = _Opened(within, {}, [])
    trailers: list[Block] = []
    try:
        for thing in format_.blocks(window, parts):
            if isinstance(thing, Block) and thing.kind is Kind.TRAILER:
                trailers.append(thing)
            else:
                _take(gathering, opened, thing, 0)
    except MalformedFile as error:
        gathering.say(Problem(f"{within}{format_.name}", str(error)))
    _enter_all(gathering, opened, depth, level)
    for trailer in trailers:
        for rest in _undeclared(gathering, trailer):
            _take(gathering, opened, rest, 0)
        _enter_all(gathering, opened, depth, level)
    for kind, found in opened.fields.items():
        gathering.fields += found
        gathering.facts += _decoders()[kind].facts(found)
    return parts


def _tile(gathering: Gathering, format_: Format, window: Window, depth: Depth, within: str) -> list[Part]:
    """The format's parts; what comes after damage is one more part, not understood."""
    parts: list[Part] = []
    try:
        parts.extend(format_.parts(window, depth))
    except MalformedFile as error:
        gathering.say(Problem(f"{within}{format_.name}", str(error)))
        end = parts[-1].end if parts else 0
        if end < window.size:
            parts.append(Part(end, window.size - end, Role.METADATA, "not understood", None))
    return parts


def _take(gathering: Gathering, opened: _Opened, thing: Block | Embedded | Problem, level: int) -> None:
    """Put one thing where it belongs; a block is decoded, and so is what comes out of it."""
    if isinstance(thing, Problem):
        gathering.say(Problem(opened.within + thing.where, thing.message))
    elif isinstance(thing, Embedded):
        opened.embedded.append(thing)
    elif len(gathering.blocks) >= _MOST_BLOCKS or level > _DEEPEST or not gathering.affords(thing):
        gathering.say_once(
            Problem(opened.within + "file", "more metadata blocks than a photo has; the rest was not read"),
        )
    else:
        gathering.blocks.append(thing)
        decoder = _decoders().get(thing.kind)
        if decoder is not None:
            _decode(gathering, opened, decoder, thing, level)


def _decode(gathering: Gathering, opened: _Opened, decoder: Decoder, block: Block, level: int) -> None:
    """The fields of one block, and what is found inside it, until the bytes break their own rules."""
    fields, within = opened.fields.setdefault(decoder.kind, []), opened.within
    try:
        for thing in decoder.decode(block):
            if type(thing) is not Field:
                _take(gathering, opened, thing, level + 1)  # type: ignore[arg-type]  # mypy does not narrow by type()
            elif len(fields) < MOST_FIELDS and gathering.takes(thing):
                fields.append(thing._replace(within=within) if within else thing)
            else:
                gathering.say_once(
                    Problem(within + "file", "more values than a photo has; the rest was not kept")
                )
                return
    except MalformedFile as error:
        where = f"{within}{block.kind.value} in {block.where}"
        gathering.say(Problem(where, str(error)))


def _enter_all(gathering: Gathering, opened: _Opened, depth: Depth, level: int) -> None:
    """Read the files that were met inside the file."""
    for embedded in opened.embedded:
        _enter(gathering, embedded, depth, opened.within, level)
    opened.embedded.clear()


def _enter(gathering: Gathering, embedded: Embedded, depth: Depth, within: str, level: int) -> None:
    """Note a file inside the file, and read it if we know what it is."""
    window = embedded.window
    key = (id(window.source), window.origin)
    known = gathering.embedded.get(key)
    if (known is not None and known.size >= window.size) or not window.size:
        return
    gathering.inside -= window.size
    gathering.embedded[key] = window  # which also keeps its source, and so the key, from being used again
    if len(gathering.embedded) > _MOST_EMBEDDED or level >= _DEEPEST or gathering.inside < 0:
        gathering.say_once(
            Problem(
                within + "file", "more pictures inside one another than a photo has; the rest was not read"
            ),
        )
        return
    try:
        head = window.head(_SNIFFED)
    except MalformedFile as error:  # the file became shorter since
        gathering.say(Problem(within + embedded.where, str(error)))
        return
    format_ = identify(head)
    kind = embedded.kind
    if kind == "second-image" and any(mark in head for mark in _GAIN_MAP_MARKS):
        kind = "gain-map"
    ranges = window.ranges()
    address = Address(within + embedded.where, ranges, window.indirect)
    name = format_.name if format_ else media_kind(head, "") or None
    length = window.size if not window.indirect else sum(r.length for r in ranges)
    gathering.facts.append(Picture(kind, ranges[0].offset, length, address, name))
    if format_ is not None:
        inner = Depth.DEEP if window.size < SMALL else depth
        _take_apart(gathering, format_, window, inner, f"{within}{kind}/", level + 1)


def _undeclared(gathering: Gathering, trailer: Block) -> Iterator[Block]:
    """What of a trailer is left when the pictures are taken out that an index of the file declared."""
    window, start = trailer.window, trailer.window.origin
    inside = sorted(
        Range(p.offset, p.length)
        for p in gathering.facts
        if isinstance(p, Picture) and not p.address.indirect and start <= p.offset < start + window.size
    )
    at = start
    for taken in inside:
        if taken.offset > at:
            yield Block(trailer.kind, trailer.where, window.part(at - start, taken.offset - at), trailer.file)
        at = max(at, taken.offset + taken.length)
    if at < start + window.size:
        yield Block(trailer.kind, trailer.where, window.part(at - start), trailer.file)
