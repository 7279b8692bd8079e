from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from exposure.inferences._clock_regions import region
from exposure.inferences.zone import TIME_ZONE
from exposure.model import Claim, Confidence, Examination, Level
from tests.make.shots import claims, here, shot, taken

JULY, JANUARY = datetime(2024, 7, 1, 12), datetime(2024, 1, 8, 12)


def offsets(since: datetime, offset: str, days: int = 4) -> list[Examination]:
    return [shot(f"{since:%b}{offset}{n}.jpg", taken(offset, since, days=n)) for n in range(days)]


def hours(per_day: tuple[float, ...], days: int = 20) -> list[Examination]:
    """Photos at these hours of every day, without any offset."""
    midnight = datetime(2024, 5, 6)
    return [
        shot(f"{n} {h}.jpg", taken(None, midnight, days=n, hours=h)) for n in range(days) for h in per_day
    ]


def zone(*shots: Examination) -> Claim | None:
    return next((c for c in claims(TIME_ZONE, *shots) if c.subject == "zone"), None)


def rhythm(*shots: Examination) -> Claim | None:
    return next((c for c in claims(TIME_ZONE, *shots) if c.subject == "hours"), None)


@pytest.mark.parametrize(
    "winter, summer, where",
    [("+01:00", "+02:00", "central Europe"), ("+00:00", "+01:00", "Britain"), ("-05:00", "-04:00", "east of the United States"),
     ("+11:00", "+10:00", "south-eastern Australia"), ("+13:00", "+12:00", "New Zealand"), ("+05:30", "+05:30", "India"), ("+09:00", "+09:00", "Japan")],
)  # fmt: skip
def test_offsets_of_both_seasons_name_a_region(winter: str, summer: str, where: str) -> None:
    shots = offsets(JANUARY, winter) + offsets(JULY, summer)
    found = zone(*shots)
    assert found is not None
    assert (found.level, found.confidence) == (Level.LOW, Confidence.FIRM)
    assert where in found.message
    assert list(found.photos) == list(range(8))


def test_one_season_names_only_the_offset() -> None:
    found = zone(*offsets(JULY, "+02:00"))
    assert found is not None and found.confidence is Confidence.TENTATIVE
    assert found.message == "A stranger would guess that your clocks run at UTC+2."


def test_a_journey_does_not_hide_it() -> None:
    shots = (
        offsets(JANUARY, "+01:00", 10)
        + offsets(JULY, "+02:00", 20)
        + offsets(datetime(2024, 7, 25), "+09:00", 5)
    )
    found = zone(*shots)
    assert found is not None and "central Europe" in found.message


def test_somebody_who_moved_gets_no_region_between() -> None:
    shots = (
        offsets(JULY, "+01:00", 12)
        + offsets(JANUARY, "+01:00", 10)
        + offsets(datetime(2025, 7, 1), "+02:00", 10)
    )
    found = zone(*shots)
    assert found is not None and "Africa" not in found.message


def test_many_offsets_say_nothing() -> None:
    assert zone(*(s for n in range(6) for s in offsets(JULY + timedelta(days=4 * n), f"+0{n}:00"))) is None


def test_few_photos_with_offsets_say_nothing() -> None:
    assert zone(*offsets(JULY, "+02:00", 2)) is None
    assert zone(*(shot(f"{n}.jpg", taken("+02:00", seconds=n)) for n in range(9))) is None  # one day


def test_unknown_regions_are_not_named() -> None:
    assert region(90, 90) == region(60, 180) == ""


def test_quiet_hours_show_when_somebody_sleeps() -> None:
    shots = hours((7.5, 9, 11, 13, 15, 17, 19, 21, 22.5))
    found = rhythm(*shots)
    assert found is not None
    assert (found.level, found.confidence) == (Level.LOW, Confidence.TENTATIVE)
    assert "between 23:00 and 7:00" in found.message
    assert list(found.photos) == list(range(len(shots)))


def test_nobody_sleeps_where_photos_are_taken_at_all_hours() -> None:
    rng = Random(1)
    for _ in range(100):
        assert rhythm(*(shot(f"{n}.jpg", taken(hours=rng.uniform(0, 24 * 60))) for n in range(200))) is None


def test_photos_of_the_afternoon_alone_do_not_show_sleep() -> None:
    assert rhythm(*hours((13, 14, 15, 16, 17))) is None


def test_bursts_count_once() -> None:
    burst = [shot(f"{n}.jpg", taken(hours=24 * (n % 15), minutes=n / 100)) for n in range(900)]
    assert rhythm(*burst) is None


def test_few_times_and_few_days_say_nothing() -> None:
    waking = (7.5, 9, 11, 13, 15, 17, 19, 21, 22.5)
    assert rhythm(*hours(waking, days=13)) is None
    assert rhythm(*hours(waking, days=60)[::25]) is None


def test_an_outlier_does_not_hide_the_night() -> None:
    shots = [
        *hours((7.5, 9, 11, 13, 15, 17, 19, 21, 22.5)),
        shot("party.jpg", taken(None, datetime(2024, 5, 8, 3))),
    ]
    found = rhythm(*shots)
    assert found is not None and "1 lies in that part of the day" in found.why[0]


def test_half_of_the_day_in_few_photos_may_be_chance() -> None:
    noon = hours((8.5, 11, 14, 17, 19.5), days=20)
    assert rhythm(*noon[::6]) is None
    assert rhythm(*noon) is not None


def test_a_short_quiet_time_may_be_chance() -> None:
    midnight = datetime(2024, 5, 6)
    shots = [shot(f"{n}.jpg", taken(None, midnight, days=n, hours=n % 19)) for n in range(38)]
    assert rhythm(*shots) is None


def test_times_of_satellites_alone_tell_the_clock_of_the_place_and_not_utc() -> None:
    """Munich, though every file says UTC only."""
    shots = [
        shot(f"{since:%b}{n}.jpg", taken("+00:00", since, days=n)._replace(kind="gps"), here())
        for since in (JULY, JANUARY)
        for n in range(4)
    ]
    claim = zone(*shots)
    assert claim is not None and "UTC+1 in December and at UTC+2 in July" in claim.message
