"""Which part of the world somebody lives in, and when they sleep, by clocks alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import chain
from math import exp, lgamma, log

from exposure.collection import Collection
from exposure.inferences._clock_regions import region
from exposure.inferences._visits import clock, date_of, shift
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference
from exposure.taken import NO_OFFSET

_DAY, _HOUR, _HOURS = 86_400, 3_600, 24
_PHOTOS, _DAYS = 3, 2
"""An offset that is said this often, in photos and on days, is no accident."""
_MOST, _HALF = 0.75, 0.5
"""The share of days that one offset must have: in a season, where somebody who moved would seem to live somewhere else
altogether; and in all."""
_SEASON = {12: "winter", 1: "winter", 2: "winter", 6: "summer", 7: "summer", 8: "summer"}
"""Months in which clocks are turned nowhere, by the names that they have in the north."""

_TIMES, _SPAN = 30, 14
"""Fewer hours, or days from first to last, show no habit (rules.toml, COL12)."""
_SHORTEST, _LONGEST = 5, 12
"""Hours of a quiet time that may be sleep. A longer one says only when somebody takes photos."""
_QUIET = 0.03
"""The share of all times that may lie in it."""
_CHANCE = 0.001


def time_zone(collection: Collection) -> Iterator[Claim]:
    """The clocks in your files show in which part of the world you live, and at which hours you are awake.

    Why it matters
        Many phones write how far their clock is from world time. In summer and in winter together that names a strip
        of the Earth, often a few countries, without any position. The hours at which nothing is ever photographed
        are probably those at which you sleep.

    What to do
        Share clean copies: they say neither time nor offset. File names with dates in them are given others by
        `exposure clean --rename`.

    What that does not do
        When you post says much the same. Sleeping hours are measured on crowds; for one person they are a hint.

    Covers
        COL12

    References
        https://vdocuments.net/time-zone-geolocation-of-crowds-in-the-dark-web-accepted-for-publication-in-ieee.html
        https://photostructure.github.io/exiftool-vendored.js/functions/ExifTool.extractTzOffsetFromUTCOffset.html
        https://www.iana.org/time-zones
    """
    yield from _zone(collection)
    yield from _rhythm(collection)


def _zone(collection: Collection) -> Iterator[Claim]:
    """What the offsets say that the files name."""
    days: dict[str, dict[int, set[int]]] = {"": {}, "winter": {}, "summer": {}}
    photos = array("I", (p for p in collection.timed() if collection.offset[p] != NO_OFFSET))
    for photo in photos:
        day, offset = clock(collection, photo) // _DAY, _offset(collection, photo)
        for season in {"", _season(day)}:
            days[season].setdefault(offset, set()).add(day)
    if len(photos) < _PHOTOS:
        return
    winter, summer = _usual(days["winter"], _MOST), _usual(days["summer"], _MOST)
    sure = winter is not None and summer is not None
    if winter is not None and summer is not None and abs(summer - winter) <= 60:
        guess = f"that your clocks run at {_words(winter)} in December and at {_words(summer)} in July"
        if winter == summer:
            guess = f"that your clocks run at {_words(winter)} all year"
        where = region(winter, summer)
        guess += f", as they do in {where}" if where else ""
    elif (usual := _usual(days[""], _HALF)) is not None:
        guess = f"that your clocks run at {_words(usual)}"
    else:
        return
    yield Claim(
        TIME_ZONE.id,
        Level.LOW,
        Confidence.FIRM if sure else Confidence.TENTATIVE,
        Question.HISTORY,
        f"A stranger would guess {guess}.",
        (f"{len(photos):,} photos say how far their clock is from world time (UTC)",),
        (
            "the camera's clock was never set for the place where you live",
            "you took most of these photos on a journey",
            "you live elsewhere: clocks run so in other places too",
        ),
        photos,
        subject="zone",
    )


def _offset(collection: Collection, photo: int) -> int:
    """Of the photo's clock; of the clocks of its place where only the time of the world is known."""
    offset = collection.offset[photo]
    return offset or shift(collection, photo) // 60


def _season(day: int) -> str:
    month = date_of(day).month
    return _SEASON.get(month, "")


def _usual(days: Mapping[int, set[int]], share: float) -> int | None:
    """The offset of more than this share of the days, when it is on several."""
    every = len(set(chain.from_iterable(days.values())))
    best = max(days, key=lambda offset: (len(days[offset]), offset), default=None)
    return best if best is not None and len(days[best]) >= _DAYS and len(days[best]) > share * every else None


def _words(offset: int) -> str:
    """UTC+5:30"""
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{'+' if offset > 0 else '−'}{hours}" + (f":{minutes:02}" if minutes else "")


def _rhythm(collection: Collection) -> Iterator[Claim]:
    """What the hours say at which photos are taken. Several photos in one hour of a day count once."""
    hours = {clock(collection, photo) // _HOUR for photo in collection.timed()}
    if len(hours) < _TIMES or max(hours) - min(hours) < (_SPAN - 1) * _HOURS:
        return
    counts = [0] * _HOURS
    for hour in hours:
        counts[hour % _HOURS] += 1
    quiet = _quiet(counts)
    if quiet is None:
        return
    start, length = quiet
    inside = sum(counts[(start + n) % _HOURS] for n in range(length))
    yield Claim(
        TIME_ZONE.id,
        Level.LOW,
        Confidence.TENTATIVE,
        Question.HISTORY,
        f"A stranger would guess that you sleep at some time between {start}:00 and {(start + length) % _HOURS}:00, by "
        "the clocks of your cameras.",
        (
            f"Of {len(hours):,} hours with photos, {inside or 'none'} {'lies' if inside < 2 else 'lie'} in that part of the day",
        ),
        (
            "you work in shifts, or just take no photos then",
            "the clocks of your cameras are wrong, or of different time zones",
        ),
        array("I", collection.timed()),
        subject="hours",
    )


def _quiet(counts: list[int]) -> tuple[int, int] | None:
    """The first hour and the length of the longest time of the day in which next to nothing happens, when it cannot be
    chance; None otherwise.

    By chance, each time would fall into a window of n hours with probability n/24. The binomial probability of so few
    in it, for the 24 windows that were tried, must be below a thousandth.
    """
    total = sum(counts)
    found: tuple[int, int, int] | None = None
    for length in range(_HOURS - 1, 0, -1):
        inside = [sum(counts[(start + n) % _HOURS] for n in range(length)) for start in range(_HOURS)]
        fewest = min(inside)
        if fewest <= _QUIET * total:
            found = (inside.index(fewest), length, fewest)
            break
    if found is None or not _SHORTEST <= found[1] <= _LONGEST:
        return None
    start, length, fewest = found
    share = length / _HOURS
    chance = sum(_binomial(total, k, share) for k in range(fewest + 1))
    return (start, length) if _HOURS * chance < _CHANCE else None


def _binomial(total: int, k: int, share: float) -> float:
    """By logarithms: for many photos the factors are larger than any number that a machine counts with."""
    ways = lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1)
    return exp(ways + k * log(share) + (total - k) * log(1 - share))


TIME_ZONE = Inference("waking-hours", "What your clocks tell", Question.HISTORY, Level.LOW, time_zone)
