"""The video of a HEIF that is a motion photo, where it is to stay: in a box of its own behind the pictures.

Specification: Motion Photo format 1.0, section "ISOBMFF image specific behavior" (mpvd).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

from exposure.errors import CannotClean
from exposure.formats import _isobmff_video
from exposure.formats._second_xmp import Second, declared, moment
from exposure.model import Kept, Kind, Part
from exposure.plugins import Piece
from exposure.source import Range, Window

_HEADER = 8
_MOST_PACKETS = 16
_LARGEST_PACKET = 1 << 20


def motion(window: Window, parts: Sequence[Part], kept: Kept, mime: str) -> tuple[Kept, tuple[Piece, ...]]:
    """What is kept, with the words that declare the video, and the box with it; nothing more when there is none.

    CannotClean when it cannot be written without what should go.
    """
    box = next((part for part in parts if part.where == "mpvd"), None) if "motion" in kept.second else None
    if box is None or box.payload is None:
        return kept, ()
    around = window.part(*box.payload)
    found = _isobmff_video.found(around)
    if found is None:
        return kept, ()
    head, spans = _isobmff_video.rewritten(around.part(*found))
    start = box.payload.offset + found.offset
    video: tuple[Piece, ...] = (head, *(Range(start + s.offset, s.length) for s in spans))
    length = len(head) + sum(span.length for span in spans)
    packets = [p.payload for p in parts if p.kind is Kind.XMP and p.payload][:_MOST_PACKETS]
    words = b"\n".join(window.read(p.offset, min(p.length, _LARGEST_PACKET)) for p in packets)
    told = (Second("MotionPhoto", "video/mp4", length),)
    xmp = declared(kept.xmp, mime, told, moment(words), padding=_HEADER)
    if length + _HEADER >= 1 << 32:
        raise CannotClean("its video is too large")
    return replace(kept, xmp=xmp), (struct.pack(">I4s", length + _HEADER, b"mpvd"), *video)
