"""Put a PNG together again: its picture chunks in their order, and the profile, EXIF and XMP that we write.

Specification: Portable Network Graphics, third edition, sections 5.3 (chunks), 5.6 (their order), 11.3.2.3 (iCCP),
11.3.3.4 (iTXt), 11.3.5 (eXIf) and 11.3.6 (frames); XMP part 3, section 1.1.5; RFC 1950 and 1951.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from exposure.errors import CannotClean
from exposure.formats._png_texts import RAW, keyword_of
from exposure.model import Kept, Kind, Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window
from exposure.tiff import stream

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_PIECE = 1 << 20
_STORED = 0xFFFF
"""What one block of a zlib stream can hold that is not compressed, in bytes."""

_NUMBERED = (b"fcTL", b"fdAT")
"""Chunks that begin with their number among those of both types (11.3.6)."""
_BEHIND = ("fcTL", "fdAT", "data after the compressed picture")
"""Parts that may hold such chunks and are left out."""
_ORIENTATION = 0x112

_DECISIVE = frozenset(("PLTE", "tRNS", "acTL"))
"""Chunks that change what is shown: one that comes twice, or where it should not, is shown by some and not by others."""


class _Chunk(NamedTuple):
    type: bytes
    at: int
    """Where its data begins."""
    length: int
    whole: bool = True
    """False when it held more than its picture: then it gets a new length and CRC."""


class _Way(NamedTuple):
    """How a PNG says its EXIF. Which way up it says there, some programs follow in one of these ways and not in others."""

    name: bytes = b""
    """Of the raw profile in a textual chunk; empty for an eXIf chunk."""
    prefix: bytes = b""
    """What stands before the EXIF itself."""
    late: bool = False
    """Whether it follows the picture."""


def rewrite(window: Window, parts: Sequence[Part], kept: Kept) -> Iterator[Piece]:
    """The copy. The profile stands where it stood, so that a picture that says its colours twice, by a profile and
    as sRGB, is shown alike by every decoder, whichever of the two it goes by; and so does which way up it is.
    """
    yield SIGNATURE
    frames, number, icc, seen = 0, 0, kept.icc, set[bytes]()
    before = list(takewhile(lambda part: not part.where.startswith("IDAT"), parts))
    placed = any(part.where == "iCCP" for part in before)
    turned = any(tag.number == _ORIENTATION for tag in kept.tags)
    way = _way(window, parts, len(before)) if turned else _Way()
    whole = not any(part.role is Role.METADATA and part.where in _BEHIND for part in parts)
    for chunk in _shown(window, parts):
        if (chunk.type == b"IHDR") == bool(seen):
            raise CannotClean("it does not begin with a PNG header")
        seen.add(chunk.type)
        if chunk.type == b"iCCP":
            yield from _profile(icc, _named(window, chunk) if icc else True)
            icc = b""
            continue
        if chunk.type in _NUMBERED:
            yield from _copied(window, chunk, number, whole)
        else:
            yield from _copied(window, chunk)
        if chunk.type == b"IHDR":
            yield from () if way.late else _exif(kept, way)
            yield from _xmp(kept)
            yield from () if placed else _profile(icc)
        elif chunk.type == b"IDAT":
            icc = b""  # the place of a profile is before this
        elif chunk.type == b"acTL":
            frames = int.from_bytes(window.read(chunk.at, 4), "big")
        number += chunk.type in _NUMBERED
        frames -= chunk.type == b"fcTL"
    if frames:
        raise CannotClean("it holds other frames than it says")
    if b"IDAT" not in seen:
        raise CannotClean("there is no picture in it")
    yield from _exif(kept, way) if way.late else ()
    yield packed(b"IEND", b"")


def _way(window: Window, parts: Sequence[Part], picture: int) -> _Way:
    """How the EXIF is said that counts: in an eXIf chunk before any other; `picture` is the first part of that."""
    found = [(n, part) for n, part in enumerate(parts) if part.kind is Kind.EXIF and part.payload is not None]
    for number, part in sorted(found, key=lambda each: each[1].where != "eXIf"):
        assert part.payload is not None
        _check(window, _Chunk(part.where.encode("ascii"), part.offset + 8, part.length - 12))
        late, start = number > picture, part.payload.offset
        if part.where == "eXIf":
            return _Way(b"", window.read(part.offset + 8, start - part.offset - 8), late)
        name = keyword_of(window.part(*part.payload))[len(RAW) :].lower()
        return _Way(b"APP1" if name == b"app1" else name, b"Exif\0\0", late)
    return _Way()


def _exif(kept: Kept, way: _Way) -> Iterator[bytes]:
    """EXIF, which has its place before the picture, in its own chunk; or as the original says it."""
    if not kept.tags:
        return
    data = way.prefix + stream(kept.tags)
    if not way.name:
        yield packed(b"eXIf", data)
        return
    digits = data.hex()
    lines = "".join(f"{digits[at : at + 72]}\n" for at in range(0, len(digits), 72))
    yield packed(b"tEXt", b"%b%b\0\n%b\n%8d\n%b" % (RAW, way.name, way.name, len(data), lines.encode()))


def _xmp(kept: Kept) -> Iterator[bytes]:
    if kept.xmp:
        yield packed(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + kept.xmp)


def _named(window: Window, chunk: _Chunk) -> bool:
    """Whether the profile has a name, without which browsers ignore it. CannotClean when its chunk is damaged."""
    _check(window, chunk)
    return window.read(chunk.at, 1) != b"\0"


def _profile(icc: bytes, named: bool = True) -> Iterator[bytes]:
    if icc:
        yield packed(b"iCCP", (b"ICC Profile" if named else b"") + b"\0\0" + _zlib(icc))


def _shown(window: Window, parts: Sequence[Part]) -> Iterator[_Chunk]:
    """The chunks of the picture, and where among them the profile stood. CannotClean when they may hold something else."""
    indexed = False
    for part in parts:
        if part.where == "IHDR":
            indexed = window.read(part.offset + 17, 1) == b"\3"
        elif part.role is Role.METADATA and part.where in _DECISIVE - {"" if indexed else "PLTE"}:
            raise CannotClean(f"the file is damaged: its {part.where} chunk breaks the rules")
        if part.where == "CgBI" and part.role is Role.PICTURE:
            raise CannotClean("it is a PNG of Apple's own kind, which only their programs show")
        if not part.searched:
            raise CannotClean("its compressed picture is damaged, or holds more than the picture")
        if part.where == "iCCP":
            yield _Chunk(b"iCCP", part.offset + 8, part.length - 12)
        elif part.role is Role.PICTURE and part.where.endswith(" data"):
            yield _Chunk(part.where[:4].encode("ascii"), part.offset, part.length, False)
        elif part.role is Role.PICTURE and part.where != "IEND":
            at = part.offset
            while at < part.end:
                head = window.read(at, 8)
                chunk = _Chunk(head[4:], at + 8, int.from_bytes(head[:4], "big"))
                yield chunk
                at += 12 + chunk.length


def _copied(
    window: Window, chunk: _Chunk, number: int | None = None, numbered: bool = False
) -> Iterator[Piece]:
    """A chunk of the picture, with a new length, number and CRC where it needs them; `numbered`: it has the right one."""
    opening = b"" if number is None else number.to_bytes(4, "big")
    if chunk.length < len(opening):
        raise CannotClean("the file is damaged: a frame is cut short")
    there = window.read(chunk.at, len(opening))
    if numbered and there != opening:
        raise CannotClean("the file is damaged: its frames are not numbered one after the other")
    if chunk.whole:
        _check(window, chunk)
        if there == opening:
            yield Range(chunk.at - 8, chunk.length + 12)
            return
    yield chunk.length.to_bytes(4, "big") + chunk.type + opening
    yield Range(chunk.at + len(opening), chunk.length - len(opening))
    yield _crc(window, chunk, opening)


def _check(window: Window, chunk: _Chunk) -> None:
    """CannotClean when its checksum is wrong: some programs then do without the chunk, and some without the picture."""
    if window.read(chunk.at + chunk.length, 4) != _crc(window, chunk):
        raise CannotClean("the file is damaged: a checksum is wrong")


def _crc(window: Window, chunk: _Chunk, opening: bytes = b"") -> bytes:
    """The CRC of a chunk whose data begins with `opening` and goes on as in the file (5.3)."""
    crc = zlib.crc32(opening, zlib.crc32(chunk.type))
    end = chunk.at + chunk.length
    for at in range(chunk.at + len(opening), end, _PIECE):
        crc = zlib.crc32(window.read(at, min(_PIECE, end - at)), crc)
    return crc.to_bytes(4, "big")


def packed(type_: bytes, data: bytes) -> bytes:
    """One chunk."""
    return len(data).to_bytes(4, "big") + type_ + data + zlib.crc32(type_ + data).to_bytes(4, "big")


def _zlib(data: bytes) -> bytes:
    """A zlib stream that does not compress: the same bytes by every version of zlib, so that a copy stays itself."""
    out = b"\x78\x01"
    for at in range(0, len(data), _STORED):
        share = data[at : at + _STORED]
        size = len(share).to_bytes(2, "little")
        out += bytes([at + _STORED >= len(data)]) + size + bytes(0xFF - each for each in size) + share
    return out + zlib.adler32(data).to_bytes(4, "big")
