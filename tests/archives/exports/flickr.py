"""Flickr: account zip and photo zips, here in one tree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset(
    {"account", "caption", "link", "people", "photos", "place", "posted", "tags", "taken", "visibility"}
)


def exports() -> Iterator[Export]:
    for layout, ending in (("title first", "{name}_{id}_o.jpg"), ("id first", "{id}_0a1b2c3d4e_o.jpg")):
        files = {f"photo_{_id(m)}.json": json.dumps(_record(m)).encode() for m in LIFE}
        files |= {f"photos/{ending.format(name=f'moment{m.id}', id=_id(m))}": picture(m) for m in LIFE}
        files["albums.json"] = b'{"albums": []}'
        files["account_profile.json"] = b'{"nsid": "123@N00"}'
        yield Export("flickr", layout, files, CARRIED, {str(_id(m)): m.id for m in LIFE})


def _id(moment: Moment) -> int:
    return 51000000000 + moment.id


def _record(moment: Moment) -> dict[str, Any]:
    geo: Any = []
    if moment.latitude is not None and moment.longitude is not None:
        geo = {
            "latitude": str(round(moment.latitude * 1e6)),
            "longitude": str(round(moment.longitude * 1e6)),
            "accuracy": "16",
        }
    return {
        "id": str(_id(moment)),
        "name": moment.caption,
        "description": "",
        "date_taken": moment.taken.replace("T", " "),
        "date_imported": moment.posted.replace("T", " ").removesuffix("Z"),
        "photopage": f"https://www.flickr.com/photos/example/{_id(moment)}/",
        "geo": geo,
        "exif": [],
        "tags": [{"tag": tag, "user": "https://www.flickr.com/people/example"} for tag in moment.tags],
        "people": [{"name": name} for name in moment.people],
        "privacy": "public" if moment.is_public else "private",
    }
