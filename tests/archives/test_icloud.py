"""What is special about an export of iCloud Photos: flags, albums, dates and parts."""

from __future__ import annotations

import json
import locale
from collections.abc import Mapping
from pathlib import Path

import pytest

from exposure.archives import items
from exposure.archives.icloud import date, part
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.icloud import HEAD, table
from tests.archives.life import LIFE, picture

ONE, TWO = LIFE[:2]


def read(tmp_path: Path, files: Mapping[str, bytes]) -> list[Item]:
    return list(items([zipped(files, tmp_path / "iCloud Photos.zip")]))


def posts(got: list[Item]) -> list[Post]:
    return [item for item in got if isinstance(item, Post)]


def notes(got: list[Item]) -> str:
    assert isinstance(got[-1], Inventory)
    return " ".join(got[-1].notes)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Saturday June 4,2022 12:11 PM GMT", "2022-06-04T12:11:00Z"),
        ("Saturday June 4,2022 12:11 AM GMT", "2022-06-04T00:11:00Z"),
        ("Friday May 3,2024 6:00 PM GMT", "2024-05-03T18:00:00Z"),
        ("Friday May 3, 2024 at 6:00:07 PM GMT", "2024-05-03T18:00:07Z"),
        ("Friday May 3,2024 6:00\u202fPM GMT", "2024-05-03T18:00:00Z"),
        ("Friday May 3,2024 18:05 GMT", "2024-05-03T18:05:00Z"),
        ("2024-05-03T18:00:00Z", "2024-05-03T18:00:00Z"),
        ("Freitag Mai 3,2024 6:00 PM GMT", ""),
        ("Friday May 33,2024 6:00 PM GMT", ""),
        ("", ""),
        ("Friday", ""),
    ],
)
def test_dates_are_read_without_asking_the_system(written: str, meant: str) -> None:
    before = locale.setlocale(locale.LC_TIME)
    assert (date(written), locale.setlocale(locale.LC_TIME)) == (meant, before)


def test_hidden_deleted_and_albums(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        {
            f"Photos/{ONE.name}": picture(ONE),
            "Photos/Photo Details.csv": table([ONE], hidden="yes"),
            f"Recently Deleted/{TWO.name}": picture(TWO),
            "Recently Deleted/Photo Details.csv": table([TWO]),
            "Albums/Weekend.csv": f"imgName\n{ONE.name}\n".encode(),
            "Memories/Sea.csv": f"Images\n{ONE.name}\n".encode(),
        },
    )
    one, two = posts(got)
    assert [t.value for t in one.facts.texts] == ["Weekend", "Sea"]
    assert [(t.kind, t.value) for t in one.stored.texts] == [("keyword", "hidden")]
    assert (one.status, two.status) == ("live", "deleted")
    assert one.visibility == ("unknown", "") and isinstance(got[-1], Inventory) and not got[-1].unknown


def test_a_line_may_say_that_its_photo_is_deleted(tmp_path: Path) -> None:
    files = {f"Photos/{ONE.name}": picture(ONE), "Photos/Photo Details.csv": table([ONE], deleted="yes")}
    assert posts(read(tmp_path, files))[0].status == "deleted"


def test_one_name_in_two_folders_goes_to_the_table_beside_it(tmp_path: Path) -> None:
    files = {
        f"A/Photos/{ONE.name}": picture(ONE),
        f"B/Photos/{ONE.name}": picture(TWO),
        "A/Photos/Photo Details.csv": table([ONE]),
        "B/Photos/Photo Details.csv": table([ONE]),
    }
    first, second = posts(read(tmp_path, files))
    assert "A/Photos" in first.photos[0] and "B/Photos" in second.photos[0]
    assert (len(first.photos), len(second.photos)) == (1, 1) and first.id != second.id


def test_the_film_of_a_live_photo_is_of_its_post(tmp_path: Path) -> None:
    files = {
        "Photos/IMG_1.HEIC": picture(ONE),
        "Photos/IMG_1.MOV": picture(TWO),
        "Photos/Photo Details.csv": f"{HEAD}\nIMG_1.HEIC,x,no,no,no,,0,\n".encode(),
    }
    got = read(tmp_path, files)
    assert [Path(name).name for name in posts(got)[0].photos] == ["IMG_1.HEIC", "IMG_1.MOV"]
    assert "no table" not in notes(got)


def test_a_film_with_a_line_of_its_own_is_not_missed(tmp_path: Path) -> None:
    files = {
        "Photos/IMG_1.HEIC": picture(ONE),
        "Photos/IMG_1.MOV": picture(TWO),
        "Photos/Photo Details.csv": f"{HEAD}\nIMG_1.HEIC,x,no,no,no,,0,\nIMG_1.MOV,y,no,no,no,,0,\n".encode(),
        "Albums/Empty.csv": b"imgName\n",
        "Memories/Day.csv": b"imageName\nIMG_1.HEIC\n",
    }
    got = read(tmp_path, files)
    (post,) = posts(got)
    assert len(post.photos) == 2 and [t.value for t in post.facts.texts] == ["Day"]
    assert "not here" not in notes(got) and isinstance(got[-1], Inventory) and not got[-1].unknown


def test_two_photos_of_one_name_in_two_parts_are_two(tmp_path: Path) -> None:
    paths = [
        zipped(
            {f"Photos/{ONE.name}": picture(what), f"Photos/Photo Details{n}.csv": table([ONE])},
            tmp_path / f"iCloud Photos Part {n} of 2.zip",
        )
        for n, what in ((1, ONE), (2, TWO))
    ]
    got = list(items(paths))
    assert not [item for item in got if isinstance(item, Examination)]
    assert [str(Path(post.photos[0]).parent.parent.name) for post in posts(got)] == [
        path.name for path in paths
    ]


def test_parts_that_were_unpacked_are_counted_too(tmp_path: Path) -> None:
    files = {f"iCloud Photos Part 3 of 3/Photos/{ONE.name}": picture(ONE)}
    files["iCloud Photos Part 3 of 3/Photos/Photo Details.csv"] = table([ONE])
    assert "Of 3 parts these are missing: 1, 2." in notes(read(tmp_path, files))


def test_what_lies_without_its_other_half_is_counted(tmp_path: Path) -> None:
    files = {f"Photos/{ONE.name}": picture(ONE), "Photos/Photo Details.csv": table([TWO])}
    got = read(tmp_path, files)
    assert "no table of this export names: 1." in notes(got) and "not here: 1." in notes(got)
    assert [Path(s.name).name for s in got if isinstance(s, FileSource)] == [ONE.name]


def test_missing_parts_are_named(tmp_path: Path) -> None:
    paths = [
        zipped(
            {f"Photos/{number}.jpg": picture(ONE), "Photos/Photo Details.csv": table([ONE])}, tmp_path / name
        )
        for number, name in ((1, "iCloud Photos Part 1 of 4.zip"), (3, "iCloud Photos Part 3 of 4.zip"))
    ]
    got = list(items(paths))
    assert sum(isinstance(item, Inventory) for item in got) == 1
    assert "Of 4 parts these are missing: 2, 4." in notes(got)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("iCloud Photos Part 1 of 3.zip", "icloud photos part  3"),
        ("Fotos de iCloud Parte 2 de 3.zip", "fotos de icloud parte  3"),
        ("iCloud Photos.zip", None),
        ("Holiday Part 1 of 3.zip", None),
    ],
)
def test_what_parts_have_in_common(name: str, whole: str | None) -> None:
    assert part(name) == whole


def test_photos_of_shared_albums_are_posts_that_others_may_see(tmp_path: Path) -> None:
    comment = {"comment": "So nice, Ann", "isLike": False, "contributor": {"fullName": "Bea Example"}}
    told = {"name": ONE.name, "dateCreated": "Friday May 3,2024 6:00 PM GMT", "comments": [comment]}
    files = {
        "My Albums/Summer/AlbumInfo.json": json.dumps({"albumName": "Summer", "photos": [told]}).encode(),
        f"My Albums/Summer/{ONE.name}": picture(ONE),
        f"My Albums/Summer/{TWO.name}": picture(TWO),
        "Subscribed Albums.json": json.dumps(
            [{"albumName": "Theirs", "comments": [{"fileName": "IMG_9.JPG", "comments": [comment]}]}]
        ).encode(),
    }
    got = read(tmp_path, files)
    one, two, theirs = posts(got)
    assert one.posted == "2024-05-03T18:00:00Z" and one.visibility.value == "unknown"
    assert one.visibility.evidence == "in a shared album, says AlbumInfo.json"
    assert {(t.kind, t.value) for t in one.facts.texts} == {("title", "Summer"), ("comment", "So nice, Ann")}
    assert [p.name for p in one.facts.people] == ["Bea Example"]
    assert [Path(name).name for post in (one, two) for name in post.photos] == [ONE.name, TWO.name]
    assert (one.own, theirs.own, theirs.photos) == (True, False, ())
    assert "Photos of shared albums are marked" in notes(got) and "names: " not in notes(got)
    assert isinstance(got[-1], Inventory) and not got[-1].unknown


def test_another_list_of_that_name_is_no_album(tmp_path: Path) -> None:
    files = {"AlbumInfo.json": b'{"artist": "x"}', "Photos/Photo Details.csv": table([ONE])}
    got = read(tmp_path, files)
    assert isinstance(got[-1], Inventory) and got[-1].unknown == ("AlbumInfo.json",)
    assert "Shared Albums.zip" in notes(got)
