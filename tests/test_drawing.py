"""What Pillow draws, told in digests: one pixel, one frame, one turn more or less shows; and nothing reaches the terminal."""

from __future__ import annotations

import io
import logging
import struct
import sys
import warnings
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from exposure import drawing
from exposure.drawing import MOST_PIXELS, NO_READER, TOO_LARGE, Drawing, differences, drawn
from exposure.source import Window
from tests.make import heif, webp, window
from tests.make.bakeoff_heif import hevc, photo
from tests.make.jpeg import exif
from tests.make.png import chunk, header, png
from tests.make.tiff import LONG, rgb_picture, stream, tiff

FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "WebP": "WEBP", "GIF": "GIF", "TIFF": "TIFF", "AVIF": "AVIF"}


def picture(change: bool = False) -> Image.Image:
    image = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    if change:
        for x in range(32, 40):
            for y in range(16, 24):
                image.putpixel((x, y), (255, 0, 0))
    return image


def saved(format_: str, image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, FORMATS[format_], **options)
    return out.getvalue()


def told(one: bytes, other: bytes, format_: str) -> list[str]:
    return list(differences(drawn(window(one), format_), drawn(window(other), format_)))


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_picture_is_the_same_and_a_changed_one_is_not(format_: str) -> None:
    before = drawn(window(saved(format_)), format_)
    assert not before.problem
    assert [frame[:2] for frame in before.frames] == [(64, 48)]
    assert told(saved(format_), saved(format_), format_) == []
    assert told(saved(format_), saved(format_, picture(True)), format_) == ["its pixels differ"]


def test_one_bit_of_one_pixel_shows() -> None:
    image = picture()
    red, green, blue = image.getpixel((63, 47))  # type: ignore[misc]  # an RGB pixel is a tuple
    image.putpixel((63, 47), (red, green, blue ^ 1))
    assert told(saved("PNG"), saved("PNG", image), "PNG") == ["its pixels differ"]


@pytest.mark.parametrize("format_", ["PNG", "WebP", "GIF", "AVIF"])
def test_every_frame_counts_and_how_long_it_is_shown(format_: str) -> None:
    frames = [picture(), picture(True)]
    both = saved(format_, save_all=True, append_images=frames[1:], duration=80)
    assert len(drawn(window(both), format_).frames) == 2
    assert told(both, saved(format_), format_)[0] == "it has 1 frame or page instead of 2"
    slower = saved(format_, save_all=True, append_images=frames[1:], duration=160)
    assert [words[:29] for words in told(both, slower, format_)] == ["it is shown in another way (d"]


def test_every_page_counts_but_none_that_is_a_reduced_copy() -> None:
    page, small = rgb_picture(), [(254, LONG, None, 1), *rgb_picture(bytes(12))]
    one, two = stream([page]), stream([page, page])
    assert len(drawn(window(two), "TIFF").frames) == 2
    assert told(two, one, "TIFF") == ["it has 1 frame or page instead of 2"]
    assert told(stream([small, page, small]), one, "TIFF") == []


def test_a_thumbnail_that_pillow_cannot_open_as_a_page_is_none() -> None:
    data = tiff(picture=True, thumbnail=saved("JPEG"))
    seen = drawn(window(data), "TIFF")
    assert (len(seen.frames), seen.problem) == (1, "")


def test_of_a_jpeg_with_other_pictures_the_first_counts() -> None:
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(True)])
    seen = drawn(window(out.getvalue()), "JPEG")
    assert len(seen.frames) == 1
    assert {"other pictures", "info mp", "segment APP2 MPF"} <= seen.besides


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WebP"])
def test_which_way_up_is_told(format_: str) -> None:
    turned = Image.Exif()
    turned[0x112] = 6
    seen = drawn(window(saved(format_, exif=turned.tobytes())), format_)
    assert seen.turned == 6
    assert {"info exif", "IFD0 274"} <= seen.besides
    assert "it is shown another way up" in told(
        saved(format_, exif=turned.tobytes()), saved(format_), format_
    )


def test_which_way_up_is_told_where_only_xmp_says_it() -> None:
    assert drawn(window(saved("JPEG", xmp=b'<x tiff:Orientation="8"/>')), "JPEG").turned == 8


def test_a_tiff_is_turned_by_pillow_itself() -> None:
    upright, turned = saved("TIFF"), saved("TIFF", tiffinfo={274: 6})
    assert "its size is another" in told(upright, turned, "TIFF")


def test_colours_and_transparency_are_told() -> None:
    profile = saved("PNG", icc_profile=b"not read, only told apart")
    assert drawn(window(profile), "PNG").icc != drawn(window(saved("PNG")), "PNG").icc == ""
    clear = picture().convert("RGBA")
    assert told(saved("PNG", clear), saved("PNG"), "PNG") == ["its transparency is gone"]
    grey = saved("PNG", picture().convert("P"))
    assert told(grey, grey, "PNG") == []


def test_how_bright_a_heic_is_to_be_shown_counts_as_how_it_is_shown() -> None:
    bright = [
        heif.box(b"clli", struct.pack(">HH", 1000, 200)),
        heif.box(b"mdcv", struct.pack(">8HII", 1, 2, 3, 4, 5, 6, 7, 8, 90_000, 10)),
        heif.box(b"amve", struct.pack(">IHH", 1, 2, 3)),
        heif.full(b"ndwt", 0, 0, struct.pack(">I", 203)),
    ]
    one, other = (
        heif.heif(
            photo(hevc(Image.new("RGB", (64, 64))), (64, 64), *more), brands=(b"heic", b"mif1", b"heic")
        )
        for more in ([], bright)
    )
    (words,) = told(one, other, "HEIF")
    assert all(word in words for word in ("content_light", "mastering", "ambient", "diffuse_white"))
    assert drawn(window(other), "HEIF").besides == drawn(window(one), "HEIF").besides


def test_what_stands_behind_the_picture_is_found() -> None:
    more = PngImagePlugin.PngInfo()
    more.add(b"tEXt", b"Comment\0said last", after_idat=True)
    assert "info Comment" in drawn(window(saved("PNG", pnginfo=more)), "PNG").besides
    assert "info Comment" not in drawn(window(saved("PNG")), "PNG").besides


def test_segments_are_told_by_what_opens_them() -> None:
    data = saved("JPEG", comment=b"hello", dpi=(72, 72))
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\1\1abc"
    header = b"\xff\xe0" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    seen = drawn(window(data[:2] + header + exif(tiff(Make="Acme")) + data[2:]), "JPEG")
    assert {
        "segment COM",
        "segment APP0 JFIF",
        "segment APP0 JFIF with a thumbnail",
        "segment APP1 Exif",
        "IFD0 271",
    } <= seen.besides


@pytest.mark.parametrize("pixels", [True, False])
def test_what_is_damaged_is_told_and_never_raised(pixels: bool) -> None:
    whole = saved("JPEG")
    cut = drawn(window(whole[: len(whole) // 2]), "JPEG")
    assert (cut.problem, cut.frames) == ("OSError", ())
    assert drawn(window(b"nothing"), "JPEG", pixels).problem == "UnidentifiedImageError"
    assert drawn(window(b""), "no format", pixels).problem == "KeyError"
    assert "it cannot be drawn any more" in differences(drawn(window(whole), "JPEG"), cut)
    assert list(differences(cut, cut)) == []


def test_a_copy_may_be_drawn_better_than_a_damaged_original_but_not_otherwise() -> None:
    frames = drawn(window(saved("GIF", save_all=True, append_images=[picture(True)])), "GIF").frames
    cut, whole = Drawing(frames[:1], problem="OSError"), Drawing(frames)
    assert list(differences(cut, whole)) == []
    assert "its pixels differ" in differences(Drawing(frames[1:], problem="OSError"), whole)
    assert list(differences(cut, Drawing(frames[:1], problem="ValueError"))) == [
        "it fails to be drawn in another way"
    ]


def test_a_picture_may_be_larger_than_pillow_likes_but_not_than_we_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small, huge = saved("PNG"), png(head=header(20_000, 16_000))
    assert drawn(window(huge), "PNG") == Drawing(problem=TOO_LARGE)
    assert MOST_PIXELS > 16_320 * 12_240, "phones make pictures of 200 million pixels"
    monkeypatch.setattr(drawing, "MOST_PIXELS", 10_000)
    frames = saved("GIF", save_all=True, append_images=[picture(True), picture()] * 2)
    assert not drawn(window(small), "PNG").problem
    seen = drawn(window(frames), "GIF")
    assert (seen.problem, len(seen.frames)) == (TOO_LARGE, 2)
    assert Image.MAX_IMAGE_PIXELS == 89_478_485


@pytest.mark.parametrize("frames", [1, 2])
def test_an_animation_may_not_be_as_large_as_a_photo(frames: int) -> None:
    """Its decoders hold the whole canvas several times, however few bytes say how large that is."""
    front = webp.extended(0x02, 20_000, 2_000), webp.ANIMATION
    vast = webp.webp(*front, *[webp.frame(webp.LOSSLESS)] * frames)
    assert drawn(window(vast), "WebP") == Drawing(problem=TOO_LARGE)
    animated = png(chunk(b"acTL", struct.pack(">II", 2, 0)), head=header(20_000, 2_000))
    assert drawn(window(animated), "PNG").problem == TOO_LARGE


def test_memory_that_runs_out_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(drawing, "_frame", full)
    assert drawn(window(saved("PNG")), "PNG").problem == TOO_LARGE


def test_without_the_extra_a_heic_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert drawn(window(b""), "HEIF").problem == NO_READER


def test_without_pixels_what_pillow_tells_by_itself_is_told() -> None:
    turned = Image.Exif()
    turned[0x112] = 3
    seen = drawn(window(saved("JPEG", exif=turned.tobytes())), "JPEG", False)
    assert (seen.frames, seen.turned) == ((), 3)


def test_nothing_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """libtiff writes past Python, Pillow warns and logs; all of it is about files that are looked at."""
    data = bytearray(saved("TIFF", compression="tiff_lzw"))
    data[8:40] = bytes(32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn(window(bytes(data)), "TIFF").problem
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("PIL").level == logging.NOTSET
    print("still here", file=sys.stderr)
    assert capfd.readouterr().err == "still here\n"


def test_a_terminal_that_is_closed_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert not drawn(window(saved("TIFF")), "TIFF").problem


def test_a_window_on_a_part_of_a_file_is_drawn() -> None:
    data = saved("JPEG")
    inside = Window.part(window(b"x" * 5_000 + data + b"y" * 5_000), 5_000, len(data))
    assert drawn(inside, "JPEG") == drawn(window(data), "JPEG")
