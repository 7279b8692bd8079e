"""Tables of a JPEG: none longer than what it says, none that nothing asks for."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.errors import CannotClean
from tests.sources import memory_source


def drawn(mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert(mode).save(out, "JPEG", **how)
    return out.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def before_frame(data: bytes, more: bytes) -> bytes:
    at = next(at for at in range(len(data)) if data[at : at + 2] in (b"\xff\xc0", b"\xff\xc2"))
    return data[:at] + more + data[at:]


def cleaned(data: bytes) -> bytes:
    copy = planned(memory_source(data), Wishes())
    assert copy is not None
    made = copy.assembled()
    return made.read(0, made.size)


WORDS = (b"CANARY in a table " * 4)[:64]


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"optimize": True}, {"restart_marker_blocks": 2}])
def test_every_usual_picture_stays_as_it_is(mode: str, how: dict[str, object]) -> None:
    data = drawn(mode, **how)
    assert cleaned(data) == data


def test_tables_that_nothing_asks_for_go() -> None:
    quantisation = segment(0xDB, b"\x03" + WORDS)
    huffman = segment(0xC4, b"\x13" + bytes(7) + bytes((64,)) + bytes(8) + WORDS)
    data = drawn()
    assert cleaned(before_frame(data, quantisation + huffman)) == data


def test_an_unused_table_beside_a_used_one_goes_too() -> None:
    data = drawn("L")
    at = data.index(b"\xff\xdb")
    table = data[at + 4 : at + 4 + 65]
    both = data[:at] + segment(0xDB, table + b"\x03" + WORDS) + data[at + 4 + 65 :]
    assert cleaned(both) == data


@pytest.mark.parametrize(("marker", "payload"), [(0xDB, b"\0" + bytes([1]) * 64), (0xDD, b"\0\4")])
def test_nothing_stands_behind_a_table(marker: int, payload: bytes) -> None:
    with pytest.raises(CannotClean, match="wrong length"):
        cleaned(before_frame(drawn(), segment(marker, payload + b"CANARY")))


def test_nothing_stands_behind_the_header_of_a_scan() -> None:
    data = drawn("L")
    at = data.index(b"\xff\xda")
    length = struct.unpack_from(">H", data, at + 2)[0]
    longer = data[: at + 2] + struct.pack(">H", length + 6) + data[at + 4 : at + 2 + length] + b"CANARY"
    with pytest.raises(CannotClean, match="SOS segment has a wrong length"):
        cleaned(longer + data[at + 2 + length :])
