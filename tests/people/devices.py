"""Phones and cameras: what each writes into its photos, how it names them, and what its clock shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from tests.people.noise import Faults
from tests.people.truth import zone

RIGHT = timedelta(minutes=5)
"""A clock this near to the true local time is right."""

_PHONES = (
    ("Apple", "iPhone 5", 2012),
    ("Apple", "iPhone 6", 2014),
    ("Apple", "iPhone 7", 2016),
    ("Apple", "iPhone X", 2017),
    ("Apple", "iPhone 11", 2019),
    ("Apple", "iPhone SE (2nd generation)", 2020),
    ("Apple", "iPhone 13", 2021),
    ("Apple", "iPhone 14 Pro", 2022),
    ("Apple", "iPhone 15", 2023),
    ("SAMSUNG", "GT-I9300", 2012),
    ("samsung", "SM-G900F", 2014),
    ("samsung", "SM-G930F", 2016),
    ("samsung", "SM-G960F", 2018),
    ("samsung", "SM-A505FN", 2019),
    ("samsung", "SM-G991B", 2021),
    ("samsung", "SM-S911B", 2023),
    ("Google", "Pixel 3", 2018),
    ("Google", "Pixel 5", 2020),
    ("Google", "Pixel 7", 2022),
    ("HUAWEI", "EVA-L09", 2016),
    ("HUAWEI", "VOG-L29", 2019),
    ("Xiaomi", "Redmi Note 8", 2019),
    ("Xiaomi", "M2101K6G", 2021),
    ("OnePlus", "ONEPLUS A6003", 2018),
    ("motorola", "moto g(6)", 2018),
    ("Sony", "D6603", 2014),
)
"""Make, model, and the year from which on it was sold."""

_CAMERAS = (
    ("Canon", "Canon EOS 700D", "IMG_{n:04}.JPG"),
    ("Canon", "Canon EOS R6", "IMG_{n:04}.JPG"),
    ("Canon", "Canon PowerShot SX280 HS", "IMG_{n:04}.JPG"),
    ("NIKON CORPORATION", "NIKON D5300", "DSC_{n:04}.JPG"),
    ("NIKON CORPORATION", "NIKON Z 50", "DSC_{n:04}.JPG"),
    ("SONY", "ILCE-6000", "DSC{n:05}.JPG"),
    ("FUJIFILM", "X-T20", "DSCF{n:04}.JPG"),
    ("OLYMPUS CORPORATION", "E-M10MarkII", "P{n:07}.JPG"),
    ("Panasonic", "DMC-TZ41", "P{n:07}.JPG"),
)
"""Make, model, and how it names its files."""

_SATELLITES = ("NIKON D5300", "DMC-TZ41", "Canon PowerShot SX280 HS")
"""Cameras with a receiver of their own."""


class Clock(NamedTuple):
    """What a camera's clock shows. Phones are right, apart from those that stay on the time of home."""

    mode: str = "right"
    """right; home (never changed on a trip); winter (never changed for summer time); shifted; reset."""
    zone: str = "UTC"
    """Of home, for home and winter."""
    delta: timedelta = timedelta(0)
    """Drift, or what it is shifted by."""
    since: datetime = datetime.max.replace(tzinfo=UTC)
    until: datetime = datetime.max.replace(tzinfo=UTC)
    """When it fell back, and when somebody noticed."""
    epoch: datetime = datetime(2000, 1, 1)
    """What it fell back to."""

    def shows(self, moment: datetime, zone_there: str) -> datetime:
        """The local time that is written, without a zone."""
        if self.mode == "reset" and self.since <= moment < self.until:
            return self.epoch + (moment - self.since)
        kept = zone(self.zone if self.mode in ("home", "winter") else zone_there)
        local = moment.astimezone(kept)
        if self.mode == "winter":
            local -= local.dst() or timedelta(0)
        return local.replace(tzinfo=None) + self.delta

    def right(self, moment: datetime, zone_there: str) -> bool:
        true = moment.astimezone(zone(zone_there)).replace(tzinfo=None)
        return abs(self.shows(moment, zone_there) - true) <= RIGHT


@dataclass(frozen=True, slots=True)
class Device:
    """One phone or camera, as its files show it."""

    make: str
    model: str
    kind: str
    """phone or camera."""
    names: str
    """How it names its files: apple, samsung, pixel, android, or a pattern for ``n``."""
    serial: str | None = None
    lens: str | None = None
    image_id: str | None = None
    software: str | None = None
    artist: str | None = None
    format: str = "JPEG"
    offset: bool = False
    """Writes the difference from world time."""
    accuracy: bool = False
    """Writes its error radius."""
    satellite_time: bool = False
    positions: bool = True
    faults: Faults = field(default_factory=Faults)
    clock: Clock = field(default_factory=Clock)


def phone(rng: Random, year: int, home_zone: str) -> Device:
    """A phone that somebody might have bought in that year."""
    now = [p for p in _PHONES if p[2] <= year]
    make, model, since = rng.choice([p for p in now if p[2] >= year - 4] or now[:1])
    apple, old = make == "Apple", since < 2019
    style = {"Apple": "apple", "samsung": "samsung", "SAMSUNG": "samsung", "Google": "pixel"}
    faults = Faults(
        none=min(0.5, rng.lognormvariate(-2.9, 0.8)),
        coarse=rng.uniform(0.005, 0.06) * (1.0 if apple else 0.4),
        stale=rng.uniform(0.0, 0.015),
        zero=0.05 if not apple and rng.random() < 0.05 else 0.0,
        whole_seconds=since < 2015 and not apple and rng.random() < 0.4,
    )
    draw = rng.random()
    clock = Clock("home", home_zone) if draw < 0.02 else Clock()
    if draw > 0.985:  # somebody set it by hand
        clock = Clock("shifted", home_zone, timedelta(hours=rng.choice((-12, -5, -1, 1, 2, 7, 24, 24 * 400))))
    return Device(
        make,
        model,
        "phone",
        style.get(make, "android"),
        image_id=f"{rng.choice('ABCDEFGHKLMNOP')}{rng.randint(8, 64):02}LLKF00SM"
        if style.get(make) == "samsung"
        else None,
        software=f"{since - 2007}.{rng.randint(0, 6)}" if apple else None,
        format="HEIF" if apple and since >= 2017 and rng.random() < 0.6 else "JPEG",
        offset=rng.random() < (0.05 if old else 0.9),
        accuracy=apple and since >= 2016,
        satellite_time=rng.random() < (0.9 if apple else 0.6),
        faults=faults,
        clock=clock,
    )


def camera(rng: Random, year: int, home_zone: str, trusted: bool) -> Device:
    """A camera as it lies in a drawer: most without a receiver, most without a zone, and its clock as it may be."""
    make, model, names = rng.choice(_CAMERAS)
    receiver = model in _SATELLITES and rng.random() < 0.7
    return Device(
        make,
        model,
        "camera",
        names,
        serial=str(rng.randint(2_000_000, 999_999_999)) if rng.random() < 0.75 else None,
        lens=str(rng.randint(100_000, 99_999_999)) if rng.random() < 0.4 else None,
        artist=rng.choice(("Anna Keller", "J. Novak", "Marta Silva", "T. Okafor", "Li Wei"))
        if rng.random() < 0.15
        else None,
        offset=year >= 2019 and rng.random() < 0.3,
        satellite_time=receiver,
        positions=receiver,
        faults=Faults(none=rng.uniform(0.15, 0.5), coarse=0.0, stale=0.02),
        clock=Clock() if trusted else camera_clock(rng, year, home_zone),
    )


def camera_clock(rng: Random, year: int, home_zone: str) -> Clock:
    """A clock that nobody looks after: wrong in the ways that people get them wrong, or right by luck."""
    draw = rng.random()
    if draw < 0.25:
        return Clock(delta=timedelta(seconds=rng.uniform(-150, 150)))
    if draw < 0.45:
        return Clock("home", home_zone, timedelta(seconds=rng.uniform(-150, 150)))
    if draw < 0.62:
        return Clock("winter", home_zone, timedelta(seconds=rng.uniform(-200, 200)))
    if draw < 0.82:
        hours = rng.choice((-12, 12, -1, 1, -2, 3, -8, 24, -24, 24 * 31, -24 * 365))
        return Clock("shifted", home_zone, timedelta(hours=hours, minutes=rng.uniform(-20, 20)))
    epoch = datetime(rng.choice((2000, 2000, 2000, 1970, 1980, 2005, 2015)), 1, 1)
    since = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=rng.uniform(0, 500))
    noticed = since + timedelta(days=rng.choice((4, 20, 120, 5000)))
    return Clock("reset", home_zone, timedelta(0), since, noticed, epoch)


class Namer:
    """Gives photos the names that their devices would, each once in a collection."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._numbers: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._used: set[str] = set()

    def name(self, device: Device, index: int, shown: datetime, moment: datetime) -> str:
        """Phones name by the clock, cameras and iPhones by a counter; what was not posted leaves gaps."""
        extension = "HEIC" if device.format == "HEIF" else "jpg"
        stamp = f"{shown:%Y%m%d_%H%M%S}"
        if device.names == "apple" or "{n" in device.names:
            key = (index, device.make, device.model)
            card, number = self._numbers.get(key, (100 + 20 * len(self._numbers), self._rng.randint(1, 6000)))
            number += 1 + int(self._rng.expovariate(0.4))
            self._numbers[key] = card, number
            pattern = f"IMG_{{n:04}}.{extension.upper()}" if device.names == "apple" else device.names
            folder = (
                f"{card + number // 9999}{'APPLE' if device.names == 'apple' else device.make[:5].upper()}"
            )
            return self.once(f"{folder}/{pattern.format(n=1 + (number - 1) % 9999)}")
        if device.names == "pixel":
            return self.once(f"PXL_{moment:%Y%m%d_%H%M%S}{self._rng.randint(0, 999):03}.jpg")
        return self.once(f"{'' if device.names == 'samsung' else 'IMG_'}{stamp}.{extension}")

    def once(self, name: str) -> str:
        """The name, or with a number in brackets when it is taken."""
        stem, dot, extension = name.rpartition(".")
        number = 1
        while name in self._used:
            name, number = f"{stem}({number}){dot}{extension}", number + 1
        self._used.add(name)
        return name
