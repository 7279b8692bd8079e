"""Where the pixels of a GIF image end: what stands behind them in its sub-blocks is never shown.

The codes are followed, with how many pixels each stands for, but nothing is drawn. Specification: GIF89a, sections
15 (sub-blocks) and 22 (image data), and appendix F (LZW with codes of growing length).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exposure.errors import CannotClean, MalformedFile
from exposure.plugins import Piece
from exposure.source import Range, Window

_PIECE = 1 << 20
_WORD = 7
"""How many bytes are looked at in one step."""

_MOST_CODES = 1 << 12


def pixels(window: Window, start: int, end: int, wanted: int) -> Iterator[Piece]:
    """The code size and the sub-blocks that stand from `start` to `end`, without what follows the last pixel.

    CannotClean when the codes are none, so that it cannot be told.
    """
    size = window.read(start, 1)[0]
    if not 1 <= size <= 11:
        raise CannotClean("a picture in it is damaged")
    left, at = _bytes_taken(_contents(window, start + 1, end), size, wanted), start + 1
    while left >= (length := window.read(at, 1)[0]) > 0:
        left -= length
        at += 1 + length
    if at + 1 == end:
        yield Range(start, end - start)
        return
    yield Range(start, at - start)
    if left:
        yield bytes([left])
        yield Range(at + 1, left)
    yield b"\0"


def _contents(window: Window, at: int, end: int) -> Iterator[bytes]:
    """What is in the sub-blocks from `at` to `end`, piece by piece."""
    while at < end:
        data, i, shares = window.read(at, min(_PIECE, end - at)), 0, list[bytes]()
        while i < len(data) and i + data[i] < len(data):
            shares.append(data[i + 1 : i + 1 + data[i]])
            i += data[i] + 1
        if not i:  # in a file that is written to meanwhile, or no sub-blocks were here to begin with
            raise MalformedFile("a GIF block runs past its end", at)
        yield b"".join(shares)
        at += i


def _bytes_taken(contents: Iterable[bytes], size: int, wanted: int) -> int:
    """How many of these bytes make up so many pixels, up to the end code if there is one."""
    clear = 1 << size
    fresh = [1] * clear + [
        0,
        0,
    ]  # how many pixels each code stands for; those that clear and end stand for none
    lengths, last, known = fresh.copy(), 0, clear + 2
    width, mask = size + 1, (2 << size) - 1
    held = bits = fed = full = 0
    for data in contents:
        for i in range(0, len(data), _WORD):
            word = data[i : i + _WORD]
            fed += len(word)
            held |= int.from_bytes(word, "little") << bits
            bits += 8 * len(word)
            while bits >= width:
                code = held & mask
                held >>= width
                bits -= width
                if code == clear:
                    lengths, last, known = fresh.copy(), 0, clear + 2
                    width, mask = size + 1, (2 << size) - 1
                    continue
                if code == clear + 1:
                    return fed - bits // 8
                if wanted <= 0:
                    return full
                if code > known or (code == known and not last):
                    raise CannotClean("a picture in it is damaged")
                if last and known < _MOST_CODES:
                    lengths.append(last + 1)
                    known += 1
                    if known > mask and width < 12:
                        width, mask = width + 1, 2 * mask + 1
                last = lengths[code]
                wanted -= last
                if wanted <= 0:
                    full = fed - bits // 8
    return full if wanted <= 0 else fed
