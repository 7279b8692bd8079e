"""TikTok: the same lists under the names of three generations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment

CARRIED = frozenset({"account", "caption", "link", "posted", "visibility"})
WATCHED = {"VideoList": [{"Date": "2024-05-01 10:00:00", "Link": "https://www.tiktokv.com/share/video/6/"}]}


def exports() -> Iterator[Export]:
    ids = {str(_id(moment)): moment.id for moment in LIFE}
    profile = {"Profile Info": {"ProfileMap": {"userName": "sam", "emailAddress": "sam@example.org"}}}
    logins = {
        "LoginHistoryList": [{"Date": "2024-05-04 10:00:00 UTC", "IP": "203.0.113.7", "DeviceModel": "X1"}]
    }
    old = {
        "Activity": {"Video Browsing History": WATCHED, "Login History": logins},
        "Profile": {"Profile Information": profile["Profile Info"]},
        "Video": {"Videos": {"VideoList": [_record(m, "Public") for m in LIFE]}},
    }
    yield Export("tiktok", "2022", {"user_data.json": json.dumps(old).encode()}, CARRIED, ids)
    middle = {
        "Your Activity": {"Watch History": WATCHED, "Login History": logins},
        "Profile": profile,
        "Post": {"Posts": {"VideoList": [_record(m, "Public") for m in LIFE]}},
    }
    yield Export("tiktok", "2024", {"user_data_tiktok.json": json.dumps(middle).encode()}, CARRIED, ids)
    new = {
        "Likes and Favorites": {"Like List": {"ItemFavoriteList": []}},
        "Post": {
            "Posts": {
                "VideoList": [_record(m, "Everyone") | {"AlternateText": m.alt or "N/A"} for m in LIFE]
            },
            "Recently Deleted Posts": {"PostList": []},
            "Story": {},
        },
        "Profile And Settings": profile | {"Settings": {"SettingsMap": {"Private Account": "Off"}}},
        "Your Activity": {"Watch History": WATCHED, "Login History": logins},
    }
    yield Export(
        "tiktok", "2026", {"TikTok/user_data_tiktok.json": json.dumps(new).encode()}, CARRIED | {"alt"}, ids
    )


def _id(moment: Moment) -> int:
    return 7000000000000000000 + moment.id


def _record(moment: Moment, everybody: str) -> dict[str, Any]:
    return {
        "Date": moment.posted.replace("T", " ").removesuffix("Z"),
        "Link": f"https://www.tiktokv.com/share/video/{_id(moment)}/",
        "Likes": "3",
        "WhoCanView": everybody if moment.is_public else "Only me",
        "AllowComments": "Yes",
        "Sound": "original sound",
        "Location": "Synthetic Bay" if moment.latitude is not None else "",
        "Title": moment.caption,
        "AddYoursText": "N/A",
    }
