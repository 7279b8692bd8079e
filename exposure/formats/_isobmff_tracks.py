"""The tracks of a movie or an image sequence, written again with nothing but their pictures.

A movie box names everything by time and place: when it was made, by what, where, in which language, and it lists
tracks of sound, positions, words and sensor readings beside those of pictures. Only tracks of pictures are written
again, from their numbers; the copy's media data holds only the frames of those.

Specification: ISO/IEC 14496-12:2022, sections 8.2 (mvhd), 8.3 (tkhd, tref), 8.4 (mdhd, hdlr), 8.5 to 8.7 (sample
tables) and 8.6.6 (elst); ISO/IEC 23008-12:2022, section 7 (image sequences).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._isobmff import Box, boxes
from exposure.formats._isobmff_entries import ALPHA, Entry, entries, uses, wrap
from exposure.formats._isobmff_frames import Frames
from exposure.formats._isobmff_samples import Samples, samples
from exposure.source import Range, Window

_MOST_TRACKS = 64
_MOST_NUMBER = 0xFFFFFFFF
_MOST_EDITS = 256
_PICTURES = (b"vide", b"pict")
_AUXILIARY = b"auxv"
_VIDEO_HEADER = wrap(b"vmhd", struct.pack(">I8x", 1))
_HERE = wrap(b"dinf", wrap(b"dref", struct.pack(">II", 0, 1), wrap(b"url ", struct.pack(">I", 1))))
_UNDETERMINED = 0x55C4
"""The language "und", five bits a letter (8.4.2.3)."""


@dataclass(frozen=True, slots=True)
class _Track:
    number: int
    head: bytes
    """Its tkhd and edts boxes."""
    media: bytes
    """Its mdhd and hdlr boxes."""
    entries: tuple[Entry, ...]
    samples: Samples
    refers: tuple[int, ...]
    """The tracks that it is the transparency of."""


@dataclass(frozen=True, slots=True)
class Movie:
    """What a movie box is written again from."""

    spans: tuple[Range, ...]
    """Where the frames lie, in order, none touching the next."""
    _head: bytes
    _tracks: tuple[_Track, ...]

    def box(self, place: Callable[[int], int]) -> bytes:
        """The moov box. `place` tells where in the copy a byte of the frames comes to lie; the length never changes."""
        return wrap(b"moov", self._head, *(_written(t, place) for t in self._tracks))


class Places:
    """Where runs of bytes come to lie when they are put one behind the other."""

    __slots__ = ("_spans", "_starts", "_to")

    def __init__(self, spans: Sequence[Range], start: int) -> None:
        self._spans, self._starts, self._to = spans, [s.offset for s in spans], [start]
        for span in spans:
            self._to.append(self._to[-1] + span.length)

    def __call__(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= sum(self._spans[at]):
            raise MalformedFile("a frame that lies nowhere", offset)
        return self._to[at] + offset - self._starts[at]


def movie(window: Window, moov: Box, icc: bytes, bare: bool) -> Movie:
    """What is written again of a movie. `bare`: without the notes in its frames.

    CannotClean when its pictures are of a kind that is not known here.
    """
    inner = list(boxes(window, moov.start, moov.end))
    header = next((b for b in inner if b.type == b"mvhd"), None)
    if header is None or any(b.type == b"mvex" for b in inner):
        raise CannotClean("its video is stored in fragments, which exposure does not put together again")
    traks = [b for b in inner if b.type == b"trak"]
    if len(traks) > _MOST_TRACKS:
        raise MalformedFile("more tracks than any photo has", moov.offset)
    frames = Frames(window) if bare else None
    tracks = [t for box in traks if (t := _track(window, box, icc, frames))]
    shown = {t.number for t in tracks if not t.refers}
    tracks = [t for t in tracks if shown.issuperset(t.refers)]
    if len({t.number for t in tracks}) < len(tracks):
        raise MalformedFile("two tracks of one number", moov.offset)
    if not shown:
        raise CannotClean("there is no video in it that exposure knows")
    spans = joined(span for t in tracks for span in t.samples.spans)
    last = max(t.number for t in tracks)
    return Movie(tuple(spans), _movie_header(window, header, last), tuple(tracks))


def joined(spans: Iterator[Range]) -> list[Range]:
    """The same bytes in order, with runs that touch or overlap made one."""
    found: list[Range] = []
    for offset, length in sorted(spans):
        if found and offset <= sum(found[-1]):
            first = found[-1].offset
            found[-1] = Range(first, max(sum(found[-1]), offset + length) - first)
        elif length:
            found.append(Range(offset, length))
    return found


def _movie_header(window: Window, box: Box, last: int) -> bytes:
    """mvhd: time scale, duration and matrix; normal speed and loudness."""
    version, scale, duration, at = _times(window, box)
    matrix = window.read(at + 16, 36)
    times = struct.pack(">16xIQ" if version else ">8xII", scale, duration)
    fixed = struct.pack(">IH10x", 0x10000, 0x100)
    return wrap(
        b"mvhd",
        bytes((version, 0, 0, 0)),
        times,
        fixed,
        matrix,
        struct.pack(">24xI", min(last, _MOST_NUMBER - 1) + 1),
    )


def _times(window: Window, box: Box) -> tuple[int, int, int, int]:
    """Version, time scale (or track number) and duration of a header, and where they end in the window."""
    version = window.read(box.start, 1)[0]
    if version > 1 or box.payload.length < (32 if version else 20):
        raise MalformedFile(f"a {box.word} box of an unknown kind", box.offset)
    at = box.start + (20 if version else 12)
    if box.type == b"tkhd":  # four empty bytes between the two
        number, duration = struct.unpack(
            ">I4xQ" if version else ">I4xI", window.read(at, 16 if version else 12)
        )
        return version, number, duration, at + (16 if version else 12)
    scale, duration = struct.unpack(">IQ" if version else ">II", window.read(at, 12 if version else 8))
    return version, scale, duration, at + (12 if version else 8)


def _track(window: Window, box: Box, icc: bytes, frames: Frames | None) -> _Track | None:
    """One track, or None when it is none of pictures."""
    inner = _first(window, box)
    media = _first(window, _needed(inner, b"mdia"))
    handler = window.read(_needed(media, b"hdlr").start + 8, 4)
    if handler not in (*_PICTURES, _AUXILIARY):
        return None
    refers = dict(_references(window, inner[b"tref"])) if b"tref" in inner else {}
    table = _first(window, _needed(_first(window, _needed(media, b"minf")), b"stbl"))
    described = _needed(table, b"stsd")
    of = refers.get(b"auxl", ())
    if b"thmb" in refers or (handler == _AUXILIARY and not _is_alpha(window, described, of)):
        return None
    _is_here(window, _first(window, _needed(media, b"minf")))
    head = _needed(inner, b"tkhd")
    version, number, duration, at = _times(window, head)
    flags = window.read(head.start + 3, 1)[0] & 0xF
    layer, group = struct.unpack(">hh", window.read(at + 8, 4))
    times = struct.pack(">16xI4xQ" if version else ">8xI4xI", number, duration)
    rest = struct.pack(">8xhh4x", layer, group) + window.read(at + 16, 44)
    track_head = wrap(b"tkhd", bytes((version, 0, 0, flags)), times, rest)
    codecs = entries(window, described, icc)
    found = samples(window, table, codecs, frames)
    edits = _edits(window, inner[b"edts"]) if b"edts" in inner else b""
    written = _media_header(window, _needed(media, b"mdhd")) + wrap(b"hdlr", bytes(8), handler, bytes(13))
    auxiliary = of if handler == _AUXILIARY else ()
    return _Track(number, track_head + edits, written, codecs, found, auxiliary)


def _first(window: Window, box: Box) -> dict[bytes, Box]:
    """The boxes in a box by type, the first of each."""
    found: dict[bytes, Box] = {}
    for each in boxes(window, box.start, box.end):
        found.setdefault(each.type, each)
    return found


def _needed(found: dict[bytes, Box], type_: bytes) -> Box:
    if type_ not in found:
        raise MalformedFile(f"a track without its {type_.decode('latin-1')} box", 0)
    return found[type_]


def _references(window: Window, tref: Box) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    for box in boxes(window, tref.start, tref.end):
        count = min(box.payload.length // 4, _MOST_TRACKS)
        yield box.type, struct.unpack(f">{count}I", window.read(box.start, 4 * count))


def _is_alpha(window: Window, stsd: Box, of: Sequence[int]) -> bool:
    """Whether an auxiliary track is the transparency of another; old writers don't say what theirs are for."""
    said = uses(window, stsd)
    return bool(of) and all(urn in ALPHA for urn in said)


def _is_here(window: Window, minf: dict[bytes, Box]) -> None:
    """CannotClean when frames lie in other files."""
    dref = _first(window, _needed(minf, b"dinf")).get(b"dref") if b"dinf" in minf else None
    for box in boxes(window, dref.start + 8, dref.end) if dref else ():
        if not window.read(box.start + 3, 1)[0] & 1:
            raise CannotClean("parts of its video lie in other files")


def _edits(window: Window, edts: Box) -> bytes:
    """Which part of a track is shown when, and whether it is shown again and again (8.6.6)."""
    box = _first(window, edts).get(b"elst")
    if box is None:
        return b""
    head = window.read(box.start, 8)
    version, count = head[0], int.from_bytes(head[4:], "big")
    row = struct.Struct(">QqI" if version else ">IiI")
    if version > 1 or count > _MOST_EDITS:
        raise MalformedFile("an edit list of an unknown kind", box.offset)
    rows = window.read(box.start + 8, count * row.size)
    return wrap(b"edts", wrap(b"elst", bytes((version, 0, 0, head[3] & 1)), head[4:], rows))


def _media_header(window: Window, box: Box) -> bytes:
    version, scale, duration, _ = _times(window, box)
    times = struct.pack(">16xIQ" if version else ">8xII", scale, duration)
    return wrap(b"mdhd", bytes((version, 0, 0, 0)), times, struct.pack(">HH", _UNDETERMINED, 0))


def _written(track: _Track, place: Callable[[int], int]) -> bytes:
    """A trak box."""
    stsd = wrap(b"stsd", struct.pack(">II", 0, len(track.entries)), *(e.box for e in track.entries))
    stbl = wrap(b"stbl", stsd, track.samples.tables(place))
    references = [wrap(b"auxl", struct.pack(f">{len(track.refers)}I", *track.refers))]
    tref = wrap(b"tref", *references) if track.refers else b""
    minf = wrap(b"minf", _VIDEO_HEADER, _HERE, stbl)
    return wrap(b"trak", track.head, tref, wrap(b"mdia", track.media, minf))
