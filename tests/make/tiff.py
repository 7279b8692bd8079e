"""TIFF streams: the EXIF inside photos, and TIFF files (TIFF 6.0, section 2; the BigTIFF design; Exif 3.0, 4.6).

``tiff(Make="Acme", position=(51.5, -0.1))`` is an EXIF stream, ``tiff(picture=True, big=True)`` a BigTIFF file
that every viewer opens. Tags go by their Exif names; anything else, lies included, goes into `extra`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | float | Fraction | tuple[int, int]
"""One value; a pair is a rational as it is written, so ``(0, 0)`` can be said."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Bytes somewhere else in the stream: the entry's value is their offset, as in StripOffsets."""

    data: bytes
    more: tuple[bytes, ...] = ()
    """The further strips, whose offsets are further values."""


@dataclass(frozen=True, slots=True)
class Directories:
    """IFDs that the entry points to."""

    ifds: tuple[Sequence[Entry], ...]


Value = str | bytes | Number | Sequence[Number] | Elsewhere | Directories
Entry = tuple[int, int, int | None, Value]
"""Tag, type, count (None: what the value has), value. Bytes are taken as they are, whatever the type."""

BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE, IFD = range(
    1, 14
)
LONG8, SLONG8, IFD8, UTF8 = 16, 17, 18, 129

_CODES = {
    **{BYTE: "B", ASCII: "B", SHORT: "H", LONG: "I", RATIONAL: "II", SBYTE: "b", UNDEFINED: "B", SSHORT: "h"},
    **{SLONG: "i", SRATIONAL: "ii", FLOAT: "f", DOUBLE: "d", IFD: "I", LONG8: "Q", SLONG8: "q", IFD8: "Q"},
    UTF8: "B",
}

_TAGS: dict[str, dict[int, str]] = {
    "IFD0": {
        ASCII: """
            010D DocumentName  010E ImageDescription  010F Make  0110 Model  011D PageName
            0131 Software  0132 DateTime  013B Artist  013C HostComputer  0151 TargetPrinter
            8298 Copyright  C614 UniqueCameraModel  C62F CameraSerialNumber""",
        SHORT: "0112 Orientation",
        BYTE: """
            9C9B XPTitle  9C9C XPComment  9C9D XPAuthor  9C9E XPKeywords  9C9F XPSubject
            C65D RawDataUniqueID  C68B OriginalRawFileName  C634 DNGPrivateData""",
    },
    "Exif IFD": {
        RATIONAL: """
            829A ExposureTime  829D FNumber  9206 SubjectDistance  920A FocalLength  9401 Humidity
            9402 Pressure  9404 Acceleration""",
        SHORT: "8827 PhotographicSensitivity  9214 SubjectArea",
        UNDEFINED: "9000 ExifVersion  927C MakerNote  9286 UserComment",
        ASCII: """
            9003 DateTimeOriginal  9004 DateTimeDigitized  9010 OffsetTime
            9011 OffsetTimeOriginal  9012 OffsetTimeDigitized  9290 SubSecTime
            9291 SubSecTimeOriginal  9292 SubSecTimeDigitized  A004 RelatedSoundFile
            A420 ImageUniqueID  A430 CameraOwnerName  A431 BodySerialNumber  A433 LensMake
            A434 LensModel  A435 LensSerialNumber  A436 ImageTitle  A437 Photographer
            A438 ImageEditor  A439 CameraFirmware  A43A RAWDevelopingSoftware
            A43B ImageEditingSoftware  A43C MetadataEditingSoftware""",
        SRATIONAL: """
            9201 ShutterSpeedValue  9400 AmbientTemperature  9403 WaterDepth
            9405 CameraElevationAngle""",
        LONG: "A002 PixelXDimension  A003 PixelYDimension",
    },
    "GPS IFD": {
        BYTE: "0000 GPSVersionID  0005 GPSAltitudeRef",
        ASCII: """
            0001 GPSLatitudeRef  0003 GPSLongitudeRef  0008 GPSSatellites  0009 GPSStatus
            000A GPSMeasureMode  000C GPSSpeedRef  000E GPSTrackRef  0010 GPSImgDirectionRef
            0012 GPSMapDatum  0013 GPSDestLatitudeRef  0015 GPSDestLongitudeRef
            0017 GPSDestBearingRef  0019 GPSDestDistanceRef  001D GPSDateStamp""",
        RATIONAL: """
            0002 GPSLatitude  0004 GPSLongitude  0006 GPSAltitude  0007 GPSTimeStamp  000B GPSDOP
            000D GPSSpeed  000F GPSTrack  0011 GPSImgDirection  0014 GPSDestLatitude
            0016 GPSDestLongitude  0018 GPSDestBearing  001A GPSDestDistance
            001F GPSHPositioningError""",
        UNDEFINED: "001B GPSProcessingMethod  001C GPSAreaInformation",
        SHORT: "001E GPSDifferential",
    },
    "Interop IFD": {
        ASCII: "0001 InteroperabilityIndex",
    },
}
"""Every tag that goes by name: its IFD, its type, its number in hexadecimal."""

NAMES = {
    name: (ifd, int(tag, 16), type_)
    for ifd, by_type in _TAGS.items()
    for type_, rows in by_type.items()
    for tag, name in zip(rows.split()[::2], rows.split()[1::2], strict=True)
}
"""The tags that `tiff` takes by name: their IFD, number and type."""

_CHARACTER_CODE = b"ASCII\0\0\0"
_POINTERS = {"Exif IFD": 0x8769, "GPS IFD": 0x8825, "Interop IFD": 0xA005}


def tiff(
    order: str = "<",
    big: bool = False,
    *,
    position: tuple[float, float] | None = None,
    altitude: float | None = None,
    thumbnail: bytes = b"",
    maker_note: bytes = b"",
    xmp: bytes = b"",
    iptc: bytes = b"",
    photoshop: bytes = b"",
    icc: bytes = b"",
    picture: bool = False,
    pages: int = 1,
    sub_ifds: Iterable[Sequence[Entry]] = (),
    extra: Mapping[str, Iterable[Entry]] | None = None,
    **tags: Value,
) -> bytes:
    """A TIFF stream of IFD0, its Exif, GPS and Interop IFDs, `pages` and an IFD1 with `thumbnail`.

    `order` is ``<`` (II) or ``>`` (MM). `position` is in degrees, `altitude` in metres. With `picture` each page
    is a real 2 × 2 RGB picture. `extra` adds entries to an IFD by name; one with the same tag replaces ours.
    """
    ifds: dict[str, list[Entry]] = {name: [] for name in ("IFD0", "IFD1", *_POINTERS)}
    for name, value in tags.items():
        ifd, tag, type_ = NAMES[name]
        ifds[ifd].append((tag, type_, None, value))
    ifds["GPS IFD"] += [*_position(position), *_altitude(altitude)]
    ifds["IFD0"] += _carried({700: xmp, 33723: iptc, 34377: photoshop, 34675: icc})
    ifds["Exif IFD"] += _carried({NAMES["MakerNote"][1]: maker_note})
    if picture:
        ifds["IFD0"] += rgb_picture()
    ifds["IFD1"] += jpeg_preview(thumbnail) if thumbnail else []
    for name, entries in (extra or {}).items():
        more = list(entries)
        ifds[name] = [e for e in ifds[name] if e[0] not in {m[0] for m in more}] + more
    _hang(ifds, tuple(sub_ifds), IFD8 if big else LONG)
    more_pages = [rgb_picture() if picture else [(0xFE, LONG, None, 2)] for _ in range(pages - 1)]
    return stream([ifds["IFD0"], *more_pages, *([ifds["IFD1"]] if ifds["IFD1"] else [])], order, big)


def stream(chain: Sequence[Sequence[Entry]], order: str = "<", big: bool = False) -> bytes:
    """A TIFF stream of IFDs that follow each other: IFD0, IFD1…"""
    out = bytearray({"<": b"II", ">": b"MM"}[order])
    out += struct.pack(f"{order}HHHQ", 43, 8, 0, 16) if big else struct.pack(f"{order}HI", 42, 8)
    _write_chain(out, chain, order, big)
    return bytes(out)


def rgb_picture(pixels: bytes = bytes(range(10, 22))) -> list[Entry]:
    """The entries of a 2 × 2 picture in one uncompressed strip."""
    return [
        *((256, SHORT, None, 2), (257, SHORT, None, 2), (258, SHORT, None, [8, 8, 8])),
        *((259, SHORT, None, 1), (262, SHORT, None, 2), (273, LONG, None, Elsewhere(pixels))),
        *((277, SHORT, None, 3), (278, SHORT, None, 2), (279, LONG, None, len(pixels))),
    ]


def jpeg_preview(data: bytes) -> list[Entry]:
    """The entries of an IFD that holds a JPEG: a thumbnail in IFD1, a preview in a SubIFD."""
    return [(259, SHORT, None, 6), (513, LONG, None, Elsewhere(data)), (514, LONG, None, len(data))]


def _hang(ifds: dict[str, list[Entry]], sub_ifds: tuple[Sequence[Entry], ...], type_: int) -> None:
    """Let the IFDs that have entries hang from their parents."""
    if sub_ifds:
        ifds["IFD0"].append((330, type_, None, Directories(sub_ifds)))
    for name, parent in (("Interop IFD", "Exif IFD"), ("Exif IFD", "IFD0"), ("GPS IFD", "IFD0")):
        if ifds[name]:
            ifds[parent].append((_POINTERS[name], type_, None, Directories((ifds[name],))))


def _carried(blocks: Mapping[int, bytes]) -> list[Entry]:
    return [(tag, UNDEFINED, None, data) for tag, data in blocks.items() if data]


def _position(position: tuple[float, float] | None) -> list[Entry]:
    if position is None:
        return []
    (latitude, longitude), dms = position, _degrees_minutes_seconds
    return [
        *((1, ASCII, None, "N" if latitude >= 0 else "S"), (2, RATIONAL, None, dms(latitude))),
        *((3, ASCII, None, "E" if longitude >= 0 else "W"), (4, RATIONAL, None, dms(longitude))),
    ]


def _degrees_minutes_seconds(angle: float) -> list[Number]:
    ten_thousandths = round(abs(angle) * 36_000_000)
    minutes, seconds = divmod(ten_thousandths, 600_000)
    return [(minutes // 60, 1), (minutes % 60, 1), (seconds, 10_000)]


def _altitude(altitude: float | None) -> list[Entry]:
    if altitude is None:
        return []
    return [(5, BYTE, None, int(altitude < 0)), (6, RATIONAL, None, abs(altitude))]


def _write_chain(out: bytearray, chain: Sequence[Sequence[Entry]], order: str, big: bool) -> None:
    """Append IFDs that follow each other, each with all that hangs from it."""
    count, offset, size = (f"{order}Q", f"{order}Q", 20) if big else (f"{order}H", f"{order}I", 12)
    inline = struct.calcsize(offset)
    for number, ifd in enumerate(chain):
        start = len(out)
        first = start + struct.calcsize(count)
        out += struct.pack(count, len(ifd)) + bytes(size * len(ifd) + inline)
        for place, (tag, type_, claimed, value) in enumerate(sorted(ifd, key=lambda e: e[0])):
            data = _place(out, type_, value, order, big)
            length = struct.calcsize(order + _CODES.get(type_, "B"))
            head = struct.pack(f"{order}HH", tag, type_)
            head += struct.pack(offset, len(data) // length if claimed is None else claimed)
            if len(data) > inline:
                data = struct.pack(offset, _append(out, data))
            out[first + size * place : first + size * (place + 1)] = head + data.ljust(inline, b"\0")
        if number + 1 < len(chain):
            struct.pack_into(offset, out, first + size * len(ifd), len(out))


def _place(out: bytearray, type_: int, value: Value, order: str, big: bool) -> bytes:
    """The value's own bytes, after what it points to was written."""
    if isinstance(value, Elsewhere):
        value = [_append(out, data) for data in (value.data, *value.more)]
    elif isinstance(value, Directories):
        offsets = []
        for ifd in value.ifds:
            offsets.append(len(out))
            _write_chain(out, [ifd], order, big)
        value = offsets
    return _packed(type_, value, order)


def _append(out: bytearray, data: bytes) -> int:
    """Where `data` was appended; what follows starts on a word again (TIFF 6.0, section 2)."""
    at = len(out)
    out += data + b"\0" * (len(data) % 2)
    return at


def _packed(type_: int, value: str | bytes | Number | Sequence[Number], order: str) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return _text(type_, value)
    numbers = [value] if isinstance(value, int | float | Fraction) else list(value)
    if type_ in (RATIONAL, SRATIONAL):
        return b"".join(struct.pack(order + _CODES[type_], *_ratio(n)) for n in numbers)
    return struct.pack(f"{order}{len(numbers)}{_CODES[type_]}", *numbers)


def _text(type_: int, value: str) -> bytes:
    if type_ == BYTE:  # the XP tags of Windows
        return value.encode("utf-16-le") + b"\0\0"
    if type_ == UNDEFINED:  # UserComment, GPSProcessingMethod
        return _CHARACTER_CODE + value.encode("ascii")
    return value.encode() + b"\0"


def _ratio(number: Number) -> tuple[int, int]:
    if isinstance(number, tuple):
        return number
    fraction = Fraction(number).limit_denominator(1_000_000)
    return fraction.numerator, fraction.denominator
