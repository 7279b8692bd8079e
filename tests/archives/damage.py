"""Damage to an archive's own lists."""

from __future__ import annotations

import json
from random import Random


def damaged_list(data: bytes, rng: Random) -> bytes:
    """A file cut off, with other bytes, or with values of another shape where it is JSON."""
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if value is not None and rng.random() < 0.7:
        return json.dumps(_other(value, rng)).encode()
    cut = data[: rng.randrange(len(data) + 1)]
    return cut if rng.random() < 0.5 else bytes(b ^ (rng.random() < 0.02) * 0x15 for b in data)


def _other(value: object, rng: Random) -> object:
    """The same with some values of another shape, or gone."""
    if rng.random() < 0.15:
        return rng.choice(
            [None, [], {}, "", 0, -1, 1e300, True, "NaN", [[[]]], {"a": 1}, "\x00", [value], "é" * 9]
        )
    if isinstance(value, dict):
        return {k: _other(v, rng) for k, v in value.items() if rng.random() > 0.05}
    if isinstance(value, list):
        return [_other(v, rng) for v in value]
    return value
