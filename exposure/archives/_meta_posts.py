"""Posts as Instagram and Threads write them: media with titles, in a plain shape and in one of labels and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, address
from exposure.archives._media import Media
from exposure.archives._meta import Labelled, Upload, captions, labelled, said, stored, upload
from exposure.archives._meta_labels import ADDRESS, CAPTION, LATITUDE, LONGITUDE, NAME, is_label
from exposure.archives._records import get, listed, number, position, seconds, text
from exposure.model import Fact, Facts, Place
from exposure.post import Post, Visibility
from exposure.stores import Store

_PLACE = re.compile(r"place|location|check.?in|venue", re.IGNORECASE)
_PAIR = re.compile(r"\(\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)")
"""Coordinates as they are written, whatever their label's language."""
_PACKED = re.compile(r"(?:instagram|threads|facebook)-(.+?)-\d{4}-\d\d-\d\d\b.*", re.IGNORECASE)


class Told(NamedTuple):
    """What one record says, before it is a post."""

    media: tuple[Any, ...]
    posted: str
    words: tuple[str, ...]
    uploads: tuple[Upload, ...]
    shown: tuple[Fact, ...]
    """Places that were tagged."""
    kept: tuple[Fact, ...]
    """Places without a name: nobody tagged them."""

    @property
    def uris(self) -> tuple[str, ...]:
        return tuple(uri for each in self.media if (uri := text(each.get("uri"))))


def told(wanted: Wanted, record: Any) -> Told:
    """A record in either shape; of a list that holds media alone, each is a record."""
    media = tuple(_media(record))
    labels = tuple(labelled(record))
    first = media[0] if media else None
    times = [get(record, "creation_timestamp"), get(record, "timestamp"), get(first, "creation_timestamp")]
    times += [each.entry.get("timestamp_value") for each in labels]
    words = [get(record, "title"), *(_value(each) for each in labels if is_label(each.label, CAPTION))]
    tagged, bare = places(wanted, labels)
    return Told(
        media,
        next(filter(None, map(seconds, times)), ""),
        tuple(filter(None, map(said, (*words, *(each.get("title") for each in media))))),
        tuple(map(upload, media)),
        tuple(tagged),
        tuple(bare),
    )


def _media(record: Any) -> Iterator[dict[str, Any]]:
    plain = listed(get(record, "media")) or ([record] if get(record, "uri") else [])
    found = [each for each in plain if isinstance(each, dict)]
    for label in labelled(record):
        found += [each for each in listed(label.entry.get("media")) if isinstance(each, dict)]
    seen = set()
    for each in found:
        uri = text(each.get("uri"))
        if not uri or uri not in seen:
            seen.add(uri)
            yield each


def places(wanted: Wanted, labels: Iterable[Labelled]) -> tuple[list[Fact], list[Fact]]:
    """The places in labels: those with a name, an address or a label of their own, and bare coordinates."""
    groups: dict[int, list[Labelled]] = {}
    for each in labels:
        groups.setdefault(each.group, []).append(each)
    tagged: list[Fact] = []
    bare: list[Fact] = []
    for group in groups.values():
        there, name = _coordinates(group), _name(group)
        if there is not None or name:
            north, east = there or (None, None)
            place = Place(north, east, None, name or None, address(wanted, "label_values"))
            is_tag = bool(name) or _PLACE.search(group[0].within) is not None
            (tagged if is_tag else bare).append(place if there else place._replace(kind="named"))
    return tagged, bare


def _coordinates(group: Sequence[Labelled]) -> tuple[float, float] | None:
    north = east = None
    for each in group:
        value = _value(each)
        if found := _PAIR.fullmatch(value):
            return position(found[1], found[2])
        if is_label(each.label, LATITUDE):
            north = number(value)
        elif is_label(each.label, LONGITUDE):
            east = number(value)
    return position(north, east)


def _name(group: Sequence[Labelled]) -> str:
    """Name and address, where they are those of a place. Beside coordinates, in a group of their own, stands nothing else
    but links, whatever the language of the labels."""
    by_label = {each.label.casefold(): _value(each) for each in group}
    own = by_label.get("place name") or by_label.get("location") or ""
    street = next((_value(each) for each in group if is_label(each.label, ADDRESS)), "")
    is_place = _coordinates(group) is not None
    if not own and (street or is_place or _PLACE.search(group[0].within)):
        own = next((_value(each) for each in group if is_label(each.label, NAME)), "")
    if not own and not street and is_place and group[0].group:
        return ", ".join(dict.fromkeys(value for each in group if _is_words(value := _value(each))))
    return ", ".join(dict.fromkeys(filter(None, (own, street))))


def _is_words(value: str) -> bool:
    return any(map(str.isalpha, value)) and "://" not in value and value.casefold() not in ("true", "false")


def _value(each: Labelled) -> str:
    return said(each.entry.get("value"))


class Posts:
    """Turns what records say into posts, each with a name of its own."""

    __slots__ = ("_account", "_media", "_service", "_taken")

    def __init__(self, service: str, account: str, media: Media) -> None:
        """`service` as in `Post.service`."""
        self._service, self._account, self._media = service, account, media
        self._taken: dict[str, int] = {}

    def post(
        self,
        wanted: Wanted,
        said_of_it: Told,
        kind: str,
        seen_by: Visibility,
        status: str,
        own: bool = True,
        id: str = "",
    ) -> tuple[Post, list[str]]:
        """The post, and the names of its files. `id`: what the service calls it; empty when it does not say."""
        it = said_of_it
        shown = (*captions(wanted, it.words), *it.shown)
        return Post(
            self._service,
            self.unique(id) if id else self.id(it, kind),
            self._account,
            it.posted,
            seen_by,
            status,
            facts=Facts.sorted(shown),
            stored=Facts.sorted((*stored(wanted, it.uploads), *it.kept)),
            own=own,
        ), [name for uri in it.uris if (name := self._media.find(uri)) is not None]

    def id(self, it: Told, kind: str) -> str:
        """The service gives none: that of the first file, or else the moment."""
        first = next(iter(it.uris), "")
        return self.unique(PurePosixPath(first).stem or f"{kind}-{it.posted or 'undated'}")

    def unique(self, id: str) -> str:
        """With a number behind it when it was taken before."""
        number, found = self._taken.get(id, 0), id
        while found in self._taken:
            number += 1
            found = f"{id}-{number}"
        self._taken[id] = max(number, 1)
        self._taken.setdefault(found, 1)
        return found


def account_in_name(store: Store) -> str:
    """The account's name from that of the zip or folder, as Meta writes it; empty when it has another."""
    found = _PACKED.fullmatch(store.parts[0].name)
    return found[1] if found else ""


def export_of(service: str, name: str) -> str | None:
    """What the zips of one of Meta's exports have in common: all but the last letters, which differ between parts.
    ``instagram-sam.example-2025-02-11-AbCdEfGh.zip`` and the same with others, or with ``-part-2`` or ``-2`` behind it."""
    found = re.fullmatch(
        rf"({service}-.+?-\d{{4}}-\d\d-\d\d)(?:-[0-9a-z]{{6,12}})?(?:[-_](?:part[-_]?)?\d{{1,3}})?(?: ?\(\d+\))?\.zip"
        rf"|({service}-.+?)[-_]part[-_]?\d+\.zip",
        name,
        re.IGNORECASE,
    )
    return (found[1] or found[2]).casefold() if found else None


def is_part_alone(store: Store, service: str) -> bool:
    """Whether this is one of the service's zips, by its name, with media in it and not one list or page."""
    return (
        export_of(service, store.parts[0].name) is not None
        and any("media/" in name for name in store.names)
        and not any(name.endswith((".json", ".html")) for name in store.names)
    )


PART_ALONE = (
    "The lists of posts are not in this zip, so nothing could be said of posts. They are in another zip of the same export: "
    "put all of its zips in one folder and scan that."
)
