"""A scan as far as it is: photos and posts go to the report as they come, and are counted together.

A post waits for its photos, which follow it; of what has passed only what a writer and the inferences keep is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from exposure.collection import Collection, mark
from exposure.inferring import inferred
from exposure.model import Examination, Examined, Facts, Finding, Level, Settings
from exposure.plan import planned
from exposure.plugins import Writing
from exposure.post import ACCOUNT_DATA, PROFILE, Account, Inventory, Post
from exposure.posts import judged


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan comes to, for the exit code."""

    photos: int
    worst_gate: Level | None
    """The worst level found, with what context raised and without what it lowered."""
    unexamined: int
    """Photos that were read in part or not at all, and media of kinds that are not read yet."""


class Running:
    """What was seen so far."""

    __slots__ = (
        "_alike", "_archives", "_collection", "_counts", "_done", "_levels", "_links", "_persona", "_photos", "_post", "_same", "_seen",
        "_settings", "_told", "_unexamined", "_waiting", "_writing",
    )  # fmt: skip

    def __init__(
        self, settings: Settings, writing: Writing, done: Callable[[Post], bool] = lambda post: False
    ) -> None:
        """`done`: whether the person has ticked a post off."""
        self._settings, self._writing, self._done = settings, writing, done
        self._collection = Collection(settings.today, profile=settings.context.profile)
        self._persona = "pseudonymous" if settings.context.persona == "pseudonymous" else None
        self._photos = self._unexamined = 0
        self._levels: set[Level] = set()
        self._post: Post | None = None
        self._waiting: set[str] = set()
        self._seen: list[Examination] = []
        self._told: dict[int, tuple[Finding, ...]] = {}  # by digests, which are shorter than names
        self._same: dict[Finding, Finding] = {}
        self._alike: dict[tuple[Finding, ...], tuple[Finding, ...]] = {}
        self._archives: list[Inventory] = []
        self._counts: Counter[str] = Counter()
        self._links: Counter[str] = Counter()

    def take(self, seen: Examination | Post | Inventory, account: Account | None) -> None:
        """What comes next in the stream, and the account that it belongs to, if the person named one."""
        if isinstance(seen, Examination):
            if self._post is not None and seen.name not in self._waiting:
                self._end_post()
            self._photo(seen, account)
            return
        self._end_post()
        if isinstance(seen, Post):
            self._post, self._waiting = seen, set(seen.photos)
            self._hear(seen, account)
        else:
            self._end_archive(seen)

    def _hear(self, post: Post, account: Account | None) -> None:
        """What a post tells of the account, whether it has photos or not."""
        if post.own:
            of = account.name if account is not None else f"{post.service}:{post.account}"
            persona = (account.persona if account is not None else post.persona) or self._persona
            is_page = post.id == PROFILE
            alone = not post.photos
            self._collection.hear(of, post.account, post.facts, is_page, persona, alone)

    def end(self) -> Outcome:
        """Everything was seen: what it tells together goes to the report."""
        self._end_post()
        together = planned(self._collection, inferred(self._collection))
        self._writing.end(together, self._archives)
        self._levels.update(f.level for f in together)
        return Outcome(self._photos, max(self._levels, default=None), self._unexamined)

    def _photo(self, seen: Examination, account: Account | None) -> None:
        post = self._post
        persona = account.persona if account is not None else post.persona if post is not None else None
        if account is not None or post is not None:
            of = account.name if account is not None else f"{post.service}:{post.account}" if post else ""
            seen = replace(seen, account=of)
        self._writing.photo(seen)
        if post is None or post.own:  # where somebody else was tells nothing of the person
            both = seen if post is None else _joined(seen, post, is_first=not self._seen)
            self._collection.add(both, persona or self._persona)
        if post is not None:
            self._waiting.discard(seen.name)
            self._seen.append(seen)
            self._keep(seen)
        if seen.media == ACCOUNT_DATA:
            self._unexamined += 1
        elif seen.media != "other":
            self._photos += 1
            self._counts["photos"] += 1
            self._unexamined += seen.examined in (Examined.PARTIAL, Examined.NONE)
        self._levels.update(f.gate for f in seen.findings)

    def _keep(self, seen: Examination) -> None:
        """What a post's photo tells, for another post that has the same file: each file passes once. What it rests on is
        left out, so that thousands of photos share few findings."""
        told = (f._replace(level=max(f.level, f.gate), reason="", evidence=()) for f in seen.findings)
        if kept := tuple(self._same.setdefault(f, f) for f in told if f.level is not Level.INFO):
            self._told[mark("file", seen.name)] = self._alike.setdefault(kept, kept)

    def _end_post(self) -> None:
        """The post is judged now that its photos are known."""
        post = self._post
        if post is None:
            return
        before = [
            _again(name, told)
            for name in post.photos
            if name in self._waiting and (told := self._told.get(mark("file", name)))
        ]
        judgement = judged(post, [*self._seen, *before], self._settings, self._done(post))
        self._writing.post(judgement)
        self._levels.update(f.gate for f in judgement.findings)
        self._count(post)
        self._post, self._seen = None, []
        self._waiting.clear()

    def _count(self, post: Post) -> None:
        everything = (*post.facts.places, *post.stored.places)
        self._counts["posts"] += 1
        self._counts["not_own"] += not post.own
        self._counts["positions"] += sum(place.latitude is not None for place in everything)
        self._counts["people"] += len({p.name for p in (*post.facts.people, *post.stored.people)})
        self._links[post.link.tier] += 1

    def _end_archive(self, inventory: Inventory) -> None:
        counts = self._counts
        whole = replace(
            inventory,
            posts=counts["posts"],
            photos=counts["photos"],
            positions=counts["positions"],
            people=counts["people"],
            not_own=counts["not_own"],
            links=dict(self._links),
        )
        if inventory.title:  # not of a plain folder
            self._archives.append(whole)
        self._counts.clear()
        self._links.clear()


def _again(name: str, told: tuple[Finding, ...]) -> Examination:
    """A photo that came with another post: of it only what it tells is known."""
    return Examination(name, "unknown", Examined.NONE, findings=told)


def _joined(seen: Examination, post: Post, *, is_first: bool) -> Examination:
    """A photo with what its post shows of it: what a stranger sees of the two together. Names and words stand once at the
    post, so only its first photo gets them: they do not tie the photos of one post together."""
    if not any((post.facts.places, post.facts.times, post.facts.people, post.facts.texts)):
        return seen
    own, shown = seen.facts, post.facts
    both = Facts(
        own.places + shown.places,
        own.times + shown.times,
        own.devices,
        own.identifiers,
        own.people + (shown.people if is_first else ()),
        own.texts + (shown.texts if is_first else ()),
        own.software,
        own.pictures,
    )
    return replace(seen, facts=both)
