from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exposure.archives import items
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture


def memory(time: str, kind: str = "Image", where: str = "12.5, -38.5") -> dict[str, str]:
    return {"Date": f"{time} UTC", "Media Type": kind, "Location": f"Latitude, Longitude: {where}"}


def read(tmp_path: Path, lists: dict[str, Any], *names: str, zip: str = "mydata~1.zip") -> list[Item]:
    files = {f"json/{name}.json": json.dumps(value).encode() for name, value in lists.items()}
    return list(items([zipped(files | dict.fromkeys(names, picture(LIFE[0])), tmp_path / zip)]))


def memories(*some: dict[str, str]) -> dict[str, Any]:
    return {"memories_history": {"Saved Media": list(some)}}


def posts(got: list[Item]) -> list[Post]:
    return [item for item in got if isinstance(item, Post)]


def notes(got: list[Item]) -> str:
    (inventory,) = [item for item in got if isinstance(item, Inventory)]
    return " ".join(inventory.notes)


def test_a_memory_is_private_and_its_place_is_stored(tmp_path: Path) -> None:
    got = read(
        tmp_path, memories(memory("2024-05-03 18:00:00"), memory("2024-05-03 18:01:00", "Video", "0.0, 0.0"))
    )
    one, two = posts(got)
    assert one.visibility.value == two.visibility.value == "private"
    assert [p[:2] for p in one.stored.places] == [(12.5, -38.5)] and not one.facts.places
    assert two.stored.places == () and two.link.tier == "none"
    assert "not opened" in notes(got)


def test_a_file_is_joined_where_it_is_the_only_one_of_its_day_and_kind(tmp_path: Path) -> None:
    some = memories(
        memory("2024-05-03 18:00:00"),
        memory("2024-05-03 18:01:00", "Video"),
        memory("2024-05-04 08:00:00"),
        memory("2024-05-04 09:00:00"),
    )
    names = [
        "2024-05-03_A-main.jpg",
        "2024-05-03_A-overlay.png",
        "2024-05-03_B-main.mp4",
        "2024-05-04_C-main.jpg",
    ]
    got = read(tmp_path, some, *(f"memories/{name}" for name in names))
    assert [[Path(name).name for name in post.photos] for post in posts(got)] == [
        names[:2],
        names[2:3],
        [],
        [],
    ]
    assert sum(isinstance(item, FileSource) for item in got) == 4
    assert "cannot be told apart" in notes(got)


def test_two_memories_of_one_second_are_two_posts(tmp_path: Path) -> None:
    got = read(tmp_path, memories(memory("2024-05-03 18:00:00"), memory("2024-05-03 18:00:00")))
    assert [post.id for post in posts(got)] == ["20240503T180000Z", "20240503T180000Z-2"]


def test_what_only_the_service_sees_is_stored_with_the_account(tmp_path: Path) -> None:
    account = {
        "Basic Information": {"Username": "sam", "Registration IP": "203.0.113.6"},
        "Login History": [{"IP": "203.0.113.7"}, {"IP": "203.0.113.7"}],
        "Device History": [{"Make": "ExampleCam", "Model": "X1"}],
    }
    history = {
        "Home & Work": {"Home": "12.5 ± 10.0, -38.5 ± 10.0"},
        "Locations You Have Visited": [
            {"Time": "2024/05/03", "Latitude, Longitude": "12.25 ± 5.0, 100.0 ± 5.0"}
        ],
        "Areas": [{"City": "Synthetic", "Postal Code": "12, 34 street"}],
    }
    first = posts(read(tmp_path, memories() | {"account": account, "location_history": history}))[0]
    assert first.id == "account" and first.account == "sam" and not first.facts.places
    assert [i.value for i in first.stored.identifiers] == ["203.0.113.6", "203.0.113.7"]
    assert [(p.latitude, p.longitude, p.name) for p in first.stored.places] == [
        (12.5, -38.5, "Home"),
        (12.25, 100.0, None),
    ]
    assert [d[:2] for d in first.stored.devices] == [("ExampleCam", "X1")]


def test_of_a_chat_the_files_of_others_are_not_ones_own(tmp_path: Path) -> None:
    chat = {
        "b": [
            {"IsSender": True, "Media Type": "TEXT", "Content": "hi", "Created": "2024-05-03 18:00:00 UTC"},
            {
                "IsSender": False,
                "Media Type": "TEXT",
                "Content": "hello",
                "Created": "2024-05-03 18:00:01 UTC",
            },
            {
                "IsSender": False,
                "Media Type": "MEDIA",
                "Media IDs": "b~X | b~Y",
                "Created": "2024-05-03 18:00:02 UTC",
            },
            {
                "IsSender": True,
                "Media Type": "MEDIA",
                "Media IDs": "b~gone",
                "Created": "2024-05-03 18:00:03 UTC",
            },
        ]
    }
    names = ("chat_media/2024-05-03_b~X.jpg", "chat_media/2024-05-03_b~Y.jpg")
    got = read(tmp_path, memories(memory("2024-05-03 18:00:00")) | {"chat_history": chat}, *names)
    _, own, other = posts(got)
    assert (own.own, own.caption, own.visibility.value) == (True, "hi", "limited")
    assert (other.own, other.caption, len(other.photos)) == (False, "", 2)


def test_which_part_is_missing_is_said(tmp_path: Path) -> None:
    got = read(tmp_path, memories(memory("2024-05-03 18:00:00")), zip="mydata~1714817472-3.zip")
    assert "missing: 1, 2." in notes(got)


def test_lists_of_other_shapes_are_said_or_passed_over(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        memories(memory("2024-05-03 18:00:00"), {"Date": "yesterday"}, {}) | {"chat_history": [1, {"a": 2}]},
    )
    assert len(posts(got)) == 1
    files = {"json/memories_history.json": b'{"Saved Media": [{"Date": "2024-05-03 18:00:00 UTC"}, {"Da'}
    got = list(items([zipped(files, tmp_path / "cut.zip")]))
    assert len(posts(got)) == 1 and any(isinstance(item, Examination) for item in got)


def test_a_file_whose_id_stands_in_the_link_is_joined_among_others_of_its_day(tmp_path: Path) -> None:
    one, two = "0A1B2C3D-0000-4000-8000-000000000001", "0A1B2C3D-0000-4000-8000-000000000002"
    link = {"Download Link": f"https://example.invalid/memories?mid={two.lower()}&ts=1"}
    some = memories(memory("2024-05-04 08:00:00"), memory("2024-05-04 09:00:00") | link)
    names = [f"memories/2024-05-04_{id}-main.jpg" for id in (one, two)]
    got = read(tmp_path, some, *names)
    assert [[Path(name).name for name in post.photos] for post in posts(got)] == [[], [Path(names[1]).name]]
    assert "cannot be told apart" in notes(got)


def test_a_place_is_told_though_its_date_cannot_be_read(tmp_path: Path) -> None:
    (post,) = posts(read(tmp_path, memories(memory("04/05/24"))))
    assert (post.posted, post.stored.times) == ("", ())
    assert [place[:2] for place in post.stored.places] == [(12.5, -38.5)]


def test_words_of_others_in_chats_without_a_mark_are_left_out(tmp_path: Path) -> None:
    said = {"Media Type": "TEXT", "Created": "2024-05-03 18:00:00 UTC"}
    lists: dict[str, Any] = {
        "account": {"Basic Information": {"Username": "sam"}},
        "chat_history": {
            "b": [said | {"From": "b", "Content": "theirs"}, said | {"From": "sam", "Content": "mine"}],
            "Received Saved Chat History": [said | {"Content": "theirs"}],
            "Sent Saved Chat History": [said | {"To": "b", "Content": "mine too"}],
        },
    }
    assert [post.caption for post in posts(read(tmp_path, lists))] == ["mine", "mine too"]


def test_shared_stories_are_posts_with_their_links(tmp_path: Path) -> None:
    page = "https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAA"
    entry = {"Story Date": "2024-05-03 18:00:00 UTC", "Story URL": page}
    lists = {"shared_story": {"Shared Story": [], "Spotlight History": [entry, entry, {}, "x"]}}
    got = read(tmp_path, {**memories(memory("2024-05-03 18:00:00")), **lists})
    (story,) = [post for post in posts(got) if post.id.startswith("shared-")]
    assert (story.link.value, story.link.tier, story.posted) == (page, "exact", "2024-05-03T18:00:00Z")
    assert story.visibility.value == "unknown" and "Spotlight" in story.visibility.evidence
    assert "gave to Spotlight: 1." in notes(got)
