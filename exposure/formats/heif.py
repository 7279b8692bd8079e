"""HEIF and AVIF: boxes that hold items, one of which is the picture.

HEIC (HEVC pictures) and AVIF (AV1 pictures) are the same container with other coded data. The meta box says which
items there are and where in the file their bytes lie; whatever lies in the media data and belongs to the picture
is copied, all else there is metadata: EXIF and XMP items, thumbnails, gain maps, depth, and bytes that nothing
refers to.

Specification: ISO/IEC 14496-12:2022 (boxes); ISO/IEC 23008-12:2022 (HEIF), annex B (HEVC), section 10 (brands);
AV1 Image File Format 1.1, section 6 (brands).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.formats._heif_blocks import blocks, kind_of
from exposure.formats._heif_boxes import PICTURE_DATA, UNREFERENCED, box_parts, unused, walk
from exposure.formats._heif_items import Tables, tables
from exposure.formats._heif_layout import PICTURE, Pieces, disjoint, located, merged, purposes, without
from exposure.formats._heif_properties import size
from exposure.formats._heif_rewrite import CARRIES, rewrite
from exposure.formats._heif_unshown import unshown
from exposure.formats._isobmff import brands
from exposure.model import Depth, Kind, Part, Role
from exposure.plugins import Format
from exposure.source import Range, Window

_AV1 = frozenset(b"avif avis avio MA1A MA1B".split())
_OTHER_CODED = frozenset(
    b"heic heix heim heis hevc hevx hevm hevs heif vvic vvis evbi evbs avci avcs jpeg jpgs j2ki j2is".split()
)
_IMAGE = (
    _AV1 | _OTHER_CODED | frozenset(b"mif1 mif2 mif3 msf1 miaf MiHB MiHE MiHA MiPr 1pic geo1 unif".split())
)

_Spans = list[tuple[int, int, int]]


def sniff_heif(head: bytes) -> bool:
    """A file with a brand for images, among them one that says "not AV1" or none that says AV1."""
    found = brands(head)
    return not _says_av1(found) and not _IMAGE.isdisjoint(found)


def sniff_avif(head: bytes) -> bool:
    return _says_av1(brands(head))


def _says_av1(found: tuple[bytes, ...]) -> bool:
    """Whether the first brand that says how the picture is coded says AV1."""
    coded = next((brand for brand in found if brand in _AV1 or brand in _OTHER_CODED), b"")
    return coded in _AV1


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """Tile a HEIF file. Where its tables are damaged: MalformedFile, after the parts that can be told."""
    top = walk(window)
    found = [tables(window, meta) for meta in top.metas]
    pictures: _Spans = []
    others: _Spans = []
    names: list[tuple[str, Kind]] = []
    for each in found:
        _sort_out(window, each, pictures, others, names)
    kept = merged(pictures)
    cut = sorted([*((a, b, -1) for a, b, _ in kept), *without(disjoint(others), kept)])
    yield from _overlaid(window, depth, box_parts(window, top, depth), cut, names)
    damage = [top.damage] if top.damage else [e for each in found for e in each.errors]
    if damage:
        raise damage[0]


def _sort_out(
    window: Window, of: Tables, pictures: _Spans, others: _Spans, names: list[tuple[str, Kind]]
) -> None:
    """Put the bytes of each item with the picture or with the others, which get a name."""
    pieces = Pieces(of)
    uses, _ = purposes(window, of)
    pictures.extend(located(pieces, (n for n, use in uses.items() if use == PICTURE)))
    for number, item in of.items.items():
        use = uses.get(number, "")
        if use == PICTURE:
            continue
        before = len(others)
        others.extend((start, end, len(names)) for start, end, _ in located(pieces, (number,)))
        if len(others) > before:
            word = item.type.decode("latin-1").strip()
            names.append((f"item {number} {word}" + f" ({use})" * bool(use), kind_of(item)))


def _overlaid(
    window: Window, depth: Depth, base: Iterator[Part], cut: _Spans, names: list[tuple[str, Kind]]
) -> Iterator[Part]:
    """The parts with the items cut out of them; structure is never cut."""
    first = 0
    for part in base:
        while first < len(cut) and cut[first][1] <= part.offset:
            first += 1
        if part.role is Role.STRUCTURE or first == len(cut) or cut[first][0] >= part.end:
            yield _rest(window, part, part.offset, part.end, depth)
            continue
        at, each = part.offset, first
        while each < len(cut) and cut[each][0] < part.end:
            start, end = max(cut[each][0], at), min(cut[each][1], part.end)
            if at < start:
                yield _rest(window, part, at, start, depth)
            if (name := cut[each][2]) < 0:
                yield Part(start, end - start, Role.PICTURE, PICTURE_DATA, searched=depth is Depth.DEEP)
            else:
                where, kind = names[name]
                yield Part(start, end - start, Role.METADATA, where, kind, Range(start, end - start))
            at, each = end, each + 1
        if at < part.end:
            yield _rest(window, part, at, part.end, depth)


def _rest(window: Window, part: Part, start: int, end: int, depth: Depth) -> Part:
    """What is left of a part between items, or all of it."""
    if part.where == UNREFERENCED:
        where = unused(window, UNREFERENCED, start, end, depth)
        return Part(start, end - start, Role.METADATA, where, Kind.UNKNOWN, Range(start, end - start))
    if (start, end) == (part.offset, part.end):
        return part
    payload = Range(start, end - start) if part.role is Role.METADATA else None
    return part._replace(offset=start, length=end - start, payload=payload)


def dimensions(window: Window, parts: Sequence[Part]) -> tuple[int, int]:
    metas = walk(window).metas
    return size(window, metas[0]) if metas else (0, 0)


HEIF = Format(
    "HEIF",
    (".heic", ".heif", ".hif", ".heics", ".heifs", ".hifs"),
    sniff_heif,
    parts,
    blocks,
    dimensions,
    rewrite,
    CARRIES,
    unshown,
)
AVIF = Format("AVIF", (".avif", ".avifs"), sniff_avif, parts, blocks, dimensions, rewrite, CARRIES, unshown)
