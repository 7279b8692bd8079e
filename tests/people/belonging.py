"""Who somebody is at home with what: homes, jobs, habits and devices, drawn for one kind of life."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from tests.people.around import Habit, Job, Outing, destination, dwelling, near
from tests.people.days import Rhythm
from tests.people.devices import Device, camera, phone
from tests.people.kinds import Traits
from tests.people.towns import Town, borders, towns
from tests.people.travels import Residence
from tests.people.truth import Site

_NO_JOB = ("home worker", "retired", "without job", "mobile worker", "consultant")
_FREE = ("home worker", "retired", "without job")


class Held(NamedTuple):
    """A device and the member of the household who has it, from when on."""

    device: Device
    member: int
    since: date


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything around somebody that stays for a while."""

    residences: tuple[Residence, ...]
    rhythms: tuple[tuple[Rhythm, ...], ...]
    """For each residence, one of each member of the household."""
    held: tuple[Held, ...]
    customers: tuple[Outing, ...] = ()
    """Of a mobile worker."""


def belongings(rng: Random, traits: Traits) -> Belongings:
    pair = rng.choice(borders()) if traits.kind == "border commuter" else None
    town = pair[0] if pair else rng.choice(towns())
    residences = _residences(rng, traits, town)
    rhythms = tuple(_rhythms(rng, traits, residences, pair[1] if pair else None))
    customers: tuple[Outing, ...] = ()
    if traits.kind == "mobile worker":
        sites = [
            near(rng, residences[0].site, 500, 30_000, f"customer:{n}", "indoors", 20) for n in range(40)
        ]
        customers = tuple(Outing(s, (1.5, 5.0), 0.8, 0.5) for s in sites)
    return Belongings(residences, rhythms, tuple(_devices(rng, traits, town.zone)), customers)


def _residences(rng: Random, traits: Traits, town: Town) -> tuple[Residence, ...]:
    first = Residence(dwelling(rng, town, "home:0"), traits.first)
    if traits.kind == "halls":
        halls = destination(rng, first.site, 60, 500, "home:1")
        return first, Residence(halls, traits.first)
    moves = 2 if "moved twice" in traits.flags else 1 if "moved" in traits.flags else 0
    found = [first]
    days = (traits.last - traits.first).days
    for n in range(1, moves + 1):
        since = traits.first + timedelta(days=int(days * (n + rng.uniform(-0.25, 0.25)) / (moves + 1)))
        label, before = f"home:{n}", found[-1].site
        site = dwelling(rng, town, label)
        if rng.random() < 0.4:
            site = destination(rng, before, 30, 1500, label)
        elif before.metres(site) < 600:
            site = near(rng, before, 700, 6000, label, "indoors", 8)
        found.append(Residence(site._replace(wander=before.wander), since))
    return tuple(found)


def _rhythms(
    rng: Random, traits: Traits, residences: tuple[Residence, ...], abroad: Town | None
) -> list[tuple[Rhythm, ...]]:
    """One tuple for each residence. Who moves far starts anew; who moves within reach keeps work and habits."""
    found: list[tuple[Rhythm, ...]] = []
    members = 2 if "couple" in traits.flags else 1
    for index, (home, _) in enumerate(residences):
        near_by = index and residences[index - 1].site.metres(home) < 60_000
        if index and near_by and traits.kind not in ("tower beside work", "works near home", "halls"):
            kept = [_again(rng, r, home, index) for r in found[-1]]
            found.append(tuple(kept))
            continue
        parts = [_rhythm(rng, traits, home, index, m, abroad if not index else None) for m in range(members)]
        found.append(tuple(parts))
    return found


def _again(rng: Random, before: Rhythm, home: Site, index: int) -> Rhythm:
    """The same life after moving within reach: another school for the child when the old one is too far."""
    school = before.school
    if school is not None and school.metres(home) > 5000:
        school = near(rng, home, 300, 3500, f"school:{index}", "town", 40)
    return replace(before, school=school)


def _rhythm(rng: Random, traits: Traits, home: Site, index: int, member: int, abroad: Town | None) -> Rhythm:
    flags = traits.flags
    job = (
        _job(rng, traits, home, f"work:{2 * index + member}", abroad)
        if not member
        else _office(rng, home, f"work:{2 * index + 1}", traits)
    )
    parent = "parent" in flags and not member
    partner = near(rng, home, 1000, 18_000, "partner", "indoors", 8) if "partner" in flags else None
    return Rhythm(
        job if traits.kind != "halls" or index else None,
        tuple(_habits(rng, traits, home, index)) if not member else (),
        traits.home_rate,
        near(rng, home, 300, 3500, f"school:{index}", "town", 40) if parent else None,
        frozenset(rng.sample(range(5), rng.randint(1, 5))) if parent else frozenset(),
        partner,
        frozenset(rng.sample(range(7), rng.choice((1, 1, 2)))) if partner else frozenset(),
        rng.uniform(0.5, 0.8) if traits.kind in _FREE else rng.uniform(0.3, 0.65),
    )


def _job(rng: Random, traits: Traits, home: Site, label: str, abroad: Town | None) -> Job | None:
    kind = traits.kind
    if kind in _NO_JOB:
        return None
    if kind in ("pupil", "university", "halls"):
        return _learning(rng, traits, home, label)
    office = _office(rng, home, label, traits)
    if abroad:
        site = dwelling(rng, abroad, label)._replace(wander=25)
        return replace(office, site=site, lunch=near(rng, site, 50, 400, f"lunch:{label}", "indoors", 8))
    if kind == "works near home":
        return replace(office, site=near(rng, home, 130, 500, label, "indoors", 25))
    if kind == "tower beside work":
        return replace(office, site=near(rng, home, 60, 140, label, "indoors", 20))
    if kind == "part-timer":
        days = (
            frozenset(rng.sample(range(6), rng.randint(2, 3))) if rng.random() < 0.6 else frozenset(range(5))
        )
        return replace(
            office, kind="shop", weekdays=days, starts=rng.choice((8.0, 9.0, 13.0)), hours=rng.uniform(4, 6)
        )
    if kind == "shift worker":
        on, off, turns, hours = rng.choice(
            ((5, 2, (6.0, 14.0, 22.0), 8.0), (4, 4, (7.0, 19.0), 12.0), (5, 2, (6.0, 14.0), 8.0))
        )
        return replace(office, kind="shifts", rota=(on, off, rng.randint(0, 9)), turns=turns, hours=hours)
    if kind == "night worker":
        return replace(office, kind="shifts", weekdays=frozenset({6, 0, 1, 2, 3}), starts=22.0, hours=8.0)
    if kind == "studio":
        odd = rng.random() < 0.5
        days = frozenset(rng.sample(range(7), 4)) if odd else frozenset(range(1, 6))
        return replace(
            office,
            kind="studio",
            weekdays=days,
            starts=17.5 if odd else 11.0,
            hours=4.5 if odd else 7.0,
            rate=traits.work_rate * 2,
        )
    return office


def _office(rng: Random, home: Site, label: str, traits: Traits) -> Job:
    """A day job somewhere within reach, mostly a few kilometres away."""
    far = min(55_000.0, max(400.0, rng.lognormvariate(8.6, 0.9)))
    site = near(rng, home, far * 0.7, far, label, "indoors", rng.choice((12.0, 25.0, 40.0)))
    lunch = near(rng, site, 60, 450, f"lunch:{label}", "indoors", 8)
    certain = (
        rng.uniform(0.05, 0.5) if "photographs at work" in traits.flags else rng.choice((0.0, 0.0, 0.02))
    )
    return Job(
        "office",
        site,
        lunch,
        rng.gauss(8.6, 0.6),
        rng.gauss(8.2, 0.5),
        rate=traits.work_rate,
        photographs=certain,
    )


def _learning(rng: Random, traits: Traits, home: Site, label: str) -> Job:
    """A school, or a campus that one walks about on."""
    rate, certain = max(traits.work_rate, 0.2), rng.choice((0.0, 0.02, 0.1))
    if traits.kind == "pupil":
        site = near(rng, home, 300, 5000, label, "indoors", 50)
        return Job("school", site, site, 8.0, 6.5, rate=rate, photographs=certain)
    far = (250, 2500) if traits.kind == "halls" else (600, 15_000)
    site = near(rng, home, *far, label, "town", 110)
    lunch = near(rng, site, 30, 300, f"lunch:{label}", "indoors", 12)
    days = frozenset(rng.sample(range(5), rng.randint(3, 5)))
    return Job(
        "university",
        site,
        lunch,
        rng.gauss(9.7, 0.5),
        rng.uniform(4.5, 7.5),
        days,
        rate=rate,
        photographs=certain,
    )


def _habits(rng: Random, traits: Traits, home: Site, index: int) -> list[Habit]:
    found = []
    if "gym" in traits.flags:
        gym = near(rng, home, 300, 5000, f"gym:{index}", "indoors", 15)
        days = rng.sample(range(5), rng.choice((1, 1, 2)))
        found += [
            Habit(gym, day, rng.uniform(17.5, 19.5), 1.3, 0.5, rng.choice((0.0, 0.1, 0.4, 0.7)))
            for day in days
        ]
    if "market" in traits.flags:
        market = near(rng, home, 300, 4000, f"market:{index}", "town", 60)
        found.append(Habit(market, 5, rng.uniform(9, 10.5), 1.0, 1.0, rng.choice((0.05, 0.2, 0.6))))
    if "sunday parents" in traits.flags and not index:
        house = near(rng, home, 900, 60_000, "parents", "indoors", 14)
        found.append(Habit(house, 6, rng.uniform(11.5, 14.5), 3.5, 1.3, rng.choice((0.05, 0.2, 0.5))))
    return found


def _devices(rng: Random, traits: Traits, zone: str) -> list[Held]:
    """A phone for each member, a new one every few years, and perhaps a camera."""
    found = []
    for member in range(2 if "couple" in traits.flags else 1):
        since = traits.first
        while since < traits.last:
            found.append(Held(phone(rng, since.year, zone), member, since))
            since += timedelta(days=rng.randint(700, 1500))
    if "camera" in traits.flags:
        trusted = "wrong clock" not in traits.flags
        found.append(Held(camera(rng, traits.first.year, zone, trusted), 0, traits.first))
    if "no positions" in traits.flags:
        found = [h._replace(device=replace(h.device, positions=False)) for h in found]
    return found
