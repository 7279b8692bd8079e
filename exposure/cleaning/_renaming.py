"""Neutral names for copies: they keep neither the time, nor the order, nor the folder of their originals.

A private mapping for each output folder says which copy is which photo, so that a second run gives the same names.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from exposure.cleaning._private import NAMES, locked
from exposure.cleaning._write import settle
from exposure.plugins import Format

_NEUTRAL = re.compile(r"photo-(?=[0-9]*[a-f])[0-9a-f]{8}\.[a-z]{2,5}")
_MAPPING = re.compile(r"[0-9a-f]{16}\.jsonl")


def neutral_name(extension: str) -> str:
    """A name that says nothing: ``photo-3fa07b1c.jpg``. It always has a letter in it, so nobody takes it for a date."""
    while True:
        name = f"photo-{secrets.token_hex(4)}{extension}"
        if is_neutral(name):
            return name


def is_neutral(name: str) -> bool:
    """Whether a file has the kind of name that `neutral_name` gives."""
    return _NEUTRAL.fullmatch(name) is not None


def extension(format_: Format) -> str:
    """What names of this format end with, the same for all: ``.jpg``. How an original is spelled can tell its maker."""
    return format_.extensions[0]


class Names:
    """The names in one output folder. Any process may ask at any time; each gets what the others were given."""

    __slots__ = ("_file", "_folder", "_given", "_private", "_read", "_taken")

    def __init__(self, folder: Path, private: Path) -> None:
        self._folder, self._private = folder, private
        key = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
        self._file = private / NAMES / f"{key}.jsonl"
        self._begin()

    def _begin(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._read = 0

    @staticmethod
    @cache
    def of(folder: Path, private: Path) -> Names:
        """The names in this output folder, which the private place (`_private.prepared`) remembers."""
        return Names(folder, private)

    def name_for(self, original: Path | str, extension: str) -> str:
        """The name that the copy of this original has, or from now on will have; it lies safely on the disk by then."""
        path = os.path.abspath(original)  # noqa: PTH100  # a link has a name of its own
        with locked(self._private):
            self._learn()
            if (path, extension) not in self._given:
                name = neutral_name(extension)
                while name in self._taken or os.path.lexists(self._folder / name):
                    name = neutral_name(extension)
                self._remember(path, name)
        return self._given[path, extension]

    def _learn(self) -> None:
        """Read what was appended since we looked; a line that a stopped run left unfinished says nothing."""
        size = self._file.stat().st_size if self._file.exists() else 0
        if size < self._read:  # it was forgotten meanwhile
            self._begin()
        if size > self._read:
            with self._file.open("rb") as file:
                file.seek(self._read)
                lines = file.read()
            self._read += len(lines)
            for original, name in pairs(lines):
                self._take(original, name)

    def _take(self, original: str, name: str) -> None:
        self._given[original, Path(name).suffix] = name
        self._taken.add(name)

    def _remember(self, original: str, name: str) -> None:
        """Append one line; after a line that a stopped run left unfinished, on a line of its own."""
        first = self._read == 0
        lines = json.dumps({"original": original, "name": name}) + "\n"
        if first:
            lines = json.dumps({"folder": str(self._folder.resolve())}) + "\n" + lines
        with open(self._file, "ab", opener=_opener) as file:
            file.write(b"\n" * (not first) + lines.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
            self._read = file.tell()
        if first:
            settle(self._file.parent)
        self._take(original, name)


def pairs(lines: bytes) -> Iterator[tuple[str, str]]:
    """Which original got which name, from the lines of a mapping."""
    for line in lines.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if (
            isinstance(row, dict)
            and isinstance(row.get("original"), str)
            and is_neutral(str(row.get("name")))
        ):
            yield row["original"], str(row["name"])


def mappings(private: Path) -> Iterator[tuple[Path, int]]:
    """Every mapping in the private place, and how many names it holds."""
    for path in sorted((private / NAMES).glob("*.jsonl")):
        if _MAPPING.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            yield path, sum(1 for _ in pairs(path.read_bytes()))


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
