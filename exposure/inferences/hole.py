"""A round spot without photos, and photos all around it: what hiding only the photos near home leaves."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import NamedTuple

from exposure.collection import Collection
from exposure.ground import METRES
from exposure.inferences._circles import Tally, circles
from exposure.inferences._ground import Nearby, away
from exposure.inferences._visits import Visit, moved, visits
from exposure.model import Address, Claim, Confidence, Level, Place, Question
from exposure.plugins import Inference

LEAST_M, MOST_M = 150.0, 2000.0
"""Radius of a hole: smaller ones are gaps between houses, and no privacy zone is larger (COL13)."""
_EDGE = 0.25
"""Points this share of the radius outside the circle are its edge."""
FEWEST_EDGE, _DAYS = 10, 10
"""Places at the edge, and days with photos around, without which nothing is said (COL13)."""
_GAP = math.radians(90)
"""Seen from the middle, no wider part of the edge is without a photo."""
_REACH = 2.5
"""What lies within so many radii tells how many photos there should be inside, and whether they go on outside."""
_CHANCE = 0.01
"""How many such circles, by chance, among as many points as there are, are too many."""
_QUARTER = 1 / 8
"""Each quarter of what is around has at least this share of the places: one crowded place beside it says nothing."""
_GOES_ON = 0.25
"""Photos outside the edge are at least this dense, of what they are at the edge: a path around a lake ends there."""
_ENDS, _ENDS_SHARE = 5, 1 / 4
"""Days that begin or end around the edge, and their share of the days around: those around a park begin elsewhere."""
_SAME_M = 40.0
"""Visits this near to each other count as one place."""
_WIDE = 0.2
"""Degrees of latitude: points are looked at in fields of this size, which overlap by more than any circle."""
_BEYOND_M = MOST_M + 100


class _Spot(NamedTuple):
    """One place, however often it was visited."""

    latitude: float
    longitude: float
    visits: list[Visit]


class _Hole(NamedTuple):
    latitude: float
    longitude: float
    radius: float
    missing: float
    """How many places there would be inside if it were as outside."""
    edge: int
    around: list[_Spot]
    days: set[int]
    ends: set[int]


def hole_around_home(collection: Collection) -> Iterator[Claim]:
    """Photos lie on all sides of a round spot and none in it, as where a privacy zone, or cleaning near home, hides it.

    Why it matters
        Hiding only what is near home draws a circle around it. Of the hidden places of moderately active users of a
        sports service, 95 % were found again from what was left around them.

    What to do
        Remove the position from the photos around it too, better from all of them; or round all positions to the
        same coarse grid.

    What that does not do
        A rounder or a larger zone is found as well. Who knows the town may tell a lake from a home, and the report
        cannot: it knows no map.

    Covers
        COL13

    References
        https://www.usenix.org/conference/usenixsecurity18/presentation/hassan
    """
    every = visits(collection)
    if len({visit.day for visit in every}) < _DAYS:
        return
    for hole in _holes(_spots(every), _day_ends(every)):
        yield _claim(hole)


def _day_ends(every: Sequence[Visit]) -> set[Visit]:
    """The first and the last visit of each day, of one visit or more."""
    ends = {every[0], every[-1]}
    for one, other in pairwise(every):
        if one.day != other.day:
            ends |= {one, other}
    return ends


def _spots(every: Sequence[Visit]) -> list[_Spot]:
    """The visits gathered at their places, in an order that no grid and no file order changes."""
    near = Nearby((), _SAME_M)
    found: list[_Spot] = []
    for visit in sorted(every):
        number = next((n for n, _ in near.around(visit.latitude, visit.longitude, _SAME_M)), None)
        if number is None:
            near.add((visit.latitude, visit.longitude))
            found.append(_Spot(visit.latitude, visit.longitude, [visit]))
        else:
            found[number].visits.append(visit)
    return found


def _holes(spots: Sequence[_Spot], ends: set[Visit]) -> list[_Hole]:
    """The holes, the clearest first, none overlapping another."""
    near = Nearby(((s.latitude, s.longitude) for s in spots), MOST_M * _REACH)
    found = [hole for circle in _candidates(spots) if (hole := _hole(circle, spots, near, ends)) is not None]
    found.sort(key=lambda hole: (-hole.missing, hole.latitude, hole.longitude))
    kept: list[_Hole] = []
    for hole in found:
        if all(
            math.hypot(*away(hole.latitude, hole.longitude, k.latitude, k.longitude)) > hole.radius + k.radius
            for k in kept
        ):
            kept.append(hole)
    return kept


def _candidates(spots: Sequence[_Spot]) -> Iterator[tuple[float, float, float]]:
    """Latitude, longitude and radius in metres of every empty circle of a fitting size with enough places around."""
    fewest = _fewest(len(spots))
    fields: dict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for spot in spots:
        for field in _fields(spot):
            fields[field].append(spot)
    for (row, column), inside in sorted(fields.items()):
        if len(inside) < fewest or len({v.day for spot in inside for v in spot.visits}) < _DAYS:
            continue
        latitude, longitude = (row + 0.5) * _WIDE, (column + 0.5) * 360 / _columns(row)
        points = [away(latitude, longitude, spot.latitude, spot.longitude) for spot in inside]
        tally = Tally(points)
        for east, north, radius, _ in circles(points):
            if LEAST_M <= radius <= MOST_M and tally.most(east, north, radius * 2) >= fewest:
                middle = moved(latitude, longitude, east, north)
                if _field(*middle) == (row, column):
                    yield *middle, radius


def _fewest(spots: int) -> int:
    """How many places must lie within twice the radius, so that an empty circle among so many places is no chance."""
    return next(n for n in count(FEWEST_EDGE) if _by_chance(n / 3, spots) <= _CHANCE)


def _by_chance(missing: float, spots: int) -> float:
    """How many empty circles that should hold so many places there are when places are strewn at random: each has
    about two circles, and the area of one follows a gamma distribution of shape 2 (Miles 1970)."""
    return 2 * spots * (1 + missing) * math.exp(-missing)


def _columns(row: int) -> int:
    """How many fields of that row go around the Earth."""
    return max(1, round(360 / _WIDE * math.cos(math.radians((row + 0.5) * _WIDE))))


def _field(latitude: float, longitude: float) -> tuple[int, int]:
    row = math.floor(latitude / _WIDE)
    return row, math.floor(longitude % 360 / 360 * _columns(row)) % _columns(row)


def _fields(spot: _Spot) -> Iterator[tuple[int, int]]:
    """Its own field, and those whose circles it may touch."""
    north = _BEYOND_M / METRES
    rows = {math.floor((spot.latitude + side) / _WIDE) for side in (-north, north)}
    east = north / max(math.cos(math.radians(spot.latitude)), 1e-3)
    for row in rows:
        columns = _columns(row)
        yield from {
            (row, math.floor((spot.longitude + side) % 360 / 360 * columns) % columns)
            for side in (-east, east)
        }


def _hole(
    circle: tuple[float, float, float], spots: Sequence[_Spot], near: Nearby, ends: set[Visit]
) -> _Hole | None:
    """The circle as a hole, unless chance, a lake or an unvisited part of town would leave one like it."""
    latitude, longitude, radius = circle
    around = sorted(near.around(latitude, longitude, radius * _REACH))
    edge = [spots[n] for n, distance in around if distance <= radius * (1 + _EDGE)]
    if len(edge) < FEWEST_EDGE or widest_gap(_directions(latitude, longitude, edge)) > _GAP:
        return None
    ring = [spots[n] for n, distance in around if distance <= radius * 2]
    missing = len(ring) / 3  # it is three times the size of what is inside
    quarters = Counter(math.floor(d / (math.pi / 2)) for d in _directions(latitude, longitude, ring))
    if _by_chance(missing, len(spots)) > _CHANCE or min(quarters[n] for n in range(-2, 2)) < _QUARTER * len(
        ring
    ):
        return None
    outside = sum(distance > radius * 1.5 for _, distance in around)
    if outside / (_REACH**2 - 1.5**2) < _GOES_ON * len(edge) / ((1 + _EDGE) ** 2 - 1):
        return None
    seen = [spots[n] for n, _ in around]
    days = {visit.day for spot in seen for visit in spot.visits}
    last = {
        visit.day
        for number, distance in around
        if distance <= radius * 1.5
        for visit in spots[number].visits
        if visit in ends
    }
    if len(days) < _DAYS or len(last) < max(_ENDS, _ENDS_SHARE * len(days)):
        return None
    return _Hole(latitude, longitude, radius, missing, len(edge), seen, days, last)


def _directions(latitude: float, longitude: float, spots: Sequence[_Spot]) -> list[float]:
    found = []
    for spot in spots:
        east, north = away(latitude, longitude, spot.latitude, spot.longitude)
        found.append(math.atan2(north, east))
    return found


def widest_gap(directions: Sequence[float]) -> float:
    """The widest angle between neighbouring directions, in radians; a whole turn for one or none."""
    turn = 2 * math.pi
    if not directions:
        return turn
    ordered = sorted(directions)
    return max(other - one for one, other in pairwise([*ordered, ordered[0] + turn]))


def _claim(hole: _Hole) -> Claim:
    photos = sorted(photo for spot in hole.around for visit in spot.visits for photo in visit.photos)
    wide = round(2 * hole.radius, -2)
    return Claim(
        HOLE_AROUND_HOME.id,
        Level.HIGH,
        Confidence.TENTATIVE,
        Question.WHERE,
        f"Your photos stop around one round spot about {wide:,.0f} m wide: a stranger would perhaps guess that "
        "something private is there, such as your home.",
        (
            f"{len(photos):,} photos of {len(hole.days):,} days lie around it on all sides, and none in it",
            f"{hole.edge:,} places lie at its edge, all about as far from its middle",
            f"{len(hole.ends):,} of those days begin or end around it",
        ),
        (
            "there is a lake, a park or closed ground",
            "you never take photos there, for whatever reason",
        ),
        photos,
        Place(hole.latitude, hole.longitude, None, None, Address("collection")),
        float(math.ceil(hole.radius / 10) * 10),
    )


HOLE_AROUND_HOME = Inference(
    "hole-around-home", "A hole around home", Question.WHERE, Level.HIGH, hole_around_home
)
