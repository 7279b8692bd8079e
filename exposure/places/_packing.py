"""The files beside this module: one line of JSON, then sections of bytes, all compressed by zlib.

The header names the sections and their lengths (``sections``); the rest of it belongs to whoever wrote the file. Whole
numbers of more than one byte are little-endian.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping
from importlib import resources
from typing import Any


def pack(header: Mapping[str, object], sections: Mapping[str, bytes]) -> bytes:
    """The bytes of a file; the same for the same input and the same zlib."""
    lengths = {name: len(section) for name, section in sections.items()}
    line = json.dumps({**header, "sections": lengths}, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(b"\n".join([line.encode(), b"".join(sections.values())]), 9)


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The header and the sections of a file."""
    line, _, rest = zlib.decompress(packed).partition(b"\n")
    header = json.loads(line)
    sections, start = {}, 0
    for name, length in header["sections"].items():
        sections[name] = rest[start : start + length]
        start += length
    return header, sections


def read(name: str) -> bytes:
    """A packed file of this package."""
    return resources.files("exposure.places").joinpath(name).read_bytes()


def whole_numbers(section: bytes, kind: str = "I") -> array[int]:
    """A section of numbers: ``I`` unsigned of four bytes, ``H`` of two, ``h`` signed of two."""
    numbers = array(kind, section)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def section_of(numbers: array[int]) -> bytes:
    """The other way round."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
