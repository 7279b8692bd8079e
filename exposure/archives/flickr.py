"""Flickr: account zips with one JSON a photo, and photo zips with the originals.

Shapes as seen in published exports and the programs that read them: ``photo_<id>.json`` beside ``albums.json``; photos
carry the id in their names. ``geo`` is in millionths of a degree; an empty ``geo`` or ``exif`` is a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exposure.archives._kit import Wanted, address, files_of, inventory
from exposure.archives._records import get, listed, loaded, moment, number, position, text
from exposure.model import Examination, Fact, Facts, Person, Place, Text, Time
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_RECORD = re.compile(r"(?:.*/)?photo_(\d{5,20})\.json")
_IN_NAME = re.compile(r"(?:.*[_/])?(\d{8,20})(?:_[0-9a-z]{6,})?(?:_o)?\.\w{2,4}")
_OWN_LISTS = re.compile(
    r"(?:.*/)?(?:account_|albums|contacts|comments|faves|followers|galleries|gallery|groups|group|sets|stats|testimonials"
    r"|received|sent|apps|set_|photos_)[\w-]*\.json"
)
_PART = re.compile(r"(?:data-download-\d+|\d+(?:@N\d\d)?_[0-9a-f]{8,}_part\d+)\.zip", re.IGNORECASE)
_VISIBLE = {"public": "public", "private": "private"}


def recognise(store: Store) -> bool:
    name = next((name for name in store.names if _RECORD.fullmatch(name)), None)
    return name is not None and "photopage" in (_object(loaded(store, name)) or {})


def items(store: Store) -> Iterator[Item]:
    """Each photo's post and file; then the photos of which there is no record."""
    by_id = {found[1]: name for name in store.names if (found := _IN_NAME.fullmatch(name))}
    files = files_of(store)
    understood = {name for name in store.names if _OWN_LISTS.fullmatch(name)}
    for name in store.names:
        if not _RECORD.fullmatch(name):
            continue
        understood.add(name)
        record = loaded(store, name)
        if isinstance(record, Examination):
            yield record
        elif (post := _post(name, record)) is not None:
            yield from files.with_post(post, [by_id[post.id]] if post.id in by_id else [])
    yield from files.rest()
    yield inventory(FLICKR, store, understood)


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _post(name: str, record: Any) -> Post | None:
    id = text(get(record, "id"))
    if not id:
        return None
    privacy = text(get(record, "privacy"))
    wanted = Wanted("Flickr", name)
    page = text(get(record, "photopage"))
    return Post(
        "flickr",
        id,
        _account(page),
        moment(get(record, "date_imported"), "%Y-%m-%d %H:%M:%S"),
        Visibility(_VISIBLE.get(privacy, "limited"), f'privacy="{privacy}"') if privacy else Visibility(),
        link=Link(page, "exact") if page else Link(),
        facts=Facts.sorted(_facts(wanted, record)),
    )


def _account(page: str) -> str:
    found = re.match(r"https?://(?:www\.)?flickr\.com/photos/([^/]+)/", page)
    return found[1] if found else ""


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    if caption := "\n".join(filter(None, (text(get(record, "name")), text(get(record, "description"))))):
        yield Text("caption", caption, address(wanted, "description"))
    geo = get(record, "geo", 0)
    scaled = [_degrees(get(geo, key)) for key in ("latitude", "longitude")]
    if (there := position(*scaled)) is not None:
        yield Place(*there, None, None, address(wanted, "geo"))
    taken = text(get(record, "date_taken")).replace(" ", "T")
    if len(taken) == 19:
        yield Time("taken", taken, None, address(wanted, "date_taken"))
    for tag in listed(get(record, "tags")):
        if word := text(get(tag, "tag")):
            yield Text("keyword", word, address(wanted, "tags"))
    for person in listed(get(record, "people")):
        if name := text(get(person, "name") or get(person, "username") or person):
            yield Person("depicted", name, address(wanted, "people"))


def _degrees(value: Any) -> float | None:
    """Millionths of a degree; degrees where there is a decimal point."""
    found = number(value)
    if found is None or "." in text(value):
        return found
    return found / 1e6


def part(name: str) -> str | None:
    return "flickr" if _PART.fullmatch(name) else None


FLICKR = Archive("flickr", "Flickr", recognise, items, part=part)
