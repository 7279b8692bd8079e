"""When a photo was taken, out of all the times in it: of its camera, of the satellites and of services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from exposure.guards import credible, offset
from exposure.model import Facts, Time

UNKNOWN = -(1 << 62)
"""A time that is not known."""
NO_OFFSET = 1 << 14
"""An offset from UTC that is not known."""

_FALLEN_BACK = 7 * 86_400
"""By so many seconds the camera's clock is behind the satellites' only where it fell back to what it counts from. One that
is ahead of them may be right: their weeks are counted round, and old receivers are years behind."""


def taken(facts: Facts) -> tuple[int, int]:
    """When it was taken, in seconds as if since 1970 UTC, or `UNKNOWN`; and that clock's offset from UTC in minutes, 0 where only
    the time of the world is known, or `NO_OFFSET`."""
    by_kind: dict[str, Time] = {}
    for time in facts.times:
        if credible(time.local) and len(time.local) >= 19 and (time.utc_offset or time.kind not in by_kind):
            by_kind.setdefault(time.kind, time)
            if time.utc_offset and not by_kind[time.kind].utc_offset:
                by_kind[time.kind] = time
    local = next((by_kind[kind] for kind in ("taken", "digitized") if kind in by_kind), None)
    world = next((by_kind[kind] for kind in ("utc", "gps") if kind in by_kind), None)
    seconds = UNKNOWN if local is None else _seconds(local.local)
    other = UNKNOWN if world is None else _seconds(world.local)
    if other != UNKNOWN and other - seconds > _FALLEN_BACK:  # as if nothing were known of the other clock
        return other, 0
    if local is None or seconds == UNKNOWN:
        return UNKNOWN, NO_OFFSET
    if local.utc_offset and (minutes := _minutes(local.utc_offset)) is not None:
        return seconds, minutes
    if other != UNKNOWN:
        minutes = offset(timedelta(seconds=seconds - other))
        return seconds, NO_OFFSET if minutes is None else minutes
    return seconds, NO_OFFSET


def _seconds(local: str) -> int:
    try:
        return int(datetime.fromisoformat(local[:19]).replace(tzinfo=UTC).timestamp())
    except ValueError:  # a leap second
        return UNKNOWN


def _minutes(text: str) -> int | None:
    """±hh:mm as minutes."""
    try:
        minutes = int(text[1:3]) * 60 + int(text[4:6])
    except ValueError:
        return None
    return -minutes if text[0] == "-" else minutes
