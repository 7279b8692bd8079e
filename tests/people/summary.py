"""What is true of a life once its photos are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tests.people.around import Job, kilometres
from tests.people.belonging import Belongings
from tests.people.kinds import HOMELESS, Traits
from tests.people.travels import Journey, Residence, Stay
from tests.people.truth import Home, Routine, School, Shot, Trip, Truth, Work


def truth(
    seed: int,
    kind: Traits,
    belong: Belongings,
    trips: Sequence[Journey],
    lived: Sequence[Stay],
    shots: tuple[Shot, ...],
    worded: frozenset[str],
) -> Truth:
    """`worded`: the names of photos that speak of school."""
    homeless = kind.kind in HOMELESS
    residences = () if homeless else belong.residences
    homes = tuple(_homes(kind, residences, shots))
    own = [s for s in shots if s.holder >= 0]
    newest = max(own, key=lambda s: s.moment, default=None)
    tripped = (
        tuple(_trip(n, t, kind, belong, lived, shots) for n, t in enumerate(trips)) if not homeless else ()
    )
    return Truth(
        seed,
        frozenset({kind.kind, *kind.flags}),
        homes,
        tuple(_works(kind, belong, homes, lived, shots)) if not homeless else (),
        tripped,
        tuple(_routines(belong, shots)) if not homeless else (),
        _school(belong, shots, worded) if not homeless else None,
        tuple((h.device.make, h.device.model, h.device.serial) for h in belong.held),
        shots,
        newest is not None and any(s.leg.role == "trip" and s.start <= newest.moment <= s.end for s in lived),
    )


def _days(shots: Sequence[Shot], wanted: Callable[[Shot], bool]) -> tuple[date, ...]:
    return tuple(sorted({s.day for s in shots if s.counts and wanted(s)}))


def _homes(kind: Traits, residences: Sequence[Residence], shots: Sequence[Shot]) -> list[Home]:
    found = []
    ends = [r.since - timedelta(days=1) for r in residences[1:]] + [kind.last]
    for index, (site, since) in enumerate(residences):
        until = kind.last if kind.kind == "halls" else ends[index]
        role = "own" if kind.kind != "halls" else "halls" if index else "family"
        days = _days(shots, lambda s, label=site.label: s.label == label)  # type: ignore[misc]
        found.append(Home(site.latitude, site.longitude, site.zone, since, until, days, role))
    return found


def _works(
    kind: Traits, belong: Belongings, homes: Sequence[Home], lived: Sequence[Stay], shots: Sequence[Shot]
) -> list[Work]:
    jobs: dict[str, tuple[Job, date, date]] = {}
    for rhythms, home in zip(belong.rhythms, homes, strict=True):
        for job in (r.job for r in rhythms if r.job):
            since = jobs[job.site.label][1] if job.site.label in jobs else home.since
            jobs[job.site.label] = job, since, home.until
    for stay in lived:
        if stay.leg.venue and stay.leg.venue.kind == "client":
            jobs["work:client"] = stay.leg.venue, kind.first, kind.last
    found = []
    for label, (job, since, until) in jobs.items():
        days = _days(shots, lambda s, label=label: s.label == label)  # type: ignore[misc]
        found.append(Work(job.kind, job.site.latitude, job.site.longitude, job.site.zone, since, until, days))
    if kind.kind == "home worker":
        found += [Work("home office", *home[:5], home.days) for home in homes]
    return found


def _trip(
    index: int,
    journey: Journey,
    kind: Traits,
    belong: Belongings,
    lived: Sequence[Stay],
    shots: Sequence[Shot],
) -> Trip:
    """Days count from leaving home until being back there."""
    there = [n for n, s in enumerate(lived) if s.leg.trip == index]
    bases = [r.site for r in belong.residences]
    if kind.kind != "halls":
        bases = (
            [
                next(
                    (lived[n].leg.base for n in range(there[0], -1, -1) if lived[n].leg.role == "home"),
                    bases[0],
                )
            ]
            if there
            else bases[:1]
        )
    far = max(min(kilometres(stop, base) for base in bases) for stop in journey.stops)
    until = min(kind.last, journey.since + timedelta(days=journey.nights))
    nights = max(0, (until - journey.since).days)
    days: tuple[date, ...] = ()
    if there:
        start = lived[there[0] - 1].end if there[0] else lived[there[0]].start
        end = lived[there[-1]].end
        days = _days(shots, lambda s: start <= s.moment <= end and not s.label.startswith("home"))
    return Trip(journey.kind, journey.stops, journey.since, until, nights, far, days)


def _routines(belong: Belongings, shots: Sequence[Shot]) -> list[Routine]:
    found: dict[tuple[str, int], Routine] = {}
    for rhythms in belong.rhythms:
        for habit in rhythms[0].habits:
            label, weekday = habit.site.label, habit.weekday
            days = _days(shots, lambda s, a=label, b=weekday: s.label == a and s.day.weekday() == b)  # type: ignore[misc]
            found[label, weekday] = Routine(
                label, habit.site.latitude, habit.site.longitude, weekday, int(habit.hour), days
            )
    return list(found.values())


def _school(belong: Belongings, shots: Sequence[Shot], worded: frozenset[str]) -> School | None:
    """The school with most days, when the child changed it."""
    sites = {r[0].school.label: r[0].school for r in belong.rhythms if r[0].school}
    found = []
    for label, site in sites.items():
        days = _days(shots, lambda s, label=label: s.label == label)  # type: ignore[misc]
        cues = _days(shots, lambda s, label=label: s.label == label and s.name in worded)  # type: ignore[misc]
        found.append(School(site.latitude, site.longitude, days, cues))
    return max(found, key=lambda s: len(s.days), default=None)
