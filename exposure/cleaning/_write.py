"""Put a copy on the disk: beside its place, under a name of its own, and under its real name only when it is proven.

Whatever ends this process, and whenever, there is never a part of a file under a final name. An unfinished file
that is left behind is known by its name, and by nobody holding its lock any more.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from exposure.source import Assembled, FileSource

PREFIX, SUFFIX = ".exposure-", ".part"
_PIECE = 1 << 20


@contextmanager
def unfinished(folder: Path) -> Iterator[tuple[FileIO, Path]]:
    """A new empty file in this folder that nobody else may read, and its path; gone afterwards, unless renamed."""
    path = folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
    with FileIO(path, "x", opener=_private) as file:
        try:
            _lock(file.fileno())
            yield file, path
        finally:
            file.close()  # Windows removes no open file
            with suppress(OSError):
                path.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write(file: FileIO, what: Assembled) -> None:
    """All of it, piece by piece."""
    for at in range(0, what.size, _PIECE):
        data = memoryview(what.read(at, min(_PIECE, what.size - at)))
        while data:
            data = data[file.write(data) :]


def publish(
    what: Assembled,
    target: Path,
    prove: Callable[[FileSource], str],
    modified: float,
    mode: int,
    instead: bool = False,
) -> str:
    """Write it, have it proven, and give it its name; what the proof said is given back.

    `instead`: replace what is there. Otherwise FileExistsError when anything is. `modified` is its date in seconds
    since 1970, `mode` its permissions.
    """
    with unfinished(target.parent) as (file, path):
        write(file, what)
        with FileSource(path, what.name) as written:
            said = prove(written)
        os.fsync(file.fileno())
        file.close()  # Windows renames no open file
        path.chmod(mode)
        os.utime(path, (modified, modified))
        if instead:
            path.replace(target)
        else:
            name(path, target)
    return said


def name(path: Path, target: Path) -> None:
    """Give a finished file its name, in one step; FileExistsError when there is anything of that name."""
    try:
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links, such as a USB stick
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        path.rename(target)


def swept(folder: Path) -> int:
    """Remove the unfinished files that a stopped run left in this folder, and say how many there were."""
    count = 0
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if path.is_symlink() or not path.is_file():
                continue
            descriptor = os.open(path, os.O_RDWR)
            try:
                free = _lock(descriptor)
            finally:
                os.close(descriptor)
            if free:
                path.unlink()
                count += 1
    return count


def _lock(descriptor: int) -> bool:
    """Whether nobody else holds it. Windows needs no lock: there, a file that is open cannot be removed."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
