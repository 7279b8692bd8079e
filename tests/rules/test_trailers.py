from __future__ import annotations

import pytest

from exposure.model import Address, Block, Confidence, Fact, Field, Kind, Level, Photo, Picture, Secret
from exposure.plugins import Rule
from exposure.rules.trailers import data_after_end, hidden_video, sound_recording, undo_information
from exposure.source import Range
from tests.make import window
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import field, photo

TRAILER = Block(Kind.TRAILER, "trailer", window(b"x" * 5000), window(b"x" * 5000))


@pytest.mark.parametrize("rule", rules_of("trailers"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


def embedded(
    kind: str, path: str, format: str | None = None, offset: int = 1000, length: int = 50_000
) -> Picture:
    return Picture(kind, offset, length, Address(path, (Range(offset, length),)), format)


def after_end(*facts: Fact, fields: tuple[Field, ...] = ()) -> Photo:
    """A photo with these fields decoded from the bytes after its end."""
    return photo(*facts, fields=fields, blocks=(TRAILER,) if fields else ())


@pytest.mark.parametrize("rule, kind", [(hidden_video, "video"), (sound_recording, "audio")])
def test_video_and_sound(rule: Rule, kind: str) -> None:
    assert rule.check(photo(embedded(kind, "Trailer:Trailer:Video", "MP4"))) is not None
    assert rule.level is Level.HIGH and rule.confidence is Confidence.CERTAIN
    assert rule.check(photo(embedded(kind, "Trailer:Trailer:Video", length=0))) is None
    assert rule.check(photo(embedded("second-image", "MPF:MPImage2:MPImageStart"))) is None
    assert rule.check(photo(fields=(field("XMP:GCamera:MotionPhoto", "1"),))) is None


def test_data_after_end() -> None:
    data = field("Trailer:Trailer:Data", 70_000)
    found = data_after_end.check(
        after_end(embedded("trailer", "Trailer:Trailer:Data", offset=0), fields=(data,))
    )
    assert found is not None and found.level is None and found.confidence is None
    assert [e.value for e in found.evidence] == ["70,000 bytes"]
    assert data_after_end.level is Level.HIGH and data_after_end.confidence is Confidence.TENTATIVE


def test_what_a_camera_s_memory_held_is_no_alarm() -> None:
    found = data_after_end.check(after_end(fields=(field("Trailer:Trailer:Data", 52_000),)))
    assert found is not None and found.level is Level.LOW


def test_few_bytes_hold_no_picture() -> None:
    found = data_after_end.check(after_end(fields=(field("Trailer:Trailer:Data", 300),)))
    assert found is not None and found.level is Level.LOW


def test_the_end_of_an_older_picture() -> None:
    found = data_after_end.check(after_end(fields=(field("Trailer:Trailer:LeftOver", 50_000),)))
    assert (
        found is not None and found.level is None and found.message is not None and "older" in found.message
    )


@pytest.mark.parametrize(
    "whole",
    [
        embedded("second-image", "Trailer:Trailer:Picture", "JPEG"),
        embedded("trailer", "Trailer:Trailer:Data", "PNG"),
    ],
)
def test_a_whole_picture_after_the_end(whole: Picture) -> None:
    found = data_after_end.check(photo(whole))
    assert found is not None and found.level is Level.CRITICAL and found.confidence is Confidence.FIRM


@pytest.mark.parametrize(
    "pictures, fields",
    [
        ((), (field("Trailer:Trailer:Padding", 50_000),)),
        ((), (field("Trailer:Samsung:Image_UTC_Data", "1500000000000"),)),
        ((embedded("video", "Trailer:Trailer:Video", "MP4"),), ()),
        ((embedded("second-image", "MPF:MPImage2:MPImageStart", "JPEG"),), ()),
        ((embedded("second-image", "Trailer:Samsung:DualShot", "JPEG"),), ()),
        ((embedded("second-image", "thumbnail/Trailer:Trailer:Picture", "JPEG"),), ()),
        ((), (field("Trailer:Trailer:Data", 5000)._replace(within="thumbnail/"),)),
        ((embedded("trailer", "Trailer:Trailer:Other", offset=2),), (field("Trailer:Trailer:Padding", 4),)),
    ],
)
def test_what_is_known_after_the_end(pictures: tuple[Picture, ...], fields: tuple[Field, ...]) -> None:
    assert data_after_end.check(after_end(*pictures, fields=fields)) is None


def test_a_trailer_that_nobody_decoded() -> None:
    found = data_after_end.check(photo(blocks=(TRAILER,)))
    assert found is not None and found.evidence[0].value == "5,000 bytes"
    assert (
        data_after_end.check(photo(embedded("video", "Trailer:Trailer:Video", offset=0), blocks=(TRAILER,)))
        is None
    )
    assert data_after_end.check(after_end(fields=(field("Trailer:Trailer:Padding", 5000),))) is None


@pytest.mark.parametrize(
    "name, value",
    [
        ("PhotoEditor_Re_Edit_Data", '{"clipInfoValue": 1}'),
        ("Original_Path_Hash_Key", b"\1\2"),
        ("Remaster_Info", "1"),
        ("Unnamed", '{"originalPath": "/storage/emulated/0/DCIM/a.jpg"}'),
    ],
)
def test_undo_information(name: str, value: object) -> None:
    found = undo_information.check(after_end(fields=(field(f"Trailer:Samsung:{name}", value),)))
    assert (
        found is not None and found.evidence[0].secret is Secret.TEXT and undo_information.level is Level.HIGH
    )


@pytest.mark.parametrize(
    "path", ["Trailer:Samsung:Image_UTC_Data", "Trailer:Trailer:Data", "XMP:x:OriginalPath"]
)
def test_no_undo_information(path: str) -> None:
    assert undo_information.check(after_end(fields=(field(path, "1"),))) is None
