"""At which hours of the week a place was photographed: homes are spread over it, other places keep their hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log2
from typing import NamedTuple

from exposure.inferences._visits import Visit

_BLOCK = 4
"""Hours in a block of the day; with the seven weekdays there are 42 blocks in a week."""
_BUSY = 0.2
"""What a block counts in which most people are at work, beside 1 for the others."""
_WORKING, _RESTING = 8, 16
OFFICE = (8, 18)
WORKDAY = 0.65
"""A place with this share of its visits at the hours of offices is rather one of work."""
_EDGE = 20
"""One in so many days at either end of a stay is taken for a stray visit."""


class Week(NamedTuple):
    """What the hours of some visits tell."""

    days: int
    """Distinct days."""
    nights: int
    """Distinct days with a photo before 8 or from 20 o'clock."""
    mornings: int
    """Distinct days with a photo before 10 o'clock."""
    weekdays: int
    """How many of the seven."""
    rest: int
    """Distinct days with a photo at home hours: at weekends, before 8, from 16 o'clock."""
    blocks: int
    """Distinct blocks of the week at home hours."""
    office: float
    """The share of visits from Monday to Friday, 8 to 18 o'clock."""
    strength: float
    """How much it looks like a home: each block of the week counts by the logarithm of its days, so that a hundred
    training sessions on one evening of the week weigh less than ten days at ten different hours."""


def week(visits: Sequence[Visit]) -> Week:
    """Of at least one visit."""
    blocks: dict[tuple[int, int], set[int]] = defaultdict(set)
    nights, office = set[int](), 0
    for visit in visits:
        hour = visit.hour
        blocks[block(visit)].add(visit.day)
        if hour >= 20 or hour < 8:
            nights.add(visit.day)
        office += is_office(visit)
    rest = {each: days for each, days in blocks.items() if _is_rest(*each)}
    strength = sum(log2(1 + len(days)) * (1 if each in rest else _BUSY) for each, days in blocks.items())
    share = office / len(visits)
    return Week(
        len({visit.day for visit in visits}),
        len(nights),
        len({visit.day for visit in visits if visit.hour < 10}),
        len({weekday for weekday, _ in blocks}),
        len(set[int]().union(*rest.values())),
        len(rest),
        share,
        strength / 2 if share >= WORKDAY else strength,
    )


def block(visit: Visit) -> tuple[int, int]:
    """Its weekday, and the block of that day in which it began."""
    return visit.weekday, int(visit.hour // _BLOCK)


def is_office(visit: Visit) -> bool:
    """Whether it began from Monday to Friday, 8 to 18 o'clock."""
    return visit.weekday < 5 and OFFICE[0] <= visit.hour < OFFICE[1]


def _is_rest(weekday: int, block: int) -> bool:
    return weekday >= 5 or (block + 1) * _BLOCK <= _WORKING or block * _BLOCK >= _RESTING


def between(visits: Sequence[Visit], first: int, last: int) -> list[Visit]:
    """Those that began on one of these days."""
    return [visit for visit in visits if first <= visit.day <= last]


def regular(visits: Sequence[Visit]) -> tuple[int, int]:
    """The first and the last day of being there again and again, without a few strays at either end."""
    days = sorted({visit.day for visit in visits})
    cut = len(days) // _EDGE
    return days[cut], days[-1 - cut]
