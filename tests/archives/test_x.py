"""X: the order of coordinates, who may see what, whose pictures they are, long tweets, messages, what X keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import items
from exposure.archives._x_positions import sent_from
from exposure.archives._x_tweets import caption, created
from exposure.model import UNCLEAR, Examination
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.x import account, manifest, script
from tests.archives.life import LIFE, picture


def read(
    tmp_path: Path, tweets: list[dict[str, Any]], **more: Any
) -> tuple[dict[str, Post], Inventory, list[Any]]:
    """The posts of an archive with these tweets and other lists, by their ids."""
    files = account("data/") | {"data/tweets.js": script("tweets", [{"tweet": t} for t in tweets])}
    for name, value in more.items():
        file = name.replace("_", "-")
        files[f"data/{file}.js"] = value if isinstance(value, bytes) else script(name, value)
    return archive(tmp_path, files)


def archive(tmp_path: Path, files: dict[str, bytes]) -> tuple[dict[str, Post], Inventory, list[Any]]:
    found = list(items([zipped(files, tmp_path / "twitter.zip")]))
    (inventory,) = (item for item in found if isinstance(item, Inventory))
    return {item.id: item for item in found if isinstance(item, Post)}, inventory, found


def point(*numbers: object) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [str(n) for n in numbers]}


def box(south: float, west: float, north: float, east: float) -> dict[str, Any]:
    corners = [[west, south], [west, north], [east, north], [east, south]]
    return {"full_name": "Synthetic Bay", "bounding_box": {"type": "Polygon", "coordinates": [corners]}}


UNSURE = "unsure"


@pytest.mark.parametrize(
    ("tweet", "expected"),
    [
        ({}, None),
        ({"geo": point(0, 0), "coordinates": point(0, 0)}, None),
        ({"geo": point(12.5, -38.5), "coordinates": point(-38.5, 12.5)}, (12.5, -38.5)),
        ({"geo": point(12.5, -38.5)}, UNSURE),
        ({"coordinates": point(-38.5, 12.5)}, UNSURE),
        ({"geo": point(12.5, -38.5), "coordinates": point(12.5, -38.5)}, UNSURE),
        ({"geo": point(12.5, -38.5), "coordinates": point(-40, 7)}, UNSURE),
        ({"geo": point(12.5, 100)}, (12.5, 100)),
        ({"geo": point(100, 12.5)}, (12.5, 100)),
        ({"coordinates": point(100, 12.5)}, (12.5, 100)),
        ({"coordinates": point(12.5, 100)}, (12.5, 100)),
        ({"geo": point(100, 12.5), "coordinates": point(12.5, 100)}, (12.5, 100)),
        ({"geo": point(12.5, 100), "coordinates": point(40, 7)}, UNSURE),
        ({"geo": point(12.5, -38.5), "place": box(12, -39, 13, -38)}, (12.5, -38.5)),
        ({"geo": point(-38.5, 12.5), "place": box(12, -39, 13, -38)}, (12.5, -38.5)),
        ({"coordinates": point(12.5, -38.5), "place": box(12, -39, 13, -38)}, (12.5, -38.5)),
        ({"geo": point(1.5, -38.5), "place": box(12, -39, 13, -38)}, UNSURE),
        ({"geo": point(7.1, 7.2), "place": box(7, 7, 8, 8)}, UNSURE),
        ({"geo": point(7.5, 7.5)}, (7.5, 7.5)),
        (
            {"geo": point(12.5, -38.5), "coordinates": point(-38.5, 12.5), "place": box(-39, 12, -38, 13)},
            UNSURE,
        ),
        (
            {"geo": point(12.5, -38.5), "coordinates": point(-38.5, 12.5), "place": box(50, 50, 51, 51)},
            (12.5, -38.5),
        ),
        ({"geo": point(200, 300)}, None),
        ({"geo": point(1e300, "nan")}, None),
        ({"geo": [1, 2], "coordinates": {"coordinates": {"a": 1}}, "place": {"bounding_box": [[[[[]]]]]}}, None),
    ],
)  # fmt: skip
def test_a_position_is_given_only_in_an_order_that_is_sure(tweet: dict[str, Any], expected: object) -> None:
    sent = sent_from(tweet)
    assert (UNSURE if sent.is_unclear else sent.at) == expected
    assert not (sent.is_unclear and sent.at)


def test_an_unclear_position_is_said(tmp_path: Path) -> None:
    tweets = [
        {
            "id_str": "1",
            "full_text": "here",
            "geo": point(12.5, -38.5),
            "place": {"full_name": "Synthetic Bay"},
        }
    ]
    posts, inventory, _ = read(tmp_path, tweets)
    assert [(p.latitude, p.kind) for p in posts["1"].facts.places] == [(None, "named"), (None, UNCLEAR)]
    assert posts["1"].facts.places[0].name == "Synthetic Bay"
    assert any("1 post carries an exact position" in note and "x:1." in note for note in inventory.notes)


ONE = [{"id_str": "1", "full_text": "words"}]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({}, ("unknown", "")),
        (
            {"protected_history": []},
            ("public", "protected-history.js: [] (not protected in the last six months)"),
        ),
        (
            {
                "protected_history": [
                    {"protectedHistory": {"protectedAt": "2024-01-01T00:00:00Z", "action": "Protect"}}
                ]
            },
            ("followers", 'protected-history.js: "action"="Protect", "protectedAt"="2024-01-01T00:00:00Z"'),
        ),
        ({"protected_history": [{"protectedHistory": {"action": "something"}}]}, ("unknown", "")),
        ({"protected_history": b"window.YTD.protected_history.part0 = [ {"}, ("unknown", "")),
        ({"protected_history": b"nothing"}, ("unknown", "")),
    ],
)
def test_who_sees_a_tweet_is_what_a_list_says(
    lists: dict[str, Any], expected: tuple[str, str], tmp_path: Path
) -> None:
    posts, _, _ = read(tmp_path, ONE, **lists)
    assert posts["1"].visibility == expected


def test_the_last_change_of_protection_counts_and_not_the_last_in_the_list(tmp_path: Path) -> None:
    changes = [
        {"protectedHistory": {"protectedAt": "2024-03-01T00:00:00Z", "action": "Protect"}},
        {"protectedHistory": {"protectedAt": "2024-02-01T00:00:00Z", "action": "Unprotect"}},
    ]
    posts, _, _ = read(tmp_path, ONE, protected_history=changes)
    assert posts["1"].visibility.value == "followers"


def test_an_empty_list_of_protection_says_how_far_back_it_goes(tmp_path: Path) -> None:
    _, inventory, _ = read(tmp_path, ONE, protected_history=[])
    assert any("last six months" in note for note in inventory.notes)


def test_an_archive_by_months_whose_tweets_say_who_sees_them_is_not_said_to_be_silent(tmp_path: Path) -> None:
    tweet = {"id_str": "1", "text": "words", "geo": point(12.5, -38.5), "user": {"protected": False}}
    files = {
        "data/js/tweets/2014_05.js": b"Grailbird.data.tweets_2014_05 = " + json.dumps([tweet]).encode(),
    }
    posts, inventory, _ = archive(tmp_path, files)
    assert posts["1"].visibility.value == "public" and posts["1"].facts.places[0].kind == UNCLEAR
    said = " ".join(inventory.notes)
    assert "does not say who may see" not in said and "on no map here" in said


def test_circle_and_deleted_tweets_are_told_apart_wherever_they_stand(tmp_path: Path) -> None:
    tweets = [{"id_str": str(n), "full_text": "words"} for n in (1, 2, 3)]
    posts, _, _ = read(
        tmp_path,
        tweets,
        protected_history=[],
        twitter_circle_tweet=[{"tweet": tweets[1]}, {"tweet": {"id_str": "4", "full_text": "only here"}}],
        deleted_tweets=[{"tweet": tweets[2]}, {"tweet": {"id_str": "5", "full_text": "gone"}}],
        community_tweet=[{"tweet": {"id_str": "6", "full_text": "in a community"}}],
    )
    seen = {id: (post.visibility.value, post.status) for id, post in posts.items() if id.isdecimal()}
    assert seen == {
        "1": ("public", "live"),
        "2": ("limited", "live"),
        "3": ("private", "deleted"),
        "4": ("limited", "live"),
        "5": ("private", "deleted"),
        "6": ("public", "live"),
    }
    assert posts["2"].visibility.evidence == "it is listed in twitter-circle-tweet.js"
    assert posts["5"].link.tier == "none" and posts["1"].link.value == "https://x.com/example/status/1"


def test_retweets_and_the_pictures_of_others_are_not_own(tmp_path: Path) -> None:
    def with_media(**medium: str) -> dict[str, Any]:
        return {"full_text": "look", "extended_entities": {"media": [{"id_str": "7", **medium}]}}

    posts, _, _ = read(
        tmp_path,
        [
            {"id_str": "1", "full_text": "RT @person_b: words"},
            {"id_str": "2", **with_media(source_status_id_str="99", source_user_id_str="5")},
            {"id_str": "3", **with_media(source_status_id_str="1", source_user_id_str="1000")},
            {"id_str": "4", **with_media()},
            {"id_str": "5", **with_media(source_status_id_str="99"), "geo": point(12.5, -138.5)},
            {"id_str": "6", **with_media(source_status_id_str="99"), "place": {"full_name": "Synthetic Bay"}},
        ],
    )
    assert [posts[id].own for id in "123456"] == [False, False, True, True, True, True]


def test_files_come_in_the_order_of_the_media_and_a_video_by_its_best_variant(tmp_path: Path) -> None:
    variants = [
        {"bitrate": "256000", "url": "https://video.twimg.com/1/small.mp4?tag=1"},
        {"bitrate": "2176000", "url": "https://video.twimg.com/1/large.mp4?tag=1"},
        {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/1/list.m3u8"},
    ]
    media = [
        {"id_str": "7", "media_url_https": "https://pbs.twimg.com/media/zz.jpg"},
        {
            "id_str": "8",
            "media_url_https": "https://pbs.twimg.com/t.jpg",
            "video_info": {"variants": variants},
        },
        {"id_str": "9", "media_url_https": "https://pbs.twimg.com/media/aa.jpg"},
    ]
    files = account("data/") | {
        "data/tweets.js": script(
            "tweets", [{"tweet": {"id_str": "1", "extended_entities": {"media": media}}}]
        ),
        "data/tweets_media/1-aa.jpg": picture(LIFE[0]),
        "data/tweets_media/1-large.mp4": b"video",
        "data/tweets_media/7-zz.jpg": picture(LIFE[1]),
        "data/tweets_media/2-other.jpg": picture(LIFE[2]),
    }
    posts, _, found = archive(tmp_path, files)
    assert [Path(name).name for name in posts["1"].photos] == ["7-zz.jpg", "1-large.mp4", "1-aa.jpg"]
    assert [Path(s.name).name for s in found if isinstance(s, FileSource)][-1] == "2-other.jpg"


def test_words_are_whole_and_as_they_are_shown(tmp_path: Path) -> None:
    long = "@person_b An unusually long story that goes on and on &amp; on, for more than a tweet can hold"
    head = long.replace("@person_b ", "@person_b @person_c ")[:70] + "… https://t.co/zz"
    posts, _, _ = read(
        tmp_path,
        [
            {"id_str": "1", "full_text": head, "created_at": "Sat May 04 10:11:12 +0000 2024"},
            {"id_str": "2", "full_text": "An unusually short one"},
        ],
        note_tweet=[
            {
                "noteTweet": {
                    "noteTweetId": "77",
                    "createdAt": "2024-05-04T10:11:12.000Z",
                    "core": {
                        "text": long,
                        "hashtags": [{"text": "story"}],
                        "mentions": [{"screenName": "person_b"}],
                    },
                }
            },
            {"noteTweet": {"noteTweetId": "78", "core": {"text": "Stands nowhere else"}}},
        ],
    )
    assert posts["1"].caption == long.replace("&amp;", "&")
    assert [t.value for t in posts["1"].facts.texts if t.kind == "keyword"] == ["story"]
    assert [p.name for p in posts["1"].facts.people] == ["person_b"]
    assert posts["2"].caption == "An unusually short one"
    assert (posts["78"].caption, posts["78"].status) == ("Stands nowhere else", "unknown")
    assert "77" not in posts


def test_links_are_written_out_and_those_to_the_pictures_left_out() -> None:
    tweet = {
        "full_text": "see https://t.co/aa and https://t.co/bb",
        "entities": {
            "urls": [
                {"url": "https://t.co/aa", "expanded_url": "https://example.org/me"},
                {"url": "e", "expanded_url": "x"},
            ],
            "media": [{"url": "https://t.co/bb"}],
        },
    }
    assert caption(tweet) == "see https://example.org/me and"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sat May 04 10:11:12 +0000 2024", "2024-05-04T10:11:12Z"),
        ("Tue Dec 31 23:30:00 -0100 2024", "2025-01-01T00:30:00Z"),
        ("2014-01-31 12:00:00 +0000", "2014-01-31T12:00:00Z"),
        ("2014-01-31T12:00:00.123Z", "2014-01-31T12:00:00Z"),
        ("Sam Mai 04 10:11:12 +0000 2024", ""),
        ("Sat May 44 10:11:12 +0000 2024", ""),
        ("", ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_a_time_is_read_in_any_language_of_the_machine(written: object, expected: str) -> None:
    assert created(written) == expected


def test_pictures_in_messages_are_private_and_others_keep_theirs(tmp_path: Path) -> None:
    def message(id: str, sender: str) -> dict[str, Any]:
        return {
            "messageCreate": {
                "id": id,
                "senderId": sender,
                "text": "here &amp; now",
                "createdAt": "2024-05-04T10:00:00Z",
            }
        }

    messages = [message("11", "1000"), message("12", "5"), message("13", "1000")]
    files = account("data/") | {
        "data/direct-messages.js": script(
            "direct_messages", [{"dmConversation": {"conversationId": "5-1000", "messages": messages}}]
        ),
        "data/direct_messages_media/11-a.jpg": picture(LIFE[0]),
        "data/direct_messages_media/12-b.jpg": picture(LIFE[1]),
    }
    posts, said, _ = archive(tmp_path, files)
    assert "Messages of yours without a picture: 1." in " ".join(said.notes)
    assert [(id, posts[id].visibility.value, posts[id].own) for id in ("11", "12")] == [
        ("11", "limited", True),
        ("12", "limited", False),
    ]
    assert posts["11"].caption == "here & now" and "13" not in posts


def test_what_x_keeps_of_the_account_is_stored_and_not_shown(tmp_path: Path) -> None:
    posts, _, _ = read(
        tmp_path,
        ONE,
        ip_audit=[{"ipAudit": {"loginIp": ip}} for ip in ("203.0.113.7", "203.0.113.7", "203.0.113.8")],
        account_creation_ip=[{"accountCreationIp": {"userCreationIp": "203.0.113.9"}}],
        personalization=[
            {
                "p13nData": {
                    "locationHistory": [
                        "Synthetic Bay",
                        {"city": "Port", "country": "ZZ"},
                        {"lat": "12.5", "lon": 1},
                    ]
                }
            }
        ],
    )
    stored = posts["account"]
    assert stored.visibility.value == "private" and stored.status == "unknown" and not stored.facts.texts
    assert [i.value for i in stored.stored.identifiers] == ["203.0.113.7", "203.0.113.8", "203.0.113.9"]
    assert [(p.name, p.latitude) for p in stored.stored.places] == [
        ("Synthetic Bay", None),
        ("Port, ZZ", None),
        (None, 12.5),
    ]


def test_a_profile_is_a_post_and_public_where_its_picture_is(tmp_path: Path) -> None:
    described = {"bio": "Sails &amp; swims", "website": "https://t.co/w", "location": "Synthetic Bay"}
    for at, seen in (
        ("https://pbs.twimg.com/profile_images/1/a.jpg", "public"),
        ("https://other.example/a", "unknown"),
    ):
        posts, _, _ = read(
            tmp_path, ONE, profile=[{"profile": {"description": described, "avatarMediaUrl": at}}]
        )
        page = posts["profile"]
        assert page.caption == "Sails & swims\nhttps://t.co/w" and page.visibility.value == seen
        assert [p.name for p in page.facts.places] == ["Synthetic Bay"]
        assert [(p.role, p.name) for p in page.facts.people] == [("owner", "Sam Example")]
        assert page.link == ("https://x.com/example", "constructed")


def test_hostile_names_make_no_link(tmp_path: Path) -> None:
    said = manifest()
    said["userInfo"]["userName"] = "evil/../../login?x"
    posts, _, _ = read(
        tmp_path,
        [
            {"id_str": "1", "full_text": "a"},
            {"id_str": "../1", "full_text": "b"},
            {"id": 3, "full_text": "c"},
        ],
        manifest=b"window.__THAR_CONFIG = " + json.dumps(said).encode(),
        account=[],
    )
    assert posts["1"].link == ("https://x.com/i/status/1", "constructed") and posts["1"].account == ""
    assert posts["../1"].link.tier == "none" and posts["3"].link.value.endswith("/3")


def test_a_part_of_an_archive_and_what_is_not_known_is_said(tmp_path: Path) -> None:
    said = manifest()
    said["archiveInfo"]["isPartialArchive"] = True
    _, inventory, found = read(
        tmp_path,
        ONE,
        manifest=b"window.__THAR_CONFIG = " + json.dumps(said).encode(),
        brand_new=[],
        ip_audit=b"window.YTD.ip_audit.part0 = [ 1, ",
    )
    assert any("one part of an archive" in note for note in inventory.notes)
    assert inventory.unknown == ("data/brand-new.js",)
    assert [Path(e.name).name for e in found if isinstance(e, Examination)] == ["ip-audit.js"]


def test_the_pictures_of_the_page_to_look_at_it_with_are_not_the_persons(tmp_path: Path) -> None:
    files = account("t/data/") | {
        "t/Your archive.html": b"<html></html>",
        "t/assets/images/twemoji.png": picture(LIFE[0]),
        "t/assets/js/tweets.js": b"window.YTD.tweets.part0 = [",
        "t/data/tweets_media/2-other.jpg": picture(LIFE[1]),
        "assets/own.jpg": picture(LIFE[2]),
    }
    _, inventory, found = archive(tmp_path, files)
    given = [Path(s.name).name for s in found if isinstance(s, FileSource)]
    assert given == ["own.jpg", "2-other.jpg"] and inventory.unknown == ()
    assert any(note.startswith("2 files of the page") for note in inventory.notes)


def test_an_archive_until_2018_says_how_to_get_a_better_one(tmp_path: Path) -> None:
    at = "tweet_id,timestamp,text,retweeted_status_id\n1,2014-01-31 12:00:00 +0000,hello,\n2,,RT them,5\n"
    posts, inventory, _ = archive(tmp_path, {"tweets.csv": at.encode()})
    assert posts["1"].caption == "hello" and posts["1"].own and not posts["2"].own
    assert any("Ask X for a new one" in note for note in inventory.notes)


def test_entries_that_are_no_tweets_are_counted(tmp_path: Path) -> None:
    posts, inventory, _ = read(
        tmp_path, [{"id_str": "1", "full_text": "a"}, {"full_text": "b"}, {"id_str": []}]
    )
    assert set(posts) >= {"1"} and any(note.startswith("2 entries of its lists") for note in inventory.notes)
