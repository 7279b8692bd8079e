"""What photos of one account have in common with photos of another."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from exposure.collection import MARKS, Collection
from exposure.inferences._called import OWN_ROLES, key, makers
from exposure.inferences._rarity import RARE, bits, plain
from exposure.inferences._ties import moments, no_serials, times_of
from exposure.looks import Look, matches

_KINDS = {
    **dict.fromkeys(("serial", "internal-serial", "lens-serial"), "device"),
    **dict.fromkeys(("document-id", "content-id", "image-id"), "original"),
    "caption": "caption",
    "file": "file",
}
_VERSIONS = 2
"""At so many moments the versions of one picture were taken; a number at more of them is that of a template."""
_OCCASION = 36 * 3600
"""What is said of one event, in seconds, many people say alike."""
_MOST_ACCOUNTS = 16
"""Of more accounts with looks, those with fewest are not compared: each is held against each."""

T = TypeVar("T")


class Thread(NamedTuple):
    """One thing that photos of two accounts share."""

    kind: str
    """device, original, name, mention, own-name, caption, file or picture; or same-name, own-words or words, which no photo
    carries, so that cleaning photos changes nothing."""
    ours: Sequence[int]
    theirs: Sequence[int]
    """Photos of the account that comes first by name, and of the other. Of an own-name, which is that of one account and
    stands in photos of the other, one of them is empty."""

    def but(self, left_out: frozenset[int]) -> Thread | None:
        """What is left of it; None when it ties nothing any more."""
        if left_out.isdisjoint(self.ours) and left_out.isdisjoint(self.theirs):
            return self
        ours, theirs = ([p for p in photos if p not in left_out] for photos in (self.ours, self.theirs))
        left = (ours or theirs) if self.kind == "own-name" else (ours and theirs)
        return Thread(self.kind, ours, theirs) if left else None


Pair = tuple[int, int]
"""Two places in `Collection.accounts`, the first by name first."""


def threads(collection: Collection) -> dict[Pair, list[Thread]]:
    """What ties each two accounts together; found once, and then asked of what is left."""
    known = collection.found.get("threads")
    if known is None:
        known = collection.found["threads"] = _threads(collection.whole())
    found: dict[Pair, list[Thread]] = {}
    assert isinstance(known, dict)
    for pair, every in known.items():
        if left := [one for each in every if (one := each.but(collection.left_out)) is not None]:
            found[pair] = left
    return found


def _threads(collection: Collection) -> dict[Pair, list[Thread]]:
    found: dict[Pair, list[Thread]] = defaultdict(list)
    for some in (_marked, _named, _mentioning_the_other, _called, _worded, _looking_alike):
        for pair, thread in some(collection):
            found[pair].append(thread)
    return found


def _pairs(collection: Collection, photos: Iterable[int]) -> Iterator[tuple[Pair, list[int], list[int]]]:
    """For each two accounts that these photos are of, those of the one and those of the other."""
    by: dict[int, list[int]] = defaultdict(list)
    for photo in photos:
        by[collection.account[photo]].append(photo)
    by.pop(0, None)
    for one, other in combinations(sorted(by, key=lambda a: collection.accounts[a]), 2):
        yield (one, other), by[one], by[other]


def _carried(collection: Collection, of: Callable[[int], Iterable[T]]) -> Mapping[T, array[int]]:
    """Of everything that photos of several accounts carry, the photos. `of` gives what a photo carries."""
    first: dict[T, int] = {}
    shared: set[T] = set()
    for photo, account in enumerate(collection.account):
        for each in of(photo) if account else ():
            if first.setdefault(each, account) != account:
                shared.add(each)
    first.clear()
    found: dict[T, array[int]] = {each: array("I") for each in shared}
    for photo, account in enumerate(collection.account):
        for each in dict.fromkeys(of(photo)) if account and found else ():
            if each in found:
                found[each].append(photo)
    return found


def _marked(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    wrong = no_serials(collection)
    for mark, photos in _carried(collection, collection.marks_of).items():
        kind = _KINDS[MARKS[mark & 7]]
        if mark in wrong or (kind == "original" and moments(collection, photos) > _VERSIONS):
            continue
        for pair, ours, theirs in _pairs(collection, photos):
            if kind != "caption" or not _is_one_occasion(collection, ours, theirs):
                yield pair, Thread(kind, ours, theirs)


def _is_one_occasion(collection: Collection, ours: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether two people may have said the same because they were at the same event."""
    mine, others = times_of(collection, ours), times_of(collection, theirs)
    times = mine + others
    return bool(mine and others) and max(times) - min(times) <= _OCCASION


def _named(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    """The same rare name: of whoever took the photos, or mentioned in the words under them."""
    names = _Names(collection)
    for name, photos in _carried(collection, names.of_authors).items():
        if bits(name) >= RARE:
            for pair, ours, theirs in _pairs(collection, photos):
                yield pair, Thread("name", ours, theirs)
    for name, photos in _carried(collection, names.mentioned).items():
        if bits(name) >= RARE:
            for pair, ours, theirs in _pairs(collection, photos):
                if not _is_one_occasion(collection, ours, theirs):
                    yield pair, Thread("mention", ours, theirs)


def _mentioning_the_other(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    """Photos of one account that carry the name of another one."""
    own = _own_names(collection)
    names = _Names(collection)
    found: dict[Pair, tuple[list[int], list[int]]] = {}
    for photo, account in enumerate(collection.account):
        for name in {*names.of_authors(photo), *names.mentioned(photo)} if account and own else ():
            for other in own.get(name, ()):
                if account not in own[name]:
                    one, two = _in_order(collection, account, other)
                    found.setdefault((one, two), ([], []))[account == two].append(photo)
    for pair, (ours, theirs) in found.items():
        yield pair, Thread("own-name", ours, theirs)


def _own_names(collection: Collection) -> dict[str, set[int]]:
    """The rare names that accounts have, on their services or as the person calls them, and which have them."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, called in enumerate(collection.accounts):
        for name in {handle(called), *collection.handles.get(number, ())} if number else ():
            if bits(plain(name)) >= RARE:
                found[plain(name)].add(number)
    return dict(found)


def _in_order(collection: Collection, one: int, other: int) -> Pair:
    first, second = sorted((one, other), key=lambda account: collection.accounts[account])
    return first, second


def _called(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    """Accounts that have the same rare name, and accounts that name another one in words that stand with no photo."""
    own = _own_names(collection)
    pairs = {_in_order(collection, *two) for numbers in own.values() for two in combinations(numbers, 2)}
    yield from ((pair, Thread("same-name", (), ())) for pair in sorted(pairs))
    said = {
        _in_order(collection, account, other)
        for account, words in collection.mentions.items()
        for name in {plain(word) for word in words} & own.keys()
        for other in own[name]
        if account not in own[name]
    }
    yield from ((pair, Thread("own-words", (), ())) for pair in sorted(said))


def _worded(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    """Accounts with the same long words, of which at least one has them in a post without a photo, or on its page."""
    said: dict[int, set[int]] = defaultdict(set)
    for account, marks in collection.captions.items():
        for each in marks:
            said[each].add(account)
    for photo, account in enumerate(collection.account):
        for each in collection.marks_of(photo) if account and said else ():
            if each in said:
                said[each].add(account)
    pairs = {
        _in_order(collection, *two)
        for each, accounts in said.items()
        for two in combinations(accounts, 2)
        if any(each in collection.captions.get(account, ()) for account in two)
    }
    yield from ((pair, Thread("words", (), ())) for pair in sorted(pairs))


def handle(account: str) -> str:
    """What an account is called, of a name such as ``flickr:anna``."""
    return account.rpartition(":")[2]


class _Names:
    """What each photo is called after, each name worked out once."""

    __slots__ = ("_collection", "_keys", "_makers")

    def __init__(self, collection: Collection) -> None:
        self._collection, self._makers = collection, makers(collection)
        self._keys: dict[tuple[str, str], str] = {}

    def of_authors(self, photo: int) -> list[str]:
        return self._of(photo, OWN_ROLES - {"handle"})

    def mentioned(self, photo: int) -> list[str]:
        return self._of(photo, frozenset({"handle"}))

    def _of(self, photo: int, roles: frozenset[str]) -> list[str]:
        found = []
        for named in self._collection.people_of(photo):
            if named[0] in roles:
                if (name := self._keys.get(named)) is None:
                    name = self._keys[named] = key(*named, self._makers)
                if name:
                    found.append(name)
        return found


def _looking_alike(collection: Collection) -> Iterator[tuple[Pair, Thread]]:
    by: dict[int, list[int]] = defaultdict(list)
    for photo, account in enumerate(collection.account):
        if account and collection.look[photo]:
            by[account].append(photo)
    most = sorted(by, key=lambda a: -len(by[a]))[:_MOST_ACCOUNTS]
    for one, other in combinations(sorted(most, key=lambda a: collection.accounts[a]), 2):
        looks = (
            [Look(collection.look[p], collection.faint[p]) for p in by[account]] for account in (one, other)
        )
        for mine, others in matches(*looks):
            yield (one, other), Thread("picture", (by[one][mine],), (by[other][others],))
