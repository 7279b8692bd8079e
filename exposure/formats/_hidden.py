"""Metadata hidden in coded pictures: no decoder looks there, and it cannot be dropped with its part.

The pictures are not unpacked; what is looked for are the openings of EXIF and XMP, which coded data does not
contain by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.model import Part, Problem, Role
from exposure.source import Window

_MARKS = (b"Exif\0\0", b"ns.adobe.com/x", b"<rdf:RDF")
_PIECE = 1 << 20


def hidden(window: Window, parts: Sequence[Part]) -> Iterator[Problem]:
    """A problem when there is some in the pictures of a deep tiling; those of a shallow one are not looked at."""
    for part in parts:
        if part.role is not Role.PICTURE or not part.searched or part.length < len(_MARKS[0]):
            continue
        for at in range(part.offset, part.end, _PIECE):
            data = window.read(at, min(_PIECE + 16, part.end - at))
            if any(mark in data for mark in _MARKS):
                yield Problem(part.where, "the coded picture itself holds what looks like metadata")
                return
