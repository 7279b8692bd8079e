"""Photos that were made from one original, by the numbers that programs and cameras wrote into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.collection import MARKS, NONE, Collection
from exposure.inferences._ties import Tied, carriers, moments, tied, times_of
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference
from exposure.taken import UNKNOWN

_KINDS = ("document-id", "content-id", "image-id")

_MOMENTS = 2
"""A picture made of another one may have a time of its own; a number on pictures of more moments than this is that of a
template, or of something that was pasted into all of them."""
_BURST = 60
"""Seconds that a burst or a Live Photo takes at most."""


def same_original(collection: Collection) -> Iterator[Claim]:
    """Several files carry the same number of a document or picture, so anybody can tell that one came from the other.

    Why it matters
        A version that was cropped, edited or posted under another name still carries the number of its original.
        Whoever finds both knows that one person had both, and what one of them says of place, time and people
        holds for the other too.

    What to do
        Share clean copies: none of these numbers comes along.

    What that does not do
        Versions that were posted already stay tied together. The same picture can also be recognised by sight.
        Photos that one device took in one go and that share nothing but the number of that burst or Live Photo
        are not told here.

    Covers
        COL10 (within one set of photos; accounts come later)

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Apple.pm
    """
    versions: dict[int, list[int]] = {}
    templates: dict[int, list[int]] = {}
    for mark, photos in carriers(collection, _KINDS).items():
        kind, count = MARKS[mark & 7], moments(collection, photos)
        if count > _MOMENTS and kind == "document-id":
            templates[mark] = photos
        elif count <= (_MOMENTS if kind == "document-id" else 1) and not (
            kind == "content-id" and _is_burst(collection, photos)
        ):
            versions[mark] = photos
    if versions:
        yield _versions(collection, list(tied(versions)))
    if templates:
        yield _templates(list(tied(templates)))


def _is_burst(collection: Collection, photos: Sequence[int]) -> bool:
    """Whether one device took them in one go, which their times and the camera's name show anyway."""
    times, devices = times_of(collection, photos), {collection.device[photo] for photo in photos}
    together = len(times) == len(photos) and max(times) - min(times) <= _BURST
    return together and len(devices) == 1 and NONE not in devices


def _versions(collection: Collection, sets: list[Tied]) -> Claim:
    photos = sorted(photo for each in sets for photo in each.photos)
    if len(sets) == 1:
        message = f"{len(photos):,} photos come from one original, and a number in the files proves it."
        why = [
            "The same number of a document or picture stands in each of them or in one they were made from"
        ]
    else:
        message = f"{len(photos):,} photos come from only {len(sets):,} originals, and numbers in the files prove it."
        largest = max(len(each.photos) for each in sets)
        why = [
            f"Each shares the number of a document or picture with another; up to {largest:,} hang together"
        ]
    why += _told(collection, sets)
    return Claim(
        SAME_ORIGINAL.id,
        Level.MEDIUM,
        Confidence.FIRM,
        Question.LINKS,
        message,
        tuple(why),
        ("the number belongs to a template or a stock picture that many people use",),
        photos,
        subject="versions",
    )


def _told(collection: Collection, sets: list[Tied]) -> Iterator[str]:
    """What photos that are silent on it get from another version: where or when the picture was taken."""
    for word, known in (("where", _is_placed), ("when", _is_timed)):
        silent = 0
        for each in sets:
            speaking = sum(known(collection, photo) for photo in each.photos)
            silent += len(each.photos) - speaking if speaking else 0
        if silent:
            these = "One of them does" if silent == 1 else f"{silent:,} of them do"
            yield f"{these} not say {word} it was taken, but another version does"


def _is_placed(collection: Collection, photo: int) -> bool:
    return collection.latitude[photo] == collection.latitude[photo]


def _is_timed(collection: Collection, photo: int) -> bool:
    return collection.taken[photo] != UNKNOWN


def _templates(sets: list[Tied]) -> Claim:
    photos = sorted(photo for each in sets for photo in each.photos)
    return Claim(
        SAME_ORIGINAL.id,
        Level.LOW,
        Confidence.TENTATIVE,
        Question.LINKS,
        f"{len(photos):,} different photos share numbers of an editing program, so they may have passed through the "
        "same hands.",
        (
            "Such a number gets into many photos when the same picture, such as a logo, is pasted into each of them",
        ),
        ("the number belongs to a template or a logo that many people use",),
        photos,
        subject="template",
    )


SAME_ORIGINAL = Inference(
    "same-original", "Versions of one original", Question.LINKS, Level.MEDIUM, same_original
)
