"""Circles that touch three points and hold none: where a map of points is empty, and how far."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, combinations
from typing import NamedTuple

_OUTSIDE = 1e6
"""Metres from the points to the corners of the triangle that the construction begins with."""
_NUDGE = 0.01
"""Each point is moved by less than this, in metres, so that no three lie on a line and no four on a circle."""

Point = tuple[float, float]
"""Metres to the east and to the north of some middle."""


class Circle(NamedTuple):
    east: float
    north: float
    radius: float
    is_widest: bool
    """Whether its middle lies between the three points, so that no circle beside it is larger."""


def circles(points: Sequence[Point]) -> list[Circle]:
    """Every circle through three of the points that has no point in it: those of their Delaunay triangles.

    The triangles are made by adding the points from west to east (Bowyer 1981, Watson 1981), and one that lies wholly
    west of the point is finished. About the power 1.5 of the number of points; no two points may be the same.
    """
    places = [_nudged(number, *point) for number, point in enumerate(sorted(points))]
    if len(places) < 3:
        return []
    corners = len(places)
    east, north = places[corners // 2]
    far = _OUTSIDE + places[-1][0] - places[0][0]
    places += [(east - 2 * far, north - far), (east + 2 * far, north - far), (east, north + 2 * far)]
    growing = [_triangle(places, corners, corners + 1, corners + 2)]
    found: list[_Triangle] = []
    for number in range(corners):
        growing = _added(places, number, growing, found)
    return [
        Circle(t.east, t.north, math.sqrt(t.square), _is_acute(places[t.a], places[t.b], places[t.c]))
        for t in found + growing
        if t.a < corners and t.b < corners and t.c < corners
    ]


def _is_acute(*corners: Point) -> bool:
    """Whether no angle of the triangle is larger than a right one (its circle's middle then lies in it)."""
    sides = sorted(math.dist(one, other) ** 2 for one, other in combinations(corners, 2))
    return sides[0] + sides[1] >= sides[2]


class Tally:
    """How many points there are at most around a place, counted by cells: a question so quick that it comes first."""

    __slots__ = ("_columns", "_east", "_north", "_rows", "_sums")
    _CELL_M = 400.0

    def __init__(self, points: Sequence[Point]) -> None:
        """At least one point."""
        self._east, self._north = min(p[0] for p in points), min(p[1] for p in points)
        cells = Counter((self._column(east), self._row(north)) for east, north in points)
        self._columns, self._rows = max(c for c, _ in cells) + 1, max(r for _, r in cells) + 1
        self._sums = [[0] * (self._rows + 1)]
        """Of all the cells to the west and the south."""
        for column in range(self._columns):
            rows = accumulate((cells[column, row] for row in range(self._rows)), initial=0)
            self._sums.append([before + here for before, here in zip(self._sums[-1], rows, strict=True)])

    def most(self, east: float, north: float, reach: float) -> int:
        """No more points than this are within `reach` metres."""
        left, right = (self._clipped(self._column(east + side), self._columns) for side in (-reach, reach))
        low, high = (self._clipped(self._row(north + side), self._rows) for side in (-reach, reach))
        sums, right, high = self._sums, min(right + 1, self._columns), min(high + 1, self._rows)
        return sums[right][high] - sums[left][high] - sums[right][low] + sums[left][low]

    def _column(self, east: float) -> int:
        return math.floor((east - self._east) / self._CELL_M)

    def _row(self, north: float) -> int:
        return math.floor((north - self._north) / self._CELL_M)

    @staticmethod
    def _clipped(cell: int, cells: int) -> int:
        return max(0, min(cell, cells))


class _Triangle(NamedTuple):
    a: int
    b: int
    c: int
    east: float
    north: float
    """The middle of the circle through its corners."""
    square: float
    """Of that circle's radius."""


def _nudged(number: int, east: float, north: float) -> Point:
    return east + _NUDGE * (number * 7919 % 1009) / 1009, north + _NUDGE * (number * 6271 % 1013) / 1013


def _added(
    places: Sequence[Point], number: int, growing: list[_Triangle], found: list[_Triangle]
) -> list[_Triangle]:
    """The triangles that may still change once this point is among them; those that cannot go to `found`."""
    x, y = places[number]
    kept: list[_Triangle] = []
    edges: set[tuple[int, int]] = set()
    for triangle in growing:
        a, b, c, east, north, square = triangle
        dx = x - east
        if dx > 0 and dx * dx > square:
            found.append(triangle)
        elif dx * dx + (y - north) * (y - north) >= square:
            kept.append(triangle)
        else:  # an edge that two such triangles share goes with them
            edges ^= {(a, b) if a < b else (b, a), (b, c) if b < c else (c, b), (a, c) if a < c else (c, a)}
    kept += [_triangle(places, one, other, number) for one, other in edges]
    return kept


def _triangle(places: Sequence[Point], a: int, b: int, c: int) -> _Triangle:
    (ax, ay), (bx, by), (cx, cy) = places[a], places[b], places[c]
    bx, by, cx, cy = bx - ax, by - ay, cx - ax, cy - ay
    double = 2 * (bx * cy - by * cx) or 1e-12
    one, other = bx * bx + by * by, cx * cx + cy * cy
    east, north = (cy * one - by * other) / double, (bx * other - cx * one) / double
    return _Triangle(a, b, c, ax + east, ay + north, east * east + north * north)
