"""The five questions with what was found to each, ready for the page: what a stranger learns, why, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exposure.collection import Collection
from exposure.model import CollectionFinding, Examined, Level, Question
from exposure.plugins import CLEAN, Heading
from exposure.reports._commands import exact, remedied
from exposure.reports._gathered import Gathered, Group
from exposure.reports._html import _maps
from exposure.reports._html._values import Value, in_words
from exposure.reports._spots import spot
from exposure.reports._words import QUESTIONS, SURENESS, capital, count, file_name, sentence, share, title

_MOST_NAMED = 12
"""Photos that are named with a finding; a button shows all of them in the list."""
_MOST_MAPS = 12
_MOST_OF_A_KIND = 20
"""Answers of one kind to one question."""
_LONGEST_NAME = 90


class Named(NamedTuple):
    """A photo that is named with a finding."""

    name: str
    row: int
    """Its place in the list of photos; -1 when it is not there."""
    found: Value | None = None


class Answer(NamedTuple):
    """One thing that was found, with all that is said of it."""

    rule: str
    title: str
    level: str
    sure: str
    """likely, possible, or empty for what simply stands in the file."""
    numbers: str
    """In how many photos."""
    message: str
    where: Value | None
    why: tuple[str, ...]
    wrong: tuple[str, ...]
    photos: list[Named]
    more: int
    """How many photos there are that are not named."""
    of_posts: bool
    """Whether its examples are posts."""
    shows: int
    """The set of photos that it rests on; -1: the photos with a finding of this rule."""
    remedy: str
    commands: list[str]
    is_wider: bool
    """Whether the commands clean other photos too, since these cannot all be named in one."""
    fix: list[Named]
    fixes: int
    """How many photos are to be cleaned; 0 for a finding of single photos."""
    fix_shows: int
    """The set of these photos."""
    after: str
    reason: str
    map: _maps.Local | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer in short, and everything found to it."""

    id: str
    question: str
    level: str
    short: str
    sure: str
    more: int
    """How many other things there are."""
    answers: list[Answer]
    small: list[Answer]
    """Of low and info level."""
    untold: int
    """How many more there are of kinds that were told often enough."""


@dataclass(slots=True)
class Answering:
    """What answers are made from."""

    gathered: Gathered
    full: Gathered | None
    """The same with values in full, where the page may hold them."""
    collection: Collection
    heading: Heading
    titles: Mapping[str, str]
    rows: Mapping[str, int]
    """The rows of photos that findings name."""
    sets: list[list[int]] = field(default_factory=list)
    """Rows that a button shows."""
    _drawn: int = 0

    def questions(self, together: Sequence[CollectionFinding]) -> list[Asked]:
        """The five, in their order."""
        found: list[CollectionFinding | Group] = [*together, *self.gathered.groups.values()]
        read = self.gathered.photos + self.gathered.posts.number > self.gathered.examined[Examined.NONE]
        return [
            self._asked(question, sorted((x for x in found if x.question is question), key=_urgency), read)
            for question in QUESTIONS
        ]

    def _asked(self, question: Question, found: Sequence[CollectionFinding | Group], read: bool) -> Asked:
        kinds: Counter[str] = Counter()
        told = []
        for each in found:
            kinds[each.rule] += 1
            if kinds[each.rule] <= _MOST_OF_A_KIND:
                told.append(each)
        answers = [self.answer(each) for each in told]
        great = sum(each.level >= Level.MEDIUM for each in told)
        short = "Nothing was found in what could be read." if read else "Not known: nothing could be read."
        level = sure = ""
        if found:
            level, sure, short = answers[0].level, answers[0].sure, answers[0].message
        return Asked(
            question.value,
            QUESTIONS[question],
            level,
            short,
            sure,
            max(0, len(found) - 1),
            answers[:great],
            answers[great:],
            len(found) - len(told),
        )

    def answer(self, found: CollectionFinding | Group) -> Answer:
        return self._single(found) if isinstance(found, Group) else self._together(found)

    def _single(self, group: Group) -> Answer:
        """What one rule found in single photos."""
        only = [name for name, _ in group.examples] if group.photos == 1 else self.heading.paths
        numbers = share(group.photos, self.gathered.files if group.media else self.gathered.photos)
        if group.of_posts:
            only, numbers = self.heading.paths, share(group.photos, self.gathered.posts.number, "post")
        return Answer(
            rule="" if group.of_posts else group.rule,
            title=title(group.rule, dict(self.titles)),
            level=group.level.word,
            sure=SURENESS[group.confidence],
            numbers=numbers,
            message=full(group.message),
            where=None,
            why=(),
            wrong=(),
            photos=list(self._examples(group)),
            more=group.photos - len(group.examples),
            of_posts=group.of_posts,
            shows=-1,
            remedy=full(group.remedy),
            commands=[remedied(group.command, only)] if group.command else [],
            is_wider=False,
            fix=[],
            fixes=0,
            fix_shows=-1,
            after="",
            reason=full(capital(group.reason)) if group.reason else "",
            map=None,
        )

    def _examples(self, group: Group) -> Iterator[Named]:
        whole = self.full.groups[group.rule, group.level].examples if self.full is not None else None
        for number, (name, shown) in enumerate(group.examples):
            found = None
            if shown:
                other = whole[number][1] if whole is not None else ""
                found = Value(shown, False, other if other not in ("", shown) else None)
            yield self._named(name)._replace(found=found)

    def _together(self, found: CollectionFinding) -> Answer:
        """What many photos say together."""
        photos = found.photos or len(found.evidence)
        only = exact(CLEAN, found.fix)
        return Answer(
            rule=found.rule,
            title=title(found.rule, dict(self.titles)),
            level=found.level.word,
            sure=SURENESS[found.confidence],
            numbers=f"from {count(photos, 'photo')}",
            message=full(found.message),
            where=self._where(found),
            why=tuple(map(full, map(capital, found.why))),
            wrong=tuple(map(full, found.could_be_wrong_if)),
            photos=[self._named(name) for name in found.evidence[:_MOST_NAMED]],
            more=photos - min(_MOST_NAMED, len(found.evidence)),
            of_posts=False,
            shows=self._set(found.evidence),
            remedy=full(capital(found.after)) if found.after and not found.fix else "",
            commands=[only or remedied(CLEAN, self.heading.paths)] if found.fix else [],
            is_wider=bool(found.fix) and only is None,
            fix=[self._named(name) for name in found.fix[:_MOST_NAMED]],
            fixes=len(found.fix),
            fix_shows=self._set(found.fix),
            after=full(capital(found.after)) if found.after and found.fix else "",
            reason="",
            map=self._map(found),
        )

    def _named(self, name: str) -> Named:
        return Named(file_name(name, _LONGEST_NAME), self.rows.get(name, -1))

    def _set(self, names: Sequence[str]) -> int:
        """The number of a new set; -1 when it would be empty."""
        rows = [self.rows[name] for name in names if name in self.rows]
        if not rows:
            return -1
        self.sets.append(rows)
        return len(self.sets) - 1

    def _where(self, found: CollectionFinding) -> Value | None:
        """A place in words and in degrees."""
        if found.place is None:
            return None
        whole = spot(found.place, found.radius_m, True) if self.heading.reveal else None
        return Value(capital(spot(found.place, None, False)), False, whole and capital(whole))

    def _map(self, found: CollectionFinding) -> _maps.Local | None:
        """Its surroundings; only where the page may hold exact positions."""
        spot = found.place
        if not self.heading.reveal or spot is None or spot.latitude is None or spot.longitude is None:
            return None
        if not in_words(spot.latitude, spot.longitude) or self._drawn >= _MOST_MAPS:
            return None
        self._drawn += 1
        return _maps.local(self.collection, spot.latitude, spot.longitude, found.radius_m)


def full(words: str) -> str:
    """With a full stop at the end."""
    shown = sentence(words)
    return shown if not shown or shown.endswith((".", "!", "?", "…")) else shown + "."


def _urgency(found: CollectionFinding | Group) -> tuple[int, bool, int, int, str]:
    """Level first; what many photos say together before what single photos say."""
    photos = found.photos if isinstance(found, Group) else found.photos or len(found.evidence)
    return -found.level, isinstance(found, Group), -found.confidence, -photos, found.rule
