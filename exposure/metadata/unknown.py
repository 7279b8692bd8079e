"""Blocks of a kind that exposure does not know: whether they hold anything at all, and words where they are mostly that."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.metadata._padding import padding
from exposure.metadata._wording import LONGEST, wording
from exposure.model import Block, Field, Kind
from exposure.plugins import Decoder


def decode(block: Block) -> Iterator[Field]:
    """One field, ``Data`` or ``Padding``, whose value is the length in bytes; and ``Words``, those that it holds."""
    window = block.window
    if window.size:
        name = "Padding" if padding(window) else "Data"
        yield Field(block.kind, block.where, name, window.size, window, 0, window.size)
        if name == "Data" and (said := wording(window.head(LONGEST))):
            yield Field(block.kind, block.where, "Words", said, window, 0, window.size)


UNKNOWN = Decoder(Kind.UNKNOWN, decode)
