"""Files that were downloaded back from a service, held against their originals: what did the service keep?

Each downloaded file is matched to its original by its bytes, then by its time of capture, shape and look, then by its look;
where two originals fit as well, nothing is guessed. Values are held against each other by what they mean where that is
known, wherever they stand in the file. Nothing is said of a kind of metadata that no original had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exposure.archives import sources
from exposure.comparing._matching import Matching, Seen, matched, seen
from exposure.comparing._sights import OTHER, sight
from exposure.comparing._tally import ADDED, CHANGED, FEWEST, GROUPS, KEPT, REMOVED, Tally
from exposure.context import KINDS
from exposure.errors import CannotRun

__all__ = [
    "ADDED",
    "CHANGED",
    "FEWEST",
    "GROUPS",
    "KEPT",
    "OTHER",
    "REMOVED",
    "Comparison",
    "compared",
    "keeps",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, and what came of it."""

    tally: Tally
    originals: int
    copies: int
    how: Counter[str]
    """By what pairs were found: file, time or look."""
    unread: tuple[str, ...]
    """Files that could not be read, or not to their end, so that nothing is proven by them."""
    unclear: tuple[str, ...]
    """Downloaded files to which several originals fit as well."""
    strangers: tuple[str, ...]
    """Downloaded files to which no original fits."""
    missing: tuple[str, ...]
    """Originals that were not downloaded."""


def compared(
    local: Path | str,
    downloaded: Path | str,
    progress: Callable[[int, int | None], None] = lambda done, of: None,
) -> Comparison:
    """Hold what was downloaded against its originals; each may be a file, a folder or an archive.

    `progress` is told how many files were looked at. CannotRun when there is nothing at one of them, or no photo.
    """
    unread: list[str] = []
    done = 0
    both: list[list[Seen]] = []
    for path in (local, downloaded):
        found: list[Seen] = []
        for each in seen(sources([path])):
            (found.append(each) if isinstance(each, Seen) else unread.append(each))
            progress(done := done + 1, None)
        if not found:
            raise CannotRun(f"there is no photo that exposure can read at {path}")
        both.append(found)
    matching = matched(*both)
    tally = Tally()
    for original, copy in matching.pairs:
        unread += _add(tally, both[0][original], both[1][copy])
        progress(done := done + 2, None)
    return _comparison(tally, matching, unread)


def _add(tally: Tally, original: Seen, copy: Seen) -> list[str]:
    """Count one pair; the names of those of it that could not be read to their end."""
    before, after = sight(original.source), sight(copy.source)
    if before is not None and after is not None:
        tally.add(before, after)
        return []
    return [each.source.name for each, one in ((original, before), (copy, after)) if one is None]


def _comparison(tally: Tally, matching: Matching, unread: list[str]) -> Comparison:
    originals, copies = (
        [each.source.name for each in some] for some in (matching.originals, matching.copies)
    )
    met = {matching.originals[original].digest for original, _ in matching.pairs}
    return Comparison(
        tally,
        len(originals),
        len(copies),
        matching.how,
        tuple(dict.fromkeys(unread)),
        tuple(copies[place] for place in matching.unclear),
        tuple(copies[place] for place in matching.alone),
        tuple(one.source.name for one in matching.originals if one.digest not in met),
    )


def keeps(comparison: Comparison) -> dict[str, str | bool]:
    """What a platform's row says by this: for each kind of metadata whether it was kept. CannotRun when too few pairs were
    compared to say anything."""
    if comparison.tally.pairs < FEWEST:
        raise CannotRun(
            f"{comparison.tally.pairs} compared pairs are too few to remember what a service does; it takes {FEWEST}"
        )
    return {kind: comparison.tally.keeps(kind) for kind in KINDS}
