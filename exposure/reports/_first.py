"""What to do first, beside the plan over many photos: what no clean copy helps against, and the gravest single photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exposure.model import CollectionFinding, Level
from exposure.plugins import CLEAN, Heading
from exposure.reports._commands import exact, remedied
from exposure.reports._gathered import MOST_WORST, Gathered
from exposure.reports._words import PLAN, capital, count, sentence, title


class Step(NamedTuple):
    """One thing to do."""

    lead: str
    """What it is about; empty where the words say so."""
    words: str
    command: str
    """Empty where there is none."""


def before_plan(found: Sequence[CollectionFinding], known: dict[str, str]) -> list[Step]:
    """What is critical and not helped by any clean copy, so that no plan holds it."""
    grave = (each for each in found if each.rule != PLAN and each.level is Level.CRITICAL)
    return [
        Step(f"{title(each.rule, known)}: ", f"{capital(sentence(each.after)).removesuffix('.')}.", "")
        for each in grave
        if each.after and not each.fix
    ]


def beside_plan(gathered: Gathered, found: Sequence[CollectionFinding], heading: Heading) -> list[Step]:
    """The photos that give away something critical by themselves and are not in the plan; without a plan, clean copies of
    all where they take away what weighs most."""
    if heading.after:
        return []
    plans = [each for each in found if each.rule == PLAN]
    if not plans:
        words = "Share clean copies instead of these files:"
        return [Step("", words, remedied(CLEAN, heading.paths))] if _copies_help(gathered) else []
    planned = {photo for plan in plans for photo in plan.fix}
    grave = [photo.name for photo in sorted(gathered.worst, reverse=True) if photo.levels[0]]
    left = [name for name in grave if name not in planned]
    if not left:
        return []
    command = exact(CLEAN, left) if gathered.levels[Level.CRITICAL] <= MOST_WORST else None
    if command is None:
        number = count(gathered.levels[Level.CRITICAL], "photo")
        words = (
            f"{number}, each by itself, give away something critical. This makes a clean copy of every photo:"
        )
        return [Step("", words, remedied(CLEAN, heading.paths))]
    these = "this photo, which gives" if len(left) == 1 else f"these {len(left)} photos, each of which gives"
    return [Step("", f"Clean also {these} away something critical by itself:", command)]


def _copies_help(gathered: Gathered) -> bool:
    """Whether there is something of weight that clean copies take away, and no posts to see to."""
    weighty = any(
        group.command == CLEAN and group.level >= Level.MEDIUM for group in gathered.groups.values()
    )
    return weighty and not gathered.posts.number
