"""Bluesky: the repository of an account, ``repo.car``, and pictures that lie beside it under the names of their blobs.

Records as in the lexicons app.bsky.feed.post, app.bsky.actor.profile, app.bsky.embed.* and app.bsky.richtext.facet.
Everything in a repository is public: com.atproto.sync.getRepo and getBlob answer anybody, without an account
(docs.bsky.app, "Download and Parse Repository Exports").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from exposure.archives._car import Car, written
from exposure.archives._kit import Files, Wanted, address, beginning, inventory, so_many
from exposure.archives._records import get, listed, moment, text, unread
from exposure.archives._repository import Commit, commit, leaves
from exposure.cbor import Cid
from exposure.errors import MalformedFile, reason
from exposure.model import Fact, Facts, Person, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.source import MemorySource
from exposure.stores import Store

_TITLE = "Bluesky"
_POST, _PROFILE, _REPOST = "app.bsky.feed.post", "app.bsky.actor.profile", "app.bsky.feed.repost"
_SILENT = re.compile(
    r"app\.bsky\.(?:actor\.status|feed\.(?:like|(?:post|thread)gate|repost)|graph\.(?:block|follow|list(?:block|item)|verification))"
)
"""Records that hold no words of the person's own."""
_MOST_NAMED = 10
_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,500}")
_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")
_MOST = 1_000
"""So many pictures, tags and mentions of one post are read."""
_NO_PICTURES = (
    "The pictures of {} are not in this file, for Bluesky leaves them out. Anybody can fetch them from Bluesky"
    " without an account, so look at the photos that you posted as well."
)


def recognise(store: Store) -> bool:
    return any(_is_car(beginning(store, name)) for name in store.names if name.lower().endswith(".car"))


def _is_car(head: bytes) -> bool:
    try:
        return bool(Car(MemorySource(head)).roots)
    except MalformedFile:
        return False


def items(store: Store) -> Iterator[Item]:
    """The profile and each post of every repository, with their pictures where those are; then what is left."""
    reading = _Reading(store)
    cars = [name for name in store.names if name.lower().endswith(".car")]
    for name in cars:
        try:
            with store.source(name) as source:
                yield from reading.repository(Car(source), name)
        except MalformedFile as error:
            yield unread(store, name, f"this file cannot be read: {error.message}")
        except OSError as error:
            yield unread(store, name, f"this file cannot be opened: {reason(error)}")
    yield from reading.files.rest()
    yield inventory(ARCHIVE, store, cars, tuple(reading.notes()))


class _Reading:
    """Where reading stands."""

    __slots__ = ("_blobs", "_missing", "_others", "_seen", "_store", "files")

    def __init__(self, store: Store) -> None:
        self._store, self.files = store, Files(store)
        self._blobs = {PurePosixPath(name).name.partition(".")[0]: name for name in store.names}
        self._seen: set[str] = set()
        self._missing = 0
        self._others: Counter[str] = Counter()

    def repository(self, car: Car, name: str) -> Iterator[Item]:
        """Its posts in the order of their keys. MalformedFile when it is no repository."""
        head, lost = commit(car), int(car.broken_at is not None)
        for leaf in leaves(car, head.tree):
            if isinstance(leaf, MalformedFile):
                lost += 1
                continue
            collection, _, key = leaf.key.partition("/")
            if collection not in (_POST, _PROFILE):
                self._others[collection] += 1
                lost += not car.has(leaf.record)
                continue
            try:
                record = car.block(leaf.record)
            except MalformedFile:
                lost += 1
                continue
            yield from self._post(
                _profile(record, head, name) if collection == _PROFILE else _post(record, key, head, name),
                record,
            )
        if lost:
            yield unread(
                self._store, name, "parts of this repository are damaged or missing; the rest was read"
            )

    def _post(self, post: Post, record: Any) -> Iterator[Item]:
        if post.id in self._seen:
            return
        self._seen.add(post.id)
        blobs = list(_blobs(record))
        found = [self._blobs[blob] for blob in blobs if blob in self._blobs]
        self._missing += len(found) < len(blobs)
        yield from self.files.with_post(post, found)

    def notes(self) -> Iterator[str]:
        """What is to be known of this archive."""
        if self._missing:
            yield _NO_PICTURES.format(so_many(self._missing, "post", "posts"))
        if reposts := self._others[_REPOST]:
            some = so_many(
                reposts, "repost of somebody else’s post was", "reposts of other people’s posts were"
            )
            yield f"{some} left out: there is nothing of yours in that."
        if unread := {kind: number for kind, number in self._others.items() if not _SILENT.fullmatch(kind)}:
            kinds = ", ".join(f"{kind[:60]} ({unread[kind]:,})" for kind in sorted(unread)[:_MOST_NAMED])
            some = so_many(sum(unread.values()), "record", "records")
            yield f"{some} of kinds that exposure does not read: {kinds}. Anybody can see those as well."


def _post(record: Any, key: str, head: Commit, name: str) -> Post:
    link = f"https://bsky.app/profile/{head.did}/post/{key}"
    return Post(
        "bluesky",
        key,
        head.did,
        moment(get(record, "createdAt")),
        _public(_POST),
        link=Link(link, "constructed") if _DID.fullmatch(head.did) and _KEY.fullmatch(key) else Link(),
        facts=Facts.sorted(_facts(Wanted(_TITLE, name), record)),
    )


def _public(collection: str) -> Visibility:
    return Visibility("public", f"{collection}: every record of a repository is public")


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    words = text(get(record, "text"))
    if words.strip():
        yield Text("caption", words, address(wanted, f"{_POST}:text"))
    for medium in _media(get(record, "embed")):
        if alt := text(get(medium, "alt")).strip():
            yield Text("alt", alt, address(wanted, f"{_POST}:embed.alt"))
    features = list(_features(record, words.encode("utf-8", "replace")))
    tags = [
        *map(text, listed(get(record, "tags"))[:_MOST]),
        *(value for kind, value in features if kind == "tag"),
    ]
    for tag in dict.fromkeys(tags):
        if tag:
            yield Text("keyword", tag, address(wanted, f"{_POST}:tags"))
    for kind, value in dict.fromkeys(features):
        if kind == "mention" and value:
            yield Person("mentioned", value, address(wanted, f"{_POST}:facets"))


def _features(record: Any, words: bytes) -> Iterator[tuple[str, str]]:
    """Mentions and tags in a text, of which facets give the bytes. A mention is by name where the text has one, and by
    the number of the account otherwise."""
    for facet in listed(get(record, "facets"))[:_MOST]:
        start, end = get(facet, "index", "byteStart"), get(facet, "index", "byteEnd")
        named = (
            words[start:end] if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end else b""
        )
        for feature in listed(get(facet, "features"))[:_MOST]:
            kind = text(get(feature, "$type")).rpartition("#")[2]
            if kind == "mention":
                handle = named.decode("utf-8", "replace")
                yield kind, handle[1:] if handle.startswith("@") and handle[1:] else text(get(feature, "did"))
            elif kind == "tag":
                yield kind, text(get(feature, "tag"))


def _media(embed: Any) -> Iterator[Any]:
    """The pictures and videos of a post, of one that quotes another too: each an object with its words and its blob."""
    for each in (embed, get(embed, "media")):
        yield from listed(get(each, "images"))[:_MOST]
        if get(each, "video") is not None:
            yield each


def _blobs(record: Any) -> Iterator[str]:
    """The names of the files that a record means: a link, or in old records its words."""
    media = [get(medium, key) for medium in _media(get(record, "embed")) for key in ("image", "video")]
    for blob in (*media, get(record, "avatar"), get(record, "banner")):
        link = get(blob, "ref")
        if isinstance(link, Cid):
            yield written(link)
        elif old := text(get(blob, "cid")):
            yield old


def _profile(record: Any, head: Commit, name: str) -> Post:
    wanted, facts = Wanted(_TITLE, name), list[Fact]()
    words = "\n".join(
        filter(None, (text(get(record, key)).strip() for key in ("description", "pronouns", "website")))
    )
    if words:
        facts.append(Text("caption", words, address(wanted, f"{_PROFILE}:description")))
    if shown := text(get(record, "displayName")).strip():
        facts.append(Person("owner", shown, address(wanted, f"{_PROFILE}:displayName")))
    link = f"https://bsky.app/profile/{head.did}"
    return Post(
        "bluesky",
        "profile",
        head.did,
        moment(get(record, "createdAt")),
        _public(_PROFILE),
        link=Link(link, "constructed") if _DID.fullmatch(head.did) else Link(),
        facts=Facts.sorted(facts),
    )


ARCHIVE = Archive("bluesky", _TITLE, recognise, items)
