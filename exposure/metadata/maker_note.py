"""Maker notes: the camera maker's own block. It is found and measured; what it holds is not decoded yet."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.metadata._padding import padding
from exposure.model import Block, Field, Kind
from exposure.plugins import Decoder


def decode(block: Block) -> Iterator[Field]:
    """One field, ``Block`` or ``Padding``, whose value is the length in bytes."""
    window = block.window
    if window.size:
        name = "Padding" if padding(window) else "Block"
        yield Field(Kind.MAKER_NOTE, block.where, name, window.size, window, 0, window.size)


MAKER_NOTE = Decoder(Kind.MAKER_NOTE, decode)
