from __future__ import annotations

import time

import pytest

from exposure.model import UNCLEAR, Address, Level, Place, Text
from exposure.plugins import PostRule
from exposure.post import PROFILE
from exposure.rules.post_place import place_in_words, place_tag, post_position
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import (
    AT,
    caption,
    check_hostile,
    check_silent,
    each,
    named,
    photo,
    posted,
    tag,
    there,
    values,
)

THERE = Address("Flickr:photo_51.json:comments")


@pytest.mark.parametrize("rule", post_rules_of("post_place"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


def test_coordinates_are_an_exact_place() -> None:
    assert values(post_position.check(posted(there()))) == ["48.137000, 11.575000"]
    assert post_position.level is Level.HIGH and post_position.critical_for == {"survivor"}


def test_no_coordinates() -> None:
    for place in (there(0.0, 0.0), there(91.0, 0.0), there(accuracy_m=5_000.0), named("Pier")):
        assert post_position.check(posted(place)) is None
    assert post_position.check(posted(seen=[photo(there())])) is None  # told by the rules for photos
    assert post_position.check(posted(stored=[there()])) is None


def test_coordinates_that_nobody_knows_to_read_are_exact_for_who_sees_the_map() -> None:
    place = Place(None, None, None, "an exact position", AT, UNCLEAR)
    assert values(post_position.check(posted(place))) == ["an exact position"]
    assert place_tag.check(posted(place)) is None


@each("Home", "home ", "Location", "")
def test_a_name_that_tells_nothing_does_not_hide_the_coordinates(words: str) -> None:
    assert values(post_position.check(posted(there(name=words)))) == ["48.137000, 11.575000"]


def test_a_venue_is_a_place_tag() -> None:
    for place in (named("Café Central"), there(name="Synthetic Pier")):
        found = place_tag.check(posted(place))
        assert found is not None and found.level is None
    assert post_position.check(posted(there(name="Synthetic Pier"))) is None


@each("Lisbon", "Lisbon, Portugal", "Portugal", "München", "Reading, UK", "New York, NY")
def test_a_town_tag_is_low(words: str) -> None:
    found = place_tag.check(posted(named(words)))
    assert found is not None and found.level is Level.LOW


def test_a_venue_beside_a_town_is_not_low() -> None:
    found = place_tag.check(posted(named("Lisbon"), named("Café Central")))
    assert found is not None and found.level is None


def test_the_place_of_a_profile_is_no_place_of_a_post() -> None:
    for words, level in (("Café Central", None), ("Lisbon", Level.LOW)):
        found = place_tag.check(posted(named(words), id=PROFILE))
        assert found is not None and found.level is level and "profile names a place" in (found.message or "")


def test_a_rough_position_is_low() -> None:
    found = place_tag.check(posted(there(accuracy_m=20_000.0)))
    assert found is not None and found.level is Level.LOW


@each("", "  ", "unknown", "None", "N/A")
def test_no_place_tag(words: str) -> None:
    assert place_tag.check(posted(named(words), there(0.0, 0.0))) is None


@each(
    "Lunch at Café Central",
    "First day at Oakwood Primary School!",
    "Picnic in Hyde Park with friends",
    "Wir waren in der Goetheschule",
    "Heute am Gymnasium Am Kirchplatz",
    "Avec les amis au Parc Monceau",
    "Qué tarde en el Parque del Retiro",
    "Una giornata alla Spiaggia di Mondello",
    "Night out at The Crown Pub",
    "Meet me at 12 Oak Street",
    "Treffpunkt Lindenstraße 5",
    "東山小学校の運動会",
)
def test_places_with_a_name(words: str) -> None:
    found = place_in_words.check(posted(caption(words)))
    assert found is not None and found.level is None


@each(
    "Sunset in Lisbon ❤️ we love it here",
    "Rome, Italy 🇮🇹",
    "📍 Barcelona",
    "Weekend in Reading, UK with my sister",
    "Wir sind heute in München",
    "Nous voilà enfin à Marseille, quelle balade",
    "Hoy estamos en Sevilla",
    "Oggi siamo a Palermo",
    "Estamos em Lisboa hoje",
    "Vandaag zijn we in Amsterdam",
    "Мы сегодня в Москва",
    "New York City 2023",
    "Nice, France",
    "I'm in Mobile, Alabama this weekend",
    "Greetings from Ho Chi Minh City!",
)
def test_towns_are_low(words: str) -> None:
    found = place_in_words.check(posted(caption(words)))
    assert found is not None and found.level is Level.LOW, words


@each("berlin", "visitlisbon", "igersroma", "Barcelona", "newyorkcity", "london2024", "münchen")
def test_hashtags_of_towns(words: str) -> None:
    assert values(place_in_words.check(posted(tag(words)))) == [f"#{words}"]
    assert values(place_in_words.check(posted(caption(f"What a day #{words}")))) == [f"#{words}"]


@each(
    "",
    "🌊🌊🌊",
    "May was a nice month for reading",
    "Reading in bed, nice",
    "Nice",
    "Nice!",
    "Reading",
    "Mobile",
    "May",
    "In May we were reading a nice book",
    "Nice evening, my new mobile is great",
    "I'm in Love",
    "We are in Time for March",
    "I believe in Best friends and Good food",
    "Happy birthday Sofia",
    "Love from Florence and Victoria",
    "For Sydney, with love",
    "The mayor of Paris said on Monday that the election was fair",
    "Breaking: earthquake in Tokyo",
    "Police in Berlin reported 200 protesters in the street",
    "Read my report on the war in Kyiv and the government",
    "Berlin is a city with 3.6 million people and its history begins long before the wall that everybody knows",
    "Great restaurant! Beautiful beach. My school. The Park.",
    "Best Hotel ever",
    "Hauptbahnhof, Grundschule, Spielplatz",
    "10 Downing Street was in the news today",
    "Me and my dog",
    "Total is 12 and way to go",
    "Split the bill at the bar",
    "http://example.com/Berlin",
)
def test_words_that_name_no_place(words: str) -> None:
    assert place_in_words.check(posted(caption(words))) is None


@each(
    "nice",
    "reading",
    "love",
    "mobile",
    "may",
    "instagood",
    "travel",
    "sofia",
    "nature",
    "art",
    "best",
    "essen",
    "party",
    "split",
)
def test_hashtags_that_name_no_place(words: str) -> None:
    assert place_in_words.check(posted(tag(words))) is None


def test_a_town_in_a_post_without_a_picture_needs_oneself() -> None:
    assert place_in_words.check(posted(caption("Rome, Italy"), photos=())) is None
    assert place_in_words.check(posted(tag("berlin"), photos=())) is None
    assert place_in_words.check(posted(caption("Today we are in Lisbon"), photos=())) is not None


def test_many_captions_are_read_quickly() -> None:
    place_in_words.check(posted(caption("Today we are in Lisbon")))  # the gazetteer is read once
    begin = time.process_time()
    for n in range(500):
        place_in_words.check(
            posted(caption(f"Walk number {n} with Emma by the River at Seven, it was a lovely Day in June"))
        )
    assert time.process_time() - begin < 2


def test_names_of_albums_and_comments_are_read_as_others_read_them() -> None:
    album, comment = (
        Text("title", "Summer at Café Beispiel", AT),
        Text("comment", "Hotel Beispiel, no?", THERE),
    )
    found = place_in_words.check(posted(album, comment))
    assert (
        values(found) == ["Café Beispiel", "Hotel Beispiel"] and found is not None and found.message is None
    )
    below = place_in_words.check(posted(caption("At sea"), comment))
    assert below is not None and below.message is not None and below.message.startswith("A comment")
    assert values(place_in_words.check(posted(Text("title", "Berlin", AT)))) == ["Berlin"]
