"""Small sets of photos with a known home, and inferences so plain that it is clear what they must say.

The stand-ins are not the inferences of the product: they are quick enough to be asked of every choice of visits, and
they have what makes plans hard. The home goes over to the next best place when the best is cleaned; a home is surer
when its rival goes; a place of a routine is let go when some of its visits are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from exposure.collection import Collection
from exposure.model import Address, Claim, Confidence, Device, Examination, Level, Place, Question, Time
from exposure.plugins import Inference
from exposure.taken import UNKNOWN
from tests.make.examinations import examination
from tests.people.truth import metres, moved

HERE = Address("EXIF")
HOME = (48.1372, 11.5755)
DAY, HOUR = 86_400, 3_600
START = 20_000
"""A Friday, in days since 1970."""

Point = tuple[float, float]
"""Metres to the east and to the north of home."""


def photo(name: str, day: int, hour: float, at: Point | None = (0.0, 0.0)) -> Examination:
    """A photo so many days after the start, by the owner's phone."""
    from datetime import UTC, datetime

    local = datetime.fromtimestamp((START + day) * DAY + hour * HOUR, UTC).isoformat()[:19]
    facts: list[Place | Time | Device] = [Time("taken", local, "+00:00", HERE), Device("Acme", "One", HERE)]
    if at is not None:
        latitude, longitude = moved(*HOME, at[1], at[0])
        facts.append(Place(latitude, longitude, 5.0, None, HERE))
    return examination(name, facts=tuple(facts))


def gathered(photos: Iterable[Examination]) -> Collection:
    collection = Collection("2026-11-22")
    for each in photos:
        collection.add(each)
    return collection


def few_visits(seed: int) -> list[Examination]:
    """Up to 12 visits of one to four photos: home in the evening, a rival, a routine, and places around and far off."""
    rng = Random(f"few visits {seed}")
    places: list[Point] = [(0.0, 0.0)] * rng.randint(3, 6)
    rival = _around(rng, 700, 6_000)
    places += [rival] * rng.choice((0, 0, 1, 2, 2, 3))
    places += [_around(rng, 300, 9_000) for _ in range(rng.randint(0, 3))]
    places += [_around(rng, 30_000, 90_000) for _ in range(rng.randint(0, 2))]
    found = []
    for number, (east, north) in enumerate(places[:12]):
        is_usual = (east, north) in ((0.0, 0.0), rival)
        day, hour = (
            rng.randrange(60),
            rng.choice((7, 20, 21, 22)) if is_usual else rng.choice((9, 13, 16, 21)),
        )
        if is_usual and rng.random() < 0.5:
            day -= day % 7
        for shot in range(rng.choice((1, 1, 2, 3, 4))):
            at = east + rng.gauss(0, 8), north + rng.gauss(0, 8)
            found.append(photo(f"{number}-{shot}.jpg", day, hour + shot / 60, at))
    return found


def _around(rng: Random, least: float, most: float) -> Point:
    while True:
        east, north = rng.uniform(-most, most), rng.uniform(-most, most)
        if least**2 <= east**2 + north**2 <= most**2:
            return east, north


class Spot:
    """Photos within 120 m of the first of them."""

    def __init__(self, latitude: float, longitude: float) -> None:
        self.latitude, self.longitude = latitude, longitude
        self.photos: list[int] = []


def spots(collection: Collection) -> list[Spot]:
    found: list[Spot] = []
    for number in sorted(
        collection.positioned(), key=lambda n: (collection.latitude[n], collection.longitude[n])
    ):
        if collection.taken[number] != UNKNOWN:
            here = collection.latitude[number], collection.longitude[number]
            spot = next((s for s in found if metres(s.latitude, s.longitude, *here) <= 120), None)
            if spot is None:
                spot = Spot(*here)
                found.append(spot)
            spot.photos.append(number)
    return found


def days(collection: Collection, spot: Spot) -> list[int]:
    """On which evenings, nights and mornings it was photographed."""
    local = [collection.taken[number] for number in spot.photos]
    return sorted({(t - 9 * HOUR) // DAY for t in local if not 9 * HOUR <= t % DAY < 19 * HOUR})


def home(collection: Collection) -> Iterator[Claim]:
    """The place with most evenings, of three at least and more than any other; surer with twice as many."""
    ranked = sorted(spots(collection), key=lambda s: -len(days(collection, s)))
    counts = [*(len(days(collection, spot)) for spot in ranked), 0, 0]
    if counts[0] >= 3 and counts[0] > counts[1]:
        sure = counts[0] >= 2 * counts[1]
        yield claim("likely-home", ranked[0], Level.CRITICAL if sure else Level.HIGH, sure)


def routine(collection: Collection) -> Iterator[Claim]:
    """A place that was photographed on one weekday of three weeks."""
    for spot in spots(collection):
        weeks = {(collection.taken[n] // DAY) for n in spot.photos}
        weekday, count = Counter(day % 7 for day in weeks).most_common(1)[0]
        if count >= 3:
            some = [n for n in spot.photos if collection.taken[n] // DAY % 7 == weekday]
            found = claim("routine", spot, Level.HIGH, False)
            yield found._replace(photos=some, subject=str(weekday))


def claim(rule: str, spot: Spot, level: Level, sure: bool) -> Claim:
    return Claim(
        rule,
        level,
        Confidence.FIRM if sure else Confidence.TENTATIVE,
        Question.WHERE,
        f"A stranger would guess {rule}.",
        (),
        (),
        sorted(spot.photos),
        Place(spot.latitude, spot.longitude, None, None, HERE),
        90.0,
    )


STAND_INS = (
    Inference("likely-home", "Likely home", Question.WHERE, Level.CRITICAL, home),
    Inference("routine", "Routine", Question.WHERE, Level.HIGH, routine),
)


def said(collection: Collection, inferences: Sequence[Inference] = STAND_INS) -> list[Claim]:
    found = [claim for each in inferences for claim in each.infer(collection)]
    return sorted(found, key=lambda c: (-c.level, -c.confidence, c.rule))


def walks(seed: int, hidden: float = 400.0) -> list[Examination]:
    """A person who photographs at home in the mornings and evenings, and on walks in all directions, a house or two
    further than `hidden` metres."""
    rng = Random(f"walks {seed}")
    found = []
    for day in range(0, 150):
        if rng.random() < 0.5:
            hour = rng.choice((7, 8, 19, 20, 21))
            found.append(
                photo(f"home-{day}.jpg", day, hour + rng.random(), (rng.gauss(0, 8), rng.gauss(0, 8)))
            )
        for number in range(rng.randint(1, 5)):
            at = _around(rng, hidden, 1_600)
            found.append(photo(f"walk-{day}-{number}.jpg", day, 10 + 2 * number + rng.random(), at))
    return found
