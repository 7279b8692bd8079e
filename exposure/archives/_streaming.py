"""JSON that may be larger than memory: read from the beginning, with one value in memory at a time.

Telegram writes control characters as ``\\x1b``, which is no JSON (RFC 8259, section 7): such a value is mended and read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from exposure.errors import MalformedFile
from exposure.source import FileSource

Path = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

MOST_VALUE = 1 << 24
"""No single value is longer than this, in characters."""
MOST_MARKS = 1_000_000
"""No single value has more commas and opening brackets: each may stand for a hundred bytes of memory and more."""
MOST_RECORDS = 5_000_000
"""No list is followed beyond this many entries."""
TOO_MANY = f"this list has more than {MOST_RECORDS:,} entries; the rest was not read"

_DAMAGED = "this list is damaged, and was read up to the damage"
_DEEP = "this list is nested deeper than any real one, and was read up to there"
_LONG = "this list has an entry longer than any real one, and was read up to there"
_PIECE = 1 << 20
_LONGEST_NUMBER = 300
"""In digits; Python itself refuses to read whole numbers of more than 4,300."""
_BLANK, _GAP = re.compile(r"[ \t\r\n]*"), re.compile(r"[ \t\r\n,]*")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)


def walked(source: FileSource, opens: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """The values of a file of JSON with the paths that lead to them, in order. A list or object whose path `opens` says
    yes to comes piece by piece. MalformedFile, after all that is good, where it is damaged or breaks off."""
    text = Text(source)
    opened: list[tuple[Path, bool]] = []
    numbers: list[int] = []
    path: Path = ()
    for _ in range(MOST_RECORDS):
        sign = text.peek()
        if sign and sign in "{[" and opens(path):
            text.skip()
            opened.append((path, sign == "{"))
            numbers.append(0)
        else:
            yield path, text.value()
        while opened and closed(text):
            opened.pop()
            numbers.pop()
        if not opened:
            return
        inside, is_object = opened[-1]
        path = (*inside, key_at(text) if is_object else numbers[-1])
        numbers[-1] += 1
    raise MalformedFile(TOO_MANY, text.read)


def closed(text: Text) -> bool:
    """Whether the list or object ends here; MalformedFile when the file ends first."""
    sign = text.peek(_GAP)
    if not sign:
        raise MalformedFile("this list breaks off; what stands before the break was read", text.read)
    if sign in "}]":
        text.skip()
        return True
    return False


def key_at(text: Text) -> str:
    """A key of an object, and on to its value; MalformedFile when there is none."""
    found = text.value()
    if not isinstance(found, str) or text.peek() != ":":
        raise MalformedFile(_DAMAGED, text.read)
    text.skip()
    return found


def passed(text: Text) -> None:
    """Go past a value, past a list or an object part by part. MalformedFile where it is damaged."""
    sign = text.peek()
    if sign not in ("[", "{"):
        text.value()
        return
    text.skip()
    for _ in range(MOST_RECORDS):
        if closed(text):
            return
        if sign == "{":
            key_at(text)
        text.value()
    raise MalformedFile(TOO_MANY, text.read)


class Text:
    """A window on a file of text, which moves on: UTF-8, with or without a mark, or UTF-16 with one."""

    __slots__ = ("_at", "_decode", "_source", "_text", "_words", "read")

    def __init__(self, source: FileSource) -> None:
        self._source, self._text, self._at = source, "", 0
        self._words = codecs.getincrementaldecoder(coding(source.read(0, min(2, source.size))))("replace")
        self._decode = json.JSONDecoder(strict=False, parse_int=whole).raw_decode
        self.read = 0
        """How many bytes have been read."""

    def peek(self, blank: re.Pattern[str] = _BLANK) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            found = blank.match(self._text, self._at)
            self._at = found.end() if found is not None else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def find(self, signs: str) -> str:
        """Go on to the first of these signs; empty when there is none."""
        while True:
            found = [at for sign in signs if (at := self._text.find(sign, self._at)) >= 0]
            self._at = min(found, default=len(self._text))
            if found:
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The value that begins here; MalformedFile when there is none."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except RecursionError:
                raise MalformedFile(_DEEP, self.read) from None
            except ValueError as error:
                waiting = len(self._text) - self._at
                is_long = waiting >= MOST_VALUE or self._marks() > MOST_MARKS
                if self._mended(error) or (not is_long and self._more(waiting)):
                    continue
                raise MalformedFile(_LONG if is_long else _DAMAGED, self.read) from None
            if end + 2 >= len(self._text) and self._more():  # a number may go on: 1 in 1e+5
                continue
            self._at = end
            return value

    def _marks(self) -> int:
        """How many values there may be in what is waiting."""
        return sum(self._text.count(mark, self._at) for mark in ",[{")

    def _mended(self, error: ValueError) -> bool:
        if "escape" not in str(error):
            return False
        rest = self._text[self._at :]
        self._text, self._at = _ESCAPE.sub(_proper, rest), 0
        return self._text != rest

    def _more(self, waiting: int = 0) -> bool:
        """The next piece of the file; False at its end. A piece as long as what is waiting already, for that is tried
        again from its beginning."""
        length = min(max(_PIECE, waiting), self._source.size - self.read)
        if not length:
            return False
        read = piece(self._source, self.read, length)
        self.read += length
        self._text = self._text[self._at :] + self._words.decode(read, self.read == self._source.size)
        self._at = 0
        return True


def coding(beginning: bytes) -> str:
    """How the words of a file are written, by its first two bytes."""
    return "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def whole(digits: str) -> int | None:
    """A whole number; none where it is longer than any real one."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def piece(source: FileSource, at: int, length: int) -> bytes:
    """Bytes of a file of text. MalformedFile, with a whole sentence, when they cannot be read."""
    try:
        return source.read(at, length)
    except MalformedFile as error:
        raise MalformedFile(f"this file could not be read to its end: {error.message}", at) from None


def _proper(escape: re.Match[str]) -> str:
    return f"\\u00{escape[1]}" if escape[1] else escape[0]
