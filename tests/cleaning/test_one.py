"""One file: a JPEG that seems to end with its picture gets a shallow look first, and never another copy for it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from exposure.cleaning import Outcome, Wishes, _one
from exposure.cleaning._copy import planned
from exposure.cleaning._one import Task, cleaned
from exposure.model import Depth
from exposure.source import FileSource
from tests.make.bakeoff import fixtures
from tests.make.bakeoff_words import Fixture
from tests.make.jpeg import comment, exif, jpeg, multi_picture, progressive_jpeg
from tests.make.tiff import tiff
from tests.sources import memory_source

HIDDEN = b"words that nobody should get"
_EOI = b"\xff\xd9"


def copy_of(data: bytes, folder: Path) -> bytes:
    (folder / "photo.jpg").write_bytes(data)
    found = cleaned(Task(FileSource(folder / "photo.jpg"), str(folder / "copy.jpg"), Wishes(pixels=False)))
    assert found.outcome is Outcome.CLEANED, found.reason
    return (folder / "copy.jpg").read_bytes()


def thorough(data: bytes) -> bytes:
    copy = planned(memory_source(data), Wishes())
    assert copy is not None
    return copy.assembled().read(0, copy.assembled().size)


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)
def test_the_copy_is_that_of_a_thorough_look(fixture: Fixture, tmp_path: Path) -> None:
    assert copy_of(fixture.data, tmp_path) == thorough(fixture.data)


@pytest.mark.parametrize(
    "data",
    [
        jpeg(exif(tiff(Artist="Anna"))),
        jpeg() + jpeg(comment(HIDDEN)),
        jpeg() + HIDDEN + _EOI,
        jpeg()[:-2] + comment(HIDDEN) + _EOI,
        progressive_jpeg(comment(HIDDEN)),
        multi_picture(pictures=[(0x20001, jpeg(comment(HIDDEN)))]),
    ],
    ids=["plain", "another behind it", "words behind it", "words in it", "progressive", "several pictures"],
)
def test_nothing_hidden_before_the_last_mark_gets_into_a_copy(data: bytes, tmp_path: Path) -> None:
    assert data.endswith(_EOI)
    copy = copy_of(data, tmp_path)
    assert HIDDEN not in copy and copy == thorough(data)


def test_a_plain_jpeg_is_searched_once_and_that_is_its_copy(tmp_path: Path) -> None:
    with patch.object(_one, "planned", side_effect=planned) as seen:
        copy_of(jpeg(exif(tiff(Artist="Anna"))), tmp_path)
    assert [call.args[2:] for call in seen.call_args_list] == [(Depth.SHALLOW,)]
