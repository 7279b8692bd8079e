"""One finding in full: what it means, what to do, where it was found."""

from __future__ import annotations

from collections.abc import Sequence

from exposure.context import REAL_NAME
from exposure.model import CollectionFinding, Level
from exposure.reports._commands import remedied
from exposure.reports._gathered import Gathered, Group
from exposure.reports._page import Page, level_word
from exposure.reports._words import SURENESS, capital, count, file_name, sentence, share, some, title
from exposure.text import length, plain, rounded

INDENT = 10
"""Room for the longest level word and two blanks."""

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
    only = [name for name, _ in group.examples] if group.photos == 1 else paths
    if group.command:
        to.command(remedied(group.command, only), INDENT)
    if group.reason and not lowered_for_name(group):
        to.say(_full(capital(group.reason)), INDENT)
    examples = group.examples if group.level > Level.MEDIUM else group.examples[:1]
    if gathered.files == 1:
        for _, value in filter(lambda e: e[1], examples):
            to.say(f"Found: {value}", INDENT, style="dim")
    elif group.photos == 1:
        _example(to, *examples[0], INDENT, "In ")
    else:
        to.say("For example:", INDENT, style="dim")
        for name, value in examples:
            _example(to, name, value, INDENT + 2, "")


def tell_inference(to: Page, found: CollectionFinding, known: dict[str, str], reveal: bool) -> None:
    """What many photos say together, and which of them say it."""
    to.say()
    to.say(_sure(found), INDENT, first=level_word(found.level), lead=title(found.rule, known))
    to.say(sentence(found.message), INDENT)
    if (where := _spot(found, reveal)) is not None:
        to.say(f"Where: {where}", INDENT)
    if found.why:
        to.say(f"Why a stranger would think so: {_full('; '.join(found.why))}", INDENT)
    if found.could_be_wrong_if:
        to.say(f"It could be wrong if: {_full('; '.join(found.could_be_wrong_if))}", INDENT)
    if found.fix:
        these = "this photo" if len(found.fix) == 1 else f"these {len(found.fix):,} photos"
        to.say(f"Share clean copies of {these}: {some(found.fix, _NAME)}.", INDENT, lead="What to do: ")
    if found.after:
        to.say(f"After that: {_full(found.after)}", INDENT)


def numbers(group: Group, gathered: Gathered) -> str:
    """What follows a title: `` (likely), in 12 of 30 photos``."""
    if group.media and gathered.files > 1:
        photos = f"in {count(group.photos, 'file')}"
    else:
        photos = share(group.photos, gathered.files if group.media else gathered.photos)
    return _sure(group) + (f", {photos}" if photos else "")


def lowered_for_name(group: Group) -> bool:
    """Whether the level was lowered for no other reason than that the name is known anyway: that is told once."""
    return group.reason.endswith(REAL_NAME) and "; then " not in group.reason


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


def _spot(found: CollectionFinding, reveal: bool) -> str | None:
    """A place in words, masked unless `reveal`; None when there is none."""
    place = found.place
    if place is None:
        return None
    parts = []
    if place.name:
        parts.append(plain(place.name) if reveal else f"a name of {length(place.name)}")
    if place.latitude is not None and place.longitude is not None:
        degrees = (place.latitude, place.longitude)
        parts.append(
            f"{degrees[0]:.6f}, {degrees[1]:.6f}"
            if reveal
            else f"{rounded(degrees[0])}, {rounded(degrees[1])}"
        )
    if reveal and found.radius_m is not None:
        parts.append(f"within {found.radius_m:.0f} m")
    return (", ".join(parts) or "a place") + ("" if reveal else " (masked)")
