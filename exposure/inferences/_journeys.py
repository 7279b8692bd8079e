"""Nights away from home: runs of visits that are far from every home of their time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._clockwork import plausible
from exposure.inferences._ground import Nearby
from exposure.inferences._homes import homes
from exposure.inferences._visits import Visit, visits

FAR_M = 100_000.0
"""From here on it is a trip, in metres (COL03)."""
_BACK_M = 50_000.0
"""A visit this near to home ends a trip."""
_PAUSE = 20
"""Days without any photo after which another trip has begun."""
_MARGIN = 45
"""Days before and after the evidence for a home in which it is still taken for one."""
AREA_M = 40_000.0
"""How wide the area is in which somebody moves about every day, in metres."""
_AROUND, _AREA_DAYS, _LONG = 180, 6, 30
"""Days before and after, days with photos, and days from the first to the last that make an area somebody's own."""


class Journey(NamedTuple):
    """One trip."""

    visits: tuple[Visit, ...]
    metres: float
    """From home to the farthest point."""

    @property
    def first(self) -> int:
        return self.visits[0].day

    @property
    def nights(self) -> int:
        return self.visits[-1].day - self.visits[0].day

    @property
    def photos(self) -> list[int]:
        return sorted(photo for visit in self.visits for photo in visit.photos)


@lru_cache(8)
def journeys(collection: Collection) -> tuple[Journey, ...]:
    """Every trip of at least one night, in the order of time; none where nothing tells where somebody was at home."""
    return tuple(_journeys(visits(collection), _Bases(collection))) if plausible(collection) else ()


def _journeys(every: Sequence[Visit], bases: _Bases) -> Iterator[Journey]:
    run: list[Visit] = []
    farthest = 0.0
    for visit in every:
        distance = bases.distance(visit)
        if run and (distance < _BACK_M or visit.day - run[-1].day > _PAUSE):
            yield from _journey(run, farthest)
            run, farthest = [], 0.0
        if distance >= FAR_M:
            run.append(visit)
            farthest = max(farthest, distance)
    yield from _journey(run, farthest)


def _journey(run: list[Visit], farthest: float) -> Iterator[Journey]:
    if run and run[-1].day > run[0].day:
        yield Journey(tuple(run), farthest)


class _Bases:
    """Where somebody was at home, day by day: in the homes of that time, or else in the area of most days around it."""

    def __init__(self, collection: Collection) -> None:
        self._homes = homes(collection)
        self._areas: list[tuple[float, float]] = []
        self._days: list[list[int]] = []
        self._found: dict[int, tuple[tuple[float, float], ...]] = {}
        near = Nearby((), AREA_M)
        for visit in visits(collection):
            point = visit.latitude, visit.longitude
            area = min(near.around(*point, AREA_M), key=lambda each: each[::-1], default=None)
            if area is None:
                near.add(point)
                self._areas.append(point)
                self._days.append([visit.day])
            elif self._days[area[0]][-1] != visit.day:
                self._days[area[0]].append(visit.day)

    def distance(self, visit: Visit) -> float:
        """To the nearest base of that day, in metres; 0 where none is known."""
        points = self._found.get(visit.day)
        if points is None:
            points = self._found[visit.day] = tuple(self._at(visit.day))
        return min((metres(visit.latitude, visit.longitude, *point) for point in points), default=0.0)

    def _at(self, day: int) -> Iterator[tuple[float, float]]:
        lived = [home for home in self._homes if home.first - _MARGIN <= day <= home.last + _MARGIN]
        if lived:
            yield from ((home.stay.latitude, home.stay.longitude) for home in lived)
            return
        around = [(self._count(days, day), area) for area, days in enumerate(self._days)]
        count, area = max(around, key=lambda each: (each[0], -each[1]))
        if count >= _AREA_DAYS:
            yield self._areas[area]
        elif self._homes:
            home = min(self._homes, key=lambda home: min(abs(home.first - day), abs(home.last - day)))
            yield home.stay.latitude, home.stay.longitude

    @staticmethod
    def _count(days: list[int], day: int) -> int:
        """The days in an area within half a year of this one, if they are no single stay."""
        some = days[bisect_left(days, day - _AROUND) : bisect_right(days, day + _AROUND)]
        return len(some) if some and some[-1] - some[0] >= _LONG else 0
