"""PNG files (third edition, sections 5 and 11): real little pictures with whatever chunks a test wants.

``png(text("Author", "Ann"), exif(stream), trailer=b"left over")``
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
ROWS = b"\0\xff\0\0\0\xff\0" + b"\0\0\0\xff\xff\xff\xff"
"""Two rows of two RGB pixels, each row after its filter byte: red, green; blue, white."""


def chunk(type_: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + type_ + data + struct.pack(">I", zlib.crc32(type_ + data))


def header(width: int = 2, height: int = 2, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """Colours: 0 grey, 2 RGB, 3 palette, 4 grey and 6 RGB with transparency."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def idat(after: bytes = b"", pieces: int = 1) -> bytes:
    """The picture's IDATs: its zlib stream, and whatever is hidden after it, cut into as many chunks."""
    data = zlib.compress(ROWS) + after
    size = -(-len(data) // pieces)
    return b"".join(chunk(b"IDAT", data[at : at + size]) for at in range(0, len(data), size))


def png(
    *chunks: bytes,
    head: bytes | None = None,
    picture: bytes | None = None,
    after: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """`chunks` stand before the picture, `after` between it and IEND."""
    body = b"".join(chunks) + (idat() if picture is None else picture) + b"".join(after)
    return SIGNATURE + (head or header()) + body + chunk(b"IEND") + trailer


def control(number: int, width: int = 2, height: int = 2) -> bytes:
    """What says how the next frame is shown; `number` counts these and the frames together."""
    return chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, width, height, 0, 0, 1, 10, 0, 0))


def frame(number: int, data: bytes) -> bytes:
    return chunk(b"fdAT", struct.pack(">I", number) + data)


def apng(data: bytes | None = None, hidden: bytes = b"") -> bytes:
    """Two frames, the second with `hidden` behind its zlib stream."""
    stream = zlib.compress(ROWS) if data is None else data
    return png(
        *(chunk(b"acTL", struct.pack(">II", 2, 0)), control(0)),
        after=[control(1), frame(2, stream + hidden)],
    )


def text(keyword: str, value: str | bytes) -> bytes:
    value = value.encode("latin-1") if isinstance(value, str) else value
    return chunk(b"tEXt", keyword.encode("latin-1") + b"\0" + value)


def packed_text(keyword: str, value: bytes) -> bytes:
    return chunk(b"zTXt", keyword.encode("latin-1") + b"\0\0" + zlib.compress(value))


def international(
    keyword: str, value: bytes, *, packed: int = 0, language: str = "", translated: str = ""
) -> bytes:
    opening = keyword.encode("latin-1") + bytes([0, packed, 0])
    opening += language.encode() + b"\0" + translated.encode() + b"\0"
    return chunk(b"iTXt", opening + (zlib.compress(value) if packed else value))


def xmp(packet: bytes, packed: int = 0) -> bytes:
    return international("XML:com.adobe.xmp", packet, packed=packed)


def exif(stream: bytes) -> bytes:
    return chunk(b"eXIf", stream)


def icc(profile: bytes, name: str = "icc") -> bytes:
    return chunk(b"iCCP", name.encode() + b"\0\0" + zlib.compress(profile))


def raw_profile(name: str, data: bytes, length: int | None = None) -> bytes:
    """The text of a raw profile as ImageMagick writes it: name, length, and 36 bytes of hex on each line."""
    digits = data.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return f"\n{name}\n{len(data) if length is None else length:8}\n{lines}\n".encode()
