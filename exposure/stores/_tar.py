"""The list of a tar (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar's long names), plain or in a gzip.

There is no list in a tar: it is read through, from header to header. Whatever breaks its rules ends that, and is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.members import GZIP, Archived, Inflated, grown
from exposure.stores._listing import LINK, MOST_MEMBERS, TOO_MANY, Listing, Member

_BLOCK = 512
_ZEROS = bytes(_BLOCK)
_LONGEST_HEADER = 1 << 20
"""No extended header or long name is read beyond this, in bytes."""
_MOST_ZEROS = 2_048
"""So many empty blocks end a tar for certain; two would, but tars are joined behind each other too."""

_FILES, _FOLDER, _SPARSE = (b"0", b"\0", b"7"), b"5", b"S"
_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL = b"L", b"K", b"x", b"g"
_REFUSED = {
    b"1": "this is another name of a file in the archive, which was not looked at again",
    b"2": LINK,
    b"3": "this is a device, not a file",
    b"4": "this is a device, not a file",
    b"6": "this is a pipe, not a file",
}
_UNKNOWN = (
    "this is stored in a way that exposure does not read; unpack the archive yourself and name the folder"
)

Read = Callable[[int, int], bytes]
"""Bytes of the tar itself by offset and length; fewer at its end."""


class _Entry(NamedTuple):
    """One header."""

    name: str
    start: int
    """Where the bytes that it announces begin."""
    length: int
    kind: bytes


def is_tar(path: Path) -> bool:
    """Whether a file begins like a tar, or is a gzip in which something begins like one; of a damaged gzip, whether it is
    called so. OSError."""
    try:
        head = reading(path)[0](0, _BLOCK)
        return head[257:262] == b"ustar" or (
            len(head) == _BLOCK and _adds_up(head)
        )  # older ones have no such word
    except MalformedFile:
        return path.name.lower().endswith((".tgz", ".tar.gz"))


def _adds_up(head: bytes) -> bool:
    return _number(head[148:156]) == sum(head) - sum(head[148:156]) + 8 * ord(" ")


def reading(path: Path) -> tuple[Read, Inflated | None]:
    """How to read the tar in this file, and what unpacks it where it is packed."""
    file = Archived.of(path)

    def plain(offset: int, length: int) -> bytes:
        return file.read(offset, min(length, file.size - offset)) if offset < file.size else b""

    if plain(0, 3) != b"\x1f\x8b\x08":
        return plain, None
    packed = Inflated(file.read, file.size, GZIP, grown, "this archive grows more than any real one does")
    return packed.read, packed


def listed(listing: Listing, part: int, path: Path, read: Read, packed: bool) -> None:
    """Put every member of one tar into the list."""
    try:
        for count, entry in enumerate(_entries(read)):
            if count == MOST_MEMBERS:
                listing.say(str(path), "", TOO_MANY)
                return
            if entry.kind in _FILES:
                member = Member(part, entry.start, entry.length, entry.length, packed)
                listing.take(str(path), entry.name, member)
            else:
                listing.take(str(path), entry.name, _REFUSED.get(entry.kind, _UNKNOWN))
    except MalformedFile as error:
        listing.say(
            str(path), "", f"this archive is damaged: {error.message}; what stands before was looked at"
        )


def _entries(read: Read) -> Iterator[_Entry]:
    """Every file, link and device, with its full name. MalformedFile where the tar breaks its rules."""
    at = zeros = 0
    told: dict[str, str] = {}  # what extended headers say of the next entry
    for_all: dict[str, str] = {}
    while zeros < _MOST_ZEROS:
        head = read(at, _BLOCK)
        at += _BLOCK
        if head == _ZEROS:
            zeros += 1
            continue
        if len(head) < _BLOCK:
            if not zeros or head.strip(b"\0"):
                raise MalformedFile("it breaks off", at)
            return
        zeros = 0
        entry = _entry(head, at)
        if entry.kind in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL):
            if entry.kind == _PAX_ALL:
                for_all |= _pax(_words(read, entry))
            elif entry.kind == _PAX:
                told |= _pax(_words(read, entry))
            elif entry.kind == _LONG_NAME:
                told["path"] = _text(_words(read, entry).rstrip(b"\0"))
        else:
            entry = _told(entry, {**for_all, **told})
            told = {}
            if entry.kind != _FOLDER and not (entry.kind in _FILES and entry.name.endswith("/")):
                yield entry
            if entry.kind in _REFUSED or entry.kind == _FOLDER:
                continue  # whatever length they state, nothing follows
            if entry.kind == _SPARSE and head[482]:
                at = _behind_holes(read, at)
        at += -(-entry.length // _BLOCK) * _BLOCK


def _behind_holes(read: Read, at: int) -> int:
    """Where the bytes of a file begin whose holes take more than its header to list."""
    while True:
        more = read(at, _BLOCK)
        at += _BLOCK
        if len(more) < _BLOCK:
            raise MalformedFile("it breaks off", at)
        if not more[504]:
            return at


def _entry(head: bytes, start: int) -> _Entry:
    if not _adds_up(head):
        raise MalformedFile("one of its headers does not add up", start - _BLOCK)
    name = head[:100].partition(b"\0")[0]
    if head[257:263] == b"ustar\0" and head[345]:
        name = head[345:500].partition(b"\0")[0] + b"/" + name
    length = _number(head[124:136])
    if length < 0:
        raise MalformedFile("a length below zero", start - _BLOCK)
    return _Entry(_text(name), start, length, head[156:157])


def _number(field: bytes) -> int:
    """Octal digits, or GNU's base 256 for large ones."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big") - (0x80 << 8 * (len(field) - 1))
        return value if field[0] == 0x80 else -1
    try:
        return int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        raise MalformedFile("a number that is none", 0) from None


def _words(read: Read, entry: _Entry) -> bytes:
    """The bytes of an extended header."""
    if entry.length > _LONGEST_HEADER:
        raise MalformedFile("a name longer than any real one", entry.start)
    words = read(entry.start, entry.length)
    if len(words) < entry.length:
        raise MalformedFile("it breaks off", entry.start + len(words))
    return words


def _pax(words: bytes) -> dict[str, str]:
    """Records of the form ``27 path=Photos/a.jpg\\n``; the number counts all of it."""
    found = {}
    at = 0
    while at < len(words):
        digits = words[at : at + 20].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        key, equals, value = words[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if not equals or length < len(digits) + 3 or at + length > len(words):
            raise MalformedFile("an extended header that is none", at)
        found[_text(key)] = _text(value)
        at += length
    return found


def _told(entry: _Entry, told: dict[str, str]) -> _Entry:
    """An entry with the name and the length that extended headers give it."""
    name, length = told.get("path", entry.name), told.get("size", "")
    if length.isdigit() and len(length) < 20:
        entry = entry._replace(length=int(length))
    sparse = any(key.startswith("GNU.sparse.") for key in told)
    return entry._replace(name=told.get("GNU.sparse.name", name), kind=_SPARSE if sparse else entry.kind)


def _text(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("latin-1")
