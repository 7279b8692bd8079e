"""Clean copies of photos that lie in archives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exposure.cleaning import Cleaned, Outcome, Wishes
from exposure.cleaning._targets import safe
from exposure.cleaning.files import Run, clean, prepared
from exposure.cleaning.verify import verify
from exposure.cli import main
from exposure.model import Settings
from exposure.scanning import examine_file
from tests.archives.exports import tarred, zipped
from tests.archives.life import LIFE, picture
from tests.make.zips import DEFLATED, Entry
from tests.make.zips import zipped as raw_zip

PHOTO = picture(LIFE[0])
each_packing = pytest.mark.parametrize(("pack", "name"), [(zipped, "e.zip"), (tarred, "e.tar.gz")])
Pack = Callable[[dict[str, bytes], Path], Path]


def cleaned(paths: list[Path | str], out: Path, jobs: int = 1) -> dict[str, Cleaned]:
    words = [str(path) for path in paths]
    run = Run(Wishes(), prepared(str(out), words))
    return {one.name.rpartition("/")[2]: one for one in clean(words, run, jobs)}


def files(at: Path) -> list[str]:
    return sorted(path.relative_to(at).as_posix() for path in at.rglob("*") if path.is_file())


@each_packing
@pytest.mark.parametrize("jobs", [1, 2])
def test_copies_mirror_the_archive_and_are_proven(pack: Pack, name: str, jobs: int, tmp_path: Path) -> None:
    at = pack({f"Photos/{m.id}.jpg": picture(m) for m in LIFE} | {"list.json": b"{}"}, tmp_path / name)
    before = at.read_bytes()
    got = cleaned([at], tmp_path / "out", jobs)
    assert {one.outcome for n, one in got.items() if n != "list.json"} == {Outcome.CLEANED}
    assert got["list.json"].outcome is Outcome.LEFT_OUT
    assert files(tmp_path / "out") == [f"Photos/{m.id}.jpg" for m in LIFE]
    verdicts = list(verify(str(at), str(tmp_path / "out"), Wishes(), jobs))
    assert sum(one.photo for one in verdicts) == len(LIFE) and not any(one.against for one in verdicts)
    assert at.read_bytes() == before and sorted(p.name for p in tmp_path.iterdir()) == [name, "out"]


def test_a_file_in_an_archive_by_its_path(tmp_path: Path) -> None:
    at = zipped({"x/a.jpg": PHOTO, "x/b.jpg": PHOTO}, tmp_path / "e.zip")
    cleaned([f"{at}/x/a.jpg"], tmp_path / "one")
    assert files(tmp_path / "one") == ["a.jpg"]
    (verdict,) = verify(f"{at}/x/a.jpg", str(tmp_path / "one/a.jpg"), Wishes())
    assert verdict.photo and not verdict.against
    cleaned([f"{at}/x"], tmp_path / "folder")
    assert files(tmp_path / "folder") == ["a.jpg", "b.jpg"]
    shown = examine_file(f"{at}/x/a.jpg", Settings())
    assert shown.photo.name == f"{at}/x/a.jpg" and shown.photo.facts.texts


def test_several_archives_and_an_archive_in_a_folder_get_folders_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.zip", "b.zip"):
        zipped({"1.jpg": PHOTO}, tmp_path / "in" / name)
    cleaned([tmp_path / "in/a.zip", tmp_path / "in/b.zip"], tmp_path / "out")
    assert files(tmp_path / "out") == ["a.zip/1.jpg", "b.zip/1.jpg"]
    cleaned([tmp_path / "in"], tmp_path / "all")
    assert files(tmp_path / "all") == ["a.zip/1.jpg", "b.zip/1.jpg"]
    assert not any(one.against for one in verify(str(tmp_path / "in"), str(tmp_path / "all"), Wishes()))


def test_names_that_no_disk_takes_or_that_lead_elsewhere(tmp_path: Path) -> None:
    names = [
        "a:b?.jpg",
        "CON/nul.jpg",
        "end. /x.jpg",
        "é" * 300 + ".jpg",
        "t\tab.jpg",
        "../up.jpg",
        "/root.jpg",
        "C:/z.jpg",
    ]
    (tmp_path / "e.zip").write_bytes(raw_zip(*(Entry(name, PHOTO, DEFLATED) for name in names)))
    got = cleaned([tmp_path / "e.zip"], tmp_path / "out")
    assert files(tmp_path / "out") == sorted(
        ["_CON/_nul.jpg", "a_b_.jpg", "end/x.jpg", "t_ab.jpg", "é" * 98 + ".jpg"]
    )
    assert sum(one.outcome is Outcome.FAILED for one in got.values()) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["e.zip", "out"]
    assert not (tmp_path / "up.jpg").exists()


def test_names_that_come_to_the_same_are_not_written_over_each_other(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_bytes(raw_zip(Entry("a:.jpg", PHOTO), Entry("a_.jpg", picture(LIFE[1]))))
    got = cleaned([tmp_path / "e.zip"], tmp_path / "out")
    assert sorted(one.outcome for one in got.values()) == [Outcome.CLEANED, Outcome.REFUSED]


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("..", "_"),
        (".", "_"),
        ("COM1.jpg", "_COM1.jpg"),
        ("com10.jpg", "com10.jpg"),
        ("lpt¹", "_lpt¹"),
        (" ", "_"),
        ("a.", "a"),
    ],
)
def test_safe_names(name: str, becomes: str) -> None:
    assert safe(Path("x", name) if name != "." else Path("x/ .")) == Path("x", becomes)


def test_archives_are_never_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = zipped({"a.jpg": PHOTO}, tmp_path / "e.zip")
    before = at.read_bytes()
    for path in (at, f"{at}/a.jpg"):
        assert main(["clean", str(path), "--in-place", "--private", str(tmp_path / "p")]) == 2
        assert "archives are never changed" in capsys.readouterr().err
    (tmp_path / "b.jpg").write_bytes(PHOTO)
    assert main(["clean", str(tmp_path), "--in-place", "--private", str(tmp_path.with_name("kept"))]) == 1
    assert "it lies in an archive, which is never changed" in " ".join(capsys.readouterr().out.split())
    assert at.read_bytes() == before and (tmp_path / "b.jpg").read_bytes() != PHOTO


def test_neutral_names_for_files_in_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = zipped({"a.jpg": PHOTO, "b.jpg": PHOTO}, tmp_path / "e.zip")
    words = ["clean", str(at), "--to", str(tmp_path / "out"), "--rename", "--private", str(tmp_path / "p")]
    assert main(words) == main(words) == 0
    assert len(files(tmp_path / "out")) == 2 and all(
        name.startswith("photo-") for name in files(tmp_path / "out")
    )


def test_the_commands_take_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = zipped({"a.jpg": PHOTO}, tmp_path / "e.zip")
    assert main(["show", str(at)]) == 2 and "is an archive: name one file in it" in capsys.readouterr().err
    assert main(["show", f"{at}/a.jpg"]) == 0
    baseline = str(tmp_path / "baseline.json")
    accept = ["check", str(at), "--fail-on", "low", "--baseline", baseline]
    assert main(accept[:-2]) == 1
    assert main([*accept, "--update-baseline"]) == main(accept) == 0
    assert main(["check", f"{at}/a.jpg", *accept[2:]]) == 0
    assert main(["scan", f"{at}/a.jpg", "--fail-on", "low"]) == 1
    assert main(["scan", f"{at}/b.jpg"]) == main(["check", f"{at}/b.jpg"]) == 2
    capsys.readouterr()
