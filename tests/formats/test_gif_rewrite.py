from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure.cleaning._copy import joined
from exposure.errors import CannotClean, MalformedFile
from exposure.formats import _gif_rewrite as module
from exposure.formats._gif_pixels import pixels
from exposure.formats.gif import GIF
from exposure.model import Depth, Kept
from tests.copies import copied, shown
from tests.make import icc as profiles
from tests.make import window
from tests.make.gif import (
    CONTROL,
    HEADER,
    IMAGE,
    application,
    comment,
    control,
    gif,
    image,
    loop,
    plain_text,
    sub_blocks,
    xmp,
)

WORD = b"CANARY"
PROFILE = profiles.profile({"desc": profiles.description("sRGB" * 100)})
PIXELS = bytes.fromhex("443405")
"""The codes of the four pixels in `IMAGE`: clear, four colours, end."""


def test_a_picture_with_nothing_else_is_its_own_copy() -> None:
    for data in (gif(), gif(loop(3), images=CONTROL + IMAGE + control(9) + IMAGE)):
        assert copied(data) == data


def test_words_in_every_container_are_gone() -> None:
    data = gif(
        *(comment(WORD), xmp(WORD), application(b"XMP DataXMP", WORD), application(b"SOMETHING10", WORD)),
        *(application(b"ICCRGBG1012", WORD), plain_text(WORD), b"!\x42" + sub_blocks(WORD)),
        application(b"NETSCAPE2.0", b"\1\2\0")[:-1] + sub_blocks(WORD),
        images=b"!\xf9\4" + CONTROL[3:7] + sub_blocks(WORD) + image(PIXELS + WORD) + comment(WORD),
        trailer=WORD,
    )
    copy = copied(data)
    assert copy == gif(loop(2), images=CONTROL + IMAGE)
    assert shown(copy) == shown(data)


def test_a_profile_is_written_anew_right_behind_the_header() -> None:
    data = gif(loop(), application(b"ICCRGBG1012", PROFILE, 100), images=CONTROL + IMAGE)
    assert copied(data, Kept(icc=PROFILE)) == gif(
        application(b"ICCRGBG1012", PROFILE), loop(), images=CONTROL + IMAGE
    )
    assert GIF.carries == {"icc"}


@pytest.mark.parametrize("between", [comment(WORD), application(b"SOMETHING10", WORD), loop()])
def test_a_control_stays_with_its_image_whatever_stood_between(between: bytes) -> None:
    data = gif(images=IMAGE + control(7, transparent=2) + between + IMAGE)
    copy = copied(data)
    assert control(7, transparent=2) + IMAGE in copy and shown(copy)[1:] == shown(data)[1:]


def test_the_control_of_dropped_words_goes_with_them() -> None:
    data = gif(images=IMAGE + control(7) + plain_text(WORD) + IMAGE + control(8) + IMAGE + control(9))
    assert copied(data) == gif(images=IMAGE + IMAGE + control(8) + IMAGE)


def test_of_several_controls_the_last_one_counts() -> None:
    assert copied(gif(images=control(7) + control(8) + IMAGE)) == gif(images=control(8) + IMAGE)


def test_bits_without_a_meaning_are_zero() -> None:
    noisy = b"!\xf9\4\xe0\x0a\0\x43\0"
    assert copied(gif(images=noisy + IMAGE)) == gif(images=control(10) + IMAGE)


def test_how_often_it_repeats_is_said_once() -> None:
    assert copied(gif(loop(3), loop(3), images=CONTROL + IMAGE)) == gif(loop(3), images=CONTROL + IMAGE)
    with pytest.raises(CannotClean, match="repeats"):
        copied(gif(loop(3), loop(4)))
    other = application(b"ANIMEXTS1.0", b"\1\5\0")
    assert copied(gif(other)) == gif(other)
    buffered = application(b"NETSCAPE2.0", b"")[:-1] + b"\5\2" + WORD[:4] + b"\3\1\5\0\0"
    assert copied(gif(buffered)) == gif(loop(5))
    assert copied(gif(application(b"NETSCAPE2.0", b"\2" + WORD[:4]))) == gif()


def test_the_header_fits_what_follows() -> None:
    old = b"GIF87a" + HEADER[6:]
    assert copied(old + IMAGE + b";") == old + IMAGE + b";"
    assert copied(old + comment(WORD) + IMAGE + b";") == old + IMAGE + b";"
    assert copied(old + CONTROL + IMAGE + b";") == gif(images=CONTROL + IMAGE)
    assert copied(old + IMAGE + b";", Kept(icc=PROFILE)).startswith(HEADER + b"!\xff\x0bICC")


@given(st.binary(max_size=600), st.integers(1, 255))
@settings(deadline=None, max_examples=60)
def test_what_follows_the_last_pixel_is_cut_off(hidden: bytes, size: int) -> None:
    data = gif(images=image(PIXELS + hidden, size) + IMAGE)
    copy = copied(data)
    assert len(copy) <= len(gif(images=IMAGE + IMAGE)) + 2 and shown(copy) == shown(data)


def test_an_image_without_an_end_code_ends_with_its_last_pixel() -> None:
    endless = PIXELS[:2]
    assert copied(gif(images=image(endless + WORD))) == gif(images=image(endless))
    cleared = PIXELS[:2] + b"\x54"  # a clear code stands before the end code
    assert copied(gif(images=image(cleared + WORD))) == gif(images=image(cleared))


def test_an_image_that_ends_too_early_stays_as_it_is() -> None:
    assert copied(gif(images=image(PIXELS[:1]))) == gif(images=image(PIXELS[:1]))


@pytest.mark.parametrize(
    "broken", [image(b"\xff\xff"), IMAGE[:10] + b"\0" + IMAGE[11:], IMAGE[:10] + b"\x0c\0"]
)
def test_codes_that_are_none_are_refused(broken: bytes) -> None:
    with pytest.raises(CannotClean, match="damaged"):
        copied(gif(images=broken))


def test_a_file_without_an_image_is_refused() -> None:
    with pytest.raises(CannotClean, match="no picture"):
        copied(gif(comment(WORD), images=b""))


def test_pictures_larger_than_can_be_looked_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CODED", 2 * len(IMAGE))
    assert copied(gif(images=IMAGE * 2))
    with pytest.raises(CannotClean, match="larger"):
        copied(gif(images=IMAGE * 3))


def drawn(colours: int, size: int = 120) -> Image.Image:
    return Image.effect_noise((size, size), 90).quantize(colours)


@pytest.mark.parametrize("colours", [2, 4, 16, 100, 256])
@pytest.mark.parametrize("interlace", [0, 1])
def test_real_pictures_are_copied_byte_for_byte(colours: int, interlace: int) -> None:
    """Noise fills the code table and clears it often, a gradient does so never."""
    for picture in (drawn(colours), Image.linear_gradient("L").quantize(colours), Image.new("P", (300, 300))):
        file = io.BytesIO()
        picture.save(file, "GIF", interlace=interlace)
        assert copied(file.getvalue()) == file.getvalue()


def test_an_animation_is_shown_alike() -> None:
    first, *others = (drawn(64, 40) for _ in range(4))
    for disposal in (0, 1, 2, 3):
        file = io.BytesIO()
        first.save(
            file,
            "GIF",
            save_all=True,
            append_images=others,
            duration=[50, 60, 70, 80],
            loop=2,
            disposal=disposal,
            transparency=3,
            comment=WORD,
        )
        copy = copied(file.getvalue())
        assert WORD in file.getvalue() and WORD not in copy
        assert shown(copy) == shown(file.getvalue()) and len(shown(copy)) == 4


def test_an_animation_that_stays_as_it_is_is_one_run_of_the_original() -> None:
    view = window(gif(images=(CONTROL + IMAGE) * 100))
    assert GIF.rewrite is not None
    pieces = joined(GIF.rewrite(view, list(GIF.parts(view, Depth.DEEP)), Kept()))
    assert len(pieces) == 3  # the signature, everything else, the trailer


def test_thousands_of_controls_take_no_long_time() -> None:
    view = window(gif(images=CONTROL * 30_000 + IMAGE))
    found, began = list(GIF.parts(view, Depth.DEEP)), time.process_time()
    assert GIF.rewrite is not None and len(list(GIF.rewrite(view, found, Kept()))) < 10
    assert time.process_time() - began < 2


def test_sub_blocks_that_do_not_fit_any_more_end_it() -> None:
    """As in a file that is written to between being taken apart and being put together."""
    with pytest.raises(MalformedFile, match="past its end"):
        list(pixels(window(b"\x02\xff" + bytes(9)), 0, 11, 100))
