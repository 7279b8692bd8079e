"""Where copies go: mirrored, never among the originals, each path once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exposure.cleaning._targets import Targets, places, prepared
from exposure.errors import CannotClean, CannotRun


def photos(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def test_one_folder_is_mirrored(tmp_path: Path) -> None:
    folder = photos(tmp_path / "in", "a.jpg", "2024/b.jpg")
    assert [p.relative.as_posix() for p in places([str(folder)])] == ["2024/b.jpg", "a.jpg"]


def test_of_several_each_gets_its_name(tmp_path: Path) -> None:
    one, two = photos(tmp_path / "one", "a.jpg"), photos(tmp_path / "two", "a.jpg")
    single = photos(tmp_path, "c.jpg") / "c.jpg"
    found = [p.relative.as_posix() for p in places([str(one), str(two), str(single)])]
    assert found == ["one/a.jpg", "two/a.jpg", "c.jpg"]


def test_the_current_folder_and_links_to_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = photos(tmp_path / "in", "a.jpg")
    monkeypatch.chdir(folder)
    assert [p.relative.as_posix() for p in places(["."])] == ["a.jpg"]
    assert prepared("../out", ["."]) == Path("../out")
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(CannotRun, match="where your originals are"):
        prepared(str(tmp_path / "link" / "out"), [str(folder)])


@pytest.mark.parametrize("output", ["in", "in/out", "in/2024/deep", "in/../in"])
def test_copies_never_go_among_the_originals(tmp_path: Path, output: str) -> None:
    folder = photos(tmp_path / "in", "a.jpg", "2024/b.jpg")
    with pytest.raises(CannotRun, match="in-clean"):
        prepared(str(tmp_path / output), [str(folder)])
    assert not (tmp_path / "in" / "out").exists()


def test_nor_do_originals_lie_among_the_copies(tmp_path: Path) -> None:
    folder = photos(tmp_path / "out" / "in", "a.jpg")
    with pytest.raises(CannotRun, match="not mixed up"):
        prepared(str(tmp_path / "out"), [str(folder)])


def test_a_photo_is_copied_into_any_folder_but_its_own(tmp_path: Path) -> None:
    photo = str(photos(tmp_path, "a.jpg") / "a.jpg")
    assert prepared(str(tmp_path / "clean"), [photo]) == tmp_path / "clean"
    with pytest.raises(CannotRun, match="itself is in"):
        prepared(str(tmp_path), [photo])


def test_a_file_or_nothing_where_a_folder_should_be(tmp_path: Path) -> None:
    folder, other = photos(tmp_path / "in", "a.jpg"), photos(tmp_path, "file") / "file"
    with pytest.raises(CannotRun, match="is a file"):
        prepared(str(other), [str(folder)])
    with pytest.raises(CannotRun, match="nothing at"):
        prepared(str(tmp_path / "out"), [str(tmp_path / "none")])


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="only an ordinary user is kept out of a folder"
)
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = photos(tmp_path / "in", "a.jpg")
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(CannotRun, match="nothing can be written"):
        prepared(str(tmp_path / "out"), [str(folder)])


@pytest.mark.parametrize(
    ("first", "second"), [("a.jpg", "A.JPG"), ("é.jpg", "e\u0301.jpg"), ("x/a.jpg", "X/a.jpg")]
)
def test_names_that_some_disks_take_for_one_are_refused(tmp_path: Path, first: str, second: str) -> None:
    targets = Targets(tmp_path)
    targets.path(Path(first))
    with pytest.raises(CannotClean, match="capital letters"):
        targets.path(Path(second))


def test_a_link_in_the_way_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "2024").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotClean, match="link"):
        Targets(tmp_path / "out").path(Path("2024/a.jpg"))
