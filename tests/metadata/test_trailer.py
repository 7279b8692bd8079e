from __future__ import annotations

import struct

import pytest

from exposure.metadata.trailer import TRAILER
from exposure.model import Block, Embedded, Field, Kind, Problem
from tests.make import block
from tests.make.jpeg import jpeg

VIDEO = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 16) + b"mdat" + bytes(8)


def things(data: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(TRAILER.decode(block(Kind.TRAILER, data, "after EOI")))


def names(data: bytes) -> dict[str, object]:
    return {f.name: f.value for f in things(data) if isinstance(f, Field)}


def embedded(data: bytes) -> list[tuple[str, bytes]]:
    return [(e.kind, e.window.load()) for e in things(data) if isinstance(e, Embedded)]


def samsung(**values: bytes) -> bytes:
    """Samsung's trailer: named blocks, then a directory that counts back from itself."""
    body, starts = b"", []
    for name, value in values.items():
        starts.append(len(body))
        body += struct.pack("<HHI", 0, 0x0A01, len(name)) + name.encode() + value
    ends = [*starts[1:], len(body)]
    rows = b"".join(
        struct.pack("<HHII", 0, 0x0A01, len(body) - start, end - start)
        for start, end in zip(starts, ends, strict=True)
    )
    directory = b"SEFH" + struct.pack("<II", 107, len(values)) + rows
    return body + directory + struct.pack("<I", len(directory)) + b"SEFT"


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


def test_the_end_of_an_older_picture_is_left_over() -> None:
    for end in (b"IEND\xaeB`\x82", b"\xff\xd9", b"\xff\xd9\0\0"):
        assert set(names(b"old picture " * 500 + end)) == {"LeftOver"}


def test_anything_else_is_data() -> None:
    assert names(b"what is this") == {"Data": 12}
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
