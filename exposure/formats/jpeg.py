"""JPEG: marker segments up to SOS, the scans, EOI, and whatever follows.

Specification: ITU-T T.81 annex B.
"""

from __future__ import annotations

from collections.abc import Sequence

from exposure.formats._jpeg_blocks import blocks
from exposure.formats._jpeg_rewrite import rewrite
from exposure.formats._jpeg_segments import parts
from exposure.model import Part
from exposure.plugins import Format
from exposure.source import Window


def sniff(head: bytes) -> bool:
    return head[:3] == b"\xff\xd8\xff"


def dimensions(window: Window, parts: Sequence[Part]) -> tuple[int, int]:
    for part in parts:
        if part.where.startswith("SOF") and part.length >= 9:
            frame = window.read(part.offset + 5, 4)
            return frame[2] << 8 | frame[3], frame[0] << 8 | frame[1]
    return 0, 0


JPEG = Format(
    "JPEG",
    (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    sniff,
    parts,
    blocks,
    dimensions,
    rewrite,
    frozenset(("tags", "orientation", "icc", "xmp", "gain-map", "motion")),
)
