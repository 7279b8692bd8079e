"""Snapchat: ``json/memories_history.json`` beside other lists, and in newer exports the memories and chat media themselves.

A memory's record has a time, a place and links that expire (never fetched), and no id; files are called
``memories/2024-05-03_<id>-main.jpg``. So a file belongs to a record where both are the only ones of their kind on that
day; the others are looked at by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from exposure.archives._kit import Files, Wanted, address, inventory
from exposure.archives._records import get, listed, loaded, moment, position, text, unread
from exposure.archives._snapchat_shared import NOTE, shared
from exposure.archives._streaming import Path, walked
from exposure.errors import MalformedFile, reason
from exposure.model import Device, Examination, Fact, Facts, Identifier, Place, Text, Time
from exposure.plugins import Archive, Item
from exposure.post import Post, Visibility
from exposure.stores import Store

_LIST = re.compile(
    r"(?:.*/)?(?:memories_history|chat_history|snap_history|shared_story|story_history|location_history|account|account_history"
    r"|user_profile|friends|ranking|search_history|terms_history|support_note|connected_apps|talk_history|bitmoji|cameos_metadata"
    r"|email_campaign_history|in_app_(?:surveys|reports)|purchase_history|snap_(?:pro|games_and_minis|map_places|ads)|subscriptions"
    r"|shop_history|payouts|feature_emails|my_lenses|my_sounds|my_ai|memories_metadata|places)[\w-]*\.json"
)
_FILE = re.compile(r"(?:.*/)?memories/(\d{4}-\d\d-\d\d)_(.+)-main\.(\w{3,4})")
_CHAT_FILE = re.compile(r"(?:.*/)?chat_media/\d{4}-\d\d-\d\d_(.+)\.\w{3,4}")
_PART = re.compile(r"mydata~(\d+)(?:-(\d+))?(?: ?\(\d+\))?\.zip", re.IGNORECASE)
_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)(?: ?± ?[\d.]+)?, ?(-?\d{1,3}(?:\.\d+)?)(?: ?± ?[\d.]+)?\s*")
_WRITTEN = "%Y-%m-%d %H:%M:%S %Z"
_LONG_ID = 16
"""An id so long stands in a link by no accident."""
_DEEPEST = 8
_MOST_PARTS = 1_000
_MOVING = frozenset({"mp4", "mov", "m4v"})
_MINE = Visibility("private", "memories_history.json: only you see your memories")
_AMONG = Visibility("limited", "chat_history.json: only the people in a chat see it")
_NO_FILES = "The memories themselves are not in this export, only where and when each was made: their links were not opened."
_LOOSE = "Several memories of one day cannot be told apart: their pictures are listed by themselves, without the places that Snapchat keeps."


class _Memory(NamedTuple):
    taken: str
    """In UTC; empty when it cannot be told."""
    is_moving: bool
    place: tuple[float, float] | None
    links: str = ""
    """Where it lay for download."""


def recognise(store: Store) -> bool:
    names = [name for name in store.names if PurePosixPath(name).name == "memories_history.json"]
    if any(True for name in names for _ in _memories(store, name)):
        return True
    return any(
        get(loaded(store, name), "Basic Information", "Username") is not None
        for name in store.names
        if PurePosixPath(name).name == "account.json"
    )


def items(store: Store) -> Iterator[Item]:
    """What is kept of the account, the memories, the chats with their files, and what is left."""
    files = Files(store)
    understood = {name for name in store.names if _LIST.fullmatch(name)}
    pages = {name for name in store.names if "html" in name.lower() and name.endswith((".html", ".htm"))}
    by_name = {name: PurePosixPath(name).name for name in sorted(understood)}
    account, stored = "", list[Fact]()
    for name in (n for n, last in by_name.items() if last in ("account.json", "location_history.json")):
        value = loaded(store, name)
        if isinstance(value, Examination):
            yield value
            continue
        account = account or text(get(value, "Basic Information", "Username"))
        stored += dict.fromkeys(_kept(Wanted("Snapchat", name), value))
    if stored:
        seen = Visibility("private", "account.json and location_history.json: only you and Snapchat see them")
        yield Post("snapchat", "account", account, "", seen, "unknown", stored=Facts.sorted(stored))
    notes = _missing(store)
    for name in (n for n, last in by_name.items() if last == "memories_history.json"):
        yield from _of_memories(store, name, account, files, notes)
    for name in (n for n, last in by_name.items() if last == "chat_history.json"):
        yield from _of_chats(store, name, account, files)
    stories = 0
    for name in (n for n, last in by_name.items() if last == "shared_story.json"):
        for story in shared(store, name, account):
            stories += isinstance(story, Post)
            yield story
    if stories:
        notes.append(NOTE.format(f"{stories:,}"))
    yield from files.rest()
    yield inventory(SNAPCHAT, store, understood | pages, notes)


def _kept(wanted: Wanted, value: Any) -> Iterator[Fact]:
    """From where the person logged in, with what, and where they were."""
    logins = [text(get(value, "Basic Information", "Registration IP"))]
    logins += [text(get(entry, "IP")) for entry in listed(get(value, "Login History"))]
    for found in filter(None, logins):
        yield Identifier("ip-address", found, address(wanted, "Login History"))
    for entry in (*listed(get(value, "Device Information")), *listed(get(value, "Device History"))):
        make, model = text(get(entry, "Make")), text(get(entry, "Model") or get(entry, "Model Name"))
        if make or model:
            yield Device(make or None, model or None, address(wanted, "Device History"))
    if wanted.file.endswith("location_history.json"):
        yield from _places(wanted, value, ())


def _places(wanted: Wanted, value: Any, path: tuple[str, ...]) -> Iterator[Place]:
    """Every position in a list of any shape; under Home & Work it has a name."""
    if isinstance(value, str):
        found = _DEGREES.fullmatch(value)
        there = position(found[1], found[2]) if found is not None else None
        if there is not None:
            name = path[-1] if path[0] == "Home & Work" else None
            yield Place(*there, None, name, address(wanted, path[0]))
    elif len(path) < _DEEPEST:
        is_named = isinstance(value, dict)
        for key, each in value.items() if is_named else enumerate(listed(value)):
            yield from _places(wanted, each, (*path, text(key) if is_named or not path else path[-1]))


def _memories(store: Store, name: str) -> Iterator[_Memory | Examination]:
    """The records of the memories; last, what is wrong with the rest of them."""
    try:
        with store.source(name) as source:
            for path, record in walked(source, _opens):
                if path and isinstance(path[-1], int) and (memory := _memory(record)) is not None:
                    yield memory
    except MalformedFile as error:
        yield unread(store, name, error.message)
    except OSError as error:
        yield unread(store, name, f"this file cannot be opened: {reason(error)}")


def _opens(path: Path) -> bool:
    return len(path) < 2 and isinstance(path[0] if path else "", str)


def _memory(record: Any) -> _Memory | None:
    taken = moment(get(record, "Date"), _WRITTEN)
    kind = text(get(record, "Media Type")).lower()
    words = text(get(record, "Location"))
    found = _DEGREES.fullmatch(words.partition(":")[2].strip() or words)
    place = position(found[1], found[2]) if found is not None else None
    if not taken and place is None:
        return None
    links = " ".join(text(get(record, key)) for key in ("Download Link", "Media Download Url"))
    return _Memory(taken, kind.startswith("v"), place, links.casefold())


def _of_memories(store: Store, name: str, account: str, files: Files, notes: list[str]) -> Iterator[Item]:
    """A memory each, with its file where it can be told which that is."""
    some: list[_Memory] = []
    for each in _memories(store, name):
        if isinstance(each, Examination):
            yield each
        else:
            some.append(each)
    by_day = _by_day(store)
    records = Counter((memory.taken[:10], memory.is_moving) for memory in some)
    seen: Counter[str] = Counter()
    told = set[str]()
    for memory in some:
        seen[memory.taken] += 1
        day = memory.taken[:10], memory.is_moving
        mine = by_day.get(day, [])
        found = _linked(memory, mine) or (mine[0] if records[day] == len(mine) == 1 else ())
        again = f"-{seen[memory.taken]}" if seen[memory.taken] > 1 else ""
        wanted = Wanted("Snapchat", name)
        facts: list[Fact] = []
        if memory.taken:
            facts.append(Time("taken", memory.taken[:-1], "+00:00", address(wanted, "Date")))
        if memory.place is not None:
            facts.append(Place(*memory.place, None, None, address(wanted, "Location")))
        id = (_plain(memory.taken) or "undated") + again
        post = Post("snapchat", id, account, memory.taken, _MINE, stored=Facts.sorted(facts))
        told.update(found)
        yield from files.with_post(post, found)
    if some and not by_day:
        notes.append(_NO_FILES)
    elif any(told.isdisjoint(both) and records[day] for day, mine in by_day.items() for both in mine):
        notes.append(_LOOSE)


def _linked(memory: _Memory, some: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The file whose id stands in the memory's links; empty when that is not so of exactly one."""
    named = [(found[2].casefold(), each) for each in some if (found := _FILE.fullmatch(each[0])) is not None]
    fitting = [each for id, each in named if len(id) >= _LONG_ID and id in memory.links]
    return fitting[0] if len(fitting) == 1 else ()


def _by_day(store: Store) -> dict[tuple[str, bool], list[tuple[str, ...]]]:
    """The files of memories by the day in their names, and whether they move; each with what was drawn over it."""
    found: dict[tuple[str, bool], list[tuple[str, ...]]] = {}
    names = frozenset(store.names)
    for name in store.names:
        if (file := _FILE.fullmatch(name)) is not None:
            over = name[: file.start(3)].removesuffix("-main.") + "-overlay.png"
            both = (name, over) if over in names else (name,)
            found.setdefault((file[1], file[3].lower() in _MOVING), []).append(both)
    return found


def _of_chats(store: Store, name: str, account: str, files: Files) -> Iterator[Item]:
    """The person's own messages, and those of others that brought a file that lies in the archive."""
    by_id = {found[1]: name for name in store.names if (found := _CHAT_FILE.fullmatch(name))}
    seen: Counter[str] = Counter()
    try:
        with store.source(name) as source:
            for path, record in walked(source, _opens):
                if len(path) != 2:
                    continue
                posted = moment(get(record, "Created"), _WRITTEN)
                seen[posted] += 1
                ids = (id.strip() for id in text(get(record, "Media IDs")).split("|"))
                some = [by_id[id] for id in ids if id in by_id]
                words = text(get(record, "Content")) if get(record, "Media Type") == "TEXT" else ""
                is_own = _is_own(record, account, text(path[0]))
                if not some and not (is_own and words):
                    continue
                caption = Text("caption", words, address(Wanted("Snapchat", name), "Content"))
                post = Post(
                    "snapchat",
                    f"chat-{_plain(posted)}-{seen[posted]}",
                    account,
                    posted,
                    _AMONG,
                    facts=Facts.sorted([caption] if words else []),
                    own=is_own,
                )
                yield from files.with_post(post, some)
    except MalformedFile as error:
        yield unread(store, name, error.message)
    except OSError as error:
        yield unread(store, name, f"this file cannot be opened: {reason(error)}")


def _is_own(record: Any, account: str, heading: str) -> bool:
    """Whether the person wrote it: newer lists say so, older ones stand under Received or Sent, and all name the sender."""
    mark, sender = get(record, "IsSender"), text(get(record, "From"))
    if mark is not None:
        return str(mark).lower() != "false"
    return not heading.startswith("Received") and (not sender or not account or sender == account)


def _plain(time: str) -> str:
    return re.sub(r"[:-]", "", time)


def _missing(store: Store) -> list[str]:
    """Which parts of a numbered set are not there."""
    found = [found for path in store.parts if (found := _PART.fullmatch(path.name))]
    numbers = {int(part[2] or 1) for part in found}
    gone = sorted(set(range(1, min(max(numbers, default=0), _MOST_PARTS))) - numbers)
    if not gone:
        return []
    return [
        f"Parts of this export are missing: {', '.join(map(str, gone))}. What is in them was not looked at."
    ]


def part(name: str) -> str | None:
    found = _PART.fullmatch(name)
    return f"mydata {found[1]}" if found is not None else None


SNAPCHAT = Archive("snapchat", "Snapchat", recognise, items, part=part)
