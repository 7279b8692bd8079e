from __future__ import annotations

from exposure.inferences.work import LIKELY_WORK
from exposure.model import Confidence
from tests.inferences.lives import at, home_life, said, work_life
from tests.make.shots import here


def test_many_working_days_are_a_likely_place_of_work() -> None:
    (claim,) = said(LIKELY_WORK, *home_life(), *work_life())
    assert claim.confidence is Confidence.FIRM
    assert claim.place is not None and abs((claim.place.latitude or 0) - 48.137 - 4000 / 111_195) < 1e-4
    assert "10 in 10 visits" in claim.why[1]


def test_four_days_are_only_possible() -> None:
    (claim,) = said(
        LIKELY_WORK, *home_life(), *at(here(north=4000), 10.0, 14.0, 16.0, 11.0, days=range(0, 32, 8))
    )
    assert claim.confidence is Confidence.TENTATIVE and "perhaps" in claim.message


def test_home_is_no_place_of_work() -> None:
    assert said(LIKELY_WORK, *home_life()) == []


def test_taking_a_child_to_school_is_no_work() -> None:
    runs = at(here(north=2000), 8.1, 15.2, days=range(90), weekdays=range(5))
    assert said(LIKELY_WORK, *home_life(), *runs) == []


def test_lunch_is_no_work() -> None:
    lunch = at(here(north=2000), 12.3, 13.0, days=range(90), weekdays=range(5))
    assert said(LIKELY_WORK, *home_life(), *lunch) == []


def test_shifts_are_possible_work() -> None:
    shifts = at(here(north=3000), 6.5, 15.5, 23.0, 10.0, 19.0, days=range(0, 90, 2), weekdays=range(5))
    (claim,) = said(LIKELY_WORK, *home_life(range(1, 90, 2)), *shifts)
    assert claim.confidence is Confidence.TENTATIVE
