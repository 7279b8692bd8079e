"""How much of a place a copy tells: the middle of a square of a fixed grid, or of the country.

The grid: the cell of a position is ``floor((latitude + 90) * 10)`` and ``floor((longitude + 180) * 10)``, computed
without rounding, so that every position in a cell gives the same copy, and snapping again changes nothing. North
pole and date line belong to a cell that they bound: 90 is in the northernmost row, 180 is the same meridian as -180.
A middle lies an odd multiple of 3 minutes from the equator and from Greenwich, and is written in whole degrees and
minutes, which is as exact as the cell and no more. It is never jittered: many photos of one place would average
a random shift away.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from exposure.cleaning._countries import Middle, coded, middles, named
from exposure.guards import usable
from exposure.model import Address, Kind, Photo, Place, Tag

_ROWS, _COLUMNS = 1_800, 3_600
_CELL = 6
"""Minutes."""

COUNTRY_UNKNOWN = (
    "The place was left out: the file does not name one country that exposure knows, and its position is near a border, "
    "at sea or where countries do not agree, so a guess could be wrong."
)
_NAMED_BY = {
    (Kind.XMP, "photoshop", "Country"): named,
    (Kind.XMP, "Iptc4xmpCore", "CountryCode"): coded,
    (Kind.XMP, "Iptc4xmpExt", "LocationCreated/CountryName"): named,
    (Kind.XMP, "Iptc4xmpExt", "LocationCreated/CountryCode"): coded,
    (Kind.IPTC, "Application", "Country-PrimaryLocationName"): named,
    (Kind.IPTC, "Application", "Country-PrimaryLocationCode"): coded,
}
"""Where files name the country in which they were taken: never the one that they show."""


def is_own(address: Address) -> bool:
    """Whether it was found in the photo itself, not in a picture inside it."""
    return "/" not in address.path.partition(":")[0]


def position(photo: Photo) -> Place | None:
    """Where the photo says that it was taken; EXIF goes before all else."""
    found = [p for p in photo.facts.places if p.kind == "position" and p.latitude is not None]
    own = [p for p in found if p.longitude is not None and is_own(p.address)]
    return next((p for p in own if p.address.path.startswith(f"{Kind.EXIF}:")), own[0] if own else None)


def snapped(latitude: float, longitude: float) -> tuple[int, int]:
    """The middle of the cell that holds this position, in minutes north and east."""
    row = min(floor((Fraction(latitude) + 90) * 10), _ROWS - 1)
    column = floor((Fraction(longitude) + 180) * 10) % _COLUMNS
    return row * _CELL + _CELL // 2 - 90 * 60, column * _CELL + _CELL // 2 - 180 * 60


def city(photo: Photo) -> tuple[Tag, ...]:
    """Tags with the middle of its cell; none when the photo has no position."""
    place = position(photo)
    if place is None or place.latitude is None or place.longitude is None:
        return ()
    return _tags(*snapped(place.latitude, place.longitude))


def country(photo: Photo) -> tuple[Tag, ...]:
    """Tags with the middle of the one country that the file names, or else of that in which its position lies; none
    when it names several, or when a border is too near to tell.

    A position that is such a middle already, as in a copy that was made so, tells no more and stays.
    """
    found = {(north, east) for _, north, east in _countries(photo)}
    place = position(photo)
    if not found and place is not None:
        found = {middle for middle in middles() if middle == (place.latitude, place.longitude)}
        found = found or set(_around(place))
    if len(found) != 1:
        return ()
    ((north, east),) = found
    return _tags(north * 60, east * 60)


def _around(place: Place) -> Iterator[tuple[int, int]]:
    from exposure import places

    if usable(place) and place.latitude is not None and place.longitude is not None:
        there = places.country(place.latitude, place.longitude)
        middle = coded(there.code) if there is not None and not there.near else None
        if middle is not None:
            yield middle[1], middle[2]


def _countries(photo: Photo) -> Iterator[Middle]:
    for field in photo.fields:
        name = field.name.replace("[1]", "").partition("[")[0]
        look_up = _NAMED_BY.get((field.kind, field.group, name))
        if look_up is not None and not field.within and isinstance(field.value, str):
            found = look_up(field.value)
            if found is not None:
                yield found


def names_a_place(photo: Photo) -> bool:
    """Whether there is any place in the photo that could have stayed."""
    return any(is_own(p.address) and p.kind in ("position", "named") for p in photo.facts.places)


def _tags(north: int, east: int) -> tuple[Tag, ...]:
    """A position in whole minutes (Exif 3.0, section 4.6.6.1)."""
    return (
        Tag("GPS IFD", 0, 1, (2, 3, 0, 0)),
        Tag("GPS IFD", 1, 2, "S" if north < 0 else "N"),
        Tag("GPS IFD", 2, 5, (abs(north) // 60, 1, abs(north) % 60, 1, 0, 1)),
        Tag("GPS IFD", 3, 2, "W" if east < 0 else "E"),
        Tag("GPS IFD", 4, 5, (abs(east) // 60, 1, abs(east) % 60, 1, 0, 1)),
    )
