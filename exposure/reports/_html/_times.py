"""When the photos were taken: over the years, and over the hours of a week. Local clock times throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._visits import clock
from exposure.taken import NO_OFFSET

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WIDE, HIGH = 720, 120
"""Of the timeline, in its own units."""
SHADES = 5
"""Steps of colour in the week."""

_DAY = 86_400
_MOST_DAYS, _MOST_MONTHS = 62, 240
"""Bars: more days than that are told by the month, more months by the year."""
_MOST_LABELS = 8


class Bar(NamedTuple):
    """One step of the timeline."""

    name: str
    """2024-05-03, 2024-05 or 2024."""
    photos: int
    x: float
    wide: float
    high: float


class Timeline(NamedTuple):
    """How many photos there are over time."""

    unit: str
    """day, month or year."""
    bars: list[Bar]
    """Without those that have no photo."""
    labels: list[tuple[float, str]]
    first: str
    last: str
    most: int


class Hour(NamedTuple):
    """One hour of the week."""

    photos: int
    shade: int
    """0 for none, else 1 to `SHADES`."""


class Week(NamedTuple):
    """How many photos there are in each hour of the week."""

    days: list[tuple[str, list[Hour]]]
    photos: int
    no_zone: int
    """How many of them do not say in which time zone."""
    quiet: str
    """The longest run of hours without a single photo; empty when it is short or there are few photos."""


def timeline(collection: Collection) -> Timeline | None:
    """None when no photo says when it was taken."""
    days = Counter(collection.taken[photo] // _DAY for photo in collection.timed())
    if not days:
        return None
    first, last = (date(1970, 1, 1) + timedelta(days=day) for day in (min(days), max(days)))
    unit, steps = _steps(first, last)
    width = len(_name(first, unit))
    counts: Counter[str] = Counter()
    for day, photos in days.items():
        counts[(date(1970, 1, 1) + timedelta(days=day)).isoformat()[:width]] += photos
    most, wide = max(counts.values()), WIDE / len(steps)
    bars = [
        Bar(
            name,
            counts[name],
            round(n * wide, 2),
            round(wide * 0.86, 2),
            round(HIGH * counts[name] / most, 2),
        )
        for n, name in enumerate(steps)
        if counts[name]
    ]
    return Timeline(unit, bars, _labels(steps, wide), first.isoformat(), last.isoformat(), most)


def _steps(first: date, last: date) -> tuple[str, list[str]]:
    """The unit, and the name of each step from the first day to the last."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _MOST_DAYS:
        return "day", [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    if months <= _MOST_MONTHS:
        counted = (divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months))
        return "month", [f"{year:04}-{month + 1:02}" for year, month in counted]
    return "year", [f"{year:04}" for year in range(first.year, last.year + 1)]


def _name(day: date, unit: str) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _labels(steps: list[str], wide: float) -> list[tuple[float, str]]:
    """A few steps that are named below the bars: the first of each year where there are several."""
    named = [n for n, name in enumerate(steps) if n == 0 or name[:4] != steps[n - 1][:4]]
    if len({name[:4] for name in steps}) < 3:
        named = list(range(len(steps)))
        texts = [steps[n] for n in named]
    else:
        texts = [steps[n][:4] for n in named]
    every = -(-len(named) // _MOST_LABELS)
    return [(round(n * wide, 2), text) for n, text in list(zip(named, texts, strict=True))[::every]]


def week(collection: Collection) -> Week | None:
    """None when no photo says when it was taken."""
    hours: Counter[tuple[int, int]] = Counter()
    no_zone = 0
    for photo in collection.timed():
        seconds = clock(collection, photo)
        hours[(seconds // _DAY + 3) % 7, seconds % _DAY // 3600] += 1  # 1 January 1970 was a Thursday
        no_zone += collection.offset[photo] == NO_OFFSET
    if not hours:
        return None
    most = max(hours.values())
    days = [
        (name, [Hour(hours[day, hour], -(-hours[day, hour] * SHADES // most)) for hour in range(24)])
        for day, name in enumerate(DAYS)
    ]
    return Week(days, hours.total(), no_zone, _quiet(hours))


def _quiet(hours: Counter[tuple[int, int]]) -> str:
    """When nothing is ever photographed: hours of sleep, as a stranger would see them."""
    if hours.total() < 30:
        return ""
    used = {hour for _, hour in hours}
    runs = list(_runs(used))
    start, length = max(runs, key=lambda run: run[1], default=(0, 0))
    return f"{start:02}:00 to {(start + length) % 24:02}:00" if length >= 4 else ""


def _runs(used: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of unused hours around the clock, as first hour and length."""
    for start in range(24):
        if start not in used and (start - 1) % 24 in used:
            length = next(n for n in range(1, 25) if (start + n) % 24 in used)
            yield start, length
