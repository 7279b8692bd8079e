"""The proof of a copy: each of its five statements is enough to stop it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import pytest

from exposure.cleaning import Wishes, _exiftool, _proof
from exposure.cleaning._copy import Copy, planned
from exposure.cleaning._proof import is_itself, prove, undrawn
from exposure.drawing import NO_READER, TOO_LARGE, Drawing
from exposure.errors import CannotClean
from exposure.formats.jpeg import JPEG
from exposure.model import Tag
from exposure.plugins import Piece
from exposure.source import Assembled, FileSource, Range
from tests.make import icc, window
from tests.make.bakeoff import fixtures
from tests.make.bakeoff_words import Fixture
from tests.make.heif import av1, heif, hevc
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff
from tests.sources import memory_source

each_fixture = pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)


def copied(data: bytes, wishes: Wishes | None = None) -> Copy:
    copy = planned(memory_source(data), wishes or Wishes())
    assert copy is not None
    return copy


def written(copy: Copy) -> FileSource:
    """The copy as a file of its own."""
    whole = copy.assembled()
    return memory_source(whole.read(0, whole.size))


def proven(copy: Copy, pieces: tuple[Piece, ...] | None = None) -> str:
    return prove(copy, Assembled(copy.source, pieces or copy.pieces), Wishes())


@each_fixture
def test_every_clean_copy_of_the_bake_off_is_proven(fixture: Fixture) -> None:
    copy = copied(fixture.data)
    assert prove(copy, copy.assembled(), Wishes()) == ""
    assert prove(copy, written(copy), Wishes()) == ""


@each_fixture
def test_the_original_itself_is_never_proven(fixture: Fixture) -> None:
    copy = copied(fixture.data)
    with pytest.raises(CannotClean, match="still hold"):
        proven(copy, (Range(0, len(fixture.data)),))


def test_bytes_that_are_not_those_that_were_meant_are_refused() -> None:
    copy = copied(jpeg())
    there = bytearray(written(copy).read(0, copy.assembled().size))
    there[-3] ^= 1
    for other in (bytes(there), bytes(there[:-1]), bytes(there) + b"\0"):
        with pytest.raises(CannotClean, match="is not what was written"):
            prove(copy, memory_source(other), Wishes())


def test_a_copy_of_another_format_is_refused() -> None:
    copy = copied(jpeg())
    with pytest.raises(CannotClean, match="same kind of file"):
        proven(copy, (b"GIF89a",))
    with pytest.raises(CannotClean, match="same kind of file"):
        proven(copy, (b"nothing",))


def test_a_copy_that_would_change_when_it_is_cleaned_again_is_refused() -> None:
    """Here: a fill byte between two segments, which no reader minds."""
    copy = copied(jpeg())
    whole = written(copy).read(0, copy.assembled().size)
    with pytest.raises(CannotClean, match="stay the same"):
        proven(copy, (whole[:2] + b"\xff" + whole[2:],))


@pytest.mark.parametrize(
    "name, found, words",
    [
        ("pillow_left", ["IFD0 271"], "still find IFD0 271"),
        ("exifread_found", (("Image Make",), ()), "still find Image Make"),
        ("exifread_found", ((), ("Image Orientation",)), "would not find Image Orientation"),
        ("differences", ["its pixels differ"], "its pixels differ"),
    ],
)
def test_what_another_reader_says_is_enough(name: str, found: object, words: str) -> None:
    from exposure.cleaning._second import Found

    copy = copied(jpeg(comment(b"hello")))
    answer = Found(*found) if isinstance(found, tuple) else found
    with patch.object(_proof, name, return_value=answer), pytest.raises(CannotClean, match=words):
        proven(copy)


def test_exiftool_is_asked_only_where_it_is_wished() -> None:
    copy = copied(jpeg(comment(b"hello")))
    with patch.object(_exiftool, "exiftool_left", return_value=["File:Comment"]):
        assert proven(copy) == ""
        with pytest.raises(CannotClean, match="ExifTool would still find File:Comment"):
            prove(copy, copy.assembled(), Wishes(exiftool=True))


def test_a_picture_that_is_turned_otherwise_is_refused() -> None:
    """Where what was to stay is wrong by itself, our readers agree with it; Pillow does not."""
    copy = copied(jpeg(exif(tiff(Orientation=6))))
    wrong = copy.keeping._replace(kept=replace(copy.kept, tags=(Tag("IFD0", 0x112, 3, (3,)),)))
    assert JPEG.rewrite is not None
    pieces = tuple(JPEG.rewrite(window(copy.source.read(0, copy.source.size)), copy.photo.parts, wrong.kept))
    with pytest.raises(CannotClean, match="another way up"):
        proven(Copy(copy.source, copy.photo, copy.format, wrong, pieces), pieces)


def test_a_colour_profile_goes_or_changes_only_on_purpose() -> None:
    profile = icc.profile()
    seen, bare = Drawing(icc=hashlib.sha256(profile).hexdigest()), Drawing()
    copy = copied(jpeg())
    kept = copy.keeping._replace(kept=replace(copy.kept, icc=profile))
    with_icc = Copy(copy.source, copy.photo, copy.format, kept, copy.pieces)
    assert list(_proof._colours(with_icc, seen, seen)) == []
    assert list(_proof._colours(with_icc, bare, bare)) == ["its colour profile is another than was to stay"]
    assert list(_proof._colours(copy, seen, bare)) == ["its colour profile is gone"]
    assert list(_proof._colours(copy, bare, seen)) == ["its colour profile is another than was to stay"]


@pytest.mark.parametrize(
    "problem, pixels, words",
    [
        ("", True, ""),
        ("", False, "the pixels were not compared; the picture's bytes are those of the original"),
        (
            NO_READER,
            True,
            "the pixels were not all compared: that needs one more package (pip install 'photo-exposure[heif]'); ",
        ),
        (TOO_LARGE, True, "the pixels were not all compared: there are more than 300 million"),
        ("OSError", True, "the pixels were not all compared: Pillow cannot draw all of the original; "),
    ],
)
def test_what_the_proof_left_out_is_said(problem: str, pixels: bool, words: str) -> None:
    said = undrawn(problem, Wishes(pixels=pixels))
    assert said.startswith(words) and bool(said) == bool(words)


def test_a_picture_that_pillow_cannot_draw_is_copied_and_that_is_said() -> None:
    copy = copied(jpeg(comment(b"hello")))
    failing = Drawing(problem="OSError")
    with patch.object(_proof, "drawn", return_value=failing):
        assert "Pillow cannot draw" in proven(copy)


WHOLE = b"one two three four"
SAME: list[tuple[Piece, ...]] = [
    (WHOLE,),
    (Range(0, len(WHOLE)),),
    (b"one ", Range(4, 4), b"three four"),
    (Range(0, 10), Range(10, 8)),
]
OTHER: list[tuple[Piece, ...]] = [
    (),
    (WHOLE[:-1],),
    (WHOLE + b"!",),
    (Range(0, 8),),
    (Range(4, 4), WHOLE),
    (b"One ", Range(4, 14)),
    (b"one ", Range(3, 14)),
    (Range(0, 18), Range(0, 18)),
]


@pytest.mark.parametrize("pieces", SAME)
def test_a_file_that_is_put_together_the_same_is_itself(pieces: tuple[Piece, ...]) -> None:
    assert is_itself(pieces, window(WHOLE))


@pytest.mark.parametrize("pieces", OTHER)
def test_a_file_that_is_put_together_otherwise_is_not(pieces: tuple[Piece, ...]) -> None:
    assert not is_itself(pieces, window(WHOLE))


def test_equal_bytes_from_another_place_are_the_same() -> None:
    assert is_itself((Range(4, 4), Range(4, 4)), window(b"two two "))


def test_the_proof_does_not_hold_the_picture_in_memory_for_its_own_reading() -> None:
    """Our own statements read pieces of a megabyte at most."""
    copy = copied(jpeg())
    sizes: list[int] = []
    proper: Callable[..., bytes] = Assembled.read

    def read(self: Assembled, offset: int, length: int) -> bytes:
        sizes.append(length)
        return proper(self, offset, length)

    with patch.object(Assembled, "read", read):
        proven(copy)
    assert max(sizes) <= 1 << 20


@pytest.mark.parametrize(
    "data",
    [
        heif(hevc(b"words that nobody draws")),
        heif(av1(b"words that nobody draws"), brands=(b"avif", b"mif1")),
    ],
)
def test_what_no_decoder_takes_for_a_picture_is_refused(data: bytes) -> None:
    copy = copied(data)
    with pytest.raises(CannotClean, match="no program here can draw it"):
        proven(copy)


def test_what_no_decoder_is_there_for_is_not() -> None:
    copy = copied(heif(hevc(b"words that nobody draws")))
    with patch.object(_proof, "drawn", lambda *_, **__: Drawing(problem=NO_READER)):
        assert "one more package" in proven(copy)
