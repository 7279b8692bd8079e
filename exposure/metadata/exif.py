"""EXIF: a TIFF stream of image file directories: IFD0 and its chain, Exif, GPS, Interop, SubIFDs.

Our own walk: every offset, count and length is checked against the block, and there are limits on directories,
entries and bytes. ExifRead gives the names. A value that lies outside its block is a Problem, never a guess.

Specification: TIFF 6.0 section 2; Exif 3.0 section 4.6; the BigTIFF design; DNG 1.7.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.metadata import _tags
from exposure.metadata._exif_facts import facts
from exposure.metadata._stream import MOST_DIRECTORIES, MOST_ENTRIES, Row, Stream, offsets, opened, rows_of
from exposure.metadata._unreferenced import Place, places, unreferenced
from exposure.metadata._values import BEHIND, MOST_ELEMENTS, behind, comment, text, utf16, value
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder
from exposure.tiff import SIZES

_MOST_BYTES = 1 << 25
_LONGEST_VALUE = 1 << 20

_EXIF, _GPS, _INTEROP, _SUB_IFDS = 0x8769, 0x8825, 0xA005, 0x014A
_CHILDREN = {
    _EXIF: ("Exif IFD", _tags.EXIF),
    _GPS: ("GPS IFD", _tags.GPS),
    _INTEROP: ("Interop IFD", _tags.INTEROP),
}
_POINTERS = frozenset({*_CHILDREN, _SUB_IFDS})
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
_TEXTS = frozenset({2, 129})
_BYTES = frozenset({1, 7})
_VERSIONS = frozenset({0x9000, 0xA000, 0x0002})
_KIND = Kind.EXIF
"""Looked up once: a member of an enumeration costs as much as a value."""

_SHORTEST_TEXT = 5
_SMALL = frozenset({0x00FE, 0x0103, 0x0111, 0x0117, 0x0201, 0x0202})
"""What tells where a directory's own picture lies."""


class _Directory(NamedTuple):
    """A directory that is still to be read."""

    at: int
    group: str
    names: dict[int, str]
    chain: int
    """The number of the directory that follows it in IFD0's chain; 0 for one that is not in the chain."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """Every value of every directory, the blocks and pictures that they point at, and what nothing points at."""
    stream, first = opened(block)
    if not first:
        yield Problem("EXIF:IFD0", "the EXIF block does not say where its values are")
    pointed: list[Place] = []
    for thing in _walked(stream, first, pointed):
        if type(thing) is Embedded:
            pointed.append((thing.window.origin - stream.window.origin, thing.window.size))
        yield thing
    if not stream.is_file:
        yield from unreferenced(block, stream.window, pointed)


def _walked(stream: Stream, first: int, pointed: list[Place]) -> Iterator[Field | Block | Embedded | Problem]:
    """What the directories hold; where they and their values lie is added to `pointed`."""
    todo = [_Directory(first, "IFD0", _tags.EXIF, 1)]
    seen: set[int] = set()
    entries = spent = 0
    while todo:
        directory = todo.pop(0)
        if directory.at in seen or not directory.at:
            if not directory.chain:
                yield Problem(
                    f"EXIF:{directory.group}", "a directory of the EXIF block is said to be another one"
                )
            continue
        seen.add(directory.at)
        try:
            rows, following = rows_of(stream, directory.at)
        except (MalformedFile, struct.error):
            yield Problem(
                f"EXIF:{directory.group}", "a directory of the EXIF block lies outside it or is cut off"
            )
            continue
        entries += len(rows)
        spent += sum([row[3] for row in rows if row[3] + row[4] <= stream.window.size])
        if len(seen) > MOST_DIRECTORIES or entries > MOST_ENTRIES or spent > _MOST_BYTES:
            yield Problem(
                f"EXIF:{directory.group}",
                "more directories or values than a photo has; the rest was not read",
            )
            return
        pointed += places(stream, directory.at, rows)
        yield from _values_of(stream, directory, rows)
        for child in _children(stream, rows, MOST_DIRECTORIES - len(todo)):
            if isinstance(child, Problem):
                yield child
            else:
                todo.append(child)
        if directory.chain:
            todo.append(_Directory(following, f"IFD{directory.chain}", _tags.EXIF, directory.chain + 1))


def _values_of(
    stream: Stream, directory: _Directory, rows: list[Row]
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
                if row[1] in _TEXTS and type(thing) is Field and len(str(thing.value)) + 1 < thing.length:
                    yield from _behind(thing)
        elif tag in _BLOCKS:
            yield from _carried(stream, directory.group, row)
    if own:
        yield from _picture(stream, directory.group, own)


def _behind(field: Field) -> Iterator[Field]:
    """The words that stand in the same value behind the end of its text."""
    said = behind(field.window.read(field.offset, min(field.length, _LONGEST_VALUE)))
    if said:
        yield field._replace(name=field.name + BEHIND, value=said)


def _carried(stream: Stream, group: str, row: Row) -> Iterator[Block | Problem]:
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


def _children(stream: Stream, rows: list[Row], most: int) -> Iterator[_Directory | Problem]:
    """The directories that a directory points at."""
    for row in rows:
        if row[0] not in _POINTERS:
            continue
        group, names = _CHILDREN.get(row[0], ("SubIFD", _tags.EXIF))
        found = offsets(stream, row)
        most -= len(found)
        if not found or most < 0:
            yield Problem(f"EXIF:{group}", "it cannot be told where this directory is, or there are too many")
            return
        for number, at in enumerate(found):
            yield _Directory(at, f"SubIFD{number or ''}" if row[0] == _SUB_IFDS else group, names, 0)


def _entry(stream: Stream, directory: _Directory, row: Row) -> Field | Problem | None:
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
    if type_ in _BYTES or tag in _SPECIAL:
        shown = _undefined(stream, names, tag, type_, raw)
    else:
        shown = value(type_, kept // SIZES[type_], raw, stream.order)
    return Field(_KIND, group, name, shown, stream.window, where, length)


def _undefined(stream: Stream, names: dict[int, str], tag: int, type_: int, raw: bytes) -> object:
    """Values whose bytes may mean more than their type says."""
    if tag in _XP and type_ in (1, 7):
        return utf16(raw, "<")
    if tag in _COMMENTS and (tag == 0x9286) == (names is _tags.EXIF):
        return comment(raw, stream.order)
    if tag in _VERSIONS and raw.isascii():
        return text(raw)
    if (
        len(raw) >= _SHORTEST_TEXT
        and (said := text(raw)).isprintable()
        and said.encode() == _first(raw) != b""
    ):
        return said  # some writers call every text "undefined" or bytes
    return raw if type_ == 7 else value(type_, len(raw) // SIZES[type_], raw, stream.order)


def _first(raw: bytes) -> bytes:
    """The bytes before the NUL that ends a text."""
    return raw.partition(b"\0")[0].rstrip()


def _picture(stream: Stream, group: str, own: dict[int, object]) -> Iterator[Embedded | Problem]:
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
