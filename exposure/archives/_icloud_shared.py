"""The shared albums of an iCloud export: what other people were shown, and wrote below it.

Shapes as programs read them that were written for real exports: ``iCloud Shared Albums.zip`` holds
``My Albums/<album>/`` with the photos and an ``AlbumInfo.json``, and ``Subscribed Albums.json`` on those of other people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, address, is_list
from exposure.archives._records import get, listed, loaded, text
from exposure.model import Examination, Fact, Facts, Person, Text
from exposure.post import Post, Visibility
from exposure.stores import Store

_ALBUM, _OTHERS = "albuminfo.json", "subscribed albums.json"


class Shared(NamedTuple):
    """A photo of a shared album, or words below those of other people."""

    post: Post
    photos: tuple[str, ...]


def lists(store: Store) -> list[str]:
    """The files that shared albums are told in, by their names."""
    return [name for name in store.names if name.lower().rpartition("/")[2] in (_ALBUM, _OTHERS)]


def is_album(store: Store, name: str) -> bool:
    return any(text(get(each, "albumName")) for each in listed(loaded(store, name)))


def shared(store: Store, name: str, date: Callable[[str], str]) -> Iterator[Shared | Examination]:
    """Each photo of the albums that one list tells of; `date` reads Apple's dates."""
    record = loaded(store, name)
    if isinstance(record, Examination):
        yield record
        return
    is_own = name.lower().endswith(_ALBUM)
    for album in listed(record):
        told = {file: each for each in _photos(album) if (file := _file(each))}
        folder = name.rpartition("/")[0] if is_own else ""
        there = {each.rpartition("/")[2]: each for each in store.names if is_own and _lies_in(each, folder)}
        for file in sorted(told.keys() | there.keys()):
            post = _post(name, album, file, told.get(file), date, is_own=is_own)
            yield Shared(post, (there[file],) if file in there else ())


def _lies_in(name: str, folder: str) -> bool:
    return name.rpartition("/")[0] == folder and not is_list(name)


def _photos(album: Any) -> Iterator[Any]:
    for key in ("photos", "comments"):
        yield from listed(get(album, key))


def _file(photo: Any) -> str:
    return text(get(photo, "name")) or text(get(photo, "fileName"))


def _post(name: str, album: Any, file: str, photo: Any, date: Callable[[str], str], *, is_own: bool) -> Post:
    wanted, title = Wanted("iCloud", name), text(get(album, "albumName"))
    words = f"{title} {file} {text(get(photo, 'dateCreated'))}"
    return Post(
        "icloud",
        blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest(),
        posted=date(text(get(photo, "dateCreated"))),
        visibility=Visibility("unknown", f"in a shared album, says {name.rpartition('/')[2]}"),
        facts=Facts.sorted(_facts(wanted, title, photo)),
        own=is_own,
    )


def _facts(wanted: Wanted, title: str, photo: Any) -> Iterator[Fact]:
    if title:
        yield Text("title", title, address(wanted, "albumName"))
    if caption := text(get(photo, "caption")):
        yield Text("caption", caption, address(wanted, "caption"))
    for comment in listed(get(photo, "comments")):
        if words := text(get(comment, "comment")):
            yield Text("comment", words, address(wanted, "comments"))
        if person := text(get(comment, "contributor", "fullName")):
            yield Person("mentioned", person, address(wanted, "comments"))
