from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import found, items
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Link, Post, Visibility
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.exports.strava import HEAD, export, row, table
from tests.archives.life import LIFE, picture

FIRST = LIFE[0]


def given(tmp_path: Path, *rows: list[str], **more: bytes) -> list[Item]:
    files = {"activities.csv": table(HEAD, rows), "profile.csv": b"Athlete ID\n1\n"}
    return list(items([zipped(files | more, tmp_path / "export_1.zip")]))


def posts(found: list[Item]) -> list[Post]:
    return [item for item in found if isinstance(item, Post)]


def notes(found: list[Item]) -> str:
    (inventory,) = (item for item in found if isinstance(item, Inventory))
    return "\n".join(inventory.notes)


@pytest.mark.parametrize("between", ["|", ";", ", "])
def test_the_photos_of_an_activity_stand_in_one_cell(between: str, tmp_path: Path) -> None:
    cell = between.join(["media/a.jpg", "media/b.jpg", "media/gone.jpg"])
    more = {"media/a.jpg": picture(FIRST), "media/b.jpg": picture(LIFE[1]), "media/c.jpg": picture(LIFE[2])}
    got = given(tmp_path, row(FIRST, Media=cell), **more)
    (post,) = posts(got)
    assert [name.rpartition("/")[2] for name in post.photos] == [
        "a.jpg",
        "b.jpg",
    ] and "not here: 1." in notes(got)
    assert len([item for item in got if isinstance(item, FileSource)]) == 3


def test_a_private_note_is_stored_and_the_description_is_shown(tmp_path: Path) -> None:
    cells = {
        "Activity Private Note": "left the key",
        "Activity Name": "Run",
        "Activity Description": "From home",
    }
    (post,) = posts(given(tmp_path, row(FIRST, **cells)))
    assert post.caption == "Run\nFrom home"
    assert [text.value for text in post.stored.texts] == ["left the key"]


def test_nobody_is_said_to_see_it_and_the_link_is_built(tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, row(FIRST)))
    assert post.visibility == Visibility()
    assert post.link == Link("https://www.strava.com/activities/9100000001", "constructed")


def test_tracks_are_counted_and_said_not_to_be_read(tmp_path: Path) -> None:
    *_, inventory = items([zipped(export(HEAD), tmp_path / "export_1.zip")])
    assert isinstance(inventory, Inventory)
    assert any("not read: 3." in note for note in inventory.notes) and not inventory.unknown


def test_the_caption_of_a_photo_is_shown(tmp_path: Path) -> None:
    first, *_ = (i for i in items([zipped(export(HEAD), tmp_path / "export_1.zip")]) if isinstance(i, Post))
    assert [text.value for text in first.facts.texts] == [FIRST.caption, "At the gate"]


def test_lines_that_are_none_and_dates_that_are_none_are_counted(tmp_path: Path) -> None:
    odd = row(FIRST, **{"Activity ID": ""})
    undated = row(LIFE[1], **{"Activity Date": "3. mai 2024 kl. 18.00"})
    got = given(tmp_path, odd, [], ["9"], undated)
    assert [post.id for post in posts(got)] == ["9", "9100000002"]
    assert "left out: 1." in notes(got) and "not understood: 2." in notes(got)


def test_an_activity_that_comes_twice_keeps_a_name_of_its_own(tmp_path: Path) -> None:
    assert [post.id for post in posts(given(tmp_path, row(FIRST), row(FIRST)))] == [
        "9100000001",
        "9100000001-2",
    ]


def test_an_id_that_is_no_number_gives_no_link(tmp_path: Path) -> None:
    (post,) = posts(given(tmp_path, row(FIRST, **{"Activity ID": "../evil"})))
    assert post.link == Link()


def test_names_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    got = given(tmp_path, row(FIRST, Media="../../etc/passwd|/etc/passwd|https://example.invalid/a.jpg"))
    (post,) = posts(got)
    assert not post.photos and "not followed: 2." in notes(got) and "internet: 1." in notes(got)


def test_a_table_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    got = given(tmp_path, **{"media.csv": b"\x00" * 3, "activities.csv": b'Activity ID\n"1\x00'})
    assert isinstance(got[-1], Inventory)
    assert all(item.media == "account data" for item in got if isinstance(item, Examination))


def test_a_table_of_activities_alone_is_no_export(tmp_path: Path) -> None:
    ((_, archive),) = found(
        [zipped({"activities.csv": table(HEAD, []), "a.jpg": picture(FIRST)}, tmp_path / "a.zip")]
    )
    assert archive.name == "folder"


@pytest.mark.parametrize(
    "written",
    [
        "4. Mai 2024, 10:11:12",
        "4 mai 2024 à 10:11:12",
        "4 de mayo de 2024, 10:11:12",
        "4 mag 2024, 10:11:12",
        "4 мая 2024 г., 10:11:12",
        "4 maj 2024 10:11:12",
    ],
)
def test_a_month_in_the_words_of_another_language_is_known(tmp_path: Path, written: str) -> None:
    (post,) = posts(given(tmp_path, row(FIRST, **{"Activity Date": written})))
    assert post.posted == "2024-05-04T10:11:12Z"


@pytest.mark.parametrize("written", ["31. Februar 2024, 10:11:12", "4. Xyz 2024, 10:11:12", "4. Mai 2024"])
def test_a_date_that_is_none_is_counted(tmp_path: Path, written: str) -> None:
    got = given(tmp_path, row(FIRST, **{"Activity Date": written}))
    assert posts(got)[0].posted == "" and "not understood: 1" in notes(got)
