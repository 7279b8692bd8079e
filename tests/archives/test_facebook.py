from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import found, items
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Link, Post, Visibility
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture

HOME = "your_facebook_activity/posts"
POSTS = f"{HOME}/your_posts__check_ins__photos_and_videos_1.json"
PIER = {
    "name": "Synthetic Pier",
    "address": "1 Sea Road",
    "coordinate": {"latitude": 12.5, "longitude": -38.5},
}


def given(tmp_path: Path, lists: dict[str, Any], photos: tuple[str, ...] = ()) -> list[Item]:
    files = {name: json.dumps(value).encode() for name, value in lists.items()}
    files |= {name: picture(LIFE[0]) for name in photos}
    return list(items([zipped(files, tmp_path / "export.zip")]))


def posts(found: list[Item]) -> list[Post]:
    return [item for item in found if isinstance(item, Post)]


def notes(found: list[Item]) -> str:
    (inventory,) = (item for item in found if isinstance(item, Inventory))
    return "\n".join(inventory.notes)


def photo(number: int = 300000001, **more: Any) -> dict[str, Any]:
    return {"uri": f"{HOME}/media/Pier_100/{number}.jpg", "creation_timestamp": 1714817470} | more


def exif(**block: Any) -> dict[str, Any]:
    return {"media_metadata": {"photo_metadata": {"exif_data": [block]}}}


def post(*attached: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"timestamp": 1714817472, "attachments": [{"data": list(attached)}]} | more


def test_a_place_that_was_attached_is_shown(tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post({"place": PIER})]}))
    assert [(p.latitude, p.longitude, p.name, p.kind) for p in one.facts.places] == [
        (12.5, -38.5, "Synthetic Pier, 1 Sea Road", "position")
    ]
    assert not one.stored.places


def test_a_place_without_coordinates_is_one_by_name(tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post({"place": {"name": "Pier"}}, {"place": {"url": "x"}})]}))
    assert [(p.latitude, p.name, p.kind) for p in one.facts.places] == [(None, "Pier", "named")]


def test_what_was_read_from_the_upload_is_stored(tmp_path: Path) -> None:
    block = {
        "upload_ip": "203.0.113.7",
        "camera_make": "ExampleCam",
        "camera_model": "X1",
        "latitude": 12.5,
        "longitude": -38.5,
    }
    for kind in ("photo_metadata", "video_metadata"):
        media = {
            "media": photo(media_metadata={kind: {"exif_data": [block | {"taken_timestamp": 1714759200}]}})
        }
        (one,) = posts(given(tmp_path, {POSTS: [post(media)]}))
        assert [(i.kind, i.value) for i in one.stored.identifiers] == [("ip-address", "203.0.113.7")]
        assert [(p.latitude, p.longitude) for p in one.stored.places] == [(12.5, -38.5)]
        assert [(t.kind, t.local, t.utc_offset) for t in one.stored.times] == [
            ("utc", "2024-05-03T18:00:00", "+00:00")
        ]
        assert len(one.stored.devices) == 1 and not (one.facts.places or one.facts.identifiers)


@pytest.mark.parametrize("junk", [-62169958800, 0, None, "", 1e300, "x"])
def test_a_time_before_any_photo_is_none(junk: Any, tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post({"media": photo(**exif(taken_timestamp=junk))})]}))
    assert not one.stored.times


@pytest.mark.parametrize("tags", [["Person B"], [{"name": "Person B"}], {"name": "Person B"}, "Person B"])
def test_tags_are_words_or_objects(tags: Any, tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post({"media": photo()}, tags=tags)]}))
    assert [(person.role, person.name) for person in one.facts.people] == [("depicted", "Person B")]


def test_a_photo_in_a_post_an_album_and_a_list_is_one_with_what_each_says(tmp_path: Path) -> None:
    lists = {
        POSTS: [post({"media": photo()}, data=[{"post": "At the pier"}])],
        f"{HOME}/album/0.json": {
            "name": "Pier",
            "photos": [photo(description="By the sea", **exif(upload_ip="203.0.113.7"))],
            "cover_photo": photo(),
        },
        f"{HOME}/your_uncategorized_photos.json": {
            "other_photos_v2": [photo(**exif(latitude=12.5, longitude=-38.5))]
        },
    }
    got = given(tmp_path, lists, (f"{HOME}/media/Pier_100/300000001.jpg",))
    (one,) = posts(got)
    assert one.caption == "At the pier" and "By the sea" in [text.value for text in one.facts.texts]
    assert one.stored.identifiers and one.stored.places
    assert len(one.photos) == len([item for item in got if isinstance(item, FileSource)]) == 1


def test_an_album_is_one_post_of_the_photos_that_are_in_none(tmp_path: Path) -> None:
    lists = {
        POSTS: [post({"media": photo(1000001)})],
        f"{HOME}/album/3.json": {
            "name": "Our house",
            "description": "Moving in",
            "photos": [photo(1000001), photo(1000002), photo(1000003)],
            "last_modified_timestamp": 1714900000,
        },
        f"{HOME}/your_uncategorized_photos.json": {"other_photos_v2": [photo(1000003), photo(1000004)]},
    }
    names = tuple(photo(number)["uri"] for number in range(1000001, 1000005))
    first, album, single = posts(given(tmp_path, lists, names))
    assert (first.id, album.id, single.id) == ("1000001", "album-3", "1000004")
    assert album.caption == "Moving in" and "Our house" in [text.value for text in album.facts.texts]
    assert [len(each.photos) for each in (first, album, single)] == [1, 2, 1]


CHECK_IN = {
    "timestamp": 1714817999,
    "fbid": "1",
    "label_values": [
        {"label": "Message", "value": "Finally here"},
        {
            "label": "Place tags",
            "dict": [
                {"label": "Coordinates", "value": "(12.5, -38.5)"},
                {"label": "Address", "value": "1 Sea Road"},
                {"label": "Name", "value": "Synthetic Pier"},
            ],
        },
    ],
}


@pytest.mark.parametrize("written", [CHECK_IN, [CHECK_IN]], ids=["object", "list"])
def test_check_ins_are_a_list_or_one_object(written: Any, tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {f"{HOME}/check-ins.json": written}))
    assert (one.caption, one.posted) == ("Finally here", "2024-05-04T10:19:59Z")
    assert [(p.latitude, p.longitude, p.name) for p in one.facts.places] == [
        (12.5, -38.5, "Synthetic Pier, 1 Sea Road")
    ]


def test_labels_in_another_language_still_give_the_position(tmp_path: Path) -> None:
    labels = [{"label": "Orte", "dict": [{"label": "Koordinaten", "value": "(12.5, -38.5)"}]}]
    (one,) = posts(
        given(tmp_path, {f"{HOME}/check-ins.json": [{"timestamp": 1714817999, "label_values": labels}]})
    )
    assert [(p.latitude, p.longitude) for p in (*one.facts.places, *one.stored.places)] == [(12.5, -38.5)]


def test_a_check_in_that_a_post_tells_is_one(tmp_path: Path) -> None:
    told = post({"place": PIER}, timestamp=1714817999, data=[{"post": "Finally here"}])
    (one,) = posts(given(tmp_path, {POSTS: [told], f"{HOME}/check-ins.json": [CHECK_IN]}))
    assert len(one.facts.places) == 1 and one.caption == "Finally here"


def test_two_check_ins_of_one_second_are_both_told(tmp_path: Path) -> None:
    other = CHECK_IN | {"label_values": [{"label": "Message", "value": "Again"}]}
    captions = [one.caption for one in posts(given(tmp_path, {f"{HOME}/check-ins.json": [CHECK_IN, other]}))]
    assert captions == ["Finally here", "Again"]


def test_a_place_that_others_tagged_is_not_the_persons_own(tmp_path: Path) -> None:
    labels = [
        {"label": "Visit time", "timestamp_value": 1714817999},
        {"label": "Place name", "value": "Pier"},
    ]
    lists = {f"{HOME}/places_you_have_been_tagged_in.json": [{"fbid": "7", "label_values": labels}]}
    (one,) = posts(given(tmp_path, lists))
    assert (
        not one.own
        and [p.name for p in one.facts.places] == ["Pier"]
        and one.posted == "2024-05-04T10:19:59Z"
    )


def test_nobody_is_said_to_see_a_post_but_of_the_archive_the_owner_alone(tmp_path: Path) -> None:
    live = {POSTS: [post({"media": photo(1000001)})]}
    kept = {f"{HOME}/archive.json": {"archive_v2": [post({"media": photo(1000002)})]}}
    by_id = {one.id: one for one in posts(given(tmp_path, live | kept))}
    assert by_id["1000001"].visibility == Visibility()
    assert (by_id["1000002"].visibility, by_id["1000002"].status) == (
        Visibility("private", "archive.json"),
        "archived",
    )


@pytest.mark.parametrize(
    "name, id",
    [
        ("300000001.jpg", "300000001"),
        ("123456789_987654321012_1234567_n.jpg", "987654321012"),
        ("300000001.mp4", ""),
        ("holiday.jpg", ""),
    ],
)
def test_the_link_is_a_guess_from_the_photos_name(name: str, id: str, tmp_path: Path) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post({"media": photo() | {"uri": f"{HOME}/media/x/{name}"}})]}))
    assert one.link == (Link(f"https://www.facebook.com/photo/?fbid={id}", "guess") if id else Link())


def test_photos_are_found_where_the_first_folder_was_renamed(tmp_path: Path) -> None:
    uri = "your_activity_across_facebook/posts/media/Pier_1/300000001.jpg"
    lists = {"posts/your_posts_1.json": [post({"media": photo() | {"uri": uri}})]}
    (one,) = posts(given(tmp_path, lists, ("posts/media/Pier_1/300000001.jpg",)))
    assert len(one.photos) == 1


def test_a_photo_of_the_same_name_elsewhere_is_another(tmp_path: Path) -> None:
    lists = {POSTS: [post({"media": photo()})]}
    got = given(tmp_path, lists, ("messages/inbox/person_b/photos/300000001.jpg",))
    (one,) = posts(got)
    assert not one.photos and "not here: 1." in notes(got)


def test_words_that_facebook_wrote_are_no_post(tmp_path: Path) -> None:
    got = given(tmp_path, {POSTS: [{"timestamp": 1, "title": "Sam shared a link."}, 17, None, []]})
    assert not posts(got) and "left out: 4." in notes(got)


def test_life_events_tell_their_place_and_photos(tmp_path: Path) -> None:
    event = {"title": "New home", "description": "Keys!", "place": PIER, "photos": [photo()]}
    (one,) = posts(given(tmp_path, {POSTS: [post({"life_event": event})]}))
    assert one.caption == "Keys!" and one.facts.places and one.id == "300000001"
    assert "New home" in [text.value for text in one.facts.texts]


def test_a_list_that_breaks_off_is_said_and_read_up_to_there(tmp_path: Path) -> None:
    data = json.dumps([post({"media": photo(1000001)}), post({"media": photo(1000002)})]).encode()[:-40]
    got = list(items([zipped({POSTS: data}, tmp_path / "export.zip")]))
    (one,) = posts(got)
    (said,) = [item for item in got if isinstance(item, Examination)]
    assert one.id == "1000001" and said.media == "account data" and "damage" in said.problems[0].message


def test_the_account_is_the_user_name(tmp_path: Path) -> None:
    profile = {"profile_v2": {"username": "sam.example", "name": {"full_name": "Sam Example"}}}
    lists = {POSTS: [post({"media": photo()})], "profile_information/profile_information.json": profile}
    (one,) = posts(given(tmp_path, lists))
    assert one.account == "sam.example"


def test_what_stands_on_the_profile_is_told(tmp_path: Path) -> None:
    whole = {"username": "sam", "current_city": {"name": "Syntheville"}, "intro_bio": {"name": "Mum of two"}}
    page, *_ = posts(
        given(
            tmp_path,
            {
                "profile_information/profile_information.json": {"profile_v2": whole},
                POSTS: [post({"media": photo()})],
            },
        )
    )
    assert (page.id, page.account, page.caption, page.visibility) == (
        "profile", "sam", "Mum of two", Visibility(),
    )  # fmt: skip
    assert [(place.kind, place.name) for place in page.facts.places] == [("named", "Syntheville")]


@pytest.mark.parametrize(
    ("profile", "own"), [({"name": {"full_name": "Sam Example"}}, [True, False]), ({"username": "sam"}, [])]
)
def test_pictures_in_messages_are_those_of_whoever_sent_them(
    profile: dict[str, Any], own: list[bool], tmp_path: Path
) -> None:
    """Where nobody knows what the person is called, they are looked at by themselves."""
    chat = "your_facebook_activity/messages/inbox/bob_1"
    sent = [
        {"sender_name": name, "timestamp_ms": 1714817472000, "photos": [{"uri": f"{chat}/photos/{name}.jpg"}]}
        for name in ("Sam Example", "Bob")
    ]
    lists = {
        "profile_information/profile_information.json": {"profile_v2": profile},
        f"{chat}/message_1.json": {"participants": [], "messages": sent},
    }
    names = tuple(f"{chat}/photos/{name}.jpg" for name in ("Sam Example", "Bob"))
    got = given(tmp_path, lists, names)
    assert [post.own for post in posts(got)] == own
    assert all(post.visibility.value == "limited" and post.link == Link() for post in posts(got))
    assert len([item for item in got if isinstance(item, FileSource)]) == 2


def test_a_site_with_posts_is_no_export(tmp_path: Path) -> None:
    ((_, archive),) = found(
        [zipped({"posts/archive.json": b'[{"uri": "/2024", "title": "x"}]'}, tmp_path / "s.zip")]
    )
    assert archive.name == "folder"


def test_a_zip_of_media_without_the_lists_is_said_to_be_a_part(tmp_path: Path) -> None:
    at = tmp_path / "facebook-sam.example-2024-05-04-AbCdEf01.zip"
    _, inventory = items([zipped({photo()["uri"]: picture(LIFE[0])}, at)])
    assert isinstance(inventory, Inventory)
    assert inventory.service == "facebook" and "The lists of posts are not in this zip" in inventory.notes[0]


def test_addresses_of_logins_are_kept_by_the_service_under_whatever_key(tmp_path: Path) -> None:
    where = "security_and_login_information"
    seen = [{"action": "Login", "timestamp": 1, "ip_address": "203.0.113.7", "city": "Munich", "site": "1.2"}]
    lists = {
        POSTS: [post(data=[{"post": "At sea"}])],
        f"{where}/account_activity.json": {"account_activity_v2": seen},
        f"{where}/ip_address_activity.json": {"used_ip_address_v2": [{"ip": "2001:db8::7"}]},
        f"{where}/logins.json": [{"label_values": [{"label": "IP-Adresse", "value": "198.51.100.9"}]}],
        f"{where}/odd.json": "none",
    }
    found = given(tmp_path, lists)
    (account,) = [one for one in posts(found) if one.id == "account"]
    assert {one.value for one in account.stored.identifiers} == {"203.0.113.7", "2001:db8::7", "198.51.100.9"}
    assert [one.name for one in account.stored.places] == ["Munich"]
    assert (account.visibility.value, account.status) == ("private", "unknown")
    assert next(one.name for one in found if isinstance(one, Examination)).endswith("odd.json")


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("Bob Synthetic wrote on your timeline.", False),
        ("Bob Synthetic hat in deiner Chronik gepostet.", False),
        ("Bob Synthetic a écrit sur votre journal.", False),
        ("Sam Example wrote on Bob Synthetic's timeline.", True),
        ("Sam Example added a new photo.", True),
        ("", True),
    ],
)
def test_what_others_wrote_on_the_timeline_is_theirs(tmp_path: Path, title: str, own: bool) -> None:
    (one,) = posts(given(tmp_path, {POSTS: [post(title=title, data=[{"post": "At sea"}])]}))
    assert one.own is own


def test_lists_that_are_known_and_not_read_are_told_in_words(tmp_path: Path) -> None:
    lists = {
        POSTS: [post(data=[{"post": "At sea"}])],
        f"{HOME}/edits_you_made_to_posts.json": [],
        f"{HOME}/content_sharing_links_you_have_created.json": [],
        f"{HOME}/other_people's_posts_to_your_timeline.json": {},
    }
    found = given(tmp_path, lists)
    assert not [one.unknown for one in found if isinstance(one, Inventory) and one.unknown]
    assert all(words in notes(found) for words in ("edit history", "such a link", "others wrote"))


def test_messages_without_a_picture_are_counted_and_said_not_to_be_read(tmp_path: Path) -> None:
    chat = "your_facebook_activity/messages/inbox/bob_1/message_1.json"
    sent = [
        {"sender_name": "Sam Example", "timestamp_ms": 1714817472000, "content": "Beispielstrasse 5"},
        {"sender_name": "Bob", "timestamp_ms": 1714817472000, "content": "Thanks"},
    ]
    profile = "personal_information/profile_information/profile_information.json"
    lists = {POSTS: [post(data=[{"post": "At sea"}])], chat: {"messages": sent}}
    known = lists | {profile: {"profile_v2": {"name": {"full_name": "Sam Example"}}}}
    assert "Messages of yours without a picture: 1." in notes(given(tmp_path, known))
    assert "what you are called in messages" in notes(given(tmp_path, lists))


def test_comments_below_a_photo_are_what_others_see(tmp_path: Path) -> None:
    below = [{"timestamp": 1714818000, "comment": "ring me", "author": "Bob"}, {"comment": ""}, "odd"]
    (one,) = posts(given(tmp_path, {POSTS: [post({"media": photo(comments=below)})]}))
    assert [text.value for text in one.facts.texts if text.kind == "comment"] == ["ring me"]
