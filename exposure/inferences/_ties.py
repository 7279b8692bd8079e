"""Photos that hang together because each carries a mark that another one carries too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterator
from typing import NamedTuple

from exposure.collection import MARKS, Collection


class Tied(NamedTuple):
    """Photos that hang together."""

    photos: list[int]
    marks: dict[int, list[int]]
    """Every mark that more than one of them carries, and which do."""


def ties(collection: Collection, kinds: Some[str], but: Some[int] = ()) -> Iterator[Tied]:
    """Each set of photos that hang together by marks of these kinds, in the order of their first photos; `but`: marks
    that count for nothing."""
    carriers: dict[int, list[int]] = defaultdict(list)
    for photo in range(len(collection)):
        for mark in collection.marks_of(photo):
            if MARKS[mark & 7] in kinds and mark not in but:
                carriers[mark].append(photo)
    shared = {mark: photos for mark, photos in carriers.items() if len(photos) > 1}
    above: dict[int, int] = {}
    for photos in shared.values():
        first = _top(above, photos[0])
        for photo in photos[1:]:
            above[_top(above, photo)] = first
    sets: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for mark, photos in shared.items():
        sets[_top(above, photos[0])][mark] = photos
    found = [Tied(sorted({p for photos in marks.values() for p in photos}), marks) for marks in sets.values()]
    yield from sorted(found, key=lambda tied: tied.photos[0])


def _top(above: dict[int, int], photo: int) -> int:
    """The photo that stands for all that this one hangs together with."""
    while (up := above.setdefault(photo, photo)) != photo:
        above[photo] = above[up]
        photo = up
    return photo
