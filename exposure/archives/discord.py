"""Discord: a folder for each channel with ``channel.json`` and the person's own messages in ``messages.json`` or ``.csv``.

Shapes as in published packages: since 2024 JSON instead of CSV; the names of folders are in the person's language, and
those of channels begin with a ``c`` or not. Pictures are not in it, but their names stand in the links to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from exposure.archives._kit import Files, Wanted, address, inventory
from exposure.archives._records import get, loaded, moment, records, rows, text
from exposure.model import Examination, Fact, Facts, Identifier, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_CHANNEL = re.compile(r"((?:.*/)?c?(\d{5,20})/)channel\.json")
_USER = re.compile(r"(?:.*/)?user\.json")
_OWN_LISTS = re.compile(
    r"(?:.*/)?(?:index|user|guild|audit-log|webhooks|emoji|bots|integrations|application|events-[\w-]+|ads-[\w-]+|README)"
    r"(?:\.json|\.txt)"
)
_DIRECT = {"1": "DM", "3": "GROUP_DM", "DM": "DM", "GROUP_DM": "GROUP_DM"}
"""Types of channels that only the people in them see (numbers as in Discord's API)."""
_NOTES = (
    "There are no pictures in an archive of Discord: only their names and the links to them could be read.",
    "The archive does not say who can see a server: look at who can join it.",
)


class _Channel(NamedTuple):
    id: str
    type: str
    """DM or GROUP_DM; otherwise as it stands there."""
    guild: str
    """The server's id; empty for direct messages and where it is not known."""

    @property
    def visibility(self) -> Visibility:
        return Visibility("limited", f'type="{self.type}"') if self.type in _DIRECT.values() else Visibility()

    def link(self, message: str) -> Link:
        place = self.guild or ("@me" if self.type in _DIRECT.values() else "")
        if not place or not (self.id + message).isdecimal():
            return Link()
        return Link(f"https://discord.com/channels/{place}/{self.id}/{message}", "constructed")


def recognise(store: Store) -> bool:
    names = frozenset(store.names)
    found = (found for name in store.names if (found := _CHANNEL.fullmatch(name)))
    return any(f"{each[1]}messages.json" in names or f"{each[1]}messages.csv" in names for each in found)


def items(store: Store) -> Iterator[Item]:
    """The account, then every message, channel by channel."""
    files = Files(store)
    names = frozenset(store.names)
    understood = {name for name in store.names if _OWN_LISTS.fullmatch(name)}
    account = ""
    for name in store.names:
        if _USER.fullmatch(name):
            user = loaded(store, name)
            if isinstance(user, Examination):
                yield user
                continue
            account = account or text(get(user, "username"))
            yield from _account(Wanted("Discord", name), user)
    for name in store.names:
        if (found := _CHANNEL.fullmatch(name)) is None:
            continue
        record = loaded(store, name)
        if isinstance(record, Examination):
            yield record
            record = None
        channel = _channel(record, found[2])
        for messages in (f"{found[1]}messages.json", f"{found[1]}messages.csv"):
            if messages in names:
                understood |= {name, messages}
                yield from _messages(store, messages, channel, account)
    yield from files.rest()
    yield inventory(DISCORD, store, understood, _NOTES)


def _account(wanted: Wanted, user: Any) -> Iterator[Post]:
    facts: list[Fact] = [
        Text("contact", found, address(wanted, key))
        for key in ("email", "phone")
        if (found := text(get(user, key)))
    ]
    if found := text(get(user, "ip")):
        facts.append(Identifier("ip-address", found, address(wanted, "ip")))
    if facts:
        seen = Visibility("private", "user.json: only you and Discord see it")
        account = text(get(user, "username"))
        yield Post("discord", "account", account, "", seen, "unknown", stored=Facts.sorted(facts))


def _channel(record: Any, id: str) -> _Channel:
    type = text(get(record, "type"))
    if not type and get(record, "recipients") is not None:
        type = "DM"
    guild = text(get(record, "guild", "id"))
    return _Channel(id, _DIRECT.get(type, type), guild if guild.isdecimal() else "")


def _messages(store: Store, name: str, channel: _Channel, account: str) -> Iterator[Item]:
    wanted = Wanted("Discord", name)
    for record in records(store, name) if name.endswith(".json") else rows(store, name):
        if isinstance(record, Examination):
            yield record
            continue
        id = text(get(record, "ID"))
        facts = Facts.sorted(_facts(wanted, record))
        if id and facts.texts:
            yield Post(
                "discord",
                id,
                account,
                moment(get(record, "Timestamp")),
                channel.visibility,
                link=channel.link(id),
                facts=facts,
            )


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    if words := text(get(record, "Contents")):
        yield Text("caption", words, address(wanted, "Contents"))
    for link in text(get(record, "Attachments")).split():
        if name := link.partition("?")[0].rpartition("/")[2]:
            yield Text("path", name, address(wanted, "Attachments"))


DISCORD = Archive("discord", "Discord", recognise, items)
