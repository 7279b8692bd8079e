"""How a position becomes a town, a country and a time zone.

**Town.** Places compete by distance, each divided by its reach, which grows with the root of its population: a village
stands for itself, a town for the fields around it, and a place in the heart of a city of the same region that is four
times as large is called by the city's name, as people there would do.

**Country.** Natural Earth's lines decide, GeoNames' towns correct them along coasts, on islands and in the smallest
states, and whatever is too close to call is named in `Country.near`. Where the two sources do not give an area to the
same country (Crimea, Northern Cyprus, Somaliland, some reefs and bases) no country is said, only the town; Kosovo,
Palestine, Taiwan and Western Sahara are called as GeoNames calls them. That is no opinion about anybody's borders.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

from exposure.places import _borders, _towns
from exposure.places._borders import DISPUTED, SEA
from exposure.places._nouns import Country, Town

GRID = 200
"""Steps in a degree: answers are remembered by squares of 0.005 degree, 550 m."""
SHORE_KM = 5.0
"""Land is simplified, and piers, bridges and boats belong to the shore: the sea begins this far from land and towns."""
BORDER_KM = 4.0
"""How close to a border the country is uncertain: of 300 points on borders the lines are 1 km off, but 5 % over 3.7."""
SETTLED_KM = 2.0
"""How close it is uncertain in a town, whose country is known."""
ENCLAVE_KM = 0.7
"""A town of another country this near says that its border must be nearer still."""
INSIDE = 0.8
"""The share of a place's circle in which one is *in* it, and at least a kilometre."""
VILLAGE_KM = 0.4
"""The reach of a place of which nobody counted the people."""
TOWN, TOWN_KM = 15_000, 3.0
"""A place of that many people reaches at least so far."""
HEART, RATIO = 0.65, 4
"""The share of a city's circle in which places belong to it, and how many times larger it must be."""
RADII = (8.0, 20.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1600.0, 3200.0, 20_100.0)
"""Kilometres: the search grows until it finds a town; the last is the whole world."""
NAMED_KM = 50.0
"""Farther from every town than this the nearest is named, whatever its size."""
FAR_KM = 500.0
"""Farther than this none is named."""
WIDE_KM = 100.0
"""Searches beyond this look for the nearest town only."""
ZONE_KM = 500.0
"""Farther from every town than this the time zone is not known."""


OWN_KM = 5.0
"""How much farther a town of the same country may be than one beyond the border, and still be the one to name."""
AT_SEA = 1.25
"""How much farther than the nearest town a larger one may be to be named at sea."""
WESTERN_SAHARA = 27 + 40 / 60
"""The parallel south of which GeoNames has Western Sahara, and Natural Earth Morocco as far as the berm."""


class Spot(NamedTuple):
    """All that is known about one square."""

    code: str
    """Of the country; empty where there is none to be said."""
    near: tuple[str, ...]
    """Codes of the others that it may be."""
    at_sea: bool
    town: int
    inside: bool
    zone: str | None


def spot(latitude: float, longitude: float) -> Spot:
    """What is known about the square that a position is in.

    Raises:
        ValueError: Not a position on Earth.
    """
    if not (-90 <= latitude <= 90 and math.isfinite(longitude)):
        raise ValueError("a latitude is from -90 to 90 degrees, and a longitude is a number")
    return _spot(round(latitude * GRID), round(wrapped(longitude) * GRID))


def wrapped(longitude: float) -> float:
    """The same meridian, from -180 to just under 180."""
    return (longitude + 180) % 360 - 180


def nearest(latitude: float, longitude: float) -> Town | None:
    """The big city around a position, else the town that it is nearest to; None at sea far from land."""
    found = spot(latitude, longitude)
    town = town_at(found, latitude, longitude)
    return None if found.at_sea or town.distance_km > FAR_KM else town


def country(latitude: float, longitude: float) -> Country | None:
    """The country; None at sea and where sources differ about whose it is."""
    found, names = spot(latitude, longitude), _towns.towns().countries
    if not found.code:
        return None
    return Country(found.code, names[found.code], tuple(names[code] for code in found.near))


def zone(latitude: float, longitude: float) -> str | None:
    """The IANA time zone, such as ``Europe/Berlin``; None at sea and far from every town."""
    return spot(latitude, longitude).zone


def town_at(found: Spot, latitude: float, longitude: float) -> Town:
    """The town of a square, seen from a position in it; at sea too."""
    towns = _towns.towns()
    group = _towns.group(towns, found.town)
    north, east = _towns.position(towns, found.town)
    return Town(
        _towns.name(towns, found.town),
        group.region,
        towns.countries[group.code],
        group.code,
        _towns.distance(latitude, longitude, north, east),
        north,
        east,
        _towns.population_of(towns.sizes[found.town]),
        found.inside,
    )


@lru_cache(32_768)
def _spot(row: int, column: int) -> Spot:
    latitude, longitude = row / GRID, wrapped(column / GRID)
    towns = _towns.towns()
    local = _nearby(towns, latitude, longitude)
    lines = sorted(_borders.lines_around(latitude, longitude, SHORE_KM))
    side = _borders.side(latitude, longitude) or _shore(towns, lines, local)
    if side == SEA:
        farthest = local[0][0] * AT_SEA
        largest = max((towns.sizes[town], -km, town) for km, town in local if km <= farthest)[2]
        return Spot("", (), True, largest, False, None)
    if side == "MA" and latitude < WESTERN_SAHARA:
        side = DISPUTED
    side, near = _country(towns, side, lines, local)
    own = [(km, town) for km, town in local if _towns.group(towns, town).code == side] or local
    zone = _towns.group(towns, own[0][1]).zone if own[0][0] <= ZONE_KM else None
    if own[0][0] > local[0][0] + OWN_KM:
        own = local
    town, inside = _named(towns, latitude, longitude, own)
    return Spot("" if side == DISPUTED else side, near, False, town, inside, zone)


def _country(
    towns: _towns.Towns, side: str, lines: list[tuple[float, str, str]], local: list[tuple[float, int]]
) -> tuple[str, tuple[str, ...]]:
    """The code of the country, and those of the others that it may be."""
    codes = [(km, _towns.group(towns, town).code) for km, town in local if km <= BORDER_KM]
    settled = any(km <= 1 and code == side for km, code in codes)
    close = SETTLED_KM if settled else BORDER_KM
    found = {code for km, *sides in lines for code in sides if km <= close and SEA not in sides}
    found |= {code for km, code in codes if km <= close}
    if side != DISPUTED and codes and codes[0][0] <= ENCLAVE_KM:
        found.add(side)
        side = codes[0][1]
    return side, tuple(sorted(found - {side, SEA, DISPUTED}))


def _nearby(towns: _towns.Towns, latitude: float, longitude: float) -> list[tuple[float, int]]:
    """Kilometres to the towns around, the nearest first, as far as any can be the one to name."""
    for radius in RADII:
        if radius <= WIDE_KM:
            found = sorted(_towns.around(towns, latitude, longitude, radius))
        else:
            found = sorted(_towns.far_around(towns, latitude, longitude, radius, AT_SEA))
        if found:
            break
    farthest = found[0][0] + _reach(_towns.size_of(_towns.CITY))
    if radius < farthest <= NAMED_KM:
        found = sorted(_towns.around(towns, latitude, longitude, farthest))
    return found


def _shore(towns: _towns.Towns, lines: list[tuple[float, str, str]], local: list[tuple[float, int]]) -> str:
    """Off the lines' land: the code of the nearest coast or town within `SHORE_KM`, else `SEA`."""
    km, town = local[0]
    if lines and lines[0][0] < km:
        return lines[0][1] or lines[0][2]
    return _towns.group(towns, town).code if km <= SHORE_KM else SEA


def _named(
    towns: _towns.Towns, latitude: float, longitude: float, local: list[tuple[float, int]]
) -> tuple[int, bool]:
    """The town to name, and whether the position is inside it."""
    if local[0][0] > NAMED_KM:
        return local[0][1], False
    home, city_size = _towns.group(towns, local[0][1]), _towns.size_of(_towns.CITY)
    scores = []
    for km, town in (*local, *_towns.cities_around(towns, latitude, longitude)):
        size, group = towns.sizes[town], _towns.group(towns, town)
        if group.code == home.code and (size < city_size or km <= TOWN_KM or group.region == home.region):
            reach = _reach(size)
            scores.append((km / reach if km < reach else 1 + km - reach, km, town))
    _, km, town = min(scores)
    inside = km <= max(1.0, INSIDE * _towns.circle(towns.sizes[town]))
    city = _city_of(town)
    return (town, inside) if city is None else (city, True)


@cache
def _reach(size: int) -> float:
    """Kilometres around a place where it wins over others that are as many of their own reaches away."""
    reach = VILLAGE_KM + HEART * _towns.circle(size)
    return max(reach, TOWN_KM) if _towns.population_of(size) >= TOWN else reach


@lru_cache(8192)
def _city_of(town: int) -> int | None:
    """The city whose heart a place is in, if any."""
    towns = _towns.towns()
    group, people = _towns.group(towns, town), _towns.population_of(towns.sizes[town])
    hearts = []
    for km, city in _towns.cities_around(towns, *_towns.position(towns, town)):
        size = towns.sizes[city]
        share = km / _towns.circle(size)
        larger = city != town and _towns.population_of(size) >= RATIO * max(people, 1)
        if larger and share <= HEART and _towns.group(towns, city)[:2] == group[:2]:
            hearts.append((share, city))
    return min(hearts)[1] if hearts else None
