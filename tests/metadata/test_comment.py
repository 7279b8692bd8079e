from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exposure.metadata import comment as module
from exposure.metadata.comment import COMMENT
from exposure.model import Fact, Field, Kind, Problem, Text
from exposure.source import Range
from tests.make import block


def fields(data: bytes) -> list[Field]:
    found = list(COMMENT.decode(block(Kind.COMMENT, data, "COM")))
    assert all(isinstance(f, Field) for f in found)
    return [f for f in found if isinstance(f, Field)]


def facts(data: bytes) -> list[Fact]:
    return list(COMMENT.facts(fields(data)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"At home with Ann", "At home with Ann"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        (b"two\r\nlines\0\0\0", "two\r\nlines"),
        ("日本".encode(), "日本"),
    ],
)
def test_words_are_read_as_utf8_or_latin1(data: bytes, words: str) -> None:
    (field,) = fields(data)
    assert (field.path, field.value) == ("Comment:COM:Comment", words)
    (fact,) = facts(data)
    assert fact == Text("comment", words, field.address)


def test_the_address_is_the_comment_without_its_padding() -> None:
    (field,) = fields(b"words\0\0")
    assert field.address.ranges == (Range(0, 5),)


@pytest.mark.parametrize("data", [b"", b"\0\0\0"])
def test_nothing_is_no_field(data: bytes) -> None:
    assert fields(data) == []


def test_blanks_are_a_field_but_no_fact() -> None:
    assert [f.value for f in fields(b"  \r\n")] == ["  \r\n"]
    assert facts(b"  \r\n") == []


@pytest.mark.parametrize(
    "data", [bytes(range(1, 30)), b"H\0i\0!\0x", random.Random(1).randbytes(500) + b"\1"]
)
def test_binary_is_kept_as_bytes_and_is_no_fact(data: bytes) -> None:
    assert [f.value for f in fields(data)] == [data]
    assert facts(data) == []


def test_of_a_comment_that_is_too_long_the_beginning_is_kept_and_the_rest_is_said() -> None:
    words = "é" * module.LONGEST
    field, problem = COMMENT.decode(block(Kind.COMMENT, b"x" + words.encode(), "COM"))
    assert isinstance(field, Field) and field.value == "x" + words[: module.LONGEST // 2 - 1]
    assert isinstance(problem, Problem)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_words_or_bytes(data: bytes) -> None:
    assume(not data.lstrip().startswith(b"<"))  # which may be read as XMP
    for field in fields(data):
        assert isinstance(field.value, (str, bytes)) and field.value
    assert all(isinstance(fact, Text) and fact.value for fact in facts(data))
