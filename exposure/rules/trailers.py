"""Rules about what is appended to a picture: videos, sound, left-overs of older pictures, notes of phone editors.

Specification: there is none for what follows the end of a picture; Samsung's layout is as ExifTool documents it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exposure.model import (
    Address,
    Confidence,
    Evidence,
    Kind,
    Level,
    Photo,
    Picture,
    Question,
    Secret,
    Verdict,
)
from exposure.plugins import rule
from exposure.rules._properties import LONGEST, MOST
from exposure.rules._verdicts import shown, verdict
from exposure.source import Range

SMALL = 4096
"""Fewer bytes than this hold no picture worth looking at."""

_CLUSTER = 64 << 10
"""Cameras that write whole clusters of a memory card leave at most this behind, in bytes: what their memory held."""

_PICTURES = ("JPEG", "PNG", "GIF", "WebP", "HEIF", "AVIF")
_IN_PREVIEWS = ("thumbnail/", "preview/")
_LEFT = frozenset({"Data", "LeftOver"})
_REEDIT = ("reedit", "originalpath", "remaster", "photoeditor", "clipwidth")
"""What the names of a phone editor's notes hold, in lower case and without underscores."""


@rule(
    "hidden-video",
    "A video clip inside the photo",
    Question.HIDDEN,
    Level.HIGH,
    message="The file holds a short video, usually with sound, from just before and after the photo was taken.",
    remedy="Share a clean copy, which has no video.",
)
def hidden_video(photo: Photo) -> Verdict | None:
    """A motion photo: a video clip is stored in the same file as the picture.

    Why it matters
        A few seconds before and after the shot go along, usually with sound. In 2024 a singer's spoken words in such
        a clip gave away the date and city of a concert that had not been announced.

    What to do
        Share a clean copy: neither the video nor its sound comes along. `--keep motion` leaves the moving
        picture in it, without sound. For new photos, turn motion off in the camera app.

    What that does not do
        Whoever already saved the file has the video and the sound.

    Covers
        HID04

    References
        http://news.520geju.com/detail/56962.html
        https://www.usatoday.com/story/tech/columnist/2015/09/30/ispy-beware-iphone-6s-live-photo-feature/73118890/
        https://timojyrinki.gitlab.io/hugo/post/2021-03-30-pixel-motionphoto-microvideo-file-formats/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Samsung.pm
    """
    return verdict(_pictures(photo, "video"))


@rule(
    "sound-recording",
    "A sound recording inside the photo",
    Question.HIDDEN,
    Level.HIGH,
    message="The file holds a sound recording, in which people and places may be named.",
    remedy="Share a clean copy, which has no sound.",
)
def sound_recording(photo: Photo) -> Verdict | None:
    """A voice note or other sound is stored in the same file as the picture.

    Why it matters
        A voice note can name people and places, and lets others hear who spoke.

    What to do
        Share a clean copy: the sound does not come along. Leave sound files of the same name out of what you
        share.

    What that does not do
        Whoever already saved the file has the sound.

    Covers
        HID05

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Google.pm
    """
    return verdict(_pictures(photo, "audio"))


def _pictures(photo: Photo, kind: str) -> list[Evidence]:
    """The embedded files of that kind that hold any bytes: a flag that promises one is no file."""
    found = [p for p in photo.facts.pictures if p.kind == kind and p.length > 0]
    return [Evidence(p.address, f"{p.format or p.kind}, {p.length:,} bytes") for p in found[:MOST]]


@rule(
    "data-after-end",
    "Data after the end of the picture",
    Question.HIDDEN,
    Level.HIGH,
    confidence=Confidence.TENTATIVE,
    message="After the end of the picture the file goes on with data that is not part of it: possibly what was cropped away.",
    remedy="Share a clean copy, which ends where the picture ends, and update the phone or the snipping tool that made it.",
)
def data_after_end(photo: Photo) -> Verdict | None:
    """The file does not end where its picture ends, and what follows is nothing that we know.

    Why it matters
        Cropped screenshots from Pixel phones before the update of March 2023, and from the snipping tools of Windows
        10 and 11, kept the cut-off part at the end of the file. A whole picture there can be opened by anybody.

    What to do
        Share a clean copy: it ends where the picture ends. Update the phone or the snipping tool that made the
        file.

    What that does not do
        The update repaired neither old files nor copies that were already posted. Cameras and programs also leave
        harmless data there, and this tool cannot always tell: less than 64 kB that does not end as a picture does
        is taken for what a camera's memory held, and the finding is then low.

    Covers
        HID06

    References
        https://nvd.nist.gov/vuln/detail/CVE-2023-21036
        https://nvd.nist.gov/vuln/detail/CVE-2023-28303
        https://www.jura.uni-saarland.de/acropalypse-fehler-betrifft-auch-windows-snipping-tool/
        https://www.benthamsgaze.org/2023/04/19/the-acropalypse-vulnerability-in-windows-snip-and-sketch-lessons-for-developer-centered-security/
    """
    whole = [p for p in photo.facts.pictures if _undeclared(p)]
    if whole:
        found = tuple(Evidence(p.address, f"{p.format}, {p.length:,} bytes") for p in whole[:MOST])
        return Verdict(found, level=Level.CRITICAL, confidence=Confidence.FIRM, message=_WHOLE)
    left = list(_left(photo))
    if not left:
        return None
    evidence = tuple(Evidence(e.address, f"{size:,} bytes") for e, size in left[:MOST])
    if any(e.address.path.endswith(":LeftOver") for e, _ in left):
        return Verdict(evidence, message=_LEFT_OVER)
    size = sum(size for _, size in left)
    if size < SMALL:
        return Verdict(evidence, level=Level.LOW, message=_LITTLE)
    if size < _CLUSTER:
        return Verdict(evidence, level=Level.LOW, message=_MEMORY)
    return Verdict(evidence)


_WHOLE = "After the end of the picture another whole picture follows, which anybody can open."
_LEFT_OVER = "After the end of the picture stands what looks like the end of an older, larger one: possibly what was cropped away."
_MEMORY = "After the end of the picture stands data that is not part of it and does not look like a picture, as some cameras leave it."
_LITTLE = "After the end of the picture stand a few bytes that are not part of it, too few for a picture."


def _undeclared(picture: Picture) -> bool:
    """Whether it is a whole picture after the end that no index of the file knows."""
    if picture.address.path.startswith(_IN_PREVIEWS) or picture.format not in _PICTURES:
        return False
    return picture.kind == "trailer" or (
        picture.kind == "second-image" and picture.address.path.endswith(":Trailer:Picture")
    )


def _left(photo: Photo) -> Iterator[tuple[Evidence, int]]:
    """What stands after the end and is neither padding nor known, with its length in bytes, each once."""
    if not _has_trailer(photo):
        return
    told = [Range(p.offset, p.length) for p in photo.facts.pictures if p.kind != "trailer"]
    for field in [f for f in photo.fields if f.kind is Kind.TRAILER]:
        told += field.address.ranges
        if field.group == "Trailer" and field.name in _LEFT and not field.within.startswith(_IN_PREVIEWS):
            yield Evidence(field.address, ""), field.value if isinstance(field.value, int) else field.length
    for picture in photo.facts.pictures:
        if picture.kind == "trailer" and "/" not in picture.address.path and not _among(picture.offset, told):
            told.append(Range(picture.offset, picture.length))
            yield Evidence(picture.address, ""), picture.length
    for block in [b for b in photo.blocks if b.kind is Kind.TRAILER]:
        ranges = block.window.ranges()
        if not any(_among(told_of.offset, ranges) or _among(ranges[0].offset, told) for told_of in told):
            yield (
                Evidence(Address(f"Trailer:{block.where}", ranges, block.window.indirect), ""),
                block.window.size,
            )


def _has_trailer(photo: Photo) -> bool:
    """Whether anything follows the end of the picture: a quick first look, since most files end there."""
    return any(b.kind is Kind.TRAILER for b in photo.blocks)


def _among(offset: int, ranges: Iterable[Range]) -> bool:
    return any(r.offset <= offset < r.offset + max(r.length, 1) for r in ranges)


@rule(
    "undo-information",
    "Notes of a phone editor for undoing",
    Question.HIDDEN,
    Level.HIGH,
    confidence=Confidence.FIRM,
    message="The file holds a phone editor's notes on how the picture was changed, and perhaps where the original lies.",
    remedy="Share a clean copy, which has no such notes.",
)
def undo_information(photo: Photo) -> Verdict | None:
    """A phone's photo editor stored how the picture was edited, so that it can undo it.

    Why it matters
        Samsung's editor stores how the picture was cropped and in which folder the original lies.

    What to do
        Share a clean copy: the notes do not come along.

    What that does not do
        The notes describe the edit; whether the cut-off part itself is in the file depends on the app, and other
        findings say so where it is.

    Covers
        HID08

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Samsung.pm
    """
    if not _has_trailer(photo):
        return None
    found = [
        shown(f, Secret.TEXT)
        for f in photo.fields
        if f.kind is Kind.TRAILER and f.group != "Trailer" and _reedit(f.name, f.value)
    ]
    return verdict(e._replace(value=e.value[:LONGEST]) for e in found[:MOST])


def _reedit(name: str, value: object) -> bool:
    """Whether a field's name, or the JSON in it, is a phone editor's."""
    plain = name.lower().replace("_", "")
    if isinstance(value, str):
        plain += "\n" + value[:LONGEST].lower()
    return any(word in plain for word in _REEDIT)
