"""Everything in one file, for ``exposure show``: what was found, what it means, its fields, its bytes part by part.

Plain lines that can be searched and piped on; only sentences are wrapped. Without `reveal` a value that may tell something is masked: those
that fed a fact or a finding by their kind, and any other text, bytes or position by how much there is of it.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from exposure.metadata._second_reader import SecondReading, SecondTag
from exposure.model import (
    Device,
    Evidence,
    Examined,
    Fact,
    Facts,
    Field,
    Finding,
    Identifier,
    Part,
    Person,
    Photo,
    Picture,
    Place,
    Secret,
    Software,
    Text,
    Time,
)
from exposure.reports._commands import for_file
from exposure.reports._words import QUESTIONS, SURENESS, capital, count, sentence, shown, title, titles
from exposure.source import Range
from exposure.text import length, masked, plain, rounded

_LONGEST = 4_000
"""Characters of a revealed value."""

_SHORT = 200
_FEW = 4
"""A list of more numbers than this may spell a word or a position."""

_WIDEST = 100
"""Columns of a sentence."""

_MOST_RANGES = 8
_PLAIN = frozenset(
    (
        *("Make", "Model", "LensMake", "LensModel", "Software"),
        *(
            "ExifVersion",
            "FlashPixVersion",
            "YCbCrPositioning",
            "InteroperabilityIndex",
            "ComponentsConfiguration",
        ),
    )
)
"""Values that no person chose; shown even where no fact was made of them."""

_TELLING = ("gps", "latitude", "longitude", "location", "position", "serial", "unique", "uuid", "guid")
"""A field with one of these in its name is masked, whatever type its value has."""

_SECRETS: dict[type, Secret] = {
    Place: Secret.PLACE,
    Identifier: Secret.SERIAL,
    Person: Secret.NAME,
    Text: Secret.TEXT,
}

_EXAMINED = {
    Examined.COMPLETE: "every byte is accounted for",
    Examined.BOUNDED: "all that the file declares was read; the picture itself is packed and was not searched",
    Examined.PARTIAL: "something could not be read",
    Examined.NONE: "nothing could be read",
}


def write_file(
    photo: Photo,
    findings: tuple[Finding, ...],
    out: TextIO,
    reveal: bool,
    second: Sequence[SecondReading] = (),
) -> None:
    """Write all there is to say about one photo; `second` is what another program makes of it."""
    for line in _lines(photo, findings, reveal, second):
        out.write(line + "\n")


def _lines(
    photo: Photo, findings: tuple[Finding, ...], reveal: bool, second: Sequence[SecondReading]
) -> Iterator[str]:
    yield plain(photo.name, _LONGEST)
    size = f", {photo.width} x {photo.height} pixels" if photo.width and photo.height else ""
    yield f"{plain(photo.format)}, {count(photo.size, 'byte')}{size}"
    yield f"Examined: {photo.examined.value} ({_EXAMINED[photo.examined]})"
    if not reveal:
        yield "Values are partly hidden (“masked”); --reveal shows them."
    if photo.problems:
        yield from _heading("Could not be read", len(photo.problems))
        yield from (f"  {plain(p.where, _SHORT)}: {sentence(p.message)}" for p in photo.problems)
    yield from _heading("Findings", len(findings))
    yield from _findings(findings, photo.name, reveal)
    yield from _facts(photo, reveal)
    yield from _heading("Fields", len(photo.fields))
    secrets = {} if reveal else _secrets(photo, findings)
    for each in photo.fields:
        yield f"  {plain(each.path, _SHORT)} = {_value(each, secrets, reveal)}"
        yield f"      {_ranges(each.address.ranges, each.address.indirect)}"
    yield from _second(second, reveal)
    yield from _heading("Metadata blocks", len(photo.blocks))
    for block in photo.blocks:
        yield f"  {block.kind.value} in {plain(block.where)}: {_ranges(block.window.ranges(), block.window.indirect)}"
    yield from _heading("Byte map (first byte, length, role, place)", len(photo.parts))
    yield from map(_part, photo.parts)


def _heading(words: str, number: int) -> tuple[str, str]:
    return "", f"{words}: {number:,}" if number else f"{words}: none"


def _part(part: Part) -> str:
    kind = f", {part.kind.value}" if part.kind is not None else ""
    searched = "" if part.searched else ", not searched"
    return (
        f"  {part.offset:>12,} + {part.length:<12,} {part.role.value:<9}  {plain(part.where)}{kind}{searched}"
    )


def _ranges(ranges: tuple[Range, ...], indirect: bool) -> str:
    """``bytes 200 to 223, 230 to 253``; both ends are counted in."""
    if not ranges:
        return "no bytes of this file"
    spans = [f"{r.offset:,} to {r.offset + r.length - 1:,}" for r in ranges[:_MOST_RANGES] if r.length > 0]
    more = f" and {len(ranges) - _MOST_RANGES:,} more" if len(ranges) > _MOST_RANGES else ""
    return ("packed in bytes " if indirect else "bytes ") + (", ".join(spans) + more or "none")


def _secrets(photo: Photo, findings: tuple[Finding, ...]) -> dict[str, Secret]:
    """How the value at each path is masked: as the finding or the fact it fed says, the finding first."""
    secrets: dict[str, Secret] = {}
    for fact in _every(photo.facts):
        secret, path = _SECRETS.get(type(fact), Secret.NONE), fact.address.path
        if secret is not Secret.NONE or path not in secrets:
            secrets[path] = secret
    for finding in findings:
        for evidence in finding.evidence:
            if evidence.secret is not Secret.NONE:
                secrets[evidence.address.path] = evidence.secret
    return secrets


def _value(field: Field, secrets: Mapping[str, Secret], reveal: bool) -> str:
    value = field.value
    if value in ("", b""):
        return "(empty)"
    if reveal:
        return plain(value.hex(" ") if isinstance(value, bytes) else value, _LONGEST)
    secret = secrets.get(field.path, Secret.NONE if field.name in _PLAIN else None)
    if secret is None and any(word in field.name.casefold() for word in _TELLING):
        return "(masked)"
    if isinstance(value, str):
        return (
            plain(value)
            if secret is Secret.NONE
            else plain(masked(value, secret or Secret.TEXT)) + " (masked)"
        )
    if secret not in (None, Secret.NONE):
        return "(masked)"
    if isinstance(value, bytes):
        return f"{length(value)} (masked)"
    if isinstance(value, tuple) and (
        len(value) > _FEW or not all(isinstance(each, int | float | None) for each in value)
    ):
        return f"{count(len(value), 'value')} (masked)"
    return plain(value)


def _facts(photo: Photo, reveal: bool) -> Iterator[str]:
    facts = _every(photo.facts)
    yield from _heading("What that means", len(facts))
    for fact in facts:
        yield f"  {_meaning(fact, reveal)}"
        yield f"      from {plain(fact.address.path, _SHORT)}"


def _every(facts: Facts) -> list[Fact]:
    found: list[Fact] = [*facts.places, *facts.times, *facts.devices, *facts.identifiers]
    found += [*facts.people, *facts.texts, *facts.software, *facts.pictures]
    return found


def _meaning(fact: Fact, reveal: bool) -> str:
    match fact:
        case Place():
            return f"place ({plain(fact.kind)}): {_place(fact, reveal)}"
        case Time():
            return (
                f"time ({plain(fact.kind)}): {plain(fact.local)} {plain(fact.utc_offset or 'zone unknown')}"
            )
        case Device():
            return f"device: {plain(' '.join(filter(None, (fact.make, fact.model))))}"
        case Identifier():
            return f"{plain(fact.kind)}: {_said(fact.value, Secret.SERIAL, reveal)}"
        case Person():
            return f"{plain(fact.role)}: {_said(fact.name, Secret.NAME, reveal)}"
        case Text():
            return f"{plain(fact.kind)}: {_said(fact.value, Secret.TEXT, reveal)}"
        case Software():
            return f"software: {plain(fact.name)}"
        case Picture():
            return _picture(fact)


def _said(value: str, secret: Secret, reveal: bool) -> str:
    return plain(value, _LONGEST) if reveal else plain(masked(value, secret)) + " (masked)"


def _place(place: Place, reveal: bool) -> str:
    north, east = (
        (place.latitude, place.longitude) if reveal else (rounded(place.latitude), rounded(place.longitude))
    )
    parts = [] if north is None or east is None else [f"{north}, {east}"]
    if place.name:
        parts.append(plain(place.name, _LONGEST) if reveal else f"a name of {length(place.name)}")
    if place.accuracy_m is not None:
        parts.append(f"to within {place.accuracy_m:g} m")
    return ", ".join(parts) + ("" if reveal else " (masked)")


def _picture(picture: Picture) -> str:
    kind = f" ({plain(picture.format)})" if picture.format else ""
    alike = "" if picture.likeness is None else f", {picture.likeness:.2f} alike (1 is the same)"
    return f"{plain(picture.kind)}{kind}: {count(picture.length, 'byte')} at {picture.offset:,}{alike}"


def _findings(findings: tuple[Finding, ...], name: str, reveal: bool) -> Iterator[str]:
    if not findings:
        yield "  That does not mean safe: exposure does not see what the picture itself shows."
        return
    known = titles()
    found = sorted(findings, key=lambda f: (-f.level, -f.confidence, f.rule))
    for finding in found:
        names = ", ".join(filter(None, (SURENESS[finding.confidence], plain(finding.rule))))
        yield ""
        yield f"  {finding.level.word.upper()}: {title(finding.rule, known)} ({names})"
        yield from _wrapped(f"{QUESTIONS[finding.question]} {sentence(finding.message)}")
        if finding.reason:
            yield from _wrapped(capital(sentence(finding.reason)))
        yield from _wrapped(f"What to do: {sentence(finding.remedy)}")
        if finding.command:
            yield f"      {for_file(finding.command, name)}"
        yield from (f"      {_proof(e, reveal)}" for e in finding.evidence)
    yield ""
    yield f"  The names in brackets have a page each: exposure rules {plain(found[0].rule)}"


def _wrapped(words: str) -> list[str]:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.wrap(words, max(width, 40), initial_indent=" " * 6, subsequent_indent=" " * 6)


def _second(readings: Sequence[SecondReading], reveal: bool) -> Iterator[str]:
    """The tags that ExifRead sees, block by block."""
    if not readings:
        return
    yield from _heading("What ExifRead, a second reader, makes of it", sum(len(r.tags) for r in readings))
    for reading in readings:
        yield f"  {plain(reading.where, _SHORT)}:"
        if reading.problem:
            yield from _wrapped(plain(reading.problem, _SHORT))
        yield from (f"      {plain(tag.name, _SHORT)} = {_second_value(tag, reveal)}" for tag in reading.tags)
    if any(tag.name.startswith("MakerNote ") for reading in readings for tag in reading.tags):
        yield "  What begins with MakerNote stands in the private notes of the camera's maker and goes when they go."


def _second_value(tag: SecondTag, reveal: bool) -> str:
    name = tag.name.rpartition(" ")[2]
    if not tag.words:
        return "(empty)"
    if reveal or name in _PLAIN or name.startswith("DateTime"):
        return plain(tag.words, _SHORT)
    if any(word in tag.name.casefold() for word in _TELLING):
        return "(masked)"
    if not tag.telling:
        return plain(tag.words)
    return "(masked)" if tag.words.startswith("[") else f"{length(tag.words)} (masked)"


def _proof(evidence: Evidence, reveal: bool) -> str:
    value = shown(evidence, reveal, _LONGEST if reveal else _SHORT)
    address = evidence.address
    return f"{plain(address.path, _SHORT)} = {value}, {_ranges(address.ranges, address.indirect)}"
