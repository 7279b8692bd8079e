"""How near to a guessed point the true one lies."""

from __future__ import annotations

from math import hypot

from exposure.inferences._ground import away
from exposure.inferences._stays import Stay

_LEAST, _STEP = 50, 10
"""No guess from photos is better, in metres: phones err by 7 to 13 m in a town, and people walk about."""


def radius(stay: Stay) -> int:
    """The circle, in metres, in which nine of ten visits to a place lie, at least 50."""
    distances = sorted(
        hypot(*away(stay.latitude, stay.longitude, visit.latitude, visit.longitude)) for visit in stay.visits
    )
    return max(_LEAST, -(-int(distances[len(distances) * 9 // 10]) // _STEP) * _STEP)
