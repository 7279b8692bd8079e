"""Second pictures that stay in a copy on purpose: which bytes of them may be copied, and what of a copy they explain.

A gain map or a video brings words of its own: where it lies, how long it is, how it is to be used. Those words are
checked here letter by letter against what may stand there, which is nothing but names that we know and numbers; so
a copy that holds anything else is not proven, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from exposure.errors import MalformedFile
from exposure.model import Block, Depth, Field, Kept, Kind, Part, Photo, Picture, Role
from exposure.plugins import Format, discover
from exposure.source import FileSource, Range, Window

_KINDS = {"gain-map": "gain-map", "motion": "video"}
_PATHS = {
    "gain-map": re.compile(r"MPF:MPImage2:MPImageStart|HEIF:item \d+:\w+"),
    "video": re.compile(r"Trailer:Trailer:Video|HEIF:mpvd:Video"),
}
"""Where a copy has them."""
_ITEM = re.compile(r"item \d+ \w+ \(gain-map\)")
"""What the parts of a HEIF are called that hold its gain map, or how it and the picture make another."""

_N = rb"-?\d{1,12}(?:\.\d{1,12})?(?:e[+-]?\d{1,2})?"
_OPEN = rb'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www\.w3\.org/1999/02/22-rdf-syntax-ns#">'
_CLOSE = rb"</rdf:RDF></x:xmpmeta>"
_CONTAINER = rb"http://ns\.google\.com/photos/1\.0/container/"
_ADDED = re.compile(
    rb'<rdf:Description rdf:about="" xmlns:Container="%b" xmlns:Item="%bitem/"'
    rb'(?: xmlns:hdrgm="http://ns\.adobe\.com/hdr-gain-map/1\.0/")?'
    rb'(?: xmlns:GCamera="http://ns\.google\.com/photos/1\.0/camera/")?(?: hdrgm:Version="1\.0")?'
    rb'(?: GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" GCamera:MotionPhotoPresentationTimestampUs="%b")?'
    rb"><Container:Directory><rdf:Seq>"
    rb'(?:<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="(?:image/(?:jpeg|heic|avif)|video/mp4)" '
    rb'Item:Semantic="(?:Primary|GainMap|MotionPhoto)" Item:Length="\d{1,12}"(?: Item:Padding="\d{1,2}")?/></rdf:li>)'
    rb"{2,3}</rdf:Seq></Container:Directory></rdf:Description>" % (_CONTAINER, _CONTAINER, _N)
)
"""What the picture's own packet says of its second pictures."""
_ALONE = re.compile(_OPEN + _CLOSE)
_USE = re.compile(
    _OPEN
    + rb'(?:<rdf:Description rdf:about="" xmlns:hdrgm="http://ns\.adobe\.com/hdr-gain-map/1\.0/" hdrgm:Version="1\.0" '
    rb'hdrgm:BaseRenditionIsHDR="(?:True|False)"(?: hdrgm:[A-Za-z]{5,14}="%b"){0,7}>(?:<hdrgm:([A-Za-z]{5,14})>'
    rb"<rdf:Seq>(?:<rdf:li>%b</rdf:li>){3}</rdf:Seq></hdrgm:\1>){0,5}</rdf:Description>"
    rb'|<rdf:Description rdf:about="" xmlns:apdi="http://ns\.apple\.com/pixeldatainfo/1\.0/" '
    rb'xmlns:HDRGainMap="http://ns\.apple\.com/HDRGainMap/1\.0/"'
    rb'(?: apdi:(?:NativeFormat|StoredFormat)="1278226488"){0,2} '
    rb'apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap" '
    rb'HDRGainMap:HDRGainMapVersion="%b" HDRGainMap:HDRGainMapHeadroom="%b"/>)' % (_N, _N, _N, _N) + _CLOSE
)
"""What a gain map's packet says: how it is to be used."""

_ISO = b"urn:iso:std:iso:ts:21496:-1\0"
_ISO_LENGTHS = {len(_ISO) + n for n in (4, 37, 61, 77, 141)}
"""A version alone; one or three channels, with or without a denominator of their own for each number."""
_MPF_LENGTH = 82
_MOST_USE = 1 << 13


def copied(source: FileSource, photo: Photo, kept: Kept) -> Iterator[Range]:
    """Where the picture data of second pictures lies that may stay."""
    formats = {f.name: f for f in discover("formats", Format)}
    for picture in _stay(photo, kept):
        format_ = formats.get(picture.format or "")
        if format_ is None:  # a video, whose boxes its own reader tells apart, or an item of a HEIF
            yield from picture.address.ranges
            continue
        window = Window.whole(source).part(picture.offset, picture.length)
        with suppress(MalformedFile):  # what lies behind the damage is not copied
            for part in format_.parts(window, Depth.DEEP):
                if part.role is Role.PICTURE:
                    yield Range(picture.offset + part.offset, part.length)


def _stay(photo: Photo, kept: Kept) -> list[Picture]:
    """The second pictures of the kinds that stay, which lie in the file as they are."""
    kinds = {_KINDS[word] for word in kept.second}
    return [
        p
        for p in photo.facts.pictures
        if p.kind in kinds and "/" not in p.address.path and not p.address.indirect
    ]


def without(photo: Photo, kept: Kept) -> Photo:
    """What a copy holds beside the second pictures that were to stay and what is said of them."""
    found = {p.kind: p for p in _stay(photo, kept) if _PATHS[p.kind].fullmatch(p.address.path)}
    if not found:
        return photo
    explained = [b for b in photo.blocks if _explains(b, photo, found, kept)]
    packets = {id(b.window) for b in explained}
    taken = {b.window.origin for b in explained}
    facts = replace(
        photo.facts, pictures=tuple(p for p in photo.facts.pictures if p is not found.get(p.kind))
    )
    return replace(
        photo,
        parts=tuple(p for p in photo.parts if not _is_explained(p, taken, list(found.values()))),
        blocks=tuple(b for b in photo.blocks if id(b.window) not in packets),
        fields=tuple(f for f in photo.fields if id(f.window) not in packets or _is_of_another(f, kept)),
        facts=facts,
        _by_name={},
        _by_group={},
        _text=[],
    )


def _explains(block: Block, photo: Photo, found: dict[str, Picture], kept: Kept) -> bool:
    """Whether a block holds what is to be said of the second pictures that are there, and nothing else."""
    window, gain = block.window, found.get("gain-map")
    if block.kind is Kind.TRAILER:
        return any((p.offset, p.length) == (window.origin, window.size) for p in found.values())
    inside = gain is not None and block.file.size != photo.size and block.file.origin == gain.offset
    if not inside and block.file.size != photo.size:
        return False
    if block.kind is Kind.UNKNOWN and gain is not None:
        return window.size in _ISO_LENGTHS and window.read(0, len(_ISO)) == _ISO
    if block.kind is Kind.MPF:
        return gain is not None and not inside and window.size == _MPF_LENGTH
    if block.kind is not Kind.XMP:
        return False
    packet = window.load()
    if gain is not None and len(packet) < _MOST_USE and _USE.fullmatch(packet):
        return True
    rest, count = _ADDED.subn(b"", packet)
    return count == 1 and (rest == kept.xmp if kept.xmp else _ALONE.fullmatch(rest) is not None)


def _is_explained(part: Part, taken: set[int], found: list[Picture]) -> bool:
    """Whether a part of the file holds such a block, or the second pictures and nothing besides."""
    if part.role is not Role.METADATA:
        return False
    if _ITEM.fullmatch(part.where):
        return any(p.kind == "gain-map" for p in found)
    if part.kind is Kind.TRAILER or part.where == "mpvd":
        inside = sorted((p.offset, p.offset + p.length) for p in found if part.offset <= p.offset < part.end)
        ends = [part.payload.offset if part.payload else part.offset, *(end for _, end in inside)]
        return bool(inside) and [start for start, _ in inside] == ends[:-1] and ends[-1] == part.end
    return part.payload is not None and part.payload.offset in taken


def _is_of_another(field: Field, kept: Kept) -> bool:
    """Whether a field of the picture's own packet belongs to what stays in it besides."""
    return field.kind is Kind.XMP and bool(kept.xmp) and not field.within and field.group not in _GROUPS


_GROUPS = frozenset(("Container", "GCamera", "hdrgm", "rdf"))
