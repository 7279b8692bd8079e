"""Nothing that a file says may move a cursor, hide, or break a line; nothing masked may say too much."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import Secret
from exposure.text import length, masked, plain, rounded

ANY_TEXT = st.text(st.characters(), max_size=300)  # surrogates included


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Nikon", "Nikon"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]52;c;eA==\x07", "\\x1b]52;c;eA==\\x07"),
        ("a\nb\r\tc", "a\\x0ab\\x0d\\x09c"),
        ("abc\u202egpj.exe", "abc\\u202egpj.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\ud800", "\\ud800"),
        ("\ue000", "\\ue000"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        ("\u3164", "\\u3164"),
        ("[/red]", "[/red]"),
        ("10\u202f000\xa0m", "10 000 m"),
        ("Zürich 東京", "Zürich 東京"),
        ("e\u0301", "e\u0301"),
        ("e" + 6 * "\u0301", "e" + 4 * "\u0301" + 2 * "\\u0301"),
        (b"caf\xc3\xa9\x00", "café\\x00"),
        ((1, 2.5, "\x07"), "1, 2.5, \\x07"),
        (tuple(range(20)), ", ".join(map(str, range(16))) + ", …"),
        (None, "None"),
    ],
)
def test_plain(value: object, shown: str) -> None:
    assert plain(value) == shown


def test_plain_cuts_what_is_long_and_never_inside_an_escape() -> None:
    assert plain("a" * 10, 10) == "a" * 10
    assert plain("a" * 11, 10) == "a" * 9 + "…"
    assert plain("aaa\x1b\x1b", 10) == "aaa\\x1b…"
    assert plain("x" * 1_000_000) == "x" * 119 + "…"
    assert plain(1 << 20000) == "a number of 20,001 bits"


@settings(deadline=None)
@given(ANY_TEXT, st.integers(1, 80))
def test_plain_is_one_short_visible_line(value: str, limit: int) -> None:
    shown = plain(value, limit)
    assert len(shown) <= limit
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("value", "secret", "shown"),
    [
        ("iPhone 15", Secret.NONE, "iPhone 15"),
        ("48.137222, 11.575500", Secret.PLACE, "48.1, 11.6"),
        ("-0.01,-0.04", Secret.PLACE, "0.0, 0.0"),
        ("Marienplatz 1", Secret.PLACE, "13 characters"),
        ("nan, inf", Secret.PLACE, "8 characters"),
        ("48.1, 11.6, 5", Secret.PLACE, "13 characters"),
        ("1" * 100 + ", 2", Secret.PLACE, "103 characters"),
        ("Anna Schmidt", Secret.NAME, "A. S."),
        ("anna@example.org", Secret.NAME, "A."),
        ("a b c d e f", Secret.NAME, "A. B. C. D."),
        ("  ¿ ", Secret.NAME, "…"),
        ("DXZ0012345", Secret.SERIAL, "…2345"),
        ("12345", Secret.SERIAL, "…45"),
        ("7", Secret.SERIAL, "…"),
        ("", Secret.SERIAL, "…"),
        ("Our new flat, second floor", Secret.TEXT, "26 characters"),
        ("x", Secret.TEXT, "1 character"),
    ],
)
def test_masked(value: str, secret: Secret, shown: str) -> None:
    assert masked(value, secret) == shown


@settings(deadline=None)
@given(ANY_TEXT, st.sampled_from([Secret.PLACE, Secret.NAME, Secret.SERIAL, Secret.TEXT]))
def test_masked_never_gives_the_value_itself(value: str, secret: Secret) -> None:
    shown = masked(value, secret)
    assert len(shown) <= 40
    if secret is Secret.SERIAL:
        assert len(shown) - 1 <= min(4, len(value) / 2)
    if secret is Secret.TEXT:
        assert shown == length(value)


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_masked_position_keeps_one_decimal(latitude: float, longitude: float) -> None:
    shown = masked(f"{latitude:.6f}, {longitude:.6f}", Secret.PLACE)
    for written, degrees in zip(shown.split(", "), (latitude, longitude), strict=True):
        assert abs(float(written) - degrees) <= 0.051
        assert len(written.partition(".")[2]) == 1


@pytest.mark.parametrize(
    ("degrees", "shown"),
    [(48.137, 48.1), (-0.04, 0.0), (None, None), (float("nan"), None), (float("inf"), None)],
)
def test_rounded(degrees: float | None, shown: float | None) -> None:
    assert rounded(degrees) == shown
    assert str(rounded(-0.04)) == "0.0"


def test_length() -> None:
    assert length(b"a") == "1 byte"
    assert length("a" * 1234) == "1,234 characters"
