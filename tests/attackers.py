"""Three strangers who want to know where somebody lives, and only look at where and when photos were taken.

They are written plainly, and share nothing with what they are to see through: no inference, no plan. Each gives one
point or says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import atan2, cos, hypot, pi, radians, sin
from typing import NamedTuple

from exposure.collection import Collection
from exposure.taken import UNKNOWN
from tests.people.truth import metres, moved

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_AROUND = 5_000.0
"""Metres: how far the photos lie apart that one of them takes together."""
_CELL = 100.0
_STARTS = 60
_SMALLEST, _LARGEST = 150.0, 2_000.0
_COARSE = 200.0
_DIRECTIONS = [(cos(n * pi / 12), sin(n * pi / 12)) for n in range(24)]


class Sighting(NamedTuple):
    latitude: float
    longitude: float
    local: int | None
    """Seconds by the local clock."""

    def metres(self, point: Point) -> float:
        return metres(self.latitude, self.longitude, *point)


def seen(collection: Collection) -> list[Sighting]:
    """What a stranger sees of the photos that are not cleaned."""
    found = []
    for photo, latitude in enumerate(collection.latitude):
        if latitude == latitude and photo not in collection.left_out:
            taken = collection.taken[photo]
            found.append(Sighting(latitude, collection.longitude[photo], None if taken == UNKNOWN else taken))
    return found


def most_frequent_night_cell(sightings: Sequence[Sighting]) -> Point | None:
    """The middle of the 100 m cell with photos from 20 to 8 o'clock on most nights, of two at least."""
    nights: dict[tuple[int, int], set[int]] = defaultdict(set)
    inside: dict[tuple[int, int], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        local = sighting.local
        if local is not None and not 8 * 3600 <= local % 86_400 < 20 * 3600:
            height = _CELL / 111_195
            row = int(sighting.latitude // height)
            cell = row, int(sighting.longitude // (height / cos(radians(row * height))))
            nights[cell].add((local - 8 * 3600) // 86_400)
            inside[cell].append(sighting)
    best = max(nights, key=lambda cell: (len(nights[cell]), cell), default=None)
    return None if best is None or len(nights[best]) < 2 else _mean(inside[best])


def centre_of_jittered_points(sightings: Sequence[Sighting]) -> Point | None:
    """Where most photos lie within 5 km, averaged: what is left of a place after each photo was moved a little."""
    best: tuple[int, Point] | None = None
    for start in sightings[:: max(1, len(sightings) // _STARTS)]:
        point: Point = start.latitude, start.longitude
        for _ in range(15):
            near = [s for s in sightings if s.metres(point) <= _AROUND]
            if not near:
                break
            point, before = _mean(near), point
            if metres(*point, *before) < 1:
                break
        if len(near) >= 3 and (best is None or (len(near), point) > best):
            best = len(near), point
    return best and best[1]


def largest_empty_circle(sightings: Sequence[Sighting]) -> Point | None:
    """The middle of the widest spot without photos, 150 m to 2 km around, that has photos on all sides, in the area
    where most photos are."""
    middle = centre_of_jittered_points(sightings)
    if middle is None:
        return None
    near = {(s.latitude, s.longitude) for s in sightings if s.metres(middle) <= _AROUND}
    points = [_flat(middle, point) for point in near]
    if len(points) < 6:
        return None
    spots = [_climbed(points, start) for start in _peaks(points)]
    wide = [(r, at) for r, at in spots if _SMALLEST <= r <= _LARGEST and _is_amid(points, at)]
    east, north = max(wide, default=(0.0, (0.0, 0.0)))[1]
    return moved(*middle, north, east) if wide else None


def _peaks(points: Sequence[Point]) -> list[Point]:
    """The points of a coarse grid from which every step leads nearer to a photo."""
    count = round(_AROUND / _COARSE)
    grid = {
        (column, row): _room(points, (column * _COARSE, row * _COARSE))
        for column in range(-count, count + 1)
        for row in range(-count, count + 1)
    }
    steps = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
    return [
        (column * _COARSE, row * _COARSE)
        for (column, row), room in grid.items()
        if all(grid.get((column + x, row + y), 0.0) <= room for x, y in steps)
    ]


def _climbed(points: Sequence[Point], at: Point) -> tuple[float, Point]:
    """From there to where the room is largest, by ever smaller steps."""
    best, step = (_room(points, at), at), _COARSE / 2
    while step > 5 and best[0] <= _LARGEST:
        around = [(at[0] + x * step, at[1] + y * step) for x, y in _DIRECTIONS]
        top = max((_room(points, point), point) for point in around)
        if top[0] > best[0]:
            best, at = top, top[1]
        else:
            step /= 2
    return best


def _room(points: Sequence[Point], at: Point) -> float:
    return min(hypot(x - at[0], y - at[1]) for x, y in points)


def _is_amid(points: Sequence[Point], at: Point) -> bool:
    """Whether there are photos on all sides of it, about as far away as the nearest."""
    edge = [(x, y) for x, y in points if hypot(x - at[0], y - at[1]) <= 1.1 * _room(points, at)]
    turns = sorted(atan2(y - at[1], x - at[0]) for x, y in edge)
    return max(b - a for a, b in zip(turns, [*turns[1:], turns[0] + 2 * pi], strict=True)) < pi


def _flat(middle: Point, point: Point) -> Point:
    """Metres to the east and the north of the middle."""
    east = (point[1] - middle[1] + 180) % 360 - 180
    return east * 111_195 * cos(radians(middle[0])), (point[0] - middle[0]) * 111_195


def _mean(sightings: Sequence[Sighting]) -> Point:
    first = sightings[0].longitude
    turns = [(s.longitude - first + 180) % 360 - 180 for s in sightings]
    latitude = sum(s.latitude for s in sightings) / len(sightings)
    return latitude, (first + sum(turns) / len(turns) + 180) % 360 - 180


ATTACKERS: tuple[Callable[[Sequence[Sighting]], Point | None], ...] = (
    most_frequent_night_cell,
    centre_of_jittered_points,
    largest_empty_circle,
)
