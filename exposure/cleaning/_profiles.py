"""A colour profile taken apart, and put together again from what tells nothing of whose it is.

An allow-list, all the way down: the header fields that programs go by, tags that hold colour, in types whose every
byte has a meaning, and texts that are on the list of common wordings. What else a header says (when and by what the
profile was made, for which device) is left blank; any other tag, type, byte or word makes it a profile that may
tell of somebody.

Specification: ICC.1:2022, sections 7.2 (header), 7.3 (tag table), 9.2 (tags), 10 (types); ICC.1:2001-04, sections
6.5.2 (chromaticity) and 6.5.17 (textDescriptionType).
"""

from __future__ import annotations

import struct
from datetime import datetime
from hashlib import md5
from typing import NamedTuple

from exposure.cleaning._profile_types import are_apart, is_plain, strays, texts
from exposure.cleaning._profile_words import is_known

LARGEST = 1 << 24
"""No profile is larger, in bytes; those of printing presses have 2 MB."""

_HEADER = 128
_MOST_TAGS = 100
"""LittleCMS and browsers take no more."""
_D50 = bytes.fromhex("0000f6d6000100000000d32d")

_COLOUR = frozenset((b"curv", b"para"))
_LOOK_UP = frozenset((b"mft1", b"mft2", b"mAB ", b"mBA "))
_WORDS = frozenset((b"text", b"desc", b"mluc"))
_TYPES = {
    **dict.fromkeys((b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"dscm"), _WORDS),
    **dict.fromkeys((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"lumi"), frozenset((b"XYZ ",))),
    **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC", b"kTRC"), _COLOUR),
    **dict.fromkeys((b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt"), _LOOK_UP),
    **dict.fromkeys((b"pre0", b"pre1", b"pre2"), _LOOK_UP),
    **dict.fromkeys((b"tech", b"ciis", b"rig0", b"rig2"), frozenset((b"sig ",))),
    **{b"chad": {b"sf32"}, b"chrm": {b"chrm"}, b"view": {b"view"}, b"meas": {b"meas"}, b"cicp": {b"cicp"}},
}
"""The tags that a copy's profile may have, and the types that each may be of."""

_TRANSLATED = b"dscm"
"""Apple's description in many languages, which other programs do not show; left out unless all of it is known."""

_SPACES = frozenset((b"RGB ", b"GRAY", b"CMYK", b"Lab "))
_NOBODY = {
    4: frozenset((b"ADBE", b"appl", b"lcms", b"Lino", b"KCMS", b"MSFT")),
    40: frozenset((b"APPL", b"MSFT", b"SGI ", b"SUNW", b"*nix")),
    48: frozenset((b"none", b"IEC ", b"APPL", b"appl", b"ADBE", b"GOOG", b"lcms", b"KODA")),
    52: frozenset((b"none", b"sRGB", b"ROMM")),
    80: frozenset((b"HP  ", b"ADBE", b"appl", b"APPL", b"GOOG", b"lcms", b"KODA", b"MSFT")),
}
"""Signatures of publishers, by where they stand in the header: any other is left blank."""

PUBLISHED = (2000, 1, 1, 0, 0, 0)
"""The date that a profile gets in place of its own."""
_DATES = frozenset(
    {
        PUBLISHED,
        (0, 0, 0, 0, 0, 0),
        (1998, 2, 9, 6, 49, 0),  # Hewlett-Packard and Microsoft, sRGB
        (1998, 12, 1, 18, 58, 21),  # Kodak, ProPhoto RGB
        (1999, 6, 3, 0, 0, 0),  # Adobe, Adobe RGB (1998)
        (2000, 7, 26, 5, 41, 53),  # Adobe, U.S. Web Coated (SWOP) v2
        (2004, 8, 13, 12, 18, 6),  # LittleCMS 1, sRGB
        (2007, 7, 25, 0, 5, 37),  # the ICC, sRGB version 4
        (2012, 1, 25, 3, 41, 57),  # Facebook, c2
        (2015, 10, 14, 13, 8, 57),  # Apple, Display P3
        (2016, 1, 1, 0, 0, 0),  # Google, Display P3
        (2016, 5, 1, 13, 25, 1),  # Elle Stone
        (2016, 12, 8, 9, 38, 28),  # Google, sRGB
        (2017, 7, 7, 13, 22, 32),  # Apple, Display P3
        (2022, 1, 1, 0, 0, 0),  # Apple, Display P3
        (2023, 3, 9, 10, 57, 0),  # Google, sRGB
    }
)
"""When common profiles were published: whatever else a photo says, these tell nothing of it."""


class Profile(NamedTuple):
    """A profile that programs can use."""

    data: bytes
    rows: tuple[tuple[bytes, int, int], ...]
    """The tags that lie inside it: signature, offset and length."""

    @property
    def space(self) -> bytes:
        return self.data[16:20]

    def tag(self, signature: bytes) -> bytes:
        """The first tag of that signature; empty when there is none."""
        return next((self.data[at : at + n] for sign, at, n in self.rows if sign == signature), b"")

    @property
    def name(self) -> str:
        """What it calls itself."""
        return next((words for words in texts(self.tag(b"desc")) or () if words), "")


def taken_apart(data: bytes) -> Profile | None:
    """A profile's tags; None when it is so broken that programs show the picture as if it had none.

    Read as LittleCMS reads it, which Pillow, Chrome, GIMP and many others use: a size that claims too much is cut to
    what is there, and tags that lie outside are not there.
    """
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        return None
    size = min(int.from_bytes(data[:4], "big"), len(data))
    (count,) = struct.unpack_from(">I", data, _HEADER)
    if count > _MOST_TAGS or _HEADER + 4 + 12 * count > size:
        return None
    rows = struct.iter_unpack(">4sII", data[_HEADER + 4 : _HEADER + 4 + 12 * count])
    profile = Profile(data[:size], tuple((s, at, n) for s, at, n in rows if n >= 8 and at + n <= size))
    return profile if _shows(profile) else None


def _shows(profile: Profile) -> bool:
    """Whether it has the tags by which it turns numbers into colours (ICC.1:2022, sections 8.3 to 8.5)."""
    if any(profile.tag(sign)[:4] in _LOOK_UP for sign in (b"A2B0", b"A2B1", b"A2B2")):
        return True
    names = {b"RGB ": (b"r", b"g", b"b"), b"GRAY": (b"k",)}.get(profile.space, ())
    curves = [profile.tag(name + b"TRC")[:4] in _COLOUR for name in names]
    points = [profile.tag(name + b"XYZ")[:4] == b"XYZ " for name in names if name != b"k"]
    return bool(curves) and all(curves) and all(points)


def made(profile: Profile) -> datetime | None:
    """When its header says that it was made, if that is a date of its own and not that of a common profile.

    Some programs make the profile as they export the photo, so this can be the minute of that.
    """
    moment = struct.unpack_from(">6H", profile.data, 24)
    if moment in _DATES:
        return None
    try:
        return datetime(*moment)
    except ValueError:
        return None


def harmless(profile: Profile, undated: bool = False) -> bytes | None:
    """The profile as a copy may have it: its own bytes when it tells nothing, or the same written anew with blanks
    where its header did (`undated`: and where it says when it was made); None when it may tell of a device or a person.
    """
    data = profile.data
    kept = [row for row in profile.rows if row[0] != _TRANSLATED or _is_known(data, row)]
    head = (0, _HEADER + 4 + 12 * int.from_bytes(data[_HEADER : _HEADER + 4], "big"))
    spans = [head, *((at, at + length) for _, at, length in kept)]
    signs = {sign for sign, _, _ in kept}
    if (
        not _is_colour(data)
        or len(signs) != len(kept)
        or not are_apart(spans)
        or not all(_is_known(data, row) for row in kept)
    ):
        return None
    header = _header(data, undated or made(profile) is None)
    whole = len(kept) * 12 + _HEADER + 4 == head[1] and not strays(data, spans)
    if whole and header == data[:_HEADER]:
        return data
    return written(header[:84] + bytes(44), [(sign, data[at : at + n]) for sign, at, n in kept])


def _is_known(data: bytes, row: tuple[bytes, int, int]) -> bool:
    """Whether this tag may stay: of a known signature and type, and full of nothing but that."""
    sign, at, length = row
    value = data[at : at + length]
    if value[:4] not in _TYPES.get(sign, ()) or any(value[4:8]):
        return False
    if value[:4] in _WORDS:
        said = texts(value)
        return said is not None and all(map(is_known, said))
    return is_plain(value)


def _is_colour(data: bytes) -> bool:
    """Whether it is a profile of version 2 or 4 that says what the numbers of a picture mean."""
    return (
        data[8] in (2, 4)
        and data[9] in (0x00, 0x10, 0x20, 0x30, 0x40)
        and data[12:16] in (b"mntr", b"prtr", b"spac")
        and data[16:20] in _SPACES
        and data[20:24] in (b"XYZ ", b"Lab ")
    )


def _header(data: bytes, undated: bool) -> bytes:
    """The header with nothing in it but what programs go by, and what publishers wrote (ICC.1:2022, section 7.2);
    `undated`: without a date of its own.
    """
    header = bytearray(_HEADER)
    header[:4] = struct.pack(">I", len(data))
    header[8:10] = data[8:10]
    header[12:24] = data[12:24]
    moment = struct.unpack_from(">6H", data, 24)
    header[24:36] = struct.pack(">6H", *(moment if moment in _DATES or not undated else PUBLISHED))
    header[36:40] = b"acsp"
    header[47] = data[47] & 3  # embedded; not to be used by itself
    header[63] = data[63] & 15  # reflective, glossy, positive, colour
    header[67] = data[67] & 3
    header[68:80] = _D50
    for at, signatures in _NOBODY.items():
        if data[at : at + 4] in signatures:
            header[at : at + 4] = data[at : at + 4]
    blank = bytes(header[:44]) + bytes(4) + header[48:64] + bytes(4) + header[68:84] + bytes(16)
    if data[84:100] == md5(blank + data[100:], usedforsecurity=False).digest():
        header[84:100] = data[84:100]
    return bytes(header)


def written(header: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    """A profile of these tags; those that are the same are there once. Its size in `header` is set."""
    table, values = b"", b""
    start = _HEADER + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for sign, value in tags:
        if value not in places:
            places[value] = start + len(values)
            values += value + bytes(-len(value) % 4)
        table += struct.pack(">4sII", sign, places[value], len(value))
    size = start + len(values)
    return struct.pack(">I", size) + header[4:] + struct.pack(">I", len(tags)) + table + values
