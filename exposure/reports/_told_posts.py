"""Posts in the report for people: the few to see to first, how many more there are, and what each archive gave."""

from __future__ import annotations

from collections.abc import Sequence

from exposure.model import Level
from exposure.plugins import Heading
from exposure.post import Inventory
from exposure.reports._commands import all_typed
from exposure.reports._gathered_posts import MOST_CARDS, Posts
from exposure.reports._inventories import notes, rows, title
from exposure.reports._page import Page, level_word
from exposure.reports._posts import TIERS, Card, staying
from exposure.reports._words import SURENESS, count, file_name
from exposure.reports._words import title as rule_title
from exposure.text import plain

_INDENT = 4
_NAME = 22
"""Room for the name of a count."""
_MOST_LOOK = 2
"""Posts of which nobody knows who sees them, beside others."""
_MOST_ALSO = 3
_LONGEST_OTHER = 120
"""Characters of a link that nobody can open."""
_NOTHING_BY_ITSELF = "exposure itself opens no link, logs in nowhere and deletes nothing."


def what_to_do(to: Page, posts: Posts, known: dict[str, str], heading: Heading) -> None:
    """The posts to see to first, in full; the rest counted."""
    if not posts.number:
        return
    to.heading("Your posts: what to do")
    todo, look = posts.groups["todo"], posts.groups["look"]
    if not todo and not look:
        to.say(_nothing(posts))
    shown, most = min(todo, MOST_CARDS), _MOST_LOOK if todo else MOST_CARDS
    if todo:
        to.say(f"{count(todo, 'post')} to see to{_these(shown, todo)}:", style="bold")
        for number, card in enumerate(posts.first("todo"), 1):
            _card(to, number, card, known)
    if look:
        if todo:
            to.say()
        these = "this post" if look == 1 else f"these {look:,} posts"
        to.say(
            f"Who can see {these}, the archive does not say. Look first{_these(most, look)}:", style="bold"
        )
        for number, card in enumerate(posts.first("look", most), shown + 1):
            _card(to, number, card, known)
    if todo or look:
        _stays(to, [*posts.first("todo"), *posts.first("look", most)])
    _counted(to, posts)
    _lists(to, heading)


def what_archives_gave(to: Page, archives: Sequence[Inventory]) -> None:
    """A table for each, so that it shows when something is missing."""
    if not archives:
        return
    to.heading("What each archive gave")
    for number, inventory in enumerate(archives):
        if number:
            to.say()
        words = file_name(title(inventory), to.width)
        to.say(words, style="bold")
        for name, value in rows(inventory):
            to.say(value, _NAME + 2, first=f"  {name}")
        for note in notes(inventory):
            to.say(note, _INDENT, first="  -")


def _card(to: Page, number: int, card: Card, known: dict[str, str]) -> None:
    """One post: what it is, who sees it, why it matters, what to do, where it is, what stays."""
    to.say()
    when = f", {card.posted}" if card.posted else ""
    words = f"{card.service}{when}{_caption(card)}"
    head = words if card.level is None else level_word(card.level).append("  ").append(words, "bold")
    to.say(head, _INDENT, first=f"{number:2}.")
    why = (
        f" ({card.evidence})"
        if card.evidence
        else "; the archive does not say" * (card.seen_by == "not known")
    )
    to.say(f"{card.seen_by}{why}", _INDENT, lead="Who can see it: ")
    if card.why:
        to.say(_why(card, known), _INDENT, lead="Why it matters: ")
    if len(card.steps) == 1:
        to.say(card.steps[0], _INDENT, lead="What to do: ")
    else:
        to.say("", _INDENT, lead="What to do, the gentlest first:")
        for place, step in enumerate(card.steps, 1):
            to.say(step, _INDENT + 3, first=" " * _INDENT + f"{place}.")
    _link(to, card)
    if card.photos:
        more = f" and {len(card.photos) - 1:,} more" if len(card.photos) > 1 else ""
        photo = file_name(card.photos[0], max(to.width - _INDENT - len("Photo: ") - len(more), 24))
        to.say(photo + more, _INDENT, lead="Photo: ")
    to.command(f"When it is done: exposure done {card.name}", _INDENT, "dim")


def _caption(card: Card) -> str:
    if not card.caption:
        return ", without a caption"
    return f", a caption of {card.caption} (masked)" if card.caption_masked else f": “{card.caption}”"


def _why(card: Card, known: dict[str, str]) -> str:
    """The sentence of the worst, and the names of a few others."""
    worst, *others = card.why
    sure = SURENESS[worst.confidence]
    names = list(dict.fromkeys(rule_title(why.rule, known) for why in others if why.level >= Level.MEDIUM))
    also = f" Also: {'; '.join(names[:_MOST_ALSO])}" if names else ""
    if (left := len(names) - _MOST_ALSO) > 0:
        also += f"; and {left:,} more"
    return f"{worst.message}{f' ({sure})' if sure else ''}{also}{'.' if also else ''}"


def _link(to: Page, card: Card) -> None:
    """On a line of its own, so that it can be copied whole."""
    words = TIERS[card.tier]
    if card.tier == "none":
        to.say(words, _INDENT, lead="Link: ")
    elif not card.link:
        to.say(f"{words} (masked; --reveal shows it)", _INDENT, lead="Link: ")
    elif card.is_web:
        to.say(words, _INDENT, lead="Link: ")
        to.command(card.link, _INDENT + 2, "")
    else:
        shown = plain(card.link, _LONGEST_OTHER)
        to.say(f"{shown} ({words})", _INDENT, lead="Link, which is no address of the web: ")


def _stays(to: Page, cards: Sequence[Card]) -> None:
    """What no deletion takes back, each sentence once: first those that hold for every service here."""
    services: dict[str, dict[str, None]] = {}
    for card in cards:
        services.setdefault(card.service, {}).update(dict.fromkeys(card.stays))
    to.say()
    to.say("What stays, whatever you delete:", style="bold")
    for service, words in staying(services):
        to.say(words, _INDENT, first="  -", lead=f"{service}: " if service else "")
    to.say(_NOTHING_BY_ITSELF)


def _these(shown: int, all: int) -> str:
    """Where more are meant than are shown, that these are to begin with."""
    return "" if shown >= all else f", beginning with {'this one' if shown == 1 else f'these {shown:,}'}"


def _nothing(posts: Posts) -> str:
    if posts.groups["done"]:
        return "Nothing is left to do of what was found: you ticked off the rest. That does not mean that it is safe."
    return "In these posts nothing was found that asks for something to be done. That does not mean that they are safe."


def _counted(to: Page, posts: Posts) -> None:
    """What is not in the list, and why."""
    words = {
        "done": "ticked off by you",
        "gone": "already not public (deleted, archived, expired or only for you)",
        "other": "by somebody else: ask them if one should go",
        "leave": "with nothing to do",
    }
    told = [f"{posts.groups[group]:,} {word}" for group, word in words.items() if posts.groups[group]]
    if told:
        to.say(f"Not listed here: {'; '.join(told)}.")


def _lists(to: Page, heading: Heading) -> None:
    """Where all of them are."""
    paths = all_typed(heading.paths, "ARCHIVE")
    to.say()
    to.say(
        "All of them, to filter and to tick off, in a page for your browser or in a table for a spreadsheet:"
    )
    reveal = "" if heading.reveal else " --reveal"
    to.command(f"exposure scan --format html{reveal} {paths}", 2)
    to.command(f"exposure scan --format todo{reveal} -o todo.csv {paths}", 2)
    if reveal:
        to.say("Without --reveal they hold no captions and no links.", 2, style="dim")
