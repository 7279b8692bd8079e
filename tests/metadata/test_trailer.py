from __future__ import annotations

import struct
import time

import pytest

from exposure.metadata.trailer import TRAILER
from exposure.model import Block, Embedded, Field, Kind, Problem, Time
from tests.make import block
from tests.make.jpeg import jfif, jpeg
from tests.make.samsung import VIDEO, directory, named, samsung


def things(data: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(TRAILER.decode(block(Kind.TRAILER, data, "after EOI")))


def names(data: bytes) -> dict[str, object]:
    return {f.name: f.value for f in things(data) if isinstance(f, Field)}


def embedded(data: bytes) -> list[tuple[str, bytes]]:
    return [(e.kind, e.window.load()) for e in things(data) if isinstance(e, Embedded)]


@pytest.mark.parametrize("data", [bytes(1), bytes(5000), b"\xff" * 300, b"\r\n\0\0 ", b" " * 9])
def test_filling_is_padding_and_nothing_to_look_at(data: bytes) -> None:
    assert names(data) == {"Padding": len(data)}
    assert embedded(data) == []


def test_a_picture_after_the_end() -> None:
    assert embedded(jpeg()) == [("second-image", jpeg())]


def test_a_video_after_the_end_wherever_it_begins() -> None:
    assert embedded(VIDEO) == [("video", VIDEO)]
    assert names(bytes(40) + VIDEO) == {"Padding": 40}
    far = bytes((1 << 20) - 6)
    assert embedded(far + VIDEO) == [("video", VIDEO)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "audio"),
        (b"ID3\3" + bytes(40), "audio"),
        (struct.pack(">I4sI4s", 8, b"wide", 5008, b"mdat") + bytes(40), "video"),
        (struct.pack(">I4s", 5008, b"mdat") + bytes(40), "video"),
        (b"\x1aE\xdf\xa3" + bytes(40), "video"),
    ],
)
def test_sound_and_videos_without_a_type_of_their_own(data: bytes, kind: str) -> None:
    assert embedded(data) == [(kind, data)]


def test_the_end_of_an_older_picture_is_left_over() -> None:
    for end in (b"IEND\xaeB`\x82", b"\xff\xd9", b"\xff\xd9\0\0"):
        assert set(names(b"old picture " * 500 + end)) == {"LeftOver"}


def test_anything_else_is_data() -> None:
    assert names(b"what is this") == {"Data": 12, "Words": "what is this"}
    assert names(bytes(range(1, 200))) == {"Data": 199}
    assert embedded(b"what is this") == [("trailer", b"what is this")]


def test_samsung_blocks_by_name() -> None:
    data = samsung(Image_UTC_Data=b"1714759200000", MCC_Data=b"262", MotionPhoto_Data=VIDEO)
    assert names(data) == {
        "Image_UTC_Data": "1714759200000",
        "MCC_Data": "262",
        "MotionPhoto_Data": VIDEO,
    }
    assert embedded(data) == [("video", VIDEO)]


def test_a_video_before_samsungs_blocks() -> None:
    assert ("video", VIDEO) in embedded(VIDEO + samsung(MCC_Data=b"262"))


def test_a_damaged_directory_is_a_problem() -> None:
    data = samsung(MCC_Data=b"262")
    broken = data[:-8] + struct.pack("<I", 60_000) + b"SEFT"
    assert any(isinstance(t, Problem) for t in things(broken))


@pytest.mark.parametrize("pointer", [b"mpv2" + bytes(12), b"mpv2" + struct.pack("<II", 8, 900)])
def test_a_word_that_there_is_a_video_is_no_second_video(pointer: bytes) -> None:
    data = VIDEO + samsung(MotionPhoto_Data=pointer)
    assert embedded(data) == [("video", VIDEO)]
    assert "MotionPhoto_Data" in names(data)
    assert embedded(samsung(MotionPhoto_Data=b"mpv2" + VIDEO * 2)) == [("video", b"mpv2" + VIDEO * 2)]


def test_a_directory_without_entries_or_many_in_a_row_end() -> None:
    assert things(directory()) == []
    assert names(b"left over" + directory()) == {"Data": 9, "Words": "left over"}
    for each in (directory(), samsung(a=b"1")):
        found = things(each * 3000)
        assert len(found) < 50 and any(isinstance(t, Problem) for t in found)


def test_more_entries_than_there_are_or_are_read_are_said() -> None:
    block_ = named(b"a", b"1")
    for data in (block_ + directory(len(block_), count=7), block_ * 150 + directory(*[len(block_)] * 150)):
        assert any(isinstance(t, Problem) for t in things(data))


def test_what_lies_among_samsungs_blocks_is_found() -> None:
    block_ = named(b"a", b"1")
    assert names(block_ + b"hidden" + directory(len(block_), gap=6)) == {"a": "1", "Data": 6}


def test_a_block_without_a_name_is_said() -> None:
    nameless = struct.pack("<HHI", 0, 0, 5000) + b"words"
    found = things(nameless + directory(len(nameless)))
    assert any(isinstance(t, Problem) for t in found)
    assert names(nameless + directory(len(nameless))) == {"Data": len(nameless)}


def test_a_trailer_that_is_nothing_but_beginnings_of_videos_is_read_fast() -> None:
    started = time.process_time()
    assert embedded(b"ftyp" * 2_000_000)[0][0] == "trailer"
    assert time.process_time() - started < 1


def test_an_older_picture_inside_is_left_over() -> None:
    inside = b"memory " * 900 + jpeg(jfif())[:40] + b"more memory" * 90
    assert set(names(inside)) == {"LeftOver"}
    assert set(names(b"memory " * 900 + b"\xff\xd8\xff by chance")) == {"Data", "Words"}


def test_samsungs_world_clock_is_a_time() -> None:
    fields = [t for t in things(samsung(Image_UTC_Data=b"1714759200000")) if isinstance(t, Field)]
    (told,) = TRAILER.facts(fields)
    assert isinstance(told, Time)
    assert (told.kind, told.local, told.utc_offset) == ("utc", "2024-05-03T18:00:00", "+00:00")
