"""Rules about what stands beside a position: height, direction, speed, and position blocks that hold no place.

Specification: Exif 3.0 section 4.6.6 (GPS attribute information).
"""

from __future__ import annotations

import re

from exposure.guards import usable
from exposure.model import Evidence, Field, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import CLEAN, NO_COMMAND, rule
from exposure.rules._positions import named, number, placed, positions
from exposure.rules._verdicts import shown, verdict

_ALTITUDES = ("GPSAltitude", "AbsoluteAltitude")
_DIRECTIONS = ("GPSImgDirection", "GPSDestBearing", "GPSTrack", "FlightYawDegree", "GimbalYawDegree")
_METHODS = ("GPSProcessingMethod", "GPSAreaInformation", "GPSSatellites", "GPSDOP")
_COORDINATES = ("GPSLatitude", "GPSLongitude")
_SAYS = re.compile(r"[^\W0_NSEWnsew]")
"""A sign in a coordinate written as text that is neither zero nor a direction."""
_CHARSETS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0\0\0\0\0\0\0\0")
_WIPED = (
    "The place in this copy was wiped, as phones do when they hand a photo to an app; "
    "the copy that you posted may differ."
)
_PARTIAL = (
    "The photo holds numbers that look like part of a position, and somebody else may make a place of them."
)


@rule(
    "altitude",
    "Height above the sea",
    Question.WHERE,
    Level.LOW,
    message="Besides the place, the photo says how high up the camera was, which can point to a floor of a building.",
    remedy="Share a clean copy, which has neither place nor height.",
)
def altitude(photo: Photo) -> Verdict | None:
    """The photo carries the height above the sea as well as a position.

    Why it matters
        Height can narrow a block of flats to a few floors, though phones are often wrong about it.

    What to do
        Share a clean copy: nothing about the position comes along.

    What that does not do
        Copies that were already sent or collected keep it.

    Covers
        LOC06

    References
        Exif 3.0, section 4.6.6 (GPSAltitude)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/GPS.pm
        https://isc.sans.edu/diary/rss/31014
    """
    if not placed(photo):
        return None
    return verdict(shown(f, Secret.TEXT) for f in named(photo, _ALTITUDES) if number(f.value))


@rule(
    "camera-direction",
    "Direction of the camera",
    Question.WHERE,
    Level.LOW,
    message="Besides the place, the photo says in which direction the camera pointed or moved.",
    remedy="Share a clean copy, which has neither place nor direction.",
    raised_for=("survivor",),
)
def camera_direction(photo: Photo) -> Verdict | None:
    """The photo carries a compass direction as well as an exact position.

    Why it matters
        Together they say which window, or which side of the street, the picture was taken from.

    What to do
        Share a clean copy: nothing about the position comes along.

    What that does not do
        Copies that were already sent or collected keep it. A compass near metal can be far off, so the direction
        may also be wrong.

    Covers
        LOC07

    References
        Exif 3.0, section 4.6.6 (GPSImgDirection, GPSTrack, GPSDestBearing)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/GPS.pm
    """
    if not positions(photo)[0]:
        return None
    return verdict(shown(f) for f in named(photo, _DIRECTIONS) if 0 < abs(number(f.value) or 0) <= 360)


@rule(
    "movement-speed",
    "Speed of movement",
    Question.HISTORY,
    Level.LOW,
    message="The photo says how fast the camera was moving when it was taken.",
    remedy="Share a clean copy, which has neither place nor speed.",
)
def movement_speed(photo: Photo) -> Verdict | None:
    """The photo carries the speed at which the camera was moving.

    Why it matters
        It shows whether the photo was taken on foot or from a vehicle, and how fast that was going.

    What to do
        Share a clean copy: nothing about the position comes along.

    What that does not do
        Copies that were already sent or collected keep it.

    Covers
        LOC08

    References
        Exif 3.0, section 4.6.6 (GPSSpeed)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/GPS.pm
        http://epjdatascience.springeropen.com/articles/10.1140/epjds/s13688-015-0049-x
    """
    return verdict(shown(f) for f in named(photo, ("GPSSpeed",)) if (number(f.value) or 0) > 0)


@rule(
    "position-method",
    "How the position was found",
    Question.WHERE,
    Level.INFO,
    message="The photo says how its position was found, and may name a place beside it.",
    remedy="Share a clean copy; this goes with the position.",
)
def position_method(photo: Photo) -> Verdict | None:
    """The photo says by what means the position was found: satellites, Wi-Fi or a phone mast.

    Why it matters
        It tells how far the position can be trusted, and one of these fields can hold the name of an area.

    What to do
        Nothing for its own sake. In a clean copy it is gone, with everything else about the position.

    What that does not do
        Copies that were already sent or collected keep it.

    Covers
        LOC14

    References
        Exif 3.0, section 4.6.6 (GPSProcessingMethod, GPSAreaInformation)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/GPS.pm
    """
    fields = ((field, _readable(field.value)) for field in named(photo, _METHODS))
    return verdict(
        Evidence(field.address, text, Secret.TEXT if field.name == "GPSAreaInformation" else Secret.NONE)
        for field, text in fields
        if text
    )


@rule(
    "empty-gps-block",
    "Room for a position, or a part of one",
    Question.WHERE,
    Level.INFO,
    message="The photo has room for a position, but no place stands in it.",
    remedy="Nothing needs to be done about this copy; check the copy that you posted.",
    command=NO_COMMAND,
)
def empty_gps_block(photo: Photo) -> Verdict | None:
    """The photo has a GPS block from which no position can be read.

    Why it matters
        Cameras without reception write such a block, and phones set the numbers to zero when they hand a photo to
        an app that may not know the place. This copy then looks clean while the original, or a copy that was
        posted another way, still has the place. When numbers are left that make no complete position, the finding
        is raised: somebody else may make a place of them.

    What to do
        Check the very file that you posted, for example by downloading it again, rather than this copy. When
        numbers are left, share a clean copy, which has no such block.

    What that does not do
        It says nothing about the place of the original.

    Covers
        LOC16

    References
        Exif 3.0, section 4.6.6 (GPS attribute information)
        https://github.com/marcosdiez/shareviahttp/issues/84
    """
    if any(usable(p) or usable(p, "destination") for p in photo.facts.places):
        return None
    block = [f for f in photo.grouped("GPS IFD") if f.kind is Kind.EXIF and not f.within]
    block += [
        f for f in photo.grouped("exif") if f.kind is Kind.XMP and f.name in _COORDINATES and not f.within
    ]
    if not block:
        return None
    coordinates = [f for f in block if f.name in _COORDINATES]
    if any(map(_numbers, coordinates)):
        whole = {f.name for f in coordinates if _in_range(f)} == set(_COORDINATES)
        level = Level.MEDIUM if whole else Level.LOW
        evidence = tuple(shown(f, Secret.TEXT) for f in coordinates)
        return Verdict(
            evidence,
            level,
            message=_PARTIAL,
            remedy="Share a clean copy, which has no position.",
            command=CLEAN,
        )
    if any(_zeros(f) for f in coordinates):
        return Verdict(tuple(shown(f) for f in coordinates), message=_WIPED)
    return Verdict((shown(block[0]),))


def _parts(field: Field) -> tuple[object, ...]:
    return field.value if isinstance(field.value, tuple) else (field.value,)


def _numbers(field: Field) -> bool:
    """Whether a coordinate holds any number but zero, or something that cannot be read as one."""
    return any(number(part) for part in _parts(field)) or _unreadable(field)


def _unreadable(field: Field) -> bool:
    """Whether a coordinate is written in a way that exposure cannot read, and others may."""
    value = field.value
    if isinstance(value, str):
        return _SAYS.search(value) is not None
    return isinstance(value, bytes) and any(value)


def _zeros(field: Field) -> bool:
    return any(number(part) == 0 for part in _parts(field))


def _in_range(field: Field) -> bool:
    """Whether a coordinate could be degrees, minutes and seconds, or degrees alone, that lack only their letter."""
    if _unreadable(field):
        return True
    degrees = [number(part) or 0.0 for part in _parts(field)[:3]]
    total: float = sum(abs(part) / 60.0**n for n, part in enumerate(degrees))
    return 0 < total <= (90 if field.name == "GPSLatitude" else 180)


def _readable(value: object) -> str:
    """The text of a value, without a character code that came along; "" when nothing is left."""
    if isinstance(value, bytes):
        code = value[:8]
        body = value[8:] if code in _CHARSETS else value
        text = body.decode("utf-16-le" if code == _CHARSETS[1] else "latin-1", "replace")
    else:
        text = value if isinstance(value, str) else str(number(value) or "")
    return "" if text.strip(" \0") in ("ASCII", "UNICODE", "JIS") else text.strip(" \t\r\n\0")
