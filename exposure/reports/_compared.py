"""What a service kept of photos, for people and as JSON: kinds, fields and counts; values only where they were asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from exposure import __version__
from exposure.comparing import ADDED, CHANGED, GROUPS, KEPT, OTHER, REMOVED, Comparison
from exposure.context import KINDS
from exposure.reports._page import Page, page
from exposure.reports._words import capital, count, file_name, listed
from exposure.text import plain

_TITLES = {**KINDS, OTHER: "other notes (maker notes, comments, C2PA)"}
_HAPPENED = (KEPT, CHANGED, REMOVED)
_HOW = {"file": "the same bytes", "time": "the time of capture", "look": "what the picture looks like"}
_MOST_FIELDS, _MOST_FILES = 12, 8
_LONGEST = 80
_LIMITS = (
    "This is so for these files, in the way in which you uploaded and downloaded them. Another way may give something else, "
    "and so may what the owner of an account gets and what others get. The service itself received what you uploaded."
)


def told(comparison: Comparison, out: TextIO, reveal: bool) -> None:
    """Write it for people."""
    to, tally = page(out), comparison.tally
    found = listed([f"{number:,} by {_HOW[how]}" for how, number in sorted(comparison.how.items())])
    to.say(
        f"{count(tally.pairs, 'pair')} compared, of {count(comparison.originals, 'original')} and "
        f"{count(comparison.copies, 'downloaded photo')}{f': {found}' if found else ''}.",
        style="bold",
    )
    if tally.pairs:
        to.heading("What came back")
        for group in GROUPS:
            if group != OTHER or tally.groups.get(group):
                to.say(_sum(tally.groups.get(group, Counter())), 4, lead=f"{capital(_TITLES[group])}: ")
        to.say(_picture(comparison), 4, lead="The picture: ")
        _fields(to, comparison, reveal)
    _left(to, comparison)
    to.say()
    to.say(_LIMITS)


def _sum(found: Counter[str]) -> str:
    """``removed from all 8 originals that had it``"""
    had = sum(found[word] for word in _HAPPENED)
    added = f"added to {count(found[ADDED], 'photo')}" if found[ADDED] else ""
    if not had:
        return "; ".join(filter(None, ("no original has it, so nothing is known of it", added)))
    only = next((word for word in _HAPPENED if found[word] == had), None)
    if only is not None:
        those = {1: "the one original", 2: "both originals"}.get(had, f"all {had:,} originals")
        said = f"{only} in {those} that had it"
    else:
        said = (
            ", ".join(f"{word} in {found[word]:,}" for word in _HAPPENED if found[word])
            + f" of {had:,} originals"
        )
    return "; ".join(filter(None, (said, added)))


def _picture(comparison: Comparison) -> str:
    tally = comparison.tally
    words = {
        "the same size in pixels": tally.sizes["same"],
        "made smaller": tally.sizes["smaller"],
        "another shape or larger": tally.sizes["other"],
        "the very same picture data": tally.encoded["same"],
        "compressed anew": tally.encoded["again"],
        "in another format": tally.encoded["format"],
    }
    return (
        ", ".join(f"{what} in {number:,}" for what, number in words.items() if number)
        + f" of {tally.pairs:,}"
    )


def _fields(to: Page, comparison: Comparison, reveal: bool) -> None:
    fields = comparison.tally.fields
    if not fields:
        return
    to.heading("Field by field")
    for group in GROUPS:
        here = sorted((path, found) for (kind, path), found in fields.items() if kind == group)
        here.sort(key=lambda each: -(each[1][KEPT] + each[1][CHANGED] + each[1][ADDED]))
        for path, found in here[:_MOST_FIELDS]:
            said = ", ".join(f"{word} {found[word]:,}" for word in (*_HAPPENED, ADDED) if found[word])
            to.say(f"{plain(path, _LONGEST)}: {said}", 4, first="  ")
            for words in _examples(comparison, group, path) if reveal else ():
                to.say(words, 6, first="      ")
        if len(here) > _MOST_FIELDS:
            to.say(f"and {count(len(here) - _MOST_FIELDS, 'more field')} of {_TITLES[group]}", 4, first="  ")


def _examples(comparison: Comparison, group: str, path: str) -> Iterator[str]:
    for what in (KEPT, CHANGED, REMOVED, ADDED):
        if (example := comparison.tally.examples.get((group, path, what))) is not None:
            yield f"{what}: {plain(example.before) or '(nothing)'} → {plain(example.after) or '(nothing)'}"


def _left(to: Page, comparison: Comparison) -> None:
    """What was not compared, and why."""
    for names, what, why in (
        (comparison.unclear, "downloaded photo", "several originals fit as well, so it was left out"),
        (comparison.strangers, "downloaded photo", "no original was found"),
        (comparison.missing, "original", "nothing that was downloaded belongs to it"),
        (comparison.unread, "file", "it could not be read to its end, so it proves nothing"),
    ):
        if names:
            to.say()
            to.say(f"{count(len(names), what)}: {why if len(names) == 1 else _many(why)}:")
            for name in names[:_MOST_FILES]:
                to.say(file_name(name, to.width - 4), 2, first="  ")
            if len(names) > _MOST_FILES:
                to.say(f"and {len(names) - _MOST_FILES:,} more", 2, first="  ")


def _many(why: str) -> str:
    for one, many in (
        ("it was", "they were"),
        ("it could", "they could"),
        ("to its", "to their"),
        ("it proves", "they prove"),
    ):
        why = why.replace(one, many)
    return why.replace("belongs to it", "belongs to them")


def as_json(comparison: Comparison, out: TextIO, reveal: bool) -> None:
    """Write it for programs."""
    tally = comparison.tally
    record: dict[str, Any] = {
        "schema": "exposure-compare/1",
        "version": __version__,
        "revealed": reveal,
        "originals": comparison.originals,
        "downloaded": comparison.copies,
        "pairs": tally.pairs,
        "matched_by": dict(comparison.how),
        "kinds": {
            group: {**_counts(tally.groups.get(group, Counter())), "keeps": tally.keeps(group)}
            for group in GROUPS
        },
        "picture": {"size": dict(tally.sizes), "data": dict(tally.encoded)},
        "fields": [
            {
                "kind": group,
                "field": plain(path, 500),
                **_counts(found),
                **_values(comparison, group, path, reveal),
            }
            for (group, path), found in sorted(tally.fields.items())
        ],
        "unclear": _names(comparison.unclear),
        "without_original": _names(comparison.strangers),
        "not_downloaded": _names(comparison.missing),
        "unread": _names(comparison.unread),
    }
    json.dump(record, out, indent=1)
    out.write("\n")


def _counts(found: Counter[str]) -> dict[str, int]:
    return {word: found[word] for word in (KEPT, CHANGED, REMOVED, ADDED)}


def _values(comparison: Comparison, group: str, path: str, reveal: bool) -> dict[str, object]:
    if not reveal:
        return {"masked": True}
    every = comparison.tally.examples
    return {
        "examples": {
            what: {"before": plain(every[key].before, 500), "after": plain(every[key].after, 500)}
            for what in (KEPT, CHANGED, REMOVED, ADDED)
            if (key := (group, path, what)) in every
        }
    }


def _names(names: Sequence[str]) -> list[str]:
    return [plain(name, 4_000) for name in names]
