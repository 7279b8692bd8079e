from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from exposure.inferences.home import LIKELY_HOME
from exposure.model import Address, Confidence, Level, Place, Time
from exposure.places import zone
from tests.inferences.lives import at, far, home_life, said, work_life
from tests.make.shots import here, shot, taken


def metres_from_here(place: Place | None) -> float:
    assert place is not None and place.latitude is not None and place.longitude is not None
    return max(abs(place.latitude - 48.137) * 111_195, abs(place.longitude - 11.575) * 74_200)


def test_evenings_mornings_and_weekends_at_one_place_are_a_likely_home() -> None:
    (claim,) = said(LIKELY_HOME, *home_life(), *work_life())
    assert claim.confidence is Confidence.FIRM and claim.level is Level.CRITICAL
    assert metres_from_here(claim.place) < 5 and claim.radius_m == 50
    assert "probably guess" in claim.message and "48." not in claim.message + " ".join(claim.why)


def test_four_days_are_only_possible() -> None:
    (claim,) = said(LIKELY_HOME, *at(here(), 20.5, 7.3, 18.0, days=range(0, 40, 10)))
    assert claim.confidence is Confidence.TENTATIVE and claim.level is Level.HIGH
    assert "perhaps" in claim.message


@pytest.mark.parametrize(
    "photos",
    [
        [],
        list(at(here(), 20.0, days=range(0, 2))),
        list(at(here(), 19.0, days=range(100), weekdays=range(1, 2))),  # a course on Tuesday evenings
        list(at(far(400), 8.0, 20.0, 23.0, days=range(12))),  # a hotel for twelve days
        list(at(here(), 9.5, 11.0, 14.0, 16.5, days=range(90), weekdays=range(5))),  # an office
        list(at(here(), 17.2, 18.9, 16.5, days=range(0, 60, 4))),  # a walk after work
    ],
)
def test_a_place_that_is_no_home_is_none(photos: list) -> None:  # type: ignore[type-arg]
    assert said(LIKELY_HOME, *photos) == []


def test_where_somebody_goes_out_is_a_home_only_where_nothing_else_may_be() -> None:
    bar = list(at(here(north=3000), 20.5, 22.5, 19.0, 23.5, days=range(0, 120, 4)))
    (alone,) = said(LIKELY_HOME, *bar)
    assert alone.confidence is Confidence.TENTATIVE and metres_from_here(alone.place) > 2900
    (home,) = said(LIKELY_HOME, *bar, *at(here(), 7.3, 20.2, 18.3, 21.4, 9.4, days=range(1, 120, 9)))
    assert home.confidence is Confidence.TENTATIVE and metres_from_here(home.place) < 5


def test_a_move_gives_two_homes_in_the_order_of_time() -> None:
    second = at(here(north=9000), 7.2, 20.5, 18.4, 21.7, 11.0, days=range(100, 190))
    first, then = said(LIKELY_HOME, *second, *home_life())
    assert metres_from_here(first.place) < 5
    assert metres_from_here(then.place) == pytest.approx(9000, abs=5)
    assert "one of 2 homes" in first.message


def test_the_camera_of_somebody_else_changes_nothing() -> None:
    mine = home_life()
    (alone,) = said(LIKELY_HOME, *mine)
    theirs = at(far(600), 7.1, 20.2, 18.3, 21.9, 12.0, days=range(0, 90, 2), model="Pixel 8")
    (together,) = said(LIKELY_HOME, *mine, *theirs)
    assert together == alone


def test_a_second_camera_that_goes_along_counts() -> None:
    beside = [replace(p, name=f"b {p.name}") for p in at(here(), 7.3, 20.6, days=range(90), model="X100")]
    (claim,) = said(LIKELY_HOME, *home_life(), *beside)
    assert len(claim.photos) == 90 + 90


def test_received_pictures_do_not_count() -> None:
    received = [shot(f"WA{n}.jpg", taken(days=n), here(north=7000)) for n in range(60)]
    assert said(LIKELY_HOME, *home_life(), *received) == said(LIKELY_HOME, *home_life())


def test_blurred_positions_do_not_count() -> None:
    assert said(LIKELY_HOME, *at(here(radius=500.0), 20.5, 7.0, 21.0, days=range(90))) == []


def test_times_that_were_mixed_up_say_nothing() -> None:
    again = (at(here(), 20.53, 7.23, days=range(90)), at(here(north=4000), 9.73, 11.23, days=range(90)))
    photos = [*home_life(), *work_life(), *again[0], *again[1]]
    places = [photo.facts.places for photo in photos]
    random.Random(3).shuffle(places)
    mixed = [
        replace(p, facts=replace(p.facts, places=where)) for p, where in zip(photos, places, strict=True)
    ]
    assert said(LIKELY_HOME, *photos) and said(LIKELY_HOME, *mixed) == []


def test_the_date_line_cuts_no_home_in_two() -> None:
    def beside(east: float) -> Place:
        return here()._replace(latitude=-17.0, longitude=(180 + east / 106_000 + 180) % 360 - 180)

    west = at(beside(-15), 7.2, 20.5, 18.4, days=range(0, 90, 2))
    east = at(beside(15), 21.7, 11.0, 20.1, days=range(1, 90, 2))
    (claim,) = said(LIKELY_HOME, *west, *east)
    assert len(claim.photos) == 90 and claim.place is not None
    assert abs(abs(claim.place.longitude or 0) - 180) < 0.0005


def test_times_of_satellites_alone_are_read_by_the_clock_of_the_place() -> None:
    """Munich: the hours of a home, two hours later than its world time in summer."""
    clocks = [replace(each, facts=replace(each.facts, times=world(each.facts.times))) for each in home_life()]
    (claim,), (plain,) = said(LIKELY_HOME, *clocks), said(LIKELY_HOME, *home_life())
    assert claim.confidence is Confidence.FIRM and claim.why == plain.why


def test_where_no_time_zone_is_known_the_sun_tells_the_time() -> None:
    """Little Diomede, between Asia and America, where it is 11 hours earlier than in Greenwich."""
    island = Place(65.757, -168.93, 5.0, None, Address("EXIF:GPS IFD:GPSLatitude"))
    photos = [
        replace(each, facts=replace(each.facts, places=(island,), times=(time,)))
        for each in home_life()
        for (local,) in [each.facts.times]
        for moment in [datetime.fromisoformat(local.local) + timedelta(hours=11)]
        for time in [local._replace(kind="gps", local=moment.isoformat(), utc_offset="+00:00")]
    ]
    assert zone(65.757, -168.93) is None
    (claim,), (plain,) = said(LIKELY_HOME, *photos), said(LIKELY_HOME, *home_life())
    assert claim.why == plain.why


def world(times: tuple[Time, ...]) -> tuple[Time, ...]:
    (local,) = times
    moment = datetime.fromisoformat(local.local).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    return (local._replace(kind="gps", local=moment.isoformat()[:19], utc_offset="+00:00"),)


def test_a_clock_that_fell_back_gives_way_to_the_satellites() -> None:
    fallen = [
        replace(each, facts=replace(each.facts, times=(taken(None, datetime(2005, 1, 1), minutes=n), *times)))
        for n, each in enumerate(home_life())
        for times in [world(each.facts.times)]
    ]
    (claim,) = said(LIKELY_HOME, *fallen)
    assert claim.confidence is Confidence.FIRM and "January 2024" in claim.why[0]


def test_satellites_that_are_years_behind_give_way_to_the_clock() -> None:
    """Their weeks begin again at 0 every 1,024."""
    rolled = [
        replace(
            each,
            facts=replace(
                each.facts, times=(*each.facts.times, taken(None, datetime(2005, 1, 1))._replace(kind="gps"))
            ),
        )
        for each in home_life()
    ]
    (claim,) = said(LIKELY_HOME, *rolled)
    assert claim.confidence is Confidence.FIRM and "January 2024" in claim.why[0]


def test_a_life_in_photos_that_name_no_camera_is_seen_beside_a_few_that_do() -> None:
    unnamed = [replace(each, facts=replace(each.facts, devices=())) for each in home_life()]
    few = at(here(north=50_000), 12.0, 15.0, days=range(0, 80, 20), model="Pixel 8")
    (claim,) = said(LIKELY_HOME, *unnamed, *few)
    assert claim.confidence is Confidence.FIRM


def test_fewer_photos_that_name_no_camera_are_of_somebody_else() -> None:
    (alone,) = said(LIKELY_HOME, *home_life())
    unnamed = at(here(north=9000), 7.1, 20.2, 18.3, 21.9, 12.0, days=range(0, 90, 2))
    others = [replace(each, facts=replace(each.facts, devices=())) for each in unnamed]
    (together,) = said(LIKELY_HOME, *home_life(), *others)
    assert together == alone
