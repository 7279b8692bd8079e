from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure.errors import CannotClean
from exposure.formats.webp import WEBP
from exposure.model import Depth, Kept, Role, Tag
from exposure.source import Range
from tests.copies import copied, orientation, profile, shown, turned
from tests.make import icc as profiles
from tests.make import window
from tests.make.tiff import tiff
from tests.make.webp import ANIMATION, LOSSLESS, LOSSY, chunk, extended, frame, webp

PROFILE = profiles.profile({"desc": profiles.description("sRGB")})
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
TIFF = tiff(Orientation=6)
WORD = b"CANARY"
AUTHOR = Tag("IFD0", 0x13B, 2, "Ann")


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Type and data of every chunk; each has its padding, which is zero, and the RIFF size is the file's."""
    assert data[:4] == b"RIFF" and int.from_bytes(data[4:8], "little") == len(data) - 8
    found, at = [], 12
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length
        assert data[at : at + (length & 1)] == bytes(length & 1)
        at += length & 1
    return found


def header(data: bytes) -> bytes:
    """What VP8X says."""
    ((type_, said), *_) = chunks(data)
    assert type_ == b"VP8X" and len(said) == 10 and said[1:4] == bytes(3)
    return said


def test_a_picture_with_nothing_else_is_its_own_copy() -> None:
    for data in (
        *(webp(LOSSY), webp(LOSSLESS), webp(extended(0x10), LOSSLESS), webp(extended(), LOSSY)),
        webp(extended(0x12), ANIMATION, frame(LOSSLESS), frame(LOSSY)),
    ):
        assert copied(data) == data


def test_words_in_every_container_are_gone() -> None:
    data = webp(
        *(extended(0xFF & ~0x02), chunk(b"ICCP", WORD), chunk(b"NOTE", WORD), LOSSLESS, LOSSY),
        *(chunk(b"ALPH", WORD), chunk(b"EXIF", WORD), chunk(b"XMP ", WORD), chunk(b"XMP\0", WORD)),
        *(ANIMATION, frame(LOSSLESS, chunk(b"NOTE", WORD)), chunk(b"C2PA", WORD), extended(), WORD[:5]),
        trailer=WORD,
    )
    assert copied(data) == webp(extended(0x10), LOSSLESS)


def test_what_stays_is_written_anew_in_its_place() -> None:
    data = webp(
        *(extended(0x3C), chunk(b"ICCP", PROFILE), LOSSLESS, chunk(b"EXIF", b"Exif\0\0" + TIFF)),
        chunk(b"XMP ", PACKET),
    )
    copy = copied(data, Kept((turned(6),), PROFILE, PACKET))
    assert [type_ for type_, _ in chunks(copy)] == [b"VP8X", b"ICCP", b"VP8L", b"EXIF", b"XMP "]
    assert (header(copy)[0], orientation(copy), profile(copy)) == (0x3C, 6, PROFILE)
    assert header(copied(data, Kept((turned(6),))))[0] == 0x18
    assert header(copied(data, Kept(xmp=PACKET)))[0] == 0x14
    assert WEBP.carries == {"tags", "orientation", "icc", "xmp"}


@pytest.mark.parametrize("way", range(1, 9))
def test_every_orientation_stays(way: int) -> None:
    data = webp(extended(0x08), LOSSY, chunk(b"EXIF", TIFF))
    assert orientation(copied(data, Kept((turned(way),)))) == way


@pytest.mark.parametrize(
    ("mode", "lossless", "alpha"),
    [("RGB", True, 0), ("RGBA", True, 0x10), ("RGB", False, 0)],
)
def test_a_simple_file_is_extended_when_something_has_to_stay(mode: str, lossless: bool, alpha: int) -> None:
    file = io.BytesIO()
    Image.new(mode, (300, 17), (200, 100, 50, 128)[: len(mode)]).save(file, "WEBP", lossless=lossless)
    assert file.getvalue()[12:15] == b"VP8" and file.getvalue()[15:16] != b"X"
    assert copied(file.getvalue()) == file.getvalue()
    copy = copied(file.getvalue(), Kept((AUTHOR,), PROFILE, PACKET))
    size = (299).to_bytes(3, "little") + (16).to_bytes(3, "little")
    assert header(copy) == bytes([0x2C | alpha, 0, 0, 0]) + size
    assert shown(copy) == shown(file.getvalue()) and profile(copy) == PROFILE


def test_what_no_flag_announced_is_found_by_no_more_programs_than_before() -> None:
    for front in ((), (extended(),)):
        data = webp(*front, LOSSY, chunk(b"EXIF", TIFF), chunk(b"ICCP", PROFILE), chunk(b"XMP ", PACKET))
        copy = copied(data, Kept((turned(6),), PROFILE, PACKET))
        kept = [type_ for type_, _ in chunks(copy)]
        beside = [b"ICCP", b"VP8 "] if front else [b"VP8 ", b"ICCP"]
        assert kept == [b"VP8X"] * len(front) + [*beside, b"EXIF", b"XMP "]
        assert orientation(copy) == orientation(data) == 1 and profile(copy) is None
        if front:
            assert header(copy)[0] == 0


def test_a_header_longer_than_it_needs_to_be_is_cut_and_its_reserved_bits_are_zero() -> None:
    said = bytes([0xC1 | 0x10, *WORD[:3]]) + extended()[12:18]
    assert copied(webp(chunk(b"VP8X", said + WORD), LOSSLESS)) == webp(extended(0x10), LOSSLESS)


def test_the_riff_size_is_the_files() -> None:
    for size in (4 + len(LOSSY), 5 + len(LOSSY)):
        assert copied(webp(LOSSY, size=size)) == webp(LOSSY)


@pytest.mark.parametrize("pad", [b"", b"\0", b"C"])
def test_padding_is_zero(pad: bytes) -> None:
    odd = LOSSY[8:] + b"x"
    assert copied(webp(chunk(b"VP8 ", odd, pad))) == webp(chunk(b"VP8 ", odd))
    if pad:
        animated = webp(extended(2), ANIMATION, frame(chunk(b"VP8 ", odd, pad), chunk(b"NOTE", WORD)))
        clean = webp(extended(2), ANIMATION, frame(chunk(b"VP8 ", odd)))
        assert copied(animated) == clean
        assert copied(webp(extended(2), ANIMATION, frame(chunk(b"VP8 ", odd, pad)))) == clean


def test_frames_are_put_under_headers_of_their_own() -> None:
    place = frame()[8:23]
    noisy = chunk(b"ANMF", place + b"\xff" + LOSSLESS)
    data = webp(
        *(extended(0x12), ANIMATION, frame(LOSSLESS, chunk(b"NOTE", WORD)), chunk(b"NOTE", WORD), noisy),
        *(frame(LOSSY, LOSSLESS, b"end"), LOSSLESS),
    )
    copy = copied(data)
    calm = chunk(b"ANMF", place + b"\x03" + LOSSLESS)
    assert copy == webp(extended(0x12), ANIMATION, frame(LOSSLESS), calm, frame(LOSSY))
    assert WORD not in copy


def test_an_animation_is_shown_alike() -> None:
    first, *others = (Image.effect_noise((40, 30), 90).convert("RGBA") for _ in range(4))
    file = io.BytesIO()
    first.save(
        *(file, "WEBP"),
        save_all=True,
        append_images=others,
        duration=[50, 60, 70, 80],
        loop=2,
        lossless=True,
        exif=TIFF,
        icc_profile=PROFILE,
        xmp=PACKET,
        background=(1, 2, 3, 4),
    )
    copy = copied(file.getvalue(), Kept((turned(6),), PROFILE))
    assert shown(copy) == shown(file.getvalue()) and len(shown(copy)) == 4
    assert (orientation(copy), profile(copy)) == (6, PROFILE) and PACKET not in copy


def test_a_lossy_picture_with_transparency_is_shown_alike() -> None:
    file = io.BytesIO()
    image = Image.linear_gradient("L").resize((33, 21))
    Image.merge("RGBA", (image, image, image, image.rotate(180))).save(file, "WEBP", xmp=PACKET)
    copy = copied(file.getvalue())
    assert [type_ for type_, _ in chunks(copy)] == [b"VP8X", b"ALPH", b"VP8 "]
    assert shown(copy) == shown(file.getvalue()) and header(copy)[0] == 0x10


@pytest.mark.parametrize(
    "data",
    [
        webp(),
        webp(extended(), chunk(b"EXIF", TIFF)),
        webp(extended(), ANIMATION, frame(LOSSLESS)),
        webp(extended(2), LOSSLESS),
        webp(extended(2), ANIMATION),
    ],
    ids=["nothing", "only EXIF", "no animation", "no frames", "no frame"],
)
def test_a_file_without_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(CannotClean, match="no picture"):
        copied(data)


@pytest.mark.parametrize(
    "chunks",
    [
        (frame(LOSSLESS), ANIMATION),
        (chunk(b"ANIM", b""), frame(LOSSLESS)),
        (chunk(b"ANIM", bytes(9)), frame(LOSSLESS), ANIMATION, frame(LOSSY)),
    ],
    ids=["frame first", "no loop", "two loops"],
)
def test_frames_that_only_some_programs_show_are_refused(chunks: tuple[bytes, ...]) -> None:
    with pytest.raises(CannotClean, match="break the rules"):
        copied(webp(extended(2), *chunks))


@pytest.mark.parametrize("picture", [chunk(b"VP8 ", bytes(12)), chunk(b"VP8L", b"\x2f"), chunk(b"VP8 ", b"")])
def test_a_picture_that_does_not_say_its_size_is_not_extended(picture: bytes) -> None:
    assert copied(webp(picture)) == webp(picture)
    with pytest.raises(CannotClean, match="damaged"):
        copied(webp(picture), Kept(xmp=PACKET))


def test_only_what_is_shown_is_picture() -> None:
    def pictures(*chunks: bytes) -> list[str]:
        return [p.where for p in WEBP.parts(window(webp(*chunks)), Depth.DEEP) if p.role is Role.PICTURE]

    alpha = chunk(b"ALPH", b"\0\1")
    assert pictures(extended(0x10), alpha, alpha, LOSSY, alpha) == ["ALPH", "VP8"]
    assert pictures(extended(), ANIMATION, frame(LOSSY), LOSSLESS) == ["VP8L"]
    assert pictures(extended(2), LOSSLESS, alpha, ANIMATION, frame(LOSSY)) == ["ANIM", "ANMF"]
    assert pictures(extended(2), ANIMATION, frame(alpha, LOSSY, alpha)) == ["ANIM", *["ANMF data"] * 3]
    assert pictures(LOSSY, extended(2), ANIMATION, frame(LOSSY)) == ["VP8"]


def test_frames_that_stay_as_they_are_come_as_whole_ranges() -> None:
    """An animation of thousands of frames is then one piece of the original."""
    view = window(webp(extended(2), ANIMATION, frame(LOSSLESS) * 100))
    assert WEBP.rewrite is not None
    pieces = list(WEBP.rewrite(view, list(WEBP.parts(view, Depth.DEEP)), Kept()))
    assert [type(piece) for piece in pieces[3:]] == [Range] * 100


@given(
    st.lists(st.sampled_from((LOSSY, LOSSLESS, chunk(b"NOTE", WORD), chunk(b"odd ", b"x", b"y"))), max_size=5)
)
@settings(deadline=None, max_examples=60)
def test_a_frame_has_one_picture_whatever_is_in_it(inner: list[bytes]) -> None:
    copy = copied(webp(extended(2), ANIMATION, frame(LOSSY), frame(*inner)))
    assert WORD not in copy and [type_ for type_, _ in chunks(copy)] == [b"VP8X", b"ANIM", b"ANMF", b"ANMF"]
    assert copy.count(b"VP8") <= 3
