"""Towns, countries, zones and words of positions whose answers everybody can look up."""

from __future__ import annotations

import itertools
import json
import math
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exposure import places
from exposure.places import _borders, _finding, _land, _towns
from tests import evaluate_places
from tests.evaluate_places import City

SAMPLE = [
    json.loads(line) for line in (Path(__file__).parent / "points.jsonl").read_text("utf-8").splitlines()
]
"""A hundred points of each kind with truth from other sources; its first line says which."""


def sampled(kind: str) -> list[Any]:
    return [row[kind] for row in SAMPLE if kind in row]


def share(right: list[bool]) -> float:
    assert len(right) == 100
    return sum(right) / len(right)


def test_points_near_towns_are_told_by_the_town_or_the_city_around_it() -> None:
    rows = [
        (latitude, longitude, [City(frozenset(names), *rest) for names, *rest in cities])
        for latitude, longitude, cities in sampled("town")
    ]
    assert share([evaluate_places.right_town(*row) for row in rows]) >= 0.95


def test_countries_away_from_borders_are_right_and_no_border_is_said() -> None:
    rows = sampled("country")
    assert share([evaluate_places.right_code(*row) for row in rows]) >= 0.98
    assert share([not evaluate_places.border_said(*row[:2]) for row in rows]) >= 0.98


def test_borders_are_said_at_borders() -> None:
    assert share([evaluate_places.right_border(*row) for row in sampled("border")]) >= 0.95


@pytest.mark.parametrize(
    "latitude, longitude, words",
    [
        (48.137, 11.575, "in Munich, Germany"),
        (48.150, 11.460, "in Munich, Germany"),  # Pasing, a part of it with an entry of its own
        (48.249, 11.651, "in Garching, Germany"),
        (48.886, 2.343, "in Paris, France"),  # Montmartre
        (35.690, 139.700, "in Tokyo, Japan"),  # Shinjuku
        (51.501, -0.142, "in London, United Kingdom"),
        (40.758, -73.985, "in New York City, New York, United States"),
        (40.720, -74.050, "in Jersey City, New Jersey, United States"),  # over the river
        (39.800, -89.650, "in Springfield, Illinois, United States"),
        (-33.925, 18.424, "in Cape Town, South Africa"),
        (47.840, 12.970, "near the border of Germany and Austria, in Freilassing"),
        (47.557, 7.590, "near the border of Switzerland, Germany and France, in Basel"),
        (43.080, -79.075, "near the border of Canada and the United States, in Niagara Falls, Ontario"),
        (1.290, 103.850, "in Singapore"),
        (49.611, 6.131, "in Luxembourg"),
        (-80.000, 60.000, "in Antarctica, far from any town"),
    ],
)
def test_words(latitude: float, longitude: float, words: str) -> None:
    assert places.words(latitude, longitude) == words


def test_a_town_beyond_the_border_is_not_taken_for_the_country() -> None:
    assert places.words(41.14, 60.22) == "in Turkmenistan, 30 km from Xiva, Uzbekistan"


def test_words_say_how_far_a_town_and_the_shore_are() -> None:
    assert places.words(48.0, -6.3).startswith("at sea, about 120 km from ")
    assert places.words(48.0, -6.3).endswith(", France")
    assert places.words(47.62, 11.36) == "4 km from Kochel, Germany"


@pytest.mark.parametrize(
    "latitude, longitude, code",
    [
        (41.9022, 12.4533, "VA"),
        (41.8900, 12.4920, "IT"),  # the Colosseum, 3 km from there
        (43.7384, 7.4246, "MC"),
        (47.1410, 9.5210, "LI"),
        (43.9360, 12.4470, "SM"),
        (42.5070, 1.5220, "AD"),
        (36.1400, -5.3500, "GI"),
        (35.9000, 14.5100, "MT"),
        (4.1750, 73.5090, "MV"),  # Male, an island too small for the borders' map
        (22.3000, 114.1700, "HK"),
        (64.1470, -21.9400, "IS"),
        (78.2200, 15.6500, "SJ"),
        (4.9200, -52.3200, "GF"),
        (-21.1000, 55.5000, "RE"),
        (12.1500, -68.2700, "BQ"),
        (28.1000, -15.4300, "ES"),  # Gran Canaria
        (42.6600, 21.1600, "XK"),
        (25.0400, 121.5600, "TW"),
        (31.9000, 35.2000, "PS"),
        (-89.9000, 10.0000, "AQ"),
        (43.5000, -87.0000, "US"),  # on Lake Michigan
        (65.2000, -173.0000, "RU"),  # Chukotka, beyond 180 degrees
        (-16.7800, 179.9700, "FJ"),
        (-16.7800, -180.0300, "FJ"),
    ],
)
def test_countries(latitude: float, longitude: float, code: str) -> None:
    country = places.country(latitude, longitude)
    assert country and country.code == code


def test_near_names_the_other_side() -> None:
    assert places.country(48.573, 7.815) == ("DE", "Germany", ("France",))  # Kehl
    assert places.country(52.52, 13.405) == ("DE", "Germany", ())
    vatican = places.country(41.9022, 12.4533)
    assert vatican and vatican.near == ("Italy",)


@pytest.mark.parametrize(
    "latitude, longitude, words",
    [
        (44.950, 34.100, "in Simferopol"),
        (35.340, 33.320, "in Kyrenia"),
        (9.560, 44.060, "in Hargeysa"),
        (27.150, -13.200, "in Laayoune"),
    ],
)
def test_where_sources_differ_no_country_is_said(latitude: float, longitude: float, words: str) -> None:
    assert places.country(latitude, longitude) is None
    assert places.words(latitude, longitude) == words
    assert places.zone(latitude, longitude) is not None


@pytest.mark.parametrize(
    "latitude, longitude", [(0, -140), (90, 0), (90, 123), (45, -40), (-60, 180), (-60, -180)]
)
def test_at_sea(latitude: float, longitude: float) -> None:
    assert places.nearest(latitude, longitude) is None
    assert places.country(latitude, longitude) is None
    assert places.zone(latitude, longitude) is None
    assert places.words(latitude, longitude).startswith("at sea, about ")


@pytest.mark.parametrize(
    "latitude, longitude, zone",
    [
        (52.52, 13.40, "Europe/Berlin"),
        (48.573, 7.815, "Europe/Berlin"),  # Kehl
        (48.583, 7.745, "Europe/Paris"),  # Strasbourg, 5 km from there
        (41.88, -87.63, "America/Chicago"),
        (41.60, -87.30, "America/Chicago"),  # Gary, Indiana
        (39.77, -86.16, "America/Indiana/Indianapolis"),
        (28.61, 77.21, "Asia/Kolkata"),
        (-43.95, -176.55, "Pacific/Chatham"),
        (28.10, -15.43, "Atlantic/Canary"),
        (-80.0, 60.0, None),
    ],
)
def test_zones(latitude: float, longitude: float, zone: str | None) -> None:
    assert places.zone(latitude, longitude) == zone


def test_a_town_is_told_with_what_is_known_of_it() -> None:
    town = places.nearest(48.15, 11.58)
    assert town is not None
    assert town[:4] == ("Munich", "Bayern", "Germany", "DE")
    assert town.inside
    assert 1 < town.distance_km < 2
    assert (round(town.latitude, 1), round(town.longitude, 1)) == (48.1, 11.6)
    assert 1_200_000 < town.population < 1_700_000


def test_a_village_stands_for_itself() -> None:
    town = places.nearest(47.4547, 11.2747)
    assert town and town.name == "Mittenwald" and town.population < 15_000


def test_nearby_positions_share_an_answer_but_not_its_distance() -> None:
    one, other = places.nearest(48.1371, 11.5751), places.nearest(48.1379, 11.5751)
    assert one and other and one.name == other.name
    assert other.distance_km != one.distance_km
    assert other.distance_km == _towns.distance(48.1379, 11.5751, other.latitude, other.longitude)


def test_longitudes_go_around() -> None:
    for turn in (-720, -360, 360):
        assert places.words(48.137, 11.575 + turn) == places.words(48.137, 11.575)


@pytest.mark.parametrize(
    "latitude, longitude", [(90.1, 0), (-91, 0), (math.nan, 0), (0, math.nan), (0, math.inf)]
)
def test_what_is_no_position_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="latitude"):
        places.words(latitude, longitude)


def test_every_corner_of_the_world_has_words() -> None:
    for latitude in range(-90, 91, 15):
        for longitude in range(-180, 181, 45):
            assert places.words(latitude, longitude)


def test_land_is_small_rings_of_the_whole_map() -> None:
    rings = places.land()
    points = [point for ring in rings for point in ring]
    assert 100 < len(rings) < 200 and 4000 < len(points) < 6000
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    assert all(
        abs(a[0] - b[0]) < 180 or a[1] == b[1] == -90 for ring in rings for a, b in itertools.pairwise(ring)
    )
    assert min(x for x, _ in points) == -180 and max(x for x, _ in points) == 180
    assert places.land() is rings


def test_no_request_is_ever_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    for remembered in (
        _towns.towns,
        _borders.borders,
        _borders._cell,
        _finding._spot,
        _finding._city_of,
        _land.land,
    ):
        remembered.cache_clear()
    assert places.words(48.137, 11.575) and places.words(0, -140)
    assert places.country(48.137, 11.575) and places.nearest(48.137, 11.575)
    assert places.zone(48.137, 11.575) and places.land()


def test_nothing_is_read_before_it_is_asked_for() -> None:
    program = (
        "from exposure import places; from exposure.places import _towns, _borders, _land\n"
        "read = [f.cache_info().currsize for f in (_towns.towns, _borders.borders, _land.land)]\n"
        "import sys; sys.exit(sum(read) or 'exposure.places.build' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_files_are_small_and_say_where_they_are_from() -> None:
    folder = Path(places.__file__).parent
    assert sum(path.stat().st_size for path in folder.glob("*.bin")) < 2_500_000
    notice = (folder / "NOTICE").read_text("utf-8")
    assert "GeoNames" in notice and "CC BY 4.0" in notice and "Natural Earth" in notice


def test_the_table_is_sound() -> None:
    towns = _towns.towns()
    count = towns.starts[-1]
    assert count > 230_000
    assert {len(column) for column in (towns.north, towns.east, towns.sizes, towns.high, towns.low)} == {
        count
    }
    assert sorted(towns.cells) == list(towns.cells) and len(towns.cells) + 1 == len(towns.starts)
    assert {group.code for group in towns.groups} <= set(towns.countries)
    assert all(b"\r" not in block and block for block in towns.names)


@pytest.mark.parametrize("population", [1, 7, 500, 15_000, 99_999, 1_000_000, 37_000_000])
def test_populations_are_kept_within_a_few_per_cent(population: int) -> None:
    kept = _towns.population_of(_towns.size_of(population))
    assert kept == pytest.approx(population, rel=0.11)
    assert _towns.population_of(_towns.size_of(0)) == 0


def test_a_search_finds_what_reading_all_finds() -> None:
    """Over the 180th meridian and by the pole too."""
    towns = _towns.towns()
    spots = [(*_towns.position(towns, town), town) for town in range(0, towns.starts[-1], 40)]
    for latitude, longitude, radius in [
        (48.1, 11.6, 60),
        (-17.5, 179.9, 150),
        (71.0, -179.5, 400),
        (88.0, 10.0, 1500),
    ]:
        found = {town for _, town in _towns.around(towns, latitude, longitude, radius) if town % 40 == 0}
        for north, east, town in spots:
            km = _towns.distance(latitude, longitude, north, east)
            if abs(km - radius) > radius / 50:
                assert (town in found) == (km < radius)
