"""A child's school or club: a place of weekday mornings and afternoons, and words that speak of a school."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.collection import SCHOOL, Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._homes import homes
from exposure.inferences._radius import radius
from exposure.inferences._stays import stays
from exposure.inferences._visits import Visit
from exposure.model import Address, Claim, Confidence, Level, Place, Question
from exposure.plugins import Inference

_MORNING, _AFTERNOON = (7.5, 9.5), (14.0, 17.0)
"""When children are taken to school and fetched, by the clock (COL06)."""
_DAYS = 3
_SHARE = 0.6
"""Of the visits, so many are at such hours: who works there, or lives there, is there at others too."""


def child_school(collection: Collection) -> Iterator[Claim]:
    """Photos on weekday mornings and afternoons at one place, and words about a school: it may be a child's school.

    Why it matters
        It puts a child at a place at known hours.

    What to do
        Remove the position from these photos, and words about school, class and age from what you write.

    What that does not do
        Uniforms, signs and the building in the picture still show it. Copies that others saved stay as they are.

    Covers
        COL06

    References
        https://newsconcerns.com/how-to-keep-your-kids-first-day-of-school-photos-safe-online
        http://www.wfaa.com/news/technology/Awareness-urged-with-geotagging-photo-location-technology-100951429.html
    """
    if not plausible(collection):
        return
    lived = {id(home.stay) for home in homes(collection) if home.likely}
    for stay in stays(collection):
        runs = [visit for visit in stay.visits if _is_run(visit)]
        days = {visit.day for visit in runs}
        cued = [p for p in stay.photos if collection.cues[p] & SCHOOL]
        if id(stay) in lived or not cued or len(days) < _DAYS or len(runs) < _SHARE * len(stay.visits):
            continue
        metres = radius(stay)
        yield Claim(
            CHILD_SCHOOL.id,
            Level.HIGH,
            Confidence.TENTATIVE,
            Question.WHERE,
            f"A stranger would perhaps guess that a child goes to school, or to a club, within {metres} m of one"
            " point. Please check.",
            (
                f"Photos were taken there on {len(days)} weekdays at the hours when children are taken or fetched",
                f"The words in {len(cued)} of these photos speak of a school, a kindergarten or a class",
            ),
            ("it is a park or a playground", "you work at a school"),
            stay.photos,
            Place(stay.latitude, stay.longitude, None, None, Address("collection")),
            float(metres),
        )


def _is_run(visit: Visit) -> bool:
    return visit.weekday < 5 and any(a <= visit.hour < b for a, b in (_MORNING, _AFTERNOON))


CHILD_SCHOOL = Inference("child-school", "A child's school", Question.WHERE, Level.HIGH, child_school)
