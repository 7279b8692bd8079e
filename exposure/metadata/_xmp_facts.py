"""What XMP fields mean: the rows of `_xmp_rows` turned into places, times, people and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from exposure.metadata._meaning import moment, valid_position, words
from exposure.metadata._xmp_rows import ROWS, Row, Sort
from exposure.model import Device, Fact, Field, Identifier, Person, Place, Software, Text, Time

MOST_FACTS = 1_000
"""Of one type in one file; a list of a document's ancestors has been seen with ten thousand."""

_INDEX = re.compile(r"\[[^\]]*\]")
_CATEGORY = re.compile(r">([^<>]+)<")
_COORDINATE = re.compile(
    r"([+-]?)(\d{1,3}(?:\.\d{1,20})?)(?:,(\d{1,2}(?:\.\d{1,20})?))?(?:,(\d{1,2}(?:\.\d{1,20})?))? ?([NSEW]?)",
    re.ASCII,
)
_RATIONALS = re.compile(r"(\d{1,9})/(\d{1,9})[ ,]+(\d{1,9})/(\d{1,9})[ ,]+(\d{1,9})/(\d{1,9})", re.ASCII)
_METRES = re.compile(r"(\d{1,9}(?:\.\d{1,20})?)(?:/(\d{1,9}))?", re.ASCII)

_SAYS: Mapping[type, Callable[[Any], object]] = {
    Place: itemgetter(0, 1, 3, 5),
    Time: itemgetter(0, 1, 2),
    **dict.fromkeys((Device, Identifier, Person, Text), itemgetter(0, 1)),
    Software: itemgetter(0),
}
"""A fact without its address."""

Pieces = Mapping[str, Field]


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    """The facts of one file's XMP fields, each once: where several properties say the same, the first stands."""
    told: dict[type, set[object]] = {}
    for fact in _facts(fields):
        sort = type(fact)
        what = _SAYS[sort](fact)
        said = told.setdefault(sort, set())
        if what not in said and len(said) < MOST_FACTS:
            said.add(what)
            yield fact


def _facts(fields: Iterable[Field]) -> Iterator[Fact]:
    """Facts that one property gives at once; then those that several give together."""
    together: dict[tuple[int, str, str], dict[str, Field]] = {}
    for field in fields:
        rows = ROWS.get(field.group)
        if rows is None or not field.value:
            continue
        row = _row(rows, field.name)
        if row is None:
            continue
        sort, kind, piece = row
        if sort is Sort.TOGETHER:
            whole = (id(field.window), kind, field.name.rpartition("/")[0])
            together.setdefault(whole, {}).setdefault(piece, field)
        else:
            yield from _ALONE[sort](kind, field)
    for (_, kind, _), pieces in together.items():
        yield from _WHOLES[kind](pieces)


def _row(rows: Mapping[str, Row], name: str) -> Row | None:
    """The row of a property: by its path without indexes, or by the last component of it, in any case of letters."""
    name = name.lower()
    if row := rows.get(name):
        return row
    if "[" in name:
        name = _INDEX.sub("", name)
        if row := rows.get(name):
            return row
    return rows.get(f"*/{name.rpartition('/')[2]}") if "/" in name else None


def _time(kind: str, field: Field) -> Iterator[Fact]:
    if found := moment(field.value):
        local, offset = found
        yield Time(kind, local, offset, field.address, field.path if offset else None)


def _identifier(kind: str, field: Field) -> Iterator[Fact]:
    if value := words(field.value):
        yield Identifier(kind, value, field.address)


def _person(role: str, field: Field) -> Iterator[Fact]:
    if name := words(field.value):
        yield Person(role, name, field.address)


def _text(kind: str, field: Field) -> Iterator[Fact]:
    value = words(field.value)
    if value is None:
        return
    if value.startswith("<Categories>"):  # ACDSee writes its tree of categories as XML inside a value
        for category in _CATEGORY.findall(value):
            if name := words(category):
                yield Text(kind, name, field.address)
        return
    yield Text(kind, value, field.address)


def _software(_: str, field: Field) -> Iterator[Fact]:
    if name := words(field.value):
        yield Software(name, field.address)


def _place(kind: str, pieces: Pieces) -> Iterator[Fact]:
    if "latitude" not in pieces or "longitude" not in pieces:
        return
    latitude = _degrees(pieces["latitude"], pieces.get("latitude_ref"), "NS")
    longitude = _degrees(pieces["longitude"], pieces.get("longitude_ref"), "EW")
    if valid_position(latitude, longitude):
        yield Place(
            latitude, longitude, _metres(pieces.get("accuracy")), None, pieces["latitude"].address, kind
        )


def _position(pieces: Pieces) -> Iterator[Fact]:
    return _place("position", pieces)


def _destination(pieces: Pieces) -> Iterator[Fact]:
    return _place("destination", pieces)


def _named(pieces: Pieces) -> Iterator[Fact]:
    """A place in words, from the street to the country."""
    parts: dict[str, Field] = {}
    for piece in ("street", "landmark", "city", "state", "country"):
        if piece in pieces and (name := words(pieces[piece].value)):
            parts.setdefault(name, pieces[piece])
    if parts:
        yield Place(None, None, None, ", ".join(parts), next(iter(parts.values())).address, "named")


def _device(pieces: Pieces) -> Iterator[Fact]:
    make, model = (words(pieces[p].value) if p in pieces else None for p in ("make", "model"))
    if make or model:
        yield Device(make, model, pieces["model" if model else "make"].address)


def _region(pieces: Pieces) -> Iterator[Fact]:
    """A marked face with a name. Pets, focus points and barcodes are not people (MWG 2.0, 5.9)."""
    kind = words(pieces["type"].value) if "type" in pieces else None
    if "name" in pieces and (kind is None or kind.casefold() == "face"):
        yield from _person("depicted", pieces["name"])


_ALONE: Mapping[Sort, Callable[[str, Field], Iterator[Fact]]] = {
    Sort.TIME: _time,
    Sort.IDENTIFIER: _identifier,
    Sort.PERSON: _person,
    Sort.TEXT: _text,
    Sort.SOFTWARE: _software,
}
_WHOLES: Mapping[str, Callable[[Pieces], Iterator[Fact]]] = {
    "position": _position,
    "drone": _position,
    "destination": _destination,
    "named": _named,
    "device": _device,
    "exif device": _device,
    "region": _region,
}


def _degrees(field: Field, ref: Field | None, letters: str) -> float | None:
    """Degrees from ``51,30.5N``, ``51,30,15N`` (XMP part 2, GPSCoordinate) or ``-0.12``; None when it is neither.

    `letters` are the two directions of this axis, the negative one last. A direction that stands in a property of
    its own, `ref`, counts when the value has none.
    """
    written = (words(field.value) or "").upper()
    found = _COORDINATE.fullmatch(written) or _COORDINATE.fullmatch(_divided(written))
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


def _metres(field: Field | None) -> float | None:
    """Metres from ``4.5`` or ``45/10``; None when it is neither, or nothing."""
    found = _METRES.fullmatch(words(field.value) or "") if field else None
    if found is None:
        return None
    value, divisor = float(found[1]), float(found[2] or 1)
    return value / divisor if value and divisor else None
