"""Lines on a terminal, wrapped at words: rich's one door together with the progress bar.

Only text that has passed `exposure.text` comes here; markup, emoji codes and highlighting are off all the same.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from exposure.model import Level

STYLES = {
    Level.CRITICAL: "bold white on red",
    Level.HIGH: "bold red",
    Level.MEDIUM: "bold yellow",
    Level.LOW: "cyan",
    Level.INFO: "dim",
}

WIDEST = 120
_NARROWEST = 40
_USUAL = 80


@dataclass(frozen=True, slots=True)
class Page:
    """Where lines are written, and how wide they may be, in columns."""

    console: Console
    width: int

    def say(
        self,
        words: str | Text = "",
        indent: int = 0,
        first: str | Text = "",
        style: str = "",
        lead: str = "",
    ) -> None:
        """A paragraph, its `lead` in bold. `first` stands in the room that `indent` leaves on its first line."""
        text = Text(words, style) if isinstance(words, str) else words
        text = Text.assemble((lead, "bold"), text) if lead else text
        begin = Text(first) if isinstance(first, str) else first.copy()
        for line in text.wrap(self.console, self.width - indent, overflow="fold") or [Text()]:
            line.rstrip()
            begin.append(" " * (indent - begin.cell_len if line.plain else 0))
            self.console.print(begin + line, soft_wrap=True)
            begin = Text()

    def command(self, words: str, indent: int, style: str = "bold") -> None:
        """A command or a path on one line, however long it is, so that it can be copied whole."""
        self.console.print(Text(" " * indent).append(words, style), soft_wrap=True)

    def heading(self, words: str) -> None:
        self.say()
        self.say(words, style="bold")
        self.say("-" * len(words), style="dim")


def level_word(level: Level, indent: int = 0) -> Text:
    """``CRITICAL`` in its colour."""
    return Text(" " * indent).append(level.word.upper(), STYLES[level])


def page(out: TextIO) -> Page:
    """A page for `out`: colour only on a terminal that wants it, 80 columns or COLUMNS elsewhere."""
    terminal = out.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = None if terminal else _columns()
    console = Console(
        file=out,
        width=width,
        color_system="auto" if colour else None,
        force_terminal=colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
    return Page(console, max(_NARROWEST, min(console.width, WIDEST)))


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and len(columns) < 5 and int(columns) else _USUAL
