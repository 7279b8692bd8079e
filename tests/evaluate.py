"""How good the guesses about a whole collection are, on synthetic people: ``python -m tests.evaluate``.

Thresholds are chosen on seeds 0 to 9,999 ("training"). The published figures are of seeds from 1,000,000 on, which is
the default and which nobody may look at while choosing. ``--seeds 0:1000 --failures`` shows what goes wrong on
training people. The same seeds give the same table, whatever ``--jobs`` is.

Two tables in Markdown are printed: what was claimed and what was missed, each with its bar; and what is left when the
photos are disturbed, one person for each shuffle. The exit code is 0 when every bar is met, else 1; a bar whose
inference does not exist is not met.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from typing import NamedTuple, TypeVar

from tests.people.disturbing import DISTURBANCES, disturbed
from tests.people.judging import BARS, Score, judged, rules
from tests.people.lives import person

HELD_OUT = 1_000_000
"""The first seed that thresholds were not chosen on."""

T = TypeVar("T")


class Outcome(NamedTuple):
    """What one person gives to the first table."""

    photos: int
    home_days: int
    """-1 without a home."""
    scores: tuple[Score, ...]


def outcome(seed: int) -> Outcome:
    life = person(seed)
    days = max((len(h.days) for h in life.truth.homes), default=-1)
    return Outcome(len(life.photos), days, tuple(judged(life)))


def in_order(work: Callable[[int], T], seeds: Iterable[int], jobs: int) -> Iterator[T]:
    """The work done for each seed, in the order of the seeds."""
    if jobs == 1:
        yield from map(work, seeds)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = iter(seeds)
        while some := list(islice(waiting, 8 * jobs)):
            yield from pool.map(work, some, chunksize=2)


def people_said(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Who they are, in a line."""
    photos = sorted(o.photos for o in outcomes)
    days = [o.home_days for o in outcomes]
    groups = {
        "10 and more days": sum(d >= 10 for d in days),
        "2 to 9 days": sum(2 <= d <= 9 for d in days),
        "one day or none": sum(0 <= d < 2 for d in days),
    }
    yield (
        f"{len(outcomes):,} synthetic people with {sum(photos):,} photos (median {statistics.median(photos):g}, "
        f"{photos[0]:,} to {photos[-1]:,} each); photographed at home on "
        + ", ".join(f"{words}: {number:,}" for words, number in groups.items())
        + f"; without any home: {sum(d < 0 for d in days):,}."
    )


def claims_table(scores: Iterable[Score]) -> tuple[list[str], bool]:
    """The first table, and whether every bar is met."""
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for score in scores:
        cases[score.row] += 1
        hits[score.row] += score.hit
    lines = ["| | cases | share | bar | |", "|---|---:|---:|---:|---|"]
    met, known = True, rules()
    for row, bar in BARS.items():
        sign = "at most" if bar.at_most else "at least"
        wanted = f"{sign} {bar.share:.0%}" if bar.share else "none"
        wanted = "no bar" if bar.at_most and bar.share == 1 else wanted
        if bar.rule not in known:
            lines.append(f"| {bar.title} | | | {wanted} | no such inference: {bar.rule} |")
            met = False
            continue
        share = hits[row] / cases[row] if cases[row] else None
        passed = share is not None and (share <= bar.share if bar.at_most else share >= bar.share)
        if share is None and row.startswith("few"):  # no likely claim at all breaks no promise
            passed = True
        met &= passed
        said = "" if share is None else f"{share:.1%}"
        lines.append(
            f"| {bar.title} | {hits[row]:,} / {cases[row]:,} | {said} | {wanted} | {'yes' if passed else '**no**'} |"
        )
    return lines, met


def failures(scores: Iterable[Score]) -> Iterator[str]:
    """For each row, the kinds of life that it fails on most, and the first seeds."""
    cases: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        cases[score.row].append(score)
    known = rules()
    for row, bar in BARS.items():
        if bar.rule not in known:
            continue
        bad = [s for s in cases[row] if s.hit == bar.at_most]
        if bad:
            kinds = Counter(k for s in bad for k in s.kinds)
            every = Counter(k for s in cases[row] for k in s.kinds)
            worst = sorted(kinds, key=lambda k: (-kinds[k] / every[k] * min(1, kinds[k] / 3), k))[:8]
            said = ", ".join(f"{k} {kinds[k]}/{every[k]}" for k in worst)
            yield f"{bar.title}: {len(bad)} of {len(cases[row])}: {said}"
            yield f"    seeds {', '.join(map(str, sorted({s.seed for s in bad})[:15]))}"


def shuffles_table(found: Sequence[dict[str, Counter[str]]]) -> tuple[list[str], bool]:
    """The second table, and whether every bar is met."""
    lines = [
        f"| {len(found)} people, each disturbed once | claims or changes | bar | |",
        "|---|---|---:|---|",
    ]
    met, known = bool(found), rules()
    before = sum((each["before"] for each in found), Counter[str]())
    lines.append(f"| undisturbed | {_by_rule(before)} | | |")
    for name, row in DISTURBANCES.items():
        total = sum((each[name] for each in found), Counter[str]())
        wanted = f"at most {row.allowed}" if row.allowed else "none"
        missing = [rule for rule in row.rules if rule not in known]
        passed = total.total() <= row.allowed and not missing
        said = "yes" if passed else "**no**"
        if missing:
            said = f"no such inference: {', '.join(missing)}"
        met &= passed
        lines.append(f"| {row.title} | {_by_rule(total)} | {wanted} | {said} |")
    return lines, met


def _by_rule(counts: Counter[str]) -> str:
    return ", ".join(f"{rule} {n:,}" for rule, n in sorted(counts.items()) if n) or "none"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.evaluate", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--people", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument(
        "--seeds", metavar="A:B", help=f"from A up to before B (default: from {HELD_OUT:,} on)"
    )
    parser.add_argument(
        "--shuffles", type=int, default=100, help="people to disturb (default 100; 0 for none)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--failures", action="store_true", help="say which lives fail")
    options = parser.parse_args(arguments)
    first, _, until = (options.seeds or f"{HELD_OUT}:{HELD_OUT + options.people}").partition(":")
    seeds = range(int(first), int(until))
    start = time.perf_counter()
    outcomes = list(in_order(outcome, seeds, options.jobs))
    scores = [s for o in outcomes for s in o.scores]
    print(*people_said(outcomes), "", sep="\n")
    lines, met = claims_table(scores)
    print(*lines, "", sep="\n")
    if options.failures:
        print(*failures(scores), "", sep="\n")
    if options.shuffles:
        found = (each for each in in_order(disturbed, count(int(first)), options.jobs) if each is not None)
        lines, calm = shuffles_table(list(islice(found, options.shuffles)))
        print(*lines, "", sep="\n")
        met &= calm
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
