"""Copies held against their originals, whoever made them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning.verify import Verified, verify
from exposure.cli import main
from exposure.errors import CannotRun
from exposure.source import FileSource
from tests.make import icc
from tests.make.bakeoff import fixtures
from tests.make.bakeoff_words import Fixture
from tests.make.jpeg import comment, exif, jpeg
from tests.make.png import png, text
from tests.make.tiff import tiff

each_fixture = pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)
PROVEN: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "before", tmp_path / "after"


def verified(pair: tuple[Path, Path], before: bytes, after: bytes, wishes: Wishes | None = None) -> Verified:
    pair[0].write_bytes(before)
    pair[1].write_bytes(after)
    (one,) = verify(str(pair[0]), str(pair[1]), wishes or Wishes())
    return one


def cleaned(path: Path, data: bytes, wishes: Wishes | None = None) -> bytes:
    path.write_bytes(data)
    with FileSource(path) as source:
        copy = planned(source, wishes or Wishes())
        assert copy is not None
        whole = copy.assembled()
        return whole.read(0, whole.size)


def saved(format_: str, change: bool = False, **options: object) -> bytes:
    image = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    if change:
        image.paste((255, 0, 0), (32, 16, 40, 24))
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


@each_fixture
def test_our_own_copies_are_proven_and_originals_are_not(pair: tuple[Path, Path], fixture: Fixture) -> None:
    copy = cleaned(pair[0], fixture.data)
    assert verified(pair, fixture.data, copy)[1:3] == PROVEN
    itself = verified(pair, fixture.data, fixture.data)
    assert itself.against[0].startswith("Still in it: ")
    assert not any(word in sentence for word in fixture.canaries for sentence in itself.against), (
        "no value is shown"
    )


@each_fixture
def test_what_was_kept_on_purpose_is_fine_only_when_that_is_said(
    pair: tuple[Path, Path], fixture: Fixture
) -> None:
    wishes = Wishes(frozenset(["copyright", "creator", "date", "camera"]), "city")
    copy = cleaned(pair[0], fixture.data, wishes)
    assert verified(pair, fixture.data, copy, wishes)[1:3] == PROVEN
    if copy != cleaned(pair[0], fixture.data):
        assert "Still in it" in verified(pair, fixture.data, copy).against[0]


def test_what_is_left_and_what_was_lost_is_said_in_sentences(pair: tuple[Path, Path]) -> None:
    original = saved("JPEG", icc_profile=icc.profile(), exif=b"Exif\0\0" + tiff(Orientation=6, Make="Acme"))
    left = saved("JPEG", exif=b"Exif\0\0" + tiff(Make="Acme"))
    found = verified(pair, original, left)
    assert found.against == (
        "Still in it: EXIF in APP1, EXIF:IFD0:Make.",
        "It is not shown like the original: it is shown another way up, its colour profile is gone.",
    )


def test_a_copy_by_another_program_can_be_proven(pair: tuple[Path, Path]) -> None:
    """Here: the same segments without the comment, and the way up said though nothing is turned."""
    data = saved("JPEG")
    with_words = data[:20] + comment(b"hello") + data[20:]
    assert verified(pair, with_words, data)[1:3] == PROVEN
    said = data[:20] + exif(tiff(Orientation=1)) + data[20:]
    assert verified(pair, said, said)[1:3] == PROVEN
    assert verified(pair, data, data[:2] + data[20:])[1:3] == PROVEN, "without a JFIF header"


def test_words_where_exposure_would_write_none_are_told(pair: tuple[Path, Path]) -> None:
    data = saved("JPEG")
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\1\1abc"
    hidden = data[:2] + b"\xff\xe0" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail + data[20:]
    against = verified(pair, data, hidden).against
    assert against and any("APP0" in sentence for sentence in against)


def test_a_changed_picture_is_never_proven(pair: tuple[Path, Path]) -> None:
    against, notes = verified(pair, saved("PNG"), saved("PNG", True))[1:3]
    assert against == ("It is not shown like the original: its pixels differ.",)
    assert notes == ("The picture was written anew: its coded bytes are not those of the original.",)


def test_the_same_pixels_written_anew_are_the_same_picture(pair: tuple[Path, Path]) -> None:
    packed, loose = saved("PNG", compress_level=9), saved("PNG", compress_level=0)
    against, notes = verified(pair, packed, loose)[1:3]
    assert (against, notes[0][:28]) == ((), "The picture was written anew")
    unseen = verified(pair, packed, loose, Wishes(pixels=False))
    assert unseen.against == (
        "Neither its coded bytes nor all of its pixels could be found to be the original's.",
    )
    alike = verified(pair, packed, packed, Wishes(pixels=False))
    assert (alike.against, alike.notes) == (
        (),
        ("The pixels were not compared; the picture's bytes are those of the original.",),
    )


def test_another_format_can_hold_the_same_picture(pair: tuple[Path, Path]) -> None:
    lossless, lossy = saved("WEBP", lossless=True), saved("JPEG")
    against, notes = verified(pair, saved("PNG"), lossless)[1:3]
    assert (against, notes) == ((), ("The picture was written anew, as WebP instead of PNG.",))
    assert verified(pair, saved("PNG"), lossy).against == (
        "It is not shown like the original: its pixels differ.",
    )


def test_what_is_no_photo_is_said(pair: tuple[Path, Path]) -> None:
    assert verified(pair, jpeg(), b"words").against == ("It is no photo that exposure reads.",)
    assert verified(pair, b"words", jpeg()).against == ("Its original is no photo that exposure reads.",)
    assert not verified(pair, b"words", b"other words").photo


def test_a_damaged_copy_is_not_proven(pair: tuple[Path, Path]) -> None:
    whole = jpeg()
    for length in (len(whole) - 3, len(whole) // 2, 30):
        assert verified(pair, whole, whole[:length]).against


@pytest.mark.parametrize("jobs", [1, 2])
def test_folders_are_matched_by_the_paths_in_them(pair: tuple[Path, Path], jobs: int) -> None:
    before, after = pair
    for folder in (before / "trip", after / "trip"):
        folder.mkdir(parents=True)
    words = png(text("Comment", "hello"))
    for name in ("a.png", "trip/b.png", "trip/gone.png"):
        (before / name).write_bytes(words)
    (before / "list.txt").write_text("no photo")
    (before / "a.xmp").write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>")
    (after / "a.png").write_bytes(words)
    (after / "trip" / "b.png").write_bytes(png())
    (after / "trip" / "more.png").write_bytes(png())
    found = {one.name: one for one in verify(str(before), str(after), Wishes(), jobs)}
    assert list(found) == sorted(found)
    assert {name: one.against[:1] for name, one in found.items() if one.photo} == {
        "a.png": ("Still in it: PNG in tEXt, PNG:tEXt:Comment.",),
        str(Path("trip/b.png")): (),
        str(Path("trip/gone.png")): ("There is no copy of it.",),
        str(Path("trip/more.png")): ("There is no original that it could be a copy of.",),
    }
    assert not found["list.txt"].photo and not found["a.xmp"].photo, "neither gets a copy"


def test_what_cannot_be_held_against_each_other_cannot_run(pair: tuple[Path, Path]) -> None:
    before, after = pair
    before.mkdir()
    with pytest.raises(CannotRun, match="nothing at"):
        verify(str(before), str(after), Wishes())
    after.write_bytes(jpeg())
    with pytest.raises(CannotRun, match="two files, or two folders"):
        verify(str(before), str(after), Wishes())


def test_the_command_says_it_and_ends_with_the_right_code(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = pair
    before.write_bytes(png(text("Comment", "hello")))
    after.write_bytes(png())
    assert main(["verify", str(before), str(after)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("proven ") and "the same picture" in said
    assert main(["verify", str(before), str(before)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("not proven ") and "PNG:tEXt:Comment" in " ".join(said.split())
    assert "hello" not in said
    assert main(["verify", str(before), str(after / "none")]) == 2
    assert main(["verify", "--proof", "structure", str(before), str(after)]) == 0
    assert "pixels were not compared" in " ".join(capsys.readouterr().out.split())
    before.write_bytes(b"words")
    after.write_bytes(b"words")
    assert main(["verify", str(before), str(after)]) == 0
    assert "no photo here" in capsys.readouterr().out
