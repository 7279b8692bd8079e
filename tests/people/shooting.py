"""From days to photos: when somebody reaches for which device, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import cos, pi, sin
from random import Random
from typing import NamedTuple

from exposure.model import (
    Address,
    Examination,
    Examined,
    Fact,
    Facts,
    Identifier,
    Person,
    Place,
    Software,
    Text,
    Time,
)
from exposure.model import Device as Camera
from exposure.source import Range
from tests.people.days import CURVE, Segment
from tests.people.devices import Device, Namer
from tests.people.noise import Fix, Receiver
from tests.people.truth import Shot, Site, moved, zone

_EXIF = "EXIF:Exif IFD:"
_LATITUDE = Address("EXIF:GPS IFD:GPSLatitude", (Range(1788, 24), Range(1812, 24)))
_STAMP = Address("EXIF:GPS IFD:GPSTimeStamp", (Range(1840, 24),))
_TAKEN = Address(f"{_EXIF}DateTimeOriginal", (Range(628, 20),))
_DIGITIZED = Address(f"{_EXIF}DateTimeDigitized", (Range(648, 20),))
_MODIFIED = Address("EXIF:IFD0:DateTime", (Range(190, 20),))
_MODEL = Address("EXIF:IFD0:Model", (Range(164, 9),))
_WORDS = Address("EXIF:IFD0:ImageDescription", (Range(300, 40),))
_TAGGED = Address("XMP:mwg-rs:RegionList[1]/Name", (Range(5200, 24),))

_CUMULATED = tuple(accumulate((*CURVE, *CURVE, *CURVE[:12]), initial=0.0))


class Moment(NamedTuple):
    """One release of a shutter, before anything is written."""

    time: datetime
    """UTC."""
    site: Site
    latitude: float
    longitude: float
    """Where the device really was."""
    device: int
    description: str = ""
    depicted: str = ""


def _willing(hour: float) -> float:
    """The integral of the day's curve up to that hour."""
    hour = max(0.0, min(hour, 59.0))
    whole = int(hour)
    return _CUMULATED[whole] + (hour - whole) * (_CUMULATED[whole + 1] - _CUMULATED[whole])


def weight(segment: Segment) -> float:
    """How many occasions to photograph there are in it, without any scale."""
    return segment.rate * (_willing(segment.end) - _willing(segment.start))


def hour_within(rng: Random, segment: Segment) -> float:
    """An hour within the segment, as the curve has it."""
    for _ in range(12):
        hour = rng.uniform(segment.start, segment.end)
        if rng.random() * 1.25 < CURVE[int(hour) % 24]:
            break
    return hour


def spread(rng: Random, site: Site) -> tuple[float, float]:
    """A point that people stand at within a site."""
    distance, angle = site.wander * rng.random() ** 0.7, rng.uniform(0, 2 * pi)
    return moved(site.latitude, site.longitude, distance * cos(angle), distance * sin(angle))


def occasion(
    rng: Random, site: Site, start: datetime, end: datetime, more: float
) -> Iterator[tuple[datetime, float, float]]:
    """When and where the photos of one occasion were taken: bursts, and strolling about; never past its end."""
    at, (latitude, longitude) = start, spread(rng, site)
    event = site.label.startswith("event")
    number = 1 + (
        rng.randint(6, 22) if event and more > 0.3 else int(rng.expovariate(1 / more)) if more else 0
    )
    for n in range(min(number, 40)):
        if n:
            gap = rng.uniform(1, 5) if rng.random() < 0.4 else rng.uniform(12, 240)
            at += timedelta(seconds=gap)
            if at >= end:
                return
            if gap > 12 and site.wander > 4:
                step = min(0.7 * gap, site.wander) * rng.random()
                angle = rng.uniform(0, 2 * pi)
                latitude, longitude = moved(latitude, longitude, step * cos(angle), step * sin(angle))
        yield at.replace(microsecond=0), latitude, longitude


@lru_cache(4096)
def _offset(seconds: int) -> str:
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


@dataclass(slots=True)
class Roll:
    """All that one person's devices take, in the order of time."""

    rng: Random
    devices: Sequence[Device]
    receivers: list[Receiver]
    namer: Namer
    hidden: tuple[Site, ...] = ()
    """Homes around which the location is off."""
    hidden_within: float = 0.0
    """Metres."""

    def develop(self, moments: Sequence[Moment]) -> Iterator[tuple[Examination, Shot]]:
        for moment in sorted(moments, key=lambda m: (m.time, m.device)):
            yield self._one(moment)

    def _one(self, moment: Moment) -> tuple[Examination, Shot]:
        device, site = self.devices[moment.device], moment.site
        fix = self._fix(moment, device)
        shows = device.clock.shows(moment.time, site.zone)
        name = self.namer.name(device, moment.device, shows, moment.time)
        facts = Facts.sorted(_facts(device, moment, fix, shows))
        examination = Examination(name, device.format, Examined.COMPLETE, facts)
        clock = "right" if device.clock.right(moment.time, site.zone) else "wrong"
        shot = Shot(
            name,
            moment.time,
            site.label,
            moment.latitude,
            moment.longitude,
            site.zone,
            moment.device,
            fix.kind,
            clock,
        )
        return examination, shot

    def _fix(self, moment: Moment, device: Device) -> Fix:
        dark = Fix("none", moment.latitude, moment.longitude, None, moment.time)
        if not device.positions or self._is_hidden(moment):
            return dark
        fix = self.receivers[moment.device].fix(moment.site, moment.latitude, moment.longitude, moment.time)
        if self.hidden_within and fix.kind != "none":
            written = moment._replace(latitude=fix.latitude, longitude=fix.longitude)
            return dark if self._is_hidden(written) else fix
        return fix

    def _is_hidden(self, moment: Moment) -> bool:
        if not self.hidden_within:
            return False
        here = moment.site._replace(latitude=moment.latitude, longitude=moment.longitude)
        return any(home.metres(here) < self.hidden_within for home in self.hidden)


def _facts(device: Device, moment: Moment, fix: Fix, shows: datetime) -> Iterator[Fact]:
    """What a decoder would make of the file."""
    if fix.kind != "none":
        radius = fix.radius if device.accuracy else None
        yield Place(fix.latitude, fix.longitude, radius, None, _LATITUDE)
    yield from _times(device, moment, fix, shows)
    yield Camera(device.make, device.model, _MODEL)
    if device.serial:
        yield Identifier("serial", device.serial, Address(f"{_EXIF}BodySerialNumber", (Range(900, 12),)))
    if device.lens:
        yield Identifier("lens-serial", device.lens, Address(f"{_EXIF}LensSerialNumber", (Range(912, 12),)))
    if device.image_id:
        yield Identifier("image-id", device.image_id, Address(f"{_EXIF}ImageUniqueID", (Range(924, 12),)))
    if device.software:
        yield Software(device.software, Address("EXIF:IFD0:Software", (Range(102, 7),)))
    if device.artist:
        yield Person("creator", device.artist, Address("EXIF:IFD0:Artist", (Range(260, 14),)))
    if moment.depicted:
        yield Person("depicted", moment.depicted, _TAGGED)
    if moment.description:
        yield Text("description", moment.description, _WORDS)


def _times(device: Device, moment: Moment, fix: Fix, shows: datetime) -> Iterator[Time]:
    local, offset = shows.isoformat(timespec="seconds"), None
    if device.offset:
        kept = zone(device.clock.zone if device.clock.mode in ("home", "winter") else moment.site.zone)
        there = moment.time.astimezone(kept)
        shift = there.utcoffset() or timedelta(0)
        if device.clock.mode == "winter":
            shift -= there.dst() or timedelta(0)
        offset = _offset(int(shift.total_seconds()))
    yield Time("taken", local, offset, _TAKEN, f"{_EXIF}OffsetTimeOriginal" if offset else None)
    yield Time("digitized", local, offset, _DIGITIZED, f"{_EXIF}OffsetTimeDigitized" if offset else None)
    yield Time("modified", local, offset, _MODIFIED, f"{_EXIF}OffsetTime" if offset else None)
    if device.satellite_time and fix.kind in ("good", "coarse", "stale"):
        yield Time("gps", fix.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"), "+00:00", _STAMP)
