"""What was kept, over all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from exposure.comparing._sights import OTHER, Sight
from exposure.context import KINDS
from exposure.ground import metres

KEPT, CHANGED, REMOVED, ADDED = "kept", "changed", "removed", "added"
NAME, POSITION, PREVIEW = "filename", "gps", "thumbnail"
GROUPS = (*KINDS, OTHER)
"""The kinds of metadata, in the order in which they are told."""

FEWEST = 3
"""Over fewer pairs nothing is said of what a service does."""

_SAME_M = 15.0
_STEM = 4
"""Letters of a file's name without its ending, of which a shorter one stands in another name by accident."""
_MOST_PATHS = 2_000


class Example(NamedTuple):
    """A value in the first pair in which that happened."""

    before: str
    after: str


@dataclass(slots=True)
class Tally:
    """Counts of pairs."""

    pairs: int = 0
    groups: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """For each kind of metadata, how many originals had it and lost it, kept it, or got it changed; and how many copies
    got it from the service."""
    fields: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """The same of each field, by kind and path."""
    examples: dict[tuple[str, str, str], Example] = field(default_factory=dict)
    """By kind, path and what happened."""
    sizes: Counter[str] = field(default_factory=Counter)
    """same, smaller or other: the picture in pixels."""
    encoded: Counter[str] = field(default_factory=Counter)
    """same, again or format: whether the picture was compressed anew."""

    def add(self, original: Sight, copy: Sight) -> None:
        self.pairs += 1
        self._position(original, copy)
        self._previews(original, copy)
        self._name(original.name, copy.name)
        before, after = original.kinds(), copy.kinds()
        for group in GROUPS:
            done = [self._field(group, path, original, copy) for path in before.get(group, ())]
            if done and group not in (POSITION, PREVIEW):
                self.groups[group][_overall(done)] += 1
            elif not done and after.get(group):
                self.groups[group][ADDED] += 1
            for path in after.get(group, ()):
                if path not in original.fields:
                    self._count(group, path, ADDED, "", copy.fields[path])
        self._picture(original, copy)

    def keeps(self, group: str) -> str | bool:
        """What a platform's row says of that kind: whether it was kept, "partial" for changed, and "unknown" where too few
        originals had it or pairs disagree."""
        found = self.groups.get(group, Counter())
        had = found[KEPT] + found[CHANGED] + found[REMOVED]
        if had < FEWEST:
            return "unknown"
        for word, value in ((REMOVED, False), (KEPT, True), (CHANGED, "partial")):
            if found[word] == had:
                return value
        return "unknown"

    def _count(self, group: str, path: str, what: str, before: str, after: str) -> None:
        if (group, path) in self.fields or len(self.fields) < _MOST_PATHS:
            self.fields[group, path][what] += 1
            self.examples.setdefault((group, path, what), Example(before, after))

    def _field(self, group: str, path: str, original: Sight, copy: Sight) -> str:
        before, after = original.fields[path], copy.fields.get(path)
        means = original.means.get(path, frozenset())
        if after == before or before in copy.values or (means and means <= copy.told):
            what = KEPT
        else:
            what = REMOVED if after is None else CHANGED
        self._count(group, path, what, before, after or "")
        return what

    def _position(self, original: Sight, copy: Sight) -> None:
        """Wherever it stands: a service may write it anew in another place of the file."""
        told = self.groups[POSITION]
        left = [path for path in copy.kinds().get(POSITION, ()) if path in original.fields]
        if original.place is None:
            if original.kinds().get(POSITION):
                told[KEPT if left else REMOVED] += 1
            elif copy.place is not None:
                told[ADDED] += 1
        elif copy.place is not None:
            told[KEPT if metres(*original.place, *copy.place) <= _SAME_M else CHANGED] += 1
        else:
            told[CHANGED if left else REMOVED] += 1

    def _previews(self, original: Sight, copy: Sight) -> None:
        told = self.groups[PREVIEW]
        if original.previews:
            same = set(original.previews) & set(copy.previews)
            told[KEPT if same else CHANGED if copy.previews else REMOVED] += 1
        elif copy.previews:
            told[ADDED] += 1

    def _name(self, before: str, after: str) -> None:
        one, other = PurePath(before).stem.casefold(), PurePath(after).stem.casefold()
        part = len(one) >= _STEM and one in other
        self.groups[NAME][KEPT if one == other else CHANGED if part else REMOVED] += 1

    def _picture(self, original: Sight, copy: Sight) -> None:
        before, after = sorted(original.size), sorted(copy.size)
        smaller = after[0] <= before[0] and after[1] <= before[1]
        self.sizes["same" if before == after else "smaller" if smaller else "other"] += 1
        same = original.pixels == copy.pixels
        self.encoded["format" if original.format != copy.format else "same" if same else "again"] += 1


def _overall(done: list[str]) -> str:
    """Of a kind of which some fields were kept, that is what counts."""
    return next(word for word in (KEPT, CHANGED, REMOVED) if word in done)
