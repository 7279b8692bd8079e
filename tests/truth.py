"""What ExifTool reads in the corpus, and how its answers are compared with ours.

The corpus is a folder of real photos beside the project, named by ``EXPOSURE_CORPUS``; its truth.json is
ExifTool's ``-json -n -G1 -a -struct`` of every file.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from exposure.metadata._meaning import moment, offset
from exposure.model import Photo
from exposure.reading import read
from exposure.source import FileSource

FORMATS = frozenset(
    {"JPEG", "PNG", "APNG", "WEBP", "Extended WEBP", "HEIC", "HEIF", "AVIF", "TIFF", "GIF", "MPO"}
)
"""ExifTool's names for the formats that exposure reads; raw files walk as TIFF and are compared with `RAW`."""
RAW = frozenset({"DNG", "NEF", "CR2", "ARW"})

VALUES: dict[str, tuple[str, ...]] = {
    "times": ("ExifIFD:DateTimeOriginal",),
    "offsets": ("ExifIFD:OffsetTimeOriginal",),
    "makes": ("IFD0:Make", "XMP-tiff:Make"),
    "models": ("IFD0:Model", "XMP-tiff:Model"),
    "artists": ("IFD0:Artist", "XMP-tiff:Artist", "IFD0:XPAuthor"),
    "owners": ("ExifIFD:OwnerName", "IFD0:OwnerName", "XMP-aux:OwnerName", "XMP-exifEX:OwnerName"),
    "copyrights": ("IFD0:Copyright", "IPTC:CopyrightNotice", "XMP-dc:Rights"),
    "creators": ("XMP-dc:Creator",),
    "by-lines": ("IPTC:By-line",),
    "serials": (
        "ExifIFD:SerialNumber",
        "IFD0:SerialNumber",
        "IFD0:CameraSerialNumber",
        "ExifIFD:LensSerialNumber",
        "XMP-aux:SerialNumber",
        "XMP-aux:LensSerialNumber",
        "XMP-exifEX:SerialNumber",
        "XMP-exifEX:LensSerialNumber",
        "XMP-microsoft:CameraSerialNumber",
        "XMP-getty:CameraSerialNumber",
    ),
    "document ids": ("XMP-xmpMM:DocumentID", "XMP-xmpMM:OriginalDocumentID", "XMP-xmpMM:InstanceID"),
    "descriptions": ("IFD0:ImageDescription", "IPTC:Caption-Abstract", "XMP-dc:Description", "XMP-dc:Title"),
    "keywords": ("IPTC:Keywords", "XMP-dc:Subject", "IFD0:XPKeywords"),
}


class Miss(NamedTuple):
    """A value that ExifTool gives and we do not."""

    kind: str
    file: str
    tag: str
    value: str


def corpus() -> Path | None:
    """The corpus's folder; None where there is none."""
    named = os.environ.get("EXPOSURE_CORPUS")
    return Path(named) if named and (Path(named) / "truth.json").is_file() else None


def records(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for record in json.loads((root / "truth.json").read_text("utf-8", "replace")):
        path = root / record["SourceFile"]
        if path.is_file():
            yield path, record


def photo(path: Path) -> Photo | None:
    with FileSource(path) as source:
        found = read(source)
    return found if isinstance(found, Photo) else None


def positions(record: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Every valid position that ExifTool gives from EXIF (with both letters) or XMP, in signed degrees."""
    latitude, longitude = record.get("GPS:GPSLatitude"), record.get("GPS:GPSLongitude")
    signs = [
        {"N": 1, "S": -1, "E": 1, "W": -1}.get(str(record.get(f"GPS:GPS{name}Ref", ""))[:1].upper())
        for name in ("Latitude", "Longitude")
    ]
    if isinstance(latitude, (int, float)) and isinstance(longitude, (int, float)) and all(signs):
        yield from _valid(latitude * (signs[0] or 0), longitude * (signs[1] or 0))
    latitude, longitude = record.get("XMP-exif:GPSLatitude"), record.get("XMP-exif:GPSLongitude")
    if isinstance(latitude, (int, float)) and isinstance(longitude, (int, float)):
        yield from _valid(latitude, longitude)


def _valid(latitude: float, longitude: float) -> Iterator[tuple[float, float]]:
    if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0):
        yield latitude, longitude


def expected(record: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(kind, tag, value) of everything ExifTool gives that we owe, blanks left out."""
    for kind, tags in VALUES.items():
        for tag in tags:
            for value in _each(record.get(tag)):
                if kind == "times" and moment(value) is None:
                    continue
                yield kind, tag, value
    for tag, list_, name in (
        ("XMP-mwg-rs:RegionInfo", "RegionList", "Name"),
        ("XMP-MP:RegionInfoMP", "Regions", "PersonDisplayName"),
    ):
        for region in (record.get(tag) or {}).get(list_, []):
            if str(region.get("Type", "Face")) == "Face":
                yield from (("people", tag, value) for value in _each(region.get(name)))
    yield from (("people", "PersonInImage", v) for v in _each(record.get("XMP-iptcExt:PersonInImage")))


def _each(value: object) -> Iterator[str]:
    if isinstance(value, dict):  # language alternatives
        value = list(value.values())
    for one in value if isinstance(value, list) else [value]:
        if one is not None and (text := plain(str(one))):
            yield text


def plain(text: str) -> str:
    """As both sides are compared: runs of blanks and unprintable characters folded."""
    return re.sub(r"[\s\0-\x1f\x7f-\x9f\ufffd.?]+", " ", text).strip()


def found(photo: Photo) -> dict[str, set[str]]:
    """What we give, by the same kinds."""
    facts = photo.facts
    people, texts = {p.name for p in facts.people}, {t.value for t in facts.texts}
    ids = {i.value for i in facts.identifiers}
    return {
        "times": {t.local for t in facts.times},
        "offsets": {t.utc_offset for t in facts.times if t.utc_offset},
        "makes": {d.make for d in facts.devices if d.make},
        "models": {d.model for d in facts.devices if d.model},
        **dict.fromkeys(("artists", "owners", "copyrights", "creators", "by-lines", "people"), people),
        **dict.fromkeys(("serials", "document ids"), ids),
        **dict.fromkeys(("descriptions", "keywords"), texts),
    }


def holds(kind: str, value: str, ours: set[str]) -> bool:
    """Whether we give this value, however each side writes it."""
    if kind == "times":
        return (moment(value) or ("",))[0] in ours
    if kind == "offsets":
        return offset(value) is None or offset(value) in ours
    folded = {plain(o) for o in ours}
    if value in folded or any(value in o.split("; ") for o in folded):
        return True
    return kind in ("serials", "document ids") and any(
        _number(value) == _number(o) is not None for o in folded
    )


def _number(text: str) -> float | None:
    """ExifTool's JSON writes what looks like a number as one: 0042 is 42."""
    try:
        return float(text)
    except ValueError:
        return None
