"""Repositories of the AT Protocol from values: DAG-CBOR, the Merkle search tree, and the CAR around them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from exposure.cbor import Cid

DID = "did:plc:synthetic0000000000000000"
DAG_CBOR, RAW = 0x71, 0x55


def dag(value: object) -> bytes:
    """A value in DAG-CBOR: keys sorted by length, then by bytes; a link as tag 42."""
    if isinstance(value, Cid):
        return b"\xd8\x2a" + dag(b"\0" + value.raw)
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
    if isinstance(value, Mapping):
        pairs = sorted((len(key.encode()), dag(key), dag(inner)) for key, inner in value.items())
        return _head(5, len(pairs)) + b"".join(key + inner for _, key, inner in pairs)
    assert isinstance(value, Sequence)
    return _head(4, len(value)) + b"".join(map(dag, value))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    width = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([major << 5 | 24 + width]) + number.to_bytes(1 << width, "big")


def cid(data: bytes, codec: int = DAG_CBOR) -> Cid:
    return Cid(bytes([1, codec, 0x12, 32]) + hashlib.sha256(data).digest())


def varint(number: int) -> bytes:
    found = b""
    while number >= 0x80:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def car(root: Cid, blocks: Iterable[tuple[Cid, bytes]], version: int = 1) -> bytes:
    head = dag({"version": version, "roots": [root]})
    sections = [varint(len(name.raw) + len(data)) + name.raw + data for name, data in blocks]
    return varint(len(head)) + head + b"".join(sections)


class Blocks:
    """What was written so far."""

    def __init__(self) -> None:
        self.held: dict[Cid, bytes] = {}

    def put(self, value: object) -> Cid:
        data = dag(value)
        self.held[cid(data)] = data
        return cid(data)


def layer(key: str) -> int:
    """In which layer of the tree a key is: half the zero bits that its digest begins with."""
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(key.encode()).digest())
    return (len(bits) - len(bits.lstrip("0"))) // 2


def tree(blocks: Blocks, records: Mapping[str, Cid]) -> Cid:
    top = max(map(layer, records), default=0)
    return _node(blocks, sorted(records.items()), top)


def _node(blocks: Blocks, some: Sequence[tuple[str, Cid]], at: int) -> Cid:
    here = [i for i, (key, _) in enumerate(some) if layer(key) == at]
    bounds = [-1, *here, len(some)]
    below = [_node(blocks, some[a + 1 : b], at - 1) if b - a > 1 else None for a, b in pairwise(bounds)]
    entries, before = [], b""
    for i, right in zip(here, below[1:], strict=True):
        key = some[i][0].encode()
        shared = next(
            (n for n, (x, y) in enumerate(zip(key, before, strict=False)) if x != y),
            min(len(key), len(before)),
        )
        entries.append({"p": shared, "k": key[shared:], "v": some[i][1], "t": right})
        before = key
    return blocks.put({"l": below[0], "e": entries})


def repository(records: Mapping[str, Any], did: str = DID) -> bytes:
    """A whole repository of these records by their keys."""
    blocks = Blocks()
    root = tree(blocks, {key: blocks.put(record) for key, record in records.items()})
    commit = blocks.put(
        {"did": did, "version": 3, "data": root, "rev": "3kabc", "prev": None, "sig": b"\1" * 64}
    )
    return car(commit, reversed(blocks.held.items()))
