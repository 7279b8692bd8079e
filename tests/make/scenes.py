"""Invented pictures that are as different from each other as photos are: a sky or a wall, patches of light, things."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter


def scene(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """The same picture for the same seed; a third of them stand upright."""
    rng = Random(seed)
    size = (height, width) if rng.random() < 0.35 else (width, height)
    image = _lit(rng, _ground(rng, size))
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randrange(2, 14)):
        _thing(rng, draw, size)
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.5)))


def _colour(rng: Random) -> tuple[int, int, int]:
    return rng.randrange(20, 236), rng.randrange(20, 236), rng.randrange(20, 236)


def _ground(rng: Random, size: tuple[int, int]) -> Image.Image:
    """From one colour to another, in half of them with a horizon."""
    top, bottom, far = _colour(rng), _colour(rng), rng.uniform(0.25, 0.75) * size[1]
    image = Image.composite(
        Image.new("RGB", size, bottom), Image.new("RGB", size, top), Image.linear_gradient("L").resize(size)
    )
    if rng.random() < 0.5:
        image.paste(_colour(rng), (0, round(far), *size))
    return image


def _lit(rng: Random, image: Image.Image) -> Image.Image:
    """Patches of light and dark of every size."""
    for octave in range(1, 7):
        side = 2**octave + 1
        patches = Image.frombytes("L", (side, side), rng.randbytes(side * side))
        light = patches.resize(image.size, Image.Resampling.BICUBIC)
        strength = min(1.0, rng.uniform(0.2, 1) / octave**0.8)
        image = Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", (light,) * 3)), strength)
    return image


def _thing(rng: Random, draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    x, y = rng.gauss(size[0] / 2, size[0] / 3.5), rng.gauss(size[1] * 0.55, size[1] / 4)
    wide, high = rng.uniform(0.03, 0.3) * size[0] / 2, rng.uniform(0.03, 0.4) * size[1] / 2
    box = (x - wide, y - high, x + wide, y + high)
    kind = rng.randrange(3)
    if kind == 0:
        draw.ellipse(box, _colour(rng))
    elif kind == 1:
        draw.rectangle(box, _colour(rng))
    else:
        corners = range(rng.randrange(3, 7))
        draw.polygon(
            [(x + rng.uniform(-wide, wide), y + rng.uniform(-high, high)) for _ in corners], _colour(rng)
        )


def jpeg(image: Image.Image, quality: int = 90, **more: object) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def changed(image: Image.Image) -> Iterator[tuple[str, Image.Image, int]]:
    """What services and people do to a picture: what it is called, the picture, and the quality of its JPEG."""
    width, height = image.size
    across, down = round(width * 0.04), round(height * 0.04)
    small = image.copy()
    small.thumbnail((320, 320))
    yield "recompressed to quality 30", image, 30
    yield "resized to 320 pixels", small, 80
    yield "15 % brighter", ImageEnhance.Brightness(image).enhance(1.15), 85
    yield "15 % darker", ImageEnhance.Brightness(image).enhance(0.85), 85
    yield (
        "4 % cropped, all around",
        image.crop((across // 2, down // 2, width - across // 2, height - down // 2)),
        85,
    )
    yield "4 % cropped, at the right", image.crop((0, 0, width - across, height)), 85
    yield "4 % cropped, at the top", image.crop((0, down, width, height)), 85


def corner(image: Image.Image) -> Image.Image:
    """What is left without 4 % at the left and 4 % at the top: harder than anything in `changed`."""
    return image.crop((round(image.width * 0.04), round(image.height * 0.04), *image.size))
