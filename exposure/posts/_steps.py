"""What can be done about a post, the least destructive first, and what stays whatever is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exposure.model import Finding, Level
from exposure.post import Post


class Step(NamedTuple):
    """One thing to do."""

    action: str
    """One of `exposure.post.ACTIONS`."""
    sentence: str


def steps(post: Post, findings: Sequence[Finding], shown: Sequence[Finding]) -> list[Step]:
    """At least one."""
    worst = max((f.level for f in (*findings, *shown)), default=Level.INFO)
    if not post.own:
        return [Step("leave", "Somebody else made this: ask them if it should go.")]
    if worst < Level.MEDIUM or post.status in ("deleted", "expired"):
        return [Step("leave", "Nothing needs to be done.")]
    if post.visibility.value == "unknown":
        return [Step("cannot-tell", "Look who can see this post, for the archive does not say.")]
    return [Step("delete", "Delete the post.")]


def stays(post: Post) -> tuple[str, ...]:
    """What deleting the post does not undo."""
    return ("Copies that others saved stay.",)
