"""What a report for people keeps of what passes: counts, a few examples, the worst. Never the photos or the posts."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from exposure.model import Confidence, Examination, Examined, Finding, Level, Problem, Question
from exposure.post import ACCOUNT_DATA, PostExamination
from exposure.reports._gathered_posts import Posts
from exposure.reports._posts import name
from exposure.reports._words import sentence, shown
from exposure.text import plain

MOST_EXAMPLES = 3
MOST_WORST = 10
MOST_PROBLEMS = 20
_MOST_TITLES = 4

_TOLD_APART = frozenset({"unexamined", "unread-metadata"})
"""What could not be read has a section of its own; these rules say it in the outputs that have none."""


@dataclass(slots=True)
class Group:
    """Everything that one rule found at one level, in the words of the first finding."""

    rule: str
    level: Level
    confidence: Confidence
    question: Question
    message: str
    remedy: str
    command: str
    reason: str
    photos: int = 0
    media: int = 0
    """How many of these are media that is not read yet: only their names were looked at."""
    of_posts: bool = False
    """Whether this is about posts: then `photos` counts those."""
    examples: list[tuple[str, str]] = field(default_factory=list)
    """A photo's name, and the first value that its finding rests on, masked where that is due."""


@dataclass(frozen=True, slots=True, order=True)
class Worst:
    """A photo's place among the worst: more findings of the highest level first, earlier photos before later."""

    levels: tuple[int, ...]
    """How many findings of each level, critical first."""
    early: int
    name: str = field(compare=False)
    rules: tuple[tuple[Level, str], ...] = field(compare=False)
    """Its worst findings' levels and rules, worst first; smaller things are only counted."""

    @property
    def findings(self) -> int:
        return sum(self.levels)


@dataclass(slots=True)
class Gathered:
    """The counts and examples of one run."""

    reveal: bool
    photos: int = 0
    """Photos only: media that is not read yet and other files are counted apart."""
    examined: Counter[Examined] = field(default_factory=Counter)
    levels: Counter[Level | None] = field(default_factory=Counter)
    """How many photos have this as their worst level; None for those that were read and in which nothing was found."""
    unclear: int = 0
    """How many photos could not be read, wholly or in part, and have no other finding."""
    begin: str | None = None
    """The first photo in which something was found, or the first at all."""
    _found: bool = False
    other_files: int = 0
    media: Counter[str] = field(default_factory=Counter)
    groups: dict[tuple[str, Level], Group] = field(default_factory=dict)
    worst: list[Worst] = field(default_factory=list)
    """A heap, the least bad first."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """The first photos that could not be read, and why."""
    unread: int = 0
    """How many photos could not be read whole or at all."""
    lists: list[tuple[str, str]] = field(default_factory=list)
    """The first of an archive's own lists that could not be read, and why."""
    unread_lists: int = 0
    uncompared: int = 0
    """How many photos have a preview that was not compared with the picture."""
    posts: Posts = field(init=False)

    def __post_init__(self) -> None:
        self.posts = Posts(self.reveal)

    def add(self, examination: Examination) -> None:
        if examination.media == "other":
            self.other_files += 1
            return
        if examination.media == ACCOUNT_DATA:
            self._keep_list(examination)
            return
        if examination.media:
            self.media[examination.media] += 1
            self._keep_findings(examination)  # a name may tell something, whatever it is the name of
            return
        self.photos += 1
        self.examined[examination.examined] += 1
        if _has_gaps(examination):
            self._keep_problem(examination)
        if examination.facts.pictures:
            self.uncompared += any(
                p.likeness is None and p.kind in ("thumbnail", "preview") for p in examination.facts.pictures
            )
        self._keep_level(examination)
        self._keep_findings(examination)
        if examination.findings:
            self._keep_worst(examination)

    def add_post(self, examination: PostExamination) -> None:
        """What its photos give away is told of them already."""
        self.posts.add(examination)
        for finding in examination.findings:
            self._keep_finding(name(examination.post), finding, of_posts=True)

    @property
    def files(self) -> int:
        """Everything that a finding can be about."""
        return self.photos + sum(self.media.values())

    def _keep_level(self, examination: Examination) -> None:
        """Under its worst finding; a gap in what was read is no finding that a level could be told from."""
        levels = [f.level for f in examination.findings if f.rule not in _TOLD_APART]
        if levels or not _has_gaps(examination):
            self.levels[max(levels, default=None)] += 1
        else:
            self.unclear += 1
        if self.begin is None or (levels and not self._found):
            self.begin, self._found = examination.name, bool(levels)

    def _keep_findings(self, examination: Examination) -> None:
        for finding in examination.findings:
            if finding.level >= Level.MEDIUM or finding.rule not in _TOLD_APART:
                self._keep_finding(examination.name, finding, bool(examination.media))

    def _keep_list(self, examination: Examination) -> None:
        self.unread_lists += 1
        if len(self.lists) < MOST_PROBLEMS:
            self.lists.append((examination.name, "; ".join(_reasons(examination.problems))))

    def _keep_problem(self, examination: Examination) -> None:
        self.unread += 1
        if len(self.problems) >= MOST_PROBLEMS:
            return
        begin = "not read at all" if examination.examined is Examined.NONE else "read in part"
        self.problems.append((examination.name, "; ".join([begin, *_reasons(examination.problems)])))

    def _keep_finding(self, name: str, finding: Finding, media: bool = False, of_posts: bool = False) -> None:
        rule, level, confidence, question, message, reason, _, remedy, _, command = finding
        group = self.groups.get((rule, level))
        if group is None:
            group = Group(rule, level, confidence, question, message, remedy, command, reason)
            group.of_posts = of_posts
            self.groups[rule, level] = group
        if command and not group.command:  # the first was a file of which there is no clean copy
            group.remedy, group.command = remedy, command
        group.photos += 1
        group.media += media
        if len(group.examples) < MOST_EXAMPLES:
            value = shown(finding.evidence[0], self.reveal) if finding.evidence else ""
            value = "" if value and name.endswith(value) else value  # a finding about the name itself
            group.examples.append((name, value))

    def _keep_worst(self, examination: Examination) -> None:
        levels = [0] * len(Level)
        for finding in examination.findings:
            levels[Level.CRITICAL - finding.level] += 1
        if not any(levels[: Level.CRITICAL - Level.LOW]):
            return  # nothing above low: not a photo to begin with
        rank = tuple(levels), -self.photos
        if len(self.worst) == MOST_WORST and rank < (self.worst[0].levels, self.worst[0].early):
            return
        found = sorted(
            (f for f in examination.findings if f.level >= Level.MEDIUM),
            key=lambda f: (-f.level, -f.confidence, f.rule),
        )
        rules = tuple((f.level, f.rule) for f in found[:_MOST_TITLES])
        entry = Worst(*rank, examination.name, rules)
        (heapq.heappush if len(self.worst) < MOST_WORST else heapq.heapreplace)(self.worst, entry)


def _reasons(problems: tuple[Problem, ...]) -> list[str]:
    """The first problem, where in the file it is, and how many more there are."""
    if not problems:
        return []
    where, message = problems[0]
    more = [f"and {len(problems) - 1:,} more"] if len(problems) > 1 else []
    words = sentence(message)
    if where != "file":
        offset = words.rfind(" (at byte ") if words.endswith(")") else -1
        words = (
            f"{words[:offset]} ({plain(where)}, {words[offset + 2 :]}"
            if offset > 0
            else f"{words} ({plain(where)})"
        )
    return [words, *more]


def _has_gaps(examination: Examination) -> bool:
    return bool(examination.problems) or examination.examined in (Examined.PARTIAL, Examined.NONE)
