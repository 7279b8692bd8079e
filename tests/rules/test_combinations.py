"""Combinations: their groups, their levels, and the pages of all rules of this part of the house."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from exposure.model import Confidence, Level
from exposure.plugins import Combination, Rule
from exposure.rules import combinations, gps, integrity, location, time
from exposure.rules.combinations import CHILD_AND_PLACE, NAME_AND_PLACE

HEADINGS = ["Why it matters", "What to do", "What that does not do", "Covers", "References"]


def found_in(*modules: ModuleType) -> list[Rule | Combination]:
    return [x for m in modules for x in vars(m).values() if isinstance(x, (Rule, Combination))]


EVERY = found_in(location, gps, time, integrity, combinations)


def test_a_name_and_a_place_are_critical() -> None:
    assert (NAME_AND_PLACE.level, NAME_AND_PLACE.confidence) == (Level.CRITICAL, Confidence.FIRM)
    assert {"owner-name", "gps-position"} <= NAME_AND_PLACE.groups[0] | NAME_AND_PLACE.groups[1]


def test_a_child_and_a_place_are_critical_and_rest_on_an_age() -> None:
    assert (CHILD_AND_PLACE.level, CHILD_AND_PLACE.confidence) == (Level.CRITICAL, Confidence.FIRM)
    assert CHILD_AND_PLACE.groups == (frozenset({"minor-age"}), frozenset({"gps-position"}))


def test_no_rule_stands_on_both_sides() -> None:
    for each in (NAME_AND_PLACE, CHILD_AND_PLACE):
        first, second = each.groups
        assert not first & second


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
def test_every_page_has_its_headings_in_order(each: Rule | Combination) -> None:
    page = inspect.cleandoc(each.page if isinstance(each, Combination) else each.check.__doc__ or "")
    opening, *rest = page.splitlines()
    assert opening.endswith(".")
    assert [line for line in rest if line and not line.startswith(" ")] == HEADINGS


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
def test_every_rule_speaks_plainly(each: Rule | Combination) -> None:
    for sentence in (each.message, each.remedy):
        assert sentence.endswith(".")
        assert "EXIF" not in sentence
        assert "`" not in sentence
    assert not each.title.endswith(".")
    assert "exposure clean" not in str(each)
