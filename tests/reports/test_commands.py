"""Commands that a report names can be typed as they stand."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from exposure.cleaning._targets import prepared
from exposure.reports._commands import clean_folder, exact, for_file, remedied, typed

posix = pytest.mark.skipif(sys.platform == "win32", reason="quotes of Unix shells")


@posix
def test_paths_are_quoted_and_hostile_ones_only_meant() -> None:
    assert typed("a b.jpg") == "'a b.jpg'"
    assert typed("a\x1b[31m.jpg") == "FILE"
    assert typed("-rf.jpg") == "./-rf.jpg", "no option"
    assert for_file("clean", "it's.jpg") == "exposure clean 'it'\"'\"'s.jpg' --to clean-copies"


def test_many_files_are_not_listed() -> None:
    assert remedied("clean", [f"{n}.jpg" for n in range(9)]) == "exposure clean FILE --to DIR"


@posix
@pytest.mark.parametrize("folder", ["photos", "photos/", "./photos", "my photos", ".", "..", "a/../photos"])
def test_the_folder_for_copies_is_one_that_clean_accepts(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("photos", "my photos", "a"):
        (tmp_path / "here" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    words = shlex.split(remedied("clean --rename", [folder]))
    assert words[:4] == ["exposure", "clean", "--rename", folder]
    assert prepared(words[-1], [folder]).is_dir()
    assert clean_folder(os.sep).endswith("clean-copies")


@posix
def test_a_folder_that_was_given_without_its_name_stays_unnamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert remedied("clean", ["."]) == "exposure clean . --to ../clean-copies"
    assert remedied("clean", [".."]) == "exposure clean .. --to ../../clean-copies"


def test_a_command_for_just_these_files_or_none() -> None:
    assert exact("clean", ["a.jpg", "b.jpg"]) == "exposure clean a.jpg b.jpg --to clean-copies"
    assert exact("clean", ["a.jpg", "b\x1b.jpg"]) is None
    assert exact("clean", [f"photos/IMG_{n}.jpg" for n in range(500)]) is None


def test_copies_of_copies_go_elsewhere() -> None:
    assert for_file("clean", "clean-copies/a.jpg").endswith("--to clean-copies-2")
