"""Gain maps and the videos of motion photos that stay in a copy: whole, and without anything of their own."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from PIL import Image

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning._proof import leftovers, prove
from exposure.errors import CannotClean, MalformedFile
from exposure.formats.jpeg import JPEG
from exposure.model import Depth, Kept, Photo
from exposure.reading import read
from exposure.source import Range
from tests.make import window
from tests.make.heif import box, heif, picture, size_property
from tests.make.heif import xmp as xmp_item
from tests.make.jpeg import (
    APP2,
    ISO,
    comment,
    described,
    exif,
    gain_map,
    icc,
    iso_gain_map,
    jpeg,
    motion_photo,
    segment,
    ultra_hdr,
    xmp_app1,
)
from tests.make.mp4 import frame, nal, sound, track, video
from tests.make.samsung import samsung
from tests.make.tiff import tiff
from tests.sources import memory_source

BOTH = frozenset(("gain-map", "motion"))
KEEP = Wishes(keep=BOTH)
SERIAL = tiff(Make="Acme", Model="Serial 1234")
VIDEO = video(track(frame(nal(5, b"first")), frame(nal(1, b"second"))), sound(b"voice"))
APPLE = (
    'xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/" xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/">'
    "<apdi:NativeFormat>1278226488</apdi:NativeFormat><HDRGainMap:HDRGainMapVersion>131072"
    "</HDRGainMap:HDRGainMapVersion>{}<apdi:AuxiliaryImageType>urn:com:apple:photo:2020:aux:hdrgainmap"
    "</apdi:AuxiliaryImageType>"
)
HEADROOM = "<HDRGainMap:HDRGainMapHeadroom>4.53</HDRGainMap:HDRGainMapHeadroom>"


def cleaned(data: bytes, wishes: Wishes = KEEP) -> bytes:
    """The copy, proven."""
    copy = planned(memory_source(data), wishes)
    assert copy is not None
    after = copy.assembled()
    assert prove(copy, after, wishes) == ""
    return after.read(0, after.size)


def rewritten(data: bytes, kept: Kept) -> bytes:
    """The copy as the format alone makes it."""
    assert JPEG.rewrite is not None
    seen = window(data)
    pieces = JPEG.rewrite(seen, list(JPEG.parts(seen, Depth.DEEP)), kept)
    return b"".join(seen.read(*piece) if isinstance(piece, Range) else piece for piece in pieces)


def photo(data: bytes) -> Photo:
    found = read(memory_source(data), Depth.DEEP)
    assert isinstance(found, Photo)
    return found


def second(data: bytes) -> list[tuple[str, bytes]]:
    return [(p.kind, data[p.offset : p.offset + p.length]) for p in photo(data).facts.pictures]


def said(data: bytes, group: str) -> dict[str, object]:
    return {field.name: field.value for field in photo(data).fields if field.group == group}


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        return image.tobytes()


def test_a_gain_map_stays_with_its_numbers_and_without_its_own_metadata() -> None:
    mapped = gain_map(exif(SERIAL), comment("by Jane Doe"))
    data = ultra_hdr(exif(SERIAL), mapped=mapped)
    copy = cleaned(data)
    ((kind, kept),) = second(copy)
    assert kind == "gain-map" and pixels(kept) == pixels(mapped)
    assert b"Serial" in data and b"Serial" not in copy and b"Jane" not in copy and b"Acme" not in copy
    group = {f.name: f.value for f in photo(copy).fields if f.within and f.group == "hdrgm"}
    assert group == {
        "Version": "1.0",
        "BaseRenditionIsHDR": "False",
        "GainMapMax": "2.3",
        "HDRCapacityMax": "2.3",
    }
    assert said(copy, "MPImage2")["MPImageLength"] == len(kept) and copy.endswith(kept)
    assert said(copy, "Container")["Directory[2]/Item/Length"] == str(len(kept))
    assert cleaned(copy) == copy


def test_without_the_wish_nothing_second_stays() -> None:
    plain = cleaned(jpeg(), Wishes())
    assert cleaned(ultra_hdr(), Wishes()) == cleaned(motion_photo(VIDEO), Wishes()) == plain
    assert cleaned(jpeg(), KEEP) == plain


def test_three_channels_are_written_as_lists() -> None:
    three = (
        "<hdrgm:GainMapMax><rdf:Seq><rdf:li>1.5</rdf:li><rdf:li>1.25</rdf:li><rdf:li>-2</rdf:li></rdf:Seq>"
    )
    copy = cleaned(
        ultra_hdr(mapped=gain_map(use=f'hdrgm:HDRCapacityMax="3">{three}</hdrgm:GainMapMax><hdrgm:Gamma'))
    )
    found = {f.name: f.value for f in photo(copy).fields if f.within and f.group == "hdrgm"}
    assert [found[f"GainMapMax[{n}]"] for n in (1, 2, 3)] == ["1.5", "1.25", "-2"]


@pytest.mark.parametrize(
    "use",
    [
        'hdrgm:GainMapMax="Jane" hdrgm:HDRCapacityMax="2"',
        'hdrgm:GainMapMax="2"',
        'hdrgm:GainMapMax="2e9999" hdrgm:HDRCapacityMax="2"',
    ],
)
def test_a_gain_map_whose_meaning_is_no_numbers_is_refused(use: str) -> None:
    with pytest.raises(CannotClean, match="gain map"):
        cleaned(ultra_hdr(mapped=gain_map(use=use)))


@pytest.mark.parametrize("channels, denominator, numbers", [(1, 0, 14), (3, 0, 34), (1, 1000, 8), (3, 7, 18)])
def test_the_numbers_of_iso_21496_stay(channels: int, denominator: int, numbers: int) -> None:
    written = iso_gain_map(channels, denominator)
    longer = struct.pack(">HH", 0xFFE2, len(written) + 8) + written[4:] + b"Jane Doe"
    copy = cleaned(ultra_hdr(mapped=gain_map(longer, use="")))
    ((_, kept),) = second(copy)
    assert written in kept and b"Jane" not in copy and len(written) == 4 + len(ISO) + 5 + 4 * numbers
    assert copy.count(ISO) == 2 and cleaned(copy) == copy


@pytest.mark.parametrize(
    "segments",
    [
        (segment(APP2, iso_gain_map()[4:-4]),),
        (iso_gain_map(denominator=5).replace(struct.pack(">I", 5), bytes(4), 1),),
        (iso_gain_map().replace(ISO + b"\0\0", ISO + b"\0\1"),),
        (iso_gain_map(flags=0), icc(b"a profile")),
    ],
)
def test_an_iso_gain_map_that_cannot_be_rebuilt_is_refused(segments: tuple[bytes, ...]) -> None:
    with pytest.raises(CannotClean, match="gain map"):
        rewritten(ultra_hdr(mapped=gain_map(*segments, use="")), Kept(second=BOTH))


def test_apples_gain_map_stays_when_its_headroom_is_told() -> None:
    mapped = jpeg(xmp_app1(described(APPLE.format(HEADROOM))), exif(SERIAL), size=(8, 4))
    copy = cleaned(ultra_hdr(mapped=mapped))
    ((kind, kept),) = second(copy)
    assert kind == "gain-map" and pixels(kept) == pixels(mapped) and b"Serial" not in copy
    assert {f.value for f in photo(copy).fields if f.name.endswith("Headroom")} == {"4.53"}
    assert not said(copy, "Container")  # programs would take it for Adobe's
    with pytest.raises(CannotClean, match="own notes"):
        cleaned(ultra_hdr(mapped=jpeg(xmp_app1(described(APPLE.format(""))), size=(8, 4))))


def test_the_video_of_a_motion_photo_stays_without_its_sound() -> None:
    data = motion_photo(VIDEO, exif(SERIAL), moment=1_234_567)
    copy = cleaned(data)
    ((kind, kept),) = second(copy)
    assert kind == "video" and copy.endswith(kept)
    assert b"first" in kept and b"second" in kept and b"voice" in data and b"voice" not in copy
    assert said(copy, "GCamera") == {
        "MotionPhoto": "1",
        "MotionPhotoVersion": "1",
        "MotionPhotoPresentationTimestampUs": "1234567",
    }
    assert said(copy, "Container")["Directory[2]/Item/Length"] == str(len(kept))
    assert cleaned(copy) == copy


def test_a_video_in_samsungs_trailer_is_found() -> None:
    copy = cleaned(jpeg(trailer=samsung(MotionPhoto_Data=VIDEO, Image_UTC_Data=b"1700000000000")))
    assert [kind for kind, _ in second(copy)] == ["video"] and b"SEF" not in copy and b"17000" not in copy
    assert said(copy, "GCamera")["MotionPhotoPresentationTimestampUs"] == "-1"


def test_a_gain_map_and_a_video_stay_together() -> None:
    copy = cleaned(ultra_hdr(trailer=VIDEO))
    assert [kind for kind, _ in second(copy)] == ["gain-map", "video"]
    semantics = [value for name, value in said(copy, "Container").items() if name.endswith("Semantic")]
    assert semantics == ["Primary", "GainMap", "MotionPhoto"] and cleaned(copy) == copy
    assert [k for k, _ in second(cleaned(copy, Wishes(keep=frozenset({"motion"}))))] == ["video"]


def test_what_stays_of_xmp_besides_comes_first() -> None:
    packet = described('xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6">')
    kept = Kept(xmp=packet, second=BOTH)
    copy = rewritten(motion_photo(VIDEO), kept)
    assert said(copy, "tiff") == {"Orientation": "6"} and said(copy, "GCamera")["MotionPhoto"] == "1"
    assert rewritten(copy, kept) == copy and not list(leftovers(photo(copy), JPEG, kept))
    assert list(leftovers(photo(copy), JPEG, replace(kept, xmp=b"")))


def test_a_video_that_cannot_be_taken_apart_is_refused() -> None:
    with pytest.raises(CannotClean, match="does not know"):
        cleaned(motion_photo(video(track(b"mpeg", codec=b"mp4v"))))


KEPT = Kept(second=BOTH)
ULTRA, MOTION = rewritten(ultra_hdr(), KEPT), rewritten(motion_photo(VIDEO), KEPT)


def with_map(mapped: bytes) -> bytes:
    """The copy of an Ultra HDR photo with another gain map behind it, and an index that fits."""
    at = ULTRA.index(b"\xff\xd9") + 2
    length = struct.pack(">I", len(ULTRA) - at)
    return ULTRA[:at].replace(length, struct.pack(">I", len(mapped))) + mapped


CLEAN_MAP = ULTRA[ULTRA.index(b"\xff\xd9") + 2 :]


def test_the_copies_are_clean_before_they_are_mutated() -> None:
    for data in (ULTRA, MOTION, with_map(CLEAN_MAP)):
        assert not list(leftovers(photo(data), JPEG, KEPT))
        assert list(leftovers(photo(data), JPEG, Kept()))


@pytest.mark.parametrize(
    "data",
    [
        with_map(CLEAN_MAP[:2] + exif(SERIAL) + CLEAN_MAP[2:]),
        with_map(CLEAN_MAP[:2] + comment("Jane") + CLEAN_MAP[2:]),
        with_map(CLEAN_MAP[:2] + xmp_app1(described('xmlns:dc="d" dc:creator="J">')) + CLEAN_MAP[2:]),
        with_map(CLEAN_MAP.replace(b'"2.3"', b'"Jan"')),
        with_map(CLEAN_MAP.replace(b"hdrgm:Version", b"hdrgm:Creator")),
        with_map(CLEAN_MAP + b"left over"),
        with_map(CLEAN_MAP + jpeg(size=(8, 4))),
        with_map(
            CLEAN_MAP[:2] + struct.pack(">HH", 0xFFE2, 2 + len(ISO) + 9) + ISO + b"Jane Doe!" + CLEAN_MAP[2:]
        ),
        ULTRA[:2] + exif(SERIAL) + ULTRA[2:],
        ULTRA.replace(b'Item:Mime="image/jpeg"', b'Item:Mime="image/jane"', 1),
        ULTRA.replace(b"Item:Length", b"Item:Author", 1),
        MOTION.replace(b'TimestampUs="1500000"', b'TimestampUs="Jane123"'),
        MOTION + b"left over",
        MOTION + VIDEO,
        MOTION.replace(b"GCamera:MotionPhotoVersion", b"GCamera:MotionPhotoAuthors"),
    ],
)
def test_a_copy_with_anything_more_is_not_proven(data: bytes) -> None:
    assert data not in (ULTRA, MOTION)
    assert list(leftovers(photo(data), JPEG, KEPT)) or rewritten(data, KEPT) != data


def test_a_gain_map_that_still_has_its_exif_is_named() -> None:
    mutated = photo(with_map(CLEAN_MAP[:2] + exif(SERIAL) + CLEAN_MAP[2:]))
    assert "gain-map/EXIF:IFD0:Model" in set(leftovers(mutated, JPEG, KEPT))


def test_a_video_with_anything_more_would_not_stay_the_same() -> None:
    at = MOTION.index(b"ftypmp42") - 4
    assert rewritten(MOTION, KEPT) == MOTION
    for more in (box(b"udta", b"51.4779"), box(b"uuid", bytes(16) + b"Jane")):
        assert rewritten(MOTION[:at] + MOTION[at:] + more, KEPT) != MOTION[:at] + MOTION[at:] + more
    named = MOTION.replace(b"vide" + bytes(13), b"vide" + bytes(8) + b"Jane\0")
    assert named != MOTION and rewritten(named, KEPT) != named


def test_second_pictures_of_hostile_files_are_refused_or_left_out() -> None:
    whole = ultra_hdr(exif(SERIAL), trailer=VIDEO)
    for at in range(0, len(whole), 7):
        for value in (0, 0xFF):
            data = whole[:at] + bytes((value,)) + whole[at + 1 :]
            try:
                copy = rewritten(data, KEPT)
            except (CannotClean, MalformedFile):
                continue
            assert b"Serial" not in copy


def test_the_video_of_a_heif_stays_in_its_box() -> None:
    packet = described('xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MotionPhoto="1">')
    data = heif(AVIF_PICTURE, xmp_item(packet), brands=(b"avif", b"mif1"), after=box(b"mpvd", VIDEO))
    wishes = Wishes(keep=BOTH, pixels=False)
    copy = planned(memory_source(data, "a.avif"), wishes)
    assert copy is not None
    after = copy.assembled()
    prove(copy, after, wishes)
    written = after.read(0, after.size)
    ((kind, kept),) = second(written)
    assert kind == "video" and written.endswith(box(b"mpvd", kept)) and b"voice" not in written
    assert said(written, "Container")["Directory[1]/Item/Padding"] == "8"


AVIF_PICTURE = picture(
    b"\x12\0", type_=b"av01", properties=(size_property(4, 4), box(b"av1C", b"\x81\0\x0c\0"))
)
