"""Metadata as phones, cameras and editors write it, for the demo's photos.

Specification: Exif 3.0 section 4.6; XMP part 3 section 1.1.3; CIPA DC-007.
"""

from __future__ import annotations

import struct

_TAGS: dict[str, tuple[str, int]] = {
    "ImageDescription": ("IFD0", 0x010E),
    "Make": ("IFD0", 0x010F),
    "Model": ("IFD0", 0x0110),
    "Software": ("IFD0", 0x0131),
    "DateTime": ("IFD0", 0x0132),
    "Artist": ("IFD0", 0x013B),
    "Copyright": ("IFD0", 0x8298),
    "DateTimeOriginal": ("Exif", 0x9003),
    "OffsetTimeOriginal": ("Exif", 0x9011),
    "CameraOwnerName": ("Exif", 0xA430),
    "BodySerialNumber": ("Exif", 0xA431),
    "LensModel": ("Exif", 0xA434),
    "LensSerialNumber": ("Exif", 0xA435),
}
_ASCII, _LONG, _RATIONAL = 2, 4, 5
_Entry = tuple[int, int, int, bytes]


def exif(position: tuple[float, float] | None, thumbnail: bytes, /, **texts: str) -> bytes:
    """A little-endian TIFF stream with these text tags, a GPS position in degrees and a JPEG thumbnail."""
    rows: dict[str, list[_Entry]] = {"IFD0": [], "Exif": []}
    for name, text in texts.items():
        group, tag = _TAGS[name]
        raw = text.encode() + b"\0"
        rows[group].append((tag, _ASCII, len(raw), raw))
    children = [(0x8769, rows["Exif"])] if rows["Exif"] else []
    if position is not None:
        children.append((0x8825, _gps(*position)))
    out = bytearray(b"II*\0\x08\0\0\0")
    next_at = _directory(out, rows["IFD0"], children)
    if thumbnail:
        struct.pack_into("<I", out, next_at, len(out))
        at = len(out) + 2 + 12 * 2 + 4
        _directory(
            out,
            [
                (0x0201, _LONG, 1, struct.pack("<I", at)),
                (0x0202, _LONG, 1, struct.pack("<I", len(thumbnail))),
            ],
            [],
        )
        out += thumbnail
    return bytes(out)


def _gps(latitude: float, longitude: float) -> list[_Entry]:
    return [
        (0x01, _ASCII, 2, b"N\0" if latitude >= 0 else b"S\0"),
        (0x02, _RATIONAL, 3, _degrees(latitude)),
        (0x03, _ASCII, 2, b"E\0" if longitude >= 0 else b"W\0"),
        (0x04, _RATIONAL, 3, _degrees(longitude)),
        (0x1F, _RATIONAL, 1, struct.pack("<II", 48, 10)),
    ]


def _degrees(angle: float) -> bytes:
    hundredths = round(abs(angle) * 360_000)
    return struct.pack("<6I", hundredths // 360_000, 1, hundredths // 6000 % 60, 1, hundredths % 6000, 100)


def _directory(out: bytearray, rows: list[_Entry], children: list[tuple[int, list[_Entry]]]) -> int:
    """Write one directory and those below it; where its pointer to the next directory stands."""
    rows = sorted([*rows, *((tag, _LONG, 1, b"") for tag, _ in children)])
    start = len(out)
    out += struct.pack("<H", len(rows)) + bytes(12 * len(rows) + 4)
    below = dict(children)
    for number, (tag, type_, count, raw) in enumerate(rows):
        at = start + 2 + 12 * number
        if tag in below:
            raw = struct.pack("<I", len(out))
            _directory(out, below[tag], [])
        elif len(raw) > 4:
            where = len(out)
            out += raw + b"\0" * (len(raw) % 2)
            raw = struct.pack("<I", where)
        struct.pack_into("<HHI4s", out, at, tag, type_, count, raw)
    return start + 2 + 12 * len(rows)


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def app1_exif(stream: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + stream)


def app1_xmp(properties: str) -> bytes:
    """An XMP packet around these rdf:Description elements or properties."""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"'
        ' xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"'
        ' xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">'
        f'{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def faces(*names: str) -> str:
    """Name tags as photo programs write them: a box and a name for each face."""
    rows = "".join(
        f'<rdf:li><rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="Face"><mwg-rs:Area stArea:x="0.{3 + n}"'
        ' stArea:y="0.4" stArea:w="0.1" stArea:h="0.1" stArea:unit="normalized"/></rdf:Description></rdf:li>'
        for n, name in enumerate(names)
    )
    return f'<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>{rows}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>'


def motion_video() -> bytes:
    """The beginning of an MP4, as a phone appends its moving picture."""
    ftyp = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom"
    return ftyp + struct.pack(">I", 8 + 3000) + b"mdat" + bytes(3000)


def mpf(first_size: int, second_offset: int, second_size: int) -> bytes:
    """An MPF index of two pictures; the offset counts from this segment's own TIFF header."""
    entries = struct.pack("<IIIHH", 0x030000, first_size, 0, 0, 0) + struct.pack(
        "<IIIHH", 0x020003, second_size, second_offset, 0, 0
    )
    rows = struct.pack("<HHI4s", 0xB000, 7, 4, b"0100") + struct.pack("<HHII", 0xB001, 4, 1, 2)
    rows += struct.pack("<HHII", 0xB002, 7, len(entries), 50)
    return segment(0xE2, b"MPF\0II*\0\x08\0\0\0" + struct.pack("<H", 3) + rows + bytes(4) + entries)


def with_segments(picture: bytes, *segments: bytes) -> bytes:
    """A JPEG with these segments put right after its beginning."""
    return picture[:2] + b"".join(segments) + picture[2:]
