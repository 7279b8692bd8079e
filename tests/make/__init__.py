"""Make photos out of parts, so that no test needs a binary file from disk.

Every maker returns bytes, and a test reads as what is in the file:
``jpeg(exif(tiff(Make="Acme", position=(51.5, -0.1))), trailer=b"left over")``.
One module for each format; `window` turns bytes into what formats and decoders are given.
"""

from __future__ import annotations

from exposure.model import Block, Kind
from exposure.source import MemorySource, Window


def window(data: bytes) -> Window:
    return Window.whole(MemorySource(data))


def block(kind: Kind, data: bytes, where: str = "test") -> Block:
    return Block(kind, where, window(data), window(data))
