"""The files that a cleaning run left without a clean copy, for people: all of them, each under its reason."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from exposure.cleaning import Outcome
from exposure.reports._page import Page
from exposure.reports._words import capital, count, file_name, sentence, some

_FEW = 10
"""Files that get a line each; more are listed folder by folder."""
_MOST_IN_FOLDER = 300


def kind(name: str) -> tuple[str, str]:
    """The folder that a file is in, and how its name ends: ``("photos", ".mov")``."""
    folder, last = os.path.split(name)
    return folder, os.path.splitext(last)[1].lower()  # noqa: PTH122  # a name may hold what no path does


def tell_uncleaned(
    to: Page, without: Mapping[tuple[Outcome, str], Sequence[str]], seen: Mapping[tuple[str, str], int]
) -> None:
    """Write them. What a reason says before a colon is said once for all that share it.

    `seen` is how many files of each `kind` there were at all.
    """
    found: dict[tuple[Outcome, str], dict[str, Sequence[str]]] = {}
    for (outcome, reason), names in sorted(without.items()):
        words, _, more = reason.partition(": ")
        found.setdefault((outcome, words), {})[more] = names
    for number, ((outcome, words), details) in enumerate(found.items()):
        if number:
            to.say()
        lead = f"{capital(outcome)}, because "
        if len(details) == 1:
            ((more, names),) = details.items()
            to.say(f"{sentence(f'{words}: {more}' if more else words)}:", 2, lead=lead)
            _files(to, names, seen, 4)
            continue
        to.say(f"{sentence(words)}:", 2, lead=lead)
        for more, names in details.items():
            to.say(f"{sentence(more) or 'no more is known'}:", 4, first="  -")
            _files(to, names, seen, 6)


def _files(to: Page, names: Sequence[str], seen: Mapping[tuple[str, str], int], indent: int) -> None:
    """A line for each of a few files; of many, the folders and the names in them."""
    if len(names) <= _FEW:
        for name in names:
            to.say(file_name(name, to.width - indent), indent)
        return
    kinds: dict[tuple[str, str], list[str]] = {}
    for name in names:
        kinds.setdefault(kind(name), []).append(os.path.split(name)[1])
    for (folder, suffix), here in kinds.items():
        where = file_name(folder, to.width - indent - 24) if folder else "this folder"
        files = f"{suffix} file" if suffix else "file"
        if len(here) > _FEW and len(here) == seen.get((folder, suffix)):
            to.say(f"all {len(here):,} {sentence(files)}s in {where}", indent)
            continue
        to.say(f"{count(len(here), sentence(files))} in {where}:", indent)
        to.say(some(here, to.width - indent - 2, _MOST_IN_FOLDER), indent + 2)
