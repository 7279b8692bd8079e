"""Comments: the words, or sometimes the bytes, of a JPEG COM segment or a GIF comment extension.

Specification: ITU-T T.81, B.2.4.5 (any bytes at all); GIF89a, section 24 (7-bit ASCII). Programs write UTF-8,
Latin-1, and binary structures of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exposure.metadata._meaning import words
from exposure.model import Block, Embedded, Fact, Field, Kind, Problem, Text
from exposure.plugins import Decoder

LONGEST = 1 << 20
"""What is kept of one comment, in bytes; no comment that a person wrote is longer."""

_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r") + b"\x7f"
_HIGH_CONTROLS = bytes(range(0x80, 0xA0))

_BINARY = 5
"""One control character in so many makes it binary: random bytes have one in four, text next to none."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """One field; its value is bytes when the comment is not text."""
    size = block.window.size
    data = block.window.head(LONGEST).rstrip(b"\0")
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
    return data if _BINARY * unprintable >= len(data) else text


def facts(fields: Sequence[Field]) -> Iterable[Fact]:
    for field in fields:
        text = words(field.value)
        if text is not None:
            yield Text("comment", text, field.address)


COMMENT = Decoder(Kind.COMMENT, decode, facts)
