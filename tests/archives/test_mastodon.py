"""Mastodon: who is addressed, what HTML says, where media lie, what is not theirs."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import items
from exposure.archives._activity import Media, plain, visibility
from exposure.model import Examination
from exposure.post import Inventory, Post
from tests.archives.exports import zipped
from tests.archives.exports.mastodon import ACTOR, PUBLIC, actor, outbox
from tests.archives.life import LIFE, picture


def read(tmp_path: Path, *activities: Any, **files: bytes) -> tuple[dict[str, Post], Inventory, list[Any]]:
    named = {name.replace("__", "."): data for name, data in files.items()}
    every = {"outbox.json": outbox(list(activities)), "actor.json": json.dumps(actor()).encode()} | named
    found = list(items([zipped(every, tmp_path / "archive.zip")]))
    (inventory,) = (item for item in found if isinstance(item, Inventory))
    return {item.id: item for item in found if isinstance(item, Post)}, inventory, found


def create(id: str = "1", **more: Any) -> dict[str, Any]:
    return {
        "type": "Create",
        "object": {"id": f"{ACTOR}/statuses/{id}", "type": "Note", "content": "words", **more},
    }


@pytest.mark.parametrize(
    ("to", "cc", "expected"),
    [
        ([PUBLIC], [f"{ACTOR}/followers"], ("public", 'to="as:Public"')),
        (["as:Public"], [], ("public", 'to="as:Public"')),
        (["Public"], None, ("public", 'to="as:Public"')),
        ([f"{ACTOR}/followers"], [PUBLIC], ("unlisted", 'cc="as:Public"')),
        ([f"{ACTOR}/followers"], ["https://o.example/b"], ("followers", 'to="followers"')),
        (
            ["https://o.example/b"],
            [],
            ("limited", "to, cc: 1 addressed, neither everybody nor the followers"),
        ),
        ([], [], ("private", "to=[], cc=[]")),
        ([], None, ("unknown", "")),
        (None, None, ("unknown", "")),
        (["https://www.w3.org/ns/activitystreams#public"], [], ("limited", None)),
    ],
)
def test_who_is_addressed_is_who_sees_it(to: Any, cc: Any, expected: tuple[str, str | None]) -> None:
    seen = visibility(to, cc)
    assert seen.value == expected[0] and expected[1] in (None, seen.evidence)


def test_the_address_may_stand_on_the_activity_or_be_a_single_name(tmp_path: Path) -> None:
    posts, _, _ = read(
        tmp_path,
        create("1") | {"to": [PUBLIC], "cc": []},
        create("2", to=PUBLIC),
        create("3", to=7, cc={"a": 1}),
        create("4"),
    )
    assert [posts[id].visibility.value for id in "1234"] == ["public", "public", "limited", "unknown"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One &amp; two</p><p>three<br />four</p>", "One & two\nthree\nfour"),
        ('<p><span class="h-card"><a href="https://o.example/@b">@<span>b</span></a></span> hi</p>', "@b hi"),
        ("&lt;b&gt;not a tag&lt;/b&gt;", "<b>not a tag</b>"),
        ("a < b", "a < b"),
        ("<unclosed", "<unclosed"),
        ("", ""),
    ],
)
def test_html_is_told_as_words(content: str, expected: str) -> None:
    assert plain(content) == expected


@pytest.mark.parametrize(
    "hostile", ["<" * 500_000, "<a " * 200_000, "<!--" * 120_000, "&" * 500_000, "</p" * 160_000]
)
def test_hostile_html_takes_no_longer_than_any_other(hostile: str) -> None:
    start = time.process_time()
    plain(hostile)
    assert time.process_time() - start < 2


def test_a_warning_before_a_post_is_part_of_what_it_says(tmp_path: Path) -> None:
    posts, _, _ = read(tmp_path, create(summary="my street", sensitive=True, content="<p>words</p>"))
    assert posts["1"].caption == "my street\nwords"


def test_mentions_and_places_are_told(tmp_path: Path) -> None:
    tag = [
        {"type": "Mention", "href": "https://o.example/b", "name": "@b@o.example"},
        {"type": "Emoji", "name": ":x:"},
    ]
    place = {
        "type": "Place",
        "name": "Synthetic Bay",
        "latitude": 12.5,
        "longitude": -38.5,
        "radius": 2,
        "units": "km",
    }
    posts, _, _ = read(
        tmp_path,
        create("1", tag=tag, location=place),
        create("2", tag=tag[0], location={"type": "Place", "name": "Port", "latitude": 0, "longitude": 0}),
    )
    for id in "12":
        assert [(p.role, p.name) for p in posts[id].facts.people] == [("mentioned", "@b@o.example")]
    assert [(p.latitude, p.accuracy_m, p.name) for p in posts["1"].facts.places] == [
        (12.5, 2000.0, "Synthetic Bay")
    ]
    assert [(p.latitude, p.name) for p in posts["2"].facts.places] == [(None, "Port")]


def test_media_are_found_by_the_end_of_their_path() -> None:
    media = Media(
        [
            "media_attachments/files/1/original/a.jpg",
            "media_attachments/files/2/original/a.jpg",
            "x/0a1b2c3d4e5f6789.png",
        ]
    )
    first, second, third = media._by_name["a.jpg"] + media._by_name["0a1b2c3d4e5f6789.png"]
    assert media.named("/media_attachments/files/2/original/a.jpg") == second
    assert media.named("/system/media_attachments/files/1/original/a.jpg") == first
    assert media.named("https://m.example/system/media_attachments/files/1/original/a.jpg?v=1") == first
    assert media.named("https://cdn.example/bucket/media_attachments/files/2/original/a.jpg") == second
    assert media.named("https://cdn.example/elsewhere/0a1b2c3d4e5f6789.png") == third
    for nowhere in (
        "/etc/passwd",
        "../../a.jpg",
        "a",
        "",
        "https://m.example",
        "/media_attachments/files/3/original/a.jpg",
    ):
        assert media.named(nowhere) is None


def test_what_is_not_theirs_or_not_there_is_counted(tmp_path: Path) -> None:
    medium = {"type": "Document", "url": "https://m.example/media_attachments/files/9/original/gone.jpg"}
    posts, inventory, _ = read(
        tmp_path,
        {"type": "Announce", "object": "https://o.example/notes/2"},
        {"type": "Create", "object": "https://m.example/notes/3"},
        {"type": "Delete", "object": {"id": "x", "type": "Tombstone"}},
        "words",
        create("1", attachment=medium),
        create("1", content="the same again"),
    )
    assert set(posts) == {"profile", "1"} and posts["1"].caption == "words"
    assert [note.partition(" ")[0] for note in inventory.notes] == ["1", "1", "3"]


def test_short_ids_are_never_given_twice(tmp_path: Path) -> None:
    posts, _, _ = read(
        tmp_path,
        {"type": "Create", "object": {"id": "https://a.example/1", "type": "Note"}},
        {"type": "Create", "object": {"id": "https://b.example/1", "type": "Note"}},
    )
    assert set(posts) == {"profile", "1", "https://b.example/1"}


def test_a_kind_may_be_a_list_and_is_never_of_another_shape(tmp_path: Path) -> None:
    posts, _, _ = read(
        tmp_path, create("1", type=["Note", 7]), create("2", type={"a": 1}), create("3", type=[[]])
    )
    assert set(posts) == {"profile", "1"}


def test_only_web_addresses_are_links(tmp_path: Path) -> None:
    posts, _, _ = read(
        tmp_path,
        create("1", url="javascript:alert(1)"),
        create("2", url=[{"type": "Link", "href": "https://m.example/w/2"}]),
        {"type": "Create", "object": {"id": "urn:uuid:3", "type": "Note", "url": "file:///etc/passwd"}},
    )
    assert posts["1"].link == (f"{ACTOR}/statuses/1", "exact")
    assert posts["2"].link == ("https://m.example/w/2", "exact")
    assert posts["urn:uuid:3"].link.tier == "none"


def test_the_profile_is_a_post_with_its_pictures(tmp_path: Path) -> None:
    posts, _, _ = read(tmp_path, avatar__png=picture(LIFE[0]), header__jpg=picture(LIFE[1]))
    page = posts["profile"]
    assert page.caption == "Sails & swims\nWeb: sam.example" and page.account == "sam@m.example"
    assert page.visibility == ("public", 'actor.json: "url" is a page on the web')
    assert [Path(name).name for name in page.photos] == ["avatar.png", "header.jpg"]
    assert [(p.role, p.name) for p in page.facts.people] == [("owner", "Sam Example")]


def test_a_broken_profile_does_not_hide_the_posts(tmp_path: Path) -> None:
    posts, _, found = read(tmp_path, create("1"), actor__json=b'{"id": ')
    assert [Path(e.name).name for e in found if isinstance(e, Examination)] == ["actor.json"]
    assert set(posts) == {"1"} and posts["1"].account == ""


def test_words_in_several_languages_and_the_options_of_a_poll_are_read(tmp_path: Path) -> None:
    words = {"content": None, "contentMap": {"de": "<p>Am Meer</p>", "en": "<p>At sea</p>"}}
    options = [{"type": "Note", "name": "Café Beispiel"}, {"type": "Note", "name": "at home"}]
    posts, _, _ = read(
        tmp_path,
        create("1", **words),
        create("2", type="Question", content="Where?", contentMap={"en": "Where?"}, oneOf=options),
    )
    assert posts["1"].caption == "Am Meer\nAt sea"
    assert posts["2"].caption == "Where?\nCafé Beispiel\nat home"
