"""Comments: the words, or sometimes the bytes, of a JPEG COM segment or a GIF comment extension.

Specification: ITU-T T.81, B.2.4.5 (any bytes at all); GIF89a, section 24 (7-bit ASCII). Programs write UTF-8,
Latin-1, UTF-16, EXIF that belongs elsewhere, and binary structures of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exposure.metadata._meaning import words
from exposure.metadata._values import utf16
from exposure.model import Block, Embedded, Fact, Field, Kind, Problem, Text
from exposure.plugins import Decoder

LONGEST = 1 << 20
"""What is kept of one comment, in bytes; no comment that a person wrote is longer."""

_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r") + b"\x7f"
_HIGH_CONTROLS = bytes(range(0x80, 0xA0))

_BINARY = 5
"""One control character in so many makes it binary: random bytes have one in four, text next to none."""

_EXIF = b"Exif\0\0"
_XMP = re.compile(rb"\s*<(?:\?xpacket |x:x[am]pmeta)")
_SHORTEST_WIDE = 8
"""In bytes; fewer are UTF-16 by chance."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """One field, whose value is bytes when the comment is not text; or the EXIF or XMP that stands there in its place."""
    size = block.window.size
    head = block.window.head(LONGEST)
    if head.startswith(_EXIF):
        yield Block(Kind.EXIF, block.where, block.window.part(len(_EXIF)), block.file)
        return
    if _XMP.match(head) is not None:
        yield Block(Kind.XMP, block.where, block.window, block.file)
        return
    data = head.rstrip(b"\0")
    if data:
        yield Field(block.kind, block.where, "Comment", _text(data), block.window, 0, len(data))
    if size > LONGEST:
        yield Problem(block.where, f"Only the first {LONGEST:,} of {size:,} bytes of a comment were read.")


def _text(data: bytes) -> str | bytes:
    try:
        text, controls = data.decode("utf-8"), _CONTROLS
    except UnicodeDecodeError as error:
        if len(data) == LONGEST and error.start > len(data) - 4:  # cut in the middle of a character
            return _text(data[: error.start])
        text, controls = data.decode("latin-1"), _CONTROLS + _HIGH_CONTROLS
    unprintable = len(data) - len(data.translate(None, controls))
    if _BINARY * unprintable < len(data):
        return text
    return _wide(data) or data


def _wide(data: bytes) -> str:
    """The text, where the bytes are UTF-16, most of whose letters share their high byte; else nothing."""
    if len(data) < _SHORTEST_WIDE:
        return ""
    shared = max(max(map(half.count, set(half))) for half in (data[::2], data[1::2]))
    text = utf16(data + b"\0" * (len(data) % 2), "<")
    return text if 3 * shared >= len(data) and text.isprintable() and "\ufffd" not in text else ""


def facts(fields: Sequence[Field]) -> Iterable[Fact]:
    for field in fields:
        text = words(field.value)
        if text is not None:
            yield Text("comment", text, field.address)


COMMENT = Decoder(Kind.COMMENT, decode, facts)
