"""Cells of a table for a spreadsheet: none is a formula, and nothing invisible gets into one."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from csv import writer
from typing import Any, Protocol, TextIO

from exposure.text import plain

LONGEST = 2_000
"""Characters of a cell's part; a spreadsheet cuts cells at 32,767."""

_MOST_PARTS = 8
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a formula begins with; spreadsheets take the full-width forms for the plain ones."""


class Rows(Protocol):
    """Where rows are written."""

    def writerow(self, row: Iterable[Any], /) -> Any: ...


def begin(out: TextIO, columns: Sequence[str]) -> Rows:
    """A table with these columns, their names written."""
    if codecs.lookup(getattr(out, "encoding", None) or "utf-8").name == "utf-8":
        out.write("\ufeff")
    rows = writer(out, lineterminator="\n")
    rows.writerow(columns)
    return rows


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    shown = plain(cell, LONGEST * _MOST_PARTS)
    return "'" + shown if shown.lstrip()[:1] in _FORMULA else shown
