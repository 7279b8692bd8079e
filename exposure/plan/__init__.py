"""What to clean first: for each claim the fewest photos that carry it, and one plan over all that weigh most.

A plan is enough when the inferences, asked again of the photos that are left, say the same no more, say nothing new of
any weight, and when simpler guesses miss by `SAFE_M` metres as well. So a plan never takes only what is near home:
where that would leave a hole, or make another place stand out, what is around goes too. A visit is cleaned whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exposure.collection import Collection
from exposure.model import Claim, CollectionFinding, Confidence, Level
from exposure.plan._guesses import SAFE_M
from exposure.plan._rechecking import Goal, Recheck
from exposure.plan._searching import MANY, Plan, Search, smallest
from exposure.plan._words import left_over, together, told, without_copy
from exposure.plugins import Inference, discover

__all__ = ["FIRST", "SAFE_M", "SHOWN", "planned"]

SHOWN = 50
"""Photos named as evidence of each claim; their number is in its words."""
FIRST = "fix-first"
"""The rule id of the plan over all."""
LOOKS = 30_000
"""How many photos all questions together may look at before the plans are taken as they stand, apart from the last
question of each: it keeps a plan over 20,000 photos to a few seconds."""

_BESIDE = (
    " That is more photos than show it themselves: those beside them would show it again, or something else."
)


def planned(
    collection: Collection, claims: Sequence[Claim], inferences: Sequence[Inference] | None = None
) -> list[CollectionFinding]:
    """Each claim with the photos to clean so that nobody can make it any more, and first of all, where there are several,
    what to clean before everything else: it covers the claims of level high and above, or all when none is so high.

    Nothing is planned for claims of level low, nor for those that no clean copy helps against: they say what does.
    `inferences`: those that are asked again, all by default.
    """
    serious = sorted((c for c in claims if c.level > Level.LOW and not c.instead), key=lambda c: -c.level)
    if not serious:
        return [_finding(collection, claim, (), claim.instead) for claim in claims]
    asked = discover("inferences", Inference) if inferences is None else inferences
    search = Search(collection, claims, asked, LOOKS)
    groups = _groups(serious, are_many=len(collection) > MANY)
    share = LOOKS / (sum(_weight(group[0]) for group in groups) + _weight(serious[0]))
    steps = []
    fixes: dict[int, tuple[Sequence[int], str]] = {}
    for group in groups:
        goal = search.exact.goal(group)
        start = frozenset[int]().union(*(claim.enough or claim.photos for claim in group))
        steps.append(_Step(goal, smallest(goal, search, start, share * _weight(group[0]))))
        after = left_over(*steps[-1], search.exact)
        fixes |= {id(c): (_part(steps[-1], c), together(after, len(group))) for c in group}
    findings = [_finding(collection, claim, *fixes.get(id(claim), ((), claim.instead))) for claim in claims]
    if len(serious) > 1:
        first = [step for step in steps if step.level >= Level.HIGH] or steps
        findings.insert(0, _first(collection, search, first, share * _weight(serious[0])))
    return findings


def _groups(serious: Iterable[Claim], *, are_many: bool) -> list[list[Claim]]:
    """The claims that are planned for together: each by itself, but where photos are many, all of one rule that do not
    weigh much, for somebody who travels can have fifty trips."""
    groups: dict[object, list[Claim]] = {}
    for claim in serious:
        alone = claim.level >= Level.HIGH or not are_many
        groups.setdefault(id(claim) if alone else claim.rule, []).append(claim)
    return list(groups.values())


def _part(step: _Step, claim: Claim) -> list[int]:
    """What of the plan it takes for one of its claims: all but what only others of them rest on."""
    others = frozenset[int]().union(*(c.photos for c in step.goal.claims if c is not claim))
    return sorted(step.plan.photos - (others - frozenset(claim.photos)))


def _weight(claim: Claim) -> int:
    """What a claim counts for where plans are put in order, or share what may be asked: as much as two of the next level."""
    return 1 << (claim.level - Level.MEDIUM)


class _Step(NamedTuple):
    """Claims that are planned for together, mostly one, and their plan."""

    goal: Goal
    plan: Plan

    @property
    def rule(self) -> str:
        return self.goal.claims[0].rule

    @property
    def level(self) -> Level:
        return self.goal.claims[0].level


def _first(collection: Collection, search: Search, steps: Sequence[_Step], looks: float) -> CollectionFinding:
    """The plan over all these claims."""
    recheck = search.exact
    goal = recheck.goal([claim for step in steps for claim in step.goal.claims])
    plan = smallest(goal, search, frozenset[int]().union(*(step.plan.photos for step in steps)), looks)
    order, why = _in_order(recheck, plan, steps)
    names = tuple(collection.names[photo] for photo in order)
    result = "then a stranger can no longer tell" if plan.holds else "they show most of"
    return CollectionFinding(
        FIRST,
        Level.INFO,
        Confidence.CERTAIN if plan.holds else Confidence.FIRM,
        max(goal.claims, key=lambda claim: (claim.level, claim.confidence)).question,
        f"Clean these {len(order):,} of {len(collection):,} photos first: {result} "
        f"{told(goal.claims, recheck.titles)}.",
        why,
        ("copies that you posted before, or that others have, still show what they show",),
        names[:SHOWN],
        names,
        left_over(goal, plan, recheck) + without_copy(collection, order),
        photos=len(names),
    )


def _in_order(recheck: Recheck, plan: Plan, steps: Sequence[_Step]) -> tuple[list[int], tuple[str, ...]]:
    """Its photos, those first that take away most for each of them; and how far each number of them gets."""
    order: dict[int, None] = {}
    reached, waiting = [], list(steps)
    while waiting:
        step = max(
            waiting,
            key=lambda s: _weight(s.goal.claims[0]) / (1 + len((s.plan.photos & plan.photos) - order.keys())),
        )
        waiting.remove(step)
        order |= dict.fromkeys(sorted(step.plan.photos & plan.photos))
        alike = [claim for s in steps if s.rule == step.rule for claim in s.goal.claims]
        if step.rule in {s.rule for s in waiting} or len(order) == len(plan.photos):
            continue
        if recheck.fault(recheck.goal(alike), frozenset(order)) is None:
            few = f" {len(order):,}" if len(order) > 1 else ""
            reached.append(
                f"after the first{few}, a stranger can no longer tell {told(alike, recheck.titles)}"
            )
    return list(order | dict.fromkeys(sorted(plan.photos))), tuple(reached)


def _finding(collection: Collection, claim: Claim, fix: Sequence[int], after: str) -> CollectionFinding:
    photos = tuple(collection.names[photo] for photo in claim.photos[:SHOWN])
    return CollectionFinding(
        claim.rule,
        claim.level,
        claim.confidence,
        claim.question,
        claim.message,
        claim.why,
        claim.could_be_wrong_if,
        photos,
        tuple(collection.names[photo] for photo in fix),
        after + (_BESIDE if len(fix) > len(claim.photos) else "") + without_copy(collection, fix),
        claim.place,
        claim.radius_m,
        len(claim.photos),
    )
