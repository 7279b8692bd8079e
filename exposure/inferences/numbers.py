"""Pictures that are not there, by the counters in the names of those that are."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from exposure.collection import NONE, Collection
from exposure.inferences._cameras import cameras
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_NAME = re.compile(
    r"(?:.*[/\\])?(?:(IMG_)E|([0-9A-Z_]{4}))(\d{4})(?: ?\(\d{1,3}\)|[ _-]\d)?(?:[ _-][^\d/\\]*)?\.[0-9A-Z]{2,5}",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
"""Four characters and a number from 0001 to 9999 (CIPA DC-009, DCF 2.0, section 3.2), with what systems and people put
behind them when they copy or edit. Names with dates and those of messengers have no such shape."""
_NO_LETTERS = str.maketrans("", "", "0123456789_")

_FEWEST = 5
"""So many numbers in the order of their times come about by accident once in 120."""
_ORDERLY = 0.9
"""The share of steps that must go up: clocks are set, and cameras are taken apart by their models only."""
_NEAR, _FAR = 86_400, 1_000
"""Between two photos of one day, in seconds, and of no more numbers, the numbers were used up in that time."""
_LAST = 10_000
_MISSING = 3
"""One or two are lost by a slip of the finger."""


class _Series(NamedTuple):
    """Photos of one camera with one kind of name."""

    photos: array[int]
    missing: int


def missing_numbers(collection: Collection) -> Iterator[Claim]:
    """The numbers in the names of your photos have gaps, which shows that more were taken between them.

    Why it matters
        Cameras and many phones count their pictures, and the count stays in the name. Gaps show that there is more
        than you show, about when it was taken, and in which order everything happened.

    What to do
        Give the photos other names before you share them: `exposure clean --rename` does.

    What that does not do
        Copies under the old names stay as they are. Some cameras write the same counter into the file as well;
        a clean copy is without it.

    Covers
        COL16 (names; counters inside files are told for each photo)

    References
        CIPA DC-009-2010, Design rule for Camera File system: DCF Version 2.0
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Canon.pm
    """
    found = [each for each in _series(collection) if each.missing >= _MISSING]
    if not found:
        return
    photos = array("I", sorted(photo for each in found for photo in each.photos))
    missing = _below(sum(each.missing for each in found))
    yield Claim(
        MISSING_NUMBERS.id,
        Level.LOW,
        Confidence.TENTATIVE,
        Question.LINKS,
        f"The numbers in the names of {len(photos):,} photos have gaps: a stranger would guess that more than "
        f"{missing:,} other pictures or videos were taken between them.",
        ("Only gaps between two photos of one camera within a day are counted",),
        (
            "the missing ones are videos, or lie somewhere else",
            "the camera's counter was set by hand, or two cameras of one model count on their own",
        ),
        photos,
    )


def _below(number: int) -> int:
    """A round number below it."""
    for unit in (1_000, 100, 10):
        if number > 2 * unit:
            return (number - 1) // unit * unit
    return number - 1


def _series(collection: Collection) -> Iterator[_Series]:
    shown: dict[str, bytearray] = {}
    numbers = array("h", bytes(2 * len(collection)))
    series: dict[tuple[int, str], array[int]] = defaultdict(lambda: array("I"))
    kinds = {NONE: NONE, **cameras(collection)}
    known = bytearray(len(collection))
    for photo in collection.timed():
        known[photo] = 1
    for photo, name in enumerate(collection.names):
        found = _NAME.fullmatch(name)
        if found is None or (kind := _kind((found[1] or found[2]).upper())) is None:
            continue
        numbers[photo] = int(found[3])
        others = shown.setdefault(kind, bytearray(_LAST))
        if known[photo]:
            series[kinds[collection.device[photo]], kind].append(photo)
        if not known[photo] or collection.device[photo] == NONE:
            others[numbers[photo]] = 1
    for (_, kind), photos in series.items():
        if len(photos) >= _FEWEST:
            yield _Series(photos, _missing(collection, photos, numbers, shown[kind]))


def _kind(prefix: str) -> str | None:
    """What stays the same while a camera counts: IMG, DSC. The rest is the number's fifth digit, the folder, the day, or
    a line before or behind for the colour space."""
    letters = prefix.translate(_NO_LETTERS)
    if not letters and "_" not in prefix:
        return None
    return "IMG" if letters == "MG" else letters


def _missing(collection: Collection, photos: array[int], numbers: array[int], shown: bytearray) -> int:
    """How many numbers no photo has, between photos near each other; 0 where the numbers do not follow the times.

    `shown`: numbers that stand on photos of which nobody knows the time or the camera.
    """
    taken = collection.taken
    in_order = sorted((taken[photo], numbers[photo]) for photo in photos)
    when, top = in_order[0]
    up = down = missing = 0
    for time, number in in_order[1:]:
        if number > top:
            up += 1
            if time - when <= _NEAR and number - top <= _FAR:
                missing += shown.count(0, top + 1, number)
        elif number < top and top - number < _LAST - _FAR:  # otherwise it counts from 1 again
            down += 1
            missing -= 1  # it was missed when its follower came before it
            continue
        when, top = time, number
    return missing if up + 1 >= _FEWEST and up >= _ORDERLY * (up + down) else 0


MISSING_NUMBERS = Inference("missing-numbers", "Missing numbers", Question.LINKS, Level.LOW, missing_numbers)
