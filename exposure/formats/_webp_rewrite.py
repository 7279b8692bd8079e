"""Put a WebP together again: its pictures and frames as they are, under headers that we write.

Specification: RFC 9649, sections 2.3 (chunks and their padding), 2.5 and 2.6 (simple files), 2.7 (VP8X, the order of
chunks, frames), 3.4 (the header of VP8L); RFC 6386, section 9.1 (that of VP8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.errors import CannotClean
from exposure.model import Kept, Kind, Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window
from exposure.tiff import stream

ICC, ALPHA, EXIF, XMP, ANIMATION = 0x20, 0x10, 0x08, 0x04, 0x02
"""The flags of VP8X, which say what decoders look for."""

_FLAGS = {Kind.ICC: ICC, Kind.EXIF: EXIF, Kind.XMP: XMP}
_ORIENTATION = 0x112
_MOVING = ("ANIM", "ANMF")
_PICTURES = ("VP8", "VP8L", "ANMF", "ANMF header")


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy. A simple file stays one, unless it gets what only an extended file can say.

    What decoders did not look for, because no flag said that it is there, they shall not find in the copy either, or
    it would be shown otherwise: such a profile, orientation or packet stays without its flag.
    """
    shown = [part for part in parts if part.role is not Role.METADATA]
    old = next((window.read(part.offset + 8, 10) for part in shown if part.where == "VP8X"), b"")
    flags = old[0] if old else 0
    if flags & ANIMATION and any(part.role is Role.METADATA and part.where in _MOVING for part in parts):
        raise CannotClean("the file is damaged: its frames break the rules")
    if not any(part.where in _PICTURES for part in shown):
        raise CannotClean("there is no picture in it")
    there = {part.kind for part in parts}
    unseen = {kind for kind, flag in _FLAGS.items() if kind in there and not flags & flag}
    turns = any(tag.number == _ORIENTATION for tag in kept.tags)
    told = (bool(kept.icc) and Kind.ICC not in unseen) * ICC
    told |= (bool(kept.tags) and not (turns and Kind.EXIF in unseen)) * EXIF
    told |= (bool(kept.xmp) and Kind.XMP not in unseen) * XMP
    body = list(_frames(window, shown) if flags & ANIMATION else _still(window, shown))
    if kept.icc:
        body.insert(0 if old or told else len(body), _chunk(b"ICCP", kept.icc))
    if kept.tags:
        body.append(_chunk(b"EXIF", stream(kept.tags)))
    if kept.xmp:
        body.append(_chunk(b"XMP ", kept.xmp))
    if old or told:
        alpha, canvas = (flags & ALPHA, old[4:]) if old else _canvas(window, shown)
        header = bytes([flags & ANIMATION | alpha | told, 0, 0, 0]) + canvas
        body.insert(0, _chunk(b"VP8X", header))
    yield b"RIFF" + (4 + _size(body)).to_bytes(4, "little") + b"WEBP"
    yield from body


def _still(window: Window, shown: Sequence[Part]) -> Iterator[Piece]:
    """The picture, and its transparency before it."""
    for part in shown:
        if part.role is Role.PICTURE:
            yield from _chunks(window, part.offset, part.end)


def _frames(window: Window, shown: Sequence[Part]) -> Iterator[Piece]:
    """The colour behind an animation and how often it repeats, then each frame under a header of its own."""
    frame: list[Piece] = []
    for part in shown:
        if part.where == "ANMF data":
            frame += _chunks(window, part.offset, part.end) if frame else [_place(window, part.offset)]
            continue
        yield from _framed(frame)
        frame = []
        if part.where == "ANMF":
            inner = tuple(_chunks(window, part.offset + 24, part.end))
            place = _place(window, part.offset + 8)
            if place == window.read(part.offset + 8, 16) and all(isinstance(each, Range) for each in inner):
                yield Range(part.offset, part.length)
            else:
                frame = [place, *inner]
        elif part.where == "ANIM":
            yield Range(part.offset, part.length)
    yield from _framed(frame)


def _framed(frame: Sequence[Piece]) -> Iterator[Piece]:
    if frame:
        yield b"ANMF" + _size(frame).to_bytes(4, "little")
        yield from frame


def _size(pieces: Sequence[Piece]) -> int:
    return sum(piece.length if isinstance(piece, Range) else len(piece) for piece in pieces)


def _place(window: Window, at: int) -> bytes:
    """Where, how large and how long a frame is, and how it is drawn; the bits that mean nothing are zero (2.7.1.1)."""
    data = window.read(at, 16)
    return data[:15] + bytes([data[15] & 3])


def _chunks(window: Window, at: int, end: int) -> Iterator[Piece]:
    """The chunks that stand between those places, each with a padding of zero where it needs one."""
    while at + 8 <= end:
        length = int.from_bytes(window.read(at + 4, 4), "little")
        stop, odd = at + 8 + length, length & 1
        if odd and (stop >= end or window.read(stop, 1) != b"\0"):
            yield Range(at, 8 + length)
            yield b"\0"
        else:
            yield Range(at, 8 + length + odd)
        at = stop + odd


def _canvas(window: Window, shown: Sequence[Part]) -> tuple[int, bytes]:
    """Transparency and size of a simple file, as an extended one says them."""
    part = next(part for part in shown if part.where in ("VP8", "VP8L"))
    if part.length < 18:
        raise CannotClean("its picture is damaged")
    data = window.read(part.offset + 8, 10)
    if part.where == "VP8L":
        bits = int.from_bytes(data[1:5], "little")
        alpha, width, height = bits >> 28 & 1, bits & 0x3FFF, bits >> 14 & 0x3FFF
    else:
        alpha, width, height = 0, *(int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        if not (width and height):
            raise CannotClean("its picture is damaged")
        width, height = width - 1, height - 1
    return alpha * ALPHA, width.to_bytes(3, "little") + height.to_bytes(3, "little")


def _chunk(type_: bytes, data: bytes) -> bytes:
    return type_ + len(data).to_bytes(4, "little") + data + bytes(len(data) & 1)
