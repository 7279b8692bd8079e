"""Values in CBOR, for Content Credentials and for the repositories of Bluesky."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Tagged(NamedTuple):
    """A value with a tag that says what it means."""

    tag: int
    value: object


def cbor(value: object) -> bytes:
    """A value in CBOR (RFC 8949): None, bool, int, float, str, bytes, lists, maps in their order, and `Tagged` ones."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, Tagged):
        return _head(6, value.tag) + cbor(value.value)
    if isinstance(value, Mapping):
        return _head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())
    assert isinstance(value, Sequence)
    return _head(4, len(value)) + b"".join(map(cbor, value))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    width = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([major << 5 | 24 + width]) + number.to_bytes(1 << width, "big")
