"""What kinds of people there are, and how often: drawn before anything of their life is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

KINDS = {
    "worker": 29.0,
    "home worker": 8.0,
    "part-timer": 6.0,
    "shift worker": 5.0,
    "night worker": 2.0,
    "mobile worker": 4.0,
    "consultant": 2.0,
    "border commuter": 3.0,
    "works near home": 3.0,
    "tower beside work": 1.5,
    "studio": 4.0,
    "pupil": 4.0,
    "university": 6.0,
    "halls": 5.0,
    "retired": 8.0,
    "without job": 4.0,
    "caravan": 4.0,
    "traveller": 4.0,
}
"""Shares in percent. Mobile workers go to customers; consultants spend the week in a hotel near a client."""

HOMELESS = ("caravan", "traveller")
_PARENTS = ("worker", "home worker", "part-timer", "shift worker", "works near home", "without job", "studio")


@dataclass(frozen=True, slots=True)
class Traits:
    """How somebody lives and photographs."""

    kind: str
    first: date
    last: date
    photos: int
    """About how many there are in all."""
    flags: frozenset[str]
    """never at home, sparse, prolific, private, no positions, moved, moved twice, parent, couple, partner, sunday
    parents, far parents, holiday house, gym, market, messenger, others' camera, camera, wrong clock, ends away,
    captions, school words, people tags, photographs at work."""
    home_rate: float
    """Occasions an hour at home."""
    work_rate: float
    trip_weight: float
    """How much likelier a day on a trip is to be photographed than a weekday at home."""
    shots: float
    """Further photos at one occasion, on average."""
    private: float
    """Metres around home within which the location is off; 0 for never."""


def traits(rng: Random) -> Traits:
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    flags = _flags(rng, kind)
    amount, shots = _amount(rng, flags)
    days = int(min(3650, max(20, rng.lognormvariate(6.2, 0.9))))
    if amount > 400:
        days = max(days, 150)
    if "sparse" in flags:
        days = max(days, 90)
    if {"moved", "moved twice"} & flags:
        days = max(days, 330)
    last = date(2013, 6, 1) + timedelta(days=int(rng.triangular(0, 4700, 3900)))
    return Traits(
        kind,
        max(date(2012, 3, 1), last - timedelta(days=days)),
        last,
        amount,
        frozenset(flags),
        home_rate=0.0 if "never at home" in flags else 0.36 * rng.lognormvariate(0, 1.0),
        work_rate=1.0 if "photographs at work" in flags else 0.14 * rng.lognormvariate(0, 0.9),
        trip_weight=rng.lognormvariate(1.7, 0.6),
        shots=shots,
        private=rng.uniform(200, 800) if "private" in flags else 0.0,
    )


def _amount(rng: Random, flags: set[str]) -> tuple[int, float]:
    """How many photos, and how many more than one at an occasion. Who posts little posts one of each."""
    if "sparse" in flags:
        return rng.randint(3, 30), 0.25
    if "prolific" in flags:
        return int(min(3000, rng.lognormvariate(7.25, 0.35))), rng.uniform(1.0, 2.5)
    return int(min(1800, max(8, rng.lognormvariate(5.25, 1.0)))), rng.uniform(0.4, 2.2)


def _chances(kind: str) -> dict[str, float]:
    """How likely each flag is for that kind of life."""
    homeless = kind in HOMELESS
    young = kind in ("pupil", "university", "halls")
    return {
        "sparse": 0.13,
        "prolific": 0.08,
        "no positions": 0.03,
        "camera": 0.35,
        "wrong clock": 0.5,
        "messenger": 0.4,
        "others' camera": 0.2,
        "captions": 0.2,
        "people tags": 0.1,
        "ends away": 0.08,
        "gym": 0.25,
        "market": 0.2,
        "sunday parents": 0.0 if homeless or young else 0.2,
        "far parents": 0.0 if homeless or young else 0.2,
        "holiday house": 0.0 if homeless else 0.1,
        "never at home": 0.0 if homeless else 0.13,
        "private": 0.0 if homeless else 0.07,
        "moved": 0.0 if homeless or kind == "halls" else 0.18,
        "moved twice": 0.0 if homeless or kind == "halls" else 0.06,
        "parent": 0.35 if kind in _PARENTS else 0.0,
        "school words": 0.5,
        "couple": 0.07 if not (homeless or young) else 0.0,
        "partner": 0.04
        if not homeless and kind not in ("night worker", "shift worker", "consultant")
        else 0.0,
        "photographs at work": 0.5 if kind == "studio" else 0.18,
    }


def _flags(rng: Random, kind: str) -> set[str]:
    chances = _chances(kind)
    found = {name for name, chance in chances.items() if rng.random() < chance}
    for stronger, weaker in (
        ("sparse", "prolific"),
        ("moved twice", "moved"),
        ("never at home", "private"),
        ("parent", "partner"),
        ("sunday parents", "far parents"),
    ):
        if stronger in found:
            found.discard(weaker)
    if "parent" not in found:
        found.discard("school words")
    return found
