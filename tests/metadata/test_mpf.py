"""MPF: the index of further pictures in a JPEG."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.metadata.mpf import MPF
from exposure.model import Block, Embedded, Field, Identifier, Kind, Problem
from exposure.source import Window
from tests.make import block, window
from tests.make.jpeg import comment, jfif, jpeg, mpf, multi_picture
from tests.make.tiff import LONG, RATIONAL

SECOND = jpeg(comment("second"))
LARGE_THUMBNAIL, DISPARITY, UNDEFINED, GAIN_MAP = 0x10001, 0x20002, 0, 0x50000


def index_in(data: bytes, file: Window | None = None) -> Block:
    """The MPF block of a JPEG, as its format would cut it."""
    start = data.index(b"MPF\0") + 4
    length = int.from_bytes(data[start - 6 : start - 4], "big") - 6
    file = file or window(data)
    return Block(Kind.MPF, "APP2", file.part(start, length), file)


def of(segment: bytes) -> list[Field | Block | Embedded | Problem]:
    """What a segment says when no file is around it."""
    return list(MPF.decode(block(Kind.MPF, segment[8:], "APP2")))


def values(decoded: list[Field | Block | Embedded | Problem]) -> dict[str, object]:
    return {f.path: f.value for f in decoded if isinstance(f, Field)}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(
    ("type_code", "kind"),
    [
        *((LARGE_THUMBNAIL, "preview"), (DISPARITY, "second-image"), (UNDEFINED, "second-image")),
        (GAIN_MAP, "gain-map"),
    ],
)
def test_a_further_picture_is_found_where_it_lies(order: str, type_code: int, kind: str) -> None:
    data = multi_picture(jfif(), comment("hello"), pictures=[(type_code, SECOND)], order=order)
    decoded = list(MPF.decode(index_in(data)))
    (found,) = [d for d in decoded if isinstance(d, Embedded)]
    assert (found.kind, found.where) == (kind, "MPF:MPImage2:MPImageStart")
    assert found.window.load() == SECOND
    assert values(decoded)["MPF:MPImage2:MPImageStart"] == data.index(SECOND)
    assert values(decoded)["MPF:MPImage2:MPImageType"] == type_code
    assert values(decoded)["MPF:MPF0:NumberOfImages"] == 2
    assert values(decoded)["MPF:MPF0:MPFVersion"] == "0100"


def test_offsets_hold_in_a_picture_that_lies_inside_another_file() -> None:
    data = multi_picture(pictures=[(UNDEFINED, SECOND), (LARGE_THUMBNAIL, jpeg())])
    inside = window(b"before" + data + b"after").part(6, len(data))
    found = [d for d in MPF.decode(index_in(data, inside)) if isinstance(d, Embedded)]
    assert [f.window.load() for f in found] == [SECOND, jpeg()]


def test_every_field_proves_itself_by_its_bytes() -> None:
    data = multi_picture(pictures=[(UNDEFINED, SECOND)])
    length = next(
        f for f in MPF.decode(index_in(data)) if isinstance(f, Field) and f.path.endswith("2:MPImageLength")
    )
    (where,) = length.address.ranges
    assert int.from_bytes(data[where.offset : where.offset + where.length], "little") == len(SECOND)


def test_the_attributes_of_the_first_picture_are_read() -> None:
    angle = (0xB205, RATIONAL, None, [(3, 2)])
    decoded = of(mpf((0, 9, 0), attributes=[(0xB101, LONG, None, 1), angle], frames=7))
    assert values(decoded)["MPF:MPF0:MPIndividualNum"] == 1
    assert values(decoded)["MPF:MPF0:ConvergenceAngle"] == 1.5
    assert values(decoded)["MPF:MPF0:TotalFrames"] == 7


def test_a_rational_without_denominator_is_no_number() -> None:
    decoded = of(mpf((0, 9, 0), attributes=[(0xB205, RATIONAL, None, [(3, 0)])]))
    assert values(decoded)["MPF:MPF0:ConvergenceAngle"] is None


def test_unique_ids_are_identifiers_but_blank_ones_are_not() -> None:
    uids = b"A1B2C3".ljust(33, b"\0") + b"0" * 32 + b"\0" + bytes(33)
    fields = [d for d in of(mpf((0, 9, 0), uids=uids)) if isinstance(d, Field)]
    assert [(f.kind, f.value) for f in MPF.facts(fields) if isinstance(f, Identifier)] == [
        ("image-id", "A1B2C3")
    ]


@pytest.mark.parametrize(
    ("image", "message"),
    [
        ((UNDEFINED, 1000, 70_000), "Picture 2 is said to lie outside the file."),
        ((UNDEFINED, 0, 70), "Picture 2 is listed without its place."),
        ((UNDEFINED, 70, 0), "Picture 2 is listed without its place."),
    ],
)
def test_a_picture_that_is_not_there_is_a_problem(image: tuple[int, int, int], message: str) -> None:
    decoded = of(mpf((0x2003_0000, 9, 0), image))
    assert [d.message for d in decoded if isinstance(d, Problem)] == [message]
    assert not [d for d in decoded if isinstance(d, Embedded)]


def test_a_packed_index_cannot_lead_anywhere() -> None:
    packed = Window.packed(mpf((0, 9, 0), (0, 9, 9))[8:], [])
    decoded = list(MPF.decode(Block(Kind.MPF, "APP2", packed, window(b"\0" * 99))))
    assert [d for d in decoded if isinstance(d, Problem)] and not [
        d for d in decoded if isinstance(d, Embedded)
    ]


@pytest.mark.parametrize("data", [b"", b"II*\0", b"II*\0\xff\0\0\0", b"JUNKJUNK", b"II*\0\x08\0\0\0\xff\xff"])
def test_a_damaged_index_is_one_problem(data: bytes) -> None:
    (problem,) = MPF.decode(block(Kind.MPF, data, "APP2"))
    assert isinstance(problem, Problem) and "damaged" in problem.message


def test_an_index_of_very_many_pictures_is_read_to_a_limit() -> None:
    decoded = of(mpf(*[(0, 1, 1)] * 4000))
    assert len([d for d in decoded if isinstance(d, Embedded)]) == 99
    assert "more than 100" in next(d.message for d in decoded if isinstance(d, Problem))


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_damage_is_a_problem_never_an_exception(draw: st.DataObject) -> None:
    whole = mpf(
        (0, 9, 0), (1, 2, 3), uids=bytes(66), frames=1, attributes=[(0xB205, RATIONAL, None, [(3, 2)])]
    )
    data = bytearray(whole[8:])
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    decoded = list(MPF.decode(block(Kind.MPF, bytes(data[: draw.draw(st.integers(0, len(data)))]))))
    fields = [d for d in decoded if isinstance(d, Field)]
    assert decoded or len(data) >= 8
    list(MPF.facts(fields))
    assert all(f.offset + f.length <= f.window.size for f in fields)


def test_an_index_whose_list_has_another_type_or_tag_is_a_problem() -> None:
    whole = mpf((0, 9, 0), (1, 2, 3))
    list_entry = whole.index(b"\x02\xb0\x07\0")
    for broken in (
        whole[: list_entry + 2] + b"\x63\0" + whole[list_entry + 4 :],
        whole[:list_entry] + b"\x22\xb0" + whole[list_entry + 2 :],
        whole[: list_entry + 4] + bytes(4) + whole[list_entry + 8 :],
    ):
        assert any(isinstance(d, Problem) for d in of(broken))


def test_a_tag_that_nobody_knows_is_a_value_too() -> None:
    whole = mpf((0, 9, 0), (1, 2, 3), frames=1)
    at = whole.index(b"\x04\xb0")
    assert values(of(whole[:at] + b"\x44\xb0" + whole[at + 2 :]))["MPF:MPF0:Tag0xB044"] == 1
