"""Places where somebody was again and again: visits gathered around the points where they lie thickest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from exposure.collection import Collection
from exposure.inferences._ground import Nearby, away
from exposure.inferences._visits import DAY, HOUR, Visit, moved, visits

REACH_M = 75.0
"""Visits this near to a point are to the same building: a phone errs by 7 to 13 m in a town, and more indoors."""
_TAKEN_M = 120.0
"""Points of two places are further apart than this."""
FEWEST = 3
"""Visits that make a place."""
_STEPS = 60
_STILL_M = 0.001

_EVENING, _MORNING = 20, 8
"""The night, by the clock of the place."""


@dataclass(eq=False)  # cached properties need a dictionary
class Stay:
    """A place and everything that was photographed there."""

    latitude: float
    longitude: float
    visits: tuple[Visit, ...]
    """In the order of time."""

    @cached_property
    def days(self) -> frozenset[int]:
        """The local days on which a visit began."""
        return frozenset(visit.day for visit in self.visits)

    @cached_property
    def nights(self) -> frozenset[int]:
        """The nights (20 to 8 o'clock) that saw a photo, each by the day on which it began."""
        return frozenset(
            (visit.start - _MORNING * HOUR) // DAY
            for visit in self.visits
            if visit.hour >= _EVENING or visit.hour < _MORNING
        )

    @cached_property
    def photos(self) -> tuple[int, ...]:
        return tuple(sorted(photo for visit in self.visits for photo in visit.photos))

    @property
    def span(self) -> int:
        """Days from the first to the last."""
        return max(self.days) - min(self.days) + 1


@lru_cache(8)
def stays(collection: Collection) -> tuple[Stay, ...]:
    """The places with at least three visits, those with most days first. They do not depend on any grid."""
    every = visits(collection)
    points = [(visit.latitude, visit.longitude) for visit in every]
    near = Nearby(points, _TAKEN_M)
    found = []
    left = set(range(len(every)))
    for latitude, longitude in _modes(near, points):
        members = sorted(n for n, _ in near.around(latitude, longitude, _TAKEN_M) if n in left)
        if len(members) >= FEWEST:
            left.difference_update(members)
            found.append(Stay(latitude, longitude, tuple(every[n] for n in members)))
    return tuple(sorted(found, key=lambda stay: (-len(stay.days), stay.visits[0].start)))


def _modes(near: Nearby, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points where visits lie thickest, the thickest first, none near another (mean shift with a flat kernel:
    Comaniciu and Meer 2002)."""
    found: list[tuple[int, float, float]] = []
    for latitude, longitude in _seeds(points):
        for _ in range(_STEPS):
            count, latitude, longitude, step = _shifted(near, points, latitude, longitude)
            if step < _STILL_M:
                break
        if count >= FEWEST:
            found.append((-count, latitude, longitude))
    found.sort()
    places = [(latitude, longitude) for _, latitude, longitude in found]
    modes, taken, kept = Nearby(places, _TAKEN_M), set[int](), []
    for number, place in enumerate(places):
        if number not in taken:
            kept.append(place)
            taken.update(other for other, _ in modes.around(*place, _TAKEN_M))
    return kept


def _seeds(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Enough of the points that each has one of them near it."""
    seeds = Nearby((), REACH_M)
    for point in points:
        if next(seeds.around(*point, REACH_M / 2), None) is None:
            seeds.add(point)
            yield point


def _shifted(
    near: Nearby, points: Sequence[tuple[float, float]], latitude: float, longitude: float
) -> tuple[int, float, float, float]:
    """How many visits lie around a point, their middle, and how far that is from it in metres."""
    east = north = 0.0
    count = 0
    for number, _ in near.around(latitude, longitude, REACH_M):
        x, y = away(latitude, longitude, *points[number])
        east, north, count = east + x, north + y, count + 1
    if not count:
        return 0, latitude, longitude, 0.0
    east, north = east / count, north / count
    return count, *moved(latitude, longitude, east, north), abs(east) + abs(north)
