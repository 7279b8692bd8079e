from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import items
from exposure.model import Examination
from exposure.post import Inventory, Post
from tests.archives.exports import zipped

LINK = "https://www.tiktok.com/@example/video/7000000000000000001"


def posts(tmp_path: Path, value: Any) -> list[Post]:
    files = {"user_data_tiktok.json": json.dumps(value).encode()}
    return [item for item in items([zipped(files, tmp_path / "TikTok_Data.zip")]) if isinstance(item, Post)]


def record(**rest: Any) -> dict[str, Any]:
    return {
        "Date": "2024-05-04 10:11:12",
        "Link": LINK,
        "Likes": "3",
        "WhoCanView": "Public",
        "Title": "Synthetic",
    } | rest


def posted(*records: Any) -> dict[str, Any]:
    return {"Post": {"Posts": {"VideoList": list(records)}}}


@pytest.mark.parametrize(
    ("words", "visibility"),
    [
        ("Public", ("public", 'WhoCanView="Public"')),
        ("Everyone", ("public", 'WhoCanView="Everyone"')),
        ("Friends", ("limited", 'WhoCanView="Friends"')),
        ("Only me", ("private", 'WhoCanView="Only me"')),
        ("Öffentlich", ("unknown", "")),
        ("", ("unknown", "")),
        (None, ("unknown", "")),
    ],
)
def test_only_words_that_are_known_say_who_can_see_it(
    tmp_path: Path, words: object, visibility: tuple[str, str]
) -> None:
    (post,) = posts(tmp_path, posted(record(WhoCanView=words)))
    assert post.visibility == visibility


def test_a_private_account_shows_nothing_to_everybody(tmp_path: Path) -> None:
    settings = {"Settings": {"SettingsMap": {"Private Account": "On"}}}
    (post,) = posts(tmp_path, posted(record()) | {"App Settings": settings})
    assert post.visibility == ("followers", 'WhoCanView="Public", Private Account="On"')


def test_the_page_is_exact_and_a_link_to_a_file_is_none(tmp_path: Path) -> None:
    other = "https://v16-webapp.tiktokcdn.com/x/video.mp4"
    one, two = posts(tmp_path, posted(record(), record(Link=other)))
    assert one.link == (LINK, "exact") and one.id == "7000000000000000001"
    assert two.link == ("", "none") and two.id == "20240504T101112Z-1"


def test_videos_of_others_that_were_watched_or_liked_are_no_posts(tmp_path: Path) -> None:
    watched = {"VideoList": [{"Date": "2024-05-04 10:11:12", "Link": LINK}]}
    assert posts(tmp_path, {"Activity": {"Video Browsing History": watched}}) == []


def test_deleted_posts_are_deleted(tmp_path: Path) -> None:
    gone = {"PostList": [record(DateDeleted="2024-06-01 00:00:00")]}
    (post,) = posts(tmp_path, {"Post": {"Recently Deleted Posts": gone}})
    assert post.status == "deleted"


def test_a_place_in_words_is_shown_and_placeholders_are_none(tmp_path: Path) -> None:
    (post,) = posts(
        tmp_path, posted(record(Location="Synthetic Bay", AddYoursText="N/A", AlternateText="a pier"))
    )
    assert [(p.latitude, p.name, p.kind) for p in post.facts.places] == [(None, "Synthetic Bay", "named")]
    assert [(t.kind, t.value) for t in post.facts.texts] == [("caption", "Synthetic"), ("alt", "a pier")]


def test_from_where_somebody_logged_in_is_stored_once(tmp_path: Path) -> None:
    login = {"IP": "203.0.113.7", "DeviceModel": "X1"}
    value = {"Your Activity": {"Login History": {"LoginHistoryList": [login, login, {"IP": 5}, None]}}}
    (account,) = posts(tmp_path, value)
    assert [i.value for i in account.stored.identifiers] == ["203.0.113.7", "5"]
    assert [d.model for d in account.stored.devices] == ["X1"] and not account.facts.identifiers


def test_an_archive_as_text_is_known_and_how_to_ask_for_the_other_is_said(tmp_path: Path) -> None:
    words = b"Date: 2024-05-04 10:11:12 UTC\nLink: https://www.tiktokv.com/share/video/7/\n\n"
    at = zipped({"TikTok/Je activiteit/Kijkgeschiedenis.txt": words}, tmp_path / "TikTok_Data.zip")
    said, inventory = items([at])
    assert isinstance(inventory, Inventory) and inventory.service == "tiktok"
    assert (
        isinstance(said, Examination) and said.media == "account data"
    )  # so that nothing found is no all-clear
    assert "choose JSON" in said.problems[0].message
    assert "choose JSON" in inventory.notes[0] and inventory.unknown == ()


def test_what_stands_on_the_profile_is_told(tmp_path: Path) -> None:
    value = {
        "Profile": {"Profile Info": {"ProfileMap": {"userName": "sam.tok", "bioDescription": "Mum of two"}}}
    }
    (page,) = posts(tmp_path, value)
    assert (page.id, page.account, page.caption, page.visibility.value) == (
        "profile", "sam.tok", "Mum of two", "unknown",
    )  # fmt: skip
