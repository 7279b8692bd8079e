"""What cleaners leave in a photo and what they break: ``python -m tests.bakeoff``.

Every file of `tests.make.bakeoff` goes through exposure and through every peer that is installed (ExifTool, mat2,
exiv2, jhead); those that are not are named. A cell of the table is ``ok``, or what is wrong with the copy:

``left n``  words found in its bytes, in what they inflate to, or in what they say in hexadecimal or base64
``+GPS``    ExifTool still reads a position (where it is installed)
``icc``     the colour profile is not what it was
``rot``     shown another way up
``px``      a pixel of a frame or page is another, or there is another number of them
``broken``  it cannot be opened any more
``refused`` there is no copy
``–``       the program does not claim to clean this format
"""

from __future__ import annotations

import argparse
import base64
import io
import re
import shutil
import subprocess
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pillow_heif
from PIL import Image, ImageChops, ImageOps, ImageSequence, ImageStat

from exposure.cleaning import Outcome, Wishes
from exposure.cleaning._one import Task, cleaned
from exposure.source import FileSource
from tests.make.bakeoff import fixtures
from tests.make.bakeoff_words import Fixture

_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")
"""The first byte of a zlib stream, by the size of its window (RFC 1950, 2.2)."""
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}\s*){8,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]{24,}={0,2}")
_DEEPEST = 3
_MOST_DIFFERENT = 10
"""Grey levels between two pictures drawn small, above which one is turned; lossy copies differ by less."""


def left(fixture: Fixture, copy: bytes) -> frozenset[str]:
    """The canaries that somebody who has the copy can read, and the containers of telling values too short for one."""
    texts = [readable for data in _unpacked(copy) for readable in _texts(data)]
    words = {word for word in fixture.canaries if any(word in text for text in texts)}
    return frozenset(words) | {n for n, value in fixture.needles.items() if value in copy}


def _texts(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    for start in (0, 1):
        yield data[start:].decode("utf-16-le", "replace")
        yield data[start:].decode("utf-16-be", "replace")


def _unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, and whatever zlib streams, hexadecimal and base64 in them hold, in each other too."""
    yield data
    if depth == _DEEPEST:
        return
    for at in (found.start() for found in _ZLIB.finditer(data)):
        if int.from_bytes(data[at : at + 2], "big") % 31 == 0 and (inflated := _inflated(data[at:])):
            yield from _unpacked(inflated, depth + 1)
    for found in _HEX.finditer(data):
        yield from _unpacked(bytes.fromhex(found[0].decode()), depth + 1)
    for found in _BASE64.finditer(data):
        digits = b"".join(found[0].rstrip(b"=").split())
        yield from _unpacked(base64.b64decode(digits[: len(digits) // 4 * 4]), depth + 1)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 1 << 20)
    except zlib.error:
        return b""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a viewer shows of a file."""

    frames: tuple[Image.Image, ...]
    """Every frame or page as it is stored; of a JPEG and a HEIC only the picture itself."""
    upright: Image.Image
    icc: bytes


def shown(data: bytes, format_: str) -> Shown | None:
    """The file as Pillow, or libheif for HEIC, shows it; None when that fails, however."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = opened(data, format_)
            frames = (image,) if format_ in ("JPEG", "HEIF") else ImageSequence.Iterator(image)
            stored = tuple(frame.convert("RGBA") for frame in frames)
            if format_ not in ("JPEG", "HEIF"):
                image.seek(0)
            upright = ImageOps.exif_transpose(image).convert("RGB")
            return Shown(stored, upright, image.info.get("icc_profile") or b"")
    except Exception:  # decoders raise anything
        return None


def opened(data: bytes, format_: str) -> Image.Image:
    """A picture in Pillow's hands, which knows which format it should be."""
    if format_ == "HEIF":
        image: Image.Image = pillow_heif.open_heif(io.BytesIO(data)).to_pillow()
        return image
    return Image.open(io.BytesIO(data), formats=["JPEG", "MPO"] if format_ == "JPEG" else [format_.upper()])


def turned(before: Image.Image, after: Image.Image) -> bool:
    """Whether one is shown another way up than the other, however coarsely it was written anew."""
    if before.size != after.size:
        return True
    small = [image.resize((8, 8), Image.Resampling.BOX) for image in (before, after)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean) > _MOST_DIFFERENT


def same_pixels(before: Sequence[Image.Image], after: Sequence[Image.Image]) -> bool:
    """Whether all frames are the same to the last bit, whichever way up they are."""
    if len(before) != len(after):
        return False
    for turn in (None, *Image.Transpose):
        frames = after if turn is None else [frame.transpose(turn) for frame in after]
        if all(a.size == b.size and a.tobytes() == b.tobytes() for a, b in zip(before, frames, strict=True)):
            return True
    return False


def cell(fixture: Fixture, copy: bytes | None, placed: bool = False) -> str:
    """What is wrong with a copy, or ``ok``. `placed`: a position is still read in it."""
    if copy is None:
        return "refused"
    words = left(fixture, copy)
    after, before = shown(copy, fixture.format), shown(fixture.data, fixture.format)
    assert before is not None, f"{fixture.name} cannot be opened before it is cleaned"
    wrong = [f"left {len(words)}" * bool(words) + "+GPS" * placed]
    if after is None:
        wrong.append("broken")
    else:
        wrong.append("icc" * (fixture.icc != after.icc))
        wrong.append("rot" * turned(before.upright, after.upright))
        wrong.append("px" * (not same_pixels(before.frames, after.frames)))
    return ",".join(filter(None, wrong)) or "ok"


class Tool(NamedTuple):
    """A cleaner."""

    name: str
    program: str
    """What must be installed; empty for exposure itself."""
    clean: Callable[[Path], Path | None]
    """Clean a file of its own, and say where the copy is; None when it refuses."""
    formats: frozenset[str] = frozenset()
    """What it claims to clean; empty for anything."""


def _in_place(*command: str) -> Callable[[Path], Path | None]:
    """A program that changes the file itself."""

    def clean(path: Path) -> Path | None:
        done = subprocess.run([*command, str(path)], capture_output=True, check=False)
        return path if done.returncode == 0 else None

    return clean


def _mat2(*options: str) -> Callable[[Path], Path | None]:
    def clean(path: Path) -> Path | None:
        subprocess.run(["mat2", *options, str(path)], capture_output=True, check=False)
        copy = path.with_suffix(f".cleaned{path.suffix}")
        return copy if copy.is_file() else None

    return clean


def exposure(path: Path) -> Path | None:
    """The copy that exposure makes of a file; None when it makes none."""
    target = path.with_suffix(f".exposure{path.suffix}")
    done = cleaned(Task(FileSource(path), str(target), Wishes()))
    return target if done.outcome is Outcome.CLEANED else None


def tools() -> tuple[Tool, ...]:
    recipe = ("-all=", "-tagsfromfile", "@", "-colorspacetags", "-orientation")
    exiftool = ("exiftool", "-q", "-overwrite_original")
    jpeg = frozenset(("JPEG",))
    return (
        Tool("exposure", "", exposure),
        Tool("exiftool -all=", "exiftool", _in_place(*exiftool, "-all=")),
        Tool("exiftool + colour, turn", "exiftool", _in_place(*exiftool, *recipe)),
        Tool("mat2", "mat2", _mat2()),
        Tool("mat2 -L", "mat2", _mat2("-L")),
        Tool("exiv2 rm", "exiv2", _in_place("exiv2", "rm")),
        Tool("jhead -purejpg", "jhead", _in_place("jhead", "-purejpg"), jpeg),
        Tool("jhead -de", "jhead", _in_place("jhead", "-de"), jpeg),
    )


def placed(folder: Path) -> frozenset[Path]:
    """The files in which ExifTool reads a position; none where it is not installed."""
    if shutil.which("exiftool") is None:
        return frozenset()
    command = [
        "exiftool",
        "-ee",
        "-a",
        "-q",
        "-q",
        "-p",
        "$directory/$filename",
        "-if",
        "$GPSLatitude",
        str(folder),
    ]
    said = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    return frozenset(Path(line) for line in said.splitlines())


def row(tool: Tool, folder: Path) -> dict[str, str]:
    """What one cleaner makes of each file, in an empty folder of its own."""
    copies: dict[str, Path | None] = {}
    for number, fixture in enumerate(fixtures()):
        if not tool.formats or fixture.format in tool.formats:
            path = folder / f"{number}{fixture.suffix}"
            path.write_bytes(fixture.data)
            copies[fixture.name] = tool.clean(path)
    there = placed(folder)
    found = {}
    for fixture in fixtures():
        copy = copies.get(fixture.name)
        data = copy.read_bytes() if copy else None
        found[fixture.name] = cell(fixture, data, copy in there) if fixture.name in copies else "–"
    return found


def table(rows: dict[str, dict[str, str]]) -> Iterator[str]:
    """The lines of the table: a file on each, a cleaner in each column."""
    first = {f.name: f"{f.name} ({len(f.canaries) + len(f.needles)})" for f in fixtures()}
    columns = [["", *first.values()]]
    columns += [[name, *(cells[file] for file in first)] for name, cells in rows.items()]
    widths = [max(map(len, column)) for column in columns]
    for line in zip(*columns, strict=True):
        yield "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()


def main() -> None:
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    rows, missing = {}, []
    for tool in tools():
        if tool.program and shutil.which(tool.program) is None:
            missing.append(tool.name)
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows[tool.name] = row(tool, Path(folder))
    print("In brackets: how many words, one in each container.\n")
    print("\n".join(table(rows)))
    if missing:
        print(f"\nnot installed and left out: {', '.join(missing)}")
    if shutil.which("exiftool") is None:
        print("\nExifTool is not installed: nobody looked for positions that are left")


if __name__ == "__main__":
    main()
