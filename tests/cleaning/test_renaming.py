"""Neutral names, and the mapping that gives a second run the same ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from exposure.cleaning._private import NAMES, prepared
from exposure.cleaning._renaming import Names, extension, is_neutral, mappings, neutral_name
from exposure.formats.heif import HEIF
from exposure.formats.jpeg import JPEG


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return prepared(str(tmp_path / "private"), [])


def test_a_name_says_nothing_and_is_no_date() -> None:
    names = {neutral_name(".jpg") for _ in range(500)}
    assert len(names) == 500
    assert all(is_neutral(name) for name in names)
    assert not is_neutral("photo-20240503.jpg")
    assert not is_neutral("IMG_1234.jpg")
    assert not is_neutral("photo-3fa07b1c.jpg.exe")


def test_the_extension_is_that_of_the_format() -> None:
    assert (extension(JPEG), extension(HEIF)) == (".jpg", ".heic")


def test_a_second_run_gives_the_same_names(output: Path, private: Path) -> None:
    first = Names(output, private)
    given = [first.name_for(f"/photos/{n}.jpg", ".jpg") for n in range(5)]
    assert len(set(given)) == 5
    second = Names(output, private)
    assert [second.name_for(f"/photos/{n}.jpg", ".jpg") for n in range(5)] == given
    assert second.name_for("/photos/0.jpg", ".png").endswith(".png")


def test_two_runs_at_once_learn_from_each_other(output: Path, private: Path) -> None:
    one, other = Names(output, private), Names(output, private)
    assert one.name_for("/a.jpg", ".jpg") == other.name_for("/a.jpg", ".jpg")
    assert other.name_for("/b.jpg", ".jpg") == one.name_for("/b.jpg", ".jpg")


def test_each_output_folder_has_names_of_its_own(tmp_path: Path, output: Path, private: Path) -> None:
    (tmp_path / "other").mkdir()
    here, there = Names.of(output, private), Names.of(tmp_path / "other", private)
    assert here.name_for("/a.jpg", ".jpg") != there.name_for("/a.jpg", ".jpg")
    assert Names.of(output, private) is here
    assert sorted(number for _, number in mappings(private)) == [1, 1]


def test_the_mapping_can_be_read_by_hand(output: Path, private: Path) -> None:
    original = os.path.abspath("/photos/\udce9t\u00e9.jpg")  # noqa: PTH100  # with its drive on Windows
    name = Names(output, private).name_for(original, ".jpg")
    ((path, _),) = mappings(private)
    rows = [json.loads(line) for line in path.read_text("ascii").splitlines() if line]
    assert rows == [{"folder": str(output)}, {"original": original, "name": name}]


def test_a_name_is_on_the_disk_before_it_is_used(
    output: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def sync(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    Names(output, private).name_for("/a.jpg", ".jpg")
    ((path, _),) = mappings(private)
    assert path.stat().st_size in synced


@pytest.mark.parametrize("torn", [b'{"original": "/b.jpg", "na', b"\n\n", b"[1]\n", b"\xff\xfe\n"])
def test_a_line_that_was_cut_short_costs_only_itself(torn: bytes, output: Path, private: Path) -> None:
    name = Names(output, private).name_for("/a.jpg", ".jpg")
    ((path, _),) = mappings(private)
    with path.open("ab") as file:
        file.write(torn)
    again = Names(output, private)
    later = again.name_for("/b.jpg", ".jpg")
    assert [Names(output, private).name_for(p, ".jpg") for p in ("/a.jpg", "/b.jpg")] == [name, later]


def test_a_name_that_is_taken_is_not_given(
    output: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = iter(["aaaaaaaa", "aaaaaaaa", "bbbbbbbb", "cccccccc"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(words))
    (output / "photo-bbbbbbbb.jpg").write_bytes(b"")
    names = Names(output, private)
    assert names.name_for("/a", ".jpg") == "photo-aaaaaaaa.jpg"
    assert names.name_for("/b", ".jpg") == "photo-cccccccc.jpg"


def test_names_that_were_forgotten_meanwhile_are_given_anew(output: Path, private: Path) -> None:
    names = Names(output, private)
    names.name_for("/a.jpg", ".jpg")
    ((path, _),) = mappings(private)
    path.unlink()
    assert is_neutral(names.name_for("/a.jpg", ".jpg"))
    assert [number for _, number in mappings(private)] == [1]
    assert [p.name for p in (private / NAMES).iterdir()] == [path.name]
