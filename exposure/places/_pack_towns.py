"""How the table of towns is made from GeoNames; only the build runs this."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from exposure.places import _packing
from exposure.places._towns import CELL, COLUMNS, ROWS, size_of


class Entry(NamedTuple):
    """A town as GeoNames has it."""

    cell: int
    code: str
    region: str
    zone: str
    name: str
    north: int
    """256ths of a cell, from its south and west."""
    east: int
    population: int


def entry(
    name: str, latitude: float, longitude: float, population: int, code: str, region: str, zone: str
) -> Entry:
    """A town in its cell."""
    rows, columns = (latitude + 90) / CELL, (longitude + 180) % 360 / CELL
    row, column = min(ROWS - 1, math.floor(rows)), math.floor(columns)
    return Entry(
        row * COLUMNS + column,
        code,
        region,
        zone,
        name,
        min(255, math.floor((rows - row) * 256)),
        math.floor((columns - column) * 256),
        population,
    )


def packed_towns(entries: Iterable[Entry], countries: Mapping[str, str]) -> bytes:
    """The file ``towns.bin``.

    Args:
        entries: The towns, in any order.
        countries: The English name of each country's code.
    """
    towns = sorted(entries)
    groups = sorted({town[1:4] for town in towns})
    number = {group: n for n, group in enumerate(groups)}
    cells, names = array("I"), []
    last = 0
    for cell, inside in groupby(towns, key=lambda town: town.cell):
        cells.append(cell - last)
        names.append("\n".join(town.name for town in inside).encode())
        last = cell
    order = [number[town[1:4]] for town in towns]
    sections = {
        "cells": _packing.section_of(cells),
        "names": b"\0".join(names),
        "north": bytes(town.north for town in towns),
        "east": bytes(town.east for town in towns),
        "sizes": bytes(size_of(town.population) for town in towns),
        "high": bytes(n >> 8 for n in order),
        "low": bytes(n & 255 for n in order),
    }
    return _packing.pack({"countries": dict(sorted(countries.items())), "groups": groups}, sections)
