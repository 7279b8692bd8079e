from __future__ import annotations

from exposure.inferences.borders import BORDER_CROSSING
from tests.inferences.lives import abroad, at, home_life, said


def test_each_change_of_country_is_counted() -> None:
    there = at(abroad(), 12.0, 16.0, days=range(60, 65))
    (claim,) = said(BORDER_CROSSING, *home_life(range(60)), *there, *home_life(range(66, 90)))
    assert "2 countries" in claim.message and "another: at least 2 times." in claim.message
    assert claim.why == ("The countries are France and Germany",)


def test_one_way_may_have_been_there_and_back() -> None:
    there = at(abroad(), 12.0, 16.0, days=range(60, 65))
    (claim,) = said(BORDER_CROSSING, *home_life(range(60)), *there)
    assert "at least once" in claim.message


def test_one_country_is_no_crossing() -> None:
    assert said(BORDER_CROSSING, *home_life()) == []


def test_one_photo_abroad_may_be_a_mistake() -> None:
    there = at(abroad(), 12.0, days=range(60, 61))
    assert said(BORDER_CROSSING, *home_life(range(60)), *there, *home_life(range(61, 80))) == []


def test_near_a_border_nothing_is_said() -> None:
    salzburg = abroad()._replace(latitude=47.8370, longitude=12.9810)
    freilassing = abroad()._replace(latitude=47.8410, longitude=12.9760)
    across = [*at(salzburg, 12.0, days=range(0, 40, 2)), *at(freilassing, 13.0, days=range(1, 40, 2))]
    assert said(BORDER_CROSSING, *across) == []
