"""Collections in code: photos as examinations with the facts that inferences look at, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from exposure.collection import Collection
from exposure.model import (
    Address,
    Claim,
    Device,
    Examination,
    Examined,
    Fact,
    Facts,
    Identifier,
    Person,
    Place,
    Text,
    Time,
)
from exposure.plugins import Inference

_WHERE = Address("EXIF:IFD0:Somewhere")

MONDAY = datetime(2024, 5, 6, 12)
"""Noon of a Monday."""


def shot(name: str, *facts: Fact) -> Examination:
    """``shot("a.jpg", taken(days=1), here(), camera())``"""
    return Examination(name, "JPEG", Examined.COMPLETE, Facts.sorted(facts))


def taken(offset: str | None = None, since: datetime = MONDAY, /, **later: float) -> Time:
    """``taken("+02:00", days=3, minutes=5)``"""
    moment = since + timedelta(**later)
    return Time("taken", moment.isoformat(timespec="seconds"), offset, _WHERE)


def here(north: float = 0.0, east: float = 0.0, radius: float | None = 5.0) -> Place:
    """So many metres to the north and east of a corner of Munich."""
    return Place(48.137 + north / 111_195, 11.575 + east / 74_200, radius, None, _WHERE)


def camera(model: str = "EOS R6", make: str = "Canon") -> Device:
    return Device(make, model, _WHERE)


def number(kind: str, value: str) -> Identifier:
    """``number("serial", "6784213")``"""
    return Identifier(kind, value, _WHERE)


def digits(seed: int) -> str:
    """A 128-bit identifier."""
    return f"{0x9E3779B97F4A7C15F39CC0605CEDC835 * (seed + 1) % (1 << 128):032x}"


def named(name: str, role: str = "depicted") -> Person:
    return Person(role, name, _WHERE)


def words(text: str) -> Text:
    return Text("description", text, _WHERE)


def collected(shots: Iterable[Examination], today: str = "2024-12-01") -> Collection:
    collection = Collection(today)
    for each in shots:
        collection.add(each)
    return collection


def claims(inference: Inference, *shots: Examination) -> list[Claim]:
    return list(inference.infer(collected(shots)))


def evidence(claim: Claim, *shots: Examination) -> list[str]:
    """The names of the photos that a claim on these rests on."""
    return [shots[photo].name for photo in claim.photos]
