"""A round spot without photos. The walks are made in code: a home whose surroundings were photographed from all sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations
from math import cos, dist, pi, sin
from random import Random

import pytest

from exposure.collection import Collection
from exposure.inferences._circles import Point, Tally, circles
from exposure.inferences.hole import hole_around_home, widest_gap
from exposure.model import Address, Claim, Confidence, Device, Level, Place, Time
from tests.make.examinations import examination
from tests.people.truth import metres, moved

HOME = (48.137, 11.575)
HERE = Address("EXIF")
START = datetime(2025, 3, 1)

Shot = tuple[float, float, datetime]
"""Metres to the east and the north of home, and when."""


def gathered(shots: list[Shot], home: tuple[float, float] = HOME) -> Collection:
    collection = Collection("2026-01-01")
    for number, (east, north, when) in enumerate(shots):
        facts = (
            Place(*moved(*home, north, east), 5.0, None, HERE),
            Time("taken", when.isoformat(timespec="seconds"), "+01:00", HERE),
            Device("Acme", "One", HERE),
        )
        collection.add(examination(f"{number}.jpg", facts=facts))
    return collection


def holes(shots: list[Shot], home: tuple[float, float] = HOME) -> list[Claim]:
    return list(hole_around_home(gathered(shots, home)))


def off(claim: Claim, home: tuple[float, float] = HOME) -> float:
    assert claim.place is not None and claim.place.latitude is not None and claim.place.longitude is not None
    return metres(claim.place.latitude, claim.place.longitude, *home)


def turned(distance: float, angle: float) -> Point:
    return distance * cos(angle), distance * sin(angle)


def walks(seed: int, hidden: float, days: int = 120) -> list[Shot]:
    """A few photos a day in all directions, thinning out over some kilometres; none nearer than `hidden` metres."""
    rng = Random(f"walks {seed}")
    shots = []
    for day in range(days):
        for number in range(rng.randint(1, 6)):
            distance = rng.gammavariate(2, 700)
            if distance >= hidden:
                at = turned(distance, rng.uniform(0, 2 * pi))
                shots.append((*at, START + timedelta(days=day, hours=8 + 2 * number + rng.random())))
    return shots


def lake(seed: int) -> list[Shot]:
    """Photos at home mornings and evenings, all over town, and many on the path around a lake."""
    rng = Random(f"lake {seed}")
    shots = []
    for day in range(200):
        morning = START + timedelta(days=day, hours=8)
        if rng.random() < 0.6:
            shots.append((rng.gauss(0, 15), rng.gauss(0, 15), morning))
            shots.append((rng.gauss(0, 15), rng.gauss(0, 15), morning + timedelta(hours=12)))
        for number in range(rng.randint(0, 3)):
            east, north = turned(rng.gauss(520, 30), rng.uniform(0, 2 * pi))
            shots.append((2500 + east, north, morning + timedelta(hours=5, minutes=31 * number)))
        if rng.random() < 0.5:
            at = rng.uniform(-4000, 4000), rng.uniform(-4000, 4000)
            shots.append((*at, morning + timedelta(hours=3)))
    return shots


def strewn(seed: int, count: int = 600, reach: float = 4000) -> list[Shot]:
    rng = Random(f"strewn {seed}")
    return [
        (
            rng.uniform(-reach, reach),
            rng.uniform(-reach, reach),
            START + timedelta(days=rng.randrange(200), hours=rng.uniform(7, 22)),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("hidden", [600, 800, 1200])
@pytest.mark.parametrize("seed", range(3))
def test_a_privacy_zone_points_at_home(hidden: float, seed: int) -> None:
    (claim,) = holes(walks(seed, hidden))
    assert off(claim) <= 0.17 * hidden
    assert claim.radius_m is not None and 0.95 * hidden <= claim.radius_m <= 1.2 * hidden
    assert (claim.level, claim.confidence) == (Level.HIGH, Confidence.TENTATIVE)
    assert "perhaps" in claim.message and "all sides" in claim.why[0]


@pytest.mark.parametrize("life", [lambda s: walks(s, 0), lake, strewn, lambda s: strewn(s, 1500, 20_000)])
def test_no_hole_where_nothing_is_hidden(life: Callable[[int], list[Shot]]) -> None:
    assert [seed for seed in range(5) if holes(life(seed))] == []


def test_a_lake_with_a_path_around_it_is_no_home_though_it_is_as_round() -> None:
    rng = Random("path")
    path = [
        (*turned(rng.gauss(620, 15), rng.uniform(0, 2 * pi)), START + timedelta(days=day, hours=14))
        for day in range(150)
    ]
    assert holes(path) == []


def test_nine_days_are_too_few() -> None:
    shots = [(e, n, START + timedelta(days=i % 9, minutes=i)) for i, (e, n, _) in enumerate(walks(0, 800))]
    assert holes(shots) == []
    assert holes(
        [
            (e, n, START + timedelta(days=i % 30, hours=8 + i % 12))
            for i, (e, n, _) in enumerate(walks(0, 800))
        ]
    )


def test_a_coast_has_no_far_side() -> None:
    assert holes([shot for shot in walks(0, 800) if shot[0] > -500]) == []


def test_one_photo_in_it_ends_it_or_moves_it() -> None:
    shots = [*walks(1, 800), (0.0, 0.0, START + timedelta(days=3, hours=4))]
    assert all(off(claim) > 300 for claim in holes(shots))


def test_neither_the_grid_nor_the_order_of_files_changes_it() -> None:
    shots = walks(2, 600)
    (first,) = holes(shots)
    for number in range(12):
        home = HOME[0], HOME[1] + number * 0.0237
        (claim,) = holes(shots, home)
        assert abs(off(claim, home) - off(first)) < 1 and claim.radius_m == first.radius_m
        Random(number).shuffle(shots)
        (again,) = holes(shots)
        assert len(again.photos) == len(first.photos) and abs(off(again) - off(first)) < 0.1


@pytest.mark.parametrize("home", [(-16.8, 179.999), (-16.8, -179.9999), (0.0001, -0.0001), (69.65, 18.95)])
def test_it_is_found_at_the_date_line_and_far_north(home: tuple[float, float]) -> None:
    (claim,) = holes(walks(0, 800), home)
    assert off(claim, home) <= 100


def test_an_empty_collection_says_nothing() -> None:
    assert list(hole_around_home(Collection())) == []


@pytest.mark.parametrize("seed", range(8))
def test_every_empty_circle_is_found(seed: int) -> None:
    rng = Random(f"circles {seed}")
    points = [(rng.uniform(0, 5000), rng.uniform(0, 5000)) for _ in range(25)]
    wanted = 0
    for three in combinations(points, 3):
        middle, radius = _through(three)
        wanted += all(dist(point, middle) > radius - 0.05 for point in points if point not in three)
    found = circles(points)
    assert len(found) == wanted
    for circle in found:
        distances = sorted(dist(point, (circle.east, circle.north)) for point in points)
        assert abs(distances[0] - circle.radius) < 0.5 and distances[2] < circle.radius + 0.5


def _through(three: tuple[Point, ...]) -> tuple[Point, float]:
    """The circle through three points."""
    (ax, ay), (bx, by), (cx, cy) = three
    double = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    a, b, c = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    middle = (
        (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / double,
        (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / double,
    )
    return middle, dist(middle, three[0])


@pytest.mark.parametrize("points", [[], [(0.0, 0.0)], [(0.0, 0.0), (1.0, 0.0)]])
def test_fewer_than_three_points_have_no_circle(points: list[Point]) -> None:
    assert circles(points) == []


def test_points_on_a_line_or_a_square_grid_do_no_harm() -> None:
    assert all(circle.radius > 1e5 for circle in circles([(float(n), 0.0) for n in range(0, 9000, 1000)]))
    square = [(float(x), float(y)) for x in range(0, 4000, 1000) for y in range(0, 4000, 1000)]
    fitting = [circle for circle in circles(square) if circle.radius < 2000]
    assert {round(circle.radius) for circle in fitting} == {707}
    assert len({(round(c.east, -2), round(c.north, -2)) for c in fitting}) == 9


def test_a_tally_never_counts_too_few() -> None:
    rng = Random("tally")
    points = [(rng.uniform(-5000, 5000), rng.uniform(-2000, 2000)) for _ in range(300)]
    tally = Tally(points)
    for _ in range(200):
        at, reach = (rng.uniform(-7000, 7000), rng.uniform(-3000, 3000)), rng.uniform(10, 3000)
        assert tally.most(*at, reach) >= sum(dist(point, at) <= reach for point in points)


def test_the_widest_gap_goes_all_the_way_round() -> None:
    assert widest_gap([]) == widest_gap([1.0]) == 2 * pi
    assert widest_gap([3.0, -3.0]) == pytest.approx(6.0)
    assert widest_gap([0.0, pi / 2, pi, -pi / 2]) == pytest.approx(pi / 2)
