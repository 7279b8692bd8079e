"""The values of TIFF entries: bytes in, plain Python values out.

Specification: TIFF 6.0 section 2; Exif 3.0 sections 4.6.2 and 4.6.6 (character codes of UserComment);
BigTIFF types 16 to 18; DNG 1.7 type 13.
"""

from __future__ import annotations

import struct

_CODES = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    8: "h",
    9: "i",
    11: "f",
    12: "d",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}
_TEXT, _UNDEFINED, _UTF8 = 2, 7, 129
_RATIONALS = {5: "I", 10: "i"}

_ONE = {
    (order, type_): struct.Struct(order + code).unpack for order in "<>" for type_, code in _CODES.items()
}

MOST_ELEMENTS = 65_536
"""Elements of one value that are kept; the rest of a longer array (strip offsets) is nothing a person wrote."""

_FEWEST = 3
"""Fewer letters and digits are there by chance."""

CHARSETS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0\0\0\0\0\0\0\0")

BEHIND = " behind its end"
"""What the name of a text ends with that stands in the bytes of another one, behind the NUL that ends it."""


def value(type_: int, count: int, raw: bytes, order: str) -> object:
    """What the bytes of one entry say: text, bytes, a number, or a tuple of numbers.

    A rational whose denominator is 0 is None, never 0.
    """
    if type_ in (_TEXT, _UTF8):
        return text(raw)
    if type_ == _UNDEFINED:
        return raw
    if type_ in _RATIONALS:
        pairs = struct.unpack(f"{order}{2 * count}{_RATIONALS[type_]}", raw)
        if count == 1:
            return pairs[0] / pairs[1] if pairs[1] else None
        return tuple([n / d if d else None for n, d in zip(pairs[::2], pairs[1::2], strict=True)])
    if count == 1:
        return _ONE[order, type_](raw)[0]
    return struct.unpack(f"{order}{count}{_CODES[type_]}", raw)


def text(raw: bytes) -> str:
    """An ASCII value: up to the first NUL, without trailing blanks; UTF-8 if it is that, otherwise Latin-1."""
    raw = raw.partition(b"\0")[0].rstrip()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def behind(raw: bytes) -> str:
    """The words behind the NUL that ends a text: of Copyright the editor's (Exif 3.0, 4.6.4), of others what an older
    value left. Nothing where the bytes are no words.
    """
    words = text(raw.partition(b"\0")[2].strip(b"\0 ").replace(b"\0", b" "))
    return words if words.isprintable() and sum(map(str.isalnum, words)) >= _FEWEST else ""


def comment(raw: bytes, order: str) -> str:
    """UserComment and its like: eight bytes that name the character code, then the text."""
    code, body = raw[:8], raw[8:]
    if code == CHARSETS[1]:
        return utf16(body, order)
    if code == CHARSETS[2]:
        return body.decode("iso2022_jp", "replace").strip("\0 ")
    if code in CHARSETS or code[:5] == b"ASCII":
        return text(body.lstrip(b"\0")) if body.strip(b"\0 ") else ""
    return text(raw)  # some writers leave the code out


def utf16(raw: bytes, order: str) -> str:
    """UTF-16 text in the order of its block, unless its own marks or zeros say otherwise."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        order, raw = ("<" if raw[:2] == b"\xff\xfe" else ">"), raw[2:]
    elif raw[1::2].count(0) != raw[::2].count(0):
        order = "<" if raw[1::2].count(0) > raw[::2].count(0) else ">"
    found = raw[: len(raw) & ~1].decode("utf-16-le" if order == "<" else "utf-16-be", "replace")
    return found.partition("\0")[0].strip()
