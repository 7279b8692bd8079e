"""Times of capture and editing, time zones, and the file's own date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exposure.model import Address, Time
from exposure.rules.time import capture_time, edit_times, file_dates, time_zone, utc_clock
from tests.rules.photos import HERE, field, photo

THEN = "2024-05-03T18:00:00"
CLOCK = Address("EXIF:GPS IFD:GPSTimeStamp")
OFFSET = "EXIF:Exif IFD:OffsetTimeOriginal"


def taken(local: str = THEN, offset: str | None = None, path: str | None = None, kind: str = "taken") -> Time:
    return Time(kind, local, offset, HERE, path)


def gps(local: str) -> Time:
    return Time("gps", local, "+00:00", CLOCK)


def edited(local: str, offset: str | None = None) -> Time:
    return Time("edited", local, offset, Address("XMP:xmp:ModifyDate"))


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (taken(), "2024-05-03 18:00:00, time zone not given"),
        (taken(offset="+02:00"), "2024-05-03 18:00:00, UTC+02:00"),
        (taken(kind="digitized"), "2024-05-03 18:00:00, time zone not given"),
        (gps(THEN), "2024-05-03 18:00:00 UTC"),
    ],
)
def test_a_time_is_said_with_its_zone(time: Time, said: str) -> None:
    found = capture_time.check(photo(time))
    assert found is not None
    assert [e.value for e in found.evidence] == [said]


def test_a_day_alone_is_said_as_a_day() -> None:
    found = capture_time.check(photo(taken("2024-05-03")))
    assert found is not None
    assert found.evidence[0].value == "2024-05-03"
    assert found.message is not None
    assert "day" in found.message


@pytest.mark.parametrize(
    "local",
    [
        *("1970-01-01T00:00:00", "1980-01-01T00:00:00", "2000-01-01T00:00:00", "2000-01-01T00:00:41"),
        *("1989-12-31T23:59:59", "2100-01-01T00:00:00", "9999-12-31T00:00:00"),
    ],
)
def test_a_clock_that_nobody_set_is_no_time(local: str) -> None:
    assert capture_time.check(photo(taken(local))) is None


@pytest.mark.parametrize("local", ["1990-01-01T00:00:00", "2000-01-01T09:14:00", "2038-01-20T00:00:00"])
def test_early_and_late_years_are_times(local: str) -> None:
    assert capture_time.check(photo(taken(local))) is not None


def test_an_edit_is_no_capture() -> None:
    assert capture_time.check(photo(edited(THEN))) is None


def test_a_zone_is_evidence_at_its_own_field() -> None:
    fields = (field(OFFSET, "+02:00"),)
    found = time_zone.check(photo(taken(offset="+02:00", path=OFFSET), fields=fields))
    assert found is not None
    assert found.evidence == ((fields[0].address, "UTC+02:00", "none"),)


def test_the_zone_of_an_edit_is_not_called_that_of_the_photo() -> None:
    found = time_zone.check(photo(taken(), edited(THEN, "-03:00")))
    assert found is not None
    assert found.message is not None
    assert "changed" in found.message


def test_a_zone_counts_once_for_each_field() -> None:
    times = (taken(offset="+02:00", path=OFFSET), taken(offset="+02:00", path=OFFSET, kind="digitized"))
    found = time_zone.check(photo(*times))
    assert found is not None
    assert [e.address.path for e in found.evidence] == [OFFSET]


def test_a_zone_left_behind_without_its_time_counts() -> None:
    assert time_zone.check(photo(fields=(field(OFFSET, "-07:00"),))) is not None
    assert time_zone.check(photo(fields=(field(OFFSET, "  :  "),))) is None


def test_world_time_written_as_such_tells_no_zone() -> None:
    assert time_zone.check(photo(edited(THEN, "+00:00"), gps(THEN))) is None
    assert time_zone.check(photo(taken(offset="+00:00", path=OFFSET))) is not None
    assert time_zone.check(photo(edited(THEN, "+01:00"))) is not None


@pytest.mark.parametrize(
    "world",
    ["16:00:00", "16:04:59", "15:55:01", "12:15:00", "12:30:00", "20:30:00"],
)
def test_local_and_world_time_give_the_zone_away(world: str) -> None:
    found = utc_clock.check(photo(taken(), gps(f"2024-05-03T{world}")))
    assert found is not None
    assert [e.address for e in found.evidence] == [HERE, CLOCK]


@pytest.mark.parametrize(
    "world", ["2024-05-03T16:22:00", "2024-05-02T16:00:00", "2024-05-05T16:00:00", "2024-05-03"]
)
def test_clocks_that_do_not_belong_together_say_nothing(world: str) -> None:
    assert utc_clock.check(photo(taken(), gps(world))) is None


def test_two_clocks_are_not_said_again_when_the_zone_is_there() -> None:
    seen = photo(taken(offset="+02:00", path=OFFSET), gps("2024-05-03T16:00:00"))
    assert utc_clock.check(seen) is None
    assert time_zone.check(seen) is not None


def test_a_leap_second_is_survived() -> None:
    assert utc_clock.check(photo(taken("2016-12-31T23:59:60"), gps("2016-12-31T23:59:59"))) is None


@pytest.mark.parametrize(
    ("edit", "capture", "is_later"),
    [
        (edited("2024-05-04T09:00:00"), taken(), True),
        (edited("2024-05-03T18:00:00"), taken(), False),
        (edited("2024-05-03T18:00:30"), taken(), False),  # the camera took its time to write
        (edited("2024-05-04T01:00:00", "+00:00"), taken(), False),  # may be the same moment far in the west
        (edited("2024-05-04T09:00:00", "+00:00"), taken(), True),
        (edited("2024-05-03T18:00:00", "+00:00"), taken(offset="+02:00"), True),
        (edited("2024-05-03T16:00:00", "+00:00"), taken(offset="+02:00"), False),
        (edited("2024-05-04"), taken(), False),
        (edited("2024-05-04T00:10:00"), taken("2024-05-03"), True),
    ],
)
def test_an_edit_is_after_the_capture(edit: Time, capture: Time, is_later: bool) -> None:
    assert (edit_times.check(photo(capture, edit)) is not None) == is_later


def test_an_edit_alone_is_said_as_a_change() -> None:
    found = edit_times.check(photo(edited(THEN)))
    assert found is not None
    assert found.message is not None
    assert "changed" in found.message


@pytest.mark.parametrize(
    ("hours", "is_near"), [(0, True), (23.9, True), (-23.9, True), (24.1, False), (-900, False)]
)
def test_a_file_date_near_the_capture_is_said(hours: float, is_near: bool) -> None:
    modified = datetime(2024, 5, 3, 18, tzinfo=UTC).timestamp() + hours * 3600
    found = file_dates.check(photo(taken(), modified=modified))
    assert (found is not None) == is_near
    assert not file_dates.leaves_with_file


def test_without_a_file_date_nothing_is_said() -> None:
    assert file_dates.check(photo(taken())) is None
