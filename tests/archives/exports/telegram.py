"""Telegram Desktop: all chats with what it keeps of the account, one channel, one chat of two, and places sent by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"caption", "people", "photos", "posted", "tags", "visibility"})
CHANNEL, PERSON, FRIEND = 1000000001, 1, 2


def exports() -> Iterator[Export]:
    files = {f"photos/photo_{m.id}@{_stamp(m)}.jpg": picture(m) for m in LIFE}
    public = [_photo(m, f"channel{CHANNEL}") for m in LIFE if m.is_public]
    private = [_photo(m, f"user{PERSON}") for m in LIFE if not m.is_public]
    ids = {f"channel{CHANNEL}-{m.id}" if m.is_public else f"user{FRIEND}-{m.id}": m.id for m in LIFE}
    whole = {
        "about": "Here is the data you requested from Telegram.",
        "personal_information": {
            "user_id": PERSON,
            "first_name": "Sam",
            "last_name": "Example",
            "phone_number": "+1 555 0100",
            "username": "@sam",
        },
        "profile_pictures": [],
        "contacts": {"about": "", "list": [{"user_id": FRIEND, "first_name": "Person", "last_name": "B"}]},
        "sessions": {"about": "", "list": [{"last_ip": "203.0.113.7", "device_model": "X1"}]},
        "chats": {
            "about": "",
            "list": [_chat("public_channel", CHANNEL, public), _chat("personal_chat", FRIEND, private)],
        },
        "left_chats": {"about": "", "list": []},
    }
    yield Export("telegram", "all chats", _with(files, whole), CARRIED | {"account"}, ids)
    yield Export("telegram", "all chats, sorted", _with(files, whole, True), CARRIED | {"account"}, ids)
    channel = _chat("public_channel", CHANNEL, [_photo(m, f"channel{CHANNEL}") for m in LIFE])
    ids = {f"channel{CHANNEL}-{m.id}": m.id for m in LIFE}
    yield Export("telegram", "one channel", _with(files, channel), CARRIED - {"visibility"}, ids)
    two = _chat("personal_chat", FRIEND, [_place(m) for m in LIFE if m.latitude is not None])
    ids = {f"user{FRIEND}-{m.id}": m.id for m in LIFE if m.latitude is not None}
    yield Export("telegram", "one chat", _with({}, two), frozenset({"place", "posted"}), ids)


def _with(files: dict[str, bytes], value: Any, is_sorted: bool = False) -> dict[str, bytes]:
    folder = "DataExport_2024-07-11/"
    found = {folder + name: data for name, data in files.items()}
    found[f"{folder}result.json"] = json.dumps(
        value, indent=1, sort_keys=is_sorted, ensure_ascii=False
    ).encode()
    return found


def _stamp(moment: Moment) -> str:
    return datetime.fromisoformat(moment.posted).strftime("%d-%m-%Y_%H-%M-%S")


def _chat(type: str, id: int, messages: list[dict[str, Any]]) -> dict[str, Any]:
    joined = {
        "id": 900,
        "type": "service",
        "actor": "Person C",
        "actor_id": "user3",
        "action": "join",
        "text": "",
    }
    return {"name": "Synthetic", "type": type, "id": id, "messages": [*messages, joined]}


def _head(moment: Moment, sender: str) -> dict[str, Any]:
    return {
        "id": moment.id,
        "type": "message",
        "date": moment.posted.removesuffix("Z"),
        "date_unixtime": str(int(datetime.fromisoformat(moment.posted).timestamp())),
        "from": "Synthetic",
        "from_id": sender,
    }


def _photo(moment: Moment, sender: str) -> dict[str, Any]:
    entities = [{"type": "plain", "text": moment.caption}] if moment.caption else []
    entities += [{"type": "hashtag", "text": f"#{tag}"} for tag in moment.tags]
    entities += [{"type": "mention", "text": name} for name in moment.people]
    return _head(moment, sender) | {
        "photo": f"photos/photo_{moment.id}@{_stamp(moment)}.jpg",
        "width": 1280,
        "height": 960,
        "text": moment.caption if moment.id % 2 else [moment.caption],
        "text_entities": entities,
    }


def _place(moment: Moment) -> dict[str, Any]:
    return _head(moment, f"user{PERSON}") | {
        "location_information": {"latitude": moment.latitude, "longitude": moment.longitude},
        "place_name": "Synthetic Pier",
        "address": "1 Sea Road",
        "text": "",
    }
