"""Write a HEIF: ftyp, meta and mdat, from items and nothing else.

Everything that the format leaves to the writer is always the same: item numbers count from 1, tables stand in one
order and in their smallest versions, nothing has a name. So a copy tells nothing by its form.

Specification: ISO/IEC 14496-12:2022, sections 4.3 (ftyp), 8.11 (meta and its tables); ISO/IEC 23008-12:2022, section
9.3 (iprp), annex A (EXIF and XMP items).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exposure.formats._heif_values import ESSENTIAL
from exposure.formats._isobmff_tracks import Movie, Places
from exposure.plugins import Piece
from exposure.source import Range

_NARROW = 0xF0000000
"""Up to this many bytes of media data, offsets have 4 bytes."""


@dataclass(frozen=True, slots=True)
class Written:
    """One item of the copy. Its number is its place among them, counted from 1."""

    type: bytes
    payload: tuple[Range, ...] | bytes = ()
    """Ranges of the original, or bytes that we wrote."""
    hidden: bool = False
    properties: tuple[bytes, ...] = ()
    """Whole boxes."""
    refers: tuple[tuple[bytes, tuple[int, ...]], ...] = ()
    """By type, the numbers of items that it refers to."""
    content: bytes = b""
    """The content type of a mime item."""
    inside: bool = False
    """Whether its payload goes into the idat box, as the plans of derived pictures do."""


def box(type_: bytes, *payload: bytes) -> bytes:
    data = b"".join(payload)
    return struct.pack(">I4s", 8 + len(data), type_) + data


def full(type_: bytes, *payload: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(type_, struct.pack(">I", version << 24 | flags), *payload)


def file(
    brands: Sequence[bytes], items: Sequence[Written], groups: bytes = b"", moving: Movie | None = None
) -> Iterator[Piece]:
    """The file with these items, the first of which is the picture, and with pictures that move, if there are any.

    `groups` are the boxes of the grpl box.
    """
    places, still = _media(items)
    spans = moving.spans if moving else ()
    media = still + sum(span.length for span in spans)
    wide = media > _NARROW
    size = 16 if wide else 8

    def tables(start: int) -> bytes:
        """The meta and moov boxes, when the media data begin at `start`."""
        meta = _meta(items, places, start, wide, groups) if items else b""
        return meta + (moving.box(Places(spans, start + still)) if moving else b"")

    head = box(b"ftyp", brands[0], bytes(4), *brands[1:])
    yield head + tables(len(head) + len(tables(0)) + size)
    yield (
        struct.pack(">I4sQ", 1, b"mdat", size + media) if wide else struct.pack(">I4s", size + media, b"mdat")
    )
    seen = set[tuple[Range, ...] | bytes]()
    for item in items:
        if not item.inside and item.payload not in seen:
            seen.add(item.payload)
            yield from (item.payload,) if isinstance(item.payload, bytes) else item.payload
    yield from spans


def _media(items: Sequence[Written]) -> tuple[dict[tuple[Range, ...] | bytes, int], int]:
    """Where in the media data each payload lies, and how long they are together; what is the same is there once."""
    places: dict[tuple[Range, ...] | bytes, int] = {}
    at = 0
    for item in items:
        if not item.inside and item.payload not in places:
            places[item.payload] = at
            at += _length(item.payload)
    return places, at


def _length(payload: tuple[Range, ...] | bytes) -> int:
    return len(payload) if isinstance(payload, bytes) else sum(piece.length for piece in payload)


def _meta(
    items: Sequence[Written],
    places: dict[tuple[Range, ...] | bytes, int],
    start: int,
    wide: bool,
    groups: bytes,
) -> bytes:
    """The meta box, when the media data begin at `start`."""
    small = [item.payload for item in items if item.inside and isinstance(item.payload, bytes)]
    rows, inside = [], 0
    for number, item in enumerate(items, 1):
        length = _length(item.payload)
        at = inside if item.inside else start + places[item.payload]
        inside += length * item.inside
        if length:
            rows.append(struct.pack(">HHHHQQ" if wide else ">HHHHII", number, item.inside, 0, 1, at, length))
    locations = bytes((0x88 if wide else 0x44, 0)) + struct.pack(">H", len(rows)) + b"".join(rows)
    return full(
        b"meta",
        full(b"hdlr", bytes(4), b"pict", bytes(13)),
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iloc", locations, version=1),
        full(b"iinf", struct.pack(">H", len(items)), *(_entry(n, item) for n, item in enumerate(items, 1))),
        _references(items),
        _properties(items),
        box(b"idat", *small) if small else b"",
        box(b"grpl", groups) if groups else b"",
    )


def _entry(number: int, item: Written) -> bytes:
    strings = b"\0" + (item.content + b"\0" if item.content else b"")
    return full(
        b"infe", struct.pack(">HH4s", number, 0, item.type), strings, version=2, flags=int(item.hidden)
    )


def _references(items: Sequence[Written]) -> bytes:
    found = [
        box(type_, struct.pack(f">HH{len(to)}H", number, len(to), *to))
        for number, item in enumerate(items, 1)
        for type_, to in item.refers
    ]
    return full(b"iref", *found) if found else b""


def _properties(items: Sequence[Written]) -> bytes:
    """The iprp box: each property once, however many items have it."""
    indexes: dict[tuple[bytes, int], int] = {}
    rows: list[tuple[int, list[int]]] = []
    for number, item in enumerate(items, 1):
        if not item.properties:
            continue
        mine: list[int] = []
        for place, each in enumerate(item.properties):
            again = item.properties[:place].count(
                each
            )  # turned twice the same way: an item has an index once
            index = indexes.setdefault((each, again), len(indexes) + 1)
            mine.append(index | (0x8000 if each[4:8] in ESSENTIAL else 0))
        rows.append((number, mine))
    wide = len(indexes) > 0x7F
    table = b"".join(struct.pack(">HB", number, len(mine)) + _packed(mine, wide) for number, mine in rows)
    return box(
        b"iprp",
        box(b"ipco", *(each for each, _ in indexes)),
        full(b"ipma", struct.pack(">I", len(rows)), table, flags=int(wide)),
    )


def _packed(indexes: Sequence[int], wide: bool) -> bytes:
    if wide:
        return struct.pack(f">{len(indexes)}H", *indexes)
    return bytes(index & 0x7F | index >> 8 & 0x80 for index in indexes)
