"""Threads: an archive of its own, with posts of words alone among those with photos."""

from __future__ import annotations

from collections.abc import Iterator

from tests.archives.exports import Export
from tests.archives.exports.instagram import CARRIED, ids, media, profile, uri, written
from tests.archives.life import LIFE, picture

HOME = "your_instagram_activity/threads"


def exports() -> Iterator[Export]:
    yield Export("threads", "2025", export(), CARRIED, ids())


def export() -> dict[str, bytes]:
    words = {
        "uri": "",
        "creation_timestamp": 1754466859,
        "title": "agreed @pine.marten",
        "text_app_post": {"is_reply": True},
    }
    posts = [{"media": [media(moment, uri(moment))]} for moment in LIFE]
    own = {"text_post_app_text_post_app_profile": [profile("False")]}
    return {uri(moment): picture(moment) for moment in LIFE} | {
        f"{HOME}/threads_and_replies.json": written(
            {"text_post_app_text_posts": [{"media": [words]}, *posts]}
        ),
        f"{HOME}/personal_information.json": written(own),
        f"{HOME}/liked_threads.json": written({"text_post_app_media_likes": []}),
        f"{HOME}/following.json": written({"text_post_app_text_post_app_following": []}),
    }
