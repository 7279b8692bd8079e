"""Prove that a copy is clean: it is read again, by our reader and by others, and may hold only what was to stay.

Five statements, each by itself enough to stop a copy from being published:

1. every byte of it is a piece of the original's picture, or what we meant to write;
2. our reader, which looked at every byte, finds nothing but the values that were to stay;
3. put together again from its own parts, the copy is itself: its structure holds nothing that we would not write;
4. other readers (Pillow, ExifRead, ExifTool where it is asked for) open it and find nothing else either;
5. its pixels, which way up it is shown and how many pictures it has are those of the original.
"""

from __future__ import annotations

from collections.abc import Iterator

from exposure.cleaning import Wishes
from exposure.cleaning._copy import Copy, joined
from exposure.errors import CannotClean
from exposure.model import Depth, Kept, Kind, Photo, Role
from exposure.plugins import Format
from exposure.reading import read
from exposure.source import Assembled, FileSource, Range, Window

_PIECE = 1 << 20

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
        "SubfileType",
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
        "NumberOfInks",
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
    _is_itself(copy, photo, after)
    return ""


def leftovers(photo: Photo, format_: Format, kept: Kept) -> Iterator[str]:
    """What a photo holds that is not its picture and was not to stay: where it lies, never what it says."""
    for problem in photo.problems:
        yield f"something that could not be read ({problem.where}: {problem.message})"
    allowed = {Kind.EXIF: kept.tags, Kind.ICC: kept.icc, Kind.XMP: kept.xmp}
    for part in photo.parts:
        if part.role is Role.METADATA and not allowed.get(part.kind or Kind.UNKNOWN):
            yield f"{part.kind or 'something unknown'} in {part.where}"
    for picture in photo.facts.pictures:
        yield f"a {picture.kind} ({picture.address.path})"
    expected = {(tag.ifd, _NAMES[tag.ifd, tag.number]): tag.values for tag in kept.tags}
    for field in photo.fields:
        if field.kind is Kind.EXIF and not field.within:
            if (field.group, field.name) in expected or (
                format_.name == "TIFF" and field.name in _TIFF_STRUCTURE
            ):
                continue
            yield field.path
        elif not (allowed.get(field.kind) and not field.within):
            yield field.path
    for block in photo.blocks:
        wanted = {Kind.ICC: kept.icc, Kind.XMP: kept.xmp}.get(block.kind)
        if block.kind is not Kind.EXIF and (not wanted or block.window.load() != wanted):
            yield f"{block.kind} in {block.where}"


def _same_bytes(copy: Copy, after: FileSource | Assembled) -> None:
    """What lies on the disk is what was meant to lie there."""
    meant = copy.assembled()
    if isinstance(after, Assembled):
        return
    same = after.size == meant.size
    for at in range(0, meant.size, _PIECE) if same else ():
        length = min(_PIECE, meant.size - at)
        same = same and after.read(at, length) == meant.read(at, length)
    if not same:
        raise CannotClean("the copy on the disk is not what was written")


def _is_itself(copy: Copy, photo: Photo, after: FileSource | Assembled) -> None:
    """Cleaning the copy gives the copy."""
    assert copy.format.rewrite is not None
    window, at = Window.whole(after), 0
    for piece in joined(copy.format.rewrite(window, photo.parts, copy.kept)):
        if isinstance(piece, Range):
            same = piece.offset == at or window.read(*piece) == window.read(at, piece.length)
            at += piece.length
        else:
            same = at + len(piece) <= window.size and window.read(at, len(piece)) == piece
            at += len(piece)
        if not same:
            break
    if at != window.size or not same:
        raise CannotClean("the copy would not stay the same when it is cleaned again")
