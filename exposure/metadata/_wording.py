"""Words in bytes of a kind that nobody knows: notes of programs are often text, or JSON, behind a name of their own."""

from __future__ import annotations

import re

LONGEST = 1 << 16
"""So much of a block is looked at, in bytes."""

_NAME = re.compile(rb"[\x20-\x7e]{2,40}\0+")
"""What many blocks begin with, and what tells of nobody."""
_RUN = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f\ufffd]{3,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_PLAIN_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F])
_FEWEST = 8
"""Fewer letters and digits in a row, on the average, say nothing."""
_HEADER = 8
"""Bytes of lengths and numbers before the words."""


def wording(data: bytes) -> str:
    """The words in these bytes where they are mostly words, in one line each; "" otherwise. NULs are left out, so that
    UTF-16 of western languages is words too."""
    name = _NAME.match(data)
    rest = data[name.end() :] if name is not None and data[name.end() :].strip(b"\0") else data
    rest = rest.replace(b"\0", b"")
    if (
        len(rest) - len(rest.translate(None, _PLAIN_CONTROLS)) > _HEADER + len(rest) // 32
    ):  # most data, quickly
        return ""
    text = rest.decode("utf-8", "replace")
    runs = [run.rstrip() for run in _RUN.findall(text)]
    found = "\n".join(runs)
    said = sum(sign.isalnum() or sign == " " for sign in found)
    noise = len(_CONTROLS.findall(text))
    if said < _FEWEST * max(1, len(runs)) or 2 * said < len(text) or noise > _HEADER + len(text) // 32:
        return ""
    return found
