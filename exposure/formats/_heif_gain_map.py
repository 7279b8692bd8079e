"""The gain map of a HEIF, where it is to stay: how much brighter each place of the picture may be shown.

There are two ways. An auxiliary picture, with an XMP packet of its own that says how it is used; and a picture that
is derived from the primary one and the gain map (tmap), which readers prefer to the primary one where they can show
it. Both may name the same gain map. What the packet says is written anew from its numbers.

Specification: ISO 21496-1:2025; ISO/IEC 23008-12:2022/AMD 1 (tmap); ISO/IEC 14496-12:2022, section 8.18.3 (altr).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from exposure.errors import CannotClean
from exposure.formats._heif_copy import Written, full
from exposure.formats._heif_items import Tables
from exposure.formats._heif_layout import Pieces
from exposure.formats._heif_pictures import Chosen, down, urn
from exposure.formats._heif_values import GAIN_MAP
from exposure.formats._second_xmp import gain_map
from exposure.source import Window

_XMP = "application/rdf+xml"
_LARGEST_PACKET = _LARGEST_PROFILE = 1 << 22
_GROUP = 0xFFFF
"""The number of the group, which no item has."""


def gain_maps(window: Window, of: Tables, chosen: Chosen) -> None:
    """Choose the gain map of the primary item too, if there is one. CannotClean when it cannot be told which."""
    tone_maps = [
        item
        for item, inputs in of.references.get(b"dimg", {}).items()
        if item in of.items and of.items[item].type == b"tmap" and inputs[:1] == [of.primary]
    ]
    auxiliaries = [
        item
        for item, masters in of.references.get(b"auxl", {}).items()
        if item in of.items and of.primary in masters and urn(window, of, item) in GAIN_MAP
    ]
    if len(tone_maps) > 1 or len(auxiliaries) > 1:
        raise CannotClean("it has more than one gain map")
    for item in auxiliaries:
        down(of, item, urn(window, of, item), chosen)
    for item in tone_maps:
        profile = _profile(window, of, item)
        if profile and profile != _profile(window, of, of.primary):
            raise CannotClean("its gain map has a colour profile of its own")
        down(of, item, b"", chosen)
        chosen[item] = None


def _profile(window: Window, of: Tables, item: int | None) -> bytes:
    """The colour profile of an item, with its kind; nothing when it has none."""
    for each in of.properties.of(item or 0):
        if each.type == b"colr" and each.payload.length > 4:
            data = window.part(*each.payload)
            if data.read(0, 4) in (b"prof", b"rICC"):
                return data.load(_LARGEST_PROFILE)
    return b""


def packets(window: Window, of: Tables, chosen: Chosen, numbers: Mapping[int, int]) -> Iterator[Written]:
    """The XMP item that says how an auxiliary gain map is used; none where a derived picture says it."""
    if any(of.items[item].type == b"tmap" for item in chosen):
        return
    pieces = Pieces(of)
    for item, use in chosen.items():
        if use not in GAIN_MAP:
            continue
        packet = b""
        for each, described in of.references.get(b"cdsc", {}).items():
            info = of.items.get(each)
            if info and item in described and (info.content, info.encoding) == (_XMP, "") and not packet:
                packet = gain_map(window.joined(pieces.of(each)).load(_LARGEST_PACKET))
        if not packet:
            raise CannotClean(
                "how bright its gain map is stands in the camera's own notes only, which never stay; without --keep gain-map it gets a copy"
            )
        yield Written(b"mime", packet, refers=((b"cdsc", (numbers[item],)),), content=_XMP.encode())


def alternatives(of: Tables, chosen: Chosen, numbers: Mapping[int, int]) -> bytes:
    """The group that says that the derived picture is better than the primary one, where there is one."""
    for item in chosen:
        if of.items[item].type == b"tmap":
            return full(b"altr", struct.pack(">IIII", _GROUP, 2, numbers[item], 1))
    return b""
