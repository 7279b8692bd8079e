"""A CAR, version 1: blocks one after the other, each behind its length and its name.

Specification: ipld.io/specs/transport/car/carv1; unsigned varints and CIDs as in github.com/multiformats
(unsigned-varint, cid). A block's name holds the digest of its bytes, which is checked whenever a block is read.
"""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from exposure.cbor import Cid, decode_dag
from exposure.errors import MalformedFile
from exposure.source import Source

LARGEST_BLOCK = 1 << 22
"""No block is longer, in bytes; a record may have 1 MiB (atproto.com/specs/repository, "Security Considerations")."""
MOST_BLOCKS = 5_000_000

_LONGEST_VARINT = 9
_NAME = 128
"""Length and name of a block fit in so many bytes."""
_SHA_256 = 0x12


class Run(NamedTuple):
    """Where a block's bytes lie in the file."""

    offset: int
    length: int


class Car:
    """The blocks of one file, by their names. The source must stay open."""

    __slots__ = ("_runs", "_source", "broken_at", "roots")

    def __init__(self, source: Source) -> None:
        """MalformedFile when it does not begin as a CAR does."""
        self._source = source
        self._runs: dict[bytes, Run] = {}
        self.broken_at: int | None = None
        """From which byte on nothing could be read; None when all was."""
        head = source.read(0, min(_NAME, source.size))
        self.roots, at = _header(source, head)
        try:
            self._index(at)
        except MalformedFile as error:
            self.broken_at = error.offset

    def _index(self, at: int) -> None:
        """MalformedFile where the next block does not begin as it should."""
        for _ in range(MOST_BLOCKS):
            if at == self._source.size:
                return
            head = self._source.read(at, min(_NAME, self._source.size - at))
            length, start = varint(head, 0, at)
            name = cid_at(head, start, at)
            end = at + start + length
            if end > self._source.size or length < len(name.raw):
                raise MalformedFile("a block that runs past the end of the file", at)
            data = at + start + len(name.raw)
            self._runs.setdefault(name.raw, Run(data, end - data))
            at = end

    def has(self, name: Cid) -> bool:
        """Whether there is a block of that name."""
        return name.raw in self._runs

    def block(self, name: Cid) -> object:
        """What a block holds. MalformedFile when it is not there, not what its name says, or no DAG-CBOR."""
        run = self._runs.get(name.raw)
        if run is None or run.length > LARGEST_BLOCK:
            raise MalformedFile("a block that is not in this file, or is too large", 0)
        data = self._source.read(run.offset, run.length)
        if hashlib.sha256(data).digest() != name.raw[-32:] or name.raw[-34:-32] != bytes([_SHA_256, 32]):
            raise MalformedFile("a block whose bytes are not those that its name stands for", run.offset)
        return decode_dag(data)


def _header(source: Source, head: bytes) -> tuple[tuple[Cid, ...], int]:
    """The roots, and where the first block begins."""
    length, start = varint(head, 0, 0)
    if length > LARGEST_BLOCK:
        raise MalformedFile("this is no CAR", 0)
    found = decode_dag(source.read(start, length))
    roots = found.get("roots") if isinstance(found, dict) and found.get("version") == 1 else None
    if not isinstance(roots, list):
        raise MalformedFile("this is no CAR of version 1", 0)
    return tuple(root for root in roots if isinstance(root, Cid)), start + length


def varint(data: bytes, at: int, offset: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends. `offset`: of `data`, for errors."""
    found = 0
    for i, byte in enumerate(data[at : at + _LONGEST_VARINT]):
        found |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return found, at + i + 1
    raise MalformedFile("a number that does not end", offset)


def cid_at(data: bytes, start: int, offset: int) -> Cid:
    """The CID, of version 1, that begins there: version, codec, kind and length of the digest, and the digest."""
    at = start
    numbers = []
    for _ in range(4):
        number, at = varint(data, at, offset)
        numbers.append(number)
    end = at + numbers[3]
    if numbers[0] != 1 or end > len(data):
        raise MalformedFile("a block whose name is none", offset)
    return Cid(data[start:end])


def written(name: Cid) -> str:
    """A CID as people write it: in base32, behind a ``b`` (github.com/multiformats/multibase)."""
    return "b" + base64.b32encode(name.raw).decode().rstrip("=").lower()
