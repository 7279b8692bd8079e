from __future__ import annotations

from exposure.inferences.away import AWAY_NOW
from exposure.model import Confidence
from tests.inferences.lives import at, far, home_life, said


def test_fresh_photos_far_from_home_say_that_you_are_away() -> None:
    (claim,) = said(
        AWAY_NOW, *home_life(range(60)), *at(far(300), 12.0, days=range(60, 63)), today="2024-03-04"
    )
    assert claim.confidence is Confidence.FIRM and len(claim.photos) == 2


def test_old_photos_say_nothing_of_today() -> None:
    away = at(far(300), 12.0, days=range(60, 63))
    assert said(AWAY_NOW, *home_life(range(60)), *away, today="2024-03-09") == []


def test_photos_from_the_future_neither() -> None:
    away = at(far(300), 12.0, days=range(60, 63))
    assert said(AWAY_NOW, *home_life(range(60)), *away, today="2024-02-01") == []


def test_who_is_back_is_not_away() -> None:
    away, back = at(far(300), 12.0, days=range(60, 63)), at(far(0), 20.0, days=range(62, 63))
    assert said(AWAY_NOW, *home_life(range(60)), *away, *back, today="2024-03-03") == []


def test_without_a_home_nobody_is_away() -> None:
    assert said(AWAY_NOW, *at(far(300), 12.0, days=range(2)), today="2024-01-02") == []
