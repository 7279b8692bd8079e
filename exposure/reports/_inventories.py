"""What each archive gave, in words: so that somebody sees whether all of it was read."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from exposure.post import TIERS, Inventory
from exposure.reports._words import count, listed, sentence
from exposure.text import plain

_LINKS = {
    "exact": "from the archive itself",
    "constructed": "put together by the service’s rule",
    "guess": "guessed",
    "owner-only": "that open for you alone",
    "none": "without a link",
}
_MOST_FILES = 6
_LONGEST = 300


def rows(inventory: Inventory) -> list[tuple[str, str]]:
    """Each count with its name."""
    whose = f", {inventory.not_own:,} of them by somebody else" if inventory.not_own else ""
    return [
        ("Posts", f"{inventory.posts:,}{whose}"),
        ("Photos", f"{inventory.photos:,}"),
        ("Positions in posts", f"{inventory.positions:,}"),
        ("Names of people", f"{inventory.people:,}"),
        ("Links to posts", links(inventory)),
        ("Not understood", unknown(inventory)),
    ]


def title(inventory: Inventory) -> str:
    """``Flickr, in export.zip``"""
    return f"{plain(inventory.title)}, in {plain(inventory.path, _LONGEST)}"


def links(inventory: Inventory) -> str:
    """By tier, the best first."""
    found = [f"{number:,} {_LINKS[tier]}" for tier in TIERS if (number := inventory.links.get(tier, 0))]
    return "; ".join(found) or "none"


def unknown(inventory: Inventory) -> str:
    """How many files, and what they are called; without their folders, which may be named after people."""
    if not inventory.unknown:
        return "nothing"
    names = Counter(PurePosixPath(name).name for name in inventory.unknown)
    told = [plain(name) + (f" ({n:,})" if n > 1 else "") for name, n in names.most_common(_MOST_FILES)]
    if left := len(names) - len(told):
        told.append(f"{left:,} more")
    return f"{count(len(inventory.unknown), 'file')}: {listed(told)}"


def notes(inventory: Inventory) -> list[str]:
    """What should be known of it."""
    return [sentence(note) for note in inventory.notes]
