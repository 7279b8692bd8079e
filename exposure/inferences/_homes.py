"""Where somebody probably lived, and from when to when.

The thresholds were chosen on synthetic people (``python -m tests.evaluate --seeds 0:3000``), which the published
figures do not rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._stays import Stay, stays
from exposure.inferences._week import WORKDAY, Week, between, regular, week

_DAYS, _SPAN = 5, 30
"""Distinct days, and days from the first to the last, without which no home is called likely (COL01)."""
_STRONGER = 1.25
"""How much stronger than any other place of its time a likely home is; strength grows with the logarithm of days, so
this is more than twice the days (COL01) where they lie at the same hours."""
_NIGHTS, _MORNINGS, _WEEKDAYS, _BLOCKS = 1, 1, 6, 6
"""Nights, mornings, weekdays and blocks of the week at which a likely home was photographed."""
_FEW_DAYS, _FEW_BLOCKS, _SHORT, _FEW_WEEKDAYS = 3, 4, 14, 3
"""What even a possible home needs: days, blocks of the week, days from the first to the last, weekdays."""

_NO_DARK, _NO_MORNING = 5, 20
"""A place that was photographed on so many days or more, on none of them at night or in the morning, is where somebody
walks: nobody lives there. One with not a single morning in so many is perhaps where somebody goes out: it is a home only
where no other place may be."""

_MEANWHILE = 0.1
"""A share of visits that may fall into the time of another home: handing over keys, seeing the neighbours."""

_BESIDE = 2
"""Nights that a further home needs, for another time than that of a likely one."""
_WEAKER = 0.5
"""A place is no home where another one is twice as strong, even if that is none either."""
_RESTED = 6
"""Blocks of the week at home hours that no office has."""


class Home(NamedTuple):
    """A place where somebody probably lived for a time."""

    stay: Stay
    likely: bool
    first: int
    last: int
    """Days since 1970 between which it was home."""
    week: Week
    rival: int
    """Days at home hours at the next best place of that time."""


@lru_cache(8)
def homes(collection: Collection) -> tuple[Home, ...]:
    """The homes in the order of time: the likely ones, and what is possible at other times."""
    if not plausible(collection):
        return ()
    every = stays(collection)
    weeks = {id(stay): week(stay.visits) for stay in every}
    found = [home for stay in every if (home := _likely(stay, every)) is not None]
    found += _possible(every, weeks, found)
    return tuple(sorted(found, key=lambda home: (home.first, home.last)))


def _likely(stay: Stay, every: Sequence[Stay]) -> Home | None:
    first, last = regular(stay.visits)
    own = week(between(stay.visits, first, last))
    if own.days < _DAYS or last - first + 1 < _SPAN or own.office >= WORKDAY:
        return None
    if own.nights < _NIGHTS or own.mornings < _MORNINGS or own.weekdays < _WEEKDAYS or own.blocks < _BLOCKS:
        return None
    others = [
        week(some) for other in every if other is not stay and (some := between(other.visits, first, last))
    ]
    if any(own.strength < _STRONGER * other.strength for other in others):
        return None
    return Home(stay, True, first, last, own, max((other.rest for other in others), default=0))


def _possible(every: Sequence[Stay], weeks: dict[int, Week], likely: Sequence[Home]) -> Iterator[Home]:
    """The best guess where no home is likely; where one is, the best for the time before and after it."""
    free = [(weeks[id(stay)], stay) for stay in every if all(_is_apart(stay, home) for home in likely)]
    ranked = sorted(free, key=lambda each: -each[0].strength)
    least = _WEAKER * ranked[0][0].strength if ranked else 0.0
    fitting = [each for each in ranked if each[0].strength >= least and _fits(*each, bool(likely))]
    seen_early = [each for each in fitting if each[0].mornings or each[0].days < _NO_MORNING]
    for best, stay in (seen_early or fitting)[:1]:
        rival = max((other.rest for other, one in ranked if one is not stay), default=0)
        yield Home(stay, False, stay.visits[0].day, stay.visits[-1].day, best, rival)


def _fits(of: Week, stay: Stay, beside: bool) -> bool:
    """Whether a place may be a home at all; `beside` a likely one, for another time, it needs more."""
    span = stay.visits[-1].day - stay.visits[0].day + 1
    if beside and (of.days < _DAYS or of.nights < _BESIDE or span < _SPAN):
        return False
    if of.office >= WORKDAY and of.blocks < _RESTED:
        return False
    if not of.mornings and not of.nights and of.days >= _NO_DARK:
        return False
    return (
        of.days >= _FEW_DAYS and of.blocks >= _FEW_BLOCKS and of.weekdays >= _FEW_WEEKDAYS and span >= _SHORT
    )


def _is_apart(stay: Stay, home: Home) -> bool:
    """Whether a place was visited almost only before or after the time in which the other was home."""
    during = sum(home.first <= visit.day <= home.last for visit in stay.visits)
    return stay is not home.stay and during <= _MEANWHILE * len(stay.visits)
