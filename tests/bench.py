"""How fast a scan is, against what else there is: ``python -m tests.bench``.

It builds a library of 12-megapixel JPEGs of 3 to 5 MB (about 4 MB each; two minutes and 8 GB for 2,000), with the
headers of real photos where EXPOSURE_CORPUS is set and made-up ones otherwise, and times whole processes in turn,
nothing cached by exposure: ExifTool ``-r -json -fast2``, exiv2 ``-pa``, ExifRead on whole files, each as one process
and as two with half of the files each; and the floor: open, read head and tail. Peers that are not installed are
left out and named. Absolute times do not travel; compare the rows of one run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

FLOOR = """
import os, sys
for path in open(sys.argv[1]).read().split("\\n"):
    if path:
        fd = os.open(path, os.O_RDONLY)
        size = os.fstat(fd).st_size
        os.pread(fd, 65536, 0), os.pread(fd, 4096, max(0, size - 4096))
        os.close(fd)
"""
EXIFREAD = """
import sys, exifread, logging
logging.disable(logging.CRITICAL)
for path in open(sys.argv[1]).read().split("\\n"):
    if path:
        with open(path, "rb") as file:
            try:
                exifread.process_file(file, details=False)
            except Exception:
                pass
"""


def headers() -> list[bytes]:
    """The APPn and COM segments of the corpus's JPEGs with EXIF, or a few that are made up."""
    from tests.make.jpeg import comment, exif
    from tests.make.tiff import tiff

    root, found = os.environ.get("EXPOSURE_CORPUS"), []
    for path in sorted(Path(root, "files").rglob("*")) if root else ():
        if (
            path.suffix.lower() in (".jpg", ".jpeg")
            and path.stat().st_size > 3000
            and "fuzz" not in str(path)
        ):
            data = path.read_bytes()
            if (
                data[:2] == b"\xff\xd8"
                and b"Exif\0\0" in data[:70_000]
                and 500 < len(kept := segments(data)) < 400_000
            ):
                found.append(kept)
    made = [
        exif(
            tiff(
                Make="Acme",
                Model="One",
                DateTimeOriginal="2024:05:03 18:00:00",
                position=(51.5, -0.1),
                maker_note=bytes(9000),
            )
        )
        + comment("made up")
    ]
    return found or made


def segments(data: bytes) -> bytes:
    """A JPEG's APPn and COM segments, without those that describe its own picture data (APP14, MPF)."""
    at, kept = 2, b""
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        end, marker = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big"), data[at + 1]
        if (
            (0xE0 <= marker <= 0xEF or marker == 0xFE)
            and marker != 0xEE
            and data[at + 4 : at + 8] != b"MPF\0"
        ):
            kept += data[at:end]
        at = end
    return kept


def bodies() -> list[bytes]:
    """Six picture bodies of 3 to 5 MB: smooth shapes with noise as sensors have it."""
    import io

    from PIL import Image

    made = []
    for number, sigma in enumerate((9, 11, 13, 15, 18, 21)):
        random.seed(number)
        small = Image.frombytes("RGB", (40, 30), random.randbytes(3600)).resize(
            (4000, 3000), Image.Resampling.BICUBIC
        )
        out = io.BytesIO()
        Image.blend(small, Image.effect_noise((4000, 3000), sigma * 2).convert("RGB"), 0.3).save(
            out, "JPEG", quality=90
        )
        data, at = out.getvalue(), 2
        while data[at + 1] in (0xE0, 0xE1):
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        made.append(data[at:])
    return made


def build(folder: Path, files: int) -> None:
    """A library of that many photos in folders by year and month; an earlier one of the same size is kept."""
    done = folder / f"complete-{files}"
    if done.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    rng, heads, pictures = random.Random(7), headers(), bodies()
    for number in range(files):
        path = folder / str(2012 + rng.randrange(13)) / f"{1 + number % 12:02}" / f"IMG_{number:04}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8" + rng.choice(heads) + rng.choice(pictures))
    done.touch()
    print(f"built {files} photos in {folder} from {len(heads)} headers")


def commands(folder: Path, lists: Sequence[Path]) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and processes of each contestant: with one list all files, with two lists half each."""
    python = sys.executable
    both, halves = lists[0], lists[1:]
    yield "floor: open, head and tail", [[python, "-c", FLOOR, str(both)]]
    yield (
        "exposure, one process",
        [[python, "-m", "exposure", "scan", str(folder), "--format", "json", "--jobs", "1"]],
    )
    yield (
        "exposure, two workers",
        [[python, "-m", "exposure", "scan", str(folder), "--format", "json", "--jobs", "2"]],
    )
    yield "ExifRead, one process", [[python, "-c", EXIFREAD, str(both)]]
    yield "ExifRead, two processes", [[python, "-c", EXIFREAD, str(half)] for half in halves]
    if shutil.which("exiv2"):
        yield "exiv2 -pa, one process", [["xargs", "-a", str(both), "exiv2", "-pa"]]
        yield "exiv2 -pa, two processes", [["xargs", "-a", str(half), "exiv2", "-pa"] for half in halves]
    if shutil.which("exiftool"):
        fast = ["exiftool", "-json", "-fast2"]
        yield "ExifTool -fast2, one process", [[*fast, "-r", str(folder)]]
        yield "ExifTool -fast2, two processes", [[*fast, "-@", str(half)] for half in halves]


def timed(processes: list[list[str]]) -> tuple[float, float]:
    """Wall seconds until all have ended, and the largest one's peak memory in MB."""
    started, peak = time.perf_counter(), 0
    running = [subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in processes]
    for process in running:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        peak = max(peak, usage.ru_maxrss)
    return time.perf_counter() - started, peak / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only-build", action="store_true", help="build the library and stop")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "exposure-bench")
    options = parser.parse_args()
    library = options.folder / "library"
    if options.only_build:
        build(library, options.files)
        return
    # in a process of its own: a child's peak memory is never told as less than its parent's
    itself = [sys.executable, "-m", "tests.bench", "--only-build", "--files", str(options.files)]
    subprocess.run([*itself, "--folder", str(options.folder)], check=True)
    names = sorted(str(p) for p in library.rglob("*.jpg"))
    lists = []
    for label, chosen in (("all", names), ("odd", names[::2]), ("even", names[1::2])):
        lists.append(options.folder / f"{label}.txt")
        lists[-1].write_text("\n".join(chosen) + "\n")
    contestants = list(commands(library, lists))
    for peer in ("exiv2", "exiftool"):
        if not shutil.which(peer):
            print(f"{peer} is not installed and was left out")
    results: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in contestants}
    for _ in range(options.rounds):
        for name, processes in contestants:
            timed(contestants[0][1])  # not counted: it brings the headers into the cache, whoever came before
            results[name].append(timed(processes))
    floor = statistics.median(t for t, _ in results["floor: open, head and tail"])
    print(
        f"\n{options.files} files, median of {options.rounds} rounds in turn\n{'':32} {'seconds':>8} {'floors':>7} {'peak MB':>8}"
    )
    for name, runs in results.items():
        seconds = statistics.median(t for t, _ in runs)
        print(f"{name:32} {seconds:8.2f} {seconds / floor:7.1f} {max(m for _, m in runs):8.0f}")


if __name__ == "__main__":
    main()
