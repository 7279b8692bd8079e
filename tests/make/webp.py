"""WebP files (RFC 9649): real little pictures with whatever chunks a test wants.

``webp(extended(), LOSSY, chunk(b"EXIF", stream), trailer=b"left over")``
"""

from __future__ import annotations

import struct


def chunk(type_: bytes, data: bytes, pad: bytes = b"\0") -> bytes:
    return type_ + struct.pack("<I", len(data)) + data + pad[: len(data) & 1]


LOSSLESS = chunk(b"VP8L", bytes.fromhex("2f0140 00001f201048de1f3a8df9171014fc1fddfc47640fe0060c11fd0f01"))
"""Two by two pixels: red, green; blue, white."""

LOSSY = chunk(
    b"VP8 ",
    bytes.fromhex("9001009d012a0200020002c04c25a40002e745ac0000fee29ef4b4a5d5fd54c04603c18c2b5000000000"),
)
"""The same two by two pixels, lossy."""


def extended(flags: int = 0, width: int = 2, height: int = 2) -> bytes:
    """VP8X. Flags: 0x20 ICC, 0x10 transparency, 0x08 EXIF, 0x04 XMP, 0x02 animation."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return chunk(b"VP8X", bytes([flags, 0, 0, 0]) + size)


def frame(*chunks: bytes) -> bytes:
    place = bytes(6) + (1).to_bytes(3, "little") * 2 + (100).to_bytes(3, "little") + b"\0"
    return chunk(b"ANMF", place + b"".join(chunks))


ANIMATION = chunk(b"ANIM", bytes(6))


def webp(*chunks: bytes, size: int | None = None, trailer: bytes = b"") -> bytes:
    """`size` is what the RIFF header says, when that should be wrong."""
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body + trailer
