from __future__ import annotations

import pytest

from exposure.rules._labels import label, numbered


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Headline",
            "ObjectName",
            "Special Instr.",
            "The Title (ref2019.1)",
            "Creator's CI: Address, line 1",
        ),
        *("Test image", "this is a comment", "Licensor Street Addr 1", "hello world"),
    ],
)
def test_labels(text: str) -> None:
    assert label(text)


@pytest.mark.parametrize(
    "text", ["", "2019", "...", "Jane Doe", "12 City Road West", "Anna's birthday", "test " * 50]
)
def test_words_are_no_labels(text: str) -> None:
    assert not label(text)


def test_names_that_a_template_counts_up() -> None:
    assert numbered("Person name no 3 of the crowd") and numbered("Organisation Name 12")
    assert not numbered("Person of the Year") and not numbered("Team 17") and not numbered("Jane Doe 2")
