"""ICC profiles made of a header and whatever tags a test wants (ICC.1:2022, section 7).

``profile({"desc": localized(en="My screen"), "cprt": text("Ann")})``
"""

from __future__ import annotations

import struct
from collections.abc import Mapping


def profile(
    tags: Mapping[str, bytes] | None = None,
    *,
    maker: bytes = b"Acme",
    model: bytes = b"X100",
    creator: bytes = b"Made",
    made: tuple[int, int, int, int, int, int] = (2024, 5, 3, 18, 0, 0),
    identifier: bytes = bytes(16),
    claimed: int | None = None,
) -> bytes:
    """A profile with `tags` by signature, and `claimed` of them when it lies."""
    tagged = tags or {}
    start = 132 + 12 * len(tagged)
    table, values = b"", b""
    for signature, value in tagged.items():
        table += struct.pack(">4sII", signature.encode(), start + len(values), len(value))
        values += value + bytes(-len(value) % 4)
    header = struct.pack(">I4sI", start + len(values), b"lcms", 0x0440_0000) + b"mntrRGB XYZ "
    header += (
        struct.pack(">6H", *made) + b"acspAPPL" + bytes(4) + maker.ljust(4, b"\0") + model.ljust(4, b"\0")
    )
    header = (header.ljust(80, b"\0") + creator + identifier).ljust(128, b"\0")
    return header + struct.pack(">I", len(tagged) if claimed is None else claimed) + table + values


def text(words: str) -> bytes:
    return b"text\0\0\0\0" + words.encode("latin-1") + b"\0"


def description(ascii_words: str, unicode_words: str = "") -> bytes:
    """The description of version 2 profiles: ASCII, Unicode, Macintosh script."""
    plain = ascii_words.encode("ascii") + b"\0"
    units = unicode_words.encode("utf-16-be")
    out = b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain
    return out + struct.pack(">II", 0, len(units) // 2) + units + bytes(70)


def localized(**words: str) -> bytes:
    """The same text by language."""
    out, strings, start = b"", b"", 16 + 12 * len(words)
    for language, word in words.items():
        units = word.encode("utf-16-be")
        out += language.encode("ascii") + b"XX" + struct.pack(">II", len(units), start + len(strings))
        strings += units
    return b"mluc\0\0\0\0" + struct.pack(">II", len(words), 12) + out + strings


def dictionary(words: Mapping[str, str]) -> bytes:
    """Keys and values."""
    out, strings, start = b"", b"", 16 + 16 * len(words)
    for pair in words.items():
        for word in pair:
            units = word.encode("utf-16-be")
            out += struct.pack(">II", start + len(strings), len(units))
            strings += units
    return b"dict\0\0\0\0" + struct.pack(">II", len(words), 16) + out + strings
