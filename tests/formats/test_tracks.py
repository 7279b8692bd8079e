"""Videos and image sequences written again: every frame of their pictures, and nothing else."""

from __future__ import annotations

import io
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning._proof import prove
from exposure.errors import CannotClean, MalformedFile
from exposure.formats._isobmff import box_at, boxes
from exposure.formats._isobmff_entries import ALPHA
from exposure.formats._isobmff_tracks import Movie, Places, movie
from exposure.formats._isobmff_video import found, rewritten
from exposure.source import Range
from tests.make import window
from tests.make.heif import box, full
from tests.make.mp4 import (
    AV1_CONFIG,
    LANGUAGE,
    MADE,
    MATRIX,
    frame,
    hevc_config,
    hevc_nal,
    nal,
    obu,
    sei,
    sound,
    track,
    video,
    words,
)
from tests.sources import memory_source

FRAMES = tuple(frame(nal(5 if n == 0 else 1, b"frame %d" % n)) for n in range(5))
PLAIN = video(track(*FRAMES), sound(b"voice one", b"voice two", b"voice three"), words(b"51.4779, 0.0015"))
OUTSIDE = video(track(FRAMES[0]), after=box(b"free", FRAMES[0]), place=len(video(track(FRAMES[0]))) + 8)
RECOVERY, SIGNED = sei(6, b"\x08"), sei(5, bytes(16) + b"x264 at home")


def copied(data: bytes) -> bytes:
    head, spans = rewritten(window(data))
    return head + b"".join(data[s.offset : s.offset + s.length] for s in spans)


def samples(data: bytes) -> list[bytes]:
    """The frames of the first track, found as a player finds them."""
    stbl = data.index(b"stbl")
    stsz, stsc, stco = (data.index(word, stbl) + 8 for word in (b"stsz", b"stsc", b"stco"))
    count = int.from_bytes(data[stsz + 4 : stsz + 8], "big")
    sizes = struct.unpack_from(f">{count}I", data, stsz + 8)
    (many,) = struct.unpack_from(">I", data, stco)
    runs = {}
    for n in range(int.from_bytes(data[stsc : stsc + 4], "big")):
        first, per, _ = struct.unpack_from(">III", data, stsc + 4 + 12 * n)
        runs[first] = per
    frames, number, per = [], 0, 0
    for chunk in range(1, many + 1):
        per = runs.get(chunk, per)
        at = int.from_bytes(data[stco + 4 * chunk : stco + 4 * chunk + 4], "big")
        for _ in range(per):
            frames.append(data[at : at + sizes[number]])
            at, number = at + sizes[number], number + 1
    return frames


@pytest.mark.parametrize("media_first", [False, True])
def test_every_frame_stays_and_nothing_else(media_first: bool) -> None:
    data = video(
        track(*FRAMES), sound(b"voice one", b"voice two"), words(b"51.4779"), media_first=media_first
    )
    copy = copied(data)
    assert samples(copy) == list(FRAMES) == samples(data)
    for gone in (b"voice", b"51.4779", b"Acme", b"xyz", b"soun", b"meta", struct.pack(">I", MADE)):
        assert gone in data and gone not in copy
    assert struct.pack(">H", LANGUAGE) not in copy[copy.index(b"mdhd") :][:32]
    assert MATRIX in copy and copy[copy.index(b"elst") + 4 :][:20] == data[data.index(b"elst") + 4 :][:20]
    assert [box.type for box in boxes(window(copy))] == [b"ftyp", b"moov", b"mdat"]
    assert len(copy) == copy.index(b"mdat") + 4 + sum(map(len, FRAMES))


def test_a_copy_is_its_own_copy() -> None:
    copy = copied(PLAIN)
    assert copied(copy) == copy


def test_what_an_encoder_signed_into_the_frames_goes() -> None:
    noted = frame(nal(9, b"\x10"), nal(6, RECOVERY), nal(6, SIGNED), nal(12, b"filler"), nal(5, b"picture"))
    two = sei(6, b"\x08")[:-1] + SIGNED
    copy = copied(video(track(noted, frame(nal(6, two), nal(1, b"next")))))
    assert samples(copy) == [
        frame(nal(9, b"\x10"), nal(6, RECOVERY), nal(5, b"picture")),
        frame(nal(1, b"next")),
    ]
    assert b"x264" not in copy and copied(copy) == copy


def test_notes_in_hevc_go_from_the_frames_and_from_their_parameters() -> None:
    hvcc = box(b"hvcC", hevc_config((32, b"video"), (33, b"sequence"), (34, b"picture"), (39, SIGNED)))
    noted = frame(
        hevc_nal(39, SIGNED), hevc_nal(40, RECOVERY), hevc_nal(62, b"more"), hevc_nal(19, b"picture")
    )
    copy = copied(video(track(noted, codec=b"hvc1", boxes=(hvcc,))))
    assert samples(copy) == [frame(hevc_nal(40, RECOVERY), hevc_nal(19, b"picture"))]
    assert b"x264" not in copy and b"sequence" in copy and copied(copy) == copy


def test_notes_in_av1_go() -> None:
    note = obu(5, b"\x04" + b"\xb5signed")
    light = obu(5, b"\x01\x03\xe8\x01\x90\x80")
    av1c = box(b"av1C", AV1_CONFIG + obu(1, b"sequence") + note)
    copy = copied(
        video(track(frame(note, light, obu(6, b"picture"), obu(15, b"pad")), codec=b"av01", boxes=(av1c,)))
    )
    assert samples(copy) == [frame(light, obu(6, b"picture"))]
    assert b"signed" not in copy and obu(1, b"sequence") in copy and copied(copy) == copy


def test_boxes_of_any_maker_go_and_those_on_colour_and_shape_stay() -> None:
    colour, shape = box(b"colr", b"nclx\0\1\0\1\0\1\x80"), box(b"pasp", struct.pack(">II", 4, 3))
    avcc = track().boxes[0]
    of = track(*FRAMES, boxes=(avcc, box(b"Acme", b"serial 1234"), colour, shape, box(b"uuid", b"1234" * 6)))
    copy = copied(video(of, in_moov=box(b"meta", bytes(4) + b"title")))
    assert colour in copy and shape in copy and avcc in copy
    assert not any(gone in copy for gone in (b"Acme", b"serial", b"uuid", b"title"))


def test_parameter_sets_are_all_that_is_kept_of_a_configuration() -> None:
    config = bytes((1, 100, 0, 30, 0xFF, 0xE2)) + b"\0\2\x67\1" + b"\0\6\x06note!" + b"\1\0\2\x68\1"
    config += b"\xfd\xf8\xf8\1\0\2\x6d\1" + b"left over"
    copy = copied(video(track(*FRAMES, boxes=(box(b"avcC", config),))))
    assert b"note!" not in copy and b"left over" not in copy
    kept = bytes((1, 100, 0, 30, 0xFF, 0xE1)) + b"\0\2\x67\1" + b"\1\0\2\x68\1" + b"\xfd\xf8\xf8\1\0\2\x6d\1"
    assert box(b"avcC", kept) in copy


@pytest.mark.parametrize(
    "data, why",
    [
        (video(sound(b"voice")), "no video"),
        (video(track(*FRAMES), in_moov=box(b"mvex")), "fragments"),
        (video(track(*FRAMES, codec=b"mp4v")), "does not know"),
        (video(track(*FRAMES, here=0)), "other files"),
        (OUTSIDE, "among other data"),
        (video(track(frame(nal(5, b"Exif\0\0MM")))), "looks like metadata"),
        (video(track(b"no units at all")), "damaged"),
        (video(track(*FRAMES), place=1 << 30), "past the end"),
        (video(track(*FRAMES, boxes=())), "how to decode"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(CannotClean, match=why):
        rewritten(window(data))


def test_frames_that_share_their_bytes_are_refused() -> None:
    """Two tracks in the same bytes, of which one leaves out what the other needs."""
    one = frame(nal(1, b"a"), nal(6, SIGNED), nal(1, b"b"))
    config = full(b"vpcC", 1, 0, bytes(8))
    other = track(bytes(len(one)), codec=b"vp09", boxes=(config,))
    at = video(track(one), other).index(one)
    with pytest.raises(CannotClean, match="share their bytes"):
        rewritten(window(video(track(one), other, place=at)))


def test_tables_that_do_not_agree_are_damage() -> None:
    for table, at, value in (
        (b"stsc", 16, 7),
        (b"stsz", 12, 4),
        (b"stts", 20, 9),
        (b"stss", 12, 6),
        (b"stco", 8, 1),
    ):
        data = bytearray(PLAIN)
        start = data.index(table)
        data[start + at : start + at + 4] = struct.pack(">I", value)
        with pytest.raises(CannotClean, match="cannot be read"):
            rewritten(window(bytes(data)))


def test_a_video_is_found_behind_other_bytes() -> None:
    behind = b"ftyp" + b"\0\0\0\x10ftypmp42" + b"MotionPhoto_Data" + PLAIN
    at = found(window(behind + b"\xff\xfe trailing"))
    assert at is not None and behind[at.offset :] == PLAIN and at.length == len(PLAIN)
    assert found(window(b"\0\0\0\x14ftypisom" + bytes(100))) is None


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damage_is_never_another_exception(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from((PLAIN, MOVING))))
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, min(len(data) - 4, 1800)))
        data[at : at + 4] = struct.pack(
            ">I", draw.draw(st.sampled_from((0, 1, 255, 1 << 16, 1 << 31, (1 << 32) - 1)))
        )
    seen = window(bytes(data))
    try:
        for each in boxes(seen):
            if each.type == b"moov":
                again(movie(seen, each, b"", bare=draw.draw(st.booleans())))
    except (CannotClean, MalformedFile):
        pass


def again(of: Movie) -> None:
    assert len(of.box(Places(of.spans, 0))) == len(of.box(Places(of.spans, 1 << 20)))
    assert all(a.offset + a.length < b.offset for a, b in zip(of.spans, of.spans[1:], strict=False))


def test_time_grows_with_the_file_alone() -> None:
    one = frame(nal(1, b"x"))
    data = video(track(*[one] * 50_000, chunk=1), sound(*[b"voice"] * 50_000))
    started = time.process_time()
    assert len(copied(data)) > 50_000 * len(one)
    assert time.process_time() - started < 5


def test_a_few_bytes_that_promise_a_million_frames_are_damage() -> None:
    data = bytearray(PLAIN)
    start = data.index(b"stsz")
    data[start + 8 : start + 16] = struct.pack(">II", 1, 0xFFFFFFFF)
    with pytest.raises(CannotClean, match="more frames"):
        rewritten(window(bytes(data)))


def moving(**more: object) -> bytes:
    """An animated AVIF that shows three colours for different times."""
    file = io.BytesIO()
    colours = ((200, 0, 0, 255), (0, 200, 0, 90), (0, 0, 200, 255))
    first, *rest = (Image.new("RGBA", (24, 16), colour) for colour in colours)
    first.save(file, "AVIF", save_all=True, append_images=rest, duration=[100, 300, 500], **more)
    return file.getvalue()


EXIF = Image.Exif()
EXIF[0x10F] = "Acme"
MOVING = moving(exif=EXIF.tobytes(), xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Jane Doe</x:xmpmeta>")


def cleaned(data: bytes) -> bytes:
    """The proven copy."""
    copy = planned(memory_source(data, "a.avif"), Wishes())
    assert copy is not None
    assert prove(copy, copy.assembled(), Wishes()) == ""
    after = copy.assembled()
    return after.read(0, after.size)


def shown(data: bytes) -> list[tuple[object, bytes]]:
    with Image.open(io.BytesIO(data)) as image:
        frames = []
        for number in range(image.n_frames):  # type: ignore[attr-defined]  # every image has it that has frames
            image.seek(number)
            image.load()
            frames.append((image.info["duration"], image.tobytes()))
        return frames


def test_an_animated_avif_keeps_every_frame_its_time_and_its_transparency() -> None:
    assert b"Acme" in MOVING and b"Jane Doe" in MOVING
    copy = cleaned(MOVING)
    assert shown(copy) == shown(MOVING) and len(shown(copy)) == 3
    assert not any(gone in copy for gone in (b"Acme", b"Jane Doe"))
    assert cleaned(copy) == copy


def test_a_sequence_without_a_still_picture_beside_it_is_cleaned_too() -> None:
    seen = window(MOVING)
    ftyp, meta, moov, mdat = boxes(seen)
    assert (meta.type, moov.type) == (b"meta", b"moov")
    free = struct.pack(">I4s", meta.end - meta.offset, b"free") + bytes(meta.end - meta.offset - 8)
    bare = MOVING[: ftyp.end].replace(b"avif", b"avis") + free + MOVING[moov.offset : mdat.end]
    copy = cleaned(bare)
    assert [b.type for b in boxes(window(copy))] == [b"ftyp", b"moov", b"mdat"]
    assert shown(copy) == shown(MOVING)


def test_an_auxiliary_track_that_is_no_transparency_goes() -> None:
    av1c = box(b"av1C", AV1_CONFIG)

    def with_use(urn: bytes) -> list[Range]:
        use = full(b"auxi", 0, 0, urn + b"\0")
        one = track(obu(6, b"one"), handler=b"pict", codec=b"av01", boxes=(av1c,))
        two = track(
            obu(6, b"two!"), handler=b"auxv", codec=b"av01", boxes=(av1c, use), refers=((b"auxl", 1),)
        )
        seen = window(video(one, two))
        (moov,) = (b for b in boxes(seen) if b.type == b"moov")
        return list(movie(seen, box_at(seen, moov.offset, seen.size), b"", bare=False).spans)

    assert sum(r.length for r in with_use(ALPHA[0])) == len(obu(6, b"one") + obu(6, b"two!"))
    assert sum(r.length for r in with_use(b"urn:mpeg:mpegB:cicp:systems:auxiliary:depth")) == len(
        obu(6, b"one")
    )
