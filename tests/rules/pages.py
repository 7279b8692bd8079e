"""What every rule owes a person who reads about it."""

from __future__ import annotations

import inspect
import re

from exposure.plugins import PostRule, Rule, plugins_of

HEADINGS = ["Why it matters", "What to do", "What that does not do", "Covers", "References"]


def rules_of(module: str) -> tuple[Rule, ...]:
    return plugins_of(f"rules.{module}", Rule)


def post_rules_of(module: str) -> tuple[PostRule, ...]:
    return plugins_of(f"rules.{module}", PostRule)


def check_page(rule: Rule | PostRule) -> None:
    """A page has its headings in order, with text under each, and neither it nor the rule's sentences promise too much."""
    page = inspect.getdoc(rule.check) or ""
    lines = page.splitlines()
    assert lines and lines[0].endswith("."), f"{rule.id} does not begin with a sentence"
    assert [line for line in lines[1:] if line and not line.startswith(" ")] == HEADINGS, rule.id
    for heading in HEADINGS:
        assert re.search(rf"\n{heading}\n    \S", page), f"{rule.id} says nothing under {heading}"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    for sentence in (rule.message, rule.remedy):
        assert sentence.endswith(".") and "\n" not in sentence and "exposure clean" not in sentence
