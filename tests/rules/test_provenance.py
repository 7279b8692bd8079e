from __future__ import annotations

import pytest

from exposure.model import Address, Level, Person
from exposure.plugins import Rule
from exposure.rules import provenance
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

LABEL = "JUMBF:C2PA:Label"
MANIFEST = field(LABEL, "c2pa.claim")


@pytest.mark.parametrize("rule", rules_of("provenance"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize("rule", rules_of("provenance"), ids=lambda r: r.id)
def test_empty_photo_says_nothing(rule: Rule) -> None:
    assert rule.check(photo()) is None


@pytest.mark.parametrize("each", [MANIFEST, field("JUMBF:C2PA:ClaimGenerator", "Acme 1.0")], ids=str)
def test_content_credentials(each: object) -> None:
    shot = photo(fields=(each,))  # type: ignore[arg-type]  # parametrize knows no types
    assert provenance.content_credentials.check(shot) is not None
    assert provenance.content_credentials.level is Level.INFO
    assert provenance.named_credentials.check(shot) is None


def test_colour_label_is_no_content_credential() -> None:
    assert provenance.content_credentials.check(photo(fields=(field("XMP:xmp:Label", "Red"),))) is None


@pytest.mark.parametrize(
    "more",
    [
        (field(LABEL, "cawg.identity"),),
        (field(LABEL, "cawg.identity__2"),),
        (field("JUMBF:C2PA:Author", "Anna Muster"),),
        (field(LABEL, "stds.schema-org.CreativeWork"), field("JUMBF:C2PA:Author", "Anna Muster")),
    ],
    ids=str,
)
def test_named_credentials_are_told_instead_of_plain_ones(more: tuple[object, ...]) -> None:
    shot = photo(fields=(MANIFEST, *more))  # type: ignore[arg-type]
    assert provenance.named_credentials.check(shot) is not None
    assert provenance.content_credentials.check(shot) is None


def test_person_in_the_manifest_is_named_once() -> None:
    path = "JUMBF:C2PA:Author"
    shot = photo(Person("creator", "Anna", Address(path)), fields=(MANIFEST, field(path, "Anna")))
    found = provenance.named_credentials.check(shot)
    assert found is not None and [e.value for e in found.evidence] == ["Anna"]


def test_work_without_an_author_and_a_person_elsewhere_name_nobody() -> None:
    shot = photo(
        Person("creator", "Anna", HERE), fields=(MANIFEST, field(LABEL, "stds.schema-org.CreativeWork"))
    )
    assert provenance.named_credentials.check(shot) is None
    assert provenance.content_credentials.check(shot) is not None


@pytest.mark.parametrize("path", ["IPTC:Application:SpecialInstructions", "XMP:photoshop:Instructions"])
def test_facebook_mark(path: str) -> None:
    mark = "FBMD01000a9f0d0000b9270000f34d0000"
    assert provenance.facebook_mark.check(photo(fields=(field(path, mark),))) is not None


@pytest.mark.parametrize("value", ["", "Special Instr.", "not FBMD", None, b"FBMD01"])
def test_no_facebook_mark(value: object) -> None:
    shot = photo(fields=(field("IPTC:Application:SpecialInstructions", value),))
    assert provenance.facebook_mark.check(shot) is None


@pytest.mark.parametrize("name", ["DigitalSourceType", "AISystemUsed"])
def test_ai_label(name: str) -> None:
    shot = photo(fields=(field(f"XMP:Iptc4xmpExt:{name}", "trainedAlgorithmicMedia"),))
    assert provenance.ai_label.check(shot) is not None
    assert provenance.ai_label.check(photo(fields=(field(f"XMP:Iptc4xmpExt:{name}", " "),))) is None
