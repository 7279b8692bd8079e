"""Files inside an archive, read in place: nothing is ever written to disk.

A stored member is a run of its archive's bytes. A deflated one is inflated as far as somebody reads, into memory, and
never further than its limits allow: a file that grows beyond them is an attack, or too large to look at like this.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from exposure.errors import MalformedFile
from exposure.source import FileSource

LARGEST_INFLATED = 1 << 28
"""No member is inflated beyond this size, in bytes."""
MOST_GROWTH = 1_100
"""No member is inflated to more than so many times its packed size: deflate itself ends at 1,032."""

_STEP = 1 << 18


class StoredMember(FileSource):
    """A member that lies in its archive as it is."""

    __slots__ = ("_length", "_start")

    def __init__(self, path: Path | str, name: str, start: int, length: int) -> None:
        """`path` is the archive's; the member lies `length` bytes from `start` in it."""
        super().__init__(path, name)
        self._start, self._length = start, length

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self.path, self.name, self._start, self._length)

    def _sized(self, status: os.stat_result) -> int:
        if self._start + self._length > status.st_size:
            raise MalformedFile("the archive ends before this file does", status.st_size)
        return self._length

    def _take(self, offset: int, length: int) -> bytes:
        return super()._take(self._start + offset, length)


class DeflatedMember(FileSource):
    """A member that is packed (deflate, RFC 1951). Once open, it holds what was inflated so far."""

    __slots__ = ("_at", "_inflated", "_inflater", "_length", "_packed", "_start")

    def __init__(self, path: Path | str, name: str, start: int, packed: int, length: int) -> None:
        """`packed` bytes from `start` in the archive at `path`, which inflate to `length` bytes."""
        super().__init__(path, name)
        self._start, self._packed, self._length = start, packed, length
        self._begin()

    def _begin(self) -> None:
        self._inflated, self._at = bytearray(), 0
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self.path, self.name, self._start, self._packed, self._length)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self._begin()

    def _sized(self, status: os.stat_result) -> int:
        if self._start + self._packed > status.st_size:
            raise MalformedFile("the archive ends before this file does", status.st_size)
        if self._length > LARGEST_INFLATED:
            raise MalformedFile("too large to be looked at inside an archive; take it out first", 0)
        if self._length > self._packed * MOST_GROWTH:
            raise MalformedFile("it would grow more than any real file does", 0)
        return self._length

    def _take(self, offset: int, length: int) -> bytes:
        while len(self._inflated) < offset + length:
            self._inflate()
        return bytes(self._inflated[offset : offset + length])

    def _inflate(self) -> None:
        """The next piece."""
        packed = super()._take(self._start + self._at, min(_STEP, self._packed - self._at))
        self._at += len(packed)
        try:
            more = self._inflater.decompress(packed, self._length - len(self._inflated) + 1)
        except zlib.error:
            raise MalformedFile("its packed data is damaged", len(self._inflated)) from None
        self._inflated += more
        if len(self._inflated) > self._length:
            raise MalformedFile("it is longer than the archive says", self._length)
        if not packed and not more:
            raise MalformedFile("it ends before the length that the archive says", len(self._inflated))


class HeldMember(FileSource):
    """A member that is in memory already: of an archive that can only be read from its beginning."""

    __slots__ = ("_data",)

    def __init__(self, path: Path | str, name: str, data: bytes) -> None:
        super().__init__(path, name)
        self._data = data

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self.path, self.name, self._data)

    def _sized(self, status: os.stat_result) -> int:
        return len(self._data)

    def _take(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]
