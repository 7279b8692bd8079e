"""Positions as the location rules tell them apart: exact, vague or only named; and the numbers beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from exposure.guards import usable
from exposure.model import Evidence, Field, Photo, Place, Secret

VAGUE_M = 1000.0
"""From this radius on, in metres, a position shows a district rather than a building."""

SAME = 0.0001
"""Two positions this close, in degrees (11 m), are copies of one: writers round differently."""

SIDECAR = "XMP sidecar"
"""The name of the format of a file that holds nothing but another file's XMP."""


def near(one: Place, other: Place) -> bool:
    """Whether two usable positions are copies of one."""
    return (
        abs((one.latitude or 0.0) - (other.latitude or 0.0)) <= SAME
        and abs((one.longitude or 0.0) - (other.longitude or 0.0)) <= SAME
    )


def positions(photo: Photo) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Where the photo was taken, every copy: (exact ones, vague ones).

    A copy without a radius takes that of a vague position at the same spot: XMP copies often leave the radius out.
    """
    found = [place for place in photo.facts.places if usable(place)]
    vague = [p for p in found if p.accuracy_m is not None and p.accuracy_m >= VAGUE_M]
    exact = []
    for place in found:
        if place in vague:
            continue
        if place.accuracy_m is None and any(near(place, other) for other in vague):
            vague.append(place)
        else:
            exact.append(place)
    return tuple(exact), tuple(vague)


def placed(photo: Photo) -> bool:
    """Whether any position, however vague, says where the photo was taken."""
    return any(map(usable, photo.facts.places))


def pinned(places: Iterable[Place]) -> list[Evidence]:
    """Positions as evidence: degrees with six decimals, about a tenth of a metre."""
    return [
        Evidence(place.address, f"{place.latitude:.6f}, {place.longitude:.6f}", Secret.PLACE)
        for place in places
    ]


def number(value: object) -> float | None:
    """A number as EXIF or XMP write it (35, 35.2, "352/10", "+35.20"); None when it is none, or not finite."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and len(value) <= 40:
        above, _, below = value.strip().partition("/")
        try:
            value = float(above) / float(below or 1)
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 62):
        return float(value) if math.isfinite(value) else None
    return None


def named(photo: Photo, names: Iterable[str]) -> list[Field]:
    """Every field with one of these names, in the order of the names."""
    return [field for name in names for field in photo.named(name)]
