from __future__ import annotations

import pytest

from exposure.model import Confidence, Level
from exposure.plugins import PostRule
from exposure.rules._post_times import wait
from exposure.rules.post_live import exact_place_now, live_habit, live_post
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import NOON, check_hostile, check_silent, named, photo, posted, taken, there, values

MUNICH = there(48.137, 11.575)


@pytest.mark.parametrize("rule", post_rules_of("post_live"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


def test_a_fresh_post_from_the_spot() -> None:
    found = posted(MUNICH, taken("2026-11-20T11:00:00", "+01:00"))
    assert values(live_post.check(found)) == ["48.137000, 11.575000", "2026-11-20 11:00:00 +01:00"]
    assert exact_place_now.check(found) is not None
    assert live_habit.check(found) is None
    assert live_post.level is Level.HIGH and live_post.confidence is Confidence.FIRM


def test_an_old_post_from_the_spot_is_no_danger_now() -> None:
    found = posted(MUNICH, taken("2026-11-20T11:00:00", "+01:00"), today="2027-03-01")
    assert live_post.check(found) is None and exact_place_now.check(found) is None
    assert live_habit.check(found) is not None and not live_habit.critical_for


@pytest.mark.parametrize("service", ["google-photos", "icloud"])
def test_a_phone_that_sends_up_its_photos_posts_nothing(service: str) -> None:
    for today in ("2026-11-21", "2027-03-01"):
        found = posted(MUNICH, taken("2026-11-20T11:00:00", "+01:00"), today=today, service=service)
        assert not any(rule.check(found) for rule in (live_post, live_habit, exact_place_now))


def test_who_is_in_danger_hears_it_louder() -> None:
    assert exact_place_now.critical_for == {"survivor", "journalist", "activist"}
    assert live_post.critical_for == {"survivor"}


def test_the_photo_brings_place_and_time() -> None:
    seen = photo(MUNICH, taken("2026-11-20T11:00:00", "+01:00"))
    assert exact_place_now.check(posted(seen=[seen])) is not None


def test_a_place_that_is_only_named_is_live_but_not_exact() -> None:
    found = posted(named("Café Central"), taken("2026-11-20T11:00:00", "+01:00"))
    assert values(live_post.check(found))[0] == "Café Central"
    assert exact_place_now.check(found) is None


def test_without_a_place_nothing_is_told() -> None:
    assert live_post.check(posted(taken("2026-11-20T11:00:00", "+01:00"))) is None


def test_null_island_is_no_place() -> None:
    assert live_post.check(posted(there(0.0, 0.0), taken("2026-11-20T11:00:00", "+01:00"))) is None


def test_what_only_the_service_knows_of_the_place_is_no_place_for_others() -> None:
    time = taken("2026-11-20T11:00:00", "+01:00")
    assert live_post.check(posted(stored=[MUNICH, time])) is None
    assert live_post.check(posted(MUNICH, stored=[time])) is not None


@pytest.mark.parametrize(
    "local, offset, live",
    [
        ("2026-11-19T13:30:00", "+01:00", True),  # 23 h 30 min before
        ("2026-11-19T12:30:00", "+01:00", False),  # 24 h 30 min before
        ("2026-11-20T12:58:00", "+01:00", True),  # two minutes before
        ("2026-11-20T13:05:00", "+01:00", True),  # five minutes after: clocks differ
        ("2026-11-20T14:00:00", "+01:00", False),  # an hour after: one of the clocks is wrong
        ("2026-11-19T23:30:00", "-11:00", True),
        ("2026-11-19T00:30:00", "-11:00", False),
    ],
)
def test_the_offset_decides(local: str, offset: str, live: bool) -> None:
    assert (live_post.check(posted(MUNICH, taken(local, offset))) is not None) is live


@pytest.mark.parametrize(
    "place, local, live",
    [
        (MUNICH, "2026-11-19T13:30:00", True),  # UTC+1 there
        (MUNICH, "2026-11-19T12:30:00", False),
        (there(-36.85, 174.76), "2026-11-20T01:30:00", True),  # Auckland, UTC+13: 23 h 30 min before
        (there(-36.85, 174.76), "2026-11-20T00:30:00", False),
        (there(21.3, -157.86), "2026-11-19T02:30:00", True),  # Honolulu, UTC-10: 23 h 30 min before
        (there(21.3, -157.86), "2026-11-19T01:30:00", False),
    ],
)
def test_without_an_offset_the_place_tells_the_zone(place: object, local: str, live: bool) -> None:
    assert (live_post.check(posted(place, taken(local))) is not None) is live  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "local, live",
    [
        ("2026-11-20T02:30:00", True),  # at most 23 h 30 min before, wherever that was
        ("2026-11-20T01:30:00", False),  # may have been 24 h 30 min before
        ("2026-11-21T01:00:00", True),  # in the far east, an hour before
        ("2026-11-21T03:00:00", False),  # after the post, wherever that was
    ],
)
def test_without_a_zone_only_what_holds_in_every_zone_counts(local: str, live: bool) -> None:
    assert (live_post.check(posted(named("Pier 7"), taken(local))) is not None) is live


def test_a_clock_of_satellites_is_utc() -> None:
    found = wait(posted(taken("2026-11-20T10:00:00", None, "gps")))
    assert found is not None and found.most.total_seconds() == 7200


def test_a_time_that_the_service_filled_in_tells_nothing() -> None:
    assert wait(posted(taken(NOON.rstrip("Z")))) is None


@pytest.mark.parametrize(
    "local", ["2000-01-01T00:00:00", "1980-01-01T00:00:00", "nonsense", "2026-11-20T99:00:00"]
)
def test_a_clock_that_nobody_set_tells_nothing(local: str) -> None:
    assert wait(posted(taken(local, "+01:00"))) is None


def test_nobody_is_told_to_be_away_who_may_be_at_home() -> None:
    """Where somebody lives is not known while posts pass."""
    found = live_post.check(posted(MUNICH, taken("2026-11-20T11:00:00", "+01:00")))
    assert found is not None and "not at home" not in (found.message or live_post.message)


def test_one_fresh_photo_among_old_ones_is_enough() -> None:
    old = photo(taken("2020-01-05T11:00:00", "+01:00"))
    new = photo(taken("2026-11-20T11:00:00", "+01:00"), name="b.jpg")
    assert live_post.check(posted(MUNICH, seen=[old, new])) is not None
    assert live_post.check(posted(MUNICH, seen=[old])) is None
