"""How few places and hours tell one person from all others."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._clockwork import plausible
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_ENOUGH = 4
_PLACE_M, _HOUR = 1_000.0, 3_600
"""Two points are different when they are further apart than this, in metres or in seconds."""


def enough_points(collection: Collection) -> Iterator[Claim]:
    """A few places with their hours are enough to tell you from everybody else in other records of where people were.

    Why it matters
        In the records of a phone company, four points of place and hour were enough to tell nearly everyone of one
        and a half million people from all others. Whoever has such records, of phones, cards or apps, could find
        out in them which person took your photos, even those under another name.

    What to do
        Take place and time out of what you share: clean copies have neither.

    What that does not do
        Making places and times coarser helps only slowly. Those were records of phones; places in photos are often
        sights that many people visit, so a few of them may fit other people too.

    Covers
        COL11

    References
        https://www.nature.com/articles/srep01376
        https://pmc.ncbi.nlm.nih.gov/articles/PMC7961185
    """
    wide, latitude = collection.accuracy, collection.latitude
    placed = (p for p in collection.timed() if latitude[p] == latitude[p] and not wide[p] > _PLACE_M)
    photos = array("I", placed)
    if len(photos) < _ENOUGH or not plausible(collection):
        return
    count = _points(collection, photos)
    if count < _ENOUGH:
        return
    yield Claim(
        ENOUGH_POINTS.id,
        Level.MEDIUM,
        Confidence.TENTATIVE,
        Question.LINKS,
        f"Your photos show {count:,} different points of place and hour; with four or more, other records of where "
        "people were would usually fit only you.",
        (f"{len(photos):,} photos say where and when they were taken, to about 1 km and one hour",),
        (
            "the places are sights that many people visit: what is known is from records of phones, not from photos",
            "others took some of these photos",
            "nobody who looks for you has other records of where people were",
        ),
        photos,
    )


def _points(collection: Collection, photos: array[int]) -> int:
    """How many points there are, each further than an hour or a kilometre from all those before it."""
    latitude, longitude, taken = collection.latitude, collection.longitude, collection.taken
    recent: deque[tuple[int, float, float]] = deque()
    count = 0
    for photo in sorted(photos, key=lambda p: (taken[p], latitude[p], longitude[p])):
        when, here = taken[photo], (latitude[photo], longitude[photo])
        while recent and when - recent[0][0] >= _HOUR:
            recent.popleft()
        if all(metres(*here, *there) > _PLACE_M for _, *there in recent):
            recent.append((when, *here))
            count += 1
    return count


ENOUGH_POINTS = Inference(
    "enough-points", "Enough points to be unique", Question.LINKS, Level.MEDIUM, enough_points
)
