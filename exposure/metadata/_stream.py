"""A TIFF stream and its directories: byte order, entries, pointers, each checked against the block.

Specification: TIFF 6.0 section 2; the BigTIFF design.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from exposure.errors import MalformedFile
from exposure.metadata._values import value
from exposure.model import Block
from exposure.source import Window
from exposure.tiff import SIZES

MOST_DIRECTORIES = 200
MOST_ENTRIES = 20_000
_LOADED = 1 << 20
"""Blocks up to this size are read in one go."""

_POINTER_TYPES = frozenset({3, 4, 13, 16, 18})

Row = tuple[int, int, int, int, int]
"""One entry: tag, type, count, bytes of its value (0 for a type that TIFF does not have), offset of its value.

A plain tuple: there are dozens in every photo.
"""


@dataclass(frozen=True, slots=True)
class Stream:
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


def opened(block: Block) -> tuple[Stream, int]:
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

    return Stream(block, window, read, order, big), first


def rows_of(stream: Stream, at: int) -> tuple[list[Row], int]:
    """The entries of one directory, and the offset of the next one."""
    order, read = stream.order, stream.read
    if stream.big:
        (count,) = struct.unpack(order + "Q", read(at, 8))
        start, size, inline, layout, next_ = at + 8, 20, 8, order + "HHQQ", order + "Q"
    else:
        (count,) = struct.unpack(order + "H", read(at, 2))
        start, size, inline, layout, next_ = at + 2, 12, 4, order + "HHII", order + "I"
    if count > MOST_ENTRIES:
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


def offsets(stream: Stream, row: Row) -> list[int]:
    """The directories that a pointer entry names."""
    _, type_, count, length, where = row
    if type_ not in _POINTER_TYPES or not 0 < count <= MOST_DIRECTORIES:
        return []
    try:
        found = value(type_, count, stream.read(where, length), stream.order)
    except MalformedFile:
        return []
    return [n for n in (found if isinstance(found, tuple) else (found,)) if isinstance(n, int)]
