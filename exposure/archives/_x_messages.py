"""Pictures in direct messages of an X archive: who sent them is told, so that nobody is told to delete another's."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exposure.archives._kit import Wanted, address
from exposure.archives._records import get, listed, moment, records, text
from exposure.archives._x_account import X, XAccount, unwrapped
from exposure.archives._x_files import MESSAGES, Lists, shown
from exposure.model import Examination, Facts, Text
from exposure.post import Post, Visibility
from exposure.stores import Store


def messages(
    store: Store, lists: Lists, account: XAccount
) -> Iterator[tuple[Post, Sequence[str]] | Examination | None]:
    """Each message that came with files, and their names; None for each of the person's own that came without."""
    files = {
        **lists.media.get("direct_messages_media", {}),
        **lists.media.get("direct_messages_group_media", {}),
    }
    for name in lists.of(*MESSAGES):
        for record in records(store, name):
            if isinstance(record, Examination):
                yield record
            else:
                yield from _with_files(name, unwrapped(record), files, account)


def _with_files(
    name: str, conversation: Any, files: Mapping[str, Sequence[str]], account: XAccount
) -> Iterator[tuple[Post, Sequence[str]] | None]:
    for message in listed(get(conversation, "messages")):
        sent = unwrapped(message)
        id = text(get(sent, "id"))
        own = not account.id or text(get(sent, "senderId")) == account.id
        words = html.unescape(text(get(sent, "text"))).strip()
        if id not in files:
            if own and words:
                yield None
            continue
        where = address(Wanted(X, name), "text")
        caption = (Text("caption", words, where),) if words else ()
        yield (
            Post(
                "x",
                id,
                account.user,
                moment(get(sent, "createdAt")),
                Visibility("limited", f"it is a message in {shown(name)}"),
                facts=Facts(texts=(*caption, Text("way", "sent as a message", where))),
                own=own,
            ),
            files[id],
        )
