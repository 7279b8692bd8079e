from __future__ import annotations

import io

import pytest
from PIL import Image

from exposure.errors import CannotClean
from exposure.formats.jpeg import JPEG
from exposure.model import Depth, Kept, Part, Role
from tests.copies import copied, orientation, profile, shown, turned
from tests.make import icc as profiles
from tests.make import window
from tests.make.jpeg import (
    EOI,
    SOI,
    adobe,
    body,
    comment,
    exif,
    extended_xmp,
    icc,
    jfif,
    jfif_extension,
    jpeg,
    jumbf,
    photoshop,
    progressive_jpeg,
    segment,
    superbox,
    xmp_app1,
)
from tests.make.tiff import tiff

PROFILE = profiles.profile({"desc": profiles.description("sRGB")})
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
WORD = b"CANARY"


def parts(data: bytes) -> list[Part]:
    return list(JPEG.parts(window(data), Depth.DEEP))


def headers(data: bytes) -> list[tuple[str, int]]:
    """What stands before the tables, by marker and length."""
    return [(p.where, p.length) for p in parts(data) if p.where.startswith("APP")]


def test_a_picture_with_nothing_else_is_its_own_copy() -> None:
    for data in (jpeg(), progressive_jpeg(), jpeg(jfif()), jpeg(adobe()), jpeg(jfif(), adobe())):
        assert copied(data) == data


def test_words_in_every_container_are_gone() -> None:
    data = jpeg(
        *(
            jfif((1, 1, b"CAN")),
            jfif_extension(WORD),
            exif(tiff(Artist="CANARY")),
            xmp_app1(WORD),
            comment(WORD),
        ),
        *(extended_xmp(WORD), icc(WORD), photoshop(WORD), jumbf(superbox("CANARY")), adobe()),
        *(segment(0xE0 + number, WORD) for number in range(16)),
        *(segment(0xF0, WORD), b"\xff" * 5, segment(0xEE, b"Adobe" + bytes(6) + b"\1" + WORD)),
        trailer=WORD + jpeg(comment(WORD)),
    )
    assert copied(data) == jpeg(jfif(), adobe())


def test_words_between_scans_are_gone() -> None:
    whole = body(progressive=True)
    second = whole.index(b"\xff\xda", whole.index(b"\xff\xda") + 2)
    at = whole.rindex(b"\xff\xc4", 0, second)
    data = SOI + whole[:at] + comment(WORD) + WORD + b"\xff\xff" + whole[at:]
    assert copied(data) == SOI + whole and shown(data) == shown(SOI + whole)


def test_what_stays_is_written_anew_in_its_order() -> None:
    kept = Kept((turned(6),), PROFILE, PACKET)
    copy = copied(jpeg(jfif(), comment(WORD), icc(PROFILE, 100), exif(tiff(Orientation=6)), adobe()), kept)
    assert [where for where, _ in headers(copy)] == ["APP0", "APP14", "APP1", "APP1", "APP2"]
    assert copy[len(SOI + jfif() + adobe()) :].startswith(exif(tiff(Orientation=6))[:4])
    assert xmp_app1(PACKET) + icc(PROFILE) in copy
    assert (orientation(copy), profile(copy)) == (6, PROFILE)
    with Image.open(io.BytesIO(copy)) as image:
        assert image.info["xmp"] == PACKET
    assert JPEG.carries >= {"tags", "orientation", "icc", "xmp"}


@pytest.mark.parametrize("way", range(1, 9))
def test_every_orientation_stays(way: int) -> None:
    assert orientation(copied(jpeg(exif(tiff(Orientation=way))), Kept((turned(way),)))) == way


@pytest.mark.parametrize("size", [65519, 65520, 200_000])
def test_a_profile_of_any_size_stays(size: int) -> None:
    large = PROFILE + bytes(size - len(PROFILE))
    assert profile(copied(jpeg(), Kept(icc=large))) == large


def test_a_packet_that_fits_into_no_segment_is_refused() -> None:
    longest = 0xFFFF - 2 - len(b"http://ns.adobe.com/xap/1.0/\0")
    assert copied(jpeg(), Kept(xmp=PACKET.ljust(longest)))
    with pytest.raises(CannotClean, match="does not fit"):
        copied(jpeg(), Kept(xmp=PACKET.ljust(longest + 1)))


def test_density_and_version_stay_and_a_thumbnail_goes() -> None:
    header = segment(0xE0, b"JFIF\0\1\2\2\0\x1c\0\x1d\1\1abc")
    assert copied(jpeg(header)) == jpeg(segment(0xE0, b"JFIF\0\1\2\2\0\x1c\0\x1d\0\0"))
    assert copied(jpeg(segment(0xE0, b"JFIF\0\1"))) == jpeg()


def test_everything_of_the_picture_is_copied() -> None:
    data = progressive_jpeg(adobe(), comment(WORD))
    kept = [data[p.offset : p.end] for p in parts(data) if p.role is Role.PICTURE]
    assert copied(data) == SOI + adobe() + b"".join(kept) + EOI
