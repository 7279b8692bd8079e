"""How the borders and the small map's land are made from Natural Earth; only the build runs this."""

from __future__ import annotations

import itertools
import math
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from exposure.places import _packing, _rings
from exposure.places._borders import CELL, COLUMNS, DISPUTED, FINE, ROWS, SEA
from exposure.places._rings import Point, Ring

BORDER_KM, COAST_KM, POLAR_KM = 0.2, 2.0, 6.0
"""How far a simplified line may lie from the one it stands for: a border, a coast, a coast near a pole."""
POLAR = 65
"""Degrees of latitude from which a coast is near a pole."""

WITHOUT_NUMBER = {
    "Kosovo": "XK",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": DISPUTED,
    "Akrotiri": DISPUTED,
    "N. Cyprus": DISPUTED,
    "Somaliland": DISPUTED,
    "Siachen Glacier": DISPUTED,
    "Spratly Is.": DISPUTED,
    "Bajo Nuevo Bank": DISPUTED,
    "Serranilla Bank": DISPUTED,
    "Scarborough Reef": DISPUTED,
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
    "Coral Sea Is.": "AU",
    "Clipperton I.": "FR",
    "Indian Ocean Ter.": "AU",
}
"""Areas to which Natural Earth gives no ISO number, and what we make of them."""

CRIMEA = (34.1, 45.2)
"""A point in it: GeoNames has it in Ukraine, this edition of Natural Earth in Russia. We name no country there."""
WESTERN_SAHARA = "EH"
"""GeoNames has it whole, Natural Earth only what is east of the berm. We name no country in either part."""

PARTS = {
    "FR": {"GF", "GP", "MQ", "RE", "YT"},
    "NO": {"SJ", "BV"},
    "NL": {"BQ"},
    "NZ": {"TK"},
    "AU": {"CX", "CC"},
}
"""Parts of a country's polygon that have a code of their own, as GeoNames has it for the towns on them."""


class Piece(NamedTuple):
    """A simplified line with what is on its two sides."""

    left: str
    right: str
    points: list[Point]


def packed_borders(
    topology: Mapping[str, Any], numbers: Mapping[str, str], towns: Iterable[tuple[float, float, str]]
) -> bytes:
    """The file ``borders.bin``.

    Args:
        topology: ``countries-10m.json`` of world-atlas.
        numbers: The two-letter code of each ISO 3166-1 number.
        towns: Longitude, latitude and country code of every town.
    """
    lines = _lines(topology, numbers, list(towns))
    codes = sorted({SEA, "AQ"} | {code for line in lines for code in line[:2]})
    index = {code: n for n, code in enumerate(codes)}
    cells = _cells(lines)
    crossings = _crossings(lines)
    plain, blobs = bytearray(ROWS * COLUMNS), {}
    for column in range(COLUMNS):
        heights = [y for y, _ in crossings[column]]
        for row in range(ROWS):
            south = row * CELL - 90
            before = bisect_right(heights, south)
            first = crossings[column][before - 1][1] if before else "AQ"
            inside = crossings[column][before : bisect_right(heights, south + CELL)]
            plain[row * COLUMNS + column] = index[first]
            if (column, row) in cells or inside:
                edges = [(0, first), *(((y - south) / CELL * FINE, code) for y, code in inside)]
                packed = bytes([len(edges)]) + bytes(
                    number for y, code in edges for number in (math.floor(y), index[code])
                )
                packed += b"".join(_line(piece, index) for piece in cells.get((column, row), ()))
                blobs[row * COLUMNS + column] = packed
    order = sorted(blobs)
    steps = array("I", (b - a for a, b in zip([0, *order], order, strict=False)))
    lengths = array("H", (len(blobs[cell]) for cell in order))
    sections = {
        "plain": bytes(plain),
        "cells": _packing.section_of(steps),
        "lengths": _packing.section_of(lengths),
        "lines": b"".join(blobs[cell] for cell in order),
    }
    return _packing.pack({"codes": codes}, sections)


def packed_land(topology: Mapping[str, Any]) -> bytes:
    """The file ``land.bin``: rings of 0.01 degree steps, from ``land-110m.json`` of world-atlas."""
    arcs = _rings.arcs_of(topology)
    (land,) = topology["objects"]["land"]["geometries"]
    counts, xs, ys = array("H"), array("h"), array("h")
    for ring in _rings.rings_of([land]):
        for points in _rings.whole(_rings.points_of(ring, arcs)):
            counts.append(len(points))
            xs.extend(round(x * 100) for x, _ in points)
            ys.extend(round(y * 100) for _, y in points)
    sections = {"counts": counts, "xs": xs, "ys": ys}
    return _packing.pack({}, {name: _packing.section_of(numbers) for name, numbers in sections.items()})


def _lines(
    topology: Mapping[str, Any], numbers: Mapping[str, str], towns: list[tuple[float, float, str]]
) -> list[Piece]:
    """Every arc once, simplified, with the codes of the rings that it belongs to."""
    arcs, geometries = _rings.arcs_of(topology), topology["objects"]["countries"]["geometries"]
    sides: dict[int, dict[bool, str]] = defaultdict(dict)
    for ring in _rings.rings_of(geometries):
        points = _rings.points_of(ring, arcs)
        code = _code(geometries[ring.owner], ring, points, numbers, towns)
        on_the_right = _rings.clockwise(points) != ring.hole
        for number in ring.arcs:
            sides[max(number, ~number)][(number >= 0) == on_the_right] = code
    lines = []
    for number, codes in sorted(sides.items()):
        left, right = codes.get(False, SEA), codes.get(True, SEA)
        if left != right:
            coast = POLAR_KM if abs(arcs[number][0][1]) > POLAR else COAST_KM
            tolerance = coast if SEA in (left, right) else BORDER_KM
            parts = _rings.unstitched(arcs[number])
            lines += [Piece(left, right, _rings.simpler(part, tolerance)) for part in parts]
    return lines


def _code(
    geometry: Mapping[str, Any],
    ring: Ring,
    points: list[Point],
    numbers: Mapping[str, str],
    towns: list[tuple[float, float, str]],
) -> str:
    """The code of one ring: its country's, or of the part of it that the towns on it belong to."""
    label = geometry["properties"]["name"]
    code = WITHOUT_NUMBER[label] if geometry.get("id") is None else numbers[geometry["id"]]
    if code == WESTERN_SAHARA or (code == "RU" and _rings.holds(points, *CRIMEA)):
        return DISPUTED
    if ring.hole or code not in PARTS:
        return code
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    if east - west > 30:
        return code
    mine = {code, *PARTS[code]}
    votes = Counter(
        town[2] for town in towns if town[2] in mine and west <= town[0] <= east and south <= town[1] <= north
    )
    if votes:
        return max(sorted(votes), key=lambda one: votes[one])
    middle = ((west + east) / 2, (south + north) / 2)
    return min((math.dist(middle, town[:2]), town[2]) for town in towns if town[2] in mine)[1]


def _cells(lines: list[Piece]) -> dict[tuple[int, int], list[Piece]]:
    """The lines cut by cells."""
    cells: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for left, right, points in lines:
        for one, other in itertools.pairwise(points):
            if _rings.on_the_seam(one, other):
                continue
            for column, row, first, last in _rings.pieces(
                (one[0] + 180, one[1] + 90), (other[0] + 180, other[1] + 90), CELL
            ):
                here = cells[min(column, COLUMNS - 1), row]
                if here and here[-1][:2] == (left, right) and here[-1].points[-1] == first:
                    here[-1].points.append(last)
                else:
                    here.append(Piece(left, right, [first, last]))
    return cells


def _crossings(lines: list[Piece]) -> list[list[tuple[float, str]]]:
    """For the western edge of each column of cells: where lines cross it, from the south, and the code above."""
    crossings: list[list[tuple[float, str]]] = [[] for _ in range(COLUMNS)]
    for left, right, points in lines:
        for one, other in itertools.pairwise(points):
            if _rings.on_the_seam(one, other):
                continue
            low, high = sorted((one[0], other[0]))
            for column in range(
                max(0, math.floor((low + 180) / CELL)), min(COLUMNS, math.ceil((high + 180) / CELL) + 1)
            ):
                edge = column * CELL - 180 + 1e-7  # no point of a line lies there
                if (one[0] < edge) != (other[0] < edge):
                    y = one[1] + (edge - one[0]) / (other[0] - one[0]) * (other[1] - one[1])
                    crossings[column].append((y, left if other[0] > one[0] else right))
    for column_crossings in crossings:
        column_crossings.sort()
    return crossings


def _line(piece: Piece, index: Mapping[str, int]) -> bytes:
    """A line of a cell: codes, count, first point, steps; in parts of at most 255 points."""
    steps: list[tuple[int, int]] = []
    for x, y in piece.points:
        column, row = (math.floor(v / CELL) for v in _middle(piece.points))
        point = tuple(min(FINE, max(0, round((v / CELL - n) * FINE))) for v, n in ((x, column), (y, row)))
        if not steps or point != steps[-1]:
            steps.append((point[0], point[1]))
    packed = b""
    for start in range(0, max(1, len(steps) - 1), 254):
        part = steps[start : start + 255]
        if len(part) < 2:
            continue
        deltas = [part[0], *((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(part))]
        packed += bytes([index[piece.left], index[piece.right], len(part)])
        packed += bytes(number & 255 for delta in deltas for number in delta)
    return packed


def _middle(points: list[Point]) -> Point:
    """The middle of a line's first straight piece, which is inside its cell."""
    (x1, y1), (x2, y2) = points[:2]
    return (x1 + x2) / 2, (y1 + y2) / 2
