"""The metadata blocks of a HEIF file, and the pictures and videos that came along in it.

Specification: ISO/IEC 23008-12:2022, annex A (EXIF, XMP and MPEG-7 items), sections 6.5.5 (colr) and 6.5.20
(udes); ISO/IEC 14496-12:2022, sections 8.4.3 (hdlr) and 8.11.6.2 (content encodings).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence

from exposure.errors import MalformedFile
from exposure.formats._heif_boxes import PADDING, walk
from exposure.formats._heif_items import Item, Tables, tables
from exposure.formats._heif_layout import PICTURE, Pieces, located, merged, purposes
from exposure.formats._heif_properties import property_boxes
from exposure.formats._isobmff import Box
from exposure.model import Block, Embedded, Kind, Part, Problem, Role
from exposure.source import Range, Window

_Place = tuple[Kind, tuple[Range, ...]]

_MOST_BLOCKS = 1_000
_LARGEST_INFLATED = 1 << 24
"""Of a packed XMP item, in bytes."""
_PIECE = 1 << 20

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_NEEDED = frozenset(
    b"ispe pixi pasp clap irot imir iscl rloc lsel rref auxC clli mdcv cclv amve reve ndwt hvcC lhvC oinf "
    b"tols av1C a1op a1lx avcC vvcC vvnC evcC jpgC j2kH cmpd uncC cpal mskC subs iden free skip".split()
)
"""Properties that a picture needs to be shown; every other one is metadata, and so is a colour profile."""
_HANDLERS = (b"", b"libavif", b"libheif", b"pict", b"PictureHandler", b"AVIF Still Picture")
"""Names that a library gives to every file: they tell nothing of anybody."""
_HIDDEN = (b"Exif\0\0", b"ns.adobe.com/x", b"<rdf:RDF")
"""What coded picture data does not contain by chance."""


def kind_of(item: Item) -> Kind:
    """The kind of metadata in an item that is no part of the picture."""
    if item.type == b"Exif":
        return Kind.EXIF
    if item.type == b"mime" and item.content == "application/rdf+xml":
        return Kind.XMP
    if item.type == b"iptc":  # as libheif's users write it
        return Kind.IPTC
    if item.type == b"jumb" or (item.type == b"mime" and item.content == "application/x-c2pa-manifest-store"):
        return Kind.JUMBF
    return Kind.UNKNOWN


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """Every metadata block and everything embedded, each once."""
    top = walk(window)
    yield from _loose(window, parts)
    seen: set[_Place] = set()
    for meta in top.metas:
        of = tables(window, meta)
        pieces = Pieces(of)
        uses, along = purposes(window, of)
        yield from _items(window, of, pieces, uses, seen)
        yield from _described(window, of)
        yield from _came_along(window, of, pieces, along)
        if meta in top.boxes and not top.sequence:
            yield from _missing(window, parts, pieces, uses)
    yield from _search(window, parts)


def _loose(window: Window, parts: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """What lies in boxes of its own, after the boxes, or in media data without belonging to an item."""
    left = _MOST_BLOCKS
    for part in parts:
        if part.kind is None or part.where == PADDING or part.where.startswith("item "):
            continue
        offset, length = part.payload or (part.offset, part.length)
        left -= 1
        if left < 0:
            yield Problem("file", "more pieces of unknown data than a photo has; the rest was not read")
            return
        if part.where == "mpvd":
            yield Embedded("video", "HEIF:mpvd:Video", window.part(offset, length))
        elif length:
            yield Block(part.kind, part.where, window.part(offset, length), window)


def _items(
    window: Window, of: Tables, pieces: Pieces, uses: Mapping[int, str], seen: set[_Place]
) -> Iterator[Block | Problem]:
    """The items that are no pictures."""
    left = _MOST_BLOCKS
    for number, item in of.items.items():
        if number in uses:
            continue
        left -= 1
        if left < 0:
            yield Problem("meta", "more metadata items than a photo has; the rest was not read")
            return
        where = f"item {number} {item.type.decode('latin-1').strip()}"
        try:
            place = kind_of(item), pieces.of(number)
            if place[1] and place not in seen:
                seen.add(place)
                yield _block(item, where, window.joined(place[1]), window)
        except MalformedFile as error:
            yield Problem(where, f"it cannot be read: {error.message}")


def _came_along(
    window: Window, of: Tables, pieces: Pieces, along: Mapping[int, str]
) -> Iterator[Embedded | Problem]:
    """The pictures that are not the picture: coded data without a header, which only a HEIF reader can show."""
    for number, purpose in along.items():
        word = of.items[number].type.decode("latin-1").strip()
        try:
            found = pieces.coded(number)
            if found:
                yield Embedded(purpose, f"HEIF:item {number}:{word}", window.joined(found))
        except MalformedFile as error:
            yield Problem(f"item {number} {word}", f"it cannot be read: {error.message}")


def _missing(
    window: Window, parts: Sequence[Part], pieces: Pieces, uses: Mapping[int, str]
) -> Iterator[Problem]:
    """One problem when the picture, or a piece of it, is not in the file."""
    picture = [number for number, use in uses.items() if use == PICTURE]
    needed = 0
    for number in picture:
        try:
            for offset, length in pieces.of(number):
                needed += length
                if offset + length > window.size:
                    yield Problem(f"item {number}", "a part of the picture lies past the end of the file")
                    return
        except MalformedFile as error:
            yield Problem(f"item {number}", f"a part of the picture cannot be found: {error.message}")
            return
    if not needed:
        yield Problem("meta", "the picture that this file should show is not in it")
        return
    held = sum(part.length for part in parts if part.role is Role.PICTURE)
    if held < needed and held < sum(end - start for start, end, _ in merged(located(pieces, picture))):
        yield Problem("meta", "a part of the picture lies where no picture can be")


def _block(item: Item, where: str, data: Window, file: Window) -> Block | Problem:
    """The block in one item."""
    kind = kind_of(item)
    if kind is Kind.EXIF:
        start = _tiff(data)
        if start is None:
            return Problem(where, "an EXIF item that holds no EXIF")
        return Block(kind, where, data.part(start), file)
    if item.encoding in ("deflate", "gzip"):
        inflated = _inflated(data.load())
        if inflated is None:
            return Problem(where, "it is packed, and what it unpacks to is damaged or far too large")
        return Block(kind, where, Window.packed(inflated, data.ranges()), file)
    if item.encoding:
        return Problem(where, "it is packed in a way that cannot be read here")
    return Block(kind, where, data, file)


def _tiff(data: Window) -> int | None:
    """Where the TIFF header of an EXIF item is: after a 4-byte offset, which may count `Exif\\0\\0` or not."""
    if data.size < 8:
        return None
    told = 4 + int.from_bytes(data.read(0, 4), "big")
    for at in (told, told + 6, 4, 10, 0, 6):
        if at + 8 <= data.size and data.read(at, 4) in _TIFF:
            return at
    return None


def _inflated(data: bytes) -> bytes | None:
    """Inflated zlib, gzip or bare deflate data; None when it is none or has no end within the limit."""
    for wbits in (47, -15):
        stream = zlib.decompressobj(wbits)
        try:
            inflated = stream.decompress(data, _LARGEST_INFLATED)
        except zlib.error:
            continue
        return inflated if stream.eof else None
    return None


def _described(window: Window, of: Tables) -> Iterator[Block | Problem]:
    """Colour profiles, descriptions and other properties that are not needed to draw; the handler's name."""
    left, errors = _MOST_BLOCKS, list[MalformedFile]()
    for box in property_boxes(window, of.boxes, errors):
        if box.type in _NEEDED:
            continue
        kind, (offset, length) = Kind.UNKNOWN, box.payload
        if box.type == b"colr":
            if length <= 4 or window.read(offset, 4) not in (b"prof", b"rICC"):
                continue
            kind, offset, length = Kind.ICC, offset + 4, length - 4
        left -= 1
        if length and left >= 0:
            yield Block(kind, f"ipco {box.word}", window.part(offset, length), window)
    if errors:
        yield Problem("meta iprp", f"the list of properties is damaged: {errors[0].message}")
    handler = of.boxes.get(b"hdlr")
    if handler is not None and handler.payload.length > 25:
        yield from _handler_name(window, handler)


def _handler_name(window: Window, handler: Box) -> Iterator[Block]:
    """The free words at the end of the hdlr box, where software may sign."""
    offset, length = handler.start + 24, handler.payload.length - 24
    if window.read(offset, min(length, 1024)).strip(b"\0 ") not in _HANDLERS:
        yield Block(Kind.UNKNOWN, "hdlr name", window.part(offset, length), window)


def _search(window: Window, parts: Sequence[Part]) -> Iterator[Problem]:
    """Look through the coded pictures of a deep tiling: metadata in there cannot be dropped with its part."""
    for part in parts:
        if part.role is not Role.PICTURE or not part.searched:
            continue
        for at in range(part.offset, part.end, _PIECE):
            data = window.read(at, min(_PIECE + 16, part.end - at))
            if any(mark in data for mark in _HIDDEN):
                yield Problem(part.where, "the coded picture itself holds what looks like metadata")
                return
