from __future__ import annotations

import time
from pathlib import Path

import pytest

from exposure.model import Depth, Examined, Kind, Photo
from exposure.reading import SMALL, read
from exposure.source import FileSource
from tests.make.jpeg import comment, exif, jpeg, multi_picture, xmp_app1
from tests.make.tiff import tiff
from tests.sources import memory_source

HERE = tiff(position=(51.5, -0.1), BodySerialNumber="4711")
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40)


def photo(data: bytes, depth: Depth | None = None) -> Photo:
    found = read(memory_source(data), depth)
    assert isinstance(found, Photo)
    return found


def test_a_photo_is_what_its_bytes_say() -> None:
    found = photo(jpeg(exif(tiff(Make="Acme")), comment("hi")))
    assert (found.format, found.examined, found.width, found.height) == ("JPEG", Examined.COMPLETE, 16, 8)
    assert [b.kind for b in found.blocks] == [Kind.EXIF, Kind.COMMENT]
    assert found.facts.devices[0].make == "Acme"
    assert [f.path for f in found.named("Make")] == ["EXIF:IFD0:Make"]


def test_a_picture_in_the_file_is_read_too_and_its_fields_say_so() -> None:
    found = photo(multi_picture(pictures=[(0x20003, jpeg(exif(HERE)))]))
    (place,) = found.facts.places
    assert place.address.path == "second-image/EXIF:GPS IFD:GPSLatitude"
    assert [(p.kind, p.format) for p in found.facts.pictures] == [("second-image", "JPEG")]


def test_a_declared_picture_is_not_a_trailer_as_well() -> None:
    second = jpeg(exif(HERE))
    found = photo(multi_picture(pictures=[(0x20003, second)]) + VIDEO)
    assert [(p.kind, p.length) for p in found.facts.pictures] == [
        ("second-image", len(second)),
        ("video", len(VIDEO)),
    ]


def test_a_second_picture_that_says_it_is_a_gain_map_is_one() -> None:
    gain = jpeg(
        xmp_app1(b'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"/>')
    )
    found = photo(multi_picture(pictures=[(0, gain)]))
    assert [p.kind for p in found.facts.pictures] == ["gain-map"]


def test_an_undeclared_picture_after_the_end_is_read() -> None:
    found = photo(jpeg(trailer=jpeg(exif(HERE))))
    assert len(found.facts.places) == 1
    assert [p.kind for p in found.facts.pictures] == ["second-image"]


def test_a_thumbnail_is_a_picture_with_its_bytes() -> None:
    data = jpeg(exif(tiff(thumbnail=jpeg())))
    (thumbnail,) = photo(data).facts.pictures
    assert data[thumbnail.offset : thumbnail.offset + thumbnail.length] == jpeg()


def test_large_files_are_bounded_unless_every_byte_is_asked_for() -> None:
    large = jpeg(comment("hi"))
    large = large[:-2] + bytes(SMALL) + large[-2:]
    assert photo(large).examined is Examined.BOUNDED
    assert photo(large, Depth.DEEP).examined is Examined.COMPLETE


def test_damage_makes_it_partial_and_keeps_what_was_read() -> None:
    found = photo(jpeg(exif(HERE))[:-5])
    assert found.examined is Examined.PARTIAL
    assert len(found.facts.places) == 1
    assert "cut short" in found.problems[0].message


def test_truncation_never_looks_better() -> None:
    data = jpeg(exif(HERE), comment("hi"))
    for end in range(4, len(data)):
        assert photo(data[:end]).examined is Examined.PARTIAL


@pytest.mark.parametrize(
    "data, kind",
    [
        (VIDEO, "MP4 or QuickTime video"),
        (b"\xff\x0a\0\0", "JPEG XL photo"),
        (b"8BPS\0\1", "Photoshop file"),
        (b"%PDF-1.7", ""),
        (b"", ""),
        (b"BMW is no bitmap", ""),
    ],
)
def test_what_no_format_recognises_is_named(data: bytes, kind: str) -> None:
    assert read(memory_source(data, "file")) == kind


def test_a_photo_in_a_photo_without_end_ends() -> None:
    data = jpeg()
    for _ in range(12):
        data = multi_picture(pictures=[(0x20003, data)])
    started = time.process_time()
    found = photo(data)
    assert time.process_time() - started < 1
    assert found.examined is Examined.PARTIAL
    assert any("inside one another" in p.message for p in found.problems)


def test_an_index_that_points_at_itself_ends() -> None:
    pointing = [(0x20003, b"")] * 30
    found = photo(multi_picture(pictures=pointing))
    assert len(found.facts.pictures) <= 30


def test_two_photos_in_one_process_do_not_mix() -> None:
    one, two = jpeg(exif(HERE)), jpeg(comment("nothing here"))
    for first, second in ((one, two), (two, one)):
        photo(first)
        assert photo(second).facts == photo(second).facts
    assert photo(two).facts.places == ()


def test_a_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(exif(HERE)))
    with FileSource(path, "shown/as/a.jpg") as source:
        found = read(source)
    assert isinstance(found, Photo)
    assert (found.name, found.size) == ("shown/as/a.jpg", path.stat().st_size)
    assert found.modified == pytest.approx(path.stat().st_mtime)
