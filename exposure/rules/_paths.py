"""Folder paths of somebody's computer in text, and the user names in them.

Windows (``C:\\Users\\jane``), macOS (``/Users/jane``), Linux (``/home/jane``), Android (``/storage/emulated``),
network shares (``\\\\host\\share``) and file URLs (RFC 8089). Inside JSON, backslashes come in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exposure.rules._words import word_set

_HINTS = ("/users/", "/home/", "/storage/", "/sdcard/", "file:/", "documents and settings")
_MOST = 1_000
"""How many paths of one text are looked at."""

_NAME = r"([^\\/\"'<>|:*?\r\n\t\s][^\\/\"'<>|:*?\r\n\t]{0,63})"
_HOME = re.compile(
    r"(?:(?<![^\s\"'=(,;>\[{|])|file:(?:/{2}[^/\s]{0,64})?|(?<![A-Za-z])[A-Za-z]:)"
    r"(?:[\\/]{1,4}|[\\/](?:Volumes[\\/][^\\/\r\n]{1,64}|mnt[\\/]\w{1,32}|usr|export|var|private)[\\/])"
    r"(?:Users|home|Documents and Settings|Dokumente und Einstellungen)[\\/]{1,4}" + _NAME + r"([\\/]?)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?<![^\s\"'=(,;>\[{|])(?:file:)?\\{2}(?:\\{2})?([A-Za-z0-9][\w.-]{1,62})\\{1,2}(?![\\])[^\\\s\"'<>|]{2,64}"
)
_FOLDER = re.compile(
    r"(?<![^\s\"'=(,;>\[{|:])(?:/storage/(?:emulated|self|[0-9A-F]{4}-[0-9A-F]{4})|/sdcard)/[^\s\"'<>|]{1,200}"
    r"|file:/{1,3}(?=[^/\s])[^\s\"'<>|]{2,200}",
    re.IGNORECASE,
)
_GENERIC = word_set(
    "user users admin administrator root ubuntu public shared runner pi default guest owner all pc vagrant docker jenkins"
    " www-data nobody username yourname you name me test mobile linuxbrew everyone localuser defaultuser0 defaultaccount"
    " wdagutilityaccount containeruser runneradmin circleci travis codespace gitpod vscode node app ec2-user debian fedora"
    " oem lp temp tmp ..."
)
_MACHINES = word_set(
    "localhost 127.0.0.1 wsl.localhost server host hostname servername computer computername"
)


class Path(NamedTuple):
    """A path found in a text."""

    text: str
    personal: bool
    """Whether it holds a user or computer name, rather than only folders."""


def may_hold(text: str) -> bool:
    """Whether a text is worth a closer look: False is sure, True is not."""
    if "\\" in text or "/" not in text:
        return "\\" in text
    low = text.lower()
    return any(hint in low for hint in _HINTS)


def paths(text: str) -> Iterator[Path]:
    """Every path in a text that holds a user or computer name, then those that only hold folders."""
    known: list[range] = []
    for found in _each(_HOME, text):
        known.append(range(*found.span()))
        if not _generic(found[1], bool(found[2])):
            yield Path(_whole(text, found), True)
    for found in _each(_SHARE, text):
        if found[1].casefold() not in _MACHINES:
            yield Path(_whole(text, found), True)
    for found in _each(_FOLDER, text):
        if not any(found.start() in span for span in known):
            yield Path(_whole(text, found), False)


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for count, found in enumerate(pattern.finditer(text)):
        if count >= _MOST:
            return
        yield found


def _generic(name: str, followed: bool) -> bool:
    """Whether a user name is one that many computers share. Without a folder after it, prose may follow it."""
    name = name.strip().casefold()
    first = (name.split() or [""])[0].strip(".,;)")
    names = {name} if followed else {name, first}
    return (
        bool(names & _GENERIC)
        or name == "all users"
        or name[:1] in "%$<{~*."
        or not any(map(str.isalpha, name))
    )


def _whole(text: str, found: re.Match[str]) -> str:
    """The path with the folders after what was found, to the end of its line or quotation."""
    return (
        found[0].strip()
        + re.split(r"[\"'<>|\r\n\t]", text[found.end() : found.end() + 200], maxsplit=1)[0].rstrip()
    )
