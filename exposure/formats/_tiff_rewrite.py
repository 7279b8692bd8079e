"""Put a TIFF together again: the pages' own tags from their numbers, what is kept, then strips and tiles as they are.

A copy has the byte order and the size of offsets of its original, and this layout: header, colour profile, for each
page its directory and its values (after the first page's, the Exif IFD and the GPS IFD), then the picture data page by
page in the order of its strips. A strip that several pages or places share stays shared. Directories and values lie at
even offsets, as TIFF wants it; so does the first strip of each page.

Specification: TIFF 6.0, section 2; the BigTIFF design; Exif 3.0, section 4.6.3; ICC.1:2022, annex B.3; XMP part 3, 1.1.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._ifd import Directory, Header, directories, header
from exposure.formats._tiff_packed import FOLLOWED, LZW, MOST_LZW, followed
from exposure.formats._tiff_pages import TAGS, Page, Row, pages
from exposure.formats._tiff_strips import JPEG, WEBP, distinct, needed
from exposure.model import Kept, Part
from exposure.plugins import Piece
from exposure.source import Range, Window
from exposure.tiff import packed

_ICC, _XMP = 34675, 700
_POINTERS = {"Exif IFD": 0x8769, "GPS IFD": 0x8825}
_LARGEST_PROFILE = 1 << 22
_CLASSIC = 1 << 32


class _Width(NamedTuple):
    """What a classic TIFF and a BigTIFF write differently."""

    entries: str
    """How many entries a directory has, as in struct, with the byte order."""
    offset: str
    """An offset, or how many values there are."""
    code: str
    type: int
    """Of offsets: LONG or LONG8."""
    inline: int
    """Bytes of a value that fit into its entry."""


class _Data(NamedTuple):
    """Where the strips of one page are put."""

    offsets: list[int]
    lengths: list[int]


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy. CannotClean for raw files, damaged ones, and pictures in which something may hide that cannot be found."""
    try:
        yield from _pieces(window, kept)
    except MalformedFile as error:
        raise CannotClean(f"the file is damaged: {error}") from None


def _pieces(window: Window, kept: Kept) -> Iterator[Piece]:
    head = header(window)
    shown = list(pages(window, head, list(_sound(window, head))))
    width = _Width(head.order + "Q", head.order + "Q", "Q", 16, 8)
    if not head.big:
        width = _Width(head.order + "H", head.order + "I", "I", 4, 4)
    profile = kept.icc if len(kept.icc) > width.inline else b""
    first = head.size + _even(len(profile))
    asides = [name for name in _POINTERS if any(tag.ifd == name for tag in kept.tags)]
    empty = [_Data([0] * len(page.strips), [0] * len(page.strips)) for page in shown]
    draft = _directories(window, shown, kept, empty, dict.fromkeys(asides, 0), width, head)
    *starts, end = accumulate((_size(rows, width) for rows in draft), initial=first)
    laid, picture, end = _laid(window, shown, end)
    if end >= _CLASSIC and not head.big:
        raise CannotClean("its copy would be larger than such a file can be")
    at = dict(zip(asides, starts[1:], strict=False))
    chain = [start for start in starts if start not in at.values()][1:]
    following = iter([*chain, 0])
    yield _header(head, first) + profile + bytes(first - head.size - len(profile))
    for rows, start in zip(_directories(window, shown, kept, laid, at, width, head), starts, strict=True):
        yield _written(rows, start, 0 if start in at.values() else next(following), width)
    yield from picture


def _sound(window: Window, head: Header) -> Iterator[Directory]:
    for found in directories(window, head):
        if isinstance(found, MalformedFile):
            raise found
        yield found


def _directories(
    window: Window,
    shown: Sequence[Page],
    kept: Kept,
    data: Sequence[_Data],
    asides: dict[str, int],
    width: _Width,
    head: Header,
) -> list[list[Row]]:
    """The rows of every directory: the first page, what hangs from it, the other pages."""
    found: list[list[Row]] = []
    profiled = _profiled(window, shown) if kept.icc else []
    icc = head.size if len(kept.icc) > width.inline else kept.icc
    for number, (page, laid) in enumerate(zip(shown, data, strict=True)):
        rows = list(page.rows)
        for tag, numbers in zip(page.tags, laid, strict=True):
            rows.append(Row(tag, width.type, len(numbers), _numbers(numbers, width)))
        if kept.icc and profiled[number]:
            rows.append(Row(_ICC, 7, len(kept.icc), icc))
        if number == 0:
            rows += _kept(kept, "IFD0", head)
            rows += [Row(_XMP, 1, len(kept.xmp), kept.xmp)] if kept.xmp else []
            rows += [
                Row(_POINTERS[name], width.type, 1, _numbers([at], width)) for name, at in asides.items()
            ]
        found.append(sorted(rows, key=lambda row: row.tag))
        if number == 0:
            found += [sorted(_kept(kept, name, head), key=lambda row: row.tag) for name in asides]
    return found


def _kept(kept: Kept, ifd: str, head: Header) -> list[Row]:
    """What stays on purpose in one directory; which way up is each page's own matter."""
    return [
        Row(tag.number, tag.type, *packed(tag, head.order))
        for tag in kept.tags
        if tag.ifd == ifd and not (ifd == "IFD0" and tag.number in TAGS)
    ]


def _profiled(window: Window, shown: Sequence[Page]) -> list[bool]:
    """Which pages get the colour profile: those that had one. CannotClean when those are not all the same."""
    places = {page.icc for page in shown if page.icc is not None}
    if any(place.length > _LARGEST_PROFILE for place in places):
        raise CannotClean("its colour profile is larger than any")
    if len({window.read(*place) for place in places}) > 1:
        raise CannotClean("its pages have different colour profiles")
    return [page.icc is not None or not places for page in shown]


def _laid(window: Window, shown: Sequence[Page], at: int) -> tuple[list[_Data], list[Piece], int]:
    """The picture data from offset `at` on: where each strip goes, the pieces, and where they end."""
    distinct(strip for page in shown for strip in page.strips)
    known: dict[tuple[Range, int, int], tuple[int, int]] = {}
    laid: list[_Data] = []
    pieces: list[Piece] = []
    lzw = sum(strip.length for page in shown if page.compression == LZW for strip in page.strips)
    looked_into = FOLLOWED if lzw <= MOST_LZW else FOLLOWED - {LZW}
    for page in shown:
        searched = page.compression if page.compression in (JPEG, WEBP) else 0
        packed, most = page.compression in looked_into, max(page.sizes)
        places = []
        if at % 2:
            pieces.append(b"\0")
            at += 1
        for strip, size in zip(page.strips, page.sizes, strict=True):
            name = strip, searched, size if packed else 0
            place = known.get(name) if strip.length else (0, 0)
            if place is None:
                runs = needed(window, page.compression, strip)
                if packed:
                    runs = [followed(window, page.compression, strip, size, most)]
                place = known[name] = at, sum(run.length for run in runs)
                pieces += runs
                at += place[1]
            places.append(place)
        laid.append(_Data([offset for offset, _ in places], [length for _, length in places]))
    return laid, pieces, at


def _header(head: Header, first: int) -> bytes:
    mark = b"II" if head.order == "<" else b"MM"
    if head.big:
        return mark + struct.pack(f"{head.order}HHHQ", 43, 8, 0, first)
    return mark + struct.pack(f"{head.order}HI", 42, first)


def _numbers(numbers: Sequence[int], width: _Width) -> bytes:
    return struct.pack(f"{width.offset[0]}{len(numbers)}{width.code}", *numbers)


def _size(rows: Sequence[Row], width: _Width) -> int:
    """Of a directory and its values, in bytes."""
    values = sum(_even(len(r.data)) for r in rows if isinstance(r.data, bytes) and len(r.data) > width.inline)
    return _fixed(rows, width) + values


def _fixed(rows: Sequence[Row], width: _Width) -> int:
    return struct.calcsize(width.entries) + len(rows) * (4 + 2 * width.inline) + width.inline


def _written(rows: Sequence[Row], start: int, following: int, width: _Width) -> bytes:
    """One directory at `start`, with the values that do not fit into it right behind it."""
    at = start + _fixed(rows, width)
    entries, values = [struct.pack(width.entries, len(rows))], []
    for row in rows:
        if isinstance(row.data, int):
            value = struct.pack(width.offset, row.data)
        elif len(row.data) <= width.inline:
            value = row.data.ljust(width.inline, b"\0")
        else:
            value = struct.pack(width.offset, at)
            values.append(row.data.ljust(_even(len(row.data)), b"\0"))
            at += len(values[-1])
        entries.append(struct.pack(f"{width.offset[0]}HH{width.code}", row.tag, row.type, row.values) + value)
    return b"".join((*entries, struct.pack(width.offset, following), *values))


def _even(length: int) -> int:
    return length + length % 2
