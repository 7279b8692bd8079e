"""Sources for tests: bytes that are read as if they were a file on disk."""

from __future__ import annotations

from exposure.errors import MalformedFile
from exposure.source import HEAD, FileSource


def memory_source(data: bytes, name: str = "a.jpg") -> FileSource:
    """An open source whose file is these bytes."""
    return _Memory(data, name)


def changing_source(data: bytes, later: bytes, reads: int, name: str = "a.jpg") -> FileSource:
    """The same, but after so many reads the file holds other bytes, and may be shorter."""
    return _Changing(data, later, reads, name)


class _Memory(FileSource):
    """A FileSource over bytes: reads go through the same checks."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(name)
        self._data, self.size, self._head = data, len(data), data[:HEAD]

    def _take(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]

    def changed(self) -> bool:
        return False


class _Changing(FileSource):
    """A file that somebody writes to while it is read."""

    __slots__ = ("_data", "_later", "_left")

    def __init__(self, data: bytes, later: bytes, reads: int, name: str) -> None:
        super().__init__(name)
        self._data, self._later, self._left, self.size = data, later, reads, len(data)

    def _take(self, offset: int, length: int) -> bytes:
        self._left -= 1
        found = (self._data if self._left >= 0 else self._later)[offset : offset + length]
        if len(found) != length:
            raise MalformedFile("the file became shorter while it was read", offset + len(found))
        return found

    def changed(self) -> bool:
        return self._left < 0
