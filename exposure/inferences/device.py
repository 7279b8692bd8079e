"""Photos that one device took, by the numbers that it wrote into them."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.collection import MARKS, Collection
from exposure.inferences._ties import no_serials, ties
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_KINDS = {"serial": "camera", "internal-serial": "camera's inner parts", "lens-serial": "lens"}


def same_device(collection: Collection) -> Iterator[Claim]:
    """Several photos carry the same serial number, so anybody can tell that one device took them.

    Why it matters
        The number is the same in every photo from that camera or lens, whatever name it was posted under: it
        ties accounts together, and public services index it.

    What to do
        Share clean copies, in every account where the photos should not be tied to the others.

    What that does not do
        Photos that were posted already stay tied together. Borrowed, second-hand and family cameras tie
        together photos of different people.

    Covers
        COL08 (within one set of photos; accounts come later)

    References
        https://bgr.com/?p=2941754
        https://www.dpmag.com/how-to/tip-of-the-week/how-to-find-a-stolen-camera/
    """
    for tied in ties(collection, _KINDS, but=no_serials(collection)):
        yield _claim(tied.photos, tied.marks)


def _claim(photos: list[int], numbers: dict[int, list[int]]) -> Claim:
    """A number that all carry is named; where none is in all, only that they hang together."""
    everywhere = {MARKS[number & 7] for number, some in numbers.items() if len(some) == len(photos)}
    count = f"{len(photos):,}"
    if everywhere:
        things = " and of the ".join(words for kind, words in _KINDS.items() if kind in everywhere)
        message = f"{count} photos carry the same serial number of the {things}"
        why = f"The same number stands in {count} photos"
    else:
        message = f"{count} photos hang together by serial numbers of cameras and lenses"
        why = "Each photo shares a serial number with another"
    one = everywhere - {"lens-serial"}
    message += f", so anybody can tell that {'one device took them all' if one else 'they belong together'}."
    return Claim(
        SAME_DEVICE.id,
        Level.MEDIUM,
        Confidence.FIRM,
        Question.LINKS,
        message,
        (why,),
        ("the camera or lens was borrowed, sold or shared",),
        photos,
        subject=f"{min(numbers):016x}",
    )


SAME_DEVICE = Inference("same-device", "Photos of one device", Question.LINKS, Level.MEDIUM, same_device)
