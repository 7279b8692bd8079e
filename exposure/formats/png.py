"""PNG: an eight-byte signature, then chunks of length, type, data and CRC; APNG is the same with more chunks.

Specification: Portable Network Graphics, third edition, sections 5 (chunks), 10 (compression) and 11 (each chunk);
what is inside textual chunks is the business of `_png_texts`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.formats._png_header import Header, bytes_of, header_of, is_legal
from exposure.formats._png_rewrite import SIGNATURE, rewrite
from exposure.formats._png_texts import PACKING, blocks, keyword_of, kind_of
from exposure.model import Depth, Kind, Part, Role
from exposure.plugins import Format
from exposure.source import Range, Window

MOST_CHUNKS = 200_000
"""A file of more chunks than this is an attack: at the usual 8 kB each they would hold 1.6 GB of picture."""

MOST_OTHERS = 50_000
"""Chunks that hold no picture data: an animation has one for each frame."""

MOST_INFLATED = 1 << 30
"""How many bytes the pictures of one file may inflate to before a deep look gives up on them."""

_PIECE = 1 << 16

_ONCE = frozenset(
    (
        *(b"IHDR", b"CgBI", b"PLTE", b"tRNS", b"cHRM", b"gAMA", b"sBIT"),
        *(b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL"),
    )
)
"""The chunks that a decoder needs to show the same picture; each comes once, before the picture (5.6)."""

_STREAMS = {b"IDAT": 0, b"fdAT": 4}
"""Chunks that make up one zlib stream together, and how many bytes stand before each one's share (11.2.3, 11.3.6)."""

_KINDS = {b"eXIf": Kind.EXIF, b"iCCP": Kind.ICC, b"tIME": Kind.TEXT, b"caBX": Kind.JUMBF}


class _Chunk(NamedTuple):
    at: int
    type: bytes
    length: int
    """Of its data, in bytes."""

    @property
    def end(self) -> int:
        return self.at + 12 + self.length

    @property
    def where(self) -> str:
        return self.type.decode("ascii")


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """Tile the file. Picture chunks that follow each other are one part; only a deep look reads what is in them.

    A chunk that holds more than its picture is cut in three: its header (structure), its good data (picture) and the
    rest (metadata). Whoever writes the file again gives such a chunk a new length and CRC.
    """
    if window.head(len(SIGNATURE)) != SIGNATURE:
        raise MalformedFile("no PNG signature", 0)
    yield Part(0, len(SIGNATURE), Role.STRUCTURE, "signature")
    seen: dict[bytes, int] = {}
    header, size = None, (0, 0)
    left, end = MOST_INFLATED, len(SIGNATURE)
    for run in _runs(window):
        first = run[0]
        shown = _is_shown(first, seen, header)
        if first.type in _STREAMS and shown:
            used, made = None, 0
            if depth is Depth.DEEP and b"CgBI" not in seen:  # Apple's variant is no zlib stream
                used, made = _stream_length(window, run, left)
                left -= made
            shape = size if first.type == b"fdAT" or header is None else (header.width, header.height)
            yield from _picture(run, used, header is not None and made == bytes_of(header, *shape))
        else:
            for chunk in run:
                yield from _parts_of(window, chunk, shown)
        if shown:
            seen[first.type] = first.length
            if first.type == b"IHDR":
                header = header_of(window.read(first.at + 8, 13))
            elif first.type == b"fcTL" and depth is Depth.DEEP:
                frame = window.read(first.at + 12, 8)
                size = int.from_bytes(frame[:4], "big"), int.from_bytes(frame[4:], "big")
        end = run[-1].end
    if end < window.size:
        yield Part(end, window.size - end, Role.METADATA, "after IEND", Kind.TRAILER)


def _chunks(window: Window) -> Iterator[_Chunk]:
    at, size, others = len(SIGNATURE), window.size, 0
    for _ in range(MOST_CHUNKS):
        if at + 12 > size:
            raise MalformedFile("the file ends before its IEND chunk", at)
        head = window.read(at, 8)
        chunk = _Chunk(at, head[4:], int.from_bytes(head[:4], "big"))
        if not (chunk.type.isalpha() and chunk.type.isascii()):
            raise MalformedFile("this is no PNG chunk", at)
        if chunk.end > size:
            raise MalformedFile(f"the {chunk.where} chunk runs past the end of the file", at)
        yield chunk
        if chunk.type == b"IEND":
            return
        at = chunk.end
        others += chunk.type not in _STREAMS
        if others > MOST_OTHERS:
            break
    raise MalformedFile("more chunks than any picture has", at)


def _runs(window: Window) -> Iterator[list[_Chunk]]:
    """Chunks one by one, but those that share a stream together."""
    run: list[_Chunk] = []
    try:
        for chunk in _chunks(window):
            if run and (chunk.type != run[0].type or chunk.type not in _STREAMS):
                yield run
                run = []
            run.append(chunk)
    except MalformedFile:
        if run:
            yield run
        raise
    yield run


def _is_shown(chunk: _Chunk, seen: Mapping[bytes, int], header: Header | None) -> bool:
    """Whether any decoder looks at this chunk to show the picture; `seen` are those before it, by their lengths.

    The IDATs stand together (5.6), so a second group is never read; frames are shown only after an acTL (11.3.6).
    """
    if chunk.type == b"IDAT":
        return b"IDAT" not in seen
    if chunk.type == b"fdAT":
        return b"acTL" in seen and b"IDAT" in seen
    if chunk.type in _ONCE:
        good = chunk.type not in seen and b"IDAT" not in seen
    else:
        good = chunk.type == b"IEND" or (chunk.type == b"fcTL" and b"acTL" in seen)
    return good and is_legal(chunk.type, chunk.length, header, seen)


def _parts_of(window: Window, chunk: _Chunk, shown: bool) -> Iterator[Part]:
    at, whole, where = chunk.at, chunk.length + 12, chunk.where
    if shown:
        yield Part(at, whole, Role.PICTURE, where)
    elif chunk.type == b"IEND":  # it has no data (11.2.4); the file still needs its end
        yield Part(at, 8, Role.STRUCTURE, "IEND header")
        rest = Range(at + 8, chunk.length)
        yield Part(at + 8, whole - 8, Role.METADATA, "data inside IEND", Kind.UNKNOWN, rest)
    else:
        kind, skip = _KINDS.get(chunk.type, Kind.UNKNOWN), 0
        if where in PACKING and where != "iCCP":
            kind = kind_of(keyword_of(window.part(at + 8, chunk.length)))
        elif kind is Kind.EXIF and chunk.length > 6 and window.read(at + 8, 6) == b"Exif\0\0":
            skip = 6  # some writers put the JPEG prefix here too
        yield Part(at, whole, Role.METADATA, where, kind, Range(at + 8 + skip, chunk.length - skip))


def _stream_length(window: Window, run: Sequence[_Chunk], limit: int) -> tuple[int | None, int]:
    """How many of the run's data bytes its zlib stream takes, and how many it inflated to.

    None when that cannot be said: the stream is broken or inflates to more than `limit`.
    """
    stream, fed, made = zlib.decompressobj(), 0, 0
    try:
        for data in _pieces(window, run):
            fed += len(data)
            while data:
                made += len(stream.decompress(data, 1 << 20))
                if stream.eof:
                    return fed - len(stream.unused_data), made
                if made > limit:
                    return None, made
                data = stream.unconsumed_tail
    except zlib.error:
        return None, made
    return fed, made


def _pieces(window: Window, run: Iterable[_Chunk]) -> Iterator[bytes]:
    for chunk in run:
        start, end = chunk.at + 8 + min(_STREAMS[chunk.type], chunk.length), chunk.end - 4
        for at in range(start, end, _PIECE):
            yield window.read(at, min(_PIECE, end - at))


def _picture(run: Sequence[_Chunk], used: int | None, whole: bool) -> Iterator[Part]:
    """A run of picture chunks whose stream takes `used` bytes of their data; None: nobody looked, or it is broken.

    Unless the stream unpacks to the `whole` picture and nothing more, what is in it cannot be accounted for.
    """
    first, last, where = run[0], run[-1], run[0].where
    if used is None:
        yield Part(first.at, last.end - first.at, Role.PICTURE, where, searched=False)
        return
    prefix = _STREAMS[first.type]
    shares = [max(chunk.length - prefix, 0) for chunk in run]
    if used == sum(shares):
        yield Part(first.at, last.end - first.at, Role.PICTURE, where, searched=whole)
        return
    index = 0
    while used > shares[index]:
        used -= shares[index]
        index += 1
    cut, share = run[index], shares[index]
    kept, payload = cut.end, cut.end + 8
    if used < share:
        if cut.at > first.at:
            yield Part(first.at, cut.at - first.at, Role.PICTURE, where, searched=whole)
        yield Part(cut.at, 8, Role.STRUCTURE, f"{where} header")
        kept = payload = cut.at + 8 + prefix + used
        yield Part(cut.at + 8, kept - cut.at - 8, Role.PICTURE, f"{where} data", searched=whole)
    else:
        yield Part(first.at, cut.end - first.at, Role.PICTURE, where, searched=whole)
    rest = Range(payload, last.end - 4 - payload)
    where = "data after the compressed picture"
    yield Part(kept, last.end - kept, Role.METADATA, where, Kind.UNKNOWN, rest)


def dimensions(window: Window, found: Sequence[Part]) -> tuple[int, int]:
    for part in found[:8]:
        if part.where == "IHDR" and part.length >= 8 + 13:
            size = window.read(part.offset + 8, 8)
            return int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")
    return 0, 0


PNG = Format(
    "PNG",
    (".png", ".apng"),
    lambda head: head.startswith(SIGNATURE),
    parts,
    blocks,
    dimensions,
    rewrite,
    frozenset(("tags", "orientation", "icc", "xmp")),
)
