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


def test_of_many_places_that_are_alike_none_is_work() -> None:
    """Somebody who does not work, at twelve places on any day at the hours of offices."""
    spots = [
        each
        for n in range(12)
        for each in at(
            here(north=1500 * (n + 2)), 11.6, 14.1, 16.3, 12.4, 13.6, 10.2, 17.1, days=range(n, 600, 13)
        )
    ]
    assert said(LIKELY_WORK, *home_life(range(600)), *spots) == []


def test_a_place_that_is_the_same_at_weekends_is_not_likely() -> None:
    cafe = at(here(north=2000), 9.2, 11.0, 14.2, 16.3, 10.1, days=range(0, 90, 2))
    assert all(c.confidence is Confidence.TENTATIVE for c in said(LIKELY_WORK, *home_life(), *cafe))


def test_a_park_that_somebody_retired_walks_in_on_any_day_is_no_work() -> None:
    """Five in seven of its days are working days, as they are of all days."""
    park = at(here(north=2000), 11.3, 14.2, 16.1, 12.5, days=range(0, 175, 5))
    assert said(LIKELY_WORK, *home_life(range(175)), *park) == []


def test_fetching_a_child_hides_no_place_of_work() -> None:
    """At the school on every working day, at work on a few: work is where somebody is in the late morning."""
    runs = at(here(north=2000), 8.1, 15.7, 14.6, 16.2, days=range(90), weekdays=range(5))
    (claim,) = said(LIKELY_WORK, *home_life(), *runs, *work_life(range(0, 90, 5)))
    assert claim.confidence is Confidence.FIRM
    assert claim.place is not None and abs((claim.place.latitude or 0) - 48.137 - 4000 / 111_195) < 1e-4


def test_two_places_of_work_one_after_the_other_are_both_likely() -> None:
    later = at(here(north=8000), 9.7, 11.2, 14.2, 16.4, 12.5, days=range(100, 190), weekdays=range(5))
    found = said(LIKELY_WORK, *home_life(range(190)), *work_life(), *later)
    assert [claim.confidence for claim in found] == [Confidence.FIRM] * 2
