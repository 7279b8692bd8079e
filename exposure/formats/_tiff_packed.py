"""Where a packed strip or tile of a TIFF ends: what stands behind its last pixel is never shown.

Only the usual packings are looked through: Deflate, which says itself where it ends, PackBits, and LZW, whose codes are
followed with how many bytes each stands for.

Specification: TIFF 6.0, sections 9 (PackBits) and 13 (LZW); Adobe Photoshop TIFF Technical Notes (Deflate); RFC 1950.
"""

from __future__ import annotations

import zlib

from exposure.errors import CannotClean
from exposure.source import Range, Window

LZW, _PACKBITS = 5, 32773
FOLLOWED = frozenset((LZW, 8, 32946, _PACKBITS))
"""Compressions whose end is found; Deflate has two numbers."""
MOST_LZW = 1 << 25
"""How much of LZW is followed in one file, in bytes; it takes ten seconds, and the copy as long again."""

_PIECE = 7 << 14
_WORD = 7
"""How many bytes of LZW are looked at in one step."""
_CLEAR, _END, _FIRST, _MOST_CODES = 256, 257, 258, 4096
_WRONG = "its compressed picture is damaged, or holds more than the picture"


def followed(window: Window, compression: int, strip: Range, size: int, most: int) -> Range:
    """What of a strip is needed for `size` bytes of picture; all of it when that is 0, which is: not known.

    The last strip of a page may be as long as the others, so a strip may hold up to `most` bytes. CannotClean when it
    holds more.
    """
    if not size:
        return strip
    if compression == _PACKBITS:
        return _packbits(window, strip, size)
    try:
        return _lzw(window, strip, size) if compression == LZW else _inflated(window, strip, most)
    except (zlib.error, IndexError):  # a code that stands for nothing
        raise CannotClean(_WRONG) from None


def _inflated(window: Window, strip: Range, most: int) -> Range:
    """A stream without what stands behind its end. Some programs leave the end out: then all of the strip is stream."""
    inflate = zlib.decompressobj()
    at, stop = strip.offset, sum(strip)
    while not inflate.eof:
        data = inflate.unconsumed_tail
        if not data:
            data = window.read(at, min(_PIECE, stop - at))
            at += len(data)
        if not data:
            return strip
        most -= len(inflate.decompress(data, _PIECE))
        if most < 0:
            raise CannotClean(_WRONG)
    return Range(strip.offset, at - len(inflate.unused_data) - strip.offset)


def _packbits(window: Window, strip: Range, size: int) -> Range:
    """Runs up to the one that fills the picture; a run begins with its kind and length in one byte."""
    at, stop = strip.offset, sum(strip)
    while at < stop and size > 0:
        data, i = window.read(at, min(_PIECE, stop - at)), 0
        while i < len(data) and size > 0:
            kind = data[i]
            if kind < 128:  # so many bytes and one more, as they are
                i += kind + 2
                size -= kind + 1
            elif kind > 128:  # one byte, again and again
                i += 2
                size -= 257 - kind
            else:
                i += 1
        at += i
    return Range(strip.offset, min(at, stop) - strip.offset)


def _lzw(window: Window, strip: Range, size: int) -> Range:
    """Codes up to the one that fills the picture, with the end code if it comes next."""
    opening = window.read(strip.offset, min(2, strip.length))
    if opening[:1] == b"\0" and opening[1] & 1:
        return strip  # as it was before TIFF 6.0: the bits the other way round
    lengths, last, width = [1] * _FIRST, 0, 9
    held = bits = taken = full = 0
    for at in range(strip.offset, sum(strip), _PIECE):
        data = window.read(at, min(_PIECE, sum(strip) - at))
        for i in range(0, len(data), _WORD):
            word = data[i : i + _WORD]
            taken += len(word)
            held = (held & (1 << bits) - 1) << 8 * len(word) | int.from_bytes(word, "big")
            bits += 8 * len(word)
            while bits >= width:
                bits -= width
                code = held >> bits & (1 << width) - 1
                if code == _CLEAR:
                    del lengths[_FIRST:]
                    last, width = 0, 9
                    continue
                if code == _END or size <= 0:
                    return Range(strip.offset, taken - bits // 8 if code == _END else full)
                if last and len(lengths) < _MOST_CODES:
                    lengths.append(last + 1)
                    if len(lengths) + 1 >> width and width < 12:
                        width += 1
                last = lengths[code]
                size -= last
                if size <= 0:
                    full = taken - bits // 8
    return Range(strip.offset, full) if size <= 0 else strip
