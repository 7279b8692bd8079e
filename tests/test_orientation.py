"""A copy is shown the same way up as its original, in every format that can say so, in Pillow and in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning._proof import prove
from tests import chromium
from tests.bakeoff import opened, shown
from tests.make import heif, jpeg, png, webp
from tests.make import tiff as tiffs
from tests.make import xmp as packets
from tests.make.bakeoff_heif import av1, hevc, photo
from tests.make.bakeoff_words import SIZE, drawn, encoded
from tests.sources import memory_source

TURNS = range(1, 9)
"""The EXIF orientations (Exif 3.0, section 4.6.5.1.6)."""


def exif(turn: int) -> bytes:
    return tiffs.tiff(Make="Acme", Orientation=turn)


def long(turn: int) -> bytes:
    """As a number of four bytes, which Pillow takes and browsers do not."""
    return tiffs.stream([[(0x10F, 2, None, "Acme"), (0x112, 4, None, turn)]])


def raw_profile(turn: int) -> bytes:
    """As ImageMagick writes it, which browsers do not look at."""
    profile = png.raw_profile("exif", b"Exif\0\0" + exif(turn))
    return png.packed_text("Raw profile type exif", profile)


def xmp(turn: int) -> bytes:
    return packets.wrapped(packets.xmp(tiff_Orientation=str(turn), photoshop_City="Berlin"))


def a_jpeg(*segments: bytes) -> bytes:
    """With segments behind Pillow's own JFIF header."""
    data = encoded(drawn(), "JPEG", quality=95)
    return data[:20] + b"".join(segments) + data[20:]


def a_png(*chunks: bytes) -> bytes:
    data = encoded(drawn(), "PNG")
    end = len(png.SIGNATURE) + 25  # of the header chunk
    return data[:end] + b"".join(chunks) + data[end:]


def a_png_with_more_behind(chunk: bytes) -> bytes:
    return encoded(drawn(), "PNG")[:-12] + chunk + png.chunk(b"IEND")


def a_webp(flags: int, chunk: bytes) -> bytes:
    picture = encoded(drawn(), "WEBP", lossless=True)[12:]
    return webp.webp(webp.extended(flags, *SIZE), picture, chunk)


def a_tiff(turn: int, xmp_packet: bytes = b"", order: str = "<") -> bytes:
    (width, height), pixels = SIZE, drawn().tobytes()
    entries: list[tiffs.Entry] = [
        *((256, 3, None, width), (257, 3, None, height), (258, 3, None, [8, 8, 8]), (259, 3, None, 1)),
        *((262, 3, None, 2), (273, 4, None, tiffs.Elsewhere(pixels)), (277, 3, None, 3)),
        *((278, 3, None, height), (279, 4, None, len(pixels)), (271, 2, None, "Acme")),
    ]
    entries += [(274, 3, None, turn)] if turn else []
    entries += [(700, 1, None, xmp_packet)] if xmp_packet else []
    return tiffs.stream([entries], order)


@cache
def coded(format_: str) -> heif.Item:
    if format_ == "HEIF":
        return photo(hevc(drawn((128, 64))), (128, 64))
    return photo(av1(drawn()), SIZE)


def a_heif(format_: str, turn: int) -> bytes:
    """Turned by a quarter as often as the number says and then mirrored, or not (ISO/IEC 23008-12, 6.5.10 and 6.5.12)."""
    item = coded(format_)
    quarters, mirrored = (turn - 1) % 4, turn > 4
    more = [heif.box(b"irot", bytes([quarters]))] * (quarters > 0)
    more += [heif.box(b"imir", b"\0")] * mirrored
    turned = heif.Item(1, item.type, item.data, properties=(*item.properties, *more))
    brand = b"heic" if format_ == "HEIF" else b"avif"
    return heif.heif(turned, heif.exif(exif(6)), brands=(brand, b"mif1", brand, b"miaf"))


class Way(NamedTuple):
    """One way in which a format says which way up it is."""

    name: str
    format: str
    suffix: str
    make: Callable[[int], bytes]


WAYS = (
    Way("JPEG", "JPEG", ".jpg", lambda turn: a_jpeg(jpeg.exif(exif(turn)))),
    Way("PNG", "PNG", ".png", lambda turn: a_png(png.exif(exif(turn)))),
    Way("WebP", "WebP", ".webp", lambda turn: a_webp(0x08, webp.chunk(b"EXIF", exif(turn)))),
    Way("AVIF", "AVIF", ".avif", lambda turn: a_heif("AVIF", turn)),
    Way("HEIC", "HEIF", ".heic", lambda turn: a_heif("HEIF", turn)),
    Way("TIFF", "TIFF", ".tif", lambda turn: a_tiff(turn)),
    Way("TIFF, MM", "TIFF", ".tif", lambda turn: a_tiff(turn, order=">")),
    Way("JPEG, LONG", "JPEG", ".jpg", lambda turn: a_jpeg(jpeg.exif(long(turn)))),
    Way("PNG, LONG", "PNG", ".png", lambda turn: a_png(png.exif(long(turn)))),
    Way("PNG, text", "PNG", ".png", lambda turn: a_png(raw_profile(turn))),
    Way("PNG, behind", "PNG", ".png", lambda turn: a_png_with_more_behind(png.exif(exif(turn)))),
    Way("WebP, LONG", "WebP", ".webp", lambda turn: a_webp(0x08, webp.chunk(b"EXIF", long(turn)))),
    Way("JPEG, XMP", "JPEG", ".jpg", lambda turn: a_jpeg(jpeg.xmp_app1(xmp(turn)))),
    Way("PNG, XMP", "PNG", ".png", lambda turn: a_png(png.xmp(xmp(turn)))),
    Way("WebP, XMP", "WebP", ".webp", lambda turn: a_webp(0x04, webp.chunk(b"XMP ", xmp(turn)))),
)
IN_BROWSERS = tuple(way for way in WAYS if way.format in ("JPEG", "PNG", "WebP", "AVIF"))
each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


@cache
def copied(data: bytes) -> bytes:
    """The proven clean copy of a file."""
    copy = planned(memory_source(data), Wishes())
    assert copy is not None
    after = copy.assembled()
    assert prove(copy, after, Wishes()) == ""
    return after.read(0, after.size)


def upright(data: bytes, way: Way) -> Image.Image:
    seen = shown(data, way.format)
    assert seen is not None
    return seen.upright


@each_way
@pytest.mark.parametrize("turn", TURNS)
def test_a_copy_is_the_same_way_up(way: Way, turn: int) -> None:
    data = way.make(turn)
    copy = copied(data)
    before, after = upright(data, way), upright(copy, way)
    assert (after.size, after.tobytes()) == (before.size, before.tobytes())
    assert b"Acme" not in copy and b"Berlin" not in copy


@each_way
def test_each_way_up_is_another_picture(way: Way) -> None:
    """So that the comparison above can fail."""
    seen = {(image.size, image.tobytes()) for image in (upright(copied(way.make(n)), way) for n in TURNS)}
    assert len(seen) == len(TURNS)


@each_way
def test_a_copy_that_is_not_turned_says_nothing(way: Way) -> None:
    """1 is what every program assumes."""
    copy = copied(way.make(1))
    assert not any(
        word in copy
        for word in (b"Exif\0\0", b"eXIf", b"EXIF", b"XMP ", b"xmpmeta", b"imir", b"irot", b"Raw profile")
    )


def test_only_xmp_stays_where_only_xmp_said_it() -> None:
    """Browsers ignore it: told in EXIF, the copy would be turned where the original is not."""
    for way in WAYS:
        if "XMP" in way.name:
            copy = copied(way.make(6))
            assert b"tiff:Orientation" in copy
            assert not any(word in copy for word in (b"Exif\0\0", b"eXIf", b"EXIF"))


CELL = 52
"""Of the page, in pixels: any of the pictures fits, whichever way up it is."""


def page(folder: Path) -> Path:
    """All originals and, below each, its copy: a row of eight for every way."""
    tags = []
    for row, way in enumerate(IN_BROWSERS):
        for turn in TURNS:
            data = way.make(turn)
            for lower, shown_data in enumerate((data, copied(data))):
                name = f"{row}-{turn}-{lower}{way.suffix}"
                (folder / name).write_bytes(shown_data)
                left, top = place(row, turn, lower)
                tags.append(f'<img src="{name}" decoding="sync" style="left:{left}px;top:{top}px">')
    style = "<style>body{margin:0;background:#fff}img{position:absolute}</style>"
    path = folder / "page.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{style}{''.join(tags)}", "utf-8")
    return path


def place(row: int, turn: int, lower: int) -> tuple[int, int]:
    return (turn - 1) * CELL, (2 * row + lower) * CELL


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    size = len(TURNS) * CELL, 2 * len(IN_BROWSERS) * CELL
    shot = chromium.screenshot(page(tmp_path_factory.mktemp("page")), size)
    assert shot.size == size
    return shot


def cells(shot: Image.Image, row: int, lower: int) -> Iterator[bytes]:
    """What the browser shows of the eight files of one way."""
    for turn in TURNS:
        left, top = place(row, turn, lower)
        yield shot.crop((left, top, left + CELL, top + CELL)).tobytes()


with_chromium = pytest.mark.skipif(
    chromium.installed() is None,
    reason="Chromium is not installed: no browser was asked which way up it shows",
)
each_row = pytest.mark.parametrize("row", range(len(IN_BROWSERS)), ids=[way.name for way in IN_BROWSERS])


@pytest.mark.chromium
@with_chromium
@each_row
def test_a_browser_shows_a_copy_as_it_shows_the_original(row: int, browser: Image.Image) -> None:
    before, after = list(cells(browser, row, 0)), list(cells(browser, row, 1))
    assert [a == b for a, b in zip(before, after, strict=True)] == [True] * len(TURNS)
    assert all(len(set(cell)) > 50 for cell in after)  # and it shows something


@pytest.mark.chromium
@with_chromium
def test_a_browser_shows_each_way_up_as_another_picture(browser: Image.Image) -> None:
    """So that the comparison above can fail. What the others say, some browsers follow and some do not."""
    for row, way in enumerate(IN_BROWSERS):
        if way.name in ("JPEG", "AVIF"):
            assert len(set(cells(browser, row, 1))) == len(TURNS), way.name


def test_the_stored_pixels_of_all_turns_are_the_same() -> None:
    """A copy is turned by what it says, never by being encoded anew."""
    for way in WAYS:
        if way.format in ("JPEG", "PNG", "WebP"):
            stored = {opened(copied(way.make(turn)), way.format).convert("RGB").tobytes() for turn in TURNS}
            assert len(stored) == 1, way.name
