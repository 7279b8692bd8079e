"""The checks on dates, offsets and positions that all decoders share."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure.metadata._meaning import moment, offset, valid_position, words


@pytest.mark.parametrize(
    "said, meant",
    [
        ("2024:05:03 18:00:00", ("2024-05-03T18:00:00", None)),
        ("2024-05-03T18:00:00+02:00", ("2024-05-03T18:00:00", "+02:00")),
        ("2024-05-03T18:00:00.123Z", ("2024-05-03T18:00:00", "+00:00")),
        ("2024-05-03 18:00", ("2024-05-03T18:00:00", None)),
        (" 2024:5:3 8:00:00 ", ("2024-05-03T08:00:00", None)),
        ("2024-05-03", ("2024-05-03", None)),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2024:02:30 10:00:00", None),
        ("2024:05:03 25:00:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (20240503, None),
    ],
)
def test_moments(said: object, meant: object) -> None:
    assert moment(said) == meant


@pytest.mark.parametrize(
    "said, meant",
    [
        ("+02:00", "+02:00"),
        ("-0330", "-03:30"),
        ("Z", "+00:00"),
        ("+15:00", None),
        ("02:00", None),
        (None, None),
    ],
)
def test_offsets(said: object, meant: object) -> None:
    assert offset(said) == meant


@pytest.mark.parametrize(
    "place, valid",
    [
        ((51.5, 0.0), True),
        ((0.0, 9.1), True),
        ((0.0, 0.0), False),
        ((91.0, 0.0), False),
        ((0.0, 181.0), False),
    ],
)
def test_positions(place: tuple[float, float], valid: bool) -> None:
    assert valid_position(*place) is valid


def test_no_number_is_no_position() -> None:
    assert not valid_position(None, 1.0)
    assert not valid_position(float("nan"), 1.0)


def test_words() -> None:
    assert words(" \0 hello \u3000") == "hello"
    assert words(" \0 ") is None
    assert words(7) is None


def test_a_hostile_date_takes_no_time() -> None:
    started = time.process_time()
    assert moment("2024:05:03" + " " * 60_000 + "x") is None
    assert time.process_time() - started < 0.1


@given(st.text(max_size=100))
def test_nothing_raises(said: str) -> None:
    moment(said)
    offset(said)
    words(said)
