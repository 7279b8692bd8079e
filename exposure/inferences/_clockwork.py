"""Do the times belong to the places? Where they were mixed up, nothing may be concluded from both together."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._visits import visits

_SOON = 20 * 60
"""Two visits within this time, in seconds, are compared."""
_FAST = 12.0
"""Between two places where somebody stops to take photos, few are faster, in metres a second (43 km/h)."""
_FAR_M = 600.0
"""Shorter jumps may be errors of the positions."""
_MANY, _SHARE = 3, 0.4
"""So many jumps, and this share of all pairs, are no accident."""


@lru_cache(8)
def plausible(collection: Collection) -> bool:
    """Whether somebody could have been at these places at these times."""
    pairs = jumps = 0
    for one, other in pairwise(visits(collection)):
        gap = other.start - one.end
        if gap <= _SOON:
            distance = metres(one.latitude, one.longitude, other.latitude, other.longitude)
            pairs += 1
            jumps += distance > _FAR_M and distance > _FAST * max(gap, 1)
    return jumps < _MANY or jumps < _SHARE * pairs
