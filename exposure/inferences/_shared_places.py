"""Places to which the photos of two accounts go back: a home, or several spots that nobody sees but who lives there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from exposure.collection import Collection
from exposure.ground import metres
from exposure.inferences._homes import Home, homes
from exposure.inferences._stays import Stay, stays

_HOME_M = 150.0
"""Two homes this near to each other, in metres, are one."""
_SPOT_M = 100.0
_APART_M = 500.0
"""Spots nearer to each other than this, in metres, are parts of one place, such as a festival's."""
_SPOTS = 3
_DAYS, _SPAN = 2, 7
"""Each account's photos go back to a spot on so many days, and over so many: a sight is seen once, an event ends."""
_MOST_ACCOUNTS = 8
"""Of more accounts with places, those with fewest photos are not asked: each is looked at by itself."""


class Shared(NamedTuple):
    """Places of two accounts that are the same."""

    homes: int
    spots: int
    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    """Photos taken there, of the account that comes first by name, and of the other."""


class _Places(NamedTuple):
    """Where the photos of one account were taken again and again."""

    homes: tuple[Home, ...]
    spots: tuple[Stay, ...]


def shared_places(collection: Collection) -> Mapping[tuple[int, int], Shared]:
    """For each two accounts, the places that they share, where that tells anything."""
    count = Counter(collection.account[photo] for photo in collection.positioned())
    del count[0]
    accounts = [
        account for account, _ in sorted(count.items(), key=lambda c: (-c[1], collection.accounts[c[0]]))
    ]
    if len(accounts) < 2:
        return {}
    places = {account: _places(collection, account) for account in accounts[:_MOST_ACCOUNTS]}
    found = {}
    for pair in combinations(sorted(places, key=lambda a: collection.accounts[a]), 2):
        if (shared := _shared(places[pair[0]], places[pair[1]])) is not None:
            found[pair] = shared
    return found


def _places(collection: Collection, account: int) -> _Places:
    """What the photos of one account tell when nothing else is known."""
    of = collection.account
    alone = collection.without(photo for photo in range(len(collection)) if of[photo] != account)
    spots = (stay for stay in stays(alone) if len(stay.days) >= _DAYS and stay.span >= _SPAN)
    return _Places(homes(alone), tuple(spots))


def _shared(one: _Places, other: _Places) -> Shared | None:
    same = [
        (mine.stay, theirs.stay)
        for mine in one.homes
        for theirs in other.homes
        if metres(mine.stay.latitude, mine.stay.longitude, theirs.stay.latitude, theirs.stay.longitude)
        <= _HOME_M
    ]
    spots = list(_spots(one, other))
    if not same and len(spots) < _SPOTS:
        return None
    taken = [*same, *(spots if len(spots) >= _SPOTS else ())]
    ours, theirs = ({photo for pair in taken for photo in pair[side].photos} for side in (0, 1))
    return Shared(len(same), len(taken) - len(same), tuple(sorted(ours)), tuple(sorted(theirs)))


def _spots(one: _Places, other: _Places) -> Iterator[tuple[Stay, Stay]]:
    """Spots of both, far from each other, at which the two were not only on the same days: that would be two people at
    the same events."""
    kept: list[Stay] = []
    for mine in one.spots:
        theirs = next((stay for stay in other.spots if _metres(mine, stay) <= _SPOT_M), None)
        if theirs is None or 2 * len(mine.days & theirs.days) > min(len(mine.days), len(theirs.days)):
            continue
        if all(_metres(mine, stay) > _APART_M for stay in kept):
            kept.append(mine)
            yield mine, theirs


def _metres(one: Stay, other: Stay) -> float:
    return metres(one.latitude, one.longitude, other.latitude, other.longitude)
