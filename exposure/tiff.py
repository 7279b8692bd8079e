"""The types of TIFF values, which the TIFF format and the EXIF decoder share, and the small EXIF that copies get.

Specification: TIFF 6.0 section 2; TIFF Technical Note 1 (13); the BigTIFF design (16 to 18); Exif 3.0 (129).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from exposure.model import Tag

SIZES = {
    **dict.fromkeys((1, 2, 6, 7, 129), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
"""Bytes that one value of each type takes."""

_CODES = {1: "B", 3: "H", 4: "I", 5: "I", 7: "B"}
_POINTERS = {"Exif IFD": 0x8769, "GPS IFD": 0x8825}


def packed(tag: Tag, order: str) -> tuple[int, bytes]:
    """A tag's value as TIFF writes it, `order` as in struct, and how many values that is; text is UTF-8 up to a NUL."""
    if isinstance(tag.values, str):
        data = tag.values.encode() + b"\0"
        return len(data), data
    data = struct.pack(f"{order}{len(tag.values)}{_CODES[tag.type]}", *tag.values)
    return len(data) // SIZES[tag.type], data


def stream(tags: Sequence[Tag]) -> bytes:
    """A TIFF stream that holds these tags and nothing else, little-endian, as EXIF blocks are in every format.

    Exif 3.0, section 4.6: IFD0, with the Exif IFD and the GPS IFD behind it where they have tags.
    """
    groups: dict[str, list[tuple[int, int, int, bytes]]] = {"IFD0": [], "Exif IFD": [], "GPS IFD": []}
    for tag in tags:
        count, data = packed(tag, "<")
        groups[tag.ifd].append((tag.number, tag.type, count, data))
    starts, at = {}, 8
    pointing = [name for name in _POINTERS if groups[name]]
    for name, rows in groups.items():
        starts[name] = at
        entries = len(rows) + (len(pointing) if name == "IFD0" else 0)
        at += bool(entries) * (6 + 12 * entries + sum(len(d) + (len(d) & 1) for *_, d in rows if len(d) > 4))
    groups["IFD0"] += [(_POINTERS[name], 4, 1, struct.pack("<I", starts[name])) for name in pointing]
    head = struct.pack("<2sHI", b"II", 42, 8)
    return head + b"".join(_directory(sorted(rows), starts[name]) for name, rows in groups.items() if rows)


def _directory(rows: Sequence[tuple[int, int, int, bytes]], start: int) -> bytes:
    """One IFD at `start`, with the values that do not fit into it right behind it, each at an even offset."""
    at = start + 6 + 12 * len(rows)
    entries, values = b"", b""
    for number, type_, count, data in rows:
        value = data.ljust(4, b"\0")
        if len(data) > 4:
            value = struct.pack("<I", at + len(values))
            values += data + b"\0" * (len(data) & 1)
        entries += struct.pack("<HHI4s", number, type_, count, value)
    return struct.pack("<H", len(rows)) + entries + bytes(4) + values
