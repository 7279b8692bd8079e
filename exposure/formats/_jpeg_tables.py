"""The coded picture of a JPEG: its tables, frames and scans as they are, each as long as what it says.

A table that no frame or scan asks for shows nothing and could hold anything, so it is left out. What stands in the
others is the picture; their lengths are checked, as decoders do, so that nothing can stand behind it.

Specification: ITU-T T.81, sections B.2.2 (frames), B.2.3 (scans), B.2.4 (tables).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.model import Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window

_HIERARCHICAL = frozenset(("DE", "DF", "SOF5", "SOF6", "SOF7", "SOF13", "SOF14", "SOF15"))


_LENGTHS = {"DRI": 6, "DF": 5}
"""Of segments that are always as long: restart interval (B.2.4.4) and expansion (B.3.3), in bytes."""


class _Used(NamedTuple):
    """The tables that frames and scans ask for."""

    quantisation: set[int]
    huffman: set[tuple[int, int]]
    """Class (0 DC, 1 AC) and number."""


def coded(window: Window, parts: Sequence[Part]) -> Iterator[Piece]:
    """The picture parts, in order. MalformedFile when one is longer or shorter than what it says."""
    pictures = [part for part in parts if part.role is Role.PICTURE]
    used = _used(window, pictures)
    every = not _HIERARCHICAL.isdisjoint(part.where for part in pictures)
    for part in pictures:
        if part.where == "DQT":
            tables = _tables(window, part, _quantisation)
            wanted = [each for each in tables if every or each[0] & 15 in used.quantisation]
            yield from _kept(part, tables, wanted)
        elif part.where == "DHT":
            tables = _tables(window, part, _huffman)
            wanted = [each for each in tables if every or (each[0] >> 4, each[0] & 15) in used.huffman]
            yield from _kept(part, tables, wanted)
        elif part.length != _LENGTHS.get(part.where, part.length) or (part.where == "CC" and part.length % 2):
            raise _wrong(part)
        else:
            yield Range(part.offset, part.length)


def _used(window: Window, pictures: Sequence[Part]) -> _Used:
    """What the headers of frames and scans ask for; their own lengths are checked."""
    used = _Used(set(), set())
    for part in pictures:
        if part.where.startswith(("SOF", "SOS")) or part.where == "DE":
            frame = not part.where.startswith("SOS")
            head = window.read(part.offset, min(part.length, 10 + 3 * 255))
            length, at = head[2] << 8 | head[3], 9 if frame else 4
            count = head[at] if len(head) > at else 0
            if not count or length != (8 + 3 * count if frame else 6 + 2 * count) or len(head) < length + 2:
                raise _wrong(part)
            for n in range(count):
                if frame:
                    used.quantisation.add(head[12 + 3 * n])
                else:
                    chosen = head[6 + 2 * n]
                    used.huffman.update(((0, chosen >> 4), (1, chosen & 15)))
    return used


def _tables(window: Window, part: Part, length: Callable[[bytes, int], int]) -> list[bytes]:
    """The tables in one segment, which they fill."""
    data, at = window.read(part.offset + 4, part.length - 4), 0
    found: list[bytes] = []
    while at < len(data):
        end = at + length(data, at)
        if end > len(data):
            raise _wrong(part)
        found.append(data[at:end])
        at = end
    return found


def _quantisation(data: bytes, at: int) -> int:
    """How long the quantisation table at `at` is: 64 numbers of one or two bytes (B.2.4.1)."""
    return 1 + 64 * (2 if data[at] >> 4 else 1)


def _huffman(data: bytes, at: int) -> int:
    """How long the Huffman table at `at` is: how many codes there are of each length, then their values (B.2.4.2)."""
    return 17 + sum(data[at + 1 : at + 17])


def _kept(part: Part, tables: Sequence[bytes], wanted: Sequence[bytes]) -> Iterator[Piece]:
    """The segment as it is, or with the tables alone that are wanted."""
    if len(wanted) == len(tables):
        yield Range(part.offset, part.length)
    elif wanted:
        data = b"".join(wanted)
        yield (
            b"\xff"
            + (b"\xdb" if part.where == "DQT" else b"\xc4")
            + (len(data) + 2).to_bytes(2, "big")
            + data
        )


def _wrong(part: Part) -> MalformedFile:
    return MalformedFile(f"the {part.where.split()[0]} segment has a wrong length", part.offset)
