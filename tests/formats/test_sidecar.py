from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.formats.sidecar import LARGEST, SIDECAR
from exposure.model import Block, Depth, Kind, Part, Role
from exposure.source import Range, Window
from tests.make import window

BARE = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

SAMPLES = {
    "bare": BARE.encode(),
    "packet": f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{BARE}<?xpacket end="w"?>'.encode(),
    "xml declaration": f'<?xml version="1.0" encoding="UTF-8"?>\n{BARE}'.encode(),
    "byte order mark and blanks": f"\ufeff\r\n  \t{BARE}\n".encode(),
    "old Adobe": b"<x:xapmeta xmlns:x='adobe:ns:meta/'/>",
    "rdf alone": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "UTF-16": f"\ufeff{BARE}".encode("utf-16-le"),
    "UTF-16, high byte first": f"\ufeff{BARE}".encode("utf-16-be"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sidecar_is_recognised_and_is_one_part(name: str) -> None:
    data = SAMPLES[name]
    assert SIDECAR.sniff(data[:64]) and SIDECAR.sniff(data)
    parts = list(SIDECAR.parts(window(data), Depth.SHALLOW))
    assert parts == [Part(0, len(data), Role.METADATA, "sidecar", Kind.XMP)]
    (block,) = SIDECAR.blocks(window(data), parts)
    assert isinstance(block, Block)
    assert block.window.load() == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"<html>",
        b'<?xml version="1.0"?><svg/>',
        b"<x:xmpmetadata>",
        b"x:xmpmeta",
        b"\xff\xfe",
        b"II*\0",
    ],
)
def test_other_files_are_not_sidecars(data: bytes) -> None:
    assert not SIDECAR.sniff(data)
    with pytest.raises(MalformedFile):
        list(SIDECAR.parts(window(data), Depth.DEEP))


def test_a_long_declaration_is_read_over() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        opening = '\ufeff<?xml version="1.0" encoding="UTF-16" standalone="yes"?>\n'
        assert SIDECAR.sniff((opening + " " * 100 + BARE).encode(encoding))


class Endless:
    """A sidecar as large as it likes."""

    size = LARGEST + 1

    def read(self, offset: int, length: int) -> bytes:
        return SAMPLES["bare"][offset : offset + length]


def test_a_sidecar_that_is_too_large_is_malformed() -> None:
    view = Window(Endless(), (Range(0, Endless.size),), Endless.size)
    with pytest.raises(MalformedFile, match="16 MB"):
        list(SIDECAR.parts(view, Depth.SHALLOW))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_recognised_or_not(data: bytes) -> None:
    assert SIDECAR.sniff(data) in (True, False)
