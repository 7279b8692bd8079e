"""What the places are told as."""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """A town, village or city."""

    name: str
    region: str
    """The first-level region, such as a state or province; may be empty."""
    country: str
    """In English."""
    code: str
    """Of the country, ISO 3166-1 (and XK for Kosovo)."""
    distance_km: float
    """From the position to the place's middle."""
    latitude: float
    longitude: float
    population: int
    """Rounded, 7 % off at most; 0 when unknown."""
    inside: bool
    """Whether the position is so near the middle, for that many people, that one would say *in*."""


class Country(NamedTuple):
    """The country of a position."""

    code: str
    name: str
    near: tuple[str, ...]
    """Names of the other countries whose border is so close that the position may be theirs."""
