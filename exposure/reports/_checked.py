"""What a check found new, for people and for logs that others may read: no value, only what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from exposure.checking import Checked, New
from exposure.model import CollectionFinding, Examination, Finding, Level
from exposure.plugins import CLEAN, RENAME
from exposure.reports._commands import exact, for_file, remedied
from exposure.reports._page import level_word, page
from exposure.reports._words import SURENESS, count, sentence, some, title, titles

_INDENT = 10
_MOST_PROBLEMS = 3
_NAME = 60


class News:
    """Lines as the photos come."""

    __slots__ = ("_known", "_paths", "_to")

    def __init__(self, out: TextIO, paths: Sequence[str]) -> None:
        self._to, self._paths = page(out), paths
        self._known: dict[str, str] = {}

    def photo(self, examination: Examination, gap: bool) -> None:
        """What is new in one photo, and why it could not be read whole."""
        found = sorted(examination.findings, key=lambda f: (-f.gate, -f.confidence, f.rule))
        if not found and not gap:
            return
        to, name = self._to, examination.name
        to.command(sentence(name), 0)
        for finding in found:
            self._finding(finding)
        commands = {finding.command for finding in found if finding.command}
        if commands:
            to.command(for_file(RENAME if RENAME in commands else CLEAN, name), _INDENT)
        for finding in found:
            if not finding.command:
                to.say(sentence(finding.remedy), _INDENT)
        if gap:
            self._gap(examination)
        to.say()

    def together(self, new: Sequence[New]) -> None:
        """What is new in many photos together."""
        for each in new:
            found, to = each.finding, self._to
            to.say("Many photos together" if not each.newly else newly(each), style="bold")
            self._title(found, found.level)
            to.say(sentence(found.message), _INDENT)
            self._fix(each.newly or found.fix)
            to.say()

    def end(self, checked: Checked, least: str, update: str, baseline: str | None) -> None:
        """The sum. `update` is the command that accepts what is found now; `baseline` the file, when it was written."""
        to = self._to
        if checked.new or baseline is None:
            to.say(_sum(checked, least), style="bold")
        for line in _gaps(checked):
            to.say(line)
        if baseline is not None:
            self._written(checked, baseline)
            return
        if checked.gone:
            are = "finding is" if checked.gone == 1 else "findings are"
            to.say(f"{checked.gone:,} accepted {are} gone. This drops them:")
            to.command(update, 2)
        elif checked.new or checked.unread:
            to.say("To accept what is listed, as it is, and be told only of what is new from then on:")
            to.command(update, 2)

    def _written(self, checked: Checked, baseline: str) -> None:
        to, taken = self._to, checked.taken.total()
        to.say(
            f"Accepted from now on: {count(taken, 'more finding')}."
            if taken
            else "Nothing more is accepted.",
            style="bold",
        )
        for (level, rule), number in sorted(
            checked.taken.items(), key=lambda item: (-item[0][0], item[0][1])
        ):
            to.say(f"{self._named(rule)} ({number:,})", _INDENT, first=level_word(level))
        if checked.gone:
            to.say(f"Dropped, because gone: {count(checked.gone, 'finding')}.")
        to.say(
            f"{count(checked.accepted, 'finding')} in all. They stand in this file, which holds no value, name or place:"
        )
        to.command(sentence(baseline), 2)

    def _finding(self, found: Finding) -> None:
        self._title(found, found.gate)
        self._to.say(sentence(found.message), _INDENT)

    def _title(self, found: Finding | CollectionFinding, level: Level) -> None:
        sure = SURENESS[found.confidence]
        self._to.say(
            f" ({sure})" if sure else "", _INDENT, first=level_word(level), lead=self._named(found.rule)
        )

    def _named(self, rule: str) -> str:
        self._known = self._known or titles()
        return title(rule, self._known)

    def _gap(self, examination: Examination) -> None:
        for problem in examination.problems[:_MOST_PROBLEMS]:
            self._to.say(f"Could not be examined: {sentence(problem.message)}", _INDENT)
        if not examination.problems:
            self._to.say("Could not be examined, or not whole.", _INDENT)

    def _fix(self, photos: Sequence[str]) -> None:
        """The command for just these photos; for all when they are too many to name, or nobody knows which."""
        to = self._to
        if photos and (command := exact(CLEAN, photos)) is not None:
            to.command(command, _INDENT)
            return
        if photos:
            to.say(f"Share clean copies of these {len(photos):,} photos: {some(photos, _NAME)}.", _INDENT)
        to.say("This makes a clean copy of every photo:", _INDENT)
        to.command(remedied(CLEAN, self._paths), _INDENT)


def _sum(checked: Checked, least: str) -> str:
    photos = count(checked.photos, "photo")
    if checked.new:
        more = f", {checked.accepted:,} accepted before" if checked.accepted else ""
        return f"{count(checked.new, 'new finding')} in {photos}{more}."
    if least == "never":
        return f"With --fail-on never nothing counts: {photos} looked at."
    more = f", {checked.accepted:,} accepted" if checked.accepted else ""
    return f"Nothing new at or above {least} in {photos}{more}. That does not mean safe."


def _gaps(checked: Checked) -> Iterator[str]:
    """What was not read: it may tell anything."""
    if checked.unread:
        yield f"{count(checked.unread, 'file')} could not be examined, or only in part: see above."
    if checked.unread_accepted:
        files = count(checked.unread_accepted, "file")
        yield f"{files} could not be examined, or only in part, which was accepted."
    if checked.unread_beside:
        yield f"{count(checked.unread_beside, 'file')} of --with could not be examined, or only in part."


def newly(new: New) -> str:
    """``With a.jpg, these photos now tell this; without it they would not.``"""
    one = len(new.newly) == 1
    return f"With {some(new.newly, _NAME)} these photos now tell this; without {'it' if one else 'them'} they would not:"
