"""The tiling of a TIFF: from runs of bytes that something points at, in any order, to parts without gap or overlap."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from exposure.model import Depth, Kind, Part, Role
from exposure.source import Window

ALIGNMENT = 16
"""Zeros between two parts, up to this many, are padding that a shallow tiling looks at too, in bytes."""
MOST_GAPS = 4_096
"""So many gaps are looked at before what is left is taken for data unseen."""
_CHUNK = 1 << 20


class Span(NamedTuple):
    """A run of bytes that something points at. Where two overlap, the lower `rank` has it."""

    start: int
    end: int
    rank: int
    role: Role
    where: str
    kind: Kind | None = None
    searched: bool = True


def tiled(window: Window, spans: list[Span], depth: Depth) -> Iterator[Part]:
    """The parts that these spans make; what none covers is padding or data that nobody refers to."""
    return _merged(_filled(window, _flattened(spans, window.size), depth))


def _flattened(spans: list[Span], size: int) -> Iterator[Span | tuple[int, int]]:
    """Spans without overlap from 0 to `size`, and between them what no span covers."""
    spans.sort(key=itemgetter(0))
    active: list[tuple[int, int, Span]] = []
    at = taken = 0
    while at < size:
        while taken < len(spans) and spans[taken].start <= at:
            heapq.heappush(active, (spans[taken].rank, taken, spans[taken]))
            taken += 1
        while active and active[0][2].end <= at:
            heapq.heappop(active)
        stop = spans[taken].start if taken < len(spans) else size
        if active:
            best = active[0][2]
            stop = min(stop, best.end)
            yield best._replace(start=at, end=stop)
        else:
            yield at, stop
        at = stop


def _filled(window: Window, tiles: Iterable[Span | tuple[int, int]], depth: Depth) -> Iterator[Span]:
    """The same with every gap told: padding when it was seen to be zeros, else data that nobody refers to."""
    gaps = 0
    for tile in tiles:
        if isinstance(tile, Span):
            yield tile
            continue
        start, end = tile
        gaps += 1
        looked_at = gaps <= MOST_GAPS and (depth is Depth.DEEP or end - start <= ALIGNMENT)
        if looked_at and _is_blank(window, start, end):
            yield Span(start, end, 5, Role.STRUCTURE, "padding")
        else:
            yield Span(start, end, 5, Role.METADATA, "unreferenced data", Kind.UNKNOWN)


def _is_blank(window: Window, start: int, end: int) -> bool:
    for at in range(start, end, _CHUNK):
        length = min(_CHUNK, end - at)
        if window.read(at, length) != bytes(length):
            return False
    return True


def _merged(spans: Iterable[Span]) -> Iterator[Part]:
    """Parts, neighbours of one kind made one."""
    held: Span | None = None
    for span in spans:
        if held is not None and span[3:] == held[3:]:
            held = held._replace(end=span.end)
            continue
        if held is not None:
            yield _part(held)
        held = span
    if held is not None:
        yield _part(held)


def _part(span: Span) -> Part:
    length = span.end - span.start
    return Part(span.start, length, span.role, span.where, span.kind, None, span.searched)
