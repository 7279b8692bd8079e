"""HTML reports in code, and examinations as they come from a large collection."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from exposure.model import (
    CollectionFinding,
    Confidence,
    Device,
    Evidence,
    Examination,
    Identifier,
    Level,
    Person,
    Place,
    Question,
    Secret,
    Software,
    Text,
    Time,
)
from exposure.post import Inventory, PostExamination
from exposure.reports.html import HTML
from tests.make.examinations import ARTIST, POSITION, at, examination, finding, heading, home

CANARIES = ("48.137", "11.5755", "Marienplatz", "DXZ00", "Anna", "Schmidt", "second floor")
"""What stands in `EVERY_FACT` and must not stand in a masked report."""


def page(
    photos: Iterable[Examination],
    together: Sequence[CollectionFinding] = (),
    posts: Iterable[PostExamination] = (),
    archives: Sequence[Inventory] = (),
    **options: Any,
) -> str:
    """The whole report of these photos and posts."""
    out = io.StringIO()
    writing = HTML.begin(out, heading(**options))
    for photo in photos:
        writing.photo(photo)
    for post in posts:
        writing.post(post)
    writing.end(together, archives)
    return out.getvalue()


def plan(**more: Any) -> CollectionFinding:
    """The plan over everything."""
    words: dict[str, Any] = {
        "rule": "fix-first",
        "message": "Clean these 3 of 214 photos first.",
        "why": ("they carry most of what a stranger could guess",),
        "could_be_wrong_if": ("copies that you posted already stay as they are",),
        "after": "a stranger can no longer tell where you live",
        "place": None,
        "radius_m": None,
        **more,
    }
    return home(**words)


def many(number: int, seed: int = 1) -> Iterator[Examination]:
    """Photos of some years, as many findings and facts in each as a phone's photos have."""
    random = Random(seed)
    for n in range(number):
        yield _photo(random, n)


def _photo(random: Random, n: int) -> Examination:
    name = f"photos/20{18 + n * 6 // 20_000:02}/PXL_{20180101 + n}_{random.randrange(10**9):09}.jpg"
    north, east = 48.1 + random.gauss(0, 0.2), 11.6 + random.gauss(0, 0.2)
    if n % 10 == 0:
        north, east = random.uniform(-50, 65), random.uniform(-170, 170)
    taken = f"20{18 + n * 6 // 20_000:02}-{n % 12 + 1:02}-{n % 28 + 1:02}T{random.randrange(7, 23):02}:{n % 60:02}:00"
    offset = "+02:00" if n % 3 else None
    model = ("Pixel 7a", "EOS 80D", "iPhone 12")[n % 7 % 3]
    facts = (
        Place(north, east, 4.8, None, POSITION),
        Time("taken", taken, offset, at("EXIF:Exif IFD:DateTimeOriginal")),
        Time("digitized", taken, offset, at("EXIF:Exif IFD:DateTimeDigitized")),
        Time("modified", taken, offset, at("EXIF:IFD0:DateTime")),
        Device("Acme", model, at("EXIF:IFD0:Make")),
        Identifier("serial", f"DXZ{n % 7:07}", at("EXIF:Exif IFD:BodySerialNumber")),
        Person("depicted", ("Anna Schmidt", "Ben Okoro", "Carla Ruiz")[n % 3], at("XMP:mwg-rs:RegionName")),
        Text("description", f"A walk by the river, number {n}", at("EXIF:IFD0:ImageDescription")),
        Software("HDR+ 1.0.540104767zd", at("EXIF:IFD0:Software")),
    )
    position = Evidence(POSITION, f"{north:.6f}, {east:.6f}", Secret.PLACE)
    return examination(name, *_found(position, model, taken), facts=facts)


def _found(position: Evidence, model: str, taken: str) -> Iterator[Any]:
    yield finding("gps-position", Level.HIGH, position)
    yield finding(
        "owner-name", Level.MEDIUM, Evidence(ARTIST, "Anna Schmidt", Secret.NAME), question=Question.WHO
    )
    yield finding(
        "camera-model",
        Level.LOW,
        Evidence(at("EXIF:IFD0:Model"), model),
        question=Question.LINKS,
        confidence=Confidence.FIRM,
    )
    yield finding(
        "capture-time",
        Level.LOW,
        Evidence(at("EXIF:Exif IFD:DateTimeOriginal"), taken),
        question=Question.HISTORY,
    )
