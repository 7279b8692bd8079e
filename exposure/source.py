"""Where bytes come from, and the windows through which they are looked at.

A `Source` gives bytes by offset and length alone, so nobody reads a whole file by accident. A `Window` shows
one run of a source: a part of a file, several parts joined, or what a container inflates to. It knows where
in the file its bytes lie, which is what the second address of every finding is made from.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Protocol

from exposure.errors import MalformedFile

HEAD = 1 << 16
"""How much of a file is read at once when it is opened, in bytes: most metadata lies there."""

HELD = 1 << 24
"""Up to this size a file is held in memory whole where that was asked for, in bytes."""

LARGEST_READ = 1 << 26
"""No single piece of metadata is larger than this, in bytes; a length that says so is damage or an attack."""


_PIECE = 1 << 18


class Range(NamedTuple):
    """A run of bytes in the file itself."""

    offset: int
    length: int


class Source(Protocol):
    """Anything that gives bytes by offset."""

    @property
    def size(self) -> int: ...

    def read(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, or MalformedFile."""
        ...


class FileSource:
    """A file on disk, opened by ``with``; it is read by offset, never mapped (a mapped file that shrinks kills).

    Only the path and the name travel to another process.
    """

    __slots__ = ("_descriptor", "_head", "_stamp", "modified", "name", "path", "size")

    def __init__(self, path: Path | str, name: str | None = None) -> None:
        self.path, self.name = path, name if name is not None else str(path)
        self.size, self.modified, self._head, self._descriptor, self._stamp = 0, 0.0, b"", -1, (0, 0)

    def __enter__(self) -> FileSource:
        """Open it: OSError when that fails. Never blocks on a pipe and never follows into a device."""
        flags = (
            os.O_RDONLY
            | getattr(os, "O_BINARY", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_CLOEXEC", 0)
        )
        self._descriptor = os.open(self.path, flags)
        try:
            status = os.fstat(self._descriptor)
            self.size, self.modified = self._sized(status), status.st_mtime
            self._stamp = status.st_size, status.st_mtime_ns
            self._head = self._take(0, min(HEAD, self.size))
        except BaseException:  # `with` only leaves what was entered
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)
        self._descriptor, self._head = -1, b""

    @property
    def in_archive(self) -> bool:
        """Whether it is no file of its own on the disk, but lies in one."""
        return self.name != str(self.path)

    @property
    def travels(self) -> int:
        """How many bytes of it go along to another process: none, for what can be opened there."""
        return 0

    def hold(self) -> None:
        """Have all of a file that is not too large in memory, when it will be read more than once."""
        if len(self._head) < self.size <= HELD:
            self._head = self._take(0, self.size)

    def changed(self) -> bool:
        """Whether the open file was written to since it was opened, as far as its size and date tell."""
        status = self.status()
        return (status.st_size, status.st_mtime_ns) != self._stamp

    def status(self) -> os.stat_result:
        """What the system says of the open file now."""
        return os.fstat(self._descriptor)

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self.path, self.name)

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise MalformedFile("a length that runs past the end of the file", offset)
        if offset + length <= len(self._head):
            return self._head[offset : offset + length]
        if length > LARGEST_READ:
            raise MalformedFile("a piece too large to be metadata", offset)
        return self._take(offset, length)

    def _sized(self, status: os.stat_result) -> int:
        """How many bytes there are to read, when the file on disk is this; MalformedFile when it cannot be read."""
        return status.st_size

    def _take(self, offset: int, length: int) -> bytes:
        if hasattr(os, "pread"):
            data = os.pread(self._descriptor, length, offset)
        else:  # Windows: each worker has its own descriptor, so moving its position is safe
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            data = os.read(self._descriptor, length)
        if len(data) != length:
            raise MalformedFile("the file became shorter while it was read", offset + len(data))
        return data


@dataclass(frozen=True, slots=True)
class MemorySource:
    """Bytes that are in memory: what a container inflated to, or a test's."""

    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > len(self.data):
            raise MalformedFile("a length that runs past the end", offset)
        return self.data[offset : offset + length]


def is_same(one: Source, other: Source) -> bool:
    """Whether two sources hold the same bytes; they are read piece by piece."""
    return one.size == other.size and all(
        one.read(at, length) == other.read(at, length)
        for at in range(0, one.size, _PIECE)
        if (length := min(_PIECE, one.size - at))
    )


class Assembled:
    """A file that is not written yet: runs of another source, and bytes between them. It must stay open meanwhile."""

    __slots__ = ("_pieces", "_source", "_starts", "modified", "name", "size")

    def __init__(self, source: FileSource | Assembled, pieces: Iterable[Range | bytes]) -> None:
        self._source, self._pieces = source, tuple(pieces)
        lengths = [p.length if isinstance(p, Range) else len(p) for p in self._pieces]
        self._starts = tuple(accumulate(lengths[:-1], initial=0)) if lengths else ()
        self.name: str = source.name
        self.modified: float = source.modified
        self.size = sum(lengths)

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise MalformedFile("a length that runs past the end of the file", offset)
        found, end = [], offset + length
        at = max(bisect_right(self._starts, offset) - 1, 0)
        while at < len(self._starts) and self._starts[at] < end:
            piece, start = self._pieces[at], self._starts[at]
            low, high = max(offset - start, 0), end - start
            if isinstance(piece, Range):
                high = min(high, piece.length)
                found.append(self._source.read(piece.offset + low, high - low))
            else:
                found.append(piece[low:high])
            at += 1
        return b"".join(found)


@dataclass(frozen=True, slots=True)
class Window:
    """Bytes of one source seen as one run, from 0 to `size`."""

    source: Source
    pieces: tuple[Range, ...]
    """Where in `source` the bytes lie, in order."""
    size: int
    container: tuple[Range, ...] | None = None
    """Where in the file the bytes were packed, when they do not stand in it as they are (inflated, base64)."""
    starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    """Where in the window each of several pieces begins, when whoever made it knows."""

    @classmethod
    def whole(cls, source: Source) -> Window:
        return cls(source, (Range(0, source.size),), source.size)

    @classmethod
    def packed(cls, data: bytes, container: Iterable[Range]) -> Window:
        """What the bytes at `container` unpack to."""
        return cls(MemorySource(data), (Range(0, len(data)),), len(data), tuple(container))

    @property
    def indirect(self) -> bool:
        return self.container is not None

    @property
    def origin(self) -> int:
        """Where in the source the first byte lies."""
        return self.pieces[0].offset if self.pieces else 0

    def read(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, or MalformedFile."""
        if offset < 0 or length < 0 or offset + length > self.size:
            raise MalformedFile(
                "a length that runs past the end of its container", self.origin + max(offset, 0)
            )
        if len(self.pieces) == 1:
            return self.source.read(self.pieces[0].offset + offset, length)
        if length > LARGEST_READ:
            raise MalformedFile("a piece too large to be metadata", self.origin + offset)
        return b"".join(self.source.read(*piece) for piece in self._cut(offset, length))

    def head(self, length: int) -> bytes:
        """The first `length` bytes, or as many as there are."""
        return self.read(0, min(length, self.size))

    def load(self, limit: int = LARGEST_READ) -> bytes:
        """All of it, or MalformedFile when that is more than `limit` bytes."""
        if self.size > limit:
            raise MalformedFile("a piece too large to be metadata", self.origin)
        return self.read(0, self.size)

    def part(self, offset: int, length: int | None = None) -> Window:
        """A window on a part of this one; to the end without a length. MalformedFile when it does not fit."""
        length = self.size - offset if length is None else length
        if offset < 0 or length < 0 or offset + length > self.size:
            raise MalformedFile(
                "a length that runs past the end of its container", self.origin + max(offset, 0)
            )
        return _window(self.source, self._cut(offset, length), length, self.container)

    def joined(self, pieces: Iterable[Range]) -> Window:
        """Several parts of this window, given by offset and length in it, seen as one run."""
        cut = tuple(p for offset, length in pieces for p in self.part(offset, length).pieces)
        return _window(self.source, cut, sum(p.length for p in cut), self.container)

    def ranges(self, offset: int = 0, length: int | None = None) -> tuple[Range, ...]:
        """Where in the file these bytes lie; the container's place when they were packed."""
        if self.container is not None:
            return self.container
        return self._cut(offset, self.size - offset if length is None else length)

    def _cut(self, offset: int, length: int) -> tuple[Range, ...]:
        if len(self.pieces) == 1:
            return (Range(self.pieces[0].offset + offset, length),)
        cut, end = [], offset + length
        starts = self.starts or _starts(self.pieces)
        at = max(
            bisect_right(starts, offset) - 1, 0
        )  # thousands of pieces may be looked at thousands of times
        while at < len(starts) and starts[at] < end:
            start, piece = starts[at], self.pieces[at]
            low, high = max(offset, start), min(end, start + piece.length)
            if low < high:
                cut.append(Range(piece.offset + low - start, high - low))
            at += 1
        return tuple(cut)


def _starts(pieces: tuple[Range, ...]) -> tuple[int, ...]:
    return tuple(accumulate((p.length for p in pieces[:-1]), initial=0)) if pieces else ()


def _window(
    source: Source, pieces: tuple[Range, ...], size: int, container: tuple[Range, ...] | None
) -> Window:
    return Window(source, pieces, size, container, _starts(pieces) if len(pieces) > 1 else ())
