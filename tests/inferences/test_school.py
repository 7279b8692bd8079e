from __future__ import annotations

from dataclasses import replace

import pytest

from exposure.inferences.school import CHILD_SCHOOL
from exposure.model import Address, Confidence, Examination, Text
from tests.inferences.lives import at, home_life, said
from tests.make.shots import here


def runs(*hours: float) -> list[Examination]:
    return list(at(here(north=1500), *hours, days=range(40), weekdays=range(5)))


def speaking(photo: Examination, words: str) -> Examination:
    text = Text("description", words, Address("EXIF:IFD0:ImageDescription"))
    return replace(photo, facts=replace(photo.facts, texts=(text,)))


@pytest.mark.parametrize(
    "words", ["First day of school!", "Einschulung", "à l'école", "Kita-Fest", "2nd grade"]
)
def test_mornings_and_afternoons_and_a_word_may_be_a_school(words: str) -> None:
    first, *rest = runs(8.2, 15.4)
    (claim,) = said(CHILD_SCHOOL, *home_life(), speaking(first, words), *rest)
    assert claim.confidence is Confidence.TENTATIVE and "Please check" in claim.message
    assert words not in claim.message + " ".join(claim.why)


def test_without_a_word_nothing_is_said() -> None:
    assert said(CHILD_SCHOOL, *home_life(), *runs(8.2, 15.4)) == []


def test_a_word_that_only_contains_one_is_none() -> None:
    first, *rest = runs(8.2, 15.4)
    assert said(CHILD_SCHOOL, *home_life(), speaking(first, "old schooling preschooled"), *rest) == []


def test_other_hours_are_no_school_run() -> None:
    first, *rest = runs(10.2, 12.4, 19.0)
    assert said(CHILD_SCHOOL, *home_life(), speaking(first, "our school"), *rest) == []
