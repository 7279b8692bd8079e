"""Putting copies on the disk: whole or not at all, over nothing, through no link."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exposure.cleaning._write import PREFIX, SUFFIX, publish, swept, unfinished
from exposure.errors import CannotClean
from exposure.source import Assembled, FileSource, Range
from tests.sources import memory_source

unix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and locks of Unix")


def copy_of(data: bytes) -> Assembled:
    return Assembled(memory_source(data), (b"new", Range(0, len(data))))


def fine(written: FileSource) -> str:
    return "said"


def test_a_copy_is_written_whole_with_its_date(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    assert publish(copy_of(data), tmp_path / "a.jpg", fine, 1_000_000_000.0, 0o644) == "said"
    assert (tmp_path / "a.jpg").read_bytes() == b"new" + data
    assert (tmp_path / "a.jpg").stat().st_mtime == 1_000_000_000.0
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


@unix
def test_nobody_else_may_read_it_before_it_is_proven(tmp_path: Path) -> None:
    modes = []

    def look(written: FileSource) -> str:
        modes.append(stat.S_IMODE(Path(written.path).stat().st_mode))
        return ""

    publish(copy_of(b"x"), tmp_path / "a.jpg", look, 0.0, 0o640)
    assert modes == [0o600]
    assert stat.S_IMODE((tmp_path / "a.jpg").stat().st_mode) == 0o640


def test_what_is_not_proven_leaves_nothing(tmp_path: Path) -> None:
    def refuse(written: FileSource) -> str:
        raise CannotClean("no")

    with pytest.raises(CannotClean):
        publish(copy_of(b"x"), tmp_path / "a.jpg", refuse, 0.0, 0o644)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        publish(copy_of(b"x"), tmp_path / "a.jpg", fine, 0.0, 0o644)
    assert (tmp_path / "a.jpg").read_bytes() == b"mine"


def test_a_link_in_the_way_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"mine")
    for there in (tmp_path / "target", tmp_path / "nowhere"):
        (tmp_path / "a.jpg").symlink_to(there)
        with pytest.raises(FileExistsError):
            publish(copy_of(b"x"), tmp_path / "a.jpg", fine, 0.0, 0o644)
        (tmp_path / "a.jpg").unlink()
    assert (tmp_path / "target").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not on this disk")

    monkeypatch.setattr("os.link", no_links)
    publish(copy_of(b"x"), tmp_path / "a.jpg", fine, 0.0, 0o644)
    assert (tmp_path / "a.jpg").read_bytes() == b"newx"
    with pytest.raises(FileExistsError):
        publish(copy_of(b"y"), tmp_path / "a.jpg", fine, 0.0, 0o644)
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


@unix
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A real limit on the size of files, in a process of its own: the system stops the write half-way."""
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "from tests.cleaning.test_write import copy_of, fine, publish\n"
        "try: publish(copy_of(bytes(300_000)), Path(sys.argv[1]), fine, 0.0, 0o644)\n"
        "except OSError as error: print(error.strerror)\n"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "a.jpg")]
    said = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert said.stdout == "File too large\n", said.stderr
    assert list(tmp_path.iterdir()) == []


@unix
def test_left_over_files_are_swept_but_for_those_being_written(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}0123456789abcdef{SUFFIX}"
    left.write_bytes(b"half")
    (tmp_path / "mine.part").write_bytes(b"mine")
    (tmp_path / f"{PREFIX}link{SUFFIX}").symlink_to(tmp_path / "mine.part")
    with unfinished(tmp_path) as (_, path):
        assert swept(tmp_path) == 1
        assert path.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{PREFIX}link{SUFFIX}", "mine.part"]
