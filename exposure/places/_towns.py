"""The towns, in memory: columns of bytes, ordered by cells of a quarter degree, so that a search reads few of them."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from exposure.ground import METRES, metres
from exposure.places import _packing

CELL = 0.25
"""Degrees; a town's place in its cell is one byte each way, which is 0.001 degree or 110 m at most."""
COLUMNS, ROWS = 1440, 720
STEP = 1.15
"""Populations are kept as powers of this: 7 % off at most."""
CITY = 100_000
"""People from which a place is looked for from farther away."""
KM = METRES / 1000
"""Kilometres in a degree of latitude, on a sphere of 6,371 km."""
WIDEST = 25.0
"""Kilometres: no city's circle is larger, however many people its district has."""


class Group(NamedTuple):
    """What towns have in common."""

    code: str
    region: str
    zone: str


class Towns(NamedTuple):
    """Everything that ``towns.bin`` holds; town n's columns are at n."""

    cells: array[int]
    """Numbers of the cells that hold towns, rising: row from the south pole times 1440 plus column from 180 west."""
    starts: array[int]
    """The number of each cell's first town, and the number of all towns at the end."""
    names: list[bytes]
    """For each cell its towns' names, a line each."""
    north: bytes
    east: bytes
    sizes: bytes
    high: bytes
    low: bytes
    groups: list[Group]
    countries: dict[str, str]
    cities: dict[int, list[tuple[float, float, int]]]
    """Towns of at least `CITY` people, with latitude and longitude, by the whole degree: row times 360 plus column."""


@cache
def towns() -> Towns:
    """Read from the package on the first call."""
    return opened(_packing.read("towns.bin"))


def opened(packed: bytes) -> Towns:
    """The towns of a packed file."""
    header, part = _packing.unpack(packed)
    cells = array("I", accumulate(_packing.whole_numbers(part["cells"])))
    names = part["names"].split(b"\0")
    starts = array("I", accumulate((block.count(b"\n") + 1 for block in names), initial=0))
    all_towns = Towns(
        cells,
        starts,
        names,
        part["north"],
        part["east"],
        part["sizes"],
        part["high"],
        part["low"],
        [Group(*group) for group in header["groups"]],
        header["countries"],
        {},
    )
    least = size_of(CITY)
    for town in (n for n, size in enumerate(all_towns.sizes) if size >= least):
        latitude, longitude = position(all_towns, town)
        all_towns.cities.setdefault(_degree(latitude, longitude), []).append((latitude, longitude, town))
    return all_towns


def size_of(population: int) -> int:
    """The byte that a population is kept as; 0 when nobody counted."""
    return 0 if population < 1 else 1 + round(math.log(population, STEP))


@cache
def population_of(size: int) -> int:
    """The population again, to two digits."""
    if not size:
        return 0
    people = math.pow(STEP, size - 1)
    return int(round(people, min(0, 1 - math.floor(math.log10(people)))))


@cache
def circle(size: int) -> float:
    """The radius (km) of a place, if 2,500 people live on a square kilometre."""
    return min(math.sqrt(population_of(size) / 2500 / math.pi), WIDEST)


def position(all_towns: Towns, town: int) -> tuple[float, float]:
    """Latitude and longitude."""
    row, column = divmod(all_towns.cells[_cell_of(all_towns, town)], COLUMNS)
    return (
        (row + (all_towns.north[town] + 0.5) / 256) * CELL - 90,
        (column + (all_towns.east[town] + 0.5) / 256) * CELL - 180,
    )


def name(all_towns: Towns, town: int) -> str:
    """As people there write it, in Latin letters where GeoNames has them."""
    cell = _cell_of(all_towns, town)
    return all_towns.names[cell].split(b"\n")[town - all_towns.starts[cell]].decode()


def group(all_towns: Towns, town: int) -> Group:
    """Its country's code, its region and its time zone."""
    return all_towns.groups[(all_towns.high[town] << 8) | all_towns.low[town]]


def around(all_towns: Towns, latitude: float, longitude: float, radius: float) -> list[tuple[float, int]]:
    """Kilometres to each town within a radius (km), and its number; in no order."""
    found: list[tuple[float, int]] = []
    for cell in _cells(all_towns, latitude, longitude, radius / KM):
        found += _in_cell(all_towns, cell, latitude, longitude, radius)
    return found


def far_around(
    all_towns: Towns, latitude: float, longitude: float, radius: float, share: float
) -> list[tuple[float, int]]:
    """The same for a wide search: only what may be the nearest town, or farther than it by no more than a share."""
    cells = []
    for cell in _cells(all_towns, latitude, longitude, radius / KM):
        row, column = divmod(all_towns.cells[cell], COLUMNS)
        middle = (row + 0.5) * CELL - 90, (column + 0.5) * CELL - 180
        cells.append((distance(latitude, longitude, *middle), cell))
    corner = CELL * KM * 0.71
    found: list[tuple[float, int]] = []
    cells.sort()
    for km, cell in cells:
        if km - corner > (cells[0][0] + corner) * share:
            break
        found += _in_cell(all_towns, cell, latitude, longitude, radius)
    return found


def _cells(all_towns: Towns, latitude: float, longitude: float, reach: float) -> Iterator[int]:
    """The cells that may hold something within reach (degrees of latitude)."""
    cells = all_towns.cells
    first = max(0, math.floor((latitude - reach + 90) / CELL))
    last = min(ROWS - 1, math.floor((latitude + reach + 90) / CELL))
    for row in range(first, last + 1):
        farthest = max(abs(latitude), abs(row * CELL - 90), abs(row * CELL + CELL - 90))
        half = reach / math.cos(math.radians(farthest)) if reach < 45 and farthest < 89.9 else 180.0
        west, east = math.floor((longitude - half + 180) / CELL), math.floor((longitude + half + 180) / CELL)
        if east - west >= COLUMNS - 2:
            spans = [(0, COLUMNS - 1)]
        else:
            spans = [(max(west, 0), min(east, COLUMNS - 1))]
            if west < 0:
                spans.append((west + COLUMNS, COLUMNS - 1))
            if east >= COLUMNS:
                spans.append((0, east - COLUMNS))
        for start, end in spans:
            here = bisect_left(cells, row * COLUMNS + start)
            while here < len(cells) and cells[here] <= row * COLUMNS + end:
                yield here
                here += 1


def _in_cell(
    all_towns: Towns, cell: int, latitude: float, longitude: float, radius: float
) -> list[tuple[float, int]]:
    """The same for one cell. Within 200 km the Earth is taken as flat, which is off by less than 1 %."""
    row, column = divmod(all_towns.cells[cell], COLUMNS)
    south, west = row * CELL - 90 + CELL / 512, column * CELL - 180 + CELL / 512
    if west - longitude > 180:
        west -= 360
    elif west - longitude < -180:
        west += 360
    north, east, step = all_towns.north, all_towns.east, CELL / 256
    numbers = range(all_towns.starts[cell], all_towns.starts[cell + 1])
    if radius <= 200 and abs(latitude) < 85:
        narrow = math.cos(math.radians((latitude + south) / 2)) * KM
        down, left, rise, run = (south - latitude) * KM, (west - longitude) * narrow, step * KM, step * narrow
        return [
            (km, n)
            for n in numbers
            if (km := math.hypot(down + north[n] * rise, left + east[n] * run)) <= radius
        ]
    return [
        (km, n)
        for n in numbers
        if (km := distance(latitude, longitude, south + north[n] * step, west + east[n] * step)) <= radius
    ]


def cities_around(all_towns: Towns, latitude: float, longitude: float) -> Iterator[tuple[float, int]]:
    """Kilometres to each city that may have the position in its circle, and its number."""
    row, column = divmod(_degree(latitude, longitude), 360)
    for r in (row - 1, row, row + 1):
        for c in (column - 1, column, column + 1):
            for north, east, town in all_towns.cities.get(r * 360 + c % 360, ()):
                if abs(north - latitude) * KM <= WIDEST:
                    km = distance(latitude, longitude, north, east)
                    if km <= WIDEST:
                        yield km, town


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres along the sphere."""
    return metres(latitude, longitude, other_latitude, other_longitude) / 1000


def _cell_of(all_towns: Towns, town: int) -> int:
    """The index of a town's cell: the last that starts at or before it."""
    return bisect_left(all_towns.starts, town + 1) - 1


def _degree(latitude: float, longitude: float) -> int:
    """The whole degree a position is in."""
    return min(179, math.floor(latitude + 90)) * 360 + math.floor(longitude + 180) % 360
