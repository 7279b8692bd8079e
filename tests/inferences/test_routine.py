from __future__ import annotations

from exposure.inferences.routine import ROUTINE
from exposure.model import Confidence
from tests.inferences.lives import at, home_life, said
from tests.make.shots import here


def test_the_same_place_every_tuesday_evening_is_a_routine() -> None:
    course = at(here(north=3000), 18.0, 18.4, days=range(90), weekdays=range(1, 2))
    (claim,) = said(ROUTINE, *home_life(), *course)
    assert claim.confidence is Confidence.TENTATIVE
    assert "on a Tuesday" in claim.message
    assert claim.why[0].startswith(
        "In 13 of the last 13 weeks with photos you were there on a Tuesday around 18"
    )


def test_now_and_then_is_none() -> None:
    course = at(here(north=3000), 18.0, days=range(0, 90, 21), weekdays=range(7))
    assert said(ROUTINE, *home_life(), *course) == []


def test_hours_that_change_are_none() -> None:
    course = at(here(north=3000), 8.0, 11.0, 14.0, 17.0, 20.0, days=range(90), weekdays=range(1, 2))
    assert said(ROUTINE, *home_life(), *course) == []


def test_what_ended_long_ago_is_none() -> None:
    course = at(here(north=3000), 18.0, days=range(90), weekdays=range(1, 2))
    assert said(ROUTINE, *course, *home_life(range(90, 200))) == []


def test_being_at_home_is_none() -> None:
    assert said(ROUTINE, *home_life()) == []
