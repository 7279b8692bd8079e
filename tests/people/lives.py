"""A whole life from one number: kind, belongings, travels, days, photos, and then what of it is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from exposure.model import Examination
from tests.people.around import dwelling
from tests.people.belonging import Belongings, belongings
from tests.people.devices import Namer
from tests.people.kinds import HOMELESS, Traits, traits
from tests.people.living import Living
from tests.people.noise import Receiver
from tests.people.others import along, received, visitor
from tests.people.plans import plans, weeks
from tests.people.shooting import Moment, Roll
from tests.people.summary import truth
from tests.people.towns import towns
from tests.people.travels import (
    Journey,
    Leg,
    at_homes,
    in_halls,
    journeys,
    moment,
    out_and_back,
    stays,
    without_home,
)
from tests.people.truth import Life, Shot
from tests.people.words import speaks_of_school

_MOST = 3000
"""Photos of one person."""


def person(seed: int) -> Life:
    """The life that belongs to this number."""
    rng = Random(seed)
    kind = traits(rng)
    belong = belongings(rng, kind)
    kind, legs, trips = _travels(rng, kind, belong)
    end = moment(kind.last, 23.9, legs[0].base.zone)
    lived = stays(rng, legs, end)
    moments = list(Living(rng, kind, belong, lived).moments())
    moments = sorted(rng.sample(moments, min(len(moments), _MOST)), key=lambda m: (m.time, m.device))
    namer = Namer(rng)
    own = [h.device for h in belong.held]
    hidden = tuple(r.site for r in belong.residences) if kind.private else ()
    roll = Roll(rng, own, [Receiver(rng, d.faults) for d in own], namer, hidden, kind.private)
    pairs: list[tuple[Examination, Shot | None]] = list(roll.develop(moments))
    pairs += _others(rng, kind, belong, moments, namer)
    pairs.sort(key=lambda p: p[0].name)
    shots = tuple(shot for _, shot in pairs if shot is not None)
    photos = tuple(photo for photo, _ in pairs)
    worded = frozenset(p.name for p in photos if speaks_of_school(p))
    return Life(truth(seed, kind, belong, trips, lived, shots, worded), photos)


def _travels(rng: Random, kind: Traits, belong: Belongings) -> tuple[Traits, list[Leg], list[Journey]]:
    """The legs and the trips. The last day moves when the evidence is to end on a trip."""
    first, last = kind.first, kind.last
    if kind.kind in HOMELESS:
        start = dwelling(rng, rng.choice(towns()), "camp:0")
        return kind, without_home(rng, start, first, last, kind.kind == "caravan"), []
    homes = belong.residences
    bases = homes[:1] if kind.kind == "halls" else homes
    trips = journeys(rng, bases, first, last, plans(rng, kind))
    if kind.kind == "consultant":
        trips = sorted([*trips, *weeks(rng, kind, belong, trips)], key=lambda t: t.since)
    ends_away = "ends away" in kind.flags and bool(trips) and trips[-1].nights > 1
    if ends_away:
        kind = replace(kind, last=trips[-1].since + timedelta(days=rng.randint(1, trips[-1].nights - 1)))
    elif "ends away" in kind.flags:
        kind = replace(kind, flags=kind.flags - {"ends away"})
    if kind.kind == "halls":
        return (
            kind,
            _between(in_halls(rng, homes[1].site, homes[0].site, first, last), rng, trips, ends_away),
            trips,
        )
    return kind, at_homes(rng, homes, trips, first, ends_away), trips


def _between(legs: list[Leg], rng: Random, trips: list[Journey], ends_away: bool) -> list[Leg]:
    """A student's coming and going with the trips in between."""
    for index, trip in enumerate(trips):
        since, until = (
            moment(trip.since + timedelta(days=d), 3, legs[0].base.zone) for d in (0, trip.nights + 1)
        )
        before = [leg for leg in legs if leg.leave < since]
        alone = list(out_and_back(rng, trip, before[-1].base, index, False))
        if ends_away and index == len(trips) - 1:
            return before + alone[:-1]
        legs = before + alone + [leg for leg in legs if leg.leave >= until]
    return legs


def _others(
    rng: Random, kind: Traits, belong: Belongings, moments: Sequence[Moment], namer: Namer
) -> Iterator[tuple[Examination, Shot | None]]:
    """What others took or sent: never more than a third of what is the owner's."""
    own = len(moments)
    if "messenger" in kind.flags:
        for photo in received(rng, namer, rng.randint(1, max(1, own // 3)), kind.first, kind.last):
            yield photo, None
    if "others' camera" in kind.flags and own >= 12:
        number = rng.randint(2, max(2, min(80, own // 4)))
        owners = [h.device for h in belong.held]
        if rng.random() < 0.6:
            serial = rng.random() < 0.4
            yield from visitor(
                rng, owners, belong.residences[0].site, number, kind.first, kind.last, namer, serial
            )
        else:
            yield from along(rng, owners, moments, number, namer)
