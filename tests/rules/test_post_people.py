from __future__ import annotations

from typing import Any

import pytest

from exposure.model import Address, Evidence, Finding, Level, Person, Place, Secret, Text
from exposure.plugins import PostRule
from exposure.post import Link, Visibility
from exposure.rules.post_people import face_labels, page_around_picture, people_mentioned, people_tagged
from tests.make.examinations import finding
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import AT, PUBLIC, caption, check_hostile, check_silent, photo, posted, tag, values

JANE = Person("depicted", "Jane Doe", AT)


@pytest.mark.parametrize("rule", post_rules_of("post_people"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


def test_tagged_people() -> None:
    found = people_tagged.check(posted(JANE, JANE, Person("mentioned", "@sam", AT)))
    assert found is not None and [(e.value, e.secret) for e in found.evidence] == [("Jane Doe", Secret.NAME)]
    assert people_tagged.level is Level.HIGH


def test_mentioned_people() -> None:
    assert values(people_mentioned.check(posted(Person("mentioned", "@sam", AT)))) == ["@sam"]
    assert people_mentioned.level is Level.LOW


def test_labels_that_only_the_service_sees_are_told_apart() -> None:
    found = posted(stored=[JANE])
    assert people_tagged.check(found) is None
    assert values(face_labels.check(found)) == ["Jane Doe"]
    assert face_labels.level is Level.LOW
    assert face_labels.check(posted(JANE)) is None


@pytest.mark.parametrize("name", ["", " ", "unknown", "?"])
def test_nobody(name: str) -> None:
    nobody = Person("depicted", name, AT)
    assert people_tagged.check(posted(nobody)) is None
    assert face_labels.check(posted(stored=[nobody])) is None


def boxes(number: int) -> Finding:
    marks = [Evidence(Address(f"XMP:mwg-rs:RegionList[{n}]"), "a box") for n in range(number)]
    return finding("face-boxes", Level.INFO, *marks)


LINKED: dict[str, Any] = {
    "visibility": PUBLIC,
    "account": "sam",
    "link": Link("https://example.com/1", "exact"),
}


def test_the_page_around_a_picture_of_somebody() -> None:
    for found in (
        posted(JANE, **LINKED),
        posted(seen=[photo(found=[boxes(1)])], **LINKED),
        posted(seen=[photo(found=[boxes(2)])], **LINKED),
        posted(caption("My first selfie"), **LINKED),
        posted(tag("me"), **LINKED),
    ):
        verdict = page_around_picture.check(found)
        assert verdict is not None and verdict.level is None
    assert page_around_picture.level is Level.MEDIUM


def test_the_page_around_a_picture_of_nobody_known_is_low() -> None:
    crowd = posted(seen=[photo(found=[boxes(3)])], **LINKED)
    for found in (posted(caption("A pier"), **LINKED), crowd):
        verdict = page_around_picture.check(found)
        assert verdict is not None and verdict.level is Level.LOW


@pytest.mark.parametrize("value", ["unlisted", "followers", "limited", "private", "unknown"])
def test_only_what_is_known_to_be_public_has_such_a_page(value: str) -> None:
    assert page_around_picture.check(posted(JANE, **{**LINKED, "visibility": Visibility(value, "x")})) is None


def test_a_post_without_a_picture_or_a_profile_has_no_such_page() -> None:
    assert page_around_picture.check(posted(JANE, photos=(), **LINKED)) is None
    assert page_around_picture.check(posted(JANE, visibility=PUBLIC)) is None


def test_places_and_words_are_nobody() -> None:
    other = (Place(1.0, 2.0, None, "Jane Doe", AT), Text("caption", "Jane Doe", AT))
    assert people_tagged.check(posted(*other)) is None and people_mentioned.check(posted(*other)) is None
