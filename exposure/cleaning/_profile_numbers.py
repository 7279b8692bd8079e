"""The standard profile that shows the same colours as one that tells too much, built from published numbers.

Two profiles show the same colours when no colour of a grid over all that they can say differs by `TOLERANCE` or more
(CIE 1976 colour difference; an eye sees about 1, side by side). Only profiles made of three primaries and curves, or
of one grey curve, are compared: a table that was measured belongs to its device.

Sources: IEC 61966-2-1 (sRGB); SMPTE EG 432-1 and RP 431-2 (Display P3); Adobe RGB (1998) Color Image Encoding,
2005-05, section 4.3; ISO 22028-2 (ROMM, known as ProPhoto RGB); ITU-R BT.709-6 and BT.2020-2; ICC.1:2022, annex E
(adaptation by the Bradford matrix) and section 10 (types); CIE 15:2004, section 8.2.1 (L*a*b*).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from math import cbrt, dist
from typing import NamedTuple

from exposure.cleaning._profiles import PUBLISHED, Profile, taken_apart, written

TOLERANCE = 1.0

_Vector = tuple[float, float, float]
_Matrix = tuple[_Vector, _Vector, _Vector]
_Curve = Callable[[float], float]

_D50: _Vector = (0.9642, 1.0, 0.8249)
_D65 = (0.3127, 0.3290)
_BRADFORD: _Matrix = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


class _Standard(NamedTuple):
    """A standard's primaries and white as x, y, and the curve that it is used with."""

    name: str
    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float]
    curve: str


_STANDARDS = (
    _Standard("sRGB", (0.64, 0.33), (0.30, 0.60), (0.15, 0.06), _D65, "sRGB curve"),
    _Standard("Display P3", (0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65, "sRGB curve"),
    _Standard(
        "Compatible with Adobe RGB (1998)", (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), _D65, "gamma 2.2"
    ),
    _Standard(
        "ProPhoto RGB", (0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585), "gamma 1.8"
    ),
    _Standard("Rec. 2020", (0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65, "Rec. 709 curve"),
)

_GAMMAS = {"linear": 256, "gamma 1.8": 461, "gamma 2.2": 563, "gamma 2.4": 614}
"""In 256ths, as curveType holds them; 563/256 is the exponent of Adobe RGB (1998)."""
_TABLE = 1024
"""Entries of a curve that is no plain power."""

_LEVELS = (0, 3, 12, 32, 64, 96, 128, 160, 192, 224, 255)
"""Of each primary, of 255: the grid over which colours are compared; greys are compared at every level."""


def standards() -> Iterator[bytes]:
    """Every profile that exposure writes: each standard with its own curve first, and with the other curves."""
    for standard in _STANDARDS:
        for curve in sorted(_CURVES, key=lambda name: name != standard.curve):
            yield _colour_profile(standard, curve)
    for curve in _CURVES:
        yield _grey_profile(curve)


def replacement(profile: Profile) -> bytes | None:
    """The standard profile that shows the same colours; None when there is none."""
    colours = _colours(profile)
    if colours is None:
        return None
    best, found = TOLERANCE, None
    for data, standard in _known():
        if standard.space == profile.space:
            difference = _difference(colours, _colours(standard) or colours, best)
            if difference < best:
                best, found = difference, data
    return found


@cache
def _known() -> tuple[tuple[bytes, Profile], ...]:
    return tuple((data, p) for data in standards() if (p := taken_apart(data)) is not None)


def _srgb(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def _rec709(level: float) -> float:
    return level / 4.5 if level < 0.081 else ((level + 0.099) / 1.099) ** (1 / 0.45)


_CURVES: dict[str, _Curve | None] = {
    "sRGB curve": _srgb,
    **dict.fromkeys(_GAMMAS),
    "Rec. 709 curve": _rec709,
}


def _colour_profile(standard: _Standard, curve: str) -> bytes:
    """Three primaries, adapted to the white of profiles, and one curve for all."""
    name = standard.name if curve == standard.curve else f"{standard.name} primaries, {curve}"
    columns = [_xyz(point) for point in (standard.red, standard.green, standard.blue)]
    white = _xyz(standard.white)
    amounts = _apply(_inverse(_transposed(columns)), white)
    adaptation = _adaptation(white)
    tags = [(b"desc", _description(name)), (b"cprt", b"text\0\0\0\0Public Domain\0"), (b"wtpt", _point(_D50))]
    for sign, column, amount in zip((b"r", b"g", b"b"), columns, amounts, strict=True):
        x, y, z = column
        tags.append((sign + b"XYZ", _point(_apply(adaptation, (x * amount, y * amount, z * amount)))))
    tags += [(sign + b"TRC", _curve(curve)) for sign in (b"r", b"g", b"b")]
    return written(_header(b"RGB "), tags)


def _grey_profile(curve: str) -> bytes:
    tags = [(b"desc", _description(f"Gray, {curve}")), (b"cprt", b"text\0\0\0\0Public Domain\0")]
    return written(_header(b"GRAY"), [*tags, (b"wtpt", _point(_D50)), (b"kTRC", _curve(curve))])


def _header(space: bytes) -> bytes:
    """Version 2.1, which every program reads; nothing in it but what must be (ICC.1:2022, section 7.2)."""
    head = bytes(8) + b"\2\x10\0\0mntr" + space + b"XYZ " + struct.pack(">6H", *PUBLISHED) + b"acsp"
    return (head.ljust(68, b"\0") + bytes.fromhex("0000f6d6000100000000d32d")).ljust(128, b"\0")


def _description(name: str) -> bytes:
    words = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(8 + 3 + 67)


def _point(xyz: _Vector) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(n * 65536) for n in xyz))


def _curve(name: str) -> bytes:
    if name == "linear":
        return b"curv\0\0\0\0" + bytes(4)
    function = _CURVES[name]
    if function is None:
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, _GAMMAS[name])
    levels = (round(function(n / (_TABLE - 1)) * 65535) for n in range(_TABLE))
    return b"curv\0\0\0\0" + struct.pack(f">I{_TABLE}H", _TABLE, *levels)


def _xyz(point: tuple[float, float]) -> _Vector:
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def _apply(matrix: Sequence[_Vector], vector: _Vector) -> _Vector:
    a, b, c = (row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2] for row in matrix)
    return a, b, c


def _transposed(rows: Sequence[_Vector]) -> _Matrix:
    a, b, c = zip(*rows, strict=True)
    return a, b, c


def _inverse(matrix: _Matrix) -> _Matrix:
    """By cross products: the columns of the inverse are those of the rows, over the determinant."""
    a, b, c = matrix
    crossed = [_cross(b, c), _cross(c, a), _cross(a, b)]
    determinant = sum(x * y for x, y in zip(a, crossed[0], strict=True))
    return _transposed([(x / determinant, y / determinant, z / determinant) for x, y, z in crossed])


def _cross(a: _Vector, b: _Vector) -> _Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _adaptation(white: _Vector) -> _Matrix:
    """From this white to D50 (ICC.1:2022, annex E.3)."""
    here, there = _apply(_BRADFORD, white), _apply(_BRADFORD, _D50)
    x, y, z = (
        (row[0] * new / old, row[1] * new / old, row[2] * new / old)
        for row, old, new in zip(_BRADFORD, here, there, strict=True)
    )
    back = _inverse(_BRADFORD)
    return _transposed([_apply(back, column) for column in _transposed([x, y, z])])


class _Colours(NamedTuple):
    """What a profile makes of numbers."""

    points: tuple[_Vector, ...]
    """The XYZ of each primary."""
    curves: tuple[tuple[float, ...], ...]
    """How much of each primary every level from 0 to 255 is."""


def _colours(profile: Profile) -> _Colours | None:
    """Primaries and curves of a profile that is made of nothing else; None for any other."""
    names = {b"RGB ": (b"r", b"g", b"b"), b"GRAY": (b"k",)}.get(profile.space)
    if names is None or profile.data[20:24] != b"XYZ " or _has_tables(profile):
        return None
    try:
        curves = tuple(_levels(profile.tag(name + b"TRC")) for name in names)
        points = tuple(_read_point(profile.tag(name + b"XYZ")) for name in names if name != b"k")
    except (struct.error, ValueError, ArithmeticError):
        return None
    return _Colours(points or (_D50,), curves)


def _has_tables(profile: Profile) -> bool:
    """Tables go before primaries where a profile has both (ICC.1:2022, section 8.10)."""
    return any(sign[:3] in (b"A2B", b"B2A", b"D2B", b"B2D") for sign, _, _ in profile.rows)


def _read_point(value: bytes) -> _Vector:
    x, y, z = struct.unpack_from(">3i", value, 8)
    return x / 65536, y / 65536, z / 65536


def _levels(value: bytes) -> tuple[float, ...]:
    """What a curve makes of every level (ICC.1:2022, sections 10.6 and 10.18)."""
    function = _parametric(value) if value[:4] == b"para" else _sampled(value)
    found = tuple(function(level / 255) for level in range(256))
    if not all(isinstance(n, float) and -1 < n < 2 for n in found):
        raise ValueError("a curve that leaves every colour")
    return found


def _sampled(value: bytes) -> _Curve:
    (count,) = struct.unpack_from(">I", value, 8)
    if count > 65_536:
        raise ValueError("no curve is that long")
    samples = struct.unpack_from(f">{count}H", value, 12)
    if count == 0:
        return float
    if count == 1:
        exponent = samples[0] / 256
        return lambda level: float(level**exponent)

    def between(level: float) -> float:
        at = level * (count - 1)
        low = min(int(at), count - 2)
        return float(samples[low] + (samples[low + 1] - samples[low]) * (at - low)) / 65535

    return between


def _parametric(value: bytes) -> _Curve:
    """Y = (aX + b)^g + e from X = d on, and cX + f below; the simpler kinds have fewer letters."""
    (kind,) = struct.unpack_from(">H", value, 8)
    if kind > 4:
        raise ValueError("no curve of a kind that is known")
    numbers = (n / 65536 for n in struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}i", value, 12))
    g, a, b, c, d, e, f = (next(numbers, 0.0) for _ in range(7))
    if kind == 0:
        a = 1.0
    elif kind < 3:  # a third letter is added everywhere, and X where aX + b is below 0 counts as 0
        c, d, e, f = 0.0, -b / a, c, c
    return lambda level: float(max(a * level + b, 0.0) ** g + e if level >= d else c * level + f)


def _difference(one: _Colours, other: _Colours, limit: float) -> float:
    """The largest difference of any two colours, or one that is not below `limit`."""
    worst = 0.0
    greys = ((level,) * len(one.curves) for level in range(256))
    for levels in (*greys, *(product(_LEVELS, repeat=3) if len(one.curves) == 3 else ())):
        a, b = _lab(one, levels), _lab(other, levels)
        worst = max(worst, dist(a, b))
        if worst >= limit:
            return worst
    return worst


def _lab(colours: _Colours, levels: Sequence[int]) -> _Vector:
    amounts = [curve[level] for curve, level in zip(colours.curves, levels, strict=True)]
    x, y, z = (
        sum(p[n] * amount for p, amount in zip(colours.points, amounts, strict=True)) for n in range(3)
    )
    fx, fy, fz = _root(x / _D50[0]), _root(y), _root(z / _D50[2])
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _root(t: float) -> float:
    return cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
