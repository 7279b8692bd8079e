"""JSON that may be larger than memory: walked from its beginning, with one value in memory at a time.

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

_PIECE = 1 << 20
_BLANK = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)


def walked(source: FileSource, opens: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """The values of a file of JSON with the paths that lead to them, in order. A list or object whose path `opens` says
    yes to comes piece by piece. MalformedFile, after all that is good, where it is damaged or breaks off."""
    text = _Text(source)
    opened: list[tuple[Path, bool]] = []
    numbers: list[int] = []
    path: Path = ()
    while True:
        sign = text.peek()
        if sign and sign in "{[" and opens(path):
            text.skip()
            opened.append((path, sign == "{"))
            numbers.append(0)
        else:
            yield path, text.value()
        while opened and _closed(text):
            opened.pop()
            numbers.pop()
        if not opened:
            return
        inside, is_object = opened[-1]
        path = (*inside, _key(text) if is_object else numbers[-1])
        numbers[-1] += 1


def _closed(text: _Text) -> bool:
    """Whether the list or object ends here; MalformedFile when the file ends first."""
    while (sign := text.peek()) == ",":
        text.skip()
    if not sign:
        raise MalformedFile("this list breaks off; what stands before the break was read", text.read)
    if sign in "}]":
        text.skip()
        return True
    return False


def _key(text: _Text) -> str:
    key = text.value()
    if not isinstance(key, str) or text.peek() != ":":
        raise MalformedFile("this list is damaged, and was read up to the damage", text.read)
    text.skip()
    return key


class _Text:
    """A window on a file of text, which moves on."""

    __slots__ = ("_at", "_decode", "_source", "_text", "_utf8", "read")

    def __init__(self, source: FileSource) -> None:
        self._source, self._text, self._at = source, "", 0
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._decode = json.JSONDecoder(strict=False).raw_decode
        self.read = 0
        """How many bytes have been read."""

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank is not None else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def value(self) -> Any:
        """The value that begins here; MalformedFile when there is none."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except RecursionError:
                raise MalformedFile("this list is nested deeper than any real one", self.read) from None
            except ValueError as error:
                if self._mended(error) or (len(self._text) - self._at < MOST_VALUE and self._more()):
                    continue
                raise MalformedFile(
                    "this list is damaged, and was read up to the damage", self.read
                ) from None
            if end + 2 >= len(self._text) and self._more():  # a number may go on: 1 in 1e+5
                continue
            self._at = end
            return value

    def _mended(self, error: ValueError) -> bool:
        if "escape" not in str(error):
            return False
        rest = self._text[self._at :]
        self._text, self._at = _ESCAPE.sub(_proper, rest), 0
        return self._text != rest

    def _more(self) -> bool:
        """The next piece of the file; False at its end."""
        length = min(_PIECE, self._source.size - self.read)
        if not length:
            return False
        piece = self._source.read(self.read, length)
        self.read += length
        self._text = self._text[self._at :] + self._utf8.decode(piece, self.read == self._source.size)
        self._at = 0
        return True


def _proper(escape: re.Match[str]) -> str:
    return f"\\u00{escape[1]}" if escape[1] else escape[0]
