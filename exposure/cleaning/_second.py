"""Other programs' readers over a copy: what Pillow and ExifRead find in it that was not to stay.

Each has an allow-list of its own, in its own names. Pillow is given the copy alone, never what our own reader made of
it; ExifRead, which must never be given a file (it hangs and crashes on some), gets the EXIF blocks in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from exposure.drawing import Drawing
from exposure.errors import MalformedFile
from exposure.metadata._second_reader import LARGEST, SecondTag, tags_of
from exposure.metadata._tags import EXIF, GPS
from exposure.model import Kept, Kind, Photo, Tag

_INFO = {
    "JPEG": "jfif jfif_version jfif_unit jfif_density dpi adobe adobe_transform progressive progression",
    "PNG": "dpi aspect interlace",
    "GIF": "version",
    "WebP": "",
    "TIFF": "compression dpi resolution",
    "HEIF": "primary bit_depth chroma tiling icc_profile_type",
    "AVIF": "",
}
"""What Pillow tells of every picture of a format, besides how it looks."""

_SEGMENTS = frozenset(["segment APP0 JFIF", "segment APP14 Adobe"])
_SECOND = frozenset(
    [
        *("info mp", "info mpoffset", "segment APP2 MPF", "segment APP2", "info aux", "other pictures"),
        *("info xmp", "segment APP1 XMP"),
    ]
)
"""What it tells of a copy that keeps a second picture: our own reader looks at every letter of that."""
_POINTERS = {"Exif IFD": 0x8769, "GPS IFD": 0x8825}
_PASSING = frozenset(["Image ExifOffset", "Image GPSInfo"])
"""ExifRead's names for those."""
_BIG = (b"II+\0", b"MM\0+")
"""How a BigTIFF begins, which ExifRead does not know."""
_ICC, _XMP, _ORIENTATION = 34675, 700, 0x112

_TIFF = frozenset(
    [
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283),
        *(284, 290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338),
        *(339, 340, 341, 347, 529, 530, 531, 532),
    ]
)
"""Tags without which a TIFF shows nothing, or something else (TIFF 6.0, parts 1 and 2)."""


def pillow_left(drawing: Drawing, format_: str, kept: Kept) -> Iterator[str]:
    """What Pillow found in a copy and was not to stay, by its name."""
    allowed = _SEGMENTS | {f"info {word}" for word in _INFO.get(format_, "").split()}
    tags = {(tag.ifd, tag.number) for tag in kept.tags}
    tags |= {("IFD0", _POINTERS[tag.ifd]) for tag in kept.tags if tag.ifd in _POINTERS}
    if format_ == "TIFF":
        tags |= {("IFD0", number) for number in _TIFF}
    if format_ == "AVIF":  # it writes down the turn that the picture's own box gives as if that were EXIF
        tags.add(("IFD0", _ORIENTATION))
    allowed |= {f"{ifd} {number}" for ifd, number in tags}
    if kept.tags or format_ == "AVIF":
        allowed |= {"info exif", "segment APP1 Exif"}
        allowed |= {f"info Raw profile type {name}" for name in ("exif", "APP1")}  # of a PNG
    if kept.icc:
        allowed |= {"info icc_profile", "segment APP2 ICC_PROFILE", f"IFD0 {_ICC}"}
    if kept.xmp or kept.second:  # which second pictures there are is said in XMP
        allowed |= {"info xmp", "info XML:com.adobe.xmp", "segment APP1 XMP", f"IFD0 {_XMP}"}
        allowed |= {f"IFD0 {_ORIENTATION}"}  # which it takes from there
    if kept.second:
        allowed |= _SECOND
    yield from sorted(drawing.besides - allowed)


class Found(NamedTuple):
    """What ExifRead makes of the EXIF blocks of a copy, by its own names."""

    left: tuple[str, ...]
    """What was not to stay, or stays with another value."""
    missed: tuple[str, ...]
    """What was to stay and is not there."""


def exifread_found(photo: Photo, kept: Kept) -> Found:
    """Read a copy's EXIF blocks with ExifRead; a BigTIFF, which it does not know, it is not given."""
    wanted = {name: tag for tag in kept.tags for name in _names(tag)}
    blocks = [b for b in photo.blocks if b.kind is Kind.EXIF and b.window.head(4) not in _BIG]
    left: list[str] = []
    found: set[Tag] = set()
    for block in blocks:
        is_file = photo.format == "TIFF" and block.window.size == photo.size
        if block.window.size > LARGEST and is_file:
            return Found((), ())
        try:
            tags, problem = tags_of(block.window.load(LARGEST))
        except MalformedFile as error:
            tags, problem = (), str(error)
        left += [f"EXIF that it cannot read ({problem})"] if problem else []
        for each in tags:
            tag = wanted.get(each.name)
            if tag is not None and _says(each, tag):
                found.add(tag)
            elif each.name not in _PASSING and not (is_file and _shapes(each.name, kept)):
                left.append(each.name)
    missed = [tag for tag in kept.tags if tag not in found] if blocks or photo.format != "TIFF" else ()
    return Found(tuple(left), tuple(_names(tag)[0] for tag in missed))


def _names(tag: Tag) -> tuple[str, str]:
    """What ExifRead calls a tag: by its name, or by its number where it has none."""
    group = {"IFD0": "Image", "Exif IFD": "EXIF", "GPS IFD": "GPS"}[tag.ifd]
    table = GPS if tag.ifd == "GPS IFD" else EXIF
    return f"{group} {table.get(tag.number, '')}", f"{group} Tag 0x{tag.number:04X}"


def _shapes(name: str, kept: Kept) -> bool:
    """Whether a tag of a TIFF file is one without which it shows nothing, or holds what was to stay."""
    word = name.rpartition(" ")[2]
    if word in ("SubfileType", "OldSubfileType"):  # as it calls the first two
        return True
    numbers = (*_TIFF, *([_ICC] if kept.icc else ()), *([_XMP] if kept.xmp else ()))
    return any(word in (EXIF.get(number), f"0x{number:04X}") for number in numbers)


def _says(found: SecondTag, tag: Tag) -> bool:
    """Whether ExifRead read the value that was written."""
    if isinstance(tag.values, str):
        return found.words == tag.values.strip(" \0")
    wanted: Sequence[object] = tag.values
    if tag.type == 1:  # of bytes it gives no numbers, since they may spell words
        return found.words == str(list(wanted))
    if tag.type in (5, 10):
        pairs = zip(tag.values[::2], tag.values[1::2], strict=True)
        wanted = [Fraction(n, d) if d else None for n, d in pairs]
    return list(found.values) == list(wanted)
