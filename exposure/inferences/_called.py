"""Names of photographers, owners and accounts as they are compared: without what differs from one spelling to the next."""

from __future__ import annotations

import re

from exposure.collection import Collection
from exposure.inferences._rarity import plain
from exposure.rules._names import nobody, person
from exposure.rules._stock_texts import BRANDS, PROGRAMS

OWN_ROLES = frozenset({"creator", "owner", "handle"})
"""In these a name may be that of whoever the photos belong to."""
_NICKNAME = re.compile(r"(?=.*[A-Za-z])(?=.*[\d_.])[\w.-]{4,40}")
"""What stands where a name should and is no name of a person, but may be that of an account."""
_WORDS = re.compile(r"[^\W\d_]+")


def makers(collection: Collection) -> frozenset[str]:
    """The words in the names of the cameras, which are nobody's name."""
    return frozenset(_words(" ".join(f"{make} {model}" for make, model, _ in collection.devices)))


def key(role: str, text: str, makers: frozenset[str]) -> str:
    """The name in a text, without what may differ from one spelling to the next; empty for none that tells anything."""
    if role != "handle":
        if (found := person(text)) is not None:
            return plain(found[0])
        if _NICKNAME.fullmatch(text) is None:
            return ""
    words = _words(text)
    stock = not words or words[0] in BRANDS or words[0] in PROGRAMS or makers.issuperset(words)
    return "" if stock or nobody(text) else plain(text)


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
