"""Facebook: the folders of before and after 2024 and of a page, with posts, an album, photos of none and check-ins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.archives.exports import Export
from tests.archives.exports.instagram import epoch, written
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset(
    {"account", "caption", "link", "people", "photos", "posted", "stored-place", "stored-taken"}
)


class Layout(NamedTuple):
    """Where a generation keeps its lists, and how it writes."""

    home: str
    account: str
    posts: str
    has_lists: bool = True
    """Whether `exif_data` is there, or its fields one step further out."""
    has_names: bool = True
    """Whether tags are objects."""


LAYOUTS = {
    "2019": Layout("posts", "", "your_posts_1.json", has_lists=False, has_names=False),
    "2023": Layout("posts", "", "your_posts_1.json"),
    "2024": Layout(
        "your_facebook_activity/posts",
        "personal_information/",
        "your_posts__check_ins__photos_and_videos_1.json",
    ),
    "page": Layout("this_profile's_activity_across_facebook/posts", "", "profile_posts_1.json"),
}


def exports() -> Iterator[Export]:
    for layout, how in LAYOUTS.items():
        yield Export("facebook", layout, export(how), CARRIED, {_id(moment): moment.id for moment in LIFE})


def export(how: Layout) -> dict[str, bytes]:
    """Most moments are posts, the last is a photo of no album; the first photo lies in three lists."""
    home = how.home
    prefix = "" if home.startswith("this_profile") else "your_"
    first, *_, last = LIFE
    album = {
        "name": "Mobile uploads",
        "photos": [photo(how, first)],
        "cover_photo": photo(how, first),
        "last_modified_timestamp": epoch(first.posted),
        "description": "",
    }
    lists = {
        f"{home}/{how.posts}": [post(how, moment) for moment in LIFE[:-1]],
        f"{home}/album/0.json": album,
        f"{home}/{prefix}uncategorized_photos.json": {
            "other_photos_v2": [photo(how, first), photo(how, last)]
        },
        f"{home}/{prefix}videos.json": {"videos_v2": []},
        f"{how.account}profile_information/profile_information.json": {
            "profile_v2": {"name": {"full_name": "Sam Example"}, "username": "sam.example"}
        },
        "connections/friends/your_friends.json": {"friends_v2": []},
    }
    return {uri(how, moment): picture(moment) for moment in LIFE} | {n: written(v) for n, v in lists.items()}


def uri(how: Layout, moment: Moment) -> str:
    return f"{how.home}/media/your_posts/{_id(moment)}.jpg"


def _id(moment: Moment) -> str:
    return str(300000000000 + moment.id)


def post(how: Layout, moment: Moment) -> dict[str, Any]:
    return {
        "timestamp": epoch(moment.posted),
        "title": "Sam Example added a new photo.",
        "data": [{"post": moment.caption}, {"update_timestamp": epoch(moment.posted)}],
        "tags": [{"name": name} if how.has_names else name for name in moment.people],
        "attachments": [{"data": [{"media": photo(how, moment)}]}],
    }


def photo(how: Layout, moment: Moment) -> dict[str, Any]:
    exif = {
        "upload_ip": "203.0.113.7",
        "taken_timestamp": epoch(moment.taken),
        "camera_make": "ExampleCam",
        "camera_model": "X1",
        "original_width": 4000,
        "latitude": moment.latitude or 0,
        "longitude": moment.longitude or 0,
    }
    return {
        "uri": uri(how, moment),
        "creation_timestamp": epoch(moment.posted),
        "media_metadata": {"photo_metadata": {"exif_data": [exif]} if how.has_lists else exif},
        "title": "Mobile uploads",
        "description": moment.caption,
    }
