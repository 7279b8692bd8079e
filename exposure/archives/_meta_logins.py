"""What Meta keeps of logins and shows to nobody else: addresses of the network, the towns that it takes them for, and where
the phone was last. Keys and labels differ by list, by year and by language; an address is known by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from exposure.archives._kit import Wanted, address
from exposure.archives._meta import said
from exposure.archives._records import entries, get, position
from exposure.model import Examination, Fact, Facts, Identifier, Place
from exposure.plugins import Item
from exposure.post import ACCOUNT, Post, Visibility
from exposure.stores import Store

_LIST = re.compile(
    r"(?:.*/)?(?:security_and_login_information|login_and_(?:account|profile)_creation|logged_information)/(?:.*/)?[^/]+\.json"
)
_MOST = 10_000
"""So many addresses and places of an account are kept."""
_DEEP = 6
_SHORTEST, _LONGEST = len("::1"), 45
"""Of an address as words, in characters."""
_SEEN = Visibility("private", "lists of logins: only you and the service see them")


def logins(store: Store, title: str, service: str, account: str) -> Iterator[Item]:
    """One post that stands for the account, if anything is kept; and what is wrong with the lists of it. `title` is the
    service in words."""
    facts: dict[tuple[object, ...], Fact] = {}
    for name in sorted(store.names):
        if not _LIST.fullmatch(name):
            continue
        wanted = Wanted(title, name)
        for record in entries(store, name, lambda key: True, alone=True):
            if isinstance(record, Examination):
                yield record
                continue
            for fact in _kept(wanted, record):
                if len(facts) < _MOST:
                    facts.setdefault(tuple(fact[:4]), fact)
    if facts:
        yield Post(service, ACCOUNT, account, "", _SEEN, "unknown", stored=Facts.sorted(facts.values()))


def _kept(wanted: Wanted, record: Any) -> Iterator[Fact]:
    for found in _addresses(record):
        yield Identifier("ip-address", found, address(wanted, "ip_address"))
    if city := said(get(record, "city")):
        parts = (city, said(get(record, "region")), said(get(record, "country")))
        yield Place(None, None, None, ", ".join(filter(None, parts)), address(wanted, "city"), "named")
    labels = get(record, "string_map_data")
    there = position(*(get(labels, f"Imprecise {key}", "value") for key in ("Latitude", "Longitude")))
    if there is not None:
        yield Place(*there, None, None, address(wanted, "Imprecise Latitude"))


def _addresses(value: Any, depth: int = 0) -> Iterator[str]:
    """Every address of the network in an entry, under whatever key."""
    if isinstance(value, str):
        if _is_address(value.strip()):
            yield value.strip()
    elif depth < _DEEP and isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _addresses(each, depth + 1)


def _is_address(words: str) -> bool:
    if not _SHORTEST <= len(words) <= _LONGEST or ("." not in words and ":" not in words):
        return False
    try:
        ip_address(words)
    except ValueError:
        return False
    return True
