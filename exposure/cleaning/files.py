"""Many files: each gets its place, is cleaned by a worker, and comes back with its outcome, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from exposure.cleaning import Cleaned, Outcome, Wishes, _private
from exposure.cleaning._one import Task, cleaned
from exposure.cleaning._originals import cleaned_in_place
from exposure.cleaning._renaming import Names, extension
from exposure.cleaning._targets import Place, Targets, places, prepared
from exposure.cleaning._write import is_unfinished, swept
from exposure.errors import CannotClean, MalformedFile, reason
from exposure.model import Examination
from exposure.reading import identify
from exposure.source import HEAD, FileSource
from exposure.workers import Work, worked

__all__ = ["Run", "clean", "prepared", "private_place"]

FEW = 6
"""Up to this many files, one process is done before a second one has started."""
JOBS = 2
CHUNK = 4
SECONDS = 300.0
"""What one file may take: two drawings of a very large picture, on a slow disk."""

_IN_AN_ARCHIVE = "it lies in an archive, which is never changed; --to DIR writes a clean copy of it"


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked of a whole run."""

    wishes: Wishes
    folder: Path | None = None
    """Where the copies go, made by `prepared`; None in place, and where nothing is to be written."""
    modified: float | None = None
    """The date that all copies get, in seconds since 1970; None: each its original's."""
    private: Path | None = None
    """The private place, made by `private_place`, where originals and names are kept."""
    in_place: bool = False
    """Copies take their originals' places, which are moved to the private place."""
    rename: bool = False
    """Copies get names that tell nothing, noted in the private place."""


def private_place(named: str | None, paths: Sequence[str], folder: Path | None) -> Path:
    """The private place, made where the person named it or where the system wants such things. CannotRun if it cannot be."""
    return _private.prepared(named, [Path(path) for path in paths], folder)


def clean(paths: Sequence[str], run: Run, jobs: int = 0) -> Iterator[Cleaned]:
    """The outcome of every file under these paths, in order. `jobs` 0 decides by how many files there are."""
    todo = _tasks(places(paths), run)
    work = Work(partial(_done, run=run), _given_up, CHUNK, SECONDS)
    first = list(islice(todo, FEW + 1))
    if jobs == 1 or (jobs == 0 and len(first) <= FEW):
        return map(work.do, chain(first, todo))
    return worked(chain(first, todo), work, jobs or JOBS)


def _tasks(found: Iterable[Place], run: Run) -> Iterator[Task | Cleaned]:
    """What is to be done with each file, or its outcome where nothing can be."""
    targets = Targets(run.folder) if run.folder is not None else None
    entered: set[Path] = set()
    for place in found:
        name = place.found.name
        if isinstance(place.found, Examination):
            yield Cleaned(name, Outcome.FAILED, reason=place.found.problems[0].message)
        elif is_unfinished(place.relative.name):
            yield Cleaned(name, Outcome.LEFT_OUT)
        else:
            if run.in_place and place.found.in_archive:
                yield Cleaned(name, Outcome.REFUSED, reason=_IN_AN_ARCHIVE)
                continue
            if run.in_place and (folder := Path(place.found.path).parent) not in entered:
                entered.add(folder)
                swept(folder)
            yield _task(place.found, place.relative, targets, run)


def _task(source: FileSource, relative: Path, targets: Targets | None, run: Run) -> Task | Cleaned:
    try:
        target = ""
        if targets is not None and run.rename:
            neutral = _neutral(source, run)
            relative = Path(neutral) if neutral else relative
            target = str(targets.path(relative)) if neutral else ""
        elif run.rename and not run.in_place:  # nothing is written, so there is no name yet
            relative = Path()
        elif targets is not None:
            target = str(targets.path(relative))
    except CannotClean as error:
        return Cleaned(source.name, Outcome.REFUSED, reason=str(error))
    except (OSError, MalformedFile) as error:
        why = reason(error) if isinstance(error, OSError) else error.message
        return Cleaned(source.name, Outcome.FAILED, reason=f"no place for its copy could be made: {why}")
    return Task(source, target, run.wishes, run.modified, str(relative))


def _neutral(source: FileSource, run: Run) -> str:
    """The name that the copy of this file gets; empty for what is no photo and will have no copy."""
    assert run.folder is not None and run.private is not None
    with source:
        format_ = identify(source.read(0, min(HEAD, source.size)))
    if format_ is None or format_.rewrite is None:
        return ""
    return Names.of(run.folder, run.private).name_for(source.name, extension(format_))


def _done(item: Task | Cleaned, run: Run) -> Cleaned:
    if isinstance(item, Cleaned):
        return item
    if run.in_place and run.private is not None:
        return cleaned_in_place(item, run.private, run.rename)
    return cleaned(item)


def _given_up(item: Task | Cleaned, why: str) -> Cleaned:
    return Cleaned(item.source.name, Outcome.FAILED, reason=why) if isinstance(item, Task) else item
