"""The top of the report: what to do first, then the five questions, each answered in sentences.

What many photos say together stands before what single photos say: it is what nobody sees in one photo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exposure.model import CollectionFinding, Examined, Level
from exposure.plugins import Heading
from exposure.reports._first import Step, before_plan, beside_plan
from exposure.reports._gathered import Gathered, Group
from exposure.reports._page import Page, level_word
from exposure.reports._told import ANSWER, photos, tell_briefly, tell_inference, tell_plan
from exposure.reports._words import PLAN, QUESTIONS, WHAT_LEVELS_MEAN, WHAT_WORDS_MEAN, count, title

_IN_FULL = 5
"""Answers told in full, of all questions; the others take a sentence each."""
_OF_A_KIND = 3
"""Answers of one kind that are told at all; the others are counted."""
_NAMED = 3
"""Findings in single photos that are named in the answer to one question."""


def answers(
    to: Page,
    gathered: Gathered,
    collection: Sequence[CollectionFinding],
    known: dict[str, str],
    heading: Heading,
) -> None:
    """The plan, and the five questions with what is known to each."""
    first: frozenset[str] = frozenset()
    plans = [found for found in collection if found.rule == PLAN]
    before, beside = before_plan(collection, known), beside_plan(gathered, collection, heading)
    if plans or before or beside:
        to.heading("What to do first")
    for step in before:
        _step(to, step)
    for plan in plans:
        tell_plan(to, plan, heading.paths)
        first |= frozenset(plan.fix)
    for step in beside:
        _step(to, step)
    unshared = heading.settings.context.audience == "not-shared-yet"
    to.heading("What a stranger could learn" + (", if you post this" if unshared else ""))
    together = sorted((found for found in collection if found.rule != PLAN), key=_urgency)
    told = bool(together or gathered.groups)
    read = gathered.photos + gathered.posts.number - gathered.examined[Examined.NONE]
    if not read:
        to.say("None of these files could be read: what is in them is not known, and it may tell anything.")
    elif not told:
        these = "this photo is" if gathered.photos == 1 else "these photos are"
        if gathered.posts.number:
            these = "these posts are"
        to.say(f"Nothing was found in what exposure can read. That does not mean that {these} safe.")
    if told:
        _questions(to, gathered, together, known, heading.reveal, first)


def _step(to: Page, step: Step) -> None:
    to.say(step.words, style="" if step.lead else "bold", lead=step.lead)
    if step.command:
        to.command(step.command, 2)


def _questions(
    to: Page,
    gathered: Gathered,
    together: Sequence[CollectionFinding],
    known: dict[str, str],
    reveal: bool,
    first: frozenset[str],
) -> None:
    full = _in_full(together)
    for question, words in QUESTIONS.items():
        guessed = [found for found in together if found.question is question]
        single = [group for group in gathered.groups.values() if group.question is question]
        nothing_read = not gathered.posts.number and gathered.photos == gathered.examined[Examined.NONE]
        if not guessed and not single and nothing_read:
            continue
        to.say(words, style="bold")
        _guessed(to, guessed, full, known, reveal, first)
        _single(to, single, gathered, known, bool(guessed))
        if together:
            to.say()
    if not together:
        to.say()
    brackets = "In brackets: in how many photos. " if gathered.files > 1 and gathered.groups else ""
    to.say(brackets + WHAT_LEVELS_MEAN, style="dim")
    if together:
        to.say(WHAT_WORDS_MEAN, style="dim")


def _in_full(together: Sequence[CollectionFinding]) -> set[int]:
    """The most urgent of each kind, as long as there is room; small things never. By identity: two may be alike."""
    kinds: dict[str, CollectionFinding] = {}
    for found in together:
        if found.level >= Level.MEDIUM:
            kinds.setdefault(found.rule, found)
    return {id(found) for found in list(kinds.values())[:_IN_FULL]}


def _guessed(
    to: Page,
    guessed: Sequence[CollectionFinding],
    full: set[int],
    known: dict[str, str],
    reveal: bool,
    first: frozenset[str],
) -> None:
    kinds: Counter[str] = Counter()
    for found in guessed:
        kinds[found.rule] += 1
        if id(found) in full:
            tell_inference(to, found, known, reveal, first)
        elif kinds[found.rule] <= _OF_A_KIND:
            tell_briefly(to, found, known, reveal)
    for rule, number in kinds.items():
        if number > _OF_A_KIND:
            to.say(f"and {number - _OF_A_KIND:,} more like “{title(rule, known)}”", ANSWER)


def _single(
    to: Page, single: Sequence[Group], gathered: Gathered, known: dict[str, str], after: bool
) -> None:
    """The names of the worst findings in single photos on one line, and how many more there are."""
    if not single:
        if not after:
            to.say("nothing found in what could be read", ANSWER, style="dim")
        return
    found = sorted(single, key=lambda g: (-g.level, -g.confidence, -g.photos, g.rule))
    names = [
        title(group.rule, known) + _number(group, gathered)
        for group in found[:_NAMED]
        if group.level == found[0].level
    ]
    rest = len(found) - len(names)
    more = f"; and {count(rest, 'other thing')}" if rest else ""
    both = any(group.of_posts for group in found[:_NAMED])
    lead = f"In single photos{' and posts' if both else ''}: " if after else ""
    to.say("; ".join(names) + more, ANSWER, first=level_word(found[0].level, 2), lead=lead)


def _number(group: Group, gathered: Gathered) -> str:
    """`` (12)``, `` (3 posts)``"""
    if group.of_posts:
        return f" ({count(group.photos, 'post')})"
    return f" ({group.photos:,})" if gathered.files > 1 else ""


def _urgency(found: CollectionFinding) -> tuple[int, int, int, int, str]:
    """Level first, then the questions in their order, the surest first, then what rests on most photos."""
    question = list(QUESTIONS).index(found.question)
    return -found.level, question, -found.confidence, -photos(found), found.rule
