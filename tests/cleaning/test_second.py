"""Other readers over copies: Pillow, ExifRead and ExifTool find what was left, and nothing in a clean copy."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace

import pytest

from exposure.cleaning import _exiftool
from exposure.cleaning._exiftool import exiftool_left
from exposure.cleaning._second import exifread_found, pillow_left
from exposure.drawing import drawn
from exposure.errors import CannotClean
from exposure.model import Depth, Kept, Photo, Tag
from exposure.reading import read
from exposure.source import Window
from exposure.tiff import stream
from tests.make import window
from tests.make.bakeoff import fixtures
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff
from tests.sources import memory_source

TURNED = Tag("IFD0", 0x112, 3, (6,))
TAGS = (
    TURNED,
    Tag("IFD0", 0x8298, 2, "© Zoë Example"),
    Tag("Exif IFD", 0x9003, 2, "2024:05:03 18:00:00"),
    Tag("Exif IFD", 0x9011, 2, "+02:00"),
    Tag("GPS IFD", 0, 1, (2, 3, 0, 0)),
    Tag("GPS IFD", 1, 2, "N"),
    Tag("GPS IFD", 2, 5, (52, 1, 30, 1, 0, 1)),
)
KEPT = Kept(TAGS)

needs_exiftool = [
    pytest.mark.exiftool,
    pytest.mark.skipif(
        shutil.which("exiftool") is None,
        reason="ExifTool is not installed: nothing was checked of how it is asked",
    ),
]


def photo(data: bytes) -> Photo:
    found = read(memory_source(data), Depth.DEEP)
    assert isinstance(found, Photo)
    return found


def by_pillow(data: bytes, kept: Kept = KEPT, format_: str = "JPEG") -> list[str]:
    return list(pillow_left(drawn(window(data), format_), format_, kept))


def test_what_was_to_stay_is_found_with_its_value_and_nothing_else() -> None:
    copy = jpeg(exif(stream(TAGS)))
    assert by_pillow(copy) == []
    assert exifread_found(photo(copy), KEPT) == ((), ())


@pytest.mark.parametrize("tag", TAGS, ids=lambda tag: str(tag.number))
def test_a_tag_that_was_not_to_stay_is_left(tag: Tag) -> None:
    copy = jpeg(exif(stream(TAGS)))
    kept = Kept(tuple(other for other in TAGS if other != tag))
    assert by_pillow(copy, kept) == [f"{tag.ifd} {tag.number}"]
    found = exifread_found(photo(copy), kept)
    assert len(found.left) == 1 and found.missed == ()


@pytest.mark.parametrize("tag", TAGS, ids=lambda tag: str(tag.number))
def test_a_tag_with_another_value_is_left_and_missed(tag: Tag) -> None:
    other = tag.values + "?" if isinstance(tag.values, str) else tuple(n + 1 for n in tag.values)
    wanted = Kept(tuple(t._replace(values=other) if t == tag else t for t in TAGS))
    left, missed = exifread_found(photo(jpeg(exif(stream(TAGS)))), wanted)
    assert len(left) == len(missed) == 1


def test_a_tag_that_was_to_stay_and_does_not_is_missed() -> None:
    assert exifread_found(photo(jpeg()), Kept((TURNED,))) == ((), ("Image Orientation",))


def test_the_tags_that_shape_a_tiff_stay_and_no_others() -> None:
    bare, more = tiff(picture=True), tiff(picture=True, Make="Acme", DateTimeOriginal="2024:05:03 18:00:00")
    assert by_pillow(bare, Kept(), "TIFF") == []
    assert exifread_found(photo(bare), Kept()) == ((), ())
    assert by_pillow(more, Kept(), "TIFF") == ["Exif IFD 36867", "IFD0 271", "IFD0 34665"]
    assert exifread_found(photo(more), Kept()).left == ("Image Make", "EXIF DateTimeOriginal")


def test_exifread_is_not_given_what_it_does_not_know() -> None:
    """A BigTIFF, of which it makes nonsense."""
    assert exifread_found(photo(tiff(big=True, picture=True, Make="Acme")), Kept()) == ((), ())


def test_pillow_names_everything_in_the_files_of_the_bake_off() -> None:
    for fixture in fixtures():
        seen = pillow_left(drawn(window(fixture.data), fixture.format), fixture.format, Kept())
        assert len(list(seen)) >= (2 if fixture.format == "GIF" else 8), fixture.name


def test_exiftool_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_exiftool, "installed", lambda: None)
    with pytest.raises(CannotClean, match="not there"):
        list(exiftool_left(memory_source(jpeg()), "JPEG", Kept()))


def test_a_program_that_says_nonsense_has_not_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("true") or shutil.which("hostname")
    monkeypatch.setattr(_exiftool, "installed", lambda: program)
    with pytest.raises(CannotClean, match="could not read"):
        list(exiftool_left(memory_source(jpeg()), "JPEG", Kept()))


@pytest.mark.skipif(os.name == "nt", reason="a slow program is made of a shell script")
def test_a_program_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    slow = tmp_path_factory.mktemp("slow") / "exiftool"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(_exiftool, "installed", lambda: str(slow))
    monkeypatch.setattr(_exiftool, "SECONDS", 0.2)
    with pytest.raises(CannotClean, match="too long"):
        list(exiftool_left(memory_source(jpeg()), "JPEG", Kept()))


class TestWithExifTool:
    pytestmark = needs_exiftool

    def test_it_finds_what_is_left_and_nothing_in_a_clean_copy(self) -> None:
        copy, left = jpeg(exif(stream(TAGS))), jpeg(exif(stream(TAGS)), comment(b"hello"))
        assert list(exiftool_left(memory_source(copy), "JPEG", KEPT)) == []
        assert list(exiftool_left(memory_source(left), "JPEG", KEPT)) == ["File:Comment"]
        assert list(exiftool_left(memory_source(copy), "JPEG", replace(KEPT, tags=TAGS[1:]))) == [
            "IFD0:Orientation"
        ]

    def test_a_file_larger_than_a_pipe_holds_gets_through(self) -> None:
        data = jpeg() + b"\0" * 3_000_000
        assert list(exiftool_left(memory_source(data), "JPEG", Kept())) == []

    def test_a_person_s_own_settings_for_it_do_not_count(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        home = tmp_path_factory.mktemp("home")
        (home / ".ExifTool_config").write_text("die 'this must not run';\n")
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("EXIFTOOL_HOME", str(home))
        assert list(exiftool_left(memory_source(jpeg()), "JPEG", Kept())) == []
        ran = subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=False)
        assert "must not run" in ran.stderr

    def test_it_names_everything_in_the_files_of_the_bake_off(self) -> None:
        for fixture in fixtures():
            source = memory_source(fixture.data)
            seen = list(exiftool_left(source, fixture.format, Kept()))
            assert len(seen) >= (2 if fixture.format == "GIF" else 8), fixture.name
            assert Window.whole(source).size == len(fixture.data)
