"""ExifRead as a second reader of EXIF blocks: what another program makes of the same bytes, maker notes included.

It gets the TIFF stream of one block from memory, never a file, and only a stream that our own decoder has read to
its end without a problem: cut-off streams turn into values there. What lies in maker notes was not checked by our
decoder, and a note built for it can keep ExifRead busy for minutes, so each reading may take only so many bytes.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from exposure.errors import MalformedFile
from exposure.model import Block, Problem

LARGEST = 1_000_000
"""No larger block is given to it, in bytes."""

_MOST_READS = 1_500_000
"""It reads a maker's note byte by byte, so a block of the largest size needs about a million."""
_MOST_BYTES = 1 << 25
_MOST_TAGS = 5_000
_LONGEST = 4_000
"""Characters of one value."""

_NUMBERS = frozenset({3, 4, 5, 6, 8, 9, 10, 11, 12, 13})
"""TIFF types that hold numbers; bytes, ASCII and undefined values may spell words."""
_FEW_EXACT = 16
_FEW = 4
"""A list of more numbers than this may spell a word or a position."""


class SecondTag(NamedTuple):
    """One value as ExifRead gives it."""

    name: str
    """Its own name for the directory and the tag: ``EXIF ExposureTime``, ``MakerNote SerialNumber``."""
    words: str
    """The value in its words, cut to a few thousand characters."""
    telling: bool
    """Whether the value may be words that somebody or a device wrote; False for a few numbers."""
    values: tuple[object, ...] = ()
    """The value itself, when it is a few numbers: integers and fractions."""


class SecondReading(NamedTuple):
    """What it makes of one block."""

    where: str
    tags: tuple[SecondTag, ...] = ()
    problem: str = ""
    """Why it gave less than it might, in a sentence, or ""."""


def second_reading(block: Block, decode: Callable[[Block], Iterable[object]]) -> SecondReading:
    """An EXIF block read by ExifRead, if `decode`, our own decoder, finds no fault in it. Never raises."""
    where = f"{block.kind.value} in {block.where}"
    if block.window.size > LARGEST:
        return SecondReading(where, problem="it was not given to ExifRead, being larger than 1 MB")
    try:
        if any(isinstance(thing, Problem) for thing in decode(block)):
            raise MalformedFile("part of it", 0)
        stream = block.window.load(LARGEST)
    except MalformedFile:
        return SecondReading(
            where, problem="it was not given to ExifRead, because exposure could not read all of it"
        )
    tags, problem = _read(stream, True)
    if problem:  # without maker notes it reads only what was checked above
        return SecondReading(
            where, _read(stream, False)[0], f"ExifRead could not read the maker's notes: {problem}"
        )
    return SecondReading(where, tags)


class _Bounded:
    """A stream in memory that gives only so much in all; MalformedFile after that, which ends the reading."""

    __slots__ = ("_bytes", "_reads", "_stream")

    def __init__(self, stream: bytes) -> None:
        self._stream, self._reads, self._bytes = io.BytesIO(stream), 0, 0

    def read(self, length: int = -1) -> bytes:
        found = self._stream.read(length)
        self._reads += 1
        self._bytes += len(found)
        if self._reads > _MOST_READS or self._bytes > _MOST_BYTES:
            raise MalformedFile("it would have taken too long", self._stream.tell())
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


def tags_of(stream: bytes) -> tuple[tuple[SecondTag, ...], str]:
    """Its tags of a TIFF stream that our own decoder found no fault in, and why there may be more, or "". Never raises."""
    return _read(stream, True)


def _read(stream: bytes, details: bool) -> tuple[tuple[SecondTag, ...], str]:
    """Its tags, or why there are none. It raises whatever its many decoders run into, so everything is caught."""
    from exifread import process_file

    log = logging.getLogger("exifread")
    quiet, log.disabled = log.disabled, True
    try:
        found: dict[str, Any] = process_file(
            _Bounded(stream),  # type: ignore[arg-type]  # it only ever reads, seeks and tells
            details=details,
            extract_thumbnail=False,
        )
        return tuple(_tags(found)), ""
    except MalformedFile as error:
        return (), error.message
    except Exception as error:
        return (), type(error).__name__
    finally:
        log.disabled = quiet


def _tags(found: dict[str, Any]) -> Iterator[SecondTag]:
    for name, tag in list(found.items())[:_MOST_TAGS]:
        values = tag.values if isinstance(tag.values, list) else [tag.values]
        kind = getattr(tag.field_type, "value", tag.field_type)
        number = kind in _NUMBERS and len(values) <= _FEW
        decoded = kind == 0 and not isinstance(tag.values, str | bytes)  # its own word for a number in a note
        words = str(tag.values if isinstance(tag.values, str) else tag.printable)
        exact = tuple(values) if kind in _NUMBERS and len(values) <= _FEW_EXACT else ()
        yield SecondTag(name[:200], words.strip(" \0")[:_LONGEST], not (number or decoded), exact)
