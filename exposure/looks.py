"""What a whole picture looks like, as 64 bits, so that the same picture is found again in another size or quality.

A look is made of a whole file of the person's own, drawn 32 x 32 in grey: the signs of the 64 lowest frequencies of its
cosine transform (Ahmed, Natarajan and Rao 1974), those of a quarter circle. It tells light from dark in large patches and
nothing else: no face, no part of a picture and no kind of thing can be found by it. Everything is reckoned in whole numbers,
so a picture has one look on every machine. ``python -m tests.evaluate_look`` measures how often it is right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from operator import mul
from typing import NamedTuple

SIDE = 32
"""Pixels on each side of the small grey picture that a look is made of."""

SAME, SURE = 18, 7
"""Two looks that differ in at most so many of 64 bits, and in at most so many of those that are clear in one of them, are of
the same picture. Of different photos fewer than one pair in a million comes this near; half of the bits differ on average."""

_BITS = 64
_FAINT = 24
"""So many of the 64 frequencies of each picture are its faint ones, for their pitch: their signs change where it is cropped
or compressed, and say little."""
_ONE = 1 << 12
"""What a cosine of 1 is in whole numbers."""
_LEAST = 40 * _ONE * _ONE
"""A frequency that is weaker than this (0.04 grey levels a pixel) changes its sign with the quality of a JPEG."""
_ENOUGH = 40
"""So many of the 64 must be stronger, or the picture is too plain to be told from others: a wall, a sheet, a night."""
_BAND, _MASK = 16, 0xFFFF
_FLIPS = ((0, 3), (1, 1))
"""Of the bits of one band, how many clear ones and at most how many faint ones are turned to look for the same picture."""


class Look(NamedTuple):
    """What a picture looks like."""

    bits: int
    """The signs of 64 frequencies; 0 stands for none where looks are packed."""
    faint: int = 0
    """Which of them are faint."""


def look(grey: bytes) -> Look | None:
    """The look of a picture of 32 x 32 grey levels, row by row; None when it is too plain to have one."""
    cells, waves = _cells(), _waves()
    most = max(max(cell) for cell in cells) + 1
    rows = [grey[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    columns = [[sum(map(mul, row, waves[across])) for row in rows] for across in range(most)]
    strengths = [sum(map(mul, columns[across], waves[down])) for across, down in cells]
    if sum(abs(strength) >= _LEAST for strength in strengths) < _ENOUGH:
        return None
    loud = [
        s * s * (across * across + down * down) for s, (across, down) in zip(strengths, cells, strict=True)
    ]
    faint = sorted(range(_BITS), key=loud.__getitem__)[:_FAINT]
    return Look(sum((s > 0) << bit for bit, s in enumerate(strengths)), sum(1 << bit for bit in faint))


@cache
def _cells() -> list[tuple[int, int]]:
    """The 64 lowest frequencies but that of the mean: how many half waves across and down."""
    side = range(2 * int(math.sqrt(_BITS)))
    every = sorted((x * x + y * y, x, y) for x in side for y in side)
    return [(x, y) for _, x, y in every[1 : _BITS + 1]]


@cache
def _waves() -> list[list[int]]:
    """The cosines of each frequency, in whole numbers."""
    return [
        [round(_ONE * math.cos(math.pi * (2 * x + 1) * wave / (2 * SIDE))) for x in range(SIDE)]
        for wave in range(SIDE)
    ]


def difference(one: Look, other: Look) -> int:
    """In how many of their 64 bits two looks differ."""
    return (one.bits ^ other.bits).bit_count()


def is_same(one: Look, other: Look) -> bool:
    """Whether two looks are of the same picture."""
    differ = one.bits ^ other.bits
    return differ.bit_count() <= SAME and (differ & ~(one.faint & other.faint)).bit_count() <= SURE


def matches(ours: Sequence[Look | None], theirs: Sequence[Look | None]) -> Iterator[tuple[int, int]]:
    """Every pair of the same picture, as places in the two lists.

    Each look is asked only against those that share one of four bands of 16 bits with it, but for faint bits, or one
    clear one: in one band at least, so few differ. Pictures that differ by more in all four are missed; of those that are
    the same by `is_same`, that is fewer than one in a hundred, all of them cropped.
    """
    if len(ours) > len(theirs):
        yield from ((one, other) for other, one in matches(theirs, ours))
        return
    places: dict[Look, list[int]] = defaultdict(list)
    for place, each in enumerate(theirs):
        if each is not None and each.bits:
            places[each].append(place)
    bands = _by_band(places)
    for place, mine in enumerate(ours):
        if mine is not None and mine.bits:
            near = {
                other
                for shift, band in bands
                for value in _near(mine, shift)
                for other in band.get(value, ())
                if (other[0] ^ mine[0]).bit_count() <= SAME  # by place, which is quicker than by name
            }
            found = [p for other in near if is_same(mine, other) for p in places[other]]
            yield from ((place, other) for other in sorted(found))


def _by_band(looks: Iterable[Look]) -> list[tuple[int, dict[int, list[Look]]]]:
    """For each band, where it begins, and the looks that have each value in it."""
    bands = []
    for shift in range(0, _BITS, _BAND):
        band: dict[int, list[Look]] = defaultdict(list)
        for each in looks:
            band[each.bits >> shift & _MASK].append(each)
        bands.append((shift, band))
    return bands


def _near(mine: Look, shift: int) -> Iterator[int]:
    """The values of a band that the same picture may have."""
    here = mine.bits >> shift & _MASK
    return map(here.__xor__, _flips(mine.faint >> shift & _MASK))


@lru_cache(1 << 14)
def _flips(faint: int) -> list[int]:
    """Which bits of a band are turned, where these are its faint ones."""
    bits = [1 << bit for bit in range(_BAND)]
    clear = [bit for bit in bits if not bit & faint]
    unclear = [bit for bit in bits if bit & faint]
    return [
        sum(some) + sum(few)
        for sure, most in _FLIPS
        for some in combinations(clear, sure)
        for count in range(most + 1)
        for few in combinations(unclear, count)
    ]
