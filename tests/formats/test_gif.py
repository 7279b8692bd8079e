from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.formats import gif as module
from exposure.formats.gif import GIF
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from tests.make import window
from tests.make.gif import (
    CONTROL,
    HEADER,
    IMAGE,
    application,
    comment,
    gif,
    loop,
    plain_text,
    sub_blocks,
    xmp,
)

PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + b" " * 600 + b'</x:xmpmeta><?xpacket end="w"?>'

SAMPLES = {
    "bare": gif(),
    "animated": gif(loop(), images=CONTROL + IMAGE + CONTROL + IMAGE),
    "a comment": gif(comment(b"at home " * 50)),
    "xmp and a profile": gif(xmp(PACKET), application(b"ICCRGBG1012", b"profile" * 60)),
    "xmp in sub-blocks": gif(application(b"XMP DataXMP", PACKET)),
    "plain text and an unknown application": gif(plain_text(b"words"), application(b"SOMETHING10", b"x")),
    "trailer": gif(trailer=b"left over"),
}


def tiles(data: bytes, depth: Depth = Depth.DEEP) -> list[Part]:
    parts = list(GIF.parts(window(data), depth))
    assert [p.offset for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert parts[-1].end == len(data)
    return parts


def found(data: bytes) -> Iterator[Block | Problem]:
    for thing in GIF.blocks(window(data), tiles(data)):
        assert isinstance(thing, (Block, Problem))
        yield thing


def contents(data: bytes) -> list[tuple[Kind, bytes]]:
    return [(b.kind, b.window.load()) for b in found(data) if isinstance(b, Block)]


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_parts_tile_the_file(name: str, depth: Depth) -> None:
    parts = tiles(SAMPLES[name], depth)
    assert GIF.dimensions(window(SAMPLES[name]), parts) == (2, 2)
    assert {p.searched for p in parts if p.where == "image"} == {depth is Depth.DEEP}


def test_what_a_decoder_needs_is_picture() -> None:
    roles = [(p.where, p.role) for p in tiles(SAMPLES["animated"])]
    assert [role for _, role in roles[:-1]] == [Role.PICTURE] * 6
    assert roles[-1] == ("trailer", Role.STRUCTURE)


def test_the_walk_goes_on_after_any_colour_table() -> None:
    local = IMAGE[:9] + b"\x80" + bytes(6) + IMAGE[10:]
    assert [p.where for p in tiles(gif(images=local))] == ["header", "image", "trailer"]
    no_table = b"GIF87a" + HEADER[6:10] + b"\0\0\0" + IMAGE + b";"
    assert tiles(no_table)[0].length == 13


@pytest.mark.parametrize("size", [255, 100, 1])
def test_a_comment_is_joined_over_its_sub_blocks(size: int) -> None:
    words = b"at home, " * 70
    data = gif(comment(words, size))
    assert contents(data) == [(Kind.COMMENT, words)]
    (block,) = found(data)
    assert isinstance(block, Block)
    stored = b"".join(data[at : at + length] for at, length in block.window.ranges())
    assert stored == words


@given(st.binary(min_size=1, max_size=700).filter(lambda packet: 0 not in packet))
@settings(deadline=None)
def test_an_xmp_packet_comes_without_its_magic_trailer(packet: bytes) -> None:
    assert contents(gif(xmp(packet), comment(b"after"))) == [(Kind.XMP, packet), (Kind.COMMENT, b"after")]


def test_a_packet_that_leads_to_the_last_byte_but_one_is_read_whole() -> None:
    packet = b"A" * 10 + bytes([9]) + b"B" * 5 + bytes([255])
    early = b"\xff" * 1 + packet
    assert contents(gif(xmp(early))) == [(Kind.XMP, early)]


def test_xmp_in_ordinary_sub_blocks_is_joined() -> None:
    assert contents(SAMPLES["xmp in sub-blocks"]) == [(Kind.XMP, PACKET)]


def test_a_profile_is_joined() -> None:
    assert contents(gif(application(b"ICCRGBG1012", b"profile" * 60))) == [(Kind.ICC, b"profile" * 60)]


def test_whatever_is_not_known_is_metadata() -> None:
    kinds = [p.kind for p in tiles(SAMPLES["plain text and an unknown application"]) if p.kind]
    assert kinds == [Kind.UNKNOWN, Kind.UNKNOWN]
    assert [p.kind for p in tiles(gif(b"!\x42" + sub_blocks(b"x"))) if p.kind] == [Kind.UNKNOWN]


def test_words_hidden_in_a_loop_or_a_control_are_metadata() -> None:
    hidden = application(b"NETSCAPE2.0", b"\1\0\0" + b"secret words")
    control = b"!\xf9\4" + bytes(4) + b"\5words\0"
    assert [p.kind for p in tiles(gif(hidden, control)) if p.kind] == [Kind.UNKNOWN, Kind.UNKNOWN]
    both = application(b"NETSCAPE2.0", b"")[:-1] + b"\3\1\0\0\5\2\0\0\0\0\0"
    assert [p.kind for p in tiles(gif(both)) if p.kind] == []


def test_what_follows_the_trailer_byte_is_a_trailer() -> None:
    assert contents(gif(trailer=b"left over")) == [(Kind.TRAILER, b"left over")]


def test_metadata_in_too_many_pieces_is_a_problem() -> None:
    many = comment(b"x" * (module.MOST_SUB_BLOCKS + 1), 1)
    (problem,) = found(gif(many))
    assert isinstance(problem, Problem) and "pieces" in problem.message


def test_a_big_animation_is_walked_fast() -> None:
    big = IMAGE[:11] + sub_blocks(bytes([200]) * 8_000_000)
    data = gif(images=CONTROL + big + (CONTROL + IMAGE) * 2000)
    began = time.process_time()
    assert len(tiles(data)) == 2 + 2 + 4000
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("data", "good"),
    [
        (b"GIF89a", 0),
        (HEADER[:20], 0),
        (gif()[:-1], 2),
        (gif()[:-4], 1),
        (gif(b"?"), 1),
        (gif(images=IMAGE + CONTROL + IMAGE)[:-5], 3),
    ],
    ids=["short header", "short table", "no trailer", "half an image", "no block", "half an image after"],
)
def test_damage_comes_after_the_good_parts(data: bytes, good: int) -> None:
    parts = []
    with pytest.raises(MalformedFile):
        for part in GIF.parts(window(data), Depth.DEEP):
            parts.append(part)  # noqa: PERF402 — the parts before the damage are wanted
    assert len(parts) == good


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_damage_is_malformed_or_read(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from(list(SAMPLES.values()))))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(6, len(data) - 1))] = draw.draw(st.integers(0, 255))
    view, parts = window(bytes(data[: draw.draw(st.integers(6, len(data)))])), list[Part]()
    try:
        for part in GIF.parts(view, Depth.DEEP):
            parts.append(part)
    except MalformedFile as error:
        assert 0 <= error.offset <= view.size
    else:
        assert sum(p.length for p in parts) == view.size
    for thing in GIF.blocks(view, parts):
        assert isinstance(thing, (Block, Problem))
    GIF.dimensions(view, parts)


def test_an_image_in_a_million_pieces_is_refused() -> None:
    data = HEADER + IMAGE[:11] + b"\1x" * 200_000 + b"\0;"
    with pytest.raises(MalformedFile, match="smaller pieces"):
        list(GIF.parts(window(data), Depth.DEEP))


def test_metadata_inside_an_image_is_said() -> None:
    data = gif(images=IMAGE[:11] + sub_blocks(b"Exif\0\0II*\0") + IMAGE)
    assert [t.where for t in GIF.blocks(window(data), tiles(data)) if isinstance(t, Problem)] == ["image"]
