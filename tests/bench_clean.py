"""How fast cleaning is, against what else there is: ``python -m tests.bench_clean``.

It uses the library of `tests.bench` (12-megapixel JPEGs of 3 to 5 MB) and times whole processes in turn, each writing
into an empty folder: ``cp``, ExifTool with orientation and colour profile kept, mat2 and mat2 -L where they are
installed, and exposure with its proof in full, without pixels, and without waiting for the disk (fsync), so that each
cost can be seen. mat2 writes beside the originals, so it gets a copy of the library, made before its time begins.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import timed

LAZY = """
import os, sys
os.fsync = lambda descriptor: None
from exposure.cli import main
sys.exit(main(sys.argv[1:]))
"""
_SLOW = ("mat2", "exposure, full")
KEEPING = ["exiftool", "-q", "-r", "-all=", "--icc_profile:all", "-tagsfromfile", "@", "-orientation"]


def commands(library: Path, out: Path, own: Path) -> Iterator[tuple[str, list[str]]]:
    """Name and process of each contestant. `own` is a copy of the library that may be written into."""
    words = ["clean", str(library), "--to", str(out)]
    run = [sys.executable, "-m", "exposure", *words]
    yield "cp", ["cp", "-r", str(library), str(out)]
    yield "exposure, structural proof, two workers", [*run, "--proof", "structure", "--jobs", "2"]
    yield "exposure, structural proof, one process", [*run, "--proof", "structure", "--jobs", "1"]
    lazily = [sys.executable, "-c", LAZY, *words, "--jobs", "1"]
    yield "the same without fsync", [*lazily, "--proof", "structure"]
    yield "exposure, full proof, two workers", [*run, "--jobs", "2"]
    yield "exposure, full proof, one process", [*run, "--jobs", "1"]
    if shutil.which("exiftool"):
        yield "ExifTool, orientation and profile kept", [*KEEPING, "-o", f"{out}/", str(library)]
    if shutil.which("mat2"):
        names = sorted(str(p) for p in own.rglob("*.jpg"))
        yield "mat2", ["mat2", *names]
        yield "mat2 -L", ["mat2", "-L", *names]


def prepared(out: Path, own: Path) -> None:
    """An empty place for the copies, and nothing of mat2's left."""
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    for path in own.rglob("*.cleaned.jpg"):
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--quick", action="store_true", help="without mat2 and full proofs, which take minutes"
    )
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "exposure-bench-clean")
    options = parser.parse_args()
    library, out, own = (options.folder / name for name in ("library", "out", "own"))
    itself = [sys.executable, "-m", "tests.bench", "--only-build", "--files", str(options.files)]
    subprocess.run([*itself, "--folder", str(options.folder)], check=True)
    if not options.quick and shutil.which("mat2"):
        shutil.copytree(library, own, dirs_exist_ok=True)
    for peer in ("exiftool", "mat2"):
        if not shutil.which(peer):
            print(f"{peer} is not installed and was left out")
    contestants = [c for c in commands(library, out, own) if not (options.quick and c[0].startswith(_SLOW))]
    results: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in contestants}
    copies: dict[str, int] = {}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as an installed program runs
    for _, process in contestants[:2]:  # once unmeasured: memory that the machine never used before is slow
        prepared(out, own)
        timed([process])
    for turn in range(options.rounds):
        for name, process in contestants:
            if turn and name.startswith(_SLOW):
                continue  # once is enough for what takes minutes
            prepared(out, own)
            subprocess.run(["cat", *map(str, library.rglob("*.jpg"))], stdout=subprocess.DEVNULL, check=True)
            results[name].append(timed([process]))
            copies[name] = sum(1 for _ in out.rglob("*.jpg")) or sum(1 for _ in own.rglob("*.cleaned.jpg"))
            print(f"{results[name][-1][0]:8.2f} s  {name}", flush=True)
    prepared(out, own)
    fast = statistics.median(t for t, _ in results["cp"])
    print(f"\n{options.files} files, median of {options.rounds} rounds in turn (mat2 and full proofs: one)")
    print(f"{'':42} {'seconds':>8} {'times cp':>8} {'peak MB':>8} {'copies':>8}")
    for name, runs in results.items():
        seconds = statistics.median(t for t, _ in runs)
        print(
            f"{name:42} {seconds:8.2f} {seconds / fast:8.1f} {max(m for _, m in runs):8.0f} {copies[name]:8}"
        )


if __name__ == "__main__":
    main()
