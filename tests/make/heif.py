"""HEIF and AVIF files made of the items that a test wants (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12).

``heif(picture(), exif(tiff(Make="Acme")), thumbnail(b"small"), unreferenced=b"left over")``. The coded pictures
are words, not pictures; `avif_photo` makes one that decodes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from PIL import Image

FILE, IDAT, ITEM = 0, 1, 2
"""Construction methods of the iloc box."""

C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
GAIN_MAP = "urn:com:apple:photo:2020:aux:hdrgainmap"
ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
DEPTH = "urn:mpeg:hevc:2015:auxid:2"


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its bytes, where they are put, what it refers to."""

    number: int
    type: bytes
    data: bytes = b""
    method: int = FILE
    pieces: int = 1
    """How many extents its bytes are cut into; all second pieces come after all first ones."""
    refers: Mapping[bytes, Sequence[int]] = field(default_factory=dict)
    properties: tuple[bytes, ...] = ()
    strings: bytes = b"\0"
    """Name, content type and encoding, each ended by NUL."""
    shares: tuple[tuple[int, int], ...] = ()
    """Offset and length of its extents as they should be written, instead of bytes of its own."""
    flags: int = 0
    """Of its entry in the list of items: 1 for a hidden one."""
    lock: int = 0
    """Its protection index."""


def box(type_: bytes, *payload: bytes) -> bytes:
    data = b"".join(payload)
    return struct.pack(">I4s", 8 + len(data), type_) + data


def large_box(type_: bytes, *payload: bytes) -> bytes:
    """With a 64-bit length."""
    data = b"".join(payload)
    return struct.pack(">I4sQ", 1, type_, 16 + len(data)) + data


def full(type_: bytes, version: int, flags: int, *payload: bytes) -> bytes:
    return box(type_, struct.pack(">I", version << 24 | flags), *payload)


def uuid(type_: bytes, payload: bytes) -> bytes:
    return box(b"uuid", type_, payload)


def c2pa_box(manifest: bytes) -> bytes:
    """The uuid box of a manifest store (C2PA 2.1, annex A.5)."""
    return uuid(C2PA, bytes(4) + b"manifest\0" + bytes(8) + manifest)


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    return box(b"ftyp", major, bytes(4), *compatible)


def size_property(width: int, height: int) -> bytes:
    return full(b"ispe", 0, 0, struct.pack(">II", width, height))


def profile_property(profile: bytes) -> bytes:
    return box(b"colr", b"prof", profile)


def use_property(urn: str) -> bytes:
    """What an auxiliary picture is for."""
    return full(b"auxC", 0, 0, urn.encode() + b"\0")


def picture(data: bytes = b"the picture", number: int = 1, type_: bytes = b"hvc1", **more: Any) -> Item:
    properties = (size_property(40, 30), *more.pop("properties", ()))
    return replace(Item(number, type_, data, properties=properties), **more)


def nal(type_: int, payload: bytes, layer: int = 0) -> bytes:
    """A unit of an HEVC picture, with its length before it."""
    return struct.pack(">IBB", 2 + len(payload), type_ << 1 | layer >> 5, layer << 3 & 0xFF | 1) + payload


def hevc_property(*units: bytes) -> bytes:
    """The configuration of an HEVC picture with these units in it, each an array of its own."""
    head = bytes((1, 3, 112, 0, 0, 0, 176, 0, 0, 0, 0, 0, 30, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 15))
    arrays = [struct.pack(">BHH", unit[4] >> 1, 1, len(unit) - 4) + unit[4:] for unit in units]
    return box(b"hvcC", head, bytes((len(arrays),)), *arrays)


PARAMETERS = (nal(32, b"layers"), nal(33, b"sequence"), nal(34, b"pictures"))


def hevc(data: bytes = b"the picture", number: int = 1, **more: Any) -> Item:
    """A picture as HEVC is stored: one slice with these bytes."""
    properties = (hevc_property(*PARAMETERS), *more.pop("properties", ()))
    return picture(nal(19, data), number, properties=properties, **more)


def obu(type_: int, payload: bytes) -> bytes:
    """A unit of an AV1 picture."""
    return bytes((type_ << 3 | 2, len(payload))) + payload


def av1_property(*units: bytes) -> bytes:
    return box(b"av1C", bytes((0x81, 0, 12, 0)), *units)


def av1(data: bytes = b"the picture", number: int = 1, **more: Any) -> Item:
    """A picture as AV1 is stored: a delimiter, a sequence header and a frame with these bytes."""
    units = obu(2, b"") + obu(1, b"sequence") + obu(6, data)
    properties = (av1_property(), *more.pop("properties", ()))
    return picture(units, number, b"av01", properties=properties, **more)


def grid(*tiles: int, number: int = 1, **more: Any) -> Item:
    """A picture that is put together from others; its own bytes are 8, in the idat box."""
    rows, columns = divmod(len(tiles) - 1, 256)
    described = bytes([0, 0, rows, columns, 0, 40, 0, 30])
    return picture(described, number, b"grid", method=IDAT, refers={b"dimg": tiles}, **more)


def thumbnail(data: bytes = b"small", number: int = 20, of: int = 1) -> Item:
    return picture(data, number, refers={b"thmb": (of,)})


def auxiliary(urn: str, data: bytes = b"auxiliary", number: int = 30, of: int = 1) -> Item:
    return picture(data, number, refers={b"auxl": (of,)}, properties=(use_property(urn),))


def exif(tiff_stream: bytes, number: int = 40, prefix: bytes = b"", of: int = 1, **more: Any) -> Item:
    """An EXIF item; `prefix` stands before the TIFF header and is counted by the offset (annex A.2.1)."""
    data = struct.pack(">I", len(prefix)) + prefix + tiff_stream
    return replace(Item(number, b"Exif", data, refers={b"cdsc": (of,)}), **more)


def mime(data: bytes, content: str, number: int = 50, encoding: str = "", **more: Any) -> Item:
    strings = f"\0{content}\0{encoding}\0".encode()
    item = Item(number, b"mime", data, refers={b"cdsc": (1,)}, strings=strings)
    return replace(item, **more)


def xmp(packet: bytes, number: int = 50, **more: Any) -> Item:
    return mime(packet, "application/rdf+xml", number, **more)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the tables are written."""

    primary: int | None = 1
    iinf: int = 0
    iloc: int = 1
    widths: tuple[int, int, int, int] = (4, 4, 0, 0)
    """Bytes of offset, length, base offset and extent index in the iloc box."""
    base: int = 0
    wide_references: bool = False
    wide_associations: bool = False
    essential: frozenset[bytes] = frozenset()
    """Further properties that are marked as such."""


def heif(
    *items: Item,
    brands: Sequence[bytes] = (b"heic", b"mif1", b"heic"),
    layout: Layout = Layout(),
    unreferenced: bytes = b"",
    media_first: bool = False,
    large_media: bool = False,
    in_meta: bytes = b"",
    before: bytes = b"",
    after: bytes = b"",
    handler_name: bytes = b"\0",
    more_properties: Sequence[bytes] = (),
) -> bytes:
    """A file of these items. `before` and `after` are boxes around the media, `in_meta` boxes in the meta box."""
    head = ftyp(*brands)
    rounds = max((item.pieces for item in items), default=1)
    order = [(n, item) for n in range(rounds) for item in items if item.method == FILE and n < item.pieces]
    media = b"".join(_piece(item, n) for n, item in order) + unreferenced
    media_box = (large_box if large_media else box)(b"mdat", media)

    def meta(start: int) -> bytes:
        """The meta box, when the media data begin at `start`."""
        places: dict[int, list[tuple[int, int]]] = {}
        for n, item in order:
            length = len(_piece(item, n))
            places.setdefault(item.number, []).append((start, length))
            start += length
        return _meta(items, places, layout, in_meta, handler_name, more_properties)

    header = len(media_box) - len(media)
    if media_first:
        return head + before + media_box + meta(len(head + before) + header) + after
    start = len(head) + len(meta(0)) + len(before) + header
    return head + meta(start) + before + media_box + after


def _piece(item: Item, number: int) -> bytes:
    if item.shares:
        return b""
    step = -(-len(item.data) // item.pieces)
    return item.data[number * step : (number + 1) * step]


def _meta(
    items: Sequence[Item],
    places: dict[int, list[tuple[int, int]]],
    layout: Layout,
    in_meta: bytes,
    handler_name: bytes,
    more_properties: Sequence[bytes],
) -> bytes:
    idat = b""
    for item in items:
        if item.method == IDAT and not item.shares:
            places[item.number] = [(len(idat), len(item.data))]
            idat += item.data
        elif item.shares:
            places[item.number] = list(item.shares)
    handler = full(b"hdlr", 0, 0, bytes(4), b"pict", bytes(12), handler_name)
    primary = b"" if layout.primary is None else _pitm(layout.primary)
    inside = [handler, primary, _iinf(items, layout), _iloc(items, places, layout), _iref(items, layout)]
    inside += [_iprp(items, layout, more_properties), box(b"idat", idat) if idat else b"", in_meta]
    return full(b"meta", 0, 0, *inside)


def _pitm(item: int) -> bytes:
    wide = item > 0xFFFF
    return full(b"pitm", int(wide), 0, struct.pack(">I" if wide else ">H", item))


def _iinf(items: Sequence[Item], layout: Layout) -> bytes:
    entries = []
    for item in items:
        wide = item.number > 0xFFFF
        entry = struct.pack(">IH4s" if wide else ">HH4s", item.number, item.lock, item.type)
        entries.append(full(b"infe", 3 if wide else 2, item.flags, entry, item.strings))
    count = struct.pack(">I" if layout.iinf else ">H", len(items))
    return full(b"iinf", layout.iinf, 0, count, *entries)


def _iloc(items: Sequence[Item], places: dict[int, list[tuple[int, int]]], layout: Layout) -> bytes:
    offset, length, base, index = layout.widths
    number = "I" if layout.iloc == 2 else "H"
    out = bytes([offset << 4 | length, base << 4 | index]) + struct.pack(">" + number, len(items))
    for item in items:
        out += struct.pack(">" + number, item.number)
        if layout.iloc:
            out += struct.pack(">H", item.method)
        extents = places.get(item.number, [])
        out += bytes(2) + layout.base.to_bytes(base, "big") + struct.pack(">H", len(extents))
        for start, size in extents:
            out += (1).to_bytes(index, "big") if index else b""
            out += max(start - layout.base, 0).to_bytes(offset, "big") + size.to_bytes(length, "big")
    return full(b"iloc", layout.iloc, 0, out)


def _iref(items: Sequence[Item], layout: Layout) -> bytes:
    letter = "I" if layout.wide_references else "H"
    found = [
        box(type_, struct.pack(f">{letter}H{len(to)}{letter}", item.number, len(to), *to))
        for item in items
        for type_, to in item.refers.items()
    ]
    return full(b"iref", int(layout.wide_references), 0, *found) if found else b""


_ESSENTIAL = frozenset((b"hvcC", b"av1C", b"irot", b"imir", b"clap"))
"""Properties without which a reader must not show the picture (ISO/IEC 23000-22, 7.3.6.7; ISO/IEC 23008-12, 6.5)."""


def _iprp(items: Sequence[Item], layout: Layout, more: Sequence[bytes]) -> bytes:
    """What items have in common is there once."""
    boxes = dict.fromkeys(more)
    rows = b""
    wide = layout.wide_associations
    for item in items:
        boxes |= dict.fromkeys(item.properties)
    places = {each: place for place, each in enumerate(boxes, 1)}
    for item in items:
        rows += struct.pack(">IB" if wide else ">HB", item.number, len(item.properties))
        for each in item.properties:
            marked = each[4:8] in _ESSENTIAL | layout.essential
            rows += struct.pack(">H" if wide else ">B", places[each] | marked << (15 if wide else 7))
    count = struct.pack(">I", len(items))
    return box(b"iprp", box(b"ipco", *boxes), full(b"ipma", int(wide), int(wide), count, rows))


def sequence(
    samples: bytes, in_moov: bytes = b"", brands: Sequence[bytes] = (b"msf1", b"hevc", b"iso8")
) -> bytes:
    """A file with a track and no meta box."""
    track = box(
        b"trak", full(b"tkhd", 0, 0, bytes(80)), box(b"mdia", b"tables"), box(b"udta", b"track words")
    )
    moov = box(b"moov", full(b"mvhd", 0, 0, bytes(96)), track, in_moov)
    return ftyp(*brands) + moov + box(b"mdat", samples)


@cache
def avif_photo(width: int = 40, height: int = 30, exif_stream: bytes = b"", xmp_packet: bytes = b"") -> bytes:
    """A real AVIF picture, as Pillow writes it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(
        out, "AVIF", quality=30, speed=10, exif=exif_stream, xmp=xmp_packet
    )
    return out.getvalue()
