"""What is left to be said once some photos are cleaned: always asked again, never assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exposure.ground import metres
from exposure.inferences._stays import stays
from exposure.model import Claim, Level
from exposure.plan._asking import Asking
from exposure.plan._guesses import SAFE_M, Sights, Target

ANCHORS = frozenset({"likely-home", "likely-work", "child-school", "hole-around-home"})
"""Inferences that name places where somebody can be waited for: for these, guesses by simpler means must fail too."""
HOME = "likely-home"
"""The one of them besides which there may be another place to sleep at."""
EMPTY = "hole-around-home"
"""The one of them at which there is no photo."""
SAME_M = 1_000.0
"""Two claims of one rule this near to each other, in metres, are the same claim."""
WIDE = 100_000
"""`Recheck.wide` at the beginning: it runs out only where many photos meet many claims."""
_NIGHTS, _STAY = 3, 15
"""So many nights at a place, and days from the first to the last, that no hotel would see on a holiday, may be a second
home: with a partner, with parents, at weekends."""
_WIDER_M = (1_000.0, 2_000.0, 5_000.0, 15_000.0, 50_000.0)


def is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same thing, perhaps not as surely."""
    if one.rule != other.rule:
        return False
    here, there = position(one), position(other)
    if here is None or there is None:
        return here is there and one.subject == other.subject
    return metres(*here, *there) <= SAME_M


def position(claim: Claim) -> tuple[float, float] | None:
    """Where it says something is, in degrees."""
    place = claim.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


@dataclass(frozen=True, slots=True)
class Goal:
    """Claims that nobody should be able to make any more."""

    claims: tuple[Claim, ...]
    places: tuple[tuple[Claim, Target], ...]
    """Those of them whose place nobody should be able to guess."""
    forced: frozenset[int]
    """Photos that every plan cleans."""


@dataclass(slots=True)
class Recheck:
    """The inferences and the attacks, to be asked again of the photos that are left."""

    asking: Asking
    before: Sequence[Claim]
    """The claims that stood at the beginning."""
    sights: Sights
    wide: float = WIDE
    """How many photos may still be looked at for what else shows once a claim of less weight is gone."""
    narrow: set[frozenset[int]] = field(default_factory=set)
    """The plans of which that was not asked."""

    @property
    def is_spent(self) -> bool:
        """Whether no more may be asked, except for what must be."""
        return self.asking.looks <= 0

    @property
    def titles(self) -> dict[str, str]:
        return {each.id: each.title for each in self.asking.inferences}

    def goal(self, claims: Sequence[Claim]) -> Goal:
        places = [
            (claim, Target.of(self.sights, *here, claim.radius_m or 0.0))
            for claim in claims
            if claim.rule in ANCHORS and (here := position(claim)) is not None
        ]
        forced = (target.forced() for claim, target in places if claim.rule != EMPTY)
        return Goal(tuple(claims), tuple(places), frozenset[int]().union(*forced))

    def fault(self, goal: Goal, cleaned: frozenset[int]) -> frozenset[int] | None:
        """None when cleaning these photos is enough and does no harm; else photos that should be cleaned as well, which
        may be none."""
        if not goal.forced <= cleaned:
            return goal.forced - cleaned
        rules = dict.fromkeys(claim.rule for claim in goal.claims)
        for rule in rules:
            if still := self._remaining(goal, self.asking.said(rule, cleaned)):
                return _photos(still) - cleaned
        for _, target in goal.places:
            if any(metres_off < SAFE_M for metres_off in target.guesses(cleaned)):
                return _wider(target, cleaned)
        if max(claim.level for claim in goal.claims) < Level.HIGH:
            if self.wide <= 0:
                self.narrow.add(cleaned)
                return None
            self.wide -= len(self.asking.collection) - len(cleaned)
        after = self.after(cleaned)
        bad = [*self._remaining(goal, after), *self.new(after)]
        return _photos(bad) - cleaned if bad else None

    def other_nights(self, cleaned: frozenset[int], home: tuple[float, float]) -> tuple[int, float] | None:
        """Of the place with most nights among what is left, where those are several, of more than one stay, and it is no home
        that was claimed: how many nights, and how far from this home, in metres."""
        every = [each for each in stays(self.asking.without(cleaned)) if each.span >= _STAY]
        best = max(every, key=lambda each: len(each.nights), default=None)
        if best is None or len(best.nights) < _NIGHTS:
            return None
        here = best.latitude, best.longitude
        homes = [at for claim in self.before if claim.rule == HOME and (at := position(claim)) is not None]
        if any(metres(*here, *there) <= SAME_M for there in homes):
            return None
        return len(best.nights), metres(*here, *home)

    def left(self, goal: Goal, cleaned: frozenset[int]) -> list[Claim]:
        """What is still said of the goal, at whatever level."""
        rules = dict.fromkeys(claim.rule for claim in goal.claims)
        said = [claim for rule in rules for claim in self.asking.said(rule, cleaned)]
        return [c for c in said if any(is_same(c, known) for known in goal.claims)]

    def after(self, cleaned: frozenset[int]) -> list[Claim]:
        """What all inferences say of the rest."""
        return [claim for each in self.asking.inferences for claim in self.asking.said(each.id, cleaned)]

    def new(self, after: Iterable[Claim]) -> list[Claim]:
        """The claims of some weight that were not there before, or not as grave or as sure."""
        return [claim for claim in after if claim.level > Level.LOW and not self._was_there(claim)]

    def _was_there(self, claim: Claim) -> bool:
        return any(
            is_same(claim, known) and known.level >= claim.level and known.confidence >= claim.confidence
            for known in self.before
        )

    def _remaining(self, goal: Goal, after: Iterable[Claim]) -> list[Claim]:
        return [c for c in after if c.level > Level.LOW and any(is_same(c, known) for known in goal.claims)]


def _photos(claims: Iterable[Claim]) -> frozenset[int]:
    return frozenset(photo for claim in claims for photo in claim.photos)


def _wider(target: Target, cleaned: frozenset[int]) -> frozenset[int]:
    """The photos around a place, as far away as it takes to find any that are left."""
    for reach in _WIDER_M:
        if found := target.within(reach) - cleaned:
            return found
    return frozenset()
