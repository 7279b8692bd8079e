"""Photos for rule tests, made from the facts and fields that are in them; no file is read."""

from __future__ import annotations

from typing import Any

from exposure.model import Address, Examined, Fact, Facts, Field, Kind, Photo, Problem
from exposure.source import Range
from tests.make import window

HERE = Address("EXIF:IFD0:Test", (Range(10, 4),), False)


def photo(
    *facts: Fact, fields: tuple[Field, ...] = (), problems: tuple[Problem, ...] = (), **more: Any
) -> Photo:
    """``photo(Place(48.1, 11.6, None, None, HERE), name="beach.jpg")``"""
    more = {"name": "a.jpg", "format": "JPEG", "examined": Examined.COMPLETE, **more}
    return Photo(fields=fields, facts=Facts.sorted(facts), problems=problems, **more)


def field(path: str, value: object) -> Field:
    """``field("EXIF:GPS IFD:GPSAltitude", 35.0)``"""
    kind, group, name = path.split(":", 2)
    return Field(Kind(kind), group, name, value, window(b"\0" * 64), 0, 4)
