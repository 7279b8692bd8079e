"""Where the photos were taken, on maps drawn from land and towns inside the package: nothing is fetched.

The world and the closer map know places only to 0.1 degree, so they are the same masked and in full. Local maps show
exact positions, and are made only where the person asked for values in full.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from exposure.collection import Collection
from exposure.places import Town, land, nearest
from exposure.reports._html._rows import Area
from exposure.reports._html._values import in_words

SOUTH, NORTH = -58, 84
"""The world map leaves out what is nearer to the poles, in degrees."""
RINGS_KM = (1, 5, 10)
LOCAL = 180
"""Half the width of a local map, in its own units."""
LOCAL_KM = 12.0
"""The same on the ground."""

_SCALE = 10
"""Units of the world map in a degree."""
_KM = 111.195
"""Kilometres in a degree of latitude."""
_LEAST, _MOST = 12, 60
"""Radii of dots on the world map."""
_MOST_AREAS = 15
_MOST_NAMES = 8
_MOST_SPOTS = 600
_WINDOW = 1.5
"""The closer map reaches so many degrees of latitude from the area with most photos, at most."""
_SHAPE = 1.4
"""How much wider than high it is."""
_MARGIN = 0.6
"""It reaches so far beyond the outermost area, at least."""


class Dot(NamedTuple):
    """A place on a map; its units are the map's."""

    x: float
    y: float
    r: float
    photos: int


class Label(NamedTuple):
    """A town's name on a map."""

    x: float
    y: float
    name: str
    left: bool = False
    """Whether the name stands to the left of the town, for want of room to the right."""


class World(NamedTuple):
    """The whole world."""

    land: list[list[tuple[int, int]]]
    dots: list[Dot]
    areas: list[tuple[str, int]]
    """Where most photos were taken, in words, and how many."""
    more: int
    """How many further areas there are."""
    photos: int


class Closer(NamedTuple):
    """The part of the world where most photos were taken."""

    west: float
    """Its edges in units of the world map, but longitudes shrunk by `narrow`."""
    north: float
    wide: float
    high: float
    narrow: float
    """A degree of longitude, in degrees of latitude."""
    squares: list[Dot]
    """Areas by their north-western corners; `r` is how dark they are, 0 to 1."""
    side: float
    """How many units an area is wide; it is one unit high."""
    labels: list[Label]
    photos: int


class Local(NamedTuple):
    """The surroundings of one place, exact."""

    rings: list[tuple[float, str]]
    dots: list[Dot]
    labels: list[Label]
    radius: float
    """How far the place itself may be off."""
    photos: int
    """How many photos are on the map."""


def areas(collection: Collection) -> Counter[Area]:
    """How many photos were taken in each area."""
    found = (
        Area.around(collection.latitude[photo], collection.longitude[photo])
        for photo in collection.positioned()
    )
    return Counter(area for area in found if area is not None)


def world(found: Counter[Area]) -> World | None:
    """None when no photo says where it was taken."""
    if not found:
        return None
    dots: Counter[tuple[int, int]] = Counter()
    for area, photos in found.items():
        dots[round(area.north / 10), round(area.east / 10)] += photos
    most = max(dots.values())
    named: Counter[str] = Counter()
    for area, photos in found.most_common(10 * _MOST_AREAS):
        named[in_words(area.north / 10, area.east / 10)] += photos
    return World(
        [[_flat(east, north) for east, north in ring] for ring in land()],
        [
            Dot(*_flat(east, north), round(_LEAST + (_MOST - _LEAST) * math.sqrt(photos / most), 1), photos)
            for (north, east), photos in dots.most_common()
        ],
        named.most_common(_MOST_AREAS),
        max(0, len(named) - _MOST_AREAS),
        found.total(),
    )


def _flat(east: float, north: float) -> tuple[int, int]:
    return round((east + 180) * _SCALE), round((NORTH - north) * _SCALE)


def closer(found: Counter[Area]) -> Closer | None:
    """Around the area with most photos; None when no photo says where it was taken."""
    if not found:
        return None
    middle, _ = max(found.items(), key=lambda item: (item[1], item[0]))
    narrow = max(0.1, math.cos(math.radians(middle.north / 10)))
    reach, across = _WINDOW * 10, _WINDOW * 10 / narrow
    near = {
        a: n
        for a, n in found.items()
        if abs(a.north - middle.north) <= reach and abs(a.east - middle.east) <= across
    }
    margin = _MARGIN * 10
    south, north = (f(a.north for a in near) for f in (min, max))
    west, east = (f(a.east for a in near) for f in (min, max))
    high = north - south + 2 * margin
    wide = max((east - west) * narrow + 2 * margin, _SHAPE * high)
    high = max(high, wide / _SHAPE)
    top = NORTH * _SCALE - (south + north) / 2 - high / 2
    left = ((west + east) / 2 + 1800) * narrow - wide / 2
    most = max(near.values())
    squares = [
        Dot(
            round((a.east - 0.5 + 1800) * narrow, 2),
            round(NORTH * _SCALE - a.north - 0.5, 2),
            round(0.25 + 0.75 * math.sqrt(n / most), 2),
            n,
        )
        for a, n in near.items()
    ]
    labels = list(_names(near, narrow, left, wide))
    return Closer(
        round(left, 2), round(top, 2), round(wide, 2), round(high, 2), round(narrow, 4), squares, round(narrow, 3),
        labels, sum(near.values()),
    )  # fmt: skip


def _names(near: dict[Area, int], narrow: float, west: float, wide: float) -> Iterator[Label]:
    """The towns of the areas with most photos, as far as their names do not run into each other."""
    shown: list[Label] = []
    for area in sorted(near, key=lambda a: (-near[a], a))[: 5 * _MOST_NAMES]:
        town = nearest(area.north / 10, area.east / 10)
        if town is not None and len(shown) < _MOST_NAMES:
            x = (town.longitude * _SCALE + 1800) * narrow
            y = (NORTH - town.latitude) * _SCALE
            label = Label(round(x, 2), round(y, 2), town.name, x - west > 0.6 * wide)
            if all(abs(label.y - s.y) > wide / 18 or abs(label.x - s.x) > wide / 3 for s in shown):
                shown.append(label)
                yield label


def local(collection: Collection, latitude: float, longitude: float, radius_m: float | None) -> Local:
    """The surroundings of a position, with every photo that was taken there."""
    narrow = max(0.02, math.cos(math.radians(latitude)))
    scale = LOCAL / LOCAL_KM
    spots: Counter[tuple[int, int]] = Counter()
    for photo in collection.positioned():
        y = (latitude - collection.latitude[photo]) * _KM * scale
        x = _east(collection.longitude[photo], longitude) * _KM * narrow * scale
        if max(abs(x), abs(y)) < LOCAL:
            spots[round(x), round(y)] += 1
    return Local(
        [(km * scale, f"{km} km") for km in RINGS_KM],
        [
            Dot(x, y, round(min(6.0, 1.5 + math.log10(n)), 1), n)
            for (x, y), n in spots.most_common(_MOST_SPOTS)
        ],
        list(_around(latitude, longitude, narrow, scale)),
        round(max(2.0, (radius_m or 0) / 1000 * scale), 1),
        spots.total(),
    )


def _around(latitude: float, longitude: float, narrow: float, scale: float) -> Iterator[Label]:
    """Towns in sight, the largest first, as far as their names do not run into each other."""
    steps = [n * LOCAL_KM / 3 for n in range(-3, 4)]
    towns: dict[tuple[float, float], Town] = {}
    for up, across in product(steps, steps):
        north, east = latitude + up / _KM, longitude + across / _KM / narrow
        town = nearest(north, east) if abs(north) <= 90 else None
        if town is not None:
            towns[town.latitude, town.longitude] = town
    shown: list[Label] = []
    taken = [(0.0, -km * scale - 6) for km in RINGS_KM]
    for town in sorted(towns.values(), key=lambda t: (-t.population, t.name)):
        x = _east(town.longitude, longitude) * _KM * narrow * scale
        y = (latitude - town.latitude) * _KM * scale
        clear = all(abs(y - v) > 14 or abs(x - u) > 90 for u, v in taken)
        if clear and abs(x) < LOCAL - 6 and abs(y) < LOCAL - 12 and len(shown) < _MOST_NAMES:
            shown.append(Label(round(x, 1), round(y, 1), town.name, x > LOCAL * 0.3))
            taken.append((x, y))
            yield shown[-1]


def _east(longitude: float, of: float) -> float:
    """How far east of a meridian another one is, the short way round, in degrees."""
    return (longitude - of + 180) % 360 - 180
