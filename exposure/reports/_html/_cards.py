"""Every post as one compact row of plain data, from which the page's script makes cards; the first also without it.

A row is a JSON array in the order of `Row`. It is packed in memory until all posts have passed, so that the rows can be
written in the order in which posts should be seen to. A link is only in the page where values may be shown in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from exposure.model import Level
from exposure.post import ACTIONS, PostExamination
from exposure.reports._held import Ranked
from exposure.reports._html._inert import inert
from exposure.reports._html._rows import Shared, Words
from exposure.reports._html._values import Value
from exposure.reports._posts import ACTIONS as IN_WORDS
from exposure.reports._posts import GROUPS, TIERS, Card, card, group, rank
from exposure.reports._words import SURENESS

MOST_SHOWN = 50
"""The most urgent posts, which the page shows without its script too."""
_MOST_REASONS = 12
_MOST_PHOTOS = 12
_ALIKE = '["flickr:51000000001","0123456789abcdef",0,0,3,5,"2024-01-01",["12 characters",1],["privacy=\\"public\\""],[[1,3,2,4],[],'

_GROUPS, _TIERS = list(GROUPS), list(TIERS)


class Row(NamedTuple):
    """One post in the list."""

    name: str
    mark: str
    group: int
    """A place in `GROUPS`, as long as it is not ticked off."""
    done: int
    """1 when the person had ticked it off before this report."""
    level: int
    """-1 for nothing found."""
    service: Words
    posted: str
    caption: list[Any]
    """Text, 1 when it is masked, and in full; empty for none."""
    seen_by: Words
    evidence: list[Any]
    why: list[list[Any]]
    """Each as rule, level, confidence, message."""
    action: int
    steps: list[Words]
    link: str
    web: int
    """Whether the link may be one that can be clicked."""
    tier: int
    photos: list[str]
    more: int
    """How many photos there are besides."""


class Cards:
    """The posts so far."""

    __slots__ = ("_held", "_reveal", "_words", "links", "services")

    def __init__(self, words: Shared, reveal: bool) -> None:
        self._held = Ranked(_ALIKE)
        self._words, self._reveal = words, reveal
        self.links = False
        """Whether there is a link that can be clicked."""
        self.services: dict[str, dict[str, None]] = {}
        """Their names in words, and what no deletion undoes there."""

    def __len__(self) -> int:
        return len(self._held)

    def add(self, examination: PostExamination) -> None:
        row = self._row(examination)
        self.links |= bool(row.web)
        self._held.add(
            rank(replace(examination, is_done=False)), inert(row)
        )  # a tick can be taken away in the page

    def rows(self) -> Iterator[str]:
        """As they stand in the page, the most urgent first."""
        return self._held.sorted()

    def first(self) -> list[dict[str, Any]]:
        """The most urgent that are not ticked off, as the page shows them without its script."""
        words = self._words.all()
        left = (row for row in (Row(*json.loads(text)) for text in self._held.sorted()) if not row.done)
        return [_shown(row, words) for row in islice(left, MOST_SHOWN)]

    def _row(self, examination: PostExamination) -> Row:
        post = card(examination, False)
        full = card(examination, True) if self._reveal else None
        words = self._words
        self.services.setdefault(post.service, {}).update(dict.fromkeys(post.stays))
        return Row(
            post.name,
            post.mark,
            _GROUPS.index(group(replace(examination, is_done=False))),
            int(examination.is_done),
            -1 if post.level is None else int(post.level),
            words(post.service),
            post.posted,
            _value(Value(post.caption, post.caption_masked, full and full.caption)),
            words(post.seen_by),
            _value(_evidence(post, full)),
            [
                [words(w.rule), int(w.level), int(w.confidence), words(w.message)]
                for w in post.why[:_MOST_REASONS]
            ],
            ACTIONS.index(post.action),
            [words(step) for step in post.steps],
            full.link if full is not None else "",
            int(full is not None and full.is_web),
            _TIERS.index(post.tier),
            list(post.photos[:_MOST_PHOTOS]),
            max(0, len(post.photos) - _MOST_PHOTOS),
        )


def named() -> dict[str, Any]:
    """What the script needs to know of rows."""
    return {
        "columns": Row._fields,
        "groups": list(GROUPS.items()),
        "tiers": list(TIERS.items()),
        "actions": [IN_WORDS[action] for action in ACTIONS],
    }


def _evidence(post: Card, full: Card | None) -> Value:
    if full is None or full.evidence == post.evidence:
        return Value(post.evidence)
    return Value(post.evidence.removesuffix(" (masked)"), True, full.evidence)


def _value(shown: Value) -> list[Any]:
    if not shown.text:
        return []
    if not shown.hidden:
        return [shown.text]
    return [shown.text, 1] if shown.full is None else [shown.text, 1, shown.full]


def _shown(row: Row, words: list[str]) -> dict[str, Any]:
    """A row for the template."""

    def said(shared: Words) -> str:
        return words[shared] if isinstance(shared, int) else shared

    return {
        "name": row.name,
        "level": Level(row.level).word if row.level >= 0 else "",
        "group": "done" if row.done else _GROUPS[row.group],
        "service": said(row.service),
        "posted": row.posted,
        "caption": Value(*_unpacked(row.caption)),
        "seen_by": said(row.seen_by),
        "evidence": Value(*_unpacked(row.evidence)),
        "why": [(said(w[0]), said(w[3]), Level(w[1]).word, _SURE[w[2]]) for w in row.why],
        "steps": [said(step) for step in row.steps],
        "link": row.link,
        "web": row.web,
        "tier": TIERS[_TIERS[row.tier]],
        "has_link": _TIERS[row.tier] != "none",
        "photos": row.photos,
        "more": row.more,
    }


_SURE = {int(confidence): word for confidence, word in SURENESS.items()}


def _unpacked(value: list[Any]) -> tuple[str, bool, str | None]:
    text, hidden, full = value + ["", 0, None][len(value) :]
    return text, bool(hidden), full
