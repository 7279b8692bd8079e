"""Packed bytes (deflate, RFC 1951; gzip, RFC 1952) by offset, in little memory.

Deflate can only be unpacked from its beginning. While it is, the state is noted every so often, so that going back
costs no more than the way from the last note.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from threading import Lock

from exposure.errors import MalformedFile

RAW, GZIP = -zlib.MAX_WBITS, 16 + zlib.MAX_WBITS
"""Bare deflate, as in a zip; and gzip, of which several may follow each other."""

_STEP = 1 << 17
"""So much is unpacked at once, in bytes."""
_APART = 1 << 22
"""How far apart the state is noted at first; twice as far whenever there are too many notes."""
_MOST_NOTES = 256
"""A note takes about 45 kB."""
_MOST_PLACES = 4
"""So many readers may go forward in different places, without ever going back."""


class _Place:
    """How far one reader has unpacked."""

    __slots__ = ("inflater", "out", "piece", "taken", "waiting")

    def __init__(self, inflater: zlib._Decompress, taken: int, out: int, waiting: bytes) -> None:
        self.inflater, self.taken, self.out, self.waiting = inflater, taken, out, waiting
        self.piece = b""

    @property
    def start(self) -> int:
        """The first byte that it still has."""
        return self.out - len(self.piece)

    def copy(self) -> _Place:
        return _Place(self.inflater.copy(), self.taken, self.out, self.waiting)


class Inflated:
    """What a run of packed bytes unpacks to. Several threads may read it."""

    __slots__ = ("_apart", "_kind", "_limit", "_lock", "_notes", "_packed", "_places", "_take", "_too_long")

    def __init__(
        self,
        take: Callable[[int, int], bytes],
        packed: int,
        kind: int,
        limit: Callable[[int], int],
        too_long: str,
    ) -> None:
        """`take` gives bytes of the `packed` ones by offset and length. `limit` says how much may come out of so many
        of them, `too_long` what to say when it is more."""
        self._take, self._packed, self._kind, self._limit, self._too_long = (
            take,
            packed,
            kind,
            limit,
            too_long,
        )
        self._notes: list[_Place] = []
        self._places: list[_Place] = []
        self._apart = _APART
        self._lock = Lock()

    def read(self, offset: int, length: int) -> bytes:
        """So many bytes from there, or fewer where it ends. MalformedFile when it is damaged or grows too much."""
        found = bytearray()
        with self._lock:
            place = self._nearest(offset)
            while len(found) < length:
                here = offset + len(found) - place.start
                if here < len(place.piece):
                    found += place.piece[here : here + length - len(found)]
                elif not self._advance(place):
                    break
        return bytes(found)

    def _nearest(self, offset: int) -> _Place:
        """The reader that has the shortest way there."""
        place = max((p for p in self._places if p.start <= offset), key=lambda p: p.out, default=None)
        note = max((n for n in self._notes if n.out <= offset), key=lambda n: n.out, default=None)
        if place is not None and (note is None or place.out >= note.out):
            self._places.remove(place)
        else:
            place = note.copy() if note is not None else _Place(zlib.decompressobj(self._kind), 0, 0, b"")
        self._places = [*self._places[1 - _MOST_PLACES :], place]
        return place

    def _advance(self, place: _Place) -> bool:
        """Unpack the next piece; False at the end."""
        while True:
            if place.inflater.eof and not self._again(place):
                return False
            packed = place.waiting
            if not packed:
                packed = self._take(place.taken, min(_STEP, self._packed - place.taken))
                place.taken += len(packed)
            if place.out > (limit := self._limit(place.taken)):
                raise MalformedFile(self._too_long, limit)
            try:
                piece = place.inflater.decompress(packed, min(_STEP, limit - place.out + 1))
            except zlib.error:
                raise MalformedFile("its packed data is damaged", place.out) from None
            place.waiting = place.inflater.unconsumed_tail
            if piece:
                break
            if not packed:
                return False
        place.piece, place.out = piece, place.out + len(piece)
        if place.out > limit:
            raise MalformedFile(self._too_long, limit)
        if place.out >= (self._notes[-1].out if self._notes else 0) + self._apart:
            self._note(place)
        return True

    def _again(self, place: _Place) -> bool:
        """Whether another gzip follows the one that ended, and begin it."""
        rest = place.inflater.unused_data
        if not rest:
            rest = self._take(place.taken, min(_STEP, self._packed - place.taken))
            place.taken += len(rest)
        if self._kind != GZIP or rest[:1] != b"\x1f":
            return False
        place.inflater, place.waiting = zlib.decompressobj(GZIP), rest
        return True

    def _note(self, place: _Place) -> None:
        self._notes.append(place.copy())
        if len(self._notes) > _MOST_NOTES:
            del self._notes[::2]
            self._apart *= 2
