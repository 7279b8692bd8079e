"""The tables of a HEIF meta box: which items there are, where their bytes lie, how they refer to each other.

Each table is read by itself: one that is broken is noted in `errors` and taken for empty, the others still count.

Specification: ISO/IEC 14496-12:2022, section 8.11 (meta box), tables iinf 8.11.6, iloc 8.11.3, iref 8.11.12, pitm
8.11.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from exposure.errors import MalformedFile
from exposure.formats._heif_properties import NONE, Properties, by_type, guarded, primary, properties
from exposure.formats._isobmff import Box
from exposure.source import Range, Window

T = TypeVar("T")

MOST_ITEMS = 8_192
"""A photo of 200 megapixels has about a thousand tiles; tables with more items than this are refused."""
MOST_PIECES = 8_192
"""Pieces of all items together."""
_MOST_REFERENCES = 32_768

_INFE_2 = struct.Struct(">I4sIHH4s")
_INFE_3 = struct.Struct(">I4sIIH4s")
_TELLING = (b"mime", b"uri ")
_SIZES = {0: "", 4: "I", 8: "Q"}


class Item(NamedTuple):
    """One entry of the iinf box."""

    type: bytes
    content: str = ""
    """The content type of a mime item, lower case and without parameters; the URI of a uri item."""
    encoding: str = ""
    """How a mime item is packed: deflate, gzip, br, or nothing."""
    hidden: bool = False
    """Not to be shown by itself, as tiles are."""
    locked: bool = False
    """Encrypted, or protected otherwise."""


Extent = tuple[int, int, int]
"""One entry of an item in the iloc box, as written: which of the items that hold it (method 2; counted from 1, and
0 when that is not said), offset and length."""


class Location(NamedTuple):
    """Where the iloc box says an item lies."""

    method: int
    """0: offsets in the file, 1: in the idat box, 2: in other items."""
    elsewhere: bool
    """In another file."""
    extents: tuple[Extent, ...]


References = Mapping[bytes, Mapping[int, Sequence[int]]]
"""By type, then by the item that refers: the items it refers to, in order."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What one meta box says."""

    boxes: Mapping[bytes, Box]
    """Its children by type, the first of each."""
    primary: int | None
    items: Mapping[int, Item]
    whole: Mapping[int, tuple[Range, ...]]
    """Where items lie that are one piece of the file, as nearly all are."""
    locations: Mapping[int, Location]
    """Where the iloc box says that the others lie."""
    references: References
    properties: Properties
    """Read only where they are asked for, or where an auxiliary picture needs them to say what it is."""
    errors: tuple[MalformedFile, ...]


_NOWHERE: tuple[dict[int, tuple[Range, ...]], dict[int, Location]] = ({}, {})


def tables(window: Window, meta: Box, with_properties: bool = False) -> Tables:
    """Everything that a meta box says of its items; what could not be read is in `errors`."""
    errors: list[MalformedFile] = []
    found = by_type(window, meta, errors)

    def table(type_: bytes, read: Callable[[bytes], T], empty: T) -> T:
        box = found.get(type_)
        return empty if box is None else guarded(window, box, read, empty, errors)

    references: References = table(b"iref", _references, {})
    whole, locations = table(b"iloc", _locations, _NOWHERE)
    wanted = with_properties or b"auxl" in references
    return Tables(
        found,
        table(b"pitm", primary, None),
        table(b"iinf", _items, {}),
        whole,
        locations,
        references,
        properties(window, found, errors) if wanted else NONE,
        tuple(errors),
    )


def _items(data: bytes) -> dict[int, Item]:
    """The iinf box, versions 0 and 1, with entries of versions 0, 2 and 3."""
    start = 6 if data[0] == 0 else 8
    items: dict[int, Item] = {}
    at, count, end = start, _count(data[4:start]), len(data)
    data += bytes(8)  # an old, short entry at the very end can then be read like any other
    alike = _alike(data, at, end, count, items)
    at += alike[0] * alike[1]
    for _ in range(count - alike[0]):
        length, type_, marks, item, lock, kind = _INFE_2.unpack_from(data, at)
        start, version = at + _INFE_2.size, marks >> 24
        if version > 2:
            length, type_, marks, item, lock, kind = _INFE_3.unpack_from(data, at)
            start += 2
        elif version < 2:  # before types were invented: all such items are MIME
            kind, start = b"mime", at + 16
        if length < 16 or at + length > end or type_ != b"infe":
            raise MalformedFile("the list of items is damaged", at)
        told = _described(kind, data[start : at + length]) if kind in _TELLING else ("", "")
        items[item] = Item(kind, *told, version > 1 and marks & 1 == 1, lock != 0)
        at += length
    return items


def _alike(data: bytes, at: int, end: int, count: int, items: dict[int, Item]) -> tuple[int, int]:
    """Read the entries at the start that are like the first, as those of tiles are: how many, and how long."""
    size = int.from_bytes(data[at : at + 4], "big")
    most = min(count, (end - at) // size) if _INFE_2.size < size < 256 else 0
    if not most:
        return 0, size
    same = struct.Struct(f">8sIHH4s{size - _INFE_2.size}x")
    first, marks, _, lock, kind = same.unpack_from(data, at)
    if marks >> 24 != 2 or kind in _TELLING:
        return 0, size
    tile = Item(kind, hidden=marks & 1 == 1, locked=lock != 0)
    for read, row in enumerate(same.iter_unpack(data[at : at + most * size])):
        if row[0] != first or row[1] != marks or row[3] != lock or row[4] != kind:
            return read, size
        items[row[2]] = tile
    return most, size


def _count(written: bytes) -> int:
    count = int.from_bytes(written, "big")
    if count > MOST_ITEMS:
        raise MalformedFile("more items than any photo has", 0)
    return count


def _described(kind: bytes, strings: bytes) -> tuple[str, str]:
    """Content and encoding of an item that says them: name, content type, encoding, each ended by NUL."""
    _, content, encoding, *_ = (*strings.split(b"\0", 3), b"", b"")
    text = content[:256].decode("latin-1")
    if kind == b"mime":
        text = text.partition(";")[0].strip().lower()
    return text, encoding[:32].decode("latin-1").strip().lower()


def _locations(data: bytes) -> tuple[dict[int, tuple[Range, ...]], dict[int, Location]]:
    """The iloc box, versions 0, 1 and 2."""
    version, wide = data[0], data[0] == 2
    widths = (data[4] >> 4, data[4] & 15, data[5] >> 4, data[5] & 15 if version else 0)
    if version > 2 or any(w not in _SIZES for w in widths):
        raise MalformedFile("the table of where things lie is of an unknown kind", 0)
    start = 10 if wide else 8
    count = _count(data[6:start])
    offset, length, base, index = (_SIZES[w] for w in widths)
    # missing numbers are read as no bytes at all, which gives shorter tuples
    entry = struct.Struct(">" + "HI"[wide] + "H" * (version > 0) + "H" + base + "H")
    extent = struct.Struct(">" + index + offset + length)
    if (index, length) == ("", "I") and offset and len(data) - start == count * (entry.size + extent.size):
        rows = list(struct.iter_unpack(entry.format + extent.format[1:], data[start:]))
        if all(row[-3] == 1 for row in rows):  # one piece each, as nearly all writers do
            other = 2 if version else 1
            whole: dict[int, tuple[Range, ...]] = {
                row[0]: (Range(row[-2] + row[-4] if base else row[-2], row[-1]),)
                for row in rows
                if row[-1] and not row[1] and not row[other]
            }
            rest = (row for row in rows if row[0] not in whole)
            return whole, {
                row[0]: Location(
                    row[1] & 15 if version else 0,
                    row[other] != 0,
                    ((0, row[-2] + (row[-4] if base else 0), row[-1]),),
                )
                for row in rest
            }
    return {}, dict(_scattered(data, start, count, entry, extent, widths))


def _scattered(
    data: bytes, at: int, count: int, entry: struct.Struct, extent: struct.Struct, widths: tuple[int, ...]
) -> Iterator[tuple[int, Location]]:
    """The entries of an iloc box whose items may have several pieces."""
    version, left = data[0], MOST_PIECES
    for _ in range(count):
        numbers = entry.unpack_from(data, at)
        at += entry.size
        many, base = numbers[-1], numbers[-2] if widths[2] else 0
        left -= many
        end = at + many * extent.size
        if left < 0 or end > len(data):
            raise MalformedFile("the table of where things lie is damaged", at)
        written = list(extent.iter_unpack(data[at:end])) if extent.size else [()] * many
        method, elsewhere = (numbers[1] & 15, numbers[2]) if version else (0, numbers[1])
        extents = tuple([_extent(n, widths, base) for n in written])
        yield numbers[0], Location(method, elsewhere != 0, extents)
        at = end


def _extent(numbers: tuple[int, ...], widths: tuple[int, ...], base: int) -> Extent:
    rest = list(numbers)
    source = rest.pop(0) if widths[3] else 0
    offset = rest.pop(0) if widths[0] else 0
    return source, base + offset, rest[0] if rest else 0


def _references(data: bytes) -> References:
    """The iref box, versions 0 (16-bit item numbers) and 1 (32-bit)."""
    letter, width = ("I", 4) if data[0] else ("H", 2)
    head = struct.Struct(f">I4s{letter}H")
    found: dict[bytes, dict[int, list[int]]] = {}
    at, left = 4, _MOST_REFERENCES
    while at < len(data):
        length, type_, item, count = head.unpack_from(data, at)
        left -= 1 + count
        if left < 0 or length < head.size + count * width:
            raise MalformedFile("the table of references is damaged", at)
        to = struct.unpack_from(f">{count}{letter}", data, at + head.size)
        found.setdefault(type_, {}).setdefault(item, []).extend(to)
        at += length
    return found
