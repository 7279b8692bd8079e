"""What is new since a baseline: photos are examined to the last byte, and what was accepted is only counted.

Of a photo that has passed, its digest and what the inferences keep of it are left, and its entries when they go into
the baseline.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from exposure.archives import holds_many, sources
from exposure.baseline import Accepted, Baseline, Entry, accepted, begun, entry, matched, photo
from exposure.collection import Collection
from exposure.errors import MalformedFile
from exposure.examining import examine, unread
from exposure.inferring import inferred
from exposure.model import Claim, CollectionFinding, Examination, Examined, Finding, Level, Settings
from exposure.plan import planned
from exposure.scanning import results
from exposure.source import FileSource
from exposure.workers import Work

_PIECE = 1 << 18
_DIGEST = sha256().digest_size
_GAP = "unexamined"
"""The rule under whose name a file that could not be read whole is accepted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked."""

    paths: tuple[str, ...]
    settings: Settings
    least: int
    """The level from which on a finding counts."""
    beside: tuple[str, ...] = ()
    """Paths whose photos count for what many tell together; their own findings are not told."""
    baseline: Baseline | None = None
    update: bool = False
    """Whether everything that counts is accepted from now on."""
    jobs: int = 0

    @property
    def whole(self) -> bool:
        """Whether folders or archives were named: what is accepted and not in them is gone. Single files are only a part."""
        return all(map(holds_many, self.paths))


class New(NamedTuple):
    """What many photos tell together and nobody accepted."""

    finding: CollectionFinding
    newly: tuple[str, ...]
    """New photos without which the others do not tell it."""


@dataclass(slots=True)
class Checked:
    """What a check comes to. Files that are only beside are not counted, except as it says."""

    photos: int = 0
    new: int = 0
    """Findings that count and are not accepted, those of many photos among them."""
    accepted: int = 0
    taken: Counter[tuple[Level, str]] = field(default_factory=Counter)
    """Of these, by level and rule, the ones that are accepted only from now on."""
    unread: int = 0
    """Files that could not be examined, or only in part, and were not accepted so."""
    unread_accepted: int = 0
    unread_beside: int = 0
    gone: int = 0
    """Accepted findings that are not there any more; 0 when only a part was looked at."""
    together: list[New] = field(default_factory=list)
    baseline: Baseline = field(default_factory=begun)
    """What is accepted from now on, when this is written."""


class _Item(NamedTuple):
    source: FileSource | Examination
    own: bool


class _Looked(NamedTuple):
    examination: Examination
    digest: bytes
    """Empty when it is not known."""
    own: bool


Tell = Callable[[Examination, bool], None]
"""Takes each photo with its new findings alone, and whether it could not be read whole and nobody accepted that."""


def check(asked: Asked, tell: Tell, progress: Callable[[int, int | None], None] | None = None) -> Checked:
    """Compare everything under the paths with the baseline. CannotRun when there is nothing at one of them."""
    running = _Running(asked, tell)
    work = Work(partial(_looked, settings=asked.settings), partial(_given_up, settings=asked.settings))
    for done, looked in enumerate(results(_items(asked), work, asked.jobs), 1):
        running.take(looked)
        if progress is not None:
            progress(done, None)
    return running.end()


def _items(asked: Asked) -> Iterator[_Item]:
    """Every file once, though it lies in several of the paths."""
    own, beside = ({_placed(p): p for p in paths} for paths in (asked.paths, asked.beside))
    mine = [path for place, path in own.items() if not _is_in(place.parent, own)]
    more = [path for place, path in beside.items() if not _is_in(place.parent, beside)]
    others = (s for s in sources(more) if not _is_in(_placed(s.name), own))
    return chain((_Item(s, True) for s in sources(mine)), (_Item(s, False) for s in others))


def _placed(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # a Path leaves ".." in


def _is_in(place: Path, folders: dict[Path, str]) -> bool:
    return place in folders or any(folder in folders for folder in place.parents)


def _looked(item: _Item, settings: Settings) -> _Looked:
    """In a worker: one file examined, and its digest."""
    source = item.source
    examination = examine(source, settings)
    if not isinstance(source, FileSource) or examination.media == "other":
        return _Looked(examination, b"", item.own)
    return _Looked(examination, _digest(source, (source.size, source.modified)), item.own)


def _given_up(item: _Item, why: str, settings: Settings) -> _Looked:
    digest = _digest(item.source) if isinstance(item.source, FileSource) else b""
    return _Looked(unread(item.source.name, why, settings), digest, item.own)


def _digest(source: FileSource, seen: tuple[int, float] | None = None) -> bytes:
    """The SHA-256 of the whole file; empty when it cannot be read, or is not what was seen any more."""
    digest = sha256()
    try:
        with source:
            for at in range(0, source.size, _PIECE):
                digest.update(source.read(at, min(_PIECE, source.size - at)))
            same = not source.changed() and seen in (None, (source.size, source.modified))
    except (OSError, MalformedFile):
        return b""
    return digest.digest() if same else b""


class _Running:
    """A check while the photos pass."""

    __slots__ = ("_asked", "_baseline", "_checked", "_collection", "_digests", "_now", "_own", "_tell")

    def __init__(self, asked: Asked, tell: Tell) -> None:
        self._asked, self._tell = asked, tell
        self._baseline = asked.baseline or begun()
        self._checked, self._collection = Checked(), Collection(asked.settings.today)
        self._digests, self._own = bytearray(), bytearray()  # of each photo of the collection
        self._now: set[Entry] = set()

    def take(self, looked: _Looked) -> None:
        examination, digest, own = looked
        if examination.media == "other":
            return
        self._checked.photos += own
        before = len(self._collection)
        self._collection.add(examination)
        if len(self._collection) > before:
            self._digests += digest or bytes(_DIGEST)
            self._own.append(own)
        found = tuple(f for f in examination.findings if self._is_new(f, digest, own))
        gap = examination.examined in (Examined.PARTIAL, Examined.NONE) and self._is_gap(looked)
        self._checked.new += len(found)
        if own:
            self._tell(replace(examination, findings=found), gap)

    def _is_new(self, finding: Finding, digest: bytes, own: bool) -> bool:
        """Whether it counts and is not accepted."""
        counts = own and finding.gate >= self._asked.least
        fields = [each.address.path for each in finding.evidence]
        old, known = self._is_accepted(digest, finding.rule, fields, counts)
        self._checked.accepted += known and own
        if known and not old:
            self._checked.taken[finding.gate, finding.rule] += 1
        return counts and not known

    def _is_gap(self, looked: _Looked) -> bool:
        """Whether a file that could not be read whole is not accepted as such."""
        fields = [problem.where for problem in looked.examination.problems] or ["File"]
        _, known = self._is_accepted(looked.digest, _GAP, fields, looked.own)
        self._checked.unread_accepted += known and looked.own
        self._checked.unread += looked.own and not known
        self._checked.unread_beside += not looked.own and not known
        return looked.own and not known

    def _is_accepted(
        self, digest: bytes, rule: str, fields: Sequence[str], counts: bool
    ) -> tuple[bool, bool]:
        """Whether it was, and whether it is from now on; what was accepted goes on being so while it is found."""
        if not digest:
            return False, False
        mine = entry(self._baseline.salt, digest, rule, fields)
        old = mine in self._baseline.findings
        known = old or (counts and self._asked.update)
        if known:
            self._now.add(mine)
        return old, known

    def end(self) -> Checked:
        """What many tell together, and the sums."""
        checked, then = self._checked, self._baseline
        claims = inferred(self._collection)
        now = [self._accepted(claim) for claim in claims]
        same = matched(now, then.claims)
        new, kept = [], []
        for here, claim in enumerate(claims):
            own = any(self._own[place] for place in claim.photos)
            counts = own and claim.level >= self._asked.least
            known = here in same or (counts and self._asked.update and bool(now[here].pairs))
            checked.accepted += known and own
            if known:
                old = here in same and not (counts and self._asked.whole)
                kept.append(then.claims[same[here]] if old else now[here])
                if here not in same:
                    checked.taken[claim.level, claim.rule] += 1
            elif counts:
                new.append(claim)
        checked.new += len(new)
        checked.together = self._told(new)
        gone = set(range(len(then.claims))) - set(same.values())
        self._sum(kept, [then.claims[there] for there in sorted(gone)])
        return checked

    def _accepted(self, claim: Claim) -> Accepted:
        digests = filter(None, map(self._digest, claim.photos))
        return accepted(self._baseline.salt, claim.rule, claim.level, claim.confidence, digests)

    def _digest(self, place: int) -> bytes:
        """Of a photo of the collection; empty when it is not known."""
        digest = bytes(self._digests[_DIGEST * place : _DIGEST * (place + 1)])
        return digest if any(digest) else b""

    def _told(self, claims: Sequence[Claim]) -> list[New]:
        """Each with what to clean, and with the new photos but for which nobody could tell it."""
        if not claims:
            return []
        plans: dict[tuple[str, str], list[CollectionFinding]] = {}
        for each in planned(self._collection, claims):  # it may put them in another order
            plans.setdefault((each.rule, each.message), []).append(each)
        fresh = self._fresh()
        before = inferred(self._collection.without(fresh)) if fresh else []
        told = []
        for claim in claims:
            newly = [place for place in claim.photos if place in fresh]
            if len(newly) == len(claim.photos) or any(_is_as_bad(each, claim) for each in before):
                newly = []
            names = tuple(self._collection.names[place] for place in newly)
            told.append(New(plans[claim.rule, claim.message].pop(0), names))
        return told

    def _fresh(self) -> set[int]:
        """The photos that are new: not known to the baseline, or without one, not beside."""
        if self._asked.baseline is None and not self._asked.beside:
            return set()
        return {
            place
            for place, own in enumerate(self._own)
            if own and photo(self._baseline.salt, self._digest(place)) not in self._baseline.photos
        }

    def _sum(self, claims: Sequence[Accepted], lost: Sequence[Accepted]) -> None:
        """What is accepted from now on: of a part that was looked at nothing can be gone."""
        then, checked, now = self._baseline, self._checked, frozenset(self._now)
        digests = filter(None, map(self._digest, range(len(self._collection)) if self._asked.update else ()))
        photos = frozenset(photo(then.salt, digest) for digest in digests)
        if self._asked.whole:
            checked.gone = len(then.findings - now) + len(lost)
            checked.baseline = Baseline(then.salt, now, tuple(claims), photos)
        else:
            checked.baseline = Baseline(
                then.salt, then.findings | now, (*claims, *lost), then.photos | photos
            )


def _is_as_bad(one: Claim, claim: Claim) -> bool:
    """Whether it tells the same, as surely, over some of the same photos."""
    if one.rule != claim.rule or one.level < claim.level or one.confidence < claim.confidence:
        return False
    return not set(one.photos).isdisjoint(claim.photos)
