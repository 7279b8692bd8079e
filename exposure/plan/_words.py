"""The plan in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exposure.collection import NO_COPY, PERHAPS_NO_COPY, Collection
from exposure.model import Claim, Level
from exposure.plan._rechecking import HOME, Goal, Recheck, position
from exposure.plan._searching import Plan

_TELLS = {
    "likely-home": "where you live",
    "likely-work": "where you work or learn",
    "child-school": "where your child goes to school",
    "hole-around-home": "which spot you keep to yourself",
    "routine": "where you are at which hour of the week",
    "trips": "when you were away",
    "border-crossing": "which borders you crossed",
    "away-now": "that you are away now",
    "people-met": "whom you are with",
    "same-device": "that one device took your photos",
    "linked-accounts": "from the files which accounts are yours",
    "same-original": "which of your files come from one original",
    "linked-names": "which names belong together",
    "enough-points": "which records of where people were are yours",
    "placed-by-neighbours": "where the photos without a place were taken",
}
"""What a stranger can tell by each inference, after "tell"."""


def told(claims: Sequence[Claim], titles: Mapping[str, str]) -> str:
    """``where you live, or when you were away``; an inference without words of its own goes by its title."""
    things = list(dict.fromkeys(_TELLS.get(c.rule) or f"“{titles.get(c.rule, c.rule)}”" for c in claims))
    return ", or ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else things[0]


def distance(metres: float) -> str:
    """Rounded down, so that a guess is never said to be further off than it is."""
    if metres < 1_000:
        return f"{math.floor(metres / 100) * 100:,} m"
    if metres < 10_000:
        return f"{math.floor(metres / 100) / 10:g} km"
    return f"{math.floor(metres / 1_000):,} km"


def left_over(goal: Goal, plan: Plan, recheck: Recheck) -> str:
    """What can still be said of the goal once the plan is carried out, as asked again."""
    if not plan.holds:
        return _not_enough(goal, plan, recheck)
    sentences = _best_guesses(goal, plan)
    if not sentences:
        low = recheck.left(goal, plan.photos)
        sentences.append(low[0].message if low else "the photos together say this no more")
    sentences += _second_home(goal, plan, recheck)
    if plan.photos in recheck.narrow:
        sentences.append("whether they show something else then was not asked, for there are too many")
    elif len(goal.claims) > 1 and (
        stays := [c for c in recheck.after(plan.photos) if c.level > Level.LOW and not c.instead]
    ):
        sentences.append(f"later, clean what still tells {told(stays, recheck.titles)}")
    if not plan.is_full:
        sentences.append("fewer photos may be enough: there are too many to try every choice")
    return _joined(sentences)


def together(after: str, claims: int) -> str:
    """What is left, said of one of several claims that were planned for together."""
    if claims == 1:
        return after
    return f"once the photos of all {claims} findings of this kind are cleaned: {after}"


def without_copy(collection: Collection, photos: Iterable[int]) -> str:
    """What to do about those of these photos that get no clean copy; empty when all get one."""
    kinds = [collection.copies[photo] for photo in photos]
    never, perhaps = kinds.count(NO_COPY), kinds.count(PERHAPS_NO_COPY)
    sentences = []
    if never:
        these = "one of them: leave it" if never == 1 else f"{never:,} of them: leave these"
        sentences.append(f" There are no clean copies of {these} out of what you share.")
    if perhaps:
        these = "One of them" if perhaps == 1 else f"{perhaps:,} of them"
        sentences.append(
            f" {these} could not be read whole, so exposure clean may refuse {'it' if perhaps == 1 else 'some'}: "
            "do not share what gets no clean copy."
        )
    return "".join(sentences)


def _best_guesses(goal: Goal, plan: Plan) -> list[str]:
    """How far off a stranger is who looks for each place."""
    by_words: dict[str, list[float]] = {}
    for claim, target in goal.places:
        guesses = by_words.setdefault(_TELLS[claim.rule] if len(goal.claims) > 1 else "", [])
        guesses.extend(target.guesses(plan.photos))
    return [
        f"the best guess {f'of {words} ' if words else ''}is then {distance(min(guesses))} off"
        if guesses
        else f"nothing in these photos points {f'to {words}' if words else 'there'} any more"
        for words, guesses in by_words.items()
    ]


def _second_home(goal: Goal, plan: Plan, recheck: Recheck) -> Iterator[str]:
    """What is to be done where another place of many nights stands out once a home is gone: nothing tells whether that is a
    home as well, but the person knows."""
    for claim in goal.claims:
        home = position(claim) if claim.rule == HOME else None
        other = recheck.other_nights(plan.photos, home) if home is not None else None
        if other is not None:
            nights, off = other
            yield (
                f"most photos at night are then of another place, {distance(off)} off, from {nights:,} nights: if you "
                "sleep there too, clean all photos from there as well"
            )
            return


def _not_enough(goal: Goal, plan: Plan, recheck: Recheck) -> str:
    if still := [claim for claim in recheck.left(goal, plan.photos) if claim.level > Level.LOW]:
        return f"this is not enough: {still[0].message}"
    if new := recheck.new(recheck.after(plan.photos)):
        return (
            f"this is not enough, since it shows something else: {new[0].message} Clean all photos instead."
        )
    return "this is not enough: what is left around still points there. Clean all photos instead."


def _joined(sentences: Iterable[str]) -> str:
    """``it is so. More is so.``"""
    first, *more = sentences
    return " ".join(
        [first if first.endswith(".") else f"{first}.", *(f"{s[0].upper()}{s[1:]}." for s in more)]
    )
