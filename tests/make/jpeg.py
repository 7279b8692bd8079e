"""JPEG files (ITU-T T.81, annex B): real little pictures with whatever segments a test wants.

``jpeg(exif(tiff(Make="Acme")), comment("hello"), trailer=b"left over")``
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Sequence
from functools import cache

from PIL import Image

from tests.make.tiff import LONG, UNDEFINED, Entry, stream

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
APP0, APP1, APP2, APP11, APP13, APP14, COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xFE

LARGEST_PAYLOAD = 65533
"""What one segment can hold, in bytes: its length is two bytes and counts itself (T.81, B.1.1.4)."""


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def comment(text: str | bytes) -> bytes:
    return segment(COM, text.encode() if isinstance(text, str) else text)


def jfif(thumbnail: tuple[int, int, bytes] = (0, 0, b"")) -> bytes:
    """The JFIF header; `thumbnail` is width, height and RGB bytes (ITU-T T.871, 10.1)."""
    width, height, pixels = thumbnail
    return segment(APP0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0102, 1, 72, 72, width, height) + pixels)


def jfif_extension(jpeg_thumbnail: bytes) -> bytes:
    return segment(APP0, b"JFXX\0\x10" + jpeg_thumbnail)


def adobe(transform: int = 1) -> bytes:
    """Adobe's colour transform, which decoders need (ITU-T T.872, 6.5.3)."""
    return segment(APP14, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, transform))


def exif(tiff_stream: bytes) -> bytes:
    return segment(APP1, b"Exif\0\0" + tiff_stream)


def xmp_app1(packet: bytes) -> bytes:
    return segment(APP1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def extended_xmp(packet: bytes, guid: str | None = None, chunk: int = 65400) -> bytes:
    """An extended XMP packet over as many segments as it needs; its GUID is its MD5 (XMP part 3, 1.1.3.1)."""
    guid = extended_guid(packet) if guid is None else guid
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid.encode("ascii") + struct.pack(">I", len(packet))
    return b"".join(
        segment(APP1, head + struct.pack(">I", at) + packet[at : at + chunk])
        for at in range(0, len(packet), chunk)
    )


def extended_guid(packet: bytes) -> str:
    """What xmpNote:HasExtendedXMP in the standard packet must say."""
    return hashlib.md5(packet).hexdigest().upper()


def icc(profile: bytes, chunk: int = 65519) -> bytes:
    """A colour profile over as many segments as it needs (ICC.1:2022, B.4)."""
    pieces = [profile[at : at + chunk] for at in range(0, len(profile), chunk)]
    return b"".join(
        segment(APP2, b"ICC_PROFILE\0" + bytes([number, len(pieces)]) + piece)
        for number, piece in enumerate(pieces, 1)
    )


def photoshop(resources: bytes, chunk: int = 65500) -> bytes:
    """Photoshop image resources over as many segments as they need."""
    return b"".join(
        segment(APP13, b"Photoshop 3.0\0" + resources[at : at + chunk])
        for at in range(0, len(resources), chunk)
    )


def box(type_: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload) + 8) + type_ + payload


def superbox(label: str, *content: bytes, type_: bytes = b"c2pa") -> bytes:
    """A JUMBF superbox: a description box, then `content` boxes (ISO/IEC 19566-5, annex A)."""
    uuid = type_ + bytes.fromhex("00110010800000aa00389b71")
    description = box(b"jumd", uuid + b"\x03" + label.encode() + b"\0")
    return box(b"jumb", description + b"".join(content))


def jumbf(boxed: bytes, instance: int = 1, chunk: int = 65000) -> bytes:
    """A box in APP11 segments; each repeats the box's length and type (ISO/IEC 18477-3, B.2)."""
    header, payload = boxed[:8], boxed[8:]
    return b"".join(
        segment(APP11, b"JP" + struct.pack(">HI", instance, number) + header + payload[at : at + chunk])
        for number, at in enumerate(range(0, max(len(payload), 1), chunk), 1)
    )


def mpf(
    *images: tuple[int, int, int],
    order: str = "<",
    uids: bytes = b"",
    frames: int | None = None,
    attributes: Sequence[Entry] = (),
) -> bytes:
    """The index of a multi-picture file (CIPA DC-007, 5.2): of each image its attribute, size and offset.

    The attribute's low 24 bits are the MP type code. Offsets count from the MPF's own TIFF header; the first
    image's is 0. `attributes` are the entries of the first image's MP Attribute IFD.
    """
    entries = b"".join(struct.pack(f"{order}IIIHH", *image, 0, 0) for image in images)
    index: list[Entry] = [(0xB000, UNDEFINED, None, b"0100"), (0xB001, LONG, None, len(images))]
    index += [(0xB002, UNDEFINED, None, entries)]
    index += [(0xB003, UNDEFINED, None, uids)] if uids else []
    index += [(0xB004, LONG, None, frames)] if frames is not None else []
    return segment(APP2, b"MPF\0" + stream([index, attributes] if attributes else [index], order))


def multi_picture(*segments: bytes, pictures: Sequence[tuple[int, bytes]], order: str = "<") -> bytes:
    """A JPEG that `pictures` follow: of each the MP type code, such as 0x10001 for a large thumbnail, and its bytes."""
    before = b"".join(segments)
    primary = len(SOI + before + mpf(*[(0, 0, 0)] * (len(pictures) + 1), order=order) + body())
    header = len(SOI + before) + 8  # marker, length and "MPF\0" stand before the TIFF header
    images, at = [(0x2003_0000, primary, 0)], primary
    for type_code, data in pictures:
        images.append((type_code, len(data), at - header))
        at += len(data)
    return jpeg(before, mpf(*images, order=order), trailer=b"".join(data for _, data in pictures))


@cache
def body(progressive: bool = False, size: tuple[int, int] = (16, 8)) -> bytes:
    """What follows a picture's application segments: tables, frame, scans, EOI."""
    picture, file = Image.linear_gradient("L").resize(size).convert("RGB"), io.BytesIO()
    picture.save(file, "JPEG", progressive=progressive)
    data = file.getvalue()
    at = len(SOI)
    while data[at + 1] & 0xF0 == 0xE0 or data[at + 1] == COM:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[at:]


def jpeg(
    *segments: bytes,
    trailer: bytes = b"",
    fill: int = 0,
    progressive: bool = False,
    size: tuple[int, int] = (16, 8),
) -> bytes:
    """A grey gradient of 16 × 8 pixels, with `segments` after SOI and `trailer` after EOI.

    `fill` puts that many 0xFF fill bytes before each of the segments (T.81, B.1.1.2).
    """
    before = b"".join(b"\xff" * fill + each for each in segments)
    return SOI + before + body(progressive, size) + trailer


def progressive_jpeg(*segments: bytes, trailer: bytes = b"") -> bytes:
    """The same picture in several scans."""
    return jpeg(*segments, trailer=trailer, progressive=True)


ISO = b"urn:iso:std:iso:ts:21496:-1\0"
HDRGM = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"'
_MADE_BY = '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Acme">{}</x:xmpmeta>'
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'


def described(properties: str) -> bytes:
    """An XMP packet with one rdf:Description, given from its attributes on."""
    return _MADE_BY.format(
        _RDF.format(f'<rdf:Description rdf:about="" {properties}</rdf:Description>')
    ).encode()


def gain_map(*segments: bytes, use: str = 'hdrgm:GainMapMax="2.30" hdrgm:HDRCapacityMax="2.3"') -> bytes:
    """A gain map as Ultra HDR has it: a smaller JPEG whose XMP says how it is used."""
    meant = described(f'{HDRGM} hdrgm:Version="1.0" {use}>')
    return jpeg(*([xmp_app1(meant)] if use else []), *segments, size=(8, 4))


def iso_gain_map(
    channels: int = 1, denominator: int = 0, flags: int = 0x40, numbers: Sequence[int] = ()
) -> bytes:
    """The APP2 segment of ISO 21496-1, annex C; `denominator` is the common one, 0 for one for each number."""
    count = 2 + 5 * channels
    each = numbers or range(1, count + 1)
    flags |= (0x80 if channels == 3 else 0) | (0x08 if denominator else 0)
    pairs = [denominator, *each] if denominator else [n for number in each for n in (number, 1000)]
    return segment(APP2, ISO + bytes((0, 0, 0, 0, flags)) + struct.pack(f">{len(pairs)}I", *pairs))


def ultra_hdr(*segments: bytes, mapped: bytes | None = None, trailer: bytes = b"") -> bytes:
    """A JPEG with a gain map, as phones write it; its XMP names its maker too."""
    mapped = gain_map() if mapped is None else mapped
    item = '<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic="{}"{}/></rdf:li>'
    items = item.format("Primary", "") + item.format("GainMap", f' Item:Length="{len(mapped)}"')
    container = "http://ns.google.com/photos/1.0/container/"
    packet = described(
        f'{HDRGM} xmlns:Container="{container}" xmlns:Item="{container}item/" hdrgm:Version="1.0">'
        f"<Container:Directory><rdf:Seq>{items}</rdf:Seq></Container:Directory>"
    )
    return multi_picture(xmp_app1(packet), *segments, pictures=[(0, mapped)]) + trailer


def motion_photo(video: bytes, *segments: bytes, moment: int = 1_500_000) -> bytes:
    """A JPEG with a video behind it, as Google's and Xiaomi's phones write it."""
    camera = 'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"'
    said = f'GCamera:MotionPhoto="1" GCamera:MotionPhotoPresentationTimestampUs="{moment}"'
    return jpeg(xmp_app1(described(f"{camera} {said}>")), *segments, trailer=video)
