"""WhatsApp: the export of one chat, ``_chat.txt`` or ``WhatsApp Chat with ….txt``, with its files beside it.

What stands around a file's name is in the phone's language, so a name is known by being that of a file. Only people in
the chat see it; the export does not say which of them is the person, but of a chat of two it often does: it is named after
the other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

from exposure.archives._kit import Files, Wanted, address, beginning, inventory
from exposure.archives._records import position, unread, words
from exposure.archives._whatsapp_lines import MARKS, Message, messages, order, written
from exposure.model import Examination, Fact, Facts, Place, Text
from exposure.plugins import Archive, Item
from exposure.post import Post, Visibility
from exposure.stores import Store

_LOOK = 1 << 12
_NAMED = re.compile(r"<[^<>:：]{1,40}[:：]\s*([^<>]+?\.\w{2,5})\s*>")
_FIRST = re.compile(r"(.+?)\s*\([^()]+\)")
_PLACE = re.compile(
    r"(?:[^\s:：]+\s?[:：]\s*)?https?://maps\.google\.com/(?:maps)?\?q=(-?\d+\.\d+),(-?\d+\.\d+)\S*"
)
_SENT_SMALL = re.compile(
    r"\d{8}-(?:PHOTO|VIDEO|GIF|STICKER)-.*|(?:IMG|VID|STK)-\d{8}-WA\d+\..*|WhatsApp (?:Image|Video) .*"
)
"""Names that WhatsApp gives to what is sent as a photo or video; what is sent as a document keeps its own."""
_MOST_WORDS = 4
"""What stands for a file that was left out is no longer in any language, and no sentence: "image omitted"."""
_SENTENCE = re.compile(r"[,.:!?。،؟\n]")
_SEEN = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".dng", ".gif", ".mp4", ".mov")
_AMONG = Visibility("limited", "a chat: only the people in it see it")

_ZONE = (
    "WhatsApp writes times by the clock of your phone and not in which time zone that was: they are shown as they "
    "stand there."
)
_NOBODY = (
    "A chat of several people does not say which of them is you, so all of it counts as yours: "
    "leave alone what others wrote."
)
_ORDER = "The dates of a chat fit both ways, day first and month first, so they were left out."
_CLOCK = "The times of some messages are in a form that is not understood, so they were left out."
_LEFT_OUT = "Some photos or files seem to be left out of this export: ask for it again with media."


class _Chat(NamedTuple):
    folder: str
    """Where its files lie; empty, or with a slash at the end."""
    number: str
    """What tells it from other chats, and says nothing of who is in it."""
    order: str
    other: str
    """Who is surely not the person; empty when that cannot be told."""


def recognise(store: Store) -> bool:
    return any(True for name in store.names if _is_chat(store, name))


def _is_chat(store: Store, name: str) -> bool:
    last = PurePosixPath(name).name
    if not last.endswith(".txt") or not (last == "_chat.txt" or "whatsapp" in last.lower()):
        return False
    return any(True for _ in messages(beginning(store, name, _LOOK).decode("utf-8-sig", "replace")))


def items(store: Store) -> Iterator[Item]:
    """Chat by chat the person's messages, and those of others that bring a file or a place; then what is left."""
    files = Files(store)
    names = frozenset(store.names)
    understood = [name for name in store.names if _is_chat(store, name)]
    notes: dict[str, None] = {_ZONE: None}
    for name in understood:
        text = words(store, name)
        if isinstance(text, Examination):
            yield text
            continue
        if not any(True for _ in messages(text)):
            yield unread(store, name, "no message was found in this chat, so nothing in it was looked at")
            continue
        chat = _chat(store, name, text)
        if not chat.other:
            notes[_NOBODY] = None
        for number, message in enumerate(messages(text)):
            if not message.sender:
                continue
            if not message.clock:
                notes[_CLOCK] = None
            elif not chat.order and not written(message, ""):
                notes[_ORDER] = None
            wanted = Wanted("WhatsApp", "_chat.txt")  # its real name may be that of whom the chat is with
            yield from _posts(wanted, chat, message, number, files, names, notes)
    yield from files.rest()
    yield inventory(WHATSAPP, store, understood, list(notes))


def _chat(store: Store, name: str, text: str) -> _Chat:
    folder = name.rpartition("/")[0]
    first = text.partition("\n")[0].rstrip()  # most chats lie in a file of the same name
    title = PurePosixPath(name).stem
    if title == "_chat":
        title = PurePosixPath(folder).name or PurePath(store.path).stem
    senders = {message.sender for message in messages(text)} - {""}
    named = [sender for sender in senders if f" {title}".casefold().endswith(f" {sender}".casefold())]
    return _Chat(
        f"{folder}/" if folder else "",
        f"{zlib.crc32((name + first).encode('utf-8', 'surrogatepass')):08x}",
        order(messages(text)),
        named[0] if len(named) == 1 and len(senders) <= 2 else "",
    )


def _posts(
    wanted: Wanted,
    chat: _Chat,
    message: Message,
    number: int,
    files: Files,
    names: frozenset[str],
    notes: dict[str, None],
) -> Iterator[Item]:
    some, said, is_missing = _attached(message.words, chat.folder, names)
    if is_missing:
        notes[_LEFT_OUT] = None
    facts = Facts.sorted(_facts(wanted, some, said))
    is_own = not chat.other or message.sender != chat.other
    if some or facts.places or (is_own and facts.texts):
        local = written(message, chat.order)
        post = Post(
            "whatsapp",
            f"{chat.number}-{number}",
            posted=local,
            visibility=_AMONG,
            facts=facts,
            own=is_own,
        )
        yield from files.with_post(post, some)


def _attached(said: str, folder: str, names: frozenset[str]) -> tuple[list[str], str, bool]:
    """The files that a message brings, its own words, and whether a file was left out of the export. What begins with a
    mark, or stands in angle brackets alone, WhatsApp wrote itself."""
    plain = said.translate(dict.fromkeys(map(ord, MARKS)))
    found = [name.strip() for name in _NAMED.findall(plain)]
    rest = _NAMED.sub("", plain).strip()
    first, _, more = rest.partition("\n")
    by_name = _FIRST.fullmatch(first)
    if not found and by_name is not None and folder + by_name[1] in names:
        found, rest = [by_name[1]], more.strip()
    some = [folder + name for name in found if folder + name in names]
    is_mark = said.startswith(tuple(MARKS)) and not found
    if is_mark or re.fullmatch(r"<[^<>]+>", rest):
        place = _PLACE.search(plain)
        return some, place[0] if place is not None else "", place is None and _stands_for_a_file(plain)
    return some, rest, len(some) < len(found)


def _stands_for_a_file(words: str) -> bool:
    """Whether what WhatsApp wrote itself is not one of its notices, which are sentences: that nobody else can read the
    chat, that somebody left the group, that a message was deleted."""
    return len(words.split()) <= _MOST_WORDS and _SENTENCE.search(words) is None


def _facts(wanted: Wanted, some: Sequence[str], said: str) -> Iterator[Fact]:
    found = _PLACE.search(said)
    there = position(found[1], found[2]) if found is not None else None
    if there is not None:
        yield Place(*there, None, None, address(wanted, "text"))
    if caption := _PLACE.sub("", said).strip():
        yield Text("caption", caption, address(wanted, "text"))
    for name in (PurePosixPath(name).name for name in some):
        if name.lower().endswith(_SEEN) and not _SENT_SMALL.fullmatch(name):
            yield Text("way", "sent as a file", address(wanted, "text"))
            yield Text("path", name, address(wanted, "text"))


WHATSAPP = Archive("whatsapp", "WhatsApp", recognise, items)
