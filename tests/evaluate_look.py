"""How often the same picture is found, and different ones are taken for it: ``python -m tests.evaluate_look``.

Pictures are those of the corpus (EXPOSURE_CORPUS), each once, and invented ones (tests/make/scenes.py). They are changed
as services change them, written as JPEG, and looked at as files, by the same code and threshold as in a scan. Then two
sets of 1,000 different pictures are held against each other. The ninths of corpus pictures, mostly plain walls and skies,
are a harder test that has no bar. The exit code is 0 when every bar is met.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from PIL import Image, ImageOps

from exposure.looks import Look, matches
from exposure.pixels import look
from exposure.source import Window
from tests.make.scenes import changed, corner, jpeg, scene
from tests.sources import memory_source
from tests.truth import corpus

FOUND = 0.98
FALSE = 1
OF = 1_000
HARD = "4 % cropped, at the left and the top"
"""No bar: that is 8 % of the picture, and all of what is left has moved."""
_SMALLEST, _LARGEST = 200, 16_000_000
_ALIKE = 0.95
"""The correlation of two drawings of 16 x 16 in grey from which on the corpus holds one picture twice."""


def looked(data: bytes) -> Look | None:
    return look(Window.whole(memory_source(data)), "JPEG")


def real(root: Path) -> Iterator[Image.Image]:
    """Every picture of the corpus, once; a corpus for metadata holds many versions of one."""
    seen: list[bytes] = []
    for path in sorted((root / "files").rglob("*")):
        image = _opened(path)
        if image is None:
            continue
        small = image.convert("L").resize((16, 16), Image.Resampling.BOX).tobytes()
        if all(abs(_correlation(small, one)) < _ALIKE for one in seen):
            seen.append(small)
            yield image


def _correlation(one: bytes, other: bytes) -> float:
    try:
        return statistics.correlation(one, other)
    except statistics.StatisticsError:  # one of them is all one grey
        return 0.0


def _opened(path: Path) -> Image.Image | None:
    if not path.is_file():
        return None
    try:
        with Image.open(path) as image:
            if min(image.size) < _SMALLEST or image.width * image.height > _LARGEST:
                return None
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Exception:  # the corpus is full of damage, and of files that are no pictures
        return None
    upright.thumbnail((1024, 1024))
    return upright


def found(name: str, pictures: Sequence[Image.Image]) -> dict[str, list[bool]]:
    """Whether each change of each picture is seen through; pictures that are too plain are counted apart."""
    looks = [looked(jpeg(image)) for image in pictures]
    plain = looks.count(None)
    print(f"{name}: {len(pictures):,} pictures, {plain:,} of them too plain to have a look")
    told: dict[str, list[bool]] = {}
    for image, own in zip(pictures, looks, strict=True):
        if own is None:
            continue
        for what, other, quality in [
            *changed(image),
            (HARD, corner(image), 85),
        ]:
            its = looked(jpeg(other, quality))
            told.setdefault(what, []).append(bool(list(matches([own], [its]))))
    for what, hits in told.items():
        print(f"  {what:40} {100 * sum(hits) / len(hits):6.2f} % of {len(hits):,}")
    return told


def false_links(name: str, ours: Sequence[Image.Image], theirs: Sequence[Image.Image]) -> int:
    one, other = ([looked(jpeg(image)) for image in images] for images in (ours, theirs))
    wrong = len(list(matches(one, other)))
    pairs = (len(one) - one.count(None)) * (len(other) - other.count(None))
    print(f"{name}: {wrong} false among {pairs:,} pairs of different pictures")
    return wrong


def ninths(images: Sequence[Image.Image]) -> list[Image.Image]:
    return [
        image.crop((w * x // 3, h * y // 3, w * (x + 1) // 3, h * (y + 1) // 3))
        for image in images
        for w, h in [image.size]
        for x in range(3)
        for y in range(3)
    ]


def _random(rng: Random) -> Look:
    return Look(rng.getrandbits(64), sum(1 << bit for bit in rng.sample(range(64), 24)))


def speed() -> None:
    """How long it takes to find pairs among 100,000 looks of two accounts."""
    rng = Random(1)
    one, other = ([_random(rng) for _ in range(50_000)] for _ in range(2))
    other[:100] = [Look(each.bits ^ 1 << 3 ^ 1 << 40, each.faint) for each in one[:100]]
    start = time.perf_counter()
    pairs = list(matches(one, other))
    assert len(pairs) >= 100
    print(f"100,000 looks in two accounts: {len(pairs)} pairs in {time.perf_counter() - start:.1f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--scenes", type=int, default=300, help="invented pictures that are changed (default: 300)"
    )
    args = parser.parse_args()
    warnings.simplefilter("ignore")  # what is odd about files of the corpus is not asked here
    root = corpus()
    photos = list(real(root)) if root is not None else []
    if root is None:
        print("EXPOSURE_CORPUS names no corpus: invented pictures only")
    invented = [scene(seed) for seed in range(args.scenes)]
    told = [found(name, some) for name, some in (("Corpus", photos), ("Invented", invented)) if some]
    good = all(sum(hits) >= FOUND * len(hits) for each in told for what, hits in each.items() if what != HARD)
    more = (scene(seed) for seed in range(1_000_000, 1_000_000 + 2 * OF))
    ours = [*photos[::2], *islice(more, OF - len(photos[::2]))]
    theirs = [*photos[1::2], *islice(more, OF - len(photos[1::2]))]
    good &= false_links(f"Two sets of {OF:,}", ours, theirs) <= FALSE
    if photos:
        false_links("Ninths of corpus pictures (no bar)", ninths(photos[::2]), ninths(photos[1::2]))
    speed()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
