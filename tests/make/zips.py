"""Zips and tars byte by byte, with whatever may be wrong in them."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

STORED, DEFLATED = 0, 8


class Entry(NamedTuple):
    """A member; what is None is as it should be."""

    name: str | bytes
    data: bytes = b""
    packing: int = STORED
    flags: int = 0
    attributes: int = 0
    taken: int | None = None
    """The packed length that the list gives."""
    length: int | None = None
    """The full length that the list gives."""
    start: int | None = None
    """Where the list says that it begins."""
    local_packing: int | None = None
    extra: bytes = b""
    raw: bytes | None = None
    """Its packed bytes."""


def zipped(*entries: Entry, before: bytes = b"", comment: bytes = b"", long: bool = False) -> bytes:
    """A zip of them; `before` it other bytes that it does not know of; `long`: as zip64, all places in eight bytes."""
    body, listed = b"", b""
    for entry in entries:
        name = entry.name.encode() if isinstance(entry.name, str) else entry.name
        packed = entry.data if entry.packing == STORED else deflated(entry.data)
        packed = packed if entry.raw is None else entry.raw
        start = len(body) if entry.start is None else entry.start
        body += struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, entry.flags, entry.packing, 0, 0, 0, 0, 0, len(name), 0
        )
        if entry.local_packing is not None:
            body = body[:-22] + struct.pack("<H", entry.local_packing) + body[-20:]
        body += name + packed
        taken = len(packed) if entry.taken is None else entry.taken
        length = len(entry.data) if entry.length is None else entry.length
        numbers, extra = (taken, length, start), entry.extra
        if long:
            extra += struct.pack("<HHQQQ", 1, 24, length, taken, start)
            numbers = (0xFFFFFFFF,) * 3
        listed += struct.pack(
            "<4s6H3L5H2L",
            *(
                b"PK\x01\x02",
                0x314,
                20,
                entry.flags,
                entry.packing,
                0,
                0,
                zlib.crc32(entry.data),
                *numbers[:2],
            ),
            *(len(name), len(extra), 0, 0, 0, entry.attributes, numbers[2]),
        )
        listed += name + extra
    end = b""
    place, size = len(body), len(listed)
    if long:
        end = struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, len(entries), len(entries), size, place
        )
        end += struct.pack("<4sLQL", b"PK\x06\x07", 0, place + size, 1)
        place = size = 0xFFFFFFFF
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), size, place, len(comment))
    return before + body + listed + end + comment


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def tar_entry(
    name: bytes, data: bytes = b"", kind: bytes = b"0", length: int | None = None, link: bytes = b""
) -> bytes:
    """One header, and the bytes behind it."""
    size = len(data) if length is None else length
    head = name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"0" * 11 + b"\0"
    head += b" " * 8 + kind + link.ljust(100, b"\0") + b"ustar\x0000" + bytes(512 - 265)
    head = head[:148] + b"%06o\0 " % sum(head) + head[156:]
    return head + data + bytes(-len(data) % 512)


def pax(**words: str) -> bytes:
    """The extended header of the entry that follows."""
    records = b""
    for key, value in words.items():
        rest = f" {key.replace('__', '.')}={value}\n".encode()
        length = len(rest) + 1
        while len(b"%d" % length) + len(rest) != length:
            length += 1
        records += b"%d" % length + rest
    return tar_entry(b"pax", records, b"x")


def tarred(*entries: bytes, end: bytes = bytes(1024)) -> bytes:
    return b"".join(entries) + end
