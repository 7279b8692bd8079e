"""What is gathered from one file and the files inside it, and how much of it there is room for.

A photo may be built to exhaust: every total has a limit, and what was left out for want of room is a `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from exposure.model import Block, Fact, Field, Kind, Problem
from exposure.source import Window

MOST_FIELDS = 50_000
"""Values of one kind in one file, and twice as many in that file and those inside it."""
_MOST_VALUES = 1 << 23
"""How long the values of a file may be together: characters, bytes, and an eighth of the numbers in lists."""
_MOST_BYTES = 1 << 25
"""Bytes of all metadata blocks together, of the kinds that are read whole."""
_READ_WHOLE = frozenset({Kind.XMP, Kind.IPTC, Kind.PHOTOSHOP, Kind.ICC, Kind.JUMBF, Kind.TEXT, Kind.COMMENT})
_MOST_TIMES = 4
"""How often the bytes of a file may be read as files inside it, all told."""
_SMALL_ENOUGH = 1 << 24
"""So many bytes of files inside a file are read in any case."""
_MOST_PROBLEMS = 1_000


@dataclass(slots=True)
class Gathering:
    """What is being gathered from one file and the files inside it."""

    fields: list[Field] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    embedded: dict[tuple[int, int], Window] = field(default_factory=dict)
    """The embedded files that were met already, by source and first byte: each is read once."""
    searched: bool = True
    """Whether every byte was looked at so far."""
    values: int = _MOST_VALUES
    """Room left for the lengths of values."""
    count: int = 2 * MOST_FIELDS
    """Room left for values."""
    bytes: int = _MOST_BYTES
    """Room left for the bytes of blocks that are read whole."""
    inside: int = 0
    """Room left for the bytes of files inside the file."""

    @classmethod
    def of(cls, size: int) -> Gathering:
        """An empty one for a file of that many bytes."""
        return cls(inside=_MOST_TIMES * size + _SMALL_ENOUGH)

    def say(self, problem: Problem) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)

    def takes(self, field: Field) -> bool:
        """Whether there is room for one more value."""
        self.count -= 1
        value = field.value
        if type(value) is str or type(value) is bytes:
            self.values -= len(value)
        elif type(value) is tuple:
            self.values -= 8 * len(value)
        return self.count >= 0 and self.values >= 0

    def affords(self, block: Block) -> bool:
        """Whether one more block may be read, however often its bytes are given again under another name."""
        if block.kind in _READ_WHOLE:
            self.bytes -= block.window.size
        return self.bytes >= 0 and self.count > 0 and self.values > 0

    def say_once(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.say(problem)
