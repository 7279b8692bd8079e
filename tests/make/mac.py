"""AppleDouble files, as a Mac puts them into zips (RFC 1740 appendix A; Apple's copyfile).

``apple_double(WhereFroms=["https://example.org/a.jpg"])``
"""

from __future__ import annotations

import plistlib
import struct

_LIST_AT = 84
"""Behind the header, two entries of twelve bytes, the Finder's 32 and two of filling."""

BLANK_FORK = bytes(286)


def apple_double(
    raw: dict[str, bytes] | None = None, fork: bytes = BLANK_FORK, **spotlight: str | bool | int | list[str]
) -> bytes:
    """One with these attributes: Spotlight's as property lists, others as they are."""
    attributes = {
        f"com.apple.metadata:{'_' if name == 'UserTags' else ''}kMDItem{name}": plistlib.dumps(
            value, fmt=plistlib.FMT_BINARY
        )
        for name, value in spotlight.items()
    } | (raw or {})
    names = [name.encode() + b"\0" for name in attributes]
    table = sum(11 + len(name) + -(11 + len(name)) % 4 for name in names)
    values_at = _LIST_AT + 36 + table
    entries, values = b"", b""
    for name, value in zip(names, attributes.values(), strict=True):
        entries += struct.pack(">2IHB", values_at + len(values), len(value), 0, len(name)) + name
        entries += bytes(-(11 + len(name)) % 4)
        values += value
    end = values_at + len(values)
    listed = struct.pack(">4s4I12x2H", b"ATTR", 0, end, values_at, len(values), 0, len(names))
    head = struct.pack(">2I16sH", 0x00051607, 0x00020000, b"Mac OS X        ", 2)
    head += struct.pack(">3I", 9, 50, end - 50) + struct.pack(">3I", 2, end, len(fork))
    return head + bytes(34) + listed + entries + values + fork
