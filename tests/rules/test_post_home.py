from __future__ import annotations

import pytest

from exposure.model import Confidence, Level
from exposure.plugins import PostRule
from exposure.rules.post_home import home_in_words
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import caption, check_hostile, check_silent, each, photo, posted, there, values


@pytest.mark.parametrize("rule", post_rules_of("post_home"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


@each(
    "My new flat at 12 Oak Street!",
    "We live at 7 Station Road now",
    "Just moved! 221 Elm Avenue is ours",
    "Unsere neue Wohnung in der Lindenstraße 5",
    "Endlich eingezogen: Berliner Straße 12a",
    "Notre nouvel appart, 12 rue de la Paix",
    "Mi nueva casa en Calle Mayor 12",
    "La nostra nuova casa, Via Roma 5",
    "Minha casa nova: Rua Augusta 100",
    "Ons nieuwe huis, Kerkstraat 12",
    "Vår nya lägenhet på Storgatan 5",
    "Nasze nowe mieszkanie, ul. Długa 5",
    "Наша новая квартира, ул. Ленина 5",
    "新居 東京都渋谷区神宮前1-2",
)
def test_a_home_with_its_address(words: str) -> None:
    found = home_in_words.check(posted(caption(words)))
    assert found is not None and found.level is None and len(found.evidence) >= 2
    assert home_in_words.level is Level.HIGH and home_in_words.critical_for == {"survivor"}


@pytest.mark.parametrize("of_the_photo", [True, False])
def test_a_home_on_the_map_is_possible(of_the_photo: bool) -> None:
    words = caption("Home sweet home 🏡")
    found = home_in_words.check(
        posted(words, seen=[photo(there())]) if of_the_photo else posted(words, there())
    )
    assert found is not None and found.confidence is Confidence.TENTATIVE
    assert values(found)[1] == "48.137000, 11.575000"


@each(
    "",
    "🏠",
    "Home sweet home",
    "My new flat is lovely",
    "12 Oak Street is for sale",
    "The home team won 12 to 5",
    "Breaking: police at our house on 12 Oak Street",
    "10 Downing Street feels like my home",
    "Wir sind umgezogen, bald mehr",
)
def test_no_home(words: str) -> None:
    assert home_in_words.check(posted(caption(words))) is None


def test_a_place_without_home_words_is_no_home() -> None:
    assert home_in_words.check(posted(caption("At the sea"), there())) is None
