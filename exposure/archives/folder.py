"""A plain folder, or a single file.

Links to files are followed, links to folders are not (they may lead in a circle, or out of what the person
meant); whatever cannot be read is said, so that nothing is left out in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from exposure.errors import CannotRun, reason
from exposure.model import Examination, Examined, Problem
from exposure.plugins import Archive
from exposure.source import FileSource

_SPECIAL = {
    stat.S_IFIFO: "this is a pipe, not a file",
    stat.S_IFSOCK: "this is a socket, not a file",
    stat.S_IFCHR: "this is a device, not a file",
    stat.S_IFBLK: "this is a device, not a file",
}


def recognise(path: Path) -> bool:
    return os.path.lexists(path)


def sources(path: Path) -> Iterator[FileSource | Examination]:
    """The file itself; or every file in the folder and its folders, in the order of their names."""
    name = str(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise CannotRun(f"{name} cannot be opened: {reason(error)}") from error
    if not stat.S_ISDIR(mode):
        yield (
            FileSource(name)
            if stat.S_ISREG(mode)
            else _unread(name, _SPECIAL.get(stat.S_IFMT(mode), "not a file"))
        )
        return
    waiting: list[str | FileSource | Examination] = [name]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, str):
            yield item
            continue
        try:
            with os.scandir(item) as entries:
                found = sorted(entries, key=lambda e: e.name, reverse=True)
        except OSError as error:
            yield _unread(item, f"this folder cannot be opened: {reason(error)}")
            continue
        waiting.extend(map(_entry, found))


def _entry(entry: os.DirEntry[str]) -> str | FileSource | Examination:
    """A folder to go into (its path), a file to read, or what to say of anything else."""
    try:
        if entry.is_dir():
            if entry.is_symlink() or getattr(entry, "is_junction", bool)():
                return _unread(
                    entry.path,
                    "this is a link to another folder, which was not followed; name that folder itself",
                )
            return entry.path
        if entry.is_file():
            return FileSource(entry.path)
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return _unread(entry.path, "this is a link that leads nowhere")
    except OSError as error:
        return _unread(entry.path, f"this cannot be opened: {reason(error)}")
    return _unread(entry.path, _SPECIAL.get(stat.S_IFMT(mode), "this is not a file"))


def _unread(name: str, why: str) -> Examination:
    return Examination(name, "unknown", Examined.NONE, problems=(Problem("file", why),))


FOLDER = Archive("folder", recognise, sources)
