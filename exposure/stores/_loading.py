"""All of a small file, piece by piece: an archive's own lists are read whole."""

from __future__ import annotations

from exposure.errors import MalformedFile
from exposure.source import FileSource

LARGEST_LIST = 1 << 29
"""No file of an archive's own is read beyond this size, in bytes."""

_PIECE = 1 << 22


def load(source: FileSource, limit: int) -> bytes:
    """All bytes of an open source; MalformedFile when they are more than `limit`."""
    if source.size > limit:
        raise MalformedFile("it is larger than any list of an archive", source.size)
    return b"".join(source.read(at, min(_PIECE, source.size - at)) for at in range(0, source.size, _PIECE))
