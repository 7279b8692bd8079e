"""XMP sidecars: a file of its own beside a photo, holding nothing but that photo's XMP packet.

Specification: XMP part 1, section 7 (the packet); part 3, section 1.2 (sidecar files).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from exposure.errors import MalformedFile
from exposure.model import Depth, Kind, Part, Role
from exposure.plugins import Format
from exposure.source import Window

LARGEST = 1 << 24
"""No sidecar is larger than this, in bytes."""

_OPENING = re.compile(r"\s*(?:<\?xml\s[^>]{0,200}\?>\s*)?<(?:\?xpacket\s|x:x[am]pmeta[\s>]|rdf:RDF[\s>])")
_BYTE_ORDERS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """The whole file is one part."""
    if window.size > LARGEST:
        raise MalformedFile("a sidecar larger than 16 MB", LARGEST)
    if not _sniff(window.head(1024)):
        raise MalformedFile("no XMP packet", 0)
    yield Part(0, window.size, Role.METADATA, "sidecar", Kind.XMP)


def _sniff(head: bytes) -> bool:
    head = head[:1024]
    encoding = _BYTE_ORDERS.get(head[:2], "latin-1")
    start = 2 if encoding != "latin-1" else 3 if head.startswith(codecs.BOM_UTF8) else 0
    if not head[start:].lstrip(b" \t\r\n\0").startswith(b"<"):
        return False
    return _OPENING.match(head[start:].decode(encoding, "ignore")) is not None


SIDECAR = Format("XMP sidecar", (".xmp",), _sniff, parts)
