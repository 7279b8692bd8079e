"""The skeleton of a TIFF file: which directories it has, and where each of their values lies.

It tells structure only, for cutting a file into parts; what the values say is the EXIF decoder's matter.
TIFF 6.0, section 2; TIFF Technical Note 1 (SubIFDs); the BigTIFF design; Exif 3.0, section 4.6.3 (IFD pointers).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.source import Window
from exposure.tiff import SIZES

MOST_DIRECTORIES = 2_000
"""More pages, previews and sub-directories than any photo or scan has."""
MOST_ENTRIES = 100_000
"""Entries in all directories together."""

_WHOLE_NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}

SUB_IFDS = 330
ASIDE = frozenset(["Exif IFD", "GPS IFD", "Interop IFD"])
"""Directories that hold no picture."""
_POINTERS = {SUB_IFDS: "SubIFD", 0x8769: "Exif IFD", 0x8825: "GPS IFD", 0xA005: "Interop IFD"}


class Header(NamedTuple):
    """How a TIFF stream is written."""

    order: str
    """``<`` for II, ``>`` for MM, as in struct."""
    big: bool
    first: int
    """Offset of IFD0."""

    @property
    def size(self) -> int:
        """Of the header itself, in bytes."""
        return 16 if self.big else 8


class Entry(NamedTuple):
    """One tag of a directory."""

    tag: int
    type: int
    values: int
    """How many there are."""
    offset: int
    """Where its value lies: inside the directory when it is small enough."""
    length: int
    """Of its value, in bytes; 0 when the type is unknown, which readers must skip (TIFF 6.0, section 2)."""
    inline: bool


class Directory(NamedTuple):
    """One IFD."""

    name: str
    """IFD0, IFD1… for those that follow each other; SubIFD, Exif IFD, GPS IFD, Interop IFD."""
    offset: int
    length: int
    entries: dict[int, Entry]
    """By tag; the first of each counts."""

    @property
    def chained(self) -> bool:
        """Whether it is one of those that follow each other from IFD0 on."""
        return self.name.startswith("IFD")


def header(window: Window) -> Header:
    """The first bytes of a TIFF stream; MalformedFile when they are no such thing."""
    start = window.head(16)
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order and len(start) >= 8 and start[2:4] == struct.pack(f"{order}H", 42):
        return Header(order, False, int(struct.unpack(f"{order}I", start[4:8])[0]))
    if order and len(start) == 16 and start[2:8] == struct.pack(f"{order}HHH", 43, 8, 0):
        return Header(order, True, int(struct.unpack(f"{order}Q", start[8:])[0]))
    raise MalformedFile("this has no TIFF header", 0)


def directories(window: Window, head: Header) -> Iterator[Directory | MalformedFile]:
    """Every directory, each once, in the order IFD0, what hangs from it, IFD1, …

    What is broken comes as a MalformedFile in between, and the walk goes on where it can. An Exif, GPS or Interop
    IFD that is broken does not: nothing of the picture is lost with it, and the EXIF decoder says so.
    """
    pending = [(head.first, "IFD0", 4)]
    seen: set[int] = set()
    entries = 0
    while pending:
        at, name, pointer = pending.pop()
        if at in seen:  # an IFD that two point to; in the chain it would never end
            if name.startswith("IFD"):
                yield MalformedFile("its pages lead back to themselves", pointer)
            continue
        seen.add(at)
        if len(seen) + len(pending) > MOST_DIRECTORIES or entries > MOST_ENTRIES:
            yield MalformedFile("it has more directories than any photo", pointer)
            return
        try:
            directory, following, cut_off = _directory(window, head, at, name, pointer)
        except MalformedFile as error:
            if name not in ASIDE:
                yield error
            continue
        entries += len(directory.entries)
        yield directory
        if cut_off and name not in ASIDE:
            yield MalformedFile(f"{name} runs past the end of the file", at)
        pending += _following(window, head, directory, following)


def _directory(window: Window, head: Header, at: int, name: str, pointer: int) -> tuple[Directory, int, bool]:
    """The directory at `at`, the offset of the next one, and whether the end of the file cut it off."""
    count_code, code, inline = ("Q", "HHQQ", 8) if head.big else ("H", "HHII", 4)
    start, size = at + (8 if head.big else 2), 20 if head.big else 12
    if at < head.size or start > window.size:
        raise MalformedFile(f"{name} is said to lie outside the file", pointer)
    (count,) = struct.unpack(f"{head.order}{count_code}", window.read(at, start - at))
    fitting = min(count, (window.size - start) // size)
    if fitting > MOST_ENTRIES:
        raise MalformedFile(f"{name} has more entries than any photo", at)
    data = window.read(start, fitting * size)
    entries: dict[int, Entry] = {}
    where = start + size - inline
    for tag, type_, values, offset in struct.iter_unpack(head.order + code, data):
        length = SIZES.get(type_, 0) * values
        small = length <= inline
        entries.setdefault(tag, Entry(tag, type_, values, where if small else offset, length, small))
        where += size
    end = start + fitting * size
    following = 0
    if fitting == count and end + inline <= window.size:
        following = int.from_bytes(window.read(end, inline), "little" if head.order == "<" else "big")
        end += inline
    return Directory(name, at, end - at, entries), following, fitting < count


def _following(
    window: Window, head: Header, directory: Directory, following: int
) -> list[tuple[int, str, int]]:
    """The directories that this one leads to, the next to be read last: offset, name and where that is said."""
    found = []
    said = directory.offset + directory.length - (8 if head.big else 4)
    if following and directory.chained:
        found.append((following, f"IFD{int(directory.name[3:]) + 1}", said))
    elif following and directory.name == "SubIFD":
        found.append((following, "SubIFD", said))
    for tag, name in _POINTERS.items():
        entry = directory.entries.get(tag)
        if entry is not None:
            offsets = numbers(window, head, entry, MOST_DIRECTORIES)
            found += [(offset, name, directory.offset) for offset in reversed(offsets)]
    return found


def numbers(window: Window, head: Header, entry: Entry, most: int) -> tuple[int, ...]:
    """An entry's whole numbers, `most` of them at the most; none when its type has none or they lie outside."""
    code = _WHOLE_NUMBERS.get(entry.type)
    count = min(entry.values, most)
    if code is None or entry.offset + entry.length > window.size:
        return ()
    return struct.unpack(f"{head.order}{count}{code}", window.read(entry.offset, count * SIZES[entry.type]))


def number(window: Window, head: Header, directory: Directory, tag: int) -> int | None:
    """The first whole number of a tag, or None."""
    entry = directory.entries.get(tag)
    found = numbers(window, head, entry, 1) if entry is not None else ()
    return found[0] if found else None
