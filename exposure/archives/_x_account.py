"""Whose X archive it is, who may see the posts, and what X keeps of the account.

``protected-history.js`` lists when "Protect your posts" was switched on and off in the six months before the archive was
made; accounts are open until somebody switches it on (X's README.txt, "protected-history.js"). An empty list therefore
says that the posts are public, unless they have been protected for longer than that.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, address
from exposure.archives._records import get, listed, moment, number, position, records, text
from exposure.archives._x_files import Lists, shown
from exposure.model import Examination, Fact, Facts, Identifier, Person, Place, Text
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

X = "X"
_USER = re.compile(r"\w{1,20}", re.ASCII)
_LISTS = (
    "manifest", "account", "user_details", "protected-history", "profile", "ip-audit", "account-creation-ip",
    "personalization", "note-tweet",
)  # fmt: skip
_MOST = 10_000
"""So many addresses and places of an account are kept."""

SIX_MONTHS = (
    "X says who may see your posts only by a list of the last six months (protected-history.js), and that list is empty."
    " They were counted as public. If you protected your posts longer ago than that, only your followers see them."
)


class XAccount(NamedTuple):
    """Whose archive it is."""

    user: str
    """The name after the @; empty when no file says."""
    id: str
    name: str
    """The name that is shown."""
    visibility: Visibility
    """Of the posts in general."""
    notes: tuple[str, ...] = ()


def one_of(store: Store, names: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """The entries of these lists that are objects, without the object of one key around each, and their list."""
    for name in names:
        for record in records(store, name):
            if not isinstance(record, Examination):
                yield name, unwrapped(record)


def unread_of(store: Store, lists: Lists) -> Iterator[Examination]:
    """What is wrong with the lists that are read for what they say of the account."""
    for name in lists.of(*_LISTS):
        for record in records(store, name):
            if isinstance(record, Examination):
                yield record


def unwrapped(record: Any) -> Any:
    """``{"tweet": {…}}`` as ``{…}``."""
    if isinstance(record, dict) and len(record) == 1:
        inner = next(iter(record.values()))
        return inner if isinstance(inner, dict) else record
    return record


def account_of(store: Store, lists: Lists) -> XAccount:
    manifest = next((r for n in lists.of("manifest") for r in records(store, n)), None)
    account = next((r for _, r in one_of(store, lists.of("account"))), None)
    classic = next((r for _, r in one_of(store, lists.of("user_details"))), None)
    user = _first(
        get(manifest, "userInfo", "userName"), get(account, "username"), get(classic, "screen_name")
    )
    id = _first(get(manifest, "userInfo", "accountId"), get(account, "accountId"), get(classic, "id"))
    name = _first(
        get(account, "accountDisplayName"),
        get(manifest, "userInfo", "displayName"),
        get(classic, "full_name"),
    )
    notes = []
    if get(manifest, "archiveInfo", "isPartialArchive") is True:
        notes.append(
            "This is one part of an archive that X handed out in several; the other parts are not here."
        )
    visibility, note = _visibility(store, lists, account)
    return XAccount(user if _USER.fullmatch(user) else "", id, name, visibility, (*notes, *note))


def _first(*some: Any) -> str:
    return next((found for each in some if (found := text(each))), "")


def _visibility(store: Store, lists: Lists, account: Any) -> tuple[Visibility, tuple[str, ...]]:
    flag = get(account, "protected")
    if isinstance(flag, bool):
        return protected(flag, "account.js"), ()
    changes: list[tuple[str, int, str, str]] = []
    for name in lists.of("protected-history"):
        for record in records(store, name):
            if isinstance(record, Examination):
                return Visibility(), ()
            entry = unwrapped(record)
            when = moment(get(entry, "protectedAt"))
            changes.append((when, len(changes), text(get(entry, "action")), shown(name)))
    if not changes:
        if not lists.scripts.get("protected-history"):
            unsaid = "This archive does not say who may see your posts."
            return Visibility(), () if lists.months else (unsaid,)  # of the months, each post says it itself
        return Visibility("public", "protected-history.js: [] (not protected in the last six months)"), (
            SIX_MONTHS,
        )
    when, _, action, file = max(changes)
    value = {"protect": "followers", "unprotect": "public"}.get(action.lower(), "unknown")
    evidence = f'{file}: "action"="{action}"' + (f', "protectedAt"="{when}"' if when else "")
    return Visibility(value, evidence) if value != "unknown" else Visibility(), ()


def protected(flag: bool, file: str) -> Visibility:
    """Who sees the posts of an account that is, or is not, protected."""
    return Visibility("followers" if flag else "public", f'{file}: "protected"={str(flag).lower()}')


def profile(store: Store, lists: Lists, account: XAccount) -> Post:
    """What the profile shows, as a post; its pictures are the files of the folder profile_media."""
    name, found = next(one_of(store, lists.of("profile", "user_details")), ("profile.js", None))
    wanted = Wanted(X, name)
    picture = text(get(found, "avatarMediaUrl"))
    is_open = picture.startswith("https://pbs.twimg.com/")
    link = f"https://x.com/{account.user}"
    return Post(
        "x",
        "profile",
        account.user,
        visibility=Visibility("public", f'{shown(name)}: "avatarMediaUrl" lies on pbs.twimg.com')
        if is_open
        else Visibility(),
        link=Link(link, "constructed") if account.user else Link(),
        facts=Facts.sorted(_shown(wanted, found, account)),
    )


def _shown(wanted: Wanted, found: Any, account: XAccount) -> Iterator[Fact]:
    described = get(found, "description") or found
    words = [html.unescape(text(get(described, key))).strip() for key in ("bio", "website", "url")]
    if caption := "\n".join(filter(None, words)):
        yield Text("caption", caption, address(wanted, "description.bio"))
    if where := text(get(described, "location")).strip():
        yield Place(None, None, None, html.unescape(where), address(wanted, "description.location"), "named")
    if account.name:
        yield Person("owner", account.name, address(Wanted(X, "account.js"), "accountDisplayName"))


def kept(store: Store, lists: Lists, account: XAccount) -> Post | None:
    """What X keeps of the account and nobody else sees, as one post that stands for the account; None for nothing."""
    facts: dict[tuple[object, ...], Fact] = {}
    names: set[str] = set()
    for name, fact in _kept(store, lists):
        if len(facts) < _MOST:
            facts.setdefault(tuple(fact[:4]), fact)
            names.add(shown(name))
    if not facts:
        return None
    evidence = ", ".join(sorted(names)) + ": X keeps these for itself"
    post = Post("x", "account", account.user, visibility=Visibility("private", evidence), status="unknown")
    return replace(post, stored=Facts.sorted(facts.values()))


def _kept(store: Store, lists: Lists) -> Iterator[tuple[str, Fact]]:
    for file, key in (("ip-audit", "loginIp"), ("account-creation-ip", "userCreationIp")):
        for name, record in one_of(store, lists.of(file)):
            if value := text(get(record, key)).strip():
                yield name, Identifier("ip-address", value, address(Wanted(X, name), key))
    for name, record in one_of(store, lists.of("personalization")):
        for entry in listed(get(record, "locationHistory")):
            if (place := _been(Wanted(X, name), entry)) is not None:
                yield name, place


def _been(wanted: Wanted, entry: Any) -> Place | None:
    """A place that X thinks the account was used at: words, or an object of words and numbers."""
    words = (
        [entry] if isinstance(entry, str) else [get(entry, k) for k in ("name", "city", "region", "country")]
    )
    named = ", ".join(filter(None, map(text, words)))
    latitude = next((v for k in ("latitude", "lat") if (v := number(get(entry, k))) is not None), None)
    longitude = next(
        (v for k in ("longitude", "lng", "lon") if (v := number(get(entry, k))) is not None), None
    )
    there = position(latitude, longitude)
    if there is None and not named:
        return None
    where = address(wanted, "locationHistory")
    north, east = there or (None, None)
    return Place(north, east, None, named or None, where, "position" if there else "named")
