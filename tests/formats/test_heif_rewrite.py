from __future__ import annotations

import io
import struct
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_items import Tables, tables
from exposure.formats._heif_layout import Pieces
from exposure.formats.heif import AVIF, HEIF
from exposure.model import Block, Depth, Kept, Kind, Role, Tag
from exposure.plugins import Format, Piece
from exposure.source import Range, Window
from tests.damage import damaged
from tests.make import heif as make
from tests.make import window
from tests.make.heif import (
    ALPHA,
    DEPTH,
    GAIN_MAP,
    IDAT,
    ITEM,
    PARAMETERS,
    Item,
    Layout,
    auxiliary,
    av1,
    av1_property,
    box,
    exif,
    full,
    grid,
    heif,
    hevc,
    hevc_property,
    mime,
    nal,
    obu,
    picture,
    profile_property,
    size_property,
    thumbnail,
    use_property,
    uuid,
    xmp,
)
from tests.make.tiff import tiff

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
NOTHING = Kept()
AV1 = (b"avif", b"avif", b"mif1", b"miaf")
TURN = box(b"irot", b"\1")
MIRROR = box(b"imir", b"\1")
CROP = box(b"clap", struct.pack(">8I", 20, 1, 10, 1, 0, 1, 0, 1))
CONFIGURED = hevc_property(*PARAMETERS)
TILES = (2, 3, 4, 5)


def tiled(**more: object) -> tuple[Item, ...]:
    return grid(*TILES), *(hevc(b"tile %d" % n, n, flags=1, **more) for n in TILES)


def alpha(number: int = 30, of: int = 1, urn: str = ALPHA) -> Item:
    return hevc(b"see through", number, refers={b"auxl": (of,)}, properties=(use_property(urn),))


NUMBERS = struct.pack(">4I10I", 0, 1, 13, 10, 0, 1, 3, 1, 1, 1, 1, 64, 1, 64)
HOW_BRIGHT = bytes(5) + b"\x40" + NUMBERS
BRIGHTER = (
    hevc(),
    Item(9, b"tmap", HOW_BRIGHT, refers={b"dimg": (1, 10)}, properties=(size_property(40, 30),)),
    hevc(b"gain", 10, flags=1),
)
APPLE = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/" Owner="Ann"'
    b' HDRGainMap:HDRGainMapVersion="131072" HDRGainMap:HDRGainMapHeadroom="2.5"/></rdf:RDF></x:xmpmeta>'
)
MAPPED = (
    hevc(),
    hevc(b"gain", 30, refers={b"auxl": (1,)}, properties=(use_property(GAIN_MAP),)),
    xmp(APPLE, refers={b"cdsc": (30,)}),
)

SAMPLES = {
    "one picture": heif(hevc()),
    "AV1": heif(av1(), brands=AV1),
    "tiles, transparency and metadata": heif(
        *tiled(), alpha(), exif(tiff(Make="Acme")), xmp(PACKET), thumbnail(), auxiliary(DEPTH, b"far", 33)
    ),
    "turned": heif(hevc(properties=(CROP, TURN, MIRROR))),
    "colours": heif(hevc(properties=(profile_property(PROFILE),))),
    "pieces of pictures": heif(hevc(pieces=3), layout=Layout(iloc=1), media_first=True),
    "tone map": heif(*BRIGHTER, brands=(b"heic", b"mif1", b"tmap")),
    "gain map of a phone": heif(*MAPPED),
}


def format_of(data: bytes) -> Format:
    (found,) = (f for f in (HEIF, AVIF) if f.sniff(data[:4096]))
    return found


def pieces(data: bytes, kept: Kept = NOTHING) -> list[Piece]:
    format_ = format_of(data)
    assert format_.rewrite is not None
    return list(format_.rewrite(window(data), list(format_.parts(window(data), Depth.DEEP)), kept))


def copied(data: bytes, kept: Kept = NOTHING) -> bytes:
    """The copy. What it takes from the original is of the picture, and the copy of the copy is the copy."""
    found = pieces(data, kept)
    pictures = bytearray(len(data))
    for part in format_of(data).parts(window(data), Depth.DEEP):
        if part.role is Role.PICTURE or "gain-map" in kept.second & set(part.where.strip(")").split("(")):
            pictures[part.offset : part.end] = b"\1" * part.length
    for piece in found:
        assert isinstance(piece, bytes) or all(pictures[piece.offset : sum(piece)])
    copy = b"".join(p if isinstance(p, bytes) else data[p.offset : sum(p)] for p in found)
    again = pieces(copy, kept)
    assert b"".join(p if isinstance(p, bytes) else copy[p.offset : sum(p)] for p in again) == copy
    return copy


def listed(data: bytes) -> Tables:
    found = tables(window(data), walk(window(data)).metas[0], with_properties=True)
    assert not found.errors
    return found


def content(data: bytes, item: int) -> bytes:
    return window(data).joined(Pieces(listed(data)).of(item)).load()


def properties(data: bytes, item: int) -> list[tuple[bytes, bytes, bool]]:
    """Type, payload and whether it is essential."""
    found = listed(data).properties.marked(item)
    return [(each.type, data[each.start : each.end], essential) for each, essential in found]


def blocks(data: bytes) -> list[tuple[Kind, bytes]]:
    parts = list(format_of(data).parts(window(data), Depth.DEEP))
    found = list(format_of(data).blocks(window(data), parts))
    assert all(isinstance(each, Block) for each in found)
    return [(each.kind, each.window.load()) for each in found if isinstance(each, Block)]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_copy_holds_its_picture_and_no_metadata(name: str) -> None:
    copy = copied(SAMPLES[name], Kept(icc=PROFILE))
    assert set(blocks(copy)) <= {(Kind.ICC, PROFILE)}
    assert b"the picture" in copy or b"tile 5" in copy
    assert all(p.role is not Role.METADATA for p in format_of(copy).parts(window(copy), Depth.DEEP))


def test_the_copy_of_one_picture_is_this() -> None:
    """A whole file, written out: whatever changes in it changes every copy that people compare theirs with."""
    unit = nal(19, b"the picture")
    associations = full(b"ipma", 0, 0, struct.pack(">IHBBB", 1, 1, 2, 0x81, 2))
    located = struct.pack(">BBHHHHHII", 0x44, 0, 1, 1, 0, 0, 1, 367, len(unit))
    meta = full(
        b"meta",
        0,
        0,
        full(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
        full(b"pitm", 0, 0, b"\0\1"),
        full(b"iloc", 1, 0, located),
        full(b"iinf", 0, 0, b"\0\1", full(b"infe", 2, 0, b"\0\1\0\0hvc1\0")),
        box(b"iprp", box(b"ipco", CONFIGURED, size_property(40, 30)), associations),
    )
    wanted = make.ftyp(b"heic", b"heic", b"mif1") + meta
    copy = copied(heif(hevc(), xmp(PACKET), brands=(b"heic", b"mif1", b"heic", b"mine")))
    start = struct.pack(">I", len(wanted) + 8)
    assert copy == wanted.replace(struct.pack(">I", 367), start) + box(b"mdat", unit)


WORDS = [b"Canary%02d" % n for n in range(30)]


def test_no_word_from_anywhere_else_in_the_file_is_in_the_copy() -> None:
    word = iter(WORDS)
    item = hevc(
        strings=next(word) + b"\0",
        properties=(
            box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0xFF) + next(word)),
            full(b"udes", 0, 0, b"en\0" + next(word) + b"\0\0\0"),
            uuid(bytes(16), next(word)),
            box(b"irot", b"\1" + next(word)),
            full(b"pixi", 0, 1, b"\3\x08\x08\x08" + next(word)),
            box(b"clli", struct.pack(">HH", 1000, 200) + next(word)),
            box(b"free", next(word)),
            box(b"colr", b"mine" + next(word)),
            box(next(word)[:4], next(word)),
        ),
    )
    parameters = hevc_property(
        *PARAMETERS, nal(39, next(word)), nal(33, next(word), layer=1), nal(50, next(word))
    )
    units = (
        nal(39, next(word))
        + item.data
        + nal(40, next(word))
        + nal(1, next(word), layer=2)
        + nal(48, next(word))
    )
    item = replace(item, data=units, properties=(parameters, *item.properties[2:]))
    data = heif(
        item,
        exif(tiff(Make=next(word).decode())),
        xmp(next(word)),
        mime(next(word), "text/plain", 51),
        Item(52, b"uri ", next(word), strings=next(word) + b"\0urn:" + next(word) + b"\0"),
        replace(thumbnail(next(word)), properties=(size_property(4, 3), box(b"hvcC", next(word)))),
        Item(53, b"mine", next(word), method=IDAT, strings=next(word) + b"\0"),
        brands=(b"heic", b"mif1", b"heic", WORDS[-1][:4]),
        handler_name=WORDS[-2] + b"\0",
        in_meta=box(b"grpl", full(b"altr", 0, 0, bytes(8) + WORDS[-2])) + uuid(bytes(16), WORDS[-2]),
        before=box(b"free", WORDS[-2]),
        after=box(b"mpvd", WORDS[-2]) + WORDS[-2],
        more_properties=[full(b"altt", 0, 0, WORDS[-2])],
        unreferenced=WORDS[-2],
    )
    assert data.count(b"Canary") > 25
    copy = copied(data, Kept())
    assert b"Canary" not in copy and b"Cana" not in copy
    assert b"the picture" in copy


def test_the_same_picture_gives_the_same_copy_however_it_is_stored() -> None:
    unit = nal(19, b"the picture")
    inside = replace(hevc(), data=b"", method=ITEM, refers={b"iloc": (60,)}, shares=((2, len(unit)),))
    holder = Item(60, b"uri ", b"no" + unit + b"no", strings=b"\0urn:x\0")
    wide = Layout(iloc=2, iinf=1, widths=(8, 8, 0, 0), wide_associations=True, wide_references=True)
    stored = [
        heif(hevc()),
        heif(hevc(pieces=3), media_first=True),
        heif(hevc(method=IDAT)),
        heif(hevc(), layout=Layout(iloc=0, widths=(4, 4, 4, 0), base=20, iinf=1), large_media=True),
        heif(hevc(number=70_000), layout=replace(wide, primary=70_000), unreferenced=b"left over"),
        heif(inside, holder, layout=Layout(widths=(4, 4, 0, 4))),
    ]
    assert len({copied(data) for data in stored}) == 1


def test_the_same_tiles_give_the_same_copy_however_they_are_numbered() -> None:
    far = [hevc(b"tile %d" % n, n + 80_000, flags=1) for n in TILES]
    wide = Layout(primary=70_000, iinf=1, iloc=2, wide_references=True, wide_associations=True)
    numbered = heif(*far, grid(*(n + 80_000 for n in TILES), number=70_000), layout=wide)
    assert {copied(heif(*reversed(tiled()))), copied(numbered)} == {copied(heif(*tiled()))}


def test_tiles_stay_hidden_and_in_their_order() -> None:
    copy = copied(heif(*tiled()))
    of = listed(copy)
    assert of.primary == 1 and of.references == {b"dimg": {1: [2, 3, 4, 5]}}
    assert [of.items[n].hidden for n in of.items] == [False, True, True, True, True]
    assert [content(copy, n) for n in (2, 3, 4, 5)] == [nal(19, b"tile %d" % n) for n in TILES]
    assert content(copy, 1) == bytes([0, 0, 0, 3, 0, 40, 0, 30])


def test_a_wide_plan_of_tiles_is_written_narrow_where_it_fits() -> None:
    wide = struct.pack(">BBBBII", 0, 1, 0, 3, 40, 30) + b"more"
    large = struct.pack(">BBBBII", 0, 1, 0, 3, 70_000, 30)
    items = tiled()
    assert content(copied(heif(replace(items[0], data=wide), *items[1:])), 1) == bytes(
        [0, 0, 0, 3, 0, 40, 0, 30]
    )
    assert content(copied(heif(replace(items[0], data=large), *items[1:])), 1) == large


def test_pictures_on_top_of_each_other_keep_their_places() -> None:
    plan = struct.pack(">BB4HHH4h", 0, 0, 1, 2, 3, 4, 40, 30, 0, 0, -5, 7)
    items = Item(
        1, b"iovl", plan + b"more", IDAT, refers={b"dimg": (2, 3)}, properties=(size_property(40, 30),)
    )
    inside = Item(2, b"iden", refers={b"dimg": (4,)}, properties=(size_property(30, 40), TURN))
    copy = copied(heif(items, inside, hevc(b"above", 3), hevc(b"below", 4)))
    assert content(copy, 1) == plan
    assert listed(copy).references[b"dimg"] == {1: [2, 4], 2: [3]}
    assert [content(copy, n) for n in (3, 4)] == [nal(19, b"below"), nal(19, b"above")]
    wide = struct.pack(">BB4HII4i", 0, 1, 1, 2, 3, 4, 40, 30, 0, 0, -5, 70_000)
    copy = copied(heif(replace(items, data=wide), inside, hevc(b"above", 3), hevc(b"below", 4)))
    assert content(copy, 1) == wide


def test_tiles_that_share_their_bytes_still_do() -> None:
    """A plain sky is stored once; written once for each tile, such a file could be made to fill a disk."""
    first = hevc(b"sky" * 40, 2)
    whole = heif(grid(2, 3), first, hevc(b"x", 3))
    at = whole.index(first.data)
    second = replace(hevc(b"", 3), data=b"", shares=((at, len(first.data)),))
    data = heif(grid(2, 3), first, second)
    second = replace(second, shares=((data.index(first.data), len(first.data)),))
    copy = copied(heif(grid(2, 3), first, second))
    assert copy.count(b"sky" * 40) == 1
    assert content(copy, 2) == content(copy, 3) == first.data


def test_transparency_comes_along_and_says_no_more_than_what_it_is() -> None:
    urn = use_property(ALPHA)[:-1] + b"\0more"
    see_through = hevc(
        b"see through",
        30,
        refers={b"auxl": (1, 77)},
        properties=(box(b"auxC", urn[8:]), profile_property(PROFILE)),
    )
    data = heif(hevc(refers={b"prem": (30,)}, properties=(profile_property(PROFILE),)), see_through)
    copy = copied(data, Kept(icc=PROFILE))
    assert listed(copy).references == {b"auxl": {2: [1]}, b"prem": {1: [2]}}
    assert [name for name, *_ in properties(copy, 1)] == [b"hvcC", b"ispe", b"colr"]
    assert [name for name, *_ in properties(copy, 2)] == [b"hvcC", b"ispe", b"auxC"]
    assert properties(copy, 2)[2][1] == bytes(4) + ALPHA.encode() + b"\0"


def test_only_units_that_make_the_picture_are_copied() -> None:
    units = [nal(n, b"unit %02d" % n) for n in range(64)]
    copy = copied(heif(replace(hevc(), data=b"".join(units))))
    wanted = [*range(10), *range(16, 22), 32, 33, 34]
    assert content(copy, 1) == b"".join(units[n] for n in wanted)


@pytest.mark.parametrize("width", [1, 2, 4])
def test_lengths_of_units_may_be_shorter(width: int) -> None:
    unit = nal(19, b"the picture")[4:]
    item = replace(hevc(), data=len(unit).to_bytes(width, "big") + unit)
    short = bytearray(CONFIGURED)
    short[8 + 21] = width - 1 | 0x0C
    item = replace(item, properties=(bytes(short), size_property(40, 30)))
    assert content(copied(heif(item)), 1) == item.data


def test_only_av1_units_that_make_the_picture_are_copied() -> None:
    units = [obu(n, b"unit %02d" % n) for n in range(16)]
    endless = bytes((6 << 3,)) + b"a last frame without a length"
    long = bytes((6 << 3 | 2, 0x80 | 300 & 0x7F, 300 >> 7)) + b"x" * 300
    item = replace(av1(), data=obu(2, b"") + b"".join(units) + long + endless)
    copy = copied(heif(item, brands=AV1))
    assert content(copy, 1) == obu(2, b"") + b"".join(units[n] for n in (1, 3, 4, 6, 7)) + long + endless


def test_an_av1_configuration_keeps_its_numbers_and_the_sequence_header() -> None:
    written = av1_property(obu(1, b"sequence"), obu(5, b"words"), obu(2, b""))
    written = written[:11] + b"\xef" + written[12:]
    item = replace(av1(), properties=(written, size_property(40, 30)))
    (found, *_) = properties(copied(heif(item, brands=AV1)), 1)
    assert found == (b"av1C", b"\x81\0\x0c\0" + obu(1, b"sequence"), True)


def test_layers_are_told_only_where_none_was_shortened() -> None:
    layers = box(b"a1lx", struct.pack(">B3H", 0, 9, 8, 7) + b"more")
    operating = box(b"a1op", b"\1") + box(b"lsel", b"\0\1")
    more = (layers, operating[:9], operating[9:])
    whole = av1(properties=more)
    copy = copied(heif(whole, brands=AV1))
    assert properties(copy, 1)[2:] == [
        (b"a1op", b"\1", True),
        (b"lsel", b"\0\1", True),
        (b"a1lx", struct.pack(">B3H", 0, 9, 8, 7), False),
    ]
    copy = copied(heif(replace(whole, data=whole.data + obu(5, b"words")), brands=AV1))
    assert [name for name, *_ in properties(copy, 1)] == [b"av1C", b"ispe", b"a1op", b"lsel"]


def test_turning_keeps_its_order_and_numbers() -> None:
    again = (MIRROR, CROP, TURN, TURN, box(b"irot", b"\xfe"))
    copy = copied(heif(hevc(properties=again)))
    assert [(name, essential) for name, _, essential in properties(copy, 1)[2:]] == [
        (each[4:8], True) for each in again
    ]
    assert properties(copy, 1)[-1][1] == b"\2"


def test_what_describes_a_picture_is_there_once_and_in_one_order() -> None:
    numbers = box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80))
    said = [
        full(b"ndwt", 0, 0, struct.pack(">I", 203)),
        box(b"amve", struct.pack(">IHH", 1, 2, 3)),
        box(b"cclv", b"\x2c" + struct.pack(">6iII", *range(6), 1, 2)),
        box(b"mdcv", struct.pack(">8HII", *range(10))),
        box(b"clli", struct.pack(">HH", 1000, 200)),
        box(b"pasp", struct.pack(">II", 1, 1)),
        profile_property(b"a profile"),
        numbers,
        full(b"pixi", 0, 0, b"\3\x08\x08\x08"),
        size_property(40, 30),
        CONFIGURED,
    ]
    twice = [*said, size_property(4, 3), box(b"clli", bytes(4))]
    copy = copied(heif(replace(hevc(), properties=tuple(twice))), Kept(icc=PROFILE))
    wanted = [*reversed(said)]
    wanted[3], wanted[4] = numbers, profile_property(PROFILE)
    assert [box(name, payload) for name, payload, _ in properties(copy, 1)] == wanted


def test_colours_that_are_said_twice_are_refused_since_readers_disagree_on_which_counts() -> None:
    numbers = [box(b"colr", b"nclx" + struct.pack(">HHHB", primaries, 13, 6, 0x80)) for primaries in (1, 12)]
    for said in (numbers, [profile_property(PROFILE), profile_property(b"another")]):
        with pytest.raises(CannotClean, match="colours twice"):
            copied(heif(hevc(properties=tuple(said))), Kept(icc=PROFILE))
    assert copied(heif(hevc(properties=(numbers[0], profile_property(PROFILE)))), Kept(icc=PROFILE))


def test_what_the_picture_is_made_of_is_never_shown_by_itself() -> None:
    """Else programs would list the whole picture beside the one that is cropped out of it."""
    whole = Item(1, b"iden", refers={b"dimg": (2,)}, properties=(size_property(40, 30), CROP))
    assert [item.hidden for item in listed(copied(heif(whole, hevc(number=2)))).items.values()] == [
        False,
        True,
    ]
    mapped = copied(SAMPLES["tone map"], Kept(second=frozenset(("gain-map",))))
    assert [item.hidden for item in listed(mapped).items.values()] == [False, False, True]


def crop(width: int, height: int, right: int, down: int) -> bytes:
    """Offsets are those of its middle, in half pixels."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, right, 2, down, 2))


OVER = struct.pack(">BB4HHH4h", 0, 0, 1, 2, 3, 4, 40, 30, 0, 0, 5, 7)


@pytest.mark.parametrize(
    ("item", "word"),
    [
        (hevc(), ""),
        (hevc(properties=(crop(40, 30, 0, 0),)), ""),
        (hevc(properties=(crop(1, 1, -39, -29),)), ""),
        (hevc(properties=(crop(38, 30, 2, 0),)), "cropped"),
        (hevc(properties=(crop(40, 28, 0, -1),)), ""),
        (hevc(properties=(crop(40, 28, 0, 0),)), "cropped"),
        (hevc(properties=(TURN, crop(30, 40, 0, 0))), ""),
        (hevc(properties=(crop(39, 29, -1, -1), crop(20, 20, 0, 0))), "cropped"),
        (hevc(properties=(box(b"clap", bytes(32)), box(b"clap", bytes(3)))), ""),
        (Item(1, b"iden", refers={b"dimg": (2,)}, properties=(size_property(40, 30), CROP)), "cropped"),
        (
            replace(hevc(), properties=(size_property(400, 300), CONFIGURED, crop(336, 299, -64, -1))),
            "cropped",
        ),
        (replace(hevc(), properties=(size_property(400, 300), CONFIGURED, crop(337, 299, -63, -1))), ""),
        (Item(1, b"iovl", OVER, IDAT, refers={b"dimg": (2, 2)}), "on top of each other"),
        (Item(1, b"iden", refers={b"dimg": (9,)}), ""),
    ],
)
def test_what_is_in_the_picture_and_nobody_sees_is_said(item: Item, word: str) -> None:
    """Coders fill up pictures to whole squares, which is nothing to speak of."""
    said = HEIF.unshown(window(heif(item, hevc(number=2))))
    assert word in said and bool(word) is bool(said)


def test_without_a_primary_picture_nothing_is_said_of_it() -> None:
    assert HEIF.unshown(window(heif(hevc(properties=(CROP,)), layout=Layout(primary=None)))) == ""
    assert HEIF.unshown(window(heif())) == "" == HEIF.unshown(window(b""))


def test_the_kept_profile_takes_the_place_of_every_profile_and_of_none() -> None:
    tiles = [hevc(b"tile %d" % n, n, properties=(profile_property(b"one %d" % n),)) for n in TILES]
    data = heif(grid(*TILES), *tiles)
    copy = copied(data, Kept(icc=PROFILE))
    assert copy.count(PROFILE) == 1
    assert [box(*properties(copy, n)[2][:2]) for n in (2, 3, 4, 5)] == [profile_property(PROFILE)] * 4
    assert len(properties(copy, 1)) == 1
    assert b"colr" not in copied(data)
    assert b"colr" not in copied(heif(hevc()), Kept(icc=PROFILE))


def test_what_is_kept_is_written_as_items_of_the_picture() -> None:
    tags = (Tag("IFD0", 0x112, 3, (6,)), Tag("IFD0", 0x13B, 2, "Ann"))
    copy = copied(heif(hevc(), exif(tiff(Make="Acme"))), Kept(tags, xmp=PACKET))
    (first, stream), (second, packet) = blocks(copy)
    assert (first, second, packet) == (Kind.EXIF, Kind.XMP, PACKET)
    assert b"Ann\0" in stream and b"\x12\x01" not in stream
    assert listed(copy).references == {b"cdsc": {2: [1], 3: [1]}}
    assert not blocks(copied(heif(hevc()), Kept(tags[:1])))


@pytest.mark.parametrize(
    ("brands", "wanted"),
    [
        (
            (b"heic", b"mif1", b"heic", b"mine", b"MiHB", b"miaf"),
            [b"heic", b"MiHB", b"heic", b"miaf", b"mif1"],
        ),
        ((b"mif1", b"avif", b"heic"), None),
        ((b"mif1", b"heic", b"avif"), [b"mif1", b"heic", b"mif1"]),
        ((b"heim", b"mif1"), [b"heic", b"mif1"]),
        ((b"heix",), [b"heix", b"mif1"]),
        ((b"heic", b"tmap", b"geo1"), [b"heic", b"mif1"]),
    ],
)
def test_brands_are_those_that_are_known_and_true(
    brands: tuple[bytes, ...], wanted: list[bytes] | None
) -> None:
    data = heif(hevc(), brands=brands)
    start = pieces(data)[0]
    assert isinstance(start, bytes)
    found = [start[8:12], *(start[at : at + 4] for at in range(16, int.from_bytes(start[:4], "big"), 4))]
    assert found == (wanted or [b"mif1", b"heic", b"mif1"])
    assert start[12:16] == bytes(4)


_HIDDEN = box(b"sefd", nal(19, b"words that nobody should get"))
ELSEWHERE = heif(replace(hevc(), shares=((0, 0),)), before=_HIDDEN)
ELSEWHERE = heif(replace(hevc(), shares=((ELSEWHERE.index(_HIDDEN) + 8, len(_HIDDEN) - 8),)), before=_HIDDEN)

REFUSED = {
    "no primary item": (heif(hevc(), layout=Layout(primary=None)), "which of its pictures"),
    "a primary item that is not there": (heif(hevc(), layout=Layout(primary=7)), "which of its pictures"),
    "encrypted": (heif(hevc(lock=1)), "encrypted"),
    "another coding": (heif(picture(type_=b"jpeg")), "jpeg"),
    "coded with others": (heif(hevc(refers={b"pred": (2,)}), hevc(b"other", 2)), "help of other pictures"),
    "a missing tile": (heif(grid(2, 3), hevc(b"tile", 2)), "missing"),
    "an empty tile": (heif(grid(2), hevc(b"tile", 2, shares=((0, 0),))), "missing"),
    "too many tiles": (
        heif(replace(grid(2, 3), data=bytes([0, 0, 0, 0, 0, 40, 0, 30])), *tiled()[1:]),
        "1 tiles",
    ),
    "another plan of tiles": (
        heif(replace(grid(2), data=bytes([1, 0, 0, 0, 0, 40, 0, 30])), hevc(b"tile", 2)),
        "version",
    ),
    "nothing to turn": (heif(Item(1, b"iden", properties=(size_property(1, 1),)), hevc(b"x", 2)), "missing"),
    "no configuration": (heif(picture(nal(19, b"the picture"))), "how its picture is coded"),
    "an essential property": (
        heif(hevc(properties=(box(b"what", b"ever"),)), layout=Layout(essential=frozenset((b"what",)))),
        "what",
    ),
    "two transparencies": (heif(hevc(), alpha(30), alpha(31)), "twice"),
    "an unknown transparency": (heif(hevc(), alpha(urn="urn:x:alpha")), "does not know"),
    "only messages": (heif(replace(hevc(), data=nal(39, b"words"))), "empty"),
    "tone map alone": (heif(*BRIGHTER, layout=Layout(primary=9)), "gain map"),
    "a picture in a box for other things": (ELSEWHERE, "where no picture data belongs"),
    "turned for ever": (heif(hevc(properties=(TURN,) * 17)), "more often"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_that_is_not_understood_is_refused(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(CannotClean, match=words):
        pieces(data)


BROKEN = {
    "a unit too long": replace(hevc(), data=nal(19, b"the picture")[:-1]),
    "a unit cut off": replace(hevc(), data=nal(19, b"the picture") + b"\0\0\0"),
    "a unit of nothing": replace(hevc(), data=bytes(4) + nal(19, b"the picture")),
    "a configuration cut off": replace(
        hevc(), properties=(size_property(1, 1), box(b"hvcC", CONFIGURED[8:-3]))
    ),
    "a crop cut off": hevc(properties=(box(b"clap", b"\0\0"),)),
    "AV1 without end": replace(av1(), data=bytes((0x32, *[0xFF] * 9))),
    "AV1 too long": replace(av1(), data=b"\x32\x50ab"),
    "a plan cut off": replace(grid(1), data=b"\0\0"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_picture_is_not_copied(name: str) -> None:
    with pytest.raises(MalformedFile):
        pieces(heif(BROKEN[name]))


def test_a_gain_map_goes_unless_it_is_kept() -> None:
    for items in (BRIGHTER, MAPPED):
        assert b"gain" not in copied(heif(*items, brands=(b"heic", b"mif1", b"tmap")))


def test_a_tone_map_stays_with_its_numbers_and_before_its_picture() -> None:
    data = heif(*BRIGHTER, exif(tiff(Make="Acme")), brands=(b"heic", b"mif1", b"tmap"))
    copy = copied(data, Kept(second=frozenset({"gain-map"})))
    of = listed(copy)
    assert {n: i.type for n, i in of.items.items()} == {1: b"hvc1", 2: b"tmap", 3: b"hvc1"}
    assert of.references == {b"dimg": {2: [1, 3]}} and of.items[3].hidden
    assert (content(copy, 2), content(copy, 3)) == (HOW_BRIGHT, nal(19, b"gain"))
    group = of.boxes[b"grpl"]
    assert copy[group.start : group.end][-12:] == struct.pack(">III", 2, 2, 1)
    assert b"tmap" in copy[: copy.index(b"meta")]


def test_an_auxiliary_gain_map_stays_with_a_packet_of_numbers() -> None:
    copy = copied(heif(*MAPPED, xmp(PACKET, 51)), Kept(second=frozenset({"gain-map"})))
    assert listed(copy).references == {b"auxl": {2: [1]}, b"cdsc": {3: [2]}}
    assert b"Headroom" in content(copy, 3) and b"Ann" not in copy


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (MAPPED[:2], "own notes"),
        ((*BRIGHTER, *MAPPED[1:], replace(MAPPED[1], number=31)), "more than one"),
        ((BRIGHTER[0], replace(BRIGHTER[1], data=b"\1" + HOW_BRIGHT[1:]), BRIGHTER[2]), "does not know"),
        (
            (BRIGHTER[0], replace(BRIGHTER[1], data=HOW_BRIGHT[:-4] + bytes(4)), BRIGHTER[2]),
            "divides by nothing",
        ),
        (
            (BRIGHTER[0], replace(BRIGHTER[1], properties=(profile_property(PROFILE),)), BRIGHTER[2]),
            "profile of its own",
        ),
    ],
)
def test_a_gain_map_that_is_not_understood_is_refused(items: Sequence[Item], words: str) -> None:
    assert copied(heif(*items))
    with pytest.raises(CannotClean, match=words):
        pieces(heif(*items), Kept(second=frozenset({"gain-map"})))


def drawn() -> Image.Image:
    return Image.linear_gradient("L").resize((90, 64)).rotate(5).convert("RGB")


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_real_copy_shows_the_same_picture(mode: str, turn: int) -> None:
    image = drawn().convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    tags, out = Image.Exif(), io.BytesIO()
    tags[0x112], tags[0x10F] = turn, "Acme"
    image.save(out, "AVIF", quality=50, speed=10, exif=tags.tobytes(), xmp=PACKET, icc_profile=PROFILE)
    copy = copied(out.getvalue(), Kept(icc=PROFILE))
    assert b"Acme" not in copy and PACKET not in copy
    with Image.open(out) as before, Image.open(io.BytesIO(copy)) as after:
        assert (after.size, after.mode, after.tobytes()) == (before.size, before.mode, before.tobytes())
        assert after.info["icc_profile"] == PROFILE
        assert after.getexif().get(0x112, 1) == turn


class Sparse:
    """A file with a few bytes here and there, and nothing between them."""

    def __init__(self, size: int, written: dict[int, bytes]) -> None:
        self.size, self._written = size, written

    def read(self, offset: int, length: int) -> bytes:
        out = bytearray(length)
        for at, data in self._written.items():
            low, high = max(at, offset), min(at + len(data), offset + length)
            if low < high:
                out[low - offset : high - offset] = data[low - at : high - at]
        return bytes(out)


def test_a_picture_of_more_than_4_gb_is_copied_without_reading_it() -> None:
    length = 5 << 30
    unit = bytes((0x32, *(length >> 7 * n & 0x7F | 0x80 for n in range(4)), length >> 28))
    size = len(unit) + length
    head = heif(
        replace(av1(), shares=((1000, size),)), brands=AV1, layout=Layout(iloc=1, widths=(8, 8, 0, 0))
    )
    start = head[: head.index(b"mdat") - 4]
    media = struct.pack(">I4sQ", 1, b"mdat", 1000 + size - len(start))
    data = Window.whole(Sparse(1000 + size, {0: start + media, 1000: unit}))
    assert AVIF.rewrite is not None
    tables_, header, coded = AVIF.rewrite(data, list(AVIF.parts(data, Depth.SHALLOW)), Kept())
    assert isinstance(tables_, bytes)
    assert header == struct.pack(">I4sQ", 1, b"mdat", 16 + size)
    assert struct.pack(">QQ", len(tables_) + 16, size) in tables_
    assert coded == Range(1000, size)


def test_thousands_of_tiles_take_no_time() -> None:
    numbers = range(2, 8_002)
    tiles = [hevc(b"tile", n, properties=(profile_property(PROFILE),), flags=1) for n in numbers]
    plan = bytes([0, 0, 99, 79, 0, 40, 0, 30])
    data = heif(replace(grid(*numbers[:2]), data=plan, refers={b"dimg": numbers}), *tiles)
    started = time.process_time()
    start, *_, tiles_ = pieces(data, Kept(icc=PROFILE))
    assert time.process_time() - started < 3
    assert isinstance(start, bytes) and start.count(b"infe") == 8_001
    assert isinstance(tiles_, Range)


@settings(deadline=None, max_examples=300)
@given(draw=st.data())
def test_damage_is_refused_or_copied_never_a_crash(draw: st.DataObject) -> None:
    data = damaged(SAMPLES, draw)
    format_ = next((f for f in (HEIF, AVIF) if f.sniff(data[:4096])), None)
    if format_ is None or format_.rewrite is None:
        return
    kept = Kept(icc=PROFILE, second=frozenset(draw.draw(st.sampled_from((("gain-map",), ())))))
    try:
        found = list(format_.rewrite(window(data), (), kept))
    except (MalformedFile, CannotClean):
        return
    assert all(isinstance(p, bytes) or 0 <= p.offset <= sum(p) <= len(data) for p in found)
    copy = b"".join(p if isinstance(p, bytes) else data[p.offset : sum(p)] for p in found)
    again = list(format_.rewrite(window(copy), (), kept))
    assert b"".join(p if isinstance(p, bytes) else copy[p.offset : sum(p)] for p in again) == copy
