"""Every photo as one compact row of plain data, from which the page's script makes the list.

A row is a JSON array in the order of `Row`, whose names the script gets too. Words that many photos share are written
once, after all rows, and a row holds their number. Of each photo's fields only so many are told, and how many more
there are.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any, NamedTuple

from exposure.collection import Collection
from exposure.model import (
    Device,
    Evidence,
    Examination,
    Examined,
    Fact,
    Finding,
    Identifier,
    Person,
    Picture,
    Place,
    Secret,
    Software,
    Text,
    Time,
)
from exposure.plugins import CLEAN, RENAME
from exposure.reports._commands import for_file
from exposure.reports._html._values import Value, place, value
from exposure.reports._words import sentence
from exposure.taken import NO_OFFSET, UNKNOWN
from exposure.text import plain, rounded

Words = int | str
"""The number of words that many rows share, or the words themselves."""


class Row(NamedTuple):
    """One photo in the list."""

    name: str
    format: Words
    examined: int
    """How much of it was looked at: a place in `Examined`."""
    media: str
    """The kind of media, for what is not read."""
    taken: str
    """The local clock's time, empty when unknown."""
    offset: str
    """Of that clock from UTC, empty when unknown."""
    area: int
    """The number of the area where it was taken; -1 when unknown."""
    camera: Words
    findings: list[list[Any]]
    """Each as rule, level, confidence, message, reason, remedy, and evidence: field, value, masked, in full."""
    fields: list[list[Any]]
    """Each as kind, field, value, masked, in full."""
    more: int
    """How many fields there are besides."""
    problems: list[list[Words]]
    """Each as place and message."""
    command: str
    """What gets a clean copy of it; empty where no finding asks for one."""
    thumbnail: str = ""
    """A WebP picture in base64."""


NO_ZONE = "time zone not given"

_MOST_EVIDENCE = 4
_MOST_FACTS = 40
_MOST_PROBLEMS = 5
_MOST_WORDS = 40_000
"""Words that are written once; later ones stand in each row that has them."""
_LONGEST_NAME = 400
_LONGEST_CAMERA = 60

_EXAMINED = list(Examined)


class Shared:
    """Words that many rows share."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, words: str) -> Words:
        """What stands for them in a row."""
        number = self._numbers.get(words)
        if number is None:
            if len(self._numbers) >= _MOST_WORDS:
                return words
            number = self._numbers[words] = len(self._numbers)
        return number

    def all(self) -> list[str]:
        """In the order of their numbers."""
        return list(self._numbers)


class Area(NamedTuple):
    """A square of 0.1 degree, by the position that all in it are rounded to, in tenths."""

    north: int
    east: int

    @classmethod
    def around(cls, latitude: float, longitude: float) -> Area | None:
        """The one that a position is in; None for what is none."""
        north, east = rounded(latitude), rounded(longitude)
        return None if north is None or east is None else cls(round(north * 10), round(east * 10))


class Rows:
    """What is needed to make rows: what they share, and the packed columns that the photo was just added to."""

    __slots__ = ("_collection", "_reveal", "areas", "words")

    def __init__(self, collection: Collection, reveal: bool) -> None:
        self._collection, self._reveal = collection, reveal
        self.words = Shared()
        self.areas: dict[Area, int] = {}

    def row(self, examination: Examination, counted: bool) -> Row:
        """One photo; `counted`: the collection's last one is this."""
        words = self.words
        taken, offset, area = self._known() if counted else ("", "", -1)
        facts = list(_facts(examination))
        return Row(
            plain(examination.name, _LONGEST_NAME),
            words(plain(examination.format)),
            _EXAMINED.index(examination.examined),
            plain(examination.media),
            taken,
            offset,
            area,
            words(camera(examination)),
            [self._finding(finding) for finding in examination.findings],
            [self._fact(fact) for fact in facts[:_MOST_FACTS]],
            max(0, len(facts) - _MOST_FACTS),
            [
                [words(plain(p.where)), words(sentence(p.message))]
                for p in examination.problems[:_MOST_PROBLEMS]
            ],
            _command(examination),
            b64encode(examination.thumbnail).decode(),
        )

    def _known(self) -> tuple[str, str, int]:
        """Local time, the offset of that clock, and the area."""
        all_of = self._collection
        seconds, minutes = all_of.taken[-1], all_of.offset[-1]
        place = Area.around(all_of.latitude[-1], all_of.longitude[-1])
        area = -1 if place is None else self.areas.setdefault(place, len(self.areas))
        if seconds == UNKNOWN:
            return "", "", area
        return clock(seconds), "" if minutes == NO_OFFSET else shift(minutes), area

    def _finding(self, finding: Finding) -> list[Any]:
        words = self.words
        return [
            words(plain(finding.rule)),
            int(finding.level),
            int(finding.confidence),
            words(sentence(finding.message)),
            words(sentence(finding.reason)),
            words(sentence(finding.remedy)),
            [self._evidence(each) for each in finding.evidence[:_MOST_EVIDENCE]],
        ]

    def _evidence(self, evidence: Evidence) -> list[Any]:
        shown = value(evidence.value, evidence.secret, self._reveal)
        return [self.words(plain(evidence.address.path)), *self._value(shown)]

    def _fact(self, fact: Fact) -> list[Any]:
        kind, shown = meaning(fact, self._reveal)
        return [self.words(kind), self.words(plain(fact.address.path)), *self._value(shown)]

    def _value(self, shown: Value) -> list[Any]:
        """The value; 1 when it is masked; the whole of it, where the page may hold it."""
        text = self.words(shown.text)
        if not shown.hidden:
            return [text]
        return [text, 1] if shown.full is None else [text, 1, shown.full]


def clock(seconds: int) -> str:
    """A local clock's time: ``2024-05-03 18:00:00``; seconds since 1970 on that clock."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"


def shift(minutes: int) -> str:
    """An offset from UTC: ``+02:00``."""
    sign, minutes = "-" if minutes < 0 else "+", abs(minutes)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


def camera(examination: Examination) -> str:
    """The first camera that is named; its maker's name once: ``NIKON D90``, not ``NIKON CORPORATION NIKON D90``."""
    named = ((d.make or "", d.model or "") for d in examination.facts.devices if d.make or d.model)
    make, model = next(named, ("", ""))
    begin = make.split()[:1]
    again = begin and model.casefold().startswith(begin[0].casefold())
    return plain(model if again else f"{make} {model}".strip(), _LONGEST_CAMERA)


def _command(examination: Examination) -> str:
    """What gets a clean copy of it; nothing where no finding asks for one."""
    commands = {finding.command for finding in examination.findings}
    wanted = RENAME if RENAME in commands else CLEAN if CLEAN in commands else ""
    return for_file(wanted, examination.name) if wanted else ""


def _facts(examination: Examination) -> Iterator[Fact]:
    facts = examination.facts
    for pile in (facts.places, facts.times, facts.people, facts.texts, facts.devices, facts.identifiers):
        yield from pile
    yield from facts.software
    yield from facts.pictures


def meaning(fact: Fact, reveal: bool) -> tuple[str, Value]:
    """What a fact is, and what it says."""
    match fact:
        case Place():
            return f"place ({plain(fact.kind)})", place(fact, reveal)
        case Time():
            zone = "UTC" if fact.kind in ("gps", "utc") else NO_ZONE
            zone = plain(fact.utc_offset) if fact.utc_offset else zone
            return f"time ({plain(fact.kind)})", Value(f"{plain(fact.local)} ({zone})")
        case Device():
            return "device", Value(plain(" ".join(filter(None, (fact.make, fact.model)))))
        case Identifier():
            return plain(fact.kind), value(fact.value, Secret.SERIAL, reveal)
        case Person():
            return plain(fact.role), value(fact.name, Secret.NAME, reveal)
        case Text():
            return plain(fact.kind), value(fact.value, Secret.TEXT, reveal)
        case Software():
            return "software", Value(plain(fact.name))
        case Picture():
            kind = f"{plain(fact.format)}, " if fact.format else ""
            return f"{plain(fact.kind)} inside", Value(f"{kind}{fact.length:,} bytes")
