"""X, formerly Twitter: the archive of an account, in every shape it was handed out in.

Shapes as in X's own README.txt and the programs that read them: scripts in ``data/`` with the media beside them (since
2018, at first without the folder and without a manifest), and before that a script a month with a table of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.archives._kit import MESSAGES_NOT_READ, Files, inventory, so_many
from exposure.archives._records import records, rows
from exposure.archives._x_account import XAccount, account_of, kept, one_of, profile, unread_of, unwrapped
from exposure.archives._x_files import (
    CIRCLE,
    COMMUNITY,
    DELETED,
    NOTES,
    TWEETS,
    is_archive,
    lists_of,
    shown,
)
from exposure.archives._x_messages import messages
from exposure.archives._x_tweets import (
    Notes,
    alone,
    files_of_tweet,
    hidden,
    media,
    note_of,
    post_of,
    tweet_id,
)
from exposure.model import UNCLEAR, Examination
from exposure.plugins import Archive, Item
from exposure.stores import Store

_PART = re.compile(
    r"(twitter(?:-x)?-\d{4}-\d\d-\d\d-[0-9a-f]{16,})(?:[-_.](?:part)?\d+)?\.zip", re.IGNORECASE
)
_ASK_AGAIN = (
    "This is an archive of the kind that Twitter handed out until 2018: it holds no pictures. Ask X for a new one"
    " (Settings, Your account, Download an archive of your data)."
)
_SHOWN = 5
"""So many posts are named in a note."""


def items(store: Store) -> Iterator[Item]:
    """The profile, what X keeps of the account, every tweet with its media, messages with theirs; then what is left."""
    reading = _Reading(store)
    lists, account, files = reading.lists, reading.account, reading.files
    pictures = [n for some in lists.media.get("profile_media", {}).values() for n in some]
    page = profile(store, lists, account)
    if pictures or page.facts.texts or page.facts.places or page.facts.people:
        yield from files.with_post(page, pictures)
    if (stored := kept(store, lists, account)) is not None:
        yield stored
    yield from reading.tweets()
    yield from reading.classic()
    unread = 0
    for found in messages(store, lists, account):
        if found is None:
            unread += 1
            continue
        yield from (found,) if isinstance(found, Examination) else files.with_post(*found)
    yield from unread_of(store, lists)
    for name in lists.viewer:
        files.known(name)
    yield from files.rest()
    notes = [MESSAGES_NOT_READ.format(f"{unread:,}")] if unread else []
    yield inventory(ARCHIVE, store, lists.understood, [*reading.notes(), *notes])


class _Reading:
    """Where reading the tweets stands: each is given once, though it stands in several lists."""

    __slots__ = (
        "_listed",
        "_long",
        "_missing",
        "_other",
        "_seen",
        "_unclear",
        "account",
        "files",
        "lists",
        "store",
    )

    def __init__(self, store: Store) -> None:
        self.store, self.lists, self.files = store, lists_of(store), Files(store)
        self.account: XAccount = account_of(store, self.lists)
        self._seen: set[str] = set()
        self._missing = self._other = 0
        self._unclear: list[str] = []
        self._long = Notes(note_of(record, name) for name, record in one_of(store, self.lists.of(*NOTES)))
        self._listed = {
            tweet_id(record): (value, shown(name), status)
            for value, status, kinds in (("limited", "live", CIRCLE), ("private", "deleted", DELETED))
            for name, record in one_of(store, self.lists.of(*kinds))
        }

    def tweets(self) -> Iterator[Item]:
        """Those of the scripts, and long ones that stand nowhere else."""
        for name in self.lists.of(*TWEETS, *CIRCLE, *COMMUNITY, *DELETED):
            for record in records(self.store, name):
                if isinstance(record, Examination):
                    yield record
                else:
                    yield from self._tweet(unwrapped(record), name)
        for note in self._long.rest():
            if note.id not in self._seen:
                self._seen.add(note.id)
                yield alone(note, self.account)

    def classic(self) -> Iterator[Item]:
        """Those of the archives until 2018; the table says less than the scripts, and is only read without them."""
        for name in self.lists.months:
            for record in records(self.store, name):
                yield from (record,) if isinstance(record, Examination) else self._tweet(record, name)
        for name in () if self._seen else self.lists.tables:
            for row in rows(self.store, name):
                if isinstance(row, Examination):
                    yield row
                    continue
                tweet = {
                    "id_str": row.get("tweet_id", ""),
                    "created_at": row.get("timestamp", ""),
                    "text": row.get("text", ""),
                    "retweeted_status": row.get("retweeted_status_id", ""),
                }
                yield from self._tweet(tweet, name)

    def _tweet(self, tweet: object, name: str) -> Iterator[Item]:
        id = tweet_id(tweet)
        if id in self._seen:
            return
        post = post_of(tweet, name, self.account, self._long.of(tweet))
        if post is None:
            self._other += 1
            return
        self._seen.add(id)
        if id in self._listed:
            post = hidden(post, *self._listed[id])
        if any(place.kind == UNCLEAR for place in post.facts.places):
            self._unclear.append(id if id.isdecimal() else "…")
        names = files_of_tweet(tweet, self.lists)
        self._missing += bool(media(tweet)) and not names
        yield from self.files.with_post(post, names)

    def notes(self) -> Iterator[str]:
        """What is to be known of this archive."""
        yield from self.account.notes
        if self._unclear:
            some = ", ".join(f"x:{id}" for id in self._unclear[:_SHOWN])
            more = ", …" if len(self._unclear) > _SHOWN else ""
            yield (
                f"{so_many(len(self._unclear), 'post carries', 'posts carry')} an exact position of which this archive does"
                f" not say which number is the latitude, so it is on no map here. Others may see it at the post: {some}{more}."
            )
        if self._missing:
            yield f"The pictures of {so_many(self._missing, 'post', 'posts')} are not in this archive."
        if self._other:
            others = so_many(
                self._other, "entry of its lists is no post", "entries of its lists are no posts"
            )
            yield f"{others}, or of a shape that exposure does not know."
        if self.lists.viewer:
            yield f"{len(self.lists.viewer)} files of the page to look at it with are X's own and were left out."
        if self.lists.tables or self.lists.months:
            yield _ASK_AGAIN


def part(name: str) -> str | None:
    found = _PART.fullmatch(name)
    return found[1].lower() if found else None


ARCHIVE = Archive("x", "X (Twitter)", is_archive, items, part=part)
