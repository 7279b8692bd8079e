"""One finding in full: what it means, what to do, where it was found."""

from __future__ import annotations

from collections.abc import Sequence

from exposure.context import REAL_NAME
from exposure.model import CollectionFinding, Level
from exposure.plugins import CLEAN
from exposure.reports._commands import exact, remedied
from exposure.reports._gathered import Gathered, Group
from exposure.reports._page import Page, level_word
from exposure.reports._spots import spot
from exposure.reports._words import SURENESS, capital, count, file_name, sentence, share, some, title

INDENT = 10
"""Room for the longest level word and two blanks."""

ANSWER = INDENT + 2
"""The same, below a question."""

_NAME = 44
"""Room that a file's name has at least."""


def tell_group(
    to: Page, group: Group, gathered: Gathered, known: dict[str, str], paths: Sequence[str]
) -> None:
    """What one rule found, with a few examples, and what to do: for the only photo that has it, or for all paths."""
    to.say()
    to.say(numbers(group, gathered), INDENT, first=level_word(group.level), lead=title(group.rule, known))
    to.say(sentence(group.message), INDENT)
    to.say(sentence(group.remedy), INDENT, lead="What to do: ")
    only = [name for name, _ in group.examples] if group.photos == 1 and not group.of_posts else paths
    if group.command:
        to.command(remedied(group.command, only), INDENT)
    if group.reason and not lowered_for_name(group):
        to.say(_full(capital(group.reason)), INDENT)
    examples = group.examples if group.level > Level.MEDIUM else group.examples[:1]
    if gathered.files == 1 and not group.of_posts:
        for _, value in filter(lambda e: e[1], examples):
            to.say(f"Found: {value}", INDENT, style="dim")
    elif group.photos == 1:
        _example(to, *examples[0], INDENT, "In ")
    else:
        to.say("For example:", INDENT, style="dim")
        for name, value in examples:
            _example(to, name, value, INDENT + 2, "")


def tell_plan(to: Page, plan: CollectionFinding, paths: Sequence[str]) -> None:
    """What to clean first of all, with the command for just these photos, and what is left after that."""
    to.say(sentence(plan.message), style="bold")
    for reason in plan.why:
        to.say(_full(capital(reason)), 2, first="-")
    command = exact(CLEAN, plan.fix)
    if plan.fix and command is not None:
        to.command(command, 2)
    elif plan.fix:
        to.say(f"The photos: {some(plan.fix, _NAME, 6)}.")
        to.say("They cannot all be named in one command. This one makes a clean copy of every photo:")
        to.command(remedied(CLEAN, paths), 2)
    if plan.after:
        to.say(f"After that: {_full(plan.after)}")
    for doubt in plan.could_be_wrong_if:
        to.say(f"Mind that {_full(doubt)}")


def tell_inference(
    to: Page,
    found: CollectionFinding,
    known: dict[str, str],
    reveal: bool,
    first: frozenset[str] = frozenset(),
) -> None:
    """What many photos say together, which of them say it, and what helps; `first` are the photos to clean first."""
    to.say(
        _sure(found) + f", from {count(photos(found), 'photo')}",
        ANSWER,
        first=level_word(found.level, 2),
        lead=title(found.rule, known),
    )
    to.say(sentence(found.message), ANSWER)
    if found.place is not None:
        to.say(f"Where: {spot(found.place, found.radius_m, reveal)}", ANSWER)
    if found.why:
        to.say(f"Why a stranger would think so: {' '.join(_full(capital(x)) for x in found.why)}", ANSWER)
    if found.could_be_wrong_if:
        to.say(f"It could be wrong {_doubts(found.could_be_wrong_if)}", ANSWER)
    if found.fix:
        to.say(_fix(found, first), ANSWER, lead="What to do: ")
    if found.after:
        lead = "After that: " if found.fix else "What to do: "
        to.say(_full(found.after if found.fix else capital(found.after)), ANSWER, lead=lead)


def tell_briefly(to: Page, found: CollectionFinding, known: dict[str, str], reveal: bool) -> None:
    """The same in a sentence."""
    where = f" {capital(spot(found.place, None, reveal))}." if found.place is not None else ""
    to.say(
        f"{_sure(found)}: {_full(found.message)}{where}",
        ANSWER,
        first=level_word(found.level, 2),
        lead=title(found.rule, known),
    )


def photos(found: CollectionFinding) -> int:
    """How many photos it rests on."""
    return found.photos or len(found.evidence)


def numbers(group: Group, gathered: Gathered) -> str:
    """What follows a title: `` (likely), in 12 of 30 photos``."""
    if group.of_posts:
        where = share(group.photos, gathered.posts.number, "post")
    elif group.media and gathered.files > 1:
        where = f"in {count(group.photos, 'file')}"
    else:
        where = share(group.photos, gathered.files if group.media else gathered.photos)
    return _sure(group) + (f", {where}" if where else "")


def lowered_for_name(group: Group) -> bool:
    """Whether the level was lowered for no other reason than that the name is known anyway: that is told once."""
    return group.reason.endswith(REAL_NAME) and "; then " not in group.reason


def _fix(found: CollectionFinding, first: frozenset[str]) -> str:
    number = len(found.fix)
    if first.issuperset(found.fix):
        these = "it is" if number == 1 else "they are"
        return f"Share clean copies of {count(number, 'photo')}: {these} among those to clean first (see the top)."
    these = "this photo" if number == 1 else f"these {number:,} photos"
    copies = "a clean copy" if number == 1 else "clean copies"
    return f"Share {copies} of {these}: {some(found.fix, _NAME)}."


def _doubts(doubts: Sequence[str]) -> str:
    """``if it was borrowed; if you moved; or if it was sold.``"""
    *some_, last = (f"if {sentence(doubt).removesuffix('.')}" for doubt in doubts)
    return _full("; ".join((*some_, f"or {last}")) if some_ else last)


def _full(words: str) -> str:
    """With a full stop at the end."""
    shown = sentence(words)
    return shown if shown.endswith((".", "!", "?", "…")) else shown + "."


def _sure(found: Group | CollectionFinding) -> str:
    sure = SURENESS[found.confidence]
    return f" ({sure})" if sure else ""


def _example(to: Page, name: str, value: str, indent: int, begin: str) -> None:
    """A photo and what was found in it, on one line where there is room."""
    room = to.width - indent - len(begin)
    beside = room - len(value) - 2
    if not value:
        to.say(begin + file_name(name, room), indent, style="dim")
    elif beside >= min(len(name), _NAME):
        to.say(f"{begin}{file_name(name, beside)}: {value}", indent, style="dim")
    else:
        to.say(f"{begin}{file_name(name, room - 1)}:", indent, style="dim")
        to.say(value, indent + 2, style="dim")
