"""TikTok: one JSON, ``user_data.json`` or ``user_data_tiktok.json``, without the videos.

The names above the lists changed often (Video, Post; Activity, Your Activity, Profile And Settings), so the lists are
looked for by their own names and by what stands in them. ``N/A`` stands for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exposure.archives._kit import Files, Wanted, address, beginning, inventory, page_of
from exposure.archives._records import get, listed, loaded, moment, text, unread
from exposure.model import Device, Examination, Fact, Facts, Identifier, Place, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_FILE = re.compile(r"(?:.*/)?user_data[\w-]*(?: ?\(\d+\))?\.json")
_POSTS = ("VideoList", "PostList")
_LISTS = frozenset({*_POSTS, "LoginHistoryList", "ProfileMap", "SettingsMap"})
_MARKS = ("WhoCanView", "Likes", "DateDeleted")
"""What stands beside a post of one's own, and not beside a video that was watched."""
_DEEPEST = 6
_VISIBLE = {
    "public": "public",
    "everyone": "public",
    "followers": "followers",
    "friends": "limited",
    "only me": "private",
    "only you": "private",
    "private": "private",
}
"""The words of ``WhoCanView`` that are known; any other is unknown."""
_PAGE = re.compile(r"https?://(?:www\.|m\.)?tiktok(?:v\.(?:com|eu)|\.com)/\S*?(?:video|photo)/(\d+)\S*")
_IN_TEXT = re.compile(rb"\s*Date: \d{4}-\d\d-\d\d [\d:]+(?: UTC)?\r?\n[\w ]*Link: https?://[\w.]*tiktok")
_MOST_TEXTS = 200
_ASK = (
    "This archive of TikTok was asked for as text, which no program can read well: nothing of what you posted was looked at. "
    "Ask for it again: in the app open Settings and privacy, Account, Download your data, and choose JSON."
)
_NOTES = (
    "There are no videos or pictures in an archive of TikTok: only what is written beside them could be read.",
)


class _Account(NamedTuple):
    name: str
    is_private: bool


def recognise(store: Store) -> bool:
    return any(any(_lists(loaded(store, name))) for name in store.names if _FILE.fullmatch(name)) or bool(
        _texts(store)
    )


def _texts(store: Store) -> list[str]:
    """Lists of an archive that was asked for as text; their names are in the person's language."""
    some = [name for name in store.names if name.endswith(".txt")][:_MOST_TEXTS]
    return [name for name in some if _IN_TEXT.match(beginning(store, name))]


def _lists(value: Any, depth: int = 0) -> Iterator[tuple[str, str, Any]]:
    """The lists that hold something for us, by their own names and the names above them."""
    for section, inside in value.items() if isinstance(value, Mapping) else ():
        for key, found in inside.items() if isinstance(inside, Mapping) else ():
            if key in _LISTS and found:
                yield text(section), key, found
        if depth < _DEEPEST:
            yield from _lists(inside, depth + 1)


def items(store: Store) -> Iterator[Item]:
    """What is kept of the account, then every post."""
    files = Files(store)
    understood = [name for name in store.names if _FILE.fullmatch(name)]
    texts = _texts(store)
    if not understood:
        yield from (unread(store, name, _ASK) for name in texts[:1])
    for name in understood:
        value = loaded(store, name)
        if isinstance(value, Examination):
            yield value
            continue
        found = list(_lists(value))
        account = _account(found)
        wanted = Wanted("TikTok", name)
        stored = dict.fromkeys(
            fact for _, key, some in found if key == "LoginHistoryList" for fact in _logins(wanted, some)
        )
        if stored:
            seen = Visibility("private", "LoginHistoryList: only you and TikTok see it")
            yield Post("tiktok", "account", account.name, "", seen, "unknown", stored=Facts.sorted(stored))
        words = {
            "bioDescription": next(
                (_said(some, "bioDescription") for _, k, some in found if k == "ProfileMap"), ""
            )
        }
        yield from page_of("tiktok", account.name, wanted, words)
        yield from _posts(wanted, account, found)
    yield from files.rest()
    notes = _NOTES if understood else (_ASK,)
    yield inventory(TIKTOK, store, [*understood, *texts], notes)


def _account(found: list[tuple[str, str, Any]]) -> _Account:
    profiles = [some for _, key, some in found if key == "ProfileMap"]
    settings = [some for _, key, some in found if key == "SettingsMap"]
    name = next((name for some in profiles if (name := _said(some, "userName"))), "")
    return _Account(
        name, any(_said(some, "Private Account").lower() in ("on", "yes", "true") for some in settings)
    )


def _logins(wanted: Wanted, some: Any) -> Iterator[Fact]:
    for entry in listed(some):
        if found := _said(entry, "IP"):
            yield Identifier("ip-address", found, address(wanted, "IP"))
        if model := _said(entry, "DeviceModel"):
            yield Device(None, model, address(wanted, "DeviceModel"))


def _posts(wanted: Wanted, account: _Account, found: list[tuple[str, str, Any]]) -> Iterator[Post]:
    seen: set[str] = set()
    for section, key, some in found:
        for number, record in enumerate(listed(some) if key in _POSTS else ()):
            if not any(get(record, mark) is not None for mark in _MARKS):
                continue
            post = _post(wanted, account, record, number, "deleted" in section.lower())
            if post.id not in seen:
                seen.add(post.id)
                yield post


def _post(wanted: Wanted, account: _Account, record: Any, number: int, is_deleted: bool) -> Post:
    page = _PAGE.match(_said(record, "Link"))
    posted = moment(_said(record, "Date").removesuffix(" UTC"))
    return Post(
        "tiktok",
        page[1] if page is not None else f"{re.sub('[:-]', '', posted)}-{number}",
        account.name,
        posted,
        _visibility(account, _said(record, "WhoCanView")),
        "deleted" if is_deleted or _said(record, "DateDeleted") else "live",
        Link(page[0], "exact") if page is not None else Link(),
        facts=Facts.sorted(_facts(wanted, record)),
    )


def _visibility(account: _Account, words: str) -> Visibility:
    value = _VISIBLE.get(words.strip().lower())
    if value is None:
        return Visibility()
    if value == "public" and account.is_private:
        return Visibility("followers", f'WhoCanView="{words}", Private Account="On"')
    return Visibility(value, f'WhoCanView="{words}"')


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    for kind, key in (("caption", "Title"), ("alt", "AlternateText"), ("caption", "AddYoursText")):
        if words := _said(record, key):
            yield Text(kind, words, address(wanted, key))
    if name := _said(record, "Location"):
        yield Place(None, None, None, name, address(wanted, "Location"), "named")


def _said(record: Any, key: str) -> str:
    """A field's words; empty where there are none."""
    words = text(get(record, key))
    return "" if words.strip() in ("N/A", "None") else words


TIKTOK = Archive("tiktok", "TikTok", recognise, items)
