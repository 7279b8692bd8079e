"""What stands in a fact and means nothing: blank positions, clocks that nobody set, numbers that tell nothing apart.

A tag that is there is no finding until its value means something. Rules and inferences ask here, so that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta

from exposure.model import Place

_FIRST, _LAST = "1990", "2100"
"""Years outside are no capture time. The upper end is far away on purpose: a file's own date, the only other
clock that a rule sees, is often older than the photo, and must not make a true time look like a wrong one."""

_FACTORY = "2000-01-01T00:00"
"""What cameras count from when nobody set their clock (1970 and 1980 lie before the first year anyway)."""

_HALVES = ("-09:30", "-03:30", "-02:30", "+03:30", "+04:30", "+05:30", "+06:30", "+09:30", "+10:30")
_QUARTERS = ("+05:45", "+08:45", "+12:45", "+13:45")
_OFFSETS = frozenset(
    {hours * 60 for hours in range(-12, 15)}
    | {(-1 if o[0] == "-" else 1) * (int(o[1:3]) * 60 + int(o[4:])) for o in _HALVES + _QUARTERS}
)
"""Every offset from UTC that clocks on Earth keep, in minutes."""

_QUARTER = timedelta(minutes=15)
"""Every offset is a multiple of it."""

_DRIFT = timedelta(minutes=5)
"""A satellite fix may be this much older than the photo."""

_COUNTED = "1234567890" * 4
"""What a serial number looks like that nobody ever set."""

_FULL = frozenset(str(2**bits - 1) for bits in (15, 16, 31, 32, 63, 64))
"""What a counter says that was never set, or is full."""

_FEWEST = 4
"""A number of fewer different characters than this tells no camera from another."""

_UUID = re.compile(
    r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}(?![0-9A-Fa-f])"
)
_SHARED = frozenset({"faf5bdd5ba3d11daad31d33d75182f1b"})
"""One value that Windows writes into the files of everybody."""

_MEASURED = re.compile(r"[+-]?(?:\d+\.\d+(?:e[+-]?\d+)?|\d+(?:e[+-]\d+)?|nan|inf)", re.IGNORECASE)
_NO_INTEGER = re.compile(r"\d\.\d|nan|inf", re.IGNORECASE)

_WORD = re.compile(r"\w+")
_NO_WORDS = re.compile(r"[#@]\w[\w.]*|https?://\S*|www\.\S*")
_MADE = re.compile(
    r"(?:\w+ )?(?:made|created|processed|edited|shot|taken|captured|posted|shared|sent|written|optimi[sz]ed|compressed)"
    r" (?:with|by|on|in|using|from|via) "
)
"""How texts begin that programs put under pictures."""
_LETTERS, _WORDS = 40, 6
"""Shorter texts, in letters and in different words, are written twice by accident."""
_FIRST_SIGN, _SIGNS = "\u2e80", 15
"""Scripts that have thousands of signs need fewer of them, and no blanks."""


def usable(place: Place, kind: str = "position") -> bool:
    """Whether this is a position of that kind that a map can show: in range, and not exactly 0, 0."""
    latitude, longitude = place.latitude, place.longitude
    return (
        place.kind == kind
        and latitude is not None
        and longitude is not None
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
        and not (latitude == 0 and longitude == 0)
    )


def credible(local: str) -> bool:
    """Whether an ISO 8601 local time is one that no clock fell back to and no calendar forbids."""
    return _FIRST <= local[:4] < _LAST and not local.startswith(_FACTORY)


def offset(difference: timedelta) -> int | None:
    """The offset from UTC, in minutes, by which two clocks differ, give or take the age of a satellite fix; None for none."""
    quarters = round(difference / _QUARTER)
    kept = quarters * 15 in _OFFSETS and abs(difference - quarters * _QUARTER) <= _DRIFT
    return quarters * 15 if kept else None


def telling(value: str, models: Collection[str] = ()) -> bool:
    """Whether a serial number can tell one thing from another.

    Not blank, zeros, 0123456789, 4294967295, ``KFFFFFFF`` or a word such as "No Lens", and not one of `models` (casefolded).
    """
    text = value.strip()
    plain = [c for c in text if c.isalnum()]
    if len(set(plain)) < _FEWEST or not text.isprintable() or text.casefold() in models or _measured(text):
        return False
    number = "".join(plain).lstrip("0")
    if number in _FULL or _COUNTED.startswith(number):
        return False
    return any(c.isdigit() for c in number)


def _measured(text: str) -> bool:
    """Whether a value is numbers with decimals, or none at all ("nan"), rather than a number somebody counts by."""
    return _NO_INTEGER.search(text) is not None and all(map(_MEASURED.fullmatch, text.split()))


def uuid(value: str) -> str | None:
    """The 128-bit identifier in a value, as 32 lower-case digits; None for zeros, counters and shared values."""
    found = _UUID.search(value)
    if found is None:
        return None
    digits = found[0].replace("-", "").lower()
    if len(set(digits)) < _FEWEST or len(digits.lstrip("0")) <= 8 or digits in _SHARED:
        return None
    return digits


def wording(text: str) -> str:
    """A caption as it is compared: its words without hashtags, mentions, links and signs; empty where they are too few to
    be the same by accident, and for what programs write."""
    words = _WORD.findall(_NO_WORDS.sub(" ", text).casefold()) if len(text) >= _SIGNS else []
    said = " ".join(words)
    is_long = len(said) >= _LETTERS and len(set(words)) >= _WORDS
    is_long |= sum(sign >= _FIRST_SIGN for sign in said) >= _SIGNS
    return said if is_long and not _MADE.match(said) else ""
