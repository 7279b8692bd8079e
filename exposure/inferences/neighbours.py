"""Where a photo without a position was taken, by those that the same camera took just before and after it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from exposure.collection import NONE, Collection
from exposure.ground import metres
from exposure.inferences._cameras import cameras
from exposure.inferences._clockwork import plausible
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference
from exposure.taken import NO_OFFSET

_NEAR_M = 500.0
"""Two photos this near to each other, in metres, say the same place for what was taken between them."""
_BETWEEN, _BESIDE = 30 * 60, 10 * 60
"""How far in time, in seconds, the photos on both sides may be, and that on one side."""
_PAIRS, _STAYING = 3, 0.7
"""So many pairs within ten minutes tell whether the camera stays where it is; this share of them must be near."""


def placed_by_neighbours(collection: Collection) -> Iterator[Claim]:
    """Photos that say no place can be put on the map, because the same camera took one with a place just before or after.

    Why it matters
        Taking the position out of some photos is not enough while their times remain: whoever has the others too sees
        where you were a few minutes earlier and later.

    What to do
        Share clean copies of these photos as well, which say neither the time nor the camera, or take the position out
        of all photos of that day.

    What that does not do
        Copies that were posted with their times stay as they are, and a name with a date and time in it still says
        when a photo was taken: `exposure clean --rename` gives it another one. Places can also be recognised by sight.

    Covers
        placed-by-neighbours

    References
        https://www.usenix.org/conference/usenixsecurity18/presentation/hassan
    """
    if not plausible(collection):
        return
    between, beside = array("I"), array("I")
    for photos in _by_camera(collection):
        for photo, before, after in _neighbours(collection, photos):
            if _are_near(collection, before, after):
                between.append(photo)
            elif any(n != NONE and _gap(collection, photo, n) <= _BESIDE for n in (before, after)):
                beside.append(photo)
    if between:
        yield _claim(between, True)
    if beside:
        yield _claim(beside, False)


def _by_camera(collection: Collection) -> Iterator[Sequence[int]]:
    """The photos of each camera that stays where it is for minutes, in the order of time."""
    latitude, longitude, taken = collection.latitude, collection.longitude, collection.taken
    found: dict[int, array[int]] = defaultdict(lambda: array("I"))
    known = cameras(collection)
    for photo in collection.timed():
        if (device := collection.device[photo]) != NONE:
            found[known[device]].append(photo)
    for photos in found.values():
        placed = [photo for photo in photos if _is_placed(collection, photo)]
        if 0 < len(placed) < len(photos):
            placed.sort(key=lambda p: (taken[p], latitude[p], longitude[p]))
            if _stays(collection, placed):
                yield sorted(photos, key=lambda p: (taken[p], *_place(collection, p)))


def _is_placed(collection: Collection, photo: int) -> bool:
    return (
        collection.latitude[photo] == collection.latitude[photo] and not collection.accuracy[photo] > _NEAR_M
    )


def _place(collection: Collection, photo: int) -> tuple[float, ...]:
    return (collection.latitude[photo], collection.longitude[photo]) if _is_placed(collection, photo) else ()


def _stays(collection: Collection, placed: Sequence[int]) -> bool:
    """Whether photos within minutes are at one place: not if somebody travels, or the times belong to other photos."""
    pairs = [(a, b) for a, b in pairwise(placed) if _gap(collection, a, b) <= _BESIDE]
    return len(pairs) < _PAIRS or sum(_are_near(collection, a, b) for a, b in pairs) >= _STAYING * len(pairs)


def _gap(collection: Collection, one: int, other: int) -> int:
    """Seconds between two photos of one camera, by its clock."""
    return abs(collection.taken[one] - collection.taken[other])


def _are_near(collection: Collection, one: int, other: int) -> bool:
    """Whether both are known, and were taken at one place."""
    if NONE in (one, other):
        return False
    return metres(*_place(collection, one), *_place(collection, other)) <= _NEAR_M


def _neighbours(collection: Collection, photos: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each photo that says no place, with the nearest before and after it that do; `NONE` where there is none in time."""
    before = dict(_nearest(collection, photos))
    after = dict(_nearest(collection, reversed(photos)))
    for photo in before.keys() | after.keys():
        yield photo, before.get(photo, NONE), after.get(photo, NONE)


def _nearest(collection: Collection, photos: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each photo that says no place, with the last one before it that does."""
    last = NONE
    for photo in photos:
        if _is_placed(collection, photo):
            last = photo
        elif (
            last != NONE
            and collection.latitude[photo] != collection.latitude[photo]
            and _gap(collection, photo, last) <= _BETWEEN
            and _share_clock(collection, photo, last)
        ):
            yield photo, last


def _share_clock(collection: Collection, one: int, other: int) -> bool:
    """Whether nothing says that the clock was turned between them."""
    return (
        NO_OFFSET in (offsets := (collection.offset[one], collection.offset[other]))
        or offsets[0] == offsets[1]
    )


def _claim(photos: array[int], sure: bool) -> Claim:
    """The claim rests on the photos that say no place. Those that do are left as they are: once time and camera are gone
    from the others, nothing puts them there, and cleaning the neighbours would leave the next ones."""
    count = len(photos)
    which = f"{count:,} photos that say no place were" if count > 1 else "One photo that says no place was"
    sides = "before and after" if sure else "before or after"
    return Claim(
        PLACED_BY_NEIGHBOURS.id,
        Level.MEDIUM,
        Confidence.FIRM if sure else Confidence.TENTATIVE,
        Question.WHERE,
        f"{which} {'probably' if sure else 'perhaps'} taken where the same camera was minutes {sides}, and those "
        "photos say where.",
        (
            "On both sides, within half an hour, is a photo with a place, and both places are the same"
            if sure
            else "Within ten minutes is a photo with a place",
        ),
        (
            "you were on the way from one place to another",
            "the camera's clock was turned between them",
            "another camera of the same model took the others",
        ),
        array("I", sorted(photos)),
        subject="between" if sure else "beside",
    )


PLACED_BY_NEIGHBOURS = Inference(
    "placed-by-neighbours",
    "Photos placed by their neighbours",
    Question.WHERE,
    Level.MEDIUM,
    placed_by_neighbours,
)
