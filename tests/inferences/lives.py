"""Small lives in code: photos at a few places at chosen hours, for the inferences that look at places and times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from exposure.collection import Collection
from exposure.model import Address, Claim, Examination, Place
from exposure.plugins import Inference
from tests.make.shots import camera, here, shot, taken

FIRST = datetime(2024, 1, 1)
"""A Monday."""


def at(
    where: Place, *hours: float, days: range, weekdays: range = range(7), model: str = "EOS R6"
) -> Iterator[Examination]:
    """``at(here(), 19.5, days=range(60), weekdays=range(5))``: a photo on each of these days, the hours taking turns."""
    count = 0
    for day in days:
        if (FIRST + timedelta(days=day)).weekday() in weekdays:
            moment = FIRST + timedelta(days=day, hours=hours[count % len(hours)])
            yield shot(
                f"{where.latitude:.4f} {moment:%m-%d %H%M}.jpg", taken(None, moment), where, camera(model)
            )
            count += 1


def far(north_km: float) -> Place:
    return here(north=north_km * 1000)


def abroad() -> Place:
    """Lyon."""
    return Place(45.757, 4.832, 5.0, None, Address("EXIF:GPS IFD:GPSLatitude"))


def said(inference: Inference, *photos: Examination, today: str = "2024-12-31") -> list[Claim]:
    collection = Collection(today)
    for photo in photos:
        collection.add(photo)
    return list(inference.infer(collection))


def home_life(days: range = range(90)) -> list[Examination]:
    """Evenings, mornings and weekends at home."""
    return list(at(here(), 7.2, 20.5, 18.4, 21.7, 11.0, days=days))


def work_life(days: range = range(90)) -> list[Examination]:
    return list(at(here(north=4000), 9.7, 11.2, 14.2, 16.4, 12.5, days=days, weekdays=range(5)))
