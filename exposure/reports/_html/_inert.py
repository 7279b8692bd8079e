"""Plain data inside a page: JSON that no reader of HTML can take for anything else."""

from __future__ import annotations

from json import JSONEncoder

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False, allow_nan=False).encode
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def inert(data: object) -> str:
    """JSON in ASCII, without any sign of markup: it can stand in a script element (HTML, 4.12.1.3)."""
    return _encode(data).translate(_MARKUP)
