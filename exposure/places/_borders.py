"""Which country a position is in, and how far its borders and coasts are, by Natural Earth's lines.

The world is cut into cells of half a degree. A cell that no line crosses has one code. Any other keeps the pieces of
lines in it, each with the codes to its left and right, and the codes along its western edge: walking east from there to
the position, the last line that is crossed says what comes after it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from exposure.ground import METRES
from exposure.places import _packing

CELL = 0.5
COLUMNS, ROWS = 720, 360
FINE = 255
"""Steps across a cell: 0.002 degree, 220 m at most."""
KM = METRES / 1000
SEA = ""
DISPUTED = "?"
"""The code of areas that Natural Earth and GeoNames do not give to the same country."""


class Line(NamedTuple):
    """A piece of a border or coast; the codes are what is to its left and right along its points."""

    left: str
    right: str
    xs: tuple[int, ...]
    ys: tuple[int, ...]


class Cell(NamedTuple):
    """What a cell that lines cross holds."""

    heights: tuple[int, ...]
    """Where, from the south, the codes along the western edge begin."""
    codes: tuple[str, ...]
    lines: tuple[Line, ...]


class Borders(NamedTuple):
    """Everything that ``borders.bin`` holds."""

    codes: list[str]
    plain: bytes
    """For every cell the index of its code."""
    crossed: dict[int, int]
    """The cells that lines cross, and their order."""
    starts: list[int]
    lines: bytes


@cache
def borders() -> Borders:
    """Read from the package on the first call."""
    return opened(_packing.read("borders.bin"))


def opened(packed: bytes) -> Borders:
    """The borders of a packed file."""
    header, part = _packing.unpack(packed)
    cells = accumulate(_packing.whole_numbers(part["cells"]))
    starts = list(accumulate(_packing.whole_numbers(part["lengths"], "H"), initial=0))
    return Borders(
        header["codes"], part["plain"], {cell: n for n, cell in enumerate(cells)}, starts, part["lines"]
    )


@lru_cache(2048)
def _cell(number: int) -> Cell | None:
    everything = borders()
    order = everything.crossed.get(number)
    if order is None:
        return None
    return read_cell(
        everything.lines[everything.starts[order] : everything.starts[order + 1]], everything.codes
    )


def read_cell(packed: bytes, codes: list[str]) -> Cell:
    """The number of edge codes, those as height and code; then lines: left, right, count, first x and y, steps."""
    edges = packed[1 : 1 + 2 * packed[0]]
    lines, at = [], 1 + len(edges)
    while at < len(packed):
        left, right, count = packed[at : at + 3]
        steps = packed[at + 3 : at + 3 + 2 * count]
        xs = tuple(x & 255 for x in accumulate(steps[::2]))
        ys = tuple(y & 255 for y in accumulate(steps[1::2]))
        lines.append(Line(codes[left], codes[right], xs, ys))
        at += 3 + 2 * count
    return Cell(tuple(edges[::2]), tuple(codes[code] for code in edges[1::2]), tuple(lines))


def side(latitude: float, longitude: float) -> str:
    """The code of the country whose land a position is on; `SEA`, or `DISPUTED`."""
    row, y = _split((latitude + 90) / CELL, ROWS)
    column, x = _split((longitude + 180) / CELL, COLUMNS)
    number = row * COLUMNS + column
    cell = _cell(number)
    if cell is None:
        everything = borders()
        return everything.codes[everything.plain[number]]
    found, last = cell.codes[bisect_right(cell.heights, y) - 1], -1.0
    for line in cell.lines:
        below = line.ys[0] <= y
        for n in range(1, len(line.ys)):
            if (line.ys[n] <= y) == below:
                continue
            share = (y - line.ys[n - 1]) / (line.ys[n] - line.ys[n - 1])
            crossing = line.xs[n - 1] + share * (line.xs[n] - line.xs[n - 1])
            if last < crossing <= x:
                found, last = (line.right if below else line.left), crossing
            below = not below
    return found


def lines_around(latitude: float, longitude: float, radius: float) -> Iterator[tuple[float, str, str]]:
    """Kilometres to each line within a radius (at most 50 km), and the codes of its two sides."""
    narrow = max(0.02, math.cos(math.radians(latitude)))
    rows = _span((latitude + 90) / CELL, radius / KM / CELL)
    columns = _span((longitude + 180) / CELL, radius / KM / narrow / CELL)
    for row in rows:
        for column in columns:
            cell = _cell(row * COLUMNS + column % COLUMNS) if 0 <= row < ROWS else None
            if cell is None:
                continue
            x, y = ((longitude + 180) / CELL - column) * FINE, ((latitude + 90) / CELL - row) * FINE
            for line in cell.lines:
                km = _nearest(line, x, y, narrow)
                if km <= radius:
                    yield km, line.left, line.right


def _nearest(line: Line, x: float, y: float, narrow: float) -> float:
    """Kilometres from a point of the cell to a line."""
    best, step = math.inf, CELL / FINE * KM
    xs, ys = line.xs, line.ys
    for n in range(1, len(xs)):
        run, rise = (xs[n] - xs[n - 1]) * narrow, ys[n] - ys[n - 1]
        from_x, from_y = (x - xs[n - 1]) * narrow, y - ys[n - 1]
        length = run * run + rise * rise
        share = min(1.0, max(0.0, (from_x * run + from_y * rise) / length)) if length else 0.0
        best = min(best, math.hypot(from_x - share * run, from_y - share * rise))
    return best * step


def _split(cells: float, most: int) -> tuple[int, float]:
    whole = min(most - 1, math.floor(cells))
    return whole, (cells - whole) * FINE


def _span(cells: float, reach: float) -> range:
    return range(math.floor(cells - reach), math.floor(cells + reach) + 1)
