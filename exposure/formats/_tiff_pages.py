"""The pages of a TIFF as a clean copy has them: numbers that shape the picture, and the strips or tiles that it needs.

What is not in the list of tags is not in a copy. Every value is read as numbers and written again from them; there
are never more of them than the picture has samples or levels, and no text.

Specification: TIFF 6.0, sections 3 to 22; TIFF Technical Note 1 (reduced copies in SubIFDs); DNG 1.7 and TIFF/EP (raw).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from math import isfinite
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._ifd import Directory, Entry, Header, number, numbers
from exposure.formats._tiff_strips import (
    COMPRESSION,
    JPEG,
    OLD_JPEG,
    STRIPS,
    TILES,
    is_full,
    pictures,
    tables,
)
from exposure.source import Range, Window

MOST_PAGES = 150
MOST_STRIPS = 250_000
"""Strips and tiles in all pages together."""

_WIDTH, _LENGTH, _BITS, _PHOTOMETRIC, _SAMPLES, _ROWS, _PLANAR = 256, 257, 258, 262, 277, 278, 284
_TILE_WIDTH, _TILE_LENGTH, _JPEG_TABLES, _ICC = 322, 323, 347, 34675
_UNCOMPRESSED, _OLD_JPEG, _YCBCR, _SEPARATE = 1, 6, 6, 2

_MOST = {
    **dict.fromkeys((254, 255, 256, 257, 259, 262, 263, 264, 265, 266, 274, 277, 278, 282, 283, 284), 1),
    **dict.fromkeys((290, 292, 293, 296, 317, 322, 323, 332, 334, 531), 1),
    **{318: 2, 319: 6, 321: 2, 529: 3, 530: 2},
}
"""Tags that hold this many numbers at most."""
_PER_SAMPLE = {258: 1, 280: 1, 281: 1, 336: 2, 338: 1, 339: 1, 340: 1, 341: 1, 532: 2}
"""Tags that hold as many numbers for each sample of a pixel."""
_PER_LEVEL = {291: 1, 301: 3, 320: 3}
"""Tables that hold as many numbers for each value that a sample can have."""
_CURVES = frozenset((291, 301))
"""Those of them that say how bright each value is, and so rise or fall."""
_COLOR_MAP, _PALETTE = 320, 3
_FILL_ORDER, _BACKWARDS = 266, 2
TAGS = frozenset({*_MOST, *_PER_SAMPLE, *_PER_LEVEL, _JPEG_TABLES})
"""Every tag that shapes the picture, besides those that say where it lies."""

_FRACTIONS = frozenset((282, 283, 318, 319, 340, 341, 529, 532))
"""Tags whose numbers may be other than whole."""
_COURTESY = frozenset(
    (255, 263, 264, 265, 280, 281, 282, 283, 290, 291, 296, 301, 318, 319, 321, 332, 334, 336, 340, 341)
)
"""Tags that a copy can do without when no reader can make anything of them: printing, scaling, colour finesse."""
_FOREIGN = {32995: 0, 32996: 2, 32997: 1, 32998: 1}
"""Tags of old programs (SGI) that shape the picture unless they have this value: Matteing, DataType, ImageDepth, TileDepth."""

_CODES = {1: "B", 3: "H", 4: "I", 5: "II", 6: "b", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d", 16: "Q"}
_WHOLE = frozenset((1, 3, 4, 16))

_COMPRESSIONS = frozenset((1, 2, 3, 4, 5, 7, 8, 32771, 32773, 32946, 34676, 34677, 34925, 50000, 50001))
"""Coded pixels and nothing else: bilevel codes, LZW, PackBits, Deflate, LogLuv, LZMA, Zstandard; JPEG and WebP are searched."""
_RAW_COMPRESSIONS = frozenset((262, 32767, 32769, 32770, 32772, 34713, 34892, 65000, 65535))
_RAW_PHOTOMETRICS = frozenset((32803, 34892))
_DNG_VERSION = 50706
_RAW = (
    "it is a raw file, which shows nothing without the camera's own data in it; "
    "export a JPEG from your photo program and clean that"
)


class Row(NamedTuple):
    """One tag of a directory that is to be written."""

    tag: int
    type: int
    values: int
    """How many there are."""
    data: bytes | int
    """The value, or where it was put already."""


class Page(NamedTuple):
    """One picture."""

    rows: list[Row]
    tags: tuple[int, int]
    """Those that give its strips' offsets and lengths."""
    strips: list[Range]
    """Where its strips lie in the original; one of length 0 is left out by whoever made it."""
    sizes: list[int]
    """How long each is when it is unpacked, in bytes; 0 where that is not known."""
    compression: int
    icc: Range | None
    """Its colour profile in the original."""


_Numbers = tuple[int | float, ...]


def pages(window: Window, head: Header, found: Sequence[Directory]) -> Iterator[Page]:
    """Every picture that is no reduced copy of another. CannotClean for raw files and for what cannot be searched."""
    _refuse_raw(window, head, found)
    full = pictures(window, head, found)
    shown = [d for d in found if d.chained and d.offset in full]
    largest = max((_pixels(window, head, d) for d in shown), default=0)
    if any(is_full(window, head, d) and _pixels(window, head, d) > largest for d in found if not d.chained):
        raise CannotClean(
            "the picture that it shows is only a small copy of the one in it, as in a raw file; "
            "export a JPEG from your photo program and clean that"
        )
    if not shown:
        raise CannotClean("there is no picture in it")
    if len(shown) > MOST_PAGES:
        raise CannotClean(f"it has more than {MOST_PAGES} pages")
    left = MOST_STRIPS
    for directory in shown:
        page = _page(window, head, directory)
        left -= len(page.strips)
        if left < 0:
            raise CannotClean("its pages are cut into more strips than any")
        yield page


def _refuse_raw(window: Window, head: Header, found: Sequence[Directory]) -> None:
    """CannotClean when any directory says that the picture is what the sensor saw, or the file begins like such a file."""
    opening = window.read(8, min(8, window.size - 8))
    if (opening[:4], opening[5:]) == (b"IIII", b"waR") or opening[:7] == b"MMMMRaw":
        raise CannotClean(_RAW)  # Phase One, which has its picture in a tag
    for directory in found:
        compression = number(window, head, directory, COMPRESSION)
        if (
            _DNG_VERSION in directory.entries
            or number(window, head, directory, _PHOTOMETRIC) in _RAW_PHOTOMETRICS
            or compression in _RAW_COMPRESSIONS
            or (compression == _OLD_JPEG and opening[:3] == b"CR\2")
        ):
            raise CannotClean(_RAW)


def _pixels(window: Window, head: Header, directory: Directory) -> int:
    width, length = (number(window, head, directory, tag) or 0 for tag in (_WIDTH, _LENGTH))
    return width * length


def _page(window: Window, head: Header, directory: Directory) -> Page:
    """One directory's picture."""
    tags = TILES if TILES[0] in directory.entries else STRIPS
    said = number(window, head, directory, COMPRESSION)
    compression = _UNCOMPRESSED if said is None else said
    if OLD_JPEG[0] in directory.entries or compression == _OLD_JPEG:
        raise CannotClean("its picture is a JPEG kept in an old way, in pieces that lie anywhere in the file")
    if tags[0] not in directory.entries:
        raise CannotClean("there is no picture in it")
    if compression not in _COMPRESSIONS:
        raise CannotClean(
            f"its picture is packed in a way that exposure cannot search (TIFF compression {compression})"
        )
    if any(number(window, head, directory, tag) not in (None, plain) for tag, plain in _FOREIGN.items()):
        raise CannotClean("its picture is described in a way that only old programs understand")
    values, rows = {}, []
    for tag in sorted(TAGS & directory.entries.keys()):
        entry = directory.entries[tag]
        if tag != _JPEG_TABLES:
            values[tag] = _values(window, head, directory, entry)
            rows += [_row(head, entry, values[tag])] if values[tag] else []
        elif compression == JPEG:
            data = tables(window.read(entry.offset, entry.length))
            rows.append(Row(tag, 7, len(data), data))
    icc = directory.entries.get(_ICC)
    profile = Range(icc.offset, icc.length) if icc is not None and icc.length else None
    strips, sizes = _strips(window, head, directory, tags, values)
    return Page(rows, tags, strips, sizes, compression, profile)


def _values(window: Window, head: Header, directory: Directory, entry: Entry) -> _Numbers:
    """An entry's numbers, two for each rational; none when it can be done without. MalformedFile when it cannot."""
    tag, allowed = entry.tag, frozenset(_CODES) if entry.tag in _FRACTIONS else _WHOLE
    count = min(entry.values, _most(window, head, directory, tag))
    values: _Numbers = ()
    if count and entry.type in allowed and entry.offset + entry.length <= window.size:
        code = head.order + _CODES[entry.type] * count
        values = struct.unpack(code, window.read(entry.offset, struct.calcsize(code)))
    if tag == _COLOR_MAP and number(window, head, directory, _PHOTOMETRIC) != _PALETTE:
        return ()  # nobody looks at it
    if values and all(map(isfinite, values)) and (tag not in _CURVES or _is_curve(values)):
        return values
    if tag in _COURTESY:
        return ()
    raise MalformedFile(
        f"a number that shapes the picture in {directory.name} is no number", directory.offset
    )


def _is_curve(values: _Numbers) -> bool:
    """Whether these are levels that rise or fall all the way, or three rows of such; no text is that."""
    rows = (
        [values]
        if len(values) % 3
        else [values[n * len(values) // 3 :][: len(values) // 3] for n in range(3)]
    )
    return all(list(row) in (sorted(row), sorted(row, reverse=True)) for row in rows)


def _most(window: Window, head: Header, directory: Directory, tag: int) -> int:
    """How many values of a tag mean anything."""
    if tag in _MOST:
        return _MOST[tag]
    if tag in _PER_SAMPLE:
        return _PER_SAMPLE[tag] * max(number(window, head, directory, _SAMPLES) or 1, 4)
    return _PER_LEVEL[tag] << min(number(window, head, directory, _BITS) or 1, 16)


def _row(head: Header, entry: Entry, values: _Numbers) -> Row:
    code = _CODES[entry.type]
    count = len(values) // len(code)
    return Row(entry.tag, entry.type, count, struct.pack(head.order + code * count, *values))


def _strips(
    window: Window, head: Header, directory: Directory, tags: tuple[int, int], values: dict[int, _Numbers]
) -> tuple[list[Range], list[int]]:
    """The strips or tiles that the picture has by its size, each no longer than it can be, and how long it is unpacked."""
    if STRIPS[0] in directory.entries and TILES[0] in directory.entries:
        raise MalformedFile(f"{directory.name} has both strips and tiles", directory.offset)
    count, sizes = _layout(values, tags == TILES)
    offsets, lengths = (
        numbers(window, head, directory.entries[tag], MOST_STRIPS) if tag in directory.entries else ()
        for tag in tags
    )
    if not 0 < count <= min(len(offsets), len(lengths)) or not any(lengths[:count]):
        raise MalformedFile(f"the picture in {directory.name} is not all there", directory.offset)
    found, unpacked = [], list(islice(sizes, count))
    plain = values.get(COMPRESSION, (_UNCOMPRESSED,))[0] == _UNCOMPRESSED
    for offset, length, most in zip(offsets, lengths, unpacked, strict=False):
        size = most if plain else 0
        if offset + length > window.size or (size and length < size and (offset or length)):
            raise MalformedFile(f"the picture in {directory.name} is cut short", directory.offset)
        found.append(Range(offset, min(length, size or length)) if length else Range(0, 0))
    return found, unpacked


def _layout(values: dict[int, _Numbers], tiles: bool) -> tuple[int, Iterator[int]]:
    """How many strips or tiles a picture has, and how long each is unpacked where that is known, in bytes; otherwise 0.

    None at all where the numbers make no sense. YCbCr is packed in blocks, so its length is not told; nor is that of a
    packed strip whose bits stand backwards.
    """
    one = {tag: int(numbers[0]) for tag, numbers in values.items() if numbers}
    width, length, samples = one.get(_WIDTH, 0), one.get(_LENGTH, 0), one.get(_SAMPLES, 1)
    tiles = tiles or (_TILE_WIDTH in one and _TILE_LENGTH in one)
    across, down = width, min(one.get(_ROWS, length), length)
    if tiles:
        across, down = one.get(_TILE_WIDTH, 0), one.get(_TILE_LENGTH, 0)
    if 0 in (width, length, samples, across, down):
        return 0, iter(())
    each = -(-width // across) * -(-length // down)
    separate = one.get(_PLANAR) == _SEPARATE and samples > 1
    bits = [int(n) for n in values.get(_BITS, (1,))]
    bits = bits * samples if len(bits) == 1 else bits[:samples]
    plain = one.get(COMPRESSION, _UNCOMPRESSED) == _UNCOMPRESSED
    known = len(bits) == samples and (separate or one.get(_PHOTOMETRIC) != _YCBCR)
    known = known and (plain or one.get(_FILL_ORDER) != _BACKWARDS)

    def sizes() -> Iterator[int]:
        for at in range(each * samples if separate else each):
            lines = down if tiles else min(down, length - at % each * down)
            deep = bits[at // each] if separate else sum(bits)
            yield lines * -(-across * deep // 8) if known else 0

    return each * samples if separate else each, sizes()
