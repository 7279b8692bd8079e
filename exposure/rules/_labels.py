"""Texts that only say what a field is for ("Person Name 1", "The Headline"), as samples and templates have them."""

from __future__ import annotations

import re
from functools import lru_cache

from exposure.rules._words import word_set

_LONGEST = 100
"""No label is longer than this, in characters."""

_WORD = re.compile(r"[^\W\d_]+(?:['’]s)?")
_LABELS = word_set(
    "a an the my your this that is of in for to here some no nr number line name names title headline caption captions"
    " captionwriter writer editor byline by description comment comments keyword keywords instruction instructions special"
    " instr city state province country code postcode postal zip address addr street sublocation sub location core created"
    " shown creator ci contact info email e mail phone telephone mobile fax url web website licensor copyright owner rights"
    " notice credit source person event organisation organization object objectname field value tag metadata iptc xmp exif"
    " image picture photo thumbnail file string text webp png jpeg jpg gif tiff test testing tester sample example dummy"
    " placeholder subject testsubject microsoft nd iso world lorem ipsum hello world ref ifd id region model release aka"
)
_STARTS = frozenset(
    (a, b)
    for a in ("person", "people", "face", "event", "organisation", "organization", "creator", "contact")
    for b in ("name", "shown", "code", "in")
)
_NUMBER = re.compile(r"\d")


@lru_cache(1024)
def label(text: str) -> bool:
    """Whether a text is nothing but the name of a field, with numbers or not: "Street Addr 1", "Special Instr."."""
    words = _words(text)
    return bool(words) and all(word in _LABELS for word in words)


def numbered(text: str) -> bool:
    """Whether a name is a template's that was counted up: "Person name no 3 of the group"."""
    return _NUMBER.search(text) is not None and tuple(_words(text)[:2]) in _STARTS


def _words(text: str) -> list[str]:
    """The words of a text, in lower case; none of a long one."""
    found = _WORD.findall(text) if len(text) <= _LONGEST else []
    return [word.casefold().removesuffix("'s").removesuffix("’s") for word in found]
