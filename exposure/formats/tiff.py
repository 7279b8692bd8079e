"""TIFF, and the raw formats that are TIFF files: directories that point at everything else.

A TIFF file has no order: header, directories, values, strips and tiles lie anywhere, so its parts are found by
following every pointer, and what nobody points at is metadata until proven empty. Directories and what shapes the
picture are structure; strips and tiles are picture, unless they are a reduced copy of it; all else is metadata.

TIFF 6.0, sections 2, 3 and 15 (tiles); the BigTIFF design; TIFF/EP (ISO 12234-2) and DNG 1.7, which put the full
picture into SubIFDs and say so in NewSubfileType.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from exposure.errors import MalformedFile
from exposure.formats._hidden import hidden
from exposure.formats._ifd import (
    ASIDE,
    SUB_IFDS,
    Directory,
    Entry,
    Header,
    directories,
    header,
    number,
    numbers,
)
from exposure.formats._tiff_pages import MOST_STRIPS, TAGS
from exposure.formats._tiff_rewrite import rewrite
from exposure.formats._tiff_spans import Span, tiled
from exposure.formats._tiff_strips import (
    COMPRESSION,
    JPEG,
    OLD_JPEG,
    STRIPS,
    TILES,
    WEBP,
    distinct,
    is_full,
    needed,
    pictures,
)
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from exposure.plugins import Format
from exposure.source import Range, Window

MOST_RUNS = 50_000
"""Places in one page at which strips or tiles lie that do not follow each other."""
_WIDTH, _LENGTH = 256, 257

_SHAPING = TAGS | {
    *(*STRIPS, *TILES, *OLD_JPEG, SUB_IFDS, 0x8769, 0x8825, 0xA005),
    *(286, 287, 342, 515, 517, 518, 519, 520, 521, 33421, 33422),
}
"""Tags without which the picture cannot be shown as it was: geometry, sampling, colour tables, pointers."""
_CARRIERS = {700: Kind.XMP, 33723: Kind.IPTC, 34377: Kind.PHOTOSHOP, 34675: Kind.ICC, 37500: Kind.MAKER_NOTE}
_FILES_OF_THEIR_OWN = frozenset((6, 7, 34712, 34892, 50001, 50002, 52546))
"""Compressions whose strips are whole JPEG, JPEG 2000, WebP or JPEG XL streams, which may hold metadata."""


def sniff(head: bytes) -> bool:
    return head[:4] in (b"II*\0", b"MM\0*") or head[:8] in (b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    head = header(window)
    spans = [Span(0, min(head.size, window.size), 0, Role.STRUCTURE, "header")]
    faults = []
    for found in _spans(window, head, depth):
        if isinstance(found, MalformedFile):
            faults.append(found)
        elif found.start < found.end:
            spans.append(found)
    yield from tiled(window, spans, depth)
    if faults:
        raise faults[0]


def _spans(window: Window, head: Header, depth: Depth) -> Iterator[Span | MalformedFile]:
    """Whatever the directories point at, and the directories themselves, each cut off at the end of the file."""
    most, unseen = MOST_STRIPS, window.size
    found = list(directories(window, head))
    whole = pictures(window, head, [d for d in found if isinstance(d, Directory)])
    seen: set[Range] = set()
    for directory in found:
        if isinstance(directory, MalformedFile):
            yield directory
            continue
        end = directory.offset + directory.length
        yield Span(directory.offset, end, 1, Role.STRUCTURE, directory.name)
        for entry in directory.entries.values():
            if not entry.inline:
                yield from _value(window, directory, entry)
        for tags in (STRIPS, TILES, OLD_JPEG):
            if tags[0] not in directory.entries:
                continue
            strips, fault = _strips(window, head, directory, tags, most)
            most -= min(most, directory.entries[tags[0]].values)
            if fault is not None:
                yield fault
            compression = number(window, head, directory, COMPRESSION)
            picture = directory.offset in whole
            like = _like(directory, tags, picture, compression, depth)
            for place in _laid(window, directory, strips):
                yield like(place) if isinstance(place, tuple) else place
            if picture and depth is Depth.DEEP and compression in (JPEG, WEBP) and tags != OLD_JPEG:
                new = [s for s in _distinct(window, strips) if s not in seen]
                unseen -= sum(s.length for s in new)  # below 0 when pages lie on top of each other
                if unseen >= 0:
                    seen.update(new)
                    yield from _looked_into(window, compression, new, "tiles" if tags == TILES else "strips")


def _value(window: Window, directory: Directory, entry: Entry) -> Iterator[Span | MalformedFile]:
    start, end = entry.offset, entry.offset + entry.length
    shaping = entry.tag in _SHAPING
    if end > window.size:
        if shaping and directory.name not in ASIDE:  # the EXIF decoder says it of all others
            yield MalformedFile(
                f"a value in {directory.name} runs past the end of the file", directory.offset
            )
        start, end = min(start, window.size), window.size
    if shaping:
        yield Span(start, end, 2, Role.STRUCTURE, f"{directory.name} values")
    else:
        kind = _CARRIERS.get(entry.tag, Kind.EXIF)
        where = directory.name if kind is Kind.EXIF else kind.value
        yield Span(start, end, 2, Role.METADATA, f"{where} values", kind)


def _strips(
    window: Window, head: Header, directory: Directory, tags: tuple[int, int], most: int
) -> tuple[list[tuple[int, int]], MalformedFile | None]:
    """Offset and length of every strip, and what is wrong with how that is said."""
    entries = [directory.entries.get(tag) for tag in tags]
    offsets, lengths = (numbers(window, head, e, most) if e is not None else () for e in entries)
    fault = None
    if entries[0] is not None and entries[0].values > len(offsets):
        fault = MalformedFile(f"{directory.name} has more strips than can be read", directory.offset)
    elif len(lengths) != len(offsets):
        fault = MalformedFile(f"the strips of {directory.name} are not told to the end", directory.offset)
    return list(zip(offsets, lengths, strict=False)), fault


def _laid(
    window: Window, directory: Directory, strips: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int] | MalformedFile]:
    """Start and end of every strip, those that follow each other joined."""
    start = end = runs = 0
    cut_off = False
    for offset, length in strips:
        if offset != end:
            if start < end:
                yield start, end
            runs += 1
            if runs > MOST_RUNS:
                yield MalformedFile(
                    f"the picture in {directory.name} is more scattered than any", directory.offset
                )
                return
            start = end = min(offset, window.size)
        cut_off = cut_off or offset + length > window.size
        end = min(offset + length, window.size)
    if start < end:
        yield start, end
    if cut_off:
        yield MalformedFile(
            f"the picture in {directory.name} runs past the end of the file", directory.offset
        )


def _distinct(window: Window, strips: Sequence[tuple[int, int]]) -> list[Range]:
    """The strips that can be looked into: none when they lie on top of each other."""
    try:
        return distinct((offset, length) for offset, length in strips if offset + length <= window.size)
    except MalformedFile:
        return []


def _like(
    directory: Directory, tags: tuple[int, int], picture: bool, compression: int | None, depth: Depth
) -> Callable[[tuple[int, int]], Span]:
    """What makes spans of the strips of a directory."""
    if not picture:
        where = f"{directory.name} preview"
        return lambda place: Span(*place, 3, Role.METADATA, where, Kind.EXIF)
    searched = depth is Depth.DEEP and compression not in _FILES_OF_THEIR_OWN
    where = "tiles" if tags == TILES else "strips"
    return lambda place: Span(*place, 4 if searched else 6, Role.PICTURE, where, None, searched)


def _looked_into(window: Window, compression: int, strips: Sequence[Range], where: str) -> Iterator[Span]:
    """What of strips that are files of their own is picture, and what is not; nothing where that cannot be told."""
    for strip in strips:
        try:
            found = needed(window, compression, strip)
        except MalformedFile:
            continue
        end = strip.offset + strip.length
        if sum(run.length for run in found) < strip.length:
            yield Span(strip.offset, end, 5, Role.METADATA, f"{where}: JPEG segments", Kind.UNKNOWN)
        for offset, length in found:
            yield Span(offset, offset + length, 4, Role.PICTURE, where)


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block | Problem]:
    """The whole file as one EXIF block: its decoder follows the same pointers and finds what they carry. What nothing
    points at comes by itself."""
    yield Block(Kind.EXIF, "TIFF", window, window)
    for part in parts:
        if part.kind is Kind.UNKNOWN:
            kind = Kind.TRAILER if part.end == window.size else Kind.UNKNOWN
            yield Block(kind, part.where, window.part(part.offset, part.length), window)
    yield from hidden(window, parts)


def dimensions(window: Window, parts: Sequence[Part]) -> tuple[int, int]:
    """Of the first directory that holds the picture itself; raw formats have a small copy in IFD0."""
    head = header(window)
    found = [d for d in directories(window, head) if isinstance(d, Directory)]
    for directory in (*(d for d in found if is_full(window, head, d)), *found[:1]):
        width, length = (number(window, head, directory, tag) for tag in (_WIDTH, _LENGTH))
        return width or 0, length or 0
    return 0, 0


TIFF = Format(
    "TIFF",
    (
        *(".tif", ".tiff", ".btf", ".tf8", ".dng", ".nef", ".nrw", ".cr2", ".arw", ".sr2", ".srw", ".pef"),
        *(".erf", ".3fr", ".fff", ".iiq", ".dcr", ".kdc", ".mos"),
    ),
    sniff,
    parts,
    blocks,
    dimensions,
    rewrite,
    frozenset(("tags", "icc", "xmp")),
)
