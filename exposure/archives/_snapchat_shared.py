"""What was shown to more than friends at Snapchat: Spotlight and shared stories, which ``shared_story.json`` lists by day and
address. Keys differ by year, so an entry is known by an address of Snapchat's in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exposure.archives._records import listed, loaded, moment, text
from exposure.model import Examination
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_PAGE = re.compile(r"https://(?:[\w-]+\.)*snapchat\.com/[!-~]{1,2000}", re.IGNORECASE)
_WRITTEN = ("%Y-%m-%d %H:%M:%S %Z", "%Y/%m/%d %H:%M:%S %Z")
_MOST = 100_000
NOTE = (
    "Stories that you shared with everybody or gave to Spotlight: {}. Whoever has the link of one that is still there can see it; "
    "this archive does not hold their pictures, and does not say which are still there."
)


def shared(store: Store, name: str, account: str) -> Iterator[Post | Examination]:
    """A post for each story; what it showed is not in the archive."""
    value = loaded(store, name)
    if isinstance(value, Examination):
        yield value
        return
    seen: set[str] = set()
    for heading, some in value.items() if isinstance(value, dict) else ():
        for record in listed(some)[:_MOST]:
            written = [text(each).strip() for each in record.values()] if isinstance(record, dict) else []
            page = next(filter(_PAGE.fullmatch, written), "")
            if page and page not in seen:
                seen.add(page)
                yield _story(account, text(heading), page, written)


def _story(account: str, heading: str, page: str, written: list[Any]) -> Post:
    posted = next(filter(None, (moment(each, *_WRITTEN) for each in written)), "")
    return Post(
        "snapchat",
        f"shared-{page.partition('?')[0].rstrip('/').rpartition('/')[2][:60]}",
        account,
        posted,
        Visibility("unknown", f'shared_story.json: "{heading}"'),
        "unknown",
        Link(page, "exact"),
    )
