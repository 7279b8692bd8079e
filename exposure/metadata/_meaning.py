"""Turning what fields say into facts: dates, offsets and positions, with the checks that every decoder owes.

Nothing is guessed: a value that is blank, out of range or impossible gives None, never a default.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_STAMP = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*"
)
_LONGEST = 64
"""No date is longer, in characters; a pattern never meets more."""

_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d{1,2}):?(\d{2}))\s*")


def moment(value: object) -> tuple[str, str | None] | None:
    """A date as EXIF, XMP or PNG write it: (local ISO 8601 without zone, ±hh:mm or None).

    ``2024:05:03 18:00:00`` (Exif 3.0, 4.6.5), ``2024-05-03T18:00:00+02:00`` (XMP part 1, 8.2.1.1). A date alone
    gives the date alone. None for zeros, blanks and dates that no calendar has.
    """
    return _moment(value) if isinstance(value, str) and len(value) <= _LONGEST else None


@lru_cache(maxsize=64)
def _moment(value: str) -> tuple[str, str | None] | None:
    """Remembered for a while: one photo says the same moment in half a dozen places."""
    found = _STAMP.fullmatch(value)
    if found is None:
        return None
    year, month, day, hour, minute, second, _, zone = found.groups()
    try:
        day_of = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if hour is None:
        return day_of, None
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60:
        return None
    return f"{day_of}T{int(hour):02}:{minute}:{second or '00'}", offset(zone) if zone else None


def offset(value: object) -> str | None:
    """A time-zone offset as ±hh:mm, from ``+02:00``, ``+0200`` or ``Z``; None when it is none or beyond ±14:00."""
    found = _OFFSET.fullmatch(value) if isinstance(value, str) and len(value) <= _LONGEST else None
    if found is None:
        return None
    utc, sign, hours, minutes = found.groups()
    if utc:
        return "+00:00"
    if int(hours) * 60 + int(minutes) > 14 * 60 or int(minutes) > 59:
        return None
    return f"{sign}{int(hours):02}:{minutes}"


def valid_position(latitude: float | None, longitude: float | None) -> bool:
    """Whether these degrees are a place on Earth that a device would write: in range, and not exactly 0, 0."""
    return (
        latitude is not None
        and longitude is not None
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
        and not (latitude == 0 and longitude == 0)
    )


def words(value: object) -> str | None:
    """The text of a value without the blanks and NULs around it; None when nothing is left or it is not text."""
    if not isinstance(value, str):
        return None
    return value.strip(" \t\r\n\0\u3000") or None
