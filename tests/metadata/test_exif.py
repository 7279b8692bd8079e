from __future__ import annotations

import struct
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.metadata.exif import EXIF
from exposure.model import (
    Block,
    Device,
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
from tests.make.jpeg import jpeg
from tests.make.tiff import ASCII, BYTE, LONG, RATIONAL, SHORT, UNDEFINED, Entry, stream, tiff


def things(data: bytes, where: str = "APP1") -> list[Field | Block | Embedded | Problem]:
    return list(EXIF.decode(block(Kind.EXIF, data, where)))


def fields(data: bytes) -> dict[str, object]:
    return {f.path: f.value for f in things(data) if isinstance(f, Field)}


def facts(data: bytes) -> list[Fact]:
    return list(EXIF.facts([f for f in things(data) if isinstance(f, Field)]))


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
def test_fields_carry_their_directory(order: str, big: bool) -> None:
    found = fields(
        tiff(order, big, Make="Acme", position=(51.5, -0.25), ExposureTime=[(1, 30)], thumbnail=jpeg())
    )
    assert found["EXIF:IFD0:Make"] == "Acme"
    assert found["EXIF:GPS IFD:GPSLatitude"] == (51, 30, 0)
    assert found["EXIF:Exif IFD:ExposureTime"] == 1 / 30
    assert "EXIF:IFD1:JPEGInterchangeFormat" in found


def test_a_field_knows_where_its_value_lies() -> None:
    data = tiff(Make="Acme Cameras")
    (make,) = [f for f in things(data) if isinstance(f, Field) and f.name == "Make"]
    ((offset, length),) = make.address.ranges
    assert data[offset : offset + length] == b"Acme Cameras\0"


@pytest.mark.parametrize("place", [(51.5, -0.1), (-33.8688, 151.2093), (0.00012, -78.4678)])
def test_a_position_is_a_place(place: tuple[float, float]) -> None:
    (found,) = facts(tiff(position=place))
    assert isinstance(found, Place)
    assert (found.latitude, found.longitude) == pytest.approx(place, abs=1e-7)


def gps(*entries: Entry) -> bytes:
    return tiff(position=(51.5, -0.1), extra={"GPS IFD": entries})


@pytest.mark.parametrize(
    "data",
    [
        tiff(
            extra={
                "GPS IFD": [
                    (2, RATIONAL, None, [(51, 1), (30, 1), (0, 1)]),
                    (4, RATIONAL, None, [(0, 1)] * 3),
                ]
            }
        ),
        tiff(position=(0, 0)),
        gps((2, RATIONAL, None, [(0, 0)] * 3)),
        gps((2, RATIONAL, None, [(91, 1), (0, 1), (0, 1)])),
        gps((1, ASCII, None, " ")),
        gps((2, ASCII, None, "somewhere")),
    ],
    ids=["no reference letters", "null island", "0/0", "beyond the pole", "blank letter", "text"],
)
def test_what_is_no_position_is_no_place(data: bytes) -> None:
    assert not [f for f in facts(data) if isinstance(f, Place)]


@pytest.mark.parametrize(
    "said", ["52,00000,50,00000,34,01180", "52,50,34.0118", "52 50 34.0118", "52.842781"]
)
def test_a_position_written_as_text(said: str) -> None:
    (found,) = facts(gps((2, ASCII, None, said)))
    assert isinstance(found, Place) and found.latitude == pytest.approx(52.842781, abs=1e-6)


def test_text_that_calls_itself_undefined_is_text() -> None:
    found = facts(tiff(extra={"IFD0": [(0x010F, UNDEFINED, None, b"Google")]}))
    assert [f.make for f in found if isinstance(f, Device)] == ["Google"]


@pytest.mark.parametrize("type_", [BYTE, UNDEFINED])
@pytest.mark.parametrize("name", ["Jane Doe", "José Núñez"])
def test_a_name_written_as_bytes_is_a_name(type_: int, name: str) -> None:
    (found,) = facts(stream([[(0x013B, type_, None, name.encode() + b"\0")]]))
    assert found[:2] == ("creator", name)


def test_numbers_written_as_bytes_stay_numbers() -> None:
    assert fields(stream([[(0x013B, BYTE, None, bytes(6))]]))["EXIF:IFD0:Artist"] == (0,) * 6
    assert fields(stream([[(0x013B, BYTE, None, bytes(range(6)))]]))["EXIF:IFD0:Artist"] == (0, 1, 2, 3, 4, 5)


def test_the_name_that_somebody_gave_a_camera_is_a_device() -> None:
    (found,) = facts(stream([[(0xC615, ASCII, None, "Janes Kamera")]]))
    assert found[:2] == (None, "Janes Kamera")


def test_missing_seconds_do_not_hide_a_position() -> None:
    (found,) = facts(gps((2, RATIONAL, None, [(48, 1), (5332, 100), (0, 0)])))
    assert isinstance(found, Place) and found.latitude == pytest.approx(48 + 53.32 / 60)


def test_the_error_radius_and_the_destination() -> None:
    destination: list[Entry] = [
        *((0x13, ASCII, None, "N"), (0x14, RATIONAL, None, [(48, 1), (0, 1), (0, 1)])),
        *((0x15, ASCII, None, "E"), (0x16, RATIONAL, None, [(2, 1), (0, 1), (0, 1)])),
        (0x1F, RATIONAL, None, [(65, 1)]),
    ]
    here, there = facts(gps(*destination))
    assert isinstance(here, Place) and isinstance(there, Place)
    assert (here.kind, here.accuracy_m) == ("position", 65)
    assert (there.kind, there.latitude, there.longitude) == ("destination", 48, 2)


def test_times_with_their_own_offsets() -> None:
    found = facts(
        tiff(
            DateTimeOriginal="2024:05:03 18:00:00",
            OffsetTimeOriginal="+02:00",
            DateTime="2024:06:01 09:30:00",
            DateTimeDigitized="0000:00:00 00:00:00",
        )
    )
    assert [(t.kind, t.local, t.utc_offset) for t in found if isinstance(t, Time)] == [
        ("taken", "2024-05-03T18:00:00", "+02:00"),
        ("modified", "2024-06-01T09:30:00", None),
    ]
    (taken, _) = [t for t in found if isinstance(t, Time)]
    assert taken.offset_path == "EXIF:Exif IFD:OffsetTimeOriginal"


def test_satellite_time_is_utc() -> None:
    stamps: list[Entry] = [(0x1D, ASCII, None, "2024:05:03"), (7, RATIONAL, None, [(16, 1), (0, 1), (59, 1)])]
    found = [f for f in facts(tiff(extra={"GPS IFD": stamps})) if isinstance(f, Time)]
    assert [(t.kind, t.local, t.utc_offset) for t in found] == [("gps", "2024-05-03T16:00:59", "+00:00")]


def test_people_devices_numbers_words_and_programs() -> None:
    found = facts(
        tiff(
            Make="Acme",
            Model="One",
            Artist="Ann Example",
            Copyright="Ann\0Bob",
            CameraOwnerName="Ann",
            BodySerialNumber="0042",
            LensSerialNumber="L7",
            ImageUniqueID="a1b2",
            ImageDescription="At the lake ",
            Software="v1.2",
        )
    )
    assert [(f.make, f.model) for f in found if isinstance(f, Device)] == [("Acme", "One")]
    assert [(f.role, f.name) for f in found if isinstance(f, Person)] == [
        ("creator", "Ann Example"),
        ("owner", "Ann"),
        ("owner", "Bob"),
        ("owner", "Ann"),
    ]
    assert [(f.kind, f.value) for f in found if isinstance(f, Identifier)] == [
        ("image-id", "a1b2"),
        ("serial", "0042"),
        ("lens-serial", "L7"),
    ]
    assert [(f.kind, f.value) for f in found if isinstance(f, Text)] == [("description", "At the lake")]
    assert [f.name for f in found if isinstance(f, Software)] == ["v1.2"]


@pytest.mark.parametrize(
    "raw, said",
    [
        (b"ASCII\0\0\0Hello\0\0", "Hello"),
        (b"UNICODE\0" + "Grüße".encode("utf-16-le"), "Grüße"),
        (b"UNICODE\0" + "Grüße".encode("utf-16-be"), "Grüße"),
        (b"UNICODE\0\xff\xfe" + "Grüße".encode("utf-16-le"), "Grüße"),
        (bytes(8) + "Grüße".encode("latin-1"), "Grüße"),
        (b"JIS\0\0\0\0\0" + "写真".encode("iso2022_jp"), "写真"),
        (b"no code at all", "no code at all"),
        (b"ASCII\0\0\0" + bytes(200), ""),
        (bytes(264), ""),
    ],
)
def test_character_codes_of_a_comment(raw: bytes, said: str) -> None:
    found = fields(tiff(extra={"Exif IFD": [(0x9286, UNDEFINED, None, raw)]}))
    assert found["EXIF:Exif IFD:UserComment"] == said


def test_windows_tags_are_utf_16() -> None:
    raw = "Ännchen;Köln\0".encode("utf-16-le")
    found = facts(tiff(extra={"IFD0": [(0x9C9E, BYTE, None, raw)]}))
    assert [f.value for f in found if isinstance(f, Text)] == ["Ännchen", "Köln"]


def test_a_thousand_values_and_more_are_kept() -> None:
    long = "A prompt. " * 500
    found = fields(tiff(extra={"IFD0": [(0xC5F0, SHORT, None, list(range(1500)))]}, ImageDescription=long))
    assert found["EXIF:IFD0:Tag0xC5F0"] == tuple(range(1500))
    assert found["EXIF:IFD0:ImageDescription"] == long.strip()


def test_blocks_and_pictures_inside() -> None:
    data = tiff(
        xmp=b"<x/>", iptc=b"\x1c", photoshop=b"8BIM", icc=b"icc", maker_note=b"private", thumbnail=jpeg()
    )
    found = things(data)
    inside = {b.kind: b.window.load() for b in found if isinstance(b, Block)}
    assert inside == {
        Kind.XMP: b"<x/>",
        Kind.IPTC: b"\x1c",
        Kind.PHOTOSHOP: b"8BIM",
        Kind.ICC: b"icc",
        Kind.MAKER_NOTE: b"private",
    }
    (thumbnail,) = [e for e in found if isinstance(e, Embedded)]
    assert (thumbnail.kind, thumbnail.window.load()) == ("thumbnail", jpeg())


def test_a_second_page_is_no_thumbnail() -> None:
    assert not [e for e in things(tiff(picture=True, pages=2), "TIFF") if isinstance(e, Embedded)]


def test_a_value_outside_its_block_is_a_problem_not_a_guess() -> None:
    whole = tiff(Make="Acme Cameras", position=(51.5, -0.25))
    found = things(whole[:-20])
    assert [p for p in found if isinstance(p, Problem)]
    assert not [f for f in found if isinstance(f, Field) and f.name == "GPSLongitude"]


def test_no_tiff_header_is_malformed() -> None:
    for data in (b"", b"II", b"garbage, no header", b"II\x2b\0\x08\0\0\0"):
        with pytest.raises(MalformedFile):
            things(data)


def hostile() -> Iterator[tuple[str, bytes]]:
    loop = bytearray(stream([[(0x010F, ASCII, None, "Acme")]]))
    struct.pack_into("<I", loop, 22, 8)
    yield "a chain that ends in itself", bytes(loop)
    yield (
        "a maker note of 2 GB",
        b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHII", 0x927C, 7, 1 << 31, 8) + bytes(4),
    )
    many = struct.pack("<H", 65_535) + struct.pack("<HHII", 0x010F, 2, 60_000, 8) * 5000
    yield "five thousand values of 60 kB", b"II*\0\x08\0\0\0" + many
    yield (
        "a directory of sub-directories",
        b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHII", 0x014A, 4, 200, 0) + bytes(900),
    )


@pytest.mark.parametrize("data", [pytest.param(d, id=name) for name, d in hostile()])
def test_hostile_streams_end_soon(data: bytes) -> None:
    started = time.process_time()
    assert len(things(data)) < 50_000
    assert time.process_time() - started < 0.5


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damage_never_raises_anything_else(draw: st.DataObject) -> None:
    order, big = draw.draw(st.sampled_from([("<", False), (">", False), ("<", True)]))
    data = bytearray(
        tiff(
            order,
            big,
            Make="Acme",
            position=(1.5, 2.5),
            maker_note=b"m" * 9,
            thumbnail=b"t" * 9,
            GPSAltitude=3.5,
        )
    )
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(2, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        found = things(bytes(data))
    except MalformedFile:
        return
    list(EXIF.facts([f for f in found if isinstance(f, Field)]))


def test_long_pointer_lists_are_read() -> None:
    assert (
        fields(tiff(sub_ifds=[[(0x0100, LONG, None, n)] for n in (11, 12)]))["EXIF:SubIFD1:ImageWidth"] == 12
    )
