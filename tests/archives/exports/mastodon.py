"""Mastodon: the archive of today, an older one in a folder of its own, and another server's with the same shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"account", "alt", "caption", "link", "photos", "posted", "tags", "visibility"})
ACTOR = "https://m.example/users/sam"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
IDS = {f"11200000000000000{m.id}": m.id for m in LIFE}
NAMES = {number: id for id, number in IDS.items()}


def exports() -> Iterator[Export]:
    yield Export("mastodon", "zip", export("", "/media_attachments/files/"), CARRIED, IDS)
    old = export("archive-20180504101112-0a1b/", "/system/media_attachments/files/")
    yield Export("mastodon", "tar of 2018", old, CARRIED, IDS)
    elsewhere = export("", "https://files.m.example/storage/m/", with_places=True)
    yield Export("mastodon", "another server", elsewhere, CARRIED | {"place"}, IDS)


def export(folder: str, media: str, with_places: bool = False) -> dict[str, bytes]:
    activities = [activity(m, f"{media}{_file(m)}", with_places) for m in LIFE]
    activities.append(
        {"id": f"{ACTOR}/statuses/9/activity", "type": "Announce", "object": "https://o.example/notes/2"}
    )
    files = {
        "outbox.json": outbox(activities),
        "actor.json": json.dumps(actor()).encode(),
        "likes.json": outbox(["https://o.example/notes/3"]),
        "bookmarks.json": outbox([]),
        "avatar.png": picture(LIFE[0]),
    }
    inside = media.removeprefix("/").removeprefix("system/").removeprefix("https://files.m.example/")
    files |= {f"{inside}{_file(m)}": picture(m) for m in LIFE}
    return {f"{folder}{name}": data for name, data in files.items()}


def _file(moment: Moment) -> str:
    return f"112/000/00{moment.id}/original/0a1b2c3d4e5f600{moment.id}.jpg"


def outbox(some: list[Any]) -> bytes:
    context = [
        "https://www.w3.org/ns/activitystreams",
        {"toot": "http://joinmastodon.org/ns#", "orderedItem": []},
    ]
    return json.dumps(
        {
            "@context": context,
            "id": "outbox.json",
            "type": "OrderedCollection",
            "totalItems": len(some),
            "orderedItems": some,
        }
    ).encode()


def actor() -> dict[str, Any]:
    return {
        "id": ACTOR,
        "type": "Person",
        "followers": f"{ACTOR}/followers",
        "preferredUsername": "sam",
        "name": "Sam Example",
        "summary": "<p>Sails &amp; swims</p>",
        "url": "https://m.example/@sam",
        "attachment": [
            {"type": "PropertyValue", "name": "Web", "value": '<a href="https://sam.example">sam.example</a>'}
        ],
        "icon": {"type": "Image", "url": "avatar.png"},
        "outbox": "outbox.json",
    }


def activity(moment: Moment, url: str, with_place: bool = False) -> dict[str, Any]:
    name = f"{ACTOR}/statuses/{NAMES[moment.id]}"
    followers = f"{ACTOR}/followers"
    to, cc = ([PUBLIC], [followers]) if moment.is_public else ([followers], [])
    words = moment.caption.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    note: dict[str, Any] = {
        "id": name,
        "type": "Note",
        "summary": None,
        "published": moment.posted,
        "url": f"https://m.example/@sam/{NAMES[moment.id]}",
        "to": to,
        "cc": cc,
        "sensitive": False,
        "content": f"<p>{words}</p>",
        "attachment": [
            {"type": "Document", "mediaType": "image/jpeg", "url": url, "name": moment.alt or None}
        ],
        "tag": [
            {"type": "Hashtag", "href": "https://m.example/tags/x", "name": f"#{tag}"} for tag in moment.tags
        ],
    }
    if with_place and moment.latitude is not None:
        there = {"latitude": str(moment.latitude), "longitude": str(moment.longitude)}
        note["location"] = {"type": "Place", "name": "Synthetic Bay", "country": "ZZ", **there}
    return {"id": f"{name}/activity", "type": "Create", "actor": ACTOR, "to": to, "cc": cc, "object": note}
