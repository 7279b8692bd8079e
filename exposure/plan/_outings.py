"""Photos that are cleaned together or not at all: those taken in one go at one place, by whatever camera, and published in
one account."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from exposure.collection import MARKS, Collection
from exposure.inferences._ground import away
from exposure.taken import UNKNOWN

_GAP, _SPREAD_M = 30 * 60, 100.0
"""Photos of one visit are no further apart than this, in seconds and metres (threat model, section 3)."""
_BURST, _STEPS_M = 5 * 60, 25.0

Outing = tuple[int, ...]


def outings(collection: Collection) -> list[Outing]:
    """Every photo in exactly one visit, in an order that does not depend on that of the files. A photo without a place
    goes with those of its time; one without a time is a visit by itself."""
    return sorted(_outings(collection), key=lambda outing: (key(collection, outing[0]), len(outing)))


def key(collection: Collection, photo: int) -> tuple[int, float, float, str]:
    """What tells where a photo stands among the others: time, place and name."""
    return *_when_and_where(collection, photo), collection.names[photo]


def _when_and_where(collection: Collection, photo: int) -> tuple[int, float, float]:
    latitude, longitude = collection.latitude[photo], collection.longitude[photo]
    if latitude != latitude:
        latitude = longitude = -1000.0
    return collection.taken[photo], latitude, longitude


def _outings(collection: Collection) -> Iterator[Outing]:
    run: list[int] = []
    first: int | None = None
    account = collection.account
    by_name = sorted(range(len(collection)), key=collection.names.__getitem__)  # of what is alike in all else
    for photo in sorted(by_name, key=lambda p: (account[p], *_when_and_where(collection, p))):
        taken = collection.taken[photo]
        if taken == UNKNOWN:
            yield (photo,)
            continue
        has_place = collection.latitude[photo] == collection.latitude[photo]
        if run and (
            account[photo] != account[run[-1]]
            or taken - collection.taken[run[-1]] > _GAP
            or (has_place and first is not None and _metres(collection, first, photo) > _SPREAD_M)
        ):
            yield tuple(run)
            run, first = [], None
        run.append(photo)
        first = photo if first is None and has_place else first
    if run:
        yield tuple(run)


def repeats(collection: Collection, every: Iterable[Outing]) -> frozenset[int]:
    """Photos of bursts: minutes and steps from the one before, and with nothing in them that it does not have."""
    found: set[int] = set()
    for outing in every:
        last = outing[0]
        for photo in outing[1:]:
            if _repeats(collection, last, photo):
                found.add(photo)
            else:
                last = photo
    return frozenset(found)


def _repeats(collection: Collection, one: int, other: int) -> bool:
    return (
        0 <= collection.taken[other] - collection.taken[one] <= _BURST
        and _metres(collection, one, other) <= _STEPS_M
        and collection.device[one] == collection.device[other]
        and collection.account[one] == collection.account[other]
        and _ties(collection, one) == _ties(collection, other)
        and list(collection.people_of(one)) == list(collection.people_of(other))
    )


def _ties(collection: Collection, photo: int) -> list[int]:
    """Its marks but that of the file itself, which no other photo of a burst has."""
    return [mark for mark in collection.marks_of(photo) if MARKS[mark & 7] != "file"]


def _metres(collection: Collection, one: int, other: int) -> float:
    latitude, longitude = collection.latitude, collection.longitude
    return math.hypot(*away(latitude[one], longitude[one], latitude[other], longitude[other]))
