"""Posts on Threads, which lie in an archive of Instagram, or in one of their own."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.archives._instagram_profile import THREADS, profile
from exposure.archives._kit import Files, Wanted
from exposure.archives._media import Media
from exposure.archives._meta import THREADS_POSTS
from exposure.archives._meta_posts import Posts, told
from exposure.archives._records import entries
from exposure.model import Examination
from exposure.plugins import Item
from exposure.stores import Store


def lists(store: Store) -> list[str]:
    """The names of its lists of posts."""
    return [name for name in store.names if (found := THREADS_POSTS.fullmatch(name)) and found[3] == "json"]


def threads(store: Store, files: Files, media: Media) -> Iterator[Item]:
    """Each post and reply with its files. A post of words alone has media whose uri is empty."""
    names = lists(store)
    if not names:
        return
    owner = profile(store, THREADS)
    yield from owner.problems
    posts = Posts("threads", owner.name, media)
    for name in names:
        wanted = Wanted("Threads", name)
        for record in entries(store, name, _is_list):
            if isinstance(record, Examination):
                yield record
                continue
            it = told(wanted, record)
            if it.media or it.words:
                yield from files.with_post(*posts.post(wanted, it, "thread", owner.seen_by, "live"))


def _is_list(key: str) -> bool:
    return key.startswith("text_post_app_text_posts")
