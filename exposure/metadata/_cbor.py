"""A small, bounded reader for CBOR, which C2PA manifests are written in.

Specification: RFC 8949, section 3 (encoding), 3.2 (indefinite lengths), 3.4 (tags, whose values are given as if
they were not tagged).
"""

from __future__ import annotations

import struct

from exposure.errors import MalformedFile

DEEPEST = 32
MOST_VALUES = 20_000
"""In one piece of CBOR; a manifest has some hundred."""

_SIMPLE: dict[int, object] = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}
_BREAK = object()


class _Reader:
    """Where reading stands; nothing but position and what may still be read."""

    __slots__ = ("at", "bytes", "left")

    def __init__(self, of: bytes, most: int) -> None:
        self.bytes, self.at, self.left = of, 0, most

    def take(self, length: int) -> bytes:
        start, self.at = self.at, self.at + length
        if self.at > len(self.bytes):
            raise MalformedFile("CBOR that is cut off", start)
        return self.bytes[start : self.at]


def decode(encoded: bytes, most: int = MOST_VALUES) -> tuple[object, int]:
    """The first value, and how many values are in it; what follows it is not looked at.

    A value is a dict, list, str, bytes, int, float, bool or None. MalformedFile where it breaks the rules, is
    deeper than a manifest could be, or holds more than `most` values.
    """
    reader = _Reader(encoded, most)
    value = _value(reader, 0)
    if value is _BREAK:
        raise MalformedFile("CBOR that ends before it began", 0)
    return value, most - reader.left


def _value(reader: _Reader, depth: int) -> object:
    reader.left -= 1
    if depth > DEEPEST or reader.left < 0:
        raise MalformedFile("CBOR that is deeper or longer than a manifest may be", reader.at)
    start = reader.at
    first = reader.take(1)[0]
    major, minor = first >> 5, first & 31
    if major == 7:
        return _simple(reader, minor, start)
    length = _length(reader, minor, start)
    if major in (2, 3):
        return _string(reader, major, length, start)
    if major == 4:
        return _array(reader, length, depth)
    if major == 5:
        return _map(reader, length, depth)
    if length is None:
        raise MalformedFile("CBOR without a length where there must be one", start)
    if major == 6:
        value = _value(reader, depth + 1)
        if value is _BREAK:
            raise MalformedFile("CBOR that ends where a value should be", start)
        return value
    return length if major == 0 else -1 - length


def _length(reader: _Reader, minor: int, start: int) -> int | None:
    """The number in or after an initial byte; None for an indefinite length."""
    if minor < 24:
        return minor
    if minor == 31:
        return None
    if minor > 27:
        raise MalformedFile("CBOR with a byte that means nothing", start)
    return int.from_bytes(reader.take(1 << (minor - 24)), "big")


def _simple(reader: _Reader, minor: int, start: int) -> object:
    if minor in _FLOATS:
        letter, width = _FLOATS[minor]
        number: float = struct.unpack(letter, reader.take(width))[0]
        return number
    if minor == 31:
        return _BREAK
    if minor == 24:
        reader.take(1)
        return None
    if minor > 27:
        raise MalformedFile("CBOR with a byte that means nothing", start)
    return _SIMPLE.get(minor)


def _string(reader: _Reader, major: int, length: int | None, start: int) -> str | bytes:
    if length is not None:
        whole = reader.take(length)
    else:
        chunks: list[bytes] = []
        while (first := reader.take(1)[0]) != 0xFF:
            reader.left -= 1
            size = _length(reader, first & 31, start)
            if first >> 5 != major or size is None or reader.left < 0:
                raise MalformedFile("CBOR text in wrong pieces", start)
            chunks.append(reader.take(size))
        whole = b"".join(chunks)
    return whole if major == 2 else whole.decode("utf-8", "replace")


def _array(reader: _Reader, length: int | None, depth: int) -> list[object]:
    items: list[object] = []
    while length is None or len(items) < length:
        value = _value(reader, depth + 1)
        if value is _BREAK:
            if length is None:
                break
            raise MalformedFile("a CBOR list that ends too early", reader.at)
        items.append(value)
    return items


def _map(reader: _Reader, length: int | None, depth: int) -> dict[object, object]:
    found: dict[object, object] = {}
    count = 0
    while length is None or count < length:
        key = _value(reader, depth + 1)
        if key is _BREAK and length is None:
            break
        value = _value(reader, depth + 1)
        if key is _BREAK or value is _BREAK or isinstance(key, list | dict):
            raise MalformedFile("a CBOR map with a key or value missing", reader.at)
        found[key] = value
        count += 1
    return found
