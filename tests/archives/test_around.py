"""A piece of an export, named instead of all of it, is told to be one; no other folder is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exposure.archives import around, found
from exposure.cli import main
from tests.archives.exports import Export, every, folder, zipped
from tests.archives.life import LIFE, picture

PHOTO = picture(LIFE[0])
PIECES = {
    "facebook": "your_facebook_activity/posts/media",
    "instagram": "media",
    "mastodon": "media_attachments",
    "telegram": "DataExport_2024-07-11/photos",
    "x": "data/tweets_media",
}


def exports(service: str, piece: str = "") -> Export:
    """The first export of a service in which there is such a folder."""
    return next(e for e in every() if e.service == service and any(n.startswith(piece) for n in e.files))


def said(path: Path) -> list[str]:
    return [each.problems[0].message for store, archive in found([path]) for each in around(store, archive)]


@pytest.mark.parametrize("service", PIECES)
def test_a_folder_of_an_exports_pictures_is_told_to_be_one(service: str, tmp_path: Path) -> None:
    whole = folder(exports(service, PIECES[service]), tmp_path / "export")
    (sentence,) = said(whole / PIECES[service])
    assert (
        sentence.startswith("this folder is only a piece of an archive of ") and str(tmp_path) not in sentence
    )
    assert said(whole) == []


def test_it_says_how_far_above_the_rest_lies(tmp_path: Path) -> None:
    photo = '"photo": "photos/2024/a.jpg"'
    record = f'{{"id": 1, "type": "message", "date_unixtime": "1714817472", "from_id": "channel1", {photo}}}'
    chat = f'{{"name": "c", "type": "public_channel", "id": 1, "messages": [{record}]}}'
    files = {"result.json": chat.encode(), "photos/2024/a.jpg": PHOTO}
    at = folder(exports("telegram")._replace(files=files), tmp_path / "export")
    assert "the folder above it" in said(at / "photos")[0]
    assert "the folder two levels above it" in said(at / "photos" / "2024")[0]


def test_it_names_the_folder_that_holds_all_of_the_export(tmp_path: Path) -> None:
    """Facebook's posts are an archive by themselves, and the profile lies two folders above them."""
    media = "your_facebook_activity/posts/media"
    for name in ("sam", "bea"):
        at = folder(exports("facebook", media), tmp_path / "downloads" / name)
    assert "the folder three levels above it" in said(at / media)[0]


def test_a_list_without_what_names_it_is_told_too(tmp_path: Path) -> None:
    """Facebook's posts are known by the folder that theirs lies in."""
    at = folder(exports("facebook", "your_facebook_activity/posts/media"), tmp_path)
    assert len(said(at / "your_facebook_activity" / "posts")) == 1


def test_a_folder_beside_an_export_is_no_piece_of_it(tmp_path: Path) -> None:
    for export in every():
        folder(export, tmp_path / "downloads" / f"{export.service} {export.layout}")
    (tmp_path / "downloads" / "holiday" / "2024").mkdir(parents=True)
    (tmp_path / "downloads" / "holiday" / "2024" / "a.jpg").write_bytes(PHOTO)
    assert said(tmp_path / "downloads" / "holiday") == []
    assert said(tmp_path / "downloads" / "holiday" / "2024") == []


def test_the_home_folder_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = folder(exports("telegram", PIECES["telegram"]), tmp_path) / "DataExport_2024-07-11"
    assert said(at / "photos")
    monkeypatch.setattr(Path, "home", lambda: Path(os.path.realpath(at)))
    assert said(at / "photos") == []


def test_the_report_says_that_posts_are_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = folder(exports("telegram", PIECES["telegram"]), tmp_path) / "DataExport_2024-07-11"
    assert main(["scan", str(at / "photos"), "--fail-on", "critical"]) == 3
    assert "posts are missing here" in " ".join(capsys.readouterr().out.split())


def test_a_folder_in_a_packed_export_is_told_to_be_a_piece_of_it(tmp_path: Path) -> None:
    at = zipped(exports("instagram", "media").files, tmp_path / "export.zip")
    (sentence,) = said(at / "media")
    assert "an archive of Instagram" in sentence and sentence.endswith("Scan the whole file instead.")
    one = next(name for name in exports("instagram", "media").files if name.startswith("media/"))
    assert said(at / one) == said(at) == []
    assert said(zipped({"a/1.jpg": PHOTO, "a/2.jpg": PHOTO}, tmp_path / "other.zip") / "a") == []
