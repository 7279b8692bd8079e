"""Sources in, report out: every photo is examined and written as it comes, then the photos together.

Memory stays flat: of a photo that has passed only what a writer and the inferences keep of it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from exposure.archives import around, holds_many, sources
from exposure.archives import found as places
from exposure.cleaning.preview import examine_after
from exposure.errors import CannotRun
from exposure.examining import examine, findings, understood, unread
from exposure.metadata._second_reader import SecondReading, second_reading
from exposure.model import (
    Context,
    Depth,
    Examination,
    Finding,
    Kind,
    Photo,
    Settings,
)
from exposure.plugins import Archive, Decoder, Item, Writing, discover
from exposure.post import Account, Inventory, Post
from exposure.posts import context_of
from exposure.running import Outcome, Running
from exposure.source import FileSource
from exposure.stores import Store
from exposure.workers import Work, worked

Seen = Examination | Post | Inventory

T = TypeVar("T")
R = TypeVar("R")

FEW = 48
"""Up to this many files, one process is done before a second one has started (measured: README, "How well, how fast")."""

JOBS = 2
"""Worker processes for more files; more than two pay only where there are more cores."""


class Shown(NamedTuple):
    """Everything that is to be said of one file."""

    photo: Photo
    findings: tuple[Finding, ...]
    second: tuple[SecondReading, ...]
    """What ExifRead makes of each EXIF block."""


def examine_file(path: Path | str, settings: Settings) -> Shown:
    """One file, every byte of it. CannotRun when it cannot be opened or is not a photo that exposure reads."""
    if Path(path).is_dir():
        raise CannotRun(f"{path} is a folder: name one file in it, or use exposure scan")
    if holds_many(path):
        raise CannotRun(
            f"{path} is an archive: name one file in it, such as {path}/photo.jpg, or use exposure scan"
        )
    for source in sources([path]):
        if not isinstance(source, FileSource):
            raise CannotRun(f"{source.name}: {source.problems[0].message}")
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
    accounts: Mapping[str, Account] | None = None,
    ticked: Callable[[Post], bool] = lambda post: False,
) -> Outcome:
    """Examine everything under these paths into a report. `jobs` 0 decides by how many files there are.

    `after`: as the clean copies would be, instead of the files as they are. `progress` is told how many files are done, and how many there are once that is known. `accounts`: whose posts lie under some of the paths. `ticked`: whether the person has ticked a post off.
    """
    running = Running(settings, writing, ticked)
    done = 0
    for found, account in _looked_at(paths, settings, jobs, after, accounts or {}):
        running.take(found, account)
        if isinstance(found, Examination):
            done += 1
            if progress is not None:
                progress(done, None)
    return running.end()


def _looked_at(
    paths: Sequence[Path | str], settings: Settings, jobs: int, after: bool, accounts: Mapping[str, Account]
) -> Iterator[tuple[Seen, Account | None]]:
    """What comes of everything under these paths. The lists of archives are let go of with the last of it."""
    groups = [(account, list(places(some))) for account, some in _by_account(paths, accounts)]
    exports = sum(archive.rank >= 0 for _, some in groups for _, archive in some)
    asked = replace(settings, fingerprints=exports > 1 or len(accounts) > 1)
    for account, some in groups:
        for found in results(tasks(_items(some), account, asked), work(after), jobs):
            yield found, account


def _items(some: Iterable[tuple[Store, Archive]]) -> Iterator[Item]:
    """Everything at these places, and what is missing of an export that was named in part; after a plain folder, of which there is nothing to tell, an inventory without a
    title, so that its photos are not counted as those of the archive that comes next."""
    for store, archive in some:
        yield from around(store, archive)
        yield from archive.items(store)
        if archive.rank < 0:
            yield Inventory(archive.name, "", store.path)


def _by_account(
    paths: Sequence[Path | str], accounts: Mapping[str, Account]
) -> Iterator[tuple[Account | None, list[Path | str]]]:
    """The paths of each account together, and before them those of none."""
    yield None, [path for path in paths if str(path) not in accounts]
    for account in dict.fromkeys(accounts.values()):
        yield account, [path for path in paths if accounts.get(str(path)) == account]


def results(todo: Iterator[T], work: Work[T, R], jobs: int) -> Iterable[R]:
    """That of every item, in order; worked out in this process when there are few, otherwise by workers."""
    first = list(islice(todo, FEW + 1))
    if jobs == 1 or (jobs == 0 and len(first) <= FEW):
        return map(work.do, chain(first, todo))
    return worked(chain(first, todo), work, jobs or JOBS)


class Task(NamedTuple):
    """One item, and under which circumstances it is looked at."""

    item: Item
    settings: Settings


def tasks(found: Iterable[Item], account: Account | None, settings: Settings) -> Iterator[Task]:
    """Each item with the circumstances of the post that it belongs to."""
    own = settings
    if account is not None and account.persona is not None:
        own = replace(settings, context=replace(settings.context, persona=account.persona))
    photos: frozenset[str] = frozenset()
    inside = own
    known: dict[Context, Settings] = {}
    for item in found:
        if isinstance(item, Post):
            if account is not None:
                item = replace(item, persona=item.persona or account.persona)
            context = context_of(item, own.context)
            if context not in known:
                known[context] = replace(own, context=context)
            photos, inside = frozenset(item.photos), known[context]
            yield Task(item, inside)
        elif isinstance(item, Inventory):
            yield Task(item, own)
        else:
            yield Task(item, inside if item.name in photos else own)


def work(after: bool = False) -> Work[Task, Seen]:
    """What a worker does with each item; with files `after` as their clean copies would be."""
    return Work(partial(_looked, after=after), _given_up, is_light=_is_told)


def _is_told(task: Task) -> bool:
    """Whether there is nothing to look at, since the archive has said everything."""
    return isinstance(task.item, (Post, Inventory))


def _looked(task: Task, after: bool) -> Seen:
    if isinstance(task.item, (Post, Inventory)):
        return task.item
    return (examine_after if after else examine)(task.item, task.settings)


def _given_up(task: Task, why: str) -> Seen:
    if isinstance(task.item, (Post, Inventory)):
        return task.item
    return unread(task.item.name, why, task.settings)
