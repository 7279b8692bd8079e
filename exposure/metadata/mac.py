"""The attributes that a Mac keeps with a file, in the AppleDouble file that stands for them elsewhere.

Specification: AppleDouble (Apple, 1990; RFC 1740 appendix A); the list of attributes behind the Finder's 32 bytes as in
Apple's published source of copyfile; MDItem (Apple's documentation) for the names, whose values are binary property lists.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from exposure.errors import MalformedFile
from exposure.metadata._meaning import words
from exposure.model import Block, Fact, Field, Kind, Person, Problem, Text
from exposure.plugins import Decoder
from exposure.source import Window

_LIST = struct.Struct(">4s4I12x2H")
"""ATTR, a tag of no meaning, sizes and places, flags, and how many attributes there are."""
_ENTRY = struct.Struct(">2IHB")
"""Where the value lies in the file and its length, flags, the length of the name with its NUL."""
_SEARCHED = 4096
_MOST = 128
_LONGEST = 1 << 16
_SPOTLIGHT = ("com.apple.metadata:", "_", "kMDItem")

_TEXTS = {
    "FinderComment": "comment",
    "Comment": "comment",
    "Description": "description",
    "Headline": "description",
    "Title": "title",
    "UserTags": "keyword",
    "OMUserTags": "keyword",
    "Keywords": "keyword",
}
_PEOPLE = {"Authors": "creator", "Creator": "creator", "Copyright": "owner", "Contributors": "creator"}


def decode(block: Block) -> Iterator[Field | Problem]:
    """A field for each text in Spotlight's attributes, numbered from 1 where there are several."""
    window = block.window
    head = window.head(_SEARCHED)
    at = head.find(b"ATTR")
    if at < 0 and _SPOTLIGHT[0].encode() not in head:
        return
    if at < 0 or at + _LIST.size > len(head):
        raise MalformedFile("the list of attributes is missing", 0)
    count = _LIST.unpack_from(head, at)[-1]
    at += _LIST.size
    for _ in range(min(count, _MOST)):
        if at + _ENTRY.size > len(head):
            raise MalformedFile("the list of attributes is cut off", at)
        start, length, _, named = _ENTRY.unpack_from(head, at)
        name = head[at + _ENTRY.size : at + _ENTRY.size + named].rstrip(b"\0").decode("utf-8", "replace")
        at += _ENTRY.size + named + (-(_ENTRY.size + named) % 4)
        if name.startswith(_SPOTLIGHT[0]):
            yield from _attribute(block, name.removeprefix(_SPOTLIGHT[0]), window, start, length)
    if count > _MOST:
        yield Problem(block.where, f"Only the first {_MOST} of {count:,} attributes were read.")


def _attribute(block: Block, name: str, window: Window, start: int, length: int) -> Iterator[Field | Problem]:
    name = name.removeprefix(_SPOTLIGHT[1]).removeprefix(_SPOTLIGHT[2])
    if not length:
        return
    if length > _LONGEST or start + length > window.size:
        raise MalformedFile("an attribute is cut off or longer than any should be", start)
    found = list(_strings(window.read(start, length), start))
    for number, text in enumerate(found, 1):
        label = name if len(found) == 1 else f"{name}[{number}]"
        yield Field(Kind.MAC, "Spotlight", label, text, window, start, length)


def _strings(raw: bytes, start: int) -> Iterator[str]:
    """Every text in a property list; a colour behind a tag's name is none of it. MalformedFile when it is damaged."""
    import plistlib

    try:
        value = plistlib.loads(raw, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, TypeError, OverflowError, RecursionError):
        raise MalformedFile("an attribute is no sound property list", start) from None
    for each in value if isinstance(value, list) else [value]:
        text = words(each)
        if text is not None:
            yield text.partition("\n")[0]


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    for field in fields:
        name, text = field.name.partition("[")[0], str(field.value)
        if name in _TEXTS:
            yield Text(_TEXTS[name], text, field.address)
        elif name in _PEOPLE:
            yield Person(_PEOPLE[name], text, field.address)


MAC = Decoder(Kind.MAC, decode, facts)
