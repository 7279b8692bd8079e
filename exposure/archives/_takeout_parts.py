"""The names of Takeout's part files: what they have in common, and which are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_PART = re.compile(
    r"(takeout-\d{8}T\d{6}Z)(?:-\d{1,4})?-(\d{3,4})(?: ?\(\d+\))?\.(?:zip|tgz|tar\.gz)", re.IGNORECASE
)
_MOST_NAMED = 20


def part(name: str) -> str | None:
    found = _PART.fullmatch(name)
    return found[1].lower() if found else None


def said_of_parts(parts: Sequence[Path]) -> Iterator[str]:
    """Which parts are missing, as far as their numbers tell."""
    numbers = sorted({int(found[2]) for path in parts if (found := _PART.fullmatch(path.name))})
    if not numbers or numbers[-1] < 1:
        return
    missing = sorted(set(range(1, numbers[-1])).difference(numbers))
    if missing:
        named = ", ".join(map(str, missing[:_MOST_NAMED])) + (" and more" if missing[_MOST_NAMED:] else "")
        yield (
            f"Part {named} is missing: ask Google for it again, or name it too."
            if len(missing) == 1
            else f"Parts {named} are missing: ask Google for them again, or name them too."
        )
    yield f"The last part here is number {numbers[-1]}. Whether there are later ones, their names do not say."
