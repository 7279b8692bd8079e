"""The fewest photos whose cleaning is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from exposure.collection import Collection
from exposure.model import Claim, Level
from exposure.plan._asking import asking
from exposure.plan._guesses import Sights
from exposure.plan._outings import Outing, outings, repeats
from exposure.plan._rechecking import Goal, Recheck
from exposure.plugins import Inference

EXACT = 12
"""Up to so many visits in the whole collection, every choice of them is considered."""
MANY = 2_000
"""Of more photos than this, bursts are looked at as one photo while the search goes on."""
_PATIENCE = 24
"""So many needed visits one after the other are each tried; after them only some."""
_LEAST_ROUNDS, _ROUNDS = 4, 24
"""How often a plan that is not enough is made larger before all photos are taken; the first number, where all that
may be asked has been."""


class Plan(NamedTuple):
    """Photos to clean."""

    photos: frozenset[int]
    holds: bool
    """Whether asking again said that it is enough."""
    is_full: bool
    """Whether it was tried to do without each visit, so that none of them can be spared."""


class Visits:
    """The visits of a collection, each cleaned as a whole."""

    __slots__ = ("all", "every", "of")

    def __init__(self, collection: Collection) -> None:
        self.every = every = outings(collection)
        self.of = {photo: outing for outing in every for photo in outing}
        self.all = frozenset(self.of)

    def whole(self, photos: Iterable[int]) -> frozenset[int]:
        """These photos and all others of their visits."""
        return frozenset(p for outing in {self.of[photo] for photo in photos} for p in outing)


class Search:
    """What is asked: of all photos, and, where they are many, first of those that do not repeat others."""

    __slots__ = ("exact", "rough", "visits")

    def __init__(
        self, collection: Collection, claims: Sequence[Claim], inferences: Sequence[Inference], looks: float
    ) -> None:
        self.visits = Visits(collection)
        sights = Sights.of(collection)
        self.exact = self.rough = Recheck(asking(collection, inferences, frozenset(), looks), claims, sights)
        if len(collection) > MANY and (but := repeats(collection, self.visits.every)):
            fewer = asking(collection, inferences, but, looks)
            rough = Recheck(fewer, claims, sights)
            self.rough = Recheck(fewer, [*claims, *rough.after(frozenset())], sights)


def smallest(goal: Goal, search: Search, start: Iterable[int], looks: float) -> Plan:
    """The smallest plan that is found, beginning with the photos of `start`."""
    visits = search.visits
    begin = visits.whole([*start, *goal.forced])
    search.rough.asking.looks = search.exact.asking.looks = looks
    if search.rough is search.exact:
        return _smallest(goal, search.rough, visits, begin)
    if looks < len(search.rough.asking.collection) and max(c.level for c in goal.claims) < Level.HIGH:
        return _enough(goal, search.exact, visits, begin, _LEAST_ROUNDS)._replace(is_full=False)
    plan = _smallest(goal, search.rough, visits, begin)
    checked = _enough(goal, search.exact, visits, plan.photos, _LEAST_ROUNDS)
    return checked._replace(is_full=plan.is_full and checked.photos == plan.photos)


def _smallest(goal: Goal, recheck: Recheck, visits: Visits, photos: frozenset[int]) -> Plan:
    found = _enough(goal, recheck, visits, photos, _ROUNDS)
    if not found.holds or recheck.is_spent:
        return found
    if len(visits.every) <= EXACT:
        return Plan(_exact(goal, recheck, visits, found.photos), True, True)
    return _without_the_needless(goal, recheck, visits, found.photos)


def _enough(goal: Goal, recheck: Recheck, visits: Visits, photos: frozenset[int], rounds: int) -> Plan:
    """Made larger until it is enough: by what still says it, what says something new, or what lies around. Where that
    does not end in time: all photos for what weighs much, and for the rest no more than it began with."""
    first = photos
    for turn in range(_ROUNDS):
        more = recheck.fault(goal, photos)
        if more is None:
            return Plan(photos, True, True)
        if not more or (recheck.is_spent and turn >= rounds):
            break
        photos = visits.whole(photos | more)
    weighs = any(claim.level >= Level.HIGH for claim in goal.claims)
    if (weighs or not recheck.is_spent) and recheck.fault(goal, visits.all) is None:
        return Plan(visits.all, True, False)
    return Plan(first, False, False)


def _exact(goal: Goal, recheck: Recheck, visits: Visits, bound: frozenset[int]) -> frozenset[int]:
    """The smallest of all choices of visits that is enough: by photos, then visits, then the earlier ones."""
    free = [outing for outing in visits.every if not goal.forced.intersection(outing)]
    forced = visits.whole(goal.forced)
    choices = [c for size in range(len(free) + 1) for c in combinations(range(len(free)), size)]
    weights = [len(outing) for outing in free]
    choices.sort(key=lambda choice: (sum(weights[n] for n in choice), len(choice), choice))
    for choice in choices:
        photos = forced.union(*(free[n] for n in choice))
        if len(photos) > len(bound):
            break
        if recheck.fault(goal, photos) is None:
            return photos
    return bound


def _without_the_needless(goal: Goal, recheck: Recheck, visits: Visits, photos: frozenset[int]) -> Plan:
    """The plan without the visits that it can do without: those tried first that spare most photos, then, from the
    beginning again, those that lie farthest to one side of a place, or that no claim rests on. The better of both."""
    free = [o for o in visits.every if o[0] in photos and not goal.forced.intersection(o)]
    free.sort(key=len, reverse=True)
    looks = recheck.asking.looks
    recheck.asking.looks = looks / 2
    one = _tried(goal, recheck, photos, free)
    if goal.places:
        free.sort(key=lambda outing: goal.places[0][1].aside(outing[0]), reverse=True)
    else:
        claimed = frozenset(photo for claim in goal.claims for photo in claim.photos)
        free.sort(key=lambda outing: (not claimed.isdisjoint(outing), len(outing)))
    recheck.asking.looks += looks / 2
    other = _tried(goal, recheck, photos, free)
    return min(one, other, key=lambda plan: len(plan.photos))


def _tried(goal: Goal, recheck: Recheck, photos: frozenset[int], free: Sequence[Outing]) -> Plan:
    """The plan without those visits, in that order, that it can do without: twice as many at a time after each success,
    one after a failure, and in leaps where one visit after the other is needed."""
    here, stride, needed, every_one = 0, 1, 0, True
    while here < len(free):
        if recheck.is_spent:
            return Plan(photos, True, False)
        less = photos.difference(*free[here : here + stride])
        if recheck.fault(goal, less) is None:
            photos, here, stride, needed = less, here + stride, stride * 2, 0
        elif stride > 1:
            stride = 1
        else:
            needed += 1
            leap = 1 if needed <= _PATIENCE else 2 ** (needed - _PATIENCE)
            here, every_one = here + leap, every_one and leap == 1
    return Plan(photos, True, every_one)
