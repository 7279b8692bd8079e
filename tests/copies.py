"""Clean copies for tests: bytes in, bytes out, and what Pillow shows of them."""

from __future__ import annotations

import io

from PIL import Image

from exposure.cleaning._copy import joined, pictures
from exposure.model import Depth, Kept, Photo, Tag
from exposure.plugins import Format
from exposure.reading import identify, read
from exposure.source import Range, Window
from tests.sources import memory_source

NOTHING = Kept()


def turned(orientation: int) -> Tag:
    return Tag("IFD0", 0x112, 3, (orientation,))


def copied(data: bytes, kept: Kept = NOTHING) -> bytes:
    """The clean copy of a file; what is taken from the original lies in its picture, and the copy is its own copy."""
    once = _copied(data, kept)
    assert _copied(once, kept) == once
    return once


def _copied(data: bytes, kept: Kept) -> bytes:
    source = memory_source(data)
    format_, photo = format_of(data), read(source, Depth.DEEP)
    assert isinstance(photo, Photo) and format_.rewrite is not None
    starts, ends = pictures(photo)
    out = b""
    for piece in joined(format_.rewrite(Window.whole(source), photo.parts, kept)):
        if isinstance(piece, Range):
            end = piece.offset + piece.length
            assert any(s <= piece.offset < end <= e for s, e in zip(starts, ends, strict=True))
            out += data[piece.offset : end]
        else:
            out += piece
    return out


def format_of(data: bytes) -> Format:
    found = identify(data[:4096])
    assert found is not None
    return found


def shown(data: bytes) -> list[tuple[object, ...]]:
    """Every frame as Pillow shows it: size, mode, pixels, palette, how long and how often, what is transparent."""
    frames: list[tuple[object, ...]] = []
    with Image.open(io.BytesIO(data)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            told = {key: image.info[key] for key in _TOLD if key in image.info}
            frames.append((image.size, image.mode, image.tobytes(), image.getpalette(), told))
    return frames


_TOLD = ("duration", "loop", "transparency", "background", "gamma", "srgb", "blend", "disposal", "dpi")


def orientation(data: bytes) -> int:
    """Which way up Pillow shows it."""
    with Image.open(io.BytesIO(data)) as image:
        return int(image.getexif().get(0x112, 1))


def profile(data: bytes) -> bytes | None:
    with Image.open(io.BytesIO(data)) as image:
        found = image.info.get("icc_profile")
        return found if isinstance(found, bytes) else None
