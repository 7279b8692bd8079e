"""A zip, or several part zips as one (PKWARE APPNOTE 6.3.10).

zipfile reads the list of members; their bytes are read by offset, so a worker needs only numbers.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from exposure.errors import CannotRun, MalformedFile, reason
from exposure.members import DeflatedMember, StoredMember
from exposure.model import Examination, Examined, Problem
from exposure.source import FileSource
from exposure.stores._loading import LARGEST_LIST, load

MOST_MEMBERS = 2_000_000
"""An archive with more files than this is an attack, or nobody's own."""

_LOCAL = struct.Struct("<4s22xHH")
"""Of a local file header (4.3.7): signature, length of the name, length of the extra field."""


class _Member(NamedTuple):
    part: int
    """Which of the parts it lies in."""
    header: int
    """Where its local header begins, in bytes."""
    method: int
    packed: int
    length: int


def is_zip(path: Path) -> bool:
    """Whether a file begins like a zip, or like an empty one."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


class ZipStore:
    """The members of one or several zips."""

    __slots__ = ("_members", "_unread", "parts", "path")

    def __init__(self, parts: Sequence[Path]) -> None:
        """CannotRun when a part cannot be opened at all."""
        self.parts, self.path = tuple(parts), str(parts[0])
        self._members: dict[str, _Member] = {}
        self._unread: dict[str, str] = {}
        for number, part in enumerate(self.parts):
            try:
                with zipfile.ZipFile(part) as opened:
                    self._take(number, opened.infolist())
            except OSError as error:
                raise CannotRun(f"{part} cannot be opened: {reason(error)}") from error
            except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
                self._unread[str(part)] = f"this zip is damaged: {error}"

    def _take(self, part: int, infos: Sequence[zipfile.ZipInfo]) -> None:
        for info in infos[:MOST_MEMBERS]:
            if info.is_dir():
                continue
            name = info.filename.replace("\\", "/")
            why = _refused(info, name)
            if why:
                self._unread[f"{self.parts[part]}/{name}"] = why
            elif name not in self._members:
                self._members[name] = _Member(
                    part, info.header_offset, info.compress_type, info.compress_size, info.file_size
                )

    @property
    def names(self) -> Sequence[str]:
        return sorted(self._members)

    def has(self, name: str) -> bool:
        return name in self._members

    def source(self, name: str) -> FileSource:
        member = self._members[name]
        path = self.parts[member.part]
        shown, start = f"{path}/{name}", self._start(path, member)
        if member.method == zipfile.ZIP_STORED:
            return StoredMember(str(path), shown, start, member.length)
        return DeflatedMember(str(path), shown, start, member.packed, member.length)

    def _start(self, path: Path, member: _Member) -> int:
        with path.open("rb") as file:
            file.seek(member.header)
            signature, name, extra = _LOCAL.unpack(file.read(_LOCAL.size).ljust(_LOCAL.size, b"\0"))
        if signature != b"PK\x03\x04":
            raise MalformedFile("the list of this zip points at no file", member.header)
        return member.header + _LOCAL.size + int(name) + int(extra)

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        with self.source(name) as source:
            return load(source, limit)

    def walk(self) -> Iterator[FileSource | Examination]:
        for name, why in sorted(self._unread.items()):
            yield Examination(name, "unknown", Examined.NONE, problems=(Problem("file", why),))
        for name in self.names:
            try:
                yield self.source(name)
            except MalformedFile as error:
                shown = f"{self.parts[self._members[name].part]}/{name}"
                yield Examination(shown, "unknown", Examined.NONE, problems=(Problem("file", error.message),))


def _refused(info: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not looked at; empty when it is."""
    if info.flag_bits & 1:
        return "this is locked with a password; unpack the zip yourself and name the folder"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return (
            "this is packed in a way that exposure does not read; unpack the zip yourself and name the folder"
        )
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return "its name leads out of the archive, so it was not looked at"
    if (info.external_attr >> 28) == 0o12:
        return "this is a link, which was not followed"
    return ""
