"""Everything in one file: nothing is left out, nothing telling is shown unasked, nothing hostile gets through."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import (
    Address,
    Block,
    Evidence,
    Fact,
    Field,
    Finding,
    Identifier,
    Kind,
    Level,
    Part,
    Person,
    Photo,
    Place,
    Problem,
    Role,
    Secret,
    Text,
)
from exposure.reports._file import write_file
from exposure.source import Range
from tests.make import window
from tests.make.examinations import ARTIST, EVERY_FACT, POSITION, finding
from tests.rules.photos import field, photo


def written(shown: Photo, *findings: Finding, reveal: bool = False) -> str:
    out = io.StringIO()
    write_file(shown, findings, out, reveal)
    return out.getvalue()


def value_of(report: str, path: str) -> str:
    (line,) = (line for line in report.split("\n") if line.startswith(f"  {path} = "))
    return line.partition(" = ")[2]


def test_the_byte_map_names_every_part() -> None:
    parts = (
        Part(0, 2, Role.STRUCTURE, "SOI"),
        Part(2, 1234, Role.METADATA, "APP1", Kind.EXIF, Range(12, 1224)),
        Part(1236, 5_000_000, Role.PICTURE, "SOS", searched=False),
    )
    whole = window(bytes(64))
    blocks = (Block(Kind.EXIF, "APP1", whole.part(4, 20), whole),)
    report = written(photo(parts=parts, blocks=blocks, size=5_001_236, width=40, height=30))
    assert "JPEG, 5,001,236 bytes, 40 x 30 pixels\n" in report
    assert "           2 + 1,234        metadata   APP1, EXIF\n" in report
    assert "       1,236 + 5,000,000    picture    SOS, not searched\n" in report
    assert "  EXIF in APP1: bytes 4 to 23\n" in report


def test_fields_have_their_value_and_their_bytes() -> None:
    report = written(photo(fields=(field("EXIF:IFD0:Orientation", 6),)))
    assert "  EXIF:IFD0:Orientation = 6\n      bytes 0 to 3\n" in report


def test_packed_fields_say_where_they_were_packed() -> None:
    source = window(b"")
    packed = Field(Kind.TEXT, "zTXt", "Count", 3, source.packed(b"3", [Range(50, 20)]), 0, 1)
    assert "packed in bytes 50 to 69" in written(photo(fields=(packed,)))


@pytest.mark.parametrize(
    ("value", "fact", "shown"),
    [
        ("Anna Schmidt", lambda a: Person("creator", "Anna Schmidt", a), "A. S. (masked)"),
        ("DXZ0012345", lambda a: Identifier("serial", "DXZ0012345", a), "…2345 (masked)"),
        ("Our flat", lambda a: Text("comment", "Our flat", a), "8 characters (masked)"),
        ((48, 8, 14), lambda a: Place(48.1, 11.5, None, None, a), "(masked)"),
        (12345678, lambda a: Identifier("serial", "12345678", a), "(masked)"),
    ],
)
def test_a_field_that_fed_a_fact_is_masked_as_the_fact_is(value: object, fact: object, shown: str) -> None:
    path = "EXIF:IFD0:Something"
    made: Fact = fact(Address(path))  # type: ignore[operator]
    record = photo(made, fields=(field(path, value),))
    assert value_of(written(record), path) == shown
    assert "masked" not in written(record, reveal=True)


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("EXIF:IFD0:Unheard", "somebody's words", "16 characters (masked)"),
        ("EXIF:IFD0:Unheard", b"\1\2\3", "3 bytes (masked)"),
        ("EXIF:IFD0:Unheard", tuple(range(65, 90)), "25 values (masked)"),
        ("EXIF:IFD0:Unheard", ("a", "b"), "2 values (masked)"),
        ("EXIF:IFD0:Unheard", (1, 2.5, None), "1, 2.5, None"),
        ("EXIF:IFD0:Unheard", 2.8, "2.8"),
        ("EXIF:IFD0:Make", "Acme", "Acme"),
        ("EXIF:GPS IFD:GPSLongitude", (11, 34, 32), "(masked)"),
        ("XMP:exif:GPSLongitude", "11,34.5E", "(masked)"),
        ("EXIF:Exif IFD:BodySerialNumber", 1234567, "(masked)"),
    ],
)
def test_what_no_fact_knows_is_shown_only_when_it_can_tell_nothing(
    path: str, value: object, shown: str
) -> None:
    assert value_of(written(photo(fields=(field(path, value),))), path) == shown


def test_values_in_full_with_reveal() -> None:
    report = written(photo(fields=(field("EXIF:IFD0:Unheard", b"\1\xff"),)), reveal=True)
    assert value_of(report, "EXIF:IFD0:Unheard") == "01 ff"


def test_a_field_that_fed_a_finding_is_masked() -> None:
    found = finding("x", Level.LOW, Evidence(Address("EXIF:IFD0:Make"), "Anna's", Secret.NAME))
    report = written(photo(*EVERY_FACT, fields=(field("EXIF:IFD0:Make", "Anna's"),)), found)
    assert value_of(report, "EXIF:IFD0:Make") == "A. (masked)"
    assert "EXIF:IFD0:Make = A. (masked)" in report


def test_every_fact_is_told_masked_or_in_full() -> None:
    report = written(photo(*EVERY_FACT))
    for line in (
        "place (position): 48.1, 11.6, a name of 13 characters, to within 5 m (masked)",
        "time (taken): 2024-05-03T18:00:00 +02:00",
        "device: Acme Shutter 9",
        "serial: …2345 (masked)",
        "creator: A. S. (masked)",
        "description: 26 characters (masked)",
        "software: Paint 3",
        "thumbnail (JPEG): 4,000 bytes at 5,000",
    ):
        assert f"  {line}\n" in report
    revealed = written(photo(*EVERY_FACT), reveal=True)
    for value in ("48.137222", "Marienplatz 1", "DXZ0012345", "Anna Schmidt", "second floor"):
        assert value in revealed and value not in report


def test_findings_carry_their_proof() -> None:
    report = written(photo(), finding(reason="raised from medium: because"))
    assert "  HIGH: Exact place (gps-position)\n" in report and "exposure rules gps-position\n" in report
    assert "      Raised from medium: because\n" in report
    assert "EXIF:GPS IFD:GPSLatitude = 48.1, 11.6 (masked), bytes 200 to 223, 230 to 253\n" in report


def test_problems_and_emptiness_are_said() -> None:
    report = written(photo(problems=(Problem("APP1", "the EXIF block breaks off"),)))
    assert "  APP1: the EXIF block breaks off\n" in report
    assert "Fields: none\n" in report and "Findings: none\n" in report


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(), max_size=80), st.booleans())
def test_any_text_is_inert(words: str, reveal: bool) -> None:
    here = Address(words, POSITION.ranges)
    record = photo(
        Person(words, words, here),
        Place(None, None, None, words, here),
        fields=(Field(Kind.XMP, words, words, words, window(b"")),),
        problems=(Problem(words, words),),
        parts=(Part(0, 1, Role.METADATA, words, Kind.UNKNOWN),),
        name=words,
    )
    found = finding(
        "x", Level.LOW, Evidence(here, words), Evidence(ARTIST, words, Secret.NAME), message=words
    )
    report = written(record, found, reveal=reveal)
    assert all(line.isprintable() for line in report.split("\n"))
