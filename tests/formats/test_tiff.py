"""TIFF files are cut into parts by what their directories point at."""

from __future__ import annotations

import io
import struct
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure.errors import MalformedFile
from exposure.formats.tiff import TIFF
from exposure.model import Block, Depth, Kind, Part, Photo, Role
from exposure.reading import read
from tests.make import window
from tests.make.icc import profile
from tests.make.iptc import iptc, resource
from tests.make.jpeg import jpeg
from tests.make.tiff import LONG, SHORT, Elsewhere, Entry, jpeg_preview, rgb_picture, stream, tiff
from tests.sources import memory_source

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
PIXELS = bytes(range(10, 22))
ALMOST_RAW = tiff(
    Make="Acme",
    extra={"IFD0": [(254, LONG, None, 1), *rgb_picture(b"small " * 2)]},
    sub_ifds=[
        [(254, LONG, None, 0), (256, LONG, None, 4000), (257, LONG, None, 3000), *rgb_picture()[3:]],
        [(254, LONG, None, 1), *jpeg_preview(jpeg())],
    ],
)

SAMPLES: dict[str, bytes] = {
    "bare": tiff(picture=True),
    "Motorola order": tiff(">", picture=True, Make="Acme", position=(51.5, -0.1)),
    "BigTIFF": tiff(big=True, picture=True, Make="Acme", DateTimeOriginal="2024:05:03 18:00:00"),
    "BigTIFF in Motorola order": tiff(">", True, picture=True, Make="Acme"),
    "two pages and a thumbnail": tiff(picture=True, pages=2, thumbnail=jpeg()),
    "XMP, IPTC, Photoshop and ICC": tiff(
        picture=True,
        xmp=XMP,
        iptc=iptc({"By-line": "Ann"}),
        photoshop=resource(0x040B, b"https://example.org"),
        icc=profile(),
    ),
    "raw with previews": ALMOST_RAW,
    "data that nobody refers to": tiff(picture=True, Make="Acme") + b"left over",
}


def tiling(data: bytes, depth: Depth = Depth.SHALLOW) -> list[Part]:
    return list(TIFF.parts(window(data), depth))


def damaged_tiling(data: bytes) -> tuple[list[Part], MalformedFile | None]:
    parts: list[Part] = []
    try:
        for part in TIFF.parts(window(data), Depth.DEEP):
            parts.append(part)  # noqa: PERF402  (what came before the error counts)
    except MalformedFile as error:
        return parts, error
    return parts, None


def bytes_of(data: bytes, parts: Sequence[Part], role: Role) -> bytes:
    return b"".join(data[p.offset : p.end] for p in parts if p.role is role)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("depth", Depth)
def test_parts_tile_the_file(name: str, depth: Depth) -> None:
    at = 0
    for part in tiling(SAMPLES[name], depth):
        assert part.offset == at and part.length > 0
        at = part.end
    assert at == len(SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_is_a_picture_that_viewers_open(name: str) -> None:
    data = SAMPLES[name]
    assert TIFF.sniff(data)
    if name == "BigTIFF in Motorola order":
        return  # Pillow reads BigTIFF in Intel order only
    with Image.open(io.BytesIO(data), formats=("TIFF",)) as picture:
        assert picture.size == (2, 2)
        picture.load()


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
def test_the_picture_is_exactly_its_strips(order: str, big: bool) -> None:
    data = tiff(order, big, picture=True, pages=2, Make="Acme Cameras", position=(1.5, 2.5))
    assert bytes_of(data, tiling(data), Role.PICTURE) == PIXELS * 2


def test_values_that_say_something_are_metadata() -> None:
    data = tiff(picture=True, Make="Acme Cameras", Software="Paint and more", BodySerialNumber="12345678")
    metadata = bytes_of(data, tiling(data), Role.METADATA)
    assert b"Acme Cameras\0" in metadata and b"Paint and more\0" in metadata and b"12345678\0" in metadata
    assert PIXELS not in metadata


def test_carried_blocks_are_told_by_their_kind() -> None:
    parts = tiling(SAMPLES["XMP, IPTC, Photoshop and ICC"])
    kinds = {p.kind for p in parts if p.role is Role.METADATA}
    assert kinds == {Kind.XMP, Kind.IPTC, Kind.PHOTOSHOP, Kind.ICC}


def test_a_maker_note_is_told_by_its_kind() -> None:
    parts = tiling(tiff(picture=True, maker_note=b"secret note"))
    assert [p.length for p in parts if p.kind is Kind.MAKER_NOTE] == [11]


def test_thumbnails_and_reduced_copies_are_not_the_picture() -> None:
    parts = tiling(ALMOST_RAW)
    assert bytes_of(ALMOST_RAW, parts, Role.PICTURE) == PIXELS
    assert [p.where for p in parts if "preview" in p.where] == ["IFD0 preview", "SubIFD preview"]
    both = tiff(picture=True, thumbnail=jpeg())
    assert jpeg() in bytes_of(both, tiling(both), Role.METADATA)


def test_a_file_of_reduced_copies_alone_shows_the_first() -> None:
    data = tiff(extra={"IFD0": [(254, LONG, None, 1), *rgb_picture()]})
    assert bytes_of(data, tiling(data), Role.PICTURE) == PIXELS
    assert TIFF.dimensions(window(data), ()) == (2, 2)


def test_dimensions_are_those_of_the_full_picture() -> None:
    assert TIFF.dimensions(window(SAMPLES["bare"]), ()) == (2, 2)
    assert TIFF.dimensions(window(ALMOST_RAW), ()) == (4000, 3000)
    assert TIFF.dimensions(window(tiff(Make="Acme")), ()) == (0, 0)


def test_bytes_that_nobody_refers_to_are_unknown_metadata() -> None:
    data = tiff(picture=True) + b"left over"
    (hidden,) = [p for p in tiling(data) if p.kind is Kind.UNKNOWN]
    assert data[hidden.offset : hidden.end].endswith(b"left over")


def test_long_blank_runs_are_padding_only_when_they_were_read() -> None:
    data = tiff(picture=True) + bytes(5000)
    assert tiling(data, Depth.DEEP)[-1].role is Role.STRUCTURE
    assert tiling(data, Depth.SHALLOW)[-1].kind is Kind.UNKNOWN
    assert tiling(data[:-4990], Depth.SHALLOW)[-1].where == "padding"


def test_picture_data_is_searched_only_by_a_deep_look_and_never_inside_another_codec() -> None:
    searched = [[p.searched for p in tiling(SAMPLES["bare"], d) if p.role is Role.PICTURE] for d in Depth]
    assert searched == [[False], [True]]
    for compression in (6, 7, 34712):  # the strip is not what it is said to be, or cannot be looked into
        inside = tiff(picture=True, extra={"IFD0": [(259, SHORT, None, compression)]})
        assert [p.searched for p in tiling(inside, Depth.DEEP) if p.role is Role.PICTURE] == [False]


def test_metadata_in_pixels_is_a_problem() -> None:
    strip: list[Entry] = [(273, LONG, None, Elsewhere(b"Exif\0\0MM\0*\0\0")), (279, LONG, None, 12)]
    photo = read(memory_source(tiff(picture=True, extra={"IFD0": strip}), "a.tif"))
    assert isinstance(photo, Photo) and [p.where for p in photo.problems] == ["strips"]


def test_metadata_under_a_strip_stays_metadata() -> None:
    """A strip that claims the whole file must not make its metadata part of the picture."""
    whole: list[Entry] = [(273, LONG, None, 0), (279, LONG, None, 150)]
    data = tiff(Make="Acme Cameras Incorporated", extra={"IFD0": whole})
    data = data.ljust(150, b"\1")
    assert b"Acme Cameras" in bytes_of(data, tiling(data), Role.METADATA)
    assert tiling(data)[0].where == "header"


def test_the_block_is_the_whole_file() -> None:
    seen = window(SAMPLES["bare"])
    assert list(TIFF.blocks(seen, ())) == [Block(Kind.EXIF, "TIFF", seen, seen)]


@pytest.mark.parametrize(
    "head",
    [
        b"IIU\0\x08\0\0\0",
        b"IIRO\x08\0\0\0",
        b"MMOR\0\0\0\x08",
        b"II\xbc\x01",
        b"\xff\xd8\xff\xe1",
        b"II*",
        b"",
    ],
)
def test_other_formats_are_not_taken(head: bytes) -> None:
    assert not TIFF.sniff(head)
    with pytest.raises(MalformedFile):
        tiling(head)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"II*\0\xff\xff\0\0", "IFD0 is said to lie outside"),
        (b"II*\0\x08\0\0\0\x09\0" + bytes(30), "IFD0 runs past the end"),
        (stream([[(258, SHORT, 99, b"\0\1\0\0")]]), "a value in IFD0 runs past the end"),
        (stream([[(330, LONG, None, 70_000)]]), "SubIFD is said to lie outside"),
        (tiff(picture=True, extra={"IFD0": [(279, LONG, None, 9999)]}), "the picture in IFD0 runs past"),
        (tiff(picture=True, extra={"IFD0": [(279, 2, None, b"12")]}), "are not told to the end"),
    ],
)
def test_what_is_broken_is_said_after_the_whole_file_was_tiled(data: bytes, message: str) -> None:
    parts, error = damaged_tiling(data)
    assert error is not None and message in str(error)
    assert sum(p.length for p in parts) == len(data)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (stream([[(0x10F, 2, 99, b"\0\1\0\0")]]), "EXIF:IFD0:Make"),
        (stream([[(0x8825, LONG, None, 70_000)]]), "EXIF:GPS IFD"),
        (stream([[(0x8769, LONG, None, 4)]]), "EXIF:Exif IFD"),
    ],
)
def test_what_is_broken_beside_the_picture_is_for_the_decoder_to_say(data: bytes, where: str) -> None:
    parts, error = damaged_tiling(data)
    assert error is None and sum(p.length for p in parts) == len(data)
    photo = read(memory_source(data, "a.tif"))
    assert isinstance(photo, Photo) and [p.where for p in photo.problems] == [where]


def test_pages_that_lead_back_to_themselves_end() -> None:
    data = bytearray(stream([[(256, SHORT, None, 2)], [(256, SHORT, None, 2)]]))
    struct.pack_into("<I", data, len(data) - 4, 8)
    parts, error = damaged_tiling(bytes(data))
    assert error is not None and "lead back" in str(error)
    assert sum(p.length for p in parts) == len(data)


def test_directories_that_multiply_end_quickly() -> None:
    """Each of 3,000 directories points to all of them."""
    first = 8 + 18
    offsets = [first + 18 * number for number in range(3000)]
    array = first + 18 * 3000
    data = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 330, 4, 3000, array, 0) * 3001
    data += struct.pack("<3000I", *offsets)
    start = time.process_time()
    _, error = damaged_tiling(data)
    assert error is not None and "more directories" in str(error)
    assert time.process_time() - start < 2


def test_very_many_overlapping_strips_tile_fast() -> None:
    count = 40_000
    strips: list[Entry] = [
        (273, LONG, None, [8 + number * 7 % 4000 for number in range(count)]),
        (279, LONG, None, [500] * count),
    ]
    data = stream([strips])
    start = time.process_time()
    assert sum(p.length for p in tiling(data)) == len(data)
    assert time.process_time() - start < 5


def test_strips_in_a_row_are_one_part() -> None:
    data = bytearray(stream([[(273, LONG, None, [0] * 4), (279, LONG, None, [3] * 4)]]))
    (array,) = struct.unpack_from("<I", data, 8 + 2 + 8)
    struct.pack_into("<4I", data, array, *(len(data) + 3 * n for n in range(4)))
    assert [p.length for p in tiling(bytes(data) + PIXELS) if p.role is Role.PICTURE] == [12]


def test_a_jpeg_in_the_old_way_is_the_picture() -> None:
    data = stream(
        [[(259, SHORT, None, 6), (513, LONG, None, Elsewhere(jpeg())), (514, LONG, None, len(jpeg()))]]
    )
    assert bytes_of(data, tiling(data), Role.PICTURE) == jpeg()


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_damage_is_malformed_never_another_exception(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from(list(SAMPLES.values()))))
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(data[: draw.draw(st.integers(0, len(data)))])
    parts, error = damaged_tiling(cut)
    assert error is None or 0 <= error.offset <= len(cut)
    if parts:
        assert [p.offset for p in parts] == [sum(p.length for p in parts[:n]) for n in range(len(parts))]
        assert sum(p.length for p in parts) == len(cut)
        TIFF.dimensions(window(cut), parts)
    else:
        assert error is not None


def test_a_picture_that_is_scattered_too_far_is_refused() -> None:
    count = 50_002
    strips: list[Entry] = [
        (273, LONG, None, [700_000 + 8 * n for n in range(count)]),
        (279, LONG, None, [4] * count),
    ]
    parts: list[Part] = []
    with pytest.raises(MalformedFile, match="scattered"):
        parts.extend(TIFF.parts(window(stream([strips]) + bytes(8 * count)), Depth.SHALLOW))
