"""GIF files (GIF89a): real little pictures with whatever extensions a test wants.

``gif(comment(b"hello"), xmp(packet), trailer=b"left over")``
"""

from __future__ import annotations

HEADER = b"GIF89a\2\0\2\0\x81\0\0" + bytes.fromhex("ff0000 00ff00 0000ff ffffff")
"""Two by two pixels in four colours."""

IMAGE = b",\0\0\0\0\2\0\2\0\0" + bytes.fromhex("02 03 4434 05 00")
"""Red, green; blue, white."""

CONTROL = bytes.fromhex("21f904 00 0a00 00 00")


def sub_blocks(data: bytes, size: int = 255) -> bytes:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def comment(text: bytes, size: int = 255) -> bytes:
    return b"!\xfe" + sub_blocks(text, size)


def application(name: bytes, data: bytes, size: int = 255) -> bytes:
    return b"!\xff\x0b" + name + sub_blocks(data, size)


def loop(count: int = 0) -> bytes:
    return application(b"NETSCAPE2.0", b"\1" + count.to_bytes(2, "little"))


def plain_text(words: bytes) -> bytes:
    return b"!\x01\x0c" + bytes(12) + sub_blocks(words)


def xmp(packet: bytes) -> bytes:
    """As XMP part 3 wants it: the packet as it is, then bytes that lead a reader of sub-blocks to the end."""
    return b"!\xff\x0bXMP DataXMP" + packet + b"\x01" + bytes(range(255, -1, -1)) + b"\0"


def gif(*extensions: bytes, images: bytes = IMAGE, trailer: bytes = b"") -> bytes:
    return HEADER + b"".join(extensions) + images + b";" + trailer
