"""Reddit: a zip of tables, without any picture.

Columns as in published exports: ``posts.csv`` and ``comments.csv`` hold what was written, ``*_headers.csv`` the same without
the words; long tables come in pieces (``posts_1.csv``). The address of the network stands in each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.archives._kit import Files, Wanted, address, beginning, inventory
from exposure.archives._records import moment, rows
from exposure.archives._streaming import coding
from exposure.archives._tables import columns
from exposure.model import Examination, Fact, Facts, Identifier, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_TABLE = re.compile(r"(?:.*/)?(posts|comments|live_stream_posts)(?:_\d+)?\.csv")
_HEADERS = re.compile(r"(?:.*/)?(?:posts?|comments?|live_stream_posts)_headers(?:_\d+)?\.csv")
_LOGS = re.compile(r"(?:.*/)?(ip_logs|linked_phone_number|statistics)(?:_\d+)?\.csv")
_OWN_LISTS = re.compile(
    r"(?:.*/)?(?:account_gender|announcements|approved_submitter_subreddits|birthdate|chat_history|checkfile|comment_votes"
    r"|drafts|friends|gilded_(?:comments|content|posts)|gold_received|hidden_posts|linked_identities|messages(?:_archive)?"
    r"|messages?(?:_archive)?_headers|moderated_subreddits|multireddits|payouts|persona|poll_votes|post_votes|purchases"
    r"|reddit_gold_information|saved_comments|saved_posts|scheduled_posts|sensitive_ads_preferences|stripe"
    r"|subscribed_subreddits|subscriptions|twitter|user_preferences)(?:_\d+)?\.csv"
)
_GONE = {"[deleted]": "deleted", "[deleted by user]": "deleted", "[removed]": "unknown"}
"""What stands where words were, and what became of the post."""
_SITE = "https://www.reddit.com"
_NOTES = (
    "Reddit shows posts and comments to everybody unless their community is private, and this archive does not say which "
    "are: open the links without being logged in to see.",
    "There are no pictures in an archive of Reddit: only the links to them could be read.",
)


def recognise(store: Store) -> bool:
    found = [name for name in store.names if _TABLE.fullmatch(name) or _HEADERS.fullmatch(name)]
    return any({"permalink", "subreddit"} <= set(columns(_head(store, name))) for name in found[:8])


def _head(store: Store, name: str) -> str:
    data = beginning(store, name)
    return data.decode(coding(data), "replace")


def items(store: Store) -> Iterator[Item]:
    """What is kept of the account, then every post and comment."""
    files = Files(store)
    understood = {name for name in store.names if _OWN_LISTS.fullmatch(name) or _HEADERS.fullmatch(name)}
    logs = [name for name in store.names if _LOGS.fullmatch(name)]
    account = ""
    stored: dict[Fact, None] = {}
    for name in logs:
        for row in rows(store, name):
            if isinstance(row, Examination):
                yield row
            elif row.get("statistic") == "account name":
                account = row.get("value", "")
            else:
                stored |= dict.fromkeys(_kept(Wanted("Reddit", name), row))
    if stored:
        seen = Visibility("private", "ip_logs.csv: only you and Reddit see it")
        yield Post("reddit", "account", account, "", seen, "unknown", stored=Facts.sorted(stored))
    tables = [name for name in store.names if _TABLE.fullmatch(name)]
    for name in tables:
        for row in rows(store, name):
            if isinstance(row, Examination):
                yield row
            elif (post := _post(name, row, account)) is not None:
                yield post
    yield from files.rest()
    yield inventory(REDDIT, store, understood | {*logs, *tables}, _NOTES)


def _post(name: str, row: dict[str, str], account: str) -> Post | None:
    id = row.get("id", "")
    if not id:
        return None
    wanted = Wanted("Reddit", name)
    page = row.get("permalink", "")
    if page.startswith("/"):
        page = _SITE + page
    words = [row.get(column, "") for column in ("title", "body")]
    return Post(
        "reddit",
        id if "link" not in row else f"t1_{id.removeprefix('t1_')}",
        account,
        moment(row.get("date"), "%Y-%m-%d %H:%M:%S %Z"),
        status=next((_GONE[word] for word in words if word in _GONE), "live"),
        link=Link(page, "exact") if page.startswith(("https://", "http://")) else Link(),
        facts=Facts.sorted(_facts(wanted, row, [word for word in words if word and word not in _GONE])),
        stored=Facts.sorted(_kept(wanted, row)),
    )


def _facts(wanted: Wanted, row: dict[str, str], words: list[str]) -> Iterator[Fact]:
    if words:
        yield Text("caption", "\n".join(words), address(wanted, "body"))
    for column in ("url", "media"):
        link = row.get(column, "")
        if link.startswith(("https://", "http://")) and link != row.get("permalink"):
            yield Text("path", link, address(wanted, column))


def _kept(wanted: Wanted, row: dict[str, str]) -> Iterator[Fact]:
    """What Reddit alone sees."""
    if found := row.get("ip", "").strip():
        yield Identifier("ip-address", found, address(wanted, "ip"))
    if phone := row.get("phone_number", "").strip():
        yield Text("contact", phone, address(wanted, "phone_number"))


REDDIT = Archive("reddit", "Reddit", recognise, items)
