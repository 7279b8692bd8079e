"""Boxes of the ISO base media file format, which HEIF, AVIF, MP4 and JPEG XL files are made of.

A box is a length, a four-letter type and a payload that may hold more boxes. Nothing is read here but headers.

Specification: ISO/IEC 14496-12:2022, sections 4.2 (boxes), 4.3 (file type), 8.11.1 (meta box).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.model import Kind
from exposure.source import Range, Window

MOST_BOXES = 10_000
"""Boxes side by side in one place; a photo has some dozen."""

JUMBF_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""The uuid box of a C2PA manifest (C2PA 2.1, annex A.5)."""
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The uuid box of an XMP packet (XMP part 3, section 1.3)."""

_HEADER = struct.Struct(">I4s")
_MOST_BRANDS = 64
_AHEAD = 1024
"""Bytes read at once where boxes follow each other: a call for each header costs more than the header."""
_PIECE = 1 << 20


class Box(NamedTuple):
    """Where one box lies, by offsets in the window it was found in."""

    type: bytes
    """Four letters; a uuid box has the letters ``uuid``."""
    offset: int
    """Of its first byte."""
    start: int
    """Of its payload."""
    end: int
    """One past its last byte."""

    @property
    def word(self) -> str:
        """Its type as text."""
        return self.type.decode("latin-1")

    @property
    def payload(self) -> Range:
        return Range(self.start, self.end - self.start)


def box_at(window: Window, at: int, end: int) -> Box:
    """The box that begins at `at` and ends at or before `end`; MalformedFile where there is none."""
    if end - at < 8:
        raise MalformedFile("too few bytes for a box", at)
    size, type_ = _HEADER.unpack(window.read(at, 8))
    start = at + 8
    if size == 1:
        if end - start < 8:
            raise MalformedFile("a box whose length is cut off", at)
        size = int.from_bytes(window.read(start, 8), "big")
        start += 8
    elif size == 0:  # it goes on to the end of what it is in
        size = end - at
    if at + size < start or at + size > end:
        raise MalformedFile(f"the {_shown(type_)} box is cut off or has a wrong length", at)
    return Box(type_, at, start, at + size)


def boxes(window: Window, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes that fill a window from `start` to `end`; MalformedFile after the good ones."""
    end = window.size if end is None else end
    ahead, base = b"", start
    for _ in range(MOST_BOXES):
        if start >= end:
            return
        if start - base + 8 > len(ahead) and end - start >= 8:
            ahead, base = window.read(start, min(_AHEAD, end - start)), start
        if start - base + 8 <= len(ahead):
            size, type_ = _HEADER.unpack_from(ahead, start - base)
        else:
            size, type_ = 0, b""
        if 8 <= size <= end - start:
            box = Box(type_, start, start + 8, start + size)
        else:
            box = box_at(window, start, end)
        yield box
        start = box.end
    raise MalformedFile("more boxes than any file has", start)


def children(window: Window, meta: Box) -> Iterator[Box]:
    """The boxes in a meta box, which has a version and flags before them; QuickTime's has not."""
    start = meta.start
    if meta.end - start < 8 or window.read(start + 4, 4) != b"hdlr":
        start += 4
    return boxes(window, start, meta.end)


def brands(head: bytes) -> tuple[bytes, ...]:
    """The brands of a file that begins with these bytes, the major brand first; none when it has no ftyp box."""
    if head[4:8] != b"ftyp" or len(head) < 12:
        return ()
    end = min(int.from_bytes(head[:4], "big"), len(head), 16 + 4 * _MOST_BRANDS)
    return (head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4)))


def plain(type_: bytes) -> bool:
    """Whether a box type is made of letters as all registered ones are."""
    return all(32 <= c < 127 or c == 0xA9 for c in type_)


def uuid_payload(window: Window, box: Box) -> tuple[Kind, Range]:
    """What a uuid box holds, and where in it, past its 16-byte type."""
    inner = Range(box.start + 16, box.end - box.start - 16)
    if inner.length < 0:
        return Kind.UNKNOWN, box.payload
    type_ = window.read(box.start, 16)
    if type_ == XMP_UUID:
        return Kind.XMP, inner
    if type_ == JUMBF_UUID:
        # version, flags, a purpose in words and an offset come first; other purposes hold no JUMBF
        found = window.read(inner.offset, min(inner.length, 64)).find(b"jumb", 4) - 4
        if found >= 0:
            return Kind.JUMBF, Range(inner.offset + found, inner.length - found)
    return Kind.UNKNOWN, inner


def blank(window: Window, start: int, end: int, limit: int | None = None) -> bool:
    """Whether all these bytes are zero. With a limit, a longer run is not looked at and counts as not blank."""
    if limit is not None and end - start > limit:
        return False
    for at in range(start, end, _PIECE):
        length = min(_PIECE, end - at)
        if window.read(at, length) != bytes(length):  # comparing is ten times as fast as counting
            return False
    return True


def _shown(type_: bytes) -> str:
    return type_.decode("ascii") if plain(type_) and type_.isascii() else "next"
