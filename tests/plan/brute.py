"""The smallest plan by trying every choice of visits: slow, and without any idea of how plans are found."""

from __future__ import annotations

from itertools import chain, combinations

from exposure.plan._outings import outings
from exposure.plan._rechecking import Goal
from exposure.plan._searching import Search


def smallest_size(goal: Goal, search: Search) -> int:
    """How many photos it has."""
    every = outings(search.exact.sights.collection)
    choices = chain.from_iterable(combinations(every, size) for size in range(len(every) + 1))
    for choice in sorted(choices, key=lambda some: sum(map(len, some))):
        photos = frozenset(chain.from_iterable(choice))
        if search.exact.fault(goal, photos) is None:
            return len(photos)
    raise AssertionError("cleaning everything is not enough")
