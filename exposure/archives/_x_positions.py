"""Where a tweet was sent from, which its archive writes in more than one order.

By X's own description ``geo`` holds latitude and longitude, ``coordinates`` and the corners of ``place.bounding_box``
longitude and latitude (developer.x.com, "Geo objects"). Archives have been seen with either order in either field, so
a pair is only believed when something confirms it: a number beyond 90, both fields in agreement, or the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from exposure.archives._records import get, number, position

_NEAR = 0.05
"""How far outside the box of its place a tweet may have been sent, in degrees: about 5 km."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


class Sent(NamedTuple):
    """What a tweet says of where it was sent from."""

    at: Point | None = None
    is_unclear: bool = False
    """There is a position, but which number is the latitude cannot be told."""


def sent_from(tweet: Any) -> Sent:
    """The position that a tweet carries, never one in the wrong order."""
    geo, coordinates = _pair(get(tweet, "geo")), _pair(get(tweet, "coordinates"))
    readings = [_readings(*geo)] if geo else []
    if coordinates:
        readings.append(_readings(coordinates[1], coordinates[0]))
    readings = [each for each in readings if each]
    if not readings:
        return Sent()
    possible = [p for p in readings[0] if all(_holds(each, p) for each in readings)]
    if len(possible) == 1:
        return Sent(possible[0])
    documented = readings[0][0]
    agreed = len(readings) == 2 and _same(documented, readings[1][0])
    inside = [p for p in possible if _inside(p, get(tweet, "place", "bounding_box", "coordinates"))]
    if len(inside) == 1:
        return Sent(None, is_unclear=True) if agreed and inside[0] != documented else Sent(inside[0])
    return Sent(documented) if agreed else Sent(None, is_unclear=True)


def _pair(point: Any) -> Point | None:
    """The two numbers of a point, in the order in which they stand."""
    first, second = number(get(point, "coordinates", 0)), number(get(point, "coordinates", 1))
    return None if first is None or second is None else (first, second)


def _readings(latitude: float, longitude: float) -> list[Point]:
    """The places that two numbers may mean, as described first; one when they are alike or one is too large."""
    found = [p for p in (position(latitude, longitude), position(longitude, latitude)) if p is not None]
    return list(dict.fromkeys(found))


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 1e-4 and abs(one[1] - other[1]) < 1e-4


def _holds(some: list[Point], point: Point) -> bool:
    return any(_same(each, point) for each in some)


def _inside(point: Point, box: Any) -> bool:
    corners = list(_corners(box, 0))
    if not corners:
        return False
    east, north = [e for e, _ in corners], [n for _, n in corners]
    return (
        min(north) - _NEAR <= point[0] <= max(north) + _NEAR
        and min(east) - _NEAR <= point[1] <= max(east) + _NEAR
    )


def _corners(box: Any, depth: int) -> Iterator[Point]:
    """Longitude and latitude of each corner, in however many lists they are wrapped."""
    if not isinstance(box, list) or depth > 3:
        return
    if len(box) == 2 and not isinstance(box[0], list):
        east, north = number(box[0]), number(box[1])
        if east is not None and north is not None:
            yield east, north
        return
    for inner in box[:16]:
        yield from _corners(inner, depth + 1)
