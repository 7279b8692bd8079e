"""A post judged: what it gives away with its photos, for whom, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from exposure.context import adjust
from exposure.model import Context, Examination, Finding, Settings
from exposure.plugins import PostRule, discover
from exposure.post import Post, Posted, PostExamination
from exposure.posts._steps import stays, steps

__all__ = ["context_of", "judged"]

_AUDIENCES = {
    "public": "public",
    "unlisted": "link",
    "followers": "friends",
    "limited": "friends",
    "private": "not-shared-yet",
}


def context_of(post: Post | None, context: Context) -> Context:
    """Under which name and for whom a post stands: what it says of itself wins over the command line."""
    if post is None:
        return context
    audience = _AUDIENCES.get(post.visibility.value, context.audience)
    return replace(context, persona=post.persona or context.persona, audience=audience)


def judged(
    post: Post, photos: Sequence[Examination], settings: Settings, is_done: bool = False
) -> PostExamination:
    """What a post gives away, the worst first, and what to do. `photos`: those of its photos that were examined."""
    own = replace(settings, context=context_of(post, settings.context))
    found = tuple(_findings(Posted(post, tuple(photos), settings.today), own))
    shown = tuple(_worst(photo.findings for photo in photos))
    todo = steps(post, found, shown)
    return PostExamination(
        post, found, shown, todo[0].action, tuple(step.sentence for step in todo), stays(post), is_done
    )


@cache
def _rules() -> tuple[PostRule, ...]:
    return discover("rules", PostRule)


def _findings(posted: Posted, settings: Settings) -> Iterable[Finding]:
    found = []
    for rule in _rules():
        verdict = rule.check(posted)
        if verdict is None:
            continue
        level, gate, why = adjust(
            rule,
            rule.level if verdict.level is None else verdict.level,
            rule.confidence if verdict.confidence is None else verdict.confidence,
            verdict.evidence,
            settings.context,
            settings.today,
        )
        found.append(
            Finding(
                rule.id,
                level,
                rule.confidence if verdict.confidence is None else verdict.confidence,
                rule.question,
                verdict.message or rule.message,
                why,
                verdict.evidence,
                verdict.remedy or rule.remedy,
                gate,
                rule.command if verdict.command is None else verdict.command,
            )
        )
    return sorted(found, key=lambda f: (-f.level, -f.confidence))


def _worst(findings: Iterable[Sequence[Finding]]) -> list[Finding]:
    """Of each rule the worst finding, the worst first."""
    by_rule: dict[str, Finding] = {}
    for some in findings:
        for each in some:
            known = by_rule.get(each.rule)
            if known is None or (each.level, each.confidence) > (known.level, known.confidence):
                by_rule[each.rule] = each
    return sorted(by_rule.values(), key=lambda f: (-f.level, -f.confidence))
