"""Do the times belong to the places? Where they were mixed up, nothing may be concluded from both together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._visits import Visit, visits

_SOON = 20 * 60
"""Two photos within this time, in seconds, are compared."""
_FAST = 12.0
"""Between two places where somebody stops to take photos, few are faster, in metres a second (43 km/h)."""
_FAR_M = 600.0
"""Shorter jumps may be errors of the positions."""
_MANY, _SHARE, _LEAST = 3, 0.5, 0.1
"""So many jumps, this share of the jumps there would be if chance had dealt out the times, and this share of all
pairs are no accident: a phone that sees no satellites is a kilometre off in a few photos of a hundred."""


@lru_cache(8)
def plausible(collection: Collection) -> bool:
    """Whether somebody could have been at these places at these times.

    Photos of one go are at one place in any life, and all over the map once times were mixed. So what two cameras of one
    model, a clock that fell back, or a few wrong times leave is told from mixed times by how often the next photo jumps:
    beside how often it would if its place were that of any other photo. Each day weighs the same.
    """
    every = visits(collection)
    seen: dict[int, list[tuple[bool, bool]]] = defaultdict(list)
    for day, jumped, strays in _pairs(every):
        seen[day].append((jumped, strays))
    jumps = [sum(jumped for jumped, _ in some) / len(some) for some in seen.values()]
    by_chance = [sum(strays for _, strays in some) / len(some) for some in seen.values()]
    if sum(jumped for some in seen.values() for jumped, _ in some) < _MANY:
        return True
    return sum(jumps) < max(_LEAST * len(seen), _SHARE * sum(by_chance))


def _pairs(every: Sequence[Visit]) -> Iterator[tuple[int, bool, bool]]:
    """Of each photo and the next one soon after it: the day, whether they are too far apart, and whether the first would be
    from the photo that stands half of all away in the order of time."""
    holder = [number for number, visit in enumerate(every) for _ in visit.photos]
    first = 0
    for number, visit in enumerate(every):
        last = first + len(visit.photos) - 1
        after = every[number + 1] if number + 1 < len(every) else None
        for place in range(first, last + 1):
            other = visit if place < last else after
            gap = 0 if other is visit else other.start - visit.end if other is not None else _SOON + 1
            if other is not None and gap <= _SOON:
                far = every[holder[(place + len(holder) // 2) % len(holder)]]
                yield visit.day, other is not visit and _is_jump(visit, other, gap), _is_jump(visit, far, gap)
        first = last + 1


def _is_jump(one: Visit, other: Visit, gap: int) -> bool:
    distance = metres(one.latitude, one.longitude, other.latitude, other.longitude)
    return distance > _FAR_M and distance > _FAST * max(gap, 1)
