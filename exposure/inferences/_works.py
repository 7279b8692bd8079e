"""Where somebody probably worked or learned, and from when to when.

The thresholds were chosen on synthetic people (``python -m tests.evaluate --seeds 0:3000``), which the published
figures do not rest on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import exp, lgamma, log, log2
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._homes import homes
from exposure.inferences._stays import Stay, stays
from exposure.inferences._week import OFFICE, between, block, is_office

_CORE = ((9.5, 12.0), (13.5, 14.5), (15.5, 18.0))
"""Hours when people are at work, not on their way, at lunch or fetching a child."""
_CORE_SHARE = 0.3
"""And so many of its days saw a photo at such hours: who takes a child to school is there before and after."""
_SHARE = 0.7
"""Of a place of work's visits, so many are from Monday to Friday, 8 to 18 o'clock (COL02)."""
_LATE_MORNING, _LATE_SHARE = (9.5, 12.0), 0.1
"""Nobody is at a school then but those who learn or work there: a likely place of work saw it on this share of its days."""
_DAYS, _WEEKDAYS, _HOURS, _CORE_DAYS, _SPAN = 5, 3, 4, 4, 30
"""What a likely place of work needs: such days, different weekdays, hours of the day, days at core hours, and days from
the first to the last."""
_STRONGER = 1.25
"""How much stronger than any other place but home, in its time, a likely place of work is (as homes: COL01, COL02)."""
_ALIKE = 5 / 7
"""Of the days of a week so many are working days. Where all days are alike, the photos of a place fall on them in that
share: in a park where somebody retired walks, at the café of somebody who works at home."""
_MAYBE, _CHANCE, _NO_CHANCE = 0.3, 0.05, 0.01
"""How often by chance alone, where all days are alike, so many of a place's days may be working days: for possible work, for
likely work, and for possible work beside other places that look as much like it."""
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
    fitting = [work for stay in every if not lived.get(id(stay)) and (work := _work(stay))]
    found = [judged for work in fitting if (judged := _beside(work, fitting)) is not None]
    likely = [work for work in found if work.likely]
    if likely:
        return tuple(sorted(likely, key=lambda work: (work.first, work.last)))
    if not found:
        found = [work for stay in every if id(stay) not in lived and (work := _in_shifts(stay))]
        found = [
            w for w in found if all(w.days >= _STRONGER * other.days for other in found if other is not w)
        ]
    return tuple(sorted(found, key=lambda work: (-work.days, work.first))[:1])


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


def _beside(work: Work, others: Sequence[Work]) -> Work | None:
    """What is left of it beside other places that fit: of many that are alike, none is where somebody works."""
    chance = _alike(work.stay)
    own = _strength(work.stay, work.first, work.last)
    rivals = (other.stay for other in others if other is not work and _is_seen_late(other.stay))
    is_strongest = all(own >= _STRONGER * _strength(stay, work.first, work.last) for stay in rivals)
    if chance > (_MAYBE if is_strongest else _NO_CHANCE):
        return None
    return work._replace(
        likely=work.likely and is_strongest and chance <= _CHANCE and _is_seen_late(work.stay)
    )


def _is_seen_late(stay: Stay) -> bool:
    """Whether it is not only where a child is taken and fetched."""
    days = {visit.day for visit in stay.visits if is_office(visit)}
    late = {v.day for v in stay.visits if is_office(v) and _LATE_MORNING[0] <= v.hour < _LATE_MORNING[1]}
    return len(late) >= _LATE_SHARE * len(days)


def _alike(stay: Stay) -> float:
    """How probable it is that so many of its days, or more, are working days where all days are alike (binomial)."""
    at_hours = [visit for visit in stay.visits if OFFICE[0] <= visit.hour < OFFICE[1]]
    days = len({visit.day for visit in at_hours})
    working = len({visit.day for visit in at_hours if visit.weekday < 5})
    return sum(
        exp(_ways(days, n) + n * log(_ALIKE) + (days - n) * log(1 - _ALIKE)) for n in range(working, days + 1)
    )


def _ways(days: int, n: int) -> float:
    """The logarithm of how many choices of n days there are."""
    return lgamma(days + 1) - lgamma(n + 1) - lgamma(days - n + 1)


def _strength(stay: Stay, first: int, last: int) -> float:
    """How much it looks like work from the first to the last day: each working hour counts by the logarithm of its days."""
    hours: dict[int, set[int]] = defaultdict(set)
    for visit in between(stay.visits, first, last):
        if is_office(visit):
            hours[int(visit.hour)].add(visit.day)
    return sum(log2(1 + len(days)) for days in hours.values())


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
