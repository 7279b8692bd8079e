"""Put a JPEG together again: tables, frames and scans as they are, and small headers that we write.

Specification: JFIF 1.02 (APP0); ITU-T T.81 annex B; Exif 3.0, section 4.5.4 (order of segments); ICC.1:2022, annex
B.4; XMP part 3, section 1.1.3; Adobe Technical Note 5116, section 18 (APP14).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from exposure.errors import CannotClean
from exposure.formats._jpeg_blocks import ICC
from exposure.formats._jpeg_second import INDEX_LENGTH, index, seconds, total
from exposure.formats._jpeg_tables import coded
from exposure.model import Kept, Part, Role
from exposure.plugins import Piece
from exposure.source import Window
from exposure.tiff import stream

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_ADOBE = b"Adobe" + struct.pack(">HHH", 100, 0, 0)
"""What programs write who are not Photoshop: its version and flags change nothing."""
_VERSIONS = (0x0100, 0x0101, 0x0102)
_LONGEST = 0xFFFF - 2
_ICC_SHARE = _LONGEST - len(ICC) - 2


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy: JFIF and Adobe headers from their numbers, what is kept, then the picture, and second pictures."""
    second = seconds(window, parts, kept, _alone)
    kept = replace(kept, xmp=second.xmp)
    iso = segment(0xE2, second.iso) if second.iso else b""
    if second.gain_map:
        gain, _ = second.lengths
        primary = total(tuple(_alone(window, parts, kept, iso))) + INDEX_LENGTH
        place = total(tuple(_front(window, parts, kept))) + len(iso)
        iso += segment(0xE2, index(place, primary, gain))
    yield from _alone(window, parts, kept, iso)
    yield from second.gain_map
    yield from second.video


def _alone(window: Window, parts: Sequence[Part], kept: Kept, more: bytes) -> Iterator[Piece]:
    """The picture itself, with the segments `more` behind those that every copy has."""
    yield from _front(window, parts, kept)
    yield more
    yield from coded(window, parts)
    yield b"\xff\xd9"


def _front(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[bytes]:
    """What stands before the tables."""
    yield b"\xff\xd8"
    yield from _headers(window, parts)
    if kept.tags:
        yield segment(0xE1, b"Exif\0\0" + stream(kept.tags))
    if kept.xmp:
        yield segment(0xE1, _XMP + kept.xmp)
    shares = [kept.icc[at : at + _ICC_SHARE] for at in range(0, len(kept.icc), _ICC_SHARE)]
    for number, share in enumerate(shares, 1):
        yield segment(0xE2, ICC + bytes((number, len(shares))) + share)


def _headers(window: Window, parts: Sequence[Part]) -> Iterator[bytes]:
    """The first JFIF header without its thumbnail, and the last Adobe header: those are what decoders go by.

    Of the first stay the version and the density, of the second how its colours are transformed: that alone counts.
    """
    front = list(takewhile(lambda part: not part.where.startswith("SOS"), parts))
    jfif = (
        part for part in front if part.where == "APP0" and part.role is Role.STRUCTURE and part.length >= 18
    )
    for part in islice(jfif, 1):
        version, units, density = struct.unpack(">HB4s", window.read(part.offset + 9, 7))
        version = version if version in _VERSIONS else _VERSIONS[-1]
        yield segment(
            0xE0, b"JFIF\0" + struct.pack(">HB4s", version, units if units < 3 else 0, density) + b"\0\0"
        )
    adobe = [part for part in front if part.where == "APP14" and part.length >= 16]
    heads = [window.read(part.offset + 4, 12) for part in adobe]
    for head in [head for head in heads if head.startswith(b"Adobe")][-1:]:
        yield segment(0xEE, _ADOBE + head[-1:])


def segment(marker: int, payload: bytes) -> bytes:
    """One marker segment. CannotClean when its length is more than two bytes can say (T.81, B.1.1.4)."""
    if len(payload) > _LONGEST:
        raise CannotClean("what should stay does not fit into a JPEG segment")
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload
