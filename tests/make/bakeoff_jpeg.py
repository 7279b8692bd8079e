"""The JPEGs of the bake-off: a word in every container that a JPEG has."""

from __future__ import annotations

from collections.abc import Iterator

from tests.make import iptc, samsung, tiff
from tests.make.bakeoff_words import POSITION, Fixture, Words, drawn, encoded, exif, srgb, thumbnail, xmp
from tests.make.jpeg import (
    APP0,
    APP1,
    APP2,
    APP13,
    COM,
    EOI,
    SOI,
    comment,
    extended_guid,
    extended_xmp,
    icc,
    jfif,
    jfif_extension,
    jumbf,
    mpf,
    photoshop,
    segment,
    xmp_app1,
)
from tests.make.jpeg import exif as exif_segment
from tests.make.jumbf import assertion, claim, manifest_store

_DHT, _SOS, _DQT = 0xC4, 0xDA, 0xDB


def fixtures() -> Iterator[Fixture]:
    for name, made in (
        ("JPEG", _plain),
        ("JPEG+trailers", _with_trailers),
        ("JPEG+stray", _with_stray_words),
    ):
        words = Words()
        data = made(words)
        yield Fixture(name, "JPEG", ".jpg", data, frozenset(words.planted), {}, srgb())


def _plain(words: Words) -> bytes:
    return SOI + _segments(words) + _body()


def _body(progressive: bool = False) -> bytes:
    """The tables, the frame, the scans and EOI of the picture."""
    data = encoded(drawn(), "JPEG", progressive=progressive, quality=90)
    at = len(SOI)
    while data[at + 1] & 0xF0 == 0xE0 or data[at + 1] == COM:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[at:]


def _segments(words: Words) -> bytes:
    """Everything that stands before a picture, in the order that Exif 3.0 asks for, and then what no standard knows."""
    pixels = words.bytes("JFIF-thumbnail").ljust(4 * 4 * 3, b".")
    more = xmp(words, "extended-XMP")
    unknown = b"".join(
        segment(marker, b"Acme\0" + words.bytes(f"APP{marker - APP0}"))
        for marker in range(APP0, APP0 + 16)
        if marker != APP1
    )
    return b"".join(
        [
            jfif((4, 4, pixels)),
            jfif_extension(thumbnail(words, "JFXX")),
            exif_segment(exif(words)),
            xmp_app1(xmp(words, extended=extended_guid(more))),
            extended_xmp(more, chunk=500),
            segment(APP1, b"Acme\0" + words.bytes("APP1")),
            icc(srgb()),
            segment(APP2, b"FPXR\0\0" + words.bytes("FlashPix")),
            photoshop(_resources(words)),
            segment(APP13, b"Adobe_Photoshop2.5:" + iptc.resource(0x0404, b"", words("Photoshop-2.5"))),
            jumbf(_manifest(words)),
            unknown,
            comment(words("COM")),
            comment(words("second-COM")),
        ]
    )


def _resources(words: Words) -> bytes:
    datasets = iptc.iptc({"By-line": words("IPTC"), "Keywords": [words("IPTC-keyword")]})
    return b"".join(
        [
            iptc.resource(0x0404, datasets),
            iptc.resource(0x040C, iptc.thumbnail(thumbnail(words, "Photoshop-thumbnail"))),
            iptc.resource(0x0422, tiff.tiff(Artist=words("Photoshop-EXIF"), position=POSITION)),
            iptc.resource(0x0BB7, b"", words("Photoshop-name")),
            iptc.resource(0x1234, words.bytes("Photoshop-unknown")),
        ]
    )


def _manifest(words: Words) -> bytes:
    return manifest_store(
        claim(words("C2PA-claim")), assertion("c2pa.actions", {"x": words("C2PA-assertion")})
    )


def _with_trailers(words: Words) -> bytes:
    """The same picture with five things after its end, the first of which its index knows."""
    before, body = _segments(words), _body()
    second = thumbnail(words, "second-picture")
    video = samsung.VIDEO + words.bytes("MP4")
    directory = samsung.samsung(Image_UTC_Data=words.bytes("Samsung"), MotionPhoto_Data=video)
    rest = words.bytes("after-EOI") + thumbnail(words, "JPEG-after-EOI") + video + directory
    primary = len(SOI + before + mpf((0, 0, 0), (0, 0, 0)) + body)
    header = len(SOI + before) + 8
    index = mpf((0x2003_0000, primary, 0), (0x1_0001, len(second), primary - header))
    return SOI + before + index + body + second + rest


def _with_stray_words(words: Words) -> bytes:
    """The same picture in several scans, with words that decoders skip: between segments and scans, in tables."""
    before = _segments(words) + words.bytes("between-segments") + b"\xff" * 9
    before += segment(0xDC, b"\0\x20" + words.bytes("DNL"))
    before += segment(_DQT, b"\3" + words.bytes("unused-DQT").ljust(64, b"."))
    before += segment(
        _DHT, b"\x13" + bytes([0] * 7 + [64] + [0] * 8) + words.bytes("unused-DHT").ljust(64, b".")
    )
    scans = _body(progressive=True).split(bytes((0xFF, _SOS)))
    between = comment(words("COM-between-scans")) + segment(APP1, words.bytes("APP1-between-scans"))
    body = bytes((0xFF, _SOS)).join([*scans[:2], scans[2] + between, *scans[3:]])
    return SOI + before + body.removesuffix(EOI) + comment(words("COM-after-scans")) + EOI
