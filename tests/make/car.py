"""Repositories of the AT Protocol from values: DAG-CBOR, the Merkle search tree, and the CAR around them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from exposure.cbor import Cid
from tests.make.cbor import Tagged, cbor

DID = "did:plc:synthetic0000000000000000"
DAG_CBOR, RAW = 0x71, 0x55


def dag(value: object) -> bytes:
    """A value in DAG-CBOR: keys sorted by length, then by bytes; a link as tag 42."""
    return cbor(_linked(value))


def _linked(value: object) -> object:
    if isinstance(value, Cid):
        return Tagged(42, b"\0" + value.raw)
    if isinstance(value, Mapping):
        return {
            key: _linked(value[key]) for key in sorted(value, key=lambda k: (len(k.encode()), k.encode()))
        }
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_linked(inner) for inner in value]
    return value


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
