from __future__ import annotations

from dataclasses import replace
from random import Random

from exposure.inferences.neighbours import PLACED_BY_NEIGHBOURS
from exposure.model import Confidence, Examination
from tests.make.shots import camera, claims, evidence, here, shot, taken

PIXEL = camera("Pixel 7", "Google")


def placed(name: str, minutes: float, north: float = 0.0, radius: float | None = 5.0) -> Examination:
    return shot(name, taken(minutes=minutes), here(north, radius=radius), PIXEL)


def dark(name: str, minutes: float, offset: str | None = None) -> Examination:
    return shot(name, taken(offset, minutes=minutes), PIXEL)


def test_a_photo_between_two_at_one_place_was_taken_there() -> None:
    shots = placed("before.jpg", 0), dark("dark.jpg", 20), placed("after.jpg", 45, 300)
    (claim,) = claims(PLACED_BY_NEIGHBOURS, *shots)
    assert claim.confidence is Confidence.FIRM
    assert claim.message.startswith("One photo that says no place was probably taken where")
    assert evidence(claim, *shots) == ["dark.jpg"]


def test_between_two_places_it_may_be_either() -> None:
    shots = placed("before.jpg", 0), dark("dark.jpg", 8), placed("after.jpg", 30, 3_000)
    (claim,) = claims(PLACED_BY_NEIGHBOURS, *shots)
    assert claim.confidence is Confidence.TENTATIVE
    assert evidence(claim, *shots) == ["dark.jpg"]


def test_a_photo_minutes_after_one_with_a_place_may_be_there() -> None:
    (claim,) = claims(PLACED_BY_NEIGHBOURS, placed("a.jpg", 0), dark("dark.jpg", 9))
    assert claim.confidence is Confidence.TENTATIVE


def test_later_photos_say_nothing() -> None:
    assert claims(PLACED_BY_NEIGHBOURS, placed("a.jpg", 0), dark("dark.jpg", 11)) == []
    assert claims(PLACED_BY_NEIGHBOURS, placed("a.jpg", 0), dark("dark.jpg", 31), placed("b.jpg", 62)) == []


def test_another_camera_places_nothing() -> None:
    other = shot("dark.jpg", taken(minutes=5), camera("Pixel 8", "Google"))
    assert claims(PLACED_BY_NEIGHBOURS, placed("a.jpg", 0), other, placed("b.jpg", 10)) == []


def test_photos_without_a_camera_are_not_placed() -> None:
    assert (
        claims(
            PLACED_BY_NEIGHBOURS, placed("a.jpg", 0), shot("dark.jpg", taken(minutes=5)), placed("b.jpg", 10)
        )
        == []
    )


def test_another_clock_places_nothing() -> None:
    before = shot("a.jpg", taken("+02:00"), here(), PIXEL)
    assert claims(PLACED_BY_NEIGHBOURS, before, dark("dark.jpg", 5, "+08:00")) == []
    assert len(claims(PLACED_BY_NEIGHBOURS, before, dark("dark.jpg", 5, "+02:00"))) == 1


def test_wide_positions_place_nothing() -> None:
    wide = placed("a.jpg", 0, radius=2_000.0), placed("b.jpg", 10, radius=2_000.0)
    assert claims(PLACED_BY_NEIGHBOURS, wide[0], dark("dark.jpg", 5), wide[1]) == []


def test_all_are_counted_together() -> None:
    shots = [each for n in range(10) for each in (placed(f"{n}.jpg", 1_440 * n), dark(f"dark{n}.jpg", 1_440 * n + 3), placed(f"{n}b.jpg", 1_440 * n + 6))]  # fmt: skip
    (claim,) = claims(PLACED_BY_NEIGHBOURS, *shots)
    assert claim.message.startswith("10 photos that say no place were probably")
    assert len(claim.photos) == 10


def test_on_the_road_nothing_is_placed() -> None:
    road = [placed(f"{n}.jpg", 4 * n, 2_000 * n) for n in range(10)]
    assert claims(PLACED_BY_NEIGHBOURS, *road, dark("dark.jpg", 17)) == []


def test_places_of_other_photos_silence_it() -> None:
    shots = [each for n in range(60) for each in (placed(f"{n}.jpg", 600 * n, 20_000 * n), placed(f"{n}b.jpg", 600 * n + 4, 20_000 * n), dark(f"dark{n}.jpg", 600 * n + 2))]  # fmt: skip
    assert len(claims(PLACED_BY_NEIGHBOURS, *shots)) == 1
    places = [s.facts.places for s in shots if s.facts.places]
    Random(1).shuffle(places)
    mixed = [replace(s, facts=replace(s.facts, places=places.pop())) if s.facts.places else s for s in shots]
    assert claims(PLACED_BY_NEIGHBOURS, *mixed) == []


def test_times_that_cannot_belong_to_the_places_silence_it() -> None:
    jumps = [placed(f"{n}.jpg", 15 * n, 100_000 * (n % 2)) for n in range(10)]
    assert claims(PLACED_BY_NEIGHBOURS, *jumps, dark("dark.jpg", 50)) == []
    assert len(claims(PLACED_BY_NEIGHBOURS, *jumps[::2], dark("dark.jpg", 65))) == 1
