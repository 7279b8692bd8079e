"""Whole commands over photos full of values: nothing of them on stdout, on stderr or in a report that was not revealed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from exposure.cli import main
from exposure.plugins import Writer, discover, modules
from tests.archives.exports import Export, every, folder
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff

CANARIES = (
    "48.1372",
    "11.5755",
    "48,1372",
    "Quentin",
    "Xylophon",
    "DXZ00",
    "3a1c4e7f",
    "our secret hideout",
    "the word in the comment",
)


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Enough of them at one place that it is taken for a home."""
    folder = tmp_path / "very-private-folder" / "photos"
    folder.mkdir(parents=True)
    for n in range(40):
        stream = tiff(
            position=(48.13722 + n % 3 * 1e-5, 11.57551),
            Make="Canon",
            Model="EOS R6",
            Artist="Quentin Xylophon",
            BodySerialNumber="DXZ0012345",
            ImageUniqueID="3a1c4e7f90b24d5e8f1122334455667" + f"{n % 16:x}",
            ImageDescription="our secret hideout",
            DateTimeOriginal=f"2024:0{1 + n // 14}:{1 + n % 28:02} {(7, 19, 21, 11)[n % 4]:02}:30:00",
        )
        (folder / f"photo{n:02}.jpg").write_bytes(jpeg(exif(stream), comment("the word in the comment")))
    (folder / "broken.jpg").write_bytes(jpeg(exif(tiff(Artist="Quentin Xylophon")))[:60])
    monkeypatch.chdir(folder.parent)
    return folder


def clean(told: str, folder: Path) -> None:
    for canary in (*CANARIES, str(folder), "very-private-folder"):
        assert canary not in told
        for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5):
            assert digest(canary.encode()).hexdigest() not in told


@pytest.mark.parametrize("format", modules("reports"))
def test_a_scan_tells_no_value(format: str, photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "photos", "--format", format, "-o", "-", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    clean(said.out, photos)
    clean(said.err, photos)
    assert "photo00.jpg" in said.out or format == "todo"  # which lists posts


def one_of_each() -> list[Export]:
    """An export of each service."""
    return list({export.service: export for export in every()}.values())


ON_POSTS = ("Quantrill", "quantrill", "203.0.113", "flickr.com", "12.501", "38.512", "Café", "Person B")


@pytest.mark.parametrize("format", modules("reports"))
def test_a_scan_of_an_archive_tells_no_value_of_posts(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "very-private-folder" / "flickr"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder.parent)
    for name, data in flickr().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    words = [
        "scan",
        "--account",
        "pseudonymous:quantrill=flickr",
        "--format",
        format,
        "-o",
        "-",
        "--jobs",
        "1",
    ]
    main(words)
    said = capsys.readouterr()
    for canary in (*ON_POSTS, str(folder), "very-private-folder"):
        assert canary not in said.out + said.err
        assert hashlib.sha256(canary.encode()).hexdigest() not in said.out
    if format not in ("csv", "geojson", "sarif"):
        main([*words, "--reveal"])
        assert "flickr.com" in capsys.readouterr().out


@pytest.mark.parametrize("export", one_of_each(), ids=lambda export: export.service)
def test_no_archive_makes_a_masked_report_tell_a_value(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(export, tmp_path / "export")
    for format in ("json", "sarif", "todo"):
        assert main(["scan", "export", "--format", format, "--jobs", "1"]) in (0, 1, 3)
        said = capsys.readouterr()
        names = "|".join(re.escape(name) for name in export.files)
        told = re.sub(names, "", said.out + said.err)  # files keep their names
        for canary in ("Person B", "Caf\\u00e9", "Café", "12.501", "38.512", "Harbour & sea", "203.0.113"):
            assert canary not in told, format


def flickr() -> dict[str, bytes]:
    """The small life on Flickr, under a name that must not be told."""
    export = next(each for each in every() if each.service == "flickr")
    return {
        name: data.replace(b"/photos/example/", b"/photos/quantrill/").replace(
            b"Sam Example", b"Ursula Quantrill"
        )
        for name, data in export.files.items()
    }


def test_a_scan_tells_them_when_it_is_asked_to(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", "photos", "--format", "json", "--reveal", "--jobs", "1"])
    assert "Quentin" in capsys.readouterr().out


def test_a_check_and_its_baseline_tell_no_value(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "photos"])
    main(["check", "photos", "--baseline", "baseline.json", "--update-baseline"])
    assert main(["check", "photos", "--baseline", "baseline.json"]) in (0, 3)
    said = capsys.readouterr()
    clean(said.out + said.err, photos)
    clean((photos.parent / "baseline.json").read_text(encoding="utf-8"), photos)


def test_cleaning_tells_no_value(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", "photos", "--to", "clean", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    clean(said.out + said.err, photos)


def test_there_is_a_writer_in_each_of_these_modules() -> None:
    assert len(discover("reports", Writer)) == len(modules("reports"))
