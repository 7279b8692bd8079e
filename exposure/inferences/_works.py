"""Where somebody probably worked or learned, and from when to when.

The thresholds were chosen on synthetic people (``python -m tests.evaluate --seeds 0:3000``), which the published
figures do not rest on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._homes import homes
from exposure.inferences._stays import Stay, stays
from exposure.inferences._week import block, is_office

_CORE = ((9.5, 12.0), (13.5, 14.5), (15.5, 18.0))
"""Hours when people are at work, not on their way, at lunch or fetching a child."""
_CORE_SHARE = 0.3
"""And so many of its days saw a photo at such hours: who takes a child to school is there before and after."""
_SHARE = 0.7
"""Of a place of work's visits, so many are from Monday to Friday, 8 to 18 o'clock (COL02)."""
_DAYS, _WEEKDAYS, _HOURS, _CORE_DAYS, _SPAN = 5, 3, 4, 4, 30
"""What a likely place of work needs: such days, different weekdays, hours of the day, days at core hours, and days from
the first to the last."""
_FEW_DAYS, _FEW_WEEKDAYS, _FEW_HOURS, _FEW_CORE, _SHORT = 4, 2, 2, 2, 21

_SHIFTS, _SHIFT_WEEKDAYS, _SHIFT_BLOCKS, _SHIFT_HOURS, _SHIFT_SHARE = 8, 4, 5, 5, 0.5
"""What possible work in shifts needs: days, weekdays, blocks of four hours in a week, hours of the day, and the share of
visits from Monday to Friday."""


class Work(NamedTuple):
    """A place where somebody probably worked for a time."""

    stay: Stay
    likely: bool
    first: int
    last: int
    """Days since 1970."""
    days: int
    """Working days with photos there."""
    share: float


@lru_cache(8)
def works(collection: Collection) -> tuple[Work, ...]:
    """The places of work in the order of time: the likely ones; only where there are none, one that is possible."""
    if not plausible(collection):
        return ()
    lived = {id(home.stay): home.likely for home in homes(collection)}
    every = stays(collection)
    found = [work for stay in every if not lived.get(id(stay)) and (work := _work(stay))]
    likely = [work for work in found if work.likely]
    if likely:
        return tuple(sorted(likely, key=lambda work: (work.first, work.last)))
    others = [work for stay in every if id(stay) not in lived and (work := _in_shifts(stay))]
    return tuple(sorted(found or others, key=lambda work: (-work.days, work.first))[:1])


def _work(stay: Stay) -> Work | None:
    office = [visit for visit in stay.visits if is_office(visit)]
    share = len(office) / len(stay.visits)
    days = {visit.day for visit in office}
    weekdays = len({visit.weekday for visit in office})
    hours = len({int(visit.hour) for visit in office})
    core = {visit.day for visit in office if any(a <= visit.hour < b for a, b in _CORE)}
    if len(core) < _CORE_SHARE * len(days):
        return None
    if share < _SHARE or len(days) < _FEW_DAYS or weekdays < _FEW_WEEKDAYS or hours < _FEW_HOURS:
        return None
    first, last = min(days), max(days)
    likely = (
        len(days) >= _DAYS
        and weekdays >= _WEEKDAYS
        and hours >= _HOURS
        and len(core) >= _CORE_DAYS
        and last - first + 1 >= _SPAN
    )
    possible = len(core) >= _FEW_CORE and last - first >= _SHORT
    return Work(stay, likely, first, last, len(days), share) if likely or possible else None


def _in_shifts(stay: Stay) -> Work | None:
    """A place of many different hours on working days, beside a home: perhaps work in shifts, or a studio."""
    inside = [visit for visit in stay.visits if visit.weekday < 5]
    blocks = {block(visit) for visit in inside}
    first, last = stay.visits[0].day, stay.visits[-1].day
    if len(stay.days) < _SHIFTS or len(inside) < _SHIFT_SHARE * len(stay.visits) or last - first + 1 < _SPAN:
        return None
    if len({weekday for weekday, _ in blocks}) < _SHIFT_WEEKDAYS or len(blocks) < _SHIFT_BLOCKS:
        return None
    if len({int(visit.hour) for visit in stay.visits}) < _SHIFT_HOURS:
        return None
    share = sum(is_office(visit) for visit in stay.visits) / len(stay.visits)
    return Work(stay, False, first, last, len({visit.day for visit in inside}), share)
