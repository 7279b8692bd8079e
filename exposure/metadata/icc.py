"""ICC profiles: colour, and in passing which device a profile was made for, when, by whom, in what words.

Only the header and the tags that hold text are read. ICC.1:2022, sections 7.2 (header), 7.3 (tag table), 9.2
(tags), 10.15 (multiLocalizedUnicodeType), 10.24 (textType); ICC.1:2001-04, 6.5.17 (textDescriptionType);
ICC "dict" metadata tag, 2010.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence

from exposure.errors import MalformedFile
from exposure.metadata._unreferenced import unreferenced
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder

MOST_TAGS = 256
"""Profiles have about 20."""
MOST_TEXT = 1 << 16
"""The longest text that is read, in bytes."""
MOST_RECORDS = 200
"""Languages of one text, or keys of a dictionary."""

_HEADER = 128
_SIGNATURES = {
    **{4: "ProfileCMMType", 12: "ProfileClass", 16: "ColorSpaceData", 20: "ProfileConnectionSpace"},
    **{40: "PrimaryPlatform", 48: "DeviceManufacturer", 52: "DeviceModel", 80: "ProfileCreator"},
}
"""Four characters each, by where they lie in the header."""
_TAGS = {
    **{b"desc": "ProfileDescription", b"dscm": "ProfileDescriptionML", b"cprt": "ProfileCopyright"},
    **{b"dmnd": "DeviceMfgDesc", b"dmdd": "DeviceModelDesc", b"vued": "ViewingCondDesc"},
    **{b"scrd": "ScreeningDesc", b"targ": "CharTarget", b"calt": "CalibrationDateTime"},
    **{b"meta": "Metadata", b"vcgt": "VideoCardGamma"},
    **{b"mmod": "MakeAndModel", b"ndin": "NativeDisplayInfo"},
}
_OF_A_SCREEN = frozenset({"VideoCardGamma", "MakeAndModel", "NativeDisplayInfo"})
"""The calibration, number and colours of one screen, as Apple and others write them."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    window = block.window
    try:
        header = window.read(0, _HEADER + 4)
        if header[36:40] != b"acsp":
            raise MalformedFile("it has no profile signature", window.origin)
        yield from _header(block, header)
        (count,) = struct.unpack_from(">I", header, _HEADER)
        if count > MOST_TAGS:
            raise MalformedFile("it has more tags than any profile", window.origin + _HEADER)
        table = window.read(_HEADER + 4, 12 * count)
    except MalformedFile as error:
        yield Problem(block.where, f"The colour profile is damaged: {error}.")
        return
    rows = list(struct.iter_unpack(">4sII", table))
    for signature, offset, length in dict.fromkeys(rows):
        if signature in _TAGS:
            yield from _tag(block, _TAGS[signature], offset, length)
    places = [(0, _HEADER + 4 + 12 * count), *((offset, length) for _, offset, length in rows)]
    yield from unreferenced(block, window, places)


def _header(block: Block, header: bytes) -> Iterator[Field]:
    def field(name: str, value: object, offset: int, length: int) -> Field:
        return Field(Kind.ICC, "ICC", name, value, block.window, offset, length)

    yield field("ProfileVersion", f"{header[8]}.{header[9] >> 4}.{header[9] & 15}", 8, 4)
    for offset, name in _SIGNATURES.items():
        value = header[offset : offset + 4].decode("latin-1").strip("\0 ")
        if value:
            yield field(name, value, offset, 4)
    made = _moment(header[24:36])
    if made:
        yield field("ProfileDateTime", made, 24, 12)
    if any(header[84:100]):
        yield field("ProfileID", header[84:100].hex(), 84, 16)


def _tag(block: Block, name: str, offset: int, length: int) -> Iterator[Field | Problem]:
    window = block.window
    if offset + length > window.size or length < 8:
        yield Problem(block.where, f"{name} runs past the end of the colour profile.")
        return
    if name in _OF_A_SCREEN:  # that it is there is what counts
        yield Field(Kind.ICC, "ICC", name, length, window, offset, length)
        return
    data = window.read(offset, min(length, MOST_TEXT))
    read = _TYPES.get(data[:4])
    try:
        values = list(read(name, data)) if read else []
    except (struct.error, ValueError):
        values = []
    if not values:
        yield Problem(block.where, f"{name} of the colour profile cannot be read.")
    elif length > MOST_TEXT or (data[:4] in (b"mluc", b"dict") and _records(data) > MOST_RECORDS):
        yield Problem(block.where, f"{name} of the colour profile is longer than what is read of it.")
    for each, value in values:
        yield Field(Kind.ICC, "ICC", each, value, window, offset, length)


def _text(name: str, data: bytes) -> Iterator[tuple[str, object]]:
    yield name, _latin(data[8:])


def _description(name: str, data: bytes) -> Iterator[tuple[str, object]]:
    """ASCII, then Unicode, then a Macintosh script; the first that says something."""
    (length,) = struct.unpack_from(">I", data, 8)
    text = _latin(data[12 : 12 + length])
    at = 12 + length
    if not text and len(data) >= at + 8:
        (units,) = struct.unpack_from(">I", data, at + 4)
        text = data[at + 8 : at + 8 + 2 * units].decode("utf-16-be", "replace").strip("\0 ")
    yield name, text


def _localized(name: str, data: bytes) -> Iterator[tuple[str, object]]:
    """The same text in several languages: one value, or all when they differ."""
    count, size = struct.unpack_from(">II", data, 8)
    places = (struct.unpack_from(">II", data, 20 + size * n) for n in range(min(count, MOST_RECORDS)))
    texts = tuple(dict.fromkeys(text for text in _strings(data, [(o, n) for n, o in places]) if text))
    yield name, texts[0] if len(texts) == 1 else texts or ""


def _dictionary(name: str, data: bytes) -> Iterator[tuple[str, object]]:
    """Keys and values, such as the serial number of the screen."""
    count, size = struct.unpack_from(">II", data, 8)
    places = [struct.unpack_from(">4I", data, 16 + size * n) for n in range(min(count, MOST_RECORDS))]
    keys = _strings(data, [p[:2] for p in places])
    values = _strings(data, [p[2:] for p in places])
    yield from ((f"{name} {key}", value) for key, value in zip(keys, values, strict=True))


def _records(data: bytes) -> int:
    return int.from_bytes(data[8:12], "big")


def _strings(data: bytes, places: Sequence[tuple[int, ...]]) -> list[str]:
    """UTF-16 strings by offset and length; ValueError when together they are far more than the data."""
    if sum(length for _, length in places) > 4 * MOST_TEXT:
        raise ValueError("strings upon strings")
    return [data[o : o + n].decode("utf-16-be", "replace").strip("\0 ") for o, n in places]


def _date(name: str, data: bytes) -> Iterator[tuple[str, object]]:
    yield name, _moment(data[8:20]) or ""


def _moment(data: bytes) -> str | None:
    """A dateTimeNumber (4.2), UTC; None when it is blank or short."""
    if len(data) < 12 or not any(data):
        return None
    year, month, day, hour, minute, second = struct.unpack(">6H", data)
    return f"{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}"


def _latin(data: bytes) -> str:
    return data.decode("latin-1").split("\0", 1)[0].strip(" ")


_TYPES: dict[bytes, Callable[[str, bytes], Iterator[tuple[str, object]]]] = {
    b"text": _text,
    b"desc": _description,
    b"mluc": _localized,
    b"dict": _dictionary,
    b"dtim": _date,
}

ICC = Decoder(Kind.ICC, decode)
