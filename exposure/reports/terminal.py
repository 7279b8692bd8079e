"""The report for people: what matters most and what to do, then what this cannot see. Nobody needs to be an engineer.

Little is kept while the photos pass (`_gathered`); all is printed at the end. rich is imported only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from exposure.model import CollectionFinding, Context, Examination, Examined
from exposure.plugins import Heading, Writer, Writing
from exposure.reports._gathered import Gathered
from exposure.reports._words import count, sentence, some
from exposure.text import plain

if TYPE_CHECKING:
    from exposure.reports._page import Page

_PROFILES = {
    "survivor": "somebody who keeps away from a known person",
    "journalist": "a journalist",
    "parent": "a parent",
    "activist": "an activist",
}
_AUDIENCES = {
    "link": "seen by whoever has the link",
    "friends": "seen by friends",
    "not-shared-yet": "not shared yet",
}


class _Report:
    """The report while the photos pass."""

    __slots__ = ("_gathered", "_heading", "_out")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._heading = out, heading
        self._gathered = Gathered(heading.reveal)

    def photo(self, examination: Examination) -> None:
        self._gathered.add(examination)

    def end(self, collection: Sequence[CollectionFinding]) -> None:
        from exposure.reports._page import page
        from exposure.reports._sections import sections

        to = page(self._out)
        _head(to, self._gathered, self._heading)
        sections(to, self._gathered, collection, self._heading)


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Report(out, heading)


TERMINAL = Writer("terminal", _begin)


def _head(to: Page, gathered: Gathered, heading: Heading) -> None:
    where = some(heading.paths) or "nothing"
    to.say(f"exposure looked at {count(gathered.photos, 'photo')} in {where}.", style="bold")
    examined = gathered.examined
    if unread := examined[Examined.NONE] + sum(gathered.media.values()):
        to.say(f"{count(unread, 'file')} could not be examined at all.", 2, style="bold yellow")
    if partial := examined[Examined.PARTIAL]:
        to.say(f"{count(partial, 'photo')} could be examined only in part.", 2, style="bold yellow")
    if bounded := examined[Examined.BOUNDED]:
        to.say(
            f"Of {count(bounded, 'photo')} only the declared parts were read; "
            "the picture data itself was not searched. --deep does that.",
            2,
        )
    for line in _circumstances(heading):
        to.say(line, 2)
    if not heading.reveal:
        to.say("Values from your photos are masked; --reveal shows them.", 2)


def _circumstances(heading: Heading) -> Iterator[str]:
    """What moved the levels, where that is not the default."""
    context, usual = heading.settings.context, Context()
    parts = []
    if context.profile != usual.profile:
        parts.append(f"for {_PROFILES.get(context.profile, plain(context.profile))}")
    if context.persona != usual.persona:
        parts.append("for an account that is not under your real name")
    if context.audience != usual.audience:
        parts.append(f"for photos {_AUDIENCES.get(context.audience, plain(context.audience))}")
    if parts:
        yield f"Judged {', '.join(parts)}."
    if context.destination is not None:
        from exposure.context import destination_note

        yield sentence(destination_note(context.destination, heading.settings.today))
