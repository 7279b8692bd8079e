"""Who is with whom, by the names that other software wrote into photos. No picture is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._ground import Nearby
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference
from exposure.rules._names import nobody
from exposure.taken import UNKNOWN

_PHOTOS, _DAYS = 3, 2
"""Fewer photos, or fewer days, may be one occasion (rules.toml, COL07)."""
_STRONG = 3
"""So many occasions were a strong predictor of a tie on Flickr (Crandall et al. 2010)."""
_PLACE_M = 1_000.0
"""Places nearer to each other than this, in metres, are one; wider positions say no place."""
_DAY = 86_400
_NOWHERE = -1_000.0
"""Degrees that no place has."""


class _Person(NamedTuple):
    """What the photos that name somebody come to."""

    photos: array[int]
    days: int
    places: int
    occasions: int
    """Days, each as many times as places were photographed on it."""


def people_met(collection: Collection) -> Iterator[Claim]:
    """Names in the photos show who is with you, how often, and on how many days and places.

    Why it matters
        Names on pictures are ready-made material for a chart of who belongs with whom. On Flickr, being at the same
        place at the same time on as few as three occasions was a strong sign that two people knew each other. It is
        about your friends and family too, who did not choose it.

    What to do
        Share clean copies, which name nobody, and ask before you tag others.

    What that does not do
        What others post and tag still shows who belongs with you, and people can be recognised by eye. This tool
        reads only names that other software wrote down; it does not look at faces.

    Covers
        COL07

    References
        https://pmc.ncbi.nlm.nih.gov/articles/PMC3012474
        https://scienceblog.com/40893/not-so-confidential-confidantes/
        https://www.immigrantdefenseproject.org/immigrant-advocates-foia-for-info-on-clearview-ai-contract-with-ice-for-facial-recognition-technology/
    """
    named = [_person(collection, photos) for photos in _named(collection) if len(photos) >= _PHOTOS]
    people = [each for each in named if each.days >= _DAYS]
    if people:
        yield _claim(people)


def _named(collection: Collection) -> Iterable[array[int]]:
    """The photos of each name."""
    keys: dict[str, str] = {}
    found: dict[str, array[int]] = {}
    for photo in range(len(collection)):
        for role, name in collection.people_of(photo):
            if role != "depicted":
                continue
            if (key := keys.get(name)) is None:
                key = keys[name] = "" if nobody(name) else name.casefold()
            photos = found.setdefault(key, array("I"))
            if not photos or photos[-1] != photo:
                photos.append(photo)
    found.pop("", None)
    return found.values()


def _person(collection: Collection, photos: array[int]) -> _Person:
    taken = collection.taken
    timed = sorted((taken[photo], *_place(collection, photo)) for photo in photos if taken[photo] != UNKNOWN)
    everywhere = Nearby((), _PLACE_M)
    days = places = occasions = 0
    for _, day in groupby(timed, key=lambda each: each[0] // _DAY):
        today: list[tuple[float, float]] = []
        for _, latitude, longitude in day:
            if latitude != _NOWHERE and all(metres(latitude, longitude, *one) > _PLACE_M for one in today):
                today.append((latitude, longitude))
        days += 1
        occasions += max(1, len(today))
        for here in today:
            if not any(everywhere.around(*here, _PLACE_M)):
                everywhere.add(here)
                places += 1
    return _Person(photos, days, places, occasions)


def _place(collection: Collection, photo: int) -> tuple[float, float]:
    latitude = collection.latitude[photo]
    if latitude != latitude or collection.accuracy[photo] > _PLACE_M:
        return _NOWHERE, _NOWHERE
    return latitude, collection.longitude[photo]


def _claim(people: list[_Person]) -> Claim:
    close = [each for each in people if each.occasions >= _STRONG]
    photos = array("I", sorted({photo for each in people for photo in each.photos}))
    most = max(people, key=lambda each: (each.occasions, each.days, len(each.photos), each.places))
    whom = f"{len(people):,} people" if len(people) > 1 else "one person"
    if not close:
        guess = "so a stranger would ask who they are to you"
    elif len(close) == len(people):
        guess = f"and a stranger would guess that {'they are' if len(people) > 1 else 'this person is'} close to you"
    else:
        guess = f"and a stranger would guess that {'one is' if len(close) == 1 else f'{len(close):,} of them are'} close to you"
    at = f" at {most.places:,} places" if most.places > 1 else ""
    return Claim(
        PEOPLE_MET.id,
        Level.HIGH if close else Level.MEDIUM,
        Confidence.FIRM if close else Confidence.TENTATIVE,
        Question.WHO,
        f"Your photos name {whom} again and again, {guess}.",
        (f"The one seen most is named in {len(most.photos):,} photos, on {most.days:,} days{at}",),
        (
            "one of the names is your own, or that of a pet",
            "two people have the same name",
            "they were only at the same events",
        ),
        photos,
    )


PEOPLE_MET = Inference("people-met", "People you are shown with", Question.WHO, Level.HIGH, people_met)
