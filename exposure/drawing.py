"""A file's picture drawn, and told so exactly that one changed pixel shows.

What is told of a file is a list of digests and of the few settings that change how it looks. Two such lists are the
same or they are not: nothing here says how much two pictures are alike, so nothing here can be used on people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from exposure.opening import large, opened
from exposure.source import Window

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 300_000_000
"""In all frames and pages of one file together; what is larger is not drawn."""

TOO_LARGE = "too large"
NO_READER = "no reader"

_CANVAS = 30_000_000
"""Of an animation, in pixels: a few bytes can make it any size, and decoders hold it several times at once."""
_ANIMATED = ("PNG", "WebP", "GIF")
_WIDEST_WEBP = 1 << 14
"""No single picture of that format is wider or higher (RFC 6386, 9.1); the canvas of an animation can be."""
_LEAST = 4_096
"""What each frame counts at least, in pixels: a million tiny frames take long too."""
_BAND = 1 << 20
"""Pixels that are put through the digest at once."""
_MOST_PAGES = 10_000
_LONGEST = 60
_BOMB = "DecompressionBombError"

_ONE = frozenset(["JPEG", "HEIF"])
"""Formats in which only the first or the primary picture is the picture: others came along."""

_ORIENTATION, _NEW_SUBFILE_TYPE, _SUBFILE_TYPE, _STRIPS, _TILES = 0x112, 254, 255, 273, 324
_DIRECTORIES = {"Exif IFD": 0x8769, "GPS IFD": 0x8825, "Interop IFD": 0xA005}
_IFD1 = -1
"""Pillow's number for the directory of a thumbnail."""

_SEGMENTS = {
    b"JFIF\0": "JFIF",
    b"Exif\0\0": "Exif",
    b"ICC_PROFILE\0": "ICC_PROFILE",
    b"Adobe": "Adobe",
    b"MPF\0": "MPF",
    b"http://ns.adobe.com/xap/1.0/\0": "XMP",
}
"""How JPEG segments open, and how that is called."""
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""The GIF extensions that say how often the frames are shown."""
_JFIF = 14
"""Bytes of a JFIF header that has no thumbnail."""

_SHOWN = frozenset(
    [
        *("duration", "timestamp", "loop", "disposal", "blend", "bbox", "background", "transparency"),
        *("default_image", "gamma", "srgb", "chromaticity", "nclx_profile", "pixel_aspect_ratio"),
        *("content_light_level", "mastering_display_colour_volume"),
        *("ambient_viewing_environment", "nominal_diffuse_white_luminance"),
    ]
)
"""What Pillow tells besides the pixels that changes how they are shown."""


class Frame(NamedTuple):
    """One picture of a file as it is drawn."""

    width: int
    height: int
    clear: bool
    """Whether some of it may be transparent."""
    pixels: str
    """SHA-256 of its mode, size, palette and pixels."""
    shown: tuple[tuple[str, str], ...]
    """How it is shown: duration, background, gamma…"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a file looks like."""

    frames: tuple[Frame, ...] = ()
    turned: int = 1
    """Which way up it is shown, 1 to 8 as in Exif 3.0, section 4.6.5.1.6."""
    icc: str = ""
    """SHA-256 of its colour profile; empty for none."""
    besides: frozenset[str] = frozenset()
    """What else Pillow found in the file, by its own names: ``info comment``, ``IFD0 271``, ``segment APP1``."""
    problem: str = ""
    """Why not all was drawn: `TOO_LARGE`, `NO_READER`, or the name of what the decoder raised."""


def drawn(window: Window, format_: str, pixels: bool = True, besides: bool = True) -> Drawing:
    """What the file looks like, as far as it can be drawn; without `pixels`, only what Pillow tells without drawing,
    and without `besides`, not what else it found.

    It never raises: decoders raise anything at damage, and what they raised is told.
    """
    found, frames, more, problem = Drawing(), list[Frame](), set[str](), ""
    try:
        with large(MOST_PIXELS), opened(window, format_) as image:
            left = MOST_PIXELS
            for first in _pages(image, format_):
                left -= max(image.width * image.height, _LEAST)
                if left < 0 or _is_too_wide(image, format_):
                    raise _TooLarge
                turned = _orientation(image, pixels and format_ == "PNG")
                if pixels:
                    image.load()
                    frames.append(_frame(image))
                if first:
                    found = Drawing(turned=turned, icc=_profile(image))
                if besides:
                    more.update(_besides(image, format_))
    except ImportError:
        problem = NO_READER
    except (MemoryError, _TooLarge):
        problem = TOO_LARGE
    except Exception as error:
        problem = TOO_LARGE if type(error).__name__ == _BOMB else type(error).__name__
    return replace(found, frames=tuple(frames), besides=frozenset(more), problem=problem)


class _TooLarge(Exception):
    """More pixels than are drawn."""


def _is_too_wide(image: Image, format_: str) -> bool:
    moving = getattr(image, "is_animated", False) or (format_ == "WebP" and max(image.size) > _WIDEST_WEBP)
    return moving and format_ in _ANIMATED and image.width * image.height > _CANVAS


def _pages(image: Image, format_: str) -> Iterator[bool]:
    """Lead Pillow to each frame or page that is the picture itself; True for the first of them."""
    if format_ in _ONE:
        yield True
        return
    whole = _whole_pages(image) if format_ == "TIFF" else None
    first = True
    for number in count() if whole is None else whole:
        try:
            image.seek(number)
        except EOFError:
            return
        yield first
        first = False


def _whole_pages(tiff: Any) -> list[int]:
    """The pages of a TIFF that are no reduced copies of others (TIFF 6.0, NewSubfileType); the first when all are."""
    found = []
    for number in range(_MOST_PAGES):
        try:
            tiff.seek(number)
        except EOFError:
            break
        except Exception:  # the JPEG thumbnail of an EXIF block (Exif 3.0, 4.6.1) has no dimensions
            if tiff.tell() != number:
                raise
        tags = tiff.tag_v2
        reduced = tags.get(_NEW_SUBFILE_TYPE, 0) & 1 or tags.get(_SUBFILE_TYPE) == 2
        if not reduced and (number == 0 or _STRIPS in tags or _TILES in tags):
            found.append(number)
    return found or [0]


def _orientation(image: Image, late: bool) -> int:
    """Which way up Pillow would turn it, which it does by itself for TIFF; `late`: also by what follows the picture."""
    from PIL import Image as Pillow

    try:
        exif = image.getexif() if late else Pillow.Image.getexif(image)
        turned = exif.get(_ORIENTATION, 1)
    except MemoryError:
        raise
    except Exception:  # damaged EXIF turns nothing
        return 1
    return turned if turned in range(1, 9) else 1


def _profile(image: Image) -> str:
    icc = image.info.get("icc_profile")
    return hashlib.sha256(icc).hexdigest() if icc else ""


def _frame(image: Image) -> Frame:
    width, height = image.size
    digest = hashlib.sha256(f"{image.mode} {width} {height}".encode())
    if image.mode in ("P", "PA"):
        digest.update(bytes(image.getpalette(None) or ()))
    rows = max(1, _BAND // max(width, 1))
    for top in range(0, height, rows):
        digest.update(image.crop((0, top, width, min(top + rows, height))).tobytes())
    shown = {name: value for name, value in image.info.items() if name in _SHOWN}
    shown["disposal_method"] = getattr(image, "disposal_method", None)
    clear = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    return Frame(
        width, height, clear, digest.hexdigest(), tuple((n, repr(v)) for n, v in sorted(shown.items()))
    )


def _besides(image: Any, format_: str) -> Iterator[str]:
    """Everything that Pillow found at this frame and that is not how it is shown."""
    for key, value in image.info.items():
        if value and key not in _SHOWN and not (key == "extension" and value[0] in _LOOPS):
            yield f"info {str(key)[:_LONGEST]}"
    for name, data in getattr(image, "applist", ()):
        known = next((word for opening, word in _SEGMENTS.items() if data.startswith(opening)), "")
        more = " with a thumbnail" if known == "JFIF" and len(data) != _JFIF else ""
        yield f"segment {name} {known}{more}".rstrip()
    for chunk in getattr(image, "private_chunks", ()):
        yield f"chunk {chunk[0].decode('latin-1')}"
    if format_ in _ONE and getattr(image, "n_frames", 1) > 1:
        yield "other pictures"
    try:
        yield from _tags(image, format_)
    except MemoryError:
        raise
    except Exception:
        yield "EXIF that it cannot read"


def _tags(image: Image, format_: str) -> Iterator[str]:
    """Every EXIF tag, by directory and number."""
    from PIL import Image as Pillow

    exif = Pillow.Image.getexif(image)
    yield from (f"IFD0 {tag}" for tag in exif)
    for name, pointer in _DIRECTORIES.items():
        if pointer in exif or (name == "Interop IFD" and pointer in exif.get_ifd(_DIRECTORIES["Exif IFD"])):
            yield from (f"{name} {tag}" for tag in exif.get_ifd(pointer))
    if format_ != "TIFF":
        yield from (f"IFD1 {tag}" for tag in exif.get_ifd(_IFD1))


def differences(before: Drawing, after: Drawing) -> Iterator[str]:
    """What is not the same, in words; their colour profiles apart, which may be replaced on purpose.

    Where the first could not be drawn to its end, the second must be the same up to there, and then fail alike or
    go on.
    """
    if after.problem and before.problem != after.problem:
        yield "it cannot be drawn any more" if not before.problem else "it fails to be drawn in another way"
    if before.turned != after.turned:
        yield "it is shown another way up"
    pairs = list(zip(before.frames, after.frames, strict=False))
    if len(before.frames) > len(pairs) or (len(after.frames) > len(pairs) and not before.problem):
        yield f"it has {_frames(after)} instead of {len(before.frames)}"
    if any(a[:2] != b[:2] for a, b in pairs):
        yield "its size is another"
    elif any(a.clear and not b.clear for a, b in pairs):
        yield "its transparency is gone"
    elif any(a.pixels != b.pixels for a, b in pairs):
        yield "its pixels differ"
    told = sorted({name for a, b in pairs for name, _ in set(a.shown) ^ set(b.shown)})
    if told:
        yield f"it is shown in another way ({', '.join(told)})"


def _frames(drawing: Drawing) -> str:
    number = len(drawing.frames)
    return f"{number} frame{'' if number == 1 else 's'} or page{'' if number == 1 else 's'}"
