from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Field, Level, Person, Secret, Text
from exposure.plugins import Rule
from exposure.rules.people import (
    face_boxes,
    hashed_contact,
    organisation_or_event,
    people_keywords,
    people_named,
)
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo


@pytest.mark.parametrize("rule", rules_of("people"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


@pytest.mark.parametrize(
    "text", ["Organisation Name 1", "Organisation name no 1 of many", "An Event", "unknown"]
)
def test_a_template_names_no_organisation(text: str) -> None:
    assert organisation_or_event.check(photo(fields=(field("XMP:Iptc4xmpExt:Event", text),))) is None


@pytest.mark.parametrize(
    "name", ["Person Shown 1 (ref 2)", "Person name no 2 of 3", "Unknown", "Test Person 2", "?"]
)
def test_a_template_names_nobody(name: str) -> None:
    assert people_named.check(photo(Person("depicted", name, HERE))) is None


def region(number: int, **properties: str) -> tuple[Field, ...]:
    return tuple(field(f"XMP:mwg-rs:Regions/RegionList[{number}]/{n}", v) for n, v in properties.items())


def test_people_named() -> None:
    found = people_named.check(
        photo(Person("depicted", "Jane Doe", HERE), Person("depicted", "Unknown", HERE))
    )
    assert found is not None and found.level is None and people_named.level is Level.HIGH
    assert [(e.value, e.secret) for e in found.evidence] == [("Jane Doe", Secret.NAME)]


@pytest.mark.parametrize(
    "person", [("depicted", " "), ("depicted", "unknown person"), ("depicted", "?"), ("owner", "Jane Doe")]
)
def test_nobody_named(person: tuple[str, str]) -> None:
    assert people_named.check(photo(Person(*person, HERE))) is None


def test_a_pet_is_low() -> None:
    pet = region(1, Name="Rex", Type="Pet")
    found = people_named.check(photo(fields=pet))
    assert found is not None and found.level is Level.LOW and found.evidence[0].value == "Rex"
    both = people_named.check(photo(Person("depicted", "Jane Doe", HERE), fields=pet))
    assert both is not None and both.level is None and len(both.evidence) == 1


def test_faces_are_told_by_facts_alone() -> None:
    assert people_named.check(photo(fields=region(1, Name="Jane", Type="Face"))) is None
    assert people_named.check(photo(fields=region(1, Name="", Type="Pet"))) is None


@pytest.mark.parametrize("name", ["PersonEmailDigest", "PersonLiveIdCID", "PersonSourceID"])
def test_hashed_contact(name: str) -> None:
    for path in (f"XMP:MP:RegionInfo/Regions[1]/{name}", f"XMP:MP:Regions[2]/{name}"):
        found = hashed_contact.check(photo(fields=(field(path, "8B1A9953C4611296A827ABF8C47804D7AB"),)))
        assert found is not None and found.evidence[0].secret is Secret.SERIAL


@pytest.mark.parametrize("value", ["", " ", "0", 0, "00000000"])
def test_no_hashed_contact(value: object) -> None:
    assert hashed_contact.check(photo(fields=(field("XMP:MP:Regions[1]/PersonSourceID", value),))) is None
    assert hashed_contact.check(photo(fields=(field("XMP:dc:PersonSourceID", "77"),))) is None


VOCABULARY = "http://ns.useplus.org/ldf/vocab/"


def test_face_boxes() -> None:
    boxes = (
        *region(1, Type="Face"),
        *region(2, Type="Face", Name="Unknown"),
        *region(3, Type="Face", Name="Jane"),
    )
    found = face_boxes.check(photo(fields=boxes))
    assert found is not None and face_boxes.level is Level.INFO
    assert [e.address.path for e in found.evidence] == [
        "XMP:mwg-rs:Regions/RegionList[1]/Type",
        "XMP:mwg-rs:Regions/RegionList[2]/Type",
    ]


def test_face_boxes_of_microsoft_and_counts_of_cameras() -> None:
    fields = (
        field("XMP:MP:RegionInfo/Regions[1]/Rectangle", "0.1, 0.1, 0.2, 0.2"),
        field("MakerNote:Canon:FacesDetected", 2),
    )
    found = face_boxes.check(photo(fields=fields))
    assert found is not None and [e.value for e in found.evidence] == ["a box", "2"]


@pytest.mark.parametrize(
    "fields",
    [
        region(1, Type="Focus"),
        region(1, Type="BarCode", Name="x"),
        region(1, Type="Pet"),
        region(1, Type="Face", Name="Jane"),
        (field("MakerNote:Canon:FacesDetected", 0),),
        (field("XMP:MP:RegionInfo/Regions[1]/PersonDisplayName", "Jane"),),
    ],
)
def test_no_face_boxes(fields: tuple[Field, ...]) -> None:
    assert face_boxes.check(photo(fields=fields)) is None


@pytest.mark.parametrize(
    "name", ["OrganisationInImageName[1]", "OrganisationInImageCode[1]", "Event[x-default]"]
)
def test_organisation_or_event(name: str) -> None:
    found = organisation_or_event.check(
        photo(fields=(field(f"XMP:Iptc4xmpExt:{name}", "Springfield Clinic"),))
    )
    assert found is not None and found.evidence[0].secret is Secret.TEXT
    assert organisation_or_event.check(photo(fields=(field(f"XMP:Iptc4xmpExt:{name}", " "),))) is None


def keyword(value: str) -> Text:
    return Text("keyword", value, Address("XMP:lr:hierarchicalSubject[1]"))


@pytest.mark.parametrize(
    "value, name",
    [
        ("People|Jane Doe", "Jane Doe"),
        ("Persons/Jane", "Jane"),
        ("People/Family/Jane", "Jane"),
        ("Keywords|People|Jane", "Jane"),
        ("/Family/Jane/", "Jane"),
        ("Personen|Müller, Anna", "Müller, Anna"),
        ("people | jane", "jane"),
        ("人物|山田", "山田"),
    ],
)
def test_people_keywords(value: str, name: str) -> None:
    found = people_keywords.check(photo(keyword(value)))
    assert found is not None and found.evidence[0][1:] == (name, Secret.NAME)
    assert people_keywords.confidence is Confidence.TENTATIVE


@pytest.mark.parametrize(
    "value",
    [
        "Jane Doe",
        "People",
        "People|",
        "People|Child",
        "People|Family",
        "Places|Rome",
        "townspeople/x",
        "People|2",
        "",
    ],
)
def test_no_people_keywords(value: str) -> None:
    assert people_keywords.check(photo(keyword(value))) is None


def test_other_texts_are_no_keywords() -> None:
    assert people_keywords.check(photo(Text("title", "People|Jane", HERE))) is None
