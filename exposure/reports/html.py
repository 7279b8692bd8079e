"""A page for people: one file that opens in any browser and asks nobody for anything.

The page begins at once, with every photo's row as it comes, in a data block that a browser does not show; what is told
of all photos together follows after it. So the file is written once, and of a photo that has passed only its columns in
a `Collection` (a few dozen bytes and its name) are kept. Posts are told in the order in which to see to them, so they
wait in memory, packed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from exposure.model import CollectionFinding, Examination
from exposure.plugins import Heading, Writer, Writing
from exposure.post import Inventory, PostExamination
from exposure.reports._html._inert import inert
from exposure.reports._html._page import rendered
from exposure.reports._html._passed import Passed


class _Report:
    """The page while the photos pass."""

    __slots__ = ("_heading", "_out", "_passed")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._heading = out, heading
        self._passed = Passed(heading)
        out.write(rendered("begin.html"))

    def photo(self, examination: Examination) -> None:
        first = not self._passed.photos
        row = self._passed.add(examination)
        if row is not None:
            self._out.write(("" if first else ",\n") + inert(row))

    def post(self, examination: PostExamination) -> None:
        self._passed.add_post(examination)

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        from exposure.reports._html._whole import whole

        for piece in whole(self._passed, self._heading, collection, archives):
            self._out.write(piece)


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Report(out, heading)


HTML = Writer("html", _begin, ("<title>What your photos give away</title>",))
