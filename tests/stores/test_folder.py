from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from exposure.errors import CannotRun
from exposure.model import Examination
from exposure.source import FileSource
from exposure.stores import FolderStore
from exposure.stores._within import WithinStore

unix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, sockets or links without rights"
)


def names(path: Path) -> list[str]:
    return [
        Path(s.name).relative_to(path).as_posix()
        for s in FolderStore(path).walk()
        if isinstance(s, FileSource)
    ]


def unread(path: Path) -> dict[str, str]:
    found = [s for s in FolderStore(path).walk() if isinstance(s, Examination)]
    return {Path(e.name).relative_to(path).as_posix(): e.problems[0].message for e in found}


def test_every_file_in_the_order_of_names_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/z.png", "a/.hidden.jpg", "c", "B/é.heic"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["B/é.heic", "a/.hidden.jpg", "a/z.png", "b.jpg", "c"]


def test_one_file_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    store = FolderStore(tmp_path / "a.jpg")
    (source,) = store.walk()
    assert source.name == store.source("a.jpg").name == str(tmp_path / "a.jpg")
    assert store.names == ("a.jpg",) and store.has("a.jpg") and not store.has("b.jpg")


@pytest.mark.parametrize("name", ["../out.jpg", "a/../../out.jpg", "{out}", "a" * 5_000, "a\0b", ""])
def test_no_name_leads_out_of_a_folder_or_raises(name: str, tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "out.jpg").touch()
    assert not FolderStore(tmp_path / "in").has(name.format(out=tmp_path / "out.jpg"))


def test_nothing_there_cannot_run(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be opened"):
        list(FolderStore(tmp_path / "no").walk())


@unix
def test_pipes_sockets_loops_and_dead_links_are_said_and_the_walk_ends(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.jpg").symlink_to(tmp_path / "gone.jpg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.fspath(tmp_path / "sock"))
        said = unread(tmp_path)
    assert said["pipe.jpg"] == "this is a pipe, not a file"
    assert "link to another folder" in said["loop"]
    assert said["dead.jpg"] == "this is a link that leads nowhere"
    assert said["sock"] == "this is a socket, not a file"


@unix
def test_a_link_to_a_photo_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.jpg").write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    assert names(tmp_path) == ["link.jpg", "real/a.jpg"]


def test_a_folder_that_may_not_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "open.jpg").touch()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert "permission denied" in unread(tmp_path)["locked"]
    assert names(tmp_path) == ["open.jpg"]


def test_very_deep_folders_do_not_exhaust_anything(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(60):
        here = here / "d"
    here.mkdir(parents=True)
    (here / "a.jpg").touch()
    assert len(names(tmp_path)) == 1


@pytest.mark.parametrize("top", [".", "in", "{here}/in"])
def test_a_file_has_one_name_however_it_is_asked_for(
    top: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    for name in ("a/b.jpg", "c.jpg", "d.zip"):
        (tmp_path / "in" / name).touch()
    monkeypatch.chdir(tmp_path / "in" if top == "." else tmp_path)
    store = FolderStore(Path(top.format(here=tmp_path)))
    store.skip([store.parts[0] / "d.zip", tmp_path / "elsewhere.zip"])
    assert store.names == ("a/b.jpg", "c.jpg")
    assert [found.name for found in store.walk()] == [store.source(name).name for name in store.names]
    assert store.skipped == [store.parts[0] / "d.zip"]


def test_a_folder_whose_names_are_known_is_not_listed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/b.jpg", "c.jpg"):
        (tmp_path / name).touch()
    listed: list[str] = []
    scandir = os.scandir

    def counted(path: str) -> object:
        listed.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", counted)
    store = FolderStore(tmp_path)
    assert len(store.names) == len(list(store.walk())) == 2
    assert [found.name for found in store.walk(given={"a/b.jpg"})] == [str(tmp_path / "c.jpg")]
    assert len(listed) == 2
    store.forget()
    assert len(list(store.walk())) == 2
    assert len(listed) == 4


def test_a_file_that_is_taken_away_while_others_are_read_is_said(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"words")
    some = WithinStore(FolderStore(tmp_path), ["a.jpg", "b.jpg"])
    walk = some.walk()
    assert isinstance(next(walk), FileSource)
    (tmp_path / "b.jpg").unlink()
    (gone,) = walk
    assert isinstance(gone, Examination) and gone.name.endswith("b.jpg")
    assert gone.problems[0].message == "this file is not there any more"
