"""EXIF: a TIFF stream of image file directories: IFD0 and its chain, Exif, GPS, Interop, SubIFDs.

Our own walk: every offset, count and length is checked against the block, and there are limits on directories,
entries and bytes. ExifRead gives the names. A value that lies outside its block is a Problem, never a guess.

Specification: TIFF 6.0 section 2; Exif 3.0 section 4.6; the BigTIFF design; DNG 1.7.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.metadata import _tags
from exposure.metadata._exif_facts import facts
from exposure.metadata._values import MOST_ELEMENTS, SIZES, comment, text, utf16, value
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder
from exposure.source import Window

_MOST_DIRECTORIES = 200
_MOST_ENTRIES = 20_000
_MOST_BYTES = 1 << 25
_LONGEST_VALUE = 1 << 20
_LOADED = 1 << 20
"""Blocks up to this size are read in one go."""

_EXIF, _GPS, _INTEROP, _SUB_IFDS = 0x8769, 0x8825, 0xA005, 0x014A
_CHILDREN = {
    _EXIF: ("Exif IFD", _tags.EXIF),
    _GPS: ("GPS IFD", _tags.GPS),
    _INTEROP: ("Interop IFD", _tags.INTEROP),
}
_POINTERS = frozenset({*_CHILDREN, _SUB_IFDS})
_POINTER_TYPES = frozenset({3, 4, 13, 16, 18})
_BLOCKS = {
    0x02BC: Kind.XMP,
    0x83BB: Kind.IPTC,
    0x8649: Kind.PHOTOSHOP,
    0x8773: Kind.ICC,
    0x927C: Kind.MAKER_NOTE,
}
_BLOCKS |= {0xC634: Kind.MAKER_NOTE, 0x935C: Kind.UNKNOWN}
_NAMES_OF_BLOCKS = {0x927C: "MakerNote", 0xC634: "DNGPrivateData", 0x935C: "ImageSourceData"}
_APART = frozenset({*_POINTERS, *_BLOCKS})
"""Tags of the EXIF tables whose value is not a value: a directory or a block."""

_NONE: frozenset[int] = frozenset()
_COMMENTS = frozenset({0x9286, 0x1B, 0x1C})
"""UserComment; in the GPS IFD GPSProcessingMethod and GPSAreaInformation."""
_XP = frozenset(range(0x9C9B, 0x9CA0))
_SPECIAL = _COMMENTS | _XP
_VERSIONS = frozenset({0x9000, 0xA000, 0x0002})
_KIND = Kind.EXIF
"""Looked up once: a member of an enumeration costs as much as a value."""

_SHORTEST_TEXT = 5
_SMALL = frozenset({0x00FE, 0x0103, 0x0111, 0x0117, 0x0201, 0x0202})
"""What tells where a directory's own picture lies."""


_Row = tuple[int, int, int, int, int]
"""One entry: tag, type, count, bytes of its value (0 for a type that TIFF does not have), offset of its value.

A plain tuple: there are dozens in every photo.
"""


class _Directory(NamedTuple):
    """A directory that is still to be read."""

    at: int
    group: str
    names: dict[int, str]
    chain: int
    """The number of the directory that follows it in IFD0's chain; 0 for one that is not in the chain."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """A TIFF stream and how to read it."""

    block: Block
    window: Window
    read: Callable[[int, int], bytes]
    order: str
    big: bool

    @property
    def is_file(self) -> bool:
        """Whether the stream is a TIFF file of its own: its directories then are pages, not thumbnails."""
        return self.block.where == "TIFF"


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """Every value of every directory, and the blocks and pictures that they point at."""
    stream, first = _open(block)
    todo = [_Directory(first, "IFD0", _tags.EXIF, 1)]
    seen: set[int] = set()
    entries = spent = 0
    while todo:
        directory = todo.pop(0)
        if directory.at in seen or not directory.at:
            continue
        seen.add(directory.at)
        try:
            rows, following = _rows(stream, directory.at)
        except (MalformedFile, struct.error):
            yield Problem(
                f"EXIF:{directory.group}", "a directory of the EXIF block lies outside it or is cut off"
            )
            continue
        entries += len(rows)
        spent += sum([row[3] for row in rows if row[3] + row[4] <= stream.window.size])
        if len(seen) > _MOST_DIRECTORIES or entries > _MOST_ENTRIES or spent > _MOST_BYTES:
            yield Problem(
                f"EXIF:{directory.group}",
                "more directories or values than a photo has; the rest was not read",
            )
            return
        yield from _values_of(stream, directory, rows)
        todo += _children(stream, rows)
        if directory.chain:
            todo.append(_Directory(following, f"IFD{directory.chain}", _tags.EXIF, directory.chain + 1))


def _values_of(
    stream: _Stream, directory: _Directory, rows: list[_Row]
) -> Iterator[Field | Block | Embedded | Problem]:
    """What one directory holds: its values, and the small picture that some of them point at."""
    own: dict[int, object] = {}
    apart = _APART if directory.names is _tags.EXIF else _NONE
    for row in rows:
        tag = row[0]
        if tag not in apart:
            thing = _entry(stream, directory, row)
            if thing is not None:
                if tag in _SMALL and type(thing) is Field:
                    own[tag] = thing.value
                yield thing
        elif tag in _BLOCKS:
            yield from _carried(stream, directory.group, row)
    if own:
        yield from _picture(stream, directory.group, own)


def _carried(stream: _Stream, group: str, row: _Row) -> Iterator[Block | Problem]:
    """A metadata block that a tag carries."""
    tag, _, _, length, where = row
    if length:
        try:
            found = stream.window.part(where, length)
        except MalformedFile:
            name = _tags.EXIF[tag]
            yield Problem(f"EXIF:{group}:{name}", f"{name} points outside its block or is cut off")
        else:
            yield Block(_BLOCKS[tag], _NAMES_OF_BLOCKS.get(tag, group), found, stream.block.file)


def _children(stream: _Stream, rows: list[_Row]) -> Iterator[_Directory]:
    """The directories that a directory points at."""
    for row in rows:
        if row[0] in _CHILDREN:
            for at in _offsets(stream, row):
                yield _Directory(at, *_CHILDREN[row[0]], 0)
        elif row[0] == _SUB_IFDS:
            for number, at in enumerate(_offsets(stream, row)):
                yield _Directory(at, f"SubIFD{number or ''}", _tags.EXIF, 0)


def _open(block: Block) -> tuple[_Stream, int]:
    """The stream's byte order and its first directory; MalformedFile when it has no TIFF header."""
    window = block.window
    head = window.head(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8 or struct.unpack(order + "H", head[2:4])[0] not in (42, 43):
        raise MalformedFile("the EXIF block does not begin with a TIFF header", window.origin)
    big = struct.unpack(order + "H", head[2:4])[0] == 43
    if big and len(head) < 16:
        raise MalformedFile("the BigTIFF header is cut off", window.origin)
    (first,) = struct.unpack_from(order + ("Q" if big else "I"), head, 8 if big else 4)
    read = window.read
    if window.size <= _LOADED:
        data, size = window.load(), window.size

        def read(offset: int, length: int) -> bytes:
            if offset < 0 or length < 0 or offset + length > size:
                raise MalformedFile("a value outside its block", window.origin)
            return data[offset : offset + length]

    return _Stream(block, window, read, order, big), first


def _rows(stream: _Stream, at: int) -> tuple[list[_Row], int]:
    """The entries of one directory, and the offset of the next one."""
    order, read = stream.order, stream.read
    if stream.big:
        (count,) = struct.unpack(order + "Q", read(at, 8))
        start, size, inline, layout, next_ = at + 8, 20, 8, order + "HHQQ", order + "Q"
    else:
        (count,) = struct.unpack(order + "H", read(at, 2))
        start, size, inline, layout, next_ = at + 2, 12, 4, order + "HHII", order + "I"
    if count > _MOST_ENTRIES:
        raise MalformedFile("a directory with more entries than a photo has", at)
    rows, step = [], start
    for tag, type_, number, pointer in struct.iter_unpack(layout, read(start, size * count)):
        length = number * SIZES.get(type_, 0)
        rows.append((tag, type_, number, length, step + size - inline if length <= inline else pointer))
        step += size
    try:
        (following,) = struct.unpack(next_, read(step, inline))
    except MalformedFile:
        following = 0  # a last directory without its final pointer is common and harmless
    return rows, following


def _offsets(stream: _Stream, row: _Row) -> list[int]:
    """The directories that a pointer entry names."""
    _, type_, count, length, where = row
    if type_ not in _POINTER_TYPES or not 0 < count <= _MOST_DIRECTORIES:
        return []
    try:
        found = value(type_, count, stream.read(where, length), stream.order)
    except MalformedFile:
        return []
    return [n for n in (found if isinstance(found, tuple) else (found,)) if isinstance(n, int)]


def _entry(stream: _Stream, directory: _Directory, row: _Row) -> Field | Problem | None:
    """The value of one entry; None for an empty one."""
    tag, type_, count, length, where = row
    group, names = directory.group, directory.names
    name = names.get(tag) or f"Tag0x{tag:04X}"
    if not length:
        if not count or type_ in SIZES:
            return None
        return Problem(f"EXIF:{group}:{name}", f"{name} is of a type that TIFF does not have")
    try:
        kept = length
        if length > _LONGEST_VALUE or (count > MOST_ELEMENTS and type_ not in (2, 7)):
            stream.window.part(where, length)  # only to know that it is there
            kept = min(MOST_ELEMENTS * SIZES[type_], _LONGEST_VALUE)
        raw = stream.read(where, kept)
    except MalformedFile:
        return Problem(f"EXIF:{group}:{name}", f"{name} points outside its block or is cut off")
    if type_ == 7 or tag in _SPECIAL:
        shown = _undefined(stream, names, tag, type_, raw)
    else:
        shown = value(type_, kept // SIZES[type_], raw, stream.order)
    return Field(_KIND, group, name, shown, stream.window, where, length)


def _undefined(stream: _Stream, names: dict[int, str], tag: int, type_: int, raw: bytes) -> object:
    """Values whose bytes mean more than their type says."""
    if tag in _XP and type_ in (1, 7):
        return utf16(raw, "<")
    if tag in _COMMENTS and (tag == 0x9286) == (names is _tags.EXIF):
        return comment(raw, stream.order)
    if tag in _VERSIONS and raw.isascii():
        return text(raw)
    if type_ == 7 and len(raw) >= _SHORTEST_TEXT and (said := text(raw)).isascii() and said.isprintable():
        return said or raw  # some writers call every text "undefined"
    return raw if type_ == 7 else value(type_, len(raw) // SIZES[type_], raw, stream.order)


def _picture(stream: _Stream, group: str, own: dict[int, object]) -> Iterator[Embedded | Problem]:
    """The small picture of one directory: IFD1's thumbnail, or a preview in a TIFF or raw file."""
    reduced = isinstance(own.get(0x00FE), int) and bool(int(str(own[0x00FE])) & 1)
    jpeg = own.get(0x0201), own.get(0x0202)
    strip = own.get(0x0111), own.get(0x0117)
    if not stream.is_file:
        kind = "thumbnail" if group == "IFD1" else "preview" if jpeg[0] else ""
    elif reduced or group.startswith("SubIFD"):
        kind = "preview" if reduced or jpeg[0] else ""
    elif jpeg[0] and group == "IFD1":
        kind = "thumbnail"
    else:
        kind = "preview" if group == "IFD0" and stream.read(8, 2) == b"CR" else ""
    at, length = jpeg if jpeg[0] else strip
    if not kind or not isinstance(at, int) or not isinstance(length, int) or not length:
        return
    name = "JPEGInterchangeFormat" if jpeg[0] else "StripOffsets"
    try:
        yield Embedded(kind, f"EXIF:{group}:{name}", stream.window.part(at, length))
    except MalformedFile:
        yield Problem(f"EXIF:{group}:{name}", f"the {kind} points outside its block or is cut off")


EXIF = Decoder(Kind.EXIF, decode, facts)
