"""Pictures drawn small: is a preview still the picture it is a preview of, thumbnails for a report, and looks.

Some editors crop or cover a picture but leave its old preview in the file. Both are drawn small, grey and
blurred, and compared under turns, letterboxes and small shifts. Only a file's preview and that same file's
picture are ever compared: never two photos, never people. A look (`exposure.looks`) is 64 bits of one whole picture.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from operator import mul
from typing import TYPE_CHECKING

from exposure import looks
from exposure.model import Photo, Picture
from exposure.opening import opened
from exposure.source import Source, Window

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 48
_SHIFT = 3
_LEAST = 24
"""Pixels on the shorter side; a smaller picture shows nothing that could be hidden in it."""

_MOST_PIXELS = 16_000_000
"""Pictures above this are not drawn (48 MB in colour): their previews stay "not compared"."""

_MOST_PIXELS_SCALED = 120_000_000
"""The same for baseline JPEG, which is drawn at an eighth of its size without being unpacked whole."""

_MOST_PREVIEWS = 4
"""Of one photo that are compared; each may take as long as the picture."""

_SAME = 0.97
"""Good enough to stop looking for a better turn or shift."""

_FLAT = 4.0
"""Grey levels; a picture with less contrast than this (standard deviation) shows nothing to compare."""

_DRAWN = frozenset(["JPEG", "PNG", "WebP", "GIF", "AVIF"])
"""TIFF is not among them: of a raw file Pillow would draw a preview."""

THUMBNAIL = 96
"""The longer side of a thumbnail in pixels."""
_SHOWN = _DRAWN | {"HEIF", "TIFF"}
_LOOKED_AT = 256
"""The longer side, in pixels, of what a look is made of."""
_QUALITY = 60
"""Of a thumbnail: about 1 kB each, so that twenty thousand fit into one page."""


def compared(photo: Photo, source: Source) -> Photo:
    """The photo with the likeness of each of its previews to the picture, -1 to 1; None where that cannot be told."""
    previews = [
        p for p in photo.facts.pictures if p.kind in ("thumbnail", "preview") and "/" not in p.address.path
    ]
    if not previews:
        return photo
    main = _drawn(Window.whole(source), photo.format, _MOST_PIXELS_SCALED)
    if main is None:
        return photo
    told = {id(p): p._replace(likeness=_likeness(source, p, main)) for p in previews[:_MOST_PREVIEWS]}
    pictures = tuple(told.get(id(p), p) for p in photo.facts.pictures)
    return replace(photo, facts=replace(photo.facts, pictures=pictures))


def _likeness(source: Source, preview: Picture, main: Image) -> float | None:
    if preview.address.indirect or preview.format not in ("JPEG", "PNG") or len(preview.address.ranges) != 1:
        return None
    small = _drawn(Window.whole(source).part(preview.offset, preview.length), preview.format)
    return likeness(small, main) if small is not None else None


def thumbnail(window: Window, format_: str) -> bytes:
    """The picture as a small WebP the right way up, with nothing in it but pixels; empty when it cannot be drawn."""
    from PIL import Image

    image = _upright(window, format_, "RGB", THUMBNAIL)
    if image is None:
        return b""
    out = io.BytesIO()
    bare = Image.frombytes("RGB", image.size, image.tobytes())  # a new picture has no metadata to write
    bare.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()


def look(window: Window, format_: str) -> looks.Look | None:
    """What a whole picture looks like, the right way up, in 64 bits (`exposure.looks`); None when it cannot be drawn, is
    too large, or is too plain to be told from others."""
    from PIL import Image

    image = _upright(window, format_, "L", _LOOKED_AT)
    if image is None or min(image.size) < _LEAST:
        return None
    return looks.look(image.resize((looks.SIDE, looks.SIDE), Image.Resampling.BOX).tobytes())


def _upright(window: Window, format_: str, mode: str, side: int) -> Image | None:
    """The picture in that mode and at most so large, the right way up; None when it cannot be drawn."""
    from PIL import ImageOps

    image = _small(window, format_, mode, side, _MOST_PIXELS_SCALED) if format_ in _SHOWN else None
    if image is not None:
        try:
            ImageOps.exif_transpose(image, in_place=True)
        except Exception:  # damaged EXIF turns nothing
            image.info.clear()
    return image


def _drawn(window: Window, format_: str, most_scaled: int = _MOST_PIXELS) -> Image | None:
    """The picture, grey and at most 8 times the size that is compared; None when Pillow cannot draw it whole."""
    return _small(window, format_, "L", SIDE * 8, most_scaled) if format_ in _DRAWN else None


def _small(window: Window, format_: str, mode: str, side: int, most_scaled: int) -> Image | None:
    """The picture in that mode, at most so many pixels wide and high; None when Pillow cannot draw it whole.

    `most_scaled` is how many pixels it may have where it is drawn at an eighth of its size as it is read.
    """
    from PIL import Image

    try:
        with opened(window, format_) as image:
            scaled = format_ == "JPEG" and "progressive" not in image.info and _in_one_scan(window)
            if image.width * image.height > (most_scaled if scaled else _MOST_PIXELS):
                return None
            image.draft(mode, (max(side // 2, THUMBNAIL),) * 2)
            small = image.convert(mode)
            small.thumbnail((side, side), Image.Resampling.BOX)
            return small
    except Exception:  # decoders raise anything at damage; None then says that it was not drawn
        return None


def _in_one_scan(jpeg: Window) -> bool:
    """Whether the first scan has all the colours (T.81, B.2.3); a picture in several is held in memory unscaled."""
    at, colours = 2, 0
    for _ in range(1_000):
        head = jpeg.read(at, 10)
        if head[0] == 0xFF and 0xC0 <= head[1] <= 0xC3:
            colours = head[9]
        if head[:2] == b"\xff\xda":
            return head[4] == colours
        at += 1 if head[:2] == b"\xff\xff" else 2 + (head[2] << 8 | head[3])
    return False


def likeness(preview: Image, main: Image) -> float | None:
    """The best correlation of the two over turns, letterboxes and small shifts; None when one of them is flat or tiny."""
    from PIL import ImageStat

    if min(*preview.size, *main.size) < _LEAST:
        return None
    whole = _squared(main, (0, 0, *main.size))
    if ImageStat.Stat(whole).stddev[0] < _FLAT:
        return None
    ranked: list[tuple[float, Image]] = []
    for box in _boxes(preview, main):
        for turned in _turns(_squared(preview, box)):
            found = _correlation(turned, whole, 0)
            if found > _SAME:
                return found
            ranked.append((found, turned))
    if not ranked:
        return None
    ranked.sort(key=lambda r: r[0], reverse=True)
    return max(_correlation(turned, whole, _SHIFT) for _, turned in ranked[:2])


def _turns(small: Image) -> Iterator[Image]:
    """The preview and its three quarter turns; none of a flat one, which matches nothing and everything."""
    from PIL import Image, ImageStat

    if ImageStat.Stat(small).stddev[0] >= _FLAT:
        yield small
        for turn in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270):
            yield small.transpose(turn)


def _boxes(preview: Image, main: Image) -> Sequence[tuple[int, int, int, int]]:
    """The whole preview, and the part of it between the bars when it was letterboxed to another shape."""
    width, height = preview.size
    boxes = [(0, 0, width, height)]
    for ratio in {main.width / main.height, main.height / main.width}:
        tall, wide = round(width / ratio), round(height * ratio)
        if 0 < tall < height - 1:
            boxes.append((0, (height - tall) // 2, width, (height + tall) // 2))
        if 0 < wide < width - 1:
            boxes.append(((width - wide) // 2, 0, (width + wide) // 2, height))
    return boxes


def _squared(image: Image, box: tuple[int, int, int, int]) -> Image:
    from PIL import Image as Pillow
    from PIL import ImageFilter

    small = image.resize((SIDE, SIDE), Pillow.Resampling.BOX, box)
    return small.filter(ImageFilter.GaussianBlur(1))


def _correlation(preview: Image, main: Image, most: int) -> float:
    """The best normalised correlation over shifts of up to `most` of the 48 pixels; good enough ends the search."""
    side, best = SIDE - 2 * most, -1.0
    middle = preview.crop((most, most, most + side, most + side)).tobytes()
    count, total = len(middle), sum(middle)
    spread = sum(map(mul, middle, middle)) - total * total / count
    for dx, dy in sorted(
        product(range(2 * most + 1), repeat=2), key=lambda s: abs(s[0] - most) + abs(s[1] - most)
    ):
        shifted = main.crop((dx, dy, dx + side, dy + side)).tobytes()
        other = sum(shifted)
        scale = spread * (sum(map(mul, shifted, shifted)) - other * other / count)
        if scale > 0:
            best = max(best, (sum(map(mul, middle, shifted)) - total * other / count) / scale**0.5)
        if best > _SAME:
            break
    return best
