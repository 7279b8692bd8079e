"""exposure in the bake-off: every cell is fine, and the table that says so can see what is not."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from exposure.cleaning import Outcome, Wishes
from exposure.cleaning._one import Task, cleaned
from exposure.source import FileSource
from tests.bakeoff import cell, left, placed, shown, table
from tests.make.bakeoff import fixtures
from tests.make.bakeoff_words import TURNED, Fixture, drawn, encoded, srgb

FIXTURES = {fixture.name: fixture for fixture in fixtures()}
each_fixture = pytest.mark.parametrize("fixture", FIXTURES.values(), ids=list(FIXTURES))

ANYTHING = {"System", "Composite"}
"""What ExifTool says of any file, or reckons from what it says elsewhere."""
STRUCTURE = {
    "": "SourceFile",
    "ExifTool": "ExifToolVersion",
    "File": (
        "FileType FileTypeExtension MIMEType ExifByteOrder ImageWidth ImageHeight EncodingProcess BitsPerSample "
        "ColorComponents YCbCrSubSampling"
    ),
    "JFIF": "JFIFVersion ResolutionUnit XResolution YResolution",
    "PNG": (
        "ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace AnimationFrames AnimationPlays "
        "ProfileName"
    ),
    "GIF": (
        "GIFVersion ImageWidth ImageHeight HasColorMap ColorResolutionDepth BitsPerPixel BackgroundColor "
        "AnimationIterations FrameCount Duration TransparentColor"
    ),
    "RIFF": (
        "WebP_Flags ImageWidth ImageHeight VP8Version HorizontalScale VerticalScale AlphaPreprocessing AlphaFiltering "
        "AlphaCompression BackgroundColor AnimationLoopCount FrameCount Duration"
    ),
    "Meta": "PrimaryItemReference MetaImageSize",
    "QuickTime": (
        "MajorBrand MinorVersion CompatibleBrands HandlerType ImageSpatialExtent ImagePixelDepth Rotation MediaData "
        "MediaDataSize MediaDataOffset HEVCConfigurationVersion GeneralProfileSpace GeneralTierFlag GeneralProfileIDC "
        "GenProfileCompatibilityFlags ConstraintIndicatorFlags GeneralLevelIDC MinSpatialSegmentationIDC "
        "ParallelismType ChromaFormat BitDepthLuma BitDepthChroma AverageFrameRate ConstantFrameRate "
        "NumTemporalLayers TemporalIDNested AV1ConfigurationVersion SeqProfile SeqLevelIdx0 SeqTier0 HighBitDepth "
        "TwelveBit ChromaSamplePosition InitialDelaySamples"
    ),
}
"""What it may say of a clean copy: how the picture is coded and shown."""
PAGE = (
    "ImageWidth ImageHeight BitsPerSample Compression PhotometricInterpretation StripOffsets SamplesPerPixel "
    "RowsPerStrip StripByteCounts XResolution YResolution ResolutionUnit PlanarConfiguration"
)
"""And of a page of a TIFF."""
SHARED = "ICC_Profile pointer references previous ICC_Profile directory"
"""Pages may have one profile together; ExifTool finds that odd."""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the clean copy of each file is."""
    folder = tmp_path_factory.mktemp("bakeoff")
    (folder / "copies").mkdir()
    found = {}
    for number, fixture in enumerate(FIXTURES.values()):
        original = folder / f"{number}{fixture.suffix}"
        original.write_bytes(fixture.data)
        target = folder / "copies" / original.name
        done = cleaned(Task(FileSource(original), str(target), Wishes()))
        assert (done.outcome, done.reason, done.proof) == (Outcome.CLEANED, "", ""), fixture.name
        assert original.read_bytes() == fixture.data
        found[fixture.name] = target
    return found


@each_fixture
def test_all_that_was_hidden_is_seen_before_it_is_cleaned(fixture: Fixture) -> None:
    """In the bytes, or in what they unpack to: otherwise "left nothing" would mean nothing."""
    assert left(fixture, fixture.data) == fixture.canaries | set(fixture.needles)
    assert cell(fixture, fixture.data) == f"left {len(fixture.canaries) + len(fixture.needles)}"


@each_fixture
def test_a_copy_is_clean_upright_and_the_same_picture_in_the_same_colours(
    fixture: Fixture, copies: dict[str, Path]
) -> None:
    copy = copies[fixture.name].read_bytes()
    assert not left(fixture, copy)
    assert cell(fixture, copy) == "ok"
    after = shown(copy, fixture.format)
    assert after is not None and after.icc == fixture.icc


@each_fixture
def test_a_copy_is_its_own_copy(fixture: Fixture, copies: dict[str, Path]) -> None:
    done = cleaned(Task(FileSource(copies[fixture.name]), "", Wishes()))
    assert (done.outcome, done.proof) == (Outcome.ALREADY, "")


def test_every_format_is_there_and_every_application_segment_of_a_jpeg() -> None:
    assert {f.format for f in FIXTURES.values()} == {"JPEG", "PNG", "WebP", "GIF", "TIFF", "HEIF", "AVIF"}
    containers = {word.rsplit("-", 1)[0] for word in FIXTURES["JPEG"].canaries}
    assert {f"CANARY-APP{number}" for number in range(16)} <= containers
    assert all(f.icc == srgb() for f in FIXTURES.values() if f.format != "GIF")


@pytest.mark.exiftool
@pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="ExifTool is not installed: nobody else looked into the copies of the bake-off",
)
def test_exiftool_finds_nothing_but_the_picture_its_colours_and_which_way_up(copies: dict[str, Path]) -> None:
    folder = next(iter(copies.values())).parent
    command = ["exiftool", "-a", "-G1", "-ee", "-u", "-j", str(folder)]
    records = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(records) == len(FIXTURES)
    for record in records:
        is_tiff = record["File:FileType"] == "TIFF"
        if record.get("ExifTool:Warning") == SHARED:
            del record["ExifTool:Warning"]
        strange = [name for name in record if not _is_structure(name, is_tiff)]
        assert not strange, record["SourceFile"]


@pytest.mark.exiftool
@pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="ExifTool is not installed: it was not asked to join the proof"
)
def test_a_proof_with_exiftool_refuses_none_of_them(copies: dict[str, Path]) -> None:
    for name, path in copies.items():
        done = cleaned(Task(FileSource(path), "", Wishes(exiftool=True)))
        assert (done.outcome, done.reason) == (Outcome.ALREADY, ""), name


def _is_structure(found: str, is_tiff: bool) -> bool:
    """Whether what ExifTool found may be in a clean copy."""
    group, _, name = found.rpartition(":")
    if group in ANYTHING or group.startswith("ICC"):
        return True
    if group.startswith("IFD"):
        return name == "Orientation" or (is_tiff and name in PAGE.split())
    return name in STRUCTURE.get(group, "").split()


@pytest.mark.exiftool
@pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="ExifTool is not installed: nobody else looked for positions in the files of the bake-off",
)
def test_exiftool_reads_a_position_in_the_originals_and_in_no_copy(copies: dict[str, Path]) -> None:
    folder = next(iter(copies.values())).parent
    assert placed(folder.parent) == {folder.parent / path.name for path in copies.values()}
    assert not placed(folder)


def written(turn: int = TURNED, icc: bytes = srgb(), quality: int = 90, darker: int = 0) -> bytes:
    """The JPEG of the bake-off as another program would have cleaned it."""
    exif = Image.Exif()
    exif[0x112] = turn
    return encoded(drawn(darker=darker), "JPEG", exif=exif, icc_profile=icc, quality=quality)


def test_the_table_tells_what_is_wrong() -> None:
    photo = FIXTURES["JPEG"]
    assert cell(photo, None) == "refused"
    assert cell(photo, written()) == "ok"
    assert cell(photo, written(turn=1)) == "rot"
    assert cell(photo, written(turn=8)) == "rot"
    assert cell(photo, written(turn=5)) == "rot"
    assert cell(photo, written(icc=b"")) == "icc"
    assert cell(photo, written(icc=srgb()[:-1] + b"!")) == "icc"
    assert cell(photo, written(quality=89)) == "px"
    assert cell(photo, written()[:300]) == "broken"
    assert cell(photo, written(), placed=True) == "+GPS"
    word = min(photo.canaries)
    assert cell(photo, written(turn=1, icc=b"") + word.encode(), placed=True) == "left 1+GPS,icc,rot"


def test_the_table_counts_frames() -> None:
    animation = FIXTURES["APNG"]
    exif = Image.Exif()
    exif[0x112] = TURNED
    one = encoded(drawn(), "PNG", exif=exif, icc_profile=srgb())
    assert cell(animation, one) == "px"


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(lambda w: b"x" + w.encode("utf-16-le"), id="UTF-16"),
        pytest.param(lambda w: w.encode("utf-16-be"), id="UTF-16 of the other order"),
        pytest.param(lambda w: b"xx" + zlib.compress(w.encode()), id="zlib"),
        pytest.param(lambda w: zlib.compress(zlib.compress(w.encode(), 9), 1), id="zlib in zlib"),
        pytest.param(lambda w: zlib.compress(w.encode(), wbits=9), id="zlib with a small window"),
        pytest.param(lambda w: w.encode().hex("\n", 20).encode(), id="hexadecimal on lines"),
        pytest.param(lambda w: b"<" + base64.encodebytes(w.encode() * 3) + b">", id="base64"),
        pytest.param(lambda w: base64.b64encode(zlib.compress(w.encode())), id="zlib in base64"),
    ],
)
def test_packed_words_are_found(hidden: object) -> None:
    assert callable(hidden)
    fixture = replace(FIXTURES["JPEG"], canaries=frozenset(["CANARY-one-001", "CANARY-other-002"]))
    assert left(fixture, hidden("CANARY-one-001")) == {"CANARY-one-001"}


def test_the_table_has_a_line_for_each_file_and_a_column_for_each_cleaner() -> None:
    first, *lines = table({"one": dict.fromkeys(FIXTURES, "ok"), "two": dict.fromkeys(FIXTURES, "left 3")})
    assert first.split() == ["one", "two"]
    assert len(lines) == len(FIXTURES) and all(line.endswith("ok   left 3") for line in lines)
    assert lines[0].startswith(f"JPEG ({len(FIXTURES['JPEG'].canaries)})")
