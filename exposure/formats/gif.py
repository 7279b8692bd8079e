"""GIF: a header, then images and extensions, whose contents lie in sub-blocks of up to 255 bytes.

Specification: GIF89a, sections 17 (header) to 27 (trailer); XMP part 3, section 1.1.2; for colour profiles,
ICC.1:2004, annex B.6. The compressed pixels are walked by their sub-blocks, never unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.formats._gif_rewrite import LOOPS, rewrite
from exposure.formats._hidden import hidden
from exposure.model import Block, Depth, Embedded, Kind, Part, Problem, Role
from exposure.plugins import Format
from exposure.source import Range, Window

PIECE = 1 << 20
"""How much is read at once to walk sub-blocks, in bytes."""

MOST_PARTS = 200_000
"""No animation has more images and extensions than this."""

MOST_SUB_BLOCKS = 1 << 16
"""How many sub-blocks the metadata of one file may have, all told: 16 MB of it."""

MOST_BLOCKS = 10_000
"""No GIF has more metadata extensions than this."""

_MOST_STEPS = PIECE >> 3
"""Sub-blocks in one piece: encoders fill theirs, and a billion tiny ones would only cost time."""

_TRAILER, _EXTENSION, _IMAGE = b";", b"!", b","
_PLAIN_TEXT, _GRAPHIC_CONTROL, _COMMENT, _APPLICATION = 0x01, 0xF9, 0xFE, 0xFF
_XMP, _ICC = b"XMP DataXMP", b"ICCRGBG1012"
_LONGEST_LOOP = 14 + 4 + 6 + 1
"""A loop count and a buffer size; what is longer holds something else."""

_MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
"""What follows an XMP packet, so that a reader of sub-blocks gets past it wherever it lands; the last byte ends it."""


class _Piece(NamedTuple):
    start: int
    data: bytes


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """Tile the file."""
    head = window.head(13)
    if len(head) < 13 or not _sniff(head):
        raise MalformedFile("no GIF header", 0)
    at = 13 + _table(head[10])
    if at > window.size:
        raise MalformedFile("the colour table runs past the end of the file", 13)
    yield Part(0, at, Role.PICTURE, "header")
    piece = _Piece(0, b"")
    for _ in range(MOST_PARTS):
        head = window.read(at, min(14, window.size - at))
        if head[:1] == _TRAILER:
            yield Part(at, 1, Role.STRUCTURE, "trailer")
            if at + 1 < window.size:
                yield Part(at + 1, window.size - at - 1, Role.METADATA, "after the trailer", Kind.TRAILER)
            return
        if head[:1] == _EXTENSION and len(head) > 2:
            end, piece = _after_sub_blocks(window, piece, at + 2)
            part = _extension(window, head, at, end)
        elif head[:1] == _IMAGE and len(head) > 9:
            end, piece = _after_sub_blocks(window, piece, at + 11 + _table(head[9]))
            part = Part(at, end - at, Role.PICTURE, "image", searched=depth is Depth.DEEP)
        else:
            raise MalformedFile("this is no GIF block" if head else "the file ends before its trailer", at)
        yield part
        at = part.end
    raise MalformedFile("more blocks than any animation has", at)


def _table(flags: int) -> int:
    """How many bytes the colour table takes that these flags announce (18.c, 20.c)."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_sub_blocks(window: Window, piece: _Piece, at: int) -> tuple[int, _Piece]:
    """Where the sub-blocks that begin at `at` end, and the piece of the file that was read last."""
    start, data = piece
    i, n = at - start, len(data)
    while True:
        for _ in range(_MOST_STEPS):
            if i >= n:
                break
            step = data[i]
            if not step:
                return start + i + 1, _Piece(start, data)
            i += step + 1
        else:
            raise MalformedFile("a GIF block is cut into smaller pieces than any program writes", start + i)
        start += i
        if start >= window.size:
            raise MalformedFile("a GIF block runs past the end of the file", window.size)
        data = window.read(start, min(PIECE, window.size - start))
        i, n = 0, len(data)


def _extension(window: Window, head: bytes, at: int, end: int) -> Part:
    label, length = head[1], end - at
    application = head[3:14] if label == _APPLICATION and head[2] == 11 else None
    if (label == _GRAPHIC_CONTROL and head[2] == 4 and length == 8) or (
        application in LOOPS and length <= _LONGEST_LOOP
    ):
        return Part(at, length, Role.PICTURE, "extension")
    if label == _COMMENT:
        return Part(at, length, Role.METADATA, "comment extension", Kind.COMMENT, Range(at + 2, length - 2))
    if application == _XMP:
        return _xmp(window, at, end)
    where = {_PLAIN_TEXT: "plain text extension", _APPLICATION: "application extension"}.get(
        label, "extension"
    )
    if application == _ICC:
        return Part(at, length, Role.METADATA, where, Kind.ICC, Range(at + 14, length - 14))
    return Part(at, length, Role.METADATA, where, Kind.UNKNOWN, Range(at + 2, length - 2))


def _xmp(window: Window, at: int, end: int) -> Part:
    """An XMP packet stands as it is, without sub-blocks, before the magic trailer.

    A packet whose last bytes point just before the end makes the walk stop one byte early. Some writers know
    nothing of all that and write sub-blocks after all; then those are the payload.
    """
    start = at + 14
    for stop in (end, end + 1):
        packet = stop - len(_MAGIC)
        if packet >= start and stop <= window.size and window.read(packet, len(_MAGIC)) == _MAGIC:
            return Part(at, stop - at, Role.METADATA, "XMP extension", Kind.XMP, Range(start, packet - start))
    return Part(at, end - at, Role.METADATA, "XMP extension", Kind.XMP, Range(start, end - start))


def blocks(window: Window, found: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """The metadata of those parts, joined over its sub-blocks."""
    left = MOST_SUB_BLOCKS
    metadata = [(part, part.kind) for part in found if part.kind is not None]
    if len(metadata) > MOST_BLOCKS:
        yield Problem(
            "GIF", f"Only the first {MOST_BLOCKS} of {len(metadata)} metadata extensions were read."
        )
    for part, kind in metadata[:MOST_BLOCKS]:
        payload = part.payload or Range(part.offset, part.length)
        view = window.part(*payload)
        if kind in (Kind.COMMENT, Kind.ICC) or (
            kind is Kind.XMP and payload.offset + payload.length == part.end
        ):
            try:
                pieces = _sub_blocks(view, left)
            except MalformedFile as error:
                yield Problem(part.where, f"One {part.where} was not read: {error.message}.")
                continue
            left -= len(pieces)
            view = view.joined(pieces)
        yield Block(kind, part.where, view, window)
    yield from hidden(window, [part for part in found if part.where == "image"])


def _sub_blocks(view: Window, limit: int) -> list[Range]:
    """Where in `view` the contents of its sub-blocks lie."""
    data, at = view.load(MOST_SUB_BLOCKS << 8), 0
    found: list[Range] = []
    while at < len(data) and data[at]:
        if len(found) == limit:
            raise MalformedFile("it has more pieces than any metadata needs", view.origin + at)
        found.append(Range(at + 1, data[at]))
        at += data[at] + 1
    return found


def dimensions(window: Window, found: Sequence[Part]) -> tuple[int, int]:
    if not found or window.size < 10:
        return 0, 0
    size = window.read(6, 4)
    return int.from_bytes(size[:2], "little"), int.from_bytes(size[2:], "little")


def _sniff(head: bytes) -> bool:
    return head[:6] in (b"GIF87a", b"GIF89a")


GIF = Format("GIF", (".gif",), _sniff, parts, blocks, dimensions, rewrite, frozenset(("icc",)))
