"""Many files: each gets its place, is cleaned by a worker, and comes back with its outcome, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from exposure.cleaning import Cleaned, Outcome, Wishes
from exposure.cleaning._one import Task, cleaned
from exposure.cleaning._targets import Place, Targets, places, prepared
from exposure.cleaning._write import is_unfinished
from exposure.errors import CannotClean, reason
from exposure.model import Examination
from exposure.workers import Work, worked

__all__ = ["Run", "clean", "prepared"]

FEW = 6
"""Up to this many files, one process is done before a second one has started."""
JOBS = 2
CHUNK = 4
SECONDS = 300.0
"""What one file may take: two drawings of a very large picture, on a slow disk."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked of a whole run."""

    wishes: Wishes
    folder: Path | None = None
    """Where the copies go; None: nothing is written."""
    modified: float | None = None
    """The date that all copies get, in seconds since 1970; None: each its original's."""


def clean(paths: Sequence[str], run: Run, jobs: int = 0) -> Iterator[Cleaned]:
    """The outcome of every file under these paths, in order. `jobs` 0 decides by how many files there are."""
    todo = _tasks(places(paths), run)
    first = list(islice(todo, FEW + 1))
    if jobs == 1 or (jobs == 0 and len(first) <= FEW):
        return map(_done, chain(first, todo))
    work = Work(_done, _given_up, CHUNK, SECONDS)
    return worked(chain(first, todo), work, jobs or JOBS)


def _tasks(found: Iterable[Place], run: Run) -> Iterator[Task | Cleaned]:
    """What is to be done with each file, or its outcome where nothing can be."""
    targets = Targets(run.folder) if run.folder is not None else None
    for place in found:
        name = place.found.name
        if isinstance(place.found, Examination):
            yield Cleaned(name, Outcome.FAILED, reason=place.found.problems[0].message)
        elif is_unfinished(place.relative.name):
            yield Cleaned(name, Outcome.LEFT_OUT)
        else:
            try:
                target = str(targets.path(place.relative)) if targets is not None else ""
            except CannotClean as error:
                yield Cleaned(name, Outcome.REFUSED, reason=str(error))
            except OSError as error:
                yield Cleaned(name, Outcome.FAILED, reason=f"its folder could not be made: {reason(error)}")
            else:
                yield Task(place.found, target, run.wishes, run.modified, str(place.relative))


def _done(item: Task | Cleaned) -> Cleaned:
    return cleaned(item) if isinstance(item, Task) else item


def _given_up(item: Task | Cleaned, why: str) -> Cleaned:
    return Cleaned(item.source.name, Outcome.FAILED, reason=why) if isinstance(item, Task) else item
