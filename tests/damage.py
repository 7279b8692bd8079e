"""Damage for tests: files as broken disks, other programs and attackers leave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hypothesis import strategies as st

NUMBERS = (0, 1, 2, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 62, (1 << 64) - 1)
"""What breaks lengths, offsets and counts."""


def damaged(samples: Mapping[str, bytes], draw: st.DataObject) -> bytes:
    """A sample with a few of the things done to it that break readers, and perhaps its end cut off."""
    names = sorted(samples)
    data = bytearray(samples[draw.draw(st.sampled_from(names))])
    for how in draw.draw(st.lists(st.integers(0, 7), max_size=6)):
        if not data:
            break
        at = draw.draw(st.integers(0, len(data) - 1))
        if how == 0:  # other bytes, more or fewer of them
            data[at : at + 1] = draw.draw(st.binary(max_size=4))
        elif how == 1:
            del data[at : at + draw.draw(st.integers(1, 64))]
        elif how == 2:  # a stretch of another sample, over this one or between
            other = samples[draw.draw(st.sampled_from(names))]
            start = draw.draw(st.integers(0, len(other) - 1))
            stretch = other[start : start + draw.draw(st.integers(1, 400))]
            data[at : at + draw.draw(st.sampled_from((0, len(stretch))))] = stretch
        elif how == 3:  # a stretch of itself, again
            start = draw.draw(st.integers(0, len(data) - 1))
            data[at:at] = data[start : start + draw.draw(st.integers(1, 400))]
        else:
            renumber(data, at, how, draw)
    return bytes(data[: draw.draw(st.integers(1, len(data)))] if data and draw.draw(st.booleans()) else data)


def renumber(data: bytearray, at: int, how: int, draw: st.DataObject) -> None:
    """Change what may be a length, an offset or a count: the next number at or after `at` that is one by its size."""
    order: Literal["big", "little"] = draw.draw(st.sampled_from(("big", "little")))
    width = draw.draw(st.sampled_from((1, 2, 4, 4, 4, 8)))
    if how > 4:  # a number that fits the file
        fitting = (
            n
            for n in range(at, min(at + 200, len(data) - width))
            if 0 < int.from_bytes(data[n : n + width], order) <= len(data)
        )
        at = next(fitting, at)
    now = int.from_bytes(data[at : at + width], order)
    near = (now + 1, max(now - 1, 0), 2 * now, len(data), len(data) - at, at, now + (1 << 16))
    number = draw.draw(st.sampled_from((*NUMBERS, *near))) % (1 << 8 * width)
    data[at : at + width] = number.to_bytes(width, order)
