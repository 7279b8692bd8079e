"""What Samsung's phones put behind a photo: named blocks, then a directory that counts back from itself.

``jpeg(trailer=samsung(Image_UTC_Data=b"1714759200000", MotionPhoto_Data=VIDEO))``
"""

from __future__ import annotations

import struct

VIDEO = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 16) + b"mdat" + bytes(8)


def samsung(**values: bytes) -> bytes:
    blocks = [named(name.encode(), value) for name, value in values.items()]
    return b"".join(blocks) + directory(*map(len, blocks))


def named(name: bytes, value: bytes) -> bytes:
    return struct.pack("<HHI", 0, 0x0A01, len(name)) + name + value


def directory(*lengths: int, gap: int = 0, count: int | None = None) -> bytes:
    """For blocks of these lengths that stand just before it, but for a gap; it may lie about how many there are."""
    rows, back = list[bytes](), gap
    for length in reversed(lengths):
        back += length
        rows.insert(0, struct.pack("<HHII", 0, 0x0A01, back, length))
    head = b"SEFH" + struct.pack("<II", 107, len(rows) if count is None else count)
    whole = head + b"".join(rows)
    return whole + struct.pack("<I", len(whole)) + b"SEFT"
