from __future__ import annotations

import json
from pathlib import Path

from exposure.archives import items
from exposure.post import Inventory, Post
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture


def posts(tmp_path: Path, **files: str) -> list[Post]:
    at = zipped(
        {name.replace("__", "."): text.encode() for name, text in files.items()}, tmp_path / "flickr.zip"
    )
    return [item for item in items([at]) if isinstance(item, Post)]


def test_friends_and_family_are_limited_and_no_privacy_is_unknown(tmp_path: Path) -> None:
    one, other = posts(
        tmp_path,
        photo_51000000001__json='{"id": "51000000001", "photopage": "", "privacy": "friend & family"}',
        photo_51000000002__json='{"id": "51000000002", "photopage": ""}',
    )
    assert one.visibility == ("limited", 'privacy="friend & family"')
    assert other.visibility == ("unknown", "")


def test_geo_may_be_a_list_of_one_and_in_degrees(tmp_path: Path) -> None:
    (post,) = posts(
        tmp_path,
        photo_51000000001__json='{"id": "51000000001", "photopage": "", '
        '"geo": [{"latitude": "12.5", "longitude": "-38500000"}]}',
    )
    assert [(p.latitude, p.longitude) for p in post.facts.places] == [(12.5, -38.5)]


def record(id: str, **more: object) -> bytes:
    page = f"https://www.flickr.com/photos/example/{id}/"
    return json.dumps({"id": id, "photopage": page, "privacy": "public", **more}).encode()


def test_a_record_is_never_taken_for_its_photo(tmp_path: Path) -> None:
    names = {
        "6012345678": "harbour_6012345678_o.jpg",  # before photo_… in the alphabet
        "6012345679": "20110814_6012345679_o.jpg",
        "6012345680": "6012345680_0123456789_o.jpg",  # a secret of figures alone
        "6012345681": "zoo_6012345681.mp4",
        "412345": "old_412345_o.jpg",
    }
    files = {f"photo_{id}.json": record(id) for id in (*names, "6012345682")}
    at = zipped(files | {name: picture(LIFE[0]) for name in names.values()}, tmp_path / "flickr.zip")
    got = [item for item in items([at]) if isinstance(item, Post)]
    assert {post.id: [Path(p).name for p in post.photos] for post in got} == {
        id: [names[id]] if id in names else [] for id in (*names, "6012345682")
    }


def test_missing_zips_and_halves_are_noted(tmp_path: Path) -> None:
    paths = [
        zipped({"photo_6012345678.json": record("6012345678")}, tmp_path / "72157_0a1b2c3d4e5f_part1.zip"),
        zipped({"photo_6012345679.json": record("6012345679")}, tmp_path / "72157_0a1b2c3d4e5f_part3.zip"),
        zipped({"a_6012345680_o.jpg": picture(LIFE[0])}, tmp_path / "data-download-2.zip"),
    ]
    (inventory,) = (item for item in items(paths) if isinstance(item, Inventory))
    account, photo, lone, alone = inventory.notes
    assert "account zips these are missing: 2." in account and "photo zips these are missing: 1." in photo
    assert lone.startswith("Records without their photo: 2.") and alone.startswith(
        "Photos without a record: 1."
    )


def test_a_word_that_is_not_known_and_an_address_that_is_no_page_prove_nothing(tmp_path: Path) -> None:
    strange = record(
        "6012345678", privacy="offen", photopage="javascript:alert(1)", date_taken="0000-00-00 00:00:00"
    )
    at = zipped(
        {
            "photo_1234567.json": b"[",
            "photo_6012345678.json": strange,
            "photo_6012345679.json": record("6012345679"),
        },
        tmp_path / "flickr.zip",
    )
    one, _ = (item for item in items([at]) if isinstance(item, Post))
    assert one.visibility == ("unknown", 'privacy="offen"')
    assert one.link.tier == "none" and not one.facts.times


def test_a_record_of_another_shape_is_told(tmp_path: Path) -> None:
    files = {"photo_6012345678.json": record("6012345678"), "photo_6012345679.json": b"[]"}
    files["photo_6012345680.json"] = b'{"id": null, "privacy": "public"}'
    got = list(items([zipped(files, tmp_path / "flickr.zip")]))
    assert [item.id for item in got if isinstance(item, Post)] == ["6012345678", "6012345680"]
    assert isinstance(got[-1], Inventory) and got[-1].unknown == ("photo_6012345679.json",)


def test_the_camera_of_the_page_is_a_fact(tmp_path: Path) -> None:
    exif = {"Make": {"label": "Make", "value": "NIKON"}, "Model": {"label": "Model", "raw_value": "D90"}}
    (post,) = posts(tmp_path, photo_6012345678__json=record("6012345678", exif=exif).decode())
    assert [(device.make, device.model) for device in post.facts.devices] == [("NIKON", "D90")]


def test_what_others_read_beside_the_photo_is_told(tmp_path: Path) -> None:
    beside = {
        "albums": [{"id": "7", "title": "At grandma's"}],
        "notes": [{"id": "1", "x": "10", "text": "This is Ann"}],
        "comments": [{"id": "1", "user": "https://www.flickr.com/people/bea", "comment": "Greetings to Ann"}],
        "people": [{"user": "https://www.flickr.com/people/bea", "user_name": "Bea Example"}],
    }
    (post,) = posts(tmp_path, photo_6012345678__json=record("6012345678", **beside).decode())
    told = {(each.kind, each.value) for each in post.facts.texts}
    assert told == {("title", "At grandma's"), ("comment", "This is Ann"), ("comment", "Greetings to Ann")}
    assert [person.name for person in post.facts.people] == ["Bea Example"]


def test_the_profile_is_told_and_its_address_is_only_stored(tmp_path: Path) -> None:
    said = {"real_name": "Ann Example", "city": "Graz", "description": "me", "email": ["ann@example.org"]}
    page = "https://www.flickr.com/people/example/"
    files = {
        "photo_6012345678__json": record("6012345678").decode(),
        "account_profile__json": json.dumps({**said, "profile_url": page}),
    }
    of_photo, profile = posts(tmp_path, **files)
    assert (profile.id, profile.account) == ("profile", of_photo.account)
    assert (profile.link, profile.visibility.value) == ((page, "exact"), "unknown")
    assert [(p.role, p.name) for p in profile.facts.people] == [("owner", "Ann Example")]
    assert [p.name for p in profile.facts.places] == ["Graz"] and profile.caption == "me"
    assert [t.value for t in profile.stored.texts] == ["ann@example.org"]


def test_a_damaged_profile_is_told(tmp_path: Path) -> None:
    at = zipped(
        {"photo_6012345678.json": record("6012345678"), "account_profile.json": b"{"}, tmp_path / "f.zip"
    )
    assert [type(item).__name__ for item in items([at])] == ["Post", "Examination", "Inventory"]


def test_what_is_written_over_an_album_is_read(tmp_path: Path) -> None:
    page = "https://www.flickr.com/photos/example/albums/7215"
    album = {
        "id": "7215",
        "url": page,
        "title": "Hangout",
        "description": "Beispielstrasse 5",
        "created": "1714817472",
    }
    files = {
        "photo_51000000001.json": record("51000000001"),
        "albums.json": json.dumps(
            {"albums": [album, {"id": "2", "title": "Bare", "description": ""}]}
        ).encode(),
    }
    got = [one for one in items([zipped(files, tmp_path / "flickr.zip")]) if isinstance(one, Post)]
    (over,) = [post for post in got if post.id.startswith("album-")]
    assert over.caption == "Hangout\nBeispielstrasse 5" and over.link.value == page
    assert over.visibility.value == "unknown" and over.posted == "2024-05-04T10:11:12Z"
