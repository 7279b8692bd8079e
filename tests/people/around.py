"""The places around where somebody stays: friends, shops, parks and sights, and the hours kept at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin
from random import Random
from typing import NamedTuple

from tests.people.towns import Town, towns
from tests.people.truth import Site, metres, moved


class Outing(NamedTuple):
    """Somewhere to go for a while."""

    site: Site
    hours: tuple[float, float]
    """At least and at most."""
    rate: float
    """Occasions to photograph an hour, compared with an hour at home (0.5)."""
    weight: float
    """How often it is chosen, compared with the others."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A place on the same weekday at about the same hour."""

    site: Site
    weekday: int
    hour: float
    hours: float
    rate: float
    photographs: float
    """In what share of the weeks a photo is taken for certain."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where somebody works or learns, and when."""

    kind: str
    site: Site
    lunch: Site
    starts: float
    hours: float
    weekdays: frozenset[int] = frozenset(range(5))
    rota: tuple[int, int, int] | None = None
    """Days on, days off, and where in the cycle day 0 lies; weekdays do not matter then."""
    turns: tuple[float, ...] = ()
    """Hours at which successive runs of the rota start."""
    rate: float = 0.12
    photographs: float = 0.0
    """On what share of working days a photo is taken there for certain."""

    def on(self, day: date) -> tuple[float, float] | None:
        """From when to when, in hours since the local midnight; None on a day off."""
        if self.rota:
            on, off, phase = self.rota
            run, place = divmod(day.toordinal() + phase, on + off)
            starts = self.turns[run % len(self.turns)] if self.turns else self.starts
            return (starts, starts + self.hours) if place < on else None
        if day.weekday() not in self.weekdays:
            return None
        if self.kind in ("school", "university") and not in_term(day, self.site.latitude):
            return None
        return self.starts, self.starts + self.hours


def in_term(day: date, latitude: float) -> bool:
    """Whether schools are open: long holidays in summer, which is not the same months everywhere, and short ones."""
    month, number = day.month, day.day
    if latitude < 0:
        return not (month == 1 or (month == 12 and number > 15) or (month == 7 and number < 15))
    short = (month == 12 and number > 22) or (month == 1 and number < 6) or (month == 4 and 5 < number < 20)
    return not (short or month == 8 or (month == 7 and number > 15))


def near(rng: Random, site: Site, least: float, most: float, label: str, setting: str, wander: float) -> Site:
    """A site between so many metres away, nearer ones more often."""
    distance = least + (most - least) * rng.random() ** 1.6
    angle = rng.uniform(0, 2 * pi)
    found = moved(site.latitude, site.longitude, distance * cos(angle), distance * sin(angle))
    return Site(label, *found, site.zone, setting, wander)


def dwelling(rng: Random, town: Town, label: str) -> Site:
    """Somewhere to live in a town: denser towards the middle."""
    middle = Site(label, town.latitude, town.longitude, town.zone)
    return near(rng, middle, 150, town.reach * 1000, label, "indoors", rng.choice((5.0, 8.0, 12.0)))


def destination(rng: Random, base: Site, least: float, most: float, label: str) -> Site:
    """Where to go, so many kilometres away: a town in reach, or the country around; the nearest town failing that."""
    away = [(base.metres(Site("", t.latitude, t.longitude, t.zone)) / 1000, t) for t in towns()]
    fitting = [(d, t) for d, t in away if least + t.reach < d < most]
    rural = most <= 600 and not any(d < 30 and t.reach < 3.5 for d, t in away)
    if rural and rng.random() < (0.6 if fitting else 1.0):
        found = near(rng, base, least * 1000, min(most, 280) * 1000, label, "indoors", 12)
        return found._replace(zone=min(towns(), key=lambda t: _far(found, t)).zone)
    if not fitting:
        fitting = sorted((d, t) for d, t in away if d > 40 + t.reach)[:4]
    town = rng.choices([t for _, t in fitting], [d**-0.7 for d, _ in fitting])[0]
    found = dwelling(rng, town, label)
    return found if rng.random() < 0.7 else near(rng, found, 2000, 15_000, label, "indoors", 12)


def _far(site: Site, town: Town) -> float:
    return metres(site.latitude, site.longitude, town.latitude, town.longitude)


def outings(rng: Random, base: Site, own: bool) -> tuple[Outing, ...]:
    """Where people go from there: the daily places around a home, or the sights around a place to stay."""
    if own:
        return tuple(_daily(rng, base))
    return tuple(_sights(rng, base))


def _daily(rng: Random, base: Site) -> list[Outing]:
    found = [
        Outing(near(rng, base, 150, 3000, f"shop:{n}", "indoors", 20), (0.3, 1.0), 0.4, 1.5) for n in range(3)
    ]
    for n in range(rng.randint(2, 4)):
        park = near(rng, base, 200, 5000, f"park:{n}", "open", 250)
        found.append(Outing(park, (0.7, 2.5), 1.6, rng.uniform(0.5, 2)))
    for n in range(rng.randint(3, 7)):
        table = near(rng, base, 200, 8000, f"restaurant:{n}", "indoors", 6)
        found.append(Outing(table, (1.0, 2.5), 1.8, rng.uniform(0.2, 0.8)))
    for n in range(rng.randint(1, 5)):
        friend = near(rng, base, 300, 15_000, f"friend:{n}", "indoors", 10)
        found.append(Outing(friend, (1.5, 5.0), 1.3, rng.uniform(0.2, 1.2)))
    for n in range(rng.randint(1, 3)):
        event = near(rng, base, 500, 14_000, f"event:{n}", "town", 80)
        found.append(Outing(event, (2.0, 5.0), 5.0, 0.25))
    for n in range(rng.randint(2, 6)):
        street = near(rng, base, 400, 7000, f"street:{n}", rng.choice(("town", "canyon")), 300)
        found.append(Outing(street, (0.5, 2.5), 1.6, 0.4))
    for n in range(rng.randint(1, 3)):
        walk = near(rng, base, 6000, 70_000, f"excursion:{n}", "open", 800)
        found.append(Outing(walk, (2.0, 5.0), 3.0, 0.3))
    return found


def _sights(rng: Random, base: Site) -> list[Outing]:
    found = []
    for n in range(rng.randint(3, 9)):
        sight = near(
            rng, base, 100, 9000, f"{base.label}/sight:{n}", rng.choice(("open", "town", "canyon")), 200
        )
        found.append(Outing(sight, (0.7, 3.5), rng.uniform(1.5, 4), rng.uniform(0.4, 1.5)))
    for n in range(rng.randint(1, 3)):
        table = near(rng, base, 50, 2500, f"{base.label}/restaurant:{n}", "indoors", 8)
        found.append(Outing(table, (1.0, 2.2), 1.8, 0.6))
    for n in range(rng.randint(0, 2)):
        far = near(rng, base, 8000, 60_000, f"{base.label}/excursion:{n}", "open", 600)
        found.append(Outing(far, (2.0, 6.0), 3.0, 0.5))
    return found


def kilometres(one: Site, other: Site) -> float:
    return metres(one.latitude, one.longitude, other.latitude, other.longitude) / 1000
