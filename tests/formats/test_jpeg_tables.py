"""The coded picture of a JPEG: nothing longer than what it says, nothing that no scan asks for, nothing twice."""

from __future__ import annotations

import io
import re
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


def parts(data: bytes, marker: int) -> list[tuple[int, int]]:
    """Where segments of that kind begin and end, before the end of the picture."""
    found, at = [], 2
    while data[at + 1] != 0xD9:
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if data[at + 1] == 0xDA:
            end = re.compile(rb"\xff[^\0\xd0-\xd7]").search(data, end).start()  # type: ignore[union-attr]
        if data[at + 1] == marker:
            found.append((at, end))
        at = end
    return found


@pytest.mark.parametrize(
    ("marker", "payload"),
    [(0xDB, b"\0" + WORDS), (0xC4, b"\0" + bytes(7) + bytes((64,)) + bytes(8) + WORDS), (0xDD, b"CA")],
)
def test_tables_that_others_replace_before_a_scan_go(marker: int, payload: bytes) -> None:
    data = drawn("L", restart_marker_blocks=2)
    own, _ = parts(data, marker)[0]
    assert cleaned(data[:own] + segment(marker, payload) + data[own:]) == data


def test_arithmetic_conditioning_goes_from_a_picture_without() -> None:
    data = drawn()
    assert cleaned(before_frame(data, segment(0xCC, b"\x10C\x11A\x00N"))) == data


def test_restart_markers_between_segments_go() -> None:
    data = drawn("L")
    assert cleaned(before_frame(data, b"\xff\xd0\xff\xd7\xff\x01\xff\xff\xff")) == data


def test_a_number_of_lines_that_the_frame_gives_already_goes() -> None:
    data = drawn("L")
    assert cleaned(data[:-2] + segment(0xDC, b"CA") * 3 + data[-2:]) == data


@pytest.mark.parametrize("progressive", [False, True])
def test_a_scan_that_codes_what_another_codes_is_refused(progressive: bool) -> None:
    data = drawn("L", progressive=progressive)
    start, end = parts(data, 0xDA)[0]
    with pytest.raises(CannotClean, match="twice"):
        cleaned(data[:end] + data[start:end] + data[end:])


def test_a_scan_of_no_component_of_the_picture_is_refused() -> None:
    data = drawn("L")
    with pytest.raises(CannotClean, match="SOS segment"):
        cleaned(data[:-2] + segment(0xDA, b"\1\x63\0\0\x3f\0") + b"CANARY" + data[-2:])


def test_what_no_program_shows_is_refused() -> None:
    data = drawn("L")
    (frame,) = parts(data, 0xC0)
    lossless = data[: frame[0]] + b"\xff\xf7" + data[frame[0] + 2 :]
    for unknown, why in (
        (data[:2] + data[-2:], "no picture"),
        (lossless, "no picture"),
        (before_frame(data, data[slice(*frame)]), "of a kind"),
        (before_frame(data, segment(0xDE, data[frame[0] + 4 : frame[1]])), "of a kind"),
    ):
        with pytest.raises(CannotClean, match=why):
            cleaned(unknown)


def test_a_segment_has_no_more_tables_than_there_are_names_for() -> None:
    data = drawn("L")
    table = b"\0" + bytes(range(1, 65))
    assert cleaned(before_frame(data, segment(0xDB, table * 32))) == cleaned(
        before_frame(data, segment(0xDB, table))
    )
    with pytest.raises(CannotClean, match="DQT segment"):
        cleaned(before_frame(data, segment(0xDB, table * 33)))
