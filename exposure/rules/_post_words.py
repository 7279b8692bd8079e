"""The words of a post, which anybody in the world may have written: bounded, and without signs that nobody sees.

Lists of words are short on purpose: a few sure words in the languages that most posts are in. What none of them knows is
not found, which every page of these rules says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from exposure.model import Address, Evidence, Text
from exposure.post import Post
from exposure.rules._words import word_set

LONGEST = 2_000
"""How much of one text is read, in characters; services allow about as much."""
MOST = 24
"""How many values a finding shows."""
_MOST_TEXTS = 200

OWN_WORDS = ("caption", "title")
"""Kinds of texts that tell of the post's author: what stands under the picture, and the name of the album it is in."""
WORDS = (*OWN_WORDS, "comment")
"""With what anybody wrote below it: whoever sees the post sees that as well."""

_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,400}", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&])[#＃](\w{2,60})")
_WORD = re.compile(r"[^\W\d_][\w'’]{0,40}")

_NEWS = word_set(
    "breaking news newsflash headline headlines reuters reported reportedly minister president parliament senate election"
    " elections government police killed earthquake war troops court verdict protesters"
    " nachrichten eilmeldung minister ministerin präsident regierung bundestag wahl wahlen polizei krieg erdbeben gericht"
    " ministre président gouvernement élection élections guerre séisme tribunal actualités"
    " ministro ministra presidente gobierno elecciones policía guerra terremoto noticias governo elezioni polizia notizie"
    " eleições polícia notícias regering verkiezingen politie oorlog nieuws rząd policja wojna wybory wiadomości"
    " президент правительство полиция война новости выборы"
)
"""Words of reports about the world rather than about oneself."""


def said(post: Post, *kinds: str) -> Iterator[Text]:
    """Its texts of these kinds, made plain; none that is empty."""
    for text in post.facts.texts[:_MOST_TEXTS]:
        if text.kind in kinds and (words := plain(text.value[:LONGEST])):
            yield Text(text.kind, words, text.address)


BELOW = "Delete the comment where you can, or ask whoever wrote it to do so."
"""What to do about what stands in comments."""


def in_comments(post: Post, found: Iterable[Evidence]) -> bool:
    """Whether all of that stands in comments alone."""
    comments = {text.address for text in post.facts.texts if text.kind == "comment"}
    return all(evidence.address in comments for evidence in found)


def hashtags(post: Post) -> Iterator[tuple[str, Address]]:
    """Each once, without its sign: those that the archive lists, and those that stand in the caption."""
    seen: set[str] = set()
    for text in said(post, "keyword", "caption"):
        tags = [text.value.lstrip("#＃")] if text.kind == "keyword" else _TAG.findall(text.value)
        for tag in tags:
            if tag.casefold() not in seen and len(tag) <= 60:
                seen.add(tag.casefold())
                yield tag, text.address


@lru_cache(64)  # several rules ask for the words of one post
def plain(text: str) -> str:
    """On one line, without links and without signs that are not seen."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    if "/" in text or "www." in text:
        text = _LINK.sub(" ", text)
    return " ".join(text.split())


@lru_cache(64)
def words(text: str) -> tuple[str, ...]:
    """The words of a plain text, in lower case."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def is_news(text: str) -> bool:
    """Whether a text tells of the world rather than of whoever wrote it."""
    return not _NEWS.isdisjoint(words(text))


def around(text: str, start: int, end: int, room: int = 40) -> str:
    """The part of a text that says something, with a little of what stands around it."""
    return text[max(0, start - room) : end + room].strip()
