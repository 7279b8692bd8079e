"""A place that many photos point at, in words: as exact as the report may be."""

from __future__ import annotations

from exposure.model import Place
from exposure.text import length, plain, rounded


def spot(place: Place, radius_m: float | None, reveal: bool) -> str:
    """Where it is: ``in the area of Munich, Germany (near 48.1, 11.6, masked)``.

    Masked, the town is the one nearest to the rounded position, not to the place itself. Whoever reads the rounded
    position can look that town up on any map, so its name gives nothing more away; it may be the neighbouring one.
    """
    name = "" if not place.name else plain(place.name) if reveal else f"a name of {length(place.name)}"
    position = _position(place)
    if position is None:
        where = ""
    elif reveal:
        where = _revealed(*position, radius_m)
    else:
        where = _masked(*position)
    words = ", ".join(filter(None, (name, where))) or "a place"
    return words if reveal or where else f"{words} (masked)"


def _position(place: Place) -> tuple[float, float] | None:
    """Degrees that are on a map; None for none."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def _revealed(latitude: float, longitude: float, radius_m: float | None) -> str:
    from exposure.places import words  # its files are read only when a report has a place

    near = "" if radius_m is None else f"within {radius_m:,.0f} m of "
    return f"{plain(words(latitude, longitude))} ({near}{latitude:.6f}, {longitude:.6f})"


def _masked(latitude: float, longitude: float) -> str:
    from exposure.places import nearest

    north, east = rounded(latitude), rounded(longitude)
    assert north is not None and east is not None
    town = nearest(north, east)
    if town is None:
        return f"near {north}, {east} (masked)"
    return f"in the area of {plain(town.name)}, {plain(town.country)} (near {north}, {east}, masked)"
