"""The metadata blocks of a JPEG: payloads of segments, joined where one block is too long for one segment.

Specification: XMP part 3 section 1.1.3.1 (extended XMP); ICC.1:2022 annex B.4; ISO/IEC 19566-5 annex D.2;
Photoshop and EXIF blocks that continue in the next segment, as ExifTool and Photoshop write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from exposure.model import Block, Embedded, Kind, Part, Problem
from exposure.source import Range, Window

EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
ICC = b"ICC_PROFILE\0"
JUMBF = b"JP"
SCATTERED = "APP2, in pieces that do not fit together"
"""Where a profile is whose pieces are not numbered as they must be: programs ignore it."""
_JFIF = 18
"""Bytes of a JFIF header, with its marker and without a thumbnail."""
_JFXX = b"JFXX\0\x10"


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """Every metadata block of these parts; those that span several segments once, with all their pieces."""
    icc: list[dict[int, Range]] = [{}]
    boxes: dict[int, list[tuple[int, Range]]] = {}
    extended: dict[bytes, list[dict[int, Range]]] = {}
    plain: list[tuple[Kind, str, list[Range]]] = []
    for part in parts:
        if part.kind is None or part.payload is None:
            if part.where == "APP0" and part.length > _JFIF:
                yield from _behind_jfif(window, part)
            continue
        at, length = part.payload
        if part.kind is Kind.ICC and length > 14:
            _add(icc, window.read(at + 12, 1)[0], Range(at + 14, length - 14))
        elif part.kind is Kind.JUMBF and length > 16:
            head = window.read(at, 8)
            sequence = int.from_bytes(head[4:8], "big")
            boxes.setdefault(head[2] << 8 | head[3], []).append((sequence, Range(at + 8, length - 8)))
        elif part.kind is Kind.XMP and length > 75 and window.read(at, 35) == EXTENDED_XMP:
            head = window.read(at + 35, 40)
            runs = extended.setdefault(head[:32], [{}])
            _add(runs, int.from_bytes(head[36:40], "big"), Range(at + 75, length - 75))
        elif plain and _continues(window, plain[-1], part):
            plain[-1][2].append(Range(at, length))
        elif part.where == "APP0" and window.read(at, min(6, length)) == _JFXX:
            yield Embedded("thumbnail", "JFIF:APP0:Thumbnail", window.part(at + 6, length - 6))
        else:
            plain.append((part.kind, part.where, [Range(at, length)]))
    for kind, where, pieces in plain:
        yield Block(kind, where, window.joined(pieces), window)
    for profile in filter(None, icc):
        yield Block(
            Kind.ICC, _numbered(window, profile), window.joined(profile[n] for n in sorted(profile)), window
        )
    for run in boxes.values():
        yield Block(Kind.JUMBF, "APP11", _jumbf(window, [piece for _, piece in sorted(run)]), window)
    for runs in extended.values():
        for one in runs:
            yield from _extended(window, one)


def _behind_jfif(window: Window, part: Part) -> Iterator[Embedded | Block]:
    """The thumbnail of a JFIF header, three bytes a pixel (JFIF 1.02), and what stands behind it."""
    start, (width, height) = part.offset + _JFIF, window.read(part.offset + _JFIF - 2, 2)
    drawn = min(3 * width * height, part.end - start)
    if drawn:
        yield Embedded("thumbnail", "JFIF:APP0:Thumbnail", window.part(start, drawn))
    if start + drawn < part.end:
        rest = window.part(start + drawn, part.end - start - drawn)
        yield Block(Kind.UNKNOWN, "APP0, behind the JFIF header", rest, window)


def _add(runs: list[dict[int, Range]], number: int, piece: Range) -> None:
    """Put a numbered piece into the run it belongs to; a number that was there already begins a run of its own."""
    if number in runs[-1]:
        runs.append({})
    runs[-1][number] = piece


def _numbered(window: Window, profile: dict[int, Range]) -> str:
    """Where a profile is: its pieces are numbered from 1, and each says how many they are (annex B.4)."""
    count = len(profile)
    fits = set(profile) == set(range(1, count + 1))
    said = {window.read(piece.offset - 1, 1)[0] for piece in profile.values()}
    return "APP2" if fits and said == {count} else SCATTERED


def _continues(window: Window, before: tuple[Kind, str, list[Range]], part: Part) -> bool:
    """Whether a segment goes on with the block of the one before it, instead of beginning its own."""
    assert part.payload is not None
    kind, where, _ = before
    if part.kind is not kind or part.where != where:
        return False
    opening = window.read(part.payload.offset, min(4, part.payload.length))
    if kind is Kind.EXIF:
        return opening not in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    return kind is Kind.PHOTOSHOP and opening != b"8BIM"


def _jumbf(window: Window, pieces: list[Range]) -> Window:
    """One box from its segments: each repeats the 8-byte box header, which counts once (annex D.2)."""
    first, *rest = pieces
    return window.joined([first, *(Range(p.offset + 8, p.length - 8) for p in rest if p.length > 8)])


def _extended(window: Window, run: dict[int, Range]) -> Iterator[Block | Problem]:
    """One extended XMP packet from the portions that share a GUID."""
    starts = sorted(run)
    if starts[0] != 0 or any(a + run[a].length != b for a, b in pairwise(starts)):
        yield Problem("APP1 extended XMP", "some portions of a long XMP packet are missing")
    yield Block(Kind.XMP, "APP1 extended XMP", window.joined(run[start] for start in starts), window)
