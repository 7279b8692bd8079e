"""Where the person probably lives, or lived: the place with photos of many evenings, mornings and weekends."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.collection import Collection
from exposure.inferences._homes import Home, homes
from exposure.inferences._radius import radius
from exposure.inferences._visits import date_of
from exposure.model import Address, Claim, Confidence, Level, Place, Question
from exposure.plugins import Inference


def likely_home(collection: Collection) -> Iterator[Claim]:
    """Photos of many evenings, mornings and weekends were taken at one place: a stranger would call that your home.

    Why it matters
        A handful of photos with a place and a time is enough for people without any training to find a home. It is
        the one place where anybody can wait for you.

    What to do
        Remove the position from all your photos, or make clean copies of all of them: not only of those near home.

    What that does not do
        Removing only the photos near home leaves a hole that points at it. Copies that others saved stay as they are.

    Covers
        COL01

    References
        https://arxiv.org/abs/1901.00897
        https://studylib.net/doc/13899911/our-house--in-the-middle-of-our-tweets
        https://sciencedaily.com/releases/2016/05/160517130848.htm
        https://www.readkong.com/page/inference-attacks-on-location-tracks-1790262
    """
    found = homes(collection)
    for number, home in enumerate(found, 1):
        yield _claim(home, number, len(found))


def _claim(home: Home, number: int, count: int) -> Claim:
    stay = home.stay
    metres = radius(stay)
    which = "your home" if count == 1 else f"one of {count} homes that you had one after the other"
    sure = "probably" if home.likely else "perhaps"
    since, until = (_month(day) for day in (home.first, home.last))
    why = [
        f"{len(stay.photos):,} photos were taken there on {len(stay.days):,} days, {since} to {until}",
        f"{home.week.rest:,} of those days at home hours: early, late, or at a weekend",
    ]
    why.append(
        f"The next best place of that time has {home.rival:,} such days"
        if home.rival
        else "No other place of that time has such days"
    )
    return Claim(
        LIKELY_HOME.id,
        Level.CRITICAL if home.likely else Level.HIGH,
        Confidence.FIRM if home.likely else Confidence.TENTATIVE,
        Question.WHERE,
        f"A stranger would {sure} guess that {which} is within about {metres} m of one point.",
        tuple(why),
        (
            "you were visiting somebody, or staying in a hotel",
            "you work there, or have a studio there",
            "somebody else took these photos",
        ),
        stay.photos,
        Place(stay.latitude, stay.longitude, None, None, Address("collection")),
        float(metres),
        str(number),
    )


def _month(day: int) -> str:
    return date_of(day).strftime("%B %Y")


LIKELY_HOME = Inference("likely-home", "Where you live", Question.WHERE, Level.CRITICAL, likely_home)
