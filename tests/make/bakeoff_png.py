"""The PNGs of the bake-off: a word in every chunk that can hold one, between and behind them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.make import jumbf, tiff
from tests.make.bakeoff_words import SIZE, Fixture, Words, drawn, exif, srgb, xmp
from tests.make.iptc import iptc
from tests.make.png import (
    SIGNATURE,
    chunk,
    header,
    icc,
    international,
    packed_text,
    raw_profile,
    text,
)
from tests.make.png import exif as exif_chunk
from tests.make.png import xmp as xmp_chunk

_DATE = struct.pack(">H5B", 2024, 5, 3, 18, 11, 22)


def fixtures() -> Iterator[Fixture]:
    for name, made in (("PNG", _plain), ("PNG+trailer", _with_trailer), ("APNG", _animated)):
        words = Words()
        data = made(words)
        yield Fixture(name, "PNG", ".png", data, frozenset(words.planted), {"tIME": _DATE}, srgb())


def _plain(words: Words) -> bytes:
    picture = _pieces(zlib.compress(_rows()), b"IDAT")
    return SIGNATURE + header(*SIZE) + _before(words) + picture + _after(words) + chunk(b"IEND")


def _with_trailer(words: Words) -> bytes:
    """The same, with words behind the zlib stream inside IDAT, inside IEND, and behind it."""
    picture = _pieces(zlib.compress(_rows()) + words.bytes("after-zlib"), b"IDAT")
    end = chunk(b"IEND", words.bytes("inside-IEND")) + words.bytes("after-IEND")
    end += _plain(words)
    return SIGNATURE + header(*SIZE) + _before(words) + picture + _after(words) + end


def _animated(words: Words) -> bytes:
    """Two frames, with words between them and behind the zlib stream of the second."""
    place = struct.pack(">IIIIHHBB", *SIZE, 0, 0, 1, 10, 0, 0)
    second = zlib.compress(_rows(darker=20)) + words.bytes("after-zlib-in-fdAT")
    frames = [
        chunk(b"fcTL", struct.pack(">I", 0) + place),
        _pieces(zlib.compress(_rows()), b"IDAT"),
        text("Comment", words("tEXt-between-frames")),
        chunk(b"fcTL", struct.pack(">I", 1) + place),
        chunk(b"prVt", words.bytes("private-between-frames")),
        chunk(b"fdAT", struct.pack(">I", 2) + second),
    ]
    opening = SIGNATURE + header(*SIZE) + chunk(b"acTL", struct.pack(">II", 2, 0)) + _before(words)
    return opening + b"".join(frames) + _after(words) + chunk(b"IEND")


def _rows(darker: int = 0) -> bytes:
    width, height = SIZE
    pixels = drawn(darker=darker).tobytes()
    return b"".join(b"\0" + pixels[y * width * 3 : (y + 1) * width * 3] for y in range(height))


def _pieces(data: bytes, type_: bytes, size: int = 100) -> bytes:
    return b"".join(chunk(type_, data[at : at + size]) for at in range(0, len(data), size))


def _before(words: Words) -> bytes:
    """What stands before the picture. Half of the words are packed, so no search of the file's bytes finds them."""
    colours, counts = words.bytes("PLTE").ljust(30, b"."), words.bytes("hIST").ljust(20, b".")
    return b"".join(
        [
            icc(srgb(), words("iCCP-name")),
            chunk(b"PLTE", colours),
            chunk(b"hIST", counts),
            chunk(b"sPLT", words.bytes("sPLT") + b"\0\x08" + struct.pack(">4BH", 1, 2, 3, 255, 9)),
            chunk(b"pCAL", words.bytes("pCAL") + b"\0" + struct.pack(">iiBB", 0, 255, 0, 2) + b"m\x000\x001"),
            chunk(b"tIME", _DATE),
            exif_chunk(exif(words, "eXIf", ">")),
            chunk(b"caBX", jumbf.manifest_store(jumbf.claim(words("caBX")))),
            chunk(b"prVt", words.bytes("private")),
            chunk(b"prVT", words.bytes("private-unsafe")),
            chunk(b"gIFx", b"ACMEINC1.0\0" + words.bytes("gIFx")),
            text("Author", words("tEXt")),
            text(words("tEXt-keyword"), "words"),
            packed_text("Comment", words.bytes("zTXt")),
            international("Title", words.bytes("iTXt"), language="en", translated=words("iTXt-translated")),
            international("Description", words.bytes("iTXt-packed"), packed=1),
            xmp_chunk(xmp(words)),
        ]
    )


def _after(words: Words) -> bytes:
    """What stands between the picture and IEND."""
    old = tiff.tiff(Artist=words("raw-profile-exif"))
    return b"".join(
        [
            packed_text("Raw profile type APP1", raw_profile("APP1", b"Exif\0\0" + old)),
            text("Raw profile type iptc", raw_profile("iptc", iptc({"By-line": words("raw-profile-iptc")}))),
            text("Software", words("tEXt-after-IDAT")),
            xmp_chunk(xmp(words, "XMP-packed"), packed=1),
            chunk(b"prVt", words.bytes("private-after-IDAT")),
        ]
    )
