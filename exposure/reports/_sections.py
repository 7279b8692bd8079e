"""The sections of the report for people, most urgent first. Each thing is told once, with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from exposure.model import CollectionFinding, Examined, Level
from exposure.plugins import Heading
from exposure.reports._advice import cannot_see, what_next
from exposure.reports._gathered import MOST_PROBLEMS, Gathered, Group
from exposure.reports._page import STYLES, Page, level_word
from exposure.reports._told import INDENT, lowered_for_name, numbers, tell_group, tell_inference
from exposure.reports._words import QUESTIONS, capital, count, file_name, sentence, title, titles
from exposure.text import plain

_WHAT_LEVELS_MEAN = (
    "Critical: a stranger can reach you with this, or sees what you hid. High: a stranger can find out who you are, "
    "or a place you go back to. Medium: it takes one or two other public things to do so. Low: it narrows things "
    "down."
)

_MOST_OF_A_KIND = 3
_NAMED = 3
"""Findings that are named in the answer to one question."""

_Told = CollectionFinding | Group


def sections(to: Page, gathered: Gathered, collection: Sequence[CollectionFinding], heading: Heading) -> None:
    """Everything below the report's head."""
    if not gathered.files:
        _not_examined(to, gathered)
        return
    known = titles()
    _in_short(to, gathered, collection, known, heading)
    _what_matters(to, gathered, collection, known, heading)
    _worst_photos(to, gathered, known)
    _smaller_things(to, gathered, collection, known)
    _not_examined(to, gathered)
    cannot_see(to, gathered, heading)
    what_next(to, gathered, heading)


def _in_short(
    to: Page,
    gathered: Gathered,
    collection: Sequence[CollectionFinding],
    known: dict[str, str],
    heading: Heading,
) -> None:
    """The five questions, each with its worst answer."""
    unshared = heading.settings.context.audience == "not-shared-yet"
    to.heading("In short, if you post this" if unshared else "In short")
    told = _told(gathered, collection)
    read = gathered.photos - gathered.examined[Examined.NONE]
    if not read:
        to.say("None of these files could be read: what is in them is not known, and it may tell anything.")
    elif not told:
        these = "this photo is" if gathered.photos == 1 else "these photos are"
        to.say(f"Nothing was found in what exposure can read. That does not mean that {these} safe.")
    if not told:
        return
    for question, words in QUESTIONS.items():
        found = sorted((x for x in told if x.question is question), key=_urgency)
        if found or read:
            to.say(words)
            _answer(to, found, gathered, known)
    to.say()
    brackets = "In brackets: in how many photos. " if gathered.files > 1 else ""
    to.say(brackets + _WHAT_LEVELS_MEAN, style="dim")


def _answer(to: Page, found: Sequence[_Told], gathered: Gathered, known: dict[str, str]) -> None:
    """The names of the worst findings on one line, and how many more there are."""
    if not found:
        to.say("nothing found in what could be read", 2 + INDENT, style="dim")
        return
    worst = found[0].level
    kinds = dict.fromkeys((x.level, x.rule) for x in found)
    photos = {(x.level, x.rule): x.photos for x in found if isinstance(x, Group)}
    names = []
    for kind in list(kinds)[:_NAMED]:
        if kind[0] == worst:
            number = f" ({photos[kind]:,})" if kind in photos and gathered.files > 1 else ""
            names.append(title(kind[1], known) + number)
    rest = len(kinds) - len(names)
    more = f"; and {count(rest, 'other thing')}" if rest else ""
    to.say("; ".join(names) + more, 2 + INDENT, first=level_word(worst, 2))


def _what_matters(
    to: Page,
    gathered: Gathered,
    collection: Sequence[CollectionFinding],
    known: dict[str, str],
    heading: Heading,
) -> None:
    """Critical, then high, then medium, in full."""
    told = sorted((x for x in _told(gathered, collection) if x.level >= Level.MEDIUM), key=_urgency)
    if not told:
        return
    to.heading("What matters most")
    kinds: Counter[str] = Counter()
    for each in told:
        if isinstance(each, Group):
            tell_group(to, each, gathered, known, heading.paths)
        else:
            kinds[each.rule] += 1
            if kinds[each.rule] <= _MOST_OF_A_KIND:
                tell_inference(to, each, known, heading.reveal)
    for rule, number in kinds.items():
        if number > _MOST_OF_A_KIND:
            to.say()
            to.say(f"and {number - _MOST_OF_A_KIND:,} more like “{title(rule, known)}”", INDENT)


def _told(gathered: Gathered, collection: Sequence[CollectionFinding]) -> list[_Told]:
    return [*collection, *gathered.groups.values()]


def _urgency(found: _Told) -> tuple[int, int, bool, int, int, str]:
    """Level first, then the questions in their order, what many photos say together first."""
    single = isinstance(found, Group)
    photos = found.photos if isinstance(found, Group) else len(found.evidence)
    question = list(QUESTIONS).index(found.question)
    return -found.level, question, single, -found.confidence, -photos, found.rule


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


def _smaller_things(
    to: Page, gathered: Gathered, collection: Sequence[CollectionFinding], known: dict[str, str]
) -> None:
    """Low and info: one line each, and why, where context moved them there."""
    small = sorted((x for x in _told(gathered, collection) if x.level < Level.MEDIUM), key=_weight)
    if small:
        to.heading("Smaller things")
    for each in small:
        after = numbers(each, gathered) if isinstance(each, Group) else ""
        to.say(title(each.rule, known) + after, INDENT, first=level_word(each.level))
        if isinstance(each, Group) and each.reason and not lowered_for_name(each):
            to.say(capital(sentence(each.reason)), INDENT, style="dim")
    if any(map(lowered_for_name, gathered.groups.values())):
        to.say()
        to.say(
            "Names and accounts count one step less here, because the account that posts is taken to be under your "
            "real name anyway. If it is not, add --persona pseudonymous."
        )


def _weight(found: _Told) -> tuple[int, int, int, str]:
    """Of small things the frequent first, whatever question they answer."""
    photos = found.photos if isinstance(found, Group) else len(found.evidence)
    return -found.level, -found.confidence, -photos, found.rule


def _not_examined(to: Page, gathered: Gathered) -> None:
    if not (gathered.unread or gathered.media):
        return
    to.heading("Could not be examined")
    for name, why in gathered.problems:
        to.say(f"{file_name(name, to.width - 3)}: {why}", 2)
    if (more := gathered.unread - MOST_PROBLEMS) > 0:
        to.say(f"and {more:,} more", 2)
    if gathered.media:
        kinds = ", ".join(f"{plain(kind)} ({number:,})" for kind, number in sorted(gathered.media.items()))
        files = sum(gathered.media.values())
        to.say(f"{count(files, 'file')} of a kind that exposure does not read yet: {kinds}.", 2)
    to.say(
        "What was not read may tell as much as what was. Where a photo program opens it, save it anew there, and share a clean copy of that."
    )
