"""A Takeout's folders taken together: which files and JSON are one photo, and which albums it lies in.

A photo lies in the folder of its year and again in that of each album. Copies are one photo when the title, the moment
and either Google's own link or the bytes are the same. In memory stays of each photo what names it, and no record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from exposure.archives._kit import is_list
from exposure.archives._records import get, text, unread
from exposure.archives._takeout_names import paired
from exposure.errors import MalformedFile, reason
from exposure.model import Examination
from exposure.stores import PackedStore, Store

LARGEST = 1 << 23
"""No sidecar or album file is larger than this, in bytes; larger JSON is another product's."""
_MOST_ALIKE = 8
"""With so many photos of one name a copy is compared."""
_PIECE, _PIECES = 1 << 16, 16
"""Of large copies that the store has no checksum of, so many pieces of so many bytes are compared."""


class Album(NamedTuple):
    """A folder that has a title."""

    file: str
    title: str
    access: str
    """Google's word for who may see it; empty when it says none."""


@dataclass(slots=True)
class Shot:
    """One photo, however often it lies there."""

    sidecar: str
    """The first of its sidecars; they say the same."""
    photos: list[str] = field(default_factory=list)
    """Its files without second copies: the original, edited copies, the film of a live photo."""
    copies: list[str] = field(default_factory=list)
    """Second copies of the same bytes."""
    albums: tuple[int, ...] = ()
    sums: set[tuple[int, int]] | None = None
    """What tells the bytes of each of `photos`; None where there are no copies."""


@dataclass(slots=True)
class Library:
    """What the names and titles of a Takeout come to."""

    shots: list[Shot] = field(default_factory=list)
    albums: list[Album] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)
    """Every sidecar and album file."""
    alone: list[tuple[str, int]] = field(default_factory=list)
    """Photos without a sidecar, and the album that they lie in, -1 for none."""
    unsure: int = 0
    """Photos that may belong to another sidecar."""
    unread: list[Examination] = field(default_factory=list)


class _Sheet(NamedTuple):
    """A sidecar with its photos in one folder."""

    sidecar: str
    photos: tuple[str, ...]
    key: int
    """Of title and moment."""
    page: int
    """Of Google's link to it; 0 for none."""
    album: int
    """-1 for none."""


def is_sidecar(record: Any) -> bool:
    return isinstance(record, dict) and "photoTakenTime" in record


def album_of(record: Any) -> Mapping[str, Any] | None:
    """What an album's file says of it; None for another file."""
    for value in (record, get(record, "albumData")):
        if isinstance(value, dict) and isinstance(value.get("title"), str) and "photoTakenTime" not in value:
            return value if _ALBUM & value.keys() else None
    return None


_WORD = re.compile(r"[\w-]{1,40}")
_ALBUM = {"access", "date", "description", "enrichments", "geoData", "sharedAlbumComments"}


def loaded(store: Store, name: str, largest: int = LARGEST) -> Any:
    """One record; None for what is too large to be one, an Examination for what cannot be read."""
    try:
        with store.source(name) as source:
            if source.size > largest:
                return None
            data = source.read(0, source.size)
        return json.loads(data.decode("utf-8-sig", "replace"))
    except MalformedFile as error:
        return unread(store, name, f"this file cannot be read: {error.message}")
    except OSError as error:
        return unread(store, name, f"this file cannot be opened: {reason(error)}")
    except ValueError:
        return unread(store, name, "this record is damaged")
    except RecursionError:
        return unread(store, name, "this record is nested deeper than any real one")


def library(store: Store) -> Library:
    """Every folder read once."""
    found, sheets = Library(), list[_Sheet]()
    for folder, names in _folders(store).items():
        sheets += _surveyed(store, folder, names, found)
    _merge(store, sheets, found)
    return found


def _folders(store: Store) -> dict[str, list[str]]:
    folders: dict[str, list[str]] = {}
    for name in store.names:
        folder, slash, _ = name.rpartition("/")
        folders.setdefault(folder + slash, []).append(name)
    return folders


def _surveyed(store: Store, folder: str, names: list[str], found: Library) -> Iterator[_Sheet]:
    """The sidecars of one folder with their photos."""
    keys: dict[str, tuple[str, int, int]] = {}
    album = -1
    for name in names:
        if not name.lower().endswith(".json"):
            continue
        record = loaded(store, name)
        if isinstance(record, Examination):
            found.unread.append(record)
            found.lists.add(name)
        elif is_sidecar(record):
            title = text(get(record, "title"))
            taken = text(get(record, "photoTakenTime", "timestamp"))
            keys[name[len(folder) :]] = title, _number(f"{title}\0{taken}"), _number(text(get(record, "url")))
        elif (said := album_of(record)) is not None:
            found.lists.add(name)
            if said["title"]:
                album = len(found.albums)
                access = text(said.get("access"))
                found.albums.append(Album(name, said["title"], access if _WORD.fullmatch(access) else ""))
    whole = {name[len(folder) :]: name for name in names}
    found.lists.update(whole[name] for name in keys)
    photos = [name for name in whole if not is_list(name)]
    pairs = paired(photos, {name: title for name, (title, _, _) in keys.items()})
    found.unsure += len(pairs.unsure)
    if keys or album >= 0:
        found.alone += ((whole[name], album) for name in pairs.alone)
    for name, some in pairs.photos.items():
        _, key, page = keys[name]
        yield _Sheet(whole[name], tuple(whole[each] for each in some), key, page, album)


def _number(words: str) -> int:
    """A digest small enough to keep one of every photo; 0 for no words."""
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()) if words else 0


def _merge(store: Store, sheets: list[_Sheet], found: Library) -> None:
    """Copies in several folders become one, without comparing each with each."""
    repeated: dict[int, int] = {}
    for sheet in sheets:
        repeated[sheet.key] = repeated.get(sheet.key, 0) + 1
    known: dict[tuple[int, int, int], Shot] = {}
    without: list[_Sheet] = []
    for sheet in sheets:
        if not sheet.photos and repeated[sheet.key] > 1:
            without.append(sheet)
            continue
        _add(store, sheet, known, found, compare=repeated[sheet.key] > 1)
    for sheet in without:
        _add(store, sheet, known, found, compare=True)
    _adopt(store, found)


def _adopt(store: Store, found: Library) -> None:
    """Photos without a sidecar in their folder that are copies of one with a sidecar in another."""
    by_name: dict[str, list[tuple[Shot, str]]] = {_plain(name): [] for name, _ in found.alone}
    for shot in found.shots if found.alone else ():
        for photo in shot.photos:
            alike = by_name.get(_plain(photo))
            if alike is not None and len(alike) < _MOST_ALIKE:
                alike.append((shot, photo))
    left = []
    for name, album in found.alone:
        alike = by_name[_plain(name)]
        own = _sum(store, name) if alike else (0, 0)
        same = next((shot for shot, photo in alike if _sum(store, photo) == own), None)
        if same is None:
            left.append((name, album))
        else:
            same.copies.append(name)
            _lies_in(same, album)
    found.alone = left


def _plain(name: str) -> str:
    return name.rpartition("/")[2]


def _lies_in(shot: Shot, album: int) -> None:
    if album >= 0 and album not in shot.albums:
        shot.albums += (album,)


def _add(
    store: Store, sheet: _Sheet, known: dict[tuple[int, int, int], Shot], found: Library, *, compare: bool
) -> None:
    sums = [_sum(store, photo) if compare else (0, 0) for photo in sheet.photos]
    marks = [(sheet.key, *each) for each in sums if compare]
    if compare and sheet.page:
        marks.append((sheet.key, -1, sheet.page))
    if compare and not sheet.photos:
        marks.append((sheet.key, -2, 0))
    shot = next((known[mark] for mark in marks if mark in known), None)
    if shot is None:
        shot = Shot(sheet.sidecar)
        found.shots.append(shot)
    if compare and shot.sums is None:
        shot.sums = set()
    for photo, each in zip(sheet.photos, sums, strict=True):
        if shot.sums is not None and each in shot.sums:
            shot.copies.append(photo)
        else:
            shot.photos.append(photo)
            if shot.sums is not None:
                shot.sums.add(each)
    _lies_in(shot, sheet.album)
    for mark in (*marks, (sheet.key, -2, 0)) if compare else ():
        known.setdefault(mark, shot)


def _sum(store: Store, name: str) -> tuple[int, int]:
    """What tells a file's bytes from others of the same title and moment: its length with the checksum that the zip
    gives, or with a digest of it, of large files of sixteen pieces from its beginning to its end. (-1, a number of its
    own) for a file that cannot be read."""
    if isinstance(store, PackedStore) and (said := store.sum(name)) is not None:
        return said
    try:
        with store.source(name) as source:
            if source.size <= _PIECE * _PIECES:
                return source.size, _number(repr(source.read(0, source.size)))
            step = (source.size - _PIECE) // (_PIECES - 1)
            pieces = (source.read(at * step, _PIECE) for at in range(_PIECES - 1))
            digest = blake2b(b"".join((*pieces, source.read(source.size - _PIECE, _PIECE))), digest_size=8)
            return source.size, int.from_bytes(digest.digest())
    except (OSError, MalformedFile):
        return -1, _number(name)
