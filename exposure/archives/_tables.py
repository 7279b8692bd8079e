"""CSV that may be larger than memory: one line of the table in memory at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from exposure.archives._streaming import MOST_RECORDS, MOST_VALUE, TOO_MANY, coding, piece
from exposure.errors import MalformedFile
from exposure.source import FileSource

_PIECE = 1 << 20
_LONG = "this table has a line longer than any real one, and was read up to there"
_OPEN = "this table is damaged: a quotation mark is never closed, so entries near its end may be missing"


def columns(head: str) -> list[str]:
    """The names in the first line of a table, of which this is the beginning."""
    line = next(io.StringIO(head.lstrip("\ufeff"), newline=""), "")
    return _headed(next(csv.reader([line], delimiter=_between(line)), []))


def _between(head: str) -> str:
    """What stands between cells: a comma, or where a spreadsheet has written the table anew what it is there."""
    return max(",;\t", key=head.count)


def table(source: FileSource) -> Iterator[dict[str, str]]:
    """Its lines by the names of their columns; of a name that comes twice, the later column gets a 2. MalformedFile,
    after all that is good, where it is damaged."""
    csv.field_size_limit(MOST_VALUE)
    some = _lines(source)
    first = next(some, "")
    given = _Given(chain((first,), some))
    head: list[str] = []
    row: list[str] = []
    try:
        for _, row in zip(range(MOST_RECORDS), csv.reader(given, delimiter=_between(first)), strict=False):
            given.length = 0
            if head and row:
                yield dict(zip(head, row, strict=False))
            head = head or _headed(row)
    except csv.Error:
        raise MalformedFile("this table is damaged, and was read up to the damage", 0) from None
    if not given.is_over:
        raise MalformedFile(TOO_MANY, 0)
    if row:  # the empty line behind the last has become a part of it
        raise MalformedFile(_OPEN, 0)


class _Given:
    """Lines, with an empty one behind the last, and how much of them has become no row yet."""

    __slots__ = ("_lines", "is_over", "length")

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self.is_over, self.length = lines, False, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.length += len(line)
            if self.length > MOST_VALUE:
                raise MalformedFile(_LONG, 0)
            yield line
        self.is_over = True
        yield "\n"


def _headed(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        plain = name.strip()
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain} {seen[plain]}")
    return found


def _lines(source: FileSource) -> Iterator[str]:
    """The lines of an open file of text, each with what ends it. MalformedFile at one that is too long."""
    raw = io.BufferedReader(_Raw(source), _PIECE)
    with io.TextIOWrapper(raw, coding(source.read(0, min(2, source.size))), "replace", newline="") as text:
        while line := text.readline(MOST_VALUE):
            if len(line) == MOST_VALUE:
                raise MalformedFile(_LONG, 0)
            yield line


class _Raw(io.RawIOBase):
    """A source as Python's own readers of text want it."""

    def __init__(self, source: FileSource) -> None:
        self._source, self._at = source, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = piece(self._source, self._at, min(len(buffer), self._source.size - self._at))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)
