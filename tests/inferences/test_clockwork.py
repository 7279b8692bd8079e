"""Whether the times are taken to belong to the places."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences.home import LIKELY_HOME
from exposure.model import Confidence, Examination, Facts
from tests.inferences.lives import at, home_life, said, work_life
from tests.make.shots import camera, here, shot, taken


def bursts(days: range = range(60)) -> list[Examination]:
    """Three photos in a row of each visit to home and work."""
    return [
        replace(each, name=f"{n} {each.name}", facts=later(each.facts, 40 * n))
        for each in [*home_life(days), *work_life(days)]
        for n in range(3)
    ]


def later(facts: Facts, seconds: int) -> Facts:
    (time,) = facts.times
    moment = datetime.fromisoformat(time.local) + timedelta(seconds=seconds)
    return replace(facts, times=(time._replace(local=moment.isoformat()),))


def fits(*photos: Examination) -> bool:
    collection = Collection("2024-12-31")
    for photo in photos:
        collection.add(photo)
    return plausible(collection)


def test_a_life_fits_and_one_with_its_times_mixed_does_not() -> None:
    photos = bursts()
    assert fits(*photos)
    times = [each.facts.times for each in photos]
    random.Random(1).shuffle(times)
    mixed = [replace(p, facts=replace(p.facts, times=t)) for p, t in zip(photos, times, strict=True)]
    assert not fits(*mixed)


@pytest.mark.parametrize("minutes", [3, 12])
def test_two_phones_of_one_model_hide_no_home(minutes: int) -> None:
    """The other one is elsewhere minutes after each photo at home, as half of a couple is."""
    hours = [hour + minutes / 60 for hour in (7.2, 20.5, 18.4, 21.7, 11.0)]
    other = at(here(north=7000), *hours, days=range(0, 60, 3))
    assert any(claim.confidence is Confidence.FIRM for claim in said(LIKELY_HOME, *bursts(), *other))


def test_a_camera_whose_clock_fell_back_hides_no_home() -> None:
    fallen = [
        shot(
            f"{n}.jpg",
            taken(None, datetime(2005, 1, 1, 0, 1), minutes=n),
            here(north=4000 * (n % 2)),
            camera(),
        )
        for n in range(50)
    ]
    (claim,) = said(LIKELY_HOME, *bursts(), *fallen)
    assert claim.confidence is Confidence.FIRM


def test_a_few_wrong_positions_do_not_say_that_the_times_are_mixed() -> None:
    """Nearly everything is at one place, so chance alone would hardly make the next photo jump."""
    photos = bursts()
    at_home = [each for each in photos if "48.1370" in each.name]
    off = [replace(p, facts=replace(p.facts, places=(here(east=1500),))) for p in at_home[::30]]
    kept = [each for n, each in enumerate(at_home) if n % 30]
    assert fits(*kept, *off)
