"""Values from photos as the page holds them: masked, and in full only where the person asked for that."""

from __future__ import annotations

import math
from typing import NamedTuple

from exposure.model import Place, Secret
from exposure.text import length, masked, plain, rounded

_LONGEST = 300
"""Characters of a value in full."""


class Value(NamedTuple):
    """What is shown of one value."""

    text: str
    """As anybody may see it."""
    hidden: bool = False
    """Whether that is less than there is."""
    full: str | None = None
    """All of it; None where it is not in the page."""


def value(text: str, secret: Secret, reveal: bool) -> Value:
    """A value of that kind, as this report may hold it."""
    if secret is Secret.NONE:
        return Value(plain(text))
    return Value(plain(masked(text, secret)), True, plain(text, _LONGEST) if reveal else None)


def place(found: Place, reveal: bool) -> Value:
    """A place: an area of 0.1 degree and how long its name is, or its position and name in full."""
    area = _position(rounded(found.latitude), rounded(found.longitude), 1)
    named = f"a name of {length(found.name)}" if found.name else ""
    about = f"to within {found.accuracy_m:g} m" if found.accuracy_m is not None else ""
    full = None
    if reveal:
        name = plain(found.name, _LONGEST) if found.name else ""
        full = _joined(_position(found.latitude, found.longitude, 6), name, about)
    return Value(_joined(area, named, about), True, full)


def in_words(latitude: float | None, longitude: float | None) -> str:
    """Where that is: *in Munich, Germany*; nothing for what is no position."""
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and math.isfinite(longitude)):
        return ""
    from exposure.places import words

    return words(latitude, longitude)


def _position(latitude: float | None, longitude: float | None, digits: int) -> str:
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.{digits}f}, {longitude:.{digits}f}"


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts)) or "a place"
