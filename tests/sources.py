"""Sources for tests: bytes that are read as if they were a file on disk."""

from __future__ import annotations

from exposure.source import HEAD, FileSource


def memory_source(data: bytes, name: str = "a.jpg") -> FileSource:
    """An open source whose file is these bytes."""
    return _Memory(data, name)


class _Memory(FileSource):
    """A FileSource over bytes: reads go through the same checks."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(name)
        self._data, self.size, self._head = data, len(data), data[:HEAD]

    def _take(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]
