"""What the lists of packed files come to: members with plain names, and a sentence for each that is not looked at.

A member's name is only ever what it is called in a report: nothing is written by it.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from exposure.model import Examination, Examined, Problem

MOST_MEMBERS = 2_000_000
"""A part with more files than this is an attack, or nobody's own."""
TOO_MANY = f"it lists more than {MOST_MEMBERS:,} files; the rest was not looked at"
PASSWORD = "this is locked with a password; unpack the archive yourself and name the folder"
LINK = "this is a link, which was not followed"

_TWICE = "the archive holds two files of this name; only the first was looked at"
_LEADS_OUT = "its name leads out of the archive, so it was not looked at"
_LONGEST_NAME = 1_024
_MOST_SAID = 1_000
_DRIVE = re.compile(r"[A-Za-z]:/")
_PACKED = struct.Struct("<I3Q?q")
_MOST = (1 << 64) - 1


class Member(NamedTuple):
    """Where one file lies."""

    part: int
    """Which of the parts it lies in."""
    start: int
    """Its first byte: of its local header in a zip, of itself in a tar."""
    taken: int
    """How many bytes it takes there."""
    length: int
    """How long it is itself."""
    packed: bool
    crc: int = -1
    """CRC-32 of the file itself, as a zip says; -1 where nothing says it."""

    def row(self) -> bytes:
        """As few as can be, since there may be very many. A length that no file has is cut to one that none has either."""
        part, start, taken, length, packed, crc = self
        return _PACKED.pack(part, start, min(taken, _MOST), min(length, _MOST), packed, crc)


class Listing:
    """The members of several parts as one."""

    __slots__ = ("_members", "_more", "_said", "renamed")

    def __init__(self) -> None:
        self._members: dict[str, bytes] = {}
        self.renamed: dict[str, str] = {}
        """What is called otherwise in its own part."""
        self._said: list[tuple[str, str]] = []
        self._more: Counter[tuple[str, str]] = Counter()

    def __iter__(self) -> Iterator[str]:
        """The names of the members, as they came."""
        return iter(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __getitem__(self, name: str) -> Member:
        return Member(*_PACKED.unpack(self._members[name]))

    def take(self, part: str, name: str, member: Member | str) -> str:
        """A member, or why it is not looked at. Its plain name is given back where it is, otherwise nothing."""
        plain, why = _plain(name)
        if not plain:
            return ""
        if not why and isinstance(member, str):
            why = member
        elif not why and plain in self:
            if _is_again(self[plain], member):
                return ""
            own = plain
            plain, why = self._free(plain, member)
            if not why:
                self.renamed[plain] = own
        if why or isinstance(member, str):
            self.say(part, plain, why)
            return ""
        self._members[plain] = member.row()
        return plain

    def _free(self, plain: str, member: Member | str) -> tuple[str, str]:
        """Another name for what another part calls so too, since two photos of one name are two photos. Why not, for what
        one part holds twice."""
        free = f"part {member.part + 1}/{plain}" if isinstance(member, Member) else plain
        is_twice = not isinstance(member, Member) or self[plain].part == member.part
        return (plain, _TWICE) if is_twice or free in self else (free, "")

    def drop(self, part: str, name: str, why: str) -> None:
        """A member that is not looked at after all."""
        del self._members[name]
        self.say(part, name, why)

    def say(self, part: str, name: str, why: str) -> None:
        """Why that file of a part, or of no name the part itself, could not be read."""
        if len(self._said) < _MOST_SAID:
            self._said.append((f"{part}/{name}" if name else part, why))
        else:
            self._more[part, why] += 1

    def gaps(self) -> Iterator[Examination]:
        """One for each that cannot be read; of very many, one for each reason."""
        for name, why in self._said:
            yield gap(name, why)
        for (part, why), number in self._more.items():
            yield gap(part, f"and {number:,} more in it: {why}")


def gap(name: str, why: str, media: str = "") -> Examination:
    """A file that cannot be read."""
    return Examination(name, "unknown", Examined.NONE, problems=(Problem("file", why),), media=media)


def _is_again(known: Member, member: Member | str) -> bool:
    """Whether another part holds the very same file: services put the same lists into each part."""
    return (
        isinstance(member, Member)
        and member.part != known.part
        and member.crc >= 0
        and (member.length, member.crc) == (known.length, known.crc)
    )


def _plain(name: str) -> tuple[str, str]:
    """A member's name without what adds nothing, and why it is not looked at; empty when it may be."""
    if len(name) > _LONGEST_NAME:
        return f"{name[:40]}…", "its name is longer than that of any real file, so it was not looked at"
    if "\0" in name:
        return name.replace("\0", "?"), "its name has a zero byte in it, so it was not looked at"
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return name.lstrip("/"), _LEADS_OUT
    return "/".join(part for part in name.split("/") if part not in ("", ".")), ""
