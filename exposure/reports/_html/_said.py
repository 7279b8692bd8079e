"""The sections that all reports for people share, as parts of the page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Passage:
    """Paragraphs, items of a list, or commands, one after another."""

    kind: str
    """words, strong, warning, item or command."""
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """What stands below one heading."""

    heading: str
    passages: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """Writes down what is said, for the page's templates (a `Lines`)."""

    width: int = 120
    sections: list[Section] = field(default_factory=lambda: [Section("")])

    def say(self, words: str = "", indent: int = 0, first: str = "", style: str = "", lead: str = "") -> None:
        first = first.strip()
        if first and first != "-":
            self.command(first, indent)
        if words:
            strong = "warning" if "yellow" in style else "strong" if "bold" in style else "words"
            self._add("item" if first == "-" else strong, lead + words)

    def command(self, words: str, indent: int, style: str = "bold") -> None:
        self._add("command", words)

    def heading(self, words: str) -> None:
        self.sections.append(Section(words))

    def _add(self, kind: str, words: str) -> None:
        passages = self.sections[-1].passages
        if not passages or passages[-1].kind != kind:
            passages.append(Passage(kind))
        passages[-1].lines.append(words)
