"""Rules about the place that a post tells: on the map, in its place tag, and in its words."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.guards import usable
from exposure.model import UNCLEAR, Confidence, Evidence, Level, Place, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import PROFILE, Posted
from exposure.rules._post_addresses import addresses
from exposure.rules._post_spots import exact, pin
from exposure.rules._post_towns import is_town, town_of, towns
from exposure.rules._post_venues import venues
from exposure.rules._post_words import BELOW, MOST, OWN_WORDS, WORDS, hashtags, in_comments, is_news, said
from exposure.rules._verdicts import verdict

_EMPTY = frozenset(
    {"", "unknown", "none", "null", "n/a", "location", "place", "earth", "home", "here", "somewhere"}
)
_EVERY = ("survivor", "activist", "parent", "journalist")


@post_rule(
    "post-position",
    "Exact place shown with the post",
    Question.WHERE,
    Level.HIGH,
    message="Whoever sees this post also gets the exact place on the map.",
    remedy="Take the place off the post, or hide it in the settings of the service.",
    critical_for=("survivor",),
)
def post_position(posted: Posted) -> Verdict | None:
    """The service shows exact coordinates with the post.

    Why it matters
        Services show a map, or hand the coordinates to every program that asks for them. A pin on the map is as good as
        an address. It is stored apart from the photo, so it stays although the service cleans the files that it shows.

    What to do
        Take the place off the post, or hide it in the settings of the service.

    What that does not do
        Programs that collect posts may have stored it already, and the picture itself may show where it is.

    Covers
        LOC01 and PST05, for coordinates that a service shows with a post

    References
        https://arxiv.org/abs/1901.00897
        https://http.icsi.berkeley.edu/icsi/node/4568
    """
    return verdict(pin(place) for place in posted.post.facts.places[:MOST] if _is_pin(place))


def _is_pin(place: Place) -> bool:
    """Whether it is coordinates, with no name that tells more: also such as nobody knows to read (`UNCLEAR`), for who sees
    the post sees the map."""
    return place.kind == UNCLEAR or (exact(place) and not _is_named(place))


@post_rule(
    "place-tag",
    "A place tag",
    Question.WHERE,
    Level.MEDIUM,
    message="The post names the place at which it was made, in a tag that the service keeps apart from the photo.",
    remedy="Take the place off the post where you can change it.",
    raised_for=_EVERY,
)
def place_tag(posted: Posted) -> Verdict | None:
    """A place was chosen, or added by the service, when the post was made.

    Why it matters
        A place tag says where you were, in words or on a map, and everybody can list the posts that carry the same tag.
        It has nothing to do with the data in the photo, so it stays although that is taken out.

    What to do
        Edit the post and take the place off. A tag of nothing but a city tells little.

    What that does not do
        Copies of the post in other people's programs and archives may keep the tag.

    Covers
        PST05

    References
        https://arxiv.org/abs/1901.00897
        https://privacystrip.com/blog/social-media-metadata-policies/
    """
    found = [place for place in posted.post.facts.places[:MOST] if _is_tag(place)]
    if not found:
        return None
    wide = all(_is_wide(place) for place in found)
    evidence = tuple(_named(place) for place in found)
    said = _OF_PROFILE if posted.post.id == PROFILE else _WIDE if wide else None
    return Verdict(evidence, level=Level.LOW if wide else None, message=said)


_WIDE = "The post names the town or country at which it was made."
_OF_PROFILE = "The profile names a place: a stranger would guess that you live there."


def _is_tag(place: Place) -> bool:
    return place.kind != UNCLEAR and (_is_named(place) or (usable(place) and not exact(place)))


def _is_named(place: Place) -> bool:
    return place.name is not None and place.name.strip().casefold() not in _EMPTY


def _is_wide(place: Place) -> bool:
    """Whether it is a town or something larger."""
    if usable(place):
        return not exact(place) or (
            place.name is not None and is_town(place.name) and place.accuracy_m is not None
        )
    return place.name is None or is_town(place.name)


def _named(place: Place) -> Evidence:
    return Evidence(place.address, place.name, Secret.TEXT) if place.name else pin(place)


@post_rule(
    "place-in-words",
    "A place in the words of the post",
    Question.WHERE,
    Level.MEDIUM,
    confidence=Confidence.TENTATIVE,
    message="The words or hashtags of the post seem to say where it was made: a street, a school, a café, a park.",
    remedy="Edit the words, and leave out what names the place.",
    raised_for=_EVERY,
)
def place_in_words(posted: Posted) -> Verdict | None:
    """The caption, the name of the album, a comment or the hashtags name a street, a place with a name of its own, or a town.

    Why it matters
        Words give a place away without any position: in one study the hashtags alone gave the spot in 70 to 76 of 100
        posts, within a known city. A street with a number is an address.

    What to do
        Edit the caption, and leave out hashtags that name where you are. A town alone tells little.

    What that does not do
        This is a guess from a few patterns in some languages: expect misses and false alarms. What was read already
        stays known.

    Covers
        PST04, for places

    References
        https://docslib.org/doc/13469085/tagvisor-a-privacy-advisor-for-sharing-hashtags
        https://www.readkong.com/page/no-place-to-hide-inadvertent-location-privacy-leaks-on-8650098
    """
    narrow = list(dict.fromkeys(_narrow(posted)))[:MOST]
    if narrow:
        if in_comments(posted.post, narrow):
            return Verdict(tuple(narrow), message=_COMMENT, remedy=BELOW)
        return Verdict(tuple(narrow))
    wide = list(dict.fromkeys(_towns(posted)))[:MOST]
    return Verdict(tuple(wide), level=Level.LOW, message=_TOWN) if wide else None


_COMMENT = "A comment below the post seems to say where it was made: a street, a school, a café, a park."
_TOWN = "The words or hashtags of the post seem to say in which town it was made."


def _narrow(posted: Posted) -> Iterator[Evidence]:
    """Streets and places with names, but not those of reports about the world."""
    for text in said(posted.post, *WORDS):
        if not is_news(text.value):
            for words in (*addresses(text.value), *venues(text.value)):
                yield Evidence(text.address, words, Secret.TEXT)


def _towns(posted: Posted) -> Iterator[Evidence]:
    post = posted.post
    captions = list(said(post, *OWN_WORDS))
    pictured = bool(post.photos or posted.photos)
    for text in captions:
        for town in towns(text.value, pictured):
            yield Evidence(text.address, town, Secret.TEXT)
    if pictured and not any(is_news(text.value) for text in captions):
        for tag, address in hashtags(post):
            if not is_news(tag) and town_of(tag):
                yield Evidence(address, f"#{tag}", Secret.TEXT)
