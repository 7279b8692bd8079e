"""Visits: photos that were taken at one place in one go. Photos come in bursts, so counting them would mislead."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from exposure.collection import Collection
from exposure.ground import METRES
from exposure.inferences._ground import away
from exposure.inferences._own import own
from exposure.taken import NO_OFFSET

BLURRED_M = 100.0
"""A position whose own radius is larger, in metres, says nothing about a house."""
GAP, SPREAD_M = 30 * 60, 100.0
"""Photos of one visit are no further apart than this, in seconds and metres (threat model, section 3)."""

DAY, HOUR = 86_400, 3_600
_ZONES = 150
"""A clock that differs from the sun by more than this, in minutes, may be that of another place."""
_PER_DEGREE = 4
"""Minutes that the sun takes for a degree of longitude."""


def date_of(day: int) -> date:
    """The date of a day that is counted from 1970."""
    return date(1970, 1, 1) + timedelta(days=day)


class Visit(NamedTuple):
    """Photos at one place in one go."""

    latitude: float
    longitude: float
    """Their middle, in degrees."""
    start: int
    end: int
    """Of the first and the last photo, by the clock of the place, in seconds as if since 1970 UTC."""
    photos: tuple[int, ...]

    @property
    def day(self) -> int:
        """The local day on which it began, in days since 1970."""
        return self.start // DAY

    @property
    def hour(self) -> float:
        return self.start % DAY / HOUR

    @property
    def weekday(self) -> int:
        """0 for Monday."""
        return (self.start // DAY + 3) % 7


@lru_cache(8)
def visits(collection: Collection) -> tuple[Visit, ...]:
    """The visits of whoever took most of these photos, in the order of time."""
    mine = own(collection)
    photos = [p for p in collection.timed() if mine[p] and _is_sharp(collection, p)]
    clocks = {p: clock(collection, p) for p in photos}
    photos.sort(key=lambda p: (clocks[p], collection.latitude[p], collection.longitude[p], p))
    return tuple(_visits(collection, photos, clocks))


def _is_sharp(collection: Collection, photo: int) -> bool:
    latitude, radius = collection.latitude[photo], collection.accuracy[photo]
    return latitude == latitude and not radius > BLURRED_M


def clock(collection: Collection, photo: int) -> int:
    """When a photo was taken, by the clock of its place as far as that is known, in seconds as if since 1970 UTC."""
    return collection.taken[photo] + shift(collection, photo)


def shift(collection: Collection, photo: int) -> int:
    """What to add to a photo's clock to get the clock of its place, in seconds; 0 where nothing tells that they differ.

    Only a clock that is far from the sun is looked up, a camera that still shows the time of another place, and one that
    shows UTC: satellites and services tell that, whatever the clocks of the place say. At sea, and where no table of
    time zones knows a place, the sun tells the time of that one.
    """
    offset, latitude, longitude = (
        collection.offset[photo],
        collection.latitude[photo],
        collection.longitude[photo],
    )
    if offset == NO_OFFSET or latitude != latitude:
        return 0
    if offset and abs(offset - longitude * _PER_DEGREE) <= _ZONES:
        return 0
    return _zone_shift(collection.taken[photo], offset, latitude, longitude)


def _zone_shift(clock: int, offset: int, latitude: float, longitude: float) -> int:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from exposure.places import zone

    by_the_sun = (
        0 if offset else round(longitude / 15) * HOUR
    )  # as on ships; a clock at UTC tells nothing of its place
    name = zone(latitude, longitude)
    if name is None:
        return by_the_sun
    try:
        there = datetime.fromtimestamp(clock - offset * 60, UTC).astimezone(ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, OverflowError, ValueError):  # no table of zones on this machine
        return by_the_sun
    return by_the_sun if there is None else int(there.total_seconds()) - offset * 60


def _visits(collection: Collection, photos: Sequence[int], clocks: dict[int, int]) -> Iterable[Visit]:
    """Photos in the order of time, each put to the visit before it or beginning another."""
    east = north = 0.0
    run: list[int] = []
    for photo in photos:
        if run:
            x, y = away(*_at(collection, run[0]), *_at(collection, photo))
            near = math.hypot(x - east / len(run), y - north / len(run)) <= SPREAD_M
            if not near or clocks[photo] - clocks[run[-1]] > GAP:
                yield _visit(collection, run, east, north, clocks)
                run, east, north = [], 0.0, 0.0
            else:
                east, north = east + x, north + y
        run.append(photo)
    if run:
        yield _visit(collection, run, east, north, clocks)


def _at(collection: Collection, photo: int) -> tuple[float, float]:
    return collection.latitude[photo], collection.longitude[photo]


def _visit(
    collection: Collection, run: list[int], east: float, north: float, clocks: dict[int, int]
) -> Visit:
    """`east` and `north`: sums of how far its photos lie from the first, in metres."""
    latitude, longitude = _at(collection, run[0])
    return Visit(
        *moved(latitude, longitude, east / len(run), north / len(run)),
        clocks[run[0]],
        clocks[run[-1]],
        tuple(run),
    )


def moved(latitude: float, longitude: float, east: float, north: float) -> tuple[float, float]:
    """The point that lies so many metres to the east and to the north."""
    there = latitude + north / METRES
    turn = east / (METRES * max(math.cos(math.radians((latitude + there) / 2)), 1e-9))
    return there, (longitude + turn + 180) % 360 - 180
