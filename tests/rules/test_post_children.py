from __future__ import annotations

import pytest

from exposure.model import Level, Secret
from exposure.plugins import PostRule
from exposure.rules.post_children import child_in_words
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import caption, check_hostile, check_silent, each, posted, tag


@pytest.mark.parametrize("rule", post_rules_of("post_children"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


@pytest.mark.parametrize(
    "words, name",
    [
        ("My daughter Emma turns 7 today!", "Emma"),
        ("Happy 5th birthday Leo!", "Leo"),
        ("Our son Max, first day of school", "Max"),
        ("Emma's 7th birthday party", "Emma"),
        ("Unsere Tochter Lina wird heute 6 Jahre alt", "Lina"),
        ("Mein Sohn Paul kommt in die Schule", "Paul"),
        ("Ma fille Chloé a 4 ans", "Chloé"),
        ("Mi hijo Mateo cumple 8 años", "Mateo"),
        ("Nostra figlia Giulia, 3 anni", "Giulia"),
        ("Nossa filha Ana fez 5 anos", "Ana"),
        ("Onze dochter Noor wordt 6 jaar", "Noor"),
        ("Nasza córka Zosia kończy 7 lat", "Zosia"),
        ("Нашей дочке Маше 5 лет", "Маше"),
    ],
)
def test_a_named_child(words: str, name: str) -> None:
    found = child_in_words.check(posted(caption(words)))
    assert found is not None and found.level is None, words
    assert (found.evidence[0].value, found.evidence[0].secret) == (name, Secret.NAME)
    assert child_in_words.level is Level.HIGH and "parent" in child_in_words.raised_for


@each(
    "Our little girl is 3 years old today",
    "Back to school for the kids",
    "Kita-Fest mit unseren Kindern, das Kind ist 4 Jahre alt",
    "息子が5歳になりました",
    "女儿今天上学了",
)
def test_a_child_without_a_name_is_medium(words: str) -> None:
    found = child_in_words.check(posted(caption(words)))
    assert found is not None and found.level is Level.MEDIUM, words


def test_hashtags_of_first_days() -> None:
    assert child_in_words.check(posted(tag("FirstDayOfSchool"))) is not None
    assert child_in_words.check(posted(tag("school"))) is None


@each(
    "",
    "👶🎂",
    "Happy 40th birthday Mike",
    "Happy birthday Sofia!",
    "Our dog Rex is 7 years old",
    "Ya son 5 años juntos",
    "So kind of you, 5 years on",
    "My car is 12 years old",
    "School of rock, what a film",
    "The kids are alright",
    "Met my son for lunch",
    "Bundesliga: Bayern wird 7. Meister",
    "Police say a boy aged 7 years was found near the school",
    "10 years ago today",
    "Bought a 5 year old whisky",
)
def test_no_child(words: str) -> None:
    assert child_in_words.check(posted(caption(words))) is None
