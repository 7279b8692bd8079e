"""Which trips somebody makes in those years: how often they go on holiday, on business, and to see their parents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from tests.people.around import Job, destination, near
from tests.people.belonging import Belongings
from tests.people.kinds import Traits
from tests.people.travels import Journey


def plans(rng: Random, kind: Traits) -> list[str]:
    """One word for each trip to be made."""
    years = (kind.last - kind.first).days / 365
    business = kind.kind in ("worker", "home worker", "tower beside work") and rng.random() < 0.35
    often = {
        "holiday": rng.uniform(0.6, 2.2),
        "tour": 0.25,
        "holiday house": 1.0 if "holiday house" in kind.flags else 0.0,
        "parents": rng.uniform(2, 6) if "far parents" in kind.flags else 0.0,
        "weekend": rng.lognormvariate(0.4, 0.8),
        "business": rng.uniform(2, 9) if business else 0.0,
    }
    found = []
    for word, mean in often.items():
        wanted = mean * years
        found += [word] * min(60, int(wanted) + (rng.random() < wanted % 1))
    return found


def weeks(rng: Random, kind: Traits, belong: Belongings, trips: Sequence[Journey]) -> Iterator[Journey]:
    """A consultant's weeks: from Monday to Thursday in one hotel near one client."""
    home = belong.residences[0].site
    hotel = destination(rng, home, 150, 900, "hotel")
    client = near(rng, hotel, 300, 6000, "work:client", "indoors", 30)
    job = Job("client", client, client, 9.0, 8.5, rate=kind.work_rate)
    day = kind.first + timedelta(days=7 - kind.first.weekday())
    until = min(
        kind.last, belong.residences[1].since if len(belong.residences) > 1 else kind.last
    ) - timedelta(days=6)
    while day < until:
        busy = any(
            t.since <= day + timedelta(days=4) and day <= t.since + timedelta(days=t.nights + 1)
            for t in trips
        )
        if not busy and rng.random() < 0.75:
            yield Journey("business", day, 3, (hotel,), job)
        day += timedelta(days=7)
