"""MP4 videos and their boxes (ISO/IEC 14496-12): tracks of pictures, sound and words, with everything that tells.

``video(track(frame(nal(5, b"one")), frame(nal(1, b"two"))), sound(b"voice"))``. The frames are words in the units of
their codec; nobody could show them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.make.heif import box, ftyp, full

MADE = 0xE1C7D26F
"""When it was made, in seconds since 1904, as all its boxes say."""
LANGUAGE = 0x15C7
"""eng"""
MATRIX = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
"""A quarter turn."""
AVC_CONFIG = bytes((1, 0x4D, 0, 0x1E, 0xFF, 0xE1)) + b"\0\4\x67\x4d\0\x1e" + b"\1\0\2\x68\xee"
AV1_CONFIG = b"\x81\0\x0c\0"


def nal(kind: int, body: bytes) -> bytes:
    """A unit of H.264 after its length in four bytes."""
    return struct.pack(">IB", len(body) + 1, kind) + body


def hevc_nal(kind: int, body: bytes) -> bytes:
    return struct.pack(">IBB", len(body) + 2, kind << 1, 1) + body


def obu(kind: int, body: bytes) -> bytes:
    """A unit of AV1."""
    return bytes((kind << 3 | 2, len(body))) + body


def sei(kind: int, body: bytes) -> bytes:
    """The body of a note with one message."""
    return bytes((kind, len(body))) + body + b"\x80"


def frame(*units: bytes) -> bytes:
    return b"".join(units)


def hevc_config(*sets: tuple[int, bytes]) -> bytes:
    """The hvcC box: of each array of parameter sets its type and one set."""
    arrays = b"".join(struct.pack(">BHHBB", kind, 1, len(s) + 2, kind << 1, 1) + s for kind, s in sets)
    return b"\1" + bytes(20) + b"\3" + bytes((len(sets),)) + arrays


@dataclass(frozen=True, slots=True)
class Track:
    """A track: how its samples are coded, and the samples."""

    samples: tuple[bytes, ...]
    handler: bytes = b"vide"
    codec: bytes = b"avc1"
    boxes: tuple[bytes, ...] = (box(b"avcC", AVC_CONFIG),)
    """What its sample entry holds."""
    refers: tuple[tuple[bytes, int], ...] = ()
    chunk: int = 2
    """Samples in each of its chunks, which lie between those of the other tracks."""
    more: bytes = b""
    """Boxes in its trak box."""
    tables: bytes = b""
    """Boxes in its stbl box."""
    here: int = 1
    """Whether its samples lie in this file."""


def track(*samples: bytes, **more: Any) -> Track:
    return replace(Track(samples), **more)


def sound(*samples: bytes) -> Track:
    return Track(samples, b"soun", b"mp4a", (box(b"esds", bytes(8)),), chunk=1)


def words(*samples: bytes) -> Track:
    """Where the camera was at each moment, as text."""
    return Track(samples, b"meta", b"mett", (), chunk=1)


def video(
    *tracks: Track,
    in_moov: bytes = b"",
    after: bytes = b"",
    media_first: bool = False,
    place: int | None = None,
) -> bytes:
    """A video of these tracks. `place`: where all tracks say that their samples begin, instead of where they do."""
    rounds = max(-(-len(t.samples) // t.chunk) for t in tracks)
    order = [
        (n, t)
        for n in range(rounds)
        for t in range(len(tracks))
        if n * tracks[t].chunk < len(tracks[t].samples)
    ]
    chunks = [b"".join(tracks[t].samples[n * (per := tracks[t].chunk) : (n + 1) * per]) for n, t in order]
    media = box(b"mdat", *chunks)

    def moov(at: int) -> bytes:
        places: list[list[int]] = [[] for _ in tracks]
        for (_, t), data in zip(order, chunks, strict=True):
            places[t].append(at if place is None else place)
            at += len(data)
        return _moov(tracks, places, in_moov)

    head = ftyp(b"isom", b"isom", b"avc1")
    if media_first:
        return head + media + moov(len(head) + 8) + after
    return head + moov(len(head) + len(moov(0)) + 8) + media + after


def _moov(tracks: Sequence[Track], places: Sequence[Sequence[int]], more: bytes) -> bytes:
    times = struct.pack(">4I", MADE, MADE, 600, 1200)
    header = full(
        b"mvhd", 0, 0, times, struct.pack(">IH10x", 1 << 16, 256), MATRIX, bytes(24), struct.pack(">I", 9)
    )
    told = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+51.4779+000.0015/"))
    traks = (_trak(n, t, p) for n, (t, p) in enumerate(zip(tracks, places, strict=True), 1))
    return box(b"moov", header, *traks, told, more)


def _trak(number: int, of: Track, places: Sequence[int]) -> bytes:
    shape = struct.pack(">8xhhHxx", 0, 0, 0) + MATRIX + struct.pack(">II", 64 << 16, 48 << 16)
    head = full(b"tkhd", 0, 7, struct.pack(">IIIII", MADE, MADE, number, 0, 1200), shape)
    edits = box(b"edts", full(b"elst", 0, 1, struct.pack(">IIiI", 1, 1200, 20, 1 << 16)))
    references = [box(type_, struct.pack(">I", to)) for type_, to in of.refers]
    tref = box(b"tref", *references) if references else b""
    media = full(b"mdhd", 0, 0, struct.pack(">IIIIHH", MADE, MADE, 600, 1200, LANGUAGE, 0))
    handler = full(b"hdlr", 0, 0, bytes(4), of.handler, bytes(12), b"Acme handler\0")
    where = box(b"dinf", full(b"dref", 0, 0, struct.pack(">I", 1), full(b"url ", 0, of.here)))
    minf = box(b"minf", full(b"vmhd", 0, 1, bytes(8)), where, _stbl(of, places))
    return box(b"trak", head, edits, tref, box(b"mdia", media, handler, minf), of.more)


def _stbl(of: Track, places: Sequence[int]) -> bytes:
    count, name = len(of.samples), b"Acme Encoder 7"
    fixed = struct.pack(">6xH16xHHIII", 1, 64, 48, 72 << 16, 72 << 16, 0)
    fixed += struct.pack(">HB31sHh", 1, len(name), name, 24, -1)
    entry = box(of.codec, fixed, *of.boxes)
    runs = [(1, of.chunk, 1)] if count >= of.chunk else []
    runs += [(len(places), count % of.chunk, 1)] if count % of.chunk else []
    return box(
        b"stbl",
        full(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        full(b"stts", 0, 0, struct.pack(">IIIII", 2, 1, 20, count - 1, 20)),
        full(b"stss", 0, 0, struct.pack(">II", 1, 1)),
        full(b"stsc", 0, 0, struct.pack(">I", len(runs)), *(struct.pack(">III", *run) for run in runs)),
        full(b"stsz", 0, 0, struct.pack(f">II{count}I", 0, count, *map(len, of.samples))),
        full(b"stco", 0, 0, struct.pack(f">I{len(places)}I", len(places), *places)),
        of.tables,
    )
