"""Flickr: account zips with one JSON a photo and the profile, and photo zips with the originals.

Shapes as seen in published exports and the programs that read them: ``photo_<id>.json`` beside ``albums.json``; photos
carry the id in their names. ``geo`` is in millionths of a degree; an empty ``geo`` or ``exif`` is a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from exposure.archives._kit import LISTS, Files, Wanted, address, inventory
from exposure.archives._records import (
    entries,
    get,
    listed,
    loaded,
    moment,
    number,
    parsed,
    position,
    seconds,
    text,
)
from exposure.model import Device, Examination, Fact, Facts, Person, Place, Text, Time
from exposure.plugins import Archive, Item
from exposure.post import PROFILE, Link, Post, Visibility
from exposure.stores import Store

_RECORD = re.compile(r"(?:.*/)?photo_(\d{5,20})\.json")
_NUMBERS = re.compile(r"(?<![^_/])\d{5,20}(?=[_.])")
_PROFILE = re.compile(r"(?:.*/)?account_profile\.json")
_PROFILE_PAGE = re.compile(r"https?://(?:www\.)?flickr\.com/people/([^/\s]+)/?")
_PROFILE_WORDS = (
    "description",
    "occupation",
    "website",
    "tumblr",
    "facebook",
    "twitter",
    "instagram",
    "pinterest",
)
_PROFILE_PLACES = ("city", "country", "hometown")
_PAGE = re.compile(r"https?://(?:www\.)?flickr\.com/photos/([^/\s]+)/\S*")
_OWN_LISTS = re.compile(
    r"(?:.*/)?(?:account_|albums|contacts|comments|faves|followers|galleries|gallery|groups|group|sets|stats|testimonials"
    r"|received|sent|apps|set_|photos_)[\w-]*\.json"
)
_PART = re.compile(r"(?:data-download-\d+|\d+(?:@N\d\d)?_[0-9a-f]{8,}_part\d+)\.zip", re.IGNORECASE)
_PART_NUMBER = re.compile(r"(?:data-download-|.*_part)(\d{1,4})\.zip", re.IGNORECASE)
_ALBUMS = re.compile(r"(?:.*/)?albums(?:_part\d+)?\.json")
_VISIBLE = {"public": "public", "private": "private"}
_NAMES = ("name", "realname", "real_name", "username", "user_name")
"""Under which a person who is tagged has been seen to stand, in exports and in Flickr's interface."""
_CIRCLES = ("friend", "family")
"""Words of which one stands in what Flickr calls whatever is neither public nor private."""
_LOOKED_AT = 20


def recognise(store: Store) -> bool:
    """Whether one of its first records names its page on Flickr."""
    names = islice(filter(_RECORD.fullmatch, store.names), _LOOKED_AT)
    first = (loaded(store, name) for name in names)
    return any(isinstance(record, dict) and "photopage" in record for record in first)


def items(store: Store) -> Iterator[Item]:
    """Each photo's post and file; then the photos of which there is no record."""
    waiting = {found[1] for name in store.names if (found := _RECORD.fullmatch(name))}
    by_id = _by_id(store, waiting)
    files, wrong, lone, account = Files(store), set[str](), 0, ""
    for name in store.names:
        if (found := _RECORD.fullmatch(name)) is None:
            continue
        record = loaded(store, name)
        if isinstance(record, Examination):
            yield record
        elif not isinstance(record, dict):
            wrong.add(name)
        elif (id := found[1]) in waiting:
            waiting.remove(id)
            lone += id not in by_id
            post = _post(name, id, record)
            account = account or post.account
            yield from files.with_post(post, by_id.pop(id, ()))
    for name in filter(_PROFILE.fullmatch, store.names):
        record = loaded(store, name)
        profile = record if isinstance(record, Examination) else _profile(name, record, account)
        if profile is not None:
            yield profile
    for name in filter(_ALBUMS.fullmatch, store.names):
        yield from _albums(store, name, account)
    alone = sum(map(len, by_id.values()))
    yield from files.rest()
    known = (n for n in store.names if n not in wrong and (_RECORD.fullmatch(n) or _OWN_LISTS.fullmatch(n)))
    yield inventory(FLICKR, store, known, list(_notes(store, lone, alone)))


def _by_id(store: Store, ids: set[str]) -> dict[str, list[str]]:
    """The files that carry a photo's number in their name. Titles and secrets hold numbers too, so the last number that a
    record has is it; where none has one, the last number at all."""
    found: dict[str, list[str]] = {}
    for name in store.names:
        path = PurePosixPath(name)
        if path.suffix.lower() not in LISTS:
            numbers = _NUMBERS.findall(path.name)[::-1]
            if id := next((each for each in numbers if each in ids), numbers[0] if numbers else ""):
                found.setdefault(id, []).append(name)
    return found


def _notes(store: Store, lone: int, alone: int) -> Iterator[str]:
    for words, is_photos in (("account", False), ("photo", True)):
        numbers = {
            int(found[1])
            for path in store.parts
            if (found := _PART_NUMBER.fullmatch(path.name))
            and path.name.lower().startswith("data-download") is is_photos
        }
        if missing := sorted(set(range(1, max(numbers, default=0))) - numbers):
            named = ", ".join(map(str, missing[:20])) + (" and more" if missing[20:] else "")
            yield f"Of the {words} zips these are missing: {named}. Get them from Flickr’s account page, or name them too."
    if lone:
        yield (
            f"Records without their photo: {lone:,}. What they say was read, but the photos were not looked at: they lie in "
            "Flickr’s photo zips (data-download-1.zip and so on)."
        )
    if alone:
        yield (
            f"Photos without a record: {alone:,}. They were looked at, but who can see them on Flickr is told in its account "
            "zips."
        )


def _post(name: str, id: str, record: Any) -> Post:
    """The post; its number is that of the record's own name, whatever the record says."""
    wanted = Wanted("Flickr", name)
    page = _PAGE.fullmatch(text(get(record, "photopage")))
    return Post(
        "flickr",
        id,
        page[1] if page else "",
        moment(get(record, "date_imported"), "%Y-%m-%d %H:%M:%S"),
        _visibility(text(get(record, "privacy"))),
        link=Link(page[0], "exact") if page else Link(),
        facts=Facts.sorted(_facts(wanted, record)),
    )


def _profile(name: str, record: Any, account: str) -> Post | None:
    """What the profile's page shows, if anything. Each line can be kept to friends; the export does not say which are."""
    wanted = Wanted("Flickr", name)
    page = _PROFILE_PAGE.fullmatch(text(get(record, "profile_url")))
    facts: list[Fact] = []
    if words := "\n".join(filter(None, (text(get(record, key)).strip() for key in _PROFILE_WORDS))):
        facts.append(Text("caption", words, address(wanted, "description")))
    if owner := text(get(record, "real_name")).strip():
        facts.append(Person("owner", owner, address(wanted, "real_name")))
    places = {key: text(get(record, key)).strip() for key in _PROFILE_PLACES}
    facts += (
        Place(None, None, None, place, address(wanted, key), "named")
        for key, place in places.items()
        if place
    )
    mails = (text(get(mail, "email") or mail).strip() for mail in listed(get(record, "email")))
    stored = [Text("contact", mail, address(wanted, "email")) for mail in mails if mail]
    if not facts and not stored:
        return None
    return Post(
        "flickr",
        PROFILE,
        account or (page[1] if page else text(get(record, "screen_name"))),
        link=Link(page[0], "exact") if page else Link(),
        facts=Facts.sorted(facts),
        stored=Facts.sorted(stored),
    )


def _albums(store: Store, name: str, account: str) -> Iterator[Item]:
    """What is written over albums: as a post each, for it stands on a page of its own. Their photos have their own posts."""
    wanted = Wanted("Flickr", name)
    for album in entries(store, name, lambda key: key == "albums"):
        if isinstance(album, Examination):
            yield album
            continue
        words = {key: said for key in ("title", "description") if (said := text(get(album, key)).strip())}
        if "description" in words:
            page = _PAGE.fullmatch(text(get(album, "url")))
            yield Post(
                "flickr",
                f"album-{text(get(album, 'id')) or text(get(album, 'created'))}",
                account,
                seconds(get(album, "created")),
                link=Link(page[0], "exact") if page else Link(),
                facts=Facts(
                    texts=(Text("caption", "\n".join(words.values()), address(wanted, "description")),)
                ),
            )


def _visibility(privacy: str) -> Visibility:
    """A word that is not known says nothing: it may be another language's for public."""
    plain = privacy.strip().lower()
    is_limited = any(word in plain for word in _CIRCLES)
    value = _VISIBLE.get(plain, "limited" if is_limited else "unknown")
    return Visibility(value, f'privacy="{privacy}"' if privacy else "")


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    words = {key: said for key in ("name", "description") if (said := text(get(record, key)))}
    if words:
        yield Text("caption", "\n".join(words.values()), address(wanted, next(iter(words))))
    geo = get(record, "geo", 0)
    scaled = [_degrees(get(geo, key)) for key in ("latitude", "longitude")]
    if (there := position(*scaled)) is not None:
        yield Place(*there, None, None, address(wanted, "geo"))
    if (taken := parsed(get(record, "date_taken"), "%Y-%m-%d %H:%M:%S")) is not None:
        yield Time("taken", taken.isoformat(timespec="seconds")[:19], None, address(wanted, "date_taken"))
    make, model = (_exif(record, key) for key in ("Make", "Model"))
    if make or model:
        yield Device(make, model, address(wanted, "exif"))
    for tag in listed(get(record, "tags")):
        if word := text(get(tag, "tag")):
            yield Text("keyword", word, address(wanted, "tags"))
    for album in listed(get(record, "albums")):
        if title := text(get(album, "title")):
            yield Text("title", title, address(wanted, "albums"))
    for person in listed(get(record, "people")):
        if name := next(filter(None, (text(get(person, key)) for key in _NAMES)), text(person)):
            yield Person("depicted", name, address(wanted, "people"))
    for key, forms in (("notes", ("text",)), ("comments", ("comment", "message"))):
        for each in listed(get(record, key)):
            if said := next(filter(None, (text(get(each, form)) for form in forms)), ""):
                yield Text("comment", said, address(wanted, key))


def _exif(record: Any, key: str) -> str | None:
    """One field of the camera's, as the photo's page shows it."""
    shown = get(record, "exif", 0, key)
    return text(get(shown, "value") or get(shown, "raw_value") or shown) or None


def _degrees(value: Any) -> float | None:
    """Millionths of a degree; degrees where there is a decimal point."""
    found = number(value)
    if found is None or "." in text(value):
        return found
    return found / 1e6


def part(name: str) -> str | None:
    return "flickr" if _PART.fullmatch(name) else None


FLICKR = Archive("flickr", "Flickr", recognise, items, part=part)
