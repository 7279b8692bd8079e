"""Real photos with ground truth: the folder that EXPOSURE_CORPUS names, and ExifTool's reading of it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exposure.model import Examined, Photo
from exposure.reading import read
from exposure.source import FileSource
from tests.truth import FORMATS, RAW, Miss, corpus, expected, found, holds, photo, positions, records

pytestmark = pytest.mark.corpus

ENOUGH = 0.98
CLOSE = 0.00001
SECONDS, MEGABYTES = 2.0, 150

DISAGREEMENTS = {
    # ExifTool's position in decimal degrees, ours, and the bytes that say so
    (52.01389, 11.00278): ((52.842781, 11.182857), b"52,00000,50,00000,34,01180"),
    (55.03167, 36.0325): ((55.911317, 36.963478), b"55/1 54/1 4074/100"),
}
"""Where ExifTool takes the first three numbers of a text for degrees, minutes and seconds, and the text says otherwise."""


@pytest.fixture(scope="module")
def root() -> Path:
    found = corpus()
    if found is None:
        pytest.skip(
            "EXPOSURE_CORPUS names no folder with a truth.json: the comparison with real photos was not made"
        )
    return found


@pytest.fixture(scope="module")
def read_photos(root: Path) -> list[tuple[Path, dict[str, Any], Photo]]:
    """Every file of the corpus in a format that we read, with ExifTool's record of it."""
    pairs = [
        (path, record, photo(path))
        for path, record in records(root)
        if record.get("File:FileType") in FORMATS | RAW
    ]
    return [(path, record, each) for path, record, each in pairs if each is not None]


def test_every_file_of_our_formats_is_recognised(root: Path) -> None:
    missed = [
        p.name for p, r in records(root) if r.get("File:FileType") in FORMATS | RAW and photo(p) is None
    ]
    assert missed == []


def ours(photo: Photo) -> list[tuple[float, float]]:
    return [
        (p.latitude, p.longitude)
        for p in photo.facts.places
        if p.kind == "position" and p.latitude is not None and p.longitude is not None
    ]


def near(one: tuple[float, float], other: tuple[float, float], close: float = CLOSE) -> bool:
    return abs(one[0] - other[0]) <= close and abs(one[1] - other[1]) <= close


def test_every_position_is_found(read_photos: list[tuple[Path, dict[str, Any], Photo]]) -> None:
    wanted = missed = 0
    for path, record, each in read_photos:
        for position in positions(record):
            wanted += 1
            if any(near(position, have) for have in ours(each)):
                continue
            explained = [v for told, v in DISAGREEMENTS.items() if near(position, told, 0.0001)]
            assert explained, f"{path.name}: {position} was not found, only {ours(each)}"
            (right, said) = explained[0]
            assert said in path.read_bytes()
            assert any(near(right, have) for have in ours(each))
            missed += 1
    print(
        f"\npositions: {wanted} in ExifTool's truth, {wanted - missed} found within {CLOSE} degrees, {missed} read better"
    )
    assert wanted > 0


def test_no_position_is_invented(read_photos: list[tuple[Path, dict[str, Any], Photo]]) -> None:
    """Whatever we place has numbers that say so: in ExifTool's record, if under another name than EXIF, GPS or XMP-exif."""
    for path, record, each in read_photos:
        known = list(positions(record)) + [right for right, _ in DISAGREEMENTS.values()]
        for have in ours(each):
            if not any(near(have, position) for position in known):
                assert list(elsewhere(record, have)), f"{path.name}: nobody else sees {have}"


def elsewhere(record: dict[str, Any], have: tuple[float, float]) -> Iterator[str]:
    """Fields of ExifTool's record, of whatever name, whose value is this latitude or its rationals."""
    for name, value in record.items():
        for said in (value, *(value.values() if isinstance(value, dict) else ())):
            text = str(said)
            if isinstance(said, (int, float)) and abs(abs(float(said)) - abs(have[0])) <= CLOSE:
                yield name
            elif "/" in text and "atitude" in name:
                degrees, minutes, seconds = (
                    int(a) / int(b) for a, b in (p.split("/") for p in text.split(","))
                )
                if abs(degrees + minutes / 60 + seconds / 3600 - abs(have[0])) <= CLOSE:
                    yield name


def test_what_exiftool_reads_we_read(
    read_photos: list[tuple[Path, dict[str, Any], Photo]], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted: Counter[str] = Counter()
    misses: list[Miss] = []
    for path, record, each in read_photos:
        have = found(each)
        for kind, tag, value in expected(record):
            wanted[kind] += 1
            if not holds(kind, value, have[kind]):
                misses.append(Miss(kind, path.name, tag, value))
    missed = Counter(miss.kind for miss in misses)
    with capsys.disabled():
        print()
        for kind, count in sorted(wanted.items()):
            print(f"{kind:14} {count - missed[kind]:5} of {count:5}")
        for miss in misses:
            print(f"  missed: {miss.tag} {miss.value[:50]!r} in {miss.file}: {reason(miss)}")
    assert sum(wanted.values()) > 0
    assert 1 - len(misses) / sum(wanted.values()) >= ENOUGH
    assert all(reason(miss) for miss in misses)


def reason(miss: Miss) -> str:
    """Why a value is not ours, from the value itself."""
    if not miss.value.isascii():
        return "ExifTool reads its UTF-8 as Latin-1; we read it as UTF-8"
    if any(word in miss.value for word in ("Inf", "NaN")):
        return "floating-point numbers in a tag that is text"
    return "a byte that is not ASCII: ExifTool's JSON has a ? where we read Latin-1"


EXAMINE_ALL = """
import sys, time
from pathlib import Path
from exposure.examining import examine
from exposure.model import Depth, Settings
from exposure.source import FileSource
settings = Settings(depth=Depth.DEEP if sys.argv[2] == "deep" else None, today="2026-11-21")
slowest = 0, ""
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        started = time.process_time()
        examine(FileSource(path), settings)
        slowest = max(slowest, (time.process_time() - started, path.name))
peak = [row for row in open("/proc/self/status") if row.startswith("VmHWM")][0].split()[1]
print(slowest[0], int(peak) / 1024, slowest[1])
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="only Linux tells a process's own peak (ru_maxrss has its parent's)",
)
@pytest.mark.parametrize("depth", ["as it is", "deep"])
def test_no_file_raises_hangs_or_eats(root: Path, depth: str) -> None:
    """All of them in one fresh process: what one leaves behind would add up."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", EXAMINE_ALL, str(root / "files"), depth],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    seconds, megabytes, name = ran.stdout.split(maxsplit=2)
    print(
        f"\n{depth}: slowest {float(seconds):.2f} s ({name.strip()}), peak memory {float(megabytes):.0f} MB"
    )
    assert float(seconds) < SECONDS, name
    assert float(megabytes) < MEGABYTES


def test_damage_is_never_called_complete(root: Path) -> None:
    """Files that ExifTool calls damaged are not examined completely without a word."""
    for path, record in records(root):
        if "format error" in str(record.get("ExifTool:Error", record.get("ExifTool:Warning", ""))):
            with FileSource(path) as source:
                seen = read(source)
            assert isinstance(seen, str) or seen.examined is not Examined.COMPLETE, path.name
