"""Posts for rule tests, made from the facts that are in them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest

from exposure.model import Address, Examination, Examined, Fact, Facts, Finding, Place, Text, Time, Verdict
from exposure.plugins import PostRule
from exposure.post import Post, Posted, Visibility

AT = Address("Flickr:photo_51.json:geo")
PUBLIC = Visibility("public", 'privacy="public"')
NOON = "2026-11-20T12:00:00Z"
TODAY = "2026-11-21"


def posted(
    *facts: Fact,
    stored: Sequence[Fact] = (),
    seen: Sequence[Examination] = (),
    today: str = TODAY,
    **more: Any,
) -> Posted:
    """``posted(caption("At sea"), visibility=PUBLIC)``: of a post with one photo, made on 20 November 2026."""
    words = {"service": "flickr", "id": "51", "posted": NOON, "photos": ("a.jpg",), **more}
    return Posted(Post(facts=Facts.sorted(facts), stored=Facts.sorted(stored), **words), tuple(seen), today)


def caption(words: str) -> Text:
    return Text("caption", words, AT)


def tag(word: str) -> Text:
    return Text("keyword", word, AT)


def there(latitude: float = 48.137, longitude: float = 11.575, name: str | None = None, **more: Any) -> Place:
    return Place(latitude, longitude, more.get("accuracy_m"), name, AT)


def named(name: str) -> Place:
    return Place(None, None, None, name, AT, "named")


def taken(local: str, offset: str | None = None, kind: str = "taken") -> Time:
    return Time(kind, local, offset, AT)


def photo(*facts: Fact, found: Sequence[Finding] = (), name: str = "a.jpg") -> Examination:
    return Examination(name, "JPEG", Examined.COMPLETE, Facts.sorted(facts), tuple(found))


def values(found: Verdict | None) -> list[str]:
    """What a verdict rests on; empty for none."""
    return [e.value for e in found.evidence] if found is not None else []


HOSTILE = (
    "",
    " \t\n",
    "🌊🌊🌊 ❤️",
    "\x1b[2J\x1b]0;pwned\x07",
    "\u202egnp.exe\u202c \u2066\u200b\u200d\ufeff",
    '=HYPERLINK("http://evil")',
    "<script>alert(1)</script>",
    "\ud800 lone",
    "#" * 5_000,
    "📍" * 5_000,
    "every every every " * 2_000,
    "in In in In " * 3_000,
    "my " * 10_000,
    "1 " * 10_000,
    "12 " + "Aa " * 5_000 + "Street",
    "Aa" * 50_000,
    "daughter " * 4_000,
    "photo of " * 4_000,
    "ул. " * 4_000,
    "(" * 20_000,
    "+1 " * 8_000,
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 2_000,
    "a\u0301" * 20_000,
    "北京" * 5_000,
    "\0" * 1_000,
)
"""Captions that are built to break something."""


def check_hostile(rule: PostRule) -> None:
    """Whatever stands in a caption, tag, description or name, a rule says something or nothing, and soon."""
    begin = time.process_time()
    for words in HOSTILE:
        kinds = ("caption", "keyword", "alt", "path")
        facts = [Text(kind, words, AT) for kind in kinds]
        rule.check(posted(*facts, named(words), visibility=PUBLIC, account=words, posted=words[:40]))
        rule.check(
            posted(*facts, there(name=words), taken(words[:40], words[:8]), there(float("nan"), 1e300))
        )
    assert time.process_time() - begin < 5


def check_silent(rule: PostRule) -> None:
    """An empty post gives nothing."""
    assert rule.check(posted()) is None
    assert rule.check(posted(photos=(), posted="")) is None


def each(*cases: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("words", cases)
