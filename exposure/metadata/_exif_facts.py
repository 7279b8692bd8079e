"""What EXIF fields mean: the rows that turn tags into facts.

Specification: Exif 3.0 sections 4.6.5 (times and offsets), 4.6.6 (GPS), 4.6.4 (device, authors).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from exposure.metadata._meaning import moment, offset, valid_position, words
from exposure.metadata._values import BEHIND
from exposure.model import Address, Device, Fact, Field, Identifier, Person, Place, Software, Text, Time

_PEOPLE = {
    "Artist": "creator",
    "Photographer": "creator",
    "XPAuthor": "creator",
    "CameraOwnerName": "owner",
    "OwnerName": "owner",
    "Copyright": "owner",
    f"Copyright{BEHIND}": "owner",
}
_IDENTIFIERS = {
    "BodySerialNumber": "serial",
    "CameraSerialNumber": "serial",
    "SerialNumber": "serial",
    "LensSerialNumber": "lens-serial",
    "ImageUniqueID": "image-id",
    "RawDataUniqueID": "image-id",
}
_TEXTS = {
    "ImageDescription": "description",
    "XPSubject": "description",
    "UserComment": "comment",
    "XPComment": "comment",
    "XPTitle": "title",
    "ImageTitle": "title",
    "DocumentName": "title",
    "PageName": "title",
}
_SOFTWARE = frozenset(
    {
        "Software",
        "ProcessingSoftware",
        "HostComputer",
        "CameraFirmware",
        "RAWDevelopingSoftware",
        "ImageEditingSoftware",
        "MetadataEditingSoftware",
        "PreviewApplicationName",
    }
)
_TIMES = {
    "DateTimeOriginal": ("taken", "OffsetTimeOriginal"),
    "DateTimeDigitized": ("digitized", "OffsetTimeDigitized"),
    "DateTime": ("modified", "OffsetTime"),
    "PreviewDateTime": ("edited", ""),
}


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    """The facts in the fields of one file's EXIF blocks, each block by itself."""
    blocks: dict[int, dict[str, Field]] = {}
    for field in fields:
        named = blocks.setdefault(id(field.window), {})
        name = field.name
        if name in _PEOPLE:
            if found := words(field.value):
                yield Person(_PEOPLE[name], found, field.address)
        elif name in _IDENTIFIERS:
            if found := _identifier(field.value):
                yield Identifier(_IDENTIFIERS[name], found, field.address)
        elif name in _TEXTS:
            if found := words(field.value):
                yield Text(_TEXTS[name], found, field.address)
        elif name in _SOFTWARE:
            if found := words(field.value):
                yield Software(found, field.address)
        elif name == "XPKeywords":
            for word in str(field.value).split(";"):
                if found := words(word):
                    yield Text("keyword", found, field.address)
        elif name not in named or field.group == "Exif IFD":
            named[name] = field
    for named in blocks.values():
        yield from _device(named)
        yield from _times(named)
        if "GPSLatitude" in named or "GPSDestLatitude" in named or "GPSDateStamp" in named:
            yield from _gps(named)


def _identifier(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.hex() if any(value) else None
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return words(str(value))


def _device(named: dict[str, Field]) -> Iterator[Fact]:
    for make, model in (("Make", "Model"), ("", "UniqueCameraModel"), ("", "LocalizedCameraModel")):
        fields = [f for f in (named.get(model), named.get(make)) if f is not None and words(f.value)]
        if fields:
            yield Device(_words_of(named.get(make)), _words_of(named.get(model)), fields[0].address)


def _words_of(field: Field | None) -> str | None:
    return words(field.value) if field is not None else None


def _times(named: dict[str, Field]) -> Iterator[Fact]:
    for name, (kind, zone) in _TIMES.items():
        field = named.get(name)
        found = moment(field.value) if field is not None else None
        if field is None or found is None:
            continue
        local, shift, path = *found, None
        if zone in named and (told := offset(named[zone].value)):
            shift, path = told, named[zone].path
        elif (
            shift is None
            and (hours := named.get("TimeZoneOffset")) is not None
            and (told := _whole_hours(hours.value, kind))
        ):
            shift, path = told, hours.path
        yield Time(kind, local, shift, field.address, path)


def _whole_hours(value: object, kind: str) -> str | None:
    """TimeZoneOffset (TIFF/EP): hours from UTC, of the original and, as a second value, of the file's change."""
    values = value if isinstance(value, tuple) else (value,)
    index = 1 if kind == "modified" else 0
    hours = values[index] if index < len(values) else None
    return f"{hours:+03d}:00" if isinstance(hours, int) and -14 <= hours <= 14 else None


def _gps(named: dict[str, Field]) -> Iterator[Fact]:
    error = _number(named, "GPSHPositioningError")
    for prefix, kind in (("GPS", "position"), ("GPSDest", "destination")):
        latitude = _degrees(named, prefix + "Latitude", "N", "S")
        longitude = _degrees(named, prefix + "Longitude", "E", "W")
        if valid_position(latitude, longitude):
            accuracy = error if kind == "position" and error is not None and error > 0 else None
            path, ranges, indirect = named[prefix + "Latitude"].address
            both = Address(path, ranges + named[prefix + "Longitude"].address.ranges, indirect)
            yield Place(latitude, longitude, accuracy, None, both, kind)
    stamp, clock = named.get("GPSDateStamp"), named.get("GPSTimeStamp")
    if stamp is not None and clock is not None and isinstance(clock.value, tuple):
        hours = [n for n in clock.value if isinstance(n, (int, float))]
        if (
            len(hours) == 3
            and all(0 <= n < 100 for n in hours)
            and (  # no infinity and no NaN
                found := moment(f"{stamp.value} {int(hours[0])}:{int(hours[1]):02}:{int(hours[2]):02}")
            )
        ):
            yield Time("gps", found[0], "+00:00", clock.address)


def _number(named: dict[str, Field], name: str) -> float | None:
    value: Any = named[name].value if name in named else None
    return float(value) if isinstance(value, (int, float)) and isfinite(value) else None


def _degrees(named: dict[str, Field], name: str, positive: str, negative: str) -> float | None:
    """Signed degrees from degrees, minutes, seconds and the reference letter; None without any of what it takes.

    Seconds may be missing (0/0): some devices write whole minutes with a fraction instead.
    """
    field, letter = named.get(name), named.get(name + "Ref")
    sign = {positive: 1, negative: -1}.get(str(letter.value)[:1].upper()) if letter is not None else None
    if field is None or sign is None:
        return None
    values: tuple[Any, ...] = field.value if isinstance(field.value, tuple) else (field.value,)
    if isinstance(field.value, str):
        values = _numbers(field.value)
    degrees, minutes, seconds = (*values, 0, 0, 0)[:3] if values else (None, 0, 0)
    if not isinstance(degrees, (int, float)) or not isinstance(minutes, (int, float)):
        return None
    return float(sign * (degrees + minutes / 60 + (seconds or 0) / 3600))


def _numbers(said: str) -> tuple[float, ...]:
    """Degrees, minutes and seconds that were written as text, with decimal points or decimal commas.

    ``52,00000,50,00000,34,01180`` is 52° 50' 34.0118": its six groups are three numbers with decimal commas.
    """
    groups = said.strip().split(",")
    if len(groups) == 6:
        groups = [f"{whole}.{part}" for whole, part in zip(groups[::2], groups[1::2], strict=True)]
    elif len(groups) == 1:
        groups = said.split()
    try:
        return tuple(float(g) for g in groups) if len(groups) <= 3 else ()
    except ValueError:
        return ()
