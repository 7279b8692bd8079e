"""Instagram: posts, stories, reels and what was archived or deleted, and Threads, which lies in the same archive.

The lists lay in ``content/`` until 2024 and lie in ``your_instagram_activity/media/`` (for a while ``…/content/``) since; before 2021 there was one ``media.json``;
the account's in ``account_information/``, ``personal_information/`` and a folder deeper. Newer archives tell posts twice:
in ``posts_N.json``, and by labels in ``posts.json``, which may know a position that the other does not. Nothing in an
archive says who sees a post; only whether the account is private.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exposure.archives import _instagram_old as old
from exposure.archives import _instagram_profile as profiles
from exposure.archives._instagram_profile import profile
from exposure.archives._kit import Files, Wanted, beginning, inventory
from exposure.archives._media import Media
from exposure.archives._meta import INSTAGRAM_MEDIA, OTHER_LISTS, THREADS_POSTS
from exposure.archives._meta_logins import logins
from exposure.archives._meta_messages import messages
from exposure.archives._meta_messages import notes as message_notes
from exposure.archives._meta_posts import PART_ALONE, Posts, Told, export_of, is_part_alone, told
from exposure.archives._records import entries
from exposure.archives._threads import threads
from exposure.model import Examination, Fact
from exposure.plugins import Archive, Item
from exposure.post import Visibility
from exposure.stores import Store

_PEEK = 1 << 16
_MARKS = (b'"creation_timestamp"', b'"ig_', b'"label_values"', b'"profile_user"')
_STATUS = {
    "stories": "expired",
    "archived_posts": "archived",
    "archived_stories": "archived",
    "archived_reels": "archived",
    "recently_deleted_content": "deleted",
    "recently_deleted": "deleted",
    "other_content": "unknown",
}
_HIGHLIGHTS = (
    "Stories are gone after a day, except those that you kept in a highlight. This archive does not tell which: look at "
    "the highlights on your profile."
)
_NO_LINKS = (
    "This archive holds no links to posts: find them on your profile by date and picture. Nor does it say who sees a post, "
    "only whether the account is private."
)


class _List(NamedTuple):
    """A list of media in the archive."""

    name: str
    kind: str
    number: int
    """0 for none."""


@dataclass(slots=True)
class _Seen:
    """What the posts in ``posts_N.json`` were, and what ``posts.json`` knows of them besides."""

    uris: set[str] = field(default_factory=set)
    moments: set[str] = field(default_factory=set)
    besides: dict[str, Told] = field(default_factory=dict)
    """By the moment and by each file: places and uploads."""


def recognise(store: Store) -> bool:
    """By a list of media, or by the name of a zip without lists, or, where Threads has none, by the account's profile."""
    if any("your_instagram_activity/" in one.name or _is_marked(store, one.name) for one in _lists(store)):
        return True
    if is_part_alone(store, "instagram") or any(_old_lists(store)):
        return True
    has_threads = any(THREADS_POSTS.fullmatch(name) for name in store.names)
    return not has_threads and any(
        profiles.INSTAGRAM.fullmatch(name) and _is_marked(store, name) for name in store.names
    )


def _old_lists(store: Store) -> Iterator[str]:
    return (
        name for name in store.names if old.MEDIA.fullmatch(name) and _is_marked(store, name, old.MARKS, all)
    )


def _is_marked(
    store: Store,
    name: str,
    marks: Sequence[bytes] = _MARKS,
    enough: Callable[[Iterable[bool]], bool] = any,
) -> bool:
    """Whether a file begins like one of Instagram's lists."""
    start = beginning(store, name, _PEEK)
    return enough(mark in start for mark in marks)


def items(store: Store) -> Iterator[Item]:
    """Each list's posts with their files, in the order of the lists; then Threads; then the files of no post."""
    files, media = Files(store), Media(store)
    owner = profile(store, profiles.INSTAGRAM)
    yield from owner.problems
    olds = list(_old_lists(store))
    account = owner.name or next(filter(None, (old.account(store, name)[0] for name in olds)), "")
    yield from owner.page or (page for name in olds for page in old.page(store, name))
    posts, seen = Posts("instagram", account, media), _Seen()
    lists = sorted(_lists(store))
    again = [each for each in lists if _tells_again(each, lists)]
    for each in again:
        _besides(store, each, seen)
    shared = 0
    for each in (*(one for one in lists if one not in again), *again):
        for item in _posts(store, each, posts, files, seen, owner.seen_by):
            if item is None:
                shared += 1
            else:
                yield item
    for name in olds:
        yield from old.old_posts(store, name, posts, files, old.account(store, name)[1])
    yield from threads(store, files, media)
    unread = 0
    for item in messages(store, INSTAGRAM.title, posts, files, owner.called):
        unread += item is None
        if item is not None:
            yield item
    yield from logins(store, INSTAGRAM.title, "instagram", account)
    yield from files.rest()
    notes = [_NO_LINKS] if lists or olds else [PART_ALONE] * is_part_alone(store, "instagram")
    if olds or any(each.kind == "stories" for each in lists):
        notes.append(_HIGHLIGHTS)
    notes += message_notes(store, unread, owner.called)
    if owner.is_strange:
        notes.append(profiles.NOT_READ)
    if shared:
        notes.append(f"Posts of other people that you shared again, and that were left out: {shared}.")
    understood = {*_understood(store), *(each for name in olds for each in old.understood(store, name))}
    yield inventory(INSTAGRAM, store, understood, [*notes, *media.notes()])


def _lists(store: Store) -> Iterator[_List]:
    for name in store.names:
        found = INSTAGRAM_MEDIA.fullmatch(name)
        if found and found[3] == "json":
            yield _List(name, found[1], int((found[2] or "_0")[1:]))


def _tells_again(one: _List, lists: list[_List]) -> bool:
    """Whether it is the ``posts.json`` that repeats ``posts_N.json``."""
    return one.kind == "posts" and not one.number and any(o.kind == "posts" and o.number for o in lists)


def _besides(store: Store, one: _List, seen: _Seen) -> None:
    """Remember what this list knows of posts that the others tell as well."""
    for record in entries(store, one.name, _is_list, alone=_is_alone(store, one)):
        if isinstance(record, Examination):
            continue  # it is read again later, and said then
        it = told(Wanted("Instagram", one.name), record)
        if it.shown or it.kept or any(it.uploads):
            slim = it._replace(media=(), words=())
            for key in filter(None, (it.posted, *it.uris)):
                seen.besides[key] = slim


def _posts(
    store: Store, one: _List, posts: Posts, files: Files, seen: _Seen, seen_by: Visibility
) -> Iterator[Item | None]:
    """The posts of one list; None for each that somebody else made."""
    wanted, again = (
        Wanted("Instagram", one.name),
        one.kind == "posts" and not one.number and bool(seen.moments),
    )
    for record in entries(store, one.name, _is_list, alone=_is_alone(store, one)):
        if isinstance(record, Examination):
            yield record
            continue
        if one.kind == "reposts":
            yield None
            continue
        it = told(wanted, record)
        if again and (it.posted in seen.moments or not seen.uris.isdisjoint(it.uris)):
            continue
        if not (it.media or it.words or it.shown):
            continue
        if one.kind == "posts" and one.number:
            seen.moments.update(filter(None, (it.posted,)))
            seen.uris.update(it.uris)
            it = _joined(it, seen)
        post, names = posts.post(wanted, it, one.kind, _seen_by(one, seen_by), _STATUS.get(one.kind, "live"))
        yield from files.with_post(post, names)


def _is_alone(store: Store, one: _List) -> bool:
    """Whether a list of posts that is one object may be a single post."""
    return one.kind == "posts" and _is_marked(store, one.name, (b'"media"', b'"label_values"'))


def _joined(it: Told, seen: _Seen) -> Told:
    """With what ``posts.json`` knows besides."""
    known = [more for key in (it.posted, *it.uris) if (more := seen.besides.get(key)) is not None]
    for more in known:
        it = it._replace(
            uploads=tuple(dict.fromkeys((*it.uploads, *more.uploads))),
            shown=_once(it.shown, more.shown),
            kept=_once(it.kept, more.kept),
        )
    return it


def _once(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _is_list(key: str) -> bool:
    return key.startswith("ig_")


def _seen_by(one: _List, account: Visibility) -> Visibility:
    """An archived or deleted post is the owner's alone. A profile photo is shown to everybody by most apps, whatever the
    account, so its setting says nothing."""
    if _STATUS.get(one.kind) in ("archived", "deleted"):
        return Visibility("private", one.name.rpartition("/")[2])
    return Visibility() if one.kind == "profile_photos" else account


def _understood(store: Store) -> Iterator[str]:
    """The lists that were read, and those about the account, which hold no posts."""
    for name in store.names:
        if (
            INSTAGRAM_MEDIA.fullmatch(name)
            or THREADS_POSTS.fullmatch(name)
            or not OTHER_LISTS.isdisjoint(name.split("/"))
        ):
            yield name


def part(name: str) -> str | None:
    return export_of("instagram", name)


INSTAGRAM = Archive("instagram", "Instagram", recognise, items, part=part)
