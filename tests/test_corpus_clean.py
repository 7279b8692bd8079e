"""Clean copies of real photos: how many there are, and that other programs find nothing in them and see the same picture."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from exposure.cleaning import Wishes
from exposure.cleaning._copy import Copy, planned
from exposure.cleaning._exiftool import left_in
from exposure.cleaning._proof import prove
from exposure.cleaning._write import write
from exposure.drawing import Drawing, differences, drawn
from exposure.errors import CannotClean, ExposureError
from exposure.media import media_kind
from exposure.model import Kept
from exposure.reading import identify
from exposure.source import FileSource, Window
from tests.truth import corpus

pytestmark = pytest.mark.corpus

ENOUGH = 0.97
PRIVATE = (
    "GPS",
    "ExifIFD",
    "IFD1",
    "InteropIFD",
    "XMP-",
    "IPTC",
    "Photoshop",
    "MPF",
    "MPImage",
    "JUMBF",
    "MakerNotes",
)
"""Groups of ExifTool's that no bare copy has, whatever our list of the others says."""


class Tried(NamedTuple):
    """One file of the corpus, and what became of it."""

    path: Path
    format: str
    original: Drawing
    copy: Path | None
    kept: Kept
    said: str
    """What the proof left out, or why there is no copy."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[Tried]:
    root = corpus()
    if root is None:
        pytest.skip("EXPOSURE_CORPUS names no folder with a truth.json: no real photo was cleaned")
    folder = tmp_path_factory.mktemp("copies")
    return list(_tried(root / "files", folder))


def _tried(root: Path, folder: Path) -> Iterator[Tried]:
    """Every file of the formats that are cleaned."""
    for number, path in enumerate(sorted(p for p in root.rglob("*") if p.is_file())):
        with FileSource(path) as source:
            window = Window.whole(source)
            format_ = identify(window.head(4096))
            if (
                format_ is None
                or format_.rewrite is None
                or "raw" in media_kind(window.head(4096), path.name)
            ):
                continue
            original = drawn(window, format_.name)
            try:
                copy = planned(source, Wishes())
                assert copy is not None
                said = prove(copy, copy.assembled(), Wishes())
            except CannotClean as error:
                yield Tried(path, format_.name, original, None, Kept(), str(error))
            except ExposureError as error:
                yield Tried(path, format_.name, original, None, Kept(), f"(raised) {error}")
            else:
                target = folder / f"{number:04}"
                _write(copy, target)
                yield Tried(path, format_.name, original, target, copy.kept, said)


def _write(copy: Copy, target: Path) -> None:
    with target.open("xb", buffering=0) as file:
        write(file, copy.assembled())


def test_nearly_every_photo_that_can_be_drawn_has_a_clean_copy(
    tried: list[Tried], capsys: pytest.CaptureFixture[str]
) -> None:
    sound = [t for t in tried if t.original.frames and not t.original.problem and "raw file" not in t.said]
    clean, total = Counter(t.format for t in sound if t.copy), Counter(t.format for t in sound)
    with capsys.disabled():
        print()
        for format_, number in sorted(total.items()):
            print(f"{format_:5} {clean[format_]:4} of {number:4} that Pillow draws have a clean copy")
        print(f"all   {sum(clean.values()):4} of {sum(total.values()):4}")
        for one in sound:
            if one.copy is None:
                print(f"  refused: {one.path.name}: {one.said}")
        damaged = [t for t in tried if t.original.problem]
        print(
            f"{sum(t.copy is not None for t in damaged)} of {len(damaged)} that Pillow cannot draw were copied"
        )
    assert sum(clean.values()) >= ENOUGH * sum(total.values()) > 0
    assert not [
        t.path.name for t in sound if t.copy is None and (t.said.startswith("(raised)") or not t.said)
    ]


def test_the_pixels_of_every_copy_are_the_original_s(tried: list[Tried]) -> None:
    """Drawn again from the disk, and all of them: the proof itself left nothing out where Pillow could draw."""
    compared = 0
    for one in tried:
        if one.copy is None:
            continue
        with FileSource(one.copy) as source:
            again = drawn(Window.whole(source), one.format)
        assert list(differences(one.original, again)) == [], one.path.name
        assert bool(one.said) == bool(one.original.problem), one.path.name
        compared += bool(one.original.frames)
    print(f"\n{compared} copies drawn, all pixels the same")
    assert compared > 0


def test_a_damaged_file_is_refused_or_opens_no_worse(tried: list[Tried]) -> None:
    for one in tried:
        if one.original.problem and one.copy is not None:
            with FileSource(one.copy) as source:
                again = drawn(Window.whole(source), one.format)
            assert again.problem in ("", one.original.problem), one.path.name
            assert len(again.frames) >= len(one.original.frames), one.path.name


@pytest.mark.exiftool
@pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="ExifTool is not installed: it read none of the copies"
)
def test_exiftool_finds_nothing_in_any_copy(tried: list[Tried]) -> None:
    copies = {one.copy: one for one in tried if one.copy is not None}
    folder = next(iter(copies)).parent
    ran = subprocess.run(
        ["exiftool", "-config", "", "-a", "-G1", "-ee", "-u", "-n", "-j", "-r", "-ext", "*", str(folder)],
        capture_output=True,
        check=False,
    )
    records = {
        Path(record["SourceFile"]): record for record in json.loads(ran.stdout.decode("utf-8", "replace"))
    }
    assert records.keys() == copies.keys()
    groups: Counter[str] = Counter()
    for path, record in records.items():
        one = copies[path]
        if one.original.problem:  # then it may say what is damaged
            record = {name: value for name, value in record.items() if name != "ExifTool:Warning"}
        assert list(left_in(record, one.format, one.kept)) == [], one.path.name
        private = [name for name in record if name.startswith(PRIVATE)]
        assert not private or one.kept.xmp, (one.path.name, private)
        groups.update({name.partition(":")[0] for name in record})
    print(f"\nExifTool read {len(records)} copies; its groups: {dict(groups.most_common())}")
