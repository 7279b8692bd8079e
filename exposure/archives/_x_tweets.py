"""A tweet of an X archive as a post: the fields of X's first programming interface, with every number written as text.

``full_text`` is escaped as in HTML and its links are shortened; ``retweeted`` is always false, so a retweet is known by
its ``RT @``; media of another tweet carry its ``source_status_id``. A long tweet is cut off in ``full_text`` and stands
whole in ``note-tweet.js``, with nothing but its words to tell which it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, address
from exposure.archives._records import MONTHS, get, listed, moment, number, text
from exposure.archives._x_account import X, XAccount, protected
from exposure.archives._x_files import Lists, shown
from exposure.archives._x_positions import Sent, sent_from
from exposure.model import UNCLEAR, Fact, Facts, Person, Place, Text
from exposure.post import Link, Post, Visibility

_CREATED = re.compile(r"\w{3} (\w{3}) (\d\d?) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})", re.ASCII)
_SHORTENED = re.compile(r"https?://t\.co/\w{1,20}", re.ASCII)
_REPLY = re.compile(r"\A(?:@\w{1,20}\s+)*", re.ASCII)
_HEAD = 40
"""So many characters at its beginning tell a long tweet from all others."""
_UNCLEAR = "an exact position (the archive does not say which number is the latitude)"


class Note(NamedTuple):
    """The whole of a long tweet."""

    id: str
    text: str
    posted: str
    record: Any
    file: str


def post_of(tweet: Any, file: str, account: XAccount, note: Note | None = None) -> Post | None:
    """The post, without its files; None for what is no tweet."""
    id = tweet_id(tweet)
    if not id:
        return None
    classic = get(tweet, "user", "protected")
    user = account.user or "i"
    return Post(
        "x",
        id,
        account.user,
        created(get(tweet, "created_at")),
        protected(classic, f"{shown(file)}: user") if isinstance(classic, bool) else account.visibility,
        link=Link(f"https://x.com/{user}/status/{id}", "constructed")
        if id.isdecimal() and id.isascii()
        else Link(),
        facts=Facts.sorted(_facts(Wanted(X, file), tweet, note)),
        own=not (is_retweet(tweet) or _is_borrowed(tweet, id, account)),
    )


def hidden(post: Post, value: str, file: str, status: str = "live") -> Post:
    """A tweet that stands in a list of those that not everybody sees."""
    link = Link() if status == "deleted" else post.link
    return replace(post, visibility=Visibility(value, f"it is listed in {file}"), status=status, link=link)


def tweet_id(tweet: Any) -> str:
    return text(get(tweet, "id_str") or get(tweet, "id")).strip()


def created(value: Any) -> str:
    """``Sat May 04 10:11:12 +0000 2024`` whatever language the machine speaks, or a time in figures."""
    found = _CREATED.fullmatch(text(value).strip())
    if found is None:
        return moment(value, "%Y-%m-%d %H:%M:%S %z")
    if found[1] not in MONTHS:
        return ""
    month = MONTHS.index(found[1]) + 1
    return moment(f"{found[5]}-{month:02}-{int(found[2]):02}T{found[3]}{found[4]}")


def is_retweet(tweet: Any) -> bool:
    return bool(get(tweet, "retweeted_status")) or written(tweet).startswith("RT @")


def written(tweet: Any) -> str:
    """The words as the archive has them."""
    return text(get(tweet, "full_text") or get(tweet, "text"))


def media(tweet: Any) -> list[Any]:
    return listed(get(tweet, "extended_entities", "media") or get(tweet, "entities", "media"))[:100]


def _is_borrowed(tweet: Any, id: str, account: XAccount) -> bool:
    """Whether every picture in it is somebody else's, and where it was sent from is not told: that is the person's own."""
    found = media(tweet)
    if sent_from(tweet) != Sent() or get(tweet, "place", "full_name"):
        return False
    return bool(found) and all(_is_others(each, id, account) for each in found)


def _is_others(medium: Any, id: str, account: XAccount) -> bool:
    source = text(get(medium, "source_status_id_str") or get(medium, "source_status_id"))
    user = text(get(medium, "source_user_id_str") or get(medium, "source_user_id"))
    return bool(source) and source != id and not (account.id and user == account.id)


def files_of_tweet(tweet: Any, lists: Lists) -> list[str]:
    """Its files in the order of its media. Their names begin with the number of the tweet, or of the medium."""
    ids = dict.fromkeys([tweet_id(tweet), *(text(get(each, "id_str")) for each in media(tweet))])
    folders = [by for folder, by in lists.media.items() if "tweet" in folder]
    names = [name for by in folders for id in ids for name in by.get(id, ())]
    order = {name: at for at, each in enumerate(media(tweet)) for name in _basenames(each)}
    return sorted(names, key=lambda n: (order.get(PurePosixPath(n).name.partition("-")[2], len(order)), n))


def _basenames(medium: Any) -> Iterator[str]:
    """What the file of a picture is called; of a video, its variant of the highest bit rate."""
    variants = [v for v in listed(get(medium, "video_info", "variants")) if text(get(v, "url"))]
    best = max(variants, key=lambda v: number(get(v, "bitrate")) or 0, default=None)
    for address_ in (get(best, "url"), get(medium, "media_url_https"), get(medium, "media_url")):
        if name := text(address_).partition("?")[0].rpartition("/")[2]:
            yield name


def caption(tweet: Any, note: Note | None = None) -> str:
    """The words as they are shown: whole, unescaped, links as they lead, without the links to its own pictures."""
    if note is not None:
        return note.text
    words = html.unescape(written(tweet))
    for link in listed(get(tweet, "entities", "urls"))[:100]:
        short, long = text(get(link, "url")), text(get(link, "expanded_url"))
        if long and _SHORTENED.fullmatch(short):
            words = words.replace(short, long)
    for medium in media(tweet):
        if _SHORTENED.fullmatch(short := text(get(medium, "url"))):
            words = words.replace(short, "")
    return words.strip()


def _facts(wanted: Wanted, tweet: Any, note: Note | None) -> Iterator[Fact]:
    if words := caption(tweet, note):
        whole = Wanted(X, note.file) if note else wanted
        yield Text("caption", words, address(whole, "core.text" if note else "full_text"))
    for each in media(tweet):
        if alt := text(get(each, "ext_alt_text")).strip():
            yield Text("alt", html.unescape(alt), address(wanted, "extended_entities.media.ext_alt_text"))
    yield from _entities(wanted, tweet, note)
    named = text(get(tweet, "place", "full_name")).strip()
    if named:
        yield Place(None, None, None, named, address(wanted, "place.full_name"), "named")
    sent = sent_from(tweet)
    if sent.at is not None:
        yield Place(*sent.at, None, None, address(wanted, "geo"))
    elif sent.is_unclear:
        yield Place(None, None, None, _UNCLEAR, address(wanted, "geo"), UNCLEAR)


def _entities(wanted: Wanted, tweet: Any, note: Note | None) -> Iterator[Fact]:
    core = get(note.record, "core") if note else None
    tags = [*listed(get(tweet, "entities", "hashtags")), *listed(get(core, "hashtags"))]
    for tag in dict.fromkeys(text(get(tag, "text")) for tag in tags[:1000]):
        if tag:
            yield Text("keyword", tag, address(wanted, "entities.hashtags"))
    people = [*listed(get(tweet, "entities", "user_mentions")), *listed(get(core, "mentions"))]
    names = (text(get(p, k)).strip() for p in people[:1000] for k in ("screen_name", "screenName", "name"))
    for name in dict.fromkeys(names):
        if name:
            yield Person("mentioned", name, address(wanted, "entities.user_mentions"))


def note_of(record: Any, file: str) -> Note | None:
    words = html.unescape(
        text(get(record, "core", "text") or get(record, "noteTweetContents", "text"))
    ).strip()
    id = text(get(record, "tweetId") or get(record, "noteTweetId"))
    return Note(id, words, created(get(record, "createdAt")), record, file) if words and id else None


class Notes:
    """The long tweets of an archive, each of which goes to the tweet that it is the whole of."""

    __slots__ = ("_by_head", "_by_id", "_left")

    def __init__(self, notes: Iterable[Note | None]) -> None:
        self._left = {(note.id, note.file): note for note in notes if note is not None}
        self._by_id = {note.id: note for note in self._left.values()}
        self._by_head: dict[str, list[Note]] = {}
        for note in self._left.values():
            self._by_head.setdefault(_head(note.text), []).append(note)

    def of(self, tweet: Any) -> Note | None:
        """The whole of a tweet that was cut off: by its number, or by its first words and its time."""
        found = self._by_id.get(tweet_id(tweet))
        words = html.unescape(written(tweet))
        if found is None and "…" in words and len(_head(words)) == _HEAD:
            posted = created(get(tweet, "created_at"))
            left = [n for n in self._by_head.get(_head(words), ()) if (n.id, n.file) in self._left]
            found = min(left, key=lambda n: n.posted != posted, default=None)
        if found is not None:
            self._left.pop((found.id, found.file), None)
        return found

    def rest(self) -> list[Note]:
        """Those that went to no tweet."""
        return list(self._left.values())


def _head(words: str) -> str:
    """By which a long tweet is told: its beginning, without the names of those it answers."""
    return _REPLY.sub("", words, count=1)[:_HEAD]


def alone(note: Note, account: XAccount) -> Post:
    """A long tweet that stands in no other list."""
    facts = Facts.sorted(_facts(Wanted(X, note.file), {}, note))
    return Post("x", note.id, account.user, note.posted, account.visibility, "unknown", facts=facts)
