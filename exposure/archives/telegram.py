"""Telegram Desktop: ``result.json`` of all chats, or of one.

Shapes as in Telegram Desktop's own writer, ``export_output_json.cpp``. The file may be hundreds of megabytes, so it is
walked twice, one message at a time: first for who the person is and which chat is of which type, then for the messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from exposure.archives._kit import Files, Wanted, address, inventory
from exposure.archives._records import get, listed, position, seconds, text, unread
from exposure.archives._streaming import Path, walked
from exposure.errors import MalformedFile, reason
from exposure.model import Device, Fact, Facts, Identifier, Person, Place, Text
from exposure.plugins import Archive, Item
from exposure.post import Post, Visibility
from exposure.source import FileSource
from exposure.stores import Store

_RESULT = re.compile(r"(?:.*/)?result(?: ?\(\d+\))?\.json")
_PAGES = re.compile(r"(?:.*/)?(?:export_results|messages\d*|(?:lists|chats)/.*)\.html|(?:.*/)?js/script\.js")
"""The same once more as web pages, where both were asked for."""
_ROOMS = ("chats", "left_chats")
_PILES = ("stories", "profile_pictures")
_KINDS = {
    "saved_messages": "private",
    "replies": "limited",
    "personal_chat": "limited",
    "bot_chat": "limited",
    "private_group": "limited",
    "private_supergroup": "limited",
    "public_supergroup": "public",
    "private_channel": "limited",
    "public_channel": "public",
}
"""Types of chats, and who can see what is in them."""
_TWO = ("personal_chat", "bot_chat")
_KNOWN = (*_TWO, "saved_messages")
"""Of these it is known who is who, even where nothing else is."""
_FILES = ("photo", "file", "media", "contact_vcard")
_PLACES = ("location_information", "place_name")
_SAYS = frozenset({*_FILES, *_PLACES, "text", "text_entities", "contact_information"})
"""What a message must have one of to say or show anything: notices (somebody joined, a call) have none."""
_LOOK = 100
"""How many values of a file we look at to know it."""

_NOBODY = "This export does not say who you are, so all of it counts as yours: leave alone what others wrote."
_LEFT_OUT = "Some photos or files were left out of this export: ask for it again with photos and files."
_NOT_HERE = "Some photos or files in messages are not here: scan the whole export, with all its folders."
_CHANNELS = (
    "What was posted in the name of a channel counts as yours, for the export does not say who wrote it: "
    "leave alone channels that you only read."
)


@dataclass(slots=True)
class _Chat:
    """What stands above the messages of a chat."""

    key: Path
    type: str = ""
    id: str = ""

    @property
    def name(self) -> str:
        """As the senders are called: user12, channel34."""
        kind = "user" if self.type in _KNOWN else "channel"
        return f"{'chat' if self.type == 'private_group' else kind}{self.id or '-'.join(map(str, self.key))}"


@dataclass(slots=True)
class _Head:
    """What has to be known before the messages."""

    me: str = ""
    """As senders are called; empty when the export does not say."""
    account: str = ""
    chats: dict[Path, _Chat] = field(default_factory=dict)
    stored: list[Fact] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)


def recognise(store: Store) -> bool:
    return any(_is_export(store, name) for name in store.names if _RESULT.fullmatch(name))


def _is_export(store: Store, name: str) -> bool:
    try:
        with store.source(name) as source:
            return any(_is_ours(path, value) for path, value in islice(walked(source, _opens), _LOOK))
    except (MalformedFile, OSError):
        return False


def _is_ours(path: Path, value: Any) -> bool:
    if path[-1:] == ("type",) and len(path) in (1, 4):
        return text(value) in _KINDS
    if path[-2:-1] == ("messages",):
        return get(value, "date_unixtime") is not None and get(value, "text") is not None
    return path == ("personal_information",) and get(value, "user_id") is not None


def _opens(path: Path) -> bool:
    """What is walked through; everything else is read as one value."""
    if path and path[0] in _ROOMS:
        return len(path) < 4 or (len(path) == 4 and path[3] == "messages")
    return len(path) < 2 and (not path or path[0] in (*_PILES, "messages"))


def items(store: Store) -> Iterator[Item]:
    """Every message of the person's own, and those of others that bring a file or a place; then what is left."""
    files = Files(store)
    names = frozenset(store.names)
    results = [name for name in store.names if _RESULT.fullmatch(name)]
    pages = [name for name in store.names if _PAGES.fullmatch(name)]
    notes: dict[str, None] = {}
    for name in results:
        try:
            with store.source(name) as source:
                head = _head(source, Wanted("Telegram", name))
                if not head.me and any(chat.type not in _KNOWN for chat in head.chats.values()):
                    notes[_NOBODY] = None
                yield from _posts(source, Wanted("Telegram", name), head, files, names)
                notes |= head.notes
        except MalformedFile as error:
            yield unread(store, name, error.message)
        except OSError as error:
            yield unread(store, name, f"this file cannot be opened: {reason(error)}")
    yield from files.rest()
    yield inventory(TELEGRAM, store, [*results, *pages], list(notes))


def _head(source: FileSource, wanted: Wanted) -> _Head:
    """As far as the file can be read."""
    head = _Head()
    try:
        for path, value in walked(source, _opens):
            key = path[:3] if path and path[0] in _ROOMS else ()
            if path[len(key) :] == ("type",):
                head.chats.setdefault(key, _Chat(key)).type = text(value)
            elif path[len(key) :] == ("id",):
                head.chats.setdefault(key, _Chat(key)).id = text(value)
            elif path == ("personal_information",):
                user = text(get(value, "user_id"))
                head.me = _sender(user)
                head.account = text(get(value, "username")) or head.me
                if phone := text(get(value, "phone_number")):
                    head.stored.append(Text("contact", phone, address(wanted, "phone_number")))
            elif path and path[0] in ("contacts", "sessions", "web_sessions"):
                head.stored += _stored(value, wanted)
    except MalformedFile:  # said when the messages are read
        pass
    return head


def _stored(value: Any, wanted: Wanted) -> Iterator[Fact]:
    """What Telegram keeps besides the chats: contacts, and from where the person logged in."""
    seen: set[str] = set()
    for entry in listed(get(value, "list")):
        name = " ".join(filter(None, (text(get(entry, "first_name")), text(get(entry, "last_name")))))
        if name:
            yield Person("contact", name, address(wanted, "contacts"))
        if phone := text(get(entry, "phone_number")):
            yield Text("contact", phone, address(wanted, "contacts"))
        if (found := text(get(entry, "last_ip"))) and found not in seen:
            yield Identifier("ip-address", found, address(wanted, "last_ip"))
        if (model := text(get(entry, "device_model"))) and model not in seen:
            yield Device(None, model, address(wanted, "device_model"))
        seen |= {found, model}


def _sender(id: str) -> str:
    """Older exports write a number for a user."""
    return f"user{id}" if id.isdecimal() else id


def _posts(
    source: FileSource, wanted: Wanted, head: _Head, files: Files, names: frozenset[str]
) -> Iterator[Item]:
    if head.stored:
        seen = Visibility("private", "contacts and sessions: only you and Telegram see them")
        yield Post("telegram", "account", head.account, "", seen, "unknown", stored=Facts.sorted(head.stored))
    base = wanted.file[: wanted.file.rfind("/") + 1]
    for path, value in walked(source, _opens):
        if len(path) == 2 and path[0] in _PILES:
            post = _picture(wanted, head, str(path[0]), value, path[1])
        elif path[-2:-1] == ("messages",) and isinstance(value, dict) and not _SAYS.isdisjoint(value):
            chat = head.chats.get(path[:-2]) or _Chat(path[:-2])
            is_own = _is_own(head, chat, _sender(text(get(value, "from_id") or get(value, "actor_id"))))
            if not is_own and not any(get(value, key) for key in (*_FILES, *_PLACES)):
                continue  # words of others: most of many chats
            post = _message(wanted, head, chat, value, path[-1], is_own and not _is_forwarded(head, value))
        else:
            continue
        some = list(_media(base, value, files, names, head))
        shown = post.facts
        if some or shown.places or (post.own and (shown.texts or shown.people)):
            yield from files.with_post(post, some)


def _media(base: str, record: Any, files: Files, names: frozenset[str], head: _Head) -> Iterator[str]:
    """Names of files in the archive; in their place may stand a sentence in brackets that says why there is none."""
    for key in _FILES:
        name = text(get(record, key))
        if name and base + name in names:
            yield base + name
            if (small := f"{base}{name}_thumb.jpg") in names:  # made by Telegram from the file itself
                files.known(small)
        elif "(" in name:
            head.notes[_LEFT_OUT] = None
        elif name:
            head.notes[_NOT_HERE] = None


def _picture(wanted: Wanted, head: _Head, pile: str, record: Any, number: object) -> Post:
    """A story, or a picture of the profile: the export does not say who may see it."""
    return Post(
        "telegram",
        f"{pile}-{text(get(record, 'date_unixtime')) or number}",
        head.account,
        seconds(get(record, "date_unixtime")),
        status="live" if pile == "profile_pictures" or get(record, "pinned") is True else "unknown",
        facts=Facts.sorted(_facts(wanted, record)),
    )


def _message(wanted: Wanted, head: _Head, chat: _Chat, record: Any, number: object, is_own: bool) -> Post:
    seen = _KINDS.get(chat.type)
    return Post(
        "telegram",
        f"{chat.name}-{text(get(record, 'id')) or f'at-{number}'}",
        head.account,
        seconds(get(record, "date_unixtime")),
        Visibility(seen, f'type="{chat.type}"') if seen else Visibility(),
        facts=Facts.sorted(_facts(wanted, record)),
        own=is_own,
    )


def _is_own(head: _Head, chat: _Chat, sender: str) -> bool:
    """Whether the person may have written it: what cannot be known counts as theirs, and a note says so."""
    if not head.me:
        return chat.type not in _TWO or sender != chat.name
    if (
        sender == chat.name
        and sender != head.me
        and chat.type not in _TWO
        and chat.key[:1] != ("left_chats",)
    ):
        head.notes[_CHANNELS] = None
        return True
    return sender in ("", head.me)


def _is_forwarded(head: _Head, record: Any) -> bool:
    """Whether somebody else made it: the person, or their channel, only passed it on."""
    if id := _sender(text(get(record, "forwarded_from_id"))):
        return id not in (head.me, _sender(text(get(record, "from_id"))))
    return text(get(record, "forwarded_from")) not in ("", text(get(record, "from")))


def _facts(wanted: Wanted, record: Any) -> Iterator[Fact]:
    written = listed(get(record, "text"))
    if caption := "".join(text(get(part, "text") or part) for part in written):
        yield Text("caption", caption, address(wanted, "text"))
    for part in listed(get(record, "text_entities")) or written:
        word = text(get(part, "text"))
        kind = get(part, "type")
        if kind == "hashtag" and word:
            yield Text("keyword", word.removeprefix("#"), address(wanted, "text"))
        elif kind in ("mention", "mention_name") and word:
            yield Person("mentioned", word, address(wanted, "text"))
    yield from _place(wanted, record)
    contact = get(record, "contact_information")
    if name := " ".join(filter(None, (text(get(contact, key)) for key in ("first_name", "last_name")))):
        yield Person("contact", name, address(wanted, "contact_information"))
    if phone := text(get(contact, "phone_number")):
        yield Text("contact", phone, address(wanted, "contact_information"))
    if get(record, "media_type") is None and text(get(record, "mime_type")).startswith(("image/", "video/")):
        yield Text("way", "sent as a file", address(wanted, "file"))
        if name := text(get(record, "file_name")):
            yield Text("path", name, address(wanted, "file_name"))


def _place(wanted: Wanted, record: Any) -> Iterator[Fact]:
    where = get(record, "location_information")
    there = position(get(where, "latitude"), get(where, "longitude"))
    name = ", ".join(filter(None, (text(get(record, "place_name")), text(get(record, "address"))))) or None
    if there is not None:
        yield Place(*there, None, name, address(wanted, "location_information"))
    elif name is not None:
        yield Place(None, None, None, name, address(wanted, "place_name"), "named")


TELEGRAM = Archive("telegram", "Telegram", recognise, items)
