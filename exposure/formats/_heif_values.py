"""The values of a HEIF's properties and derived images, decoded and written again: nothing passes that has no meaning.

Specification: ISO/IEC 23008-12:2022, sections 6.5 (properties) and 6.6.2 (grid, iovl); ISO/IEC 14496-12:2022,
sections 12.1.4 (pasp, clap), 12.1.5 (colr), 12.1.6 (clli, mdcv) and 12.1.7 to 12.1.9 (cclv, amve); ISO/IEC
14496-15:2022, section 8.3.2 (hvcC); AV1 in ISOBMFF 1.3, section 2.3 (av1C); AVIF 1.1, section 2.3 (a1op, lsel, a1lx).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._heif_coded import PARAMETERS, hevc_type, sequence_headers

ESSENTIAL = frozenset(b"hvcC av1C irot imir clap a1op lsel".split())
"""Properties that the specifications want to be marked so, here as there: nobody shows a picture without them."""
TURNING = frozenset(b"irot imir clap".split())
"""Properties that change what is shown, one after the other, in the order in which an item has them."""
ORDER = b"hvcC av1C ispe pixi colr pasp auxC clli mdcv cclv amve ndwt a1op lsel a1lx".split()
"""The others, in the order in which a copy has them."""

GAIN_MAP = frozenset((b"urn:com:apple:photo:2020:aux:hdrgainmap", b"urn:com:photo:aux:hdrgainmap"))
"""What an auxiliary picture is called that says how much brighter a picture may be shown."""
ALPHA = frozenset(
    (
        b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
        b"urn:mpeg:hevc:2015:auxid:1",
        b"urn:mpeg:avc:2015:auxid:1",
    )
)
"""What an auxiliary picture is called that holds the transparency."""

_NUMBERS = {
    b"ispe": (4, ">II"),
    b"pasp": (0, ">II"),
    b"clap": (0, ">8I"),
    b"irot": (0, ">B"),
    b"imir": (0, ">B"),
    b"clli": (0, ">HH"),
    b"mdcv": (0, ">8HII"),
    b"amve": (0, ">IHH"),
    b"ndwt": (4, ">I"),
    b"a1op": (0, ">B"),
    b"lsel": (0, ">H"),
}
"""Properties that are plain numbers: the bytes of version and flags before them, and their layout."""
_BITS = {b"irot": 3, b"imir": 1}
"""The bits that mean something, where not all do."""
_MOST_CHANNELS = 16


def value(type_: bytes, data: bytes) -> bytes | None:
    """The payload of a property, written anew; None for one that the picture can do without.

    Colour profiles are not its business (`colour` is for the numbers). MalformedFile when it is cut off.
    """
    try:
        if type_ in _NUMBERS:
            skip, layout = _NUMBERS[type_]
            numbers = struct.unpack_from(layout, data, skip)
            if type_ in _BITS:
                numbers = (numbers[0] & _BITS[type_],)
            return bytes(skip) + struct.pack(layout, *numbers)
        made = {b"pixi": _depths, b"hvcC": _hevc, b"av1C": _av1, b"a1lx": _layers, b"cclv": _volume}.get(
            type_
        )
        return None if made is None else made(data)
    except (struct.error, IndexError):
        raise MalformedFile(f"the {type_.decode('latin-1')} property is cut off", 0) from None


def colour(data: bytes) -> bytes | None:
    """The payload of a colr box that tells the colours in numbers (H.273); None for one that does not."""
    if data[:4] != b"nclx" or len(data) < 11:
        return None
    return data[:10] + bytes((data[10] & 0x80,))


def auxiliary_use(data: bytes) -> bytes:
    """What an auxiliary picture is called."""
    return data[4:].partition(b"\0")[0]


def _depths(data: bytes) -> bytes:
    """The bits of each channel. The names that channels may have since 2024 are left out."""
    channels = data[4]
    if channels > _MOST_CHANNELS or len(data) < 5 + channels:
        raise IndexError
    return bytes(4) + data[4 : 5 + channels]


def _layers(data: bytes) -> bytes:
    """How long the layers of a picture are."""
    layout = ">3I" if data[0] & 1 else ">3H"
    return bytes((data[0] & 1,)) + struct.pack(layout, *struct.unpack_from(layout, data, 1))


def _volume(data: bytes) -> bytes:
    """The colour volume of the content: which numbers are there is said by bits."""
    has = data[0] & 0x3C
    layout = ">" + "6i" * (has >> 5 & 1) + "I" * (has & 0x1C).bit_count()
    return bytes((has,)) + struct.pack(layout, *struct.unpack_from(layout, data, 1))


def _hevc(data: bytes) -> bytes:
    """The HEVC configuration: its numbers, and of the units in it those with parameters that decoders need."""
    head = bytearray(data[:22])
    arrays = [bytes((mark,)) + units for mark, units in _arrays(data)]
    if head[0] != 1:
        raise CannotClean(f"its HEVC configuration is of version {head[0]}, which exposure does not know")
    for at, reserved in ((13, 0xF0), (15, 0xFC), (16, 0xFC), (17, 0xF8), (18, 0xF8)):
        head[at] |= reserved
    head[19:21] = bytes(2)  # frames in a second: a picture has none
    return bytes(head) + bytes((len(arrays),)) + b"".join(arrays)


def _arrays(data: bytes) -> Iterator[tuple[int, bytes]]:
    """For each array of parameter sets in an HEVC configuration, its first byte and the units with their lengths."""
    at = 23
    for _ in range(data[22]):
        mark, count = struct.unpack_from(">BH", data, at)
        at, units = at + 3, []
        for _ in range(count):
            end = at + 2 + struct.unpack_from(">H", data, at)[0]
            if end > len(data):
                raise IndexError
            if end - at > 4 and hevc_type(data[at + 2 : at + 4]) == mark & 0x3F:
                units.append(data[at:end])
            at = end
        if units and mark & 0x3F in PARAMETERS:
            yield mark & 0xBF, struct.pack(">H", len(units)) + b"".join(units)


def _av1(data: bytes) -> bytes:
    """The AV1 configuration: its numbers, and the sequence header."""
    if data[0] != 0x81:
        raise CannotClean("its AV1 configuration is of a version that exposure does not know")
    delay = data[3] & 0x1F if data[3] & 0x10 else 0
    return data[:3] + bytes((delay,)) + sequence_headers(data[4:])


def grid(data: bytes, inputs: int) -> bytes:
    """How tiles make a picture: rows, columns, and the size of the whole."""
    try:
        wide, rows, columns = data[1] & 1, data[2] + 1, data[3] + 1
        size = struct.unpack_from(">II" if wide else ">HH", data, 4)
    except (struct.error, IndexError):
        raise MalformedFile("the plan of how its tiles make the picture is cut off", 0) from None
    if data[0]:
        raise CannotClean("its plan of tiles is of a version that exposure does not know")
    if rows * columns != inputs:
        raise CannotClean(f"its plan is for {rows * columns} tiles, and it has {inputs}")
    wide = max(size) > 0xFFFF
    return bytes((0, wide, *data[2:4])) + struct.pack(">II" if wide else ">HH", *size)


def overlay(data: bytes, inputs: int) -> bytes:
    """How pictures lie upon each other: the colour behind them, the size of the whole, and where each lies."""
    try:
        wide = data[1] & 1
        numbers = struct.unpack_from(_overlay_layout(wide, inputs), data, 2)
    except (struct.error, IndexError):
        raise MalformedFile("the plan of how its pieces make the picture is cut off", 0) from None
    if data[0]:
        raise CannotClean("its plan of pieces is of a version that exposure does not know")
    wide = max(numbers[4:6]) > 0xFFFF or any(not -0x8000 <= n < 0x8000 for n in numbers[6:])
    return bytes((0, wide)) + struct.pack(_overlay_layout(wide, inputs), *numbers)


def tone_map(data: bytes, inputs: int) -> bytes:
    """How a gain map is applied (ISO 21496-1, annex C; ISO/IEC 23008-12 AMD 1): two headrooms, and for one or
    three channels the least, the greatest, gamma and two offsets, each a numerator and a denominator."""
    try:
        version, least, _, marks = struct.unpack_from(">BHHB", data)
        layout = f">{4 + 10 * (3 if marks & 0x80 else 1)}I"
        numbers = struct.unpack_from(layout, data, 6)
    except struct.error:
        raise MalformedFile("what says how its gain map is used is cut off", 0) from None
    if version or least or marks & 0x3F or inputs != 2:
        raise CannotClean("its gain map says how it is to be used in a way that exposure does not know")
    if 0 in (*numbers[1::2], *numbers[8::10]):
        raise CannotClean("its gain map is damaged: it divides by nothing")
    return bytes(5) + bytes((marks,)) + struct.pack(layout, *numbers)


def _overlay_layout(wide: int, inputs: int) -> str:
    return f">4H2I{2 * inputs}i" if wide else f">4H2H{2 * inputs}h"
