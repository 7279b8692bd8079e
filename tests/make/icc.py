"""ICC profiles made of a header and whatever tags a test wants (ICC.1:2022, section 7).

``profile({"desc": localized(en="My screen"), "cprt": text("Ann")})``
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence


def profile(
    tags: Mapping[str, bytes] | None = None,
    *,
    maker: bytes = b"Acme",
    model: bytes = b"X100",
    creator: bytes = b"Made",
    made: tuple[int, int, int, int, int, int] = (2024, 5, 3, 18, 0, 0),
    identifier: bytes = bytes(16),
    claimed: int | None = None,
) -> bytes:
    """A profile with `tags` by signature, and `claimed` of them when it lies."""
    tagged = tags or {}
    start = 132 + 12 * len(tagged)
    table, values = b"", b""
    for signature, value in tagged.items():
        table += struct.pack(">4sII", signature.encode(), start + len(values), len(value))
        values += value + bytes(-len(value) % 4)
    header = struct.pack(">I4sI", start + len(values), b"lcms", 0x0440_0000) + b"mntrRGB XYZ "
    header += (
        struct.pack(">6H", *made) + b"acspAPPL" + bytes(4) + maker.ljust(4, b"\0") + model.ljust(4, b"\0")
    )
    header = (header.ljust(80, b"\0") + creator + identifier).ljust(128, b"\0")
    return header + struct.pack(">I", len(tagged) if claimed is None else claimed) + table + values


def text(words: str) -> bytes:
    return b"text\0\0\0\0" + words.encode("latin-1") + b"\0"


def description(ascii_words: str, unicode_words: str = "") -> bytes:
    """The description of version 2 profiles: ASCII, Unicode, Macintosh script."""
    plain = ascii_words.encode("ascii") + b"\0"
    units = unicode_words.encode("utf-16-be")
    out = b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain
    return out + struct.pack(">II", 0, len(units) // 2) + units + bytes(70)


def localized(**words: str) -> bytes:
    """The same text by language."""
    out, strings, start = b"", b"", 16 + 12 * len(words)
    for language, word in words.items():
        units = word.encode("utf-16-be")
        out += language.encode("ascii") + b"XX" + struct.pack(">II", len(units), start + len(strings))
        strings += units
    return b"mluc\0\0\0\0" + struct.pack(">II", len(words), 12) + out + strings


def dictionary(words: Mapping[str, str]) -> bytes:
    """Keys and values."""
    out, strings, start = b"", b"", 16 + 16 * len(words)
    for pair in words.items():
        for word in pair:
            units = word.encode("utf-16-be")
            out += struct.pack(">II", start + len(strings), len(units))
            strings += units
    return b"dict\0\0\0\0" + struct.pack(">II", len(words), 16) + out + strings


D50 = (0.9642, 1.0, 0.8249)
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
"""The primaries of sRGB as profiles have them, adapted to D50."""
ODD = ((0.4161, 0.2325, 0.0239), (0.3651, 0.7069, 0.0871), (0.1831, 0.0606, 0.7141))
"""Those of some screen that was measured."""


def point(xyz: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(n * 65536) for n in xyz))


def gamma(exponent: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def table(*levels: int) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(f">I{len(levels)}H", len(levels), *levels)


def parametric(kind: int, *numbers: float) -> bytes:
    packed = struct.pack(f">{len(numbers)}i", *(round(n * 65536) for n in numbers))
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + packed


def srgb_curve() -> bytes:
    return parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def display(
    name: str = "sRGB",
    primaries: Sequence[Sequence[float]] = SRGB,
    curve: bytes = b"",
    more: Mapping[str, bytes] | None = None,
    **tags: bytes,
) -> bytes:
    """A whole RGB profile that says nothing but this, with `tags` and `more` added or in place of its own."""
    own = {"desc": description(name), "cprt": text("Public Domain"), "wtpt": point(D50)}
    own |= {f"{c}XYZ": point(xyz) for c, xyz in zip("rgb", primaries, strict=True)}
    own |= {f"{c}TRC": curve or srgb_curve() for c in "rgb"}
    return neutral({**own, **tags, **(more or {})})


def grey(name: str = "Gray Gamma 2.2", curve: bytes = b"", **tags: bytes) -> bytes:
    own = {"desc": description(name), "cprt": text("Public Domain"), "wtpt": point(D50)}
    return neutral({**own, "kTRC": curve or gamma(2.2), **tags}, space=b"GRAY")


def neutral(tags: Mapping[str, bytes], space: bytes = b"RGB ") -> bytes:
    """A profile whose header tells nothing."""
    data = bytearray(profile(tags, maker=b"", model=b"", creator=bytes(4), made=(2000, 1, 1, 0, 0, 0)))
    data[4:12] = b"\0\0\0\0\x04\x30\0\0"
    data[16:20] = space
    data[68:80] = bytes.fromhex("0000f6d6000100000000d32d")
    return bytes(data)
