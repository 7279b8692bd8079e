"""Making a function into a rule for posts, leaving its docstring as the rule's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from exposure.model import Confidence, Level, Question, Verdict
from exposure.plugins import PostRule
from exposure.post import Posted

Check = Callable[[Posted], Verdict | None]


def post_rule(
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
) -> Callable[[Check], PostRule]:
    """As `exposure.plugins.rule` does for photos."""
    return lambda check: PostRule(
        id,
        title,
        question,
        level,
        message,
        remedy,
        check,
        confidence,
        frozenset(raised_for),
        frozenset(critical_for),
        persona or {},
    )
