"""How long many photos take together, and how much memory: ``python -m tests.bench_collection``.

The photos of one prolific synthetic person are told again and again, one life after the other, until there are enough;
each size runs in a process of its own, so that its peak of memory is its own. Reading the files is not part of it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from exposure.collection import Collection
from exposure.inferring import inferred
from exposure.model import Examination
from exposure.plan import planned
from exposure.plugins import Inference, discover

PROLIFIC = 202
"""Among this and the next seeds is a person with thousands of photos."""
CENTURY = 5_000
"""In weeks: clocks outside 1990 to 2100 count for nothing."""


def photos(number: int) -> Iterator[Examination]:
    """So many: one life after the other from 1991 on, and where a century of them is not enough, each photo as a burst."""
    from tests.people import person

    life = max((person(seed) for seed in range(PROLIFIC, PROLIFIC + 40)), key=lambda each: len(each.photos))
    days = sorted(t.local[:10] for p in life.photos for t in p.facts.times if t.local >= "2010")
    first, last = (datetime.fromisoformat(day) for day in (days[0], days[-1]))
    weeks = (last - first).days // 7 + 1
    lives = CENTURY // weeks
    burst = -(-number // (lives * len(life.photos)))
    for turn in range(lives):
        later = timedelta(weeks=(datetime(1991, 1, 7) - first).days // 7 + weeks * turn)
        for photo in life.photos:
            for shot in range(burst):
                times = tuple(t._replace(local=_moved(t.local, later, shot)) for t in photo.facts.times)
                yield replace(
                    photo, name=f"{turn}/{shot} {photo.name}", facts=replace(photo.facts, times=times)
                )


def _moved(local: str, later: timedelta, seconds: int) -> str:
    try:
        return (datetime.fromisoformat(local) + later + timedelta(seconds=seconds)).isoformat(
            timespec="seconds"
        )
    except OverflowError:  # a clock that nobody set
        return local


def measured(number: int) -> None:
    """Print one row of the table."""
    collection = Collection("2024-12-31")
    started = time.perf_counter()
    for photo in islice(photos(number), number):
        collection.add(photo)
    added = time.perf_counter()
    before = _peak()
    slowest: list[tuple[float, str]] = []
    for each in discover("inferences", Inference):
        begun = time.perf_counter()
        list(each.infer(collection))
        slowest.append((time.perf_counter() - begun, each.id))
    seconds, memory = sum(s for s, _ in slowest), _peak()
    begun = time.perf_counter()
    claims = inferred(collection)
    planned(collection, claims)
    plan = time.perf_counter() - begun
    worst = ", ".join(f"{name} {s:.2f}" for s, name in sorted(slowest, reverse=True)[:3])
    print(
        f"| {number:,} | {added - started:.1f} | {seconds:.2f} | {plan:.1f} | {before:.0f} | {memory:.0f}"
        f" | {_peak():.0f} | {len(claims)} | {worst} |"
    )


def _peak() -> float:
    """The largest amount of memory that this process has used, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, nargs="*", default=[10_000, 30_000, 100_000, 300_000])
    parser.add_argument("--one", type=int, help="measure this number in this process")
    options = parser.parse_args()
    if options.one:
        measured(options.one)
        return
    print(
        "| photos | adding s | all inferences s | plan s | MB before | MB after | with plan | claims | slowest |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---|", flush=True)
    for number in options.photos:
        subprocess.run([sys.executable, "-m", "tests.bench_collection", "--one", str(number)], check=True)


if __name__ == "__main__":
    main()
