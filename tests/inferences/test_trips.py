from __future__ import annotations

from exposure.inferences.trips import TRIPS
from exposure.model import Confidence
from tests.inferences.lives import abroad, at, far, home_life, said


def test_days_far_from_home_are_a_trip_with_its_dates() -> None:
    (claim,) = said(TRIPS, *home_life(range(60)), *at(far(400), 12.0, 15.0, days=range(60, 68)))
    assert claim.confidence is Confidence.FIRM
    assert "from 1 March 2024 to 8 March 2024: 7 nights, up to 400 km away" in claim.message
    assert claim.why == ("8 photos on 8 of those days were taken more than 100 km from home",)
    assert list(claim.photos) == list(range(60, 68))


def test_coming_home_ends_a_trip() -> None:
    first = at(far(300), 12.0, days=range(60, 63))
    then = at(abroad(), 12.0, days=range(70, 75))
    claims = said(TRIPS, *home_life(range(60)), *first, *home_life(range(63, 70)), *then)
    assert ["2 nights" in claims[0].message, "4 nights" in claims[1].message] == [True, True]


def test_a_long_time_away_may_be_a_home() -> None:
    for nights, may_be in ((13, False), (14, True)):
        away = at(far(400), 12.0, 15.0, days=range(60, 61 + nights))
        (claim,) = said(TRIPS, *home_life(range(60)), *away)
        assert any("you lived there" in each for each in claim.could_be_wrong_if) is may_be


def test_a_day_out_is_no_trip() -> None:
    assert said(TRIPS, *home_life(), *at(far(150), 12.0, 16.0, days=range(90, 91))) == []


def test_a_place_near_home_is_no_trip() -> None:
    assert said(TRIPS, *home_life(), *at(far(60), 12.0, 16.0, days=range(90, 97))) == []


def test_without_any_home_there_is_no_trip() -> None:
    assert said(TRIPS, *at(far(400), 12.0, 16.0, days=range(5)), *at(abroad(), 12.0, days=range(5, 9))) == []


def test_who_takes_no_photo_at_home_still_has_an_area_of_their_own() -> None:
    about = [photo for n in range(12) for photo in at(far(n * 1.5), 15.0, days=range(n * 5, n * 5 + 1))]
    (claim,) = said(TRIPS, *about, *at(abroad(), 12.0, days=range(60, 66)))
    assert claim.confidence is Confidence.TENTATIVE and "5 nights" in claim.message
