"""Trips: when somebody was away from home for the night, and how far."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.collection import Collection
from exposure.inferences._homes import homes
from exposure.inferences._journeys import Journey, journeys
from exposure.inferences._visits import date_of
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_LONG = 14
"""Nights after which somebody may have moved rather than travelled."""


def trips(collection: Collection) -> Iterator[Claim]:
    """Photos far from home on several days in a row list your trips, with their dates.

    Why it matters
        Anybody can list where you travelled and when: border and visa staff compare that with what you told them, and
        whoever wants to know when your home is empty sees which weeks of the year you are away.

    What to do
        Remove the positions and the exact times from the photos of trips before you share them.

    What that does not do
        Backgrounds, captions and the dates of posts still show where you were. Copies that others saved stay.

    Covers
        COL03

    References
        https://vancouverpublicspace.wordpress.com/2010/08/10/geotagging-tourists/
        https://londonist.com/2010/06/geotagged_photos_which_bits_of_lond
        https://www.brennancenter.org/our-work/research-reports/social-media-monitoring
    """
    lived = homes(collection)
    sure = bool(lived) and all(home.likely for home in lived)
    for journey in journeys(collection):
        yield _claim(journey, Confidence.FIRM if sure else Confidence.TENTATIVE)


def _claim(journey: Journey, confidence: Confidence) -> Claim:
    first, last = journey.first, journey.visits[-1].day
    nights = f"{journey.nights} night{'s' * (journey.nights != 1)}"
    days = len({visit.day for visit in journey.visits})
    return Claim(
        TRIPS.id,
        Level.MEDIUM,
        confidence,
        Question.HISTORY,
        f"A stranger could tell that you were away from home from {_day(first)} to {_day(last)}: {nights}, up to"
        f" {_kilometres(journey.metres)} km away.",
        (f"{len(journey.photos):,} photos on {days} of those days were taken more than 100 km from home",),
        (
            "the photos were taken by somebody else",
            "the clock of the camera was wrong",
            "you lived there then, or had another home there"
            if journey.nights >= _LONG
            else "what looks like your home is not",
        ),
        journey.photos,
        subject=str(first),
    )


def _day(day: int) -> str:
    when = date_of(day)
    return f"{when.day} {when:%B %Y}"


def _kilometres(metres: float) -> str:
    """Rounded so that it tells no place."""
    kilometres = metres / 1000
    return f"{round(kilometres, -1 if kilometres < 1000 else -2):,.0f}"


TRIPS = Inference("trips", "Trips", Question.HISTORY, Level.MEDIUM, trips)
