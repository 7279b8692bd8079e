"""Folders of Lightroom (``IMG.xmp``) and darktable (``IMG.jpg.xmp``), and of Apple's Photos (``IMG.AAE``): no posts."""

from __future__ import annotations

from collections.abc import Iterator

from tests.archives.exports import Export
from tests.archives.life import LIFE, picture

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
AAE = b'<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict/></plist>'


def exports() -> Iterator[Export]:
    for layout, name, data in (
        ("Lightroom", "{stem}.xmp", XMP),
        ("darktable", "{stem}.jpg.xmp", XMP),
        ("Apple", "{stem}.AAE", AAE),
    ):
        files = {f"2024/{m.name}": picture(m) for m in LIFE}
        files |= {f"2024/{name.format(stem=f'moment{m.id}')}": data for m in LIFE[:3]}
        yield Export("sidecars", layout, files, frozenset(), {})
