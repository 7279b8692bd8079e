from __future__ import annotations

import json
from pathlib import Path

from exposure.archives import found, items
from exposure.post import Inventory, Post, Visibility
from tests.archives.exports import zipped
from tests.archives.exports.instagram import profile, written
from tests.archives.exports.threads import HOME, export


def test_a_post_of_words_alone_has_no_photos_and_mentions_whom_it_mentions(tmp_path: Path) -> None:
    first, *_ = (item for item in items([zipped(export(), tmp_path / "t.zip")]) if isinstance(item, Post))
    assert first.caption == "agreed @pine.marten" and not first.photos
    assert [person.name for person in first.facts.people] == ["pine.marten"]
    assert first.id == "thread-2025-08-06T07:54:19Z" and first.service == "threads"


def test_a_private_account_is_its_followers(tmp_path: Path) -> None:
    own = {"text_post_app_text_post_app_profile": [profile("True")]}
    files = export() | {f"{HOME}/personal_information.json": written(own)}
    seen_by = {
        item.visibility for item in items([zipped(files, tmp_path / "t.zip")]) if isinstance(item, Post)
    }
    assert seen_by == {Visibility("followers", 'Private Account="True"')}


def test_the_profile_may_be_missing(tmp_path: Path) -> None:
    posts = {
        "text_post_app_text_posts": [{"media": [{"uri": "", "title": "Hello", "creation_timestamp": 1}]}]
    }
    files = {f"{HOME}/threads_and_replies.json": json.dumps(posts).encode()}
    at = zipped(files, tmp_path / "threads-sam.example-2025-02-11-AbCdEf01.zip")
    ((_, archive),) = found([at])
    post, inventory = items([at])
    assert archive.name == "threads" and isinstance(inventory, Inventory)
    assert isinstance(post, Post) and (post.account, post.visibility) == ("sam.example", Visibility())
