"""Where the frames of a track lie, how long each is shown, and the tables that say so, read and written.

Specification: ISO/IEC 14496-12:2022, sections 8.6.1 (stts, ctts), 8.6.2 (stss), 8.7.3 (stsz, stz2), 8.7.4 (stsc) and
8.7.5 (stco, co64).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._isobmff import Box
from exposure.formats._isobmff_entries import Entry, wrap
from exposure.formats._isobmff_frames import Frames
from exposure.source import Range, Window

_MOST_SAMPLES = 100_000
"""Frames of one track; at 60 in a second that is half an hour."""
_WIDE = 1 << 31
"""From this much media data on, places are written in 8 bytes."""


class Chunk(NamedTuple):
    """Frames that lie one behind the other."""

    entry: int
    """Which sample entry they are coded by, counted from 1."""
    samples: int
    spans: tuple[Range, ...]
    """What is kept of them, in order."""

    @property
    def length(self) -> int:
        return sum(span.length for span in self.spans)


@dataclass(frozen=True, slots=True)
class Samples:
    """The frames of one track."""

    sizes: tuple[int, ...]
    """Of each frame, what is kept of it, in bytes."""
    chunks: tuple[Chunk, ...]
    times: bytes
    """The boxes stts, ctts and stss."""

    @property
    def spans(self) -> Iterator[Range]:
        """Where the frames lie."""
        return (span for chunk in self.chunks for span in chunk.spans)

    def tables(self, place: Callable[[int], int]) -> bytes:
        """The boxes that tell times, sizes and places."""
        wide = sum(self.sizes) >= _WIDE
        places = [self._place(chunk, place) for chunk in self.chunks]
        if not wide and max(places, default=0) >= 1 << 32:
            raise CannotClean("it is too large")
        rows, number = [], 1
        for (entry, count), run in groupby(self.chunks, lambda c: (c.entry, c.samples)):
            rows.append(struct.pack(">III", number, count, entry))
            number += len(list(run))
        sizes = struct.pack(f">II{len(self.sizes)}I", 0, len(self.sizes), *self.sizes)
        offsets = struct.pack(f">I{len(places)}{'Q' if wide else 'I'}", len(places), *places)
        return b"".join(
            (
                self.times,
                wrap(b"stsc", bytes(4), struct.pack(">I", len(rows)), *rows),
                wrap(b"stsz", bytes(4), sizes),
                wrap(b"co64" if wide else b"stco", bytes(4), offsets),
            )
        )

    @staticmethod
    def _place(chunk: Chunk, place: Callable[[int], int]) -> int:
        """Where a chunk comes to lie: in one run, or its frames could not be found by their sizes."""
        if not chunk.spans:
            return 0
        at = end = place(chunk.spans[0].offset)
        for span in chunk.spans:
            if place(span.offset) != end:
                raise CannotClean("its frames share their bytes with something else")
            end += span.length
        return at


def samples(
    window: Window, table: Mapping[bytes, Box], codecs: Sequence[Entry], frames: Frames | None
) -> Samples:
    """The frames that the boxes of an stbl box tell of, without the notes in them when there are `frames`."""
    sizes = _sizes(window, table)
    chunks = list(_chunks(window, table, len(sizes), len(codecs)))
    found: list[Chunk] = []
    kept: list[int] = []
    number = 0
    for offset, count, entry in chunks:
        own = sizes[number : number + count]
        places = accumulate(own, initial=offset)
        if offset + sum(own) > window.size:
            raise MalformedFile("frames of its video lie past the end of the file", offset)
        spans = [Range(at, size) for at, size in zip(places, own, strict=False) if size]
        if frames is None:
            kept += own
        else:
            codec = codecs[entry - 1]
            shown = [frames.shown(codec.codec, codec.prefix, Range(s, n)) for s, n in _each(offset, own)]
            kept += [sum(r.length for r in some) for some in shown]
            spans = [r for some in shown for r in some]
        found.append(Chunk(entry, count, tuple(_touching(spans))))
        number += count
    return Samples(tuple(kept), tuple(found), _times(window, table, len(sizes)))


def _each(offset: int, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    for size in sizes:
        yield offset, size
        offset += size


def _touching(spans: Sequence[Range]) -> list[Range]:
    found: list[Range] = []
    for span in spans:
        if found and sum(found[-1]) == span.offset:
            found[-1] = Range(found[-1].offset, found[-1].length + span.length)
        else:
            found.append(span)
    return found


def _rows(window: Window, box: Box, row: str, most: int, skip: int = 4) -> list[tuple[int, ...]]:
    """The rows of a table whose count stands after `skip` bytes; MalformedFile when they are more than `most`."""
    count, size = int.from_bytes(window.read(box.start + skip, 4), "big"), struct.calcsize(row)
    if count > most or skip + 4 + count * size > box.payload.length:
        raise MalformedFile(f"a {box.word} box of a wrong length", box.offset)
    return list(struct.iter_unpack(row, window.read(box.start + skip + 4, count * size)))


def _sizes(window: Window, table: Mapping[bytes, Box]) -> list[int]:
    if box := table.get(b"stsz"):
        size, count = struct.unpack(">II", window.read(box.start + 4, 8))
        if not size:
            return [size for (size,) in _rows(window, box, ">I", _MOST_SAMPLES, 8)]
        if count > _MOST_SAMPLES:
            raise MalformedFile("more frames than the video of any photo has", box.offset)
        return [size] * count
    box = table.get(b"stz2")
    width = window.read(box.start + 7, 1)[0] if box else 0
    if box is None or width not in (8, 16):
        raise MalformedFile("a track that does not say how long its frames are", 0)
    return [size for (size,) in _rows(window, box, ">B" if width == 8 else ">H", _MOST_SAMPLES, 8)]


def _chunks(
    window: Window, table: Mapping[bytes, Box], count: int, codecs: int
) -> Iterator[tuple[int, int, int]]:
    """Offset, number of frames and sample entry of each chunk."""
    box = table.get(b"stco") or table.get(b"co64")
    runs = table.get(b"stsc")
    if box is None or runs is None:
        raise MalformedFile("a track that does not say where its frames lie", 0)
    places = _rows(window, box, ">Q" if box.type == b"co64" else ">I", _MOST_SAMPLES)
    rows = _rows(window, runs, ">III", _MOST_SAMPLES)
    starts = [first for first, _, _ in rows]
    if (starts[:1] != [1] and places) or any(a >= b for a, b in pairwise(starts)):
        raise MalformedFile("a track whose frames are listed in no order", runs.offset)
    told = 0
    for (first, many, entry), after in zip(rows, [*starts[1:], len(places) + 1], strict=True):
        if not 1 <= entry <= codecs or not many:
            raise MalformedFile("a track whose frames are coded in no way", runs.offset)
        for (place,) in places[first - 1 : after - 1]:
            told += many
            if told > count:
                raise MalformedFile("a track that lists more frames than it has", runs.offset)
            yield place, many, entry
    if told != count:
        raise MalformedFile("a track that lists fewer frames than it has", runs.offset)


def _times(window: Window, table: Mapping[bytes, Box], count: int) -> bytes:
    """How long each frame is shown, in which order, and which of them stand alone."""
    if b"stts" not in table:
        raise MalformedFile("a track that does not say how long its frames are shown", 0)
    out = wrap(b"stts", bytes(4), _runs(window, table[b"stts"], ">II", count))
    if box := table.get(b"ctts"):
        version = window.read(box.start, 1)[0] & 1
        row = ">Ii" if version else ">II"
        out += wrap(b"ctts", bytes((version, 0, 0, 0)), _runs(window, box, row, count))
    if box := table.get(b"stss"):
        numbers = [number for (number,) in _rows(window, box, ">I", count)]
        if any(a >= b for a, b in pairwise([0, *numbers, count + 1])):
            raise MalformedFile("a track whose frames are listed in no order", box.offset)
        out += wrap(b"stss", bytes(4), struct.pack(f">I{len(numbers)}I", len(numbers), *numbers))
    return out


def _runs(window: Window, box: Box, row: str, count: int) -> bytes:
    """A table of counts and values for so many frames, with neighbours of one value made one."""
    rows = _rows(window, box, row, _MOST_SAMPLES)
    if sum(many for many, _ in rows) != count:
        raise MalformedFile(f"a {box.word} box for another number of frames", box.offset)
    runs = [(sum(many for many, _ in run), value) for value, run in groupby(rows, lambda r: r[1])]
    runs = [run for run in runs if run[0]]
    return struct.pack(">I", len(runs)) + b"".join(struct.pack(row, *run) for run in runs)
