"""What follows the end of the picture: padding, videos, second pictures, Samsung's blocks, left-overs.

Nothing here is part of the picture. Old cameras pad with zeros or whatever their memory held; phones append
videos and data of their own; a screenshot tool that forgot to cut the file leaves the end of the older picture
there (CVE-2023-21036, CVE-2023-28303). Samsung's layout as ExifTool documents it (SEFH and SEFT).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime

from exposure.media import media_kind
from exposure.metadata._padding import padding
from exposure.metadata._wording import LONGEST, wording
from exposure.model import Block, Embedded, Fact, Field, Kind, Problem, Time
from exposure.plugins import Decoder
from exposure.source import Window

_PIECE = 1 << 20
_MOST_ENTRIES = 100
_MOST_DIRECTORIES = 8
"""Samsung trailers one before the other; a phone writes one."""
_SHORT = 4096
"""Samsung values up to this size are shown; longer ones are pictures, videos and masks."""

_SAMSUNG_FILES = {
    "MotionPhoto_Data": "video",
    "SoundShot_000": "audio",
    "SoundShot_Meta_Info": "",
    "DualShot_DepthMap_1": "depth",
    "SingleShot_DepthMap_1": "depth",
}
_MILLISECONDS = 13
"""Digits of a time between 2001 and 2286."""

_POINTER = b"mpv2"
_LONGEST_POINTER = 64
"""Newer phones write into MotionPhoto_Data only that there is a video, which lies elsewhere; in bytes."""

_FTYP = b"ftyp"
_VIDEO = re.compile(rb"ftyp(?<=\0\0[\0-\2].ftyp)", re.DOTALL)
"""A file type box of less than 768 bytes; what stands before is looked at last, since looking for letters is fast."""

_PICTURE = re.compile(rb"\xff\xd8\xff[\xe0\xe1]..(?:JFIF|Exif)\0|\x89PNG\r\n\x1a\n", re.DOTALL)
"""How a JPEG or PNG begins; three bytes alone would be met by chance."""

_WHOLE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP"
    rb"|\0\0[\0-\2].ftyp(?:hei[cxms]|hev[cx]|mif1|msf1|avi[fs])",
    re.DOTALL,
)
"""How a whole picture begins that stands right behind the end: JPEG, PNG, GIF, WebP, HEIF and AVIF."""

_LEFT_OVER = 4096
"""Fewer bytes than this hold nothing that could be looked at."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """Say what a trailer is, and give the files inside it."""
    window = block.window
    for _ in range(_MOST_DIRECTORIES):
        if window.size < 20 or window.read(window.size - 4, 4) != b"SEFT":
            break
        before = yield from _samsung(block, window)
        if before is None:
            return
        window = before
    else:
        yield Problem("Trailer:Samsung", "more Samsung data after the picture than a phone writes")
    yield from _one(block, window)


def _one(block: Block, window: Window) -> Iterator[Field | Embedded]:
    """What these bytes are, as one thing or a video with something before it."""
    head = window.head(64)
    media = media_kind(head, "")
    if _WHOLE.match(head) is not None:
        yield Embedded("second-image", "Trailer:Trailer:Picture", window)
    elif media.startswith("sound"):
        yield Embedded("audio", "Trailer:Trailer:Sound", window)
    elif "video" in media and head[4:8] != _FTYP:
        yield Embedded("video", "Trailer:Trailer:Video", window)
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
    if name == "Data" and (said := wording(window.head(LONGEST))):
        yield Field(Kind.TRAILER, "Trailer", "Words", said, window, 0, window.size)
    if name != "Padding":
        yield Embedded("trailer", f"Trailer:Trailer:{name}", window)


def _left_over(window: Window) -> bool:
    """Whether an older picture is in it: it ends as a picture file does, or one begins somewhere inside."""
    if window.size < _LEFT_OVER:
        return False
    tail = window.read(window.size - 64, 64).rstrip(b"\0")
    if tail.endswith(b"IEND\xaeB`\x82") or tail.endswith(b"\xff\xd9"):
        return True
    pieces = range(0, window.size, _PIECE)
    return any(_PICTURE.search(window.read(at, min(_PIECE + 12, window.size - at))) for at in pieces)


def _video(window: Window) -> int | None:
    """Where an MP4 begins in it: at its ftyp box (ISO/IEC 14496-12, 4.3)."""
    for start in range(0, window.size, _PIECE):
        piece = window.read(start, min(_PIECE + 12, window.size - start))
        for found in _VIDEO.finditer(piece):
            at = found.start() - 4
            length = int.from_bytes(piece[at : at + 4], "big")
            if 12 <= length <= 512 and length % 4 == 0:
                return start + at
    return None


def _samsung(block: Block, window: Window) -> Generator[Field | Embedded | Problem, None, Window | None]:
    """The named blocks of a Samsung trailer, by its directory at the very end. Gives what stands before them."""
    size = struct.unpack("<I", window.read(window.size - 8, 4))[0]
    at = window.size - 8 - size
    if at < 0 or size < 12 or window.read(at, 4) != b"SEFH":
        yield Problem("Trailer:Samsung", "the Samsung data after the picture is damaged")
        yield from _plain(block, window)
        return None
    count = struct.unpack("<I", window.read(at + 8, 4))[0]
    most = min(count, (size - 12) // 12, _MOST_ENTRIES)
    if most < count:
        yield Problem(
            "Trailer:Samsung", "the Samsung data after the picture lists more than it has or may have"
        )
    found: list[tuple[int, int]] = []
    for number in range(most):
        _, _, back, length = struct.unpack("<HHII", window.read(at + 12 + 12 * number, 12))
        if back > at or length > back or length < 8:
            yield Problem("Trailer:Samsung", "an entry of the Samsung data after the picture is damaged")
            continue
        found.append((at - back, length))
        yield from _samsung_block(window.part(at - back, length))
    start = min((start for start, _ in found), default=at)
    yield from _between(block, window, start, at, found)
    return window.part(0, start) if start else None


def _between(
    block: Block, window: Window, start: int, end: int, found: Sequence[tuple[int, int]]
) -> Iterator[Field | Embedded]:
    """What lies among Samsung's blocks and belongs to none of them."""
    for offset, length in [*sorted(found), (end, 0)]:
        if offset > start:
            yield from _plain(block, window.part(start, offset - start))
        start = max(start, offset + length)


def _samsung_block(window: Window) -> Iterator[Field | Embedded | Problem]:
    """One block: type, length of its name, name, value."""
    (length,) = struct.unpack("<I", window.read(4, 4))
    if 8 + length > window.size or length > 128:
        yield Problem("Trailer:Samsung", "a block of the Samsung data after the picture has no name")
        yield Field(Kind.TRAILER, "Samsung", "Data", window.size, window, 0, window.size)
        return
    name = window.read(8, length).decode("ascii", "replace").strip("\0")
    body = window.part(8 + length)
    kind = _SAMSUNG_FILES.get(name, "second-image" if body.head(3) == b"\xff\xd8\xff" else "")
    if kind == "video" and body.size <= _LONGEST_POINTER and body.head(4) == _POINTER:
        kind = ""
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


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    """Samsung's clock: milliseconds since 1970, UTC, whatever zone the camera's own time is in."""
    for field in fields:
        if (
            field.name == "Image_UTC_Data"
            and (said := str(field.value)).isdigit()
            and len(said) == _MILLISECONDS
        ):
            told = datetime.fromtimestamp(int(said) // 1000, UTC)
            yield Time("utc", told.strftime("%Y-%m-%dT%H:%M:%S"), "+00:00", field.address)


TRAILER = Decoder(Kind.TRAILER, decode, facts)
