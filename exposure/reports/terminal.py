"""The report for people: what matters most and what to do, then what this cannot see. Nobody needs to be an engineer.

Little is kept while the photos pass (`_gathered`); all is printed at the end. rich is imported only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from exposure.model import CollectionFinding, Examination
from exposure.plugins import Heading, Writer, Writing
from exposure.post import Inventory, PostExamination
from exposure.reports._gathered import Gathered
from exposure.reports._head import head


class _Report:
    """The report while the photos pass."""

    __slots__ = ("_gathered", "_heading", "_out")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._heading = out, heading
        self._gathered = Gathered(heading.reveal)

    def photo(self, examination: Examination) -> None:
        self._gathered.add(examination)

    def post(self, examination: PostExamination) -> None:
        self._gathered.add_post(examination)

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        from exposure.reports._page import page
        from exposure.reports._sections import sections

        to = page(self._out)
        head(to, self._gathered, self._heading, archives)
        sections(to, self._gathered, collection, archives, self._heading)


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Report(out, heading)


TERMINAL = Writer("terminal", _begin, ("exposure looked at ", "exposure found no photos "))
