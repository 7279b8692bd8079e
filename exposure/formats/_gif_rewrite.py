"""Put a GIF together again: its header, its images with what controls them, and how often they repeat.

Specification: GIF89a, sections 17 (header), 20 (image descriptor), 23 (graphic control: it is for the one image or
plain text that follows), 26 (application extension); ICC.1:2004, annex B.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.errors import CannotClean
from exposure.formats._gif_pixels import pixels
from exposure.model import Kept, Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window

MOST_CODED = 1 << 27
"""All the images of a file together may not be larger than this, in bytes: looking through them takes a minute."""

_SIGNATURE = 6
_DESCRIPTOR = 10
_LONGEST = 64
"""Enough of an extension to read a control or a loop from."""

LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy. Its header says GIF89a where it holds an extension, which GIF87a does not know."""
    header = parts[0]
    images = [part.length for part in parts if part.where == "image"]
    if not images:
        raise CannotClean("there is no picture in it")
    if sum(images) > MOST_CODED:
        raise CannotClean("its pictures are larger than exposure can look through")
    body = tuple(_body(window, parts))
    extended = kept.icc or any(part.where == "extension" and part.role is Role.PICTURE for part in parts)
    extended = extended or any(
        isinstance(piece, bytes) and piece[:2] in (b"!\xf9", b"!\xff") for piece in body
    )
    yield b"GIF89a" if extended else Range(0, _SIGNATURE)
    yield Range(_SIGNATURE, header.length - _SIGNATURE)
    if kept.icc:
        yield b"!\xff\x0bICCRGBG1012" + _sub_blocks(kept.icc)
    yield from body
    yield b";"


def _body(window: Window, parts: Sequence[Part]) -> Iterator[Piece]:
    """Images, each after the last control before it; a control of words that are dropped goes with them."""
    control: Piece = b""
    told = b""
    for part in parts:
        if part.where == "plain text extension":
            control = b""
        elif part.where == "image":
            if control:
                yield control
            yield from _image(window, part)
            control = b""
        elif part.where.endswith("extension"):
            data = window.read(part.offset, min(part.length, _LONGEST))
            meant = _control(data)
            if meant:
                control = Range(part.offset, part.length) if meant == data else meant
            loop = _loop(data)
            if told and loop and loop[-3:] != told[-3:]:
                raise CannotClean("it says twice, and differently, how often it repeats")
            if loop and not told:
                yield loop
                told = loop


def _control(data: bytes) -> bytes:
    """A graphic control, with zeros where it has no meaning; empty when the extension is none."""
    if data[:2] != b"!\xf9" or len(data) < 8 or data[2] < 4:
        return b""
    flags, transparent = data[3] & 0x1F, data[6] if data[3] & 1 else 0
    return b"!\xf9\4" + bytes([flags]) + data[4:6] + bytes([transparent, 0])


def _loop(data: bytes) -> bytes:
    """A loop extension that says nothing but how often; empty when the extension is none."""
    if data[:3] != b"!\xff\x0b" or data[3:14] not in LOOPS:
        return b""
    at = 14
    while at + 4 < len(data) and data[at]:
        if data[at] >= 3 and data[at + 1] == 1:
            return data[:14] + b"\3\1" + data[at + 2 : at + 4] + b"\0"
        at += data[at] + 1
    return b""


def _image(window: Window, part: Part) -> Iterator[Piece]:
    """An image: its descriptor and colour table as they are, and its pixels."""
    descriptor = window.read(part.offset, _DESCRIPTOR)
    width, height = (int.from_bytes(descriptor[at : at + 2], "little") for at in (5, 7))
    table = 3 << (descriptor[9] & 7) + 1 if descriptor[9] & 0x80 else 0
    start = part.offset + _DESCRIPTOR + table
    yield Range(part.offset, start - part.offset)
    yield from pixels(window, start, part.end, width * height)


def _sub_blocks(data: bytes) -> bytes:
    """Data cut into pieces of up to 255 bytes, each after its length (15)."""
    pieces = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"
