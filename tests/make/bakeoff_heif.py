"""The HEIC and AVIF files of the bake-off: a word in every item, property, name and box, around one real picture."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pillow_heif
from PIL import Image

from tests.make import heif, samsung
from tests.make.bakeoff_words import Fixture, Words, drawn, encoded, exif, srgb, xmp
from tests.make.heif import Item, box, full
from tests.make.jumbf import claim, manifest_store

_LARGE, _SMALL = (128, 64), (64, 64)
"""HEVC is coded in squares of 64 here: any other size would be cropped by a property more."""
_ODD_BRAND = b"Cnry"
_QUARTER_TURN = box(b"irot", b"\3")
"""By 270 degrees against the clock, which is what EXIF calls 6 (ISO/IEC 23008-12, 6.5.10)."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A picture as its codec wrote it."""

    type: bytes
    configuration: bytes
    """Its hvcC or av1C box."""
    data: bytes
    brands: tuple[bytes, ...]


def fixtures() -> Iterator[Fixture]:
    for name, format_, suffix, made in (("HEIC", "HEIF", ".heic", hevc), ("AVIF", "AVIF", ".avif", av1)):
        for trailer in (False, True):
            words = Words()
            data = _file(words, made(drawn(_LARGE)), made(drawn(_SMALL)))
            if trailer:
                name, data = f"{name}+trailer", data + words.bytes("trailer")
            planted = frozenset(words.planted)
            yield Fixture(name, format_, suffix, data, planted, {"brand": _ODD_BRAND}, srgb())


def hevc(picture: Image.Image) -> Coded:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, format="HEIF", quality=80)
    configuration, data = _taken(out.getvalue(), b"hvcC")
    return Coded(b"hvc1", configuration, data, (b"heic", b"mif1", b"heic", b"miaf"))


def av1(picture: Image.Image) -> Coded:
    configuration, data = _taken(encoded(picture, "AVIF", quality=80), b"av1C")
    return Coded(b"av01", configuration, data, (b"avif", b"mif1", b"avif", b"miaf"))


def _with_messages(words: Words, coded: Coded) -> Coded:
    """The same with words where codecs leave messages: HEVC's SEI (ITU-T H.265, D.2.7), AV1's metadata and padding."""
    if coded.type == b"hvc1":
        told = bytes(range(16)) + words.bytes("SEI")
        message = heif.nal(39, bytes((5, len(told))) + told + b"\x80")
        return replace(coded, data=message + coded.data)
    header = 4 + coded.data[3]  # a temporal delimiter of 2 bytes and the sequence header
    messages = heif.obu(5, b"\x04\xb5\0\x3b" + words.bytes("OBU-metadata") + b"\x80")
    messages += heif.obu(15, words.bytes("OBU-padding") + b"\x80")
    return replace(coded, data=coded.data[:header] + messages + coded.data[header:])


def _taken(file: bytes, configuration: bytes) -> tuple[bytes, bytes]:
    """The configuration box, and all of the media data, of a file that holds one item."""
    at = file.index(configuration) - 4
    (length,) = struct.unpack_from(">I", file, at)
    media = file.index(b"mdat") - 4
    return file[at : at + length], file[media + 8 : media + struct.unpack_from(">I", file, media)[0]]


def photo(coded: Coded, size: tuple[int, int], *more: bytes, number: int = 1) -> Item:
    """The picture as an item; `more` are its properties besides size, bits and configuration."""
    bits = full(b"pixi", 0, 0, b"\3\x08\x08\x08")
    return Item(
        number,
        coded.type,
        coded.data,
        properties=(heif.size_property(*size), bits, coded.configuration, *more),
    )


def _file(words: Words, large: Coded, small: Coded) -> bytes:
    described = full(
        b"udes", 0, 0, b"en\0" + words.bytes("udes-name") + b"\0" + words.bytes("udes-description") + b"\0\0"
    )
    own = [
        heif.profile_property(srgb()),
        described,
        box(b"prVt", words.bytes("unknown-property")),
        heif.uuid(bytes(range(16)), words.bytes("uuid-property")),
        _QUARTER_TURN,
    ]
    main = replace(
        photo(_with_messages(words, large), _LARGE, *own), strings=words.bytes("item-name") + b"\0"
    )
    preview = replace(photo(small, _SMALL, number=20), refers={b"thmb": (1,)})
    preview = replace(preview, data=preview.data + words.bytes("thumbnail"))
    items = [
        main,
        preview,
        heif.exif(exif(words, order=">"), prefix=b"Exif\0\0"),
        heif.xmp(xmp(words)),
        heif.mime(words.bytes("mime"), "text/plain", number=51),
        Item(
            52,
            b"uri ",
            words.bytes("uri"),
            refers={b"cdsc": (1,)},
            strings=b"\0urn:" + words.bytes("uri-name") + b"\0",
        ),
        Item(53, b"prVt", words.bytes("private-item"), method=heif.IDAT),
    ]
    brands = (large.brands[0], *large.brands[1:], _ODD_BRAND)
    return heif.heif(
        *items,
        brands=brands,
        unreferenced=words.bytes("unreferenced"),
        in_meta=box(b"prVt", words.bytes("box-in-meta")) + box(b"free", words.bytes("free-in-meta")),
        before=box(b"free", words.bytes("free")) + heif.uuid(bytes(range(16)), words.bytes("uuid")),
        after=_boxes_after(words),
        handler_name=words.bytes("hdlr-name") + b"\0",
        more_properties=[box(b"prVt", words.bytes("property-of-no-item"))],
    )


def _boxes_after(words: Words) -> bytes:
    """Samsung's boxes, a manifest, and one that nobody knows."""
    directory = samsung.samsung(Image_UTC_Data=words.bytes("sefd"))
    return b"".join(
        [
            box(b"mpvd", samsung.VIDEO + words.bytes("mpvd")),
            box(b"sefd", directory),
            heif.c2pa_box(manifest_store(claim(words("C2PA")))),
            box(b"prVt", words.bytes("unknown-box")),
            box(b"mdat", words.bytes("second-mdat")),
        ]
    )
