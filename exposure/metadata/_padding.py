"""Telling filling from content: cameras and programs reserve room in a file that holds nothing."""

from __future__ import annotations

from exposure.source import Window

_PIECE = 1 << 18
_MOST = 1 << 28
"""What is longer than this is content until somebody looks."""


def padding(window: Window) -> bool:
    """Whether all bytes are the same, or NULs, blanks and line ends."""
    if window.size > _MOST:
        return False
    same = window.head(1) * min(_PIECE, window.size)
    for at in range(0, window.size, _PIECE):
        piece = window.read(at, min(_PIECE, window.size - at))
        if piece != same[: len(piece)] and piece.translate(None, b"\0\r\n \t"):
            return False
    return True
