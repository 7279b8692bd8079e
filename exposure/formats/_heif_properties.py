"""The properties of a HEIF's items: size, colour, rotation, mirroring, what an auxiliary picture is for.

They stand in the ipco box, in an order that the ipma box refers to.

Specification: ISO/IEC 23008-12:2022, sections 6.5 (properties) and 9.3 (iprp, ipco, ipma).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from exposure.errors import MalformedFile
from exposure.formats._isobmff import Box, boxes, children
from exposure.source import Window

T = TypeVar("T")

_MOST_ITEMS = 8_192
_MOST_ASSOCIATIONS = 32_768
_MOST_ASSOCIATION_TABLES = 4
"""One for each width of numbers."""
LARGEST_TABLE = 1 << 23
_ESSENTIAL = 0x8000


@dataclass(frozen=True, slots=True)
class Properties:
    """Which properties there are, and which items have them."""

    boxes: tuple[Box, ...] = ()
    """Of the ipco box, in order; their index counts from 1."""
    associations: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The indexes of each item's properties, with `_ESSENTIAL` added for those without which it cannot be shown."""

    def of(self, item: int) -> Iterator[Box]:
        for box, _ in self.marked(item):
            yield box

    def marked(self, item: int) -> Iterator[tuple[Box, bool]]:
        """Each property of an item, and whether nobody may show the item without understanding it."""
        for written in self.associations.get(item, ()):
            if 0 < (index := written & ~_ESSENTIAL) <= len(self.boxes):
                yield self.boxes[index - 1], written & _ESSENTIAL != 0


NONE = Properties()


def properties(
    window: Window, found: Mapping[bytes, Box], errors: list[MalformedFile], only: int | None = None
) -> Properties:
    """The properties in a meta box, given its children by type; who has them, of all items or of one."""
    associations: dict[int, tuple[int, ...]] = {}
    tables = [box for box in _inside(window, found, errors) if box.type == b"ipma"]
    for box in tables[:_MOST_ASSOCIATION_TABLES]:
        associations |= guarded(window, box, lambda data: _associations(data, only), associations, errors)
    return Properties(property_boxes(window, found, errors), associations)


def property_boxes(
    window: Window, found: Mapping[bytes, Box], errors: list[MalformedFile]
) -> tuple[Box, ...]:
    """The properties alone, without who has them."""
    for box in _inside(window, found, errors):
        if box.type == b"ipco":
            return tuple(_good(boxes(window, box.start, box.end), errors))
    return ()


def size(window: Window, meta: Box) -> tuple[int, int]:
    """Width and height of the primary item in pixels, before rotation; (0, 0) when they are not given."""
    errors: list[MalformedFile] = []
    found = by_type(window, meta, errors)
    item = guarded(window, found[b"pitm"], primary, None, errors) if b"pitm" in found else None
    if item is None:
        return 0, 0
    for box in properties(window, found, errors, item).of(item):
        if box.type == b"ispe" and box.payload.length >= 12:
            width, height = struct.unpack(">II", window.read(box.start + 4, 8))
            return width, height
    return 0, 0


def primary(data: bytes) -> int | None:
    """The item that the pitm box names."""
    return int.from_bytes(data[4 : 8 if data[0] else 6], "big")


def by_type(window: Window, meta: Box, errors: list[MalformedFile]) -> dict[bytes, Box]:
    """The children of a meta box, the first of each type."""
    found: dict[bytes, Box] = {}
    for box in _good(children(window, meta), errors):
        found.setdefault(box.type, box)
    return found


def guarded(window: Window, box: Box, read: Callable[[bytes], T], empty: T, errors: list[MalformedFile]) -> T:
    """What a table says, or an empty one and an error when its numbers do not add up."""
    try:
        if box.end - box.start > LARGEST_TABLE:
            raise MalformedFile(f"the {box.word} table is larger than any photo needs", box.offset)
        return read(window.read(box.start, box.end - box.start))
    except MalformedFile as error:
        errors.append(MalformedFile(error.message, box.offset))
    except (struct.error, IndexError):
        errors.append(MalformedFile(f"the {box.word} table is damaged", box.offset))
    return empty


def _good(found: Iterator[Box], errors: list[MalformedFile]) -> Iterator[Box]:
    """The boxes up to where they break, which is noted."""
    try:
        yield from found
    except MalformedFile as error:
        errors.append(error)


def _inside(window: Window, found: Mapping[bytes, Box], errors: list[MalformedFile]) -> list[Box]:
    iprp = found.get(b"iprp")
    return [] if iprp is None else list(_good(boxes(window, iprp.start, iprp.end), errors))


def _associations(data: bytes, only: int | None) -> dict[int, tuple[int, ...]]:
    """The ipma box, versions 0 and 1."""
    wide = data[3] & 1
    head = struct.Struct(">IB" if data[0] else ">HB")
    found: dict[int, tuple[int, ...]] = {}
    at, left = 8, _MOST_ASSOCIATIONS
    for _ in range(min(int.from_bytes(data[4:8], "big"), _MOST_ITEMS)):
        item, count = head.unpack_from(data, at)
        at += head.size
        left -= 1 + count
        if left < 0 or at + (count << wide) > len(data):
            raise MalformedFile("the table of properties is damaged", at)
        if only is not None and item != only:
            pass
        elif wide:
            found[item] = struct.unpack_from(f">{count}H", data, at)
        else:
            found[item] = tuple([n & 0x7F | (n & 0x80) << 8 for n in data[at : at + count]])
        at += count << wide
    return found
