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
_STRONGER = 1.5
"""How much stronger than any other place of its time a likely home is."""
_NIGHTS, _WEEKDAYS, _BLOCKS = 2, 5, 8
"""Nights, weekdays and blocks of the week at which a likely home was photographed."""
_FEW_DAYS, _FEW_BLOCKS, _SHORT, _FEW_WEEKDAYS = 2, 3, 14, 3
"""What even a possible home needs: days, blocks of the week, days from the first to the last, weekdays."""

_MEANWHILE = 0.1
"""A share of visits that may fall into the time of another home: handing over keys, seeing the neighbours."""


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
    if own.nights < _NIGHTS or own.weekdays < _WEEKDAYS or own.blocks < _BLOCKS:
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
    for best, stay in ranked[:1]:
        first, last = stay.visits[0].day, stay.visits[-1].day
        fits = best.days >= _FEW_DAYS and best.blocks >= _FEW_BLOCKS and best.weekdays >= _FEW_WEEKDAYS
        if likely:
            fits = fits and best.days >= _DAYS and best.nights >= _NIGHTS and last - first + 1 >= _SPAN
        if fits and last - first + 1 >= _SHORT and best.office < WORKDAY:
            rival = max((other.rest for other, _ in ranked[1:]), default=0)
            yield Home(stay, False, first, last, best, rival)


def _is_apart(stay: Stay, home: Home) -> bool:
    """Whether a place was visited almost only before or after the time in which the other was home."""
    during = sum(home.first <= visit.day <= home.last for visit in stay.visits)
    return stay is not home.stay and during <= _MEANWHILE * len(stay.visits)
