"""Distances on the ground."""

from __future__ import annotations

import math

METRES = 111_195.0
"""One degree of latitude, on a sphere of 6,371 km."""


def metres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance between two points in degrees (haversine formula; a sphere is exact to half a per cent)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * METRES * math.degrees(math.asin(math.sqrt(min(half, 1.0))))
