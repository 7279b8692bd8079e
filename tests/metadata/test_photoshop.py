"""Photoshop image resources."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata.photoshop import PHOTOSHOP
from exposure.model import Block, Embedded, Field, Kind, Problem, Software, Text
from tests.make import block
from tests.make.iptc import iptc, pascal, resource, slices, thumbnail, unicode
from tests.make.jpeg import jpeg
from tests.make.tiff import tiff


def decoded(data: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(PHOTOSHOP.decode(block(Kind.PHOTOSHOP, data, "APP13")))


def fields(data: bytes) -> list[Field]:
    return [d for d in decoded(data) if isinstance(d, Field)]


def values(data: bytes) -> dict[str, object]:
    return {f.name: f.value for f in fields(data)}


def problems(data: bytes) -> list[str]:
    return [d.message for d in decoded(data) if isinstance(d, Problem)]


@pytest.mark.parametrize(
    ("number", "kind", "payload"),
    [
        *((0x0404, Kind.IPTC, iptc({"By-line": "Ann"})), (0x040F, Kind.ICC, b"profile")),
        *((0x0422, Kind.EXIF, tiff(Make="Acme")), (0x0423, Kind.EXIF, b"II")),
        (0x0424, Kind.XMP, b"<x:xmpmeta/>"),
    ],
)
def test_blocks_inside_are_handed_on(number: int, kind: Kind, payload: bytes) -> None:
    (found,) = decoded(resource(number, payload))
    assert isinstance(found, Block)
    assert (found.kind, found.where) == (kind, f"APP13/8BIM {number:#06x}")
    assert found.window.load() == payload


def test_a_thumbnail_is_a_picture_in_the_file() -> None:
    data = resource(0x040B, b"https://example.org") + resource(0x040C, thumbnail(jpeg()))
    (found,) = [d for d in decoded(data) if isinstance(d, Embedded)]
    assert (found.kind, found.where) == ("thumbnail", "Photoshop:8BIM:PhotoshopThumbnail")
    assert found.window.load() == jpeg()
    assert found.window.origin == data.index(jpeg())


def test_a_raw_thumbnail_is_no_file() -> None:
    data = resource(0x0409, struct.pack(">I", 0) + bytes(60))
    assert [type(d) for d in decoded(data)] == [Field]


@pytest.mark.parametrize(
    ("number", "payload", "name", "value"),
    [
        (0x03F0, pascal(b"My caption"), "PStringCaption", "My caption"),
        (0x03EE, pascal(b"Skin") + pascal(b"Sky"), "AlphaChannelsNames", ("Skin", "Sky")),
        (0x040A, b"\1", "CopyrightFlag", True),
        (0x040B, b"https://example.org/ann", "URL", "https://example.org/ann"),
        (0x040D, struct.pack(">i", -30), "GlobalAngle", -30),
        (0x0415, unicode("Skin") + unicode("Sky"), "UnicodeAlphaNames", ("Skin", "Sky")),
        (
            0x041E,
            struct.pack(">III", 1, 0, 7) + unicode("https://a.example"),
            "URL_List",
            ("https://a.example",),
        ),
        (0x0425, bytes(range(16)), "IPTCDigest", "000102030405060708090a0b0c0d0e0f"),
        (0x043E, unicode("/Users/ann/party.psd"), "AutoSaveFilePath", "/Users/ann/party.psd"),
        (0x0BB7, pascal(b"Ann cut out"), "ClippingPathName", "Ann cut out"),
        (0x03ED, bytes(16), "ResolutionInfo", 16),
        (0x0999, bytes(5), "PathInfo", 5),
        (0x7777, bytes(5), "Resource 0x7777", 5),
        (0x041A, struct.pack(">I", 8) + bytes(30), "SliceInfo", 34),
    ],
)
def test_what_a_resource_says_is_a_field(number: int, payload: bytes, name: str, value: object) -> None:
    assert values(resource(number, payload)) == {name: value}


def test_names_of_paths_and_resources_are_fields_that_prove_themselves() -> None:
    data = resource(0x07D0, b"points", "Ann's face") + resource(0x7777, b"", "Logo")
    read = fields(data)
    assert [(f.name, f.value) for f in read if "Name" in f.name] == [
        ("PathName", "Ann's face"),
        ("ResourceName", "Logo"),
    ]
    (where,) = read[0].address.ranges
    assert data[where.offset : where.offset + where.length] == b"Ann's face"


def test_slices_give_their_names_and_links() -> None:
    assert values(resource(0x041A, slices("party_01", ("left", "https://a.example"), ("", "")))) == {
        "SlicesGroupName": "party_01",
        "NumSlices": 2,
        "SliceName": ("left",),
        "SliceURL": ("https://a.example",),
    }


def test_the_versions_name_the_program() -> None:
    version = (
        struct.pack(">IB", 1, 1) + unicode("Adobe Photoshop") + unicode("Adobe Photoshop 2024") + bytes(4)
    )
    read = fields(resource(0x0421, version))
    assert {f.name: f.value for f in read} == {
        "HasRealMergedData": True,
        "WriterName": "Adobe Photoshop",
        "ReaderName": "Adobe Photoshop 2024",
    }
    assert [f.name for f in PHOTOSHOP.facts(read) if isinstance(f, Software)] == ["Adobe Photoshop"]


def test_captions_and_paths_are_facts_but_links_and_blanks_are_not() -> None:
    data = resource(0x03F0, pascal(b"At home")) + resource(0x043E, unicode("C:\\Users\\ann"))
    data += resource(0x040B, b"https://example.org") + resource(0x03F0, pascal(b" "))
    found = [(t.kind, t.value) for t in PHOTOSHOP.facts(fields(data)) if isinstance(t, Text)]
    assert found == [("description", "At home"), ("path", "C:\\Users\\ann")]


def test_a_field_proves_itself_by_its_bytes() -> None:
    data = resource(0x040A, b"\1") + resource(0x040B, b"https://example.org")
    (where,) = fields(data)[-1].address.ranges
    assert data[where.offset : where.offset + where.length] == b"https://example.org"


def test_other_signatures_are_resources_too() -> None:
    assert values(b"MeSa" + resource(0x7777, b"abc")[4:]) == {"Resource 0x7777": 3}


@pytest.mark.parametrize("padding", [0, 1, 3, 11])
def test_zeros_at_the_end_are_no_problem(padding: int) -> None:
    assert problems(resource(0x040A, b"\1") + bytes(padding)) == []


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (b"junk", "cut off"),
        (b"junk that goes on", "no resource"),
        (resource(0x040B, b"https://example.org")[:-5], "runs past its end"),
        (b"8BIM\4\4\xff" + bytes(20), "runs past the end"),
    ],
)
def test_damage_is_said_after_what_could_be_read(rest: bytes, message: str) -> None:
    data = resource(0x040A, b"\1") + rest
    assert values(data) == {"CopyrightFlag": True}
    (said,) = problems(data)
    assert message in said


@pytest.mark.parametrize("number", [0x0421, 0x041A, 0x041E, 0x043E])
def test_a_damaged_resource_does_not_hide_the_next(number: int) -> None:
    data = resource(number, b"\0\0\0\6\xff\xff\xff") + resource(0x040A, b"\1")
    assert values(data) == {"CopyrightFlag": True}
    assert len(problems(data)) == 1


def test_very_many_resources_are_read_to_a_limit() -> None:
    assert "more resources" in problems(resource(0x7777, b"") * 5000)[0]


@settings(deadline=None, max_examples=250)
@given(st.data())
def test_damage_is_a_problem_never_an_exception(draw: st.DataObject) -> None:
    data = bytearray(
        resource(0x040C, thumbnail(b"jpeg"))
        + resource(0x041A, slices("group", ("name", "url")))
        + resource(0x07D0, b"", "path")
        + resource(0x0404, b"iptc")
        + resource(0x03EE, pascal(b"one") + pascal(b"two"))
    )
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(data[: draw.draw(st.integers(0, len(data)))])
    read = fields(cut)
    assert all(f.offset + f.length <= f.window.size for f in read)
    assert decoded(cut) or not cut.strip(b"\0")
    list(PHOTOSHOP.facts(read))


@pytest.mark.parametrize(
    ("number", "payload"),
    [
        *((0x03EE, pascal(b"a") * 1001), (0x0415, unicode("a") * 1001), (0x1B58, b"x" * (1 << 20) + b"y")),
        (0x041E, struct.pack(">I", 1001) + (bytes(8) + unicode("a")) * 1001),
    ],
)
def test_what_is_only_read_in_part_is_said(number: int, payload: bytes) -> None:
    assert len(problems(resource(number, payload))) == 1
    assert len(fields(resource(number, payload))) == 1
