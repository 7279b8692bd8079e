"""Copies from which one thing was not removed: each removal of a format switched off, one at a time.

Where a part can simply be copied like the picture, it is; where a format puts a copy together from other things than
parts (the tags of a TIFF, the items and properties of a HEIF), that list gets one more.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple
from unittest.mock import patch

from exposure.cleaning import Wishes
from exposure.cleaning._copy import Copy, joined, planned
from exposure.errors import CannotClean, MalformedFile
from exposure.formats import (
    _heif_copy,
    _heif_rewrite,
    _jpeg_rewrite,
    _png_rewrite,
    _tiff_pages,
    _tiff_rewrite,
)
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_copy import Written
from exposure.formats._heif_items import Tables, tables
from exposure.formats._heif_layout import Pieces
from exposure.formats._ifd import Directory, Entry, directories, header
from exposure.formats._tiff_pages import Row
from exposure.model import Kept, Kind, Part, Role, Tag
from exposure.plugins import Piece
from exposure.source import Range, Window
from tests.sources import memory_source

_POINTERS = frozenset((330, 0x8769, 0x8825, 0xA005))
_SUB = ("Exif IFD", "GPS IFD")
_TEXT, _RATIONALS = 2, (5, 10)
_CODES = {1: "B", 3: "H", 4: "I", 5: "II", 7: "B", 9: "i", 10: "ii", 13: "I"}


class Leak(NamedTuple):
    """A copy with one thing in it that should have gone."""

    what: str
    pieces: tuple[Piece, ...]


def clean_copy(data: bytes) -> Copy:
    """The plan of the proper copy. CannotClean or MalformedFile when there is none."""
    copy = planned(memory_source(data), Wishes())
    if copy is None:
        raise CannotClean("it is no photo")
    return copy


def leaks(copy: Copy) -> Iterator[Leak]:
    """Every single removal switched off."""
    for number, part in enumerate(copy.photo.parts):
        if part.role is Role.METADATA and not is_written_again(copy, part):
            yield Leak(f"{part.where} ({part.kind}, part {number})", _with_part(copy, number))
    more = {"JPEG": _jpeg, "PNG": _png, "TIFF": _tiff, "HEIF": _heif, "AVIF": _heif}.get(copy.format.name)
    if more is not None:
        yield from more(copy)


def is_written_again(copy: Copy, part: Part) -> bool:
    """Whether a part holds nothing but the colour profile that stays, so that there is nothing to remove in it."""
    if part.kind is not Kind.ICC or not copy.kept.icc or copy.format.name == "PNG":
        return False
    payload = part.payload or Range(part.offset, part.length)
    held = copy.source.read(*payload)
    return copy.kept.icc in held or held[-200:] in copy.kept.icc


def rewritten(copy: Copy, parts: Sequence[Part] | None = None, kept: Kept | None = None) -> tuple[Piece, ...]:
    assert copy.format.rewrite is not None
    window = Window.whole(copy.source)
    return joined(copy.format.rewrite(window, parts or copy.photo.parts, kept or copy.kept))


def _with_part(copy: Copy, number: int) -> tuple[Piece, ...]:
    """The copy with one part of the original in it: copied like the picture, or else put where it may stand."""
    parts = list(copy.photo.parts)
    part = parts[number]
    if part.kind is not Kind.TRAILER:
        at = number
        if (
            part.where == "data after the compressed picture"
        ):  # a whole chunk: its header, what is picture, the rest
            at, chunk = number - 2, parts[number - 2]
            parts[at : number + 1] = [
                Part(chunk.offset, part.end - chunk.offset, Role.PICTURE, chunk.where[:4])
            ]
        else:
            parts[number] = part._replace(role=Role.PICTURE, kind=None, payload=None)
        try:
            pieces = rewritten(copy, parts)
        except (CannotClean, MalformedFile):
            pieces = ()
        if any(isinstance(p, Range) and p.offset < part.end <= p.offset + p.length for p in pieces):
            return pieces
    return _inserted(copy, part)


def _inserted(copy: Copy, part: Part) -> tuple[Piece, ...]:
    """The copy with a part's bytes at its end, or before its last bytes where the format has such."""
    held = Range(part.offset, part.length)
    name, pieces = copy.format.name, list(copy.pieces)
    if part.kind is Kind.TRAILER:
        return (*pieces, held)
    if name == "GIF":
        return (*_shortened(pieces, 1), held, b";")
    if name == "PNG":
        end = _png_rewrite.packed(b"IEND", b"")
        if part.where == "data inside IEND":
            return (*_shortened(pieces, len(end)), Range(part.offset - 8, part.length + 8))
        return (*_shortened(pieces, len(end)), held, end)
    if name == "WebP":
        return _grown(pieces, held)
    if name in ("HEIF", "AVIF") and part.where == "unreferenced data":
        return (*pieces, struct.pack(">I4s", 8 + part.length, b"mdat"), held)
    return (*pieces, held)


def _shortened(pieces: Sequence[Piece], by: int) -> tuple[Piece, ...]:
    last = pieces[-1]
    rest = Range(last.offset, last.length - by) if isinstance(last, Range) else last[:-by]
    return (*pieces[:-1], rest)


def _grown(pieces: list[Piece], held: Range) -> tuple[Piece, ...]:
    """A WebP with one more chunk, which its header counts."""
    opening = pieces[0]
    assert isinstance(opening, bytes)
    size = int.from_bytes(opening[4:8], "little") + held.length + held.length % 2
    return (opening[:4] + size.to_bytes(4, "little") + opening[8:], *pieces[1:], held, bytes(held.length % 2))


def _jpeg(copy: Copy) -> Iterator[Leak]:
    """The thumbnail in a JFIF header."""
    for part in copy.photo.parts:
        if part.role is Role.STRUCTURE and part.where == "APP0" and part.length > 18:
            whole = copy.source.read(part.offset, part.length)
            with patch.object(_jpeg_rewrite, "_headers", return_value=[whole]):
                pieces = rewritten(copy)
            yield Leak("the thumbnail in the JFIF header", pieces)


def _png(copy: Copy) -> Iterator[Leak]:
    """The name that a colour profile was given, and how it was packed."""
    for part in copy.photo.parts:
        if part.where == "iCCP":
            whole = copy.source.read(part.offset, part.length)
            with patch.object(_png_rewrite, "_profile", side_effect=partial(_instead, whole)):
                pieces = rewritten(copy)
            yield Leak("the profile's name", pieces)


def _instead(whole: bytes, icc: bytes, named: bool = True) -> list[bytes]:
    return [whole] if icc else []


def _tiff(copy: Copy) -> Iterator[Leak]:
    """Every tag that is dropped, and every page."""
    window = Window.whole(copy.source)
    head = header(window)
    found = [d for d in directories(window, head) if isinstance(d, Directory)]
    pages = list(_tiff_pages.pages(window, head, found))
    for directory in found:
        for tag, entry in sorted(directory.entries.items()):
            what = f"{directory.name} tag {tag}"
            raw = window.read(entry.offset, entry.length)
            if directory.name in _SUB:
                if (value := _value(head.order, entry, raw)) is not None:
                    more = Tag(directory.name, tag, *value)
                    yield Leak(what, rewritten(copy, kept=replace(copy.kept, tags=(*copy.kept.tags, more))))
            elif directory.name == "IFD0" and tag not in (
                *_tiff_pages.TAGS,
                *_POINTERS,
                273,
                279,
                324,
                325,
                34675,
            ):
                row = Row(tag, entry.type, entry.values, raw)
                leaking = [pages[0]._replace(rows=[*pages[0].rows, row]), *pages[1:]]
                with patch.object(_tiff_rewrite, "pages", return_value=leaking):
                    pieces = rewritten(copy)
                yield Leak(what, pieces)
    everything = frozenset(d.offset for d in found if {273, 324} & d.entries.keys())
    with patch.object(_tiff_pages, "pictures", return_value=everything):
        pieces = rewritten(copy)
    if pieces != copy.pieces:
        yield Leak("reduced pages", pieces)


def _value(order: str, entry: Entry, raw: bytes) -> tuple[int, str | tuple[int, ...]] | None:
    """An entry's type and value as a tag that is kept has them; None for types that those never have."""
    if entry.type == _TEXT:
        return _TEXT, raw.rstrip(b"\0").decode("latin-1")
    if entry.type not in _CODES:
        return None
    numbers = struct.unpack(order + _CODES[entry.type] * entry.values, raw)
    types = {9: 4, 10: 5, 13: 4}
    return types.get(entry.type, entry.type), tuple(abs(n) for n in numbers)


def _heif(copy: Copy) -> Iterator[Leak]:
    """Every item and property that is dropped, and the names that writers give to things."""
    window = Window.whole(copy.source)
    metas = walk(window).metas
    of = tables(window, metas[0], with_properties=True)
    yield from _items(copy, window, of)
    whole = copy.assembled().read(0, copy.assembled().size)
    for box in of.properties.boxes:
        raw = window.read(box.offset, box.end - box.offset)
        if raw not in whole and box.type not in (b"colr", b"hvcC", b"av1C"):
            yield Leak(
                f"property {box.type!r} at {box.offset}", _with_items(copy, partial(_one_property_more, raw))
            )
    for type_ in (b"hdlr", b"infe"):
        yield Leak(f"a name in {type_!r}", _named(copy, type_))


def _items(copy: Copy, window: Window, of: Tables) -> Iterator[Leak]:
    chosen = _heif_rewrite._chosen(window, of)
    pieces = Pieces(of)
    for number, item in of.items.items():
        if number in chosen:
            continue
        data = b"".join(window.read(*piece) for piece in pieces.of(number))
        more = Written(
            item.type, data, True, (), ((b"cdsc", (1,)),), b"text/plain" if item.type == b"mime" else b""
        )
        yield Leak(f"item {number} {item.type!r}", _with_items(copy, partial(_one_more, more)))


def _one_more(more: Written, items: list[Written]) -> list[Written]:
    return [*items, more]


def _with_items(copy: Copy, change: Callable[[list[Written]], list[Written]]) -> tuple[Piece, ...]:
    proper = _heif_rewrite._items

    def changed(*words: Any) -> tuple[list[Written], bytes]:
        items, groups = proper(*words)
        return change(items), groups

    with patch.object(_heif_rewrite, "_items", changed):
        return rewritten(copy)


def _one_property_more(raw: bytes, items: list[Written]) -> list[Written]:
    return [replace(items[0], properties=(*items[0].properties, raw)), *items[1:]]


def _named(copy: Copy, type_: bytes) -> tuple[Piece, ...]:
    proper = _heif_copy.full

    def full(kind: bytes, *payload: bytes, version: int = 0, flags: int = 0) -> bytes:
        if kind == type_:
            payload = (*payload[:-1], payload[-1][:-1] + b"Ann's phone\0")
        return proper(kind, *payload, version=version, flags=flags)

    with patch.object(_heif_copy, "full", full):
        return rewritten(copy)
