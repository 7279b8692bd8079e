"""The sections of the report for people, most urgent first. Each thing is told once, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from exposure.model import CollectionFinding, Level
from exposure.plugins import Heading
from exposure.post import Inventory
from exposure.reports._advice import cannot_see, not_examined, what_next
from exposure.reports._answers import answers
from exposure.reports._gathered import Gathered, Group
from exposure.reports._page import STYLES, Page, level_word
from exposure.reports._told import INDENT, lowered_for_name, numbers, tell_group
from exposure.reports._told_posts import what_archives_gave, what_to_do
from exposure.reports._words import PLAN, QUESTIONS, capital, count, file_name, sentence, title, titles


def sections(
    to: Page,
    gathered: Gathered,
    collection: Sequence[CollectionFinding],
    archives: Sequence[Inventory],
    heading: Heading,
) -> None:
    """Everything below the report's head."""
    if not gathered.files and not gathered.posts.number:
        what_archives_gave(to, archives)
        not_examined(to, gathered)
        return
    known = titles()
    answers(to, gathered, collection, known, heading)
    what_to_do(to, gathered.posts, known, heading)
    _what_matters(to, gathered, known, heading)
    _worst_photos(to, gathered, known)
    _smaller_things(to, gathered, known)
    what_archives_gave(to, archives)
    not_examined(to, gathered)
    cannot_see(to, gathered, heading)
    what_next(to, gathered, [found for found in collection if found.rule != PLAN], heading)


def _what_matters(to: Page, gathered: Gathered, known: dict[str, str], heading: Heading) -> None:
    """What single photos give away: critical, then high, then medium, in full."""
    told = sorted((group for group in gathered.groups.values() if group.level >= Level.MEDIUM), key=_urgency)
    if told:
        posts = any(group.of_posts for group in told)
        each = "photo by photo" + (" and post by post" if posts else "")
        to.heading(f"What matters most, {each}" if gathered.files > 1 else "What matters most")
    for group in told:
        tell_group(to, group, gathered, known, heading.paths)


def _urgency(found: Group) -> tuple[int, int, int, int, str]:
    """Level first, then the questions in their order."""
    question = list(QUESTIONS).index(found.question)
    return -found.level, question, -found.confidence, -found.photos, found.rule


def _worst_photos(to: Page, gathered: Gathered, known: dict[str, str]) -> None:
    if gathered.photos < 2 or not gathered.worst:
        return
    to.heading("Photos to look at first")
    for number, photo in enumerate(sorted(gathered.worst, reverse=True), 1):
        to.say(file_name(photo.name, to.width - 4), 4, first=f"{number:2}.")
        line = Text()
        for level in sorted({level for level, _ in photo.rules}, reverse=True):
            names = [title(rule, known) for at, rule in photo.rules if at == level]
            line.append("; " if line.plain else "").append(level.word, STYLES[level])
            line.append(f": {', '.join(names)}")
        if more := photo.findings - len(photo.rules):
            line.append(f"; and {count(more, 'other thing')}")
        to.say(line, 4)


def _smaller_things(to: Page, gathered: Gathered, known: dict[str, str]) -> None:
    """Low and info: one line each, and why, where context moved them there."""
    small = sorted((group for group in gathered.groups.values() if group.level < Level.MEDIUM), key=_weight)
    if small:
        to.heading("Smaller things")
    for each in small:
        to.say(title(each.rule, known) + numbers(each, gathered), INDENT, first=level_word(each.level))
        if each.reason and not lowered_for_name(each):
            to.say(capital(sentence(each.reason)), INDENT, style="dim")
    if any(map(lowered_for_name, gathered.groups.values())):
        to.say()
        to.say(
            "Names and accounts count one step less here, because the account that posts is taken to be under your "
            "real name anyway. If it is not, add --persona pseudonymous."
        )


def _weight(found: Group) -> tuple[int, int, int, str]:
    """Of small things the frequent first, whatever question they answer."""
    return -found.level, -found.confidence, -found.photos, found.rule
