"""The private place: one folder, outside the photos and the copies, where originals, names and ticks are kept.

Its layout is plain, so that all of it can be undone by hand. Only its owner may look into it, where the system knows
such a thing, and one process at a time changes what is in it. platformdirs' one door.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from exposure.cleaning._targets import lies_in
from exposure.cleaning._write import name, settle, unfinished, write
from exposure.errors import CannotRun, reason
from exposure.source import MemorySource

T = TypeVar("T")

ORIGINALS, NAMES, README, LOCK = "originals", "names", "README.txt", ".lock"

_TEXT = """\
This folder belongs to exposure, which cleans photos. It is yours alone: do not share it.

originals   Photos as they were before "exposure clean --in-place" put clean copies in their places. "exposure
            restore" puts them back. By hand: each record-....json says where a photo was ("path"), and which file
            beside it is the original ("kept"); move that file to where it was.
names       Which new name "exposure clean --rename" gave to which photo, for each output folder. "exposure forget"
            removes these.
ticks.json  Which posts you ticked off with "exposure done", as hashes. "exposure forget" removes it.
platforms.json  What "exposure compare --save" showed of services. "exposure forget" removes it.
"""


def place(named: str | None = None) -> Path:
    """The private place, which need not be there: the folder that the person named, or the system's for such things."""
    if named is not None:
        return Path(os.path.abspath(named))  # noqa: PTH100  # a link in it is followed only where it is used
    from platformdirs import user_data_path

    return user_data_path("exposure", appauthor=False)


def prepared(named: str | None, photos: Sequence[Path], output: Path | None = None) -> Path:
    """The private place, made if it is not there. CannotRun when it would lie among the photos or the copies."""
    private = place(named)
    for path in photos:
        _refuse_mixing(private, path, "your photos are")
    if output is not None:
        _refuse_mixing(private, output, "the copies go")
    try:
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (private / ORIGINALS, private / NAMES):
            folder.mkdir(mode=0o700, exist_ok=True)
            _refuse_strangers(folder)
        if not os.path.lexists(private / README):
            _explain(private)
        settle(private)
        settle(private.parent)
    except OSError as error:
        raise CannotRun(
            f"the private place {private} cannot be made: {reason(error)}; name another folder with --private"
        ) from error
    return private.resolve()


def _explain(private: Path) -> None:
    with unfinished(private) as (file, part), suppress(FileExistsError):
        write(file, MemorySource(_TEXT.encode("ascii")))
        file.close()  # Windows renames no open file
        name(part, private / README)


def _refuse_mixing(private: Path, path: Path, whose: str) -> None:
    """What is kept would be synced, uploaded or cleaned along with what it lies among."""
    if not path.exists():
        return
    folder = path if path.is_dir() else path.parent
    among = lies_in(private, path) if path.is_dir() else private.exists() and private.samefile(folder)
    if among:
        raise CannotRun(
            f"the private place {private} is in {folder}, where {whose}; name a folder outside it with --private"
        )
    if private.exists() and lies_in(folder, private):
        raise CannotRun(
            f"{path} is in the private place {private}; name another folder for that with --private"
        )


def _refuse_strangers(folder: Path) -> None:
    if folder.is_symlink():
        raise CannotRun(f"{folder} is a link that leads elsewhere; name another folder with --private")
    if hasattr(os, "geteuid") and folder.stat().st_uid != os.geteuid():
        raise CannotRun(f"{folder} belongs to somebody else; name another folder with --private")


def is_ours(path: Path, schema: str) -> bool:
    """Whether that is a file of ours, as far as its beginning tells: `save` writes the schema first."""
    try:
        with path.open("rb") as file:
            return schema.encode() in file.read(64)
    except OSError:
        return False


def is_readme(path: Path) -> bool:
    """Whether that is the text which `prepared` wrote, and nobody changed it."""
    try:
        return path.read_text("utf-8") == _TEXT
    except (OSError, UnicodeDecodeError):
        return False


@contextmanager
def locked(private: Path) -> Iterator[None]:
    """Nobody else changes what is in the private place meanwhile: waits for its turn. The system ends it with the process."""
    path = private / LOCK
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _take(descriptor)
            if _is_at(descriptor, path):  # otherwise `forget` removed it while we waited
                yield
                return
        finally:
            os.close(descriptor)


def _take(descriptor: int) -> None:
    """Wait until nobody else holds the lock, then hold it."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten seconds
                continue
            return
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def save(path: Path, record: Mapping[str, object]) -> None:
    """Write a small record so that it is there whole or not at all, whatever happens; it replaces an older one."""
    text = json.dumps(record, indent=1) + "\n"
    with unfinished(path.parent) as (file, part):
        write(file, MemorySource(text.encode("ascii")))
        os.fsync(file.fileno())
        file.close()  # Windows renames no open file
        part.replace(path)
    settle(path.parent)


def loaded(path: Path, most: int) -> Any:
    """What is in a small file of JSON. FileNotFoundError when there is none, CannotRun when it cannot be opened,
    ValueError when it is damaged or has more than `most` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CannotRun(f"cannot read {path}: {reason(error)}") from error
    if len(data) > most:
        raise ValueError
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError from error


def damaged(path: Path, schema: str, what: str) -> CannotRun:
    """What to say of a file of ours that cannot be read, and what helps."""
    helps = "exposure forget removes it" if is_ours(path, schema) else "move it to another place"
    return CannotRun(f"{what} ({path}) cannot be read; {helps}")


def removed(path: Path, schema: str, dry: bool, told: Callable[[], T], unknown: T) -> T | None:
    """Remove a file of ours, though it be damaged; what was `told` of it, or None when there is none of ours. With `dry`,
    nothing is changed."""
    if not is_ours(path, schema):
        return None
    with locked(path.parent):
        try:
            found = told()
        except CannotRun:
            found = unknown
        if not dry:
            path.unlink(missing_ok=True)
    return found
