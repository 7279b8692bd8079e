"""Facebook: posts, albums, photos of no album, videos, check-ins and places where others tagged the person.

The lists lay in ``posts/`` until 2023 and lie in ``your_facebook_activity/posts/`` since (of a page:
``this_profile's_activity_across_facebook/posts/``). A photo may stand in a post, an album and the list of photos without
an album; it is told once, with what each says of it. No archive says who sees a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from exposure.archives._facebook_posts import BESIDE, beside, is_of_another, joined, link, titles, told
from exposure.archives._kit import Files, Wanted, beginning, inventory, page_of
from exposure.archives._media import Media
from exposure.archives._meta import FACEBOOK_POSTS, OTHER_LISTS, Upload, said
from exposure.archives._meta_logins import logins
from exposure.archives._meta_messages import messages
from exposure.archives._meta_messages import notes as message_notes
from exposure.archives._meta_posts import PART_ALONE, Posts, Told, account_in_name, export_of, is_part_alone
from exposure.archives._records import entries, get, listed, loaded, seconds, text
from exposure.model import Examination, Text
from exposure.plugins import Archive, Item
from exposure.post import Visibility
from exposure.stores import Store

_PROFILE = re.compile(r"(?:.*/)?profile_information/profile_information\.json")
_LISTS = frozenset({"photos", "videos", "posts", "group_posts", "photos_v2"})
_SINGLE = frozenset(
    {"your_uncategorized_photos", "uncategorized_photos", "your_photos", "your_videos", "videos"}
)
_CHECK_INS = frozenset({"check-ins", "your_check-ins"})
_TAGGED = "places_you_have_been_tagged_in"
_PEEK = 1 << 16
_MARKS = (b'"attachments"', b'"creation_timestamp"', b'"label_values"', b'_v2"', b'"post":')
_NO_AUDIENCE = (
    "This archive does not say who sees a post, and holds no links; those to photos are guesses. The activity log on "
    "Facebook shows both by date."
)


class _List(NamedTuple):
    """A list in the archive."""

    kind: str
    number: int
    name: str


class _Kind(NamedTuple):
    """What posts of one list have in common."""

    name: str
    status: str = "live"
    seen_by: Visibility = Visibility()
    own: bool = True


_KINDS = {
    "archive": _Kind("post", "archived", Visibility("private", "archive.json")),
    "archived_stories": _Kind("story", "expired"),
    _TAGGED: _Kind("tagged", own=False),
}


@dataclass(slots=True)
class _State:
    """What was told so far."""

    store: Store
    files: Files
    posts: Posts
    beside: dict[str, Told] = field(default_factory=dict)
    """By uri: what albums and lists of photos say of photos that may be in posts."""
    check_ins: dict[str, Told] = field(default_factory=dict)
    """By the moment."""
    same: dict[Any, Any] = field(default_factory=dict)
    """Parts of what is kept beside that many photos share, each by itself."""
    checked_in: set[str] = field(default_factory=set)
    """The moments of check-ins that a post tells."""
    claimed: set[str] = field(default_factory=set)
    """The uris of photos that were in a post."""
    empty: int = 0


def recognise(store: Store) -> bool:
    """By a list of posts or photos that begins like one, or by the profile, or by the name of a zip without lists."""
    names = [one.name for one in _lists(store)] + [name for name in store.names if _PROFILE.fullmatch(name)]
    if any("your_facebook_activity/" in name or _is_marked(store, name) for name in names):
        return True
    return is_part_alone(store, "facebook")


def _is_marked(store: Store, name: str) -> bool:
    start = beginning(store, name, _PEEK)
    return any(mark in start for mark in _MARKS)


def items(store: Store) -> Iterator[Item]:
    """Posts with their photos, then albums, then photos of neither, then places; then the files of no post."""
    media = Media(store)
    owner = _owner(store)
    yield from owner.page
    state = _State(store, Files(store), Posts("facebook", owner.account, media))
    lists = sorted(_lists(store))
    for one in lists:
        _look(state, one)
    for one in (one for one in lists if _stage(one) == 0):
        yield from _told_posts(state, one)
    for one in sorted(lists, key=_stage):
        if one.kind.startswith("album/"):
            yield from _album(state, one)
        elif one.kind in _SINGLE:
            yield from _photos(state, one)
        elif one.kind in _CHECK_INS or one.kind == _TAGGED:
            yield from _visits(state, one)
    unread = 0
    for item in messages(store, FACEBOOK.title, state.posts, state.files, owner.called):
        unread += item is None
        if item is not None:
            yield item
    yield from logins(store, FACEBOOK.title, "facebook", owner.account)
    yield from state.files.rest()
    notes = [_NO_AUDIENCE] if lists else [PART_ALONE] * is_part_alone(store, "facebook")
    notes += (*message_notes(store, unread, owner.called), *beside(store))
    if state.empty:
        notes.append(f"Entries without words, photos or places, which were left out: {state.empty}.")
    yield inventory(FACEBOOK, store, _understood(store), [*notes, *media.notes()])


def _lists(store: Store) -> Iterator[_List]:
    for name in store.names:
        found = FACEBOOK_POSTS.fullmatch(name)
        if found and found[3] == "json":
            yield _List(found[1], int((found[2] or "_0")[1:]), name)


def _stage(one: _List) -> int:
    """Posts, then albums, then single photos and videos, then places."""
    if one.kind.startswith("album/"):
        return 1
    if one.kind in _SINGLE:
        return 2
    return 3 if one.kind in _CHECK_INS or one.kind == _TAGGED else 0


class _Owner(NamedTuple):
    """Whose archive it is."""

    account: str
    """On Facebook; empty when the archive does not say."""
    called: frozenset[str] = frozenset()
    """Under which name messages were sent, if the archive says so."""
    page: tuple[Item, ...] = ()
    """What stands on the account's own page; or what is wrong with the list of it."""


def _owner(store: Store) -> _Owner:
    name = next((name for name in store.names if _PROFILE.fullmatch(name)), None)
    value = loaded(store, name) if name is not None else None
    if name is None or isinstance(value, Examination):
        return _Owner(account_in_name(store), page=() if value is None else (value,))
    whole = get(listed(get(value, "profile_v2")) or listed(get(value, "profile")), 0)
    name_shown = said(get(whole, "name", "full_name"))
    account = said(get(whole, "username")) or name_shown or account_in_name(store)
    words = {key: said(get(whole, key, "name") or get(whole, key)) for key in ("intro_bio", "about_me")}
    towns = {"current_city": said(get(whole, "current_city", "name"))}
    page = page_of("facebook", account, Wanted("Facebook", name), words, towns)
    return _Owner(account, frozenset({name_shown} - {""}), tuple(page))


def _each(state: _State, one: _List) -> Iterator[Any]:
    """The list's records; of an album, its photos."""
    return entries(
        state.store, one.name, lambda key: key.endswith("_v2") or key in _LISTS, alone=one.kind not in _SINGLE
    )


def _look(state: _State, one: _List) -> None:
    """Remember what is said of photos and places that posts may hold. What cannot be read is said later."""
    if _stage(one) == 0 or one.kind == _TAGGED:
        return
    wanted = Wanted("Facebook", one.name)
    for record in _each(state, one):
        if isinstance(record, Examination):
            continue
        if one.kind in _CHECK_INS:
            it = _visit(wanted, record)
            state.check_ins[it.posted] = it
            continue
        it = told(wanted, record)
        for uri in it.uris:
            before, slim = state.beside.get(uri), _slim(state, it)
            state.beside[uri] = slim if before is None else joined(before, slim)


def _slim(state: _State, it: Told) -> Told:
    """What of a photo is kept until its post comes, and each part that many photos share once: there may be 100,000."""
    same = state.same.setdefault
    uploads = tuple(Upload(*(same(each, each) for each in one)) for one in it.uploads)
    return it._replace(media=(), posted="", uploads=tuple(same(one, one) for one in uploads))


def _told_posts(state: _State, one: _List) -> Iterator[Item]:
    wanted, kind = Wanted("Facebook", one.name), _KINDS.get(one.kind, _Kind("post"))
    for record in _each(state, one):
        if isinstance(record, Examination):
            yield record
            continue
        it = told(wanted, record)
        for uri in it.uris:
            it = joined(it, state.beside[uri]) if uri in state.beside else it
        if it.posted and it.posted in state.check_ins:
            it = joined(it, state.check_ins[it.posted])
            state.checked_in.add(it.posted)
        whose = kind._replace(own=False) if is_of_another(record) else kind
        yield from _given(state, wanted, it, whose, text(get(record, "fbid")))


def _given(state: _State, wanted: Wanted, it: Told, kind: _Kind, id: str = "") -> Iterator[Item]:
    """One post with its files, if there is more in it than what Facebook wrote over it."""
    if not (it.media or it.words or it.kept or any(not isinstance(fact, Text) for fact in it.shown)):
        state.empty += 1
        return
    state.claimed.update(it.uris)
    post, names = state.posts.post(wanted, it, kind.name, kind.seen_by, kind.status, kind.own, id)
    yield from state.files.with_post(replace(post, link=link(it)), names)


def _album(state: _State, one: _List) -> Iterator[Item]:
    """An album as a post, with those of its photos that are in none."""
    value = loaded(state.store, one.name)
    if isinstance(value, Examination):
        yield value
        return
    wanted = Wanted("Facebook", one.name)
    photos = [p for p in (*listed(get(value, "photos")), get(value, "cover_photo")) if text(get(p, "uri"))]
    left = [p for p in photos if text(get(p, "uri")) not in state.claimed]
    if not left:
        return
    it = told(wanted, {"media": left})
    words = tuple(filter(None, (said(get(value, "description")), *it.words)))
    shown = (*titles(wanted, [get(value, "name")]), *it.shown)
    posted = it.posted or seconds(get(value, "last_modified_timestamp"))
    whole = it._replace(words=words, shown=tuple(dict.fromkeys(shown)), posted=posted)
    yield from _given(state, wanted, whole, _Kind("album"), one.kind.replace("/", "-"))


def _photos(state: _State, one: _List) -> Iterator[Item]:
    wanted = Wanted("Facebook", one.name)
    for record in _each(state, one):
        if isinstance(record, Examination):
            yield record
            continue
        it = told(wanted, record)
        if it.uris and state.claimed.issuperset(it.uris):
            continue
        yield from _given(state, wanted, it, _Kind("photo"))


def _visit(wanted: Wanted, record: Any) -> Told:
    """A check-in shows its place, whether it has a name or not."""
    it = told(wanted, record)
    return it._replace(shown=(*it.shown, *it.kept), kept=())


def _visits(state: _State, one: _List) -> Iterator[Item]:
    """Check-ins that no post tells, and places where somebody else tagged the person."""
    wanted, kind = Wanted("Facebook", one.name), _KINDS.get(one.kind, _Kind("check-in"))
    for record in _each(state, one):
        if isinstance(record, Examination):
            yield record
            continue
        it = _visit(wanted, record)
        if kind.own and it.posted in state.checked_in:
            continue
        yield from _given(state, wanted, it, kind, f"{kind.name}-{it.posted or 'undated'}")


def _understood(store: Store) -> Iterator[str]:
    for name in store.names:
        if (
            FACEBOOK_POSTS.fullmatch(name)
            or BESIDE.fullmatch(name)
            or not OTHER_LISTS.isdisjoint(name.split("/"))
        ):
            yield name


def part(name: str) -> str | None:
    return export_of("facebook", name)


FACEBOOK = Archive("facebook", "Facebook", recognise, items, part=part)
