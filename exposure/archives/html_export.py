"""Archives that were asked for as web pages: nothing in them is made to be read by a program.

Instagram, Threads, Facebook, Snapchat and Telegram give web pages unless one asks for JSON. Such an archive must not
pass for one without findings: it is named, and how to ask for the other is said. Its photos are looked at as files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from exposure.archives._kit import Files, beginning, inventory
from exposure.archives._meta import FACEBOOK_POSTS, INSTAGRAM_MEDIA, THREADS_POSTS
from exposure.archives._records import unread
from exposure.plugins import Archive, Item
from exposure.stores import Store

_PEEK = 1 << 16
_META = ("your_instagram_activity/", "your_facebook_activity/", "your_activity_across_facebook/")
_PAGES = (".html", ".htm")
_META_STYLE = (b"_a6", b"uiBoxWhite")
"""Classes in every page of Meta's exports since 2018."""
_ACCOUNTS_CENTRE = (
    "Ask for it again: in the app's settings open Accounts Centre, then Your information and permissions, then Export (or "
    "Download) your information, and choose JSON as the format instead of HTML."
)


class _Service(NamedTuple):
    """How web pages of one service are known."""

    title: str
    pages: tuple[re.Pattern[str], ...]
    """Names of pages that list posts."""
    lists: tuple[re.Pattern[str], ...]
    """Names of JSON lists: where there is one, the service's own module reads the archive."""
    marks: tuple[bytes, ...]
    """What stands in such a page, where its name does not tell enough."""
    plain: tuple[str, ...]
    """What in a page's name tells enough."""
    ask: str


_SERVICES = (
    _Service(
        "Instagram",
        (INSTAGRAM_MEDIA, re.compile(r"(?:.*/)?your_instagram_activity/(?!threads/).+\.html")),
        (
            INSTAGRAM_MEDIA,
            re.compile(
                r"(?:.*/)?(?:account_information|personal_information)/(?:.*/)?personal_information\.json"
            ),
        ),
        _META_STYLE,
        _META,
        _ACCOUNTS_CENTRE,
    ),
    _Service(
        "Threads",
        (THREADS_POSTS,),
        (THREADS_POSTS,),
        _META_STYLE,
        _META,
        _ACCOUNTS_CENTRE,
    ),
    _Service(
        "Facebook",
        (
            FACEBOOK_POSTS,
            re.compile(r"(?:.*/)?your_(?:facebook_activity|activity_across_facebook)/.+\.html"),
            re.compile(r"(?:.*/)?html/(?:timeline|wall|photos|synced_photos|videos|messages)\.html?"),
        ),
        (FACEBOOK_POSTS, re.compile(r"(?:.*/)?profile_information/profile_information\.json")),
        (*_META_STYLE, b"html/style.css"),
        _META,
        _ACCOUNTS_CENTRE,
    ),
    _Service(
        "Snapchat",
        (re.compile(r"(?:.*/)?(?:html/)?(?:memories_history|snap_history|chat_history|account)\.html"),),
        (re.compile(r"(?:.*/)?json/.+\.json"), re.compile(r"(?:.*/)?memories_history\.json")),
        (b"downloadMemories", b"Snapchat", b"Snap Inc"),
        (),
        "Ask for it again: on accounts.snapchat.com open My Data, and switch on both Export your Memories and Export JSON "
        "Files before you submit.",
    ),
    _Service(
        "Telegram",
        (re.compile(r"(?:.*/)?(?:messages\d*|export_results)\.html"),),
        (re.compile(r"(?:.*/)?result\.json"),),
        (b"page_wrap",),
        (),
        "Export it again: in Telegram Desktop open Settings, Advanced, Export Telegram data (for one chat: its menu, Export "
        "chat history), and choose Machine-readable JSON as the format.",
    ),
)


def recognise(store: Store) -> bool:
    return next(_found(store), None) is not None


def _found(store: Store) -> Iterator[tuple[_Service, str]]:
    """Each service whose pages lie here without its lists, and one of the pages."""
    names = store.names
    for service in _SERVICES:
        if any(p.fullmatch(n) for n in names if n.endswith(".json") for p in service.lists):
            continue
        pages = (n for n in names if n.endswith(_PAGES) and any(p.fullmatch(n) for p in service.pages))
        page = next((n for n in pages if _is_of(store, n, service)), None)
        if page is not None:
            yield service, page


def _is_of(store: Store, name: str, service: _Service) -> bool:
    if any(folder in name for folder in service.plain):
        return True
    start = beginning(store, name, _PEEK)
    return any(mark in start for mark in service.marks)


def items(store: Store) -> Iterator[Item]:
    """What to ask for, of each service; then all photos."""
    found = list(_found(store))
    notes = [
        f"This is the HTML version of an archive of {service.title}: nothing of the posts in it was read, only the photos "
        f"were. {service.ask}"
        for service, _ in found
    ]
    for (_, page), note in zip(found, notes, strict=True):
        yield unread(store, page, note)
    yield from Files(store).rest()
    pages = [name for name in store.names if name.endswith(_PAGES)]
    title = " and ".join(service.title for service, _ in found)
    yield replace(inventory(HTML, store, pages, notes), title=f"{title}, as web pages")


HTML = Archive("html-export", "an archive as web pages", recognise, items)
