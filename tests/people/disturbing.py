"""Photos of a person disturbed: what must fall silent, and what must not change.

Shuffled times and scattered places leave every value in the collection and take away what they say together. Another
owner's photos, another order and another place on the globe's grid leave what they say as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from math import asin, degrees
from random import Random
from typing import Any, NamedTuple

from exposure.model import Examination, Place
from tests.people.devices import Device, Namer
from tests.people.judging import Told, told
from tests.people.lives import person
from tests.people.others import visitor
from tests.people.truth import Life, Site, metres, moved

TIMED = ("likely-home", "likely-work", "routine", "trips", "away-now")
"""Inferences that rest on when and where together."""

PLACED = (*TIMED, "border-crossing", "child-school", "hole-around-home")
"""Inferences that rest on places."""

ALLOWED = 2
"""Claims in all the shuffles together, and changes where nothing should change."""


class Disturbance(NamedTuple):
    """A row of the second table."""

    title: str
    rules: tuple[str, ...]
    measure: Callable[[Life, Random], Counter[str]]
    """How many claims were left, or how many persons changed, by rule."""
    allowed: int


def fit(life: Life) -> bool:
    """Whether disturbing this person can show anything."""
    return bool(life.truth.telling_homes) and len(life.photos) >= 40


def disturbed(seed: int) -> dict[str, Counter[str]] | None:
    """The outcomes of all disturbances of one person, and the claims before; None for people who are not fit."""
    life = person(seed)
    if not fit(life):
        return None
    found = {name: each.measure(life, Random(f"{name} {seed}")) for name, each in DISTURBANCES.items()}
    found["before"] = _claims(told(life.photos, life.today), PLACED)
    return found


def _claims(findings: Iterable[Told], wanted: Iterable[str]) -> Counter[str]:
    known = frozenset(wanted)
    return Counter(f.rule for f in findings if f.rule in known)


def _shuffled(life: Life, rng: Random) -> Counter[str]:
    """Times among the photos of one person: the same as places among them, so that names tell nothing either."""
    both = [p for p in life.photos if p.facts.places and p.facts.times]
    places = [p.facts.places for p in both]
    rng.shuffle(places)
    given = {p.name: place for p, place in zip(both, places, strict=True)}
    photos = [_at(p, given[p.name]) if p.name in given else p for p in life.photos]
    return _claims(told(photos, life.today), TIMED)


def _scattered(life: Life, rng: Random) -> Counter[str]:
    """Every photo anywhere on Earth."""
    return _claims(told((_moved(p, lambda _: _anywhere(rng)) for p in life.photos), life.today), PLACED)


def _strewn(life: Life, rng: Random) -> Counter[str]:
    """Every photo anywhere within 20 km of home."""
    home = life.truth.homes[0]

    def near(_: Place) -> tuple[float, float]:
        while True:
            north, east = rng.uniform(-20_000, 20_000), rng.uniform(-20_000, 20_000)
            if north * north + east * east <= 4e8:
                return moved(home.latitude, home.longitude, north, east)

    return _claims(told((_moved(p, near) for p in life.photos), life.today), PLACED)


def _anywhere(rng: Random) -> tuple[float, float]:
    return degrees(asin(rng.uniform(-1, 1))), rng.uniform(-180, 180)


def _visited(life: Life, rng: Random) -> Counter[str]:
    """Photos of another camera owner among them."""
    truth = life.truth
    own = [s for s in truth.shots if s.holder >= 0]
    home = truth.homes[0]
    owners = [Device(make, model, "phone", "android", serial) for make, model, serial in truth.devices]
    first, last = min(s.day for s in own), max(s.day for s in own) - timedelta(days=2)
    number = min(60, len(own) // 4)
    site = Site("home", home.latitude, home.longitude, home.zone)
    theirs = [p for p, _ in visitor(rng, owners, site, number, first, last, Namer(rng), True)]
    theirs = [replace(p, name=f"from a friend/{p.name}") for p in theirs]
    before, after = told(life.photos, life.today), told([*life.photos, *theirs], life.today)
    return _changes(before, after, lambda f: (f.claim.confidence, _rounded(f), sorted(f.names)))


def _permuted(life: Life, rng: Random) -> Counter[str]:
    """The same photos in another order. The order in which evidence is listed may follow that of the photos."""
    photos = list(life.photos)
    rng.shuffle(photos)
    before, after = told(life.photos, life.today), told(photos, life.today)
    rules = {f.rule for f in (*before, *after)}
    return _changes(before, after, _everything, rules)


def _shifted(life: Life, rng: Random) -> Counter[str]:
    """The whole life some metres to kilometres north and east: the same claims there.

    A shift in degrees stretches distances a little, so that a claim on the very edge may come or go.
    """
    north, east = (rng.choice((-1, 1)) * 10 ** rng.uniform(0, 3.6) / 111_195 for _ in range(2))

    def shift(latitude: float, longitude: float) -> tuple[float, float]:
        if latitude == longitude == 0:  # no position at all
            return 0.0, 0.0
        return max(-90.0, min(90.0, latitude + north)), (longitude + east + 180) % 360 - 180

    before = told(life.photos, life.today)
    after = told((_moved(p, lambda place: shift(*_degrees(place))) for p in life.photos), life.today)
    rules = frozenset(PLACED) - {"border-crossing"}
    found = _changes(before, after, lambda f: (f.claim.confidence, sorted(f.names)), rules)
    for rule in sorted(rules):
        expected = [shift(*f.position) for f in before if f.rule == rule and f.position]
        there = [f.position for f in after if f.rule == rule and f.position]
        if any(all(metres(*one, *other) > 25 for other in there) for one in expected):
            found[rule] = 1
    return found


def _degrees(place: Place) -> tuple[float, float]:
    assert place.latitude is not None and place.longitude is not None
    return place.latitude, place.longitude


def _changes(
    before: Sequence[Told],
    after: Sequence[Told],
    key: Callable[[Told], Any],
    rules: Iterable[str] = PLACED,
) -> Counter[str]:
    """1 for each rule that says something else."""
    found: Counter[str] = Counter()
    for rule in sorted(rules):
        one, other = (sorted(repr(key(f)) for f in each if f.rule == rule) for each in (before, after))
        found[rule] += one != other
    return +found


def _everything(one: Told) -> Any:
    return one.claim._replace(photos=()), sorted(one.names)


def _rounded(one: Told) -> tuple[float, float] | None:
    return one.position and (round(one.position[0], 5), round(one.position[1], 5))


def _at(photo: Examination, places: tuple[Place, ...]) -> Examination:
    return replace(photo, facts=replace(photo.facts, places=places))


def _moved(photo: Examination, where: Callable[[Place], tuple[float, float]]) -> Examination:
    if not photo.facts.places:
        return photo
    moved_to = [(place, where(place)) for place in photo.facts.places]
    return _at(photo, tuple(p._replace(latitude=to[0], longitude=to[1]) for p, to in moved_to))


DISTURBANCES = {
    "times": Disturbance("times shuffled among the photos", TIMED, _shuffled, ALLOWED),
    "world": Disturbance("every photo moved to a random place on Earth", PLACED, _scattered, ALLOWED),
    "town": Disturbance("every photo moved to a random place within 20 km", PLACED, _strewn, ALLOWED),
    "owner": Disturbance("photos of another camera owner added: changed", PLACED, _visited, 0),
    "order": Disturbance("photos in another order: changed", PLACED, _permuted, 0),
    "shift": Disturbance("the whole life moved by 1 m to 4 km: changed", PLACED, _shifted, ALLOWED),
}
"""In the order of the table."""
