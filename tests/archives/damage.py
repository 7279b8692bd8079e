"""Damage to an archive's own lists."""

from __future__ import annotations

import json
import re
from random import Random

_VALUES: tuple[object, ...] = (
    None, [], {}, "", 0, -1, 1e300, True, "NaN", [[[]]], {"a": 1}, "\x00", "é" * 9, float("nan"), float("-inf"), 10**400,
    "9" * 5_000, "1714817472", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59.999-12:00", "Sat May 04 10:11:12 +0000 0001",
    "\ud800", "\u202e\x1b[2J", "Ã©", "CafÃ\x83", "=cmd|' /C calc'!A0", "-90.0000001", "12,5", "https://[::1", "x" * 100_000,
    "../../etc/passwd", "<p><p>" * 99,
)  # fmt: skip
_SIGNS = (
    '"',
    "\r",
    "\n",
    ",",
    ";",
    "\x00",
    "[" * 3_000,
    "]",
    "}",
    "\\",
    "\\ud800",
    "\ufeff",
    "9" * 5_000,
    "NaN",
    "\u2028",
)
_WORD = re.compile(r'"\w+"(?=:)')


def damaged_list(data: bytes, rng: Random) -> bytes:
    """A file cut off, with other bytes, or with values of another shape where it is JSON."""
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if value is not None and rng.random() < 0.7:
        return _rewritten(json.dumps(_other(value, rng), ensure_ascii=rng.random() < 0.5), rng)
    if rng.random() < 0.4:
        return _rewritten(data.decode("utf-8", "replace"), rng)
    cut = data[: rng.randrange(len(data) + 1)]
    return cut if rng.random() < 0.5 else bytes(b ^ (rng.random() < 0.02) * 0x15 for b in data)


def _rewritten(words: str, rng: Random) -> bytes:
    """The words in another coding, with other line ends, a sign too many, or with each key of an object twice."""
    how = rng.randrange(8)
    if how == 0:
        return words.encode(rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1")), "replace")
    if how == 1:
        words = words.replace("\n", rng.choice(("\r\n", "\r", "")))
    elif how == 2:
        words = _WORD.sub(lambda key: f"{key[0]}: {rng.choice(('null', '[]', '1'))}, {key[0]}", words)
    elif how < 6:
        at = rng.randrange(len(words) + 1)
        words = words[:at] + rng.choice(_SIGNS) + words[at:]
    return words.encode("utf-8", "surrogatepass")


def _other(value: object, rng: Random) -> object:
    """The same with some values of another shape, or gone."""
    if rng.random() < 0.15:
        return rng.choice((*_VALUES, [value]))
    if isinstance(value, dict):
        return {k: _other(v, rng) for k, v in value.items() if rng.random() > 0.05}
    if isinstance(value, list):
        return [_other(v, rng) for v in value]
    return value
