"""Blocks of a kind that exposure does not know: only whether they hold anything at all."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.metadata._padding import padding
from exposure.model import Block, Field, Kind
from exposure.plugins import Decoder


def decode(block: Block) -> Iterator[Field]:
    """One field, ``Data`` or ``Padding``, whose value is the length in bytes."""
    window = block.window
    if window.size:
        name = "Padding" if padding(window) else "Data"
        yield Field(block.kind, block.where, name, window.size, window, 0, window.size)


UNKNOWN = Decoder(Kind.UNKNOWN, decode)
