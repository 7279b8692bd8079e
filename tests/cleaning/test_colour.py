"""Colour profiles: what stays tells nothing of a device or a person, and every photo keeps its colours."""

from __future__ import annotations

import hashlib
import io
import struct
import time
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from exposure.cleaning._colour import Colour, profile
from exposure.cleaning._profile_numbers import standards
from exposure.cleaning._profile_words import is_known
from exposure.cleaning._profiles import harmless, taken_apart
from exposure.errors import CannotClean
from exposure.model import Address, Block, Depth, Facts, Kind, Photo, Time
from exposure.reading import read
from tests.make import heif, icc, jpeg, png, webp, window
from tests.sources import memory_source

SECRET = "Anna Screen 4711"


def photo(*profiles: bytes, format_: str = "JPEG", where: str = "APP2") -> Photo:
    file = window(b"".join(profiles))
    blocks, at = [], 0
    for data in profiles:
        blocks.append(Block(Kind.ICC, where, file.part(at, len(data)), file))
        at += len(data)
    return Photo("a.jpg", format_, file.size, blocks=tuple(blocks))


def colour(data: bytes) -> Colour:
    """What becomes of a profile; and that it stays that way."""
    found = profile(photo(data))
    if found.icc:
        assert profile(photo(found.icc)).icc == found.icc
    return found


def read_photo(data: bytes) -> Photo:
    found = read(memory_source(data), Depth.DEEP)
    assert isinstance(found, Photo)
    return found


def tags(data: bytes) -> dict[bytes, bytes]:
    found = taken_apart(data)
    assert found is not None
    return {sign: found.tag(sign) for sign, _, _ in found.rows}


def test_a_photo_without_a_profile_gets_none() -> None:
    assert profile(photo()) == Colour()


@pytest.mark.parametrize(
    "data",
    [
        icc.display("sRGB IEC61966-2.1", cprt=icc.text("Copyright (c) 1998 Hewlett-Packard Company")),
        icc.display("Display P3", icc.ODD, cprt=icc.localized(en="Copyright Apple Inc., 2024")),
        icc.display("sRGB built-in", cprt=icc.localized(en="No copyright, use freely")),
        icc.display("Adobe RGB (1998)", cprt=icc.text("Copyright 1999 Adobe Systems Incorporated")),
        icc.display("c2", cprt=icc.text("FB")),
        icc.grey("Dot Gain 20%"),
        icc.grey("Gray Gamma 2.2", wtpt=icc.point((0.95, 1.0, 1.09))),
    ],
)
def test_a_profile_that_many_files_share_stays_byte_for_byte(data: bytes) -> None:
    assert colour(data).icc == data


def test_words_that_stand_three_times_may_stay() -> None:
    data = icc.display(
        desc=icc.description("sRGB", "sRGB")[:-70] + b"\0\0\5sRGB\0" + bytes(62),
        dmnd=icc.description("IEC http://www.iec.ch"),
        tech=b"sig \0\0\0\0CRT ",
        meas=b"meas" + bytes(32),
    )
    assert colour(data).icc == data


def test_a_true_checksum_stays_and_another_goes() -> None:
    data = bytearray(icc.display())
    data[84:100] = hashlib.md5(bytes(data), usedforsecurity=False).digest()
    assert colour(bytes(data)).icc == bytes(data)
    data[84:100] = SECRET.encode()
    kept = colour(bytes(data)).icc
    assert kept[84:100] == bytes(16) and tags(kept) == tags(icc.display())


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (4, b"argl"),
        (24, struct.pack(">6H", 65535, 20033, 24942, 24942, 1, 2)),
        (40, b"Anna"),
        (44, b"Anna"),
        (48, b"DELL"),
        (52, b"4711"),
        (56, b"AnnaAnna"),
        (64, b"\1\1\1\1"),
        (68, b"Anna"),
        (80, b"Anna"),
        (100, b"Anna's screen"),
    ],
)
def test_what_a_header_tells_is_left_blank(at: int, value: bytes) -> None:
    data = bytearray(icc.display("Linear Rec709 RGB", icc.ODD))
    data[at : at + len(value)] = value
    found = colour(bytes(data))
    assert found.word == "Linear Rec709 RGB"
    assert found.icc[at : at + len(value)] != value and value not in found.icc
    before, after = (ImageCms.ImageCmsProfile(io.BytesIO(d)).profile for d in (bytes(data), found.icc))
    assert (before.red_colorant, before.blue_colorant) == (after.red_colorant, after.blue_colorant)


def dated(*moment: int) -> bytes:
    data = bytearray(icc.display("Linear Rec709 RGB", icc.ODD))
    data[24:36] = struct.pack(">6H", *moment)
    return bytes(data)


def test_a_profile_keeps_its_own_date_which_is_said() -> None:
    data = dated(2019, 11, 2, 9, 30, 0)
    found = colour(data)
    assert found.icc == data and "day on which that profile was made" in found.note


@pytest.mark.parametrize("taken", ["2024-05-03T21:15:00", "2024-05-04", "2024-05-02T23:59:59"])
def test_a_profile_that_was_made_when_the_photo_was_loses_its_date(taken: str) -> None:
    when = Time("edited", taken, None, Address("EXIF:IFD0:DateTime"))
    found = profile(replace(photo(dated(2024, 5, 3, 18, 0, 0)), facts=Facts(times=(when,))))
    assert found.icc[24:36] == struct.pack(">6H", 2000, 1, 1, 0, 0, 0) and not found.note


def test_a_time_that_no_calendar_has_is_no_trouble() -> None:
    when = Time("edited", "2024-13-45T99:00:00", None, Address("EXIF:IFD0:DateTime"))
    data = dated(2024, 5, 3, 18, 0, 0)
    assert profile(replace(photo(data), facts=Facts(times=(when,)))).icc == data


def test_the_profile_of_a_common_library_stays_byte_for_byte() -> None:
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colour(data).icc == data


def test_bytes_that_belong_to_nothing_are_not_copied() -> None:
    data = icc.display(cprt=icc.text("CC0"))
    behind = data + SECRET.encode()
    counted = struct.pack(">I", len(behind)) + behind[4:]
    row = data.index(b"cprt", 132)
    shorter = data[: row + 8] + struct.pack(">I", 11) + data[row + 12 :]
    between = shorter.replace(b"CC0\0", b"CC0!", 1)
    assert b"CC0!" in between
    for each in (behind, counted, between):
        kept = colour(each).icc
        assert SECRET.encode() not in kept and b"CC0!" not in kept
        assert {**tags(kept), b"cprt": b""} == {**tags(data), b"cprt": b""}


def test_a_translation_is_left_out() -> None:
    data = icc.grey("Generic Gray Gamma 2.2 Profile", dscm=icc.localized(en="Gray", de="Annas Grau"))
    assert colour(data).icc == icc.grey("Generic Gray Gamma 2.2 Profile")


TOO_MUCH = {
    "a name": {"desc": icc.description(SECRET)},
    "a name behind a known one": {"desc": icc.description(f"sRGB IEC61966-2.1 {SECRET}")},
    "a name in Unicode": {"desc": icc.description("sRGB", SECRET)},
    "a name in a Macintosh script": {
        "desc": icc.description("sRGB")[:-70] + b"\0\0\x11" + SECRET.encode().ljust(67, b"\0")
    },
    "a name behind the end of a script": {
        "desc": icc.description("sRGB")[:-67] + SECRET.encode().rjust(67, b"\0")
    },
    "a name behind the end of a text": {"cprt": icc.text(f"CC0\0{SECRET}")},
    "a name in another language": {"desc": icc.localized(en="sRGB", de=SECRET)},
    "a language": {"desc": icc.localized(pl="sRGB")},
    "a name between the texts": {"desc": icc.localized(en="sRGB") + SECRET.encode()},
    "a copyright": {"cprt": icc.text(SECRET)},
    "a make": {"dmnd": icc.description(SECRET)},
    "a model": {"dmdd": icc.description(SECRET)},
    "a room": {"vued": icc.description(SECRET)},
    "a chart": {"targ": icc.text(SECRET)},
    "a screen's calibration": {"vcgt": b"vcgt" + bytes(20)},
    "a date": {"calt": b"dtim" + bytes(4) + struct.pack(">6H", 2024, 5, 3, 18, 0, 0)},
    "a dictionary": {"meta": icc.dictionary({"EDID_serial": SECRET})},
    "a private tag": {"mmod": b"mmod" + bytes(36)},
    "a known tag of another type": {"wtpt": icc.text(SECRET)},
    "bytes that should be zero": {"wtpt": b"XYZ Anna" + icc.point(icc.D50)[8:]},
    "bytes behind a value": {"wtpt": icc.point(icc.D50) + b"Anna"},
    "bytes behind a curve": {"gTRC": icc.srgb_curve() + b"Anna"},
    "a technology of one's own": {"tech": b"sig \0\0\0\0Anna"},
}
each_too_much = pytest.mark.parametrize("tags", TOO_MUCH.values(), ids=TOO_MUCH.keys())


@each_too_much
def test_what_tells_too_much_is_replaced_by_the_standard_of_the_same_colours(tags: dict[str, bytes]) -> None:
    found = colour(icc.display(more=tags))
    assert (found.word, found.replaced) == ("sRGB", True)
    assert found.icc in tuple(standards())


@each_too_much
def test_what_tells_too_much_and_is_no_standard_is_refused(tags: dict[str, bytes]) -> None:
    with pytest.raises(CannotClean, match="may belong to one device"):
        colour(icc.display("sRGB", icc.ODD, more=tags))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (icc.display(SECRET, curve=icc.gamma(2.2)), "sRGB primaries, gamma 2.2"),
        (icc.display(SECRET, curve=icc.table()), "sRGB primaries, linear"),
        (icc.display(SECRET, curve=icc.table(0, 65535)), "sRGB primaries, linear"),
        (icc.display(SECRET, curve=icc.parametric(0, 1.8)), "sRGB primaries, gamma 1.8"),
        (icc.display(SECRET, curve=icc.parametric(1, 2.4, 1.0, 0.0)), "sRGB primaries, gamma 2.4"),
        (icc.display(SECRET, curve=icc.parametric(2, 2.2, 1.0, 0.0, 0.0)), "sRGB primaries, gamma 2.2"),
        (
            icc.display(SECRET, curve=icc.parametric(4, 2.2, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)),
            "sRGB primaries, gamma 2.2",
        ),
        (
            icc.display(SECRET, curve=icc.parametric(3, 1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081)),
            "sRGB primaries, Rec. 709 curve",
        ),
        (
            icc.display(
                SECRET, ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))
            ),
            "Display P3",
        ),
        (
            icc.display(
                SECRET,
                ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446)),
                icc.gamma(563 / 256),
            ),
            "Compatible with Adobe RGB (1998)",
        ),
        (
            icc.display(
                SECRET, ((0.7977, 0.288, 0), (0.1352, 0.7119, 0), (0.0313, 0.0001, 0.8249)), icc.gamma(1.8)
            ),
            "ProPhoto RGB",
        ),
        (icc.grey(SECRET), "Gray, gamma 2.2"),
        (icc.grey(SECRET, icc.srgb_curve()), "Gray, sRGB curve"),
    ],
)
def test_each_standard_is_known_by_its_colours(data: bytes, word: str) -> None:
    assert (colour(data).word, colour(data).replaced) == (word, True)


@pytest.mark.parametrize("curve", [icc.gamma(2.3), icc.parametric(3, 2.4, 0.948, 0.1, 0.0774, 0.04045)])
def test_colours_that_an_eye_could_tell_apart_are_no_match(curve: bytes) -> None:
    with pytest.raises(CannotClean):
        colour(icc.display(SECRET, curve=curve))


@pytest.mark.parametrize(
    "curve",
    [
        icc.parametric(3, -9.0, 0.0, 0.0, 1.0, 0.5),
        icc.parametric(3, 2.4, -1.0, 0.5, 1.0, 0.0),
        icc.parametric(1, 2.4, 0.0, 0.5),
        icc.parametric(9, 1.0),
        icc.parametric(4, 2.4),
        b"curv\0\0\0\0\xff\xff\xff\xff",
    ],
)
def test_curves_that_are_none_match_nothing(curve: bytes) -> None:
    with pytest.raises(CannotClean):
        colour(icc.display(SECRET, curve=curve))


def test_a_curve_rises_and_words_do_not() -> None:
    levels = [*range(0, 65536, 257)]
    for last in (65535, 65518):
        data = icc.display("sRGB", gTRC=icc.table(*levels[:-1], last))
        assert colour(data) == Colour(data, "sRGB")
    words = struct.unpack(">160H", SECRET.encode() * 20)
    assert harmless(taken_apart(icc.display("sRGB", gTRC=icc.table(*words))) or pytest.fail()) is None


def test_tables_go_before_primaries_so_they_are_never_matched() -> None:
    with pytest.raises(CannotClean):
        colour(icc.display(SECRET, A2B0=lut8()))
    found = icc.display(A2B0=lut8(), B2A0=pipeline())
    assert colour(found).icc == found
    for hidden in (lut8() + b"Anna", lut8(b"A"), pipeline(b"Anna")):
        with pytest.raises(CannotClean):
            colour(icc.display(A2B0=hidden))


def lut8(pad: bytes = b"\0") -> bytes:
    """Three channels, a grid of two."""
    return b"mft1\0\0\0\0\3\3\2" + pad + bytes(36 + 3 * 256 + 8 * 3 + 3 * 256)


def pipeline(between: bytes = bytes(4)) -> bytes:
    """Three curves, and a grid of two by two by two behind them."""
    curves = (icc.gamma(1.0) + bytes(2)) * 3
    grid = b"\2\2\2" + bytes(13) + b"\1\0\0\0" + bytes(8 * 3)
    places = struct.pack(">5I", 32, 0, 0, 32 + len(curves) + 4, 0)
    return b"mBA \0\0\0\0\3\3\0\0" + places + curves + between + grid


@pytest.mark.parametrize(
    "data",
    [
        b"profile",
        bytes(500),
        icc.display()[:131],
        icc.display().replace(b"acsp", b"ACSP"),
        icc.display()[:128] + b"\0\0\0\xff" + icc.display()[132:],
        icc.display()[:300],
        icc.display(curve=b"curl" + bytes(20)),
        icc.neutral({"desc": icc.description("sRGB")}),
        icc.neutral({"desc": icc.description("U.S. Web Coated (SWOP) v2")}, space=b"CMYK"),
        icc.neutral({"desc": icc.description("sRGB")}, space=b"GRAY"),
    ],
)
def test_a_profile_that_no_program_can_use_is_dropped_and_said(data: bytes) -> None:
    found = colour(data)
    assert (found.icc, found.word) == (b"", "") and found.note.startswith("Its colour profile is damaged")
    with pytest.raises((ImageCms.PyCMSError, OSError)):
        ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("sRGB"), "RGB", "RGB"
        )


def test_profiles_that_our_list_does_not_cover_are_refused() -> None:
    for at, value in ((8, b"\5"), (12, b"link"), (16, b"HSV "), (20, b"Luv ")):
        data = bytearray(icc.display("sRGB", icc.ODD, A2B0=lut8()))
        data[at : at + len(value)] = value
        with pytest.raises(CannotClean):
            colour(bytes(data))


def test_overlapping_and_doubled_tags_are_refused() -> None:
    data = icc.display("sRGB", icc.ODD)
    row = data.index(b"cprt", 132)
    at, length = struct.unpack_from(">II", data, row + 4)
    moved = data[: row + 4] + struct.pack(">II", at - 4, length) + data[row + 12 :]
    twice = data.replace(b"wtpt", b"desc", 1)
    for each in (moved, twice):
        with pytest.raises(CannotClean):
            colour(each)


@pytest.mark.parametrize("data", tuple(standards()), ids=lambda d: str(getattr(taken_apart(d), "name", "")))
def test_our_own_profiles_are_kept_and_other_programs_use_them(data: bytes) -> None:
    assert colour(data).icc == data
    opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
    mode = "L" if data[16:20] == b"GRAY" else "RGB"
    there = ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), mode, "RGB")
    white = ImageCms.applyTransform(Image.new(mode, (1, 1), "white"), there)
    assert white is not None and white.getpixel((0, 0)) == (255, 255, 255)


def test_our_srgb_is_that_of_littlecms() -> None:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(next(standards())))
    there = ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    before = Image.frombytes("RGB", (4096, 1), bytes(n * 37 % 256 for n in range(3 * 4096)))
    after = ImageCms.applyTransform(before, there)
    assert after is not None
    assert max(abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)) <= 1


def test_our_profiles_are_the_same_every_time() -> None:
    assert tuple(standards()) == tuple(standards())
    assert len({taken_apart(data) for data in standards()}) == len(tuple(standards())) == 36


@pytest.mark.parametrize(
    "words",
    [
        *("Anna", "sRGB of Anna", "Color LCD", "DELL U2711", "Nikon sRGB 4.0.0.3000", "BenQ PD2700U sRGB"),
        *("Copyright (c) 2024 Anna Schmidt", "Copyright Apple Inc., 2024, Anna", "sRGB\nAnna", "x" * 10_000),
        *("Public Domain, Anna", "Copyright 4711 Adobe Systems Incorporated", "Generated by Anna"),
    ],
)
def test_names_of_people_and_devices_are_not_known_words(words: str) -> None:
    assert not is_known(words)


def test_a_png_shows_what_its_own_chunk_says() -> None:
    text = png.text("Raw profile type icc", png.raw_profile("icc", icc.display()))
    assert profile(read_photo(png.png(text))) == Colour()
    both = png.png(text, png.icc(icc.display("Display P3")))
    assert profile(read_photo(both)).word == "Display P3"


def test_a_png_whose_profile_stands_behind_the_picture_has_none() -> None:
    assert profile(read_photo(png.png(after=[png.icc(icc.display())]))) == Colour()


def test_a_png_with_two_profiles_is_refused_unless_they_are_the_same() -> None:
    one = icc.display()
    assert profile(read_photo(png.png(png.icc(one), png.icc(one, "again")))).icc == one
    with pytest.raises(CannotClean, match="two colour profiles"):
        profile(read_photo(png.png(png.icc(one), png.icc(icc.display("Display P3")))))


def test_a_profile_that_is_cut_off_at_its_end_is_whole_in_the_copy_which_is_said() -> None:
    short = png.chunk(b"iCCP", b"icc\0\0" + zlib.compress(icc.display())[:-4])
    found = profile(read_photo(png.png(short)))
    assert found.icc == icc.display() and "cut off" in found.note


def test_a_webp_shows_a_profile_only_where_its_header_says_that_there_is_one() -> None:
    profile_chunk = webp.chunk(b"ICCP", icc.display())
    short = webp.chunk(b"VP8X", b"\x20")
    for start, word in ((webp.extended(0x20), "sRGB"), (webp.extended(), ""), (short, ""), (b"", "")):
        assert profile(read_photo(webp.webp(start, profile_chunk, webp.LOSSY))).word == word


@pytest.mark.parametrize(
    ("first", "of"), [(0, 3), (1, 4), (1, 0), (2, 3)], ids=["from 0", "one missing", "of none", "from 2"]
)
def test_pieces_that_are_not_numbered_as_they_must_be_are_no_profile(first: int, of: int) -> None:
    data = next(standards())
    share = -(-len(data) // 3)
    pieces = [data[at : at + share] for at in range(0, len(data), share)]
    segments = [
        jpeg.segment(0xE2, b"ICC_PROFILE\0" + bytes((number, of)) + piece)
        for number, piece in enumerate(pieces, first)
    ]
    found = profile(read_photo(jpeg.jpeg(*segments)))
    assert not found.icc and "programs ignore it" in found.note
    assert profile(read_photo(jpeg.jpeg(jpeg.icc(data, share)))).icc == data


def test_of_several_the_first_counts() -> None:
    assert profile(photo(icc.display("Display P3"), icc.display())).word == "Display P3"


def test_a_tiff_whose_pages_differ_in_colour_is_refused() -> None:
    with pytest.raises(CannotClean, match="different colour profiles"):
        profile(photo(icc.display("Display P3"), icc.display(), format_="TIFF", where="IFD0"))
    assert profile(photo(icc.display(), icc.display(), format_="TIFF", where="IFD0")).word == "sRGB"


def test_in_a_heif_the_primary_picture_says_its_colours() -> None:
    small, large = (heif.profile_property(icc.display(name)) for name in ("c2", "Display P3"))
    size = heif.size_property(40, 30)
    thumbnail = replace(heif.thumbnail(), properties=(small,))
    whole = heif.heif(thumbnail, heif.picture(properties=(size, large)))
    assert profile(read_photo(whole)).word == "Display P3"
    assert profile(read_photo(heif.heif(thumbnail, heif.picture(properties=(size,))))) == Colour()
    tile = heif.picture(number=2, properties=(large,))
    tiled = heif.heif(thumbnail, heif.grid(2, properties=(size,)), tile)
    assert profile(read_photo(tiled)).word == "Display P3"


def test_a_jpeg_with_a_second_picture_has_one_profile() -> None:
    second = jpeg.jpeg(jpeg.icc(icc.display("c2")))
    data = jpeg.multi_picture(jpeg.icc(icc.display("Display P3")), pictures=[(0x10001, second)])
    assert profile(read_photo(data)).word == "Display P3"


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_damage_is_kept_refused_or_dropped_and_what_is_kept_stays(draw: st.DataObject) -> None:
    tags = {"dmnd": icc.localized(en="GIMP", de="GIMP"), "A2B1": lut8(), "B2A1": pipeline()}
    data = bytearray(icc.display(more=tags))
    for _ in range(draw.draw(st.integers(0, 5))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        colour(bytes(data[: draw.draw(st.integers(0, len(data)))]))
    except CannotClean as error:
        assert "may belong to one device" in str(error)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(icc.display()) - 1), st.sampled_from([b"4711", b"A\0n\0", b"\0A\0n\0n\0a"]))
def test_words_put_anywhere_never_come_through(at: int, words: bytes) -> None:
    """But as the value of a colour: the numbers of a curve or a primary may be any."""
    data = bytearray(icc.display(curve=icc.gamma(2.2), dmdd=icc.description("sRGB")))
    data[at : at + len(words)] = words
    found = taken_apart(bytes(data))
    kept = harmless(found) if found is not None else None
    for value in tags(kept).values() if kept is not None else ():
        assert words not in value or value[:4] in (b"XYZ ", b"curv")
    assert kept is None or words not in kept[:132]


def test_a_hostile_profile_costs_little() -> None:
    many = {f"t{n:03}": icc.localized(en="x" * 5_000) for n in range(80)}
    shared = b"mluc\0\0\0\0" + struct.pack(">II", 90, 12)
    shared += (b"enUS" + struct.pack(">II", 4_000_000, 16 + 12 * 90)) * 90 + bytes(4_000_000)
    hollow = pipeline() + bytes(4_000_000)
    start = time.process_time()
    for more in (many, {"dmnd": shared}, {f"B2A{n}": hollow for n in range(3)} | {"cprt": icc.text(SECRET)}):
        with pytest.raises(CannotClean):
            colour(icc.display("sRGB", icc.ODD, more=more))
    with pytest.raises(CannotClean):
        colour(icc.display(SECRET, curve=icc.table(*[9] * 60_000)))
    assert time.process_time() - start < 2
