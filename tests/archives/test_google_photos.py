"""What is special about a Takeout: copies, albums, flags, parts, and records that lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import found, items
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.google_photos import packed, record
from tests.archives.life import LIFE, picture

HARBOUR, CAFE = LIFE[0], LIFE[1]
YEAR, ALBUM = "Takeout/Google Photos/Photos from 2024", "Takeout/Google Photos/Weekend"


def taken(tmp_path: Path, name: str = "takeout.zip", **folders: dict[str, bytes]) -> list[Item]:
    where = {"year": YEAR, "album": ALBUM, "other": "Takeout/Google Photos/Trash"}
    files = {f"{where[f]}/{n}": data for f, some in folders.items() for n, data in some.items()}
    return list(items([zipped(files, tmp_path / name)]))


def posts(got: list[Item]) -> list[Post]:
    return [item for item in got if isinstance(item, Post)]


def names(got: list[Item]) -> list[str]:
    return [Path(item.name).name for item in got if isinstance(item, FileSource)]


def notes(got: list[Item]) -> str:
    assert isinstance(got[-1], Inventory)
    return " ".join(got[-1].notes)


def photo(**more: Any) -> dict[str, bytes]:
    return {HARBOUR.name: picture(HARBOUR), f"{HARBOUR.name}.json": packed(record(HARBOUR, **more))}


def album(**more: Any) -> dict[str, bytes]:
    return {"metadata.json": packed({"title": "Weekend", "access": "", **more})}


def test_a_copy_in_an_album_is_the_same_photo_in_that_album(tmp_path: Path) -> None:
    got = taken(tmp_path, year=photo(), album=photo() | album(access="shared"))
    (one, own) = posts(got)
    assert names(got) == [HARBOUR.name] and len(one.photos) == 1 and not own.photos
    assert [(t.kind, t.value) for t in one.facts.texts] == [
        ("caption", HARBOUR.caption),
        ("title", "Weekend"),
    ]
    assert one.visibility == own.visibility == ("unknown", 'access="shared"')


@pytest.mark.parametrize("page", ["", "https://photos.google.com/photo/AF1Qip-OTHERLINK"])
def test_without_the_same_link_the_bytes_say_whether_it_is_a_copy(page: str, tmp_path: Path) -> None:
    assert len(posts(taken(tmp_path, year=photo(), album=photo(url=page)))) == 1
    other = photo(url=page) | {HARBOUR.name: picture(CAFE)}
    got = taken(tmp_path, year=photo(), album=other)
    assert len(posts(got)) == 2 and len(names(got)) == 2 and len({p.id for p in posts(got)}) == 2


def test_other_bytes_under_the_same_link_are_looked_at_too(tmp_path: Path) -> None:
    got = taken(tmp_path, year=photo(), album=photo() | {HARBOUR.name: picture(CAFE)})
    (post,) = posts(got)
    assert len(post.photos) == 2 == len(names(got))


def test_a_copy_without_a_sidecar_and_a_sidecar_without_a_copy_find_their_photo(tmp_path: Path) -> None:
    got = taken(
        tmp_path,
        year=photo(),
        album={HARBOUR.name: picture(HARBOUR)} | album(),
        other={f"{HARBOUR.name}.json": packed(record(HARBOUR, url=""))},
    )
    (post,) = posts(got)
    assert names(got) == [HARBOUR.name] and "Weekend" in [text.value for text in post.facts.texts]
    assert "without" not in notes(got)


def test_what_lies_without_its_other_half_is_counted(tmp_path: Path) -> None:
    got = taken(tmp_path, year=photo() | {"lone.jpg": picture(CAFE), "gone.jpg.json": packed(record(CAFE))})
    assert [len(post.photos) for post in posts(got)] == [0, 1] and "lone.jpg" in names(got)
    assert "1 photo lies here without a record" in notes(got)
    assert "1 record of Google’s lies here without" in notes(got)


def test_an_edited_copy_belongs_to_the_post_of_its_original(tmp_path: Path) -> None:
    got = taken(tmp_path, year=photo() | {"moment1-edited.jpg": picture(CAFE)})
    (post,) = posts(got)
    assert [Path(name).name for name in post.photos] == ["moment1.jpg", "moment1-edited.jpg"]
    assert isinstance(got[-1], Inventory) and got[-1].notes[0].startswith("1 photo lies here edited, beside")


@pytest.mark.parametrize("film", ["moment1.mp4", "moment1-effects.jpg"])
def test_only_what_the_owner_edited_is_told_to_be_edited(film: str, tmp_path: Path) -> None:
    got = taken(tmp_path, year=photo() | {film: picture(CAFE)})
    assert isinstance(got[-1], Inventory) and not any("edited" in note for note in got[-1].notes)


@pytest.mark.parametrize(
    ("more", "status", "own"),
    [
        ({"trashed": True}, "deleted", True),
        ({"archived": True}, "archived", True),
        ({"archived": False, "trashed": False}, "live", True),
        ({"googlePhotosOrigin": {"fromSharedAlbum": {}}}, "live", False),
        ({"googlePhotosOrigin": {"fromPartnerSharing": {}}}, "live", False),
        ({"fromPartnerSharing": {}}, "live", False),
    ],
)
def test_flags(more: dict[str, Any], status: str, own: bool, tmp_path: Path) -> None:
    (post,) = posts(taken(tmp_path, year=photo(**more)))
    assert (post.status, post.own) == (status, own)


def test_places_of_google_and_of_the_camera_are_told_once_each(tmp_path: Path) -> None:
    def told(geo: dict[str, Any], exif: dict[str, Any]) -> list[tuple[float | None, float | None, str]]:
        got = taken(tmp_path, year=photo(geoData=geo, geoDataExif=exif))
        return [(p.latitude, p.longitude, p.address.path) for p in posts(got)[0].stored.places]

    here, there = {"latitude": 12.5, "longitude": -38.5}, {"latitude": 12.6, "longitude": -38.5}
    path = "Google Photos:moment1.jpg.json:"
    assert told(here, here) == [(12.5, -38.5, f"{path}geoData")]
    assert told(here, there) == [(12.5, -38.5, f"{path}geoData"), (12.6, -38.5, f"{path}geoDataExif")]
    assert told({"latitude": 0.0, "longitude": 0.0}, there) == [(12.6, -38.5, f"{path}geoDataExif")]
    assert told({"latitude": 500, "longitude": "x"}, {}) == []


def test_an_album_is_a_post_with_its_words_places_and_comments(tmp_path: Path) -> None:
    more = {
        "sharedAlbumComments": [{"text": "nice", "contentOwnerName": "Person B"}],
        "enrichments": [
            {"narrativeEnrichment": {"text": "Day one"}},
            {"locationEnrichment": {"location": [{"name": "Bay", "description": "Sea", "latitudeE7": 125000000,
                                                  "longitudeE7": -385000000}]}},
            {"mapEnrichment": {"origin": [{"name": "Pier"}], "destination": [{"name": "Bay"}]}},
        ],
    }  # fmt: skip
    for value in ({"title": "Weekend", **more}, {"albumData": {"title": "Weekend", **more}}):
        got = taken(tmp_path, year=photo(), album={"métadonnées.json": packed(value)})
        post = posts(got)[1]
        assert [(p.latitude, p.longitude, p.name) for p in post.facts.places] == [
            (12.5, -38.5, "Bay, Sea"),
            (None, None, "Pier"),
            (None, None, "Bay"),
        ]
        assert [(t.kind, t.value) for t in post.facts.texts] == [
            ("title", "Weekend"),
            ("caption", "Day one"),
            ("comment", "nice"),
        ]
        assert [(p.role, p.name) for p in post.facts.people] == [("mentioned", "Person B")]
        assert post.visibility == ("unknown", "")


@pytest.mark.parametrize(
    "value",
    [
        {"title": 5, "photoTakenTime": {"timestamp": 1e300}, "people": {"name": ["x"]}, "geoData": [[1]]},
        {"title": None, "photoTakenTime": [], "url": ["x"], "description": {}, "googlePhotosOrigin": "x"},
        {"title": "x" * 10_000, "photoTakenTime": "-1", "url": "javascript:alert(1)", "people": "Person B"},
        {"photoTakenTime": {"timestamp": "0"}, "creationTime": 5, "sharedAlbumComments": "x", "locations": 1},
    ],
)
def test_records_of_another_shape_are_posts_that_say_less(value: dict[str, Any], tmp_path: Path) -> None:
    got = taken(tmp_path, year={HARBOUR.name: picture(HARBOUR), f"{HARBOUR.name}.json": packed(value)})
    (post,) = posts(got)
    assert len(post.photos) == 1 and post.link == ("", "none") and post.posted == ""
    assert not post.stored.places and not post.stored.times


def test_a_link_opens_for_the_owner_alone(tmp_path: Path) -> None:
    (post,) = posts(taken(tmp_path, year=photo()))
    assert post.link == ("https://photos.google.com/photo/AF1Qip-SYNTHETIC1", "owner-only")
    assert post.id == "AF1Qip-SYNTHETIC1" and post.visibility == ("unknown", "")


def test_missing_parts_are_named(tmp_path: Path) -> None:
    def said(*numbers: str) -> str:
        paths = []
        for at, number in enumerate(numbers):
            some = photo() if at == 0 else {f"{at}.jpg": picture(CAFE)}
            files = {f"{YEAR}/{name}": data for name, data in some.items()}
            paths.append(zipped(files, tmp_path / f"takeout-20240516T230250Z-{number}.zip"))
        return notes(list(items(paths)))

    assert "Part 2 is missing: ask Google for it again, or name it too." in said("001", "003")
    assert "Parts 1, 3 are missing: ask Google for them again" in said("3-002", "3-004")
    assert "missing: ask" not in said("001", "3-002")
    assert "last part here is number 2." in said("001", "002")


def test_a_list_that_lies_in_each_part_is_one_list(tmp_path: Path) -> None:
    paths = []
    for number, name in ((1, "a.jpg"), (2, "b.jpg")):
        files = {f"{ALBUM}/{name}": picture(HARBOUR), f"{ALBUM}/{name}.json": packed(record(HARBOUR))}
        files |= {f"{ALBUM}/metadata.json": album(access="shared")["metadata.json"]}
        paths.append(zipped(files, tmp_path / f"takeout-20240516T230250Z-00{number}.zip"))
    got = list(items(paths))
    assert not [item for item in got if isinstance(item, Examination)]
    other = zipped(
        {f"{ALBUM}/metadata.json": packed({"title": "Other", "description": "words"})},
        tmp_path / "takeout-20240516T230250Z-003.zip",
    )
    got = list(items([*paths, other]))
    assert "words" in {text.value for post in posts(got) for text in post.facts.texts}
    assert not [item for item in got if isinstance(item, Examination)]


def test_an_old_print_that_was_scanned_has_its_year(tmp_path: Path) -> None:
    (post,) = posts(taken(tmp_path, year=photo(photoTakenTime={"timestamp": "-300000000"})))
    assert [time.local for time in post.stored.times] == ["1960-06-29T18:40:00"]


def test_a_part_without_a_single_record_is_known_by_its_name(tmp_path: Path) -> None:
    files = {f"{YEAR}/a.jpg": picture(HARBOUR)}
    ((_, archive),) = found([zipped(files, tmp_path / "takeout-20240516T230250Z-002.zip")])
    assert archive.name == "google-photos"
    ((_, other),) = found([zipped(files, tmp_path / "holiday.zip")])
    assert other.name == "folder"


def test_json_of_other_products_is_left_alone_and_named(tmp_path: Path) -> None:
    files = {f"{YEAR}/{name}": data for name, data in photo().items()}
    files["Takeout/Maps/Records.json"] = json.dumps({"title": "x", "locations": []}).encode()
    got = list(items([zipped(files, tmp_path / "takeout.zip")]))
    assert isinstance(got[-1], Inventory) and got[-1].unknown == ("Takeout/Maps/Records.json",)
    assert len(posts(got)) == 1
