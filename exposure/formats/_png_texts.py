"""What PNG chunks pack into text: ICC profiles, XMP, and the "raw profiles" of ImageMagick, which are hex.

Specification: PNG third edition, sections 11.3.2.3 (iCCP), 11.3.3.2 to 11.3.3.4 (tEXt, zTXt, iTXt); XMP part 3,
section 1.1.5; for raw profiles there is only what ImageMagick, exiv2 and ExifTool write.
"""

from __future__ import annotations

import binascii
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.model import Block, Embedded, Kind, Part, Problem
from exposure.source import Window

MOST_IN_ONE = 1 << 23
"""No chunk's text is longer than this, unpacked, in bytes."""

MOST_IN_ALL = 1 << 23
"""All the text chunks of one file together are not longer than this, unpacked, in bytes."""

MOST_BLOCKS = 10_000
"""No picture has more metadata chunks than this."""

_MOST_WASTED = 1 << 26
"""How much may be unpacked in vain, in bytes."""

PACKING = ("tEXt", "zTXt", "iTXt", "iCCP")
"""The chunks that begin with a keyword, and may be compressed."""

_DENSEST = 1032
"""No byte of a zlib stream unpacks to more than this (RFC 1951: 258 bytes from two bits)."""

_HEAD = 1 << 12
"""A keyword has at most 79 bytes; with language tag and translated keyword, no sane one is longer than this."""

_XMP = b"XML:com.adobe.xmp"
RAW = b"Raw profile type "
"""How the keyword of a raw profile begins; its name follows."""
RAW_PROFILE = ", raw profile"
"""How the word ends for the place of a block that was one: most programs do not look there."""
_PROFILES = {
    **{b"exif": Kind.EXIF, b"app1": Kind.EXIF, b"xmp": Kind.XMP, b"icc": Kind.ICC, b"icm": Kind.ICC},
    **{b"iptc": Kind.PHOTOSHOP, b"8bim": Kind.PHOTOSHOP},
}
_OPENINGS = (
    (b"Exif\0\0", Kind.EXIF, 6),
    (b"http://ns.adobe.com/xap/1.0/\0", Kind.XMP, 29),
    (b"Photoshop 3.0\0", Kind.PHOTOSHOP, 14),
    (b"8BIM", Kind.PHOTOSHOP, 0),
    (b"\x1c", Kind.IPTC, 0),
    (b"<", Kind.XMP, 0),
)
"""What a profile really is, whatever its name says: how it begins, and the bytes to skip."""


_USUAL = frozenset(
    (b"", b"icc", b"iccp", b"iccp+", b"icc profile", b"photoshop icc profile", b"srgb", b"libavif")
)
"""Names that programs give to every colour profile, in lower case."""


class _Text(NamedTuple):
    keyword: bytes
    packed: bool
    start: int
    """Where in the chunk's data the text, or its zlib stream, begins."""


def keyword_of(payload: Window) -> bytes:
    """The keyword that opens the data of a textual chunk; "" when there is none."""
    return payload.head(80).partition(b"\0")[0]


def kind_of(keyword: bytes) -> Kind:
    """What a textual chunk of that keyword holds."""
    if keyword == _XMP:
        return Kind.XMP
    if keyword.startswith(RAW):
        return _PROFILES.get(keyword[len(RAW) :].lower(), Kind.TEXT)
    return Kind.TEXT


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block | Embedded | Problem]:
    """The metadata of those parts of a PNG. Profiles and XMP are unpacked; other texts stay as they are for their
    decoder, but those larger than one, or all of them together, may be are Problems here.
    """
    left, wasted = MOST_IN_ALL, 0
    metadata = [(part, part.kind) for part in parts if part.kind is not None]
    if len(metadata) > MOST_BLOCKS:
        yield Problem("PNG", f"Only the first {MOST_BLOCKS} of {len(metadata)} metadata chunks were read.")
    for part, kind in metadata[:MOST_BLOCKS]:
        payload = window.part(*(part.payload or (part.offset, part.length)))
        if part.where not in PACKING:
            yield Block(kind, part.where, payload, window)
            continue
        limit = min(left, MOST_IN_ONE) if wasted < _MOST_WASTED else 0
        try:
            text = _opening(part.where, payload)
            body, whole = _body(text, payload, limit)
            left -= body.size
            yield from _contents(part, text, payload, body, window)
        except MalformedFile as error:
            wasted += min(limit, _DENSEST * payload.size)  # what trying may have cost
            yield Problem(part.where, f"One {part.where} chunk was not read: {error.message}.")
        else:
            if not whole and kind is not Kind.TEXT:  # of a text, its decoder says it
                yield Problem(part.where, f"One {part.where} chunk stops before its compressed data ends.")


def _opening(where: str, payload: Window) -> _Text:
    head = payload.head(_HEAD)
    end = head.find(b"\0") + 1
    if not end:
        raise MalformedFile("its keyword does not end", payload.origin)
    if where == "tEXt":
        return _Text(head[: end - 1], False, end)
    flagged = where == "iTXt"
    packed = not flagged or head[end : end + 1] == b"\1"
    method = head[end + flagged : end + flagged + 1]
    if packed and method != b"\0":
        raise MalformedFile("its compression method is not known", payload.origin + end)
    keyword, end = head[: end - 1], end + 1 + flagged
    for _ in range(2 * flagged):  # language tag, translated keyword
        end = head.find(b"\0", end) + 1
        if not end:
            raise MalformedFile("its language or translated keyword does not end", payload.origin)
    return _Text(keyword, packed, end)


def _body(text: _Text, payload: Window, limit: int) -> tuple[Window, bool]:
    """The text itself, inflated where it was packed, and whether all of it is there."""
    body = payload.part(text.start)
    if body.size > limit:
        raise MalformedFile("it is larger than any text should be", body.origin)
    if not text.packed:
        return body, True
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(body.read(0, body.size), limit + 1)
    except zlib.error:
        raise MalformedFile("its compressed data is damaged", body.origin) from None
    if len(data) > limit:
        raise MalformedFile("it unpacks to more than any text should", body.origin)
    return Window.packed(data, payload.ranges()), stream.eof


def _contents(
    part: Part, text: _Text, payload: Window, body: Window, file: Window
) -> Iterator[Block | Problem]:
    if part.where == "iCCP":
        yield Block(Kind.ICC, part.where, body, file)
        if not _is_usual(text.keyword, body):
            yield Block(Kind.TEXT, part.where, payload.part(0, len(text.keyword)), file)
    elif text.keyword == _XMP:
        yield Block(Kind.XMP, part.where, body, file)
    elif kind_of(text.keyword) is not Kind.TEXT:
        data, missing = _profile(body)
        kind, skip = _true_kind(text.keyword[len(RAW) :].lower(), data)
        yield Block(kind, part.where + RAW_PROFILE, Window.packed(data[skip:], payload.ranges()), file)
        if missing:
            yield Problem(
                part.where, f"A raw profile is {abs(missing)} bytes {'short' if missing > 0 else 'too long'}."
            )
    else:
        yield Block(Kind.TEXT, part.where, payload, file)


def _is_usual(name: bytes, profile: Window) -> bool:
    """Whether the name of a profile tells nothing, or only what the profile itself says (ICC.1:2022, section 10.15)."""
    if name.lower() in _USUAL:
        return True
    data = profile.load(MOST_IN_ONE)
    return name in data or name.decode("latin-1").encode("utf-16-be") in data


def _profile(body: Window) -> tuple[bytes, int]:
    """The bytes of a raw profile, and how many of those it declares are missing (negative: what follows them).

    It is a name, a length and hex, on lines of their own.
    """
    try:
        _, length, digits = body.read(0, body.size).lstrip().split(b"\n", 2)
        wanted = int(length[:20])
        if wanted < 0:
            raise ValueError
        digits = digits.translate(None, b" \t\r\n\0")
        data = binascii.unhexlify(digits[: 2 * wanted])
    except ValueError:
        raise MalformedFile("its raw profile is not what it should be", body.origin) from None
    return data, wanted - (len(digits) + 1) // 2


def _true_kind(name: bytes, data: bytes) -> tuple[Kind, int]:
    kind = _PROFILES[name]
    if kind is Kind.ICC:
        return kind, 0
    return next(((real, skip) for start, real, skip in _OPENINGS if data.startswith(start)), (kind, 0))
