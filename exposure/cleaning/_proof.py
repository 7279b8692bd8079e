"""Prove that a copy is clean: it is read again, by our reader and by others, and may hold only what was to stay.

Five statements, each by itself enough to stop a copy from being published:

1. every byte of it is a piece of the original's picture, or what we meant to write;
2. our reader, which looked at every byte, finds nothing but the values that were to stay;
3. put together again from its own parts, the copy is itself: its structure holds nothing that we would not write;
4. other readers (Pillow, ExifRead, ExifTool where it is asked for) open it and find nothing else either;
5. its pixels, which way up it is shown and how many pictures it has are those of the original, and its coded picture
   ends where they do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from exposure.cleaning import Wishes
from exposure.cleaning._along import without
from exposure.cleaning._copy import Copy, joined
from exposure.cleaning._idle import idle_end
from exposure.cleaning._second import exifread_found, pillow_left
from exposure.drawing import MOST_PIXELS, NO_READER, TOO_LARGE, Drawing, differences, drawn
from exposure.errors import CannotClean
from exposure.model import Depth, Kept, Kind, Photo, Role, Tag
from exposure.plugins import Format, Piece
from exposure.reading import read
from exposure.source import Assembled, FileSource, Window, is_same

_PIECE = 1 << 18
_PACKED = ("HEIF", "AVIF")
"""Formats whose coded pictures may hold anything: only a decoder can tell that they are pictures."""
_SAME = "the picture's bytes are those of the original"

_NAMES = {
    ("IFD0", 0x10F): "Make",
    ("IFD0", 0x110): "Model",
    ("IFD0", 0x112): "Orientation",
    ("IFD0", 0x13B): "Artist",
    ("IFD0", 0x8298): "Copyright",
    ("Exif IFD", 0x9003): "DateTimeOriginal",
    ("Exif IFD", 0x9011): "OffsetTimeOriginal",
    ("Exif IFD", 0xA434): "LensModel",
    ("GPS IFD", 0): "GPSVersionID",
    ("GPS IFD", 1): "GPSLatitudeRef",
    ("GPS IFD", 2): "GPSLatitude",
    ("GPS IFD", 3): "GPSLongitudeRef",
    ("GPS IFD", 4): "GPSLongitude",
}
"""The only EXIF tags that a copy may ever have, besides those without which a TIFF shows nothing."""

_TIFF_STRUCTURE = frozenset(
    [
        "NewSubfileType",
        "OldSubfileType",
        "ImageWidth",
        "ImageLength",
        "BitsPerSample",
        "Compression",
        "PhotometricInterpretation",
        "Thresholding",
        "CellWidth",
        "CellLength",
        "FillOrder",
        "StripOffsets",
        "SamplesPerPixel",
        "RowsPerStrip",
        "StripByteCounts",
        "MinSampleValue",
        "MaxSampleValue",
        "XResolution",
        "YResolution",
        "PlanarConfiguration",
        "GrayResponseUnit",
        "GrayResponseCurve",
        "T4Options",
        "T6Options",
        "ResolutionUnit",
        "TransferFunction",
        "Predictor",
        "WhitePoint",
        "PrimaryChromaticities",
        "ColorMap",
        "HalftoneHints",
        "TileWidth",
        "TileLength",
        "TileOffsets",
        "TileByteCounts",
        "InkSet",
        "NumberofInks",
        "DotRange",
        "ExtraSamples",
        "SampleFormat",
        "SMinSampleValue",
        "SMaxSampleValue",
        "JPEGTables",
        "YCbCrCoefficients",
        "YCbCrSubSampling",
        "YCbCrPositioning",
        "ReferenceBlackWhite",
        "Orientation",
    ]
)


def prove(copy: Copy, after: FileSource | Assembled, wishes: Wishes) -> str:
    """What the proof could not include, or "" when it was whole. CannotClean with what stands against it."""
    _same_bytes(copy, after)
    photo = read(after, Depth.DEEP)
    if isinstance(photo, str) or photo.format != copy.format.name:
        raise CannotClean("the copy is not read as the same kind of file")
    for left in leftovers(photo, copy.format, copy.kept):
        raise CannotClean(f"the copy would still hold {left}")
    assert copy.format.rewrite is not None
    window = Window.whole(after)
    if not is_itself(joined(copy.format.rewrite(window, photo.parts, copy.kept)), window):
        raise CannotClean("the copy would not stay the same when it is cleaned again")
    return _others(copy, photo, after, wishes)


def _others(copy: Copy, photo: Photo, after: FileSource | Assembled, wishes: Wishes) -> str:
    """Other readers find nothing else, and draw the same picture; what they could not do, or ""."""
    name, kept = copy.format.name, copy.kept
    drawing = drawn(Window.whole(after), name, wishes.pixels)
    found = exifread_found(photo, kept)
    for left in (*pillow_left(drawing, name, kept), *found.left):
        raise CannotClean(f"another program would still find {left} in the copy")
    for missed in found.missed:
        raise CannotClean(f"another program would not find {missed} in the copy, which was to stay")
    if wishes.exiftool:
        from exposure.cleaning._exiftool import exiftool_left  # seldom asked for, and slow to load

        for left in exiftool_left(after, name, kept):
            raise CannotClean(f"ExifTool would still find {left} in the copy")
    original = drawn(Window.whole(copy.source), name, wishes.pixels, besides=False)
    for difference in (*differences(original, drawing), *_colours(copy, original, drawing)):
        raise CannotClean(f"the copy would not look like the original: {difference}")
    if idle_end(after, name, photo.parts, drawing):
        raise CannotClean(
            "its compressed picture goes on where the picture ends, and what follows may be anything; open it in a photo "
            "program, save it anew, and clean that"
        )
    if name in _PACKED and drawing.problem not in ("", NO_READER, TOO_LARGE):
        raise CannotClean(
            "no program here can draw it, so nothing tells whether what it gives as its picture is one; "
            "a program that does show it can export it as JPEG, and that can be cleaned"
        )
    return undrawn(original.problem, wishes)


def _colours(copy: Copy, original: Drawing, drawing: Drawing) -> Iterator[str]:
    """The copy has the profile that was to stay; none is gone but on purpose."""
    wanted = hashlib.sha256(copy.kept.icc).hexdigest() if copy.kept.icc else ""
    if drawing.icc != wanted and (drawing.icc or not drawing.problem):
        yield "its colour profile is another than was to stay"
    if original.icc and not wanted and not any(b.kind is Kind.ICC for b in copy.photo.blocks):
        yield "its colour profile is gone"


def undrawn(problem: str, wishes: Wishes) -> str:
    """What was left out of comparing the pixels, and why; "" for nothing."""
    if not wishes.pixels:
        return f"the pixels were not compared; {_SAME}"
    if not problem:
        return ""
    why = {
        NO_READER: "that needs one more package (pip install 'photo-exposure[heif]')",
        TOO_LARGE: f"there are more than {MOST_PIXELS // 1_000_000} million, or more than memory holds",
    }.get(problem, "Pillow cannot draw all of the original")
    return f"the pixels were not all compared: {why}; {_SAME}"


def leftovers(photo: Photo, format_: Format, kept: Kept) -> Iterator[str]:
    """What a photo holds that is not its picture and was not to stay: where it lies, never what it says."""
    photo = without(photo, kept)
    for problem in photo.problems:
        yield f"something that could not be read ({problem.where}: {problem.message})"
    allowed = {Kind.EXIF: kept.tags, Kind.ICC: kept.icc, Kind.XMP: kept.xmp}
    for part in photo.parts:
        if part.role is Role.METADATA and not allowed.get(part.kind or Kind.UNKNOWN):
            yield f"{part.kind or 'something unknown'} in {part.where}"
    for picture in photo.facts.pictures:
        yield f"a {picture.kind} ({picture.address.path})"
    expected = {(tag.ifd, _NAMES[tag.ifd, tag.number]): _decoded(tag) for tag in kept.tags}
    for field in photo.fields:
        if field.kind is Kind.EXIF and not field.within:
            if (field.group, field.name) in expected:
                if field.value != expected[field.group, field.name]:
                    yield f"another {field.name} than was to stay"
            elif format_.name != "TIFF" or field.name not in _TIFF_STRUCTURE:
                yield field.path
        elif not (allowed.get(field.kind) and not field.within):
            yield field.path
    for block in photo.blocks:
        wanted = {Kind.ICC: kept.icc, Kind.XMP: kept.xmp}.get(block.kind)
        if block.kind is not Kind.EXIF and (not wanted or block.window.load() != wanted):
            yield f"{block.kind} in {block.where}"


def _decoded(tag: Tag) -> object:
    """What our reader makes of a tag that says what it should."""
    if isinstance(tag.values, str):
        return tag.values
    values: tuple[float, ...] = tag.values
    if tag.type == 5:
        values = tuple(above / below for above, below in zip(values[::2], values[1::2], strict=True))
    return values[0] if len(values) == 1 else values


def _same_bytes(copy: Copy, after: FileSource | Assembled) -> None:
    """What lies on the disk is what was meant to lie there."""
    if not isinstance(after, Assembled) and not is_same(after, copy.assembled()):
        raise CannotClean("the copy on the disk is not what was written")


def is_itself(pieces: Iterable[Piece], window: Window) -> bool:
    """Whether a file that was put together again from these pieces of it is the same."""
    at = 0
    for piece in pieces:
        length = len(piece) if isinstance(piece, bytes) else piece.length
        if at + length > window.size:
            return False
        if isinstance(piece, bytes):
            if window.read(at, length) != piece:
                return False
        elif piece.offset != at:
            for start in range(0, length, _PIECE):
                share = min(_PIECE, length - start)
                if window.read(piece.offset + start, share) != window.read(at + start, share):
                    return False
        at += length
    return at == window.size
