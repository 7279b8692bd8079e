"""Put a HEIF or AVIF together again: the items that make the picture, and what is kept; nothing else of the file.

The picture is the primary item, what it is put together from, and its transparency. Its items get new numbers, in
the order in which they are needed; their properties are written from their values, by an allow-list.

Specification: ISO/IEC 23008-12:2022, sections 6 (items, derived images, auxiliary images, properties) and 10 (brands);
ISO/IEC 23000-22 (MIAF), section 7.3.5 (premultiplied transparency); AVIF 1.1, sections 2 to 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_copy import Written, box, file
from exposure.formats._heif_gain_map import alternatives, gain_maps, packets
from exposure.formats._heif_items import Item, Tables, tables
from exposure.formats._heif_layout import PICTURE, purposes
from exposure.formats._heif_motion import motion
from exposure.formats._heif_pictures import CONFIGURATION, DERIVED, Chosen, Pictures, Properties, down, urn
from exposure.formats._heif_values import ALPHA
from exposure.formats._isobmff import Box, brands
from exposure.formats._isobmff_tracks import movie
from exposure.model import Kept, Part
from exposure.plugins import Piece
from exposure.source import Window
from exposure.tiff import stream

CARRIES = frozenset(("tags", "icc", "xmp", "gain-map", "motion"))
"""Which way up is a property of the picture here; the EXIF tag of that name counts for nothing."""

_BRANDS = {
    b"hvc1": frozenset(b"heic heix".split()),
    b"av01": frozenset(b"avif avio MA1A MA1B".split()),
    b"tmap": frozenset((b"tmap",)),
}
"""Brands that are true of a file with such items."""
_ANY_BRANDS = frozenset(b"mif1 mif2 miaf MiHB MiHE MiHA MiPr 1pic".split())
_MOVING = frozenset(b"avis msf1 hevc hevx isom iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42".split())
"""Brands that are true of any file with pictures that move."""
_ELSEWHERE = frozenset(b"pred base exbl tbas".split())
"""References to pictures without which another cannot be decoded, in ways that are not gone into here."""
_ORIENTATION = 0x112


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy: what sort of file it is, its tables, and its pictures."""
    mime = "image/avif" if b"avif" in brands(window.head(512)) else "image/heic"
    kept, video = motion(window, parts, kept, mime)
    if walk(window).sequence:
        yield from sequence(window, parts, kept)
    else:
        yield from still(window, kept)
    yield from video


def sequence(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy of pictures that move, with the still one beside them that programs show which know no others."""
    top = walk(window)
    moov = next(box for box in top.boxes if box.type == b"moov")
    moving = movie(window, moov, kept.icc, bare=True)
    items, groups = (
        _items(window, top.metas[0], kept) if top.metas[:1] and top.metas[0] in top.boxes else ([], b"")
    )
    if not items and (kept.xmp or any(tag.number != _ORIENTATION for tag in kept.tags)):
        raise CannotClean("a moving picture without a still one has no place for what should stay")
    yield from file(_brands(window, items, _MOVING), items, groups, moving)


def still(window: Window, kept: Kept) -> Iterator[Piece]:
    """The copy of a picture. CannotClean when it needs something that exposure does not know."""
    top = walk(window)
    if not top.metas:
        raise MalformedFile("there is no list of what is in the file", 0)
    items, groups = _items(window, top.metas[0], kept)
    yield from file(_brands(window, items), items, groups)


def _items(window: Window, meta: Box, kept: Kept) -> tuple[list[Written], bytes]:
    """The items of a still picture and what is kept of it, and which of them stand for each other."""
    of = tables(window, meta, with_properties=True)
    if of.errors:
        raise of.errors[0]
    chosen = _chosen(window, of)
    if "gain-map" in kept.second:
        gain_maps(window, of, chosen)
    numbers = {item: number for number, item in enumerate(chosen, 1)}
    items = [*_written(window, of, chosen, numbers, kept.icc), *_metadata(kept)]
    items += packets(window, of, chosen, numbers)
    return items, alternatives(of, chosen, numbers)


def _chosen(window: Window, of: Tables) -> Chosen:
    """The items of the picture, in the order of the copy."""
    if of.primary is None or of.primary not in of.items:
        raise CannotClean("it does not say which of its pictures is to be shown")
    chosen: Chosen = {}
    down(of, of.primary, None, chosen)
    if any(of.items[item].type == b"tmap" for item in chosen):
        raise CannotClean("its picture can only be shown together with its gain map")
    auxiliary, uses = of.references.get(b"auxl", {}), purposes(window, of)[0]
    places = {item: place for place, item in enumerate(chosen)}
    found: list[tuple[int, int]] = []
    for item in of.items.keys() & auxiliary.keys() - chosen.keys():
        masters = [places[each] for each in auxiliary[item] if each in places]
        if masters and uses.get(item) == PICTURE:
            found.append((min(masters), item))
    if len({master for master, _ in found}) < len(found):
        raise CannotClean("it has its transparency twice")
    for _, item in sorted(found):
        use = urn(window, of, item)
        if use not in ALPHA:
            raise CannotClean("its transparency is kept in a way that exposure does not know")
        down(of, item, use, chosen)
    return chosen


def _written(
    window: Window, of: Tables, chosen: Chosen, numbers: Mapping[int, int], icc: bytes
) -> Iterator[Written]:
    """The chosen items as the copy has them."""
    profile = box(b"colr", b"prof", icc) if icc else b""
    properties, pictures = Properties(window, of, profile), Pictures(window, of)
    needy = {item for type_ in _ELSEWHERE for item in of.references.get(type_, ())}
    inputs = {
        each
        for item, some in of.references.get(b"dimg", {}).items()
        if item in chosen and of.items[item].type in DERIVED - {b"tmap"}
        for each in some
    }
    for number, use in chosen.items():
        item = of.items[number]
        if item.locked:
            raise CannotClean("its picture is encrypted")
        if number in needy:
            raise CannotClean("its picture is coded with the help of other pictures")
        if item.type not in DERIVED and item.type not in CONFIGURATION:
            raise CannotClean(
                f"its picture is coded in a way that exposure does not take apart ({item.type.decode('latin-1')!a})"
            )
        payload, shortened = pictures.of(number, item)
        yield Written(
            item.type,
            payload,
            item.hidden or number in inputs,
            properties.of(number, use, shortened),
            tuple(_references(of, number, item, numbers)),
            inside=isinstance(payload, bytes) and item.type != b"tmap",
        )


def _references(
    of: Tables, number: int, item: Item, numbers: Mapping[int, int]
) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """What an item refers to in the copy: what it is made of, what it belongs to, its premultiplied transparency."""
    for type_ in (b"dimg", b"auxl", b"prem") if item.type in DERIVED else (b"auxl", b"prem"):
        to = tuple(numbers[each] for each in of.references.get(type_, {}).get(number, ()) if each in numbers)
        if to:
            yield type_, to


def _metadata(kept: Kept) -> Iterator[Written]:
    """The items for what is kept, all of which belong to the picture, item 1."""
    of_the_picture = ((b"cdsc", (1,)),)
    tags = [tag for tag in kept.tags if tag.number != _ORIENTATION]
    if tags:
        yield Written(b"Exif", bytes(4) + stream(tags), refers=of_the_picture)
    if kept.xmp:
        yield Written(b"mime", kept.xmp, refers=of_the_picture, content=b"application/rdf+xml")


def _brands(window: Window, items: Sequence[Written], more: frozenset[bytes] = frozenset()) -> list[bytes]:
    """The major brand and the others in alphabetical order, of those that are known and true of the copy."""
    types = {item.type for item in items}
    fitting = more.union(_ANY_BRANDS if items else (), *(_BRANDS[type_] for type_ in types & _BRANDS.keys()))
    major, *others = [brand for brand in brands(window.head(512)) if brand in fitting] or [b""]
    coded = b"av01" if b"av01" in types else b"hvc1"
    if items and not (_BRANDS[coded] | more) & {major, *others}:
        major = b"avif" if coded == b"av01" else b"heic"
    required = {b"mif1"} if items else set[bytes]()
    return [major or b"msf1", *sorted({*others, *required, *({b"msf1"} & more)})]
