"""Which file of an X archive is which.

Since 2018 every list is a script that sets one variable, ``window.YTD.<type>.part0 = [ … ]``, in ``data/<type>.js`` and
further parts in ``<type>-part1.js``. The archive of 2012 to 2018 had a script a month, ``data/js/tweets/2014_05.js``
(``Grailbird.data.tweets_2014_05 = [ … ]``), and the same again, with less in it, as ``tweets.csv``. Both as X's own
README.txt and the programs that read them describe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from exposure.archives._kit import beginning
from exposure.stores import Store

_SCRIPT = re.compile(r"(?:(?!.*assets/).*/)?([a-z][a-z0-9-]*?)(?:-part\d+)?\.js")
_MONTH = re.compile(r"(?:.*/)?data/js/tweets/\d{4}_\d\d\.js")
_TABLE = re.compile(r"(?:.*/)?tweets\.csv")
_CLASSIC = re.compile(
    r"(?:.*/)?(?:data/js/(?:user_details|payload_details|tweet_index)\.js|data/csv/.*\.csv)"
)
_PAGES = re.compile(r"(?:.*/)?(?:Your archive\.html|index\.html|README\.txt)", re.IGNORECASE)
_VIEWER = {
    "Your archive.html": ("data/account.js", ("assets/",)),
    "index.html": ("data/js/tweet_index.js", ("img/", "css/", "lib/")),
}
"""The page that X adds to look at an archive with: what else must lie beside it, and the folders of its own files, of
which there are thousands of pictures."""
_MEDIA = re.compile(
    r"(?:.*/)?((?:deleted_|community_|twitter_circle_)?tweets?_media|direct_messages(?:_group)?_media|profile_media)"
    r"/(\d{1,20})-[^/]+"
)

TWEETS = ("tweet", "tweets")
CIRCLE = ("twitter-circle-tweet",)
COMMUNITY = ("community-tweet",)
DELETED = ("deleted-tweet", "deleted-tweets")
NOTES = ("note-tweet",)
MESSAGES = ("direct-message", "direct-messages", "direct-message-group", "direct-messages-group")
POSTS = (*TWEETS, *CIRCLE, *COMMUNITY, *DELETED)

_NAMES = """
account account-creation-ip account-label account-suspension account-timezone ad-engagements
ad-free-article-visits ad-impressions ad-mobile-conversions-attributed ad-mobile-conversions-unattributed
ad-online-conversions-attributed ad-online-conversions-unattributed ageinfo app article article-metadata
audio-video-calls-in-dm audio-video-calls-in-dm-recipient-sessions birdwatch-note birdwatch-note-rating block
bookmark branch-links catalog-item commerce-catalog community-note community-note-batsignal
community-note-rating community-note-tombstone connected-application contact deleted-note-tweet
deleted-tweet-headers device-token direct-message-group-headers direct-message-headers direct-message-mute
email-address-change expanded-profile fleet fleet-mute follower following grok-chat-item ip-audit key-registry
like likes lists-created lists-member lists-subscribed manifest moment mute ni-devices
periscope-account-information periscope-ban-information periscope-broadcast-metadata
periscope-comments-made-by-user periscope-expired-broadcasts periscope-followers periscope-profile-description
personalization phone-number product-drop product-set professional-data profile protected-history reply-prompt
saved-search screen-name-change shop-module shopify-account smartblock spaces-metadata sso tweet-headers
tweetdeck twitter-article twitter-article-metadata twitter-circle twitter-circle-member twitter-shop
user-link-clicks verified verified-organization
"""
"""Lists that an archive is known to hold, besides those that are read here."""


class Lists(NamedTuple):
    """The lists of one archive."""

    scripts: Mapping[str, Sequence[str]]
    """The parts of each list, by the name of the list."""
    months: Sequence[str]
    tables: Sequence[str]
    media: Mapping[str, Mapping[str, Sequence[str]]]
    """Of each folder of media, the files by the number that their names begin with."""
    understood: frozenset[str]
    viewer: Sequence[str]
    """Files that are X's own."""

    def of(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self.scripts.get(name, ())


def lists_of(store: Store) -> Lists:
    scripts: dict[str, list[str]] = {}
    months, tables, understood = [], [], set()
    media: dict[str, dict[str, list[str]]] = {}
    viewer = _viewer(store)
    for name in store.names:
        if name in viewer:
            understood.add(name)
        elif found := _MEDIA.fullmatch(name):
            media.setdefault(found[1], {}).setdefault(found[2], []).append(name)
        elif _MONTH.fullmatch(name):
            months.append(name)
        elif _TABLE.fullmatch(name):
            tables.append(name)
        elif _CLASSIC.fullmatch(name) or _PAGES.fullmatch(name):
            understood.add(name)
            if name.endswith("user_details.js"):
                scripts.setdefault("user_details", []).append(name)
        elif found := _SCRIPT.fullmatch(name):
            scripts.setdefault(found[1], []).append(name)
            if found[1] in _NAMES.split() or found[1] in (*POSTS, *NOTES, *MESSAGES):
                understood.add(name)
    return Lists(scripts, months, tables, media, frozenset((*understood, *months, *tables)), sorted(viewer))


def _viewer(store: Store) -> set[str]:
    folders: list[str] = []
    for name in store.names:
        page = PurePosixPath(name).name
        if page in _VIEWER:
            beside, inside = _VIEWER[page]
            above = name.removesuffix(page)
            folders += [f"{above}{folder}" for folder in inside if store.has(f"{above}{beside}")]
    return {name for name in store.names if name.startswith(tuple(folders))} if folders else set()


def is_archive(store: Store) -> bool:
    """By what one of its lists begins with."""
    for name in store.names:
        found = _SCRIPT.fullmatch(name)
        if found and found[1] in ("manifest", "account", *POSTS):
            head = beginning(store, name)
            if b"window.YTD." in head or b"__THAR_CONFIG" in head:
                return True
        elif _MONTH.fullmatch(name):
            if beginning(store, name).lstrip(b"\xef\xbb\xbf").startswith(b"Grailbird.data.tweets_"):
                return True
        elif _TABLE.fullmatch(name) and {b"tweet_id", b"timestamp", b"text"} <= _columns(store, name):
            return True
    return False


def _columns(store: Store, name: str) -> set[bytes]:
    head = beginning(store, name).lstrip(b"\xef\xbb\xbf").partition(b"\n")[0]
    return {each.strip(b'"\r ') for each in head.split(b",")}


def shown(name: str) -> str:
    """A list's name without its folders, as evidence."""
    return PurePosixPath(name).name
