"""Routine: the same place on the same day of the week at the same hour, week after week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._clockwork import plausible
from exposure.inferences._homes import homes
from exposure.inferences._stays import Stay, stays
from exposure.inferences._visits import Visit, visits
from exposure.model import Address, Claim, Confidence, Level, Place, Question
from exposure.plugins import Inference

_RECENT = 90
"""Days before the newest photo that are looked at (COL04)."""
_WEEKS, _SHARE = 4, 0.5
"""In so many weeks, and in this share of the weeks with photos (COL04)."""
_HOURS = 1.0
"""Before and after the middle, in hours."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Habit(NamedTuple):
    weekday: int
    hour: int
    weeks: int


def routine(collection: Collection) -> Iterator[Claim]:
    """Photos show you at one place on the same day of the week at about the same hour, in many of the last weeks.

    Why it matters
        A stranger can tell where you will be next week.

    What to do
        Remove position and time from the photos of that place, share them later, or not every time.

    What that does not do
        What a picture shows, and when it is posted, tells the same.

    Covers
        COL04

    References
        https://www.nature.com/articles/srep01376
        http://epjdatascience.springeropen.com/articles/10.1140/epjds/s13688-015-0049-x
    """
    every = visits(collection)
    if not every or not plausible(collection):
        return
    newest = every[-1].day
    observed = {_week(visit) for visit in every if visit.day > newest - _RECENT}
    lived = {id(home.stay) for home in homes(collection)}
    for stay in stays(collection):
        if id(stay) not in lived:
            recent = [visit for visit in stay.visits if visit.day > newest - _RECENT]
            if habits := list(_habits(recent, len(observed))):
                yield _claim(stay, habits, len(observed))


def _week(visit: Visit) -> int:
    """Weeks since a Monday of 1970."""
    return (visit.day + 3) // 7


def _habits(recent: Sequence[Visit], observed: int) -> Iterator[_Habit]:
    by_weekday: dict[int, list[Visit]] = defaultdict(list)
    for visit in recent:
        by_weekday[visit.weekday].append(visit)
    for weekday, some in sorted(by_weekday.items()):
        habits = []
        for middle in some:
            near = [visit for visit in some if abs(visit.hour - middle.hour) <= _HOURS]
            weeks = len({_week(visit) for visit in near})
            habits.append(_Habit(weekday, round(middle.hour) % 24, weeks))
        best = max(habits, key=lambda habit: (habit.weeks, -habit.hour))
        if best.weeks >= _WEEKS and best.weeks >= _SHARE * observed:
            yield best


def _claim(stay: Stay, habits: Sequence[_Habit], observed: int) -> Claim:
    days = [_WEEKDAYS[habit.weekday] for habit in habits]
    named = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
    return Claim(
        ROUTINE.id,
        Level.HIGH,
        Confidence.TENTATIVE,
        Question.HISTORY,
        f"A stranger could tell where you usually are on a {named}.",
        tuple(
            f"In {habit.weeks} of the last {observed} weeks with photos you were there on a"
            f" {_WEEKDAYS[habit.weekday]} around {habit.hour} o'clock"
            for habit in habits
        ),
        ("it was a course that has ended", "it is seasonal", "somebody else took the photos"),
        stay.photos,
        Place(stay.latitude, stay.longitude, None, None, Address("collection")),
        None,
        named,
    )


ROUTINE = Inference("routine", "Routine", Question.HISTORY, Level.HIGH, routine)
