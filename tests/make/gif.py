"""GIF files (GIF89a): real little pictures with whatever extensions a test wants.

``gif(comment(b"hello"), xmp(packet), trailer=b"left over")``
"""

from __future__ import annotations

HEADER = b"GIF89a\2\0\2\0\x81\0\0" + bytes.fromhex("ff0000 00ff00 0000ff ffffff")
"""Two by two pixels in four colours."""

IMAGE = b",\0\0\0\0\2\0\2\0\0" + bytes.fromhex("02 03 4434 05 00")
"""Red, green; blue, white."""

CONTROL = bytes.fromhex("21f904 00 0a00 00 00")


def control(delay: int, disposal: int = 0, transparent: int | None = None) -> bytes:
    """How the next image is shown; the delay is in hundredths of a second."""
    flags = disposal << 2 | (transparent is not None)
    return b"!\xf9\4" + bytes([flags]) + delay.to_bytes(2, "little") + bytes([transparent or 0, 0])


def image(codes: bytes, size: int = 255) -> bytes:
    """Two by two pixels from LZW codes that begin with 3 bits each, in sub-blocks of that size."""
    return IMAGE[:11] + sub_blocks(codes, size)


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
