"""Sources in, report out: every photo is examined and written as it comes, then the photos together.

Memory stays flat: of a photo that has passed only what a writer and the inferences keep of it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from exposure.archives import sources
from exposure.cleaning.preview import examine_after
from exposure.collection import Collection
from exposure.errors import CannotRun
from exposure.examining import examine, findings, understood, unread
from exposure.inferring import inferred
from exposure.metadata._second_reader import SecondReading, second_reading
from exposure.model import (
    Depth,
    Examination,
    Examined,
    Finding,
    Kind,
    Level,
    Photo,
    Settings,
)
from exposure.plan import planned
from exposure.plugins import Decoder, Writing, discover
from exposure.source import FileSource
from exposure.workers import Work, worked

T = TypeVar("T")
R = TypeVar("R")

FEW = 48
"""Up to this many files, one process is done before a second one has started (measured: README, "How well, how fast")."""

JOBS = 2
"""Worker processes for more files; more than two pay only where there are more cores."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan comes to, for the exit code."""

    photos: int
    worst_gate: Level | None
    """The worst level found, with what context raised and without what it lowered."""
    unexamined: int
    """Photos that were read in part or not at all, and media of kinds that are not read yet."""


class Shown(NamedTuple):
    """Everything that is to be said of one file."""

    photo: Photo
    findings: tuple[Finding, ...]
    second: tuple[SecondReading, ...]
    """What ExifRead makes of each EXIF block."""


def examine_file(path: Path | str, settings: Settings) -> Shown:
    """One file, every byte of it. CannotRun when it cannot be opened or is not a photo that exposure reads."""
    for source in sources([path]):
        if not isinstance(source, FileSource):
            raise CannotRun(f"{source.name}: {source.problems[0].message}")
        if Path(path).is_dir():
            raise CannotRun(f"{path} is a folder: name one file in it, or use exposure scan")
        with source:
            photo = understood(source, Depth.DEEP)
            second = tuple(_second(photo)) if isinstance(photo, Photo) else ()
        if isinstance(photo, str):
            raise CannotRun(f"{path} is not a photo that exposure can read{f': {photo}' if photo else ''}")
        return Shown(photo, findings(photo, settings), second)
    raise CannotRun(f"there is nothing in {path}")


def _second(photo: Photo) -> Iterator[SecondReading]:
    """Its EXIF blocks read again, while their source is open."""
    (decoder,) = (d for d in discover("metadata", Decoder) if d.kind is Kind.EXIF)
    for block in photo.blocks:
        if block.kind is Kind.EXIF:
            yield second_reading(block, decoder.decode)


def scan(
    paths: Sequence[Path | str],
    settings: Settings,
    jobs: int,
    writing: Writing,
    progress: Callable[[int, int | None], None] | None = None,
    after: bool = False,
) -> Outcome:
    """Examine everything under these paths into a report. `jobs` 0 decides by how many files there are.

    `after`: as the clean copies would be, instead of the files as they are. `progress` is told how many files are done, and how many there are once that is known.
    """
    collection = Collection(settings.today)
    photos = unexamined = 0
    levels: set[Level] = set()
    for done, examination in enumerate(results(sources(paths), work(settings, after), jobs), 1):
        writing.photo(examination)
        collection.add(examination)
        if examination.media != "other":
            photos += 1
            unexamined += examination.examined in (Examined.PARTIAL, Examined.NONE)
        levels.update(f.gate for f in examination.findings)
        if progress is not None:
            progress(done, None)
    together = planned(collection, inferred(collection))
    writing.end(together)
    levels.update(f.level for f in together)
    return Outcome(photos, max(levels, default=None), unexamined)


def results(todo: Iterator[T], work: Work[T, R], jobs: int) -> Iterable[R]:
    """That of every item, in order; worked out in this process when there are few, otherwise by workers."""
    first = list(islice(todo, FEW + 1))
    if jobs == 1 or (jobs == 0 and len(first) <= FEW):
        return map(work.do, chain(first, todo))
    return worked(chain(first, todo), work, jobs or JOBS)


def work(settings: Settings, after: bool = False) -> Work[FileSource | Examination, Examination]:
    """What a worker does with each file; `after` as its clean copy would be."""
    return Work(
        partial(examine_after if after else examine, settings=settings), partial(_given_up, settings=settings)
    )


def _given_up(item: FileSource | Examination, why: str, settings: Settings) -> Examination:
    return unread(item.name, why, settings)
