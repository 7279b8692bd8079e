"""What XMP fields mean: the rows of `_xmp_rows` turned into places, times, people and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from exposure.metadata._meaning import moment, valid_position, words
from exposure.metadata._xmp_rows import ROWS, Sort
from exposure.model import Device, Fact, Field, Identifier, Person, Place, Software, Text, Time

MOST_CATEGORIES = 50_000
"""When so many facts were told, a tree of categories is no longer taken apart, and is one text as it stands."""

_INDEX = re.compile(r"\[[^\]]*\]")
_CATEGORY = re.compile(r">([^<>]+)<")
_COORDINATE = re.compile(
    r"([+-]?)(\d{1,3}(?:\.\d{1,20})?)(?:,(\d{1,2}(?:\.\d{1,20})?))?(?:,(\d{1,2}(?:\.\d{1,20})?))? ?([NSEW]?)",
    re.ASCII,
)
_RATIONALS = re.compile(r"(\d{1,9})/(\d{1,9})[ ,]+(\d{1,9})/(\d{1,9})[ ,]+(\d{1,9})/(\d{1,9})", re.ASCII)
_LOOSE = re.compile(r"[NSEW]?(?:[\d.,:\s°º'’′\"”″]|DEG){1,60}[NSEW]?", re.ASCII)
_NUMBER, _LETTER = re.compile(r"\d{1,3}(?:\.\d{1,20})?", re.ASCII), re.compile(r"[NSW]|(?<!D)E(?!G)")
_METRES = re.compile(r"(\d{1,9}(?:\.\d{1,20})?)(?:/(\d{1,9}))?", re.ASCII)

Told = dict[tuple[object, ...], Fact]
"""The facts so far by what they say, in the order they were told."""

Pieces = Mapping[str, Field]
Tell = Callable[[str, Field, Told], None]


def facts(fields: Sequence[Field]) -> list[Fact]:
    """The facts of one file's XMP fields, each once: where several properties say the same, the first stands.

    First those that one property gives at once; then those that several give together.
    """
    told: Told = {}
    together: dict[tuple[int, str, str], dict[str, Field]] = {}
    for field in fields:
        if field.group not in ROWS or not field.value:
            continue
        meaning = _meaning(field.group, field.name)
        if meaning is None:
            continue
        tell, kind, piece = meaning
        if tell is not None:
            tell(kind, field, told)
        else:
            whole = (id(field.window), kind, field.name.rpartition("/")[0])
            together.setdefault(whole, {}).setdefault(piece, field)
    for (_, kind, _), pieces in together.items():
        _WHOLES[kind](pieces, told)
    return list(told.values())


@lru_cache(maxsize=2_048)
def _meaning(group: str, name: str) -> tuple[Tell | None, str, str] | None:
    """What a property becomes by itself, of which kind, and which piece it is of something larger.

    Its row is found by its path without indexes, or by the last component of it, in any case of letters. Remembered:
    the names are the same few hundred in all packets.
    """
    rows, path = ROWS[group], _INDEX.sub("", name.lower())
    row = rows.get(name.lower()) or rows.get(path)
    if row is None and "/" in path:
        row = rows.get(f"*/{path.rpartition('/')[2]}")
    return None if row is None else (_ALONE.get(row[0]), row[1], row[2])


def _time(kind: str, field: Field, told: Told) -> None:
    if found := moment(field.value):
        local, offset = found
        if (Time, kind, local, offset) not in told:
            offset_path = field.path if offset else None
            told[Time, kind, local, offset] = Time(kind, local, offset, field.address, offset_path)


def _identifier(kind: str, field: Field, told: Told) -> None:
    value = words(field.value)
    if value and (Identifier, kind, value) not in told:
        told[Identifier, kind, value] = Identifier(kind, value, field.address)


def _person(role: str, field: Field, told: Told) -> None:
    name = words(field.value)
    if name and (Person, role, name) not in told:
        told[Person, role, name] = Person(role, name, field.address)


def _text(kind: str, field: Field, told: Told) -> None:
    value = words(field.value)
    if value is None:
        return
    found = [value]
    if value.startswith("<Categories>") and len(told) < MOST_CATEGORIES:
        # ACDSee writes its tree of categories as XML inside a value
        found = [name for name in map(words, _CATEGORY.findall(value)) if name]
    for each in found:
        if (Text, kind, each) not in told:
            told[Text, kind, each] = Text(kind, each, field.address)


def _software(_: str, field: Field, told: Told) -> None:
    name = words(field.value)
    if name and (Software, name) not in told:
        told[Software, name] = Software(name, field.address)


def _place(kind: str, pieces: Pieces, told: Told) -> None:
    if "latitude" not in pieces or "longitude" not in pieces:
        return
    latitude = _degrees(pieces["latitude"], pieces.get("latitude_ref"), "NS")
    longitude = _degrees(pieces["longitude"], pieces.get("longitude_ref"), "EW")
    said = (Place, latitude, longitude, kind)
    if valid_position(latitude, longitude) and said not in told:
        accuracy, address = _metres(pieces.get("accuracy")), pieces["latitude"].address
        told[said] = Place(latitude, longitude, accuracy, None, address, kind)


def _position(pieces: Pieces, told: Told) -> None:
    _place("position", pieces, told)


def _destination(pieces: Pieces, told: Told) -> None:
    _place("destination", pieces, told)


def _named(pieces: Pieces, told: Told) -> None:
    """A place in words, from the street to the country."""
    parts: dict[str, Field] = {}
    for piece in ("street", "landmark", "city", "state", "country"):
        if piece in pieces and (name := words(pieces[piece].value)):
            parts.setdefault(name, pieces[piece])
    whole = ", ".join(parts)
    if parts and (Place, whole) not in told:
        first = next(iter(parts.values()))
        told[Place, whole] = Place(None, None, None, whole, first.address, "named")


def _device(pieces: Pieces, told: Told) -> None:
    make, model = (words(pieces[p].value) if p in pieces else None for p in ("make", "model"))
    if (make or model) and (Device, make, model) not in told:
        told[Device, make, model] = Device(make, model, pieces["model" if model else "make"].address)


def _region(pieces: Pieces, told: Told) -> None:
    """A marked face with a name. Pets, focus points and barcodes are not people (MWG 2.0, 5.9)."""
    kind = words(pieces["type"].value) if "type" in pieces else None
    if "name" in pieces and (kind is None or kind.casefold() == "face"):
        _person("depicted", pieces["name"], told)


_ALONE: Mapping[Sort, Tell] = {
    Sort.TIME: _time,
    Sort.IDENTIFIER: _identifier,
    Sort.PERSON: _person,
    Sort.TEXT: _text,
    Sort.SOFTWARE: _software,
}
_WHOLES: Mapping[str, Callable[[Pieces, Told], None]] = {
    "position": _position,
    "drone": _position,
    "destination": _destination,
    "named": _named,
    "device": _device,
    "exif device": _device,
    "region": _region,
}


def _degrees(field: Field, ref: Field | None, letters: str) -> float | None:
    """Degrees from ``51,30.5N``, ``51,30,15N`` (XMP part 2, GPSCoordinate) or ``-0.12``, or written more loosely; None when it is neither.

    `letters` are the two directions of this axis, the negative one last. A direction that stands in a property of
    its own, `ref`, counts when the value has none.
    """
    written = (words(field.value) or "").upper()
    found = (
        _COORDINATE.fullmatch(written)
        or _COORDINATE.fullmatch(_divided(written))
        or _COORDINATE.fullmatch(_loose(written))
    )
    if found is None:
        return None
    sign, degrees, minutes, seconds, letter = found.groups()
    if not letter and not sign and ref is not None:
        letter = (words(ref.value) or "")[:1].upper()
    if (letter and letter not in letters) or (sign == "-" and letter == letters[0]):
        return None
    if float(minutes or 0) >= 60 or float(seconds or 0) > 60:
        return None
    size = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -size if sign == "-" or letter == letters[1] else size


def _divided(written: str) -> str:
    """``55,54,40.74`` for ``55/1 54/1 4074/100``, as some programs copy EXIF's rationals."""
    found = _RATIONALS.fullmatch(written)
    numbers = [int(n) for n in found.groups()] if found else []
    if not all(numbers[1::2]) or not numbers:
        return ""
    return ",".join(f"{numbers[i] / numbers[i + 1]:.9f}" for i in (0, 2, 4))


def _loose(written: str) -> str:
    """``48,8,12N`` for ``48° 8' 12" N`` or ``N48.1``, as people and careless programs write it."""
    if _LOOSE.fullmatch(written) is None:
        return ""
    return ",".join(_NUMBER.findall(written)) + "".join(_LETTER.findall(written))


def _metres(field: Field | None) -> float | None:
    """Metres from ``4.5`` or ``45/10``; None when it is neither, or nothing."""
    found = _METRES.fullmatch(words(field.value) or "") if field else None
    if found is None:
        return None
    value, divisor = float(found[1]), float(found[2] or 1)
    return value / divisor if value and divisor else None
