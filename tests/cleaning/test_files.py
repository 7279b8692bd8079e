"""Whole runs: every file gets one true outcome, no original changes, and a second run finds its own work."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from exposure.cleaning import Cleaned, Outcome, Wishes, _proof
from exposure.cleaning._one import Task, cleaned
from exposure.cleaning.files import FEW, Run, clean
from exposure.source import FileSource
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff

HERE = jpeg(exif(tiff(position=(51.5, -0.1), Make="Acme", Orientation=6)), comment("secret words"))
PLAIN = jpeg()
DAMAGED = HERE[: len(HERE) - 40]


def library(folder: Path) -> Path:
    folder.mkdir()
    (folder / "here.jpg").write_bytes(HERE)
    (folder / "plain.jpg").write_bytes(PLAIN)
    (folder / "cut.jpg").write_bytes(DAMAGED)
    (folder / "letter.txt").write_text("no photo")
    (folder / "here.jpg.xmp").write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>")
    (folder / "clip.mov").write_bytes(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ")
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.jpg").write_bytes(b"")
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() + str(p.stat().st_mtime_ns)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def outcomes(folder: Path, out: Path | None, jobs: int = 0, **wishes: object) -> dict[str, Cleaned]:
    run = Run(Wishes(**wishes), out, 1_700_000_000.0)  # type: ignore[arg-type]
    return {str(Path(one.name).relative_to(folder)): one for one in clean([str(folder)], run, jobs)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_has_its_outcome_and_no_original_changes(tmp_path: Path, jobs: int) -> None:
    folder, out = library(tmp_path / "in"), tmp_path / "out"
    out.mkdir()
    before = digests(folder)
    found = outcomes(folder, out, jobs)
    assert {name: one.outcome for name, one in found.items()} == {
        "clip.mov": Outcome.REFUSED,
        "cut.jpg": Outcome.REFUSED,
        "here.jpg": Outcome.CLEANED,
        "here.jpg.xmp": Outcome.LEFT_OUT,
        "letter.txt": Outcome.LEFT_OUT,
        "plain.jpg": Outcome.ALREADY,
        str(Path("sub", "empty.jpg")): Outcome.REFUSED,
    }
    assert digests(folder) == before
    assert sorted(p.name for p in out.rglob("*") if p.is_file()) == ["here.jpg", "plain.jpg"]
    assert b"secret" not in (out / "here.jpg").read_bytes()
    assert (out / "plain.jpg").read_bytes() == PLAIN
    assert (out / "here.jpg").stat().st_mtime == 1_700_000_000.0
    assert found["here.jpg"].kept == ("which way up",)


def test_a_second_run_knows_its_own_copies_and_two_runs_give_the_same(tmp_path: Path) -> None:
    folder, out, again = library(tmp_path / "in"), tmp_path / "out", tmp_path / "again"
    out.mkdir()
    again.mkdir()
    first = outcomes(folder, out)
    copies = digests(out)
    assert outcomes(folder, out) == first
    assert digests(out) == copies
    outcomes(folder, again)
    assert digests(again) == copies


def test_cleaning_a_clean_copy_changes_nothing(tmp_path: Path) -> None:
    folder, out, again = library(tmp_path / "in"), tmp_path / "out", tmp_path / "again"
    out.mkdir()
    again.mkdir()
    outcomes(folder, out)
    found = outcomes(out, again)
    assert {one.outcome for one in found.values()} == {Outcome.ALREADY}
    assert digests(again) == digests(out)


def test_another_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    folder, out = library(tmp_path / "in"), tmp_path / "out"
    out.mkdir()
    (out / "here.jpg").write_bytes(b"mine")
    (out / "plain.jpg").symlink_to(folder / "plain.jpg")
    found = outcomes(folder, out)
    assert found["here.jpg"].outcome is Outcome.REFUSED and "another file" in found["here.jpg"].reason
    assert found["plain.jpg"].outcome is Outcome.REFUSED
    assert (out / "here.jpg").read_bytes() == b"mine"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = library(tmp_path / "in")
    before = digests(tmp_path)
    assert outcomes(folder, None)["here.jpg"].outcome is Outcome.CLEANED
    assert digests(tmp_path) == before


def test_a_dry_run_tells_nothing_of_names_that_would_change(tmp_path: Path) -> None:
    (tmp_path / "IMG_20240503_180000.jpg").write_bytes(HERE)
    (kept,) = clean([str(tmp_path)], Run(Wishes()))
    (renamed,) = clean([str(tmp_path)], Run(Wishes(), rename=True))
    assert kept.names == ("date-in-name",) and not renamed.names


def test_a_source_that_is_written_to_meanwhile_gives_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(HERE)
    prove = _proof.prove

    def meanwhile(*args: object) -> str:
        os.utime(photo, (time.time() + 5, time.time() + 5))
        return prove(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("exposure.cleaning._one.prove", meanwhile)
    one = cleaned(Task(FileSource(photo), str(tmp_path / "b.jpg"), Wishes()))
    assert one.outcome is Outcome.FAILED and "changed while" in one.reason
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_the_moving_half_and_telling_names_are_said(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (folder / "IMG_20240503_180000.jpg").write_bytes(HERE)
    (folder / "IMG_20240503_180000.MOV").write_bytes(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ")
    found = outcomes(folder, out)
    photo = found["IMG_20240503_180000.jpg"]
    assert photo.beside == (str(folder / "IMG_20240503_180000.MOV"),)
    assert "date-in-name" in photo.names


def test_left_over_parts_of_an_earlier_run_are_no_photos(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (folder / ".exposure-0123.part").write_bytes(HERE)
    assert {one.outcome for one in outcomes(folder, out).values()} == {Outcome.LEFT_OUT}


def test_more_files_than_one_process_takes_come_back_in_order(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    names = [f"{n:03}.jpg" for n in range(FEW * 4)]
    for name in names:
        (folder / name).write_bytes(HERE)
    assert list(outcomes(folder, out)) == names
    assert {p.read_bytes() for p in out.iterdir()} == {(out / names[0]).read_bytes()}
