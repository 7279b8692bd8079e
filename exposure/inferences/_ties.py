"""Photos that hang together because each carries a mark that another one carries too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from exposure.collection import MARKS, NONE, Collection
from exposure.taken import UNKNOWN

_ONE_MODEL = ("serial", "internal-serial")
"""Numbers that belong to a camera; a lens goes from one to the next."""

MOMENT = 10 * 60
"""Versions of one picture keep its time: two times further apart than this, in seconds, are two pictures."""


class Tied(NamedTuple):
    """Photos that hang together."""

    photos: list[int]
    marks: dict[int, list[int]]
    """Every mark that more than one of them carries, and which do."""


def carriers(collection: Collection, kinds: Some[str]) -> dict[int, list[int]]:
    """Every mark of these kinds that several photos carry, and which do. Most marks stand in one photo only, so they
    are told apart before anything is kept of them."""
    wanted = {MARKS.index(kind) for kind in kinds}
    every = sorted(mark for mark in collection.marks if mark & 7 in wanted)
    found: dict[int, list[int]] = {one: [] for one, other in pairwise(every) if one == other}
    for photo in range(len(collection) if found else 0):
        for mark in collection.marks_of(photo):
            if mark in found:
                found[mark].append(photo)
    return {mark: photos for mark, photos in found.items() if len(photos) > 1}


def ties(collection: Collection, kinds: Some[str], but: Some[int] = ()) -> Iterator[Tied]:
    """Each set of photos that hang together by marks of these kinds, in the order of their first photos; `but`: marks
    that count for nothing."""
    yield from tied({m: photos for m, photos in carriers(collection, kinds).items() if m not in but})


def tied(shared: Mapping[int, list[int]]) -> Iterator[Tied]:
    """Each set of photos that hang together by these marks, in the order of their first photos."""
    above: dict[int, int] = {}
    for photos in shared.values():
        first = _top(above, photos[0])
        for photo in photos[1:]:
            above[_top(above, photo)] = first
    sets: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for mark, photos in shared.items():
        sets[_top(above, photos[0])][mark] = photos
    found = [Tied(sorted({p for photos in marks.values() for p in photos}), marks) for marks in sets.values()]
    yield from sorted(found, key=lambda each: each.photos[0])


def _top(above: dict[int, int], photo: int) -> int:
    """The photo that stands for all that this one hangs together with."""
    while (up := above.setdefault(photo, photo)) != photo:
        above[photo] = above[up]
        photo = up
    return photo


def no_serials(collection: Collection) -> frozenset[int]:
    """The numbers of cameras that stand on several models, so that they were never serial numbers."""
    found: dict[int, set[str]] = defaultdict(set)
    for photo in range(len(collection)):
        if (device := collection.device[photo]) != NONE:
            for mark in collection.marks_of(photo):
                if MARKS[mark & 7] in _ONE_MODEL:
                    found[mark].add(collection.devices[device][1])
    return frozenset(number for number, models in found.items() if len(models) > 1)


def moments(collection: Collection, photos: Sequence[int]) -> int:
    """At how many moments they were taken, as far as they say."""
    times = sorted(times_of(collection, photos))
    return len(times) and 1 + sum(other - one > MOMENT for one, other in pairwise(times))


def times_of(collection: Collection, photos: Sequence[int]) -> list[int]:
    """When they were taken, of those that say."""
    return [collection.taken[photo] for photo in photos if collection.taken[photo] != UNKNOWN]
