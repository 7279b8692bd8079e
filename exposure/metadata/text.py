"""The textual chunks of a PNG: a keyword and a text, plain, compressed or international; the time of change, and the
name of the colour profile.

Specification: PNG third edition, sections 11.3.3 (tEXt, zTXt, iTXt) and 11.3.5.1 (tIME).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from exposure.errors import MalformedFile
from exposure.metadata._text_facts import TIME, facts
from exposure.model import Block, Embedded, Field, Kind, Problem
from exposure.plugins import Decoder
from exposure.source import Window

LONGEST = 1 << 23
"""No text is longer than this, in bytes, unpacked too."""


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """One field named by its keyword; of international text also language and translated keyword, when it has them."""
    window = block.window
    try:
        if window.size > LONGEST:
            raise MalformedFile("it is longer than any text should be", window.origin)
        data = window.read(0, window.size)
        if block.where == "tIME":
            yield _time(data, window)
        elif block.where == "iCCP":
            yield Field(Kind.TEXT, "iCCP", "ProfileName", _decoded(data), window, 0, len(data))
        elif block.where == "iTXt":
            yield from _international(data, window)
        else:
            yield from _latin(data, window, block.where)
    except MalformedFile as error:
        yield Problem(block.where, f"One {block.where} chunk was not read: {error.message}.")


def _time(data: bytes, window: Window) -> Field:
    if len(data) != 7:
        raise MalformedFile("a time has seven bytes", window.origin)
    stamp = "{:04}:{:02}:{:02} {:02}:{:02}:{:02}".format(*struct.unpack(">H5B", data))
    return Field(Kind.TEXT, "tIME", TIME, stamp, window, 0, 7)


def _latin(data: bytes, window: Window, where: str) -> Iterator[Field | Problem]:
    keyword, start = _keyword(data, window)
    if where == "tEXt":
        text = data[start:]
        yield Field(Kind.TEXT, where, keyword, _decoded(text), window, start, len(text))
    else:
        _check_method(data[start : start + 1], window)
        yield from _packed(where, keyword, data[start + 1 :], window)


def _international(data: bytes, window: Window) -> Iterator[Field | Problem]:
    keyword, start = _keyword(data, window)
    flag, method = data[start : start + 1], data[start + 1 : start + 2]
    language = data.find(b"\0", start + 2)
    translated = data.find(b"\0", language + 1)
    if language < 0 or translated < 0:
        raise MalformedFile("its language or translated keyword does not end", window.origin + start)
    for name, at, end in (
        ("LanguageTag", start + 2, language),
        ("TranslatedKeyword", language + 1, translated),
    ):
        if at < end:
            yield Field(Kind.TEXT, "iTXt", name, _decoded(data[at:end]), window, at, end - at)
    text = data[translated + 1 :]
    if flag == b"\1":
        _check_method(method, window)
        yield from _packed("iTXt", keyword, text, window)
    else:
        yield Field(Kind.TEXT, "iTXt", keyword, _decoded(text), window, translated + 1, len(text))


def _keyword(data: bytes, window: Window) -> tuple[str, int]:
    """The keyword and where its NUL ends."""
    end = data.find(b"\0")
    if end < 0:
        raise MalformedFile("its keyword does not end", window.origin)
    return _decoded(data[:end]), end + 1


def _check_method(method: bytes, window: Window) -> None:
    if method != b"\0":
        raise MalformedFile("its compression method is not known", window.origin)


def _packed(where: str, keyword: str, data: bytes, window: Window) -> Iterator[Field | Problem]:
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(data, LONGEST + 1)
    except zlib.error:
        raise MalformedFile("its compressed data is damaged", window.origin) from None
    if len(text) > LONGEST:
        raise MalformedFile("it unpacks to more than any text should", window.origin)
    inside = Window.packed(text, window.ranges())
    yield Field(Kind.TEXT, where, keyword, _decoded(text), inside, 0, len(text))
    if not stream.eof:
        yield Problem(where, f"One {where} chunk stops before its compressed data ends.")


def _decoded(text: bytes) -> str:
    """UTF-8, as iTXt must be and many programs write everywhere; what is not valid UTF-8 is Latin-1."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


TEXT = Decoder(Kind.TEXT, decode, facts)
