"""Rules about the camera or phone that took a photo, other than its numbers (`identifiers`)."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.model import Address, Confidence, Evidence, Field, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._programs import build, owner_named
from exposure.rules._verdicts import shown, verdict

_NO_CAMERA = frozenset({"", "unknown", "none", "n/a", "null", "default", "scanner"})
_COUNTERS = ("ImageNumber", "ShutterCount", "FileNumber")
_LOGS = (
    "HdrPlusMakernote",
    "hdrp_makernote",
    "shot_log_data",
    "HDRPlusMakerNote",
    "HDRPMakerNote",
    "ShotLogData",
)
"""As the phone writes them, and as ExifTool names them."""
_SENSORS = (
    "AmbientTemperature",
    "Temperature",
    "Humidity",
    "Pressure",
    "WaterDepth",
    "CameraElevationAngle",
    "Acceleration",
)


@rule(
    "camera-model",
    "The make and model of the camera",
    Question.LINKS,
    Level.LOW,
    message="The photo names the camera or phone, and perhaps the lens, that took it.",
    remedy="If you do not want that known, share a clean copy.",
)
def camera_model(photo: Photo) -> Verdict | None:
    """The photo names the make and model of the camera, phone or lens it was taken with.

    Why it matters
        A model is shared by millions, but a rare one, or a change of model on the same day in two accounts, narrows
        things down. It also shows what is worth stealing.

    What to do
        Share a clean copy if you do not want it known. `--keep camera` leaves the model in it, but no serial
        number.

    What that does not do
        Specialists can guess at a make from the way a picture was compressed, which stays in the picture.

    Covers
        DEV08

    References
        http://www.cs.dartmouth.edu/reports/TR2006-583.pdf
        Exif 3.0, section 4.6.4 (Make, Model)
    """
    return verdict(_models(photo))


@rule(
    "phone-software",
    "The exact software version of the camera or phone",
    Question.LINKS,
    Level.LOW,
    message="The photo tells which version of its software the phone, camera or computer was running.",
    remedy="Share a clean copy, and keep your phone up to date.",
)
def phone_software(photo: Photo) -> Verdict | None:
    """The photo names the software version of the device that took it.

    Why it matters
        The exact version tells an attacker which flaws a phone has, and helps to tell two phones of one model apart.

    What to do
        Share a clean copy. A phone that is up to date has fewer known flaws.

    What that does not do
        On its own it says little. Photos that you have already posted keep the version they were taken with.

    Covers
        DEV09

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Google.pm
        Exif 3.0, section 4.6.4 (Software)
    """
    found = (s for s in photo.facts.software if build(s, photo.facts.devices) and not owner_named(s.name))
    return verdict(Evidence(s.address, s.name) for s in found)


@rule(
    "counter",
    "How many photos the camera has taken",
    Question.LINKS,
    Level.LOW,
    message="The photo holds the camera's running count, which puts your photos in order and shows how many lie between them.",
    remedy="Share a clean copy; file names often count too, and --rename gives it another.",
)
def counter(photo: Photo) -> Verdict | None:
    """The photo carries a count that the camera raises with every picture.

    Why it matters
        Such a count only goes up, so it puts photos in order and shows how many were taken in between.

    What to do
        Share a clean copy. File names often hold a count as well: `--rename` gives copies names that tell
        nothing.

    What that does not do
        On its own it says little. The order of posts stays visible on the page where they stand.

    Covers
        DEV10

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Canon.pm
        Exif 3.0 and TIFF/EP (ImageNumber)
    """
    found = (f for name in _COUNTERS for f in photo.named(name) if _counted(f.value))
    return verdict(shown(f) for f in found)


@rule(
    "device-name",
    "A device called after its owner",
    Question.WHO,
    Level.MEDIUM,
    message="The name of the phone or computer is in the photo and seems to contain somebody's name.",
    remedy="Share a clean copy, and give the device a name that is not yours in its settings.",
    confidence=Confidence.TENTATIVE,
    raised_for=("journalist", "survivor", "activist"),
)
def device_name(photo: Photo) -> Verdict | None:
    """The name of a phone or computer stands in the photo, and it looks as if it was called after its owner.

    Why it matters
        People name devices after themselves, and that name can end up in the file.

    What to do
        Share a clean copy, and give the device another name in its settings, so that new photos are without
        yours.

    What that does not do
        Only patterns such as "Anna's iPhone" are recognised, in some languages, and a product name may look like
        one. Photos that you have already posted keep the name.

    Covers
        DEV11

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Exif.pm
        Exif 3.0 and TIFF 6.0 (HostComputer, Software)
    """
    found: dict[str, Evidence] = {}
    for software in photo.facts.software:
        if owner_named(software.name):
            found[software.address.path] = Evidence(software.address, software.name, Secret.NAME)
    for name in ("HostComputer", "UserCollection"):
        for field in photo.named(name):
            if field.path not in found and isinstance(field.value, str) and owner_named(field.value):
                found[field.path] = shown(field, Secret.NAME)
    return verdict(found.values())


@rule(
    "camera-log",
    "A scrambled log of the phone's camera",
    Question.HIDDEN,
    Level.LOW,
    message="The phone put a scrambled log into the photo, which freely available programs can open.",
    remedy="Share a clean copy, which has no such log.",
)
def camera_log(photo: Photo) -> Verdict | None:
    """The phone's camera left a scrambled log of the shot in the photo.

    Why it matters
        Pixel phones write it. Public tools can open it now and find the code name of the device, its software
        version and notes on timing. You cannot see what else you hand over.

    What to do
        Share a clean copy: the log stands in the XMP packet, which does not come along.

    What that does not do
        Most of what the log holds is not documented, so nobody can say what was in the copies already shared.

    Covers
        DEV12

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Google.pm
    """
    found = (f for name in _LOGS for f in photo.named(name) if f.kind is Kind.XMP and f.value)
    return verdict(Evidence(f.address, _length(f)) for f in found)


@rule(
    "sensors",
    "How the device was held and the air around it",
    Question.HIDDEN,
    Level.INFO,
    message="The photo holds what the device's sensors measured, such as temperature, pressure or the angle it was held at.",
    remedy="If you would rather not pass that on, share a clean copy.",
)
def sensors(photo: Photo) -> Verdict | None:
    """The photo carries measurements of the device's sensors from the moment it was taken.

    Why it matters
        They record how the device was held and the air or water around it. On their own they expose nobody.

    What to do
        Share a clean copy if you would rather not pass them on.

    What that does not do
        The picture itself still shows weather and light.

    Covers
        DEV13

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Exif.pm
        Exif 3.0, section 4.6.5 (AmbientTemperature, Humidity, Pressure, WaterDepth, Acceleration, CameraElevationAngle)
    """
    found = (f for name in _SENSORS for f in photo.named(name) if f.kind is Kind.EXIF and _measured(f.value))
    return verdict(shown(f) for f in found)


def _models(photo: Photo) -> Iterator[Evidence]:
    for device in photo.facts.devices:
        named = [w.strip() for w in (device.make, device.model) if w and _names_camera(w)]
        if named:
            yield Evidence(device.address, " ".join(named))
    for name in ("LensMake", "LensModel"):
        for field in photo.named(name):
            if isinstance(field.value, str) and _names_camera(field.value):
                yield _trimmed(field.address, field.value)


def _trimmed(address: Address, value: str) -> Evidence:
    return Evidence(address, value.strip(" \0"))


def _names_camera(text: str) -> bool:
    plain = text.strip(" \0-_.").casefold()
    return plain not in _NO_CAMERA and "scan" not in plain


def _counted(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().isdecimal() and any(c not in "0 " for c in value)
    return isinstance(value, int) and value > 0


def _measured(value: object) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, tuple) and any(v is not None for v in value))


def _length(field: Field) -> str:
    size = len(field.value) if isinstance(field.value, (str, bytes)) else field.length
    return f"{size} characters"
