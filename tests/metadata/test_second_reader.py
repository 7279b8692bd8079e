"""ExifRead is asked only about sound blocks from memory, and whatever it does ends in tags or a sentence."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable, Iterable

import exifread
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata import _second_reader
from exposure.metadata._second_reader import LARGEST, SecondReading, second_reading
from exposure.metadata.exif import EXIF
from exposure.model import Block, Kind
from tests.make import window
from tests.make.tiff import tiff


def read(data: bytes, decode: Callable[[Block], Iterable[object]] = EXIF.decode) -> SecondReading:
    whole = window(data)
    return second_reading(Block(Kind.EXIF, "APP1", whole, whole), decode)


def nikon(entries: int, count: int = 1) -> bytes:
    """A TIFF stream with a Nikon note of the unlabelled kind: so many entries, each of `count` short numbers."""
    rows = b"".join(struct.pack("<HHII", 0xF000 + n % 4096, 3, count, 0) for n in range(entries))
    note = struct.pack("<H", entries) + rows + bytes(4)
    make = b"NIKON\0"
    at = 8 + 2 + 24 + 4
    exif = at + len(make)
    ifd0 = struct.pack("<HHHIIHHIII", 2, 0x010F, 2, len(make), at, 0x8769, 4, 1, exif, 0)
    place = exif + 2 + 12 + 4
    return b"II*\0\x08\0\0\0" + ifd0 + make + struct.pack("<HHHIII", 1, 0x927C, 7, len(note), place, 0) + note


def test_its_tags_in_its_own_words() -> None:
    reading = read(tiff(Make="Acme", Orientation=6, Artist="Anna Schmidt"))
    found = {tag.name: tag for tag in reading.tags}
    assert reading.where == "EXIF in APP1" and reading.problem == ""
    assert found["Image Make"].words == "Acme" and found["Image Artist"].telling
    assert found["Image Orientation"].words == "Rotated 90 CW" and not found["Image Orientation"].telling


def test_maker_notes_are_read_here() -> None:
    reading = read(nikon(3))
    assert reading.problem == ""
    assert [t.name for t in reading.tags if t.name.startswith("MakerNote ")] == [
        f"MakerNote Tag 0xF00{n}" for n in range(3)
    ]


def test_a_block_that_our_decoder_could_not_read_whole_is_not_given_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exifread, "process_file", lambda *_, **__: pytest.fail("it was asked"))
    for data in (b"no TIFF stream", tiff(Make="A maker with a long name")[:-8]):
        reading = read(data)
        assert reading.tags == () and "could not read all of it" in reading.problem


def test_a_large_block_is_not_given_to_it() -> None:
    reading = read(tiff(Make="Acme") + bytes(LARGEST))
    assert reading.tags == () and "larger than 1 MB" in reading.problem


def test_a_note_built_to_keep_it_busy_is_cut_short_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_second_reader, "_MOST_READS", 20_000)
    reading = read(nikon(500, 999))
    assert "could not read the maker's notes: it would have taken too long" in reading.problem
    assert [t.words for t in reading.tags if t.name == "Image Make"] == ["NIKON"]
    assert not any(t.name.startswith("MakerNote ") for t in reading.tags)


def test_what_it_raises_is_said_and_what_it_logs_is_not(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, details: bool, **__: object) -> dict[str, object]:
        logging.getLogger("exifread").warning("noise")
        raise AssertionError("odd")

    monkeypatch.setattr(exifread, "process_file", fails)
    reading = read(tiff(Make="Acme"))
    assert reading.tags == () and reading.problem.endswith("AssertionError")
    assert not caplog.records and not logging.getLogger("exifread").disabled


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_any_note_ends_in_tags_or_a_sentence(note: bytes) -> None:
    data = bytearray(nikon(20, 3))
    data[-len(note) :] = note[: len(data) - 70] if note else data[-1:]
    assert isinstance(read(bytes(data), lambda _: ()), SecondReading)
