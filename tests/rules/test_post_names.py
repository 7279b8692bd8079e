from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Level, Person, Text
from exposure.plugins import PostRule
from exposure.rules.post_names import contact_in_words, name_in_alt_text
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import AT, caption, check_hostile, check_silent, each, photo, posted, values


@pytest.mark.parametrize("rule", post_rules_of("post_names"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


def alt(words: str) -> Text:
    return Text("alt", words, AT)


@pytest.mark.parametrize("words", ["Jane Doe at the pier", "A pier with Jane in front", "JANE DOE!"])
def test_a_known_name_is_firm(words: str) -> None:
    for found in (
        name_in_alt_text.check(posted(alt(words), Person("depicted", "Jane Doe", AT))),
        name_in_alt_text.check(posted(alt(words), seen=[photo(Person("depicted", "Jane Doe", AT))])),
        name_in_alt_text.check(posted(alt(words), stored=[Person("depicted", "Jane Doe", AT)])),
    ):
        assert found is not None and found.confidence is None and found.evidence[0].value.startswith("Jane")
    assert name_in_alt_text.level is Level.MEDIUM and name_in_alt_text.confidence is Confidence.FIRM


@each("Photo of Anna Miller smiling", "Selfie with Tom O’Neill", "Bild von Petra Schulze", "Jane Doe")
def test_the_shape_of_a_name_is_possible(words: str) -> None:
    found = name_in_alt_text.check(posted(alt(words)))
    assert found is not None and found.confidence is Confidence.TENTATIVE


@each(
    "",
    "a pier",
    "🌊",
    "A woman and two children on a beach",
    "May be an image of 2 people, beach and text that says 'Jane Doe'",
    "Photo by Jane Doe on May 03, 2024. May be an image of ocean.",
    "photo of the Eiffel tower",
    "No photo description available.",
    "picture of my dog",
)
def test_a_description_without_a_name(words: str) -> None:
    assert name_in_alt_text.check(posted(alt(words))) is None


def test_a_name_inside_another_word_is_none() -> None:
    assert name_in_alt_text.check(posted(alt("annals of the sea"), Person("depicted", "Ann", AT))) is None
    assert name_in_alt_text.check(posted(alt("unknown"), Person("depicted", "unknown", AT))) is None


def test_contact_details() -> None:
    words = caption("Call me: +49 171 2345678 or sam@smithfamily.net")
    assert len(values(contact_in_words.check(posted(words)))) == 2


@each("", "2024-05-03 18:00", "12345", "me@example.com", "@sam", "1,234,567 views", "📞")
def test_no_contact_details(words: str) -> None:
    assert contact_in_words.check(posted(caption(words))) is None


def test_a_number_in_a_comment_is_said_to_stand_there() -> None:
    at = Address("Flickr:photo_51.json:comments")
    found = contact_in_words.check(posted(Text("comment", "call me: bea.kurz@kurzfoto.de", at)))
    assert values(found) == ["bea.kurz@kurzfoto.de"]
    assert found is not None and found.message is not None and found.message.startswith("A comment")
    assert found.remedy is not None and found.remedy.startswith("Delete the comment")
