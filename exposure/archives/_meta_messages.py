"""Pictures in messages, as Instagram and Facebook list them: who sent each is told, so that what others sent counts for
nothing of the person, and nobody is told to delete it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import PurePosixPath
from typing import Any

from exposure.archives._kit import MESSAGES_NOT_READ, Files, Wanted, address
from exposure.archives._meta import said, upload
from exposure.archives._meta_posts import Posts, Told
from exposure.archives._records import entries, get, listed, seconds, text
from exposure.model import Examination, Text
from exposure.plugins import Item
from exposure.post import Visibility
from exposure.stores import Store

_LIST = re.compile(r"(?:.*/)?messages/(?:[^/]+/){1,2}message_\d+\.json")
_KINDS = ("photos", "videos")


def messages(
    store: Store, service: str, posts: Posts, files: Files, owner: Set[str]
) -> Iterator[Item | None]:
    """Each message with pictures, and None for each of the person's own without one. `service` in words; `owner`: what the
    person is called. Where nobody knows that, nothing: their files are then looked at by themselves."""
    for name in sorted(store.names) if owner else ():
        if _LIST.fullmatch(name):
            wanted = Wanted(service, name)
            for record in entries(store, name, lambda key: key == "messages", alone=True):
                if isinstance(record, Examination):
                    yield record
                    continue
                own = said(get(record, "sender_name")) in owner
                if (it := _told(wanted, record)).media:
                    seen_by = Visibility(
                        "limited", f"{PurePosixPath(name).name}: only the people in a chat see it"
                    )
                    yield from files.with_post(*posts.post(wanted, it, "message", seen_by, "live", own))
                elif own and it.words:
                    yield None


def notes(store: Store, unread: int, owner: Set[str]) -> Iterator[str]:
    """What should be known of messages. `unread`: how many of the person's own have no picture."""
    if unread:
        yield MESSAGES_NOT_READ.format(f"{unread:,}")
    if not owner and any(_LIST.fullmatch(name) for name in store.names):
        yield (
            "This archive does not say what you are called in messages, so their words were not read, and their pictures were "
            "looked at by themselves, whoever sent them."
        )


def _told(wanted: Wanted, record: Any) -> Told:
    media = tuple(m for kind in _KINDS for m in listed(get(record, kind)) if text(get(m, "uri")))
    return Told(
        media,
        seconds(get(record, "timestamp_ms"), 0.001),
        tuple(filter(None, (said(get(record, "content")),))),
        tuple(map(upload, media)),
        (Text("way", "sent as a message", address(wanted, "messages")),),
        (),
    )
