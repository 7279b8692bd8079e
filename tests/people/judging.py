"""What a stranger's guesses are worth: findings on a synthetic person held against what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferring import inferred
from exposure.model import Claim, Confidence, Examination
from exposure.plugins import Inference, discover
from tests.people.truth import Home, Life, Shot, Trip, Truth, Work, metres

NEAR = 150.0
"""A claim within so many metres of the true place is right."""

FEW = 5
"""Distinct days below which nothing is likely."""

_AROUND = 250.0
"""Metres around a claim within which its days are counted."""


class Bar(NamedTuple):
    """One row of the table."""

    title: str
    rule: str
    """The inference it is about."""
    share: float
    at_most: bool = False
    """With a share of 1: told, and no bar."""


BARS = {
    "home right": Bar("likely home: within 150 m of a home lived in", "likely-home", 0.95),
    "home without": Bar("likely home claimed for people without any home", "likely-home", 0.02, True),
    "home unseen": Bar(
        "likely home claimed elsewhere, for people who took no photo at home", "likely-home", 1.0, True
    ),
    "home possible": Bar("possible home: right", "likely-home", 0.60),
    "home found": Bar("10 and more days at home: likely home named", "likely-home", 0.80),
    "home not missed": Bar("10 and more days at home: at least possible", "likely-home", 0.95),
    "work right": Bar("likely work: within 150 m of a place of work", "likely-work", 0.90),
    "work without": Bar("likely work claimed for people without any", "likely-work", 0.05, True),
    "work possible": Bar("possible work: right", "likely-work", 0.60),
    "work found": Bar("10 and more days at work: likely work named", "likely-work", 0.70),
    "work not missed": Bar("10 and more days at work: at least possible", "likely-work", 0.85),
    "few home": Bar("likely homes with fewer than 5 distinct days", "likely-home", 0.0, True),
    "few work": Bar("likely work with fewer than 5 distinct days", "likely-work", 0.0, True),
    "four home": Bar("likely homes from any four days of a life", "likely-home", 0.0, True),
    "four work": Bar("likely work from any four days of a life", "likely-work", 0.0, True),
    "trip found": Bar("trips of two nights and more: found", "trips", 0.90),
    "move found": Bar("moves with 10 and more days at both homes: both named", "likely-home", 0.80),
}
"""In the order of the table."""


class Score(NamedTuple):
    """One case of one row."""

    row: str
    hit: bool
    """Whether it counts in the numerator."""
    seed: int
    kinds: frozenset[str]


def rules() -> frozenset[str]:
    return frozenset(i.id for i in discover("inferences", Inference))


class Told(NamedTuple):
    """A claim, and the names of the photos that it rests on."""

    claim: Claim
    names: tuple[str, ...]

    @property
    def rule(self) -> str:
        return self.claim.rule

    @property
    def likely(self) -> bool:
        return self.claim.confidence >= Confidence.FIRM

    @property
    def position(self) -> tuple[float, float] | None:
        place = self.claim.place
        if place is None or place.latitude is None or place.longitude is None:
            return None
        return place.latitude, place.longitude


def told(photos: Iterable[Examination], today: str) -> list[Told]:
    """What all inferences say of these photos."""
    collection = Collection(today)
    for photo in photos:
        collection.add(photo)
    return [Told(c, tuple(collection.names[p] for p in c.photos)) for c in inferred(collection)]


def judged(life: Life) -> Iterator[Score]:
    """Every case that this person gives."""
    truth, findings = life.truth, told(life.photos, life.today)
    for row, hit in _rows(life, findings):
        yield Score(row, hit, truth.seed, truth.kinds)
    for row, hit in _four_days(life):
        yield Score(row, hit, truth.seed, truth.kinds)


def _rows(life: Life, findings: Sequence[Told]) -> Iterator[tuple[str, bool]]:
    truth = life.truth
    homes = [f for f in findings if f.rule == "likely-home" and f.position]
    works = [f for f in findings if f.rule == "likely-work" and f.position]
    lived: tuple[tuple[str, list[Told], Sequence[Home | Work], Sequence[Home | Work]], ...] = (
        ("home", homes, truth.homes, truth.telling_homes),
        ("work", works, truth.works, truth.telling_works),
    )
    for name, claims, places, telling in lived:
        likely = [f for f in claims if f.likely]
        for claim in claims:
            yield f"{name} {'right' if claim.likely else 'possible'}", _any_near(claim, places)
        for claim in likely:
            yield f"few {name}", len(_days_around(life.photos, claim)) < FEW
        if not places:
            yield f"{name} without", bool(likely)
        if telling:
            yield f"{name} found", any(_any_near(f, telling) for f in likely)
            yield f"{name} not missed", any(_any_near(f, telling) for f in claims)
    if truth.homes and not any(h.days for h in truth.homes):
        yield "home unseen", any(f.likely and not _any_near(f, truth.homes) for f in homes)
    for move in truth.telling_moves:
        yield "move found", all(any(_any_near(f, [home]) for f in homes) for home in move)
    by_name = {s.name: s for s in truth.shots}
    trips = [[by_name[n] for n in f.names if n in by_name] for f in findings if f.rule == "trips"]
    for trip in truth.telling_trips:
        yield "trip found", any(is_found(trip, shots, truth) for shots in trips)


def _four_days(life: Life) -> Iterator[tuple[str, bool]]:
    """What is left of a life when only four days of it are kept, as clocks show them, at home or at work on each."""
    truth = life.truth
    if not truth.telling_homes and not truth.telling_works:
        return
    rng = Random(truth.seed)
    places: tuple[Home | Work, ...] = (*truth.telling_homes, *truth.telling_works)
    days = sorted({day for place in places for day in place.days})
    kept = {day.isoformat() for day in rng.sample(days, 4)}
    left = [p for p in life.photos if p.facts.times and p.facts.times[0].local[:10] in kept]
    findings = told(left, life.today)
    for name in ("home", "work"):
        rule = f"likely-{name}"
        yield f"four {name}", any(f.rule == rule and f.likely for f in findings)


def _metres(claim: Told, latitude: float, longitude: float) -> float:
    assert claim.position is not None
    return metres(*claim.position, latitude, longitude)


def _any_near(claim: Told, places: Iterable[Home | Work]) -> bool:
    return any(_metres(claim, p.latitude, p.longitude) <= NEAR for p in places)


def _days_around(photos: Iterable[Examination], claim: Told) -> set[str]:
    """The distinct local days that are written in photos from there."""
    return {
        photo.facts.times[0].local[:10]
        for photo in photos
        if photo.facts.times
        for place in photo.facts.places
        if place.latitude is not None and place.longitude is not None
        if _metres(claim, place.latitude, place.longitude) <= _AROUND
    }


def is_found(trip: Trip, shots: Sequence[Shot], truth: Truth) -> bool:
    """Whether a finding's evidence shows this trip: two of its days, and hardly anything that is no journey at all."""
    days: set[date] = set()
    stray = 0
    for shot in shots:
        at_home = shot.label.startswith("home")
        if trip.since <= shot.day <= trip.until and not at_home:
            days.add(shot.day)
        stray += at_home or truth.near_home(shot, 30_000)
    return len(days) >= 2 and stray <= 0.2 * len(shots)
