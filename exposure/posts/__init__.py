"""A post judged: what it gives away with its photos, for whom, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from exposure.context import weighed
from exposure.model import Context, Examination, Finding, Level, Settings
from exposure.plugins import PostRule, discover
from exposure.post import Post, Posted, PostExamination
from exposure.posts._services import platform_of
from exposure.posts._steps import GONE, may_be_kept, stays, steps

__all__ = ["context_of", "judged", "weight"]

_AUDIENCES = {
    "public": "public",
    "unlisted": "link",
    "followers": "friends",
    "limited": "friends",
    "private": "not-shared-yet",
}


_CERTAINTY = {"public": 10, "unlisted": 7, "unknown": 6, "followers": 4, "limited": 3, "private": 1}
"""How sure it is that strangers see a post, in tenths."""
_WORTH = {Level.INFO: 0, Level.LOW: 1, Level.MEDIUM: 4, Level.HIGH: 12, Level.CRITICAL: 40}
"""What a finding weighs: one step worse outweighs any doubt about who sees it but that it is private."""


def context_of(post: Post | None, context: Context) -> Context:
    """Under which name, for whom and where a post stands: what it says of itself wins over the command line."""
    if post is None:
        return context
    audience = _AUDIENCES.get(post.visibility.value, context.audience)
    return _moved(
        context, post.persona or context.persona, audience, platform_of(post) or context.destination
    )


@lru_cache(maxsize=256)
def _moved(context: Context, persona: str, audience: str, destination: str | None) -> Context:
    """The same object for the same circumstances: thousands of posts share them."""
    tested = (
        context.tested if destination == context.destination else ()
    )  # what was compared was another platform
    return replace(context, persona=persona, audience=audience, destination=destination, tested=tested)


def judged(
    post: Post, photos: Sequence[Examination], settings: Settings, is_done: bool = False
) -> PostExamination:
    """What a post gives away, the worst first, and what to do. `photos`: those of its photos that were examined.

    What somebody else made gives nothing. What is not public any more is listed, and weighs nothing.
    """
    context = context_of(post, settings.context)
    found = tuple(_findings(Posted(post, tuple(photos), settings.today), context)) if post.own else ()
    shown = tuple(_worst(photo.findings for photo in photos))
    if may_be_kept(post):
        why = "its time is over, so it is only shown if you kept it"
        found, shown = _lowered(found, Level.MEDIUM, why), _lowered(shown, Level.MEDIUM, why)
    elif post.is_gone:
        why = f"it is not public any more, for {GONE[post.status]}"
        found, shown = _lowered(found, Level.INFO, why), _lowered(shown, Level.INFO, why)
    elif post.visibility.value == "private":
        why = "only you can see it, as the archive says"
        found, shown = _lowered(found, Level.LOW, why), _lowered(shown, Level.LOW, why)
    todo = steps(post, found, shown, context)
    sentences = tuple(step.sentence for step in todo)
    return PostExamination(post, found, shown, todo[0].action, sentences, stays(post, todo), is_done)


def weight(examination: PostExamination) -> tuple[int, int, int]:
    """How much exposure one action on this post removes: the to-do list begins with the heaviest.

    First whether there is anything left to do: what is ticked off, not public any more or somebody else's comes last.
    Then how sure it is that strangers see it, times the worst that was found. Then how many findings there are.
    """
    post = examination.post
    found = [f for f in (*examination.findings, *examination.shown) if f.level is not Level.INFO]
    is_open = not examination.is_done and post.own and not examination.is_gone
    worst = max((f.level for f in found), default=Level.INFO)
    return (int(is_open), _CERTAINTY.get(post.visibility.value, 6) * _WORTH[worst], len(found))


def _lowered(findings: Sequence[Finding], level: Level, why: str) -> tuple[Finding, ...]:
    """What nobody else can see exposes little, or nothing."""
    return tuple(
        f
        if f.level <= level
        else f._replace(
            level=level,
            gate=min(f.gate, level),
            reason="; then ".join(filter(None, (f.reason, f"lowered from {f.level.word}: {why}"))),
        )
        for f in findings
    )


@cache
def _rules() -> tuple[PostRule, ...]:
    return discover("rules", PostRule)


def _findings(posted: Posted, context: Context) -> Iterable[Finding]:
    verdicts = ((rule, rule.check(posted)) for rule in _rules())
    found = [
        weighed(rule, verdict, context, posted.today) for rule, verdict in verdicts if verdict is not None
    ]
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
