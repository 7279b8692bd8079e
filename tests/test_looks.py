"""The same picture is found again, different ones are not taken for it, and none is looked for pair by pair."""

from __future__ import annotations

import hashlib
import io
import math
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw

from exposure.examining import examine
from exposure.looks import SAME, SIDE, SURE, Look, difference, is_same, look, matches
from exposure.model import Settings
from exposure.source import FileSource
from tests.evaluate_look import FOUND, HARD, false_links, found, looked
from tests.make.scenes import jpeg, scene

WANTED = Settings(fingerprints=True)


def test_what_services_do_to_a_picture_is_seen_through() -> None:
    hits = found("Invented", [scene(seed) for seed in range(50)])
    assert len(hits) == 8
    assert all(sum(every) >= FOUND * len(every) for what, every in hits.items() if what != HARD)


def test_different_pictures_are_not_taken_for_one() -> None:
    ours, theirs = ([scene(seed, 160, 120) for seed in seeds] for seeds in (range(100), range(100, 200)))
    assert false_links("Invented", ours, theirs) == 0


def test_a_look_is_the_signs_of_the_lowest_frequencies() -> None:
    """Reckoned again by the definition of the transform, in floating point."""
    grey = Random(7).randbytes(SIDE * SIDE)
    waves = sorted((x * x + y * y, x, y) for x in range(12) for y in range(12))[1:65]
    bits, loud = 0, {}
    for bit, (pitch, across, down) in enumerate(waves):
        strength = sum(
            grey[y * SIDE + x]
            * math.cos(math.pi * (2 * x + 1) * across / (2 * SIDE))
            * math.cos(math.pi * (2 * y + 1) * down / (2 * SIDE))
            for x in range(SIDE)
            for y in range(SIDE)
        )
        bits |= (strength > 0) << bit
        loud[bit] = strength * strength * pitch
    assert look(grey) == Look(bits, sum(1 << bit for bit in sorted(loud, key=loud.__getitem__)[:24]))


def test_plain_pictures_have_no_look() -> None:
    wall = Image.linear_gradient("L").resize((640, 480))
    page = Image.new("L", (640, 480), 250)
    for line in range(60, 420, 12):
        ImageDraw.Draw(page).line([60, line, 580, line], 90)
    for picture in (
        Image.new("L", (640, 480), 90),
        wall,
        Image.radial_gradient("L").resize((640, 480)),
        page,
    ):
        assert looked(jpeg(picture)) is None


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_picture_is_looked_at_the_right_way_up(turned: int) -> None:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[0x0112] = turned
    upright, lying = looked(jpeg(scene(1))), looked(jpeg(scene(1).transpose(turns[turned]), exif=exif))
    assert upright is not None and lying is not None and difference(upright, lying) <= 3


@pytest.mark.parametrize("data", [b"", jpeg(scene(1))[:2_000], b"\xff\xd8\xff\xd9"])
def test_what_cannot_be_drawn_has_no_look(data: bytes) -> None:
    assert looked(data) is None


def changed(rng: Random, one: Look) -> Look:
    """The same picture: some of the faint bits turned, and a few of the clear ones."""
    bits = [1 << bit for bit in range(64)]
    faint, clear = [b for b in bits if b & one.faint], [b for b in bits if not b & one.faint]
    turned = rng.sample(faint, rng.randrange(7)) + rng.sample(clear, rng.randrange(SURE + 3))
    return Look(one.bits ^ sum(turned), one.faint)


def test_pairs_are_those_that_a_look_at_every_pair_finds() -> None:
    rng = Random(3)
    ours = [Look(rng.getrandbits(64), sum(1 << bit for bit in rng.sample(range(64), 24))) for _ in range(300)]
    theirs: list[Look | None] = [*(Look(each.bits ^ (1 << 63) - 1, each.faint) for each in ours[200:])]
    theirs += [changed(rng, one) for one in ours[:200]]
    theirs += [None, Look(0)]
    every = {
        (a, b) for a, x in enumerate(ours) for b, y in enumerate(theirs) if y is not None and is_same(x, y)
    }
    assert 100 < len(every) < 200
    assert set(matches(ours, theirs)) == every
    assert {(b, a) for a, b in matches(theirs, ours)} == every


def test_clear_bits_weigh_more_than_faint_ones() -> None:
    one = Look(0x5A3C_96F0_1E2D_4B87, 0xFFFF_FF00_0000_0000)
    faint, clear = (Look(one.bits ^ ((1 << SAME) - 1) << shift, one.faint) for shift in (40, 0))
    assert difference(one, faint) == difference(one, clear) == SAME
    assert is_same(one, faint) and not is_same(one, clear)
    assert not is_same(one, Look(one.bits ^ ((1 << SAME + 1) - 1) << 40, one.faint))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(scene(1)))
    return path


def test_fingerprints_are_taken_where_they_are_wanted(written: Path) -> None:
    seen = examine(FileSource(written), WANTED)
    assert seen.digest == hashlib.sha256(written.read_bytes()).digest()
    assert seen.look is not None and Look(seen.look, seen.faint) == looked(written.read_bytes())
    assert examine(FileSource(written), Settings()).digest == b""
    assert examine(FileSource(written), Settings()).look is None


def test_small_files_that_are_alike_by_accident_have_none(tmp_path: Path) -> None:
    plain, side = tmp_path / "plain.png", tmp_path / "side.xmp"
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "PNG")
    plain.write_bytes(out.getvalue())
    side.write_bytes(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>" + b" " * 20_000)
    for path in (plain, side):
        seen = examine(FileSource(path), WANTED)
        assert (seen.digest, seen.look) == (b"", None)
