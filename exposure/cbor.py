"""A small, bounded reader for CBOR, which C2PA manifests and the repositories of Bluesky are written in.

Specification: RFC 8949, section 3 (encoding), 3.2 (indefinite lengths), 3.4 (tags, whose values are given as if
they were not tagged). DAG-CBOR (ipld.io/specs/codecs/dag-cbor/spec, "Strictness") is the part of it that leaves no two
ways to write a thing: definite lengths, text as keys, and one tag alone, 42, for a link to another block. That writers
sort keys and choose the shortest numbers is not insisted on: a block is known by its digest.
"""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

from exposure.errors import MalformedFile

DEEPEST = 32
MOST_VALUES = 20_000
"""In one piece of CBOR; a manifest has some hundred."""

_LINK = 42
"""The tag of a link in DAG-CBOR."""

_SIMPLE: dict[int, object] = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}
_BREAK = object()


class Cid(NamedTuple):
    """The name of a block: what it is, and the digest of its bytes (github.com/multiformats/cid)."""

    raw: bytes


class _Reader:
    """Where reading stands; nothing but position, what may still be read, and by which rules."""

    __slots__ = ("at", "bytes", "is_dag", "left")

    def __init__(self, of: bytes, most: int, *, is_dag: bool = False) -> None:
        self.bytes, self.at, self.left, self.is_dag = of, 0, most, is_dag

    def take(self, length: int) -> bytes:
        start, self.at = self.at, self.at + length
        if self.at > len(self.bytes):
            raise MalformedFile("CBOR that is cut off", start)
        return self.bytes[start : self.at]


def decode(encoded: bytes, most: int = MOST_VALUES) -> tuple[object, int]:
    """The first value, and how many values are in it; what follows it is not looked at.

    A value is a dict, list, str, bytes, int, float, bool or None. MalformedFile where it breaks the rules, is
    deeper than a real one could be, or holds more than `most` values.
    """
    reader = _Reader(encoded, most)
    value = _value(reader, 0)
    if value is _BREAK:
        raise MalformedFile("CBOR that ends before it began", 0)
    return value, most - reader.left


def decode_dag(encoded: bytes, most: int = MOST_VALUES) -> object:
    """The one value that a block of DAG-CBOR is. Links in it are `Cid`s. MalformedFile where it breaks the rules."""
    reader = _Reader(encoded, most, is_dag=True)
    value = _value(reader, 0)
    if reader.at != len(encoded):
        raise MalformedFile("CBOR with something behind its end", reader.at)
    return value


def _value(reader: _Reader, depth: int) -> object:
    reader.left -= 1
    if depth > DEEPEST or reader.left < 0:
        raise MalformedFile("CBOR that is deeper or longer than it may be", reader.at)
    start = reader.at
    first = reader.take(1)[0]
    major, minor = first >> 5, first & 31
    if reader.is_dag:
        _permitted(major, minor, start)
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
        if reader.is_dag:
            return _cid(length, value, start)
        if value is _BREAK:
            raise MalformedFile("CBOR that ends where a value should be", start)
        return value
    return length if major == 0 else -1 - length


def _permitted(major: int, minor: int, start: int) -> None:
    """MalformedFile for the initial bytes that DAG-CBOR does without."""
    if minor == 31 or (major == 7 and minor not in (20, 21, 22, 27)):
        raise MalformedFile("CBOR that DAG-CBOR does not permit", start)


def _cid(tag: int, value: object, start: int) -> Cid:
    if tag != _LINK or not isinstance(value, bytes) or not value.startswith(b"\0"):
        raise MalformedFile("CBOR with a tag that is no link", start)
    return Cid(value[1:])


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
        if reader.is_dag and not math.isfinite(number):
            raise MalformedFile("CBOR with a number that is none", start)
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
    if major == 2:
        return whole
    try:
        return whole.decode("utf-8", "strict" if reader.is_dag else "replace")
    except UnicodeDecodeError:
        raise MalformedFile("CBOR text that is not UTF-8", start) from None


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
        if reader.is_dag and (not isinstance(key, str) or key in found):
            raise MalformedFile("a CBOR map whose keys are not words, or come twice", reader.at)
        found[key] = value
        count += 1
    return found
