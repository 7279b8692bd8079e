"""What most archives do alike: posts with their files, each file once, and what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.model import Address, Fact, Facts, Place, Text
from exposure.plugins import Archive, Item
from exposure.post import PROFILE, Inventory, Post
from exposure.source import FileSource
from exposure.stores import Store

LISTS = frozenset({".json", ".js", ".csv", ".html", ".htm", ".txt", ".xml", ".car"})
"""Endings of files that are an archive's own lists and pages, not media."""


class Wanted(NamedTuple):
    """Where in an archive facts come from."""

    service: str
    """In words: Flickr."""
    file: str


def address(wanted: Wanted, field: str) -> Address:
    """Of a fact: ``Flickr:photo_51.json:geo``. It has no bytes to show: a list is read as a whole."""
    return Address(f"{wanted.service}:{wanted.file.rpartition('/')[2]}:{field}")


def page_of(
    service: str,
    account: str,
    wanted: Wanted,
    words: Mapping[str, str],
    towns: Mapping[str, str] | None = None,
) -> Iterator[Post]:
    """What stands on the account's own page, as a post: what its owner wrote there, and towns, by their fields; none where
    nothing does. Who sees it, such an archive does not say."""
    facts: list[Fact] = [Text("caption", said, address(wanted, key)) for key, said in words.items() if said]
    for key, town in (towns or {}).items():
        if town:
            facts.append(Place(None, None, None, town, address(wanted, key), "named"))
    if facts:
        yield Post(service, PROFILE, account, facts=Facts.sorted(facts))


class Files:
    """The files of a store, handed out once each."""

    __slots__ = ("_given", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._given: set[str] = set()

    def with_post(self, post: Post, names: Iterable[str]) -> Iterator[Item]:
        """The post, which gets the full names of these files of the store, and then those that were not given before."""
        found = {name: self._store.source(name) for name in names}
        yield replace(post, photos=tuple(source.name for source in found.values()))
        yield from self._new(found.items())

    def of(self, names: Iterable[str]) -> Iterator[Item]:
        """Those of these files that were not given before, without a post."""
        return self._new((name, self._store.source(name)) for name in names)

    def _new(self, found: Iterable[tuple[str, FileSource]]) -> Iterator[FileSource]:
        for name, source in found:
            if name not in self._given:
                self._given.add(name)
                yield source

    def known(self, name: str) -> None:
        """Take a file for looked at, since it is the same as another."""
        self._given.add(name)

    def rest(self) -> Iterator[Item]:
        """Every file that was not given yet and is no list of the archive's own, and whatever the store cannot give."""
        for found in self._store.walk(self._given):
            if not (isinstance(found, FileSource) and is_list(found.name)):
                yield found


def beginning(store: Store, name: str, length: int = 512) -> bytes:
    """What a file begins with, as many bytes as there are; none when it cannot be read."""
    try:
        with store.source(name) as source:
            return source.read(0, min(length, source.size))
    except (MalformedFile, OSError, KeyError):
        return b""


def inventory(
    archive: Archive, store: Store, understood: Iterable[str], notes: Sequence[str] = ()
) -> Inventory:
    """The last item of an archive; `understood` are its own lists that need no mention."""
    known = understood if isinstance(understood, Set) else set(understood)
    unknown = tuple(name for name in store.names if is_list(name) and name not in known)
    return Inventory(archive.name, archive.title, store.path, unknown, tuple(notes))


MESSAGES_NOT_READ = (
    "Messages of yours without a picture: {}. Their words were not read, so nothing is said of addresses, numbers or names "
    "that you sent in them."
)


def so_many(number: int, one: str, more: str) -> str:
    """``1 post``, ``2 posts``."""
    return f"{number:,} {one if number == 1 else more}"


def is_list(name: str) -> bool:
    """Whether a file is an archive's own list or page, by its ending."""
    dot = name.rfind(".")
    return dot >= 0 and name[dot:].lower() in LISTS
