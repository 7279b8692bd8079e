"""Bluesky: the repository alone, and with the pictures beside it under the names of their blobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exposure.archives._car import written
from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture
from tests.make.car import RAW, cid, repository

CARRIED = frozenset({"account", "alt", "caption", "link", "photos", "posted", "tags"})
IDS = {f"3kabcdefghij{m.id}": m.id for m in LIFE}
NAMES = {number: id for id, number in IDS.items()}
PROFILE = {"$type": "app.bsky.actor.profile", "displayName": "Sam Example", "description": "Sails & swims"}


def exports() -> Iterator[Export]:
    yield Export("bluesky", "repository", {"repo.car": repo()}, CARRIED - {"photos"}, IDS)
    blobs = {f"blobs/{_name(m)}": picture(m) for m in LIFE}
    yield Export("bluesky", "with blobs", {"did_plc_synthetic.car": repo()} | blobs, CARRIED, IDS)


def repo() -> bytes:
    records: dict[str, Any] = {f"app.bsky.feed.post/{NAMES[m.id]}": post(m) for m in LIFE}
    liked = {"$type": "app.bsky.feed.like", "subject": {"uri": "at://did:plc:other/app.bsky.feed.post/1"}}
    records |= {f"app.bsky.feed.like/3kaaaaaaaaa{n:02}": liked | {"n": n} for n in range(40)}
    records["app.bsky.feed.repost/3kbbbbbbbbb22"] = liked | {"$type": "app.bsky.feed.repost"}
    return repository(records | {"app.bsky.actor.profile/self": PROFILE})


def blob(data: bytes) -> dict[str, Any]:
    return {"$type": "blob", "ref": cid(data, RAW), "mimeType": "image/jpeg", "size": len(data)}


def _name(moment: Moment) -> str:
    """With and without the ending that some programs add."""
    return written(cid(picture(moment), RAW)) + ("" if moment.id % 2 else ".jpg")


def post(moment: Moment) -> dict[str, Any]:
    images = {
        "$type": "app.bsky.embed.images",
        "images": [
            {"alt": moment.alt, "image": blob(picture(moment)), "aspectRatio": {"width": 4, "height": 3}}
        ],
    }
    quoting = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": "at://x"}},
        "media": images,
    }
    tag = [
        {
            "index": {"byteStart": 0, "byteEnd": 1},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": name}],
        }
        for name in moment.tags[:1]
    ]
    return {
        "$type": "app.bsky.feed.post",
        "text": moment.caption,
        "createdAt": moment.posted.replace("Z", ".000Z"),
        "langs": ["en"],
        "tags": list(moment.tags[1:]),
        "facets": tag,
        "embed": quoting if moment.id == 2 else images,
    }
