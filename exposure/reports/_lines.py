"""Where the words of a section go, one paragraph at a time: onto a terminal, or into a page."""

from __future__ import annotations

from typing import Protocol


class Lines(Protocol):
    """Whoever writes them down. Only text that has passed `exposure.text` comes here."""

    @property
    def width(self) -> int:
        """How many columns there are."""

    def say(self, words: str = "", indent: int = 0, first: str = "", style: str = "", lead: str = "") -> None:
        """A paragraph, its `lead` in bold. `first` stands before it: a dash, or a command."""

    def command(self, words: str, indent: int, style: str = "bold") -> None:
        """A command that can be copied whole."""

    def heading(self, words: str) -> None:
        """The heading of what follows."""
