"""The coded pictures of a HEIF, unit by unit: only the units that make the picture are copied.

Between them, encoders put messages that no decoder needs: who encoded it and how (x265 writes its whole command
line), what a broadcaster or a maker registered for itself, padding. Nothing is decoded here.

Specification: ITU-T H.265 (08/2021), sections 7.3.1.2 and 7.4.2.2 (NAL units); ISO/IEC 14496-15:2022, section 8.3.2
(lengths before them); AV1 Bitstream & Decoding Process, sections 5.3 and 6.2 (OBUs).
"""

from __future__ import annotations

from collections.abc import Iterator

from exposure.errors import MalformedFile
from exposure.source import MemorySource, Range, Window

PARAMETERS = frozenset((32, 33, 34))
"""HEVC units with the parameters of the layers, of the sequence, and of the pictures (VPS, SPS, PPS)."""
_SLICES = frozenset((*range(10), *range(16, 22)))

_SEQUENCE, _DELIMITER = 1, 2
_AV1_PICTURE = frozenset((_SEQUENCE, 3, 4, 6, 7))
"""AV1 units with a sequence header, a frame header, tiles, a whole frame, or a frame header again."""

_MOST_UNITS = 100_000
"""Of all the pictures in one file; a thousand tiles have some thousands."""


class Units:
    """Finds the units that make a picture. It counts those it saw, so that no file can ask for too much."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _MOST_UNITS

    def hevc(self, data: Window, width: int) -> Iterator[Range]:
        """Those of an HEVC picture, with their lengths, which are numbers of `width` bytes."""
        at = 0
        while at < data.size:
            self._count(at)
            if at + width + 2 > data.size:
                raise MalformedFile("the coded picture ends in the middle of a unit", at)
            head = data.read(at, width + 2)
            end = at + width + int.from_bytes(head[:width], "big")
            if not at + width + 2 <= end <= data.size:
                raise MalformedFile("a unit of the coded picture has a wrong length", at)
            if (type_ := hevc_type(head[width:])) in _SLICES or type_ in PARAMETERS:
                yield Range(at, end - at)
            at = end

    def av1(self, data: Window, wanted: frozenset[int] = _AV1_PICTURE) -> Iterator[Range]:
        """Those of an AV1 picture. The delimiter before it stays while there is nothing in it."""
        at = 0
        while at < data.size:
            self._count(at)
            head = data.read(at, min(10, data.size - at))
            type_, start = head[0] >> 3 & 15, 1 + (head[0] >> 2 & 1)
            if head[0] & 2:
                width, length = _leb128(head[start:], at)
                end = at + start + width + length
            else:  # it goes on to the end of the picture
                width, end = 0, data.size
            if not at + start + width <= end <= data.size:
                raise MalformedFile("a unit of the coded picture has a wrong length", at)
            if type_ in wanted or (type_ == _DELIMITER and at + start + width == end):
                yield Range(at, end - at)
            at = end

    def _count(self, at: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise MalformedFile("the coded picture has more units than any", at)


def hevc_type(header: bytes) -> int:
    """The type of an HEVC unit by its first two bytes; -1 for one of a further layer, which is another picture."""
    return -1 if header[0] & 1 or header[1] >> 3 else header[0] >> 1 & 0x3F


def sequence_headers(data: bytes) -> bytes:
    """Of the units in an AV1 configuration, those with the sequence header."""
    wanted = Units().av1(Window.whole(MemorySource(data)), frozenset((_SEQUENCE,)))
    return b"".join(data[at : at + length] for at, length in wanted if data[at] >> 3 & 15 == _SEQUENCE)


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """How many bytes a number takes, and the number: seven bits to a byte, the lowest first."""
    number = 0
    for place, byte in enumerate(data[:8]):
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return place + 1, number
    raise MalformedFile("a unit of the coded picture has no length", at)
