"""What a colour profile says in words."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata.icc import ICC
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.source import Range
from tests.make import block, window
from tests.make.icc import description, dictionary, localized, profile, text


def decoded(data: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(ICC.decode(block(Kind.ICC, data, "APP2")))


def values(data: bytes) -> dict[str, object]:
    return {f.name: f.value for f in decoded(data) if isinstance(f, Field)}


def problems(data: bytes) -> list[str]:
    return [d.message for d in decoded(data) if isinstance(d, Problem)]


def test_the_header_names_device_creator_and_date() -> None:
    assert values(profile(identifier=bytes(range(16)))) == {
        "ProfileVersion": "4.4.0",
        "ProfileCMMType": "lcms",
        "ProfileClass": "mntr",
        "ColorSpaceData": "RGB",
        "ProfileConnectionSpace": "XYZ",
        "PrimaryPlatform": "APPL",
        "DeviceManufacturer": "Acme",
        "DeviceModel": "X100",
        "ProfileCreator": "Made",
        "ProfileDateTime": "2024:05:03 18:00:00",
        "ProfileID": "000102030405060708090a0b0c0d0e0f",
    }


def test_blank_header_fields_are_no_fields() -> None:
    read = values(profile(maker=b"", model=b"    ", made=(0, 0, 0, 0, 0, 0)))
    assert not {"DeviceManufacturer", "DeviceModel", "ProfileDateTime", "ProfileID"} & set(read)


@pytest.mark.parametrize(
    ("signature", "tag", "name", "value"),
    [
        ("cprt", text("Ann Example"), "ProfileCopyright", "Ann Example"),
        ("desc", description("My screen"), "ProfileDescription", "My screen"),
        ("desc", description("", "Büro"), "ProfileDescription", "Büro"),
        ("desc", localized(en="Büro", de="Büro"), "ProfileDescription", "Büro"),
        ("dscm", localized(en="Office", de="Büro"), "ProfileDescriptionML", ("Office", "Büro")),
        ("dmnd", description("Acme"), "DeviceMfgDesc", "Acme"),
        ("dmdd", description("X100"), "DeviceModelDesc", "X100"),
        ("targ", text("measured by Ann"), "CharTarget", "measured by Ann"),
        ("vcgt", b"vcgt" + bytes(20), "VideoCardGamma", 24),
        ("meta", dictionary({"EDID_serial": "12345"}), "Metadata EDID_serial", "12345"),
        (
            "calt",
            b"dtim" + bytes(4) + struct.pack(">6H", 2024, 5, 3, 18, 0, 0),
            "CalibrationDateTime",
            "2024:05:03 18:00:00",
        ),
    ],
)
def test_tags_that_hold_words_are_fields(signature: str, tag: bytes, name: str, value: object) -> None:
    assert values(profile({signature: tag}))[name] == value


def test_every_key_of_the_dictionary_is_a_field() -> None:
    read = values(profile({"meta": dictionary({"prefix": "EDID_", "EDID_model": "X", "": ""})}))
    assert {n: v for n, v in read.items() if n.startswith("Metadata")} == {
        "Metadata prefix": "EDID_",
        "Metadata EDID_model": "X",
        "Metadata ": "",
    }


def test_colour_tags_are_not_read() -> None:
    assert set(values(profile({"rXYZ": b"XYZ " + bytes(16)}))) == set(values(profile()))
    assert problems(profile({"rXYZ": b""})) == []


def test_a_profile_in_several_pieces_is_proven_by_all_of_them() -> None:
    data = profile({"cprt": text("Ann Example")})
    file = window(data[:146] + b"----" + data[146:])
    pieces = file.joined([Range(0, 146), Range(150, len(data) - 146)])
    read = [f for f in ICC.decode(Block(Kind.ICC, "APP2", pieces, file)) if isinstance(f, Field)]
    assert read[-1].value == "Ann Example"
    assert read[-1].address.ranges == (Range(144, 2), Range(150, 18))


def test_there_are_no_facts() -> None:
    assert list(ICC.facts([d for d in decoded(profile({"cprt": text("Ann")})) if isinstance(d, Field)])) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is damaged"),
        (b"RIFF" * 40, "no profile signature"),
        (profile(claimed=1000), "more tags"),
        (profile(claimed=9), "is damaged"),
        (profile({"cprt": text("Ann Example")})[:-8], "ProfileCopyright runs past the end"),
        (profile({"cprt": b"text"}), "ProfileCopyright runs past the end"),
        (profile({"cprt": b"what" + bytes(9)}), "ProfileCopyright of the colour profile cannot be read"),
        (profile({"cprt": b"mluc" + bytes(5)}), "ProfileCopyright of the colour profile cannot be read"),
        (
            profile({"cprt": b"dict" + bytes(4) + b"\xff" * 8}),
            "ProfileCopyright of the colour profile cannot be read",
        ),
    ],
)
def test_damage_is_a_problem(data: bytes, message: str) -> None:
    (said,) = problems(data)
    assert message in said


def test_strings_upon_strings_are_refused_fast() -> None:
    """Two hundred keys that are each the whole tag, in every tag that may hold words."""
    whole = b"dict\0\0\0\0" + struct.pack(">II", 200, 16) + struct.pack(">IIII", 0, 65_000, 0, 65_000) * 200
    bomb = whole + b"\0A" * 31_000
    start = time.process_time()
    said = problems(profile(dict.fromkeys(("desc", "cprt", "dmnd", "dmdd", "targ", "meta"), bomb)))
    assert len(said) == 6 and all("cannot be read" in each for each in said)
    assert time.process_time() - start < 1


@settings(deadline=None, max_examples=250)
@given(st.data())
def test_damage_is_never_an_exception(draw: st.DataObject) -> None:
    tags = {"desc": description("My screen", "Büro"), "cprt": localized(en="Ann", de="Änn")}
    tags |= {"meta": dictionary({"key": "value"}), "targ": text("chart")}
    data = bytearray(profile(tags))
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(data[: draw.draw(st.integers(0, len(data)))])
    read = decoded(cut)
    assert read
    assert all(f.offset + f.length <= len(cut) for f in read if isinstance(f, Field))


def test_a_text_or_a_list_that_is_only_read_in_part_is_said() -> None:
    long = profile({"desc": text("x" * 70_000)})
    many = profile({"meta": b"dict\0\0\0\0" + struct.pack(">II", 300, 16) + bytes(16 * 300)})
    assert [len(problems(each)) for each in (long, many)] == [1, 1]
    assert len(str(values(long)["ProfileDescription"])) > 60_000


def test_two_tags_of_one_name_are_both_read() -> None:
    data = bytearray(profile({"desc": text("one"), "cprt": text("two")}))
    at = data.index(b"cprt")
    data[at : at + 4] = b"desc"
    assert {f.value for f in decoded(bytes(data)) if isinstance(f, Field)} >= {"one", "two"}
