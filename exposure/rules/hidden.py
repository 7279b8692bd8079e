"""Rules about pictures inside a picture: previews that show something else, second pictures, depth maps.

Only a preview and the picture of the same file are ever compared. Specification: Exif 3.0 section 4.5.8
(thumbnails); CIPA DC-007 (multi-picture format); ISO/IEC 23008-12 (HEIF auxiliary images).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from exposure.model import Address, Confidence, Evidence, Level, Photo, Picture, Question, Verdict
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._properties import MOST
from exposure.rules._verdicts import verdict

ALIKE = 0.9
"""A preview with a likeness below this shows something else."""

CLEAR = 0.5
"""Below this there is little doubt."""

_SMALLEST = 100
"""A preview of fewer bytes than this shows nothing: JFIF allows for one of a single pixel."""

_PREVIEWS = ("thumbnail", "preview")
_TELLING = ("serial", "lens-serial", "internal-serial")
_OTHERS = ("second-image", "gain-map")
_GAIN_MAPS = frozenset({"hdrgm", "HDRGainMap"})
"""XMP of gain maps: Adobe's and Ultra HDR's, and Apple's."""


@rule(
    "stale-thumbnail",
    "A hidden preview that shows a different picture",
    Question.HIDDEN,
    Level.CRITICAL,
    confidence=Confidence.FIRM,
    message="A small preview inside the file does not show the same as the picture: it may show what was cropped or covered.",
    remedy="Share a clean copy, which has no previews; if this file was public, take what the preview shows as seen.",
)
def stale_thumbnail(photo: Photo) -> Verdict | None:
    """The file holds a preview that differs from the picture itself.

    Why it matters
        Some editors crop or cover the picture but leave the old preview, so what you hid is still in the file.

    What to do
        Share a clean copy: it has no previews. Only you can tell whether the preview shows what you meant to
        hide. If it does, replace the photo wherever you posted it, and take what was hidden as seen.

    What that does not do
        The comparison is of small, blurred, grey copies and can be wrong: of 254 test photos it named 7, of which 6
        truly differed. Anybody who already has the file has the old preview.

    Covers
        HID01

    References
        https://exifviewer.com/blog/thumbnail-inside-photo-the-leak-everyone-forgets
        https://www.benthamsgaze.org/2023/04/19/the-acropalypse-vulnerability-in-windows-snip-and-sketch-lessons-for-developer-centered-security/
    """
    stale = _stale(photo)
    if not stale:
        return None
    worst = min(likeness for _, likeness in stale)
    level = Level.CRITICAL if worst < CLEAR else Level.HIGH
    found = (
        Evidence(p.address, f"{likeness:.2f} alike, where 1 is the same") for p, likeness in stale[:MOST]
    )
    return Verdict(tuple(found), level=level)


def _stale(photo: Photo) -> list[tuple[Picture, float]]:
    """The previews that were compared with the picture and differ, with their likeness."""
    previews = [p for p in photo.facts.pictures if p.kind in _PREVIEWS]
    return [(p, p.likeness) for p in previews if p.likeness is not None and p.likeness < ALIKE]


@rule(
    "preview-image",
    "A preview image",
    Question.HIDDEN,
    Level.LOW,
    message="The file holds a small preview, which shows the same as the picture.",
    remedy="Share a clean copy, which has no previews, above all after cropping or covering something.",
)
def preview_image(photo: Photo) -> Verdict | None:
    """The file holds a preview of the picture.

    Why it matters
        It is harmless while it shows the same as the picture, but if you crop with an editor that forgets to update
        it, it shows what you cut away.

    What to do
        Share a clean copy: it has no previews. Where this one was not compared with the picture, `exposure show
        FILE` compares the two, and so does a scan with `--deep`.

    What that does not do
        That a preview shows the same today says nothing about older copies of the file.

    Covers
        HID02

    References
        https://exifviewer.com/blog/thumbnail-inside-photo-the-leak-everyone-forgets
    """
    if not photo.facts.pictures or _stale(photo) or _raw(photo):
        return None
    previews = [
        p
        for p in photo.facts.pictures
        if p.kind in _PREVIEWS and p.length >= _SMALLEST and "/" not in p.address.path
    ]
    if any(p.likeness is None or math.isnan(p.likeness) for p in previews):
        return Verdict(_sizes(previews), message=_NOT_COMPARED)
    return verdict(_sizes(previews))


_NOT_COMPARED = (
    "The file holds a small preview that was not compared with the picture; exposure show FILE or a scan with"
    " --deep compares them."
)


def _raw(photo: Photo) -> bool:
    """Whether this is a camera's raw file: a TIFF by another name."""
    return photo.format == "TIFF" and not photo.name.lower().endswith((".tif", ".tiff"))


def _sizes(pictures: Iterable[Picture]) -> tuple[Evidence, ...]:
    """Pictures as evidence: what they are, and how long in bytes."""
    found = [Evidence(p.address, f"{p.format or p.kind}, {p.length:,} bytes") for p in pictures]
    return tuple(found[:MOST])


@rule(
    "raw-preview",
    "A finished picture inside the raw file",
    Question.HIDDEN,
    Level.LOW,
    message="The raw file holds a finished picture as the camera made it, without any later edit.",
    remedy="Share a clean copy of an exported JPEG, never the raw file.",
    command=NO_COMMAND,
)
def raw_preview(photo: Photo) -> Verdict | None:
    """A camera's raw file holds a finished JPEG picture as well.

    Why it matters
        Edits that are saved beside a raw file do not change the picture inside it, so whoever gets the raw file
        sees the picture before you cropped or covered anything.

    What to do
        Export a JPEG from your photo program, and share a clean copy of that, never the raw file.

    What that does not do
        An exported JPEG carries the notes of the camera and of your photo software until it is cleaned.

    Covers
        HID12

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Exif.pm
    """
    if not _raw(photo):
        return None
    return verdict(
        _sizes(p for p in photo.facts.pictures if p.kind in _PREVIEWS and "/" not in p.address.path)
    )


@rule(
    "second-picture",
    "More than one picture in the file",
    Question.HIDDEN,
    Level.MEDIUM,
    raised_for=("journalist", "survivor", "activist"),
    message="The file holds another picture besides the one you see.",
    remedy="Share a clean copy, which has only the picture that you see.",
)
def second_picture(photo: Photo) -> Verdict | None:
    """The file holds a second picture, which may show more and may carry a second copy of place and device.

    Why it matters
        Phones with two lenses, cameras with multi-picture files and HEIC files hold extra pictures. They can show a
        wider view, and can carry a position, a name or a serial number of their own, which simple cleaners miss.

    What to do
        Share a clean copy: it has only the picture that you see. `--keep gain-map` leaves the extra brightness
        for HDR screens in it, without any notes of its own.

    What that does not do
        Copies that were already shared keep the other picture.

    Covers
        HID03

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/MPF.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Samsung.pm
        https://github.com/jakobkreft/exif-remove/releases
    """
    others = [p for p in photo.facts.pictures if p.kind in _OTHERS and not _after_end(p)]
    if not others:
        return None
    personal, own = _inside(photo)
    pictures = [p for p in others if not _gain_map(photo, p) or any(_holds(p, address) for address in own)]
    if not pictures:
        return None
    if personal:
        found = tuple(Evidence(address, "inside the other picture") for address in personal)
        return Verdict((_sizes(pictures) + found)[:MOST], level=Level.HIGH, message=_WITH_TRACES)
    differs = any(p.likeness is not None and p.likeness < ALIKE for p in pictures)
    return Verdict(_sizes(pictures), level=Level.HIGH if differs else None)


def _after_end(picture: Picture) -> bool:
    """Whether it follows the end of the picture undeclared, which is another rule's to tell."""
    return picture.address.path.endswith(":Trailer:Picture")


def _gain_map(photo: Photo, picture: Picture) -> bool:
    """Whether it only says how bright each spot is on a better screen; its own XMP may be all that says so."""
    if picture.kind == "gain-map":
        return True
    return any(f.group in _GAIN_MAPS and f.within and _holds(picture, f.address) for f in photo.fields)


def _holds(picture: Picture, address: Address) -> bool:
    """Whether something was found inside that picture: by its bytes, or by the path that leads to it."""
    end = picture.offset + picture.length
    return address.path.startswith(f"{picture.kind}/") and (
        picture.address.indirect or not address.ranges or picture.offset <= address.ranges[0].offset < end
    )


_WITH_TRACES = "The file holds another picture besides the one you see, and that one carries a place, a name or a serial number of its own."


def _inside(photo: Photo) -> tuple[list[Address], list[Address]]:
    """Where in second pictures a place, name or serial number stands; and where any fact stands."""
    facts = photo.facts
    personal = [
        *(f.address for f in facts.places),
        *(f.address for f in facts.people),
        *(f.address for f in facts.identifiers if f.kind in _TELLING),
    ]
    others = [
        *(f.address for f in facts.times),
        *(f.address for f in facts.devices),
        *(f.address for f in facts.texts),
        *(f.address for f in facts.identifiers),
    ]
    inside = [a for a in personal if a.path.startswith(_OTHERS) and "/" in a.path]
    return inside, inside + [a for a in others if a.path.startswith(_OTHERS) and "/" in a.path]


@rule(
    "depth-map",
    "A depth map or cut-out",
    Question.HIDDEN,
    Level.LOW,
    message="The file holds the shape of the scene in depth, or the outline of a person.",
    remedy="Share a clean copy, which is without it.",
)
def depth_map(photo: Photo) -> Verdict | None:
    """A portrait mode stored how far away everything is, or a cut-out of the person, beside the picture.

    Why it matters
        It holds the shape of the scene and an outline of the person, which nobody sees who looks at the picture.

    What to do
        Share a clean copy: depth maps and outlines do not come along.

    What that does not do
        No misuse of it in practice is known to us; it is named so that you know what is in the file.

    Covers
        HID07

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Google.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Samsung.pm
    """
    return verdict(_sizes(p for p in photo.facts.pictures if p.kind == "depth"))
