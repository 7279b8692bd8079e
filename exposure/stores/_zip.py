"""The list of a zip (PKWARE APPNOTE 6.3.10): its end of central directory (4.3.16, 4.3.14 for zip64), then each entry.

It is read piece by piece and held against what it says of itself. The members' own bytes are left alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.members import Archived
from exposure.stores._listing import LINK, MOST_MEMBERS, PASSWORD, TOO_MANY, Listing, Member

_END = struct.Struct("<4s4H2LH")
"""Signature, this disk, disk of the list, entries here, entries, length and place of the list, length of the comment."""
_END_64 = struct.Struct("<4sQ2H2L4Q")
"""The same with eight bytes a number: signature, own length, versions, disks, entries, length and place of the list."""
_LOCATOR_LENGTH = 20
_ENTRY = struct.Struct("<4s4xHH4xLLLHHH4xLL")
"""Signature, flags, packing, checksum, packed and full length, lengths of name, extra field and comment, attributes, place."""
_LOCAL_LENGTH = 30
_LONGEST_COMMENT = 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_SATURATED = 0xFFFFFFFF
_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
"""Extra fields: longer numbers (4.5.3), and the name in UTF-8 (4.6.9)."""
_LINK, _NO_FILE = 0o12, (0o1, 0o2, 0o6, 0o14)
"""Kinds of file in the high bits of the attributes, where a Unix system has set them."""
_PIECE = 1 << 20

_PACKING = (
    "this is packed in a way that exposure does not read; unpack the archive yourself and name the folder"
)
_NOWHERE = "the list of this zip points at no file"
_TWO_LENGTHS = "the list of this zip gives it two lengths, so it was not looked at"
_OVER = "it lies over another file of this zip, which is so in no real one; it was not looked at"
_BEFORE = "something stands in this zip before the first file of its list, and was not looked at"
_CUT_OFF = "this zip is cut off or damaged: its list of files is missing; get it once more"


class _Entry(NamedTuple):
    name: str
    flags: int
    packing: int
    crc: int
    taken: int
    length: int
    attributes: int
    start: int


class _Directory(NamedTuple):
    """Where the list lies."""

    start: int
    length: int
    shift: int
    """How much was put before the zip since it was made: all its places are meant from there."""


def is_zip(path: Path) -> bool:
    """Whether a file begins like a zip, or like an empty one. OSError."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def listed(listing: Listing, part: int, file: Archived) -> None:
    """Put every member of one zip into the list. OSError when it cannot be opened."""
    try:
        there = _directory(file)
        _take(listing, part, file, there)
    except MalformedFile as error:
        listing.say(file.path, "", error.message)


def _take(listing: Listing, part: int, file: Archived, there: _Directory) -> None:
    runs: list[tuple[int, int, str]] = []
    first = there.start
    for count, entry in enumerate(_entries(file, there)):
        if count == MOST_MEMBERS:
            listing.say(file.path, "", TOO_MANY)
            break
        start = entry.start + there.shift
        first = min(first, start)
        if entry.name.endswith("/") and not entry.length:
            continue
        end = start + _LOCAL_LENGTH + entry.taken
        why = _refused(entry) or (_NOWHERE if end > there.start else "")
        member = Member(part, start, entry.taken, entry.length, entry.packing == _DEFLATED, entry.crc)
        name = listing.take(file.path, entry.name, why or member)
        if name:
            runs.append((start, end, name))
    if first and file.read(0, 4) == b"PK\3\4":
        listing.say(file.path, "", _BEFORE)
    reached = 0
    for start, end, name in sorted(runs):
        if start < reached:
            listing.drop(file.path, name, _OVER)
        reached = max(reached, end)


def _refused(entry: _Entry) -> str:
    """Why a member is not looked at; empty when it is."""
    kind = entry.attributes >> 28
    if entry.flags & _ENCRYPTED:
        return PASSWORD
    if kind == _LINK:
        return LINK
    if kind in _NO_FILE:
        return "this is a device or a pipe, not a file"
    if entry.packing not in (_STORED, _DEFLATED):
        return _PACKING
    return _TWO_LENGTHS if entry.packing == _STORED and entry.taken != entry.length else ""


def _directory(file: Archived) -> _Directory:
    """Find the list. MalformedFile when there is none."""
    length = min(file.size, _END.size + _LONGEST_COMMENT)
    tail = file.read(file.size - length, length)
    at = tail.rfind(b"PK\x05\x06", 0, max(0, length - _END.size + 4))
    if at < 0:
        raise MalformedFile(_CUT_OFF, file.size)
    _, disk, first, _, _, size, place, _ = _END.unpack_from(tail, at)
    end = file.size - length + at
    if end >= _LOCATOR_LENGTH + _END_64.size:  # it is there for very many files too, whose list is short
        found = _end_64(file, end - _LOCATOR_LENGTH)
        if found is not None and size in (found[2], _SATURATED) and place in (found[3], _SATURATED):
            disk, first, size, place = found
            end -= _LOCATOR_LENGTH + _END_64.size
    if disk or first:
        raise MalformedFile("this is one piece of a zip that was split; join the pieces first", end)
    shift = end - size - place
    if shift < 0:
        raise MalformedFile(_CUT_OFF, end)
    return _Directory(end - size, size, shift)


def _end_64(file: Archived, locator: int) -> tuple[int, int, int, int] | None:
    """Both disks, and the list's length and place, where they take more than four bytes."""
    if file.read(locator, 4) != b"PK\x06\x07":
        return None
    found = _END_64.unpack(file.read(locator - _END_64.size, _END_64.size))
    return (found[4], found[5], found[8], found[9]) if found[0] == b"PK\x06\x06" else None


def _entries(file: Archived, there: _Directory) -> Iterator[_Entry]:
    """Every entry of the list. MalformedFile, after the good ones, where it is damaged."""
    data, at, after = b"", 0, there.start
    end = there.start + there.length
    while True:
        if len(data) - at < _ENTRY.size + 3 * 0xFFFF and after < end:
            more = file.read(after, min(_PIECE, end - after))
            data, at, after = data[at:] + more, 0, after + len(more)
        if at == len(data):
            return
        if len(data) - at < _ENTRY.size or data[at : at + 4] != b"PK\x01\x02":
            raise MalformedFile(
                "the list of this zip is damaged; what stands before the damage was looked at", 0
            )
        _, flags, packing, crc, taken, length, named, extra, comment, attributes, start = _ENTRY.unpack_from(
            data, at
        )
        at += _ENTRY.size
        name, more = data[at : at + named], data[at + named : at + named + extra]
        at += named + extra + comment
        extras = dict(_extras(more))
        long = iter(_long(extras.get(_ZIP64, b"")))
        length, taken, start = (n if n != _SATURATED else next(long, n) for n in (length, taken, start))
        yield _Entry(_name(name, extras), flags, packing, crc, taken, length, attributes, start)


def _extras(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _long(field: bytes) -> Iterator[int]:
    for at in range(0, len(field) - 7, 8):
        yield int.from_bytes(field[at : at + 8], "little")


def _name(name: bytes, extras: dict[int, bytes]) -> str:
    """UTF-8 where it is that, flagged or not (many programs forget the flag), otherwise code page 437."""
    unicode = extras.get(_UNICODE_PATH, b"")
    if unicode[:1] == b"\x01" and int.from_bytes(unicode[1:5], "little") == zlib.crc32(name):
        name = unicode[5:]
    try:
        found = name.decode("utf-8")
    except UnicodeDecodeError:
        found = name.decode("cp437")
    return found.replace("\\", "/")
