"""How long after it was taken a photo was posted, as far as the clocks allow.

The time of a post is UTC; that of a photo is what its camera's clock said, with an offset if we are lucky. Without one the
position tells the time zone, and without a position every zone on Earth is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from exposure.guards import credible, usable
from exposure.model import Place, Time
from exposure.post import Posted

WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
"""The offsets from UTC at the ends of the Earth."""
_EARLY = timedelta(minutes=-10)
"""A photo cannot be posted before it was taken, but clocks differ a little."""
_KINDS = {"taken": 0, "utc": 1, "gps": 2}
"""Times that say when a photo was taken, the best first."""
_WHOLE = len("2024-05-03T18:00:00")
_MOST = 64
"""More times than these are not looked at."""


class Wait(NamedTuple):
    """From taking to posting: at least and at most; the same where the zone of the camera's clock is known."""

    least: timedelta
    most: timedelta
    taken: Time


def wait(posted: Posted, within: timedelta = timedelta.max) -> Wait | None:
    """The shortest of those of its photos; None where no clock says anything that can be. What is longer than `within` in
    any case is not looked at closely: to ask a position for its time zone takes long."""
    at = moment(posted.post.posted)
    if at is None:
        return None
    waits = (_wait(at, time, place, within) for time, place in _clocks(posted))
    return min((w for w in waits if w is not None), key=lambda w: (w.most, w.least), default=None)


def moment(text: str) -> datetime | None:
    """``2024-05-04T10:11:12Z`` as a moment, without a zone where none is said; None when it is none."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _clocks(posted: Posted) -> Iterator[tuple[Time, Place | None]]:
    """The best time of capture of each photo and all of the post, with a position whose zone that clock may have kept.

    A time equal to that of the post, to the second, was filled in by the service.
    """
    post = posted.post
    tagged = next(filter(usable, (*post.facts.places, *post.stored.places)), None)
    own = post.posted[:_WHOLE]
    for photo in posted.photos:
        place = next(filter(usable, photo.facts.places), None) or tagged
        times = [time for time in photo.facts.times if _tells(time)]
        if times:
            yield min(times, key=lambda time: (time.utc_offset is None, _KINDS[time.kind])), place
    for time in (*post.facts.times, *post.stored.times)[:_MOST]:
        if _tells(time) and time.local[:_WHOLE] != own:
            yield time, tagged


def _tells(time: Time) -> bool:
    return time.kind in _KINDS and credible(time.local)


def _wait(at: datetime, time: Time, place: Place | None, within: timedelta) -> Wait | None:
    try:
        clock = datetime.fromisoformat(time.local[:_WHOLE])
    except ValueError:
        return None
    if clock.tzinfo is not None:
        return None
    asked = at.tzinfo is not None and at - clock.replace(tzinfo=UTC) + WEST <= within
    zone = _zone(clock, time, place) if asked else None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    try:
        if zone is not None:
            exact = at - clock.replace(tzinfo=UTC) + zone
            return Wait(exact, exact, time) if exact >= _EARLY else None
        blind = at - clock.replace(tzinfo=UTC)
        least, most = blind + WEST, blind + EAST
    except OverflowError:
        return None
    return Wait(max(least, timedelta()), most, time) if most >= _EARLY else None


def _zone(clock: datetime, time: Time, place: Place | None) -> timedelta | None:
    """How far the camera's clock was from UTC; None when nothing says it."""
    if time.kind in ("gps", "utc"):
        return timedelta()
    if time.utc_offset is not None:
        try:
            found = datetime.strptime(time.utc_offset, "%z").utcoffset()
        except ValueError:
            found = None
        if found is not None:
            return found
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return _zone_there(clock, place.latitude, place.longitude)


def _zone_there(clock: datetime, latitude: float, longitude: float) -> timedelta | None:
    """That of the clocks at a place; None far from land, and where this machine has no table of zones."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from exposure.places import zone

    name = zone(latitude, longitude)
    if name is None:
        return None
    try:
        return clock.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, OverflowError, ValueError):
        return None
