"""What exposure keeps of a person, and the ways back: originals to where they were, and mappings to nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from exposure.cleaning._originals import duplicate
from exposure.cleaning._private import LOCK, NAMES, ORIGINALS, README, is_readme, locked
from exposure.cleaning._records import Record, digest_at, drop, real, records
from exposure.cleaning._renaming import mappings
from exposure.cleaning._write import link, name, settle, swept, unfinished_name
from exposure.errors import MalformedFile, reason


class Restored(NamedTuple):
    """What became of one original."""

    path: str
    """Where it belongs."""
    why: str = ""
    """Why it was not put there, in a sentence that says where it is; empty when it was."""


class Kept(NamedTuple):
    """One original that the private place holds."""

    path: str
    """Where it belongs."""
    file: Path
    """Where it is."""
    size: int
    """In bytes."""


class _Left(Exception):
    """Something else is in the way, and stays: the sentence says what."""


class Forgotten(NamedTuple):
    """What was removed from the private place."""

    folders: int
    """Output folders whose names were forgotten."""
    names: int
    """How many names of photos that were."""


def kept(private: Path) -> Iterator[Kept]:
    """Every original in the private place."""
    for folder, record in _everything(private):
        if record.kept and (folder / record.kept).exists():
            yield Kept(record.path, folder / record.kept, record.size)


def restore(private: Path, paths: Sequence[str] = (), dry: bool = False) -> Iterator[Restored]:
    """Put back what `clean --in-place` changed at or under these paths, or everything, the last change first.

    Only a copy that exposure put there makes way; whatever else is there stays, and so does the original then.
    With `dry`, nothing is changed: it says what would be.
    """
    wanted = [each for path in paths for each in (real(path), real(path).resolve())]
    todo = [
        (folder, record)
        for folder, record in _everything(private)
        if not wanted or any(Path(p).is_relative_to(w) for p in (record.path, record.copy) for w in wanted)
    ]
    if not dry:
        for beside in {Path(record.path).parent for _, record in todo}:
            swept(beside)
    changes: dict[str, list[tuple[Path, Record]]] = {}
    for folder, record in sorted(todo, key=lambda each: each[1].when, reverse=True):
        changes.setdefault(record.path, []).append((folder, record))
    for each in changes.values():
        with locked(private):
            found = list(_undone(each, dry))
        yield from found
    if not dry and private.is_dir():
        with locked(private):
            _swept_out((private / ORIGINALS).glob("*"))
    if not wanted:
        yield from _strays(private)


def _undone(changes: Sequence[tuple[Path, Record]], dry: bool) -> Iterator[Restored]:
    """Take all changes of one file back, the last first, up to one that cannot be."""
    done, sha256 = False, ""
    found: Restored | None
    for folder, record in changes:
        if dry and done:  # what is there now would have made way already
            found = Restored(record.path, "" if sha256 == record.copy_sha256 else _in_the_way(folder, record))
        else:
            found = _tried(folder, record, dry)
        if found is not None and found.why:
            yield found
            return
        if found is not None:
            done, sha256 = True, record.sha256
    if done:
        yield Restored(changes[0][1].path)


def _tried(folder: Path, record: Record, dry: bool) -> Restored | None:
    """What became of one file; None when there was nothing to do."""
    try:
        return Restored(record.path) if _change_undone(folder, record, dry) else None
    except _Left as left:
        return Restored(record.path, str(left))
    except MalformedFile as error:
        return Restored(record.path, f"{error.message}. {_lies(folder, record)}")
    except OSError as error:
        return Restored(record.path, f"the system said: {reason(error)}. {_lies(folder, record)}")


def _strays(private: Path) -> Iterator[Restored]:
    """Originals that no record speaks of any more."""
    known = {folder / record.kept for folder, record in _everything(private)}
    for path in sorted((private / ORIGINALS).glob("*/original-*")):
        if path not in known:
            yield Restored(str(path), "nothing says any more where it belongs, so it stays there")


def forget(private: Path, dry: bool = False) -> Forgotten:
    """Remove the names that `--rename` gave, and all else but the originals and what is needed to put them back.

    When nothing remains, the private place goes too. With `dry`, nothing is changed: it says what would be.
    """
    if not private.is_dir():
        return Forgotten(0, 0)
    with locked(private):
        found = list(mappings(private))
        needed = {p for _, record in _everything(private) if record.kept for p in (record.path, record.copy)}
        renamed = [
            (folder, record)
            for folder, record in _everything(private)
            if not record.kept and record.path not in needed and record.copy not in needed
        ]
        if not dry:
            for path, _ in found:
                path.unlink()
            for folder, record in renamed:
                drop(folder, record)
            _tidy(private)
    folders = len(found) + len({Path(record.path).parent for _, record in renamed})
    return Forgotten(folders, sum(number for _, number in found) + len(renamed))


def _tidy(private: Path) -> None:
    """Take away what is empty, or ours and left over."""
    _swept_out((*(private / ORIGINALS).glob("*"), private / NAMES))
    swept(private)
    try:
        (private / ORIGINALS).rmdir()
    except OSError:  # originals are in it, and are put back by what is here
        return
    if is_readme(private / README):
        (private / README).unlink()
    with suppress(OSError):  # Windows removes no open file; and other things may be in the folder
        (private / LOCK).unlink(missing_ok=True)
        private.rmdir()


def _swept_out(folders: Iterable[Path]) -> None:
    """Take away what stopped runs left in these folders, and those folders that are empty."""
    for folder in folders:
        if folder.is_dir():
            swept(folder)
            with suppress(OSError):  # it is not empty
                folder.rmdir()


def _everything(private: Path) -> Iterator[tuple[Path, Record]]:
    top = private / ORIGINALS
    for folder in sorted(top.iterdir()) if top.is_dir() else ():
        for record in records(folder):
            yield folder, record


def _in_the_way(folder: Path, record: Record) -> str:
    return f"something else is there now, which stays. {_lies(folder, record)}"


def _lies(folder: Path, record: Record) -> str:
    return f"The original is {folder / record.kept}" if record.kept else f"The photo is {record.copy}"


def _change_undone(folder: Path, record: Record, dry: bool) -> bool:
    """Take one change back; False when there was nothing to do. _Left when something else is in the way."""
    if not record.kept:
        return _renamed_back(folder, record, dry)
    path, original = Path(record.path), folder / record.kept
    if not os.path.lexists(original):
        if _is(path, record.copy_size, record.copy_sha256):
            raise _Left(f"its original is not in {folder} any more")
        if not dry:
            drop(folder, record)  # it never left its place: a run was stopped before that
        return False
    if not _is(original, record.size, record.sha256):
        raise _Left(f"what is kept of it is not what it was; look at {original}")
    there = _is(path, record.size, record.sha256)
    if not there and os.path.lexists(path) and not _is(path, record.copy_size, record.copy_sha256):
        raise _Left(_in_the_way(folder, record))
    if not path.parent.is_dir():
        raise _Left(f"its folder is not there. The original is {original}")
    if not dry:
        if not there:
            _put_back(folder, record)
        _finish(folder, record)
    return True


def _put_back(folder: Path, record: Record) -> None:
    """The original in its place in one step, with its date and its permissions."""
    path = Path(record.path)
    with _brought(folder, record) as part:
        if os.path.lexists(path):
            if not _is(path, record.copy_size, record.copy_sha256):
                raise _Left(_in_the_way(folder, record))
            part.replace(path)
        else:
            name(part, path)
    settle(path.parent)


@contextmanager
def _brought(folder: Path, record: Record) -> Iterator[Path]:
    """The original beside its place, under an unfinished name: the very file, or from another disk a copy of it."""
    beside, original = Path(record.path).parent, folder / record.kept
    part = beside / unfinished_name()
    try:
        link(original, part)
    except (OSError, NotImplementedError):
        with duplicate(original, beside, record) as part:
            yield part
        return
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink()


def _finish(folder: Path, record: Record) -> None:
    """Let go of what was kept, now that the original is where it was: that is looked at again before."""
    path, copy = Path(record.path), Path(record.copy)
    if not _is(path, record.size, record.sha256):
        raise _Left(f"it does not read back as it was. {_lies(folder, record)}")
    if copy != path and _is(copy, record.copy_size, record.copy_sha256):
        copy.unlink()
        settle(copy.parent)
    drop(folder, record)


def _renamed_back(folder: Path, record: Record, dry: bool) -> bool:
    """Give a file its old name again."""
    path, copy = Path(record.path), Path(record.copy)
    renamed = _is(copy, record.size, record.sha256)
    if renamed and os.path.lexists(path):
        raise _Left(_in_the_way(folder, record))
    if not renamed and not os.path.lexists(path):
        raise _Left(f"it is not at {copy} any more, or is not what it was; only its name was remembered")
    if not dry:
        if renamed:
            copy.rename(path)
            settle(path.parent)
        drop(folder, record)
    return renamed


def _is(path: Path, size: int, sha256: str) -> bool:
    """Whether that is at this path: an ordinary file with these bytes."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size != size:
            return False
        return digest_at(path) == sha256
    except FileNotFoundError:
        return False
