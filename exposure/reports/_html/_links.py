"""Who and what goes together: cameras on the left, people who are named on the right, photos as the lines between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from exposure.collection import NONE, Collection
from exposure.model import Secret
from exposure.reports._html._values import Value, value

WIDE, STEP = 360, 34
"""The drawing's width and the height of a line of it, in its own units."""
LEFT, RIGHT = 140, 240
"""Where the two columns of dots stand."""

_SHORT = 18
_MOST_DEVICES, _MOST_PEOPLE, _MOST_LINES = 8, 12, 40


class Node(NamedTuple):
    """A camera or a person."""

    name: Value
    photos: int
    y: int
    roles: str = ""

    @property
    def short(self) -> str:
        """Its name where there is little room."""
        return self.name.text if len(self.name.text) <= _SHORT else self.name.text[: _SHORT - 1] + "…"


class Line(NamedTuple):
    """Photos that two nodes share."""

    left: int
    """The places of the two among their nodes."""
    right: int
    photos: int
    wide: float


class Links(NamedTuple):
    """The drawing and what it says."""

    devices: list[Node]
    people: list[Node]
    lines: list[Line]
    """From a camera to a person."""
    together: list[Line]
    """From a person to another person in the same photos."""
    high: int
    more_devices: int
    more_people: int


def links(collection: Collection, cameras: dict[int, str], reveal: bool) -> Links | None:
    """The cameras and people with the most photos; None when there are none. `cameras`: the names of its devices."""
    devices: Counter[int] = Counter()
    people: Counter[str] = Counter()
    lines: Counter[tuple[int, str]] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    roles: dict[str, set[str]] = {}
    for photo in range(len(collection)):
        device, named = collection.device[photo], sorted(set(collection.people_of(photo)))
        names = sorted({name for _, name in named})
        for role, name in named:
            roles.setdefault(name, set()).add(role)
        devices.update([device] if device != NONE else ())
        people.update(names)
        lines.update((device, name) for name in names if device != NONE)
        together.update(combinations(names[:_MOST_PEOPLE], 2))
    if not devices and not people:
        return None
    left = [device for device, _ in devices.most_common(_MOST_DEVICES)]
    right = [name for name, _ in people.most_common(_MOST_PEOPLE)]
    high = STEP * max(len(left), len(right)) + STEP // 2
    return Links(
        [
            Node(Value(name), devices[d], _y(n, len(left), high))
            for n, (d, name) in enumerate(zip(left, _told_apart([cameras[d] for d in left]), strict=True))
        ],
        [
            Node(
                value(p, Secret.NAME, reveal), people[p], _y(n, len(right), high), ", ".join(sorted(roles[p]))
            )
            for n, p in enumerate(right)
        ],
        _lines(lines, left, right),
        _lines(together, right, right),
        high,
        len(devices) - len(left),
        len(people) - len(right),
    )


def _told_apart(names: list[str]) -> Iterator[str]:
    """The same names, a second camera of one model as ``EOS 80D, no. 2``."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}, no. {seen[name]}"


def _y(number: int, count: int, high: int) -> int:
    """Evenly spread down the column."""
    return round((number + 0.5) * high / count)


def _lines(
    shared: Counter[tuple[int, str]] | Counter[tuple[str, str]], left: list[int] | list[str], right: list[str]
) -> list[Line]:
    """Those between nodes that are drawn, the widest for the most photos."""
    froms = {key: n for n, key in enumerate(left)}
    tos = {name: n for n, name in enumerate(right)}
    drawn = [(pair, n) for pair, n in shared.most_common() if pair[0] in froms and pair[1] in tos][
        :_MOST_LINES
    ]
    most = max((n for _, n in drawn), default=1)
    return [Line(froms[a], tos[b], n, round(1 + 5 * n / most, 1)) for (a, b), n in drawn]
