from __future__ import annotations

import random
import struct

import pytest

from exposure.metadata._wording import wording

WORDS = "Jane Doe, 12 Elm Street"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        b"\0\0" + WORDS.encode() + b"\0\0",
        b"ACME\0" + WORDS.encode(),
        b"Ducky\0\0\2" + struct.pack(">H", len(WORDS)) + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
    ],
)
def test_words_are_found_behind_a_name_and_in_utf16(data: bytes) -> None:
    assert wording(data).endswith(WORDS)


@pytest.mark.parametrize(
    "data",
    [b"", b"Adobe_CM\0\1", b"AMPF", b"1.0", bytes(range(256)), struct.pack(">20I", *range(20)), b"\xff" * 90],
)
def test_names_and_numbers_are_no_words(data: bytes) -> None:
    assert wording(data) == ""


def test_noise_is_no_words() -> None:
    chance = random.Random(5)
    assert not [n for n in range(400) if wording(chance.randbytes(20 + 3 * n))]
