"""Instagram's archives until 2020: everything in one ``media.json``, by kind, each file with its path, caption and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from exposure.archives._kit import Files, Wanted, address, page_of
from exposure.archives._meta import said
from exposure.archives._meta_posts import Posts, Told
from exposure.archives._records import entries, get, loaded, moment, text
from exposure.model import Examination, Place
from exposure.plugins import Item
from exposure.post import Post, Visibility
from exposure.stores import Store

MEDIA = re.compile(r"(?:.*/)?media\.json")
MARKS = (b'"taken_at"', b'"path"')
"""Both stand in such a list."""

_BESIDE = frozenset(
    {
        "account_history", "account_privacy_changes", "autofill", "checkout", "comments", "connections", "contacts", "devices",
        "events", "fundraisers", "guides", "information_about_you", "likes", "media", "messages", "profile", "saved", "searches",
        "seen_content", "settings", "shopping", "stories_activities", "uploaded_contacts",
    }
)  # fmt: skip
"""The lists of such an archive, which lie side by side; those of posts are all in one."""

_STATUS = {"photos": "live", "videos": "live", "stories": "expired", "profile": "live"}


def account(store: Store, lists: str) -> tuple[str, Visibility]:
    """The account's name and who sees its posts, from the profile beside this list."""
    value = _profile(store, lists)
    is_private = get(value, "private_account")
    seen_by = Visibility()
    if isinstance(is_private, bool):
        seen_by = Visibility(
            "followers" if is_private else "unknown", f"private_account={str(is_private).lower()}"
        )
    return said(get(value, "username")), seen_by


def _profile(store: Store, lists: str) -> Any:
    name = f"{lists.removesuffix('media.json')}profile.json"
    return loaded(store, name) if store.has(name) else None


def page(store: Store, lists: str) -> Iterator[Post]:
    """What stands on the account's own page."""
    value = _profile(store, lists)
    words = {key: said(get(value, key)) for key in ("biography", "website")}
    yield from page_of("instagram", said(get(value, "username")), Wanted("Instagram", "profile.json"), words)


def understood(store: Store, lists: str) -> Iterator[str]:
    """This list, and those beside it, which hold no posts."""
    folder = lists.removesuffix("media.json")
    for name in (f"{folder}{kind}.json" for kind in _BESIDE):
        if store.has(name):
            yield name


def old_posts(store: Store, name: str, posts: Posts, files: Files, seen_by: Visibility) -> Iterator[Item]:
    """The posts of one list: what was posted at one moment is one. Photos in messages are no posts."""
    wanted, is_said = Wanted("Instagram", name), False
    for kind, status in _STATUS.items():
        records = entries(store, name, lambda key, kind=kind: key == kind, alone=True)  # type: ignore[misc]
        for taken_at, group in groupby(records, lambda record: text(get(record, "taken_at"))):
            some = list(group)
            problem = next((record for record in some if isinstance(record, Examination)), None)
            if problem is not None:
                if not is_said:
                    yield problem
                is_said = True
                continue
            it = _told(wanted, taken_at, [record for record in some if text(get(record, "path"))])
            if it.media:
                post, names = posts.post(
                    wanted, it, kind, Visibility() if kind == "profile" else seen_by, status
                )
                yield from files.with_post(post, names)


def _told(wanted: Wanted, taken_at: str, some: list[Any]) -> Told:
    places = dict.fromkeys(said(get(record, "location")) for record in some)
    return Told(
        tuple({"uri": text(get(record, "path"))} for record in some),
        moment(taken_at),
        tuple(filter(None, dict.fromkeys(said(get(record, "caption")) for record in some))),
        (),
        tuple(Place(None, None, None, each, address(wanted, "location"), "named") for each in places if each),
        (),
    )
