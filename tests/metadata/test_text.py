from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata import text as module
from exposure.metadata.text import TEXT
from exposure.model import (
    Device,
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
from exposure.source import Range
from tests.make import block, window
from tests.make.png import international, packed_text, text


def decoded(chunk: bytes) -> list[Field | Problem]:
    """What the data of a whole chunk, with its length, type and CRC, decodes to."""
    found = TEXT.decode(block(Kind.TEXT, chunk[8:-4], chunk[4:8].decode()))
    return [f for f in found if isinstance(f, (Field, Problem))]


def values(chunk: bytes) -> dict[str, object]:
    return {f.path: f.value for f in decoded(chunk) if isinstance(f, Field)}


def facts_of(texts: dict[str, str], group: str = "tEXt") -> list[Fact]:
    view = window(b"")
    return list(TEXT.facts([Field(Kind.TEXT, group, name, value, view) for name, value in texts.items()]))


@pytest.mark.parametrize(
    ("chunk", "path", "value"),
    [
        (text("Author", "Ann"), "PNG:tEXt:Author", "Ann"),
        (text("Author", "José"), "PNG:tEXt:Author", "José"),
        (text("Author", "José".encode()), "PNG:tEXt:Author", "José"),
        (text("Author", ""), "PNG:tEXt:Author", ""),
        (packed_text("Comment", b"at home"), "PNG:zTXt:Comment", "at home"),
        (international("Title", b"Zuhause"), "PNG:iTXt:Title", "Zuhause"),
        (international("Title", "家".encode(), packed=1), "PNG:iTXt:Title", "家"),
    ],
)
def test_a_text_is_named_by_its_keyword(chunk: bytes, path: str, value: str) -> None:
    assert values(chunk) == {path: value}


def test_the_name_of_a_profile_has_a_field() -> None:
    (field,) = TEXT.decode(block(Kind.TEXT, b"Ann's screen", "iCCP"))
    assert isinstance(field, Field) and (field.path, field.value) == ("PNG:iCCP:ProfileName", "Ann's screen")


def test_language_and_translated_keyword_are_kept() -> None:
    assert values(international("Title", b"x", language="de", translated="Überschrift")) == {
        "PNG:iTXt:LanguageTag": "de",
        "PNG:iTXt:TranslatedKeyword": "Überschrift",
        "PNG:iTXt:Title": "x",
    }


def test_the_time_of_change_is_written_like_exif() -> None:
    found = TEXT.decode(block(Kind.TEXT, bytes.fromhex("07e8 05 03 12 00 09"), "tIME"))
    assert [f.value for f in found if isinstance(f, Field)] == ["2024:05:03 18:00:09"]


def test_addresses_are_exact_or_those_of_the_container() -> None:
    (plain,) = decoded(text("Author", "Ann"))
    assert isinstance(plain, Field)
    assert plain.address == ("PNG:tEXt:Author", (Range(7, 3),), False)
    chunk = packed_text("Author", b"Ann")
    (packed,) = decoded(chunk)
    assert isinstance(packed, Field)
    assert packed.address == ("PNG:zTXt:Author", (Range(0, len(chunk) - 12),), True)


@pytest.mark.parametrize(
    ("where", "data"),
    [
        ("tEXt", b"no end"),
        ("zTXt", b"A\0\1" + zlib.compress(b"x")),
        ("zTXt", b"A\0"),
        ("zTXt", b"A\0\0not zlib"),
        ("zTXt", b"A\0\0" + zlib.compress(bytes(module.LONGEST + 1))),
        ("iTXt", b"A\0\0\0en"),
        ("iTXt", b"A\0\1\1\0\0x"),
        ("tIME", b"\7\xe8"),
        ("tEXt", b"A\0" + bytes(module.LONGEST)),
    ],
    ids=[
        "no keyword",
        "method",
        "no method",
        "not zlib",
        "bomb",
        "no language",
        "iTXt method",
        "short time",
        "long",
    ],
)
def test_what_cannot_be_read_is_a_problem(where: str, data: bytes) -> None:
    (problem,) = TEXT.decode(block(Kind.TEXT, data, where))
    assert isinstance(problem, Problem) and problem.where == where


def test_a_text_that_is_cut_short_is_read_and_said() -> None:
    field, problem = TEXT.decode(block(Kind.TEXT, b"A\0\0" + zlib.compress(b"words")[:-4], "zTXt"))
    assert isinstance(field, Field) and field.value == "words"
    assert isinstance(problem, Problem)


def test_people() -> None:
    found = facts_of({"Author": "Ann", "Copyright": "Ben ", "exif:Artist": "Cy", "Artist": " \0"})
    assert [(f.role, f.name) for f in found if isinstance(f, Person)] == [
        ("creator", "Ann"),
        ("owner", "Ben"),
        ("creator", "Cy"),
    ]
    assert len(found) == 3


def test_words() -> None:
    found = facts_of(
        {"Title": "t", "Description": "d", "comment": "c", "Source": "s", "Thumb::URI": "file:///a"}
    )
    assert [(f.kind, f.value) for f in found if isinstance(f, Text)] == [
        ("title", "t"),
        ("description", "d"),
        ("comment", "c"),
        ("comment", "s"),
        ("path", "file:///a"),
    ]


@pytest.mark.parametrize(
    "name", ["parameters", "prompt", "workflow", "Dream", "sd-metadata", "invokeai_metadata"]
)
def test_what_a_generator_was_told_is_a_prompt(name: str) -> None:
    (fact,) = facts_of({name: "a beach"})
    assert isinstance(fact, Text) and fact.kind == "prompt"


def test_a_description_is_a_prompt_only_from_novelai() -> None:
    said = {"Description": "a beach"}
    assert [f.kind for f in facts_of({**said, "Software": "NovelAI"}) if isinstance(f, Text)] == ["prompt"]
    assert [f.kind for f in facts_of({**said, "Software": "GIMP"}) if isinstance(f, Text)] == ["description"]


@pytest.mark.parametrize(
    ("name", "value", "kind", "local", "shift"),
    [
        ("Creation Time", "2024:05:03 18:00:00", "taken", "2024-05-03T18:00:00", None),
        ("Creation Time", "Fri, 03 May 2024 18:00:00 +0200", "taken", "2024-05-03T18:00:00", "+02:00"),
        ("Creation Time", "3 May 2024 18:00:00 GMT", "taken", "2024-05-03T18:00:00", "+00:00"),
        ("date:create", "2024-05-03T18:00:00+02:00", "modified", "2024-05-03T18:00:00", "+02:00"),
        ("exif:DateTimeOriginal", "2024:05:03 18:00:00", "taken", "2024-05-03T18:00:00", None),
    ],
)
def test_times(name: str, value: str, kind: str, local: str, shift: str | None) -> None:
    (fact,) = facts_of({name: value})
    assert isinstance(fact, Time)
    assert (fact.kind, fact.local, fact.utc_offset) == (kind, local, shift)


@pytest.mark.parametrize(
    "value", ["5/3/24", "3 Foo 2024 18:00:00", "31 Feb 2024 18:00", "", "2024:05:03" + " " * 10**6 + "x"]
)
def test_a_time_that_cannot_be_read_is_none(value: str) -> None:
    assert facts_of({"Creation Time": value}) == []


def test_the_time_of_change_is_utc() -> None:
    (fact,) = facts_of({"ModifyDate": "2024:05:03 18:00:00"}, group="tIME")
    assert isinstance(fact, Time)
    assert (fact.kind, fact.utc_offset) == ("modified", "+00:00")


def test_an_offset_is_found_beside_its_time() -> None:
    named = {"exif:DateTimeOriginal": "2024:05:03 18:00:00", "exif:OffsetTimeOriginal": "+02:00"}
    (fact,) = facts_of(named)
    assert isinstance(fact, Time)
    assert (fact.utc_offset, fact.offset_path) == ("+02:00", "PNG:tEXt:exif:OffsetTimeOriginal")


def test_imagemagicks_copies_of_exif_mean_the_same() -> None:
    found = facts_of(
        {
            "exif:Make": "Acme",
            "exif:Model": "One",
            "exif:BodySerialNumber": "123456",
            "exif:Software": "Paint",
            "exif:ColorSpace": "1",
        }
    )
    assert [f[:2] if isinstance(f, (Device, Identifier)) else f[0] for f in found] == [
        ("serial", "123456"),
        "Paint",
        ("Acme", "One"),
    ]
    assert [type(f) for f in found] == [Identifier, Software, Device]


GPS = {
    "exif:GPSLatitude": "48/1, 53/1, 1956/100",
    "exif:GPSLatitudeRef": "S",
    "exif:GPSLongitude": "2/1, 30/1",
    "exif:GPSLongitudeRef": "E",
}


def test_a_position_takes_both_letters() -> None:
    (place,) = facts_of(GPS)
    assert isinstance(place, Place)
    assert place.latitude == pytest.approx(-(48 + 53 / 60 + 19.56 / 3600))
    assert place.longitude == 2.5
    assert place.address.path == "PNG:tEXt:exif:GPSLatitude"
    for letter in ("exif:GPSLatitudeRef", "exif:GPSLongitudeRef"):
        assert facts_of({name: value for name, value in GPS.items() if name != letter}) == []


def test_seconds_that_are_not_known_are_left_out() -> None:
    (place,) = facts_of({**GPS, "exif:GPSLatitude": "48/1, 3030/100, 0/0"})
    assert isinstance(place, Place) and place.latitude == pytest.approx(-48.505)


@pytest.mark.parametrize(
    "latitude", ["", "48/0", "x", "91/1", "-4/1", "nan", "inf", "1e999", "1/1, 1/1, 1/1, 1/1", "0/1/2"]
)
def test_a_position_that_makes_no_sense_is_none(latitude: str) -> None:
    assert facts_of({**GPS, "exif:GPSLatitude": latitude}) == []


def test_the_clock_of_the_satellites() -> None:
    (fact,) = facts_of({"exif:GPSDateStamp": "2022:03:04", "exif:GPSTimeStamp": "18/1, 55/1, 11/1"})
    assert isinstance(fact, Time)
    assert (fact.kind, fact.local, fact.utc_offset) == ("gps", "2022-03-04T18:55:11", "+00:00")


def test_copies_of_xmp_and_profiles_are_fields_only() -> None:
    assert facts_of({"xmp:CreatorTool": "x", "icc:copyright": "Acme", "photoshop:City": "Sale"}) == []


@given(st.sampled_from(["tEXt", "zTXt", "iTXt", "tIME"]), st.binary(max_size=120))
@settings(deadline=None)
def test_any_bytes_are_fields_or_problems(where: str, data: bytes) -> None:
    found = list(TEXT.decode(block(Kind.TEXT, data, where)))
    assert found and all(isinstance(f, (Field, Problem)) for f in found)
    list(TEXT.facts([f for f in found if isinstance(f, Field)]))


NAMES = [
    "exif:GPSLatitude",
    "exif:GPSLatitudeRef",
    "exif:GPSLongitude",
    "exif:GPSLongitudeRef",
    "Creation Time",
]
NAMES += ["exif:GPSDateStamp", "exif:GPSTimeStamp", "exif:DateTime", "Software", "Description", "exif:Make"]


@given(st.dictionaries(st.sampled_from(NAMES), st.text("0123456789/,.: +-eNSWE\0", max_size=30)))
@settings(deadline=None)
def test_any_texts_give_facts_that_make_sense(texts: dict[str, str]) -> None:
    for fact in facts_of(texts):
        if isinstance(fact, Place):
            assert fact.latitude is not None and -90 <= fact.latitude <= 90
