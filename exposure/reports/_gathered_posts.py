"""What a report for people keeps of the posts that pass: counts, and the few to begin with."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from exposure.guards import usable
from exposure.model import Level
from exposure.post import PostExamination
from exposure.reports._posts import OPEN, Card, card, group, rank

MOST_CARDS = 4
"""Posts of each group that are shown in full."""


@dataclass(slots=True)
class Posts:
    """The counts and the first cards of one run."""

    reveal: bool
    number: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    """How many there are in each of `GROUPS`."""
    levels: Counter[Level | None] = field(default_factory=Counter)
    """How many of those to see to have this as their worst level."""
    placed: int = 0
    """Posts of one's own that show a position, and of which there is no photo."""
    _first: dict[str, list[tuple[tuple[int, ...], int, Card]]] = field(default_factory=dict)
    """Of each group a heap, the least urgent first."""

    def add(self, examination: PostExamination) -> None:
        at = group(examination)
        self.number += 1
        self.groups[at] += 1
        post = examination.post
        self.placed += post.own and not post.photos and any(map(usable, post.facts.places))
        if at not in OPEN:
            return
        self.levels[examination.worst] += 1
        first = self._first.setdefault(at, [])
        urgency = tuple(-n for n in rank(examination))
        if len(first) < MOST_CARDS:
            heapq.heappush(first, (urgency, -self.number, card(examination, self.reveal)))
        elif (urgency, -self.number) > first[0][:2]:
            heapq.heapreplace(first, (urgency, -self.number, card(examination, self.reveal)))

    def first(self, group: str, most: int = MOST_CARDS) -> list[Card]:
        """The most urgent of a group, the first of them first."""
        found = sorted(self._first.get(group, ()), key=lambda entry: entry[:2], reverse=True)
        return [each for _, _, each in found[:most]]
