"""What a PNG's header says of the rest: how long each picture chunk is, and how many bytes its rows take.

Specification: Portable Network Graphics, third edition, sections 7.2 (scanlines), 8 (interlace), 11.2.1 (IHDR) and
11.3 (each chunk).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many samples a pixel has, by colour type: grey, RGB, palette, grey with alpha, RGB with alpha."""

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}

_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
"""Adam7: where each pass begins and how far it steps, across and down."""

_LENGTHS = {
    **{b"IHDR": 13, b"IEND": 0, b"CgBI": 4, b"cHRM": 32, b"gAMA": 4, b"sRGB": 1, b"cICP": 4, b"mDCV": 24},
    **{b"cLLI": 8, b"pHYs": 9, b"acTL": 8, b"fcTL": 26},
}
_BACKGROUND, _TRANSPARENT = {0: 2, 2: 6, 3: 1, 4: 2, 6: 6}, {0: 2, 2: 6}


class Header(NamedTuple):
    """What IHDR says."""

    width: int
    height: int
    depth: int
    """Bits of a sample."""
    colour: int
    interlaced: bool


def header_of(data: bytes) -> Header | None:
    """The header in the 13 bytes of an IHDR; None when it is none that any decoder shows."""
    width, height = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
    depth, colour, compression, filtering, interlace = data[8:13]
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        return None
    return Header(width, height, depth, colour, bool(interlace))


def is_legal(type_: bytes, length: int, header: Header | None, seen: Mapping[bytes, int]) -> bool:
    """Whether a chunk that decoders need has just the length that it must have; what is longer holds something else.

    `seen` has the lengths of those before it. A palette that nobody needs, in a picture without indexes, has none.
    """
    if type_ in _LENGTHS:
        return length == _LENGTHS[type_]
    if header is None:
        return False
    if type_ == b"PLTE":
        return header.colour == 3 and not length % 3 and 0 < length <= 3 << header.depth
    if type_ == b"tRNS" and header.colour == 3:
        return 0 < length <= seen.get(b"PLTE", 0) // 3
    if type_ == b"sBIT":
        return length == (3 if header.colour == 3 else _SAMPLES[header.colour])
    wanted = {b"tRNS": _TRANSPARENT, b"bKGD": _BACKGROUND}.get(type_, {})
    return length == wanted.get(header.colour)


def bytes_of(header: Header, width: int, height: int) -> int:
    """How many bytes a picture of that size unpacks to: its rows, each after its filter byte."""
    bits = header.depth * _SAMPLES[header.colour]
    if not header.interlaced:
        return height * (1 + (width * bits + 7) // 8)
    total = 0
    for left, top, across, down in _PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total
