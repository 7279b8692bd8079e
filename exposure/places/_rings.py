"""TopoJSON read and its lines made simpler, for the build of the borders and of the small map's land."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exposure.ground import METRES

Point = tuple[float, float]
"""Longitude and latitude."""

SEAM = 179.9999
"""Beyond this longitude a line along the meridian is the cut through the world, not a coast."""
KM = METRES / 1000


class Ring(NamedTuple):
    """One closed line around (or a hole in) a country: arcs in order, negative ones backwards (``~n``)."""

    owner: int
    """The geometry's place in the file."""
    arcs: tuple[int, ...]
    hole: bool


def arcs_of(topology: Mapping[str, Any]) -> list[list[Point]]:
    """The arcs in degrees. TopoJSON, section 2.1.3: whole-number steps, scaled and shifted."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def rings_of(geometries: list[dict[str, Any]]) -> Iterator[Ring]:
    """All rings of polygons and multipolygons; the first ring of a polygon is its outside."""
    for owner, geometry in enumerate(geometries):
        polygons = geometry.get("arcs", [])
        for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
            for order, ring in enumerate(polygon):
                yield Ring(owner, tuple(ring), order > 0)


def points_of(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    """The ring's points, the first again at its end."""
    points: list[Point] = []
    for number in ring.arcs:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def clockwise(points: list[Point]) -> bool:
    """By the signed area (shoelace formula); around a pole, whether the pole is to the right."""
    area, x = 0.0, points[0][0]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        step = (x2 - x1 + 180) % 360 - 180  # the short way, over the 180th meridian if need be
        area, x = area + step * (y1 + y2), x + step
    around = x - points[0][0]
    if abs(around) > 180:
        return (around > 0) == (points[0][1] < 0)
    return area > 0


def holds(points: list[Point], x: float, y: float) -> bool:
    """Whether a point is inside a ring (even-odd rule)."""
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if (y1 <= y) != (y2 <= y) and x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x:
            inside = not inside
    return inside


def simpler(points: list[Point], tolerance: float) -> list[Point]:
    """Points left out that lie within a tolerance (km) of the line without them.

    Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line
    or its caricature", 1973.
    """
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        worst, at = tolerance, -1
        for n in range(first + 1, last):
            off = _off(points[n], points[first], points[last])
            if off > worst:
                worst, at = off, n
        if at >= 0:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [points[n] for n in sorted(kept)]


def _off(point: Point, one: Point, other: Point) -> float:
    """Kilometres from a point to a straight line."""
    narrow = math.cos(math.radians(one[1]))
    run, rise = (other[0] - one[0]) * narrow, other[1] - one[1]
    x, y = (point[0] - one[0]) * narrow, point[1] - one[1]
    length = run * run + rise * rise
    share = min(1.0, max(0.0, (x * run + y * rise) / length)) if length else 0.0
    return math.hypot(x - share * run, y - share * rise) * KM


def unstitched(points: list[Point]) -> Iterator[list[Point]]:
    """A line cut where it crosses the 180th meridian (world-atlas has joined what was cut there)."""
    part = points[:1]
    for one, other in itertools.pairwise(points):
        if abs(other[0] - one[0]) > 180:
            edge = math.copysign(180.0, one[0])
            to, total = abs(edge - one[0]), 360 - abs(other[0] - one[0])
            y = one[1] + (other[1] - one[1]) * (to / total if total else 0.5)
            yield [*part, (edge, y)]
            part = [(-edge, y)]
        part.append(other)
    yield part


def whole(points: list[Point]) -> list[list[Point]]:
    """A ring as rings that stay on the map from -180 to 180 degrees; one around the south pole gets the map's edge."""
    parts = list(unstitched(points))
    if len(parts) == 1:
        return parts
    joined = [parts[-1] + parts[0][1:], *parts[1:-1]]
    if len(parts) == 2:
        joined[0] += [(joined[0][-1][0], -90.0), (joined[0][0][0], -90.0)]
    return [[*ring, ring[0]] for ring in joined]


def on_the_seam(one: Point, other: Point) -> bool:
    """Whether a line is only the world's cut at 180 degrees."""
    return one[0] == other[0] and abs(one[0]) > SEAM


def pieces(one: Point, other: Point, cell: float) -> Iterator[tuple[int, int, Point, Point]]:
    """A straight line cut where it leaves one cell for the next: column, row, and the two ends of each piece."""
    shares = {0.0, 1.0}
    for a, b in ((one[0], other[0]), (one[1], other[1])):
        low, high = sorted((a, b))
        shares |= {
            (n * cell - a) / (b - a)
            for n in range(math.ceil(low / cell), math.floor(high / cell) + 1)
            if a != b
        }
    at = sorted(share for share in shares if 0 <= share <= 1)
    for start, end in itertools.pairwise(at):
        if end - start < 1e-12:
            continue
        first, last = (_along(one, other, share) for share in (start, end))
        middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
        yield math.floor(middle[0] / cell), math.floor(middle[1] / cell), first, last


def _along(one: Point, other: Point, share: float) -> Point:
    """A point of a straight line; its ends exactly, so that pieces can be joined again."""
    if share in (0, 1):
        return other if share else one
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
