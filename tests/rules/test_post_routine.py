from __future__ import annotations

import pytest

from exposure.model import Level
from exposure.plugins import PostRule
from exposure.rules.post_routine import event_in_words, routine_in_words
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import caption, check_hostile, check_silent, each, posted, tag


@pytest.mark.parametrize("rule", post_rules_of("post_routine"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


@each(
    "Every Tuesday we run along the river",
    "My usual run before breakfast",
    "Gym at 7am, every morning",
    "On my way to work, same train as always",
    "School run done, coffee now",
    "Jeden Dienstag Training im Verein",
    "Montags immer joggen",
    "Tous les matins, ma promenade au parc",
    "Todos los lunes, gimnasio a las 19:00",
    "Ogni mattina la stessa passeggiata",
    "Todos os dias a mesma caminhada",
    "Elke ochtend wandelen met de hond",
    "Каждое утро пробежка",
    "毎朝の散歩",
)
def test_habits(words: str) -> None:
    assert routine_in_words.check(posted(caption(words))) is not None
    assert routine_in_words.level is Level.MEDIUM


@each(
    "",
    "🏃‍♀️🏃‍♀️",
    "I love you more every day",
    "Every day is a gift",
    "Jeden Tag ein bisschen besser",
    "A nice run",
    "The minister runs every morning, the newspaper reported",
    "Best evening of the year",
)
def test_no_habits(words: str) -> None:
    assert routine_in_words.check(posted(caption(words))) is None


@each("womensmarch", "Protest", "climatestrike2024", "CSD2024", "huelga8m")
def test_event_hashtags(words: str) -> None:
    assert event_in_words.check(posted(tag(words))) is not None


@each("At the rally with Jo", "Unsere Demo gegen rechts", "À la manif ce matin", "В субботу был митинг")
def test_events_in_words(words: str) -> None:
    assert event_in_words.check(posted(caption(words))) is not None


@each(
    "",
    "My demo of the new app",
    "democracy",
    "Protesters killed in the war, police say",
    "🎉 party",
    "She marched home",
)
def test_no_events(words: str) -> None:
    assert event_in_words.check(posted(caption(words), tag("party"))) is None


def test_an_event_without_a_picture_shows_nobody() -> None:
    assert event_in_words.check(posted(tag("womensmarch"), photos=())) is None
