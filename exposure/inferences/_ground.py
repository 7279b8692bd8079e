"""How near points lie to each other, and points found again by where they lie."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from exposure.ground import METRES


def away(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> tuple[float, float]:
    """How far the second of two near points lies to the east and to the north of the first, in metres."""
    turn = (other_longitude - longitude + 180) % 360 - 180
    return (
        turn * METRES * math.cos(math.radians((latitude + other_latitude) / 2)),
        (other_latitude - latitude) * METRES,
    )


class Nearby:
    """Points in degrees, so kept that those near a place are found without looking at all.

    The cells only gather what is then measured: what is found does not depend on where their edges lie.
    """

    __slots__ = ("_cells", "_points", "_reach", "_widths")

    def __init__(self, points: Iterable[tuple[float, float]], reach: float) -> None:
        """`reach`: the farthest that will be asked for, in metres."""
        self._points: list[tuple[float, float]] = []
        self._reach = reach / METRES
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._widths: dict[int, float] = {}
        for point in points:
            self.add(point)

    def add(self, point: tuple[float, float]) -> None:
        self._cells[self._cell(*point)].append(len(self._points))
        self._points.append(point)

    def _cell(self, latitude: float, longitude: float) -> tuple[int, int]:
        row = math.floor(latitude / self._reach)
        return row, math.floor(longitude / self._width(row))

    def _width(self, row: int) -> float:
        """Of the cells in a row, in degrees: at least the reach, at the row's edge that is nearer to a pole."""
        width = self._widths.get(row)
        if width is None:
            edge = max(abs(row), abs(row + 1)) * self._reach
            width = self._reach / max(math.cos(math.radians(min(edge, 89.9))), 1e-3)
            self._widths[row] = width
        return width

    def around(self, latitude: float, longitude: float, reach: float) -> Iterator[tuple[int, float]]:
        """The number of each point within `reach` metres, and its distance."""
        middle = math.floor(latitude / self._reach)
        for row in (middle - 1, middle, middle + 1):
            width = self._width(row)
            for column in _columns(longitude, width):
                for number in self._cells.get((row, column), ()):
                    east, north = away(latitude, longitude, *self._points[number])
                    if (distance := math.hypot(east, north)) <= reach:
                        yield number, distance


def _columns(longitude: float, width: float) -> Iterable[int]:
    """The cells of a row that lie around a longitude, on both sides of the date line where it is near."""
    middle = math.floor(longitude / width)
    if -180 + width < longitude < 180 - width:
        return middle - 1, middle, middle + 1
    return {
        math.floor(turned / width) + step
        for turned in (longitude, longitude - 360, longitude + 360)
        if -180 - width <= turned <= 180 + width
        for step in (-1, 0, 1)
    }
