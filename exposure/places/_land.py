"""The world's land for a small map, from Natural Earth at 1:110 million."""

from __future__ import annotations

from functools import cache

from exposure.places import _packing

Ring = tuple[tuple[float, float], ...]


@cache
def land() -> tuple[Ring, ...]:
    """Rings of (longitude, latitude) in 0.01 degree, each closed; cut at 180 degrees, none is a hole but the Caspian."""
    _, part = _packing.unpack(_packing.read("land.bin"))
    xs, ys = (_packing.whole_numbers(part[name], "h") for name in ("xs", "ys"))
    points = [(x / 100, y / 100) for x, y in zip(xs, ys, strict=True)]
    rings, start = [], 0
    for count in _packing.whole_numbers(part["counts"], "H"):
        rings.append(tuple(points[start : start + count]))
        start += count
    return tuple(rings)
