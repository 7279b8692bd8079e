"""The demo's pictures: drawn, so that nobody's photo is needed."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageDraw, PngImagePlugin

SIZE = (960, 720)
_SKIES = {
    "home": ((52, 60, 92), (214, 150, 110)),
    "work": ((150, 190, 225), (232, 238, 240)),
    "trip": ((70, 150, 220), (250, 225, 170)),
    "indoors": ((214, 202, 184), (190, 172, 150)),
}


@cache
def scene(kind: str, seed: int) -> Image.Image:
    """A simple picture of a kind: home, work, trip or indoors; the same for the same seed."""
    rng = random.Random(f"{kind}{seed}")
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    top, bottom = _SKIES[kind]
    for y in range(height):
        share = y / height
        draw.line(
            [(0, y), (width, y)], tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        )
    if kind != "indoors":
        x, y, r = rng.randrange(100, width - 100), rng.randrange(60, 220), rng.randrange(30, 60)
        draw.ellipse([x - r, y - r, x + r, y + r], (250, 240, 200))
    for _ in range(rng.randrange(4, 8)):
        _thing(draw, rng, kind)
    return image


def _thing(draw: ImageDraw.ImageDraw, rng: random.Random, kind: str) -> None:
    """A house, a block of flats, a wave or a piece of furniture, somewhere in the lower half."""
    x, y = rng.randrange(0, SIZE[0] - 160), rng.randrange(330, 520)
    wide, colour = rng.randrange(110, 240), tuple(rng.randrange(60, 210) for _ in range(3))
    draw.rectangle([x, y, x + wide, SIZE[1]], colour)
    if kind == "home":
        draw.polygon([(x - 14, y), (x + wide // 2, y - 80), (x + wide + 14, y)], (120, 60, 50))
    if kind in ("home", "work"):
        for window in range(x + 16, x + wide - 30, 44):
            draw.rectangle([window, y + 24, window + 24, y + 54], (250, 230, 150))
    if kind == "trip":
        draw.ellipse([x, y - 40, x + wide, y + 40], (60, 140, 90))


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((160, 120))
    return jpeg(small, 75)


def cropped(image: Image.Image) -> Image.Image:
    """The middle of it, as an editor crops away what somebody wants to hide."""
    width, height = image.size
    return image.crop((width // 4, height // 4, width * 5 // 8, height * 5 // 8))


def png(image: Image.Image, texts: dict[str, str]) -> bytes:
    out, chunks = io.BytesIO(), PngImagePlugin.PngInfo()
    for key, value in texts.items():
        chunks.add_text(key, value)
    image.save(out, "PNG", pnginfo=chunks)
    return out.getvalue()
