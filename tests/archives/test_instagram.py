from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import found, items
from exposure.archives.instagram import INSTAGRAM
from exposure.model import Examination, Text
from exposure.plugins import Item
from exposure.post import PROFILE, Inventory, Post, Visibility
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.instagram import LAYOUTS, export, profile, written
from tests.archives.exports.threads import export as threads_export
from tests.archives.life import LIFE, picture

HOME = "your_instagram_activity/media"
ACCOUNT = "personal_information/personal_information/personal_information.json"


def given(tmp_path: Path, **lists: Any) -> list[Item]:
    """What an archive gives with these lists of media."""
    files = {f"{HOME}/{kind}.json": json.dumps(value).encode() for kind, value in lists.items()}
    return list(items([zipped(files, tmp_path / "export.zip")]))


def posts(found: list[Item]) -> list[Post]:
    return [item for item in found if isinstance(item, Post)]


def notes(found: list[Item]) -> str:
    (inventory,) = (item for item in found if isinstance(item, Inventory))
    return "\n".join(inventory.notes)


def one(uri: str = "media/posts/202405/1.jpg", **more: Any) -> dict[str, Any]:
    return {"uri": uri, "creation_timestamp": 1714817472, "title": ""} | more


def exif(*blocks: dict[str, Any], kind: str = "photo_metadata") -> dict[str, Any]:
    return {"media_metadata": {kind: {"exif_data": list(blocks)}}}


def stored_places(post: Post) -> list[tuple[float | None, float | None]]:
    return [(place.latitude, place.longitude) for place in post.stored.places]


def with_account(tmp_path: Path, is_private: str) -> dict[str, Post]:
    lists = {
        "posts_1": [{"media": [one("media/posts/1.jpg")]}],
        "stories": {"ig_stories": [one("media/stories/2.jpg")]},
        "archived_posts": {"ig_archived_post_media": [{"media": [one("media/archived/3.jpg")]}]},
        "recently_deleted_content": {"ig_recently_deleted_media": [{"media": [one("media/deleted/4.jpg")]}]},
        "profile_photos": {"ig_profile_picture": [one("media/profile/5.jpg")]},
        "other_content": {"ig_other_media": [{"media": [one("media/other/6.jpg")]}]},
        "igtv_videos": {"ig_igtv_media": [{"media": [one("media/igtv/7.mp4")]}]},
    }
    files = {f"{HOME}/{kind}.json": json.dumps(value).encode() for kind, value in lists.items()}
    files[ACCOUNT] = written({"profile_user": [profile(is_private)]})
    return {post.id: post for post in posts(list(items([zipped(files, tmp_path / "export.zip")])))}


def test_posts_of_a_private_account_are_its_followers_with_the_field_that_says_so(tmp_path: Path) -> None:
    by_id = with_account(tmp_path, "True")
    assert by_id["1"].visibility == Visibility("followers", 'Private Account="True"')
    assert by_id["2"].visibility.value == by_id["7"].visibility.value == "followers"


def test_a_profile_photo_is_not_hidden_by_a_private_account(tmp_path: Path) -> None:
    assert with_account(tmp_path, "True")["5"].visibility == Visibility()


def test_an_account_that_is_not_private_proves_nothing_public(tmp_path: Path) -> None:
    by_id = with_account(tmp_path, "False")
    assert by_id["1"].visibility == Visibility("unknown", 'Private Account="False"')
    assert not [post for post in by_id.values() if post.visibility.value == "public"]


def test_what_was_archived_or_deleted_is_the_owners_alone_and_stories_are_gone(tmp_path: Path) -> None:
    by_id = with_account(tmp_path, "False")
    status = {id: post.status for id, post in by_id.items()}
    assert status == {
        "1": "live", "2": "expired", "3": "archived", "4": "deleted", "5": "live", "6": "unknown", "7": "live",
    }  # fmt: skip
    assert by_id["3"].visibility == Visibility("private", "archived_posts.json")
    assert by_id["4"].visibility.value == "private"


def test_highlights_are_warned_of(tmp_path: Path) -> None:
    assert "highlight" in notes(given(tmp_path, stories={"ig_stories": [one()]}))
    assert "highlight" not in notes(given(tmp_path, posts_1=[{"media": [one()]}]))


@pytest.mark.parametrize(
    "blocks",
    [
        [{"device_id": "a"}, {"latitude": 12.5, "longitude": -38.5}],
        [{"latitude": 12.5}, {"longitude": -38.5}],
        [{"latitude": 0, "longitude": 0}, {"latitude": "12.5", "longitude": "-38.5"}],
    ],
)
def test_the_position_may_stand_in_any_of_the_dicts(blocks: list[dict[str, Any]], tmp_path: Path) -> None:
    for kind in ("photo_metadata", "video_metadata"):
        (post,) = posts(given(tmp_path, posts_1=[{"media": [one(**exif(*blocks, kind=kind))]}]))
        assert stored_places(post) == [(12.5, -38.5)] and not post.facts.places


def test_0_0_is_no_place(tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, posts_1=[{"media": [one(**exif({"latitude": 0, "longitude": 0.0}))]}]))
    assert not post.stored.places


@pytest.mark.parametrize("written", ["20240503T180000.000Z", "2024:05:03 18:00:00", "20240503T180000"])
def test_both_styles_of_dates_are_the_cameras_own_clock(written: str, tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, posts_1=[{"media": [one(**exif({"date_time_original": written}))]}]))
    assert [(t.kind, t.local, t.utc_offset) for t in post.stored.times] == [
        ("taken", "2024-05-03T18:00:00", None)
    ]


@pytest.mark.parametrize(
    "written", ["2024:13:40 18:00:00", "0000:00:00 00:00:00", "", 17, None, [1], "²024:05:03 18:00:00"]
)
def test_a_date_that_is_none_says_nothing(written: Any, tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, posts_1=[{"media": [one(**exif({"date_time_original": written}))]}]))
    assert not post.stored.times


def test_what_was_read_from_the_upload_is_stored_and_not_shown(tmp_path: Path) -> None:
    block = {"device_id": "android-1", "camera_make": "ExampleCam", "camera_model": "X1", "software": "1.0"}
    (post,) = posts(given(tmp_path, posts_1=[{"media": [one(**exif(block))], "title": "words"}]))
    assert [(i.kind, i.value) for i in post.stored.identifiers] == [("device-id", "android-1")]
    assert [(d.make, d.model) for d in post.stored.devices] == [("ExampleCam", "X1")]
    assert [s.name for s in post.stored.software] == ["1.0"]
    shown = post.facts
    assert (
        not (shown.identifiers or shown.devices or shown.software or shown.times) and post.caption == "words"
    )


@pytest.mark.parametrize(
    "typed, read",
    [
        ("Caf\u00c3\u00a9", "Café"),
        ("\u00f0\u009f\u008c\u008a", "🌊"),
        ("\u00c3", "\u00c3"),
        ("S\u00c3O PAULO", "S\u00c3O PAULO"),
        ("Café", "Café"),
        ("Ã© 🌊", "Ã© 🌊"),
        ("\ud83c", "\ud83c"),
    ],
)
def test_mojibake_is_put_right_and_what_is_none_stays(typed: str, read: str, tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, posts_1=[{"media": [one(title=typed)]}]))
    assert post.caption == read


def test_each_text_is_put_right_by_itself(tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, posts_1=[{"title": "S\u00c3O", "media": [one(title="Caf\u00c3\u00a9")]}]))
    assert [text.value for text in post.facts.texts if text.kind == "caption"] == ["S\u00c3O", "Café"]


def test_a_title_of_several_media_is_on_the_post_and_its_time_too(tmp_path: Path) -> None:
    media = [one("media/posts/1.jpg"), one("media/posts/2.jpg", creation_timestamp=1)]
    (post,) = posts(
        given(tmp_path, posts_1=[{"media": media, "title": "Two", "creation_timestamp": 1714817480}])
    )
    assert (post.caption, post.posted, post.id) == ("Two", "2024-05-04T10:11:20Z", "1")


def test_hashtags_and_mentions_are_found_and_addresses_are_none(tmp_path: Path) -> None:
    (post,) = posts(
        given(tmp_path, posts_1=[{"media": [one(title="#boat with @person.b, sam@example.org &#39;")]}])
    )
    assert [text.value for text in post.facts.texts if text.kind == "keyword"] == ["boat"]
    assert [(person.role, person.name) for person in post.facts.people] == [("mentioned", "person.b")]


def test_links_names_that_lead_out_and_missing_files_are_counted_and_never_opened(tmp_path: Path) -> None:
    uris = [
        "https://example.invalid/1.jpg",
        "/etc/passwd",
        "media/../../2.jpg",
        "C:/3.jpg",
        "media/posts/4.jpg",
    ]
    got = given(tmp_path, posts_1=[{"media": [one(uri) for uri in uris]}])
    (post,) = posts(got)
    assert post.photos == () and not [item for item in got if isinstance(item, FileSource)]
    said = notes(got)
    assert "that are not here: 1." in said
    assert "links to the internet: 1." in said and "were not followed: 3." in said


def test_a_post_told_twice_is_one_with_what_each_knows(tmp_path: Path) -> None:
    where = {
        "title": "Place",
        "dict": [{"label": "Name", "value": "Pier"}, {"label": "Coordinates", "value": "(12.5, -38.5)"}],
    }
    again = {
        "timestamp": 1714817472,
        "label_values": [
            {"label": "Media", "media": [one()]},
            {"label": "Caption", "value": "At sea"},
            where,
        ],
    }
    bare = {
        "timestamp": 1714817999,
        "label_values": [{"label": "Latitude", "value": "1.5"}, {"label": "Longitude", "value": "2.5"}],
    }
    other = {
        "timestamp": 1714900000,
        "media": [one("media/posts/9.jpg", title="Only here")],
        "label_values": [],
    }
    plain = [
        {"media": [one(title="At sea")]},
        {"media": [one("media/posts/2.jpg", creation_timestamp=1714817999)]},
    ]
    first, second, third = posts(given(tmp_path, posts_1=plain, posts=[again, bare, other]))
    assert [(p.latitude, p.longitude, p.name) for p in first.facts.places] == [(12.5, -38.5, "Pier")]
    assert first.caption == "At sea" and stored_places(second) == [(1.5, 2.5)] and not second.facts.places
    assert third.caption == "Only here"


def test_posts_json_alone_is_read(tmp_path: Path) -> None:
    (post,) = posts(
        given(
            tmp_path,
            posts=[{"timestamp": 1714817472, "label_values": [{"label": "Media", "media": [one()]}]}],
        )
    )
    assert post.id == "1" and post.posted == "2024-05-04T10:11:12Z"


def test_one_where_a_list_should_be(tmp_path: Path) -> None:
    assert len(posts(given(tmp_path, posts_1={"ig_posts": {"media": one(**exif())}}))) == 1
    assert len(posts(given(tmp_path, stories={"other": [1, {"a": []}], "ig_stories": one()}))) == 1
    (post,) = posts(given(tmp_path, posts_1={"media": [one(**exif({"latitude": 12.5, "longitude": -38.5}))]}))
    assert stored_places(post) == [(12.5, -38.5)]


def test_a_list_without_posts_is_said(tmp_path: Path) -> None:
    (said,) = [item for item in given(tmp_path, posts_1={"a": 1}) if isinstance(item, Examination)]
    assert said.media == "account data" and said.problems


def test_what_others_posted_is_left_out_and_counted(tmp_path: Path) -> None:
    got = given(tmp_path, reposts=[{"media": [one()]}, {}], posts_1=[])
    assert not posts(got) and "left out: 2." in notes(got)


def test_two_posts_of_one_picture_have_names_of_their_own(tmp_path: Path) -> None:
    both = {"posts_1": [{"media": [one()]}, {"media": [one()]}], "stories": {"ig_stories": [one()]}}
    assert [post.id for post in posts(given(tmp_path, **both))] == ["1", "1-2", "1-3"]


def test_a_profile_that_is_cut_off_is_said_and_the_zips_name_tells_the_account(tmp_path: Path) -> None:
    files = {
        f"{HOME}/posts_1.json": json.dumps([{"media": [one()]}]).encode(),
        ACCOUNT: b'{"profile_user": [',
    }
    got = list(items([zipped(files, tmp_path / "instagram-sam.example-2025-02-11-AbCdEf01.zip")]))
    (post,) = posts(got)
    assert post.account == "sam.example" and post.visibility == Visibility()
    assert [item for item in got if isinstance(item, Examination) and item.media == "account data"]


def test_threads_in_the_same_archive_are_posts_of_their_own_service(tmp_path: Path) -> None:
    files = export(*LAYOUTS["2025"]) | threads_export()
    got = list(items([zipped(files, tmp_path / "export.zip")]))
    assert {post.service for post in posts(got)} == {"instagram", "threads"}
    assert len([item for item in got if isinstance(item, Inventory)]) == 1
    names = [item.name for item in got if isinstance(item, FileSource)]
    assert len(names) == len(set(names)) == sum(name.endswith(".jpg") for name in files)


def test_new_lists_are_named(tmp_path: Path) -> None:
    files = export(*LAYOUTS["2025"]) | {f"{HOME}/holograms.json": b"[]", "start_here.html": b""}
    *_, inventory = items([zipped(files, tmp_path / "export.zip")])
    assert isinstance(inventory, Inventory) and inventory.unknown == (
        "start_here.html",
        f"{HOME}/holograms.json",
    )


def test_a_site_with_a_list_of_posts_is_no_export(tmp_path: Path) -> None:
    files = {
        "content/posts.json": b'[{"title": "Hello", "media": "a.jpg"}]',
        "content/a.jpg": picture(LIFE[0]),
    }
    ((_, archive),) = found([zipped(files, tmp_path / "site.zip")])
    assert archive.name == "folder"


def test_nothing_is_shown_that_nobody_typed(tmp_path: Path) -> None:
    """Numbers, lists and objects where words should be."""
    odd: list[Any] = [None, [], {}, 1e300, True, [[]], {"value": {}}]
    got = given(tmp_path, posts_1=[{"media": [one(title=value)], "title": value} for value in odd])
    shown = [text for post in posts(got) for text in post.facts.texts if isinstance(text, Text)]
    assert {text.value for text in shown} == {"1e+300"}


def test_a_zip_of_media_without_the_lists_is_said_to_be_a_part(tmp_path: Path) -> None:
    at = tmp_path / "instagram-sam.example-2025-02-11-AbCdEf01.zip"
    photo, inventory = items([zipped({"media/posts/202405/1.jpg": picture(LIFE[0])}, at)])
    assert isinstance(photo, FileSource) and isinstance(inventory, Inventory)
    assert inventory.service == "instagram" and "The lists of posts are not in this zip" in inventory.notes[0]


def test_the_oldest_list_tells_carousels_places_and_who_sees_them(tmp_path: Path) -> None:
    both = {
        "taken_at": "2019-05-04T10:11:12+02:00",
        "caption": "Caf\u00c3\u00a9",
        "location": "Synthetic Bay",
    }
    photos = [both | {"path": "photos/201905/1.jpg"}, both | {"path": "photos/201905/2.jpg"}]
    files = {
        "media.json": json.dumps({"direct": [], "stories": [], "photos": photos}).encode(),
        "profile.json": b'{"username": "sam.example", "private_account": true}',
        "photos/201905/1.jpg": picture(LIFE[0]),
        "photos/201905/2.jpg": picture(LIFE[1]),
    }
    (post,) = posts(list(items([zipped(files, tmp_path / "export.zip")])))
    assert (post.caption, post.posted, post.account) == ("Café", "2019-05-04T08:11:12Z", "sam.example")
    assert post.visibility == Visibility("followers", "private_account=true") and len(post.photos) == 2
    assert [(place.kind, place.name) for place in post.facts.places] == [("named", "Synthetic Bay")]


def test_the_lists_beside_the_oldest_are_known_and_a_new_one_is_not(tmp_path: Path) -> None:
    photo = {"taken_at": "2019-05-04T10:11:12+02:00", "path": "photos/201905/1.jpg"}
    files = {
        "media.json": json.dumps({"photos": [photo]}).encode(),
        "photos/201905/1.jpg": picture(LIFE[0]),
        **dict.fromkeys(("profile.json", "likes.json", "holograms.json", "other/likes.json"), b"{}"),
    }
    *_, inventory = items([zipped(files, tmp_path / "export.zip")])
    assert isinstance(inventory, Inventory) and inventory.unknown == ("holograms.json", "other/likes.json")


def test_what_stands_on_the_profile_is_told(tmp_path: Path) -> None:
    new = profile("False")
    new["string_map_data"]["Bio"] = {"value": "Mum in Syntheville 🌊"}
    old = {
        "media.json": json.dumps(
            {"photos": [{"taken_at": "2019-05-04T10:11:12+02:00", "path": "photos/201905/1.jpg"}]}
        ).encode(),
        "photos/201905/1.jpg": picture(LIFE[0]),
        "profile.json": b'{"username": "sam.example", "biography": "Mum in Syntheville"}',
    }
    for number, files in enumerate(
        (export(*LAYOUTS["2025"]) | {ACCOUNT: written({"profile_user": [new]})}, old)
    ):
        page, *_ = posts(list(items([zipped(files, tmp_path / f"{number}.zip")])))
        assert (page.id, page.account, page.visibility) == (PROFILE, "sam.example", Visibility())
        assert page.caption.startswith("Mum in Syntheville") and page.caption.endswith(
            ("\U0001f30a", "ville")
        )


@pytest.mark.parametrize("folder", ["your_instagram_activity/messages", "messages"])
def test_pictures_in_messages_are_those_of_whoever_sent_them(folder: str, tmp_path: Path) -> None:
    chat = f"{folder}/inbox/bob_123"
    sent = [
        {
            "sender_name": name,
            "timestamp_ms": 1714817472000 + number,
            "content": "from me",
            "photos": [{"uri": f"{chat}/photos/{number}.jpg", "creation_timestamp": 1714817472}],
        }
        for number, name in enumerate(("Sam Exämple", "Bob"))
    ]
    value = {"participants": [], "messages": [*sent, {"sender_name": "Bob", "content": "words alone"}, 5]}
    files = export(*LAYOUTS["2025"]) | {
        f"{chat}/message_1.json": written(value),
        f"{chat}/photos/0.jpg": picture(LIFE[0]),
        f"{chat}/photos/1.jpg": picture(LIFE[1]),
    }
    got = posts(list(items([zipped(files, tmp_path / "export.zip")])))
    own, others = (post for post in got if post.visibility.value == "limited")
    assert (own.own, own.caption, own.posted) == (True, "from me", "2024-05-04T10:11:12Z") and not others.own
    assert [Path(post.photos[0]).name for post in (own, others)] == ["0.jpg", "1.jpg"]
    assert own.visibility.evidence.startswith("message_1.json")


def test_numbered_zips_are_parts_of_one_export() -> None:
    names = (
        "instagram-sam.example-2025-02-11-AbCdEf01-1.zip",
        "instagram-sam.example-2025-02-11-AbCdEf01-2.zip",
    )
    assert len({INSTAGRAM.part(name) for name in names}) == 1 and INSTAGRAM.part(names[0])


TONGUES = [
    ("Nutzername", "Name", "Privates Konto", "Wahr", "Steckbrief", "Bildunterschrift"),
    ("Nom d’utilisateur", "Nom", "Compte privé", "Vrai", "Bio", "Légende"),
    ("Имя пользователя", "Имя", "Закрытый аккаунт", "Да", "Биография", "Подпись"),
    ("ユーザーネーム", "名前", "非公開アカウント", "はい", "自己紹介", "キャプション"),
]


@pytest.mark.parametrize(("user", "name", "private", "yes", "bio", "words"), TONGUES)
def test_labels_in_the_language_of_the_account_are_known(
    tmp_path: Path, user: str, name: str, private: str, yes: str, bio: str, words: str
) -> None:
    said = {user: "sam.example", name: "Sam Exämple", bio: "Runner", private: yes}
    value = {key: {"href": "", "value": each, "timestamp": 0} for key, each in said.items()}
    labels = {"timestamp": 1714817472, "label_values": [{"label": words, "value": "At sea"}]}
    files = {
        f"{HOME}/posts.json": written([labels]),
        ACCOUNT: written({"profile_user": [{"string_map_data": value}]}),
    }
    page, post = posts(list(items([zipped(files, tmp_path / "export.zip")])))
    assert (page.id, page.account, page.caption) == (PROFILE, "sam.example", "Runner")
    assert (post.caption, post.visibility) == ("At sea", Visibility("followers", f'{private}="{yes}"'))


def test_a_profile_whose_labels_are_strange_proves_nothing_and_that_is_said(tmp_path: Path) -> None:
    value = {"Qxz": {"value": "True"}, "Wvu": {"value": "sam.example"}}
    files = {
        f"{HOME}/posts_1.json": written([{"media": [one(title="At sea")]}]),
        ACCOUNT: written({"profile_user": [{"string_map_data": value}]}),
    }
    found = list(items([zipped(files, tmp_path / "export.zip")]))
    assert posts(found)[0].visibility == Visibility()
    assert "language whose labels" in notes(found)


def test_beside_coordinates_stands_the_name_of_the_place_whatever_its_label(tmp_path: Path) -> None:
    place = [
        {"label": "Ort", "value": "Café Beispiel"},
        {"label": "Koordinaten", "value": "(48.1, 11.5)"},
        {"label": "Link", "value": "https://example.org/cafe"},
    ]
    labels = {"timestamp": 1714817472, "label_values": [{"title": "Wo", "dict": place}]}
    (post,) = posts(given(tmp_path, posts=[labels]))
    assert [found.name for found in post.facts.places] == ["Café Beispiel"]


def test_addresses_of_logins_are_kept_by_the_service(tmp_path: Path) -> None:
    def values(**some: str) -> dict[str, Any]:
        return {"string_map_data": {k.replace("_", " "): {"value": each} for k, each in some.items()}}

    where = "security_and_login_information/login_and_profile_creation"
    last = values(Imprecise_Latitude="48.1", Imprecise_Longitude="11.5")
    files = {
        f"{HOME}/posts_1.json": written([{"media": [one(title="At sea")]}]),
        f"{where}/login_activity.json": written(
            {"account_history_login_history": [values(IP_Address="203.0.113.7", Port="443"), last]}
        ),
    }
    found = list(items([zipped(files, tmp_path / "export.zip")]))
    (account,) = [post for post in posts(found) if post.id == "account"]
    assert [each.value for each in account.stored.identifiers] == ["203.0.113.7"]
    assert stored_places(account) == [(48.1, 11.5)]
