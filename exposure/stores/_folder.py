"""A folder, or a single file.

Links to files are followed, links to folders are not (they may lead in a circle, or out of what the person
meant); whatever cannot be read is said, so that nothing is left out in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from exposure.errors import CannotRun, reason
from exposure.model import Examination
from exposure.source import FileSource
from exposure.stores._listing import gap
from exposure.stores._loading import LARGEST_LIST, load

_SPECIAL = {
    stat.S_IFIFO: "this is a pipe, not a file",
    stat.S_IFSOCK: "this is a socket, not a file",
    stat.S_IFCHR: "this is a device, not a file",
    stat.S_IFBLK: "this is a device, not a file",
}


class FolderStore:
    """The files in a folder and its folders, or one file."""

    __slots__ = ("_found", "_names", "_skipped", "_start", "parts", "path")

    def __init__(self, path: Path) -> None:
        self.path, self.parts = str(path), (path,)
        self._start = os.path.join(self.path, "")  # noqa: PTH118  # pathlib drops the dot of ./a.jpg
        self._skipped: set[str] = set()
        self._found: tuple[str | Examination, ...] = ()
        self._names: tuple[str, ...] | None = None

    @property
    def names(self) -> Sequence[str]:
        if self._names is None:
            if self.is_folder:
                self._keep(self._listed())
            else:
                self._names = (self.parts[0].name,) if self.parts[0].is_file() else ()
        return self._names or ()

    def _keep(self, found: Iterable[str | Examination]) -> None:
        self._found = tuple(found)
        self._names = tuple(each for each in self._found if isinstance(each, str))

    @property
    def is_folder(self) -> bool:
        return self.parts[0].is_dir()

    def skip(self, files: Iterable[Path]) -> None:
        """Take files in it for none of its own: they are looked at in another way."""
        top = self.parts[0]
        self._skipped.update(file.relative_to(top).as_posix() for file in files if file.is_relative_to(top))
        if self._names is not None:
            self._keep(each for each in self._found if each not in self._skipped)

    @property
    def skipped(self) -> Sequence[Path]:
        """What `skip` was told."""
        return [self.parts[0] / name for name in sorted(self._skipped)]

    def forget(self) -> None:
        """Let go of the names, when nobody needs them any more: the folder is listed again as it is walked."""
        self._names, self._found = None, ()

    def has(self, name: str) -> bool:
        path, inner = self.parts[0], PurePath(name)
        if not self.is_folder:
            return path.is_file() and name == path.name
        if inner.anchor or ".." in inner.parts:
            return False
        return os.path.isfile(path / inner)  # noqa: PTH113  # it takes a name that no system allows for none

    def source(self, name: str) -> FileSource:
        if not self.has(name):
            raise KeyError(name)
        return self._source(name) if self.is_folder else FileSource(self.path)

    def _source(self, name: str) -> FileSource:
        return FileSource(self._start + name.replace("/", os.sep))

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        with self.source(name) as source:
            return load(source, limit)

    def walk(self, given: Container[str] = ()) -> Iterator[FileSource | Examination]:
        """CannotRun when there is nothing, or it cannot be opened."""
        try:
            mode = self.parts[0].stat().st_mode
        except OSError as error:
            raise CannotRun(f"{self.path} cannot be opened: {reason(error)}") from error
        if stat.S_ISREG(mode):
            yield FileSource(self.path)
        elif not stat.S_ISDIR(mode):
            yield gap(self.path, _SPECIAL.get(stat.S_IFMT(mode), "not a file"))
        else:
            for found in self._listed() if self._names is None else self._found:
                if isinstance(found, Examination):
                    yield found
                elif found not in given:
                    yield self._source(found)

    def _listed(self) -> Iterator[str | Examination]:
        """The name of every file in the folder and its folders, and a gap for whatever is none, in order."""
        start = len(self._start)
        waiting: list[str | _Folder | Examination] = [_Folder(self.path)]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                name = item[start:].replace(os.sep, "/")
                if name not in self._skipped:
                    yield name
            elif isinstance(item, Examination):
                yield item
            else:
                try:
                    with os.scandir(item.name) as entries:
                        waiting += sorted(map(_entry, entries), key=_name, reverse=True)
                except OSError as error:
                    yield gap(item.name, f"this folder cannot be opened: {reason(error)}")


class _Folder(NamedTuple):
    """A folder to go into."""

    name: str


def _name(item: str | _Folder | Examination) -> str:
    return item if isinstance(item, str) else item.name


def _entry(entry: os.DirEntry[str]) -> str | _Folder | Examination:
    """The path of a file, a folder to go into, or what to say of anything else."""
    try:
        if entry.is_dir():
            if entry.is_symlink() or getattr(entry, "is_junction", bool)():
                return gap(
                    entry.path,
                    "this is a link to another folder, which was not followed; name that folder itself",
                )
            return _Folder(entry.path)
        if entry.is_file():
            return entry.path
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return gap(entry.path, "this is a link that leads nowhere")
    except OSError as error:
        return gap(entry.path, f"this cannot be opened: {reason(error)}")
    return gap(entry.path, _SPECIAL.get(stat.S_IFMT(mode), "this is not a file"))
