"""The inferences, asked again and again of what would be left."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exposure.collection import Collection
from exposure.model import Claim
from exposure.names import Names
from exposure.plugins import Inference

_MOST_KEPT = 200_000
"""How many photos the questions together may name whose answers are remembered."""


@dataclass(slots=True)
class Asking:
    """A collection, or those of its photos that say all that it says, to be asked as if some were cleaned."""

    inferences: Sequence[Inference]
    collection: Collection
    photos: Sequence[int]
    """Of each photo in it, its number outside."""
    looks: float
    """How many photos all further questions together may look at; it is up to whoever asks to stop."""
    _inside: dict[int, int] = field(default_factory=dict)
    _left: tuple[frozenset[int], Collection] | None = None
    _known: dict[frozenset[int], dict[str, list[Claim]]] = field(default_factory=dict)
    _kept: int = 0
    """How many photos the questions in `_known` name."""

    def said(self, rule: str, cleaned: frozenset[int]) -> list[Claim]:
        """What the inference of that name says of the rest; nothing for a name that none has."""
        known = self._answers(cleaned)
        if rule not in known:
            left = self.without(cleaned)
            known[rule] = [
                claim._replace(
                    photos=[self.photos[photo] for photo in claim.photos],
                    enough=[self.photos[photo] for photo in claim.enough],
                )
                for each in self.inferences
                if each.id == rule
                for claim in each.infer(left)
            ]
            self.looks -= (len(left) - len(left.left_out)) / len(self.inferences)
        return known[rule]

    def _answers(self, cleaned: frozenset[int]) -> dict[str, list[Claim]]:
        """Those to earlier questions about the same photos; all are forgotten where they come to hold too many."""
        if cleaned not in self._known:
            self._kept += 1 + len(cleaned)
            if self._kept > _MOST_KEPT:
                self._known.clear()
                self._kept = 1 + len(cleaned)
            self._known[cleaned] = {}
        return self._known[cleaned]

    def without(self, cleaned: frozenset[int]) -> Collection:
        """The same object for the same question: inferences share what they find in it."""
        if self._left is None or self._left[0] != cleaned:
            if not self._inside:
                self._inside = {photo: number for number, photo in enumerate(self.photos)}
            gone = (self._inside[photo] for photo in cleaned if photo in self._inside)
            self._left = cleaned, self.collection.without(gone)
        return self._left[1]


def asking(
    collection: Collection, inferences: Sequence[Inference], but: frozenset[int], looks: float
) -> Asking:
    """Without the photos of `but`, which say nothing new, the collection is a smaller one and asked more quickly."""
    photos = [photo for photo in range(len(collection)) if photo not in but]
    return Asking(inferences, restricted(collection, photos) if but else collection, photos, looks)


def restricted(collection: Collection, photos: Sequence[int]) -> Collection:
    """A collection of just these photos, in this order. It shares what is not kept for each photo, and cannot grow."""
    marks, people = array("Q"), array("I")
    mark_starts, people_starts = array("I", [0]), array("I", [0])
    for photo in photos:
        marks.extend(collection.marks[collection.mark_starts[photo] : collection.mark_starts[photo + 1]])
        people.extend(
            collection.people[collection.people_starts[photo] : collection.people_starts[photo + 1]]
        )
        mark_starts.append(len(marks))
        people_starts.append(len(people))
    return replace(
        collection,
        names=Names(collection.names[photo] for photo in photos),
        latitude=array("d", (collection.latitude[photo] for photo in photos)),
        longitude=array("d", (collection.longitude[photo] for photo in photos)),
        accuracy=array("f", (collection.accuracy[photo] for photo in photos)),
        taken=array("q", (collection.taken[photo] for photo in photos)),
        offset=array("h", (collection.offset[photo] for photo in photos)),
        device=array("i", (collection.device[photo] for photo in photos)),
        cues=bytearray(collection.cues[photo] for photo in photos),
        marks=marks,
        mark_starts=mark_starts,
        people=people,
        people_starts=people_starts,
        account=array("H", (collection.account[photo] for photo in photos)),
        look=array("Q", (collection.look[photo] for photo in photos)),
        faint=array("Q", (collection.faint[photo] for photo in photos)),
        copies=array("b", (collection.copies[photo] for photo in photos)),
        left_out=frozenset(number for number, photo in enumerate(photos) if photo in collection.left_out),
    )
