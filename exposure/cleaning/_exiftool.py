"""ExifTool as a reader of copies, for those who have it: one call for each copy, which it gets through a pipe.

It is given neither a name, which could be taken for an option, nor the person's settings for it. Its groups and
names are those of its own documentation (ExifTool Tag Names).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread, Timer
from typing import IO

from exposure.errors import CannotClean, MalformedFile
from exposure.metadata._tags import EXIF, GPS
from exposure.model import Kept
from exposure.source import Source

SECONDS = 120.0
"""What it may take for one copy."""
_PIECE = 1 << 20
_COMMAND = ("-config", "", "-a", "-G1", "-ee", "-u", "-n", "-j", "-")

_ANYTHING = frozenset(["System", "Composite"])
"""What it says of any file, or reckons from what it says elsewhere."""

_GROUPS = {
    "ExifTool": "ExifToolVersion",
    "File": (
        "FileType FileTypeExtension MIMEType ExifByteOrder ImageWidth ImageHeight EncodingProcess BitsPerSample "
        "ColorComponents YCbCrSubSampling"
    ),
    "JFIF": "JFIFVersion ResolutionUnit XResolution YResolution",
    "Adobe": "DCTEncodeVersion APP14Flags0 APP14Flags1 ColorTransform",
    "PNG": (
        "ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace Palette Transparency Gamma "
        "SRGBRendering BackgroundColor SignificantBits AnimationFrames AnimationPlays WhitePointX WhitePointY RedX "
        "RedY GreenX GreenY BlueX BlueY ColorPrimaries TransferCharacteristics MatrixCoefficients VideoFullRangeFlag"
    ),
    "PNG-pHYs": "PixelsPerUnitX PixelsPerUnitY PixelUnits",
    "PNG-cICP": "ColorPrimaries TransferCharacteristics MatrixCoefficients VideoFullRangeFlag",
    "GIF": (
        "GIFVersion ImageWidth ImageHeight HasColorMap ColorResolutionDepth BitsPerPixel BackgroundColor "
        "AnimationIterations FrameCount Duration TransparentColor PixelAspectRatio"
    ),
    "RIFF": (
        "WebP_Flags ImageWidth ImageHeight VP8Version HorizontalScale VerticalScale AlphaPreprocessing AlphaFiltering "
        "AlphaCompression BackgroundColor AnimationLoopCount FrameCount Duration"
    ),
    "QuickTime": (
        "MajorBrand MinorVersion CompatibleBrands HandlerType HEVCConfigurationVersion GeneralProfileSpace "
        "GeneralTierFlag GeneralProfileIDC GenProfileCompatibilityFlags ConstraintIndicatorFlags GeneralLevelIDC "
        "MinSpatialSegmentationIDC ParallelismType ChromaFormat BitDepthLuma BitDepthChroma AverageFrameRate "
        "ConstantFrameRate NumTemporalLayers TemporalIDNested ImageSpatialExtent MediaDataSize MediaDataOffset "
        "MediaData ColorProfiles ColorPrimaries TransferCharacteristics MatrixCoefficients VideoFullRangeFlag "
        "ImagePixelDepth CleanAperture Rotation Mirroring AV1ConfigurationVersion SeqProfile SeqLevelIdx0 SeqTier0 "
        "HighBitDepth TwelveBit ChromaSamplePosition InitialDelaySamples PixelAspectRatio AuxiliaryImageType "
        "MovieHeaderVersion TimeScale Duration PreferredRate PreferredVolume MatrixStructure PreviewTime "
        "PreviewDuration PosterTime SelectionTime SelectionDuration CurrentTime NextTrackID Unknown_clli Unknown_mdcv "
        "Unknown_cclv Unknown_amve Unknown_ndwt Unknown_a1op Unknown_lsel Unknown_a1lx Unknown_imir Unknown_prem"
    ),
    "Track": (
        "TrackHeaderVersion TrackID TrackDuration TrackLayer TrackVolume MatrixStructure ImageWidth ImageHeight "
        "Unknown_edts Unknown_auxl MediaHeaderVersion MediaTimeScale MediaDuration MediaLanguageCode HandlerType "
        "GraphicsMode OpColor OtherFormat CompressorID SourceImageWidth SourceImageHeight XResolution YResolution "
        "BitDepth PixelAspectRatio CleanAperture Unknown_clap Unknown_pasp Unknown_av1C Unknown_hvcC Unknown_avcC "
        "Unknown_colr Unknown_ccst Unknown_auxi Unknown_clli Unknown_mdcv Unknown_amve ColorProfiles ColorPrimaries "
        "TransferCharacteristics MatrixCoefficients VideoFullRangeFlag VideoFrameRate TimeToSampleTable "
        "CompositionTimeToSample SyncSampleTable SampleToChunk SampleSizes ChunkOffset ChunkOffset64"
    ),
    "Meta": "PrimaryItemReference MetaImageSize",
}
"""What it says of every picture of a format: how it is coded and shown."""

_TIFF = (
    "SubfileType OldSubfileType ImageWidth ImageHeight BitsPerSample Compression PhotometricInterpretation "
    "Thresholding CellWidth CellLength FillOrder StripOffsets Orientation SamplesPerPixel RowsPerStrip "
    "StripByteCounts MinSampleValue MaxSampleValue XResolution YResolution PlanarConfiguration GrayResponseUnit "
    "GrayResponseCurve T4Options T6Options ResolutionUnit TransferFunction Predictor WhitePoint "
    "PrimaryChromaticities ColorMap HalftoneHints TileWidth TileLength TileOffsets TileByteCounts InkSet "
    "NumberofInks DotRange ExtraSamples SampleFormat JPEGTables YCbCrCoefficients YCbCrSubSampling "
    "YCbCrPositioning ReferenceBlackWhite PreviewImage PreviewImageStart PreviewImageLength"
)
"""It calls the strips of a JPEG in a TIFF a preview."""
_SECOND = (
    *("MPF", "MPImage", "XMP-hdrgm", "XMP-Container", "XMP-GCamera", "XMP-apdi", "XMP-HDRGainMap"),
    *("File:EmbeddedVideo", "QuickTime:MotionPhotoVideo", "Meta:Unknown_grpl"),
)
"""What goes with second pictures that stay; that it says nothing else is proven by our own reader."""
_NUMBER = re.compile(r"\d+$")
_NO_DATE = "0000:00:00 00:00:00"
"""What it says of a date that is not there, in boxes that have room for one."""
_OWN_TROUBLE = (
    "RawConv PreviewImage",
    "ICC_Profile pointer references previous ICC_Profile directory",
)
_DIRECTORIES = {"IFD0": ("IFD0", EXIF), "Exif IFD": ("ExifIFD", EXIF), "GPS IFD": ("GPS", GPS)}


def installed() -> str | None:
    """Where it is, or None."""
    return shutil.which("exiftool")


def exiftool_left(copy: Source, format_: str, kept: Kept) -> Iterator[str]:
    """What ExifTool found in a copy and was not to stay, by group and name. CannotClean when it could not read it."""
    return left_in(_record(copy), format_, kept)


def left_in(record: dict[str, object], format_: str, kept: Kept) -> Iterator[str]:
    """What of ExifTool's record of a copy (``-a -G1 -ee -u -n -j``) was not to stay."""
    allowed = {f"{group}:{name}" for group, names in _GROUPS.items() for name in names.split()}
    directories = [(*_DIRECTORIES[tag.ifd], tag.number) for tag in kept.tags]
    allowed |= {f"{group}:{names.get(number, '')}" for group, names, number in directories}
    if format_ == "TIFF":
        allowed |= {f"IFD:{name}" for name in _TIFF.split()}
    for found, value in sorted(record.items()):
        group, _, name = found.partition(":")
        plain = f"{_NUMBER.sub('', group)}:{name}"
        if {found, plain} & allowed or group in _ANYTHING or _is_nothing(found, value):
            continue
        if kept.icc and (group.startswith("ICC") or name in ("ProfileName", "ICC_Profile")):
            continue
        if kept.xmp and group.startswith("XMP-"):
            continue
        if not (kept.second and found.startswith(_SECOND)):
            yield found


def _is_nothing(found: str, value: object) -> bool:
    """A date that is not set, or ExifTool's own trouble: with the strips of a JPEG in a TIFF, and with pages that share a profile."""
    if found.endswith(("CreateDate", "ModifyDate")):
        return value == _NO_DATE
    return found == "SourceFile" or (found == "ExifTool:Warning" and str(value).startswith(_OWN_TROUBLE))


def _record(copy: Source) -> dict[str, object]:
    """What ExifTool gives, by group and name."""
    program = installed()
    if program is None:
        raise CannotClean("ExifTool, which was to read the copy, is not there any more")
    with subprocess.Popen(
        [program, *_COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdin is not None and running.stdout is not None
        feeding = Thread(target=_feed, args=(copy, running.stdin), daemon=True)
        clock = Timer(SECONDS, running.kill)
        feeding.start()
        clock.start()
        told = running.stdout.read()
        late = clock.finished.is_set()
        clock.cancel()
        feeding.join()
    if late:
        raise CannotClean("ExifTool took too long to read the copy")
    try:
        (record,) = json.loads(told.decode("utf-8", "replace"))
        return dict(record)
    except ValueError:
        raise CannotClean("ExifTool could not read the copy") from None


def _feed(copy: Source, to: IO[bytes]) -> None:
    """The copy, piece by piece, for as long as it wants it."""
    with suppress(OSError, ValueError, MalformedFile), to:
        for at in range(0, copy.size, _PIECE):
            to.write(copy.read(at, min(_PIECE, copy.size - at)))
