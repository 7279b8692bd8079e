"""Clocks as the rules about time compare them: which times count, and what two of them differ by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from exposure.guards import credible
from exposure.model import Photo, Time

_WRITING = timedelta(minutes=1)
"""A camera may take this long to write a file; only a change after that is an edit."""

_ANY_ZONE = timedelta(hours=14)
"""What two clocks of unknown zones may differ by and still show the same moment."""


def times(photo: Photo, kinds: Iterable[str]) -> list[Time]:
    """The times of those kinds that no clock fell back to and no calendar forbids."""
    return [t for t in photo.facts.times if t.kind in kinds and credible(t.local)]


def said(time: Time) -> str:
    """A time in words, never without saying which zone."""
    clock = time.local.replace("T", " ")
    if time.kind in ("gps", "utc"):
        return f"{clock} UTC"
    if "T" not in time.local:
        return clock
    return f"{clock}, {'UTC' + time.utc_offset if time.utc_offset else 'time zone not given'}"


def clock(time: Time) -> datetime | None:
    """What the clock showed, as if it were UTC; None for a day alone."""
    return _clock(time.local)


@lru_cache(256)  # a photo says the same moment several times, and several rules ask for it
def _clock(local: str) -> datetime | None:
    if "T" not in local:
        return None
    try:
        return datetime.fromisoformat(local).replace(tzinfo=UTC)
    except ValueError:  # a leap second
        return None


def later(edit: Time, taken: Time) -> bool:
    """Whether an edit is certainly after the capture; clocks of unlike zones must differ by more than any zone."""
    if edit.local <= taken.local and not (edit.utc_offset and taken.utc_offset):
        return False
    one, other = clock(edit), clock(taken)
    if one is None:
        return False
    if other is None:
        return edit.local[:10] > taken.local[:10]
    if edit.utc_offset and taken.utc_offset:
        return one - _shift(edit) > other - _shift(taken) + _WRITING
    return one > other + (_WRITING if edit.utc_offset == taken.utc_offset else _ANY_ZONE)


def _shift(time: Time) -> timedelta:
    sign, hours, minutes = time.utc_offset[0], time.utc_offset[1:3], time.utc_offset[4:]  # type: ignore[index]
    return timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
