from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from exposure.model import Depth, Photo
from exposure.pixels import compared, likeness, thumbnail
from exposure.reading import read
from exposure.source import Window
from tests.make.jpeg import exif
from tests.make.tiff import tiff
from tests.sources import memory_source

TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A picture in which every corner differs."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle([40, 40, 200, 160], (220, 40, 40))
    draw.ellipse([400, 250, 600, 440], (30, 60, 200))
    draw.rectangle([80, 300, 180, 460], (250, 250, 250))
    draw.line([0, height, width, 0], (0, 0, 0), 14)
    return image


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def thumb(image: Image.Image, box: tuple[int, int] = (160, 120)) -> Image.Image:
    small = image.copy()
    small.thumbnail(box)
    return small


def letterboxed(image: Image.Image) -> Image.Image:
    """A wide picture in a 4:3 thumbnail with black bars, as cameras make them."""
    bars, small = Image.new("RGB", (160, 120)), thumb(image)
    bars.paste(small, ((160 - small.width) // 2, (120 - small.height) // 2))
    return bars


def photo(main: Image.Image, preview: bytes) -> float | None:
    data = jpeg(main)
    data = data[:2] + exif(tiff(thumbnail=preview)) + data[2:]
    source = memory_source(data)
    found = read(source, Depth.DEEP)
    assert isinstance(found, Photo)
    (picture,) = compared(found, source).facts.pictures
    return picture.likeness


@pytest.mark.parametrize("turn", [None, *TURNS])
def test_the_preview_of_a_turned_picture_is_still_its_own(turn: Image.Transpose | None) -> None:
    main = scene()
    preview = thumb(main if turn is None else main.transpose(turn))
    assert (photo(main, jpeg(preview)) or 0) > 0.95


def test_a_mirrored_preview_shows_another_picture() -> None:
    mirrored = scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert (photo(scene(), jpeg(thumb(mirrored))) or 1) < 0.9


def test_a_letterboxed_preview_is_its_own() -> None:
    wide = scene(1280, 540)
    assert (photo(wide, jpeg(letterboxed(wide))) or 0) > 0.9


@pytest.mark.parametrize("box", [(160, 120, 480, 360), (0, 0, 320, 240), (320, 0, 640, 480)])
def test_the_preview_of_the_uncropped_picture_is_not(box: tuple[int, int, int, int]) -> None:
    main = scene()
    assert (photo(main.crop(box), jpeg(thumb(main))) or 1) < 0.9


def test_the_preview_of_what_was_covered_is_not() -> None:
    covered = scene()
    ImageDraw.Draw(covered).rectangle([380, 200, 640, 480], (0, 0, 0))
    ImageDraw.Draw(covered).rectangle([20, 20, 240, 200], (0, 0, 0))
    assert (photo(covered, jpeg(thumb(scene()))) or 1) < 0.9


def test_what_cannot_be_drawn_or_says_nothing_is_not_compared() -> None:
    assert photo(scene(), b"\xff\xd8\xff\xe0 no picture") is None
    assert photo(Image.new("RGB", (64, 48), (200, 200, 200)), jpeg(thumb(scene()))) is None
    assert photo(thumb(scene(), (16, 12)), jpeg(thumb(scene()))) is None


def test_likeness_of_a_picture_to_itself_is_1() -> None:
    grey = scene().convert("L")
    assert likeness(grey, grey) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WebP", "GIF", "TIFF"])
def test_a_thumbnail_is_the_picture_small_with_nothing_else_in_it(format_: str) -> None:
    out, exif_block = io.BytesIO(), Image.Exif()
    exif_block[0x010E] = "our flat"
    scene().save(out, format_.upper(), **({} if format_ == "GIF" else {"exif": exif_block}))
    small = thumbnail(Window.whole(memory_source(out.getvalue())), format_)
    assert (
        len(small) < 4_000 and small[8:16] == b"WEBPVP8 "
    )  # the simple format: one chunk, no room for metadata
    assert len(small) == 20 + int.from_bytes(small[16:20], "little") + (small[16] & 1)
    with Image.open(io.BytesIO(small), formats=["WEBP"]) as image:
        assert image.size == (96, 72)
        assert image.convert("RGB").getpixel((15, 15))[0] > 150  # type: ignore[index]  # the red corner


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_thumbnail_is_the_right_way_up(turned: int) -> None:
    out, exif_block = io.BytesIO(), Image.Exif()
    exif_block[0x0112] = turned
    scene().save(out, "JPEG", exif=exif_block)
    small = thumbnail(Window.whole(memory_source(out.getvalue())), "JPEG")
    with Image.open(io.BytesIO(small), formats=["WEBP"]) as image:
        assert image.size == ((96, 72) if turned == 3 else (72, 96))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xd9", jpeg(scene())[:2_000], b"GIF89a" + bytes(40)])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "HEIF", "unknown", "sidecar"])
def test_what_cannot_be_drawn_has_no_thumbnail(format_: str, data: bytes) -> None:
    assert thumbnail(Window.whole(memory_source(data)), format_) == b""
