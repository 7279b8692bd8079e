"""IPTC-IIM datasets, and what they mean."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata.iptc import IPTC
from exposure.model import (
    Block,
    Embedded,
    Fact,
    Field,
    Identifier,
    Kind,
    Person,
    Place,
    Problem,
    Software,
    Text,
    Time,
)
from tests.make import block
from tests.make.iptc import dataset, iptc


def decoded(data: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(IPTC.decode(block(Kind.IPTC, data, "APP13")))


def fields(data: bytes) -> list[Field]:
    return [d for d in decoded(data) if isinstance(d, Field)]


def problems(data: bytes) -> list[str]:
    return [d.message for d in decoded(data) if isinstance(d, Problem)]


def facts(words: Mapping[str, str | Sequence[str]]) -> list[Fact]:
    return list(IPTC.facts(fields(iptc(words))))


def test_fields_carry_their_record_and_name() -> None:
    read = {f.path: f.value for f in fields(iptc({"By-line": "Ann", "DateSent": "20240503", "City": "Köln"}))}
    assert read == {
        "IPTC:Envelope:CodedCharacterSet": "UTF-8",
        "IPTC:Application:ApplicationRecordVersion": 4,
        "IPTC:Application:By-line": "Ann",
        "IPTC:Envelope:DateSent": "20240503",
        "IPTC:Application:City": "Köln",
    }


def test_a_field_proves_itself_by_its_bytes() -> None:
    data = iptc({"By-line": "Ann Example"})
    (where,) = fields(data)[-1].address.ranges
    assert data[where.offset : where.offset + where.length] == b"Ann Example"


def test_repeated_datasets_are_each_a_field() -> None:
    data = iptc({"Keywords": ["sea", "dog"]})
    assert [f.value for f in fields(data) if f.name == "Keywords"] == ["sea", "dog"]


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "latin-1"])
def test_words_are_read_in_the_charset_they_were_written_in(charset: str) -> None:
    assert fields(iptc({"City": "Zürich"}, charset))[-1].value == "Zürich"


def test_utf_8_is_read_even_when_it_was_not_announced() -> None:
    assert fields(dataset(2, 90, "Zürich".encode()))[-1].value == "Zürich"


def test_latin_1_that_was_announced_is_not_taken_for_utf_8() -> None:
    data = dataset(1, 90, b"\x1b.A") + dataset(2, 90, b"\xc3\xbc")
    assert fields(data)[-1].value == "Ã¼"


def test_long_values_have_an_extended_length() -> None:
    assert fields(iptc({"Caption-Abstract": "x" * 40_000}))[-1].value == "x" * 40_000


def test_a_preview_is_a_picture_in_the_file() -> None:
    (preview,) = [d for d in decoded(dataset(2, 202, b"picture")) if isinstance(d, Embedded)]
    assert (preview.kind, preview.where) == ("preview", "IPTC:Application:ObjectPreviewData")
    assert preview.window.load() == b"picture"


def test_unknown_datasets_are_fields_too() -> None:
    read = fields(dataset(2, 199, b"words") + dataset(7, 10, b"\xff\xfe"))
    assert [(f.group, f.name, f.value) for f in read] == [
        ("Application", "Dataset 199", "words"),
        ("Record 7", "Dataset 10", b"\xff\xfe"),
    ]


@pytest.mark.parametrize("padding", [0, 1, 4, 5, 300])
def test_zeros_at_the_end_are_no_problem(padding: int) -> None:
    assert problems(iptc({"City": "Bonn"}) + bytes(padding)) == []


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (b"junk here", "no dataset"),
        (b"\x1c\2", "no dataset"),
        (b"\0\0\0\0\0\0\1", "no dataset"),
        (b"\x1c\2\x50\0\x63Ann", "runs past its end"),
        (b"\x1c\2\x50\x80\x04\xff\xff\xff\xffAnn", "runs past its end"),
        (b"\x1c\2\x50\xff\xff\xff\xff\xff\xffAnn", "runs past its end"),
    ],
)
def test_damage_is_said_after_what_could_be_read(rest: bytes, message: str) -> None:
    data = iptc({"City": "Bonn"}) + rest
    assert fields(data)[-1].value == "Bonn"
    (said,) = problems(data)
    assert message in said


def test_very_many_datasets_are_read_to_a_limit_and_fast() -> None:
    data = dataset(2, 25, b"") * 400_000
    start = time.process_time()
    assert len(fields(data)) == 10_000 and "more datasets" in problems(data)[0]
    assert time.process_time() - start < 2


def test_people_are_facts() -> None:
    found = facts(
        {"By-line": ["Ann", "Bo"], "CopyrightNotice": "© Cy", "Credit": " ", "Contact": "dee@example.org"}
    )
    assert [(p.role, p.name) for p in found if isinstance(p, Person)] == [
        ("creator", "Ann"),
        ("creator", "Bo"),
        ("owner", "© Cy"),
        ("contact", "dee@example.org"),
    ]


def test_words_are_facts() -> None:
    found = facts(
        {
            "Caption-Abstract": "c",
            "Headline": "h",
            "ObjectName": "t",
            "Keywords": ["k"],
            "SpecialInstructions": "s",
        }
        | {"LocalCaption": "l", "City": "", "UniqueDocumentID": "urn:1"}
    )
    assert [(t.kind, t.value) for t in found if isinstance(t, Text)] == [
        *(("description", "c"), ("description", "h"), ("title", "t"), ("keyword", "k")),
        *(("comment", "s"), ("description", "l")),
    ]
    assert [(i.kind, i.value) for i in found if isinstance(i, Identifier)] == [("document-id", "urn:1")]


def test_place_names_are_one_place_addressed_at_the_most_precise() -> None:
    (place,) = facts(
        {
            "Country-PrimaryLocationName": "Germany",
            "City": "Köln",
            "Sub-location": "Dom",
            "Province-State": "NRW",
        }
    )
    assert isinstance(place, Place)
    assert (place.name, place.kind, place.latitude) == ("Dom, Köln, NRW, Germany", "named", None)
    assert place.address.path == "IPTC:Application:Sub-location"


def test_a_country_code_counts_only_without_its_name() -> None:
    code = dataset(2, 100, b"DEU")
    (place,) = IPTC.facts(fields(code))
    assert isinstance(place, Place) and place.name == "DEU"
    (place,) = IPTC.facts(fields(code + dataset(2, 101, b"Germany")))
    assert isinstance(place, Place) and place.name == "Germany"


@pytest.mark.parametrize(
    ("date", "clock", "local", "offset"),
    [
        ("20240503", "180000+0200", "2024-05-03T18:00:00", "+02:00"),
        ("20240503", "180000", "2024-05-03T18:00:00", None),
        ("20240503", "135926.054-0600", "2024-05-03T13:59:26", "-06:00"),
        ("2024:05:03", "18:00:00+02:00", "2024-05-03T18:00:00", "+02:00"),
        ("2024-05-03", "", "2024-05-03", None),
        ("20240503", "nonsense", "2024-05-03", None),
    ],
)
def test_dates_are_times(date: str, clock: str, local: str, offset: str | None) -> None:
    (made,) = facts({"DateCreated": date, "TimeCreated": clock})
    assert isinstance(made, Time)
    assert (made.kind, made.local, made.utc_offset) == ("taken", local, offset)
    assert made.offset_path == ("IPTC:Application:TimeCreated" if offset else None)
    (digitized,) = facts({"DigitalCreationDate": date, "DigitalCreationTime": clock})
    assert isinstance(digitized, Time) and digitized.kind == "digitized"


@pytest.mark.parametrize("date", ["00000000", "20240500", "", "soon"])
def test_dates_that_no_calendar_has_are_no_times(date: str) -> None:
    assert facts({"DateCreated": date, "TimeCreated": "180000+0200"}) == []


def test_a_time_and_its_date_come_from_one_block() -> None:
    both = fields(iptc({"DateCreated": "20240503"})) + fields(iptc({"TimeCreated": "180000+0200"}))
    (made,) = IPTC.facts(both)
    assert isinstance(made, Time) and made.local == "2024-05-03"


def test_a_program_is_named_with_its_version() -> None:
    found = facts({"OriginatingProgram": "Paint", "ProgramVersion": "3"})
    assert [s.name for s in found if isinstance(s, Software)] == ["Paint 3"]


def test_blank_words_and_rubbish_after_a_nul_mean_nothing() -> None:
    assert facts({"By-line": "\0\0", "Keywords": "  ", "City": "\0junk"}) == []
    assert [p.name for p in facts({"By-line": "Ann\0\0\x03junk"}) if isinstance(p, Person)] == ["Ann"]


def test_numbers_in_the_place_of_words_mean_nothing() -> None:
    assert list(IPTC.facts(fields(dataset(2, 0, b"\0\4")))) == []


@settings(deadline=None, max_examples=250)
@given(st.data())
def test_damage_is_a_problem_never_an_exception(draw: st.DataObject) -> None:
    words = {"By-line": "Ann", "DateCreated": "20240503", "TimeCreated": "180000+0200", "City": "Köln"}
    data = bytearray(iptc(words) + dataset(2, 202, b"picture"))
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(data[: draw.draw(st.integers(0, len(data)))])
    read = fields(cut)
    assert all(f.offset + f.length <= len(cut) for f in read)
    assert sum(f.length + 5 for f in read) >= len(cut) or problems(cut) or not cut[-1]
    list(IPTC.facts(read))
