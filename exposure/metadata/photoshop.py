"""Photoshop image resources: a run of 8BIM blocks that holds IPTC, XMP, EXIF, thumbnails, paths and print settings.

Adobe Photoshop File Formats Specification, "Image Resource Blocks" and "Image Resource IDs".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from exposure.errors import MalformedFile
from exposure.metadata._meaning import words
from exposure.model import Block, Embedded, Fact, Field, Kind, Problem, Software, Text
from exposure.plugins import Decoder
from exposure.source import Window

MOST_RESOURCES = 4_000
"""Photoshop writes a few dozen; each saved path is one more."""
MOST_STRINGS = 1_000
"""Slices, channels or links in one resource."""
MOST_VALUE = 1 << 20
"""The longest resource that is decoded, in bytes; blocks and pictures inside may be longer."""

_SIGNATURES = frozenset((b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"))
_GROUP = "8BIM"
_PATHS = range(0x07D0, 0x0BB7)
_THUMBNAIL_HEADER = 28
_HEADER = struct.Struct(">4sHB")
_LONGEST_HEADER = 7 + 255 + 4
"""Signature, number, the length of the name, the longest name, the length of the payload."""

_BLOCKS = {
    **{0x0404: Kind.IPTC, 0x040F: Kind.ICC, 0x0422: Kind.EXIF, 0x0423: Kind.EXIF, 0x0424: Kind.XMP},
}
_NAMES = {
    **{0x03E9: "MacintoshPrintInfo", 0x03ED: "ResolutionInfo", 0x03EE: "AlphaChannelsNames"},
    **{0x03EF: "DisplayInfo", 0x03F0: "PStringCaption", 0x03F1: "BorderInformation"},
    **{0x03F2: "BackgroundColor", 0x03F3: "PrintFlags", 0x0400: "LayerStateInfo"},
    **{0x0402: "LayersGroupInfo", 0x0404: "IPTCData", 0x0406: "JPEG_Quality", 0x0408: "GridGuidesInfo"},
    **{0x0409: "PhotoshopBGRThumbnail", 0x040A: "CopyrightFlag", 0x040B: "URL"},
    **{0x040C: "PhotoshopThumbnail", 0x040D: "GlobalAngle", 0x040F: "ICC_Profile", 0x0410: "Watermark"},
    **{0x0411: "ICC_Untagged", 0x0414: "IDsBaseValue", 0x0415: "UnicodeAlphaNames"},
    **{0x0419: "GlobalAltitude", 0x041A: "SliceInfo", 0x041B: "WorkflowURL", 0x041E: "URL_List"},
    **{0x0421: "VersionInfo", 0x0422: "EXIFInfo", 0x0423: "ExifInfo2", 0x0424: "XMP"},
    **{0x0425: "IPTCDigest", 0x0426: "PrintScaleInfo", 0x0428: "PixelInfo", 0x0429: "LayerComps"},
    **{0x042D: "LayerSelectionIDs", 0x0430: "LayerGroupsEnabledID", 0x0432: "MeasurementScale"},
    **{0x0433: "TimelineInfo", 0x0434: "SheetDisclosure", 0x0438: "CountInfo", 0x043A: "PrintInfo2"},
    **{0x043B: "PrintStyle", 0x043C: "MacNSPrintInfo", 0x043D: "WinDEVMODE"},
    **{0x043E: "AutoSaveFilePath", 0x043F: "AutoSaveFormat", 0x0440: "PathSelectionState"},
    **{0x0BB7: "ClippingPathName", 0x0BB8: "OriginPathInfo", 0x1B58: "ImageReadyVariables"},
    **{0x1B59: "ImageReadyDataSets", 0x1F40: "LightroomWorkflow", 0x2710: "PrintFlagsInfo"},
}


_Resource = tuple[int, str, int, int, int]
"""Number and name, where the name stands, and where the payload begins and how long it is."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    data = block.window.head(MOST_VALUE)
    try:
        for resource in _resources(block.window, data):
            yield from _resource(block, data, resource)
    except MalformedFile as error:
        yield Problem(block.where, f"The Photoshop resources are damaged: {error}.")


def _resources(window: Window, data: bytes) -> Iterator[_Resource]:
    """Every resource; MalformedFile after the good ones. `data` is what the window begins with, read at once."""
    at, size, ready = 0, window.size, len(data)
    for _ in range(MOST_RESOURCES):
        if size - at < 12:  # no resource is so short: nothing, or padding
            if window.read(at, size - at).strip(b"\0"):
                raise MalformedFile("a resource is cut off", at)
            return
        if at + _LONGEST_HEADER <= ready:
            header = data[at : at + _LONGEST_HEADER]
        else:
            header = window.read(at, min(_LONGEST_HEADER, size - at))
        signature, number, name_length = _HEADER.unpack_from(header)
        if signature not in _SIGNATURES:
            raise MalformedFile("something that is no resource stands among them", at)
        start = 7 + name_length
        start += start % 2 + 4  # the name is padded to a word with its length byte
        if start > len(header):
            raise MalformedFile("a length that runs past the end of its container", window.origin + at + 7)
        name = header[7 : 7 + name_length].decode("latin-1") if name_length else ""
        length = int.from_bytes(header[start - 4 : start], "big")
        start += at
        if start + length > size:
            raise MalformedFile("a resource runs past its end", at)
        yield number, name, at + 7, start, length
        at = min(start + length + length % 2, size)
    if at < size:
        raise MalformedFile("it has more resources than any photo", at)


def _resource(block: Block, data: bytes, resource: _Resource) -> Iterator[Field | Block | Embedded | Problem]:
    number, name, named_at, start, length = resource
    window = block.window
    title = _NAMES.get(number) or _title(number)
    if name:
        which = "PathName" if number in _PATHS else "ResourceName"
        yield Field(Kind.PHOTOSHOP, _GROUP, which, name, window, named_at, len(name))
    if number in _BLOCKS:
        where = f"{block.where}/8BIM {number:#06x}"
        yield Block(_BLOCKS[number], where, window.part(start, length), block.file)
        return
    read = _READERS.get(number)
    if read is not None and length > MOST_VALUE:
        yield Problem(block.where, f"The Photoshop resource {title} is too long to be read.")
    if read is None or length > MOST_VALUE:
        yield Field(Kind.PHOTOSHOP, _GROUP, title, length, window, start, length)
    else:
        payload = data[start : start + length] if start + length <= len(data) else window.read(start, length)
        try:
            for more, value in read(title, payload):
                yield Field(Kind.PHOTOSHOP, _GROUP, more, value, window, start, length)
        except (struct.error, MalformedFile):
            yield Problem(block.where, f"The Photoshop resource {title} is damaged.")
    if number in (0x0409, 0x040C) and length > _THUMBNAIL_HEADER and _is_jpeg(window, start):
        picture = window.part(start + _THUMBNAIL_HEADER, length - _THUMBNAIL_HEADER)
        yield Embedded("thumbnail", f"{Kind.PHOTOSHOP}:{_GROUP}:{title}", picture)


def _is_jpeg(window: Window, start: int) -> bool:
    """Whether a thumbnail says that it is a JPEG, or is one whatever it says."""
    head = window.read(start, _THUMBNAIL_HEADER + 1)
    return head[:4] == b"\0\0\0\1" or head[_THUMBNAIL_HEADER:] == b"\xff"


def _title(number: int) -> str:
    if number in _PATHS:
        return "PathInfo"
    return _NAMES.get(number, f"Resource {number:#06x}")


Values = Iterator[tuple[str, object]]
"""Names and values that one resource says."""


def _flag(title: str, data: bytes) -> Values:
    yield title, data[:1] == b"\1"


def _whole_number(title: str, data: bytes) -> Values:
    yield title, int.from_bytes(data[:4], "big", signed=True)


def _digest(title: str, data: bytes) -> Values:
    yield title, data.hex()


def _words(title: str, data: bytes) -> Values:
    yield title, _decoded(data)


def _pascal(title: str, data: bytes) -> Values:
    """A string that opens with its length in a byte."""
    yield title, _decoded(data[1 : 1 + data[0]]) if data else ""


def _pascals(title: str, data: bytes) -> Values:
    """Such strings one after the other."""
    found: list[str] = []
    at = 0
    while at < len(data) and len(found) < MOST_STRINGS:
        found.append(_decoded(data[at + 1 : at + 1 + data[at]]))
        at += 1 + data[at]
    yield title, tuple(found)
    _check(at >= len(data), at)


def _unicode(title: str, data: bytes) -> Values:
    yield title, _string(data, 0)[0]


def _unicodes(title: str, data: bytes) -> Values:
    found: list[str] = []
    at = 0
    while at + 4 <= len(data) and len(found) < MOST_STRINGS:
        text, at = _string(data, at)
        found.append(text)
    yield title, tuple(found)
    _check(at + 4 > len(data), at)


def _version(title: str, data: bytes) -> Values:
    writer, at = _string(data, 5)
    yield "HasRealMergedData", data[4] == 1
    yield "WriterName", writer
    yield "ReaderName", _string(data, at)[0]


def _links(title: str, data: bytes) -> Values:
    """How many, then for each two numbers and a string."""
    (count,) = struct.unpack_from(">I", data)
    found, at = [], 4
    for _ in range(min(count, MOST_STRINGS)):
        text, at = _string(data, at + 8)
        found.append(text)
    yield title, tuple(found)
    _check(count <= MOST_STRINGS, at)


def _slices(title: str, data: bytes) -> Values:
    """The parts of a web page that the picture was cut into (version 6); later versions are a descriptor."""
    (version,) = struct.unpack_from(">I", data)
    if version != 6:
        yield title, len(data)
        return
    group, at = _string(data, 20)
    (count,) = struct.unpack_from(">I", data, at)
    at += 4
    texts: dict[str, list[str]] = {
        "SliceName": [],
        "SliceURL": [],
        "SliceMessage": [],
        "SliceAlternativeText": [],
    }
    for _ in range(min(count, MOST_STRINGS)):
        (origin,) = struct.unpack_from(">I", data, at + 8)
        at += 16 if origin == 1 else 12  # a slice made from a layer says which
        name, at = _string(data, at)
        url, at = _string(data, at + 20)
        _, at = _string(data, at)
        message, at = _string(data, at)
        alternative, at = _string(data, at)
        _, at = _string(data, at + 1)
        at += 12
        for pile, text in zip(texts.values(), (name, url, message, alternative), strict=True):
            pile.append(text)
    yield "SlicesGroupName", group
    yield "NumSlices", count
    for name, pile in texts.items():
        if any(pile):
            yield name, tuple(text for text in pile if text)
    _check(count <= MOST_STRINGS, at)


def _check(whole: bool, at: int) -> None:
    """Not a word is dropped in silence."""
    if not whole:
        raise MalformedFile("more strings than are read", at)


def _string(data: bytes, at: int) -> tuple[str, int]:
    """A Unicode string and where it ends: how many UTF-16 units, then the units."""
    (units,) = struct.unpack_from(">I", data, at)
    end = at + 4 + 2 * units
    if end > len(data):
        raise MalformedFile("a string runs past its end", at)
    return data[at + 4 : end].decode("utf-16-be", "replace").rstrip("\0"), end


def _decoded(data: bytes) -> str:
    try:
        return data.decode().strip("\0")
    except UnicodeDecodeError:
        return data.decode("latin-1").strip("\0")


_READERS = {
    **{0x03EE: _pascals, 0x03F0: _pascal, 0x040A: _flag, 0x040B: _words, 0x040D: _whole_number},
    **{0x0410: _flag, 0x0411: _flag, 0x0415: _unicodes, 0x0419: _whole_number, 0x041A: _slices},
    **{0x041B: _unicode, 0x041E: _links, 0x0421: _version, 0x0425: _digest, 0x0434: _unicode},
    **{0x043E: _unicode, 0x043F: _unicode, 0x0BB7: _pascal, 0x1B58: _words, 0x1B59: _words},
    **{0x1F40: _words},
}


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    for field in fields:
        if field.name not in _MEANT:
            continue
        said = words(field.value)
        if said is None:
            continue
        if field.name == "PStringCaption":
            yield Text("description", said, field.address)
        elif field.name == "AutoSaveFilePath":
            yield Text("path", said, field.address)
        else:
            yield Software(said, field.address)


_MEANT = frozenset({"PStringCaption", "AutoSaveFilePath", "WriterName"})

PHOTOSHOP = Decoder(Kind.PHOTOSHOP, decode, facts)
