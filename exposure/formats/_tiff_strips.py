"""The pictures in a TIFF: which directories hold one, and what of a strip or tile a decoder needs.

Strips and tiles are data without structure, except where each is a whole file in small: a JPEG may hold comments and
EXIF of its own, and so may its tables, which stand in a tag.

TIFF 6.0, sections 8 (NewSubfileType) and 15 (tiles); TIFF Technical Note 2 (JPEG, JPEGTables); ITU-T T.81, annex B;
RFC 9649, section 2.5 (simple WebP files).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from exposure.errors import MalformedFile
from exposure.formats._ifd import Directory, Header, number
from exposure.source import Range, Window

STRIPS, TILES, OLD_JPEG = (273, 279), (324, 325), (513, 514)
"""The tags that give offsets, and those that give lengths."""
COMPRESSION, NEW_SUBFILE_TYPE, SUBFILE_TYPE = 259, 254, 255
JPEG, WEBP = 7, 50001
"""Compressions whose strips are files of their own that can be searched."""

_SOI, _EOI, _SOS, _APP0, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE
_TABLES = frozenset((0xC4, 0xCC, 0xDB, 0xDD))
"""Huffman tables, arithmetic conditioning, quantisation, restart interval."""
_NEEDED = _TABLES | (frozenset(range(0xC0, 0xD0)) - {0xC8}) | {_SOS, 0xDC}
"""Tables, frames, scans, number of lines."""
_MARKER = re.compile(rb"\xff[\xc0-\xc7\xc9-\xcf\xd9-\xef\xfe]")
"""What may follow compressed data, where 0xFF is followed by 0x00 or RSTn (T.81, B.1.1.5)."""
_MOST_SEGMENTS = 64
_LONGEST_TABLES = 1 << 18
_SHORT, _PIECE = 1 << 12, 1 << 20
_OPENING = 20


def pictures(window: Window, head: Header, found: Sequence[Directory]) -> frozenset[int]:
    """The offsets of the directories that hold the picture itself, not a reduced copy; IFD0 when none says so."""
    full = {d.offset for d in found if is_full(window, head, d)}
    return frozenset(full or {d.offset for d in found[:1]})


def is_full(window: Window, head: Header, directory: Directory) -> bool:
    """Whether a directory holds a picture that is no reduced copy of another."""
    tags = directory.entries
    if not (STRIPS[0] in tags or TILES[0] in tags or (OLD_JPEG[0] in tags and directory.name == "IFD0")):
        return False  # an Exif or GPS IFD, or the JPEG thumbnail in IFD1 (Exif 3.0, 4.6.1)
    reduced = (number(window, head, directory, NEW_SUBFILE_TYPE) or 0) & 1
    return not reduced and number(window, head, directory, SUBFILE_TYPE) != 2


def distinct(strips: Iterable[tuple[int, int]]) -> list[Range]:
    """Strips in the order of the file, those that are given twice once; MalformedFile when they overlap otherwise."""
    ordered = sorted({Range(*strip) for strip in strips if strip[1]})
    for (offset, length), following in pairwise(ordered):
        if offset + length > following.offset:
            raise MalformedFile("parts of its picture lie on top of each other", following.offset)
    return ordered


def needed(window: Window, compression: int, strip: Range) -> list[Range]:
    """What of a strip a decoder needs; MalformedFile when that cannot be told."""
    if compression == JPEG:
        return _jpeg(window, strip)
    if compression == WEBP:
        return _webp(window, strip)
    return [strip]


def _jpeg(window: Window, strip: Range) -> list[Range]:
    """Without comments, APPn segments and what follows its end: those of JFIF and Adobe may stay."""
    at = start = strip.offset
    end = start + strip.length
    opening = window.read(start, min(_SHORT, strip.length))

    def read(at: int, length: int) -> bytes:
        known = opening[at - start : at - start + length]
        return known if len(known) == length else window.read(at, length)

    found: list[Range] = []
    seen: set[tuple[int, int]] = set()
    for count in range(_MOST_SEGMENTS):
        head = read(at, min(_OPENING, end - at))
        marker = head[1] if len(head) > 1 and head[0] == 0xFF else 0
        if (count == 0) != (marker == _SOI):
            raise MalformedFile("a JPEG in the picture is no such thing", at)
        length = 2 if marker in (_SOI, _EOI) else int.from_bytes(head[2:4], "big") + 2
        if not 0xC0 <= marker < 0xFF or (length < 4 and marker not in (_SOI, _EOI)) or at + length > end:
            raise MalformedFile("a JPEG in the picture has a segment that is cut off", at)
        if marker in _TABLES:
            _look_into(marker, read(at + 4, length - 4), seen, at)
        elif marker == _SOS:  # after it, tables may be replaced
            seen.clear()
        stop = _end_of_scan(read, at + length, end) if marker == _SOS else at + length
        if marker in (_SOI, _EOI) or marker in _NEEDED or _is_header(marker, head, length):
            if found and sum(found[-1]) == at:
                found[-1] = Range(found[-1].offset, stop - found[-1].offset)
            else:
                found.append(Range(at, stop - at))
        at = stop
        if marker == _EOI or at == end:
            return found
    raise MalformedFile("a JPEG in the picture has more segments than any", at)


def _is_header(marker: int, head: bytes, length: int) -> bool:
    """Whether it is a JFIF header without a thumbnail, or Adobe's, which decoders may go by."""
    if marker == _APP0:
        return length == 18 and head[4:9] == b"JFIF\0" and head[16:18] == b"\0\0"
    return marker == _APP14 and length == 16 and head[4:9] == b"Adobe"


def _end_of_scan(read: Callable[[int, int], bytes], at: int, end: int) -> int:
    most = _SHORT
    while at < end:
        piece = read(at, min(most, end - at))
        marker = _MARKER.search(piece)
        if marker:
            return at + marker.start()
        at += len(piece) - 1 if len(piece) == most else len(piece)
        most = _PIECE
    return end


def _webp(window: Window, strip: Range) -> list[Range]:
    """A simple WebP file is its one chunk of picture data and has no room for anything else."""
    head = window.read(strip.offset, min(_OPENING, strip.length)).ljust(_OPENING, b"\0")
    whole, chunk = (int.from_bytes(head[at : at + 4], "little") for at in (4, 16))
    simple = head[:4] == b"RIFF" and head[8:16] in (b"WEBPVP8 ", b"WEBPVP8L")
    if not simple or whole + 8 != 20 + chunk + chunk % 2 or whole + 8 > strip.length:
        raise MalformedFile("a WebP in the picture is not a simple one", strip.offset)
    return [Range(strip.offset, whole + 8)]


def tables(data: bytes) -> bytes:
    """The JPEGTables of a clean copy: the tables of these, and nothing else. MalformedFile when they are damaged."""
    if len(data) > _LONGEST_TABLES or data[:2] != b"\xff\xd8":
        raise MalformedFile("its JPEG tables are no such thing", 0)
    at, found, seen = 2, [b"\xff\xd8"], set[tuple[int, int]]()
    while at < len(data) and data[at : at + 2] != b"\xff\xd9":
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or end < at + 4 or end > len(data):
            raise MalformedFile("its JPEG tables are cut off", at)
        if data[at + 1] in _TABLES:
            _look_into(data[at + 1], data[at + 4 : end], seen, at)
            found.append(data[at:end])
        at = end
    return b"".join((*found, b"\xff\xd9"))


def _look_into(marker: int, payload: bytes, seen: set[tuple[int, int]], where: int) -> None:
    """MalformedFile unless a segment holds tables up to its last byte, none of which was seen before (T.81, B.2.4)."""
    at = 0
    while at < len(payload):
        name = marker, payload[at] & 15 if marker == 0xDB else payload[at] if marker != 0xDD else 0
        if name in seen:
            raise MalformedFile("its JPEG tables hold more than tables", where)
        seen.add(name)
        if marker == 0xDB:
            at += 129 if payload[at] >> 4 else 65
        elif marker == 0xC4:
            at += 17 + sum(payload[at + 1 : at + 17])
        else:
            at += 2
    if at != len(payload):
        raise MalformedFile("its JPEG tables hold more than tables", where)
