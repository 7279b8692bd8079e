from __future__ import annotations

from random import Random

from exposure.inferences.points import ENOUGH_POINTS
from exposure.model import Confidence, Examination, Level
from tests.make.shots import camera, claims, evidence, here, shot, taken


def point(name: str, north: float = 0.0, radius: float | None = 5.0, **later: float) -> Examination:
    return shot(name, taken(None, **later), here(north, radius=radius), camera())


def test_four_points_are_enough() -> None:
    shots = [point(f"{n}.jpg", 3_000 * n, days=n) for n in range(4)]
    (claim,) = claims(ENOUGH_POINTS, *shots)
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert "4 different points" in claim.message
    assert evidence(claim, *shots) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]
    assert any("phones, not from photos" in doubt for doubt in claim.could_be_wrong_if)


def test_three_are_not() -> None:
    assert claims(ENOUGH_POINTS, *(point(f"{n}.jpg", 3_000 * n, days=n) for n in range(3))) == []


def test_a_burst_is_one_point() -> None:
    assert claims(ENOUGH_POINTS, *(point(f"{n}.jpg", n, seconds=n) for n in range(300))) == []


def test_the_same_place_in_other_hours_is_another_point() -> None:
    (claim,) = claims(ENOUGH_POINTS, *(point(f"{n}.jpg", hours=n) for n in range(4)))
    assert "4 different points" in claim.message


def test_another_place_in_the_same_hour_is_another_point() -> None:
    (claim,) = claims(ENOUGH_POINTS, *(point(f"{n}.jpg", 1_500 * n, minutes=5 * n) for n in range(6)))
    assert "6 different points" in claim.message


def test_it_does_not_matter_where_cells_would_begin() -> None:
    for shift in range(0, 1_000, 90):
        shots = [point(f"{n}.jpg", shift + 900 * (n % 2), minutes=10 * n) for n in range(6)]
        assert claims(ENOUGH_POINTS, *shots) == []  # 900 m are one place wherever they lie


def test_wide_positions_are_no_points() -> None:
    assert claims(ENOUGH_POINTS, *(point(f"{n}.jpg", 3_000 * n, 2_000.0, days=n) for n in range(9))) == []


def test_times_that_do_not_belong_to_the_places_say_nothing() -> None:
    shots = [point(f"{n}.jpg", 40_000 * (n % 5), minutes=n) for n in range(60)]
    Random(1).shuffle(shots)
    assert claims(ENOUGH_POINTS, *shots) == []
