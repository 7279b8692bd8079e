"""Photos in a collection that its owner did not take: from messengers, and from the cameras of other people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from exposure.model import Examination, Examined
from tests.people.around import destination, near, outings
from tests.people.devices import Clock, Device, Namer, camera, phone
from tests.people.noise import Receiver
from tests.people.shooting import Moment, Roll, spread
from tests.people.travels import moment
from tests.people.truth import Shot, Site

_MESSENGERS = (
    "IMG-{t:%Y%m%d}-WA{n:04}.jpg",
    "WhatsApp Image {t:%Y-%m-%d} at {t:%H.%M.%S}.jpeg",
    "signal-{t:%Y-%m-%d-%H%M%S}.jpeg",
    "photo_{t:%Y-%m-%d_%H-%M-%S}.jpg",
    "FB_IMG_{ms}.jpg",
    "Screenshot_{t:%Y%m%d-%H%M%S}.png",
)


def received(rng: Random, namer: Namer, number: int, first: date, last: date) -> Iterator[Examination]:
    """Messenger pictures and screenshots: no camera, no time and no place in them, only a name."""
    patterns = rng.choices(_MESSENGERS, (5, 2, 1, 1, 1, 1), k=2)
    for _ in range(number):
        at = (
            datetime.combine(first, datetime.min.time(), UTC)
            + (last - first) * rng.random()
            + timedelta(hours=9)
        )
        pattern = rng.choice(patterns)
        name = namer.once(pattern.format(t=at, n=rng.randint(0, 40), ms=int(at.timestamp() * 1000)))
        yield Examination(name, "PNG" if name.endswith("png") else "JPEG", Examined.COMPLETE)


def visitor(
    rng: Random,
    owners: Sequence[Device],
    home: Site,
    number: int,
    first: date,
    last: date,
    namer: Namer,
    with_serial: bool = False,
) -> Iterator[tuple[Examination, Shot]]:
    """Photos of somebody else's camera, with everything in them: a relative or friend who lives elsewhere.

    Of `number` photos two thirds are from their own home and around it, over months; make and model are none of
    `owners`. `with_serial`: a camera with a number of its own rather than a phone, which has none.
    """
    device = _other(rng, owners, last.year, home.zone, with_serial)
    theirs = destination(rng, home, 5, rng.choice((60, 400, 3000)), "elsewhere")
    around = outings(rng, theirs, True)
    moments: list[Moment] = []
    while len(moments) < number:
        day = first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
        site = theirs if rng.random() < 0.65 else rng.choice(around).site._replace(label="elsewhere")
        hour = rng.triangular(8, 22, 18)
        at = moment(day, hour, site.zone)
        for _ in range(min(1 + int(rng.expovariate(0.7)), number - len(moments))):
            at += timedelta(seconds=rng.randint(2, 120))
            moments.append(Moment(at.replace(microsecond=0), site, *spread(rng, site), 0))
    roll = Roll(rng, [device], [Receiver(rng, device.faults)], namer)
    for examination, shot in roll.develop(moments):
        yield examination, shot._replace(holder=-1, label="elsewhere")


def along(
    rng: Random, owners: Sequence[Device], moments: Sequence[Moment], number: int, namer: Namer
) -> Iterator[tuple[Examination, Shot]]:
    """Photos of a companion, who was there too, minutes later, with a phone of their own."""
    if not moments:
        return
    device = _other(rng, owners, moments[-1].time.year, moments[0].site.zone, False)
    start = rng.randrange(len(moments))
    taken = []
    for seen in moments[start : start + number]:
        point = near(
            rng,
            seen.site._replace(latitude=seen.latitude, longitude=seen.longitude),
            1,
            60,
            "elsewhere",
            "town",
            5,
        )
        at = seen.time + timedelta(seconds=rng.randint(20, 500))
        taken.append(Moment(at, point, point.latitude, point.longitude, 0))
    roll = Roll(rng, [device], [Receiver(rng, device.faults)], namer)
    for examination, shot in roll.develop(taken):
        yield examination, shot._replace(holder=-1, label="elsewhere")


def _other(rng: Random, owners: Sequence[Device], year: int, zone: str, with_serial: bool) -> Device:
    """A device of a model that none of the owner's is."""
    taken = {(d.make.lower(), d.model) for d in owners}
    for _ in range(100):
        found = camera(rng, year, zone, True) if with_serial else phone(rng, year, zone)
        if (found.make.lower(), found.model) not in taken:
            break
    else:
        raise AssertionError("the owner has every model there is")
    if not with_serial:
        return found
    return Device(
        found.make,
        found.model,
        "camera",
        found.names,
        str(rng.randint(10_000_000, 999_999_999)),
        offset=True,
        satellite_time=True,
        positions=True,
        faults=found.faults,
        clock=Clock(),
    )
