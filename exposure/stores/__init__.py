"""Where files lie: a folder, a zip or a tar (plain or in a gzip), several part files as one.

An archive module asks a `Store` for names and bytes and need not know which it is. Nothing is unpacked to disk, and
nothing is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from exposure.model import Examination
from exposure.source import FileSource
from exposure.stores._folder import FolderStore
from exposure.stores._listing import gap
from exposure.stores._loading import LARGEST_LIST
from exposure.stores._packed import INSIDE, PACKED, PackedStore, is_packed
from exposure.stores._within import WithinStore

__all__ = [
    "INSIDE",
    "LARGEST_LIST",
    "PACKED",
    "FolderStore",
    "PackedStore",
    "Store",
    "WithinStore",
    "gap",
    "is_packed",
]


class Store(Protocol):
    """Files with names, the bytes of each, and what cannot be read."""

    @property
    def path(self) -> str:
        """As given on the command line; of several parts, the first."""
        ...

    @property
    def parts(self) -> Sequence[Path]:
        """The files that it consists of; just the folder for a folder."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """Every file in it, in order, with ``/`` between folders and none at the beginning."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is a file of exactly this name."""
        ...

    def source(self, name: str) -> FileSource:
        """The file of that name, to be opened; KeyError when there is none. It carries its full name for reports."""
        ...

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        """All of one file; OSError or MalformedFile when it cannot be read, or is larger than `limit` bytes."""
        ...

    def walk(self, given: Container[str] = ()) -> Iterator[FileSource | Examination]:
        """Every file but those `given` before, and an Examination for whatever cannot be read, in the order of their
        names; of a packed tar in its own, since going back in it is slow."""
        ...
