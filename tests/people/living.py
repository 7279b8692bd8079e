"""A life while it is lived: which days are photographed, and what is taken on each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from tests.people.belonging import Belongings
from tests.people.days import Rhythm, Segment, at_home, away, resting
from tests.people.kinds import Traits
from tests.people.shooting import Moment, hour_within, occasion, weight
from tests.people.travels import Stay, moment
from tests.people.truth import zone
from tests.people.words import described, people_of

_HABITUAL = 0.35
"""At most this share of the photos is taken for certain, out of habit."""


class _When(NamedTuple):
    """One day of one member of the household; on a day of travel there are two of them."""

    stay: int
    day: date
    member: int


@dataclass(slots=True)
class _Wanted:
    """What is to be photographed on such a day."""

    free: int = 0
    """Occasions anywhere."""
    certain: set[str] = field(default_factory=set)
    """Labels of the sites where there is one for certain."""


class _Span(NamedTuple):
    """A stretch of a day at one site, from and until in UTC."""

    segment: Segment
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Living:
    """Somebody's kind, belongings and nights, and the dice that decide the rest."""

    rng: Random
    kind: Traits
    belong: Belongings
    lived: Sequence[Stay]

    def moments(self) -> Iterator[Moment]:
        """Every release of a shutter."""
        rng, kind = self.rng, self.kind
        days: dict[_When, _Wanted] = defaultdict(_Wanted)
        certain = list(self._certain())
        limit = int(_HABITUAL * kind.photos)
        if len(certain) > limit:
            certain = certain[-limit:] if rng.random() < 0.5 else sorted(rng.sample(certain, limit))
        for when, label in certain:
            days[when].certain.add(label)
        entries = [(n, day) for n, stay in enumerate(self.lived) for day in stay.days]
        weights = [self._weight(self.lived[n], day) for n, day in entries]
        number = max(1, round((kind.photos - len(certain)) / (1 + 0.85 * kind.shots)))
        for n, day in rng.choices(entries, weights, k=number):
            second = "couple" in kind.flags and rng.random() > 0.6
            days[_When(n, day, int(second))].free += 1
        for when in sorted(days):
            yield from self._photographed(when, days[when])

    def _rhythm(self, stay: Stay, member: int) -> Rhythm:
        return self.belong.rhythms[int(stay.leg.base.label.partition(":")[2])][member]

    def _weight(self, stay: Stay, day: date) -> float:
        """How likely that day is to be photographed."""
        noise, leg = self.rng.gammavariate(0.6, 1.7), stay.leg
        if leg.role == "stopover":
            return noise * self.kind.trip_weight * 0.3
        if leg.role == "trip":
            calm = 0.25 if leg.venue else 0.4 if leg.base.label.startswith("parents") else 1.0
            return noise * self.kind.trip_weight * calm
        return noise * (1.7 if day.weekday() > 4 else 1.0)

    def _certain(self) -> Iterator[tuple[_When, str]]:
        """Days on which a habit, work or school is photographed for certain, with the label of the site."""
        rng = self.rng
        for n, stay in enumerate(self.lived):
            if stay.leg.role != "home":
                continue
            rhythm = self._rhythm(stay, 0)
            job, school = rhythm.job, rhythm.school
            for day in list(stay.days)[1:-1]:
                when = _When(n, day, 0)
                for habit in rhythm.habits:
                    if habit.weekday == day.weekday() and rng.random() < habit.photographs:
                        yield when, habit.site.label
                if job and job.photographs and job.on(day) and rng.random() < job.photographs:
                    yield when, job.site.label
                if school and day.weekday() in rhythm.duty and rng.random() < 0.08:
                    yield when, school.label

    def _segments(self, when: _When, wanted: set[str]) -> list[Segment]:
        """Where that day is spent. Days of coming and going are spent near where one sleeps."""
        rng, kind, stay = self.rng, self.kind, self.lived[when.stay]
        leg, day = stay.leg, when.day
        quiet = day in [t.astimezone(zone(leg.base.zone)).date() for t in (stay.start, stay.end)]
        if leg.role == "home":
            if quiet and day not in (kind.first, kind.last):
                return resting(rng, leg.base, kind.home_rate)
            around = stay.around + self.belong.customers
            return at_home(rng, self._rhythm(stay, when.member), leg.base, day, around, wanted)
        around = tuple(o for o in stay.around if not (quiet and "excursion" in o.site.label))
        rate = 1.0 if leg.base.label.startswith("parents") else 0.5 if leg.role == "trip" else 0.6
        return away(rng, leg.base, day, around, leg.venue, rate)

    def _photographed(self, when: _When, wanted: _Wanted) -> Iterator[Moment]:
        """The occasions of a day, one after the other."""
        rng, stay = self.rng, self.lived[when.stay]
        where, spans = stay.leg.base.zone, []
        for segment in self._segments(when, wanted.certain):
            start = max(stay.start, moment(when.day, segment.start, where))
            end = min(stay.end, moment(when.day, segment.end, where))
            if end - start > timedelta(minutes=1):
                spans.append(_Span(segment, start, end))
        chosen = [
            rng.choice(fitting)
            for label in sorted(wanted.certain)
            if (fitting := [s for s in spans if s.segment.site.label == label])
        ]
        weights = [weight(s.segment) for s in spans]
        if sum(weights) > 0:
            chosen += rng.choices(spans, weights, k=wanted.free)
        taken = []
        for span in chosen:
            at = moment(when.day, hour_within(rng, span.segment), where)
            taken.append(span._replace(start=max(span.start, min(at, span.end - timedelta(seconds=50)))))
        taken.sort(key=lambda s: s.start)
        for n, span in enumerate(taken):
            until = min([span.end, *(s.start for s in taken[n + 1 : n + 2])])
            yield from self._taken(span._replace(end=until), when)

    def _taken(self, span: _Span, when: _When) -> Iterator[Moment]:
        """The photos of one occasion: with the phone of those years, the camera, or both by turns."""
        rng, kind, site = self.rng, self.kind, span.segment.site
        held = [(n, h) for n, h in enumerate(self.belong.held) if h.member == when.member]
        phone = [n for n, h in held if h.device.kind == "phone" and h.since <= when.day][-1]
        cameras = [n for n, h in held if h.device.kind == "camera"]
        camera = bool(cameras) and rng.random() < self._liking(site.label)
        both = bool(cameras) and rng.random() < 0.12
        for at, latitude, longitude in occasion(rng, site, span.start, span.end, kind.shots):
            device = cameras[0] if camera != (both and rng.random() < 0.5) else phone
            words = described(rng, kind, site), people_of(rng, kind, site)
            yield Moment(at, site, latitude, longitude, device, *words)

    def _liking(self, label: str) -> float:
        """How often somebody who has a camera takes it rather than the phone."""
        if label.startswith("work") and self.kind.kind == "studio":
            return 0.8
        return 0.45 if label.startswith(("trip", "event", "excursion", "camp", "holiday")) else 0.15
