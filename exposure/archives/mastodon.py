"""Mastodon, and other servers of the Fediverse whose archives have its shape: ``outbox.json`` and its neighbours.

As Mastodon's app/services/backup_service.rb writes it: an ordered collection of activities, ``actor.json``,
``likes.json``, ``bookmarks.json``, the profile's pictures and ``media_attachments/`` with the names that attachments have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from exposure.archives._activity import Media, actor_name, attached, is_post, post_of, profile
from exposure.archives._kit import Files, beginning, inventory, so_many
from exposure.archives._records import entries, get, loaded, text
from exposure.model import Examination
from exposure.plugins import Archive, Item
from exposure.stores import Store

_OUTBOX = re.compile(r"((?:[^/]+/){0,3})outbox\.json")
_HEAD = 1 << 16
"""The collection says what it is after its context, which may be long, in bytes."""
_LISTS = re.compile(
    r"(?:outbox|actor|likes|bookmarks)\.json"
    r"|(?:following_accounts|followers|lists|blocked_accounts|muted_accounts|blocked_domains|bookmarks)\.csv"
)
_PICTURES = re.compile(r"(?:avatar|header)\.\w{2,5}")


def _outbox(store: Store) -> str | None:
    return next(
        (n for n in store.names if _OUTBOX.fullmatch(n) and _is_collection(beginning(store, n, _HEAD))), None
    )


def _is_collection(head: bytes) -> bool:
    return b'"OrderedCollection' in head or b'"orderedItems"' in head


def recognise(store: Store) -> bool:
    return _outbox(store) is not None


def items(store: Store) -> Iterator[Item]:
    """The profile, then each post with its media in the order of the outbox; then what is left."""
    outbox = _outbox(store)
    folder = (outbox or "").rpartition("outbox.json")[0]
    actor = loaded(store, f"{folder}actor.json") if store.has(f"{folder}actor.json") else None
    if isinstance(actor, Examination):
        yield actor
        actor = None
    files = Files(store)
    page = profile(actor, actor_name(actor), f"{folder}actor.json")
    pictures = [n for n in store.names if n.startswith(folder) and _PICTURES.fullmatch(n[len(folder) :])]
    if pictures or page.facts.texts or page.facts.people:
        yield from files.with_post(page, pictures)
    reading = _Outbox(store, files, actor_name(actor))
    if outbox is not None:
        yield from reading.posts(outbox)
    yield from files.rest()
    understood = [n for n in store.names if n.startswith(folder) and _LISTS.fullmatch(n[len(folder) :])]
    yield inventory(ARCHIVE, store, understood, tuple(reading.notes()))


class _Outbox:
    """Where reading an outbox stands."""

    __slots__ = ("_account", "_boosts", "_files", "_media", "_missing", "_other", "_seen", "_store")

    def __init__(self, store: Store, files: Files, account: str) -> None:
        self._store, self._files, self._account = store, files, account
        self._media = Media(store.names)
        self._seen: set[str] = set()
        self._boosts = self._missing = self._other = 0

    def posts(self, name: str) -> Iterator[Item]:
        for activity in entries(self._store, name, lambda key: key == "orderedItems"):
            if isinstance(activity, Examination):
                yield activity
            elif get(activity, "type") == "Announce":
                self._boosts += 1
            else:
                yield from self._post(activity, name)

    def _post(self, activity: Any, name: str) -> Iterator[Item]:
        object_ = get(activity, "object") if get(activity, "type") == "Create" else activity
        post = post_of(activity, object_, self._account, name) if is_post(object_) else None
        if post is None:
            self._other += 1
        elif post.id not in self._seen:
            self._seen.add(post.id)
            short = post.id.rstrip("/").rpartition("/")[2]
            if short and short not in self._seen:
                self._seen.add(short)
                post = replace(post, id=short)
            links = [text(get(each, "url") or get(each, "href")) for each in attached(object_)]
            found = [self._media.named(link) for link in links if link]
            self._missing += found.count(None)
            yield from self._files.with_post(post, [each for each in found if each is not None])

    def notes(self) -> Iterator[str]:
        """What is to be known of this archive."""
        if self._boosts:
            boosts = so_many(
                self._boosts, "boost of somebody else’s post was", "boosts of other people’s posts were"
            )
            yield f"{boosts} left out: there is nothing of yours in that."
        if self._missing:
            yield f"{so_many(self._missing, 'picture or video', 'pictures or videos')} of your posts: not in this archive."
        if self._other:
            others = so_many(
                self._other, "entry of outbox.json is no post", "entries of outbox.json are no posts"
            )
            yield f"{others}, or of a kind that exposure does not know."


ARCHIVE = Archive("mastodon", "Mastodon", recognise, items)
