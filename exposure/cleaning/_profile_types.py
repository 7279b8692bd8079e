"""The values inside a colour profile: which are nothing but what their type says, and which words they hold.

Every byte must have a meaning: what is left over behind or between them must be zero.

Specification: ICC.1:2022, section 10; ICC.1:2001-04, sections 6.5.2 (chromaticityType) and 6.5.17
(textDescriptionType).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import prod

Span = tuple[int, int]
"""Where some bytes begin and end."""

_LONGEST_WORDS = 1 << 16
"""The longest tag that holds words, in bytes."""
_MOST_WORDS = 100
"""Languages of one text."""
_SCRIPT = 67
"""Bytes of the Macintosh part of a description."""
_ROUNDING = 256
"""By how much a curve may fall from one of its 65 536 levels to the next; one common sRGB ends 17 below its top."""
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
"""How many numbers each kind of parametric curve has (ICC.1:2022, table 68)."""
_SIGNATURES = frozenset(
    b"fscn dcam rscn ijet twax epho esta dsub rpho fprn vidm vidc pjtv CRT_ PMD_ AMD_ LCD_ OLED KPCD "
    b"imgs grav offs silk flex mpfs mpfr dmpc dcpj prmg scoe sape fpce".split()
)
"""What a screen or a print is by its kind; and how a picture was rendered (ICC.1:2022, sections 9.2.47 and 10.23)."""


def are_apart(spans: Iterable[Span]) -> bool:
    """Whether no two of them overlap, unless they are the same."""
    found = sorted(set(spans))
    return all(end <= start for (_, end), (start, _) in pairwise(found))


def strays(data: bytes, spans: Iterable[Span]) -> bool:
    """Whether anything but zeros lies outside of them."""
    at = 0
    for start, end in sorted(set(spans)):
        if data[at:start].strip(b"\0"):
            return True
        at = max(at, end)
    return bool(data[at:].strip(b"\0"))


def is_plain(value: bytes) -> bool:
    """Whether a tag that holds no words is full of what its type says."""
    check = _PLAIN.get(value[:4])
    try:
        return check is not None and not any(value[4:8]) and check(value)
    except (struct.error, IndexError):
        return False


def _ends(value: bytes, length: int) -> bool:
    """Whether it ends there, but for zeros that fill it up to a multiple of four."""
    return length <= len(value) < length + 4 and not any(value[length:])


def _fixed(length: int) -> Callable[[bytes], bool]:
    return lambda value: _ends(value, length)


def _curve_length(value: bytes, at: int = 0) -> int:
    """Of a curve that begins there; 0 when it is none."""
    if value[at : at + 8] == b"curv\0\0\0\0":
        return 12 + 2 * int(struct.unpack_from(">I", value, at + 8)[0])
    if value[at : at + 8] == b"para\0\0\0\0" and not any(value[at + 10 : at + 12]):
        numbers = _PARAMETERS.get(int(struct.unpack_from(">H", value, at + 8)[0]))
        return 12 + 4 * numbers if numbers else 0
    return 0


def _is_curve(value: bytes) -> bool:
    """A curve that rises all the way, but for what measuring and rounding do; words do not."""
    length = _curve_length(value)
    if not length or not _ends(value, length):
        return False
    levels = struct.unpack(f">{(length - 12) // 2}H", value[12:length]) if value[:4] == b"curv" else ()
    return all(after >= before - _ROUNDING for before, after in pairwise(levels))


def _is_signature(value: bytes) -> bool:
    return _ends(value, 12) and value[8:12].replace(b" ", b"_") in _SIGNATURES


def _is_chromaticity(value: bytes) -> bool:
    return value[8:10] == b"\0\3" and _ends(value, 36)


def _is_table(value: bytes) -> bool:
    """lut8Type and lut16Type (10.10, 10.11)."""
    inputs, outputs, grid = value[8], value[9], value[10]
    if value[11] or inputs > 15:
        return False
    if value[:4] == b"mft1":
        return _ends(value, 48 + 256 * inputs + grid**inputs * outputs + 256 * outputs)
    first, last = struct.unpack_from(">HH", value, 48)
    return _ends(value, 52 + 2 * (first * inputs + grid**inputs * outputs + last * outputs))


def _is_pipeline(value: bytes) -> bool:
    """lutAToBType and lutBToAType (10.12, 10.13): curves, a matrix and a table, each at its own place."""
    inputs, outputs = value[8], value[9]
    b, matrix, m, table, a = struct.unpack_from(">5I", value, 12)
    near, far = (outputs, inputs) if value[:4] == b"mAB " else (inputs, outputs)
    spans: list[Span] = [(0, 32)]
    for at, count in ((b, near), (m, near), (a, far)):
        for _ in range(count if at else 0):
            length = _curve_length(value, at)
            if not length:
                return False
            spans.append((at, at + length))
            at += length + -length % 4
    if matrix:
        spans.append((matrix, matrix + 48))
    if table:
        grid = value[table : table + 16]
        if any(grid[inputs:]) or any(value[table + 17 : table + 20]):
            return False
        spans.append((table, table + 20 + prod(grid[:inputs]) * outputs * value[table + 16]))
    whole = max(end for _, end in spans) <= len(value)
    return not any(value[10:12]) and whole and are_apart(spans) and not strays(value, spans)


_PLAIN: dict[bytes, Callable[[bytes], bool]] = {
    **{b"XYZ ": _fixed(20), b"sf32": _fixed(44), b"view": _fixed(36), b"meas": _fixed(36)},
    **{b"cicp": _fixed(12), b"sig ": _is_signature, b"chrm": _is_chromaticity},
    **{b"curv": _is_curve, b"para": _is_curve, b"mft1": _is_table, b"mft2": _is_table},
    **{b"mAB ": _is_pipeline, b"mBA ": _is_pipeline},
}


def texts(value: bytes) -> list[str] | None:
    """All the words in a tag, in every language and script; None when there are bytes in it besides them."""
    read = {b"text": _text, b"desc": _description, b"mluc": _localized}.get(value[:4])
    try:
        return list(read(value)) if read and len(value) <= _LONGEST_WORDS else None
    except (struct.error, ValueError):
        return None


def _until_zero(data: bytes) -> str:
    """A text with nothing but zeros behind it; ValueError otherwise, or when it is not ASCII."""
    words, _, rest = data.partition(b"\0")
    if any(rest):
        raise ValueError("something behind the end of a text")
    return words.decode("ascii")


def _text(value: bytes) -> Iterator[str]:
    yield _until_zero(value[8:])


def _description(value: bytes) -> Iterator[str]:
    """The same words three times: ASCII, Unicode, and a Macintosh script; some writers leave the later ones out."""
    (length,) = struct.unpack_from(">I", value, 8)
    at = 12 + length
    if at > len(value):
        raise ValueError("a text that runs past its tag")
    yield _until_zero(value[12:at])
    if at == len(value):
        return
    language, units = struct.unpack_from(">4sI", value, at)
    at += 8 + 2 * units
    if language not in (bytes(4), b"enUS") or at > len(value):
        raise ValueError("a language that tells something")
    yield value[at - 2 * units : at].decode("utf-16-be").rstrip("\0")
    rest = value[at:].ljust(3 + _SCRIPT, b"\0")
    script, used = struct.unpack_from(">HB", rest)
    if script or used > _SCRIPT or any(rest[3 + used :]):
        raise ValueError("something behind the end of a text")
    yield _until_zero(rest[3 : 3 + used])


def _localized(value: bytes) -> Iterator[str]:
    """One text for each language, which must not tell which language its owner speaks."""
    count, size = struct.unpack_from(">II", value, 8)
    if size != 12 or not 0 < count <= _MOST_WORDS:
        raise ValueError("not the records of a text")
    spans: list[Span] = [(0, 16 + 12 * count)]
    for number in range(count):
        language, length, at = struct.unpack_from(">4sII", value, 16 + 12 * number)
        if (count == 1 and language[:2] != b"en") or not language.rstrip(b"\0 ").isalpha():
            raise ValueError("a language that tells something")
        if at + length > len(value):
            raise ValueError("a text that runs past its tag")
        spans.append((at, at + length))
        yield value[at : at + length].decode("utf-16-be").rstrip("\0")
    if not are_apart(spans) or strays(value, spans):
        raise ValueError("something between the texts")
