"""Rules about what exposure could not read, or does not understand, in a photo.

What cannot be read cannot be called harmless, so each of these is said on the photo that it concerns.
"""

from __future__ import annotations

from exposure.model import (
    Address,
    Confidence,
    Evidence,
    Examined,
    Field,
    Kind,
    Level,
    Photo,
    Question,
    Verdict,
)
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._properties import MOST
from exposure.rules._verdicts import verdict


@rule(
    "unread-metadata",
    "Part of the photo could not be read",
    Question.HIDDEN,
    Level.LOW,
    message="Part of this photo could not be read, so it may give away more than is listed here.",
    remedy="Share a clean copy, which has none of it; where none can be made, save the picture anew in a photo program and clean that.",
)
def unread_metadata(photo: Photo) -> Verdict | None:
    """Some of the photo's data is damaged, cut short, or in a form that exposure cannot take apart.

    Why it matters
        What could not be read cannot be called harmless: a name or a place may stand in it, and another program
        may be able to read it. The level says what was seen, not what may be there.

    What to do
        Share a clean copy: what could not be read does not come along. Where the file is too damaged for one,
        save the picture anew in a photo program and clean the new file. Keep the original if it may be needed
        as evidence.

    What that does not do
        Saving anew does not always leave the old data behind; that is why the new file has to be cleaned as
        well.

    Covers
        No rule of the catalogue: this tells a limit of exposure.

    References
        https://freedom.press/training/everything-you-wanted-know-about-media-metadata-were-afraid-ask/
    """
    if photo.examined is Examined.NONE:
        return None
    return verdict(Evidence(Address(p.where), p.message) for p in photo.problems)


@rule(
    "unexamined",
    "The photo could not be examined",
    Question.HIDDEN,
    Level.LOW,
    message="This photo could not be examined at all, so nothing is known about what it gives away.",
    remedy="Treat it as if it told everything: do not share it as it is.",
    command=NO_COMMAND,
)
def unexamined(photo: Photo) -> Verdict | None:
    """Nothing in the file could be read, or it is of a kind that exposure does not know.

    Why it matters
        No finding on such a file means nothing: it may carry a place, a name or another picture all the same.

    What to do
        Do not share it as it is. If it opens in a photo program, save the picture anew in a common format, such
        as JPEG, and share a clean copy of that.

    What that does not do
        It does not make the file harmless that you already shared.

    Covers
        No rule of the catalogue: this tells a limit of exposure.

    References
        https://freedom.press/training/everything-you-wanted-know-about-media-metadata-were-afraid-ask/
    """
    if photo.examined is not Examined.NONE:
        return None
    problems = tuple(Evidence(Address(p.where), p.message) for p in photo.problems)
    return Verdict(problems or (Evidence(Address("File"), "nothing in it was read"),))


@rule(
    "unknown-data",
    "Data that exposure does not know",
    Question.HIDDEN,
    Level.LOW,
    message="The photo carries data of a kind that exposure cannot read, so it may give away more than is listed here.",
    remedy="Share a clean copy: what exposure does not know is not copied.",
)
def unknown_data(photo: Photo) -> Verdict | None:
    """The photo holds data that is not known to be part of the picture, and that exposure cannot read.

    Why it matters
        Makers and programs put their own blocks into photos. Until one is known to be harmless it counts as
        something that may tell.

    What to do
        Share a clean copy: what exposure does not know does not come along.

    What that does not do
        Saving the picture anew in another program does not always leave such data behind.

    Covers
        No rule of the catalogue: this tells a limit of exposure.

    References
        https://freedom.press/training/everything-you-wanted-know-about-media-metadata-were-afraid-ask/
    """
    found = [f for f in photo.named("Data") if f.kind is Kind.UNKNOWN]
    found += [f for f in photo.named("Comment") if f.kind is Kind.COMMENT and isinstance(f.value, bytes)]
    found += [f for f in photo.fields if f.kind in _NUMBERED and _is_unknown(f)]
    return verdict(_sized(f) for f in found[:MOST])


_NUMBERED = (Kind.EXIF, Kind.PHOTOSHOP)
_RESOURCES = (range(0x03E8, 0x0450), range(0x07D0, 0x0BB9))
"""Photoshop's own and saved paths (Image Resource IDs): what plug-ins write, only they know."""


def _is_unknown(field: Field) -> bool:
    """Whether it is an EXIF tag or a Photoshop resource that has only a number and holds bytes that are not blank."""
    if field.name == "Padding":
        return isinstance(field.value, bytes) and any(field.value[2:])  # Windows opens it with 1C EA
    if field.kind is Kind.EXIF:
        return field.name.startswith("Tag0x") and isinstance(field.value, bytes) and any(field.value)
    number = field.name.removeprefix("Resource 0x")
    return number != field.name and bool(field.length) and not any(int(number, 16) in r for r in _RESOURCES)


@rule(
    "maker-note",
    "Private notes of the camera maker",
    Question.HIDDEN,
    Level.LOW,
    message="The camera maker's private notes are in this photo; exposure cannot read them yet, and they may "
    "repeat a serial number or the place.",
    remedy="Share a clean copy, which has no maker notes.",
    confidence=Confidence.FIRM,
)
def maker_note(photo: Photo) -> Verdict | None:
    """The photo carries the block in which the camera's maker writes what it likes.

    Why it matters
        Depending on the maker, such blocks hold serial numbers, counters, town names, and the names that were
        registered for faces. They survive when only the usual fields are deleted. This version of exposure does
        not take them apart, so it cannot say which of that is in this one.

    What to do
        Share a clean copy: the maker's block does not come along.

    What that does not do
        Copies that were already sent or collected keep it.

    Covers
        No rule of the catalogue yet: this tells a limit of exposure.

    References
        Exif 3.0, section 4.6.5 (MakerNote)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Canon.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Panasonic.pm
    """
    return verdict(_sized(f) for f in photo.named("Block") if f.kind is Kind.MAKER_NOTE)


@rule(
    "padding-after-end",
    "Filling after the end of the picture",
    Question.HIDDEN,
    Level.INFO,
    message="After the end of the picture the file goes on with empty filling, which tells nothing.",
    remedy="Nothing needs to be done about it.",
    command=NO_COMMAND,
)
def padding_after_end(photo: Photo) -> Verdict | None:
    """After the end of the picture stand nothing but repeated bytes, blanks or line ends.

    Why it matters
        It does not: some cameras fill their files up with zeros. It is listed because what follows the end of a
        picture can also be the part that was cut off, and here it is not.

    What to do
        Nothing.

    What that does not do
        It says nothing about other data in the file.

    Covers
        Part of HID06, whose alarm it keeps away from harmless filling.

    References
        https://www.jura.uni-saarland.de/acropalypse-fehler-betrifft-auch-windows-snipping-tool/
    """
    trailers = (f for f in photo.named("Padding") if f.kind is Kind.TRAILER and not f.within)
    return verdict(map(_sized, trailers))


def _sized(field: Field) -> Evidence:
    """A block as evidence: where it stands and how long it is, never what is in it."""
    size = field.value if isinstance(field.value, int) else field.length
    return Evidence(field.address, "1 byte" if size == 1 else f"{size:,} bytes")
