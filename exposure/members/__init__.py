"""Files inside an archive, read in place: nothing is ever written to disk.

A stored member is a run of its archive's bytes. A deflated one is inflated as far as somebody reads, and never further
than its limits allow. One in a packed tar is read by the process that has the tar open; to another one go its bytes.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import NamedTuple

from exposure.errors import MalformedFile, reason
from exposure.members._inflating import GZIP, RAW, Inflated
from exposure.source import HELD, FileSource

__all__ = [
    "GZIP",
    "Archived",
    "DeflatedMember",
    "HeldMember",
    "Inflated",
    "Lost",
    "StoredMember",
    "TarredMember",
    "grown",
]

LARGEST_INFLATED = 1 << 32
"""No member is inflated beyond this size, in bytes."""
MOST_GROWTH = 1_100
"""No member is inflated to more than so many times its packed size: deflate itself ends at 1,032."""
SMALL, REAL_GROWTH = 1 << 26, 120
"""What unpacks to more than `SMALL` bytes may not be more than so many times larger than packed."""

_LOCAL = struct.Struct("<4s2xHH16xHH")
"""Of a local file header (APPNOTE 4.3.7): signature, flags, method, length of the name, length of the extra field."""
_ENCRYPTED = 1
_CHANGED = "the archive was changed while it was being read"
_TOO_LARGE = "too large to be looked at inside an archive; take it out first"


def grown(taken: int) -> int:
    """How much may come out of so many packed bytes."""
    return max(SMALL, taken * REAL_GROWTH)


class Archived(NamedTuple):
    """The archive that a member lies in."""

    path: str
    size: int
    """In bytes, when its list was read."""
    modified: int
    """When it was written to, in nanoseconds since 1970."""

    @classmethod
    def of(cls, path: Path) -> Archived:
        """As it is now; OSError when it cannot be asked."""
        status = path.stat()
        return cls(str(path), status.st_size, status.st_mtime_ns)

    def held_by(self, status: os.stat_result) -> bool:
        """Whether a file with this status is still the same."""
        return (status.st_size, status.st_mtime_ns) == (self.size, self.modified)

    def read(self, offset: int, length: int) -> bytes:
        """Its own bytes. MalformedFile when they are not there, or it was changed."""
        with open(self.path, "rb", buffering=0) as file:
            if not self.held_by(os.fstat(file.fileno())):
                raise MalformedFile(_CHANGED, offset)
            file.seek(offset)
            data = file.read(length) or b""
        if len(data) < length:
            raise MalformedFile("the archive ends too early", offset + len(data))
        return data


class _Member(FileSource):
    """A run of an archive's bytes, packed or not."""

    __slots__ = ("_archive", "_header", "_start", "_taken")

    def __init__(self, archive: Archived, name: str, start: int, taken: int, header: bool = False) -> None:
        """It takes `taken` bytes from `start` in the archive; with `header`, from behind the local file header there."""
        super().__init__(archive.path, name)
        self._archive, self._start, self._taken, self._header = archive, start, taken, header

    def _placed(self, status: os.stat_result, method: int) -> int:
        """Where its bytes begin. MalformedFile when they are not there."""
        if not self._archive.held_by(status):
            raise MalformedFile(_CHANGED, 0)
        start = self._start
        if self._header:
            head = super()._take(start, min(_LOCAL.size, status.st_size - start)).ljust(_LOCAL.size, b"\0")
            signature, flags, packing, name, extra = _LOCAL.unpack(head)
            if signature != b"PK\x03\x04" or packing != method or flags & _ENCRYPTED:
                raise MalformedFile("the archive's list does not fit what lies there", start)
            start += _LOCAL.size + int(name) + int(extra)
        if start + self._taken > status.st_size:
            raise MalformedFile("the archive ends before this file does", status.st_size)
        return start


class StoredMember(_Member):
    """A member that lies in its archive as it is."""

    __slots__ = ("_from",)

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self._archive, self.name, self._start, self._taken, self._header)

    def _sized(self, status: os.stat_result) -> int:
        self._from = 0
        self._from = self._placed(status, 0)
        return self._taken

    def _take(self, offset: int, length: int) -> bytes:
        return super()._take(self._from + offset, length)


class DeflatedMember(_Member):
    """A member that is packed (deflate, RFC 1951). Once open, it is unpacked as far as somebody reads."""

    __slots__ = ("_inflated", "_length")

    def __init__(
        self, archive: Archived, name: str, start: int, taken: int, header: bool, length: int
    ) -> None:
        """Its bytes in the archive unpack to `length` bytes."""
        super().__init__(archive, name, start, taken, header)
        self._length = length
        self._inflated: Inflated | None = None

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self._archive, self.name, self._start, self._taken, self._header, self._length)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self._inflated = None

    def _sized(self, status: os.stat_result) -> int:
        start = self._placed(status, 8)
        if self._length > LARGEST_INFLATED:
            raise MalformedFile(_TOO_LARGE, 0)
        if self._length > min(self._taken * MOST_GROWTH, grown(self._taken)):
            raise MalformedFile("it would grow more than any real file does", 0)
        take = super()._take
        self._inflated = Inflated(
            lambda at, length: take(start + at, length),
            self._taken,
            RAW,
            lambda _: self._length,
            "it is longer than the archive says",
        )
        return self._length

    def _take(self, offset: int, length: int) -> bytes:
        if self._head and self._length <= HELD:  # going back and forth would unpack the same again and again
            self._head = self._unpacked(0, self._length)
            return self._head[offset : offset + length]
        return self._unpacked(offset, length)

    def _unpacked(self, offset: int, length: int) -> bytes:
        assert self._inflated is not None
        last = offset + length == self._length
        data = self._inflated.read(offset, length + last)  # there must be nothing behind its end
        if len(data) < length:
            raise MalformedFile("it ends before the length that the archive says", offset + len(data))
        return data


class HeldMember(FileSource):
    """A member that is in memory already: of an archive that only another process can read."""

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


class Lost(FileSource):
    """A member that could not be read when another process was to have it."""

    __slots__ = ("_why",)

    def __init__(self, path: Path | str, name: str, why: str) -> None:
        super().__init__(path, name)
        self._why = why

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        return type(self), (self.path, self.name, self._why)

    def _sized(self, status: os.stat_result) -> int:
        raise MalformedFile(self._why, 0)


class TarredMember(FileSource):
    """A member of a packed tar, which this process alone has open. What goes to another process is its bytes."""

    __slots__ = ("_archive", "_length", "_start", "_tar")

    def __init__(self, archive: Archived, name: str, tar: Inflated, start: int, length: int) -> None:
        """It lies `length` bytes from `start` in what the tar unpacks to."""
        super().__init__(archive.path, name)
        self._archive, self._tar, self._start, self._length = archive, tar, start, length

    @property
    def travels(self) -> int:
        return self._length

    def __enter__(self) -> FileSource:
        super().__enter__()
        self.hold()  # going back and forth would unpack the same again and again
        return self

    def __reduce__(self) -> tuple[type[FileSource], tuple[object, ...]]:
        try:
            self._sized(Path(self.path).stat())
            return HeldMember, (self.path, self.name, self._read(0, self._length))
        except MalformedFile as error:
            return Lost, (self.path, self.name, error.message)
        except OSError as error:
            return Lost, (self.path, self.name, reason(error))

    def _sized(self, status: os.stat_result) -> int:
        if not self._archive.held_by(status):
            raise MalformedFile(_CHANGED, 0)
        if self._length > LARGEST_INFLATED:
            raise MalformedFile(_TOO_LARGE, 0)
        return self._length

    def _take(self, offset: int, length: int) -> bytes:
        return self._read(offset, length)

    def _read(self, offset: int, length: int) -> bytes:
        data = self._tar.read(self._start + offset, length)
        if len(data) < length:
            raise MalformedFile("the archive ends before this file does", offset + len(data))
        return data
