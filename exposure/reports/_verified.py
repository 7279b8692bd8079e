"""Copies held against their originals, for people: one line for each, what stands against it, and a sum."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from exposure.cleaning.verify import NO_COPY, NO_ORIGINAL, STILL, Verified
from exposure.reports._commands import typed
from exposure.reports._page import page
from exposure.reports._words import count, file_name, sentence

_LEFT_OUT = (
    "This looks at the files alone: what can be seen in a picture, and what its name tells, stays as it is."
)
_MORE = {NO_COPY: "without a copy", NO_ORIGINAL: "without an original that they could be copies of"}
_MOST_LACKING = 20
"""Of either, that are named."""


class Verdicts:
    """Lines as they come; only counts are kept."""

    __slots__ = ("_after", "_lacking", "_still", "_to", "other", "proven", "unproven")

    def __init__(self, out: TextIO, after: str) -> None:
        self._to, self._after = page(out), after
        self._still = False
        self._lacking: Counter[str] = Counter()
        self.proven = self.unproven = self.other = 0

    def take(self, one: Verified) -> None:
        """Write what there is to say of one copy."""
        if not one.photo:
            self.other += 1
            return
        self.proven += not one.against
        self.unproven += bool(one.against)
        self._still |= any(words.startswith(STILL) for words in one.against)
        for lacking in _MORE.keys() & set(one.against):
            self._lacking[lacking] += 1
            if self._lacking[lacking] > _MOST_LACKING:
                return
        to, width = self._to, self._to.width - 13
        word = "not proven" if one.against else "proven"
        to.say(file_name(one.name, width), 12, first=f"{word:12}", style="bold" if one.against else "")
        for words in one.against:
            to.say(sentence(words), 14, first=" " * 12 + "-")
        for words in one.notes:
            to.say(sentence(words), 14, first=" " * 12 + "-")

    def end(self) -> None:
        """Write the sum."""
        to = self._to
        for lacking, words in _MORE.items():
            if (more := self._lacking[lacking] - _MOST_LACKING) > 0:
                to.say(f"not proven  and {more:,} more {words}", style="bold")
        if self.proven or self.unproven:
            to.say()
        total = count(self.proven + self.unproven, "photo")
        if not self.proven and not self.unproven:
            to.say("There is no photo here that could be held against another.", style="bold")
        elif self.unproven:
            to.say(f"{total}: {self.proven:,} proven, {self.unproven:,} not", style="bold")
        else:
            alone = self.proven == 1
            to.say(
                f"{total}: {'proven clean, and the same picture' if alone else 'all proven clean, and the same pictures'}",
                style="bold",
            )
        if self.other:
            to.say(f"{count(self.other, 'other file')} (no photo): not looked at.")
        if self._lacking[NO_ORIGINAL]:
            to.say(
                "In folders, a copy belongs to the original of the same name. To verify copies that were renamed, name "
                "each original and its copy."
            )
        if self._still:
            to.say(
                "If the copies were made with --keep, --place or --time, give the same here. What they tell, in plain "
                "words:"
            )
            to.command(f"exposure scan {typed(self._after)}", 2)
        to.say(_LEFT_OUT)
