"""Whose photos are these? Received pictures and other people's cameras say nothing about where somebody lives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from exposure.collection import NONE, Collection
from exposure.ground import metres
from exposure.inferences._cameras import cameras
from exposure.taken import NO_OFFSET

_TOGETHER_S, _TOGETHER_M = 30 * 60, 300.0
"""Two cameras were together when they took photos this close in time and place, in seconds and metres."""
_APART_M = 20_000.0
"""Two photos within half an hour and this far apart, in metres, were taken by two people."""
_DAYS = 2
"""How many days two cameras must have been together."""
_DAY = 86_400

_Sight = tuple[int, float, float, int]
"""When (in UTC as far as that is known), where, and which camera; `NONE` where none is named."""


@lru_cache(8)
def own(collection: Collection) -> bytearray:
    """For each photo, 1 if the person who took most of the photos took it, 0 if not, or if nothing tells.

    Cameras are told apart by make, model and serial number. The main one is that with most days; another one counts
    as the same person's when both were together on two days, or when one followed the other; never when they were
    far apart at one time. Photos that name no camera are somebody else's, unless they have more days than all those:
    many programs and services leave the camera out, and then most of a life lies in them.
    """
    groups = {**cameras(collection), NONE: NONE}
    sights = sorted(_sights(collection, groups))
    days: dict[int, set[int]] = defaultdict(set)
    for when, _, _, camera in sights:
        days[camera].add(when // _DAY)
    mine = _mine(sights, days)
    return bytearray(groups[device] in mine for device in collection.device)


def _sights(collection: Collection, groups: dict[int, int]) -> list[_Sight]:
    found = []
    for photo in collection.timed():
        latitude, device = collection.latitude[photo], collection.device[photo]
        if latitude == latitude:
            offset = collection.offset[photo]
            longitude = collection.longitude[photo]
            shift = round(longitude / 15) * 60 if offset == NO_OFFSET else offset
            found.append((collection.taken[photo] - shift * 60, latitude, longitude, groups[device]))
    return found


def _mine(sights: list[_Sight], days: dict[int, set[int]]) -> set[int]:
    """The cameras of the person with the main one."""
    first = {sight[3]: sight for sight in reversed(sights)}
    ranked = sorted(days.keys() - {NONE}, key=lambda camera: (-len(days[camera]), first[camera]))
    mine = _grown(ranked, [sight for sight in sights if sight[3] != NONE], days)
    if NONE in days and len(days[NONE]) > len(set[int]().union(*(days[camera] for camera in mine))):
        return _grown([NONE, *ranked], sights, days)
    return mine


def _grown(ranked: Sequence[int], sights: list[_Sight], days: dict[int, set[int]]) -> set[int]:
    """The first of these cameras, and those of the same person."""
    together, apart = _meetings(sights)
    mine = set(ranked[:1])
    grown = True
    while grown:
        grown = False
        for camera in ranked:
            if camera in mine or any(apart[_pair(camera, other)] > 0 for other in mine):
                continue
            met = sum(together[_pair(camera, other)] for other in mine) >= _DAYS
            if met or _follows(days[camera], set().union(*(days[m] for m in mine))):
                mine.add(camera)
                grown = True
    return mine


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _meetings(sights: list[_Sight]) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """On how many days each two cameras were together, and on how many they were far apart at one time."""
    together: dict[tuple[int, int], set[int]] = defaultdict(set)
    apart: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one, other in pairwise(sights):
        if one[3] != other[3] and other[0] - one[0] <= _TOGETHER_S:
            distance = metres(*one[1:3], *other[1:3])
            if distance <= _TOGETHER_M:
                together[_pair(one[3], other[3])].add(one[0] // _DAY)
            elif distance >= _APART_M:
                apart[_pair(one[3], other[3])].add(one[0] // _DAY)
    return Counter({k: len(v) for k, v in together.items()}), Counter({k: len(v) for k, v in apart.items()})


def _follows(days: set[int], others: set[int]) -> bool:
    """Whether one camera was used before or after the others, not beside them."""
    return min(days) >= max(others) - 1 or max(days) <= min(others) + 1
