"""Where somebody sleeps, night by night: homes and moves, holidays, business, and lives without a home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from tests.people.around import Job, Outing, destination, in_term, kilometres, near, outings
from tests.people.truth import Site, zone


class Leg(NamedTuple):
    """Leaving for somewhere."""

    leave: datetime
    """UTC."""
    base: Site
    role: str
    """home, trip, camp or stopover."""
    trip: int = -1
    """Which trip it belongs to; -1 for none."""
    venue: Job | None = None
    """Where business is done there."""


@dataclass(frozen=True, slots=True)
class Stay:
    """So long at one place to sleep."""

    leg: Leg
    start: datetime
    end: datetime
    """UTC: arrival and leaving."""
    around: tuple[Outing, ...]

    @property
    def days(self) -> Iterator[date]:
        """Local days, that of coming and of going included."""
        first, last = (t.astimezone(zone(self.leg.base.zone)).date() for t in (self.start, self.end))
        for n in range((last - first).days + 1):
            yield first + timedelta(days=n)


class Journey(NamedTuple):
    """A trip as it was planned."""

    kind: str
    since: date
    nights: int
    stops: tuple[Site, ...]
    venue: Job | None = None


class Residence(NamedTuple):
    """A home and the day from which on it is lived in."""

    site: Site
    since: date


def moment(day: date, hour: float, where: str) -> datetime:
    """That hour of the local day as UTC."""
    local = datetime.combine(day, time()) + timedelta(hours=hour)
    return local.replace(tzinfo=zone(where)).astimezone(UTC)


def hours_between(one: Site, other: Site) -> float:
    """On the way with everything: by road or rail, and by air from 600 km on."""
    far = kilometres(one, other)
    return 0.4 + far / 75 if far < 600 else 4.5 + far / 720


def stays(rng: Random, legs: Sequence[Leg], end: datetime) -> tuple[Stay, ...]:
    """What is left of each leg between arriving and leaving; a stopover of some flights comes between."""
    known: dict[str, tuple[Outing, ...]] = {}
    found = []
    for index, leg in enumerate(legs):
        start = leg.leave
        if index:
            start += timedelta(hours=hours_between(legs[index - 1].base, leg.base))
        leaving = min(end, legs[index + 1].leave if index + 1 < len(legs) else end)
        if leaving - start < timedelta(hours=0.5):
            continue
        if leg.base.label not in known:
            known[leg.base.label] = outings(rng, leg.base, leg.role == "home")
        found.append(Stay(leg, start, leaving, known[leg.base.label]))
    return tuple(found)


def journeys(
    rng: Random, residences: Sequence[Residence], first: date, last: date, plans: Iterable[str]
) -> list[Journey]:
    """Trips of those kinds, one for each word, where the calendar has room for them."""
    found: list[Journey] = []
    taken = [(r.since - timedelta(days=2), r.since + timedelta(days=2)) for r in residences[1:]]
    houses: dict[str, Site] = {}
    for kind in plans:
        for _ in range(8):
            since = _start(rng, kind, first, last)
            nights = _nights(rng, kind)
            span = (since - timedelta(days=2), since + timedelta(days=nights + 2))
            if (
                any(s <= span[1] and span[0] <= e for s, e in taken)
                or span[0] <= first
                or since + timedelta(days=nights) >= last
            ):
                continue
            taken.append(span)
            base = _lived(residences, since)
            found.append(Journey(kind, since, nights, *_stops(rng, kind, base, nights, houses)))
            break
    return sorted(found, key=lambda j: j.since)


def _lived(residences: Sequence[Residence], day: date) -> Site:
    return [r for r in residences if r.since <= day or r is residences[0]][-1].site


def _start(rng: Random, kind: str, first: date, last: date) -> date:
    day = first + timedelta(days=rng.randint(0, max(1, (last - first).days)))
    wanted = {"weekend": (4, 5), "parents": (4, 5), "business": (0, 1, 2)}.get(kind, tuple(range(7)))
    while day.weekday() not in wanted:
        day += timedelta(days=1)
    return day


def _nights(rng: Random, kind: str) -> int:
    if kind in ("weekend", "parents"):
        return rng.choice((1, 2, 2, 2, 3))
    if kind == "business":
        return rng.choice((1, 1, 2, 3, 4))
    if kind == "holiday house":
        return rng.choice((7, 10, 14, 14, 21))
    return rng.choice((2, 3, 4, 5, 6, 7, 7, 7, 9, 10, 12, 14, 14, 17, 21))


def _stops(
    rng: Random, kind: str, base: Site, nights: int, houses: dict[str, Site]
) -> tuple[tuple[Site, ...], Job | None]:
    """The places to sleep at, and the venue of business. A holiday house and the parents' stay where they are."""
    if kind in ("holiday house", "parents"):
        reach = (60, 900) if kind == "holiday house" else (70, 700)
        if kind not in houses:
            houses[kind] = destination(rng, base, *reach, label=f"{kind}:far")._replace(wander=12)
        return (houses[kind],), None
    number = rng.randrange(10**9)
    if kind == "weekend":
        return (destination(rng, base, 40, 600, f"trip:{number}"),), None
    if kind == "business":
        hotel = destination(rng, base, 150, 7000, f"trip:{number}")
        site = near(rng, hotel, 200, 6000, f"venue:{number}", "indoors", 40)
        return (hotel,), Job("business", site, site, 9.0, 8.0, rate=0.4)
    away = (120, 2500) if rng.random() < 0.65 else (2500, 15_000)
    stops = [destination(rng, base, *away, label=f"trip:{number}")]
    if kind == "tour":
        for n in range(min(nights - 1, rng.randint(2, 6))):
            stops.append(near(rng, stops[-1], 30_000, 250_000, f"trip:{number}.{n}", "indoors", 15))
    return tuple(stops), None


def at_homes(
    rng: Random, residences: Sequence[Residence], trips: Sequence[Journey], first: date, ends_away: bool
) -> list[Leg]:
    """The legs of somebody with a home: moves, and trips out and back. `ends_away`: the last trip has no way back."""
    legs = [Leg(moment(first, 0, residences[0].site.zone), residences[0].site, "home")]
    events: list[tuple[date, object]] = [(r.since, r) for r in residences[1:]]
    events += [(t.since, t) for t in trips]
    for _, event in sorted(events, key=lambda e: e[0]):
        here = legs[-1].base
        if isinstance(event, Residence):
            legs.append(Leg(moment(event.since, rng.uniform(8, 12), here.zone), event.site, "home"))
        elif isinstance(event, Journey):
            legs += out_and_back(rng, event, here, trips.index(event), ends_away and event is trips[-1])
    return legs


def out_and_back(rng: Random, trip: Journey, home: Site, index: int, stays_away: bool) -> Iterator[Leg]:
    evening = trip.kind in ("weekend", "parents") and trip.since.weekday() == 4
    leave = moment(trip.since, rng.uniform(16, 18) if evening else rng.uniform(6.5, 13), home.zone)
    far = kilometres(home, trip.stops[0])
    if far > 3000 and rng.random() < 0.3:
        hub = destination(rng, home, far * 0.2, far * 0.7, f"stopover:{index}")
        yield Leg(leave, hub, "stopover", index)
        leave += timedelta(hours=hours_between(home, hub) + rng.uniform(2, 6))
    yield Leg(leave, trip.stops[0], "trip", index, trip.venue)
    for n, stop in enumerate(trip.stops[1:], 1):
        day = trip.since + timedelta(days=max(1, round(trip.nights * n / len(trip.stops))))
        yield Leg(moment(day, rng.uniform(8.5, 12), trip.stops[n - 1].zone), stop, "trip", index)
    if not stays_away:
        back = trip.since + timedelta(days=trip.nights)
        yield Leg(moment(back, rng.uniform(9, 16), trip.stops[-1].zone), home, "home")


def in_halls(rng: Random, halls: Site, family: Site, first: date, last: date) -> list[Leg]:
    """A student: in halls on weekdays in term, with the family on some weekends and in the holidays."""
    at, day = family, first
    legs = [Leg(moment(first, 0, family.zone), family, "home")]
    often = rng.choice((0.3, 0.5, 0.9))
    while day <= last:
        term = in_term(day, halls.latitude)
        if at is family and day.weekday() == 6 and in_term(day + timedelta(days=1), halls.latitude):
            at = halls
        elif at is halls and (not term or (day.weekday() == 4 and rng.random() < often)):
            at = family
        else:
            day += timedelta(days=1)
            continue
        legs.append(Leg(moment(day, rng.uniform(15, 17), legs[-1].base.zone), at, "home"))
        day += timedelta(days=1)
    return legs


def without_home(rng: Random, start: Site, first: date, last: date, caravan: bool) -> list[Leg]:
    """From place to place: in a caravan a few nights and some hours' drive at a time, or by air and for weeks."""
    legs = [Leg(moment(first, 0, start.zone), start, "camp")]
    day, number = first, 0
    while day < last:
        number += 1
        nights = (
            rng.choice((1, 1, 2, 2, 3, 4, 5, 7, 10, 14))
            if caravan
            else rng.choice((2, 3, 4, 5, 7, 10, 14, 20, 27))
        )
        day += timedelta(days=nights)
        label, here = f"camp:{number}", legs[-1].base
        if caravan:
            base = destination(rng, here, 20, 450, label)._replace(setting="town", wander=30)
        else:
            base = destination(rng, here, 150, rng.choice((800, 3000, 9000)), label)
        legs.append(Leg(moment(day, rng.uniform(9, 12), here.zone), base, "camp"))
    return legs
