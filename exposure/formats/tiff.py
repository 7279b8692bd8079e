"""TIFF, and the raw formats that are TIFF files: directories that point at everything else.

A TIFF file has no order: header, directories, values, strips and tiles lie anywhere, so its parts are found by
following every pointer, and what nobody points at is metadata until proven empty. Directories and what shapes the
picture are structure; strips and tiles are picture, unless they are a reduced copy of it; all else is metadata.

TIFF 6.0, sections 2, 3 and 15 (tiles); the BigTIFF design; TIFF/EP (ISO 12234-2) and DNG 1.7, which put the full
picture into SubIFDs and say so in NewSubfileType.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.formats._ifd import (
    SUB_IFDS,
    Directory,
    Entry,
    Header,
    directories,
    header,
    number,
    numbers,
)
from exposure.model import Block, Depth, Kind, Part, Role
from exposure.plugins import Format
from exposure.source import Window

MOST_STRIPS = 250_000
"""Strips and tiles in all pages together."""
MOST_RUNS = 50_000
"""Places in one page at which strips or tiles lie that do not follow each other."""
ALIGNMENT = 16
"""Zeros between two parts, up to this many, are padding that a shallow tiling looks at too, in bytes."""
MOST_GAPS = 4_096
"""So many gaps are looked at before what is left is taken for data unseen."""
_CHUNK = 1 << 20

_STRIPS, _TILES, _JPEG = (273, 279), (324, 325), (513, 514)
"""The tags that give offsets, and those that give lengths."""
_WIDTH, _LENGTH, _COMPRESSION, _NEW_SUBFILE_TYPE, _SUBFILE_TYPE = 256, 257, 259, 254, 255

_SHAPING = frozenset(
    [
        *(*_STRIPS, *_TILES, *_JPEG, SUB_IFDS, 0x8769, 0x8825, 0xA005),
        *(258, 282, 283, 286, 287, 301, 318, 319, 320, 332, 336, 338, 339, 340, 341, 342, 347),
        *(515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 33421, 33422),
    ]
)
"""Tags without which the picture cannot be shown as it was: geometry, sampling, colour tables, pointers."""
_CARRIERS = {700: Kind.XMP, 33723: Kind.IPTC, 34377: Kind.PHOTOSHOP, 34675: Kind.ICC, 37500: Kind.MAKER_NOTE}
_FILES_OF_THEIR_OWN = frozenset((6, 7, 34712, 34892, 50001, 50002, 52546))
"""Compressions whose strips are whole JPEG, JPEG 2000, WebP or JPEG XL streams, which may hold metadata."""


class _Span(NamedTuple):
    """A run of bytes that something points at. Where two overlap, the lower `rank` has it."""

    start: int
    end: int
    rank: int
    role: Role
    where: str
    kind: Kind | None = None
    searched: bool = True


def sniff(head: bytes) -> bool:
    return head[:4] in (b"II*\0", b"MM\0*") or head[:8] in (b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    head = header(window)
    spans = [_Span(0, min(head.size, window.size), 0, Role.STRUCTURE, "header")]
    faults = []
    for found in _spans(window, head, depth):
        if isinstance(found, MalformedFile):
            faults.append(found)
        elif found.start < found.end:
            spans.append(found)
    yield from _merged(_filled(window, _flattened(spans, window.size), depth))
    if faults:
        raise faults[0]


def _spans(window: Window, head: Header, depth: Depth) -> Iterator[_Span | MalformedFile]:
    """Whatever the directories point at, and the directories themselves, each cut off at the end of the file."""
    strips = MOST_STRIPS
    found = list(directories(window, head))
    pictures = _pictures(window, head, [d for d in found if isinstance(d, Directory)])
    for directory in found:
        if isinstance(directory, MalformedFile):
            yield directory
            continue
        end = directory.offset + directory.length
        yield _Span(directory.offset, end, 1, Role.STRUCTURE, directory.name)
        for entry in directory.entries.values():
            if not entry.inline:
                yield from _value(window, directory, entry)
        for tags in (_STRIPS, _TILES, _JPEG):
            if tags[0] in directory.entries:
                like = _like(window, head, directory, tags, directory.offset in pictures, depth)
                for place in _laid(window, head, directory, tags, strips):
                    yield like(place) if isinstance(place, tuple) else place
                strips -= min(strips, directory.entries[tags[0]].values)


def _value(window: Window, directory: Directory, entry: Entry) -> Iterator[_Span | MalformedFile]:
    start, end = entry.offset, entry.offset + entry.length
    if end > window.size:
        yield MalformedFile(f"a value in {directory.name} runs past the end of the file", directory.offset)
        start, end = min(start, window.size), window.size
    if entry.tag in _SHAPING:
        yield _Span(start, end, 2, Role.STRUCTURE, f"{directory.name} values")
    else:
        kind = _CARRIERS.get(entry.tag, Kind.EXIF)
        where = directory.name if kind is Kind.EXIF else kind.value
        yield _Span(start, end, 2, Role.METADATA, f"{where} values", kind)


def _laid(
    window: Window, head: Header, directory: Directory, tags: tuple[int, int], most: int
) -> Iterator[tuple[int, int] | MalformedFile]:
    """Start and end of every strip, those that follow each other joined."""
    entries = [directory.entries.get(tag) for tag in tags]
    offsets, lengths = (numbers(window, head, e, most) if e is not None else () for e in entries)
    if entries[0] is not None and entries[0].values > len(offsets):
        yield MalformedFile(f"{directory.name} has more strips than can be read", directory.offset)
    elif len(lengths) != len(offsets):
        yield MalformedFile(f"the strips of {directory.name} are not told to the end", directory.offset)
    start = end = runs = 0
    cut_off = False
    for offset, length in zip(offsets, lengths, strict=False):
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


def _like(
    window: Window, head: Header, directory: Directory, tags: tuple[int, int], picture: bool, depth: Depth
) -> Callable[[tuple[int, int]], _Span]:
    """What makes spans of the strips of a directory."""
    if not picture:
        where = f"{directory.name} preview"
        return lambda place: _Span(*place, 3, Role.METADATA, where, Kind.EXIF)
    opaque = number(window, head, directory, _COMPRESSION) in _FILES_OF_THEIR_OWN
    searched = depth is Depth.DEEP and not opaque
    where = "tiles" if tags == _TILES else "strips"
    return lambda place: _Span(*place, 4, Role.PICTURE, where, None, searched)


def _pictures(window: Window, head: Header, found: Sequence[Directory]) -> frozenset[int]:
    """The offsets of the directories that hold the picture itself, not a reduced copy; IFD0 when none says so."""
    full = {d.offset for d in found if _is_full(window, head, d)}
    return frozenset(full or {d.offset for d in found[:1]})


def _is_full(window: Window, head: Header, directory: Directory) -> bool:
    tags = directory.entries
    if not (_STRIPS[0] in tags or _TILES[0] in tags or (_JPEG[0] in tags and directory.name == "IFD0")):
        return False  # an Exif or GPS IFD, or the JPEG thumbnail in IFD1 (Exif 3.0, 4.6.1)
    reduced = (number(window, head, directory, _NEW_SUBFILE_TYPE) or 0) & 1
    return not reduced and number(window, head, directory, _SUBFILE_TYPE) != 2


def _flattened(spans: list[_Span], size: int) -> Iterator[_Span | tuple[int, int]]:
    """Spans without overlap from 0 to `size`, and between them what no span covers."""
    spans.sort(key=itemgetter(0))
    active: list[tuple[int, int, _Span]] = []
    at = taken = 0
    while at < size:
        while taken < len(spans) and spans[taken].start <= at:
            heapq.heappush(active, (spans[taken].rank, taken, spans[taken]))
            taken += 1
        while active and active[0][2].end <= at:
            heapq.heappop(active)
        stop = spans[taken].start if taken < len(spans) else size
        if active:
            best = active[0][2]
            stop = min(stop, best.end)
            yield best._replace(start=at, end=stop)
        else:
            yield at, stop
        at = stop


def _filled(window: Window, tiles: Iterable[_Span | tuple[int, int]], depth: Depth) -> Iterator[_Span]:
    """The same with every gap told: padding when it was seen to be zeros, else data that nobody refers to."""
    gaps = 0
    for tile in tiles:
        if isinstance(tile, _Span):
            yield tile
            continue
        start, end = tile
        gaps += 1
        looked_at = gaps <= MOST_GAPS and (depth is Depth.DEEP or end - start <= ALIGNMENT)
        if looked_at and _is_blank(window, start, end):
            yield _Span(start, end, 5, Role.STRUCTURE, "padding")
        else:
            yield _Span(start, end, 5, Role.METADATA, "unreferenced data", Kind.UNKNOWN)


def _is_blank(window: Window, start: int, end: int) -> bool:
    for at in range(start, end, _CHUNK):
        length = min(_CHUNK, end - at)
        if window.read(at, length) != bytes(length):
            return False
    return True


def _merged(spans: Iterable[_Span]) -> Iterator[Part]:
    """Parts, neighbours of one kind made one."""
    held: _Span | None = None
    for span in spans:
        if held is not None and span[3:] == held[3:]:
            held = held._replace(end=span.end)
            continue
        if held is not None:
            yield _part(held)
        held = span
    if held is not None:
        yield _part(held)


def _part(span: _Span) -> Part:
    length = span.end - span.start
    return Part(span.start, length, span.role, span.where, span.kind, None, span.searched)


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block]:
    """The whole file as one EXIF block: its decoder follows the same pointers and finds what they carry."""
    yield Block(Kind.EXIF, "TIFF", window, window)


def dimensions(window: Window, parts: Sequence[Part]) -> tuple[int, int]:
    """Of the first directory that holds the picture itself; raw formats have a small copy in IFD0."""
    head = header(window)
    found = [d for d in directories(window, head) if isinstance(d, Directory)]
    for directory in (*(d for d in found if _is_full(window, head, d)), *found[:1]):
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
)
