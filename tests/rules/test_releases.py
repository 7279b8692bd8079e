from __future__ import annotations

import pytest

from exposure.model import Level, Secret
from exposure.plugins import Rule
from exposure.rules.releases import minor_age, model_release
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import field, photo

VOCABULARY = "http://ns.useplus.org/ldf/vocab/"


@pytest.mark.parametrize("rule", rules_of("releases"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


@pytest.mark.parametrize(
    "path, value",
    [
        ("plus:MinorModelAgeDisclosure", f"{VOCABULARY}AG-U14"),
        ("plus:MinorModelAgeDisclosure", f"{VOCABULARY}AG-A17"),
        ("plus:MinorModelAgeDisclosure", "Age 14 or Under"),
        ("Iptc4xmpExt:ModelAge[2]", "7"),
        ("Iptc4xmpExt:ModelAge[1]", 17),
    ],
)
def test_the_age_of_a_child(path: str, value: object) -> None:
    asked = photo(fields=(field(f"XMP:{path}", value),))
    found = minor_age.check(asked)
    assert found is not None and found.evidence[0][1:] == (str(value), Secret.TEXT)
    assert minor_age.level is Level.MEDIUM
    assert model_release.check(asked) is None


@pytest.mark.parametrize(
    "path, value, secret",
    [
        ("plus:ModelReleaseID[1]", "release 77 of May", Secret.SERIAL),
        ("plus:ModelReleaseStatus", f"{VOCABULARY}MR-LMR", Secret.TEXT),
        ("plus:MinorModelAgeDisclosure", f"{VOCABULARY}AG-A18", Secret.TEXT),
        ("plus:MinorModelAgeDisclosure", "Age 25 or Over", Secret.TEXT),
        ("Iptc4xmpExt:ModelAge[1]", "30", Secret.TEXT),
    ],
)
def test_papers_about_grown_ups(path: str, value: str, secret: Secret) -> None:
    asked = photo(fields=(field(f"XMP:{path}", value),))
    found = model_release.check(asked)
    assert found is not None and found.evidence[0][1:] == (value, secret)
    assert minor_age.check(asked) is None


@pytest.mark.parametrize(
    "value",
    [
        *("", f"{VOCABULARY}AG-UNK", "AG-UNK", f"{VOCABULARY}MR-NAP", "MR-NON", "Not Applicable"),
        *("Age Unknown", "Model Release ID 1"),
    ],
)
def test_nothing_is_said(value: str) -> None:
    names = ("MinorModelAgeDisclosure", "ModelReleaseStatus", "ModelReleaseID")
    asked = photo(fields=tuple(field(f"XMP:plus:{name}", value) for name in names))
    assert model_release.check(asked) is None
    assert minor_age.check(asked) is None
