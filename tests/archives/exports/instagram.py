"""Instagram: every folder that the lists have lain in, with what else an export holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"account", "caption", "photos", "posted", "stored-place", "stored-taken"})
LAYOUTS = {
    "2021": ("content", "account_information"),
    "2023": ("content", "personal_information"),
    "2024": ("your_instagram_activity/content", "personal_information"),
    "2025": ("your_instagram_activity/media", "personal_information/personal_information"),
}


def exports() -> Iterator[Export]:
    for layout, (lists, account) in LAYOUTS.items():
        yield Export("instagram", layout, export(lists, account), CARRIED, ids())
    files = export(*LAYOUTS["2025"]) | {"your_instagram_activity/media/posts.json": written(labelled())}
    yield Export("instagram", "2026, posts twice", files, CARRIED, ids())
    yield Export("instagram", "2019", _old(), CARRIED - {"stored-place", "stored-taken"}, ids())
    inside = {f"instagram-sam.example-2025-02-11-AbCdEfGh/{name}": data for name, data in files.items()}
    yield Export("instagram", "in a folder", inside, CARRIED, ids())


def ids() -> dict[str, int]:
    return {str(_id(moment)): moment.id for moment in LIFE}


def export(lists: str, account: str) -> dict[str, bytes]:
    files = {uri(moment): picture(moment) for moment in LIFE}
    shown, kept = LIFE[:4], LIFE[4:]
    files[f"{lists}/posts_1.json"] = written([_post(moment) for moment in shown[:2]])
    files[f"{lists}/posts_2.json"] = written([_post(moment) for moment in shown[2:]])
    files[f"{lists}/archived_posts.json"] = written({"ig_archived_post_media": [_post(m) for m in kept]})
    for number, (kind, key) in enumerate(
        {"stories": "ig_stories", "profile_photos": "ig_profile_picture", "reels": "ig_reels_media"}.items()
    ):
        name = f"media/{kind}/202405/20000000{number}.jpg"
        media = {"uri": name, "creation_timestamp": 1714817472, "title": ""}
        files[f"{lists}/{kind}.json"] = written({key: [media if kind != "reels" else {"media": [media]}]})
        files[name] = picture(LIFE[0])
    files[f"{account}/personal_information.json"] = written({"profile_user": [profile("False")]})
    files["connections/followers_and_following/following.json"] = written({"relationships_following": []})
    files["ads_information/ads_and_topics/ads_viewed.json"] = written({"impressions_history_ads_seen": []})
    return files


def _old() -> dict[str, bytes]:
    """Everything in one list."""

    def name(moment: Moment) -> str:
        return f"photos/201905/{_id(moment)}.jpg"

    photos = [
        {"caption": moment.caption, "taken_at": moment.posted.replace("Z", "+00:00"), "path": name(moment)}
        for moment in LIFE
    ]
    lists = {
        "media.json": {"stories": [], "photos": photos, "profile": [], "direct": []},
        "profile.json": {"username": "sam.example", "private_account": False},
    }
    return {name(moment): picture(moment) for moment in LIFE} | {
        n: written(value) for n, value in lists.items()
    }


def profile(is_private: str) -> dict[str, Any]:
    values = {"Username": "sam.example", "Name": "Sam Exämple", "Private Account": is_private}
    return {
        "string_map_data": {
            key: {"href": "", "value": value, "timestamp": 0} for key, value in values.items()
        }
    }


def uri(moment: Moment, kind: str = "posts") -> str:
    return f"media/{kind}/202405/{_id(moment)}.jpg"


def _id(moment: Moment) -> int:
    return 17900000000000000 + moment.id


def epoch(iso: str) -> int:
    """Seconds since 1970 of a time in UTC."""
    return round(datetime.fromisoformat(iso.removesuffix("Z") + "+00:00").timestamp())


def media(moment: Moment, at: str) -> dict[str, Any]:
    """Media as all of Meta's services write it, with the position not in the first of the dicts."""
    taken = moment.taken.replace("-", "").replace(":", "") + ".000Z"
    if moment.id % 2:
        taken = moment.taken.replace("-", ":").replace("T", " ")
    where = {"latitude": moment.latitude or 0.0, "longitude": moment.longitude or 0.0}
    exif = [{"device_id": "android-1f00dcafe0000001", "date_time_original": taken, "source_type": "4"}, where]
    return {
        "uri": at,
        "creation_timestamp": epoch(moment.posted),
        "media_metadata": {
            "photo_metadata": {"exif_data": [*exif, {"camera_make": "ExampleCam", "camera_model": "X1"}]},
            "camera_metadata": {"has_camera_metadata": False},
        },
        "title": moment.caption,
        "cross_post_source": {"source_app": "FB"},
    }


def _post(moment: Moment) -> dict[str, Any]:
    return {"media": [media(moment, uri(moment))]}


def labelled() -> list[dict[str, Any]]:
    """The first posts told once more, by labels."""
    return [
        {
            "timestamp": epoch(moment.posted),
            "media": [],
            "label_values": [
                {
                    "label": "Media",
                    "media": [{"uri": uri(moment), "creation_timestamp": epoch(moment.posted)}],
                },
                {"label": "Caption", "value": moment.caption},
                {"label": "Is published", "value": "True"},
            ],
            "fbid": str(_id(moment)),
        }
        for moment in LIFE[:4]
    ]


def written(value: Any) -> bytes:
    """JSON as Meta writes it: the bytes of UTF-8 each as a character of Latin-1."""
    return json.dumps(_mangled(value)).encode()


def _mangled(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, Mapping):
        return {_mangled(key): _mangled(each) for key, each in value.items()}
    return [_mangled(each) for each in value] if isinstance(value, list) else value
