"""Text that must wait until the end of a report, packed in memory: never a temporary file, which might stay behind."""

from __future__ import annotations

import zlib
from collections.abc import Iterator


class Flow:
    """Text in the order in which it came."""

    __slots__ = ("_packed", "_packer")

    def __init__(self) -> None:
        self._packer = zlib.compressobj(1)
        self._packed: list[bytes] = []

    def add(self, text: str) -> None:
        """Text of ASCII alone."""
        if packed := self._packer.compress(text.encode("ascii")):
            self._packed.append(packed)

    def pieces(self) -> Iterator[str]:
        """All of it, once; nothing can be added after that."""
        self._packed.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        for packed in self._packed:
            yield unpacker.decompress(packed).decode("ascii")


class Ranked:
    """Many short texts that are alike, to be given back by rank."""

    __slots__ = ("_alike", "_packed", "_ranks")

    def __init__(self, alike: str = "") -> None:
        """`alike`: words that most of them hold."""
        self._alike = alike.encode("utf-8")
        self._ranks: list[tuple[int, ...]] = []
        self._packed: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ranks)

    def add(self, rank: tuple[int, ...], text: str) -> None:
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, zdict=self._alike)
        self._packed.append(packer.compress(text.encode("utf-8")) + packer.flush())
        self._ranks.append(rank)

    def sorted(self) -> Iterator[str]:
        """The smallest rank first, those of one rank as they came."""
        for number in sorted(range(len(self._ranks)), key=self._ranks.__getitem__):
            unpacker = zlib.decompressobj(-15, zdict=self._alike)
            yield (unpacker.decompress(self._packed[number]) + unpacker.flush()).decode("utf-8")
