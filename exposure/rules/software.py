"""Rules about the programs a photo went through, and what they left behind or took away."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Secret,
    Verdict,
)
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._filenames import app, facebook, folded, is_path, last, of_screen, plain, stem
from exposure.rules._names import person
from exposure.rules._profiles import PUBLISHERS, stock
from exposure.rules._programs import program
from exposure.rules._properties import MOST
from exposure.rules._verdicts import shown, verdict

_SECOND_STEP = tuple(
    f"History[2]{rest}"
    for rest in ("", "/action", "/when", "/softwareAgent", "/instanceID", "/changed", "/parameters")
)
_STEP = re.compile(r"History\[(\d{1,9})\]")
_OLD_NAMES = ("RawFileName", "PreservedFileName", "OriginalRawFileName", "OriginalFileName")
_DOCUMENTS = ("DocumentName", "PageName")
"""Fields of words in which programs write the name that the file had."""
_TOO_SHORT = 3
"""An old name of fewer characters than this, such as "1", is found in any other by chance."""
_CAMERA_SIZED = 3_000_000
"""In pixels: smaller pictures have mostly been through a platform, which removes metadata by itself."""
_NOTES = frozenset({Kind.EXIF, Kind.XMP, Kind.IPTC})


@rule(
    "editing-program",
    "The program that made or edited the photo",
    Question.LINKS,
    Level.LOW,
    message="The file names a program that made or edited the picture.",
    remedy="Share a clean copy, which has no notes of the editing program.",
)
def editing_program(photo: Photo) -> Verdict | None:
    """The file names a program that made or changed the picture, often with its version and the computer's system.

    Why it matters
        It shows that the picture was edited, and helps to tell your computers apart.

    What to do
        Share a clean copy if you do not want it known.

    What that does not do
        On its own it says little. Editing can also show in the picture itself.

    Covers
        SOF01

    References
        https://www.carlseibert.com/macron-portrait-metadata/
    """
    found: dict[str, Evidence] = {}
    for software in photo.facts.software:
        if software.name not in found and program(software, photo.facts.devices):
            found[software.name] = Evidence(software.address, software.name)
    return verdict(found.values())


@rule(
    "edit-history",
    "A list of what was done to the photo",
    Question.HIDDEN,
    Level.LOW,
    message="The file lists what was done to the picture and when.",
    remedy="Share a clean copy, which has no such list.",
)
def edit_history(photo: Photo) -> Verdict | None:
    """An editing program kept a list of at least two steps in the file: what was done to the picture, and when.

    Why it matters
        It tells how and when you work. One official portrait showed about fifteen hours of open editing time.

    What to do
        Share a clean copy: the XMP packet with the list in it does not come along.

    What that does not do
        Copies already shared keep the list. Its entries can be forged, so they prove little.

    Covers
        SOF02

    References
        https://www.carlseibert.com/macron-portrait-metadata/
    """
    return verdict(_histories(photo))


@rule(
    "original-file-name",
    "The name the file had before",
    Question.HIDDEN,
    Level.LOW,
    message="The file was renamed, but still holds the name it had before.",
    remedy="Share a clean copy, which does not hold the old name.",
)
def original_file_name(photo: Photo) -> Verdict | None:
    """The file holds an earlier name of its own that its present name no longer shows.

    Why it matters
        Renaming a file does not remove the name it had before, and that may hold a date, a count or words.

    What to do
        Share a clean copy: the old name does not come along.

    What that does not do
        Copies already shared keep the old name.

    Covers
        SOF05

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP.pm
    """
    return verdict(_old_names(photo))


@rule(
    "colour-profile",
    "A colour profile that may be your own",
    Question.LINKS,
    Level.LOW,
    message="The file holds a colour profile that is none of the usual ones and may have been made for your own screen.",
    remedy="Share a clean copy, which gets a standard profile if that shows the same colours; otherwise export the picture with the profile sRGB.",
    confidence=Confidence.TENTATIVE,
)
def colour_profile(photo: Photo) -> Verdict | None:
    """The colour profile in the file has an unusual name, as the profile of one screen has after it was calibrated.

    Why it matters
        Such a profile can name the monitor, its serial number or the date of the calibration, and exists on one desk
        alone.

    What to do
        Share a clean copy: it gets a standard profile that shows the same colours. When there is none, exposure
        makes no copy: convert the picture to sRGB in your photo program, and clean that.

    What that does not do
        Taking the profile away without converting changes the colours. Most profiles are the same for everybody, and
        this rule may not know every one of those.

    Covers
        SOF09

    References
        https://github.com/oyranos-cms/oyranos-cms.github.io/wiki/ICC-meta-Tag-for-Monitor-Profiles-1.0
        https://fotoforensics.com/tutorial.php?tt=icc
    """
    return verdict(list(_own_profile(photo))[:MOST])


def _own_profile(photo: Photo) -> Iterator[Evidence]:
    """What in a profile no profile has that many people share."""
    told: set[object] = set()
    for field in photo.grouped("ICC"):
        value = field.value
        if field.kind is not Kind.ICC or value in told or not value:
            continue
        if field.name in _OF_A_SCREEN or field.name.startswith("Metadata "):
            own = True
        elif field.name == "ProfileCopyright":
            name = person(str(value))
            own = name is not None and name[1] and name[0] not in PUBLISHERS
        else:
            own = field.name in ("ProfileDescription", "DeviceModel") and not stock(str(value))
        if own:
            told.add(value)
            yield shown(field, Secret.TEXT)


_OF_A_SCREEN = frozenset(
    {"CalibrationDateTime", "CharTarget", "VideoCardGamma", "MakeAndModel", "NativeDisplayInfo"}
)
"""When and how a device was measured."""


@rule(
    "cleaned-and-it-shows",
    "Cleaned, and it shows",
    Question.HIDDEN,
    Level.INFO,
    message="A picture of this size usually comes with a camera's notes and this one has none, so somebody may guess that it was cleaned.",
    remedy="Usually there is nothing to do; keep the original if the photo may ever have to prove something.",
    command=NO_COMMAND,
    confidence=Confidence.TENTATIVE,
)
def cleaned_and_it_shows(photo: Photo) -> Verdict | None:
    """A photo of camera size holds no EXIF, XMP or IPTC at all.

    Why it matters
        A camera's picture without any metadata says that somebody, or some platform, cleaned it. That is a small
        signal of its own.

    What to do
        Usually nothing: this is what a clean copy looks like, one that exposure made included. For evidence,
        keep the original untouched.

    What that does not do
        It does not show who cleaned the photo or why, and many platforms do so by themselves.

    Covers
        SOF12

    References
        https://github.com/tpet/mat2/blob/master/doc/threat_model.md
        https://archiving.witness.org/archive-guide/create/introduction/
    """
    if photo.format != "JPEG" or photo.width * photo.height < _CAMERA_SIZED:
        return None
    if photo.examined not in (Examined.COMPLETE, Examined.BOUNDED) or photo.problems:
        return None
    if any(b.kind in _NOTES for b in photo.blocks) or any(f.kind in _NOTES for f in photo.fields):
        return None
    name = last(photo.name)
    if not plain(name) or of_screen(name) or facebook(name) or app(name):
        return None
    return verdict([Evidence(Address("File:Picture:Size"), f"{photo.width} × {photo.height}")])


def _histories(photo: Photo) -> Iterator[Evidence]:
    media = photo.grouped("xmpMM")
    second = next((f for name in _SECOND_STEP for f in photo.named(name) if f.group == "xmpMM"), None)
    if second is not None:
        steps = (_STEP.match(f.name) for f in media)
        yield Evidence(second.address, f"{max(int(s[1]) for s in steps if s)} entries")
    for name, group in (("History", "photoshop"), ("ImageHistory", "")):
        for field in photo.named(name):
            entries = _lines(field)
            if entries >= (2 if group else 1) and (field.group == group or not group):
                yield Evidence(field.address, f"{entries} entries" if entries > 1 else "1 entry")


def _lines(field: Field) -> int:
    text = field.value if isinstance(field.value, str) else ""
    return sum(1 for line in re.split(r"[\r\n]+", text) if line.strip(" \0"))


def _old_names(photo: Photo) -> Iterator[Evidence]:
    for name in (*_OLD_NAMES, *_DOCUMENTS):
        for field in photo.named(name):
            if name in _DOCUMENTS and not (isinstance(field.value, str) and is_path(field.value)):
                continue
            value = field.value.decode("utf-8", "replace") if isinstance(field.value, bytes) else field.value
            if not isinstance(value, str):
                continue
            old = last(value.strip(" \0"))
            now = folded(stem(last(photo.name)))
            if len(stem(old)) >= _TOO_SHORT and folded(stem(old)) not in now:
                yield Evidence(field.address, old, Secret.TEXT)
