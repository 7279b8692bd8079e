"""What of a coded video frame is picture: every unit but those that carry notes.

Encoders sign in such units, and camcorders write the date, the place and the camera into them. No decoder needs
them for the picture: they are for players, and a few on colour and depth are kept.

Specification: ITU-T H.264 (08/2021), section 7.4.1 and annex D; ITU-T H.265 (08/2021), section 7.4.2.2 and annex D;
AV1 Bitstream & Decoding Process Specification, section 5.3 (OBU headers) and 6.7.1 (metadata types).
"""

from __future__ import annotations

from collections.abc import Iterator

from exposure.errors import MalformedFile
from exposure.source import Range, Window

_AVC = frozenset((1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 19))
_AVC_NOTE = (6,)
_HEVC = frozenset((*range(10), *range(16, 22), *range(32, 38)))
_HEVC_NOTE = (39, 40)
_NOTES = frozenset((6, 45, 47, 129, 137, 144, 147, 148, 165))
"""Notes (SEI) that tell how to begin and to show: recovery point, frame packing, orientation, active parameter sets,
mastering display, light level, transfer, surroundings, alpha. All hold small numbers only."""
_LONGEST_NOTE = 256

_AV1 = frozenset((1, 2, 3, 4, 6, 7, 8))
_AV1_NOTE = 5
_AV1_NOTES = (1, 2)
"""Light level and mastering display."""


class Frames:
    """Takes frames apart. It counts what it looked at, so that no file can ask for too much."""

    __slots__ = ("_left", "_window")

    def __init__(self, window: Window, most: int = 500_000) -> None:
        self._window, self._left = window, most

    def shown(self, codec: bytes, prefix: int, frame: Range) -> list[Range]:
        """The parts of a frame that are picture, in order; MalformedFile where it is not built as its codec says."""
        if codec in (b"avcC", b"hvcC"):
            found = self._units(codec == b"hvcC", prefix, frame)
        elif codec == b"av1C":
            found = self._open(frame)
        else:  # VP8 and VP9 have no room for notes
            return [frame] if frame.length else []
        joined: list[Range] = []
        for start, end in found:
            if joined and sum(joined[-1]) == start:
                joined[-1] = Range(joined[-1].offset, end - joined[-1].offset)
            else:
                joined.append(Range(start, end - start))
        return joined

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise MalformedFile("more pieces than the video of any photo has", 0)

    def _units(self, hevc: bool, prefix: int, frame: Range) -> Iterator[tuple[int, int]]:
        """The NAL units of a frame that are kept, with the length before each."""
        at, end = frame.offset, frame.offset + frame.length
        while at < end:
            self._spend()
            head = self._window.read(at, min(prefix + 2, end - at))
            length = int.from_bytes(head[:prefix], "big")
            start, after = at + prefix, at + prefix + length
            if after > end or length < 1 + hevc:
                raise MalformedFile("a frame of its video is damaged", at)
            kind = head[prefix] >> 1 & 0x3F if hevc else head[prefix] & 0x1F
            note = kind in (_HEVC_NOTE if hevc else _AVC_NOTE)
            if kind in (_HEVC if hevc else _AVC) or (note and self._wanted(start + 1 + hevc, after)):
                yield at, after
            at = after

    def _wanted(self, start: int, end: int) -> bool:
        """Whether all messages of an SEI unit are among those that stay."""
        if end - start > _LONGEST_NOTE:
            return False
        data, at = self._window.read(start, end - start).replace(b"\0\0\3", b"\0\0"), 0
        while at + 2 <= len(data) and data[at:] != b"\x80":
            kind, size = data[at], data[at + 1]
            if kind not in _NOTES or size == 0xFF or at + 2 + size > len(data):
                return False
            at += 2 + size
        return data[at:] in (b"\x80", b"")

    def _open(self, frame: Range) -> Iterator[tuple[int, int]]:
        """The open bitstream units of an AV1 frame that are kept."""
        at, end = frame.offset, frame.offset + frame.length
        while at < end:
            self._spend()
            head = self._window.read(at, min(12, end - at))
            kind, _, start, after = _av1_unit(head, 0, end - at)
            note = head[start : start + 1]
            if kind in _AV1 or (kind == _AV1_NOTE and note and note[0] in _AV1_NOTES and after - start <= 64):
                yield at, at + after
            at += after


def av1_units(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The units in some bytes: of each its type, where it begins and where it ends."""
    while at < len(data):
        kind, start, _, after = _av1_unit(data, at, len(data))
        yield kind, start, after
        at = after


def _av1_unit(data: bytes, at: int, end: int) -> tuple[int, int, int, int]:
    """The unit at `at` of bytes that end at `end`: its type, where it, its payload and what follows it begin."""
    head = data[at]
    start = at + 1 + (head >> 2 & 1)
    if not head & 2:  # it goes on to the end
        return head >> 3 & 15, at, start, end
    size = shift = 0
    while True:
        if start >= len(data) or shift > 28:
            raise MalformedFile("a frame of its video is damaged", at)
        size |= (data[start] & 0x7F) << shift
        start, shift = start + 1, shift + 7
        if not data[start - 1] & 0x80:
            break
    if start + size > end:
        raise MalformedFile("a frame of its video is damaged", at)
    return head >> 3 & 15, at, start, start + size
