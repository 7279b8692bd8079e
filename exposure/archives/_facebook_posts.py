"""What one record of an archive of Facebook says: a post with its attachments, a photo, a check-in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from exposure.archives import _meta_posts
from exposure.archives._kit import Wanted, address
from exposure.archives._meta import said, upload
from exposure.archives._meta_posts import Told
from exposure.archives._records import get, listed, position, text
from exposure.model import Fact, Person, Place, Text
from exposure.post import Link
from exposure.stores import Store

_GIVEN_NAMES = frozenset(
    {
        "cover photos", "instagram photos", "ios photos", "mobile uploads", "photos", "profile pictures", "timeline photos",
        "uncategorized photos", "untitled album", "videos", "wall photos",
    }
)  # fmt: skip
"""Albums that Facebook makes by itself."""
_PHOTO = re.compile(r"(?:(\d{6,20})|\d{3,20}_(\d{6,20})_\d+_[a-z])\.(?:jpe?g|png|webp)", re.IGNORECASE)
"""The id of a photo in the name of its file, as Facebook serves it (arXiv 2302.12133)."""

BESIDE = re.compile(r"(?:.*/)?posts/(edits|content_sharing_links|other_people)(?:[_'’][^/]*)?\.json")
_NOT_READ = {
    "edits": "Whoever sees a post that you edited can see what it said before. The list of your edits was not read: if "
    "you took something out of a post, look at its edit history, and delete the post if it still tells it.",
    "content_sharing_links": "Links that you made to share something outside Facebook were not read: whoever has such a link may "
    "open what it shares.",
    "other_people": "What others wrote on your timeline was not read: look at your profile, and hide what tells too much.",
}
_ON_YOURS = re.compile(
    r"\b(?:your (?:timeline|wall)|deiner? (?:chronik|pinnwand)|(?:ton|votre) (?:journal|mur)|tu (?:biografía|muro)|tuo diario"
    r"|(?:tua|sua) (?:linha do tempo|cronologia)|(?:teu|seu) mural|je tijdlijn|twojej osi|din tidslinje|tidslinjen din|вашей хронике)",
    re.IGNORECASE,
)
"""Where a title says of a post that it is on "your timeline", Facebook speaks of another's post to the owner, whom it calls by
name."""


def is_of_another(record: Any) -> bool:
    """Whether somebody else wrote it, on the person's timeline."""
    return _ON_YOURS.search(said(get(record, "title"))) is not None


def told(wanted: Wanted, record: Any) -> Told:
    """A post with its text, its photos, and the places and people on it; in the newer shape of labels too."""
    by_label = _meta_posts.told(wanted, record)
    media, words, shown = list(by_label.media), [], list(by_label.shown)
    words += [get(each, "post") for each in listed(get(record, "data"))]
    for each in _attached(record):
        media += _photos(each)
        words += [get(each, "text"), get(each, "life_event", "description")]
        for where in (get(each, "place"), get(each, "life_event", "place")):
            shown += place(wanted, where)
        shown += titles(wanted, [get(each, "life_event", "title")])
    shown += titles(wanted, [get(record, "title"), *(get(each, "title") for each in media)])
    shown += people(wanted, [get(record, "tags"), *(get(each, "tags") for each in media)])
    shown += comments(wanted, [get(record, "comments"), *(get(each, "comments") for each in media)])
    own = [said(word) for word in (*words, *(get(each, "description") for each in media))]
    labels = [word for word in by_label.words if word not in {said(get(record, "title")), *_titles_of(media)}]
    return by_label._replace(
        media=tuple(media),
        words=tuple(filter(None, (*own, *labels))),
        uploads=(*by_label.uploads, *map(upload, media[len(by_label.media) :])),
        shown=tuple(dict.fromkeys(shown)),
    )


def _attached(record: Any) -> Iterator[Any]:
    for group in listed(get(record, "attachments")):
        yield from listed(get(group, "data"))


def _photos(attached: Any) -> Iterator[dict[str, Any]]:
    some = (*listed(get(attached, "media")), *listed(get(attached, "life_event", "photos")))
    return (each for each in some if isinstance(each, dict) and text(each.get("uri")))


def _titles_of(media: Iterable[Any]) -> Iterator[str]:
    return (said(get(each, "title")) for each in media)


def place(wanted: Wanted, where: Any) -> Iterator[Place]:
    """A place that was attached: its name and street, and where it is."""
    there = position(get(where, "coordinate", "latitude"), get(where, "coordinate", "longitude"))
    parts = (said(get(where, "name")), said(get(where, "address")))
    name = ", ".join(dict.fromkeys(filter(None, parts))) or None
    if there is not None:
        yield Place(*there, None, name, address(wanted, "place"))
    elif name:
        yield Place(None, None, None, name, address(wanted, "place"), "named")


def titles(wanted: Wanted, some: Iterable[Any]) -> Iterator[Text]:
    """What Facebook writes over a post ("Sam added a new photo.") and the names of albums, but for those it gives."""
    for title in dict.fromkeys(map(said, some)):
        if title and title.casefold() not in _GIVEN_NAMES:
            yield Text("title", title, address(wanted, "title"))


def comments(wanted: Wanted, some: Iterable[Any]) -> Iterator[Text]:
    """What anybody wrote below a post or a photo."""
    for comment in (comment for each in some for comment in listed(each)):
        if words := said(get(comment, "comment")):
            yield Text("comment", words, address(wanted, "comments"))


def people(wanted: Wanted, some: Iterable[Any]) -> Iterator[Fact]:
    """Tags are names, or objects with one."""
    for tag in (tag for tags in some for tag in listed(tags)):
        if name := said(get(tag, "name") or tag):
            yield Person("depicted", name, address(wanted, "tags"))


def link(it: Told) -> Link:
    """The page of its first photo, guessed from the name of the file; none for videos and words."""
    for uri in it.uris:
        if found := _PHOTO.fullmatch(PurePosixPath(uri).name):
            return Link(f"https://www.facebook.com/photo/?fbid={found[1] or found[2]}", "guess")
    return Link()


def joined(it: Told, more: Told) -> Told:
    """One with what another says besides; the same place told twice counts once."""
    known = {(p.latitude, p.longitude) for p in it.shown if isinstance(p, Place) and p.latitude is not None}
    new = [f for f in more.shown if not (isinstance(f, Place) and (f.latitude, f.longitude) in known)]
    return it._replace(
        words=tuple(dict.fromkeys((*it.words, *more.words))),
        uploads=tuple(dict.fromkeys((*it.uploads, *more.uploads))),
        shown=tuple(dict.fromkeys((*it.shown, *new))),
        kept=tuple(dict.fromkeys((*it.kept, *more.kept))),
    )


def beside(store: Store) -> Iterator[str]:
    """What to say of lists that are known and not read."""
    kinds = {found[1] for name in store.names if (found := BESIDE.fullmatch(name))}
    return (words for kind, words in _NOT_READ.items() if kind in kinds)
