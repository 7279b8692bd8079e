"""One file from original to proven copy, and every way that can end as an outcome with its reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from exposure.cleaning import Cleaned, Outcome, Wishes
from exposure.cleaning._copy import Copy, planned
from exposure.cleaning._proof import prove
from exposure.cleaning._write import publish
from exposure.errors import CannotClean, MalformedFile, reason
from exposure.model import Depth, Kind, Photo
from exposure.plugins import Rule, plugins_of
from exposure.source import FileSource, Range, is_same

_STILL, _MOVING = (".heic", ".jpg", ".jpeg"), (".MOV", ".mov", ".MP4", ".mp4")
"""How the two halves of a Live Photo are named: alike, but for this."""
_ALONG = frozenset(["gain-map", "motion"])
"""What lies behind the picture, where it is to stay."""


class Task(NamedTuple):
    """One file to be cleaned. It crosses processes."""

    source: FileSource
    target: str
    """Where the copy goes; empty when nothing is to be written."""
    wishes: Wishes
    modified: float | None = None
    """The date that the copy gets, in seconds since 1970; None: the original's."""
    shown: str = ""
    """The copy's name with its folders, as those will see it who get the copies."""


def cleaned(task: Task) -> Cleaned:
    """Clean one file. It never raises for what is in the file, nor for what the disk does."""
    return attempt(task.source, lambda: _cleaned(task))


def attempt(source: FileSource, work: Callable[[], Cleaned]) -> Cleaned:
    """The outcome of `work`, however it ends."""
    try:
        return work()
    except CannotClean as error:
        return Cleaned(source.name, Outcome.REFUSED, reason=str(error))
    except MalformedFile as error:
        return Cleaned(source.name, Outcome.FAILED, reason=f"it could not be read: {error.message}")
    except OSError as error:
        return Cleaned(source.name, Outcome.FAILED, reason=f"the system said: {reason(error)}")
    except MemoryError:
        return Cleaned(source.name, Outcome.REFUSED, reason="it needs more memory than it may have")


def _cleaned(task: Task) -> Cleaned:
    with task.source as source:
        source.hold()
        if _ends_with_its_picture(source) and not task.wishes.keep & _ALONG:
            with suppress(CannotClean):  # the reason is that of the thorough look
                copy = planned(source, task.wishes, Depth.SHALLOW)
                if copy is not None and not any(block.kind is Kind.MPF for block in copy.photo.blocks):
                    return _written(copy, task)
        copy = planned(source, task.wishes)
        return Cleaned(source.name, Outcome.LEFT_OUT) if copy is None else _written(copy, task)


def _ends_with_its_picture(source: FileSource) -> bool:
    """Whether this is probably a JPEG with nothing behind its picture: then it is enough to search its copy, which is
    searched in any case, and whatever else is found there has the original looked at thoroughly."""
    size = source.size
    return size > 4 and source.read(0, 2) == b"\xff\xd8" and source.read(size - 2, 2) == b"\xff\xd9"


def _written(copy: Copy, task: Task) -> Cleaned:
    outcome = Outcome.ALREADY if is_unchanged(copy) else Outcome.CLEANED
    if not task.target:
        said = prove(copy, copy.assembled(), task.wishes)
    elif os.path.lexists(task.target):
        said = _proven_there(copy, task.target, task.wishes)
    else:
        status = Path(copy.source.path).stat()
        modified = status.st_mtime if task.modified is None else task.modified
        said = publish(
            copy.assembled(), Path(task.target), proof(copy, task.wishes), modified, copy_mode(status)
        )
    return done(copy, outcome, task, said)


def done(copy: Copy, outcome: Outcome, task: Task, said: str) -> Cleaned:
    """What there is to say of a copy that was proven."""
    photo = Photo(task.shown, "")
    names = tuple(rule.id for rule in plugins_of("rules.filenames", Rule) if rule.check(photo) is not None)
    told, notes = copy.keeping.told, copy.keeping.notes
    beside = tuple(companions(copy.source))
    return Cleaned(copy.source.name, outcome, task.target, "", told, notes, names, said, beside)


def companions(source: FileSource) -> Iterator[str]:
    """The moving half of a Live Photo, which lies beside it and tells all that the photo told."""
    path = Path(source.path)
    for suffix in _MOVING if path.suffix.lower() in _STILL else ():
        if path.with_suffix(suffix).exists():
            yield str(Path(source.name).with_suffix(suffix))
            return


def proof(copy: Copy, wishes: Wishes) -> Callable[[FileSource], str]:
    """What a written copy must pass before it gets its name."""

    def passed(written: FileSource) -> str:
        said = prove(copy, written, wishes)
        if copy.source.changed():
            raise MalformedFile("it changed while it was being read", 0)
        return said

    return passed


def copy_mode(original: os.stat_result) -> int:
    """The permissions of a copy: those of its original, without any right to run or to change more than a new file has."""
    mask = os.umask(0)
    os.umask(mask)
    return original.st_mode & 0o666 & ~mask | 0o600


def is_unchanged(copy: Copy) -> bool:
    """Whether the clean copy is the file itself."""
    at, source = 0, copy.source
    if copy.assembled().size != source.size:
        return False
    for piece in copy.pieces:
        if isinstance(piece, Range):
            if piece.offset != at:
                return False
            at += piece.length
        else:
            if source.read(at, len(piece)) != piece:
                return False
            at += len(piece)
    return True


def _proven_there(copy: Copy, target: str, wishes: Wishes) -> str:
    """What has the copy's name must be that copy, finished by an earlier run; it is proven once more."""
    path, meant = Path(target), copy.assembled()
    if path.is_symlink() or not path.is_file():
        raise CannotClean(
            "where its copy would go, there is something that is no ordinary file; move that away, or name another folder"
        )
    with FileSource(path) as there:
        if not is_same(there, meant):
            raise CannotClean(
                "where its copy would go, there is another file already, perhaps a copy that was made with other "
                "options; move that away, or name another folder"
            )
        return prove(copy, there, wishes)
