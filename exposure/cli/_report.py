"""Scan paths into a report: the writer begins when there is something to write, and the bar is gone when it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

from exposure.cli._output import output
from exposure.errors import CannotRun
from exposure.model import CollectionFinding, Examination
from exposure.plugins import Heading, Writer, Writing, plugins_of
from exposure.post import Account, Inventory, Post, PostExamination
from exposure.reports._progress import Bar

if TYPE_CHECKING:
    from exposure.running import Outcome


class _Late:
    """A report that is begun only with its first photo, so that a scan that cannot run leaves nothing behind."""

    __slots__ = ("_bar", "_heading", "_out", "_writer", "_writing")

    def __init__(self, writer: Writer, out: TextIO, heading: Heading, bar: Bar | None) -> None:
        self._writer, self._out, self._heading, self._bar = writer, out, heading, bar
        self._writing: Writing | None = None

    def photo(self, examination: Examination) -> None:
        if self._writing is None:
            self._writing = self._writer.begin(self._out, self._heading)
        self._writing.photo(examination)

    def post(self, examination: PostExamination) -> None:
        if self._writing is None:
            self._writing = self._writer.begin(self._out, self._heading)
        self._writing.post(examination)

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        if self._bar is not None:
            self._bar.close()
        if self._writing is None:
            self._writing = self._writer.begin(self._out, self._heading)
        self._writing.end(collection, archives)


def report(
    format: str,
    heading: Heading,
    jobs: int,
    file: str | None = None,
    accounts: Mapping[str, Account] | None = None,
    ticked: Callable[[Post], bool] = lambda post: False,
) -> Outcome:
    """Scan the heading's paths and write the report, to stdout or into `file`.

    `accounts`: whose posts lie under some of the paths. `ticked`: whether a post was ticked off.
    """
    from exposure.archives import is_there
    from exposure.scanning import scan

    for path in heading.paths:
        if not is_there(path):
            raise CannotRun(f"there is nothing at {path}")
    (writer,) = plugins_of(f"reports.{format}", Writer)
    with ExitStack() as stack:
        out = stack.enter_context(output(file))
        streams = out.isatty() and format != "terminal"  # a bar would run through the report's own lines
        bar = stack.enter_context(Bar(sys.stderr)) if sys.stderr.isatty() and not streams else None
        writing = _Late(writer, out, heading, bar)
        return scan(
            heading.paths,
            heading.settings,
            jobs,
            writing,
            bar,
            heading.after,
            accounts=accounts,
            ticked=ticked,
        )
