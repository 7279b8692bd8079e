"""Some files of another store, for a path that leads into it: ``export.zip/Photos/a.jpg``."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exposure.model import Examination
from exposure.source import FileSource
from exposure.stores._listing import gap
from exposure.stores._loading import LARGEST_LIST

if TYPE_CHECKING:
    from exposure.stores import Store


class WithinStore:
    """The files of a store that were named."""

    __slots__ = ("_known", "names", "parts", "path", "whole")

    def __init__(self, store: Store, names: Iterable[str]) -> None:
        self.whole, self.names = store, tuple(dict.fromkeys(names))
        self._known = frozenset(self.names)
        self.parts: Sequence[Path] = store.parts
        self.path = store.path

    def has(self, name: str) -> bool:
        return name in self._known

    def source(self, name: str) -> FileSource:
        if name not in self._known:
            raise KeyError(name)
        return self.whole.source(name)

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        if name not in self._known:
            raise KeyError(name)
        return self.whole.read(name, limit)

    def walk(self, given: Container[str] = ()) -> Iterator[FileSource | Examination]:
        """A gap for a file that was taken away since it was listed."""
        for name in self.names:
            if name not in given:
                try:
                    found = self.whole.source(name)
                except KeyError:
                    yield gap(f"{self.path}/{name}", "this file is not there any more")
                else:
                    yield found
