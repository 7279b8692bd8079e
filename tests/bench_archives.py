"""How fast archives are: ``python -m tests.bench_archives [--photos 50000]``.

It builds one library of small JPEGs with EXIF (most of a few kB, one in ten of about 200 kB) as a Flickr export: in
plain files, in 20 part zips stored, in 20 part zips deflated, and in one tar.gz; with a record of every photo in them,
and without. Each is scanned by ``exposure scan --format json -o FILE`` in a process of its own, with a TMPDIR of its own:
seconds, seconds of processor that it took with its workers (which a busy machine changes less), the most memory of the
process and of one of its workers (VmHWM), and whether anything was written into the TMPDIR. Absolute times do not
travel; compare the rows of one run.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.make.jpeg import exif, jpeg
from tests.make.tiff import tiff

PARTS = 20


def library(photos: int, records: bool) -> Iterator[tuple[str, bytes]]:
    """The files of the export, a photo and its record together."""
    noise = random.Random(7).randbytes(400_000)
    for number in range(photos):
        rng = random.Random(number)
        id = 51_000_000_000 + number
        blocks = tiff(
            Make="Acme",
            Model=f"One {number % 3}",
            DateTimeOriginal=_taken(number).replace("-", ":"),
            position=(51.5 + rng.random() / 5, -0.1 - rng.random() / 5),
        )
        picture = jpeg(exif(blocks))
        size = rng.randrange(150_000, 250_000) if number % 10 == 0 else rng.randrange(3_000, 8_000)
        scan = noise[(at := rng.randrange(len(noise) - size)) : at + size].replace(b"\xff", b"\xfe")
        yield f"photos/holiday_{id}_o.jpg", picture[:-2] + scan + picture[-2:]
        if records:
            yield f"photo_{id}.json", json.dumps(_record(id, number)).encode()


def _taken(number: int) -> str:
    return f"20{10 + number % 14:02}-{1 + number % 12:02}-{1 + number % 28:02} {8 + number % 12:02}:{number % 60:02}:00"


def _record(id: int, number: int) -> dict[str, object]:
    return {
        "id": str(id),
        "name": "a walk",
        "description": "",
        "date_taken": _taken(number),
        "date_imported": _taken(number),
        "photopage": f"https://www.flickr.com/photos/example/{id}/",
        "geo": [],
        "exif": [],
        "tags": [{"tag": "walk"}],
        "people": [],
        "privacy": "public" if number % 2 else "private",
    }


def plain(at: Path, photos: int, records: bool) -> list[Path]:
    for name, data in library(photos, records):
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(data)
    return [at]


def zips(at: Path, photos: int, records: bool, packing: int) -> list[Path]:
    at.mkdir(parents=True)
    paths = [at / f"72157700000000000_0a1b2c3d4e5f_part{number + 1}.zip" for number in range(PARTS)]
    opened = [zipfile.ZipFile(path, "w", packing) for path in paths]
    for number, (name, data) in enumerate(library(photos, records)):
        opened[number * PARTS // (photos * (1 + records))].writestr(name, data)
    for archive in opened:
        archive.close()
    return paths


def tarred(at: Path, photos: int, records: bool) -> list[Path]:
    at.mkdir(parents=True)
    with tarfile.open(at / "export.tar.gz", "w:gz", compresslevel=1) as archive:
        for name, data in library(photos, records):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return [at / "export.tar.gz"]


class Run(NamedTuple):
    """One scan."""

    seconds: float
    worked: float
    """Seconds of processor, of all its processes."""
    parent: int
    """The most memory of the process that was started, in kB."""
    worker: int
    """The same of the largest of its workers."""
    photos: int
    left: list[str]
    """What is in its TMPDIR, or was there while it ran."""


def scanned(paths: list[Path]) -> Run:
    with tempfile.TemporaryDirectory() as own:
        private, report = Path(own, "tmp"), Path(own, "report.json")
        private.mkdir()
        words = [
            sys.executable,
            "-m",
            "exposure",
            "scan",
            *map(str, paths),
            "--format",
            "json",
            "-o",
            str(report),
        ]
        started, before = time.perf_counter(), _worked()
        with subprocess.Popen(
            words, env={**os.environ, "TMPDIR": str(private)}, stderr=subprocess.DEVNULL
        ) as running:
            seen: dict[int, int] = {}
            left: set[str] = set()
            while running.poll() is None:
                _look(running.pid, seen)
                left.update(path.name for path in private.rglob("*"))
                time.sleep(0.05)
        seconds = time.perf_counter() - started
        left.update(path.name for path in private.rglob("*"))
        photos = json.loads(report.read_bytes())["summary"]["photos"]
    workers = [kb for pid, kb in seen.items() if pid != running.pid]
    return Run(
        seconds, _worked() - before, seen.get(running.pid, 0), max(workers, default=0), photos, sorted(left)
    )


def _worked() -> float:
    """Seconds of processor that children took that have ended."""
    usage = os.times()
    return usage.children_user + usage.children_system


def _look(parent: int, seen: dict[int, int]) -> None:
    """Note what the process and its children took at most so far."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    try:
        pids = [parent, *map(int, children.read_text().split())]
        for task in Path(f"/proc/{parent}/task").iterdir():
            pids += map(int, (task / "children").read_text().split())
    except OSError:
        return
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                seen[pid] = max(seen.get(pid, 0), int(line.split()[1]))


KINDS = {
    "plain files": plain,
    "20 zips, stored": lambda at, n, r: zips(at, n, r, zipfile.ZIP_STORED),
    "20 zips, deflated": lambda at, n, r: zips(at, n, r, zipfile.ZIP_DEFLATED),
    "tar.gz": tarred,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=50_000, help="(default %(default)s)")
    parser.add_argument(
        "--rounds", type=int, default=1, help="of which the fastest counts (default %(default)s)"
    )
    parser.add_argument("--at", type=Path, help="where to build it (default: a temporary folder)")
    parser.add_argument("--only", choices=KINDS, action="append", help="just this kind; may be repeated")
    options = parser.parse_args()
    top = Path(tempfile.mkdtemp(dir=options.at))
    try:
        for records in (False, True):
            print(f"{options.photos:,} photos {'with' if records else 'without'} records of their posts")
            for kind in options.only or KINDS:
                paths = KINDS[kind](top / "export", options.photos, records)
                run = min(scanned(paths) for _ in range(options.rounds))
                assert run.photos == options.photos, run
                print(
                    f"  {kind:18} {run.seconds:7.1f} s {options.photos / run.seconds:7.0f} photos/s   processor {run.worked:6.1f} s   process "
                    f"{run.parent / 1024:5.0f} MB, worker {run.worker / 1024:5.0f} MB   temporary files: "
                    f"{', '.join(run.left) or 'none'}",
                    flush=True,
                )
                shutil.rmtree(top / "export")
    finally:
        shutil.rmtree(top)


if __name__ == "__main__":
    main()
