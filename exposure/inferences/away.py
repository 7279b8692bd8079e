"""Away right now: the newest photos are fresh, and far from home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._clockwork import plausible
from exposure.inferences._homes import homes
from exposure.inferences._visits import date_of, visits
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_FRESH = 1
"""Days since the newest photo, at most."""
_AWAY_M = 5_000.0
"""From here on nobody is at home, in metres (COL05)."""


def away_now(collection: Collection) -> Iterator[Claim]:
    """The newest photos were taken today or yesterday and far from home: you are away, and your home may be empty.

    Why it matters
        Whoever sees them knows where you are now, and where you are not.

    What to do
        Post photos when you are back, or without position and time.

    What that does not do
        How often burglars really look is not known; the risk is rather somebody who knows you.

    Covers
        COL05

    References
        https://conversation.which.co.uk/technology/social-media-facebook-twitter-burglars-safety/
        http://www.eur.army.mil/news/2010/12162010-geotagging.htm
    """
    every, lived = visits(collection), homes(collection)
    if not every or not lived or not plausible(collection):
        return
    today = (date.fromisoformat(collection.today) - date_of(0)).days
    home = lived[-1]
    last = [visit for visit in every if visit.day >= every[-1].day - _FRESH]
    if not 0 <= today - every[-1].day <= _FRESH:
        return
    fresh = []
    for visit in reversed(last):
        if metres(visit.latitude, visit.longitude, home.stay.latitude, home.stay.longitude) <= _AWAY_M:
            break
        fresh.append(visit)
    if fresh:
        yield Claim(
            AWAY_NOW.id,
            Level.HIGH,
            Confidence.FIRM if home.likely else Confidence.TENTATIVE,
            Question.WHERE,
            "A stranger could tell that you are away from home right now, and where you are.",
            (
                "The newest photos are of today or yesterday, and were taken more than 5 km from where you"
                f" {'probably' if home.likely else 'perhaps'} live",
            ),
            ("you are back already", "what looks like your home is not", "the clock of the camera was wrong"),
            sorted(photo for visit in fresh for photo in visit.photos),
        )


AWAY_NOW = Inference("away-now", "Away from home right now", Question.WHERE, Level.HIGH, away_now)
