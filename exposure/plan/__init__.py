"""What to clean first: for each claim the fewest photos that carry it, and one plan over all that weigh most.

A plan is enough when the inferences, asked again of the photos that are left, say the same no more, say nothing new of
any weight, and when simpler guesses miss by `SAFE_M` metres as well. So a plan never takes only what is near home:
where that would leave a hole, or make another place stand out, what is around goes too. A visit is cleaned whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exposure.collection import Collection
from exposure.model import Claim, CollectionFinding, Confidence, Level
from exposure.plan._guesses import SAFE_M
from exposure.plan._rechecking import Goal, Recheck
from exposure.plan._searching import Plan, Search, smallest
from exposure.plan._words import left_over, told
from exposure.plugins import Inference, discover

__all__ = ["FIRST", "SAFE_M", "SHOWN", "planned"]

SHOWN = 50
"""Photos named as evidence of each claim; their number is in its words."""
FIRST = "fix-first"
"""The rule id of the plan over all."""
LOOKS = 30_000
"""How many photos all questions together may look at before the plans are taken as they stand, apart from the last
question of each: it keeps a plan over 20,000 photos to a few seconds."""


def planned(
    collection: Collection, claims: Sequence[Claim], inferences: Sequence[Inference] | None = None
) -> list[CollectionFinding]:
    """Each claim with the photos to clean so that nobody can make it any more, and first of all, where there are several,
    what to clean before everything else: it covers the claims of level high and above, or all when none is so high.

    Nothing is planned for claims of level low. `inferences`: those that are asked again, all by default.
    """
    serious = sorted((c for c in claims if c.level > Level.LOW), key=lambda c: -c.level)
    if not serious:
        return [_finding(collection, claim, (), "") for claim in claims]
    asked = discover("inferences", Inference) if inferences is None else inferences
    search = Search(collection, claims, asked, LOOKS)
    share = LOOKS / (sum(map(_weight, serious)) + _weight(serious[0]))
    steps, findings = [], []
    for claim in claims:
        if claim.level > Level.LOW:
            goal = search.exact.goal([claim])
            steps.append(_Step(goal, smallest(goal, search, claim.photos, share * _weight(claim))))
            after = left_over(*steps[-1], search.exact)
            findings.append(_finding(collection, claim, sorted(steps[-1].plan.photos), after))
        else:
            findings.append(_finding(collection, claim, (), ""))
    if len(serious) > 1:
        first = [step for step in steps if step.claim.level >= Level.HIGH] or steps
        findings.insert(0, _first(collection, search, first, share * _weight(serious[0])))
    return findings


def _weight(claim: Claim) -> int:
    """What a claim counts for where plans are put in order, or share what may be asked: as much as two of the next level."""
    return 1 << (claim.level - Level.MEDIUM)


class _Step(NamedTuple):
    """One claim and its own plan."""

    goal: Goal
    plan: Plan

    @property
    def claim(self) -> Claim:
        return self.goal.claims[0]


def _first(collection: Collection, search: Search, steps: Sequence[_Step], looks: float) -> CollectionFinding:
    """The plan over all these claims."""
    recheck = search.exact
    goal = recheck.goal([step.claim for step in steps])
    plan = smallest(goal, search, frozenset[int]().union(*(step.plan.photos for step in steps)), looks)
    order, why = _in_order(recheck, plan, steps)
    names = tuple(collection.names[photo] for photo in order)
    result = "then a stranger can no longer tell" if plan.holds else "they show most of"
    return CollectionFinding(
        FIRST,
        Level.INFO,
        Confidence.CERTAIN if plan.holds else Confidence.FIRM,
        max((step.claim for step in steps), key=lambda claim: (claim.level, claim.confidence)).question,
        f"Clean these {len(order):,} of {len(collection):,} photos first: {result} "
        f"{told(goal.claims, recheck.titles)}.",
        why,
        ("copies that you posted before, or that others have, still show what they show",),
        names[:SHOWN],
        names,
        left_over(goal, plan, recheck),
    )


def _in_order(recheck: Recheck, plan: Plan, steps: Sequence[_Step]) -> tuple[list[int], tuple[str, ...]]:
    """Its photos, those first that take away most for each of them; and how far each number of them gets."""
    order: dict[int, None] = {}
    reached, waiting = [], list(steps)
    while waiting:
        step = max(
            waiting,
            key=lambda s: _weight(s.claim) / (1 + len((s.plan.photos & plan.photos) - order.keys())),
        )
        waiting.remove(step)
        order |= dict.fromkeys(sorted(step.plan.photos & plan.photos))
        alike = [s.claim for s in steps if s.claim.rule == step.claim.rule]
        if step.claim.rule in {s.claim.rule for s in waiting} or len(order) == len(plan.photos):
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
        after,
        claim.place,
        claim.radius_m,
    )
