"""The segments of a JPEG: markers up to SOS, the scans, EOI, and whatever follows.

Metadata sits in APPn and COM segments, told apart by the identifier that opens their payload. Segments may
come in any order, between scans too, with fill bytes before them. What follows EOI is a trailer: a second
picture (MPF), a video (motion photo), maker data or padding.

Specification: ITU-T T.81 annex B; JFIF 1.02; Exif 3.0 section 4.7; XMP part 3 section 1.1.3; ICC.1:2022
annex B.4; CIPA DC-007 (MPF); ISO/IEC 19566-5 annex D (JUMBF).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.errors import MalformedFile
from exposure.formats._jpeg_blocks import EXTENDED_XMP, ICC, JUMBF
from exposure.model import Depth, Kind, Part, Role
from exposure.source import HEAD, Range, Window

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_BARE = frozenset({0x01, *range(0xD0, 0xD8), _SOI})
"""Markers without a length: TEM, RSTn, SOI."""

_TABLES = frozenset({0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, *(set(range(0xC0, 0xD0)) - {0xC8})})
"""Segments that a decoder needs: Huffman and arithmetic tables, frames, scans, quantisation, restart, lines."""

_DNL, _DNL_LENGTH = 0xDC, 6
"""The number of lines in two bytes (T.81, B.2.5); decoders skip one of any other length, whatever it holds."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

_NAMES = {
    _COM: "COM",
    _SOS: "SOS",
    0xDB: "DQT",
    0xC4: "DHT",
    0xDD: "DRI",
    **{m: f"SOF{m - 0xC0}" for m in _FRAMES},
}
_NAMES |= {0xE0 + n: f"APP{n}" for n in range(16)}

_IDENTIFIERS: dict[int, tuple[tuple[bytes, Kind, int], ...]] = {
    0xE1: (
        (b"Exif\0\0", Kind.EXIF, 10),
        (b"Exif\0\xff", Kind.EXIF, 10),
        (b"http://ns.adobe.com/xap/1.0/\0", Kind.XMP, 33),
        (EXTENDED_XMP, Kind.XMP, 4),
    ),
    0xE2: ((ICC, Kind.ICC, 4), (b"MPF\0", Kind.MPF, 8)),
    0xEB: ((JUMBF, Kind.JUMBF, 4),),
    0xED: ((b"Photoshop 3.0\0", Kind.PHOTOSHOP, 18), (b"Adobe_Photoshop2.5:", Kind.PHOTOSHOP, 23)),
}
"""Identifier, kind, and where its payload begins: after the identifier, unless that tells how pieces join."""

_MISPLACED = re.compile(rb".{0,4}exif\0.{0,7}?(?=II\*\0|MM\0\*)", re.IGNORECASE | re.DOTALL)
"""EXIF as careless programs write it, and as readers still find it: in another segment, in small letters, with one NUL
or with a few bytes before or behind."""

_PACKET = re.compile(rb".{0,56}?(?=<\?xpacket|<x:x[am]pmeta)", re.DOTALL)
"""An XMP packet behind no identifier or a damaged one, as readers still find it: some programs break the address."""

_MARKER = re.compile(rb"\xff[\xc0-\xc7\xc9-\xcf\xd9-\xef\xfe]")
"""The markers that may follow compressed data, where 0xFF is followed by 0x00, RSTn or a fill byte (T.81 B.1.1.5);
others in a damaged picture are taken for data."""

_HEADER = 64
"""Enough of a segment to know it by, in bytes."""

_SCAN = "SOS and picture data"
_CUT_SHORT = "the picture data ends too early: the file was cut short"
_PIECE = 1 << 18
_SHORT = 1 << 12
_TAIL = 4096
_MOST_PARTS = 20_000


_PICTURE, _STRUCTURE, _METADATA = Role.PICTURE, Role.STRUCTURE, Role.METADATA
_UNKNOWN, _COMMENT = Kind.UNKNOWN, Kind.COMMENT
"""Looked up once: a member of an enumeration costs as much as a segment."""


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """Tile a JPEG. A picture without an end marker is cut short: MalformedFile after its last part."""
    opening = window.head(HEAD)
    if opening[:2] != b"\xff\xd8":
        raise MalformedFile("this does not begin like a JPEG", 0)
    yield Part(0, 2, _STRUCTURE, "SOI")
    at, size, where, deep = 2, window.size, "", depth is Depth.DEEP
    for _ in range(_MOST_PARTS):
        if at >= size:
            raise MalformedFile(_CUT_SHORT if where == _SCAN else "the file ends before the picture", size)
        head = opening[at : at + _HEADER]
        if len(head) < _HEADER:
            head = window.read(at, min(_HEADER, size - at))
        part = _segment(window, head, at)
        at, where = at + part.length, part.where
        if where == "SOS":
            start, at, where = part.offset, _end_of_scan(window, at, depth), _SCAN
            part = Part(start, at - start, _PICTURE, _SCAN, searched=deep)
        yield part
        if where == "EOI":
            if at < size:
                yield Part(at, size - at, _METADATA, "after EOI", Kind.TRAILER, Range(at, size - at))
            return
    raise MalformedFile("more segments than any picture has", at)


def _segment(window: Window, head: bytes, at: int) -> Part:
    """The one marker segment, fill byte or bare marker at `at`, whose first bytes are `head`."""
    if len(head) < 2 or head[0] != 0xFF:
        return _stray(window, at)
    marker = head[1]
    if marker == 0xFF:
        return Part(at, max(len(head) - len(head.lstrip(b"\xff")) - 1, 1), _STRUCTURE, "fill")
    if marker == _EOI:
        return Part(at, 2, _STRUCTURE, "EOI")
    name = _NAMES.get(marker) or f"{marker:02X}"
    if marker in _BARE:  # outside of compressed data they mean nothing
        return Part(at, 2, _STRUCTURE, name)
    length = (head[2] << 8 | head[3]) + 2 if len(head) >= 4 else 0
    if length < 4 or at + length > window.size:
        raise MalformedFile(f"the {name} segment is cut off or has a wrong length", at)
    if marker in _TABLES and (marker != _DNL or length == _DNL_LENGTH):
        return Part(at, length, _PICTURE, name)
    kind, skip = _identified(marker, head[4 : min(length, _HEADER)], length)
    if kind is None:
        return Part(at, length, _STRUCTURE, name)
    return Part(at, length, _METADATA, name, kind, Range(at + skip, length - skip))


def _stray(window: Window, at: int) -> Part:
    """Bytes that belong to no segment: decoders skip them, and so do we, up to the next marker that can be one."""
    for most in (_SHORT, _PIECE):  # most are a few bytes, and there may be thousands
        found = _MARKER.search(window.read(at, min(most, window.size - at)))
        if found:
            length = found.start()
            return Part(at, length, _METADATA, "between segments", Kind.UNKNOWN, Range(at, length))
    raise MalformedFile("data where a JPEG segment should begin", at)


def _identified(marker: int, opening: bytes, length: int) -> tuple[Kind | None, int]:
    """What an APPn, COM or unknown segment holds, by the identifier that opens it, and where that begins in it.

    None for what a decoder needs: the JFIF header and Adobe's colour transform.
    """
    if marker == _COM:
        return _COMMENT, 4
    if (marker == 0xE0 and opening[:5] == b"JFIF\0") or (
        marker == 0xEE and opening[:5] == b"Adobe" and length == 16
    ):
        return None, 4
    for identifier, kind, skip in _IDENTIFIERS.get(marker, ()):
        if opening.startswith(identifier):
            return kind, skip
    if (found := _MISPLACED.match(opening)) is not None:
        return Kind.EXIF, 4 + found.end()
    if (found := _PACKET.match(opening)) is not None:
        return Kind.XMP, 4 + found.end()
    return _UNKNOWN, 4


def _end_of_scan(window: Window, at: int, depth: Depth) -> int:
    """Where the compressed data that begins at `at` ends: at the next marker, or at the end of a file cut short.

    A shallow look trusts a file whose last bytes are EOI (and zeros): the data goes up to there. Only a file
    that ends otherwise is searched.
    """
    if depth is Depth.SHALLOW:
        tail = window.read(max(at, window.size - _TAIL), min(_TAIL, window.size - at)).rstrip(b"\0")
        if tail.endswith(b"\xff\xd9"):
            return max(at, window.size - _TAIL) + len(tail) - 2
    most = _SHORT
    while at < window.size:
        piece = window.read(at, min(most, window.size - at))
        found = _MARKER.search(piece)
        if found:
            return at + found.start()
        at += len(piece) - 1 if len(piece) == most else len(piece)
        most = _PIECE
    return window.size
