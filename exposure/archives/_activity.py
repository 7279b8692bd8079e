"""What servers of the Fediverse publish, as posts: ActivityPub (W3C, 2018) with the words of Activity Streams 2.0.

Who is addressed is who may see it: by ``to`` the collection Public means everybody, by ``cc`` everybody who has the link
(ActivityPub, section 5.6, and Mastodon's documentation, "Status federation").
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from exposure.archives._kit import Wanted, address
from exposure.archives._records import get, listed, moment, number, position, text
from exposure.model import Fact, Facts, Person, Place, Text
from exposure.post import Link, Post, Visibility

MASTODON = "Mastodon"
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_BREAK = re.compile(r"<br[^<>]*>|</(?:p|div|li|h\d|blockquote)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"https?://[^\s<>\"']{1,2000}")
_SITE = re.compile(r"https?://([^/\s?#]{1,255})(/[^?#]*)?")
_LONGEST = 500_000
"""So much of one text is read, in characters."""
_MOST = 1_000
"""So many pictures, tags and addresses of one post are read."""
_RANDOM = 16
"""A file name of so many characters is its picture's alone."""
_POSTS = frozenset({"Note", "Article", "Page", "Image", "Video", "Audio", "Question", "Event", "Document"})


def is_post(object_: Any) -> bool:
    return any(text(kind) in _POSTS for kind in listed(get(object_, "type"))[:_MOST])


def post_of(activity: Any, object_: Any, account: str, file: str) -> Post | None:
    """The post that an activity published, without its files and by its whole name; None when it has none."""
    name = text(get(object_, "id")) or text(get(activity, "id")).removesuffix("/activity")
    if not name:
        return None
    link = _linked(get(object_, "url")) or _linked(name)
    return Post(
        "mastodon",
        name,
        account,
        moment(get(object_, "published")) or moment(get(activity, "published")),
        visibility(*(_addressed(activity, object_, key) for key in ("to", "cc"))),
        link=Link(link, "exact") if link else Link(),
        facts=Facts.sorted(_facts(Wanted(MASTODON, file), object_)),
    )


def _linked(value: Any) -> str:
    for each in listed(value)[:_MOST]:
        found = text(each if isinstance(each, str) else get(each, "href"))
        if _LINK.fullmatch(found):
            return found
    return ""


def _addressed(activity: Any, object_: Any, key: str) -> list[str] | None:
    """Who is addressed; None when nothing says it."""
    for each in (object_, activity):
        if isinstance(each, Mapping) and key in each:
            found = listed(each[key])
            return [name for name in map(text, found[:_MOST]) if name] if found else []
    return None


def visibility(to: Sequence[str] | None, cc: Sequence[str] | None) -> Visibility:
    """Who sees a post that is addressed like this. The evidence has the short name of the collection Public, which means
    the same, and no names of people."""
    for addressed, key, value in ((to, "to", "public"), (cc, "cc", "unlisted")):
        if not _PUBLIC.isdisjoint(addressed or ()):
            return Visibility(value, f'{key}="as:Public"')
    named = [(name, key) for addressed, key in ((to, "to"), (cc, "cc")) for name in addressed or ()]
    if key := next((key for name, key in named if name.endswith("/followers")), ""):
        return Visibility("followers", f'{key}="followers"')
    if named:
        return Visibility("limited", f"to, cc: {len(named)} addressed, neither everybody nor the followers")
    return Visibility("private", "to=[], cc=[]") if to is not None and cc is not None else Visibility()


def plain(content: str) -> str:
    """HTML as words. Tags are cut out from sign to sign, which takes as long as the text, whatever is in it."""
    words = _TAG.sub("", _BREAK.sub("\n", content[:_LONGEST]))
    lines = (line.strip() for line in html.unescape(words).strip().splitlines())
    return "\n".join(line for line in lines if line)


def _facts(wanted: Wanted, object_: Any) -> Iterator[Fact]:
    words = [plain(_written(object_, key)) for key in ("name", "summary", "content")]
    polls = (each for key in ("oneOf", "anyOf") for each in listed(get(object_, key))[:_MOST])
    words += [plain(_written(option, "name")) for option in polls]
    if caption := "\n".join(filter(None, words)):
        yield Text("caption", caption, address(wanted, "content"))
    for medium in attached(object_):
        if alt := text(get(medium, "name")).strip():
            yield Text("alt", alt, address(wanted, "attachment.name"))
    for tag in listed(get(object_, "tag"))[:_MOST]:
        kind, name = text(get(tag, "type")), text(get(tag, "name")).strip()
        if kind == "Mention" and name:
            yield Person("mentioned", name, address(wanted, "tag"))
        elif kind == "Hashtag" and name.strip("#"):
            yield Text("keyword", name.lstrip("#"), address(wanted, "tag"))
    yield from _places(wanted, get(object_, "location"))


def _written(object_: Any, key: str) -> str:
    """Words in one language, or each once in the several that they were written in (Activity Streams, "Natural Language
    Values")."""
    several = get(object_, f"{key}Map")
    each = several.values() if isinstance(several, Mapping) else ()
    return "\n".join(dict.fromkeys(filter(None, (text(get(object_, key)), *map(text, each)))))


def _places(wanted: Wanted, places: Any) -> Iterator[Fact]:
    """Pixelfed and others let people name a place (Activity Streams, "Place")."""
    for place in listed(places)[:_MOST]:
        name = text(get(place, "name")).strip() or None
        there = position(get(place, "latitude"), get(place, "longitude"))
        if there is not None:
            unit = {"m": 1.0, "km": 1000.0}.get(text(get(place, "units")) or "m")
            radius = number(get(place, "radius"))
            accuracy = radius * unit if radius is not None and unit is not None and radius > 0 else None
            yield Place(*there, accuracy, name, address(wanted, "location"))
        elif name:
            yield Place(None, None, None, name, address(wanted, "location.name"), "named")


def attached(object_: Any) -> list[Any]:
    return listed(get(object_, "attachment"))[:_MOST]


def actor_name(actor: Any) -> str:
    """``sam@m.example``; empty when the archive does not say."""
    user, site = text(get(actor, "preferredUsername")), _SITE.match(text(get(actor, "id")))
    return f"{user}@{site[1]}" if user and site else user


def profile(actor: Any, account: str, file: str) -> Post:
    """What the profile shows, as a post; its pictures are the files beside it."""
    wanted, page = Wanted(MASTODON, file), _linked(get(actor, "url"))
    fields = (
        f"{plain(text(get(each, 'name')))}: {plain(text(get(each, 'value')))}"
        for each in attached(actor)
        if text(get(each, "value"))
    )
    facts: list[Fact] = []
    if caption := "\n".join(filter(None, (plain(text(get(actor, "summary"))), *fields))):
        facts.append(Text("caption", caption, address(wanted, "summary")))
    if name := text(get(actor, "name")).strip():
        facts.append(Person("owner", name, address(wanted, "name")))
    return Post(
        "mastodon",
        "profile",
        account,
        moment(get(actor, "published")),
        Visibility("public", f'{PurePosixPath(file).name}: "url" is a page on the web')
        if page
        else Visibility(),
        link=Link(page, "exact") if page else Link(),
        facts=Facts.sorted(facts),
    )


class Media:
    """The files of an archive, by the ends of their paths."""

    __slots__ = ("_by_name",)

    def __init__(self, names: Sequence[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        for name in names:
            self._by_name.setdefault(PurePosixPath(name).name, []).append(name)

    def named(self, link: str) -> str | None:
        """The file that a path or link means: ``/system/media_attachments/files/1/original/aaaa.jpg``."""
        site = _SITE.match(link)
        path = ((site[2] or "") if site else link.partition("?")[0]).lstrip("/").removeprefix("system/")
        found = self._by_name.get(path.rpartition("/")[2], [])
        for end in (path, path[max(path.find("media_attachments/"), 0) :]):
            if (same := next((n for n in found if f"/{n}".endswith(f"/{end}")), None)) is not None:
                return same
        return found[0] if len(found) == 1 and len(PurePosixPath(path).stem) >= _RANDOM else None
