"""What lies in a block and nothing there points at: values that a program took out of the directories alone.

Maker notes keep values of their own anywhere in the block, so beside them this cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.metadata._padding import padding
from exposure.metadata._stream import Row, Stream
from exposure.model import Block, Kind
from exposure.source import Window

_FEWEST = 16
"""Fewer bytes are a slip of a writer, not a value."""
_MOST = 32
"""So many are proof enough."""
_MAKER_NOTES = frozenset({0x927C, 0xC634})

Place = tuple[int, int]
"""Offset and length in the stream."""


def places(stream: Stream, at: int, rows: Sequence[Row]) -> list[Place]:
    """Where a directory and its values lie; the whole stream when one is a maker note."""
    length = 16 + 20 * len(rows) if stream.big else 6 + 12 * len(rows)
    found = [(at, length), *[(row[4], row[3]) for row in rows]]
    if not _MAKER_NOTES.isdisjoint([row[0] for row in rows]):
        found.append((0, stream.window.size))
    return found


def unreferenced(block: Block, window: Window, pointed: Sequence[Place]) -> Iterator[Block]:
    """The runs of bytes outside of the first eight and of these places that are no filling."""
    at, found = 8, 0
    for start, length in (*sorted(pointed), (window.size, 0)):
        gap = min(start, window.size) - at
        if gap >= _FEWEST and not padding(between := window.part(at, gap)):
            yield Block(Kind.UNKNOWN, f"{block.where}, unreferenced in {block.kind}", between, block.file)
            found += 1
            if found == _MOST:
                return
        at = max(at, start + length)
