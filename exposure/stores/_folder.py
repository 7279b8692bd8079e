"""A folder, or a single file.

Links to files are followed, links to folders are not (they may lead in a circle, or out of what the person
meant); whatever cannot be read is said, so that nothing is left out in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

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

    __slots__ = ("_names", "_skipped", "parts", "path")

    def __init__(self, path: Path) -> None:
        self.path, self.parts = str(path), (path,)
        self._skipped: set[str] = set()
        self._names: tuple[str, ...] | None = None

    @property
    def names(self) -> Sequence[str]:
        if self._names is None:
            start = len(os.path.join(self.path, ""))  # noqa: PTH118  # a path may end in a slash
            found = (s.name for s in self.walk() if isinstance(s, FileSource)) if self.is_folder else ()
            self._names = tuple(name[start:].replace(os.sep, "/") for name in found)
            if self.parts[0].is_file():
                self._names = (self.parts[0].name,)
        return self._names

    @property
    def is_folder(self) -> bool:
        return self.parts[0].is_dir()

    def skip(self, files: Iterable[Path]) -> None:
        """Take files in it for none of its own: they are looked at in another way."""
        skipped = {str(file) for file in files}
        self._skipped |= skipped
        if self._names is not None:
            self._names = tuple(name for name in self._names if str(self.parts[0] / name) not in skipped)

    @property
    def skipped(self) -> Sequence[Path]:
        """What `skip` was told."""
        return [Path(file) for file in sorted(self._skipped)]

    def forget(self) -> None:
        """Let go of the names, when nobody needs them any more."""
        self._names = None

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
        return FileSource(str(self.parts[0] / name) if self.is_folder else self.path)

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        with self.source(name) as source:
            return load(source, limit)

    def walk(self) -> Iterator[FileSource | Examination]:
        """CannotRun when there is nothing, or it cannot be opened."""
        try:
            mode = self.parts[0].stat().st_mode
        except OSError as error:
            raise CannotRun(f"{self.path} cannot be opened: {reason(error)}") from error
        if not stat.S_ISDIR(mode):
            yield (
                FileSource(self.path)
                if stat.S_ISREG(mode)
                else gap(self.path, _SPECIAL.get(stat.S_IFMT(mode), "not a file"))
            )
            return
        waiting: list[str | FileSource | Examination] = [self.path]
        while waiting:
            item = waiting.pop()
            if not isinstance(item, str):
                if item.name not in self._skipped:
                    yield item
                continue
            try:
                with os.scandir(item) as entries:
                    found = sorted(entries, key=lambda e: e.name, reverse=True)
            except OSError as error:
                yield gap(item, f"this folder cannot be opened: {reason(error)}")
                continue
            waiting.extend(map(_entry, found))


def _entry(entry: os.DirEntry[str]) -> str | FileSource | Examination:
    """A folder to go into (its path), a file to read, or what to say of anything else."""
    try:
        if entry.is_dir():
            if entry.is_symlink() or getattr(entry, "is_junction", bool)():
                return gap(
                    entry.path,
                    "this is a link to another folder, which was not followed; name that folder itself",
                )
            return entry.path
        if entry.is_file():
            return FileSource(entry.path)
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return gap(entry.path, "this is a link that leads nowhere")
    except OSError as error:
        return gap(entry.path, f"this cannot be opened: {reason(error)}")
    return gap(entry.path, _SPECIAL.get(stat.S_IFMT(mode), "this is not a file"))
