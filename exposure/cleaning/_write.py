"""Put a copy on the disk: beside its place, under a name of its own, and under its real name only when it is proven.

Whatever ends this process, and whenever, there is never a part of a file under a final name. An unfinished file
that is left behind is known by its name, and by nobody holding its lock any more.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from exposure.source import Assembled, FileSource, Source

PREFIX, SUFFIX = ".exposure-", ".part"
_PIECE = 1 << 18
_NO_SUCH_REQUEST = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)


def unfinished_name() -> str:
    """A name that nobody can foresee, for a file that is not finished."""
    return f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"


@contextmanager
def unfinished(folder: Path) -> Iterator[tuple[FileIO, Path]]:
    """A new empty file in this folder that nobody else may read, and its path; gone afterwards, unless renamed."""
    path = folder / unfinished_name()
    with FileIO(path, "x", opener=_private) as file:
        try:
            lock(file.fileno())
            yield file, path
        finally:
            file.close()  # Windows removes no open file
            with suppress(OSError):
                path.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write(file: FileIO, what: Source) -> None:
    """All of it, piece by piece."""
    for at in range(0, what.size, _PIECE):
        data = memoryview(what.read(at, min(_PIECE, what.size - at)))
        while data:
            data = data[file.write(data) :]


class Status(NamedTuple):
    """What the system says of a file besides its bytes."""

    mode: int
    """Its permissions."""
    modified: int
    """Its date, in nanoseconds since 1970."""
    owner: tuple[int, int] | None = None
    """User and group, where they should be those of another file."""

    @classmethod
    def of(cls, original: os.stat_result, modified: float | None = None) -> Status:
        """What a file gets that takes the original's place; `modified` in seconds since 1970 if not the same date."""
        date = original.st_mtime_ns if modified is None else round(modified * 1e9)
        return cls(stat.S_IMODE(original.st_mode), date, (original.st_uid, original.st_gid))

    def give(self, path: Path) -> None:
        if self.owner is not None and hasattr(os, "chown"):
            with suppress(PermissionError):  # only an administrator gives files away
                os.chown(path, *self.owner, follow_symlinks=False)
        path.chmod(self.mode)
        os.utime(path, ns=(self.modified, self.modified))


@contextmanager
def proven(
    what: Assembled, folder: Path, prove: Callable[[FileSource], str], status: Status
) -> Iterator[tuple[Path, str]]:
    """An unfinished file in this folder that holds all of it, was proven and lies safely on the disk, and what the
    proof said; gone afterwards, unless renamed."""
    with unfinished(folder) as (file, path):
        write(file, what)
        with _flushing(file.fileno()), FileSource(path, what.name) as written:
            said = prove(written)
        status.give(path)  # the system keeps this in order with the name that follows
        if os.name == "nt":
            file.close()  # Windows renames no open file; elsewhere it stays locked until it has its name
        yield path, said


@contextmanager
def _flushing(descriptor: int) -> Iterator[None]:
    """Have a file's bytes lie safely on the disk at the end of this; the disk is slow, so it writes meanwhile."""
    errors: list[OSError] = []

    def flush() -> None:
        try:
            os.fsync(descriptor)
        except OSError as error:
            errors.append(error)

    thread = Thread(target=flush)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    for error in errors:
        raise error


def publish(
    what: Assembled, target: Path, prove: Callable[[FileSource], str], modified: float, mode: int
) -> str:
    """Write it, have it proven, and give it its name; what the proof said is given back.

    FileExistsError when anything has that name. `modified` is its date in seconds since 1970, `mode` its permissions.
    """
    with proven(what, target.parent, prove, Status(mode, round(modified * 1e9))) as (path, said):
        name(path, target)
    return said


def name(path: Path, target: Path) -> None:
    """Give a finished file its name, in one step; FileExistsError when there is anything of that name."""
    try:
        link(path, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links, such as a USB stick
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        path.rename(target)


def link(path: Path, target: Path) -> None:
    """A second name for the same file; never one for what a symbolic link points at, where the system can tell."""
    if os.link in os.supports_follow_symlinks:
        os.link(path, target, follow_symlinks=False)
    else:
        os.link(path, target)


def settle(folder: Path) -> None:
    """Have the names in this folder lie safely on the disk, where the system can be asked for that."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_REQUEST:
            raise


def is_unfinished(name: str) -> bool:
    """Whether a file has the kind of name that only unfinished copies have."""
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def swept(folder: Path) -> int:
    """Remove the unfinished files that a stopped run left in this folder, and say how many there were."""
    count = 0
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if path.is_symlink() or not path.is_file():
                continue
            descriptor = _opened(path)
            try:
                free = lock(descriptor)
            finally:
                os.close(descriptor)
            if free:
                path.unlink()
                count += 1
    return count


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR)  # network disks lock only what could be written
    except PermissionError:
        return os.open(path, os.O_RDONLY)


def lock(descriptor: int) -> bool:
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
