"""Where a device thinks it is: satellite and Wi-Fi fixes as phones write them, with their tails and their failures.

Medians by setting follow the measurements named in the package's docstring. Indoors a phone mostly repeats the same
wrong place (it knows its Wi-Fi by an address), so each indoor site has an error of its own besides that of each fix.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, exp, pi, sin
from random import Random
from typing import NamedTuple

from tests.people.truth import Site, metres, moved

MEDIAN = {"open": 4.0, "town": 7.0, "canyon": 12.0, "indoors": 6.5}
"""Metres that half of the good fixes stay within, by setting; indoors the error of the site comes on top."""

RADII = (65.0, 65.0, 65.0, 65.0, 100.0, 165.0, 250.0, 500.0, 1000.0, 1414.0, 2000.0)
"""Error radii of fixes by Wi-Fi and by cell, as in real files."""

WORST = 150.0
"""No good fix is farther off, in metres."""

_FRESH = timedelta(seconds=50)
"""A fix this young is used again, as in bursts."""


class Fix(NamedTuple):
    """What a device writes of where it is."""

    kind: str
    """good, coarse, stale, zero or none."""
    latitude: float
    longitude: float
    radius: float | None
    """In metres: what the device believes of its error, whether or not it writes it."""
    moment: datetime
    """When it was had, UTC."""


@dataclass(frozen=True, slots=True)
class Faults:
    """How often a device fails, as shares of its photos."""

    none: float = 0.06
    coarse: float = 0.02
    stale: float = 0.006
    zero: float = 0.0
    whole_seconds: bool = False
    """Positions are written to full seconds of arc (about 30 m), as some early phones did."""


@dataclass(slots=True)
class Receiver:
    """The positioning of one device over its time. It remembers, because last known places are written again."""

    rng: Random
    faults: Faults
    last: Fix | None = None
    _sites: dict[str, tuple[float, float]] = field(default_factory=dict)

    def fix(self, site: Site, latitude: float, longitude: float, moment: datetime) -> Fix:
        """What is written of a photo taken there and then."""
        rng, faults, last = self.rng, self.faults, self.last
        draw = rng.random()
        if draw < faults.none:
            return Fix("none", latitude, longitude, None, moment)
        if draw < faults.none + faults.zero:
            return Fix("zero", 0.0, 0.0, None, moment)
        if last is not None:
            away = metres(latitude, longitude, last.latitude, last.longitude)
            if moment - last.moment <= _FRESH and (last.kind == "coarse" or away < WORST):
                return last
            if draw > 1 - faults.stale and away > 300 and moment - last.moment > timedelta(minutes=20):
                return last._replace(kind="stale")
        if draw > 1 - faults.stale - faults.coarse * (1.0 if site.setting == "indoors" else 0.5):
            self.last = self._coarse(latitude, longitude, moment)
        else:
            self.last = self._good(site, latitude, longitude, moment)
        return self.last

    def _good(self, site: Site, latitude: float, longitude: float, moment: datetime) -> Fix:
        rng, indoors = self.rng, site.setting == "indoors"
        error = MEDIAN[site.setting] * exp(rng.gauss(0, 0.6))
        if rng.random() < (0.04 if site.setting != "canyon" else 0.12):
            error *= rng.uniform(2, 6)  # a reflected signal
        if indoors and rng.random() < 0.12:
            error = rng.uniform(20, 60)
        north, east = _towards(rng, min(error, WORST - 40))
        if indoors:
            own = self._sites.setdefault(site.label, (_clipped(rng, 4.5), _clipped(rng, 4.5)))
            north, east = north + own[0], east + own[1]
        radius = max(4.0, round(max(error, MEDIAN[site.setting]) * rng.uniform(0.8, 1.8), 1))
        return Fix("good", *self._written(latitude, longitude, north, east), min(radius, 64.9), moment)

    def _coarse(self, latitude: float, longitude: float, moment: datetime) -> Fix:
        radius = self.rng.choice(RADII)
        north, east = _towards(self.rng, radius * self.rng.uniform(0.1, 1.1))
        return Fix("coarse", *self._written(latitude, longitude, north, east), radius, moment)

    def _written(self, latitude: float, longitude: float, north: float, east: float) -> tuple[float, float]:
        """Degrees as files hold them: in hundredths of a second of arc, or in whole seconds."""
        steps = 3600 if self.faults.whole_seconds else 360_000
        found = moved(latitude, longitude, north, east)
        return round(found[0] * steps) / steps, round(found[1] * steps) / steps


def _towards(rng: Random, distance: float) -> tuple[float, float]:
    angle = rng.uniform(0, 2 * pi)
    return distance * cos(angle), distance * sin(angle)


def _clipped(rng: Random, sigma: float) -> float:
    return max(-2.5 * sigma, min(2.5 * sigma, rng.gauss(0, sigma)))
