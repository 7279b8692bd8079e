"""Google Photos, as Google Takeout hands it out.

Shapes as seen in published exports and the programs that read them; Google documents none. Folders and album files are
called differently in each language, so a sidecar is a JSON with ``photoTakenTime``, an album's file one with a title
and without it. The files are originals with all that cameras wrote; a sidecar adds what Google knows of them. Nothing in
it says who can see a photo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from exposure.archives._kit import Files, Wanted, address, inventory, so_many
from exposure.archives._records import get, listed, position, seconds, text
from exposure.archives._takeout_albums import album_post, comment_facts
from exposure.archives._takeout_library import Album, Library, Shot, is_sidecar, library, loaded
from exposure.archives._takeout_names import is_edited
from exposure.archives._takeout_parts import part, said_of_parts
from exposure.model import Device, Fact, Facts, Person, Place, Software, Text, Time
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_SIDECAR = re.compile(r".*\.(?:\w{2,5}\.s[\w-]*|\w{2,5}\.?|j|jp)(?:\(\d+\))?\.json", re.IGNORECASE)
_OTHER_LISTS = re.compile(
    r"(?:.*/)?(?:archive_browser\.html|(?:print-subscriptions|shared_album_comments|user-generated-memory-titles)\.json)"
)
_PAGE = re.compile(r"https://photos\.google\.com/\S*")
_PAGE_ID = re.compile(r".*/photo/([\w-]{8,})")
_TAKEOUT = re.compile(r"(?:.*?/)?Takeout/")
_YEAR = re.compile(
    r"Takeout/[^/]+/[^/]*\b(?:19|20)\d\d\b[^/]*/[^/]+\.(?:jpe?g|heic|png|mp4|mov)", re.IGNORECASE
)
_FIRST_PHOTOS = 1826
"""Old prints that were scanned are dated before 1970, in seconds below zero."""
_LOOKED_AT, _SMALL = 40, 1 << 16
"""Into so many JSON files, of at most so many bytes, one looks to find out whether this is a Takeout."""


def recognise(store: Store) -> bool:
    """Whether some JSON in it is a sidecar; those are looked at first that are called like one. A part that holds photos
    and no JSON at all is known by its own name."""
    names = [name for name in store.names if name.lower().endswith(".json")]
    likely = [name for name in names if _SIDECAR.fullmatch(name)]
    step = max(1, len(likely) // _LOOKED_AT)
    some = dict.fromkeys((*likely[: _LOOKED_AT * step : step], *names[:_LOOKED_AT]))
    if any(is_sidecar(loaded(store, name, _SMALL)) for name in some):
        return True
    return all(part(path.name) for path in store.parts) and any(map(_YEAR.fullmatch, store.names))


def items(store: Store) -> Iterator[Item]:
    """Each photo with what its sidecar says, each album, then the photos of which there is no sidecar."""
    found = library(store)
    files, ids = Files(store), set[str]()
    yield from found.unread
    for shot in found.shots:
        yield from _shot(store, files, found.albums, shot, ids)
    for album in found.albums:
        if (post := album_post(store, album, _new_id(f"album {album.file}", "", ids))) is not None:
            yield post
    yield from files.rest()
    lists = found.lists | {name for name in store.names if _OTHER_LISTS.fullmatch(name)}
    yield inventory(GOOGLE_PHOTOS, store, lists, [*said_of_parts(store.parts), *_notes(found, store.names)])


def _shot(store: Store, files: Files, albums: list[Album], shot: Shot, ids: set[str]) -> Iterator[Item]:
    record = loaded(store, shot.sidecar)
    some = [albums[each] for each in shot.albums]
    yield from files.with_post(_post(shot.sidecar, record, some, ids), shot.photos)
    for copy in shot.copies:
        files.known(copy)


def _post(name: str, record: Any, albums: list[Album], ids: set[str]) -> Post:
    wanted = Wanted("Google Photos", name)
    page = text(get(record, "url"))
    link = Link(page, "owner-only") if _PAGE.fullmatch(page) else Link()
    taken = text(get(record, "photoTakenTime", "timestamp"))
    found = _PAGE_ID.fullmatch(link.value)
    return Post(
        "google-photos",
        _new_id(f"{text(get(record, 'title'))} {taken}", found[1] if found else "", ids),
        "",
        seconds(get(record, "creationTime", "timestamp")),
        Visibility("unknown", "; ".join(dict.fromkeys(f'access="{a.access}"' for a in albums if a.access))),
        _status(record),
        link,
        facts=Facts.sorted(_shown(wanted, record, albums)),
        stored=Facts.sorted(_stored(wanted, record)),
        own=not _is_foreign(record),
    )


def _new_id(words: str, own: str, ids: set[str]) -> str:
    """Google's id; where there is none, one made of title and time, which stays the same in the next export."""
    id = (
        own
        if own and own not in ids
        else blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
    )
    plain, number = id, 1
    while id in ids:
        number += 1
        id = f"{plain}-{number}"
    ids.add(id)
    return id


def _status(record: Any) -> str:
    if get(record, "trashed") is True:
        return "deleted"
    return "archived" if get(record, "archived") is True else "live"


def _is_foreign(record: Any) -> bool:
    """Whether somebody else took it: it came from a shared album or from a partner."""
    keys = ("fromSharedAlbum", "fromPartnerSharing")
    return any(get(record, *where, key) not in (None, False) for where in ((), _ORIGIN) for key in keys)


_ORIGIN = ("googlePhotosOrigin",)


def _shown(wanted: Wanted, record: Any, albums: Iterable[Album]) -> Iterator[Fact]:
    """What somebody sees with whom the photo, or an album with it, is shared."""
    if caption := text(get(record, "description")):
        yield Text("caption", caption, address(wanted, "description"))
    for title, file in {album.title: album.file for album in albums}.items():
        yield Text("title", title, address(Wanted("Google Photos", file), "title"))
    for comment in listed(get(record, "sharedAlbumComments")):
        yield from comment_facts(wanted, comment)


def _stored(wanted: Wanted, record: Any) -> Iterator[Fact]:
    """What Google keeps: where the photo was taken or supposed to be, who was recognised in it, what it was sent with."""
    places = dict[tuple[float, float], str]()
    for key in ("geoData", "geoDataExif"):
        there = position(get(record, key, "latitude"), get(record, key, "longitude"))
        if there is not None:
            places.setdefault((round(there[0], 5), round(there[1], 5)), key)
            if places[round(there[0], 5), round(there[1], 5)] == key:
                yield Place(*there, None, None, address(wanted, key))
    if taken := seconds(get(record, "photoTakenTime", "timestamp"), earliest=_FIRST_PHOTOS):
        yield Time("taken", taken.removesuffix("Z"), "+00:00", address(wanted, "photoTakenTime"))
    for person in listed(get(record, "people")):
        if name := text(get(person, "name")):
            yield Person("depicted", name, address(wanted, "people"))
    for each in listed(get(record, "locations")):
        if name := text(get(each, "name")):
            yield Place(None, None, None, name, address(wanted, "locations"), "named")
    if device := text(get(record, *_ORIGIN, "mobileUpload", "deviceType")):
        yield Device(None, device, address(wanted, "googlePhotosOrigin"))
    if program := text(get(record, "appSource", "androidPackageName")):
        yield Software(program, address(wanted, "appSource"))


def _notes(found: Library, names: Iterable[str]) -> Iterator[str]:
    folders = {place[0] for name in names if (place := _TAKEOUT.match(name))}
    if len(folders) > 1:
        yield (
            f"Folders called Takeout here: {len(folders):,}. They were read as parts of one export. If they are of different "
            "accounts, scan each with --account."
        )
    lone = sum(not shot.photos for shot in found.shots)
    if found.alone:
        yield (
            f"{so_many(len(found.alone), 'photo lies', 'photos lie')} here without a record of Google's. Only what is in the "
            "file itself was looked at: what Google knows besides may lie in a part that is missing."
        )
    if lone:
        yield (
            f"{so_many(lone, 'record of Google’s lies', 'records of Google’s lie')} here without a photo. What is written there was "
            "read, but no photo was looked at for it: that may lie in a part that is missing."
        )
    if edited := sum(len(set(map(is_edited, shot.photos))) > 1 for shot in found.shots):
        yield (
            f"{so_many(edited, 'photo lies', 'photos lie')} here edited, beside the original. What was cut off or painted over in "
            "the one may still be seen in the other: share the edited one alone."
        )
    if found.unsure:
        yield (
            f"{so_many(found.unsure, 'photo has', 'photos have')} a name that Google cut short, and may belong to another "
            "record than the one shown with it."
        )
    yield (
        "A Takeout does not say who can see a photo, and lists no shared links. "
        "Open photos.google.com/sharing to see what is shared."
    )


GOOGLE_PHOTOS = Archive("google-photos", "Google Photos", recognise, items, part=part)
