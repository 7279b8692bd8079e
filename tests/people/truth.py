"""What is true of a synthetic person: where they lived and worked, when they travelled, and how each photo came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from exposure.model import Examination

ENOUGH = 10
"""Distinct local days with positioned, rightly clocked photos from which on a stranger would guess: of a home, and of
a place of work. Silence counts as a miss only from here on."""

FAR = 100.0
"""Kilometres from every home of that time from which on a stranger would call it a trip (rules.toml, COL03)."""

_EARTH = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG)."""

zone = lru_cache(None)(ZoneInfo)


def metres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Distance on the sphere (haversine)."""
    a, b = radians(latitude), radians(to_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(to_longitude - longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def moved(latitude: float, longitude: float, north: float, east: float) -> tuple[float, float]:
    """The point so many metres away: along a great circle, so that it holds near the poles and across ±180°."""
    distance = hypot(north, east) / _EARTH
    if not distance:
        return latitude, longitude
    to_north, to_east = north / hypot(north, east), east / hypot(north, east)
    a = radians(latitude)
    sine = sin(a) * cos(distance) + cos(a) * sin(distance) * to_north
    b = asin(max(-1.0, min(1.0, sine)))
    east_of = asin(max(-1.0, min(1.0, to_east * sin(distance) / max(cos(b), 1e-9))))
    return b * 180 / pi, (longitude + east_of * 180 / pi + 180) % 360 - 180


class Site(NamedTuple):
    """A place in somebody's life."""

    label: str
    """What it is to them: ``home:0``, ``work:0``, ``school``, ``parents``, ``trip:3``, ``gym``…"""
    latitude: float
    longitude: float
    zone: str
    """IANA name of the time zone whose clocks are kept there."""
    setting: str = "town"
    """What the sky is like: open, town, canyon, or indoors."""
    wander: float = 10.0
    """Metres that people move about within it."""

    def metres(self, other: Site) -> float:
        return metres(self.latitude, self.longitude, other.latitude, other.longitude)


class Shot(NamedTuple):
    """How one photo of the collection came about."""

    name: str
    """That of its examination."""
    moment: datetime
    """When it was really taken, UTC."""
    label: str
    """Of the site where it was really taken; "elsewhere" for other people's."""
    latitude: float
    longitude: float
    """Where it was really taken."""
    zone: str
    holder: int
    """Which of the owner's devices took it; -1 for somebody else's."""
    fix: str
    """good; coarse (an error radius of 65 m or more); stale (the place before); zero; none."""
    clock: str
    """right, wrong, or none: what the camera's local clock shows."""

    @property
    def day(self) -> date:
        """The true local day."""
        return self.moment.astimezone(zone(self.zone)).date()

    @property
    def counts(self) -> bool:
        """Whether a stranger could rest on it: the owner's, with a good position and the right clock."""
        return self.holder >= 0 and self.fix == "good" and self.clock == "right"


class Home(NamedTuple):
    """Where somebody lived."""

    latitude: float
    longitude: float
    zone: str
    since: date
    until: date
    """The last day, within the evidence."""
    days: tuple[date, ...]
    """With photos there that count."""
    role: str = "own"
    """own, halls, or family (where a student goes for weekends and holidays)."""


class Work(NamedTuple):
    """Where somebody worked or learned."""

    kind: str
    """office, shop, shifts, school, university, studio, client or home office."""
    latitude: float
    longitude: float
    zone: str
    since: date
    until: date
    days: tuple[date, ...]
    """With photos there that count."""

    @property
    def weekdays(self) -> tuple[date, ...]:
        return tuple(d for d in self.days if d.weekday() < 5)


class Trip(NamedTuple):
    """Nights away from every home."""

    kind: str
    """holiday, holiday house, tour, weekend, business or parents."""
    stops: tuple[Site, ...]
    since: date
    until: date
    """The days of leaving and of coming back (or the last of the evidence)."""
    nights: int
    kilometres: float
    """From the home left behind to the farthest stop."""
    days: tuple[date, ...]
    """With photos away from home that count."""


class Routine(NamedTuple):
    """A place at about the same hour of the same weekday."""

    label: str
    latitude: float
    longitude: float
    weekday: int
    """Monday is 0."""
    hour: int
    days: tuple[date, ...]
    """With photos there that count; each is one week."""


class School(NamedTuple):
    """Where the person's child goes to school."""

    latitude: float
    longitude: float
    days: tuple[date, ...]
    cue_days: tuple[date, ...]
    """Those with a photo there whose words speak of school."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A life as it was."""

    seed: int
    kinds: frozenset[str]
    """What kind of life and of photographing: ``worker``, ``never at home``, ``sparse``…"""
    homes: tuple[Home, ...]
    works: tuple[Work, ...]
    trips: tuple[Trip, ...]
    routines: tuple[Routine, ...]
    school: School | None
    devices: tuple[tuple[str, str, str | None], ...]
    """The owner's: make, model and serial number, where one is written."""
    shots: tuple[Shot, ...]
    """Of every photo that a camera wrote into, in the order of `Life.photos`; messenger pictures have none."""
    ends_away: bool
    """Whether the newest photo of the owner was taken on a trip."""

    @property
    def has_home(self) -> bool:
        return bool(self.homes)

    @property
    def telling_homes(self) -> tuple[Home, ...]:
        return tuple(h for h in self.homes if len(h.days) >= ENOUGH)

    @property
    def moves(self) -> tuple[tuple[Home, Home], ...]:
        """Homes of one kind that followed each other."""
        own = [h for h in self.homes if h.role != "halls"]
        return tuple(pairwise(own))

    @property
    def telling_moves(self) -> tuple[tuple[Home, Home], ...]:
        return tuple(m for m in self.moves if all(len(h.days) >= ENOUGH for h in m))

    @property
    def telling_works(self) -> tuple[Work, ...]:
        """Those outside the home. Nobody could tell a desk within 200 m of a home from that home."""
        return tuple(
            w
            for w in self.works
            if len(w.days) >= ENOUGH
            and all(metres(w.latitude, w.longitude, h.latitude, h.longitude) > 200 for h in self.homes)
        )

    @property
    def telling_trips(self) -> tuple[Trip, ...]:
        """Two nights or more, `FAR` away, photos on two days of it, where enough is known of the life around it."""
        if sum(len(h.days) for h in self.homes) < ENOUGH and self.days_around_home < ENOUGH:
            return ()
        return tuple(t for t in self.trips if t.nights >= 2 and t.kilometres > FAR and len(t.days) >= 2)

    @property
    def days_around_home(self) -> int:
        """Days with photos that count within 50 km of a home of that time."""
        return len({s.day for s in self.shots if s.counts and self.near_home(s)})

    def near_home(self, shot: Shot, within: float = 50_000) -> bool:
        return any(
            h.since <= shot.day <= h.until
            and metres(shot.latitude, shot.longitude, h.latitude, h.longitude) <= within
            for h in self.homes
        )


@dataclass(frozen=True, slots=True)
class Life:
    """A synthetic person: what is true, and what a stranger would be given."""

    truth: Truth
    photos: tuple[Examination, ...]

    @property
    def today(self) -> str:
        """The ISO date of a scan that finds these photos fresh: the day of the owner's newest."""
        newest = max((s for s in self.truth.shots if s.holder >= 0), key=lambda s: s.moment, default=None)
        return newest.day.isoformat() if newest else "2026-01-01"
