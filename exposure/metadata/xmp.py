"""XMP: an RDF/XML packet of properties (ISO 16684-1:2019; RDF/XML is its section 7, the packet its 7.3).

How fields are named
    The group is the usual prefix of the top property (`_namespaces`), whatever the document calls it; a namespace
    that is not known keeps the document's own prefix. The name is the path of local names inside it, as in XMP:

    ================================================  ==============================================
    ``XMP:photoshop:City``                            a simple property
    ``XMP:dc:creator[1]``                             an item of an array, counted from 1
    ``XMP:dc:description[x-default]``                 a language alternative
    ``XMP:xmpMM:History[2]/softwareAgent``            a field of a structure in an array
    ``XMP:Iptc4xmpExt:LocationCreated[1]/City``
    ``XMP:Iptc4xmpExt:PersonInImageWDetails[1]/PersonName[x-default]``
    ``XMP:xmpMM:DerivedFrom/documentID``              a field of a structure
    ``XMP:mwg-rs:RegionList[1]/Name``                 mwg-rs:Regions, MP:RegionInfo and acdsee-rs:Regions
    ``XMP:MP:Regions[1]/PersonDisplayName``           only wrap a list, and are left out
    ``XMP:Container:Directory[1]/Item/Mime``
    ``XMP:GCamera:MotionPhoto``
    ``XMP:x:xmptk``                                   the toolkit that wrote the packet
    ``XMP:rdf:about``, ``XMP:xml:comment``            what is written around the properties
    ``XMP:xml:instruction``, ``XMP:x:text``           the same
    ================================================  ==============================================

    So a rule finds a property by its group and by the last component of its name without ``[…]``. Values are text
    as it stands in the packet, without the blanks around it; an empty property is "". A value of more than 64 kB is
    cut, and the field's length tells how long it was. Pictures and sound packed as base64 come as `Embedded`; the
    field's value then says only how many bytes they are.

A packet that is not well-formed, goes beyond a limit or declares entities is read as text from there on (`_soup`):
the fields are named in the same way, and a Problem says so.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator

from exposure.metadata._graph import Graph
from exposure.metadata._rdf import read_xml
from exposure.metadata._soup import read_tags
from exposure.metadata._xmp_facts import facts
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder
from exposure.source import Window

LARGEST_PACKET = 1 << 24
"""Bytes, extended XMP joined. Above that it is no metadata."""

LONGEST_VALUE = 1 << 16
"""Characters of one value that are kept."""

LARGEST_EMBEDDED = 1 << 25
"""Bytes of one picture or recording packed in a property."""

_PACKED = {
    "GImage": {"Data": "second-image"},
    "GAudio": {"Data": "audio"},
    "GDepth": {"Data": "depth", "Image": "depth", "Confidence": "depth"},
    "xmp": {"image": "thumbnail"},
    "xmpGImg": {"image": "thumbnail"},
}
_PADDING = b"\0 \t\r\n"
_LONGEST_MARK = 64


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """The properties of a packet, in the order they stand; MalformedFile when it is larger than 16 MB."""
    packet, base = _utf8(_unpadded(block.window.load(LARGEST_PACKET)))
    if not packet:
        return
    graph = Graph(packet, block.window, max(base, 0))
    complaint = _read(graph)
    long = len(packet) > LONGEST_VALUE
    for field in graph.fields:
        if base < 0:
            field = field._replace(offset=0, length=block.window.size)
        if field.group in _PACKED and (kind := _PACKED[field.group].get(field.name.rpartition("/")[2])):
            yield from _unpacked(field, str(field.value), kind, block)
        elif long and len(value := str(field.value)) > LONGEST_VALUE:
            yield field._replace(value=value[:LONGEST_VALUE])
        else:
            yield field
    if complaint:
        yield Problem(block.where, complaint)


def _read(graph: Graph) -> str | None:
    """Read the packet as XML, and as text where that ends early; the sentence that says so, or None."""
    if b"<!DOCTYPE" in graph.packet:  # entities can be declared nowhere else
        read_tags(graph)
        return (
            "This XMP packet declares XML entities, as attacks do, so it was refused as XML and read as text "
            "only; something may have been missed."
        )
    stopped = read_xml(graph)
    if stopped is None:
        return None
    read_tags(graph)
    return (
        f"This XMP packet {stopped}; from there it was read as text only, so something may have been missed."
    )


def _unpadded(packet: bytes) -> bytes:
    """The packet without the blanks that programs leave for each other, and the mark that ends them (7.3.4)."""
    packet = packet.rstrip(_PADDING)
    mark = packet.rfind(b"<?xpacket end", -_LONGEST_MARK)
    last = packet.rfind(b">", 0, mark) + 1 if mark > 0 else 0
    if last and packet[last:mark].isspace() and packet.find(b"?>", mark) == len(packet) - 2:
        return packet[:last]
    return packet


def _utf8(packet: bytes) -> tuple[bytes, int]:
    """The packet from its first tag as UTF-8 (7.3.2), and where it begins; -1 when it stands in another encoding."""
    start = max(packet.find(b"<"), 0)
    if packet[start + 1 : start + 2] != b"\0":
        return packet[start:], start
    encoding, unit = _encoding(packet, start)
    first = start + 1 - unit if encoding.endswith("be") else start
    wide = packet[first:]
    return (wide + b"\0" * (-len(wide) % unit)).decode(encoding, "replace").encode(), -1


def _encoding(packet: bytes, start: int) -> tuple[str, int]:
    """Which wide encoding it is, and its bytes a character, from the NULs around the first ``<``."""
    if start % 4 == 3 and packet[start - 3 : start] == b"\0\0\0":
        return "utf-32-be", 4
    if start % 4 == 0 and packet[start + 1 : start + 4] == b"\0\0\0":
        return "utf-32-le", 4
    if start % 2 and packet[start - 1] == 0:
        return "utf-16-be", 2
    return "utf-16-le", 2


def _unpacked(field: Field, value: str, kind: str, block: Block) -> Iterator[Field | Embedded | Problem]:
    """A file that is packed in a value as base64."""
    if not value or len(value) > LARGEST_EMBEDDED // 3 * 4:
        yield field._replace(value=value[:LONGEST_VALUE])
        return
    try:
        data = binascii.a2b_base64(value.rstrip("=") + "==")
    except (binascii.Error, ValueError):
        yield field._replace(value=value[:LONGEST_VALUE])
        yield Problem(block.where, f"What XMP:{field.group}:{field.name} packs could not be unpacked.")
        return
    yield field._replace(value=f"{len(data):,} bytes, packed as base64")
    window = Window.packed(data, block.window.ranges(field.offset, field.length))
    yield Embedded(kind, f"XMP:{field.group}:{field.name}", window)


XMP = Decoder(Kind.XMP, decode, facts)
