"""The metadata blocks of a HEIF file, and the pictures and videos that came along in it.

Specification: ISO/IEC 23008-12:2022, annex A (EXIF, XMP and MPEG-7 items), sections 6.5.5 (colr) and 6.5.20
(udes); ISO/IEC 14496-12:2022, sections 8.4.3 (hdlr) and 8.11.6.2 (content encodings).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from exposure.errors import MalformedFile
from exposure.formats._heif_boxes import PADDING, REST, walk
from exposure.formats._heif_items import MOST_ITEMS, Item, Tables, tables
from exposure.formats._heif_layout import PICTURE, Pieces, located, merged, purposes
from exposure.formats._heif_properties import LARGEST_TABLE, property_boxes
from exposure.formats._hidden import hidden
from exposure.formats._isobmff import Box
from exposure.model import Block, Embedded, Kind, Part, Problem, Role
from exposure.source import Range, Window

_Place = tuple[Kind, tuple[Range, ...]]

_MOST_BLOCKS = 1_000
_LARGEST_INFLATED = 1 << 24
"""Of all packed items together, in bytes."""
_MOST_TIMES = 4
"""How often items may share bytes, all told: the items of an honest file hardly do."""
_SHARED = 1 << 20
"""Small files may share more than that, in bytes."""
_MOST_JOINED = 128
"""Places in the file that one item is put together from; each costs at every look at the item."""

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_NEEDED = frozenset(
    b"ispe pixi pasp clap irot imir iscl rloc lsel rref auxC clli mdcv cclv amve reve ndwt hvcC lhvC oinf "
    b"tols av1C a1op a1lx avcC vvcC vvnC evcC jpgC j2kH cmpd uncC cpal mskC subs iden free skip".split()
)
"""Properties that a picture needs to be shown; every other one is metadata, and so is a colour profile."""
_HANDLERS = (b"", b"libavif", b"libheif", b"pict", b"PictureHandler", b"AVIF Still Picture")
"""Names that a library gives to every file: they tell nothing of anybody."""
_NAME = re.compile(rb"infe(?:\x02.{7}|\x03.{9}).{4}([^\0]{1,255})", re.DOTALL)
"""An entry of the iinf box with a name: version, flags, number, protection and type stand before it (8.11.6.2)."""
_NAMES = frozenset(
    (
        b"Color",
        b"Alpha",
        b"GMap",
        b"Depth",
        b"Exif",
        b"XMP",
        b"HEVC Image",
        b"AV1 Image",
        b"Image",
        b"Thumbnail",
    )
)
"""Names that a library gives to every item of a kind."""


@dataclass(slots=True)
class _Left:
    """What may still be given of one file."""

    bytes: int
    inflated: int = _LARGEST_INFLATED
    blocks: int = _MOST_BLOCKS
    seen: set[_Place] = field(default_factory=set)

    def window(self, file: Window, pieces: Sequence[Range]) -> Window:
        """These pieces of the file as one; MalformedFile when that is too much."""
        joined = _touching(pieces)
        if len(joined) > _MOST_JOINED:
            raise MalformedFile("it is scattered over more places than any", 0)
        found = file.joined(joined)
        self.bytes -= found.size
        if self.bytes < 0:
            raise MalformedFile("it shares its bytes with more items than any", 0)
        return found


def _touching(pieces: Sequence[Range]) -> list[Range]:
    """The same bytes in the same order, with pieces that follow each other made one."""
    found: list[Range] = []
    for offset, length in pieces:
        if found and sum(found[-1]) == offset:
            found[-1] = Range(found[-1].offset, found[-1].length + length)
        else:
            found.append(Range(offset, length))
    return found


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
    left = _Left(_MOST_TIMES * window.size + _SHARED)
    for meta in top.metas:
        of = tables(window, meta)
        pieces = Pieces(of)
        uses, along = purposes(window, of)
        yield from _items(window, of, pieces, uses, left)
        yield from _described(window, of, left)
        yield from _named(window, of, left)
        yield from _came_along(window, of, pieces, along, left)
        if meta in top.boxes and not top.sequence:
            yield from _missing(window, parts, pieces, uses)
    yield from hidden(window, parts)


def _loose(window: Window, parts: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """What lies in boxes of its own, after the boxes, or in media data without belonging to an item."""
    left = _MOST_BLOCKS
    for part in parts:
        if part.kind is None or part.where == PADDING or part.where.startswith("item "):
            continue
        if part.where.startswith(REST):
            yield Problem(part.where, "the boxes in it are damaged, or more than any photo has")
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
    window: Window, of: Tables, pieces: Pieces, uses: Mapping[int, str], left: _Left
) -> Iterator[Block | Problem]:
    """The items that are no pictures."""
    for number, item in of.items.items():
        if number in uses:
            continue
        left.blocks -= 1
        if left.blocks < 0:
            yield Problem("meta", "more metadata items than a photo has; the rest was not read")
            return
        where = f"item {number} {item.type.decode('latin-1').strip()}"
        try:
            place = kind_of(item), pieces.of(number)
            if not place[1]:
                yield Problem(where, "it is listed, but its bytes are nowhere")
            elif place not in left.seen:
                left.seen.add(place)
                yield _block(item, where, left.window(window, place[1]), window, left)
        except MalformedFile as error:
            yield Problem(where, f"it cannot be read: {error.message}")
    if of.items and not of.items.keys() >= of.whole.keys() | of.locations.keys():
        yield Problem("meta", "bytes are said to be those of items that the list of items does not have")


def _came_along(
    window: Window, of: Tables, pieces: Pieces, along: Mapping[int, str], left: _Left
) -> Iterator[Embedded | Problem]:
    """The pictures that are not the picture: coded data without a header, which only a HEIF reader can show."""
    for number, purpose in along.items():
        word = of.items[number].type.decode("latin-1").strip()
        try:
            found = pieces.coded(number)
            if found:
                yield Embedded(purpose, f"HEIF:item {number}:{word}", left.window(window, found))
            elif word != "iden":  # which is made of another picture alone
                yield Problem(f"item {number} {word}", "it is listed, but its bytes are nowhere")
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


def _block(item: Item, where: str, data: Window, file: Window, left: _Left) -> Block | Problem:
    """The block in one item."""
    kind = kind_of(item)
    if kind is Kind.EXIF:
        start = _tiff(data)
        if start is None:
            return Problem(where, "an EXIF item that holds no EXIF")
        return Block(kind, where, data.part(start), file)
    if item.encoding in ("deflate", "gzip"):
        inflated = _inflated(data.load(), left.inflated)
        if inflated is None:
            left.inflated //= 2  # what trying may have cost
            return Problem(where, "it is packed, and what it unpacks to is damaged or far too large")
        left.inflated -= len(inflated)
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


def _inflated(data: bytes, limit: int) -> bytes | None:
    """Inflated zlib, gzip or bare deflate data; None when it is none or has no end within the limit."""
    for wbits in (47, -15):
        stream = zlib.decompressobj(wbits)
        try:
            inflated = stream.decompress(data, limit + 1)  # 0 would mean no limit
        except zlib.error:
            continue
        return inflated if stream.eof and len(inflated) <= limit else None
    return None


def _described(window: Window, of: Tables, left: _Left) -> Iterator[Block | Problem]:
    """Colour profiles, descriptions and other properties that are not needed to draw; the handler's name."""
    errors = list[MalformedFile]()
    for box in property_boxes(window, of.boxes, errors):
        if box.type in _NEEDED:
            continue
        kind, (offset, length) = Kind.UNKNOWN, box.payload
        if box.type == b"colr":
            if length <= 4 or window.read(offset, 4) not in (b"prof", b"rICC"):
                continue
            kind, offset, length = Kind.ICC, offset + 4, length - 4
        left.blocks -= 1
        if left.blocks < 0:
            yield Problem("meta iprp", "more properties than a photo has; the rest was not read")
            break
        if length:
            yield Block(kind, f"ipco {box.word}", window.part(offset, length), window)
    if errors:
        yield Problem("meta iprp", f"the list of properties is damaged: {errors[0].message}")
    handler = of.boxes.get(b"hdlr")
    if handler is not None and handler.payload.length > 25:
        yield from _handler_name(window, handler)


def _named(window: Window, of: Tables, left: _Left) -> Iterator[Block | Problem]:
    """The names of items, where they tell something; each once."""
    table = of.boxes.get(b"iinf")
    if table is None or table.payload.length > LARGEST_TABLE:
        return
    found = islice(_NAME.finditer(window.read(*table.payload)), MOST_ITEMS)
    for name, at in {each[1]: each.start(1) for each in found if each[1] not in _NAMES}.items():
        left.blocks -= 1
        if left.blocks < 0:
            yield Problem("meta iinf", "more names than a photo has; the rest was not read")
            return
        yield Block(Kind.UNKNOWN, "infe name", window.part(table.start + at, len(name)), window)


def _handler_name(window: Window, handler: Box) -> Iterator[Block]:
    """The free words at the end of the hdlr box, where software may sign."""
    offset, length = handler.start + 24, handler.payload.length - 24
    if window.read(offset, min(length, 1024)).strip(b"\0 ") not in _HANDLERS:
        yield Block(Kind.UNKNOWN, "hdlr name", window.part(offset, length), window)
