from __future__ import annotations

import io
import struct
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure import tiff
from exposure.errors import CannotClean
from exposure.formats._png_header import Header, bytes_of, header_of
from exposure.formats.png import PNG
from exposure.model import Depth, Kept, Role
from tests.copies import copied, orientation, profile, shown, turned
from tests.make import icc as profiles
from tests.make import window
from tests.make.png import (
    ROWS,
    SIGNATURE,
    apng,
    chunk,
    control,
    exif,
    frame,
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

PROFILE = profiles.profile({"desc": profiles.description("sRGB")})
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
WORD = b"CANARY"


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Type and data of every chunk, whose CRC is right."""
    found, at = [], len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        type_, payload = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length) == (zlib.crc32(type_ + payload),)
        found.append((type_, payload))
        at += 12 + length
    return found


def types(data: bytes) -> list[bytes]:
    return [type_ for type_, _ in chunks(data)]


def test_a_picture_with_nothing_else_is_its_own_copy() -> None:
    for data in (png(), apng(), png(picture=idat(pieces=3)), png(chunk(b"gAMA", b"\0\0\xb1\x8f"))):
        assert copied(data) == data


def test_words_in_every_container_are_gone() -> None:
    data = png(
        *(text("Author", WORD), packed_text("A", WORD), international("B", WORD, packed=1)),
        *(xmp(WORD), exif(TIFF + WORD), icc(WORD, "CANARY"), chunk(b"prVt", WORD), chunk(b"caBX", WORD)),
        *(
            chunk(b"tIME", bytes(7)),
            chunk(b"sPLT", WORD),
            chunk(b"hIST", WORD),
            chunk(b"gAMA", bytes(4) + WORD),
        ),
        text("Raw profile type exif", raw_profile("exif", WORD)),
        picture=idat(WORD, pieces=2) + chunk(b"IDAT", WORD),
        after=[text("C", WORD), chunk(b"IDAT", WORD), chunk(b"fdAT", bytes(4) + WORD)],
        trailer=WORD,
    )
    copy = copied(data)
    assert types(copy) == [b"IHDR", b"IDAT", b"IDAT", b"IEND"]
    assert shown(copy) == shown(png())
    assert copied(SIGNATURE + header() + idat() + chunk(b"IEND", WORD)) == png()


def test_what_stays_is_written_anew_in_its_place() -> None:
    kept = Kept((turned(6),), PROFILE, PACKET)
    data = png(exif(TIFF), chunk(b"gAMA", bytes(4)), icc(PROFILE, "my screen"), after=[xmp(PACKET, packed=1)])
    copy = copied(data, kept)
    assert types(copy) == [b"IHDR", b"eXIf", b"iTXt", b"gAMA", b"iCCP", b"IDAT", b"IEND"]
    assert (orientation(copy), profile(copy)) == (6, PROFILE) and b"my screen" not in copy
    assert PNG.carries == {"tags", "orientation", "icc", "xmp"}
    with Image.open(io.BytesIO(copy)) as image:
        assert image.info["xmp"] == PACKET


@pytest.mark.parametrize("way", range(1, 9))
def test_every_orientation_stays(way: int) -> None:
    data = png(exif(TIFF), text("Raw profile type exif", raw_profile("exif", TIFF)))
    assert orientation(copied(data, Kept((turned(way),)))) == way


TURN = tiff.stream(Kept((turned(6),)).tags)


@pytest.mark.parametrize(
    ("chunks", "after"),
    [
        *(([exif(TURN)], []), ([], [exif(TURN)]), ([exif(b"Exif\0\0" + TURN)], [])),
        ([text("Raw profile type exif", raw_profile("exif", b"Exif\0\0" + TURN))], []),
        ([], [text("Raw profile type APP1", raw_profile("APP1", b"Exif\0\0" + TURN))]),
    ],
    ids=[
        "its own chunk",
        "behind the picture",
        "with a prefix",
        "as text",
        "as other text behind the picture",
    ],
)
def test_which_way_up_stays_where_it_was_said_since_programs_look_in_different_places(
    chunks: list[bytes], after: list[bytes]
) -> None:
    """A browser follows the first alone, Pillow all but the last."""
    plain = png(*chunks, after=after)
    assert copied(plain, Kept((turned(6),))) == plain
    words = png(text("Author", WORD), *chunks, after=[*after, text("Author", WORD)])
    assert copied(words, Kept((turned(6),))) == plain


def test_a_profile_in_a_textual_chunk_is_packed_anew_and_goes_when_it_turns_nothing() -> None:
    old = png(packed_text("Raw profile type ApP1", raw_profile("APP1", b"Exif\0\0" + TIFF + WORD)))
    new = png(text("Raw profile type APP1", raw_profile("APP1", b"Exif\0\0" + TURN)))
    assert copied(old, Kept((turned(6),))) == new
    assert types(copied(old, Kept((turned(6)._replace(number=0x10F),)))) == [
        b"IHDR",
        b"eXIf",
        b"IDAT",
        b"IEND",
    ]


def test_what_stays_of_a_chunk_with_a_wrong_checksum_is_refused_since_some_programs_do_without_it() -> None:
    for part, kept in ((exif(TURN), Kept((turned(6),))), (icc(PROFILE), Kept(icc=PROFILE))):
        wrong = png(part[:-1] + bytes([part[-1] ^ 1]))
        assert copied(wrong) == png()
        with pytest.raises(CannotClean, match="checksum"):
            copied(wrong, kept)


def test_a_profile_without_a_name_stays_without_for_browsers_ignore_it() -> None:
    assert b"iCCP\0\0" in copied(png(icc(PROFILE, "")), Kept(icc=PROFILE))


@pytest.mark.parametrize("order", [1, -1])
def test_a_profile_beside_srgb_keeps_its_place_for_decoders_disagree_on_which_counts(order: int) -> None:
    both = [icc(PROFILE), chunk(b"sRGB", b"\0")][::order]
    copy = copied(png(*both), Kept(icc=PROFILE))
    assert types(copy)[1:3] == [b"iCCP", b"sRGB"][::order]


def test_a_profile_comes_before_palette_and_picture_and_only_once() -> None:
    palette, pixel = chunk(b"PLTE", bytes(6)), zlib.compress(b"\0\0")
    indexed = png(palette, head=header(1, 1, 1, 3), picture=chunk(b"IDAT", pixel))
    assert types(copied(indexed, Kept(icc=PROFILE))) == [b"IHDR", b"iCCP", b"PLTE", b"IDAT", b"IEND"]
    assert types(copied(png(icc(PROFILE), icc(b"x")), Kept(icc=PROFILE))).count(b"iCCP") == 1
    late = types(copied(png(after=[icc(PROFILE)]), Kept(icc=PROFILE)))
    assert late == [b"IHDR", b"iCCP", b"IDAT", b"IEND"]


@pytest.mark.parametrize("size", [1, 0xFFFF, 0x10000, 200_000])
def test_a_profile_of_any_size_unpacks_to_itself(size: int) -> None:
    ((_, packed),) = [c for c in chunks(copied(png(), Kept(icc=b"p" * size))) if c[0] == b"iCCP"]
    assert packed.startswith(b"ICC Profile\0\0") and zlib.decompress(packed[13:]) == b"p" * size


@pytest.mark.parametrize(
    ("type_", "length"),
    [
        *((b"gAMA", 3), (b"cHRM", 31), (b"sRGB", 2), (b"cICP", 5), (b"mDCV", 23), (b"cLLI", 9), (b"pHYs", 8)),
        *((b"sBIT", 4), (b"bKGD", 2), (b"PLTE", 6)),
    ],
)
def test_a_chunk_of_any_but_its_own_length_goes(type_: bytes, length: int) -> None:
    assert copied(png(chunk(type_, bytes(length)))) == png()


def test_a_chunk_that_comes_twice_or_after_the_picture_stays_once() -> None:
    gamma = chunk(b"gAMA", b"\0\0\xb1\x8f")
    assert copied(png(gamma, chunk(b"gAMA", WORD[:4]), after=[chunk(b"pHYs", bytes(9))])) == png(gamma)


def test_what_shows_a_picture_in_two_ways_is_refused() -> None:
    clear, palette = chunk(b"tRNS", bytes(6)), chunk(b"PLTE", bytes(6))
    indexed = header(1, 1, 1, 3)
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    for data in (
        png(clear, clear),
        png(chunk(b"tRNS", bytes(7))),
        png(after=[clear]),
        png(palette, palette, head=indexed, picture=pixel),
        png(chunk(b"PLTE", bytes(9)), head=indexed, picture=pixel),
        png(chunk(b"acTL", bytes(9))),
    ):
        with pytest.raises(CannotClean, match="breaks the rules"):
            copied(data)
    assert shown(copied(png(clear))) == shown(png(clear))


def test_a_wrong_checksum_is_refused() -> None:
    for part in (header(), idat(), chunk(b"gAMA", bytes(4))):
        data = png(chunk(b"gAMA", bytes(4)))
        at = data.index(part) + len(part) - 1
        with pytest.raises(CannotClean, match="checksum"):
            copied(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(picture=chunk(b"IDAT", zlib.compress(ROWS + WORD))), "more than the picture"),
        (png(picture=chunk(b"IDAT", zlib.compress(ROWS[:-1]))), "damaged"),
        (png(picture=chunk(b"IDAT", zlib.compress(ROWS)[:-1] + b"\0" + WORD)), "damaged"),
        (png(head=header(2, 2, 3, 2)), "damaged"),
        (png(picture=b""), "no picture"),
        (SIGNATURE + chunk(b"gAMA", bytes(4)) + header() + idat() + chunk(b"IEND"), "begin"),
        (SIGNATURE + icc(PROFILE) + header() + idat() + chunk(b"IEND"), "begin"),
        (SIGNATURE + chunk(b"CgBI", bytes(4)) + header() + idat() + chunk(b"IEND"), "Apple"),
    ],
    ids=[
        *("more rows", "fewer rows", "broken stream", "no such depth", "no picture", "gamma first"),
        *("profile first", "apple"),
    ],
)
def test_what_cannot_be_copied_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(CannotClean, match=why):
        copied(data)


@given(st.integers(1, 30), st.binary(max_size=60))
@settings(deadline=None)
def test_a_picture_cut_into_any_pieces_is_shown_alike_without_what_is_behind_it(
    pieces: int, hidden: bytes
) -> None:
    copy = copied(png(picture=idat(hidden, pieces)))
    assert b"".join(payload for type_, payload in chunks(copy) if type_ == b"IDAT") == zlib.compress(ROWS)
    assert shown(copy) == shown(png())


def test_an_animation_keeps_its_frames_and_their_numbers_follow_each_other() -> None:
    stream = zlib.compress(ROWS)
    data = png(
        *(chunk(b"acTL", struct.pack(">II", 3, 5)), text("A", "b"), control(0)),
        after=[
            *(control(1), frame(2, stream[:9]), frame(3, stream[9:] + WORD), frame(4, WORD), text("B", "c")),
            *(control(5), frame(6, zlib.compress(ROWS[7:] + ROWS[:7]))),
        ],
    )
    copy = copied(data)
    assert shown(copy) == shown(data) and len(shown(copy)) == 3 and WORD not in copy
    numbers = [int.from_bytes(p[:4], "big") for t, p in chunks(copy) if t in (b"fcTL", b"fdAT")]
    assert numbers == list(range(6))
    assert copied(apng(hidden=WORD)) == apng()


@pytest.mark.parametrize("said", [0, 1, 3])
def test_frames_that_are_not_announced_are_refused(said: int) -> None:
    old, new = (chunk(b"acTL", struct.pack(">II", number, 0)) for number in (2, said))
    with pytest.raises(CannotClean, match="frames"):
        copied(apng().replace(old, new))


def test_a_frame_without_its_number_is_refused() -> None:
    with pytest.raises(CannotClean):
        copied(apng().replace(frame(2, zlib.compress(ROWS)), chunk(b"fdAT", b"ab")))


@pytest.mark.parametrize("number", [0, 2, 3])
def test_frames_in_another_order_than_they_say_are_refused(number: int) -> None:
    """Browsers stop there, and would show more of the copy."""
    data = apng()
    assert copied(data) == data
    with pytest.raises(CannotClean, match="numbered"):
        copied(data.replace(control(1), control(number)))


def test_the_picture_has_the_size_of_its_header_whatever_its_frame_says() -> None:
    """Else what was cropped away by a smaller header would stay, unseen."""
    cropped = apng().replace(header(), header(2, 1))
    with pytest.raises(CannotClean, match="more than the picture"):
        copied(cropped)


def test_frames_are_unpacked_by_their_own_size() -> None:
    small = png(
        *(chunk(b"acTL", struct.pack(">II", 2, 0)), control(0)),
        after=[control(1, 1, 1), frame(2, zlib.compress(bytes(4)))],
    )
    assert shown(copied(small)) == shown(small)
    with pytest.raises(CannotClean, match="more than"):
        copied(small.replace(frame(2, zlib.compress(bytes(4))), frame(2, zlib.compress(ROWS))))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("width", [1, 7, 8, 9])
def test_pictures_of_every_kind_are_shown_alike(mode: str, width: int) -> None:
    image, file = (
        Image.linear_gradient("L").resize((width, 3)).convert("I" if mode == "I;16" else mode),
        io.BytesIO(),
    )
    image.convert(mode).save(file, "PNG", gamma=0.45, dpi=(72, 72))
    copy = copied(file.getvalue())
    assert shown(copy) == shown(file.getvalue()) and copy == file.getvalue()


@pytest.mark.parametrize("colours", [2, 3, 16, 200])
def test_palettes_with_transparency_stay(colours: int) -> None:
    file = io.BytesIO()
    image = Image.linear_gradient("L").quantize(colours)
    image.save(file, "PNG", transparency=bytes(range(colours)))
    assert copied(file.getvalue()) == file.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 5), (8, 8), (9, 17), (5, 1)])
def test_an_interlaced_picture_unpacks_to_its_passes(size: tuple[int, int]) -> None:
    width, height = size
    for depth, colour in ((1, 0), (8, 2), (16, 6)):
        head = Header(width, height, depth, colour, True)
        whole, short = (
            png(
                head=header(width, height, depth, colour, 1),
                picture=chunk(b"IDAT", zlib.compress(bytes(bytes_of(head, width, height) - missing))),
            )
            for missing in (0, 1)
        )
        assert copied(whole) == whole and len(shown(whole)) == 1
        with pytest.raises(OSError):
            shown(short)


def test_no_header_breaks_the_rules() -> None:
    good = struct.pack(">IIBBBBB", 2, 3, 8, 2, 0, 0, 1)
    assert header_of(good) == Header(2, 3, 8, 2, True)
    for at, value in ((8, 4), (9, 1), (10, 1), (11, 64), (12, 2)):
        assert header_of(good[:at] + bytes([value]) + good[at + 1 :]) is None


def test_a_deep_look_tells_a_picture_that_unpacks_to_something_else() -> None:
    for rows, sound in ((ROWS, True), (ROWS + b"x", False)):
        view = window(png(picture=chunk(b"IDAT", zlib.compress(rows))))
        (picture,) = [p for p in PNG.parts(view, Depth.DEEP) if p.where == "IDAT"]
        assert (picture.role, picture.searched) == (Role.PICTURE, sound)


def test_picture_chunks_of_a_big_file_are_few_pieces() -> None:
    """Chunks that stay as they are come as one range, however many they are."""
    rows = bytes(7 * 2000)
    stream = zlib.compress(rows, 0)
    pieces = b"".join(chunk(b"IDAT", stream[at : at + 9]) for at in range(0, len(stream), 9))
    view = window(png(head=header(2, 2000), picture=pieces))
    found = list(PNG.rewrite(view, list(PNG.parts(view, Depth.DEEP)), Kept())) if PNG.rewrite else []
    ranges = [piece for piece in found if not isinstance(piece, bytes)]
    assert len(ranges) > 1000 and all(a.offset + a.length == b.offset for a, b in pairwise(ranges))
