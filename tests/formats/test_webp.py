from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.formats import webp as module
from exposure.formats.webp import WEBP
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from tests.make import window
from tests.make.webp import ANIMATION, LOSSLESS, LOSSY, chunk, extended, frame, webp

TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

SAMPLES = {
    "lossless": webp(LOSSLESS),
    "lossy": webp(LOSSY),
    "exif, xmp and a profile": webp(
        extended(0x2C), chunk(b"ICCP", b"profile"), LOSSY, chunk(b"EXIF", TIFF), chunk(b"XMP ", PACKET)
    ),
    "animated": webp(extended(0x02), ANIMATION, frame(LOSSLESS), frame(LOSSY)),
    "words in a frame": webp(extended(0x02), ANIMATION, frame(LOSSLESS, chunk(b"NOTE", b"secret"))),
    "unknown chunk": webp(extended(), LOSSLESS, chunk(b"NOTE", b"secret"), chunk(b"C2PA", b"jumb")),
    "trailer": webp(LOSSLESS, trailer=b"left over"),
}


def tiles(data: bytes, depth: Depth = Depth.DEEP) -> list[Part]:
    parts = list(WEBP.parts(window(data), depth))
    assert [p.offset for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert parts[-1].end == len(data)
    return parts


def contents(data: bytes) -> list[tuple[Kind, bytes]]:
    blocks = WEBP.blocks(window(data), tiles(data))
    return [(b.kind, b.window.load()) for b in blocks if isinstance(b, Block)]


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_parts_tile_the_file(name: str, depth: Depth) -> None:
    parts = tiles(SAMPLES[name], depth)
    assert WEBP.dimensions(window(SAMPLES[name]), parts) == (2, 2)
    pictures = {p.searched for p in parts if p.where in ("VP8", "VP8L", "ANMF")}
    assert pictures <= {depth is Depth.DEEP}


def test_dimensions_come_from_the_canvas_when_there_is_one() -> None:
    data = webp(extended(width=300, height=70_000), LOSSY)
    assert WEBP.dimensions(window(data), tiles(data)) == (300, 70_000)


def test_each_kind_of_metadata_is_found() -> None:
    assert contents(SAMPLES["exif, xmp and a profile"]) == [
        (Kind.ICC, b"profile"),
        (Kind.EXIF, TIFF),
        (Kind.XMP, PACKET),
    ]
    assert contents(SAMPLES["unknown chunk"]) == [(Kind.UNKNOWN, b"secret"), (Kind.JUMBF, b"jumb")]


def test_exif_is_found_with_and_without_the_jpeg_prefix() -> None:
    assert contents(webp(LOSSY, chunk(b"EXIF", b"Exif\0\0" + TIFF))) == [(Kind.EXIF, TIFF)]
    assert contents(webp(LOSSY, chunk(b"EXIF", TIFF))) == [(Kind.EXIF, TIFF)]


def test_xmp_whose_name_ends_in_nul_is_found() -> None:
    assert contents(webp(LOSSY, chunk(b"XMP\0", PACKET))) == [(Kind.XMP, PACKET)]


def test_the_header_and_its_flags_are_structure_and_the_picture_is_picture() -> None:
    data = webp(extended(0x10), chunk(b"ALPH", b"\0" * 5), LOSSY)
    assert [(p.where, p.role) for p in tiles(data)] == [
        ("RIFF header", Role.STRUCTURE),
        ("VP8X", Role.STRUCTURE),
        ("ALPH", Role.PICTURE),
        ("VP8", Role.PICTURE),
    ]


def test_padding_belongs_to_its_chunk_also_where_the_riff_size_forgot_it() -> None:
    odd = chunk(b"NOTE", b"odd")
    assert [p.length for p in tiles(webp(LOSSLESS, odd)) if p.kind] == [12]
    body = 4 + len(LOSSLESS) + len(odd)
    assert [p.length for p in tiles(webp(LOSSLESS, odd, size=body - 1)) if p.kind] == [12]
    unpadded = webp(LOSSLESS, chunk(b"NOTE", b"odd", pad=b""))
    assert [p.length for p in tiles(unpadded) if p.kind] == [11]


def test_a_riff_size_that_is_too_short_leaves_a_trailer() -> None:
    extra = chunk(b"EXIF", TIFF)
    assert contents(webp(LOSSLESS, trailer=extra)) == [(Kind.TRAILER, extra)]


def test_a_riff_size_that_is_too_long_is_malformed_after_the_good_parts() -> None:
    data, parts = webp(LOSSLESS, chunk(b"EXIF", TIFF), size=5000), list[Part]()
    with pytest.raises(MalformedFile):
        for part in WEBP.parts(window(data), Depth.DEEP):
            parts.append(part)
    assert [p.kind for p in parts] == [None, None, Kind.EXIF]


def test_a_few_bytes_after_the_last_chunk_are_metadata() -> None:
    assert contents(webp(LOSSLESS, b"hi you")) == [(Kind.UNKNOWN, b"hi you")]


def test_a_second_picture_is_never_shown() -> None:
    assert [p.kind for p in tiles(webp(extended(), LOSSLESS, LOSSY))][-1] is Kind.UNKNOWN
    assert [p.kind for p in tiles(webp(extended(), LOSSLESS, frame(LOSSY)))][-1] is Kind.UNKNOWN


def test_unknown_chunks_inside_a_frame_are_cut_out() -> None:
    data = webp(extended(0x02), ANIMATION, frame(LOSSLESS, chunk(b"NOTE", b"secret"), b"end"))
    assert contents(data) == [(Kind.UNKNOWN, b"secret"), (Kind.UNKNOWN, b"end\0")]
    roles = [(p.where, p.role) for p in tiles(data)[3:6]]
    assert roles == [
        ("ANMF header", Role.STRUCTURE),
        ("ANMF data", Role.PICTURE),
        ("ANMF data", Role.PICTURE),
    ]


def test_a_name_of_bytes_is_shown_as_question_marks() -> None:
    assert tiles(webp(LOSSLESS, chunk(b"A\0\x1b\xff", b"")))[-1].where == "A???"


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\4\0\0\0WAVE",
        webp(LOSSLESS)[:-3],
        webp(extended(2), ANIMATION, chunk(b"ANMF", b"short")),
        webp(extended(2), ANIMATION, frame(LOSSLESS[:20])),
        webp(extended(2), ANIMATION, frame(*[LOSSLESS] * (module.MOST_IN_FRAME + 1))),
        webp(chunk(b"NOTE", b"") * (module.MOST_CHUNKS + 1)),
    ],
    ids=[
        "a sound",
        "cut short",
        "short frame",
        "half a chunk in a frame",
        "crowded frame",
        "too many chunks",
    ],
)
def test_damage_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedFile):
        list(WEBP.parts(window(data), Depth.DEEP))


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_damage_is_malformed_or_read(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from(list(SAMPLES.values()))))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(4, len(data) - 1))] = draw.draw(st.integers(0, 255))
    view, parts = window(bytes(data[: draw.draw(st.integers(4, len(data)))])), list[Part]()
    try:
        for part in WEBP.parts(view, Depth.DEEP):
            parts.append(part)
    except MalformedFile as error:
        assert 0 <= error.offset <= view.size
    else:
        assert sum(p.length for p in parts) == view.size
    assert all(isinstance(thing, Block) for thing in WEBP.blocks(view, parts))
    WEBP.dimensions(view, parts)


def test_metadata_inside_a_picture_is_said() -> None:
    data = webp(chunk(b"VP8 ", LOSSY[8:] + b"Exif\0\0II*\0"))
    parts = list(WEBP.parts(window(data), Depth.DEEP))
    assert [t.where for t in WEBP.blocks(window(data), parts) if isinstance(t, Problem)] == ["VP8"]


def test_frames_full_of_other_chunks_have_a_limit() -> None:
    full = frame(LOSSY, *[chunk(b"zzzz", b"")] * 7)
    with pytest.raises(MalformedFile, match="frames"):
        list(WEBP.parts(window(webp(extended(2), ANIMATION, full * 1_001)), Depth.DEEP))
