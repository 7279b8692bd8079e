"""Examinations in code: what a scan hands to a report, without reading any file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Device,
    Evidence,
    Examination,
    Examined,
    Fact,
    Facts,
    Finding,
    Identifier,
    Level,
    Person,
    Picture,
    Place,
    Problem,
    Question,
    Secret,
    Settings,
    Software,
    Text,
    Time,
)
from exposure.plugins import Heading, Writer
from exposure.post import Account, Inventory, PostExamination
from exposure.source import Range


def at(path: str, *ranges: tuple[int, int], indirect: bool = False) -> Address:
    """``at("EXIF:IFD0:Artist", (100, 12))``"""
    return Address(path, tuple(Range(*r) for r in ranges or ((100, 8),)), indirect)


POSITION = at("EXIF:GPS IFD:GPSLatitude", (200, 24), (230, 24))
ARTIST = at("EXIF:IFD0:Artist", (300, 13))

EVERY_FACT: tuple[Fact, ...] = (
    Place(48.137222, 11.5755, 5.0, "Marienplatz 1", POSITION),
    Time("taken", "2024-05-03T18:00:00", "+02:00", at("EXIF:Exif IFD:DateTimeOriginal")),
    Device("Acme", "Shutter 9", at("EXIF:IFD0:Make")),
    Identifier("serial", "DXZ0012345", at("EXIF:Exif IFD:BodySerialNumber")),
    Person("creator", "Anna Schmidt", ARTIST),
    Text("description", "Our new flat, second floor", at("EXIF:IFD0:ImageDescription")),
    Software("Paint 3", at("EXIF:IFD0:Software")),
    Picture("thumbnail", 5000, 4000, at("EXIF:IFD1:JPEGInterchangeFormat"), "JPEG", None),
)


def finding(
    rule: str = "gps-position", level: Level = Level.HIGH, *evidence: Evidence, **more: Any
) -> Finding:
    """``finding("owner-name", Level.MEDIUM, Evidence(ARTIST, "Anna", Secret.NAME))``"""
    words = {
        "confidence": Confidence.CERTAIN,
        "question": Question.WHERE,
        "message": "Anyone who gets this file can put a pin where it was taken.",
        "reason": "",
        "remedy": "Leave out the location when you share it.",
        "gate": level,
        "command": "clean",
        **more,
    }
    shown = evidence or (Evidence(POSITION, "48.137222, 11.575500", Secret.PLACE),)
    return Finding(rule=rule, level=level, evidence=shown, **words)


def examination(
    name: str = "beach.jpg",
    *found: Finding,
    facts: tuple[Fact, ...] = (),
    problems: tuple[Problem, ...] = (),
    examined: Examined = Examined.COMPLETE,
    format: str = "JPEG",
    media: str = "",
) -> Examination:
    """``examination("a.jpg", finding(), facts=EVERY_FACT)``"""
    return Examination(name, format, examined, Facts.sorted(facts), found, problems, media)


def other(name: str = "letter.pdf") -> Examination:
    return examination(name, format="unknown", examined=Examined.NONE, media="other")


def video(name: str = "clip.mp4", media: str = "MP4 video") -> Examination:
    return examination(name, format="unknown", examined=Examined.NONE, media=media)


def broken(name: str, message: str, examined: Examined = Examined.PARTIAL) -> Examination:
    return examination(name, problems=(Problem("APP1", message),), examined=examined)


def home(**more: Any) -> CollectionFinding:
    """A collection finding with every key set."""
    words: dict[str, Any] = {
        "rule": "likely-home",
        "level": Level.CRITICAL,
        "confidence": Confidence.FIRM,
        "question": Question.WHERE,
        "message": "A stranger would guess that this is where you live.",
        "why": ("12 visits on 9 nights",),
        "could_be_wrong_if": ("you stayed with friends",),
        "evidence": ("a.jpg", "b.jpg"),
        "fix": ("a.jpg", "b.jpg", "c.jpg"),
        "after": "no place stands out",
        "place": Place(48.137222, 11.5755, None, "Munich", POSITION),
        "radius_m": 90.0,
        **more,
    }
    return CollectionFinding(**words)


def written(
    writer: Writer,
    *photos: Examination,
    collection: Sequence[CollectionFinding] = (),
    posts: Iterable[PostExamination] = (),
    archives: Sequence[Inventory] = (),
    out: io.StringIO | None = None,
    **options: Any,
) -> str:
    """The report of these photos and posts, under a `heading` with these options."""
    out = out or io.StringIO()
    writing = writer.begin(out, heading(**options))
    for photo in photos:
        writing.photo(photo)
    for post in posts:
        writing.post(post)
    writing.end(collection, archives)
    return out.getvalue()


def heading(
    *,
    reveal: bool = False,
    paths: tuple[str, ...] = ("photos",),
    after: bool = False,
    accounts: tuple[Account, ...] = (),
    **settings: Any,
) -> Heading:
    return Heading("1.2.3", Settings(today="2026-11-21", **settings), paths, reveal, after, accounts)
