"""Rules about numbers made to tell one camera, lens, shot or document from all others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from exposure.guards import telling, uuid
from exposure.model import Confidence, Evidence, Identifier, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._serials import MOST, serials, shown_serial
from exposure.rules._verdicts import shown, verdict

_DRONE = ":drone-dji:"
_DRONE_NAMES = ("DroneSerialNumber", "CameraSerialNumber", "SerialNumber")


@rule(
    "serial-number",
    "The camera's serial number",
    Question.LINKS,
    Level.MEDIUM,
    message="The photo holds the serial number of the camera, so anyone can connect it with other photos from the same camera.",
    remedy="Share a clean copy, above all from an account that is not under your own name.",
    raised_for=("journalist", "activist", "survivor"),
    persona={"pseudonymous": 1},
)
def serial_number(photo: Photo) -> Verdict | None:
    """The photo carries the serial number of the camera that took it.

    Why it matters
        The same number stands in every photo from that camera, so it ties photos and accounts together. There have
        been public services that let anyone search the web for photos by this number.

    What to do
        Share a clean copy: no number comes along, and no maker notes. Never post an original under another
        name.

    What that does not do
        Photos that you have already posted stay connected. A borrowed, second-hand or shared camera connects you
        with other people by mistake: one owner's search also found a colleague who had rented the camera.

    Covers
        DEV01, DEV02

    References
        https://bgr.com/?p=2941754
        https://www.dpmag.com/how-to/tip-of-the-week/how-to-find-a-stolen-camera/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Canon.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Panasonic.pm
    """
    return verdict(shown_serial(i) for i in _camera_serials(photo))


@rule(
    "lens-serial-number",
    "The lens's serial number",
    Question.LINKS,
    Level.MEDIUM,
    message="The photo holds the serial number of the lens, which connects it with photos from every camera the lens was ever on.",
    remedy="Share a clean copy, which has no serial numbers.",
    raised_for=("journalist", "activist"),
    persona={"pseudonymous": 1},
)
def lens_serial_number(photo: Photo) -> Verdict | None:
    """The photo carries the serial number of the lens it was taken with.

    Why it matters
        A lens moves from one camera to the next, so its number can show that two cameras have one owner.

    What to do
        Share a clean copy: no number comes along, and no maker notes.

    What that does not do
        Photos that you have already posted stay connected. A borrowed or second-hand lens connects you with other
        people by mistake.

    Covers
        DEV03

    References
        https://bgr.com/?p=2941754
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Exif.pm
    """
    return verdict(shown_serial(i) for i in serials(photo, "lens-serial"))


@rule(
    "drone-serial-number",
    "The drone's serial number",
    Question.LINKS,
    Level.MEDIUM,
    message="The photo holds the serial number of a drone, and a registered drone can be traced to a person.",
    remedy="Share a clean copy, which has no serial numbers.",
    confidence=Confidence.FIRM,
    raised_for=("journalist", "activist"),
)
def drone_serial_number(photo: Photo) -> Verdict | None:
    """The photo carries a serial number that a drone wrote about itself.

    Why it matters
        Registered drones can be traced to a person through the serial number.

    What to do
        Share a clean copy: no number comes along, and no maker notes. exposure does not clean videos yet: a
        film from a drone has to be saved anew with picture and sound alone.

    What that does not do
        Photos that you have already posted stay connected. Not every model writes the number, so a photo without it
        says nothing about others.

    Covers
        DEV04

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/DJI.pm
        https://isc.sans.edu/diary/rss/31014
    """
    if not photo.grouped("drone-dji") and not any(map(_drone, photo.facts.identifiers)):
        return None
    known = {i.value for i in _camera_serials(photo)}
    found: dict[str, Evidence] = {
        i.address.path: shown_serial(i) for i in serials(photo, "serial", "internal-serial") if _drone(i)
    }
    for name in _DRONE_NAMES:
        for field in photo.named(name):
            if field.kind is Kind.XMP and field.group == "drone-dji" and telling(str(field.value)):
                found.setdefault(field.path, shown(field, Secret.SERIAL))
    return verdict(e for e in found.values() if e.value not in known)


@rule(
    "asset-identifier",
    "A number that ties shots together",
    Question.LINKS,
    Level.LOW,
    message="The photo holds a random number that proves which video or other shot was taken in the same moment.",
    remedy="Share a clean copy, and not the video that belongs to it.",
    raised_for=("journalist", "activist"),
)
def asset_identifier(photo: Photo) -> Verdict | None:
    """The photo carries the random identifier that Apple devices give to what was shot together.

    Why it matters
        It pairs a still with the video of its Live Photo and with other shots of the same burst, so two posts can be
        proven to come from one shot.

    What to do
        Share a clean copy: the number does not come along. The video of a Live Photo carries the same number,
        and exposure does not clean videos yet: leave it out of what you share.

    What that does not do
        Copies that were already posted keep theirs. It is not the serial number of the phone.

    Covers
        DEV05

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Apple.pm
    """
    return verdict(_uuids(photo, "content-id"))


@rule(
    "image-identifier",
    "A number for this picture",
    Question.LINKS,
    Level.LOW,
    message="The photo holds a number of its own, by which the same picture may be recognised under another name or size.",
    remedy="Share a clean copy, which has no such number.",
    confidence=Confidence.TENTATIVE,
)
def image_identifier(photo: Photo) -> Verdict | None:
    """The camera seems to have given this picture a number that no other picture has.

    Why it matters
        The same picture can be recognised by it after it was resized or renamed.

    What to do
        Share a clean copy: the number does not come along.

    What that does not do
        Several makers put a code for the model here instead, so on its own the number proves nothing. The same
        picture can also be recognised by sight.

    Covers
        DEV06

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Exif.pm
        Exif 3.0, section 4.6.5 (ImageUniqueID)
    """
    return verdict(_uuids(photo, "image-id"))


@rule(
    "document-identifier",
    "Numbers that tie edited versions together",
    Question.LINKS,
    Level.LOW,
    message="An editing program gave the picture numbers that connect every version made from the same original.",
    remedy="Share a clean copy, which has no notes of the editing program.",
    raised_for=("journalist", "activist"),
    persona={"pseudonymous": 1},
)
def document_identifier(photo: Photo) -> Verdict | None:
    """An editing program wrote the identifiers of this picture, and of those it was made from, into the file.

    Why it matters
        Versions and composites keep the identifiers of their sources, so separate posts can be tied to one original.

    What to do
        Share a clean copy: neither the XMP packet nor the Photoshop block nor IPTC comes along.

    What that does not do
        Versions that were already posted stay connected, and the same picture can also be recognised by sight.

    Covers
        SOF03

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Photoshop.pm
    """
    return verdict(_uuids(photo, "document-id"))


def _drone(identifier: Identifier) -> bool:
    return _DRONE in identifier.address.path


def _camera_serials(photo: Photo) -> Iterator[Identifier]:
    return (i for i in serials(photo, "serial", "internal-serial") if not _drone(i))


def _uuids(photo: Photo, kind: str) -> Iterator[Evidence]:
    found = (i for i in photo.facts.identifiers if i.kind == kind and uuid(i.value))
    return map(shown_serial, islice(found, MOST))
