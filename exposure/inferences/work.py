"""Where the person probably works or goes to school: the place with photos of many working days."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.collection import Collection
from exposure.inferences._radius import radius
from exposure.inferences._works import Work, works
from exposure.model import Address, Claim, Confidence, Level, Place, Question
from exposure.plugins import Inference


def likely_work(collection: Collection) -> Iterator[Claim]:
    """Photos of many working days were taken at one place: a stranger would call that your work or your school.

    Why it matters
        Home and work together single people out: in data of the United States census, most people are the only one
        with their pair of blocks. And anybody knows where to wait for you on a working day.

    What to do
        Remove the position from all your photos, or make clean copies of all of them.

    What that does not do
        A picture of the place, a badge or a uniform still shows it. Copies that others saved stay as they are.

    Covers
        COL02

    References
        https://www.parc.com/technical-publications/on-the-anonymity-of-home-work-location-pairs/
        https://arxiv.org/abs/1901.00897
    """
    for number, work in enumerate(works(collection), 1):
        yield _claim(work, number)


def _claim(work: Work, number: int) -> Claim:
    stay = work.stay
    metres = radius(stay)
    return Claim(
        LIKELY_WORK.id,
        Level.HIGH,
        Confidence.FIRM if work.likely else Confidence.TENTATIVE,
        Question.WHERE,
        f"A stranger would {'probably' if work.likely else 'perhaps'} guess that you work or learn within about"
        f" {metres} m of one point.",
        (
            f"Photos were taken there on {work.days:,} working days between 8 and 18 o'clock",
            f"{round(work.share * 10)} in 10 visits to it are at such hours",
        ),
        (
            "it is a café, a gym or a stop on your way",
            "you take a child there",
            "you work at home, or in shifts",
        ),
        stay.photos,
        Place(stay.latitude, stay.longitude, None, None, Address("collection")),
        float(metres),
        str(number),
    )


LIKELY_WORK = Inference("likely-work", "Where you work or learn", Question.WHERE, Level.HIGH, likely_work)
