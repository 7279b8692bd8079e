"""A packed file, or several part files of one export as one: zips, tars, and tars in a gzip."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from exposure.errors import reason
from exposure.members import Archived, DeflatedMember, Inflated, StoredMember, TarredMember
from exposure.model import Examination
from exposure.source import FileSource
from exposure.stores import _tar, _zip
from exposure.stores._listing import Listing, gap
from exposure.stores._loading import LARGEST_LIST, load

PACKED = (".zip", ".tar", ".tgz", ".gz")
"""What packed files are called; what they are, their content says."""
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz")

INSIDE = "archive inside an archive"
"""As a kind of media that is not read."""
_NOT_OPENED = "this is an archive inside an archive, which was not opened; take it out and name it"


def is_packed(path: Path) -> bool:
    """Whether a file is a zip or a tar by its content, whatever it is called."""
    try:
        return _zip.is_zip(path) or _tar.is_tar(path)
    except OSError:
        return False


class PackedStore:
    """The members of one or several packed files."""

    __slots__ = ("_files", "_listing", "_names", "_tars", "parts", "path")

    def __init__(self, parts: Sequence[Path]) -> None:
        self.parts, self.path = tuple(parts), str(parts[0])
        self._listing = Listing()
        self._names: tuple[str, ...] | None = None
        self._tars: dict[int, Inflated | None] = {}
        self._files: list[Archived] = []
        for number, part in enumerate(self.parts):
            self._files.append(Archived(str(part), 0, 0))
            try:
                self._files[number] = Archived.of(part)
                self._list(number, part)
            except OSError as error:
                self._listing.say(str(part), "", f"this archive cannot be opened: {reason(error)}")

    def _list(self, number: int, part: Path) -> None:
        if _tar.is_tar(part):
            read, self._tars[number] = _tar.reading(part)
            _tar.listed(self._listing, number, part, read, self._tars[number] is not None)
        else:
            _zip.listed(self._listing, number, self._files[number])

    @property
    def names(self) -> Sequence[str]:
        if self._names is None:
            self._names = tuple(sorted(self._listing))
        return self._names

    def has(self, name: str) -> bool:
        return name in self._listing

    def source(self, name: str) -> FileSource:
        number, start, taken, length, packed, _ = self._listing[name]
        file, shown = self._files[number], f"{self.parts[number]}/{self._listing.renamed.get(name, name)}"
        tar = self._tars.get(number)
        if tar is not None:
            return TarredMember(file, shown, tar, start, length)
        if packed:
            return DeflatedMember(file, shown, start, taken, True, length)
        return StoredMember(file, shown, start, taken, number not in self._tars)

    def sum(self, name: str) -> tuple[int, int] | None:
        """Length and CRC-32 of a member, as its zip says, without reading it; None where nothing says them."""
        member = self._listing[name]
        return (member.length, member.crc) if member.crc >= 0 else None

    def read(self, name: str, limit: int = LARGEST_LIST) -> bytes:
        with self.source(name) as source:
            return load(source, limit)

    def walk(self, given: Container[str] = ()) -> Iterator[FileSource | Examination]:
        yield from self._listing.gaps()
        in_order = any(self._tars.values())  # of a packed tar, that order is the only cheap one
        for name in tuple(self._listing) if in_order else self.names:
            if name.lower().endswith(_ARCHIVES):
                yield gap(f"{self._files[self._listing[name].part].path}/{name}", _NOT_OPENED, INSIDE)
            elif name not in given:
                yield self.source(name)
