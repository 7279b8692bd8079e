"""The XMP that says which second pictures a copy holds and how a gain map is to be used: written from numbers alone.

Specification: Ultra HDR image format 1.1 (hdrgm, Container); Motion Photo format 1.0 (GCamera, Container); what
Apple's cameras write (HDRGainMap).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from exposure.errors import CannotClean

HDRGM = "http://ns.adobe.com/hdr-gain-map/1.0/"
_APPLE = "http://ns.apple.com/HDRGainMap/1.0/"
_PIXELS = "http://ns.apple.com/pixeldatainfo/1.0/"
_CAMERA = "http://ns.google.com/photos/1.0/camera/"
_CONTAINER = "http://ns.google.com/photos/1.0/container/"
_OPEN = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
)
_CLOSE = "</rdf:RDF></x:xmpmeta>"
_END = b"</rdf:RDF>"

_NUMBER = re.compile(r"\s*([+-]?\d{1,12}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?)\s*", re.ASCII)
_ATTRIBUTE = re.compile(r"\b([A-Za-z]{1,20}:[A-Za-z]{1,60})\s{0,8}=\s{0,8}[\"']([^\"'<>]{0,200})[\"']")
_ELEMENT = re.compile(r"<([A-Za-z]{1,20}:[A-Za-z]{1,60})>(.{0,600}?)</\1>", re.DOTALL)
_ITEM = re.compile(r"<rdf:li>([^<>]{0,40})</rdf:li>")
_MOMENT = re.compile(
    rb"(?:MotionPhoto|MicroVideo)PresentationTimestampUs\s{0,8}(?:=\s{0,8}[\"']|>)\s{0,8}(\d{1,15})\b"
)

_MANY = ("GainMapMin", "GainMapMax", "Gamma", "OffsetSDR", "OffsetHDR")
_ONE = ("HDRCapacityMin", "HDRCapacityMax")
_GRAY = "1278226488"
"""The pixel format L008, eight bits of grey, as a number."""


class Second(NamedTuple):
    """A second picture as the packet of its file declares it."""

    semantic: str
    """GainMap or MotionPhoto."""
    mime: str
    length: int


def declared(
    xmp: bytes, mime: str, pictures: tuple[Second, ...], moment: int, adobe: bool = False, padding: int = 0
) -> bytes:
    """The packet with a directory of second pictures added, or one with nothing else.

    `moment`: the time in the video, in microseconds, at which the photo was taken; `adobe`: whether the gain map says
    in Adobe's words how it is to be used; `padding`: the bytes between the photo, which is of type `mime`, and what
    follows it.
    """
    names = {picture.semantic for picture in pictures}
    spaces = f' xmlns:Container="{_CONTAINER}" xmlns:Item="{_CONTAINER}item/"'
    said = ""
    if adobe:
        spaces, said = f'{spaces} xmlns:hdrgm="{HDRGM}"', ' hdrgm:Version="1.0"'
    if "MotionPhoto" in names:
        spaces += f' xmlns:GCamera="{_CAMERA}"'
        said += ' GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1"'
        said += f' GCamera:MotionPhotoPresentationTimestampUs="{moment}"'
    items = [f'Item:Mime="{mime}" Item:Semantic="Primary" Item:Length="0" Item:Padding="{padding}"']
    items += [f'Item:Mime="{p.mime}" Item:Semantic="{p.semantic}" Item:Length="{p.length}"' for p in pictures]
    rows = "".join(f'<rdf:li rdf:parseType="Resource"><Container:Item {item}/></rdf:li>' for item in items)
    directory = f"<Container:Directory><rdf:Seq>{rows}</rdf:Seq></Container:Directory>"
    added = f'<rdf:Description rdf:about=""{spaces}{said}>{directory}</rdf:Description>'
    if not xmp:
        return f"{_OPEN}{added}{_CLOSE}".encode()
    before, end, after = xmp.rpartition(_END)
    if not end:
        raise CannotClean("what should stay of its XMP has no place for more")
    return before + added.encode() + end + after


def moment(packets: bytes) -> int:
    """The time in a video at which the photo was taken, in microseconds, from the bytes of XMP; -1 when unknown."""
    found = _MOMENT.search(packets)
    return int(found[1]) if found else -1


def gain_map(packet: bytes) -> bytes:
    """A packet that says how a gain map is to be used, from one that says so among other things; nothing otherwise.

    CannotClean when it cannot be told from numbers.
    """
    text = packet.decode("utf-8", "replace")
    adobe, apple = f'xmlns:hdrgm="{HDRGM}"' in text, f'xmlns:HDRGainMap="{_APPLE}"' in text
    if not adobe and not apple:
        return b""
    found = dict(_properties(text))
    return f"{_OPEN}{_adobe(found) if adobe else _apple(found)}{_CLOSE}".encode()


def _properties(text: str) -> Iterator[tuple[str, str]]:
    """The simple properties, and what stands inside the others."""
    yield from _ATTRIBUTE.findall(text)
    yield from _ELEMENT.findall(text)


def _numbers(found: Mapping[str, str], name: str) -> list[str]:
    """The numbers of a property, written as we write them; none when it is not there."""
    said = found.get(name)
    if said is None:
        return []
    items = _ITEM.findall(said) if "<" in said else [said]
    numbers = [_NUMBER.fullmatch(item) for item in items]
    if len(items) not in (1, 3) or not all(numbers):
        raise CannotClean("its gain map says how it is to be used in a way that exposure does not know")
    return [f"{float(number[1]):.9g}" for number in numbers if number]


def _adobe(found: Mapping[str, str]) -> str:
    """How Ultra HDR says it (section "HDR gain map metadata")."""
    hdr = found.get("hdrgm:BaseRenditionIsHDR", "False")
    attributes, elements = f' hdrgm:Version="1.0" hdrgm:BaseRenditionIsHDR="{hdr == "True"}"', ""
    for name in (*_MANY, *_ONE):
        values = _numbers(found, f"hdrgm:{name}")
        if len(values) == 1:
            attributes += f' hdrgm:{name}="{values[0]}"'
        elif values:
            items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
            elements += f"<hdrgm:{name}><rdf:Seq>{items}</rdf:Seq></hdrgm:{name}>"
        elif name in ("GainMapMax", "HDRCapacityMax"):
            raise CannotClean("its gain map does not say how it is to be used")
    return f'<rdf:Description rdf:about="" xmlns:hdrgm="{HDRGM}"{attributes}>{elements}</rdf:Description>'


def _apple(found: Mapping[str, str]) -> str:
    """How Apple says it; older phones wrote one of the numbers into their own notes only, which don't stay."""
    values = [_numbers(found, f"HDRGainMap:HDRGainMap{name}") for name in ("Version", "Headroom")]
    if [len(some) for some in values] != [1, 1]:
        raise CannotClean(
            "how bright its gain map is stands in the camera's own notes only, which never stay; without --keep gain-map it gets a copy"
        )
    (version,), (headroom,) = values
    grey = "".join(
        f' apdi:{name}="{_GRAY}"'
        for name in ("NativeFormat", "StoredFormat")
        if found.get(f"apdi:{name}") == _GRAY
    )
    return (
        f'<rdf:Description rdf:about="" xmlns:apdi="{_PIXELS}" xmlns:HDRGainMap="{_APPLE}"{grey} '
        'apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap" '
        f'HDRGainMap:HDRGainMapVersion="{version}" HDRGainMap:HDRGainMapHeadroom="{headroom}"/>'
    )
