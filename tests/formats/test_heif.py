from __future__ import annotations

import gzip
import io
import random
import struct
import time
import zlib
from contextlib import suppress
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from exposure.errors import MalformedFile
from exposure.formats.heif import AVIF, HEIF
from exposure.model import Block, Depth, Embedded, Kind, Part, Problem, Role
from exposure.plugins import Format
from exposure.source import Range
from tests.make import heif as make
from tests.make import window
from tests.make.heif import (
    ALPHA,
    DEPTH,
    GAIN_MAP,
    IDAT,
    ITEM,
    Item,
    Layout,
    auxiliary,
    avif_photo,
    box,
    c2pa_box,
    exif,
    ftyp,
    full,
    grid,
    heif,
    mime,
    picture,
    profile_property,
    sequence,
    thumbnail,
    uuid,
    xmp,
)
from tests.make.jumbf import claim, manifest_store
from tests.make.tiff import tiff

TIFF = tiff(Make="Acme", position=(51.5, -0.1))
OTHER_TIFF = tiff(">", Make="Other")
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MANIFEST = manifest_store(claim("Acme"))
VIDEO = ftyp(b"mp42", b"isom") + box(b"mdat", b"moving pictures")
AV1 = (b"avif", b"mif1", b"miaf")

TILES = tuple(range(2, 8))
TILED = (grid(*TILES), *(picture(b"tile %d" % n, n) for n in TILES))
TONE_MAP = Item(9, b"tmap", b"how to", refers={b"dimg": (1, 10)})

AVIF_SAMPLES: dict[str, bytes] = {
    "avif: written by Pillow": avif_photo(),
    "avif: written by Pillow with exif and xmp": avif_photo(exif_stream=TIFF, xmp_packet=PACKET),
    "avif: general major brand": heif(picture(type_=b"av01"), brands=(b"mif1", b"avif")),
    "avif: tone map": heif(
        picture(type_=b"av01"), TONE_MAP, picture(b"gain", 10, b"av01"), brands=(*AV1, b"tmap")
    ),
    "avif: sequence": sequence(b"samples", brands=(b"avis", b"msf1")),
}

SAMPLES: dict[str, bytes] = {
    "one picture": heif(picture()),
    "exif and xmp": heif(picture(), exif(TIFF), xmp(PACKET)),
    "three exif items": heif(
        picture(),
        exif(TIFF),
        exif(OTHER_TIFF, 41, b"Exif\0\0"),
        exif(tiff(Make="Third"), 42, of=20),
        thumbnail(),
    ),
    "in the idat box": heif(picture(method=IDAT), exif(TIFF, method=IDAT), layout=Layout(iloc=1)),
    "in other items": heif(
        picture(),
        Item(60, b"uri ", bytes(4) + TIFF, strings=b"\0urn:x\0"),
        Item(40, b"Exif", method=ITEM, refers={b"iloc": (60,)}, shares=((0, 4 + len(TIFF)),)),
        layout=Layout(widths=(4, 4, 0, 4)),
    ),
    "in pieces": heif(picture(pieces=3), exif(TIFF, pieces=4), xmp(PACKET, pieces=2)),
    "tiles, thumbnail, gain map, depth and alpha": heif(
        *TILED,
        thumbnail(),
        auxiliary(GAIN_MAP, b"gain", 30),
        auxiliary(DEPTH, b"far", 31),
        auxiliary(ALPHA, b"see through", 32),
        auxiliary("urn:x", b"who knows", 33),
    ),
    "a second picture": heif(picture(), picture(b"another view", 2)),
    "media first": heif(picture(), exif(TIFF), media_first=True),
    "64-bit media": heif(picture(), exif(TIFF), large_media=True, layout=Layout(iloc=2, widths=(8, 8, 0, 0))),
    "a base offset": heif(picture(), exif(TIFF), layout=Layout(iloc=0, widths=(4, 4, 4, 0), base=20)),
    "unreferenced": heif(picture(), unreferenced=b"left over"),
    "padded": heif(picture(), unreferenced=bytes(50), before=box(b"free", bytes(20))),
    "wide numbers": heif(
        *TILED, exif(TIFF), layout=Layout(iinf=1, wide_references=True, wide_associations=True, iloc=2)
    ),
    "motion photo": heif(picture(), after=box(b"mpvd", VIDEO) + box(b"sefd", b"words of the maker")),
    "manifests": heif(
        picture(), Item(70, b"jumb", MANIFEST), before=c2pa_box(MANIFEST), after=box(b"jumb", MANIFEST[8:])
    ),
    "uuid boxes": heif(picture(), after=uuid(make.XMP, PACKET) + uuid(bytes(range(16)), b"secret")),
    "profile and description": heif(
        picture(properties=(profile_property(PROFILE),)),
        more_properties=[full(b"udes", 0, 0, b"en\0Anna\0\0\0")],
    ),
    "stuck to another file": heif(picture()) + VIDEO,
    "trailer": heif(picture()) + b"left over, no box",
    "zeros at the end": heif(picture()) + bytes(40),
    "sequence": sequence(b"samples"),
    **AVIF_SAMPLES,
}


def format_of(data: bytes) -> Format:
    (found,) = (f for f in (HEIF, AVIF) if f.sniff(data[:4096]))
    return found


def tiles(data: bytes, depth: Depth = Depth.DEEP) -> list[Part]:
    parts = list(format_of(data).parts(window(data), depth))
    assert [p.offset for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert parts[-1].end == len(data)
    assert all(p.length > 0 for p in parts)
    return parts


def found(data: bytes, depth: Depth = Depth.DEEP) -> list[Block | Embedded | Problem]:
    return list(format_of(data).blocks(window(data), tiles(data, depth)))


def contents(data: bytes) -> list[tuple[Kind, bytes]]:
    return [(b.kind, b.window.load()) for b in found(data) if isinstance(b, Block)]


def embedded(data: bytes) -> list[tuple[str, bytes]]:
    return [(e.kind, e.window.load()) for e in found(data) if isinstance(e, Embedded)]


def problems(data: bytes) -> list[Problem]:
    return [p for p in found(data) if isinstance(p, Problem)]


def pictured(data: bytes) -> bytes:
    """All bytes that a clean copy keeps as they are."""
    return b"".join(data[p.offset : p.end] for p in tiles(data) if p.role is Role.PICTURE)


def dropped(data: bytes) -> list[tuple[str, bytes]]:
    return [(p.where, data[p.offset : p.end]) for p in tiles(data) if p.role is Role.METADATA]


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_parts_tile_the_file(name: str, depth: Depth) -> None:
    parts = tiles(SAMPLES[name], depth)
    assert {p.searched for p in parts if p.role is Role.PICTURE} == {depth is Depth.DEEP}
    assert all(p.searched for p in parts if p.role is not Role.PICTURE)


@pytest.mark.parametrize("name", SAMPLES)
def test_exactly_one_of_the_two_recognises_it(name: str) -> None:
    assert format_of(SAMPLES[name]).name == ("AVIF" if name in AVIF_SAMPLES else "HEIF")


@pytest.mark.parametrize(
    ("brands", "names"),
    [
        ((b"heic",), ["HEIF"]),
        ((b"heix", b"mif1"), ["HEIF"]),
        ((b"hevc", b"msf1"), ["HEIF"]),
        ((b"mif1", b"heic"), ["HEIF"]),
        ((b"mif1",), ["HEIF"]),
        ((b"vvic",), ["HEIF"]),
        ((b"isom", b"mp42", b"mif1"), ["HEIF"]),
        ((b"avif", b"mif1", b"heic"), ["AVIF"]),
        ((b"avis", b"avif", b"msf1"), ["AVIF"]),
        ((b"mif1", b"miaf", b"avif"), ["AVIF"]),
        ((b"mif1", b"MA1A"), ["AVIF"]),
        ((b"isom", b"mp42"), []),
        ((b"qt  ",), []),
        ((b"crx ", b"isom"), []),
        ((b"jxl ",), []),
    ],
)
def test_brands_decide(brands: tuple[bytes, ...], names: list[str]) -> None:
    assert [f.name for f in (HEIF, AVIF) if f.sniff(ftyp(*brands))] == names


@pytest.mark.parametrize(
    "head", [b"", b"\0\0\0\x18ftyp", b"\xff\xd8\xff\xe0", b"\0\0\0\x18free" + b"heic" * 4]
)
def test_other_files_are_not_recognised(head: bytes) -> None:
    assert not HEIF.sniff(head) and not AVIF.sniff(head)


def test_a_brand_behind_the_end_of_its_box_does_not_count() -> None:
    assert not HEIF.sniff(ftyp(b"isom", b"mp41") + b"mif1heic")


@pytest.mark.parametrize("name", ["one picture", "media first", "wide numbers", "in the idat box"])
def test_dimensions_are_those_of_the_primary_item(name: str) -> None:
    assert HEIF.dimensions(window(SAMPLES[name]), tiles(SAMPLES[name])) == (40, 30)


def test_dimensions_are_unknown_without_a_primary_item() -> None:
    for data in (SAMPLES["sequence"], heif(picture(), layout=Layout(primary=None))):
        assert HEIF.dimensions(window(data), tiles(data)) == (0, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one picture", []),
        ("exif and xmp", [(Kind.EXIF, TIFF), (Kind.XMP, PACKET)]),
        ("three exif items", [(Kind.EXIF, TIFF), (Kind.EXIF, OTHER_TIFF), (Kind.EXIF, tiff(Make="Third"))]),
        ("in the idat box", [(Kind.EXIF, TIFF)]),
        ("in pieces", [(Kind.EXIF, TIFF), (Kind.XMP, PACKET)]),
        ("media first", [(Kind.EXIF, TIFF)]),
        ("64-bit media", [(Kind.EXIF, TIFF)]),
        ("a base offset", [(Kind.EXIF, TIFF)]),
        ("wide numbers", [(Kind.EXIF, TIFF)]),
        ("unreferenced", [(Kind.UNKNOWN, b"left over")]),
        ("padded", []),
        ("motion photo", [(Kind.TRAILER, b"words of the maker")]),
        ("manifests", [(Kind.JUMBF, MANIFEST)] * 3),
        ("uuid boxes", [(Kind.XMP, PACKET), (Kind.UNKNOWN, b"secret")]),
        ("profile and description", [(Kind.UNKNOWN, b"\0\0\0\0en\0Anna\0\0\0"), (Kind.ICC, PROFILE)]),
        ("stuck to another file", [(Kind.TRAILER, VIDEO)]),
        ("trailer", [(Kind.TRAILER, b"left over, no box")]),
        ("zeros at the end", [(Kind.TRAILER, bytes(40))]),
        ("sequence", [(Kind.UNKNOWN, b"track words")]),
        ("avif: written by Pillow with exif and xmp", [(Kind.EXIF, TIFF), (Kind.XMP, PACKET)]),
    ],
)
def test_every_block_is_found(name: str, expected: list[tuple[Kind, bytes]]) -> None:
    assert contents(SAMPLES[name]) == expected
    assert problems(SAMPLES[name]) == []


def test_an_item_inside_another_item_is_read_and_dropped_once() -> None:
    data = SAMPLES["in other items"]
    assert (Kind.EXIF, TIFF) in contents(data)
    assert dropped(data) == [("item 60 uri", bytes(4) + TIFF)]


def test_items_in_pieces_are_dropped_piece_by_piece() -> None:
    data = SAMPLES["in pieces"]
    wheres = [where for where, _ in dropped(data)]
    assert wheres.count("item 40 Exif") == 4 and wheres.count("item 50 mime") == 2
    assert pictured(data) == b"the picture"
    exif_block = next(b for b in found(data) if isinstance(b, Block))
    assert len(exif_block.window.ranges()) == 3  # two pieces stand side by side


@pytest.mark.parametrize(
    "start",
    [
        bytes(4),
        bytes(4) + b"Exif\0\0",
        b"\0\0\0\6Exif\0\0",
        b"\0\0\0\2??",
        b"\xff\xff\xff\xff",
        b"Exif\0\0",
        b"",
    ],
)
def test_exif_is_found_however_its_header_is_told(start: bytes) -> None:
    assert contents(heif(picture(), Item(40, b"Exif", start + TIFF))) == [(Kind.EXIF, TIFF)]


@pytest.mark.parametrize("data", [b"x", b"\0\0\0\0nothing of that kind"])
def test_an_exif_item_without_exif_is_a_problem(data: bytes) -> None:
    broken = heif(picture(), Item(40, b"Exif", data), exif(TIFF, 41))
    assert [p.where for p in problems(broken)] == ["item 40 Exif"]
    assert contents(broken) == [(Kind.EXIF, TIFF)]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("deflate", zlib.compress(PACKET)), ("deflate", raw_deflate(PACKET)), ("gzip", gzip.compress(PACKET))],
)
def test_packed_xmp_is_unpacked_and_points_at_where_it_was_packed(encoding: str, packed: bytes) -> None:
    data = heif(picture(), xmp(packed, encoding=encoding))
    assert contents(data) == [(Kind.XMP, PACKET)]
    (block,) = (b for b in found(data) if isinstance(b, Block))
    assert block.window.indirect
    assert block.window.ranges() == (Range(data.index(packed), len(packed)),)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("br", b"brotli"),
        ("compress", b"old"),
        ("deflate", b"not deflate"),
        ("deflate", zlib.compress(PACKET)[:-8]),
        ("gzip", gzip.compress(bytes(20_000_000))),
    ],
)
def test_xmp_that_cannot_be_unpacked_is_a_problem(encoding: str, packed: bytes) -> None:
    data = heif(picture(), xmp(packed, encoding=encoding))
    assert [p.where for p in problems(data)] == ["item 50 mime"]
    assert contents(data) == []
    assert [where for where, _ in dropped(data)] == ["item 50 mime"]


def test_other_items_are_unknown_metadata() -> None:
    data = heif(
        picture(),
        mime(b"words", "text/plain; charset=utf-8"),
        Item(61, b"abcd", b"??"),
        Item(62, b"iptc", b"\x1c"),
    )
    assert contents(data) == [(Kind.UNKNOWN, b"words"), (Kind.UNKNOWN, b"??"), (Kind.IPTC, b"\x1c")]
    assert pictured(data) == b"the picture"


def test_content_type_parameters_do_not_hide_xmp() -> None:
    data = heif(picture(), mime(PACKET, "Application/RDF+XML; charset=utf-8"))
    assert contents(data) == [(Kind.XMP, PACKET)]


def test_only_the_picture_its_tiles_and_its_transparency_are_kept() -> None:
    data = SAMPLES["tiles, thumbnail, gain map, depth and alpha"]
    kept = pictured(data)
    assert (
        kept == bytes([0, 0, 0, 5, 0, 40, 0, 30]) + b"".join(b"tile %d" % n for n in TILES) + b"see through"
    )
    assert dropped(data) == [
        ("item 20 hvc1 (thumbnail)", b"small"),
        ("item 30 hvc1 (gain-map)", b"gain"),
        ("item 31 hvc1 (depth)", b"far"),
        ("item 33 hvc1 (second-image)", b"who knows"),
    ]
    assert embedded(data) == [
        ("thumbnail", b"small"),
        ("gain-map", b"gain"),
        ("depth", b"far"),
        ("second-image", b"who knows"),
    ]


def test_a_tone_map_and_its_gain_map_are_dropped() -> None:
    data = AVIF_SAMPLES["avif: tone map"]
    assert pictured(data) == b"the picture"
    assert embedded(data) == [("gain-map", b"gain")]
    assert [where for where, _ in dropped(data)] == ["item 9 tmap (gain-map)", "item 10 av01 (gain-map)"]


def test_a_second_picture_and_its_tiles_are_dropped_but_not_the_tiles_that_it_shares() -> None:
    second = grid(3, 4, number=9)
    data = heif(grid(2, 3), second, *(picture(b"tile %d" % n, n) for n in (2, 3, 4)))
    assert pictured(data).endswith(b"tile 2tile 3")
    assert embedded(data) == [("second-image", b"tile 3tile 4")]
    assert ("item 4 hvc1 (second-image)", b"tile 4") in dropped(data)


def test_without_a_primary_item_every_picture_that_stands_alone_is_kept() -> None:
    data = heif(picture(), picture(b"another", 2), thumbnail(), layout=Layout(primary=None))
    assert pictured(data) == b"the pictureanother"
    assert embedded(data) == [("thumbnail", b"small")]


def test_bytes_shared_with_the_picture_stay_picture_and_are_read_too() -> None:
    plain = heif(picture(bytes(4) + TIFF), exif(TIFF, shares=((0, 0),)))
    start = plain.index(TIFF) - 4
    data = heif(picture(bytes(4) + TIFF), exif(TIFF, shares=((start, 4 + len(TIFF)),)))
    assert contents(data) == [(Kind.EXIF, TIFF)]
    assert pictured(data) == bytes(4) + TIFF
    assert dropped(data) == []


def test_items_that_overlap_are_cut_at_the_boundary() -> None:
    plain = heif(picture(b"picture"), mime(b"0123456789", "a/b"), Item(61, b"abcd", shares=((0, 6),)))
    start = plain.index(b"0123")
    data = heif(picture(b"picture"), mime(b"0123456789", "a/b"), Item(61, b"abcd", shares=((start - 3, 6),)))
    assert pictured(data) == b"picture"
    assert dropped(data) == [("item 61 abcd", b"012"), ("item 50 mime", b"3456789")]
    assert set(contents(data)) == {(Kind.UNKNOWN, b"0123456789"), (Kind.UNKNOWN, b"ure012")}


def test_padding_is_named_and_unreferenced_data_too() -> None:
    assert [where for where, _ in dropped(SAMPLES["padded"])] == ["padding", "padding"]
    assert dropped(SAMPLES["unreferenced"]) == [("unreferenced data", b"left over")]


def test_unknown_boxes_in_the_meta_box_are_metadata() -> None:
    data = heif(picture(), in_meta=uuid(bytes(16), b"in meta") + box(b"abcd", b"more"))
    assert contents(data) == [(Kind.UNKNOWN, b"in meta"), (Kind.UNKNOWN, b"more")]


def test_a_handler_that_signs_is_told_and_a_library_is_not() -> None:
    assert contents(heif(picture(), handler_name=b"Anna's editor\0")) == [(Kind.UNKNOWN, b"Anna's editor\0")]
    assert contents(heif(picture(), handler_name=b"libavif\0")) == []


def test_the_name_of_an_item_is_told_once_and_those_that_libraries_give_are_not() -> None:
    def named(number: int, name: bytes) -> Item:
        return picture(number=number, strings=name + b"\0")

    wide = Layout(iloc=2, wide_references=True, wide_associations=True)
    data = heif(grid(2, 3, 70_000), named(2, b"Anna"), named(3, b"Anna"), named(70_000, b"Ben"), layout=wide)
    assert contents(data) == [(Kind.UNKNOWN, b"Anna"), (Kind.UNKNOWN, b"Ben")]
    assert contents(heif(named(1, b"Color"), named(2, b"HEVC Image"), named(3, b""))) == []
    assert contents(heif(picture(strings=b"A" * 300))) == [(Kind.UNKNOWN, b"A" * 255)]


def test_a_video_inside_is_embedded() -> None:
    assert embedded(SAMPLES["motion photo"]) == [("video", VIDEO)]


def test_the_samples_of_a_sequence_are_picture_and_words_in_its_tracks_are_not() -> None:
    assert pictured(SAMPLES["sequence"]) == b"samples"
    assert [where for where, _ in dropped(SAMPLES["sequence"])] == ["udta"]


def test_the_same_bytes_listed_twice_are_one_block() -> None:
    plain = heif(picture(), exif(TIFF), exif(TIFF, 41, shares=((0, 0),)))
    start = plain.index(TIFF) - 4
    data = heif(picture(), exif(TIFF), exif(TIFF, 41, shares=((start, 4 + len(TIFF)),)))
    assert contents(data) == [(Kind.EXIF, TIFF)]


def test_metadata_in_the_coded_picture_itself_is_said_after_a_deep_look() -> None:
    data = heif(picture(b"coded" * 9 + PACKET))
    assert [p.where for p in problems(data)] == ["picture data"]
    assert not [p for p in found(data, Depth.SHALLOW) if isinstance(p, Problem)]


def test_the_order_of_reading_changes_nothing() -> None:
    names = ("three exif items", "tiles, thumbnail, gain map, depth and alpha", "sequence", "avif: tone map")
    alone = {name: (tiles(SAMPLES[name]), contents(SAMPLES[name]), embedded(SAMPLES[name])) for name in names}
    for order in permutations(names):
        for name in order:
            data = SAMPLES[name]
            assert (tiles(data), contents(data), embedded(data)) == alone[name]


def test_a_file_without_tables_after_one_with_them_has_no_blocks() -> None:
    bare = ftyp(b"heic", b"mif1") + full(b"meta", 0, 0) + box(b"mdat", b"data")
    before = contents(bare)
    assert contents(SAMPLES["exif and xmp"])
    assert contents(bare) == before == [(Kind.UNKNOWN, b"data")]
    assert [p.where for p in problems(bare)] == ["meta"]


def test_a_picture_that_was_cut_short_says_so_and_keeps_its_metadata() -> None:
    data = heif(exif(TIFF), picture(b"the picture" * 9))[:-20]
    good: list[Part] = []
    with pytest.raises(MalformedFile, match="mdat"):
        good.extend(HEIF.parts(window(data), Depth.DEEP))
    parts = collected(HEIF, data)
    assert parts[-1].end == len(data) and parts[-1].role is Role.PICTURE
    things = list(HEIF.blocks(window(data), parts))
    assert [b.window.load() for b in things if isinstance(b, Block)] == [TIFF]
    assert [p.where for p in things if isinstance(p, Problem)] == ["item 1"]


def collected(format_: Format, data: bytes) -> list[Part]:
    """The parts up to where the file breaks its rules."""
    good: list[Part] = []
    parts = format_.parts(window(data), Depth.DEEP)
    while True:
        try:
            good.append(next(parts))
        except (StopIteration, MalformedFile):
            return good


@pytest.mark.parametrize(
    "data",
    [
        ftyp(b"heic"),
        ftyp(b"heic") + box(b"mdat", b"data"),
        ftyp(b"heic") + struct.pack(">I4s", 5, b"meta") + bytes(20),
        ftyp(b"heic") + full(b"meta", 0, 0, struct.pack(">I4s", 500, b"iinf")),
        ftyp(b"heic") + full(b"meta", 0, 0, full(b"iloc", 9, 0, bytes(20))),
        ftyp(b"heic") + full(b"meta", 0, 0, full(b"iinf", 0, 0, b"\0\5")),
        ftyp(b"heic") + full(b"meta", 0, 0, full(b"iref", 0, 0, b"\0\0\0\5dimg" + bytes(8))),
        ftyp(b"heic") + full(b"meta", 0, 0, full(b"pitm", 0, 0)[:-3]),
    ],
)
def test_broken_tables_are_malformed_after_good_parts(data: bytes) -> None:
    with pytest.raises(MalformedFile):
        list(HEIF.parts(window(data), Depth.DEEP))
    assert collected(HEIF, data)[0].where == "ftyp"


@pytest.mark.parametrize(
    "item",
    [
        Item(40, b"Exif", method=ITEM, refers={b"iloc": (40,)}, shares=((0, 9),)),
        Item(40, b"Exif", method=ITEM, shares=((0, 9),)),
        Item(40, b"Exif", method=7, shares=((0, 9),)),
        Item(40, b"Exif", method=IDAT, shares=((0, 9),)),
        Item(40, b"Exif", shares=((1 << 31, 9),)),
        Item(40, b"Exif", shares=((9, 1 << 31),)),
    ],
)
def test_an_item_that_lies_nowhere_is_a_problem(item: Item) -> None:
    data = heif(picture(), item)
    assert [p.where for p in problems(data)] == ["item 40 Exif"]
    assert pictured(data) == b"the picture"


@cache
def hostile() -> dict[str, bytes]:
    """Small files that ask for much work."""
    many = [Item(n, b"Exif", shares=((100, 50),)) for n in range(2, 8_000)]
    entries = b"".join(full(b"infe", 2, 0, struct.pack(">HH4s", n, 0, b"Exif"), b"\0") for n in range(8_192))
    rows = b"".join(struct.pack(">HHHII", n, 0, 1, n % 999, 40 + n) for n in range(8_192))
    iloc = full(b"iloc", 0, 0, b"\x44\0\x20\0", rows)
    extents = full(
        b"iloc", 0, 0, b"\x44\0\0\1" + struct.pack(">HHH", 1, 0, 8_192) + b"\0\0\0\x64\0\0\0\1" * 8_192
    )
    tiles = b"".join(struct.pack(">I4sHHH", 14, b"dimg", n, 1, n + 1) for n in range(8_191))
    chain = b"".join(
        struct.pack(">I4sHH", 12 + 4, b"iloc", n, 2) + struct.pack(">HH", n + 1, n + 1) for n in range(1, 60)
    )
    nested = b"".join(struct.pack(">HHHH", n, 2, 0, 60) + bytes(8) * 60 for n in range(1, 60))
    infe = b"".join(full(b"infe", 2, 0, struct.pack(">HH4s", n, 0, b"Exif"), b"\0") for n in range(1, 60))

    def meta(*tables: bytes) -> bytes:
        return ftyp(b"heic", b"mif1") + full(b"meta", 0, 0, *tables) + box(b"mdat", bytes(70_000))

    iinf = full(b"iinf", 0, 0, b"\x20\0", entries)
    return {
        "many items with one place": heif(picture(), *many),
        "as many items as may be": meta(iinf, iloc),
        "as many extents as may be": meta(iinf, extents),
        "65,535 items": meta(full(b"iinf", 0, 0, b"\xff\xff", entries * 8), iloc),
        "a long chain of tiles": meta(
            full(b"iinf", 0, 0, b"\x20\0", entries.replace(b"Exif", b"grid")),
            full(b"iref", 0, 0, tiles),
            full(b"pitm", 0, 0, b"\0\0"),
        ),
        "items in items in items": meta(
            full(b"iinf", 0, 0, b"\0\x3b", infe),
            full(b"iref", 0, 0, chain),
            full(b"iloc", 1, 0, b"\x44\0\0\x3b", nested),
        ),
        "many boxes": ftyp(b"heic") + full(b"meta", 0, 0) + box(b"free") * 9_000,
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_tables_do_not_take_long(name: str) -> None:
    data = hostile()[name]
    started = time.process_time()
    parts = collected(HEIF, data)
    things: list[object] = []
    with suppress(MalformedFile):
        things.extend(HEIF.blocks(window(data), parts))
    taken = time.process_time() - started
    assert parts[-1].end == len(data)
    assert len(things) < 2_500
    assert taken < 0.5


def test_many_tiles_are_quick() -> None:
    numbers = range(2, 300)
    tiled = heif(
        grid(*numbers), *(picture(b"tile %d" % n, n) for n in numbers), layout=Layout(wide_associations=True)
    )
    started = time.process_time()
    for _ in range(10):
        found(tiled, Depth.SHALLOW)
    assert (time.process_time() - started) / 10 < 0.05


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_damage_is_malformed_and_nothing_else(name: str, draw: st.DataObject) -> None:
    data = bytearray(SAMPLES[name])
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, min(len(data), 700) - 1))] = draw.draw(st.integers(0, 255))
    survives(bytes(data[: draw.draw(st.integers(1, len(data)))]))


def test_a_picture_that_lies_in_a_table_is_a_problem() -> None:
    assert [p.where for p in problems(heif(picture(shares=((40, 9),))))] == ["meta"]


def test_much_random_damage_is_malformed_and_nothing_else() -> None:
    chance = random.Random(7)
    for sample in SAMPLES.values():
        for _ in range(25):
            data = bytearray(sample)
            for _ in range(chance.randint(1, 12)):
                data[chance.randrange(min(len(data), 500))] = chance.choice((0, 1, 4, 127, 128, 255))
            survives(bytes(data))


def survives(data: bytes) -> None:
    for format_ in (HEIF, AVIF):
        parts = collected(format_, data)
        assert all(p.length > 0 for p in parts)
        assert [p.offset for p in parts] == [0, *(p.end for p in parts[:-1])][: len(parts)]
        assert not parts or parts[-1].end <= len(data)
        try:
            for thing in format_.blocks(window(data), parts):
                if isinstance(thing, Block | Embedded):
                    thing.window.load()
            format_.dimensions(window(data), parts)
        except MalformedFile:
            continue


def blanked(data: bytes) -> bytes:
    """The file with all metadata overwritten; EXIF by an empty block, since readers insist on one."""
    blank = bytearray(data)
    for part in tiles(data):
        if part.role is Role.METADATA:
            empty = bytes(4) + b"II*\0\x08\0\0\0" + bytes(6) if part.kind is Kind.EXIF else b""
            blank[part.offset : part.end] = empty.ljust(part.length, b"x")
    assert TIFF not in blank and PACKET not in blank
    return bytes(blank)


def test_the_picture_of_a_real_avif_decodes_without_its_metadata() -> None:
    """Nothing of the picture was taken for metadata."""
    data = avif_photo(exif_stream=TIFF, xmp_packet=PACKET)
    before, after = (Image.open(io.BytesIO(d), formats=["AVIF"]) for d in (data, blanked(data)))
    assert before.tobytes() == after.tobytes()


def test_a_real_heic_has_the_blocks_that_were_put_in_and_decodes_without_them() -> None:
    pillow_heif = pytest.importorskip("pillow_heif", reason="the heif extra is not installed")
    out = io.BytesIO()
    photo = pillow_heif.from_pillow(Image.linear_gradient("L").convert("RGB"))
    photo.info["exif"], photo.info["xmp"] = TIFF, PACKET
    photo.save(out, format="HEIF", quality=20)
    data = out.getvalue()
    assert contents(data) == [(Kind.EXIF, TIFF), (Kind.XMP, PACKET)]
    assert HEIF.dimensions(window(data), tiles(data)) == (256, 256)
    before, after = (pillow_heif.open_heif(io.BytesIO(d)).to_pillow() for d in (data, blanked(data)))
    assert before.tobytes() == after.tobytes()


def test_items_that_share_their_bytes_too_often_are_refused() -> None:
    shares = [Item(100 + n, b"zzzz", shares=((10, 3_000_000 - n),)) for n in range(50)]
    data = heif(picture(), *shares) + box(b"free", bytes(3_000_000))
    blocks = [t for t in found(data) if isinstance(t, Block)]
    assert sum(b.window.size for b in blocks if b.where.startswith("item")) < 5 * len(data)
    assert any("shares" in p.message for p in problems(data))


def test_what_packed_items_inflate_to_has_a_limit_in_all() -> None:
    packed = zlib.compress(bytes(6_000_000))
    items = [mime(packed, "application/rdf+xml", number=60 + n, encoding="deflate") for n in range(5)]
    data = heif(picture(), *items)
    assert sum(t.window.size for t in found(data) if isinstance(t, Block)) < 1 << 24
    assert len(problems(data)) == 3


def test_an_item_in_very_many_places_is_refused() -> None:
    data = heif(picture(), exif(bytes(2000), pieces=400), mime(bytes(2000), "text/plain", pieces=400))
    assert [p.where for p in problems(data)] == ["item 40 Exif", "item 50 mime"]


def test_an_item_that_is_listed_without_bytes_or_has_bytes_without_being_listed_is_said() -> None:
    data = SAMPLES["exif and xmp"]
    at = data.index(b"iinf") + 8
    count = int.from_bytes(data[at : at + 2], "big")
    hidden = data[:at] + (count - 1).to_bytes(2, "big") + data[at + 2 :]
    assert "meta" in [p.where for p in problems(hidden)]
    empty = heif(picture(), Item(70, b"Exif", shares=((0, 0),)))
    assert [p.where for p in problems(empty)] == ["item 70 Exif"]


def test_a_file_that_ends_in_the_middle_of_a_box_header_is_damaged() -> None:
    data = heif(picture()) + box(b"free", bytes(4))
    with pytest.raises(MalformedFile, match="middle of a box"):
        list(HEIF.parts(window(data[:-9]), Depth.DEEP))


def test_very_many_tracks_and_boxes_in_them_tile_fast() -> None:
    track = box(b"trak", box(b"free") * 5000)
    data = ftyp(b"msf1", b"heic") + full(b"meta", 0, 0) + box(b"moov", track * 200)
    parts = tiles(data)
    assert len(parts) < 30_000 and sum(p.length for p in parts) == len(data)
    assert any(p.where == "rest of trak" for p in problems(data))


def test_a_second_table_of_a_kind_is_metadata() -> None:
    data = ftyp(b"heic", b"mif1") + full(b"meta", 0, 0, box(b"pitm", bytes(6)), box(b"pitm", b"hidden"))
    assert [p.role for p in tiles(data) if p.where in ("meta pitm", "pitm")] == [
        Role.STRUCTURE,
        Role.METADATA,
    ]
