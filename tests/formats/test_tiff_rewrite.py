"""A clean TIFF holds its pages and what was to stay, and is the same when it is cleaned again."""

from __future__ import annotations

import io
import struct
import time
import warnings
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure.cleaning._copy import joined, pictures
from exposure.cleaning._proof import _TIFF_STRUCTURE, leftovers
from exposure.errors import CannotClean, MalformedFile
from exposure.formats import _tiff_rewrite
from exposure.formats._tiff_pages import TAGS
from exposure.formats.tiff import TIFF
from exposure.metadata._tags import EXIF
from exposure.model import Depth, Kept, Kind, Photo, Role, Tag
from exposure.reading import read
from exposure.source import Assembled, Range, Window
from tests.damage import damaged
from tests.formats.test_tiff import SAMPLES
from tests.make import window
from tests.make.icc import profile
from tests.make.iptc import iptc, resource
from tests.make.jpeg import APP1, adobe, comment, jfif, jpeg, segment
from tests.make.tiff import (
    ASCII,
    BYTE,
    DOUBLE,
    FLOAT,
    LONG,
    LONG8,
    RATIONAL,
    SHORT,
    UNDEFINED,
    Elsewhere,
    Entry,
    rgb_picture,
    stream,
    tiff,
)
from tests.sources import memory_source

PIXELS = bytes(range(10, 22))
PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
NOTHING = Kept()


def copied(data: bytes, kept: Kept = NOTHING) -> bytes:
    """The copy, made of picture parts and our own bytes, and itself when it is cleaned again."""
    copy = once(data, kept)
    assert once(copy, kept) == copy
    photo = read(memory_source(copy, "a.tif"))
    assert isinstance(photo, Photo) and not list(leftovers(photo, TIFF, kept))
    return copy


def once(data: bytes, kept: Kept = NOTHING) -> bytes:
    source = memory_source(data, "a.tif")
    photo = read(source, Depth.DEEP)
    assert isinstance(photo, Photo) and not [p for p in photo.problems if p.where == "TIFF"], photo
    pieces = joined(TIFF.rewrite(Window.whole(source), photo.parts, kept))  # type: ignore[misc]
    starts, ends = pictures(photo)
    for piece in pieces:
        if isinstance(piece, Range):
            assert any(a <= piece.offset and sum(piece) <= b for a, b in zip(starts, ends, strict=True)), (
                "not all of it is picture"
            )
    assembled = Assembled(source, pieces)
    return assembled.read(0, assembled.size)


def refused(data: bytes, kept: Kept = NOTHING) -> str:
    with pytest.raises(CannotClean) as error:
        for _ in TIFF.rewrite(window(data), (), kept):  # type: ignore[misc]
            pass
    return str(error.value)


def changed(picture: Sequence[Entry], *entries: Entry) -> list[Entry]:
    """The entries of a picture with some replaced or added."""
    return [e for e in picture if e[0] not in {n[0] for n in entries}] + list(entries)


def page(*entries: Entry) -> list[Entry]:
    return changed(rgb_picture(), *entries)


def shown(data: bytes) -> list[tuple[str, tuple[int, int], bytes]]:
    """Mode, size and pixels of every page, as Pillow draws them."""
    found = []
    with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("TIFF",)) as picture:
        warnings.simplefilter("ignore")
        for number in range(picture.n_frames):  # type: ignore[attr-defined]
            picture.seek(number)
            found.append((picture.mode, picture.size, picture.tobytes()))
    return found


def values(data: bytes, group: str = "IFD0") -> dict[str, object]:
    photo = read(memory_source(data, "a.tif"))
    assert isinstance(photo, Photo)
    return {f.name: f.value for f in photo.fields if f.kind is Kind.EXIF and f.group == group}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
def test_whatever_is_beside_the_picture_goes(order: str, big: bool) -> None:
    private: list[Entry] = [
        *((285, ASCII, None, "Page of Ann"), (333, ASCII, None, "Secret ink"), (700, BYTE, None, PACKET)),
        *((33922, DOUBLE, None, [1.0] * 6), (34735, SHORT, None, [1, 1, 0, 0]), (65000, LONG, None, 7)),
        *((37724, UNDEFINED, None, b"Adobe layers"), (297, SHORT, None, [4, 9]), (286, RATIONAL, None, 3)),
    ]
    full = tiff(
        *(order, big),
        position=(51.5, -0.1),
        iptc=iptc({"By-line": "Ann"}),
        photoshop=resource(0x040B, b"https://example.org"),
        icc=profile(),
        thumbnail=jpeg(),
        maker_note=b"secret note",
        picture=True,
        Make="Acme",
        DateTimeOriginal="2024:05:03 18:00:00",
        InteroperabilityIndex="R98",
        sub_ifds=[[(254, LONG, None, 1), *rgb_picture()]],
        extra={"IFD0": private},
    )
    bare = copied(tiff(order, big, picture=True))
    assert copied(full + b"left over") == bare
    assert bare[: 4 if big else 3] == tiff(order, big)[: 4 if big else 3]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_copy_of_every_sample_shows_the_same(name: str) -> None:
    if name == "raw with previews":
        assert "small copy" in refused(SAMPLES[name])
        return
    copy = copied(SAMPLES[name])
    if name != "BigTIFF in Motorola order":  # Pillow reads BigTIFF in Intel order only
        without_thumbnail = tiff(picture=True, pages=2)
        assert shown(copy) == shown(without_thumbnail if "thumbnail" in name else SAMPLES[name])
    assert TIFF.dimensions(window(copy), ()) == (2, 2)


def test_every_page_keeps_its_own_way_up() -> None:
    pages = [page((274, SHORT, None, 6)), page((274, LONG, None, 3)), page()]
    copy = copied(stream(pages))
    assert copy == once(stream(pages), Kept((Tag("IFD0", 274, 3, (8,)),)))
    assert [values(copy, f"IFD{n}").get("Orientation") for n in range(3)] == [6, 3, None]


def test_what_is_kept_is_written_anew() -> None:
    kept = Kept(
        tags=(
            Tag("IFD0", 0x13B, 2, "Ann Photographer"),
            Tag("Exif IFD", 0x9003, 2, "2024:05:03 00:00:00"),
            *(Tag("GPS IFD", 1, 2, "N"), Tag("GPS IFD", 2, 5, (51, 1, 30, 1, 0, 1))),
        ),
        icc=profile(),
        xmp=PACKET,
    )
    for order, big in (("<", False), (">", True)):
        data = tiff(order, big, picture=True, Make="Acme", position=(1.0, 2.0), icc=profile() + b"old")
        copy = copied(data, kept)
        assert values(copy)["Artist"] == "Ann Photographer" and "Make" not in values(copy)
        assert values(copy, "Exif IFD") == {"DateTimeOriginal": "2024:05:03 00:00:00"}
        assert values(copy, "GPS IFD") == {"GPSLatitudeRef": "N", "GPSLatitude": (51.0, 30.0, 0.0)}
        photo = read(memory_source(copy, "a.tif"))
        assert isinstance(photo, Photo)
        blocks = {b.kind: b.window.load() for b in photo.blocks}
        assert blocks[Kind.ICC] == profile() and blocks[Kind.XMP] == PACKET


def test_small_things_that_are_kept_fit_into_their_entries() -> None:
    kept = Kept(icc=b"icc", xmp=b"xmp", tags=(Tag("IFD0", 0x10F, 2, "A"),))
    assert len(once(tiff(picture=True), kept)) == len(once(tiff(picture=True))) + 3 * 12


def test_the_pages_that_had_a_profile_share_it_in_the_copy() -> None:
    icc: Entry = (34675, UNDEFINED, None, profile())
    data = stream([page(icc), page(), page(icc)])
    copy = copied(data, Kept(icc=profile()))
    photo = read(memory_source(copy, "a.tif"))
    assert isinstance(photo, Photo)
    assert [b.where for b in photo.blocks if b.kind is Kind.ICC] == ["IFD0", "IFD2"]
    assert copy.count(profile()) == 1 and data.count(profile()) == 2


def test_pages_of_different_colours_are_not_made_the_same() -> None:
    pages = [page((34675, UNDEFINED, None, profile(model=m))) for m in (b"AAAA", b"BBBB")]
    assert "different colour profiles" in refused(stream(pages), Kept(icc=profile()))


def test_reduced_copies_go_and_masks_stay() -> None:
    mask: list[Entry] = [
        (254, LONG, None, 4),
        (256, SHORT, None, 2),
        (257, SHORT, None, 2),
        (262, SHORT, None, 4),
    ]
    mask += [(273, LONG, None, Elsewhere(b"\x80\x40")), (279, LONG, None, 2)]
    small = page((254, LONG, None, 1), (273, LONG, None, Elsewhere(b"small pixels")))
    old_small = page((255, SHORT, None, 2), (273, LONG, None, Elsewhere(b"small pixels")))
    copy = copied(stream([small, page(), mask, old_small, page((254, LONG, None, 2))]))
    assert [values(copy, f"IFD{n}").get("NewSubfileType") for n in range(4)] == [None, 4, 2, None]
    assert b"small" not in copy and copy.endswith(PIXELS + b"\x80\x40" + PIXELS)


STRIPS = Elsewhere(PIXELS[:6], (PIXELS[6:],))


def test_strips_follow_each_other_in_the_copy() -> None:
    data = stream([page((273, LONG, None, STRIPS), (278, SHORT, None, 1), (279, LONG, None, [6, 6]))])
    copy = copied(data.replace(PIXELS[6:], b"......") + PIXELS[6:])
    assert copied(data).endswith(PIXELS) and len(copy) == len(copied(data))


def test_strips_that_are_shared_stay_shared() -> None:
    data = bytearray(
        stream([page((278, SHORT, None, 1), (273, LONG, None, STRIPS), (279, LONG, None, [6, 6]))])
    )
    at = data.index(PIXELS[:6])
    again = bytes(data).replace(struct.pack("<II", at, at + 6), struct.pack("<II", at, at))
    copy = copied(again)
    assert copy.count(PIXELS[:6]) == 1 and shown(copy)[0][2] == PIXELS[:6] * 2


def test_strips_that_lie_on_top_of_each_other_are_damage() -> None:
    data = stream([page((278, SHORT, None, 1), (273, LONG, None, STRIPS), (279, LONG, None, [6, 6]))])
    at = data.index(PIXELS[:6])
    data = data.replace(struct.pack("<II", at, at + 6), struct.pack("<II", at, at + 2))
    assert "on top of each other" in refused(data)


def test_a_strip_is_no_longer_than_its_picture() -> None:
    data = stream([page((273, LONG, None, Elsewhere(PIXELS + b"hidden words")), (279, LONG, None, 24))])
    assert copied(data) == copied(stream([rgb_picture()]))


def test_a_picture_has_no_more_strips_than_it_needs() -> None:
    more = Elsewhere(PIXELS, (b"hidden words",))
    data = stream([page((273, LONG, None, more), (279, LONG, None, [12, 12]))])
    assert copied(data) == copied(stream([rgb_picture()]))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([(279, LONG, None, 11)], "cut short"),
        ([(279, LONG, None, 0)], "not all there"),
        ([(278, SHORT, None, 1)], "not all there"),
        ([(256, SHORT, None, 0)], "not all there"),
        ([(256, ASCII, None, "2")], "no number"),
        ([(258, UNDEFINED, None, b"\x08\0")], "no number"),
        ([(262, FLOAT, None, 2.0)], "no number"),
        ([(529, FLOAT, None, [float("nan")] * 3)], "no number"),
        ([(322, SHORT, None, 16), (323, SHORT, None, 16), (324, LONG, None, 8)], "both strips and tiles"),
        ([(259, SHORT, None, 0)], "cannot search (TIFF compression 0)"),
        ([(259, SHORT, None, 34712)], "cannot search (TIFF compression 34712)"),
        ([(259, SHORT, None, 6)], "kept in an old way"),
        ([(513, LONG, None, Elsewhere(jpeg())), (514, LONG, None, 9)], "kept in an old way"),
        ([(32996, SHORT, None, 3)], "only old programs"),
        ([(259, SHORT, None, 7)], "JPEG in the picture is no such thing"),
        ([(259, SHORT, None, 50001)], "WebP in the picture"),
    ],
)
def test_what_cannot_be_copied_is_refused_with_its_reason(entries: list[Entry], reason: str) -> None:
    assert reason in refused(stream([page(*entries)]))


def test_a_file_without_a_picture_is_refused() -> None:
    assert "no picture" in refused(tiff(Make="Acme"))
    assert "150 pages" in refused(tiff(picture=True, pages=151))


@pytest.mark.parametrize(
    "entries",
    [
        [(50706, BYTE, None, [1, 4, 0, 0])],
        [(262, SHORT, None, 32803)],
        [(262, SHORT, None, 34892)],
        [(259, SHORT, None, 34713)],
        [(259, SHORT, None, 32767)],
        [(259, SHORT, None, 65535)],
    ],
)
def test_raw_files_are_refused_in_plain_words(entries: list[Entry]) -> None:
    said = refused(stream([page(*entries)]))
    assert said.startswith("it is a raw file, which ") and "export a JPEG" in said
    small = [(254, LONG, None, 1), *rgb_picture()]
    assert refused(tiff(extra={"IFD0": small}, sub_ifds=[page(*entries)])) == said


def test_raw_files_are_known_by_how_they_begin() -> None:
    canon = stream([page((259, SHORT, None, 6))])
    assert "raw" in refused(moved(canon, b"CR\2\0" + bytes(4)))
    assert "raw" in refused(moved(stream([page()]), b"IIIITwaR"))
    assert "raw" in refused(moved(stream([page()], ">"), b"MMMMRawT"))


def moved(data: bytes, opening: bytes) -> bytes:
    """A TIFF of one directory with something between header and directory."""
    order = "<" if data[:2] == b"II" else ">"
    out = bytearray(data[:4] + struct.pack(f"{order}I", 16) + opening + data[8:])
    for at in range(18, 18 + 12 * 9, 12):
        tag, type_, count, value = struct.unpack_from(f"{order}HHII", out, at)
        if tag == 273 or (type_, count) == (SHORT, 3):
            struct.pack_into(f"{order}I", out, at + 8, value + 8)
    return bytes(out)


@pytest.mark.parametrize("opening", [b"IIIIIIII", b"CR\2\0CR\2\0", b"MMMMMMMM"])
def test_a_picture_that_lies_where_raw_files_have_their_mark_is_none(opening: bytes) -> None:
    copy = copied(moved(stream([page()]), opening))
    assert shown(copy)[0][2] == PIXELS


def test_a_larger_picture_behind_a_small_one_is_not_lost() -> None:
    large = page((256, SHORT, None, 4), (273, LONG, None, Elsewhere(bytes(24))), (279, LONG, None, 24))
    assert "only a small copy" in refused(tiff(picture=True, sub_ifds=[large]))
    assert shown(copied(tiff(picture=True, sub_ifds=[page()])))[0][2] == PIXELS


EVERY_TAG: list[Entry] = page(
    *((254, LONG, None, 0), (255, SHORT, None, 1), (263, SHORT, None, 1), (264, SHORT, None, 1)),
    *((265, SHORT, None, 1), (266, SHORT, None, 1), (274, SHORT, None, 1), (280, SHORT, None, [0] * 3)),
    *((281, SHORT, None, [255] * 3), (282, RATIONAL, None, 72), (283, RATIONAL, None, [(1, 0)])),
    *((284, SHORT, None, 1), (290, SHORT, None, 3), (291, SHORT, None, list(range(256)))),
    *((292, LONG, None, 0), (293, LONG, None, 0), (296, SHORT, None, 2), (301, SHORT, None, [7] * 768)),
    *((317, SHORT, None, 1), (318, RATIONAL, None, [0.3127, 0.329]), (319, RATIONAL, None, [0.5] * 6)),
    *((320, SHORT, None, [9] * 768), (321, SHORT, None, [0, 255]), (332, SHORT, None, 2)),
    *((334, SHORT, None, 3), (336, BYTE, None, [0, 255] * 3), (338, SHORT, None, 0)),
    *((339, SHORT, None, [1] * 3), (340, FLOAT, None, [0.25] * 3), (341, DOUBLE, None, [1e9] * 3)),
    *((529, RATIONAL, None, [0.299, 0.587, 0.114]), (530, SHORT, None, [1, 1]), (531, SHORT, None, 1)),
    *((532, RATIONAL, None, [0, 255] * 3),),
)


@pytest.mark.parametrize("order", "<>")
def test_every_number_that_shapes_the_picture_stays(order: str) -> None:
    data = stream([EVERY_TAG], order)
    before, after = values(data), values(copied(data))
    elsewhere = ("StripOffsets", "ColorMap")  # of which the second belongs to palettes alone
    assert {n: v for n, v in after.items() if n != "StripOffsets"} == {
        n: v for n, v in before.items() if n not in elsewhere
    }
    assert {tag for tag, *_ in EVERY_TAG} == TAGS - {322, 323, 347} | {273, 279}


def test_a_palette_stays_where_the_picture_has_one() -> None:
    palette: list[Entry] = [(262, SHORT, None, 3), (320, SHORT, None, list(range(768)))]
    grey: list[Entry] = [
        (258, SHORT, None, 8),
        (277, SHORT, None, 1),
        (273, LONG, None, Elsewhere(PIXELS[:4])),
    ]
    one = page(*grey, (279, LONG, None, 4))
    data = stream([changed(one, *palette)])
    assert values(copied(data))["ColorMap"] == values(data)["ColorMap"] == tuple(range(768))
    assert "ColorMap" not in values(copied(stream([changed(one, palette[1])])))


@pytest.mark.parametrize("tag", [291, 301])
def test_a_curve_rises_or_falls_and_words_do_not(tag: int) -> None:
    up, words = list(range(0, 512, 2)), list(b"CANARY, and more of it. " * 11)[:256]
    for rows in ([up], [up[::-1]], [up, up[::-1], [5] * 256]):
        if tag == 301 or len(rows) == 1:
            curves = [n for row in rows for n in row]
            assert tuple(curves) in values(copied(stream([page((tag, SHORT, None, curves))]))).values()
    copy = values(copied(stream([page((tag, SHORT, None, words))])))
    assert copy.keys() == values(copied(stream([page()]))).keys()


def packed_page(strip: bytes, compression: int, *entries: Entry) -> list[Entry]:
    """Forty by forty pixels, grey, in one strip."""
    size: list[Entry] = [(256, SHORT, None, 40), (257, SHORT, None, 40), (258, SHORT, None, 8)]
    more: list[Entry] = [(262, SHORT, None, 1), (277, SHORT, None, 1), (278, SHORT, None, 40)]
    return page(
        *(*size, (259, SHORT, None, compression), *more, (273, LONG, None, Elsewhere(strip))),
        *((279, LONG, None, len(strip)), *entries),
    )


def packed(name: str) -> tuple[int, bytes]:
    """The number of a compression, and a noisy picture packed with it by libtiff."""
    out = io.BytesIO()
    noise = Image.linear_gradient("L").resize((40, 40))
    noise.paste(Image.effect_noise((40, 20), 90))
    noise.save(out, "TIFF", compression=name, tiffinfo={278: 40})
    with Image.open(io.BytesIO(out.getvalue())) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[273], tags[279]
        return tags[259], out.getvalue()[start : start + length]


@pytest.mark.parametrize("name", ["tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"])
def test_nothing_stands_behind_the_last_pixel(name: str) -> None:
    compression, strip = packed(name)
    clean = copied(stream([packed_page(strip, compression)]))
    assert strip in clean
    assert copied(stream([packed_page(strip + b"CANARY" * 30_000, compression)])) == clean
    assert shown(clean) == shown(stream([packed_page(strip, compression)]))
    backwards = stream([packed_page(strip + b"CANARY", compression, (266, SHORT, None, 2))])
    assert b"CANARY" in copied(backwards)  # such strips are read by nobody here, and so left as they are


def test_a_packed_strip_holds_no_more_than_its_picture() -> None:
    strip = zlib.compress(bytes(1601))
    assert (
        refused(stream([packed_page(strip, 8)]))
        == "its compressed picture is damaged, or holds more than the picture"
    )
    assert refused(stream([packed_page(zlib.compress(bytes(1600))[:-1] + b"?", 8)])).startswith(
        "its compressed"
    )
    unended = zlib.compressobj()
    strip = unended.compress(bytes(1600)) + unended.flush(zlib.Z_SYNC_FLUSH)
    assert strip in copied(stream([packed_page(strip, 8)]))


def test_more_lzw_than_can_be_followed_in_time_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    compression, strip = packed("tiff_lzw")
    data = stream([packed_page(strip + b"CANARY", compression)])
    monkeypatch.setattr(_tiff_rewrite, "MOST_LZW", len(strip) + 5)
    assert b"CANARY" in copied(data)
    monkeypatch.setattr(_tiff_rewrite, "MOST_LZW", len(strip) + 6)
    assert b"CANARY" not in copied(data)


def test_lzw_codes_that_stand_for_nothing_are_damage() -> None:
    assert "damaged" in refused(stream([packed_page(b"\x80\x3f\xff\xff\xff", 5)]))
    old = b"\0\1" + bytes(40) + b"CANARY"  # the bits the other way round, as before TIFF 6.0
    assert old in copied(stream([packed_page(old, 5)]))


def test_the_proof_knows_the_same_tags_by_their_names() -> None:
    assert {EXIF[tag] for tag in TAGS | {273, 279, 324, 325}} == _TIFF_STRUCTURE


def test_numbers_that_mean_nothing_go() -> None:
    many: list[Entry] = [
        *((274, SHORT, None, [6, *b"secret words"]), (282, ASCII, None, "seventy-two")),
        *((340, FLOAT, None, float("inf")), (258, SHORT, None, [8, 8, 8, *b"secret"])),
        *((301, UNDEFINED, None, b"secret words"), (338, SHORT, None, [])),
    ]
    data = stream([[e for e in page(*many) if e[0] != 338]])
    assert copied(data) == copied(
        stream([page((274, SHORT, None, 6), (258, SHORT, None, [8, 8, 8, ord("s")]))])
    )


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("planar", [1, 2])
def test_tiles_and_planes(order: str, big: bool, planar: int) -> None:
    tiles = [bytes([n]) * (16 * 16 * (3 if planar == 1 else 1)) for n in range(4 if planar == 1 else 12)]
    entries = page((256, SHORT, None, 17), (257, SHORT, None, 32), (284, SHORT, None, planar))
    entries = [e for e in entries if e[0] not in (273, 278, 279)]
    entries += [(322, SHORT, None, 16), (323, SHORT, None, 16)]
    entries += [(324, LONG8 if big else LONG, None, Elsewhere(tiles[0], tuple(tiles[1:])))]
    entries += [(325, LONG, None, [len(t) for t in tiles])]
    data = stream([entries], order, big)
    copy = copied(data)
    assert copy.endswith(b"".join(tiles))
    if not (big and order == ">"):
        assert shown(copy) == shown(data)


def jpeg_page(strip: bytes, *entries: Entry) -> list[Entry]:
    """A page that is one JPEG, 8 × 8, grey."""
    numbers = ((256, 8), (257, 8), (258, 8), (259, 7), (262, 1), (277, 1), (278, 8))
    plain: list[Entry] = [(tag, SHORT, None, value) for tag, value in numbers]
    plain += [(273, LONG, None, Elsewhere(strip)), (279, LONG, None, len(strip))]
    return changed(plain, *entries)


def grey() -> bytes:
    out = io.BytesIO()
    Image.frombytes("L", (8, 8), bytes(range(0, 256, 4))).save(out, "JPEG")
    data = out.getvalue()
    return data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]  # without Pillow's JFIF header


def test_what_hides_in_a_jpeg_strip_goes() -> None:
    plain = grey()
    hidden = segment(APP1, b"Exif\0\0" + tiff(position=(1.0, 2.0))) + comment("by Ann")
    data = stream([jpeg_page(plain[:2] + hidden + plain[2:-2] + comment("end") + plain[-2:] + b"left over")])
    copy = copied(data)
    assert copy == copied(stream([jpeg_page(plain)]))
    assert shown(copy) == shown(stream([jpeg_page(plain)]))
    photo = read(memory_source(data, "a.tif"), Depth.DEEP)
    assert isinstance(photo, Photo)
    told = b"".join(data[p.offset : p.end] for p in photo.parts if p.where == "strips: JPEG segments")
    assert hidden in told and b"left over" in told


def test_headers_that_jpeg_decoders_may_go_by_stay() -> None:
    plain = grey()
    strip = plain[:2] + jfif() + adobe(0) + plain[2:]
    assert strip in copied(stream([jpeg_page(strip)]))
    thumbnail = plain[:2] + jfif((1, 1, b"abc")) + plain[2:]
    assert copied(stream([jpeg_page(thumbnail)])) == copied(stream([jpeg_page(plain)]))


def test_jpeg_tables_hold_tables_alone() -> None:
    plain = grey()
    at = plain.index(b"\xff\xc0")
    quantisation, rest = plain[2:at], plain[:2] + plain[at:]
    assert quantisation[:2] == b"\xff\xdb"
    dirty = b"\xff\xd8" + comment("by Ann") + quantisation + segment(APP1, b"Exif\0\0") + b"\xff\xd9left over"
    clean = b"\xff\xd8" + quantisation + b"\xff\xd9"
    copy = copied(stream([jpeg_page(rest, (347, UNDEFINED, None, dirty))]))
    assert copy == copied(stream([jpeg_page(rest, (347, UNDEFINED, None, clean))]))
    assert shown(copy) == shown(stream([jpeg_page(plain)]))
    assert clean in copy


@pytest.mark.parametrize(
    "tables",
    [
        b"",
        b"text",
        b"\xff\xd8\xff\xdb\xff\xff",
        b"\xff\xd8" + segment(0xDB, bytes(66)),
        b"\xff\xd8\xff\xdb\0\1",
        b"\xff\xd8" + segment(0xDB, bytes(130)) + b"\xff\xd9",
    ],
)
def test_damaged_jpeg_tables_are_refused(tables: bytes) -> None:
    assert "JPEG tables" in refused(stream([jpeg_page(grey(), (347, UNDEFINED, None, tables or b"12345"))]))


def test_jpeg_tables_of_a_picture_that_is_no_jpeg_go() -> None:
    assert copied(stream([page((347, UNDEFINED, None, b"secret words"))])) == copied(stream([page()]))


def test_only_a_simple_webp_is_known_to_hide_nothing() -> None:
    def strip(chunks: bytes) -> list[Entry]:
        data = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks
        return page(
            (259, SHORT, None, 50001),
            (273, LONG, None, Elsewhere(data + b"??")),
            (279, LONG, None, len(data) + 2),
        )

    simple = b"VP8L" + struct.pack("<I", 3) + b"abc\0"
    assert once(stream([strip(simple)])).endswith(simple)
    assert "simple" in refused(stream([strip(simple + b"EXIF" + struct.pack("<I", 2) + b"II")]))
    assert "simple" in refused(stream([strip(b"VP8X" + struct.pack("<I", 10) + bytes(10) + simple)]))


def test_a_broken_pointer_beside_the_picture_does_not_stop_a_copy() -> None:
    beside: list[Entry] = [
        (0x8825, LONG, None, 70_000),
        (0x8769, LONG, None, 70_000),
        (0x10F, ASCII, 99, b"\0\1\0\0"),
    ]
    data = stream([page(*beside)])
    photo = read(memory_source(data, "a.tif"))
    assert isinstance(photo, Photo) and len(photo.problems) == 3
    assert copied(data) == copied(stream([page()]))


def test_everything_lies_at_even_offsets() -> None:
    odd = page(
        (273, LONG, None, Elsewhere(b"12345678901")), (257, SHORT, None, 1), (258, SHORT, None, [8, 8, 8])
    )
    odd = changed(odd, (256, SHORT, None, 3), (279, LONG, None, 9))
    kept = Kept((Tag("IFD0", 0x10F, 2, "Odd!"),), b"odd icc", b"odd xmp")
    copy = once(stream([odd, odd]), kept)
    at = 0
    for part in TIFF.parts(window(copy), Depth.DEEP):
        assert part.offset == at and (part.offset % 2 == 0 or part.where == "padding" or part.length == 1)
        at = part.end
    assert b"odd icc\0" in copy and shown(copy)[1][2] == b"123456789"


def test_very_many_strips_are_copied_fast() -> None:
    count = 200_000
    data = stream(
        [
            changed(
                [
                    (256, LONG, None, 1),
                    (257, LONG, None, count),
                    (262, SHORT, None, 1),
                    (258, SHORT, None, 8),
                ],
                *((259, SHORT, None, 1), (278, SHORT, None, 1)),
                *((273, LONG, None, [0] * count), (279, LONG, None, [1] * count)),
            )
        ]
    )
    out = bytearray(data)
    struct.pack_into(f"<{count}I", out, len(data) - 8 * count, *range(len(data), len(data) + count))
    begun = time.process_time()
    copy = once(bytes(out) + b"x" * count)
    assert copy.endswith(b"x" * count) and len(copy) <= len(out) + count
    assert time.process_time() - begun < 6


def test_overlapping_jpegs_are_not_walked_again_and_again() -> None:
    count, strip = 20_000, grey()[:-2] + bytes(200_000)
    entries = jpeg_page(
        strip, (257, SHORT, None, count), (278, SHORT, None, 1), (279, LONG, None, [len(strip)] * count)
    )
    entries = changed(entries, (273, LONG, None, [8] * count))
    begun = time.process_time()
    assert sum(p.length for p in TIFF.parts(window(stream([entries] * 3) + strip), Depth.DEEP)) > 0
    assert time.process_time() - begun < 5


def test_the_copy_of_a_classic_tiff_fits_its_offsets() -> None:
    class Sparse:
        """Five gigabytes of which only the beginning is anything."""

        size = 5 << 30

        def read(self, offset: int, length: int) -> bytes:
            return beginning[offset : offset + length].ljust(length, b"\0")

    strips = [(273, LONG, None, [4096, 1 << 31]), (279, LONG, None, [(1 << 31) - 4096] * 2)]
    entries = changed(rgb_picture(), *strips, (259, SHORT, None, 5), (278, SHORT, None, 1))
    beginning = stream([entries])
    assert "larger than" in str(refusal(Window.whole(Sparse()), Kept(icc=bytes(8192))))
    assert refusal(Window.whole(Sparse()), NOTHING) is None


def refusal(seen: Window, kept: Kept) -> CannotClean | None:
    try:
        for _ in TIFF.rewrite(seen, (), kept):  # type: ignore[misc]
            pass
    except CannotClean as error:
        return error
    return None


DAMAGED = {
    **SAMPLES,
    "every tag": stream([EVERY_TAG]),
    "JPEG": stream([jpeg_page(grey(), (347, UNDEFINED, None, grey()))]),
    "strips": stream([page((273, LONG, None, STRIPS), (278, SHORT, None, 1), (279, LONG, None, [6, 6]))]),
}


def test_a_file_that_shows_no_picture_is_refused() -> None:
    """IFD0 says that it is a small copy, and what it is a copy of has no size."""
    first = struct.pack("<HHHIIHHIII", 2, 254, 4, 1, 1, 330, 4, 1, 38, 0)
    second = struct.pack("<HHHIII", 1, 273, 4, 1, 8, 0)
    data = struct.pack("<2sHI", b"II", 42, 8) + first + second
    with pytest.raises(CannotClean, match="no picture"):
        list(TIFF.rewrite(window(data), (), Kept()))  # type: ignore[misc]


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damage_is_refused_never_another_exception(draw: st.DataObject) -> None:
    data = damaged(DAMAGED, draw)
    kept = Kept((Tag("Exif IFD", 0x9003, 2, "2024"),), b"profile", PACKET)
    try:
        pieces = list(TIFF.rewrite(window(data), (), kept))  # type: ignore[misc]
    except (CannotClean, MalformedFile):
        return
    taken = sum(p.length for p in pieces if isinstance(p, Range))
    assert taken <= len(data), "a copy is never larger than what it is made of"
    source = memory_source(data, "a.tif")
    copy = Assembled(source, pieces)
    again = TIFF.rewrite(Window.whole(copy), (), kept)  # type: ignore[misc]
    assert Assembled(copy, again).read(0, copy.size) == copy.read(0, copy.size)
    assert all(p.role is not Role.METADATA or p.kind for p in TIFF.parts(Window.whole(copy), Depth.DEEP))
