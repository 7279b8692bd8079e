"""Clean copies that take their originals' places, and the originals that are kept for that.

Whatever ends this process, and whenever, an original is at its path or can be restored: first a record is written
that says where it was, then the original gets a second name in the private place, and only then does the proven copy
take its path, in one step. `exposure.cleaning.originals` goes the way back.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from exposure.cleaning import Cleaned, Outcome
from exposure.cleaning._copy import Copy, planned
from exposure.cleaning._one import Task, attempt, done, is_unchanged, proof
from exposure.cleaning._private import locked, save
from exposure.cleaning._proof import prove
from exposure.cleaning._records import (
    Record,
    digest,
    digest_at,
    drop,
    home,
    is_same,
    kept_name,
    real,
    records,
)
from exposure.cleaning._renaming import extension, is_neutral, neutral_name
from exposure.cleaning._write import Status, link, name, proven, settle, swept, unfinished, write
from exposure.errors import CannotClean, MalformedFile
from exposure.source import FileSource

_CHANGED = "it changed while it was being cleaned"
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


def cleaned_in_place(task: Task, private: Path, rename: bool = False) -> Cleaned:
    """Clean one file where it lies; `task.target` is not asked. A file that is clean already is not touched.

    `private` is the private place, from `_private.prepared`; with `rename` the file gets a neutral name in its own
    folder. It never raises for what is in the file, nor for what the disk does.
    """
    return attempt(task.source, lambda: _cleaned(task, private, rename))


def _cleaned(task: Task, private: Path, rename: bool) -> Cleaned:
    path = real(task.source.path)
    if path.is_symlink():
        raise CannotClean("it is a link to another file; name that file itself")
    with ExitStack() as opened:
        source = opened.enter_context(task.source)
        source.hold()
        original = source.status()
        copy = planned(source, task.wishes)
        if copy is None:
            return Cleaned(source.name, Outcome.LEFT_OUT)
        target = path
        if rename and not is_neutral(path.name):
            target = path.with_name(neutral_name(extension(copy.format)))
        outcome = Outcome.CLEANED
        if not is_unchanged(copy):
            said = _replace(copy, task, private, target, opened)
        else:
            said = prove(copy, copy.assembled(), task.wishes)
            if target == path:
                outcome = Outcome.ALREADY
            else:
                record = _record(path, target, copy, original)._replace(kept="")
                opened.close()  # Windows renames no open file
                _rename(private, record, original)
    there = Path(task.source.path).with_name(target.name)
    shown = str(Path(task.shown).with_name(target.name)) if task.shown else ""
    return done(copy, outcome, task._replace(target=str(there), shown=shown), said)


def _record(path: Path, target: Path, copy: Copy, original: os.stat_result) -> Record:
    """What to remember of an open original and its copy. MalformedFile when it was changed meanwhile."""
    sha256, meant = digest(copy.source), copy.assembled()
    record = Record(
        str(path),
        str(target),
        kept_name(path, sha256),
        original.st_size,
        sha256,
        meant.size,
        digest(meant),
        stat.S_IMODE(original.st_mode),
        original.st_mtime_ns,
        datetime.now(UTC).isoformat(),
    )
    if copy.source.changed():
        raise MalformedFile(_CHANGED, 0)
    return record


def _replace(copy: Copy, task: Task, private: Path, target: Path, opened: ExitStack) -> str:
    """Write the copy, have it proven, keep the original, and only then put the copy into its place."""
    path, original = real(task.source.path), copy.source.status()
    _refuse_second_name(original, home(private, path))
    status = Status.of(original, task.modified)
    with ExitStack() as writing:
        try:
            part, said = writing.enter_context(
                proven(copy.assembled(), path.parent, proof(copy, task.wishes), status)
            )
        except OSError as error:
            if error.errno in _READ_ONLY:
                raise CannotClean(
                    "nothing can be written into its folder; use --to for a copy elsewhere"
                ) from error
            raise
        record = _record(path, target, copy, original)
        opened.close()  # Windows replaces no open file
        with locked(private):
            _swap(private, record, part, original)
    return said


def _refuse_second_name(original: os.stat_result, folder: Path) -> None:
    """Another hard link would go on showing everything; those that a stopped run made in the private place go away."""
    ours = sum(is_same(folder / record.kept, original) for record in records(folder) if record.kept)
    if original.st_nlink - ours > 1:
        raise CannotClean(
            "the same file has another name elsewhere (a hard link), which would still tell all"
        )


def _swap(private: Path, record: Record, part: Path, original: os.stat_result) -> None:
    """Remember, keep, replace, each only when the one before it lies safely on the disk."""
    path, folder = Path(record.path), home(private, Path(record.path))
    _must_be(path, original)  # otherwise another run replaced it, and what is kept of it is all there is
    for old in records(folder):
        if old.kept and is_same(folder / old.kept, original):  # a run was stopped before it could replace
            drop(folder, old)
    _remember(private, record, original)
    fresh = not os.path.lexists(folder / record.kept)
    try:
        _keep(folder, record, original)
        settle(folder)
        _must_be(path, original)
        part.replace(path)
    except BaseException:
        if fresh and is_same(path, original):
            drop(folder, record)
        raise
    settle(path.parent)
    if record.copy != record.path:
        _move(record)


def _rename(private: Path, record: Record, original: os.stat_result) -> None:
    """Give a file that is clean already its neutral name."""
    with locked(private):
        _remember(private, record, original)
        _move(record)


def _remember(private: Path, record: Record, original: os.stat_result) -> None:
    folder = home(private, Path(record.path))
    _must_be(Path(record.path), original)
    folder.mkdir(mode=0o700, exist_ok=True)
    swept(folder)
    save(folder / record.file, record._asdict())
    settle(folder.parent)


def _keep(folder: Path, record: Record, original: os.stat_result) -> None:
    """Have the original in the private place too: by a second name on the same disk, otherwise by a copy of it."""
    path, kept = Path(record.path), folder / record.kept
    if os.path.lexists(kept):  # the same photo came back to the same place, and is cleaned again
        if digest_at(kept) != record.sha256:
            raise CannotClean(f"what was kept of it before is damaged; look at {kept}")
        return
    try:
        link(path, kept)
    except (OSError, NotImplementedError):  # another disk, or one without hard links
        with duplicate(path, folder, record) as part:
            name(part, kept)
    else:
        if not is_same(kept, original):
            kept.unlink()
            raise MalformedFile(_CHANGED, 0)


@contextmanager
def duplicate(path: Path, folder: Path, record: Record) -> Iterator[Path]:
    """An unfinished file in this folder that holds the original, read again to be sure; gone afterwards, unless renamed."""
    with unfinished(folder) as (file, part):
        with FileSource(path) as source:
            write(file, source)
        os.fsync(file.fileno())
        if digest_at(part) != record.sha256:
            raise MalformedFile(_CHANGED, 0)
        with suppress(OSError):  # not every disk knows all of it
            shutil.copystat(path, part)
            owner = path.stat()
            Status(record.mode, record.modified, (owner.st_uid, owner.st_gid)).give(part)
        if os.name == "nt":
            file.close()  # Windows renames no open file
        yield part


def _must_be(path: Path, original: os.stat_result) -> None:
    """MalformedFile when what is at this path is not the file that was read, as it was then."""
    now = path.lstat()
    same = (now.st_size, now.st_mtime_ns) == (original.st_size, original.st_mtime_ns)
    if not (same and os.path.samestat(now, original)):
        raise MalformedFile(_CHANGED, 0)


def _move(record: Record) -> None:
    """Give the copy its new name. Nobody else can have that name by chance."""
    path, target = Path(record.path), Path(record.copy)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    path.rename(target)
    settle(path.parent)
