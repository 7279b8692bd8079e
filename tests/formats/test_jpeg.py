from __future__ import annotations

import pytest

from exposure.errors import MalformedFile
from exposure.formats.jpeg import JPEG
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from tests.make import window
from tests.make.jpeg import (
    adobe,
    comment,
    exif,
    extended_xmp,
    icc,
    jfif,
    jfif_extension,
    jpeg,
    jumbf,
    multi_picture,
    photoshop,
    progressive_jpeg,
    segment,
    superbox,
    xmp_app1,
)
from tests.make.samsung import VIDEO, samsung
from tests.make.tiff import tiff

HERE = tiff(position=(51.5, -0.1))
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

SAMPLES = {  # the contract tests run on every one of these
    "bare": jpeg(),
    "exif, xmp and a comment": jpeg(jfif(), exif(tiff(Make="Acme")), xmp_app1(PACKET), comment("hi")),
    "fill bytes before every segment": jpeg(exif(HERE), comment("hi"), fill=3),
    "exif behind 300 kB of ICC": jpeg(icc(bytes(300_000)), exif(HERE)),
    "two exif segments": jpeg(exif(tiff(Make="One")), exif(tiff(Make="Two"))),
    "progressive, several scans": progressive_jpeg(adobe(), comment("hi")),
    "a second picture that MPF declares": multi_picture(pictures=[(0x20003, jpeg(exif(HERE)))]),
    "an undeclared second picture": jpeg(trailer=jpeg(exif(HERE))),
    "padding after the end": jpeg(trailer=bytes(700)),
    "extended xmp, jumbf and photoshop": jpeg(
        xmp_app1(PACKET),
        extended_xmp(PACKET * 3000),
        jumbf(superbox("c2pa")),
        photoshop(b"8BIM\4\4\0\0\0\0\0\0"),
    ),
    "a jfif extension thumbnail": jpeg(jfif(), jfif_extension(jpeg())),
    "a motion photo with Samsung's blocks": jpeg(
        exif(HERE),
        trailer=VIDEO + samsung(MotionPhoto_Data=b"mpv2" + bytes(12), Image_UTC_Data=b"1714759200000"),
    ),
    "Samsung's blocks around others": jpeg(
        trailer=samsung(a=b"1") + b"words" + samsung(MotionPhoto_Data=VIDEO)
    ),
}


def parts(data: bytes, depth: Depth = Depth.DEEP) -> list[Part]:
    return list(JPEG.parts(window(data), depth))


def blocks(data: bytes) -> list[Block]:
    found = JPEG.blocks(window(data), parts(data))
    return [b for b in found if isinstance(b, Block)]


def kinds(data: bytes) -> list[Kind]:
    return [b.kind for b in blocks(data)]


def test_each_kind_is_known_by_its_identifier() -> None:
    assert kinds(SAMPLES["exif, xmp and a comment"]) == [Kind.EXIF, Kind.XMP, Kind.COMMENT]


def test_every_segment_of_a_kind_is_seen() -> None:
    assert kinds(SAMPLES["two exif segments"]) == [Kind.EXIF, Kind.EXIF]


def test_exif_too_long_for_one_segment_is_one_block() -> None:
    stream = tiff(Make="Acme", thumbnail=jpeg() + bytes(70_000))
    split = jpeg(exif(stream[:65_000]), exif(stream[65_000:]))
    (block,) = blocks(split)
    assert block.window.load() == stream
    assert len(block.window.ranges()) == 2


def test_extended_xmp_is_joined_by_its_offsets_whatever_the_order() -> None:
    packet = PACKET * 5000
    whole = extended_xmp(packet)
    cut = 2 + int.from_bytes(whole[2:4], "big")
    first, rest = whole[:cut], whole[cut:]
    (block,) = blocks(jpeg(rest, first))
    assert block.window.load() == packet


def test_a_missing_portion_of_extended_xmp_is_a_problem() -> None:
    whole = extended_xmp(PACKET * 5000)
    second = jpeg(whole[2 + int.from_bytes(whole[2:4], "big") :])
    found = list(JPEG.blocks(window(second), parts(second)))
    assert any(isinstance(thing, Problem) for thing in found)


def test_an_icc_profile_is_joined_by_its_numbers() -> None:
    profile = bytes(range(256)) * 600
    (block,) = blocks(jpeg(icc(profile)))
    assert block.window.load() == profile


def test_a_segment_we_do_not_know_is_metadata() -> None:
    unknown = [p for p in parts(jpeg(segment(0xE7, b"HUAWEI"))) if p.role is Role.METADATA]
    assert [(p.where, p.kind) for p in unknown] == [("APP7", Kind.UNKNOWN)]


def test_what_a_decoder_needs_is_not_metadata() -> None:
    assert not [p for p in parts(jpeg(jfif(), adobe())) if p.role is Role.METADATA]


def test_stray_bytes_between_segments_are_kept_in_sight() -> None:
    stray = [p for p in parts(jpeg(comment("one"), b"stray", comment("two"))) if p.role is Role.METADATA]
    assert [(p.where, p.length) for p in stray] == [("COM", 7), ("between segments", 5), ("COM", 7)]


def test_what_follows_the_end_is_a_trailer() -> None:
    *_, last = parts(SAMPLES["an undeclared second picture"])
    assert (last.kind, last.role) == (Kind.TRAILER, Role.METADATA)


def test_metadata_between_scans_is_found() -> None:
    data = progressive_jpeg()
    second_scan = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    assert kinds(data[:second_scan] + comment("between") + data[second_scan:]) == [Kind.COMMENT]


def test_a_shallow_look_does_not_search_the_picture_data_and_says_so() -> None:
    data = jpeg(comment("hi"))
    shallow = parts(data, Depth.SHALLOW)
    assert [p.searched for p in shallow if p.where.startswith("SOS")] == [False]
    assert sum(p.length for p in shallow) == len(data)


def test_a_shallow_look_finds_padding_and_a_video_at_the_end() -> None:
    for trailer in (bytes(100), b"\0\0\0\x18ftypmp42" + bytes(12)):
        *_, last = parts(jpeg(trailer=trailer), Depth.SHALLOW)
        assert (last.kind, last.length) == (Kind.TRAILER, len(trailer))


def test_restart_markers_and_stuffed_bytes_do_not_end_a_scan() -> None:
    data = jpeg()
    middle = len(data) - 4
    assert len(parts(data[:middle] + b"\xff\0\xff\xd3\xff\0" + data[middle:])) == len(parts(data))


@pytest.mark.parametrize("depth", Depth)
def test_a_picture_cut_short_keeps_its_parts_and_says_so(depth: Depth) -> None:
    seen: list[Part] = []
    with pytest.raises(MalformedFile, match="cut short"):
        for part in JPEG.parts(window(jpeg(exif(HERE))[:-10]), depth):
            seen.append(part)  # noqa: PERF402  # extend would lose the parts before the error
    assert Kind.EXIF in [p.kind for p in seen]


def test_dimensions() -> None:
    data = jpeg(size=(40, 24))
    assert JPEG.dimensions(window(data), parts(data)) == (40, 24)
