"""MPF: the index that a JPEG keeps of the further pictures behind it (previews, gain maps, other views).

It is a small TIFF stream of its own, and its offsets count from that stream's header.
CIPA DC-007-2009, section 5.2 (MP Index IFD, MP Entry, MP Attribute IFD); type codes 4 and 5: DC-007-2021.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.metadata._meaning import words
from exposure.model import Block, Embedded, Fact, Field, Identifier, Kind, Problem
from exposure.plugins import Decoder
from exposure.source import Window

MOST_IMAGES = 100
"""Further pictures in one file; a panorama or a burst has a few dozen."""
MOST_ENTRIES = 64
"""Entries in a directory; the specification knows 25 tags."""
MOST_VALUE = 1 << 16
"""The longest value, in bytes: a segment holds no more."""

_COUNT, _ENTRIES, _UIDS = 0xB001, 0xB002, 0xB003
_NAMES = {
    0xB000: "MPFVersion",
    _COUNT: "NumberOfImages",
    _UIDS: "ImageUIDList",
    0xB004: "TotalFrames",
    0xB101: "MPIndividualNum",
    0xB201: "PanOrientation",
    0xB202: "PanOverlapH",
    0xB203: "PanOverlapV",
    0xB204: "BaseViewpointNum",
    0xB205: "ConvergenceAngle",
    0xB206: "BaselineLength",
    0xB207: "VerticalDivergence",
    0xB208: "AxisDistanceX",
    0xB209: "AxisDistanceY",
    0xB20A: "AxisDistanceZ",
    0xB20B: "YawAngle",
    0xB20C: "PitchAngle",
    0xB20D: "RollAngle",
}
_TYPES = {2: "s", 3: "H", 4: "I", 5: "II", 7: "s", 9: "i", 10: "ii"}
_KINDS = {0x01: "preview", 0x02: "second-image", 0x04: "second-image", 0x05: "gain-map"}
"""What a further picture is, by the first byte of its MP type code."""
_UID_LENGTH = 33


class _Entry(NamedTuple):
    tag: int
    type: int
    values: int
    offset: int
    length: int


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    window = block.window
    try:
        order, first = _header(window)
        index, following = _directory(window, order, first)
        attributes = _directory(window, order, following)[0] if following else []
    except MalformedFile as error:
        yield Problem(block.where, f"The index of further pictures is damaged: {error}.")
        return
    for entry in (*index, *attributes):
        if entry.offset + entry.length > window.size or entry.length > MOST_VALUE:
            yield Problem(block.where, "A value in the index of further pictures runs past its end.")
        elif entry.type not in _TYPES or not entry.values:
            yield Problem(block.where, "A value in the index of further pictures is of an unknown type.")
        elif entry.tag == _ENTRIES:
            yield from _images(block, order, entry)
        else:
            name = _NAMES.get(entry.tag, f"Tag0x{entry.tag:04X}")
            value = _value(window, order, entry)
            yield Field(Kind.MPF, "MPF0", name, value, window, entry.offset, entry.length)
    tags = {entry.tag for entry in index}
    if _COUNT in tags and _ENTRIES not in tags:
        yield Problem(block.where, "The index of further pictures does not say where they are.")


def _header(window: Window) -> tuple[str, int]:
    """The byte order and the offset of the MP Index IFD."""
    start = window.read(0, 8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(start[:4])
    if order is None:
        raise MalformedFile("it has no TIFF header", window.origin)
    return order, int(struct.unpack(f"{order}I", start[4:])[0])


def _directory(window: Window, order: str, at: int) -> tuple[list[_Entry], int]:
    """The entries of the directory at `at`, and the offset of the next one (0: none)."""
    (count,) = struct.unpack(f"{order}H", window.read(at, 2))
    if count > MOST_ENTRIES:
        raise MalformedFile("it has more entries than there are tags", window.origin + at)
    data = window.read(at + 2, 12 * count)
    entries = []
    inline = at + 2 + 8
    for tag, type_, values, offset in struct.iter_unpack(f"{order}HHII", data):
        length = struct.calcsize(f"={_TYPES.get(type_, '')}") * values
        entries.append(_Entry(tag, type_, values, inline if length <= 4 else offset, length))
        inline += 12
    end = at + 2 + 12 * count
    following = window.read(end, 4) if end + 4 <= window.size else bytes(4)
    return entries, int(struct.unpack(f"{order}I", following)[0])


def _value(window: Window, order: str, entry: _Entry) -> object:
    data = window.read(entry.offset, entry.length)
    code = _TYPES[entry.type]
    if entry.tag == _UIDS:
        cut = (data[at : at + _UID_LENGTH] for at in range(0, len(data), _UID_LENGTH))
        return tuple(uid.decode("latin-1").strip("\0 ") for uid in cut)
    if code == "s":
        return data.decode("latin-1").strip("\0 ")
    numbers = struct.unpack(f"{order}{code * entry.values}", data)
    if len(code) == 2:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        values: tuple[object, ...] = tuple(n / d if d else None for n, d in pairs)
    else:
        values = numbers
    return values[0] if len(values) == 1 else values


def _images(block: Block, order: str, entry: _Entry) -> Iterator[Field | Embedded | Problem]:
    """What the index says of each picture (5.2.3.3), and the further pictures themselves."""
    data = block.window.read(entry.offset, entry.length // 16 * 16)
    if entry.length % 16:
        yield Problem(block.where, "The index of further pictures ends in the middle of an entry.")
    for number, image in enumerate(struct.iter_unpack(f"{order}IIIHH", data), 1):
        if number > MOST_IMAGES:
            yield Problem(block.where, f"The file lists more than {MOST_IMAGES} pictures.")
            return
        attribute, size, offset, *dependents = image
        at = entry.offset + 16 * (number - 1)
        place = _place(block, offset) if number > 1 else 0
        for name, value, where, length in (
            ("MPImageFlags", attribute >> 27, at, 4),
            ("MPImageFormat", attribute >> 24 & 7, at, 4),
            ("MPImageType", attribute & 0xFFFFFF, at, 4),
            ("MPImageLength", size, at + 4, 4),
            ("MPImageStart", place, at + 8, 4),
            ("DependentImage1EntryNumber", dependents[0], at + 12, 2),
            ("DependentImage2EntryNumber", dependents[1], at + 14, 2),
        ):
            yield Field(Kind.MPF, f"MPImage{number}", name, value, block.window, where, length)
        if number > 1:
            yield _picture(block, number, attribute, size, offset, place)


def _place(block: Block, offset: int) -> int:
    """Where in the picture file an offset of the index leads: it counts from the index's own header."""
    return block.window.origin - block.file.origin + offset


def _picture(
    block: Block, number: int, attribute: int, size: int, offset: int, place: int
) -> Embedded | Problem:
    if block.window.indirect:
        return Problem(
            block.where, f"Picture {number} cannot be found: the index that tells its place was packed."
        )
    if not size or not offset:
        return Problem(block.where, f"Picture {number} is listed without its place.")
    if place < 0 or place + size > block.file.size:
        return Problem(block.where, f"Picture {number} is said to lie outside the file.")
    kind = _KINDS.get(attribute >> 16 & 0xFF, "second-image")
    return Embedded(kind, f"{Kind.MPF}:MPImage{number}:MPImageStart", block.file.part(place, size))


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    for field in fields:
        if field.name == "ImageUIDList" and isinstance(field.value, tuple):
            for uid in dict.fromkeys(words(value) for value in field.value):
                if uid and uid.strip("0"):
                    yield Identifier("image-id", uid, field.address)


MPF = Decoder(Kind.MPF, decode, facts)
