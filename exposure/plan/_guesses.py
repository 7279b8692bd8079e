"""What somebody who looks for one place could guess from the photos that are left: three simple attacks.

None of them knows what our inferences look for. They ask where most nights and days are left, where the middle of the
photos around lies, and which empty spot lies among them; a plan that they see through is no plan.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from exposure.collection import Collection
from exposure.inferences._circles import Point, circles
from exposure.inferences._ground import Nearby, away
from exposure.inferences._visits import clock
from exposure.taken import UNKNOWN

SAFE_M = 500.0
"""No guess may lie nearer to the place than this: some hundred households in a town."""
FORCED_M = 150.0
"""No photo stays within this distance of the place, or within the radius that was claimed for it."""
_AROUND_M = 5_000.0
"""Photos within this distance are averaged, and searched for an empty spot."""
_WIDEST_M = 15_000.0
_SPOT_M = 75.0
_HOLE = (150.0, 2_000.0)
"""Radius of an empty spot, as in COL13."""
_OPEN = (math.pi, math.pi / 2)
"""An empty spot has no side wider than this, in radians, without photos."""
_ALIKE = 0.75
"""Empty spots of nearly the size of the largest are guessed as well."""
_MANY = 200
"""Where more photos than this lie around, empty circles are looked for between spots: that is a little blunter."""
_FEW, _FEW_SPOTS = 3, 6
"""Fewer photos than this have no middle, and fewer places no empty spot among them."""
_TURNS = 20
_DAY, _EVENING, _MORNING = 86_400, 20 * 3_600, 8 * 3_600


@dataclass(slots=True)
class Sights:
    """Where and when all photos of a collection were taken, made ready to be asked again and again."""

    collection: Collection
    spot: dict[int, int] = field(default_factory=dict)
    """Of each photo with a place, the number of its spot, 75 m wide at most on either side of its first photo."""
    places: list[tuple[float, float]] = field(default_factory=list)
    """Of each spot, in degrees."""
    clocks: dict[int, int] = field(default_factory=dict)
    """When each photo with a place was taken, by the clock of the place; `UNKNOWN` for not known."""

    @classmethod
    def of(cls, collection: Collection) -> Sights:
        found = cls(collection)
        near = Nearby((), _SPOT_M)
        latitude, longitude = collection.latitude, collection.longitude
        known: dict[tuple[float, float], int] = {}
        for photo in sorted(collection.positioned(), key=lambda p: (latitude[p], longitude[p])):
            here = latitude[photo], longitude[photo]
            number = known.get(here)
            if number is None:
                number = next((n for n, _ in near.around(*here, _SPOT_M)), len(found.places))
                if number == len(found.places):
                    near.add(here)
                    found.places.append(here)
                known[here] = number
            found.spot[photo] = number
            is_timed = collection.taken[photo] != UNKNOWN
            found.clocks[photo] = clock(collection, photo) if is_timed else UNKNOWN
        return found


@dataclass(slots=True)
class Target:
    """A place that nobody should be able to guess, and what lies around it."""

    sights: Sights
    latitude: float
    longitude: float
    radius: float
    near: dict[int, tuple[float, float]] = field(default_factory=dict)
    """The photos around: metres to the east and the north of the place."""
    spots: list[tuple[float, float]] = field(default_factory=list)
    """Each spot, in metres to the east and the north."""
    metres: list[float] = field(default_factory=list)
    """From the place to each spot."""
    side: tuple[float, float] | None = None
    """The direction in which most of what is around lies."""

    @classmethod
    def of(cls, sights: Sights, latitude: float, longitude: float, radius: float) -> Target:
        target = cls(sights, latitude, longitude, radius)
        target.spots = [away(latitude, longitude, *place) for place in sights.places]
        target.metres = [math.hypot(*here) for here in target.spots]
        collection = sights.collection
        for photo, spot in sights.spot.items():
            if target.metres[spot] <= _WIDEST_M:
                here = collection.latitude[photo], collection.longitude[photo]
                target.near[photo] = away(latitude, longitude, *here)
        return target

    def within(self, reach: float) -> frozenset[int]:
        """The photos so near to it."""
        if reach <= _WIDEST_M:
            return frozenset(p for p, here in self.near.items() if math.hypot(*here) <= reach)
        return frozenset(p for p, spot in self.sights.spot.items() if self.metres[spot] <= reach)

    def forced(self) -> frozenset[int]:
        """The photos of the place itself: no plan leaves any of them."""
        return self.within(max(self.radius, FORCED_M))

    def aside(self, photo: int) -> float:
        """How far a photo lies, in metres, to the side of the place on which most of what is around lies."""
        if photo not in self.near:
            return math.inf
        if self.side is None:
            east, north = (sum(here[axis] for here in self.near.values()) for axis in (0, 1))
            turn = math.atan2(north, east)
            self.side = math.cos(turn), math.sin(turn)
        return self.near[photo][0] * self.side[0] + self.near[photo][1] * self.side[1]

    def guesses(self, cleaned: frozenset[int]) -> Iterator[float]:
        """How far off, in metres, the attacks are on the photos that are left, the cheapest first; those that lead nowhere
        say nothing."""
        yield from self._frequent(cleaned)
        left = {photo: here for photo, here in self.near.items() if photo not in cleaned}
        points = sorted(set(left.values()))
        if len(points) > _MANY:
            points = [self.spots[spot] for spot in sorted({self.sights.spot[photo] for photo in left})]
        middle = _middle(list(left.values()))
        if middle is not None:
            yield math.hypot(*middle)
        for centre in dict.fromkeys([(0.0, 0.0), middle or (0.0, 0.0)]):
            yield from _empty([here for here in points if math.dist(here, centre) <= _AROUND_M])

    def _frequent(self, cleaned: frozenset[int]) -> Iterator[float]:
        """The spot with most nights, and the one with most days: this one when it has half as many as the best."""
        nights: dict[int, set[int]] = defaultdict(set)
        days: dict[int, set[int]] = defaultdict(set)
        for photo, spot in self.sights.spot.items():
            if (when := self.sights.clocks[photo]) != UNKNOWN and photo not in cleaned:
                here = -1 if self.metres[spot] <= SAFE_M else spot
                days[here].add(when // _DAY)
                if when % _DAY >= _EVENING or when % _DAY < _MORNING:
                    nights[here].add((when - _MORNING) // _DAY)
        for seen in (nights, days):
            best = max(seen, key=lambda spot: (len(seen[spot]), -spot), default=-1)
            most = len(seen[best]) if seen else 0
            if len(seen.get(-1, ())) >= max(2, most / 2):
                yield 0.0
            elif most >= 2:
                yield self.metres[best]


def _middle(points: Sequence[Point]) -> Point | None:
    """The middle of the photos within 5 km, then of those within 5 km of that, until it stays (mean shift)."""
    middle = 0.0, 0.0
    for _ in range(_TURNS):
        near = [point for point in points if math.dist(point, middle) <= _AROUND_M]
        if len(near) < _FEW:
            return None
        before = middle
        middle = sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)
        if math.hypot(*middle) > _WIDEST_M - _AROUND_M or math.dist(before, middle) < 1:
            break
    return middle


def _empty(points: Sequence[Point]) -> Iterator[float]:
    """The widest circles without a photo that have photos around them: on two sides at least, or nearly all around."""
    if len(points) < _FEW_SPOTS:
        return
    fitting = [c for c in circles(points) if c.is_widest and _HOLE[0] <= c.radius <= _HOLE[1]]
    fitting.sort(key=lambda c: (-c.radius, c.east, c.north))
    for open_side in _OPEN:
        widest = 0.0
        for circle in fitting:
            if circle.radius < widest * _ALIKE:
                break
            if _open_side(circle.east, circle.north, points) < open_side:
                widest = widest or circle.radius
                yield math.hypot(circle.east, circle.north)


def _open_side(east: float, north: float, points: Sequence[Point]) -> float:
    """The widest angle in which a place has no point, in radians."""
    turns = sorted(math.atan2(y - north, x - east) for x, y in points)
    return max(b - a for a, b in pairwise([*turns, turns[0] + 2 * math.pi]))
