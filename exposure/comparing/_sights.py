"""What one file says, so that it can be held against another: values as they are compared, and which kind each is of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from exposure.context import kind_of
from exposure.errors import MalformedFile
from exposure.guards import usable
from exposure.model import (
    Depth,
    Device,
    Examined,
    Fact,
    Facts,
    Identifier,
    Person,
    Photo,
    Picture,
    Place,
    Role,
    Software,
    Text,
    Time,
)
from exposure.reading import read
from exposure.rules._words import word_set
from exposure.source import FileSource

OTHER = "other"
"""The kind of what no platform was ever tested for: maker notes, comments, C2PA, trailers."""

_TECHNICAL = word_set(
    "Orientation XResolution YResolution ResolutionUnit YCbCrPositioning YCbCrCoefficients YCbCrSubSampling"
    " ReferenceBlackWhite ColorSpace ComponentsConfiguration FlashPixVersion FlashpixVersion ExifVersion PixelXDimension"
    " PixelYDimension ImageWidth ImageLength BitsPerSample Compression PhotometricInterpretation SamplesPerPixel"
    " PlanarConfiguration InteroperabilityIndex InteroperabilityVersion GPSVersionID JPEGInterchangeFormat"
    " JPEGInterchangeFormatLength StripOffsets StripByteCounts RowsPerStrip ResourceName"
)
"""Fields that say how a file is made and nothing of a person; services write them anew."""
_LEAST = 4
"""A shorter value stands elsewhere by accident, in characters."""
_PIECE = 1 << 20
_LONGEST = 200
_MOST_FIELDS = 5_000


class Sight(NamedTuple):
    """What one file says."""

    fields: Mapping[str, str]
    """Each field's value as it is compared, by its path."""
    told: frozenset[tuple[str, str]]
    """What the fields mean, wherever they stand: a time, a name, a device."""
    means: Mapping[str, frozenset[tuple[str, str]]]
    """The same of each field."""
    values: frozenset[str]
    """Values that are no accident wherever they stand."""
    place: tuple[float, float] | None
    """Degrees."""
    previews: tuple[str, ...]
    name: str
    """Without folders."""
    format: str
    size: tuple[int, int]
    pixels: str
    """SHA-256 of the compressed picture."""

    def kinds(self) -> dict[str, list[str]]:
        """Its fields' paths, by kind."""
        found: dict[str, list[str]] = {}
        for path in self.fields:
            found.setdefault(kind_of(path) or OTHER, []).append(path)
        return found


def sight(source: FileSource) -> Sight | None:
    """What a file says, every byte of it; None when it cannot be read to its end, so that nothing is proven by it."""
    try:
        with source:
            photo = read(source, Depth.DEEP)
            if not isinstance(photo, Photo) or photo.examined is not Examined.COMPLETE:
                return None
            return _sight(photo, source)
    except (OSError, MalformedFile):
        return None


def _sight(photo: Photo, source: FileSource) -> Sight:
    fields: dict[str, str] = {}
    for each in photo.fields[:_MOST_FIELDS]:
        if each.name not in _TECHNICAL and (value := normal(each.value)):
            fields.setdefault(each.path, value)
    means: dict[str, set[tuple[str, str]]] = {}
    for path, meaning in _meanings(photo.facts):
        means.setdefault(path, set()).add(meaning)
    places = (place for place in photo.facts.places if usable(place))
    place = next(
        ((p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None),
        None,
    )
    previews = [p for p in photo.facts.pictures if p.kind in ("thumbnail", "preview")]
    return Sight(
        fields,
        frozenset().union(*means.values()),
        {path: frozenset(said) for path, said in means.items()},
        frozenset(value for value in fields.values() if len(value) >= _LEAST),
        place,
        tuple(sorted(_digest(source, [(p.offset, p.length)]) for p in previews)),
        _bare(photo.name),
        photo.format,
        (photo.width, photo.height),
        _digest(source, [(p.offset, p.length) for p in photo.parts if p.role is Role.PICTURE]),
    )


def _bare(name: str) -> str:
    return PureWindowsPath(PurePosixPath(name).name).name


def normal(value: object) -> str:
    """A value as it is compared: without padding, and numbers as numbers, however many bytes they take."""
    match value:
        case bytes():
            return value.rstrip(b"\0 ").decode("latin-1")
        case str():
            return " ".join(value.replace("\0", " ").split())
        case bool() | None:
            return str(value)
        case int() | float():
            return f"{value:.9g}"
        case tuple():
            return ", ".join(map(normal, value))
    return str(value)


def _meanings(facts: Facts) -> Iterator[tuple[str, tuple[str, str]]]:
    """What each field means, by its path."""
    every: tuple[Iterable[Fact], ...] = (
        *(
            facts.times,
            facts.devices,
            facts.identifiers,
            facts.people,
            facts.texts,
            facts.software,
            facts.places,
        ),
    )
    for fact in chain.from_iterable(every):
        if (meaning := _meaning(fact)) is not None:
            yield fact.address.path, meaning


def _meaning(fact: Fact) -> tuple[str, str] | None:
    match fact:
        case Time(local=local):
            return "time", local[:19]
        case Device(make=make, model=model):
            return "device", normal(f"{make or ''} {model or ''}").casefold()
        case Identifier(value=value):
            return "identifier", normal(value).casefold()
        case Person(name=name):
            return "person", normal(name).casefold()
        case Text(value=value):
            return "text", normal(value)
        case Software(name=name):
            return "software", normal(name)
        case Place(latitude=None, name=str(name)):
            return "place", normal(name)
        case Place() | Picture():
            return None


def _digest(source: FileSource, ranges: list[tuple[int, int]]) -> str:
    digest = hashlib.sha256()
    for offset, length in ranges:
        for start in range(offset, offset + length, _PIECE):
            digest.update(source.read(start, min(_PIECE, offset + length - start)))
    return digest.hexdigest()
