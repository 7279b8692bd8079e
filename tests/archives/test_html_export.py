from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import found, items
from exposure.model import Examination
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.facebook import LAYOUTS as FACEBOOK
from tests.archives.exports.facebook import export as facebook
from tests.archives.exports.html_export import META, PAGES, PHOTO
from tests.archives.exports.instagram import LAYOUTS as INSTAGRAM
from tests.archives.exports.instagram import export as instagram
from tests.archives.exports.threads import export as threads


@pytest.mark.parametrize("layout", PAGES)
def test_it_says_what_it_is_and_how_to_ask_for_json_and_gives_the_photos(layout: str, tmp_path: Path) -> None:
    said, *photos, inventory = items([zipped(PAGES[layout], tmp_path / "export.zip")])
    assert isinstance(said, Examination) and isinstance(inventory, Inventory)
    (problem,) = said.problems
    assert said.media == "account data" and layout.split()[0] in problem.message
    assert "nothing of the posts" in problem.message and "JSON" in problem.message
    assert inventory.notes == (problem.message,) and inventory.title == f"{layout.split()[0]}, as web pages"
    assert [item.name.rpartition(".")[2] for item in photos if isinstance(item, FileSource)].count("jpg") == 1
    assert not [item for item in photos if isinstance(item, Post)]


def test_an_archive_in_both_forms_is_read_from_its_lists(tmp_path: Path) -> None:
    for name, files, pages in (
        ("instagram", instagram(*INSTAGRAM["2025"]), PAGES["Instagram 2025"]),
        ("facebook", facebook(FACEBOOK["2024"]), PAGES["Facebook 2025"]),
        ("threads", threads(), PAGES["Threads"]),
    ):
        ((_, archive),) = found([zipped(pages | files, tmp_path / f"{name}.zip")])
        assert archive.name == name


def test_two_services_in_one_are_both_said(tmp_path: Path) -> None:
    files = PAGES["Instagram 2025"] | PAGES["Threads"]
    got = list(items([zipped(files, tmp_path / "export.zip")]))
    assert len([item for item in got if isinstance(item, Examination)]) == 2
    assert isinstance(got[-1], Inventory) and got[-1].title == "Instagram and Threads, as web pages"


@pytest.mark.parametrize(
    "files",
    [
        {"index.html": META, "a.jpg": PHOTO},
        {"content/posts_1.html": b"<html>my own site</html>", "a.jpg": PHOTO},
        {"posts/archive.html": b"<html><title>Archive</title>", "a.jpg": PHOTO},
        {"messages.html": b"<html>Please leave a message</html>", "a.jpg": PHOTO},
        {"account.html": b"<html>My shop</html>", "a.jpg": PHOTO},
        {"html/photos.htm": b"<html>My pictures</html>", "a.jpg": PHOTO},
    ],
    ids=["index alone", "content", "archive", "messages", "account", "photos"],
)
def test_a_site_of_ones_own_is_none(files: dict[str, bytes], tmp_path: Path) -> None:
    ((_, archive),) = found([zipped(files, tmp_path / "site.zip")])
    assert archive.name != "html-export"
