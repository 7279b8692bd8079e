"""Second pictures of a JPEG that may stay: its gain map and the video of a motion photo.

Both lie behind the picture. The gain map is a JPEG, written again like its file, and what it means is written again
from numbers; of the video stay its pictures alone.

Specification: CIPA DC-007-2009, section 5.2 (MPF); Ultra HDR image format 1.1; ISO 21496-1:2025, annex C (gain map
metadata); Motion Photo format 1.0.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.formats import _isobmff_video
from exposure.formats._jpeg_segments import parts as segments
from exposure.formats._second_xmp import HDRGM, Second, declared, gain_map, moment
from exposure.model import Depth, Kept, Kind, Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window

ISO = b"urn:iso:std:iso:ts:21496:-1\0"
MPF = b"MPF\0"
INDEX_LENGTH = 90
"""Of the segment that `index` fills, in bytes."""
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MOST_PACKETS = 64
_MOST_PICTURES = 16
_VERSION = bytes(4)
"""The oldest version of ISO 21496-1 that can read it, and that of the writer: both 0."""
_MULTICHANNEL, _COMMON_DENOMINATOR, _BASE_COLOURS = 0x80, 0x08, 0x40
_KNOWN_FLAGS = _MULTICHANNEL | _COMMON_DENOMINATOR | _BASE_COLOURS | 0x04

Rewrite = Callable[[Window, Sequence[Part], Kept, bytes], Iterator[Piece]]
"""Writes a JPEG again, with APP2 segments of ours behind its own."""


class Seconds(NamedTuple):
    """What is put behind a JPEG, and what is said of it in front."""

    xmp: bytes
    iso: bytes
    """The payload of the primary picture's ISO 21496-1 segment; empty for none."""
    gain_map: tuple[Piece, ...]
    video: tuple[Piece, ...]

    @property
    def lengths(self) -> tuple[int, int]:
        return total(self.gain_map), total(self.video)


def total(pieces: Sequence[Piece]) -> int:
    return sum(p.length if isinstance(p, Range) else len(p) for p in pieces)


def seconds(window: Window, parts: Sequence[Part], kept: Kept, rewrite: Rewrite) -> Seconds:
    """The second pictures of a file that are to stay and are there. CannotClean when one cannot be written again."""
    trailer = next((p for p in parts if p.kind is Kind.TRAILER), None)
    if trailer is None or not kept.second:
        return Seconds(kept.xmp, b"", (), ())
    mapped, iso, gain = Range(trailer.offset, 0), b"", tuple[Piece, ...]()
    if "gain-map" in kept.second:
        try:
            mapped, iso, gain = _gain_map(window, parts, trailer, rewrite)
        except MalformedFile as error:
            raise CannotClean(f"its gain map cannot be read: {error.message}") from None
    video = _video(window, trailer, mapped) if "motion" in kept.second else ()
    adobe = any(isinstance(p, bytes) and HDRGM.encode() in p for p in gain)
    # Apple's own gain maps are found by the index alone
    told = [Second("GainMap", "image/jpeg", total(gain))] if adobe or iso else []
    told += [Second("MotionPhoto", "video/mp4", total(video))] if video else []
    packets = b"\n".join(_packets(window, parts))
    xmp = declared(kept.xmp, "image/jpeg", tuple(told), moment(packets), adobe) if told else kept.xmp
    return Seconds(xmp, iso, gain, video)


def _video(window: Window, trailer: Part, mapped: Range) -> tuple[Piece, ...]:
    """The video behind the picture, beside the gain map; none when there is none."""
    for start, end in ((trailer.offset, mapped.offset), (sum(mapped), trailer.end)):
        around = window.part(start, max(end - start, 0))
        if (found := _isobmff_video.found(around)) is not None:
            head, spans = _isobmff_video.rewritten(around.part(*found))
            return head, *(Range(start + found.offset + s.offset, s.length) for s in spans)
    return ()


def _gain_map(
    window: Window, parts: Sequence[Part], trailer: Part, rewrite: Rewrite
) -> tuple[Range, bytes, tuple[Piece, ...]]:
    """Where the gain map lies, what the picture says of it in its own ISO segment, and how it is written again."""
    for start in dict.fromkeys((*_listed(window, parts), trailer.offset)):
        if not trailer.offset <= start < trailer.end - 4 or window.read(start, 3) != b"\xff\xd8\xff":
            continue
        rest = window.part(start, trailer.end - start)
        own = [p for p in segments(rest, Depth.DEEP) if p.kind is not Kind.TRAILER]
        meant = b"".join(gain_map(packet) for packet in _packets(rest, own))
        iso = next(filter(None, (_iso(p) for p in _payloads(rest, own, ISO))), b"")
        if not meant and not iso:
            continue
        if iso and not iso[len(ISO) + 4] & _BASE_COLOURS and any(p.kind is Kind.ICC for p in own):
            raise CannotClean("its gain map has a colour profile of its own")
        pieces = rewrite(rest, own, Kept(xmp=meant), _segment(iso) if iso else b"")
        moved = (p._replace(offset=p.offset + start) if isinstance(p, Range) else p for p in pieces)
        return Range(start, own[-1].end), ISO + _VERSION if iso else b"", tuple(moved)
    return Range(trailer.offset, 0), b"", ()


def _segment(payload: bytes) -> bytes:
    """An APP2 segment."""
    return struct.pack(">HH", 0xFFE2, len(payload) + 2) + payload


def _packets(window: Window, parts: Sequence[Part]) -> Iterator[bytes]:
    """The XMP of a JPEG, segment by segment."""
    found = [p.payload for p in parts if p.kind is Kind.XMP and p.payload]
    return (window.read(*payload) for payload in found[:_MOST_PACKETS])


def _payloads(window: Window, parts: Sequence[Part], begins: bytes) -> Iterator[bytes]:
    """The payloads of APP2 segments that begin so."""
    for part in parts:
        if part.role is Role.METADATA and part.where == "APP2" and part.length > len(begins) + 4:
            payload = window.read(part.offset + 4, part.length - 4)
            if payload.startswith(begins):
                yield payload


def _iso(payload: bytes) -> bytes:
    """The ISO 21496-1 segment of a gain map, of its numbers alone; nothing when it only gives a version."""
    data = payload[len(ISO) :]
    if len(data) <= len(_VERSION):
        return b""
    flags = data[4] & _KNOWN_FLAGS
    channels = 3 if flags & _MULTICHANNEL else 1
    if flags & _COMMON_DENOMINATOR:
        numbers, denominators = 3 + 5 * channels, [0]
    else:
        numbers = 4 + 10 * channels
        denominators = list(range(1, numbers, 2))
    if data[:2] != b"\0\0" or len(data) < 5 + 4 * numbers:
        raise CannotClean("its gain map says how it is to be used in a way that exposure does not know")
    values = struct.unpack_from(f">{numbers}I", data, 5)
    if not all(values[n] for n in denominators):
        raise CannotClean("its gain map says how it is to be used in a way that exposure does not know")
    return ISO + _VERSION + bytes((flags,)) + struct.pack(f">{numbers}I", *values)


def _listed(window: Window, parts: Sequence[Part]) -> Iterator[int]:
    """Where the further pictures begin that the file's index lists (DC-007, 5.2.3.3)."""
    index = next((p.payload for p in parts if p.kind is Kind.MPF and p.payload), None)
    data = window.read(*index) if index else b""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if index is None or order is None:
        return
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, at)
        for number in range(min(count, 64)):
            tag, _, length, offset = struct.unpack_from(f"{order}HHII", data, at + 2 + 12 * number)
            for image in range(1, min(length // 16, _MOST_PICTURES)) if tag == 0xB002 else ():
                yield index.offset + struct.unpack_from(f"{order}I", data, offset + 16 * image + 8)[0]
    except struct.error:  # a damaged index leads nowhere
        return


def index(place: int, primary: int, gain: int) -> bytes:
    """The payload of the MPF segment at `place`, of a file whose picture and gain map have so many bytes."""
    header = place + 4 + len(MPF)
    entries = struct.pack(">IIIHHIIIHH", 0x0003_0000, primary, 0, 0, 0, 0, gain, primary - header, 0, 0)
    rows = struct.pack(">HHI4s", 0xB000, 7, 4, b"0100") + struct.pack(">HHII", 0xB001, 4, 1, 2)
    rows += struct.pack(">HHII", 0xB002, 7, len(entries), 8 + 2 + 36 + 4)
    return MPF + struct.pack(">4sIH", b"MM\0*", 8, 3) + rows + bytes(4) + entries
