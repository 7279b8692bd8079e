"""A repository of the AT Protocol: a commit, and a tree of all records by their keys.

Specification: atproto.com/specs/repository, "Commit Objects" and "MST Structure". A node of the Merkle search tree has
its entries ``e`` in the order of their keys: ``p`` bytes of the key before and ``k`` after them, the record ``v``, the
subtree ``t`` right of it; ``l`` is the subtree left of all. The signature is not checked: it is the person's own file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exposure.archives._car import Car
from exposure.cbor import Cid
from exposure.errors import MalformedFile

DEEPEST = 128
"""A key's layer is half the zero bits that its SHA-256 begins with."""
MOST_STEPS = 10_000_000


class Commit(NamedTuple):
    """The newest state of a repository."""

    did: str
    tree: Cid


class Leaf(NamedTuple):
    """One record."""

    key: str
    """Collection and record key: ``app.bsky.feed.post/3kabc``."""
    record: Cid


def commit(car: Car) -> Commit:
    """MalformedFile when this is no repository."""
    found = car.block(car.roots[0]) if car.roots else None
    did, tree = (found.get("did"), found.get("data")) if isinstance(found, dict) else (None, None)
    if not isinstance(did, str) or not isinstance(tree, Cid):
        raise MalformedFile("this is no repository of Bluesky", 0)
    return Commit(did, tree)


def leaves(car: Car, tree: Cid) -> Iterator[Leaf | MalformedFile]:
    """Every record in the order of the keys, and an error in the place of each subtree that cannot be read. No node is
    looked at twice, so that a tree cannot be made to grow beyond its file."""
    waiting: list[Leaf | tuple[Cid, int]] = [(tree, 0)]
    seen: set[bytes] = set()
    for _ in range(MOST_STEPS):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, Leaf):
            yield item
            continue
        name, depth = item
        try:
            if name.raw in seen or depth > DEEPEST:
                raise MalformedFile("a tree that leads in a circle", 0)
            seen.add(name.raw)
            waiting.extend(reversed(list(_node(car.block(name), depth))))
        except MalformedFile as error:
            yield error


def _node(node: object, depth: int) -> Iterator[Leaf | tuple[Cid, int]]:
    """Subtrees, with their depth, and records of one node in order; MalformedFile when it is none."""
    entries = node.get("e") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(entries, list):
        raise MalformedFile("a node of the tree that is none", 0)
    if isinstance(left := node.get("l"), Cid):
        yield left, depth + 1
    key = b""
    for entry in entries:
        key = _key(entry, key)
        record, right = entry.get("v"), entry.get("t")
        if not isinstance(record, Cid):
            raise MalformedFile("an entry of the tree without its record", 0)
        yield Leaf(key.decode("ascii", "replace"), record)
        if isinstance(right, Cid):
            yield right, depth + 1


def _key(entry: object, before: bytes) -> bytes:
    shared, rest = (entry.get("p"), entry.get("k")) if isinstance(entry, dict) else (None, None)
    if not isinstance(shared, int) or not isinstance(rest, bytes) or not 0 <= shared <= len(before):
        raise MalformedFile("an entry of the tree that is none", 0)
    return before[:shared] + rest
