"""What every inference owes, whatever it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import cos, sin, sqrt, tau
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.collection import Collection
from exposure.model import Claim, Confidence, Examination, Fact, Level
from exposure.plugins import Inference, discover
from tests.make.shots import camera, collected, digits, here, named, number, shot, taken, words
from tests.people import person

INFERENCES = discover("inferences", Inference)
each_inference = pytest.mark.parametrize("inference", INFERENCES, ids=lambda i: i.id)

LIVES = ("1", "9", "11", "20", "34")
"""Seeds of synthetic people."""
SETS = (*LIVES, "ring", "accounts")
"""Every inference must find something in one of them: add a set where it does not."""

NEXT = {
    "likely-home": "the next best place",
    "likely-work": "the next best place",
    "hole-around-home": "what another part of the map leaves out",
    "trips": "the rest of a longer one",
    "linked-accounts": "the other places that two accounts share",
}
"""Guesses that may give way to another one, on other photos, when their photos are cleaned."""
ROUNDS = 5
"""So often at most."""

CANARIES = ("Quirina Zettelmoos", "Odo Wimpfling", "zettelmoos_q", "WX99887766Y", digits(7), "Ribbentrup")
"""A name, a second one, an account, a serial number, an identifier and a word of a folder: all in the photos below."""


@lru_cache(None)
def photos(of: str) -> tuple[Examination, ...]:
    """A life, with secrets in every photo."""
    if of == "accounts":
        return tuple(two_accounts())
    return tuple(map(_laden, ring() if of == "ring" else person(int(of)).photos))


def two_accounts() -> Iterator[Examination]:
    """A life of which every other photo is in another account."""
    for turn, photo in enumerate(photos(LIVES[0])):
        yield replace(photo, account=f"flickr:{CANARIES[turn % 2]}", look=1 + turn // 2)


def ring() -> Iterator[Examination]:
    """Many days of photos all around a place, and none of it."""
    rng = Random(1)
    for day, hour in product(range(100), range(4)):
        far, turn = sqrt(rng.uniform(500**2, 1_500**2)), rng.uniform(0, tau)
        yield shot(
            f"{day}/{hour}.jpg", taken(days=day, hours=hour), here(far * cos(turn), far * sin(turn)), camera()
        )


def today(of: str) -> str:
    return "2024-12-01" if of == "ring" else person(int(LIVES[0] if of == "accounts" else of)).today


def _laden(photo: Examination) -> Examination:
    facts = photo.facts
    return replace(
        photo,
        name=f"Ribbentrup/{photo.name}",
        facts=replace(
            facts,
            identifiers=(*facts.identifiers, number("serial", CANARIES[3]), number("document-id", digits(7))),
            people=(*facts.people, named(CANARIES[0]), named(CANARIES[1], "creator")),
            texts=(*facts.texts, words(f"with @{CANARIES[2]}")),
        ),
    )


@lru_cache(None)
def collection(of: str) -> Collection:
    return collected(photos(of), today(of))


@lru_cache(None)
def told(inference: Inference, of: str) -> tuple[Claim, ...]:
    return tuple(inference.infer(collection(of)))


def said(claim: Claim) -> str:
    return " ".join((claim.message, *claim.why, *claim.could_be_wrong_if))


def by_name(claims: Iterable[Claim], of: Collection) -> Counter[str]:
    """Claims as they are, whatever the order of the photos was."""
    return Counter(
        f"{c._replace(photos=(), enough=())} {[sorted(of.names[p] for p in some) for some in (c.photos, c.enough)]}"
        for c in claims
    )


def check(inference: Inference, claims: Sequence[Claim], of: Collection) -> None:
    """What holds for the claims on any collection."""
    assert len({claim.subject for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.rule == inference.id and claim.question is inference.question
        assert claim.level <= inference.level
        assert claim.confidence < Confidence.CERTAIN
        assert claim.level <= Level.HIGH or claim.confidence is not Confidence.TENTATIVE
        chosen = list(claim.photos)
        assert chosen and chosen == sorted(set(chosen))
        assert chosen[0] >= 0 and chosen[-1] < len(of) and of.left_out.isdisjoint(chosen)
        assert set(claim.enough) <= set(chosen)
        assert silenced(inference, claim, of)


def silenced(inference: Inference, claim: Claim, of: Collection) -> bool:
    """Whether cleaning the photos of a claim takes it away, and where another guess takes its place, that one too."""
    for _ in range(ROUNDS if inference.id in NEXT else 1):
        of = of.without(claim.photos)
        left = {c.subject: c for c in inference.infer(of)}
        if claim.subject not in left:
            return True
        claim = left[claim.subject]
    return False


@each_inference
def test_it_finds_something(inference: Inference) -> None:
    assert any(told(inference, of) for of in SETS)


@each_inference
def test_an_empty_collection_says_nothing(inference: Inference) -> None:
    assert list(inference.infer(Collection())) == []
    assert list(inference.infer(collected([shot("a.jpg")]))) == []


@each_inference
@pytest.mark.parametrize("of", SETS)
def test_claims_are_well_made_and_cleaning_their_photos_silences_them(inference: Inference, of: str) -> None:
    check(inference, told(inference, of), collection(of))


@each_inference
@pytest.mark.parametrize("of", LIVES[:3])
def test_the_order_of_the_photos_does_not_matter(inference: Inference, of: str) -> None:
    other = list(photos(of))
    Random(1).shuffle(other)
    mixed = collected(other, today(of))
    assert by_name(inference.infer(mixed), mixed) == by_name(told(inference, of), collection(of))


@each_inference
def test_it_says_the_same_again(inference: Inference) -> None:
    again = collected(photos(LIVES[0]), today(LIVES[0]))
    assert list(map(repr, inference.infer(again))) == list(map(repr, told(inference, LIVES[0])))


@each_inference
@pytest.mark.parametrize("of", SETS)
def test_no_secret_stands_in_the_words(inference: Inference, of: str) -> None:
    for claim in told(inference, of):
        text = said(claim)
        assert not [canary for canary in CANARIES if canary.casefold() in text.casefold()]
        assert not [part for canary in CANARIES for part in canary.split() if part in text]
        degrees = [*collection(of).latitude, *collection(of).longitude]
        shown = {found[0] for found in re.finditer(r"-?\d+\.\d\d+", text)}
        assert not shown & {f"{value:.{places}f}" for value in degrees for places in (2, 3, 4, 5, 6)}
        names = {name.rpartition("/")[2] for name in collection(of).names}
        assert not [name for name in names if name in text]


@each_inference
def test_the_words_are_sentences(inference: Inference) -> None:
    for of in SETS:
        for claim in told(inference, of):
            assert not claim.message[0].islower() and claim.message.endswith(".") and "%" not in said(claim)
            assert claim.why and claim.could_be_wrong_if
            assert all(not doubt.endswith(".") and doubt[0].islower() for doubt in claim.could_be_wrong_if)


def _shots(rng: Random, many: int) -> list[Examination]:
    """Photos in which all that inferences look at comes up again and again."""
    ordered = rng.random() < 0.5
    made = [
        shot(f"{rng.choice('ab')}{n}/{_name(rng, n)}", *_facts(rng, n if ordered else 0)) for n in range(many)
    ]
    if rng.random() < 0.5:
        return made
    return [
        replace(photo, account=rng.choice(["", "here", "there"]), look=rng.choice([None, 1, 7]))
        for photo in made
    ]


def _name(rng: Random, n: int) -> str:
    return rng.choice([f"IMG_{3 * n + 1:04}.JPG", f"DSC0{9_990 + n if n < 10 else n:04}.JPG", f"{n}.jpg"])


def _facts(rng: Random, n: int) -> Iterator[Fact]:
    if rng.random() < 0.8:
        hours = n if n else rng.choice([0.0, 0.1, 0.2, 5.0, 9.0, 20.0]) + 24 * rng.randrange(40)
        yield taken(rng.choice([None, "+02:00", "+01:00"]), hours=hours)
    if rng.random() < 0.6:
        yield here(700.0 * rng.randrange(4), 30.0 * rng.randrange(4), rng.choice([None, 5.0, 900.0]))
    if rng.random() < 0.8:
        yield camera(f"Model {rng.randrange(3)}")
    if rng.random() < 0.4:
        kind = rng.choice(["serial", "lens-serial", "document-id", "content-id", "image-id"])
        yield number(kind, digits(rng.randrange(4)))
    if rng.random() < 0.4:
        name = rng.choice(["Quirina Zettelmoos", "Odo Wimpfling", "Li", "Unknown"])
        yield named(name, rng.choice(["depicted", "creator", "owner"]))
    if rng.random() < 0.3:
        yield words(rng.choice(["at school with @zettelmoos_q", "@odowimpfling", "a tree"]))


@each_inference
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(0, 60))
def test_it_holds_for_any_photos(inference: Inference, seed: int, count: int) -> None:
    rng = Random(seed)
    shots = _shots(rng, count)
    of = collected(shots)
    found = list(inference.infer(of))
    check(inference, found, of)
    rng.shuffle(shots)
    mixed = collected(shots)
    assert by_name(inference.infer(mixed), mixed) == by_name(found, of)
