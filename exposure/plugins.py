"""The kinds of thing that can be added, and the one way they are found.

To add one, put one module in that package, holding instances of the matching class below: `discover` finds them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Protocol, Self, TextIO, TypeVar

from exposure.collection import Collection
from exposure.model import (
    Block,
    Claim,
    CollectionFinding,
    Confidence,
    Depth,
    Embedded,
    Examination,
    Fact,
    Field,
    Kept,
    Kind,
    Level,
    Part,
    Photo,
    Problem,
    Question,
    Settings,
    Verdict,
)
from exposure.post import Account, Inventory, Post, Posted, PostExamination
from exposure.source import FileSource, Range, Window
from exposure.stores import Store

T = TypeVar("T")


def block_each(window: Window, parts: Sequence[Part]) -> Iterator[Block]:
    """One block for each metadata part: enough for formats that never split or pack a block."""
    for part in parts:
        if part.kind is not None:
            payload = part.payload or (part.offset, part.length)
            yield Block(part.kind, part.where, window.part(*payload), window)


def no_dimensions(window: Window, parts: Sequence[Part]) -> tuple[int, int]:
    return 0, 0


def all_is_shown(window: Window) -> str:
    return ""


Piece = Range | bytes
"""A piece of a clean copy: picture data of the original, by its place there, or bytes that we wrote."""


@dataclass(frozen=True, slots=True)
class Format:
    """A container format: how to know it, take it apart, and put it together again."""

    name: str
    extensions: tuple[str, ...]
    """Lower case, with the dot."""
    sniff: Callable[[bytes], bool]
    """Whether a file that begins with these bytes (up to 64 kB) is of this format. Needs at most 64 of them where possible."""
    parts: Callable[[Window, Depth], Iterator[Part]]
    """Tile the file from 0 to its size; MalformedFile, after the good parts, where its own rules are broken."""
    blocks: Callable[[Window, Sequence[Part]], Iterator[Block | Embedded | Problem]] = block_each
    """The metadata blocks of those parts, joined and unpacked."""
    dimensions: Callable[[Window, Sequence[Part]], tuple[int, int]] = no_dimensions
    """Width and height in pixels; (0, 0) when unknown."""
    rewrite: Callable[[Window, Sequence[Part], Kept], Iterator[Piece]] | None = None
    """A clean copy, piece by piece, from the parts of a deep tiling: picture parts as they are, structure written
    anew, what is kept written from its values, and nothing else. The same input gives the same copy, and a copy gives
    itself. CannotClean says why there can be none; None: this format is never written."""
    carries: frozenset[str] = frozenset()
    """What of `Kept` a copy in this format can hold: tags, icc, xmp, gain-map, motion; and "orientation" where the
    orientation is one of the tags (otherwise the format turns its picture by itself)."""
    unshown: Callable[[Window], str] = all_is_shown
    """A sentence on what of the picture itself nobody is shown and stays in a copy, such as what was cropped away;
    empty for nothing."""


def no_facts(fields: Sequence[Field]) -> Iterable[Fact]:
    return ()


@dataclass(frozen=True, slots=True)
class Decoder:
    """Turns blocks of one kind into fields, and into whatever blocks and files are found inside."""

    kind: Kind
    decode: Callable[[Block], Iterator[Field | Block | Embedded | Problem]]
    facts: Callable[[Sequence[Field]], Iterable[Fact]] = no_facts
    """What the fields of this kind in one file mean. They may come from several blocks."""


CLEAN, RENAME, NO_COMMAND = "clean", "clean --rename", ""
"""What a rule's remedy is done with."""


@dataclass(frozen=True, slots=True)
class _Rule(Generic[T]):
    """What rules of every kind say of themselves. Its check's docstring is a rule's page."""

    id: str
    """A kebab-case problem, readable after "allow"."""
    title: str
    """A few words for a heading."""
    question: Question
    level: Level
    message: str
    """One sentence that says what a stranger learns, without any value."""
    remedy: str
    """One sentence that says what to do."""
    check: Callable[[T], Verdict | None]
    confidence: Confidence = Confidence.CERTAIN
    raised_for: frozenset[str] = frozenset()
    """Profiles that raise it one step, never above high."""
    critical_for: frozenset[str] = frozenset()
    persona: Mapping[str, int] = field(default_factory=dict)
    """Steps for a named or a pseudonymous account."""
    leaves_with_file: bool = True
    """False when no platform that strips metadata takes it away: file names, the picture itself."""
    command: str = CLEAN
    """The words of the exposure command that does what the remedy says, without its paths; empty for none."""

    @classmethod
    def of(
        cls,
        id: str,
        title: str,
        question: Question,
        level: Level,
        *,
        message: str,
        remedy: str,
        confidence: Confidence = Confidence.CERTAIN,
        raised_for: Iterable[str] = (),
        critical_for: Iterable[str] = (),
        persona: Mapping[str, int] | None = None,
        leaves_with_file: bool | None = None,
        command: str | None = None,
    ) -> Callable[[Callable[[T], Verdict | None]], Self]:
        """Make a function into a rule of this kind, leaving its docstring as the rule's page."""
        words = (id, title, question, level, message, remedy)
        own = {"leaves_with_file": leaves_with_file, "command": command}
        more: dict[str, Any] = {key: value for key, value in own.items() if value is not None}
        profiles = frozenset(raised_for), frozenset(critical_for)
        return lambda check: cls(*words, check, confidence, *profiles, persona or {}, **more)


@dataclass(frozen=True, slots=True)
class Rule(_Rule[Photo]):
    """A check of one photo."""


@dataclass(frozen=True, slots=True)
class PostRule(_Rule[Posted]):
    """A check of one post, with what its photos gave."""

    leaves_with_file: bool = False
    """Never: what is in a post no platform takes out."""
    command: str = NO_COMMAND


rule, post_rule = Rule.of, PostRule.of
"""Make a function into a rule."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Findings that are worse together than alone: at least one of each group must have been found in one photo."""

    id: str
    title: str
    question: Question
    level: Level
    message: str
    remedy: str
    groups: tuple[frozenset[str], ...]
    """Rule ids, a group for each thing that must come together."""
    page: str
    confidence: Confidence = Confidence.FIRM
    raised_for: frozenset[str] = frozenset()
    critical_for: frozenset[str] = frozenset()
    persona: Mapping[str, int] = field(default_factory=dict)
    leaves_with_file: bool = True
    command: str = CLEAN


@dataclass(frozen=True, slots=True)
class Inference:
    """A check of many photos together: what they give away only as a set."""

    id: str
    title: str
    question: Question
    level: Level
    """The worst that it says."""
    infer: Callable[[Collection], Iterable[Claim]]
    """What it says of these photos, the same whatever their order. Its docstring is the inference's page."""


def alone(name: str) -> str | None:
    return None


Item = Post | FileSource | Examination | Inventory
"""What an archive gives, one after the other. A post comes before its photos, and they follow it directly; a photo
comes once, though it lies in several places; an Examination is a file that cannot be read, and says why; the
inventory comes last."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A place photos come from: a folder, or the archive of an account that a service hands out."""

    name: str
    """As in `Post.service` and in file names: google-photos."""
    title: str
    """In words."""
    recognise: Callable[[Store], bool]
    """Whether this is one, by the names in it and a look into few files."""
    items: Callable[[Store], Iterator[Item]]
    """Everything in it, in a fixed order. CannotRun when it cannot be opened at all."""
    rank: int = 0
    """The most specific archive that recognises a store wins."""
    part: Callable[[str], str | None] = alone
    """What several part zips of one export have in common, from the name of one; None when it is none of its parts."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a report says of itself before the first photo."""

    version: str
    settings: Settings
    paths: tuple[str, ...]
    """As given on the command line."""
    reveal: bool = False
    """Show values in full instead of masked."""
    after: bool = False
    """The report is on the clean copies as they would be, not on the files as they are."""
    accounts: tuple[Account, ...] = ()  # that the person named


class Writing(Protocol):
    """A report being written. Photos pass one at a time; nothing else is kept of them than the writer keeps."""

    def photo(self, examination: Examination) -> None: ...

    def post(self, examination: PostExamination) -> None:
        """After all its photos."""

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None: ...


@dataclass(frozen=True, slots=True)
class Writer:
    """An output. Its module's name is the word after ``--format``."""

    name: str
    begin: Callable[[TextIO, Heading], Writing]
    marks: tuple[str, ...]
    """One of these stands at the beginning of every report of this kind, and hardly of another file: so an earlier report
    is told from what must not be replaced."""


def modules(package: str) -> tuple[str, ...]:
    """The names of the public modules of ``exposure.<package>``, without importing them."""
    home = importlib.import_module(f"exposure.{package}")
    return tuple(sorted(m.name for m in pkgutil.iter_modules(home.__path__) if not m.name.startswith("_")))


def plugins_of(module: str, cls: type[T]) -> tuple[T, ...]:
    """Every instance of `cls` in ``exposure.<module>``, in the order they stand there."""
    members: Iterable[Any] = vars(importlib.import_module(f"exposure.{module}")).values()
    return tuple(m for m in members if isinstance(m, cls))


@cache
def discover(package: str, cls: type[T]) -> tuple[T, ...]:
    """Every instance of `cls` in the public modules of ``exposure.<package>``, by module name."""
    return tuple(x for name in modules(package) for x in plugins_of(f"{package}.{name}", cls))
