from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.formats import _png_texts
from exposure.formats.png import PNG
from exposure.model import Block, Depth, Kind, Part, Problem, Role
from exposure.source import MemorySource, Window
from tests.make import window
from tests.make.png import (
    ROWS,
    SIGNATURE,
    apng,
    chunk,
    exif,
    header,
    icc,
    idat,
    international,
    packed_text,
    png,
    raw_profile,
    text,
    xmp,
)

TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

SAMPLES = {
    "bare": png(),
    "exif, xmp and a profile": png(icc(b"profile"), xmp(PACKET), after=[exif(TIFF)]),
    "texts of every sort": png(
        text("Author", "Ann"),
        packed_text("Comment", b"at home"),
        international("Title", "Frühling".encode(), packed=1, language="de", translated="Titel"),
        chunk(b"tIME", bytes.fromhex("07e8 05 03 12 00 00")),
    ),
    "raw profiles": png(
        packed_text("Raw profile type exif", raw_profile("exif", b"Exif\0\0" + TIFF)),
        text(
            "Raw profile type APP1",
            raw_profile("generic profile", b"http://ns.adobe.com/xap/1.0/\0" + PACKET),
        ),
    ),
    "animated": apng(),
    "data after the picture": png(picture=idat(b"hidden")),
    "two IDATs and a trailer": png(picture=idat(pieces=2), trailer=b"left over"),
    "unknown chunks": png(chunk(b"prVt", b"secret"), chunk(b"caBX", b"jumb")),
}


def tiles(data: bytes, depth: Depth = Depth.DEEP) -> list[Part]:
    parts = list(PNG.parts(window(data), depth))
    assert [p.offset for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert parts[-1].end == len(data)
    return parts


def found(data: bytes) -> Iterator[Block | Problem]:
    for thing in PNG.blocks(window(data), tiles(data)):
        assert isinstance(thing, (Block, Problem))
        yield thing


def contents(data: bytes) -> list[tuple[Kind, bytes]]:
    blocks = [b for b in found(data) if isinstance(b, Block)]
    return [(b.kind, b.window.load()) for b in blocks]


def problems(data: bytes) -> list[str]:
    return [p.message for p in found(data) if isinstance(p, Problem)]


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_parts_tile_the_file(name: str, depth: Depth) -> None:
    assert PNG.dimensions(window(SAMPLES[name]), tiles(SAMPLES[name], depth)) == (2, 2)


def test_what_a_decoder_needs_is_picture_and_everything_else_is_metadata() -> None:
    parts = tiles(
        png(chunk(b"gAMA", bytes(4)), chunk(b"prVt", b"x"), chunk(b"oFFs", bytes(9)), text("A", "b"))
    )
    assert [(p.where, p.role, p.kind) for p in parts] == [
        ("signature", Role.STRUCTURE, None),
        ("IHDR", Role.PICTURE, None),
        ("gAMA", Role.PICTURE, None),
        ("prVt", Role.METADATA, Kind.UNKNOWN),
        ("oFFs", Role.METADATA, Kind.UNKNOWN),
        ("tEXt", Role.METADATA, Kind.TEXT),
        ("IDAT", Role.PICTURE, None),
        ("IEND", Role.PICTURE, None),
    ]


def test_a_picture_chunk_longer_than_its_kind_allows_is_not_picture() -> None:
    assert contents(png(chunk(b"gAMA", bytes(4) + b"words"))) == [(Kind.UNKNOWN, bytes(4) + b"words")]


def test_a_second_group_of_idats_is_never_shown() -> None:
    data = png(after=[text("A", "b"), idat()])
    assert [p.role for p in tiles(data) if p.where == "IDAT"] == [Role.PICTURE, Role.METADATA]


def test_frames_without_an_animation_are_never_shown() -> None:
    data = png(after=[chunk(b"fdAT", b"\0\0\0\1hidden")])
    assert contents(data) == [(Kind.UNKNOWN, b"\0\0\0\1hidden")]
    assert contents(apng()) == []


def test_what_follows_iend_is_a_trailer() -> None:
    assert contents(png(trailer=b"left over")) == [(Kind.TRAILER, b"left over")]


def test_data_inside_iend_is_found() -> None:
    data = SIGNATURE + header() + idat() + chunk(b"IEND", b"secret")
    assert contents(data) == [(Kind.UNKNOWN, b"secret")]


def test_exif_is_found_with_and_without_the_jpeg_prefix() -> None:
    assert contents(png(exif(TIFF))) == [(Kind.EXIF, TIFF)]
    assert contents(png(exif(b"Exif\0\0" + TIFF))) == [(Kind.EXIF, TIFF)]


@pytest.mark.parametrize("packed", [0, 1])
def test_xmp_is_found_packed_or_not_with_its_place_in_the_file(packed: int) -> None:
    data = png(xmp(PACKET, packed))
    (block,) = found(data)
    assert isinstance(block, Block)
    assert (block.kind, block.window.load()) == (Kind.XMP, PACKET)
    ((at, length),) = block.window.ranges()
    stored = data[at : at + length]
    assert (PACKET if not packed else zlib.compress(PACKET)) in stored
    assert block.window.indirect == bool(packed)


def test_a_profile_is_inflated() -> None:
    assert contents(png(icc(b"profile" * 100))) == [(Kind.ICC, b"profile" * 100)]


def test_the_name_of_a_profile_is_told_unless_it_is_a_usual_one_or_the_profile_tells_it() -> None:
    assert contents(png(icc(b"profile", "Ann's screen"))) == [
        (Kind.ICC, b"profile"),
        (Kind.TEXT, b"Ann's screen"),
    ]
    for name, profile in (("", b"p"), ("Icc Profile", b"p"), ("ONE", b"one ONE"), ("ONE", b"x\0O\0N\0E")):
        assert contents(png(icc(profile, name))) == [(Kind.ICC, profile)]


@pytest.mark.parametrize(
    ("name", "data", "kind", "kept"),
    [
        ("exif", b"Exif\0\0" + TIFF, Kind.EXIF, TIFF),
        ("exif", TIFF, Kind.EXIF, TIFF),
        ("APP1", b"Exif\0\0" + TIFF, Kind.EXIF, TIFF),
        ("APP1", b"http://ns.adobe.com/xap/1.0/\0" + PACKET, Kind.XMP, PACKET),
        ("xmp", PACKET, Kind.XMP, PACKET),
        ("iptc", b"8BIM\4\4", Kind.PHOTOSHOP, b"8BIM\4\4"),
        ("8bim", b"Photoshop 3.0\x008BIM", Kind.PHOTOSHOP, b"8BIM"),
        ("iptc", b"\x1c\2\x78\0\2hi", Kind.IPTC, b"\x1c\2\x78\0\2hi"),
        ("icc", b"\0\0\2\x0cprofile", Kind.ICC, b"\0\0\2\x0cprofile"),
        ("icm", b"\0\0\2\x0cprofile", Kind.ICC, b"\0\0\2\x0cprofile"),
    ],
)
def test_raw_profiles_are_unpacked_for_what_they_are(name: str, data: bytes, kind: Kind, kept: bytes) -> None:
    for make in (text, packed_text):
        assert contents(png(make(f"Raw profile type {name}", raw_profile(name, data)))) == [(kind, kept)]
    in_utf8 = international(f"Raw profile type {name}", raw_profile(name, data))
    assert contents(png(in_utf8)) == [(kind, kept)]


def test_a_raw_profile_that_lies_about_its_length_is_a_problem_too() -> None:
    for declared, said in ((20, "6 bytes short"), (8, "6 bytes too long")):
        data = png(text("Raw profile type exif", raw_profile("exif", TIFF, declared)))
        assert contents(data) == [(Kind.EXIF, TIFF[:declared])]
        assert said in problems(data)[0]


@pytest.mark.parametrize("body", [b"", b"exif", b"\nexif\n-3\n00", b"\nexif\n  1\nzz", b"\nexif\nmany\n00"])
def test_a_raw_profile_that_is_none_is_a_problem(body: bytes) -> None:
    data = png(text("Raw profile type exif", body))
    assert (contents(data), len(problems(data))) == ([], 1)


def test_other_texts_stay_whole_for_their_decoder() -> None:
    kinds = [kind for kind, _ in contents(SAMPLES["texts of every sort"])]
    assert kinds == [Kind.TEXT] * 4
    assert contents(png(text("Author", "Ann"))) == [(Kind.TEXT, b"Author\0Ann")]


def test_credentials_are_jumbf() -> None:
    assert contents(png(chunk(b"caBX", b"jumb"))) == [(Kind.JUMBF, b"jumb")]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (chunk(b"tEXt", b"no end"), "keyword"),
        (chunk(b"zTXt", b"A\0\1" + zlib.compress(b"x")), "method"),
        (chunk(b"iCCP", b"A\0\0" + b"not zlib"), "damaged"),
        (chunk(b"iCCP", b"A\0\0" + zlib.compress(bytes(999))[:-6]), "stops"),
        (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0en"), "language"),
        (chunk(b"iCCP", b"A\0\0" + zlib.compress(bytes(_png_texts.MOST_IN_ONE + 1))), "unpacks to more"),
    ],
    ids=["no keyword", "method", "not zlib", "cut short", "no language", "bomb"],
)
def test_what_cannot_be_unpacked_is_a_problem(bad: bytes, said: str) -> None:
    assert said in problems(png(bad))[0]


def test_all_the_texts_of_a_file_together_have_a_limit() -> None:
    bomb = packed_text("A", bytes(_png_texts.MOST_IN_ALL // 2))
    assert len(problems(png(*[bomb] * 2))) == 0
    assert len(problems(png(*[bomb] * 4))) == 2


def test_more_chunks_than_any_picture_has_are_said() -> None:
    data = png(chunk(b"prVt") * (_png_texts.MOST_BLOCKS + 5))
    assert len(contents(data)) == _png_texts.MOST_BLOCKS
    assert len(problems(data)) == 1


def test_data_after_the_stream_inside_the_last_idat_is_cut_off() -> None:
    data = png(picture=idat(b"hidden", pieces=1))
    where = [(p.where, p.role) for p in tiles(data)[2:-1]]
    assert where == [
        ("IDAT header", Role.STRUCTURE),
        ("IDAT data", Role.PICTURE),
        ("data after the compressed picture", Role.METADATA),
    ]
    assert contents(data) == [(Kind.UNKNOWN, b"hidden")]


def test_whole_idats_after_the_stream_are_cut_off() -> None:
    clean = idat(pieces=2)
    data = png(picture=clean + chunk(b"IDAT", b"hidden"))
    assert contents(data) == [(Kind.UNKNOWN, b"hidden")]
    (picture,) = [p for p in tiles(data) if p.where == "IDAT"]
    assert data[picture.offset : picture.end] == clean


@given(st.integers(1, 30), st.binary(max_size=60))
@settings(deadline=None)
def test_the_kept_bytes_of_a_cut_picture_are_its_stream(pieces: int, hidden: bytes) -> None:
    data = png(picture=idat(hidden, pieces))
    stream = b""
    for part in tiles(data):
        if part.where == "IDAT data":
            stream += data[part.offset : part.end]
        at = part.offset
        while part.where == "IDAT" and at < part.end:
            (length,) = struct.unpack_from(">I", data, at)
            stream += data[at + 8 : at + 8 + length]
            at += 12 + length
    assert stream == zlib.compress(ROWS)


def test_hidden_data_behind_a_frame_is_found() -> None:
    assert contents(apng(hidden=b"hidden")) == [(Kind.UNKNOWN, b"hidden")]


def test_an_empty_idat_at_the_end_hides_nothing() -> None:
    assert contents(png(picture=idat() + chunk(b"IDAT"))) == []


@pytest.mark.parametrize("picture", [chunk(b"IDAT", b"not zlib"), idat()[:-8] + b"\xff" * 4 + idat()[-4:]])
def test_a_broken_picture_counts_as_not_searched(picture: bytes) -> None:
    (part,) = [p for p in tiles(png(picture=picture)) if p.where == "IDAT"]
    assert not part.searched


def test_apples_variant_is_not_inflated() -> None:
    data = SIGNATURE + chunk(b"CgBI", bytes(4)) + header() + chunk(b"IDAT", b"raw") + chunk(b"IEND")
    parts = tiles(data)
    assert PNG.dimensions(window(data), parts) == (2, 2)
    assert [p.searched for p in parts if p.where == "IDAT"] == [False]
    assert contents(data) == []


class Watched:
    """A source that notes what is read."""

    def __init__(self, data: bytes) -> None:
        self.inner, self.size, self.reads = MemorySource(data), len(data), list[tuple[int, int]]()

    def read(self, offset: int, length: int) -> bytes:
        self.reads.append((offset, length))
        return self.inner.read(offset, length)


def test_a_shallow_look_never_reads_the_picture() -> None:
    data = png(picture=idat(b"hidden" * 100), after=[text("A", "b")])
    source = Watched(data)
    parts = list(PNG.parts(Window.whole(source), Depth.SHALLOW))
    (picture,) = [p for p in parts if p.where == "IDAT"]
    assert not picture.searched
    low, high = picture.offset + 8, picture.end - 4
    assert source.reads and all(at + n <= low or at >= high for at, n in source.reads)


@pytest.mark.parametrize(
    ("data", "good"),
    [
        (b"GIF89a", 0),
        (png()[:-12], 3),
        (png()[:-3], 3),
        (png(chunk(b"\0\1\2\3", b"")), 2),
        (SIGNATURE + header() + b"\xff\xff\xff\xffIDAT" + bytes(20), 2),
    ],
    ids=["no signature", "no IEND", "half an IEND", "no chunk type", "length beyond the end"],
)
def test_damage_comes_after_the_good_parts(data: bytes, good: int) -> None:
    parts = []
    with pytest.raises(MalformedFile):
        for part in PNG.parts(window(data), Depth.DEEP):
            parts.append(part)  # noqa: PERF402 — the parts before the damage are wanted
    assert len(parts) == good


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_damage_is_malformed_or_read(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from(list(SAMPLES.values()))))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(8, len(data) - 1))] = draw.draw(st.integers(0, 255))
    view, parts = window(bytes(data[: draw.draw(st.integers(8, len(data)))])), list[Part]()
    try:
        for part in PNG.parts(view, Depth.DEEP):
            parts.append(part)
    except MalformedFile as error:
        assert 0 <= error.offset <= view.size
    else:
        assert sum(p.length for p in parts) == view.size
    for thing in PNG.blocks(view, parts):
        assert isinstance(thing, (Block, Problem))
    PNG.dimensions(view, parts)


def test_chunks_without_picture_data_have_a_limit() -> None:
    with pytest.raises(MalformedFile, match="more chunks"):
        list(PNG.parts(window(png(chunk(b"prVt") * 50_001)), Depth.SHALLOW))


def test_one_damaged_text_does_not_cost_the_others() -> None:
    data = png(chunk(b"zTXt", b"A\0\0no zlib" + bytes(9000)), packed_text("Author", b"Ann"))
    assert len(problems(data)) == 1 and len(contents(data)) == 1
