"""IPTC-IIM datasets and the Photoshop image resources that carry them.

``resources(resource(0x0404, iptc({"By-line": "Ann", "Keywords": ["sea", "dog"]})))``
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_NUMBERS = {
    **{"CodedCharacterSet": (1, 90), "ServiceIdentifier": (1, 30), "DateSent": (1, 70)},
    **{"ObjectName": (2, 5), "UniqueDocumentID": (2, 187), "Keywords": (2, 25)},
    **{"ContentLocationName": (2, 27), "SpecialInstructions": (2, 40), "DateCreated": (2, 55)},
    **{"TimeCreated": (2, 60), "DigitalCreationDate": (2, 62), "DigitalCreationTime": (2, 63)},
    **{"OriginatingProgram": (2, 65), "ProgramVersion": (2, 70), "By-line": (2, 80)},
    **{"By-lineTitle": (2, 85), "City": (2, 90), "Sub-location": (2, 92), "Province-State": (2, 95)},
    **{"Country-PrimaryLocationName": (2, 101), "Headline": (2, 105), "Credit": (2, 110)},
    **{"Source": (2, 115), "CopyrightNotice": (2, 116), "Contact": (2, 118), "Caption-Abstract": (2, 120)},
    **{"LocalCaption": (2, 121), "Writer-Editor": (2, 122)},
}
"""The datasets that `iptc` takes by name (IIM 4.2, chapters 5 and 6)."""


def dataset(record: int, number: int, value: bytes) -> bytes:
    """One dataset; a long value gets an extended length (IIM 4.2, 1.5)."""
    long = len(value) > 0x7FFF
    length = struct.pack(">HI", 0x8004, len(value)) if long else struct.pack(">H", len(value))
    return bytes([0x1C, record, number]) + length + value


def iptc(words: Mapping[str, str | Sequence[str]], charset: str = "utf-8") -> bytes:
    """Datasets by name; several words repeat the dataset. UTF-8 is announced in 1:90, any other charset is not."""
    out = dataset(1, 90, b"\x1b%G") if charset == "utf-8" else b""
    out += dataset(2, 0, b"\0\4")
    for name, values in words.items():
        for value in [values] if isinstance(values, str) else values:
            out += dataset(*_NUMBERS[name], value.encode(charset))
    return out


def resource(number: int, payload: bytes, name: str = "") -> bytes:
    """One image resource: 8BIM, its number, a Pascal name, a length, and the payload padded to a word."""
    title = pascal(name.encode("latin-1"))
    title += b"\0" * (len(title) % 2)
    head = b"8BIM" + struct.pack(">H", number) + title + struct.pack(">I", len(payload))
    return head + payload + b"\0" * (len(payload) % 2)


def pascal(text: bytes) -> bytes:
    """A string that opens with its length in one byte."""
    return bytes([len(text)]) + text


def unicode(text: str) -> bytes:
    """Photoshop's Unicode string: how many UTF-16 units, then the units, with a NUL at the end."""
    units = (text + "\0").encode("utf-16-be")
    return struct.pack(">I", len(units) // 2) + units


def thumbnail(picture: bytes, width: int = 16, height: int = 8) -> bytes:
    """The payload of resource 0x040C: 28 bytes that describe a JPEG, then the JPEG."""
    row = (width * 3 + 3) // 4 * 4
    return struct.pack(">IIIIIIHH", 1, width, height, row, row * height, len(picture), 24, 1) + picture


def slices(group: str, *each: tuple[str, str]) -> bytes:
    """The payload of resource 0x041A, version 6, with a name and a URL for each slice."""
    out = struct.pack(">I4I", 6, 0, 0, 8, 16) + unicode(group) + struct.pack(">I", len(each))
    for number, (name, url) in enumerate(each):
        out += struct.pack(">III", number, 0, 0) + unicode(name) + struct.pack(">I4I", 1, 0, 0, 8, 16)
        out += unicode(url) + unicode("") * 3 + b"\0" + unicode("") + struct.pack(">II4B", 0, 0, 0, 0, 0, 0)
    return out
