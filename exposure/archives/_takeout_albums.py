"""A Takeout's albums as posts of their own: what is written, mapped and said in them, once, and not with each photo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exposure.archives._kit import Wanted, address
from exposure.archives._records import get, listed, number, position, seconds, text
from exposure.archives._takeout_library import Album, album_of, loaded
from exposure.model import Fact, Facts, Person, Place, Text
from exposure.post import Post, Visibility
from exposure.stores import Store


def album_post(store: Store, album: Album, id: str) -> Post | None:
    """The album itself; None for one that says no more than its title."""
    record = album_of(loaded(store, album.file))
    wanted = Wanted("Google Photos", album.file)
    facts = list(_facts(wanted, record))
    if not facts and not album.access:
        return None
    return Post(
        "google-photos",
        id,
        posted=seconds(get(record, "date", "timestamp")),
        visibility=Visibility("unknown", f'access="{album.access}"' if album.access else ""),
        facts=Facts.sorted([Text("title", album.title, address(wanted, "title")), *facts]),
    )


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    if caption := text(get(record, "description")):
        yield Text("caption", caption, address(wanted, "description"))
    there = position(get(record, "geoData", "latitude"), get(record, "geoData", "longitude"))
    if there is not None:
        yield Place(*there, None, None, address(wanted, "geoData"))
    for enrichment in listed(get(record, "enrichments")):
        for value in enrichment.values() if isinstance(enrichment, dict) else ():
            yield from _enrichment(wanted, value)
    for comment in listed(get(record, "sharedAlbumComments")):
        yield from comment_facts(wanted, comment)


def _enrichment(wanted: Wanted, value: Any) -> Iterator[Fact]:
    """What the owner put between the photos: words, places, or a map of a way."""
    if words := text(get(value, "text")):
        yield Text("caption", words, address(wanted, "enrichments"))
    for key in ("location", "origin", "destination"):
        for each in listed(get(value, key)):
            yield from _place(wanted, each)


def _place(wanted: Wanted, value: Any) -> Iterator[Place]:
    name = ", ".join(filter(None, (text(get(value, "name")), text(get(value, "description")))))
    north, east = number(get(value, "latitudeE7")), number(get(value, "longitudeE7"))
    there = position(north / 1e7, east / 1e7) if north is not None and east is not None else None
    if there is not None:
        yield Place(*there, None, name or None, address(wanted, "enrichments"))
    elif name:
        yield Place(None, None, None, name, address(wanted, "enrichments"), "named")


def comment_facts(wanted: Wanted, comment: Any) -> Iterator[Fact]:
    """What somebody wrote under a shared album or photo, and who."""
    if words := text(get(comment, "text")):
        yield Text("comment", words, address(wanted, "sharedAlbumComments"))
    if name := text(get(comment, "contentOwnerName")):
        yield Person("mentioned", name, address(wanted, "sharedAlbumComments"))
