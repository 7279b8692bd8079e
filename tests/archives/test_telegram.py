from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import found, items, telegram
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Post
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture

ME, FRIEND, CHANNEL = "user1", "user2", "channel7"
PERSONAL = {"user_id": 1, "username": "@sam", "phone_number": "+1 555 0100"}


def message(id: int, sender: str, **rest: Any) -> dict[str, Any]:
    return {
        "id": id,
        "type": "message",
        "date_unixtime": "1714817472",
        "from_id": sender,
        "text": "hi",
    } | rest


def chat(type: str, id: int, *messages: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Synthetic", "type": type, "id": id, "messages": list(messages)}


def read(tmp_path: Path, value: Any, *names: str) -> list[Item]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    files = {"result.json": data} | {name: picture(LIFE[0]) for name in names}
    return list(items([zipped(files, tmp_path / "telegram.zip")]))


def posts(tmp_path: Path, value: Any, *names: str) -> dict[str, Post]:
    return {item.id: item for item in read(tmp_path, value, *names) if isinstance(item, Post)}


def everything(*chats: dict[str, Any], left: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "personal_information": PERSONAL,
        "chats": {"list": list(chats)},
        "left_chats": {"list": list(left)},
    }


def notes(some: list[Item]) -> str:
    (inventory,) = [item for item in some if isinstance(item, Inventory)]
    return " ".join(inventory.notes)


def test_who_can_see_it_is_said_by_the_type_of_the_chat_alone(tmp_path: Path) -> None:
    types = {
        "public_channel": ("public", 'type="public_channel"'),
        "public_supergroup": ("public", 'type="public_supergroup"'),
        "private_channel": ("limited", 'type="private_channel"'),
        "private_supergroup": ("limited", 'type="private_supergroup"'),
        "private_group": ("limited", 'type="private_group"'),
        "personal_chat": ("limited", 'type="personal_chat"'),
        "bot_chat": ("limited", 'type="bot_chat"'),
        "saved_messages": ("private", 'type="saved_messages"'),
        "verified_channel": ("unknown", ""),
    }
    got = posts(tmp_path, everything(*(chat(type, n, message(1, ME)) for n, type in enumerate(types))))
    del got["account"]
    assert [post.visibility for post in got.values()] == list(types.values())


def test_only_ones_own_messages_are_own_and_words_of_others_are_left_out(tmp_path: Path) -> None:
    where = {"latitude": 12.5, "longitude": -38.5}
    group = chat(
        "private_group",
        5,
        message(1, ME),
        message(2, FRIEND),
        message(3, FRIEND, photo="photos/a.jpg"),
        message(4, FRIEND, location_information=where),
        message(5, "user3", file="(File not included. Change data exporting settings to download.)"),
    )
    got = posts(tmp_path, everything(group), "photos/a.jpg")
    assert {id: post.own for id, post in got.items() if id != "account"} == {
        "chat5-1": True, "chat5-3": False, "chat5-4": False,
    }  # fmt: skip
    assert len(got["chat5-3"].photos) == 1


def test_a_channel_counts_as_ones_own_unless_it_was_left(tmp_path: Path) -> None:
    some = chat("public_channel", 7, message(1, CHANNEL))
    got = read(
        tmp_path,
        everything(some, left=(chat("public_channel", 8, message(1, "channel8", photo="a.jpg")),)),
        "a.jpg",
    )
    assert [(post.id, post.own) for post in got if isinstance(post, Post)][1:] == [
        ("channel7-1", True), ("channel8-1", False),
    ]  # fmt: skip
    assert "counts as yours" in notes(got)


def test_of_one_chat_of_two_it_is_known_who_is_the_other(tmp_path: Path) -> None:
    two = chat("personal_chat", 2, message(1, ME), message(2, FRIEND, photo="a.jpg"))
    got = read(tmp_path, two, "a.jpg")
    assert [(post.id, post.own) for post in got if isinstance(post, Post)] == [
        ("user2-1", True),
        ("user2-2", False),
    ]
    assert "who you are" not in notes(got)


def test_of_one_group_all_counts_as_ones_own_and_that_is_said(tmp_path: Path) -> None:
    got = read(tmp_path, chat("private_group", 5, message(1, ME), message(2, FRIEND)))
    assert [post.own for post in got if isinstance(post, Post)] == [True, True]
    assert "does not say who you are" in notes(got)


def test_numbers_stood_for_senders_once(tmp_path: Path) -> None:
    got = posts(tmp_path, everything(chat("private_group", 5, message(1, ME) | {"from_id": 1})))
    assert got["chat5-1"].own


def test_sent_as_a_file_is_told_from_sent_as_a_photo_and_its_thumbnail_is_not_counted(tmp_path: Path) -> None:
    sent = {"file": "files/harbour.jpg", "file_name": "harbour.jpg", "mime_type": "image/jpeg"}
    value = chat(
        "public_channel",
        7,
        message(1, CHANNEL, photo="photos/a.jpg", text=""),
        message(2, CHANNEL, thumbnail="files/harbour.jpg_thumb.jpg", text="", **sent),
        message(3, CHANNEL, file="files/v.mp4", mime_type="video/mp4", media_type="video_file", text=""),
    )
    names = ("photos/a.jpg", "files/harbour.jpg", "files/harbour.jpg_thumb.jpg", "files/v.mp4")
    got = posts(tmp_path, value, *names)
    assert [[(t.kind, t.value) for t in post.facts.texts] for post in got.values()] == [
        [], [("way", "sent as a file"), ("path", "harbour.jpg")], [],
    ]  # fmt: skip
    assert not any("_thumb" in getattr(item, "name", "") for item in read(tmp_path, value, *names))


def test_what_was_left_out_of_the_export_is_said(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        chat("public_channel", 7, message(1, CHANNEL, photo="(File not included. Change settings.)")),
    )
    assert "left out of this export" in notes(got)


def test_words_places_and_people(tmp_path: Path) -> None:
    text = [
        "at ",
        {"type": "bold", "text": "sea"},
        " ",
        {"type": "hashtag", "text": "#pier"},
        {"type": "mention", "text": "@b"},
    ]
    place = {"place_name": "Synthetic Pier", "address": "1 Sea Road"}
    value = chat(
        "public_channel",
        7,
        message(1, CHANNEL, text=text),
        message(2, CHANNEL, location_information={"latitude": 12.5, "longitude": -38.5}, **place),
        message(3, CHANNEL, location_information=None, **place),
        message(
            4,
            CHANNEL,
            contact_information={"first_name": "Person", "last_name": "B", "phone_number": "+1 555"},
        ),
    )
    words, there, named, contact = posts(tmp_path, value).values()
    assert words.caption == "at sea #pier@b"
    assert [(t.kind, t.value) for t in words.facts.texts] == [
        ("caption", "at sea #pier@b"),
        ("keyword", "pier"),
    ]
    assert [(p.role, p.name) for p in words.facts.people] == [("mentioned", "@b")]
    assert [p[:4] for p in there.facts.places] == [(12.5, -38.5, None, "Synthetic Pier, 1 Sea Road")]
    assert [p[:4] for p in named.facts.places] == [(None, None, None, "Synthetic Pier, 1 Sea Road")]
    assert [(p.role, p.name) for p in contact.facts.people] == [("contact", "Person B")]


def test_what_only_the_service_sees_is_stored_with_the_account(tmp_path: Path) -> None:
    value = everything(chat("personal_chat", 2, message(1, ME))) | {
        "contacts": {"list": [{"first_name": "Person", "last_name": "B", "phone_number": "+1 555 0101"}]},
        "sessions": {"list": [{"last_ip": "203.0.113.7", "device_model": "X1"}, {"last_ip": "203.0.113.7"}]},
    }
    account = posts(tmp_path, value)["account"]
    assert account.visibility.value == "private" and account.account == "@sam"
    assert not any((account.facts.people, account.facts.texts, account.facts.identifiers))
    assert [i.value for i in account.stored.identifiers] == ["203.0.113.7"]
    assert [p.name for p in account.stored.people] == ["Person B"]
    assert [d.model for d in account.stored.devices] == ["X1"]
    assert {t.kind for t in account.stored.texts} == {"contact"}


def test_stories_and_pictures_of_the_profile_are_of_unknown_audience(tmp_path: Path) -> None:
    value = everything() | {
        "stories": [
            {"date_unixtime": "1714817472", "pinned": True, "media": "stories/a.jpg"},
            {"date_unixtime": "1714817473", "pinned": False, "media": "stories/b.jpg"},
        ],
        "profile_pictures": [{"date_unixtime": "1714817474", "photo": "profile_pictures/c.jpg"}],
    }
    got = posts(tmp_path, value, "stories/a.jpg", "stories/b.jpg", "profile_pictures/c.jpg")
    del got["account"]
    assert [(post.visibility.value, post.status, len(post.photos)) for post in got.values()] == [
        ("unknown", "live", 1), ("unknown", "unknown", 1), ("unknown", "live", 1),
    ]  # fmt: skip


def test_a_file_that_breaks_off_is_read_to_there(tmp_path: Path) -> None:
    data = json.dumps(chat("public_channel", 7, message(1, CHANNEL), message(2, CHANNEL))).encode()
    got = read(tmp_path, data[:-40])
    assert [post.id for post in got if isinstance(post, Post)] == ["channel7-1"]
    (problem,) = [item.problems[0].message for item in got if isinstance(item, Examination)]
    assert "read up to the damage" in problem


def test_no_name_leads_out_of_the_export(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture(LIFE[0]))
    inside = tmp_path / "export"
    inside.mkdir()
    names = ("../secret.jpg", str(tmp_path / "secret.jpg"), "https://example.invalid/a.jpg")
    value = chat("public_channel", 7, *(message(n, CHANNEL, photo=name) for n, name in enumerate(names)))
    (inside / "result.json").write_text(json.dumps(value))
    got = list(items([inside]))
    assert len([item for item in got if isinstance(item, Post)]) == 3
    assert not any("secret" in str(getattr(item, "name", "")) for item in got)


def test_a_result_of_another_program_is_no_export(tmp_path: Path) -> None:
    at = zipped({"result.json": b'{"type": "public", "id": 1, "messages": ["none"]}'}, tmp_path / "a.zip")
    ((_, archive),) = found([at])
    assert archive.name == "folder"


def test_web_pages_beside_the_list_say_the_same_once_more(tmp_path: Path) -> None:
    names = (
        "export_results.html",
        "chats/chat_01/messages2.html",
        "lists/chats.html",
        "js/script.js",
        "other.html",
    )
    inventory = read(tmp_path, everything(), *names)[-1]
    assert isinstance(inventory, Inventory) and inventory.unknown == ("other.html",)


def test_what_was_passed_on_is_somebody_elses(tmp_path: Path) -> None:
    photo = "photos/1.jpg"
    told = [
        message(1, ME, photo=photo, **{"from": "Sam", "forwarded_from": "News"}),
        message(2, ME, photo=photo, **{"from": "Sam", "forwarded_from": "Sam"}),
        message(
            3, ME, photo=photo, **{"from": "Sam", "forwarded_from": "Sam", "forwarded_from_id": "channel9"}
        ),
        message(4, ME, photo=photo, **{"from": "Sam", "forwarded_from": "S", "forwarded_from_id": ME}),
        message(5, ME, photo=photo, **{"from": "Sam", "forwarded_from": None}),
    ]
    got = posts(tmp_path, everything(chat("public_supergroup", 7, *told)), photo)
    assert [got[f"channel7-{id}"].own for id in range(1, 6)] == [False, True, False, True, True]


def test_files_that_are_not_there_are_said(tmp_path: Path) -> None:
    for name in ("photos/gone.jpg", "../../gone.jpg"):
        got = read(tmp_path, everything(chat("public_channel", 7, message(1, ME, photo=name))))
        assert "are not here" in notes(got)


def test_a_notice_without_words_or_files_costs_no_more_than_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    original = telegram._message

    def message_of(*args: Any) -> Post:
        made.append(args[3])
        return original(*args)

    monkeypatch.setattr(telegram, "_message", message_of)
    notice = {"id": 2, "type": "service", "action": "phone_call", "from_id": ME}
    got = posts(tmp_path, everything(chat("private_group", 5, {}, notice, message(3, ME), {})))
    assert [record["id"] for record in made] == [3]
    assert "chat5-3" in got
