"""Border crossings: in which countries somebody was, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._visits import Visit, visits
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference

_FEWEST = 2
"""Photos at two times make a stay in a country; one could be a wrong position, or a plane."""


class _Time(NamedTuple):
    """One after the other in one country."""

    code: str
    name: str
    visits: list[Visit]


def border_crossing(collection: Collection) -> Iterator[Claim]:
    """Photos from one country after the other show when you crossed which border.

    Why it matters
        Border and visa staff, and anybody else, can compare the list with what you told them: where you were, when
        you came and when you left.

    What to do
        Remove the positions and the exact times from photos of other countries before you share them.

    What that does not do
        Backgrounds, signs and captions still show the country. Copies that others saved stay as they are.

    Covers
        COL03

    References
        https://www.vice.com/en/article/m7bge3/dhs-uses-ai-tool-babel-x-babel-street-social-media-citizens-refugees
        https://www.brennancenter.org/our-work/research-reports/social-media-monitoring
    """
    if not plausible(collection):
        return
    known = _known(collection)
    times = _times(known)
    crossings = len(times) - 1
    if crossings < 1:
        return
    countries = sorted({time.name for time in times})
    named = countries if len(countries) <= _NAMED else [*countries[:_NAMED], "others"]
    yield Claim(
        BORDER_CROSSING.id,
        Level.MEDIUM,
        Confidence.TENTATIVE,
        Question.HISTORY,
        f"A stranger could tell that you were in {len(countries)} countries, and when you went from one to another:"
        f" at least {'once' if crossings == 1 else f'{crossings:,} times'}.",
        (f"The countries are {', '.join(named[:-1])} and {named[-1]}",),
        (
            "you live near a border, where positions can fall on its other side",
            "somebody else took some of the photos",
            "the clock of the camera was wrong",
        ),
        sorted({photo for *_, visit in known for photo in visit.photos}),
    )


_NAMED = 12


def _known(collection: Collection) -> list[tuple[str, str, Visit]]:
    """Code and name of the country of each visit; none near a border, at sea and where nobody agrees."""
    from exposure.places import country

    found = []
    for visit in visits(collection):
        there = country(visit.latitude, visit.longitude)
        if there is not None and not there.near:
            found.append((there.code, there.name, visit))
    return found


def _times(known: list[tuple[str, str, Visit]]) -> list[_Time]:
    """The countries in the order of time, as often as there is more than one visit in a row."""
    runs = []
    for (code, name), some in groupby(known, key=lambda each: each[:2]):
        runs.append(_Time(code, name, [visit for *_, visit in some]))
    found: list[_Time] = []
    for run in runs:
        if len(run.visits) < _FEWEST:
            continue
        if found and found[-1].code == run.code:  # what lay between was too short to count
            found[-1].visits.extend(run.visits)
        else:
            found.append(run)
    return found


BORDER_CROSSING = Inference(
    "border-crossing", "Border crossings", Question.HISTORY, Level.MEDIUM, border_crossing
)
