from __future__ import annotations

import pytest

from exposure.inferences._rarity import bits, plain
from exposure.inferences.handles import LINKED_NAMES
from exposure.model import Confidence, Examination, Level
from tests.make.shots import camera, claims, evidence, named, shot, words


def both(name: str, role: str = "creator") -> tuple[Examination, Examination]:
    return shot("a.jpg", named(name, role)), shot("b.jpg", named(name, role))


def mention(text: str) -> tuple[Examination, Examination]:
    return shot("a.jpg", words(text)), shot("b.jpg", words(f"again {text}"))


@pytest.mark.parametrize("role", ["creator", "owner"])
def test_a_rare_name_in_two_photos_ties_them_together(role: str) -> None:
    shots = (*both("Quirina Zettelmoos", role), shot("c.jpg", named("Somebody Else", role)))
    (claim,) = claims(LINKED_NAMES, *shots)
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert evidence(claim, *shots) == ["a.jpg", "b.jpg"]
    assert "2 photos carry the same name of whoever took them" in claim.message
    assert "Quirina" not in repr(claim)


def test_one_photo_ties_nothing() -> None:
    assert claims(LINKED_NAMES, shot("a.jpg", named("Quirina Zettelmoos", "creator"))) == []


@pytest.mark.parametrize(
    "other",
    [
        "quirina zettelmoos",
        "© 2019 Quirina Zettelmoos, all rights reserved",
        "Quirina  Zettelmoos Photography",
        "Quirína Zettelmöos",
    ],
)
def test_the_same_name_in_another_spelling(other: str) -> None:
    shots = (
        shot("a.jpg", named("Quirina Zettelmoos", "creator")),
        shot("b.jpg", named(other, "owner")),
    )
    (claim,) = claims(LINKED_NAMES, *shots)
    assert len(claim.photos) == 2


def test_an_account_that_is_the_name_ties_too() -> None:
    shots = (
        shot("a.jpg", named("Quirina Zettelmoos", "creator")),
        shot("b.jpg", words("by @quirina.zettelmoos")),
    )
    (claim,) = claims(LINKED_NAMES, *shots)
    assert "whoever took them" in claim.message and len(claim.photos) == 2


def test_a_nickname_ties() -> None:
    (claim,) = claims(LINKED_NAMES, *both("zettel_moos77"))
    assert "whoever took them" in claim.message


def test_accounts_in_descriptions_tie() -> None:
    (claim,) = claims(LINKED_NAMES, *mention("tea with @zettelmoos_q"))
    assert "2 photos carry the same name of an account" in claim.message


def test_several_names_are_told_once() -> None:
    shots = [
        shot(f"{n}.jpg", named(("Quirina Zettelmoos", "Odo Wimpfling")[n > 5], "creator")) for n in range(9)
    ]
    (claim,) = claims(LINKED_NAMES, *shots)
    assert "9 photos carry names of photographers or owners" in claim.message
    assert claim.why == ("2 names are too rare for an accident; the commonest of them stands in 6 photos",)


def test_authors_and_accounts_are_told_together() -> None:
    shots = *both("Quirina Zettelmoos"), *mention("@odo_wimpfling")
    (claim,) = claims(LINKED_NAMES, *shots)
    assert "4 photos carry names of photographers or owners or accounts" in claim.message
    assert len(claim.could_be_wrong_if) == 4


@pytest.mark.parametrize("role", ["depicted", "contact"])
def test_other_roles_are_told_elsewhere(role: str) -> None:
    assert claims(LINKED_NAMES, *both("Quirina Zettelmoos", role)) == []


@pytest.mark.parametrize(
    "name",
    ["Anna", "J. D.", "John Smith", "Maria Garcia", "Unknown", "Photographer", "Picasa", "SAMSUNG", "Canon EOS R6", "EOS_R6",
     "NIKON D5300", "iPhone_12", "Default User", "© all rights reserved", "Getty Images", "Acme GmbH", "-------", "00000000"],
)  # fmt: skip
def test_common_names_makers_and_fillers_tie_nothing(name: str) -> None:
    shots = [shot(f"{n}.jpg", camera(), named(name, "creator")) for n in range(3)]
    assert claims(LINKED_NAMES, *shots) == []


@pytest.mark.parametrize("text", ["@anna", "@canon", "@instagram", "@nikon_official", "@johnsmith", "@photographer", "a@zettelmoos.example", "@me @you"])  # fmt: skip
def test_common_accounts_and_addresses_tie_nothing(text: str) -> None:
    assert claims(LINKED_NAMES, *mention(text)) == []


@pytest.mark.parametrize(
    "name, published", [("pdjkwerl", 40), ("yourejerky", 40), ("ladygaga", 24), ("12345678", 17)]
)
def test_the_model_is_near_what_others_measured(name: str, published: float) -> None:
    """The examples of http://planete.inrialpes.fr/projects/how-unique-are-your-usernames/"""
    assert abs(bits(name) - published) <= 13


def test_more_letters_are_never_easier_to_guess() -> None:
    name = "zettelmoosquirina"
    guesses = [bits(name[:n]) for n in range(1, len(name))]
    assert guesses == sorted(guesses)


def test_blank_names_have_no_bits() -> None:
    assert bits(plain(" .- ")) == 0


def test_the_name_of_the_camera_ties_nothing() -> None:
    shots = [
        shot(f"{n}.jpg", camera("Wimpf 77", "Zettelmoos"), named("zettelmoos_wimpf77", "owner"))
        for n in range(3)
    ]
    assert claims(LINKED_NAMES, *shots) == []
