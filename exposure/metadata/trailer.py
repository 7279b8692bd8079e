"""What follows the end of the picture: padding, videos, second pictures, Samsung's blocks, left-overs.

Nothing here is part of the picture. Old cameras pad with zeros or whatever their memory held; phones append
videos and data of their own; a screenshot tool that forgot to cut the file leaves the end of the older picture
there (CVE-2023-21036, CVE-2023-28303). Samsung's layout as ExifTool documents it (SEFH and SEFT).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from exposure.metadata._padding import padding
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder
from exposure.source import Window

_PIECE = 1 << 20
_MOST_ENTRIES = 100
_SHORT = 4096
"""Samsung values up to this size are shown; longer ones are pictures, videos and masks."""

_SAMSUNG_FILES = {
    "MotionPhoto_Data": "video",
    "SoundShot_000": "audio",
    "SoundShot_Meta_Info": "",
    "DualShot_DepthMap_1": "depth",
    "SingleShot_DepthMap_1": "depth",
}
_LEFT_OVER = 4096
"""Fewer bytes than this hold nothing that could be looked at."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """Say what a trailer is, and give the files inside it."""
    window = block.window
    if window.size >= 24 and window.read(window.size - 4, 4) == b"SEFT":
        yield from _samsung(block)
        return
    head = window.head(64)
    if head[:3] == b"\xff\xd8\xff" or head[:8] == b"\x89PNG\r\n\x1a\n":
        yield Embedded("second-image", "Trailer:Trailer:Picture", window)
    elif (at := _video(window)) is not None:
        if at:
            yield from _plain(block, window.part(0, at))
        yield Embedded("video", "Trailer:Trailer:Video", window.part(at))
    else:
        yield from _plain(block, window)


def _plain(block: Block, window: Window) -> Iterator[Field | Embedded]:
    """Padding, the end of an older picture, or data that nobody knows."""
    name = "Padding" if padding(window) else "LeftOver" if _left_over(window) else "Data"
    yield Field(Kind.TRAILER, "Trailer", name, window.size, window, 0, window.size)
    if name != "Padding":
        yield Embedded("trailer", f"Trailer:Trailer:{name}", window)


def _left_over(window: Window) -> bool:
    """Whether these bytes end as a picture file does: the end of an older, longer file was not cut off."""
    if window.size < _LEFT_OVER:
        return False
    tail = window.read(window.size - 64, 64).rstrip(b"\0")
    return tail.endswith(b"IEND\xaeB`\x82") or tail.endswith(b"\xff\xd9")


def _video(window: Window) -> int | None:
    """Where an MP4 begins in it: at its ftyp box (ISO/IEC 14496-12, 4.3)."""
    for start in range(0, window.size, _PIECE):
        piece = window.read(start, min(_PIECE + 12, window.size - start))
        found = piece.find(b"ftyp", 4)
        while found > 0:
            length = int.from_bytes(piece[found - 4 : found], "big")
            if 12 <= length <= 512 and length % 4 == 0:
                return start + found - 4
            found = piece.find(b"ftyp", found + 4)
    return None


def _samsung(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """The named blocks of a Samsung trailer, by its directory at the very end."""
    window = block.window
    size = struct.unpack("<I", window.read(window.size - 8, 4))[0]
    at = window.size - 8 - size
    if at < 0 or size < 12 or window.read(at, 4) != b"SEFH":
        yield Problem("Trailer:Samsung", "the Samsung data after the picture is damaged")
        yield from _plain(block, window)
        return
    count = min(struct.unpack("<I", window.read(at + 8, 4))[0], (size - 12) // 12, _MOST_ENTRIES)
    starts = [window.size]
    for number in range(count):
        _, _, back, length = struct.unpack("<HHII", window.read(at + 12 + 12 * number, 12))
        if back > at or length > back or length < 8:
            yield Problem("Trailer:Samsung", "an entry of the Samsung data after the picture is damaged")
            continue
        starts.append(at - back)
        yield from _samsung_block(window.part(at - back, length))
    if min(starts) > 0:
        before = window.part(0, min(starts))
        yield from decode(Block(block.kind, block.where, before, block.file))


def _samsung_block(window: Window) -> Iterator[Field | Embedded]:
    """One block: type, length of its name, name, value."""
    (length,) = struct.unpack("<I", window.read(4, 4))
    if 8 + length > window.size or length > 128:
        return
    name = window.read(8, length).decode("ascii", "replace").strip("\0")
    body = window.part(8 + length)
    kind = _SAMSUNG_FILES.get(name, "second-image" if body.head(3) == b"\xff\xd8\xff" else "")
    if kind and body.size:
        yield Embedded(kind, f"Trailer:Samsung:{name}", body)
    shown: object = body.size
    if 0 < body.size <= _SHORT:
        raw = body.load()
        shown = raw.decode("utf-8").strip("\0 ") if _readable(raw) else raw
    yield Field(Kind.TRAILER, "Samsung", name, shown, body, 0, body.size)


def _readable(raw: bytes) -> bool:
    try:
        return raw.decode("utf-8").strip("\0\r\n\t ").isprintable()
    except UnicodeDecodeError:
        return False


TRAILER = Decoder(Kind.TRAILER, decode)
