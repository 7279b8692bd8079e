from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from exposure import workers
from exposure.errors import CannotRun
from exposure.examining import examine
from exposure.model import CollectionFinding, Examination, Examined, Level, Problem, Settings
from exposure.post import Inventory, PostExamination
from exposure.running import Outcome
from exposure.scanning import FEW, examine_file, scan, tasks, work
from exposure.source import FileSource
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff
from tests.make.xmp import simple, xmp

HERE = jpeg(exif(tiff(position=(51.5, -0.1), Make="Acme", BodySerialNumber="6784213")))
SETTINGS = Settings(today="2026-11-21")
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes")


class Kept:
    """A writer that keeps everything, for tests."""

    def __init__(self) -> None:
        self.photos: list[Examination] = []
        self.posts: list[PostExamination] = []
        self.collection: Sequence[CollectionFinding] = ()
        self.archives: Sequence[Inventory] = ()

    def photo(self, examination: Examination) -> None:
        self.photos.append(examination)

    def post(self, examination: PostExamination) -> None:
        self.posts.append(examination)

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        self.collection, self.archives = collection, archives


def scanned(*paths: Path, jobs: int = 1) -> tuple[Kept, Outcome]:
    kept = Kept()
    return kept, scan(paths, SETTINGS, jobs, kept)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """More files than one process is kept for, some of them broken, some no photos."""
    for n in range(FEW + 20):
        (tmp_path / f"IMG_{n:03}.jpg").write_bytes(HERE if n % 3 else jpeg(comment(f"number {n}")))
    (tmp_path / "broken.jpg").write_bytes(HERE[:-20])
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "letter.txt").write_text("Dear Ann")
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
    (tmp_path / "really a text.png").write_text("Dear Bob")
    return tmp_path


def test_no_command_is_named_where_there_can_be_no_copy(tmp_path: Path) -> None:
    """Side files are left out, and of videos only the names are known."""
    (tmp_path / "IMG_20240503_180000.xmp").write_bytes(xmp(simple("dc:title", "Our garden")))
    (tmp_path / "IMG_20240503_180000.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
    (tmp_path / "IMG_20240503_180001.jpg").write_bytes(HERE)
    film, side, photo = scanned(tmp_path)[0].photos
    assert {f.command for f in photo.findings} == {"clean", "clean --rename"}
    assert {f.command for f in (*film.findings, *side.findings)} == {""}
    assert {f.remedy for f in side.findings} == {"Leave such side files out of what you share."}
    assert any("neutral name" in f.remedy for f in film.findings)


def test_workers_give_what_one_process_gives_in_the_same_order(library: Path) -> None:
    (alone, first), (together, second) = scanned(library, jobs=1), scanned(library, jobs=2)
    assert alone.photos == together.photos
    assert alone.collection == together.collection
    assert first == second
    assert [p.name for p in alone.photos] == sorted(str(p) for p in library.iterdir())


def test_the_outcome_counts_what_was_not_examined(library: Path) -> None:
    kept, outcome = scanned(library)
    assert outcome == Outcome(photos=FEW + 24, worst_gate=Level.HIGH, unexamined=4)
    said = {
        Path(e.name).name: (e.examined, e.media) for e in kept.photos if e.examined is not Examined.COMPLETE
    }
    assert said == {
        "broken.jpg": (Examined.PARTIAL, ""),
        "empty.jpg": (Examined.NONE, ""),
        "really a text.png": (Examined.NONE, ""),
        "clip.mp4": (Examined.NONE, "MP4 or QuickTime video"),
        "letter.txt": (Examined.NONE, "other"),
    }


def test_every_unread_file_says_why_in_a_sentence(library: Path) -> None:
    kept, _ = scanned(library)
    for examination in kept.photos:
        if examination.examined in (Examined.NONE, Examined.PARTIAL) and examination.media != "other":
            assert examination.problems
            assert all(" " in p.message for p in examination.problems)
            assert {f.rule for f in examination.findings} & {"unexamined", "unread-metadata"}


def test_a_folder_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    kept, _ = scanned(tmp_path, tmp_path)
    assert len(kept.photos) == 1


def test_nothing_there_cannot_run(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="nothing at"):
        scanned(tmp_path / "no")


def test_photos_of_one_device_are_told_together(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(HERE)
    kept, _ = scanned(tmp_path)
    assert [f.rule for f in kept.collection] == ["same-device"]


def test_progress_is_told_for_every_file(library: Path) -> None:
    told: list[int] = []
    scan([library], SETTINGS, 1, Kept(), lambda done, total: told.append(done))
    assert told == list(range(1, FEW + 26))


def test_one_file_is_read_whole_and_only_a_photo_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    photo, findings, _ = examine_file(tmp_path / "a.jpg", SETTINGS)
    assert photo.examined is Examined.COMPLETE
    assert "gps-position" in {f.rule for f in findings}
    (tmp_path / "a.txt").write_text("no photo")
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "a.txt", "not a photo"),
        (tmp_path / "no", "nothing"),
    ):
        with pytest.raises(CannotRun, match=said):
            examine_file(path, SETTINGS)


@unix
def test_a_pipe_is_said_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    kept, outcome = scanned(tmp_path)
    assert outcome.unexamined == 1
    assert kept.photos[0].problems == (Problem("file", "this is a pipe, not a file"),)


def test_a_file_that_went_away_is_said(tmp_path: Path) -> None:
    found = examine(FileSource(tmp_path / "gone.jpg"), SETTINGS)
    assert found.examined is Examined.NONE
    assert "no such file" in found.problems[0].message


class Bomb(FileSource):
    """A source that ends, or outlasts, whatever process opens it; only in tests."""

    __slots__ = ()

    def __enter__(self) -> FileSource:
        name = Path(self.name).name
        if name == "dies.jpg":
            os._exit(9)
        if name == "hangs.jpg":
            while True:
                pass
        if name == "eats.jpg":
            bytearray(64 << 30)
        raise ValueError("a mistake of our own")


@unix
def test_a_worker_that_dies_hangs_eats_or_errs_costs_one_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    bombs = [Bomb(tmp_path / name) for name in ("dies.jpg", "hangs.jpg", "eats.jpg", "errs.jpg")]
    todo = [FileSource(tmp_path / "a.jpg"), *bombs, FileSource(tmp_path / "a.jpg")]
    seen = workers.worked(tasks(todo, None, SETTINGS), work()._replace(seconds=2.0), 2)
    found = [e for e in seen if isinstance(e, Examination)]
    assert [Path(e.name).name for e in found] == [
        "a.jpg",
        "dies.jpg",
        "hangs.jpg",
        "eats.jpg",
        "errs.jpg",
        "a.jpg",
    ]
    assert [e.examined for e in found] == [Examined.COMPLETE, *[Examined.NONE] * 4, Examined.COMPLETE]
    dies, hangs, eats, errs = (e.problems[0].message for e in found[1:5])
    assert all("unexamined" in {f.rule for f in e.findings} for e in found[1:5])
    assert "ended the process" in dies
    assert "took longer" in hangs
    assert "memory" in eats
    assert "ValueError" in errs
