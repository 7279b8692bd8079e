"""How good the plans of what to clean first are, on synthetic people: ``python -m tests.evaluate_plan``.

Three tables: plans with all inferences held against every choice of visits, on small sets; what the plans of whole
people cost and what the attackers of `tests.attackers` make of what is left; and the time that plans take over
larger and larger collections. The exit code is 0 when no plan is larger than it may be, and no attacker and no
inference sees through one that says that it is enough.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferring import inferred
from exposure.model import CollectionFinding, Examination, Level
from exposure.plan import FIRST, LOOKS, SAFE_M, planned
from exposure.plan._rechecking import is_same, position
from exposure.plan._searching import EXACT, Search, smallest
from exposure.plugins import Inference, discover
from tests.attackers import ATTACKERS, seen
from tests.people import person
from tests.people.truth import metres
from tests.plan.brute import smallest_size
from tests.plan.sets import few_visits, gathered

_SAY = ("likely-home", "likely-work")
_FEWEST = 10


class Case(NamedTuple):
    """One plan for one person."""

    rule: str
    share: float
    """Of all photos."""
    holds: bool
    still: bool
    """Whether an inference says it all the same."""
    before: frozenset[str]
    after: frozenset[str]
    """The attackers that come within the distance at which plans hold."""


def small(seeds: Iterable[int]) -> Iterator[tuple[float, bool]]:
    """How much larger than need be the plans for small sets are, and whether each is the joint one."""
    asked = discover("inferences", Inference)
    for seed in seeds:
        collection = gathered(few_visits(seed))
        claims = [c for c in inferred(collection) if c.level > Level.LOW]
        if len(Search(collection, claims, asked, LOOKS).visits.every) > EXACT:
            continue
        for aim in [[c] for c in claims] + ([claims] if len(claims) > 1 else []):
            search = Search(collection, claims, asked, LOOKS)
            goal = search.exact.goal(aim)
            plan = smallest(goal, search, [photo for claim in aim for photo in claim.photos], LOOKS)
            yield len(plan.photos) / smallest_size(goal, search), len(aim) > 1


def whole(seed: int) -> Iterator[Case]:
    """The plans for the places of one person, and the joint one."""
    life = person(seed)
    collection = gathered(life.photos)
    collection.today = life.today
    claims = inferred(collection)
    number = {name: photo for photo, name in enumerate(collection.names)}
    for finding in planned(collection, claims):
        if finding.rule in _SAY and finding.place is not None:
            left = collection.without(number[name] for name in finding.fix)
            claim = next(c for c in claims if (c.rule, c.place) == (finding.rule, finding.place))
            still = any(is_same(c, claim) and c.level > Level.LOW for c in inferred(left))
            place = position(claim) or (0.0, 0.0)
            before, after = (_attacked(c, place) for c in (collection, left))
            yield Case(
                finding.rule, len(finding.fix) / len(collection), _holds(finding), still, before, after
            )
        elif finding.rule == FIRST:
            nobody = frozenset[str]()
            yield Case(FIRST, len(finding.fix) / len(collection), _holds(finding), False, nobody, nobody)


def _holds(finding: CollectionFinding) -> bool:
    return not finding.after.startswith("this is not enough")


def _attacked(collection: Collection, place: tuple[float, float]) -> frozenset[str]:
    sightings = seen(collection)
    points = {attack.__name__: attack(sightings) for attack in ATTACKERS}
    return frozenset(name for name, point in points.items() if point and metres(*point, *place) < SAFE_M)


def enlarged(seed: int, count: int) -> list[Examination]:
    """The photos of a person again and again, a fortnight of shots closer together each time, up to so many."""
    photos = person(seed).photos
    found: list[Examination] = []
    for turn in range(count // len(photos) + 1):
        found += [_later(photo, turn) for photo in photos]
    return found[:count]


def _later(photo: Examination, turn: int) -> Examination:
    facts = photo.facts
    shift = timedelta(minutes=7 * turn)
    times = tuple(
        t._replace(local=(datetime.fromisoformat(t.local) + shift).isoformat(timespec="seconds"))
        for t in facts.times
    )
    return replace(photo, name=f"{turn}/{photo.name}", facts=replace(facts, times=times))


def _report_small(sets: int) -> bool:
    ratios = list(small(range(sets)))
    single, joint = [r for r, both in ratios if not both], [r for r, both in ratios if both]
    print("| small sets, all inferences | plans | at most times the smallest |\n|---|---:|---:|")
    print(f"| for one inference | {len(single)} | {max(single, default=1):.2f} |")
    print(f"| for all together | {len(joint)} | {max(joint, default=1):.2f} |\n")
    return max(single, default=1.0) == 1 and max(joint, default=1.0) <= 1.3


def _report_people(seeds: range) -> bool:
    begun = time.perf_counter()
    cases = [case for seed in seeds for case in whole(seed)]
    print(f"{len(seeds):,} people, {time.perf_counter() - begun:.0f} s with inferences and attackers\n")
    print("| plan | number | enough | photos, median | nine of ten |\n|---|---:|---:|---:|---:|")
    for rule in (*_SAY, FIRST):
        shares = sorted(case.share for case in cases if case.rule == rule)
        if len(shares) >= _FEWEST:
            enough = sum(case.holds for case in cases if case.rule == rule)
            ninth = shares[len(shares) * 9 // 10]
            print(f"| {rule} | {len(shares)} | {enough} | {statistics.median(shares):.0%} | {ninth:.0%} |")
    before = Counter(name for case in cases for name in case.before)
    after = Counter(name for case in cases if case.holds for name in case.after)
    print(f"\n| guesses within {SAFE_M:.0f} m | before | after |\n|---|---:|---:|")
    for attack in ATTACKERS:
        name = attack.__name__
        print(f"| {name.replace('_', ' ')} | {before[name]} | {after[name]} |")
    still = sum(case.still and case.holds for case in cases)
    print(f"| our own inferences | {sum(case.rule in _SAY for case in cases)} | {still} |\n")
    return not after and not still


def _report_time(seed: int, counts: Iterable[int]) -> None:
    print("| photos | inferences, s | plan, s |\n|---:|---:|---:|")
    for count in counts:
        collection = gathered(enlarged(seed, count))
        begun = time.perf_counter()
        claims = inferred(collection)
        between = time.perf_counter()
        planned(collection, claims)
        print(f"| {count:,} | {between - begun:.1f} | {time.perf_counter() - between:.1f} |", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--sets", type=int, default=200, help="small sets")
    options.add_argument("--seeds", default="2000000:2000200", help="people, FIRST:END")
    options.add_argument("--photos", type=int, nargs="*", default=[1_000, 5_000, 20_000])
    chosen = options.parse_args()
    first, _, end = chosen.seeds.partition(":")
    good = _report_small(chosen.sets)
    good &= _report_people(range(int(first), int(end)))
    _report_time(274, chosen.photos)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
