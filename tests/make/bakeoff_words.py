"""What every file of the bake-off is filled with: canaries, a picture that no turn leaves the same, a position.

A canary is a word that stands in exactly one container of a file, so that what a cleaner left can be named.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

from PIL import Image

from tests.make import icc
from tests.make import xmp as packets
from tests.make.jpeg import comment, jpeg
from tests.make.jpeg import exif as exif_segment
from tests.make.tiff import ASCII, Elsewhere, Entry, tiff

POSITION = (52.5163, 13.3777)
SIZE = (48, 32)
TURNED = 6
"""The EXIF orientation of every file: its upper edge is on the right."""


class Words:
    """Hands out canaries, and remembers which."""

    def __init__(self) -> None:
        self.planted: list[str] = []

    def __call__(self, container: str) -> str:
        word = f"CANARY-{container}-{len(self.planted) + 1:03}"
        self.planted.append(word)
        return word

    def bytes(self, container: str) -> bytes:
        return self(container).encode("ascii")


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file of the bake-off."""

    name: str
    format: str
    """exposure's name for it."""
    suffix: str
    data: bytes
    canaries: frozenset[str]
    needles: dict[str, bytes]
    """What tells something and is too short for a canary, such as a date in binary, by container."""
    icc: bytes = b""
    """The colour profile that must stay."""


@cache
def drawn(size: tuple[int, int] = SIZE, darker: int = 0) -> Image.Image:
    """Four quarters in four colours, getting brighter from left to right: none of its eight turns equals another."""
    width, height = size
    picture = Image.new("RGB", size)
    colours = ((220, 30, 30), (30, 200, 40)), ((40, 60, 220), (230, 220, 200))
    for y in range(height):
        for x in range(width):
            red, green, blue = colours[2 * y // height][2 * x // width]
            shade = (x * 30 // width) - darker
            picture.putpixel((x, y), (max(red - shade, 0), max(green - shade, 0), max(blue - shade, 0)))
    return picture


def encoded(picture: Image.Image, format_: str, **options: object) -> bytes:
    """The picture as Pillow writes it."""
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def _number(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(round(v * 65536).to_bytes(4, "big", signed=True) for v in values)


_D50 = bytes.fromhex("0000f6d6000100000000d32d")


@cache
def srgb() -> bytes:
    """The sRGB profile as the world has it since 1998, but for its curve, which is a plain gamma of 2.2."""
    curve = b"curv\0\0\0\0\0\0\0\1\x02\x33"
    profile = icc.profile(
        {
            "cprt": icc.text("Copyright (c) 1998 Hewlett-Packard Company"),
            "desc": icc.description("sRGB IEC61966-2.1"),
            "wtpt": _number(0.95045, 1, 1.08905),
            "rXYZ": _number(0.43607, 0.22249, 0.01392),
            "gXYZ": _number(0.38515, 0.71687, 0.09708),
            "bXYZ": _number(0.14307, 0.06061, 0.7141),
            **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
        },
        maker=b"IEC ",
        model=b"sRGB",
        creator=b"HP  ",
        made=(1998, 2, 9, 6, 49, 0),
    )
    return profile[:4] + b"Lino\2\x10\0\0" + profile[12:40] + b"MSFT" + profile[44:68] + _D50 + profile[80:]


def thumbnail(words: Words, where: str) -> bytes:
    """A small JPEG with metadata of its own."""
    own = tiff(Artist=words(f"{where}-EXIF"), position=POSITION)
    return jpeg(exif_segment(own), comment(words(f"{where}-COM")), trailer=words.bytes(f"{where}-trailer"))


def exif(words: Words, where: str = "EXIF", order: str = "<", orientation: int = TURNED) -> bytes:
    """An EXIF stream with something in each of its IFDs, in its thumbnail and between its values."""
    extra: dict[str, list[Entry]] = {
        "IFD0": [(0xC7A1, ASCII, None, words(f"{where}-private"))],
        "IFD1": [
            (0x010E, ASCII, None, words(f"{where}-IFD1")),
            (0xFDE9, 4, None, Elsewhere(words.bytes(f"{where}-unreferenced"))),
        ],
    }
    return tiff(
        order,
        position=POSITION,
        altitude=35.0,
        thumbnail=thumbnail(words, f"{where}-thumbnail"),
        maker_note=b"Acme\0\0\1\0" + words.bytes(f"{where}-MakerNote"),
        extra=extra,
        Make="Acme",
        Model="X100",
        Orientation=orientation,
        Artist=words(f"{where}-IFD0"),
        XPAuthor=words(f"{where}-XPAuthor"),
        DateTimeOriginal="2024:05:03 18:11:22",
        UserComment=words(f"{where}-UserComment"),
        BodySerialNumber=words(f"{where}-ExifIFD"),
        GPSProcessingMethod=words(f"{where}-GPS"),
        InteroperabilityIndex=words(f"{where}-Interop"),
    )


def xmp(words: Words, where: str = "XMP", extended: str = "") -> bytes:
    """An XMP packet with a name, a document id, a position, a way up, and a word in its padding."""
    more = {"xmpNote_HasExtendedXMP": extended} if extended else {}
    packet = packets.xmp(
        packets.seq("dc:creator", words(f"{where}-creator")),
        exif_GPSLatitude="52,30.978N",
        exif_GPSLongitude="13,22.662E",
        tiff_Orientation=str(TURNED),
        xmpMM_DocumentID=words(f"{where}-DocumentID"),
        **more,
    )
    if extended:
        packet = packet.replace(
            b"<rdf:Description ", b'<rdf:Description xmlns:xmpNote="http://ns.adobe.com/xmp/note/" ', 1
        )
    return packets.wrapped(packet + b"<!--" + words.bytes(f"{where}-padding") + b"-->")
