"""The private place: where it is, who may look into it, and what it refuses."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exposure.cleaning._private import NAMES, ORIGINALS, README, locked, place, prepared, save
from exposure.errors import CannotRun


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"a")
    return folder


def test_it_is_where_the_system_wants_such_things(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert place().name == "exposure"
    if sys.platform == "linux":
        assert place() == tmp_path / "data" / "exposure"
    assert not place().exists() or sys.platform == "win32"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_its_owner_may_look_into_it(tmp_path: Path, photos: Path) -> None:
    private = prepared(str(tmp_path / "deep" / "private"), [photos])
    save(private / ORIGINALS / "record.json", {"a": 1})
    with locked(private):
        pass
    for path in (private, private / ORIGINALS, private / NAMES):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for path in (private / README, private / ".lock", private / ORIGINALS / "record.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_says_what_it_is_once(tmp_path: Path, photos: Path) -> None:
    private = prepared(str(tmp_path / "private"), [photos])
    assert "exposure" in (private / README).read_text("utf-8")
    (private / README).write_text("mine")
    assert prepared(str(private), [photos]) == private
    assert (private / README).read_text("utf-8") == "mine"


def test_a_folder_that_somebody_has_keeps_its_permissions(tmp_path: Path, photos: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    before = (tmp_path / "shared").stat().st_mode
    prepared(str(tmp_path / "shared"), [photos])
    assert (tmp_path / "shared").stat().st_mode == before


@pytest.mark.parametrize("inside", ["photos", "photos/deep/er", "link", "link/deep", "photos/../photos/x"])
def test_it_lies_outside_the_photos(inside: str, tmp_path: Path, photos: Path) -> None:
    (tmp_path / "link").symlink_to(photos, target_is_directory=True)
    with pytest.raises(CannotRun, match="--private"):
        prepared(str(tmp_path / inside), [photos])
    assert [path.name for path in photos.iterdir()] == ["a.jpg"]


def test_it_lies_outside_the_copies(tmp_path: Path, photos: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    with pytest.raises(CannotRun, match=r"where the copies go; .*--private"):
        prepared(str(output / "private"), [photos], output)


def test_photos_do_not_lie_in_it(tmp_path: Path, photos: Path) -> None:
    with pytest.raises(CannotRun, match="--private"):
        prepared(str(tmp_path), [photos])
    with pytest.raises(CannotRun, match="--private"):
        prepared(str(tmp_path), [photos / "a.jpg"])


def test_a_single_photo_may_lie_in_a_folder_above_it_but_not_beside(tmp_path: Path, photos: Path) -> None:
    assert prepared(str(photos / "deep" / "private"), [photos / "a.jpg"]).is_dir()
    with pytest.raises(CannotRun, match="--private"):
        prepared(str(photos), [photos / "a.jpg"])


def test_a_file_or_a_link_in_its_place_is_said(tmp_path: Path, photos: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotRun, match="--private"):
        prepared(str(tmp_path / "file"), [photos])
    (tmp_path / "private").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "private" / ORIGINALS).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(CannotRun, match="link"):
        prepared(str(tmp_path / "private"), [photos])


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such owners")
def test_what_belongs_to_somebody_else_is_refused(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(str(tmp_path / "private"), [photos])
    monkeypatch.setattr(os, "geteuid", lambda: 123456)
    with pytest.raises(CannotRun, match="somebody else"):
        prepared(str(tmp_path / "private"), [photos])


def test_one_process_at_a_time_changes_it(tmp_path: Path, photos: Path) -> None:
    private = prepared(str(tmp_path / "private"), [photos])
    code = "import sys; from pathlib import Path; from exposure.cleaning._private import locked\n"
    code += "with locked(Path(sys.argv[1])): print('in')"
    with locked(private):
        other = subprocess.Popen([sys.executable, "-c", code, str(private)], stdout=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
    out, _ = other.communicate(timeout=30)
    assert out.strip() == b"in"


def test_a_record_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = prepared(str(tmp_path / "private"), [photos]) / "record.json"
    save(path, {"a": 1})
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(path, {"a": 2})
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".exposure-*"))
