"""A video inside a photo: where it is, and how it is written again with nothing but its pictures.

Specification: ISO/IEC 14496-12:2022, sections 4.3 (ftyp), 8.1.1 (mdat) and 8.2.1 (moov).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._hidden import hidden
from exposure.formats._isobmff import Box, box_at, boxes, plain
from exposure.formats._isobmff_entries import wrap
from exposure.formats._isobmff_tracks import Places, movie
from exposure.model import Part, Role
from exposure.source import Range, Window

_TYPE = wrap(b"ftyp", b"mp42", bytes(4), b"isom", b"mp42")
"""An MP4 (ISO/IEC 14496-14), whatever it called itself before: what is written is one."""
_START = re.compile(rb"ftyp(?<=\0\0[\0-\2].ftyp)", re.DOTALL)
_PIECE = 1 << 20
_MOST_STARTS = 64
_MOST_BOXES = 1_000


def found(window: Window) -> Range | None:
    """Where in these bytes the first video lies that has a movie box."""
    tried = 0
    for start in range(0, window.size, _PIECE):
        piece = window.read(start, min(_PIECE + 4, window.size - start))
        for match in _START.finditer(piece):
            tried += 1
            top = list(_top(window, start + match.start() - 4))
            if any(box.type == b"moov" for box in top):
                return Range(top[0].offset, top[-1].end - top[0].offset)
            if tried == _MOST_STARTS:
                return None
    return None


def _top(window: Window, at: int) -> Iterator[Box]:
    """The boxes of a video that begins at `at`, up to what is no box, or another file."""
    for number in range(_MOST_BOXES):
        if (
            window.size - at < 8
            or not plain(type_ := window.read(at + 4, 4))
            or (number and type_ == b"ftyp")
        ):
            return
        try:
            box = box_at(window, at, window.size)
        except MalformedFile:
            return
        yield box
        at = box.end


def rewritten(window: Window) -> tuple[bytes, tuple[Range, ...]]:
    """The video as it is written again: what stands before its frames, and the frames, by their place in the window.

    CannotClean when it cannot be written without what should go.
    """
    top: list[Box] = []
    with suppress(MalformedFile):
        top.extend(boxes(window))
    moov = next((box for box in top if box.type == b"moov"), None)
    if moov is None:
        raise CannotClean("its video has no list of what is in it")
    try:
        shown = movie(window, moov, b"", bare=True)
    except MalformedFile as error:
        raise CannotClean(f"its video cannot be read: {error.message}") from None
    _in_media(shown.spans, [box.payload for box in top if box.type == b"mdat"])
    parts = [Part(*span, Role.PICTURE, "video") for span in shown.spans]
    for problem in hidden(window, parts):
        raise CannotClean(f"its video cannot be told from other data: {problem.message}")
    length = sum(span.length for span in shown.spans)
    wide = length + 8 >= 1 << 32
    header = (
        struct.pack(">I4sQ", 1, b"mdat", length + 16) if wide else struct.pack(">I4s", length + 8, b"mdat")
    )
    start = len(_TYPE) + len(shown.box(Places(shown.spans, 0))) + len(header)
    return _TYPE + shown.box(Places(shown.spans, start)) + header, shown.spans


def _in_media(spans: Sequence[Range], media: Sequence[Range]) -> None:
    """CannotClean when frames lie among anything but media data."""
    starts = [each.offset for each in media]
    for span in spans:
        at = bisect_right(starts, span.offset) - 1
        if at < 0 or sum(span) > sum(media[at]):
            raise CannotClean("the frames of its video lie among other data")
