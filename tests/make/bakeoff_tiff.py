"""The TIFFs of the bake-off: a word in every kind of tag and IFD, between the values and behind the end, on each page."""

from __future__ import annotations

from collections.abc import Iterator

from tests.make import iptc
from tests.make.bakeoff_words import POSITION, SIZE, TURNED, Fixture, Words, drawn, srgb, thumbnail, xmp
from tests.make.tiff import (
    ASCII,
    BYTE,
    LONG,
    RATIONAL,
    SHORT,
    UNDEFINED,
    Directories,
    Elsewhere,
    Entry,
    jpeg_preview,
    stream,
)

_STRIPS = 4


def fixtures() -> Iterator[Fixture]:
    for name, order, pages in (("TIFF", "<", 1), ("TIFF, MM, pages", ">", 2)):
        words = Words()
        data = stream([_page(words, number) for number in range(pages)], order) + words.bytes("trailer")
        yield Fixture(name, "TIFF", ".tif", data, frozenset(words.planted), {}, srgb())


def _page(words: Words, number: int) -> list[Entry]:
    page = f"page{number}"
    preview = [(254, LONG, None, 1), *jpeg_preview(thumbnail(words, f"{page}-preview"))]
    return [
        *_picture(words, page, number),
        (269, ASCII, None, words(f"{page}-DocumentName")),
        (270, ASCII, None, words(f"{page}-ImageDescription")),
        (271, ASCII, None, "Acme"),
        (285, ASCII, None, words(f"{page}-PageName")),
        (305, ASCII, None, words(f"{page}-Software")),
        (306, ASCII, None, "2024:05:03 18:11:22"),
        (315, ASCII, None, words(f"{page}-Artist")),
        (316, ASCII, None, words(f"{page}-HostComputer")),
        (330, LONG, None, Directories((preview,))),
        (333, ASCII, None, words(f"{page}-InkNames")),
        (700, BYTE, None, xmp(words, f"{page}-XMP")),
        (33432, ASCII, None, words(f"{page}-Copyright")),
        (33723, UNDEFINED, None, iptc.iptc({"By-line": words(f"{page}-IPTC")})),
        (34377, BYTE, None, _resources(words, page)),
        (34665, LONG, None, Directories((_exif(words, page),))),
        (34675, UNDEFINED, None, srgb()),
        (34853, LONG, None, Directories((_position(words, page),))),
        (37724, UNDEFINED, None, b"Adobe Photoshop Document Data Block\0" + words.bytes(f"{page}-layers")),
        (40093, BYTE, None, (words(f"{page}-XPAuthor") + "\0").encode("utf-16-le")),
        (50831, UNDEFINED, None, words.bytes(f"{page}-private")),
        (65000, UNDEFINED, None, words.bytes(f"{page}-unknown")),
    ]


def _picture(words: Words, page: str, number: int) -> list[Entry]:
    """The picture in strips, with a word behind the last of them that no tag counts."""
    (width, height), pixels = SIZE, drawn(darker=30 * number).tobytes()
    size = len(pixels) // _STRIPS
    strips = [pixels[at : at + size] for at in range(0, len(pixels), size)]
    strips[-1] += words.bytes(f"{page}-unreferenced")
    return [
        *((256, SHORT, None, width), (257, SHORT, None, height), (258, SHORT, None, [8, 8, 8])),
        *(
            (259, SHORT, None, 1),
            (262, SHORT, None, 2),
            (273, LONG, None, Elsewhere(strips[0], tuple(strips[1:]))),
        ),
        *((274, SHORT, None, TURNED), (277, SHORT, None, 3), (278, SHORT, None, height // _STRIPS)),
        *((279, LONG, None, [size] * _STRIPS), (282, RATIONAL, None, 72), (283, RATIONAL, None, 72)),
        *((284, SHORT, None, 1), (296, SHORT, None, 2)),
    ]


def _resources(words: Words, page: str) -> bytes:
    return iptc.resource(0x0404, iptc.iptc({"By-line": words(f"{page}-Photoshop-IPTC")})) + iptc.resource(
        0x040C, iptc.thumbnail(thumbnail(words, f"{page}-Photoshop-thumbnail"))
    )


def _exif(words: Words, page: str) -> list[Entry]:
    interop = [(1, ASCII, None, words(f"{page}-Interop"))]
    return [
        (0x9003, ASCII, None, "2024:05:03 18:11:22"),
        (0x927C, UNDEFINED, None, b"Acme\0\0\1\0" + words.bytes(f"{page}-MakerNote")),
        (0x9286, UNDEFINED, None, b"ASCII\0\0\0" + words.bytes(f"{page}-UserComment")),
        (0xA005, LONG, None, Directories((interop,))),
        (0xA431, ASCII, None, words(f"{page}-BodySerialNumber")),
    ]


def _position(words: Words, page: str) -> list[Entry]:
    latitude, longitude = POSITION
    return [
        *((1, ASCII, None, "N"), (2, RATIONAL, None, [latitude, 0, 0])),
        *((3, ASCII, None, "E"), (4, RATIONAL, None, [longitude, 0, 0])),
        (0x1B, UNDEFINED, None, b"ASCII\0\0\0" + words.bytes(f"{page}-GPS")),
    ]
