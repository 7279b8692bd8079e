"""One day of a life: where somebody is from when to when, and how likely a photo is there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from tests.people.around import Habit, Job, Outing, in_term, kilometres
from tests.people.truth import Site

_MORNING = (0.1, 0.05, 0.03, 0.02, 0.03, 0.08, 0.25, 0.5, 0.7, 0.8, 0.9, 1.0)
_EVENING = (1.2, 1.1, 1.0, 1.0, 1.05, 1.15, 1.25, 1.25, 1.1, 0.8, 0.5, 0.25)
CURVE: tuple[float, ...] = _MORNING + _EVENING
"""How willing people are to photograph by the hour of the local day: lunch, afternoon and evening most."""


class Segment(NamedTuple):
    """So long at one site, in hours since the local midnight of the day; past 24 it is the next day."""

    start: float
    end: float
    site: Site
    rate: float
    """Occasions to photograph an hour."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What one member of a household does on ordinary days."""

    job: Job | None
    habits: tuple[Habit, ...]
    home_rate: float
    """Occasions an hour at home; 0 for those who never photograph there."""
    school: Site | None = None
    """Of a child that this person brings and fetches."""
    duty: frozenset[int] = frozenset()
    """The weekdays on which they do."""
    partner: Site | None = None
    nights: frozenset[int] = frozenset()
    """Weekdays that are spent at the partner's."""
    homely: float = 0.5
    """The share of free time that is spent at home."""


@dataclass(slots=True)
class _Course:
    """A day as it goes."""

    at: Site
    hour: float
    segments: list[Segment] = field(default_factory=list)

    def until(self, hour: float, rate: float) -> None:
        if hour > self.hour + 0.05:
            self.segments.append(Segment(self.hour, hour, self.at, rate))
            self.hour = hour

    def go(self, site: Site, start: float, hours: float, rate: float, waiting: float = 0.0) -> None:
        """Be there from `start` on, or later when the way is long; the time before is spent here."""
        way = travel(self.at, site)
        self.until(start - way, waiting)
        self.hour = max(self.hour + way, start)
        self.at = site
        self.until(self.hour + hours, rate)


def travel(one: Site, other: Site) -> float:
    """Hours on the way: on foot and through town at first, on roads and rails farther out."""
    far = kilometres(one, other)
    return 0.08 + far / (12 if far < 2 else 25 if far < 15 else 55) + (one.wander + other.wander) / 3000


def at_home(
    rng: Random, rhythm: Rhythm, base: Site, day: date, around: Collection[Outing], wanted: Collection[str]
) -> list[Segment]:
    """A day of somebody who sleeps at home. `wanted`: labels of sites where a photo is certain to be taken."""
    job, before = rhythm.job, rhythm.job.on(day - timedelta(days=1)) if rhythm.job else None
    start = base
    if rhythm.partner and (day.weekday() - 1) % 7 in rhythm.nights:
        start = rhythm.partner
    course = _Course(start, max(5.5, rng.gauss(7.0, 0.7)))
    if before and job and before[1] > 22:  # home from the late or the night shift
        course = _Course(base, max(course.hour, before[1] - 24 + travel(job.site, base)))
        if before[1] > 26:
            course.until(course.hour + 7, 0.0)
    working = job.on(day) if job else None
    if working and job and job.site.label not in wanted and rng.random() < 0.05:
        working = None  # ill, or a holiday
    if working and job:
        course.hour = min(course.hour, max(working[0] - travel(course.at, job.site) - 0.7, 4.0))
    _school_run(rng, rhythm, course, base, day, "to", wanted)
    if working and job:
        _work(rng, rhythm, job, course, base, working)
    else:
        _free(rng, rhythm, course, base, day, around, wanted)
    if course.hour < 21:
        _evening(rng, rhythm, course, base, day, around, wanted)
    if not (working and working[1] > 24):
        _to_bed(rng, rhythm, course, base, day)
    return course.segments


def _school_run(
    rng: Random, rhythm: Rhythm, course: _Course, base: Site, day: date, way: str, wanted: Collection[str]
) -> None:
    school = rhythm.school
    if (
        school is None
        or day.weekday() > 4
        or not in_term(day, base.latitude)
        or course.hour > (8.4 if way == "to" else 15.4)
    ):
        return
    if day.weekday() in rhythm.duty or school.label in wanted:
        hour = rng.gauss(8.0, 0.08) if way == "to" else rng.gauss(15.2, 0.25)
        course.go(school, hour, rng.uniform(0.15, 0.5), 0.8, rhythm.home_rate)


def _work(
    rng: Random, rhythm: Rhythm, job: Job, course: _Course, base: Site, hours: tuple[float, float]
) -> None:
    start, end = hours[0] + rng.gauss(0, 0.2), hours[1] + rng.gauss(0, 0.4)
    if course.at != base and start - course.hour > 1.5:
        course.go(base, course.hour, 0.3, rhythm.home_rate)
    waiting = rhythm.home_rate if course.at.label.startswith("home") else 0.2
    if job.hours >= 6 and start < 11 and rng.random() < 0.35:
        course.go(job.site, start, 12.2 - start, job.rate, waiting)
        course.go(job.lunch, 12.2, rng.uniform(0.5, 0.8), 1.5)
        course.go(job.site, course.hour, end - course.hour - 0.2, job.rate)
    else:
        course.go(job.site, start, end - start, job.rate, waiting)


def _free(
    rng: Random,
    rhythm: Rhythm,
    course: _Course,
    base: Site,
    day: date,
    around: Collection[Outing],
    wanted: Collection[str],
) -> None:
    """A day off: at home, out and about, and what is always done on that weekday."""
    if course.at != base:
        course.go(base, rng.uniform(9, 11), 0.5, rhythm.home_rate)
    today = [h for h in rhythm.habits if h.weekday == day.weekday() and h.hour < 17]
    for habit in sorted(today, key=lambda h: h.hour):
        if habit.site.label in wanted or rng.random() < 0.7:
            course.go(habit.site, habit.hour + rng.gauss(0, 0.3), habit.hours, habit.rate, rhythm.home_rate)
    if not around:
        return
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        if rng.random() < rhythm.homely:
            course.go(base, course.hour, rng.uniform(1, 4), rhythm.home_rate)
            continue
        outing = rng.choices(list(around), [o.weight for o in around])[0]
        start = max(course.hour, rng.uniform(9.5, 15))
        if start + outing.hours[1] < 22:
            course.go(
                outing.site,
                start,
                rng.uniform(*outing.hours),
                outing.rate,
                rhythm.home_rate if course.at == base else 0,
            )
    _school_run(rng, rhythm, course, base, day, "from", wanted)


def _evening(
    rng: Random,
    rhythm: Rhythm,
    course: _Course,
    base: Site,
    day: date,
    around: Collection[Outing],
    wanted: Collection[str],
) -> None:
    today = [h for h in rhythm.habits if h.weekday == day.weekday() and h.hour >= 17]
    waiting = rhythm.home_rate if course.at == base else 0.1
    for habit in today:
        if course.hour < habit.hour + 1 and (habit.site.label in wanted or rng.random() < 0.85):
            course.go(habit.site, habit.hour + rng.gauss(0, 0.2), habit.hours, habit.rate, waiting)
            return
    late = 0.4 if day.weekday() in (4, 5) else 0.15
    if rng.random() < late and around:
        evening = [o for o in around if o.site.label.startswith(("restaurant", "friend", "event"))]
        if evening:
            outing = rng.choices(evening, [o.weight for o in evening])[0]
            course.go(
                outing.site,
                max(course.hour, rng.uniform(18, 20)),
                rng.uniform(*outing.hours),
                outing.rate,
                waiting,
            )


def _to_bed(rng: Random, rhythm: Rhythm, course: _Course, base: Site, day: date) -> None:
    bed = max(course.hour + 0.5, rng.gauss(23.2 if day.weekday() in (4, 5) else 22.6, 0.8))
    if rhythm.partner and day.weekday() in rhythm.nights:
        course.go(
            rhythm.partner,
            max(course.hour, 18.5),
            max(0.5, bed - max(course.hour, 18.5)),
            rhythm.home_rate or 0.3,
        )
        return
    arrival = course.hour + (travel(course.at, base) if course.at != base else 0)
    course.go(base, arrival, max(0.3, min(bed, 25.5) - arrival), rhythm.home_rate)


def away(
    rng: Random, base: Site, day: date, around: Collection[Outing], venue: Job | None, rate: float
) -> list[Segment]:
    """A day of somebody who sleeps elsewhere: sights, or business on weekdays."""
    course = _Course(base, rng.gauss(8.0, 0.8))
    course.until(course.hour + rng.uniform(0.5, 2.0), rate)
    working = venue.on(day) if venue else None
    if working and venue:
        course.go(venue.site, working[0] + rng.gauss(0, 0.2), working[1] - working[0], venue.rate)
    elif around:
        for outing in rng.choices(list(around), [o.weight for o in around], k=rng.randint(1, 4)):
            if course.hour + outing.hours[0] + travel(course.at, outing.site) < 21.5:
                course.go(outing.site, course.hour, rng.uniform(*outing.hours), outing.rate)
    tables = [o for o in around if "restaurant" in o.site.label]
    if tables and course.hour < 20 and rng.random() < 0.5:
        table = rng.choice(tables)
        course.go(table.site, max(course.hour, 18.5), rng.uniform(*table.hours), table.rate)
    arrival = course.hour + travel(course.at, base)
    course.go(base, arrival, max(0.5, rng.gauss(23, 0.6) - arrival), rate)
    return course.segments


def resting(rng: Random, base: Site, rate: float) -> list[Segment]:
    """A day of coming or going: only where one sleeps."""
    start = rng.gauss(7.2, 0.5)
    return [Segment(start, max(start + 12, rng.gauss(22.8, 0.6)), base, rate)]
