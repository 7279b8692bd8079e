"""WebP: a RIFF file, whose chunks hold the picture, its frames and its metadata.

Specification: RFC 9649, sections 2.3 (RIFF), 2.4 (header), 2.5 and 2.6 (simple files), 2.7 (extended files); the
frame headers of VP8 (RFC 6386, 9.1) and VP8L (RFC 9649, 3.4) for the size; C2PA 2.2, appendix A, for ``C2PA``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.formats._hidden import hidden
from exposure.formats._webp_rewrite import ANIMATION, rewrite
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from exposure.plugins import Format, block_each
from exposure.source import Range, Window

MOST_CHUNKS = 20_000
"""No animation has more frames than this."""

MOST_IN_FRAME = 8
"""A frame holds its picture and its transparency; a few more chunks are not understood, many are an attack."""

MOST_FOREIGN = 1_000
"""Frames with chunks in them that no decoder needs."""

_KINDS = {b"EXIF": Kind.EXIF, b"XMP ": Kind.XMP, b"XMP\0": Kind.XMP, b"ICCP": Kind.ICC, b"C2PA": Kind.JUMBF}
_EXIF_PREFIX = b"Exif\0\0"


class _Chunk(NamedTuple):
    at: int
    type: bytes
    length: int
    """Of its data, in bytes."""
    end: int
    """Padding included."""

    @property
    def where(self) -> str:
        return "".join(chr(c) if 0x20 < c < 0x7F else "?" for c in self.type.rstrip(b" \0"))


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """Tile the file. The pictures themselves are never unpacked."""
    head = window.head(12)
    if not _sniff(head):
        raise MalformedFile("no WebP header", 0)
    yield Part(0, 12, Role.STRUCTURE, "RIFF header")
    declared = max(8 + int.from_bytes(head[4:8], "little"), 12)
    end = min(declared + (declared & 1), window.size)  # some writers do not count the last chunk's padding
    searched, seen = depth is Depth.DEEP, set[bytes]()
    at, foreign, animated = 12, 0, False
    for chunk in _chunks(window, at, end, MOST_CHUNKS):
        if at == 12 and chunk.type == b"VP8X" and chunk.length >= 10:
            animated = bool(window.read(at + 8, 1)[0] & ANIMATION)
            yield Part(at, chunk.end - at, Role.STRUCTURE, chunk.where)
        elif chunk.type == b"ANMF" and animated and b"ANIM" in seen:
            pieces = tuple(_frame(window, chunk, searched))
            foreign += len(pieces) > 1
            if foreign > MOST_FOREIGN:
                raise MalformedFile("more than a picture in more frames than any animation has", chunk.at)
            yield from pieces
        else:
            shown = _is_shown(chunk, seen, animated)
            yield _part(window, chunk, shown, searched)
            if shown:
                seen.add(chunk.type)
        at = chunk.end
    if at < end:
        yield Part(at, end - at, Role.METADATA, "after the last chunk", Kind.UNKNOWN)
    if end < window.size:
        yield Part(end, window.size - end, Role.METADATA, "after RIFF", Kind.TRAILER)
    elif declared > window.size:
        raise MalformedFile("the file is shorter than its RIFF header says", window.size)


def _chunks(window: Window, at: int, end: int, most: int) -> Iterator[_Chunk]:
    """The chunks from `at` to `end`; up to seven bytes may be left over."""
    for _ in range(most):
        if at + 8 > end:
            return
        head = window.read(at, 8)
        length = int.from_bytes(head[4:], "little")
        if at + 8 + length > end:
            raise MalformedFile("a WebP chunk runs past the end of what holds it", at)
        chunk = _Chunk(at, head[:4], length, min(at + 8 + length + (length & 1), end))
        yield chunk
        at = chunk.end
    if at < end:
        raise MalformedFile("more chunks than any picture has", at)


def _part(window: Window, chunk: _Chunk, shown: bool, searched: bool) -> Part:
    at, size, where = chunk.at, chunk.end - chunk.at, chunk.where
    if shown:
        return Part(at, size, Role.PICTURE, where, searched=searched or chunk.type == b"ANIM")
    kind, skip = _KINDS.get(chunk.type, Kind.UNKNOWN), 0
    if kind is Kind.EXIF and chunk.length > 6 and window.read(at + 8, 6) == _EXIF_PREFIX:
        skip = len(_EXIF_PREFIX)
    payload = Range(at + 8 + skip, chunk.length - skip)
    return Part(at, size, Role.METADATA, where, kind, payload)


def _is_shown(chunk: _Chunk, seen: Collection[bytes], animated: bool) -> bool:
    """Whether a decoder looks at this chunk: there is one picture, and one transparency before it (2.7).

    An animation has its pictures in its frames alone; without its flag in VP8X nobody looks for frames.
    """
    if chunk.type == b"ANIM":
        return animated and chunk.length == 6 and b"ANIM" not in seen
    if animated or b"VP8 " in seen or b"VP8L" in seen:
        return False
    return chunk.type in (b"VP8 ", b"VP8L") or (chunk.type == b"ALPH" and b"ALPH" not in seen)


def _frame(window: Window, chunk: _Chunk, searched: bool) -> Iterator[Part]:
    """One frame of an animation: one picture part, unless it holds chunks that no decoder needs.

    Then it is cut: its header (structure: the length changes), its data (picture) and those chunks (metadata).
    """
    data, end = chunk.at + 8 + 16, chunk.at + 8 + chunk.length
    if data > end:
        raise MalformedFile("a frame too short for its own header", chunk.at)
    inner = tuple(_chunks(window, data, end, MOST_IN_FRAME))
    seen, good = set[bytes](), list[_Chunk]()
    for each in inner:
        if _is_shown(each, seen, False):
            good.append(each)
        seen.add(each.type)
    if len(good) == len(inner) and (inner[-1].end if inner else data) == end:
        yield Part(chunk.at, chunk.end - chunk.at, Role.PICTURE, "ANMF", searched=searched)
        return
    yield Part(chunk.at, 8, Role.STRUCTURE, "ANMF header")
    yield Part(chunk.at + 8, 16, Role.PICTURE, "ANMF data")
    for each in inner:
        size = each.end - each.at
        if each in good:
            yield Part(each.at, size, Role.PICTURE, "ANMF data", searched=searched)
        else:
            payload = Range(each.at + 8, each.length)
            yield Part(each.at, size, Role.METADATA, f"{each.where} in ANMF", Kind.UNKNOWN, payload)
        data = each.end
    if data < chunk.end:
        yield Part(data, chunk.end - data, Role.METADATA, "after the last chunk in ANMF", Kind.UNKNOWN)


def blocks(window: Window, found: Sequence[Part]) -> Iterator[Block | Problem]:
    """The metadata chunks, and a word on metadata in the pictures themselves."""
    yield from block_each(window, found)
    yield from hidden(window, found)


def dimensions(window: Window, found: Sequence[Part]) -> tuple[int, int]:
    for part in found:
        if part.where not in ("VP8X", "VP8", "VP8L") or part.role is Role.METADATA or part.length < 18:
            continue
        data = window.read(part.offset + 8, 10)
        if part.where == "VP8X":
            return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
        if part.where == "VP8L" and data[0] == 0x2F:
            bits = int.from_bytes(data[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        if part.where == "VP8" and data[3:6] == b"\x9d\x01\x2a":
            width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _sniff(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


WEBP = Format(
    "WebP",
    (".webp",),
    _sniff,
    parts,
    blocks,
    dimensions,
    rewrite,
    frozenset(("tags", "orientation", "icc", "xmp")),
)
