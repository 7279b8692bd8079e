"""How the frames of a track are coded: sample entries, rebuilt from the numbers that a decoder needs.

An entry names the codec and holds its parameters, and boxes on shape, colour and transparency. It has room for a
compressor's name, for notes coded like frames, and for boxes of any maker: none of that is written again.

Specification: ISO/IEC 14496-12:2022, sections 8.5.2 (stsd), 12.1.3 (visual sample entries), 12.1.4 (pasp, clap) and
12.1.5 (colr); ISO/IEC 14496-15:2022, sections 5.3.3 (avcC) and 8.3.3 (hvcC); AV1 in ISO BMFF 1.2, section 2.3
(av1C); VP codec ISO media file format binding 1.0 (vpcC); ISO/IEC 23008-12:2022, sections 7.2.3 (ccst), 7.5.3 (auxi).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._isobmff import Box, boxes
from exposure.formats._isobmff_frames import av1_units
from exposure.source import Window

ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
"""What says that a track is the transparency of another."""

_FIXED = 78
"""Bytes of a visual sample entry before its boxes."""
_MOST_ENTRIES = 16
_LARGEST = 1 << 16
_RESOLUTION = 0x0048_0000
"""72 dots an inch, which is what every writer says; players don't look at it."""


class Entry(NamedTuple):
    """One sample entry."""

    box: bytes
    """As it is written again."""
    codec: bytes
    """avcC, hvcC, av1C or vpcC: the kind of frames that follow it."""
    prefix: int
    """How many bytes tell the length of each unit of a frame; 0 where the units tell their own."""


def wrap(type_: bytes, *payload: bytes) -> bytes:
    """A box."""
    data = b"".join(payload)
    return struct.pack(">I4s", 8 + len(data), type_) + data


def entries(window: Window, stsd: Box, icc: bytes) -> tuple[Entry, ...]:
    """The entries of an stsd box. CannotClean for a codec that is not known here."""
    (count,) = struct.unpack(">I", window.read(stsd.start + 4, 4))
    if not 0 < count <= _MOST_ENTRIES:
        raise MalformedFile("a track whose pictures are coded in no way or in too many", stsd.offset)
    found = tuple(_entry(window, box, icc) for box in boxes(window, stsd.start + 8, stsd.end))
    if len(found) != count:
        raise MalformedFile("a track whose list of codecs is damaged", stsd.offset)
    return found


def uses(window: Window, stsd: Box) -> tuple[bytes, ...]:
    """What the auxi boxes of a track say it is for (alpha, depth…); none when it has no such box."""
    return tuple(
        window.read(box.start, min(box.payload.length, 128))[4:].partition(b"\0")[0]
        for entry in boxes(window, stsd.start + 8, stsd.end)
        if entry.payload.length >= _FIXED
        for box in _inside(window, entry)
        if box.type == b"auxi"
    )


def _entry(window: Window, box: Box, icc: bytes) -> Entry:
    word = box.word if box.word.isprintable() else "?"
    if box.type not in _CODECS:
        raise CannotClean(f"its frames are coded in a way that exposure does not know ({word})")
    width, height, _, _, _, frames, _, depth = struct.unpack(
        ">HHIIIH32sH", window.read(box.start + 24, _FIXED - 26)
    )
    inner = list(_inside(window, box))
    codec = _CODECS[box.type]
    config = next((b for b in inner if b.type == codec), None)
    if config is None:
        raise MalformedFile(f"its {word} entry does not say how to decode it", box.offset)
    data = _read(window, config)
    written = [wrap(codec, _CONFIGS[codec](data))]
    written += [wrap(b.type, kept) for b in inner if (kept := _property(window, b, icc))]
    fixed = struct.pack(
        ">6xH16xHHIIIH32xHH", 1, width, height, _RESOLUTION, _RESOLUTION, 0, min(frames, 1), depth, 0xFFFF
    )
    at = {b"avcC": 4, b"hvcC": 21}.get(codec)
    return Entry(wrap(box.type, fixed, *written), codec, (data[at] & 3) + 1 if at else 0)


def _inside(window: Window, entry: Box) -> Iterator[Box]:
    """The boxes in a sample entry; QuickTime may end them with four empty bytes, which are none."""
    with suppress(MalformedFile):
        yield from boxes(window, entry.start + _FIXED, entry.end)


def _read(window: Window, box: Box) -> bytes:
    if not 4 <= box.payload.length <= _LARGEST:
        raise MalformedFile(f"a {box.word} box of a wrong size", box.offset)
    return window.read(*box.payload)


def _property(window: Window, box: Box, icc: bytes) -> bytes:
    """A box that frames need to be shown as they should be, rebuilt; nothing for any other."""
    if box.type == b"colr":
        return _colour(window, box, icc)
    if box.type == b"auxi":
        urn = _read(window, box)[4:].partition(b"\0")[0]
        return bytes(4) + urn + b"\0" if urn in ALPHA else b""
    if box.type == b"ccst" and box.payload.length == 8:
        return bytes(4) + bytes((_read(window, box)[4] & 0xFC, 0, 0, 0))
    if _NUMBERS.get(box.type) == box.payload.length:
        return window.read(*box.payload)
    return b""


def _colour(window: Window, box: Box, icc: bytes) -> bytes:
    """Colours by numbers (QuickTime's as the standard's), or the profile that the copy keeps."""
    data = window.read(box.start, min(box.payload.length, 11))
    if data[:4] == b"nclx" and len(data) == 11:
        return data[:10] + bytes((data[10] & 0x80,))
    if data[:4] == b"nclc" and len(data) == 10:
        return b"nclx" + data[4:] + b"\0"
    if data[:4] not in (b"prof", b"rICC"):
        return b""
    if not icc:
        raise CannotClean("the colour profile of its frames is none that exposure knows")
    return b"prof" + icc


def _avc(data: bytes) -> bytes:
    """AVCDecoderConfigurationRecord: numbers, sequence and picture parameter sets."""
    out = bytes((1, *data[1:4], 0xFC | data[4] & 3))
    sets, at = _sets(data, 6, data[5] & 31)
    out += _counted(0xE0, [s for s in sets if s[0] & 31 == 7])
    sets, at = _sets(data, at + 1, data[at])
    out += _counted(0, [s for s in sets if s[0] & 31 == 8])
    if data[1] in (100, 110, 122, 144) and at + 4 <= len(data):
        sets, _ = _sets(data, at + 4, data[at + 3])
        out += bytes((0xFC | data[at], 0xF8 | data[at + 1], 0xF8 | data[at + 2]))
        out += _counted(0, [s for s in sets if s[0] & 31 == 13])
    return out


def _counted(bits: int, sets: list[bytes]) -> bytes:
    return bytes((bits | len(sets),)) + b"".join(struct.pack(">H", len(s)) + s for s in sets)


def _sets(data: bytes, at: int, count: int) -> tuple[list[bytes], int]:
    """So many parameter sets from `at`, each after its length in two bytes, and where they end."""
    found = []
    for _ in range(count):
        length = int.from_bytes(data[at : at + 2], "big")
        if not length or at + 2 + length > len(data):
            raise MalformedFile("the parameters of its codec are cut off", at)
        found.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return found, at


def _hevc(data: bytes) -> bytes:
    """HEVCDecoderConfigurationRecord: numbers, and the arrays of parameter sets; those of notes (SEI) go."""
    fixed = bytearray(data[:22])
    for at, reserved in ((13, 0xF0), (15, 0xFC), (16, 0xFC), (17, 0xF8), (18, 0xF8)):
        fixed[at] |= reserved
    arrays, at = [], 23
    for _ in range(data[22]):
        kind = data[at] & 0x3F
        sets, after = _sets(data, at + 3, int.from_bytes(data[at + 1 : at + 3], "big"))
        sets = [s for s in sets if s[0] >> 1 & 0x3F == kind]
        if kind in (32, 33, 34) and sets:
            head = struct.pack(">BH", data[at] & 0xBF, len(sets))
            arrays.append(head + b"".join(struct.pack(">H", len(s)) + s for s in sets))
        at = after
    return bytes(fixed) + bytes((len(arrays),)) + b"".join(arrays)


def _av1(data: bytes) -> bytes:
    """AV1CodecConfigurationRecord: four bytes of numbers, and the sequence header."""
    return data[:4] + b"".join(data[start:end] for kind, start, end in av1_units(data, 4) if kind == 1)


def _vp(data: bytes) -> bytes:
    """VPCodecConfigurationRecord: numbers, and no data to begin with, as VP8 and VP9 have none."""
    if len(data) < 12:
        raise MalformedFile("the parameters of its codec are cut off", 0)
    return b"\1\0\0\0" + data[4:10] + bytes(2)


_CODECS = {b"avc1": b"avcC", b"avc3": b"avcC", b"hvc1": b"hvcC", b"hev1": b"hvcC", b"av01": b"av1C"} | {
    b"vp08": b"vpcC",
    b"vp09": b"vpcC",
}


def _checked(read: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """The same, with MalformedFile where the bytes end too early."""

    def safe(data: bytes) -> bytes:
        try:
            return read(data)
        except IndexError:
            raise MalformedFile("the parameters of its codec are cut off", 0) from None

    return safe


_CONFIGS: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"avcC": _checked(_avc),
    b"hvcC": _checked(_hevc),
    b"av1C": _checked(_av1),
    b"vpcC": _checked(_vp),
}

_NUMBERS = {b"pasp": 8, b"clap": 32, b"clli": 4, b"mdcv": 24, b"amve": 8}
"""Boxes of nothing but numbers, and how long they are: shape of a pixel, crop, brightness of the display."""
