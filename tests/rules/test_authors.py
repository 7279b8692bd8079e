from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Level, Person, Secret, Verdict
from exposure.plugins import Rule
from exposure.rules.authors import caption_writer, owner_name, web_link_or_handle
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo


@pytest.mark.parametrize("rule", rules_of("authors"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None and rule.level is Level.MEDIUM


def named(value: str, role: str = "creator") -> Verdict | None:
    return owner_name.check(photo(Person(role, value, HERE)))


@pytest.mark.parametrize(
    "value, name",
    [
        ("Jane Doe", "Jane Doe"),
        ("© 2008 Jane Doe, all rights reserved", "Jane Doe"),
        ("Copyright (c) 2015 by Jane Doe. All rights reserved.", "Jane Doe"),
        ("©2007 Jane Doe, alle Rechte vorbehalten", "Jane Doe"),
        ("Jane Doe 2022   All Rights Reserved", "Jane Doe"),
        ("1999 Lars Berg", "Lars Berg"),
        ("Photographer: Jane M. Doe", "Jane M. Doe"),
        ("Photo by Jane Doe/AFP/Getty Images", "Jane Doe"),
        ("NPS / Jane Doe", "Jane Doe"),
        ("Jane Doe - DoePhotos.com", "Jane Doe"),
        ("JANE DOE PHOTO", "JANE DOE"),
        ("Jane_Doe", "Jane Doe"),
        ("Jane Doe <jane@doe.org>", "Jane Doe"),
        ("Jane Doe +49 170 1234567", "Jane Doe"),
        ("The Smith Family", "The Smith Family"),
        ("Familie Müller", "Familie Müller"),
        ("Tom Roe and Sarah Doe", "Tom Roe and Sarah Doe"),
        ("Ludwig van Berg", "Ludwig van Berg"),
        ("Jean-Pierre d'Arc", "Jean-Pierre d'Arc"),
        ("Иван Петров", "Иван Петров"),
        ("An Nguyen", "An Nguyen"),
        ("May N. O'Brien", "May N. O'Brien"),
        ("山田太郎", "山田太郎"),
        ("Matthias", "Matthias"),
        ("John's camera", "John's"),
        ("J.Doe", "J.Doe"),
        ("jane doe", "jane doe"),
        ("Klaus@Home", "Klaus"),
        ("DPA/Meier", "Meier"),
        ("NASA, Jane Doe (Space Institute, Springfield)", "Jane Doe"),
    ],
)
@pytest.mark.parametrize("role", ["creator", "owner"])
def test_names(value: str, name: str, role: str) -> None:
    found = named(value, role)
    assert found is not None
    assert [(e.value, e.secret) for e in found.evidence] == [(name, Secret.NAME)]


@pytest.mark.parametrize(
    "value",
    ["", "   ", "\0", "unknown", "Unknown Artist", "null", "none", "N/A", "user", "User name", "owner", "OWNER", "your name",
     "???", "-", "default", "admin", "Copyright,", "All rights reserved", "(c) 2003", "Copyright 9,2002", "Public domain",
     "CC-BY 3.0", "Creative Commons Attribution 4.0 International License", "no copyright, use freely", "do not copy",
     "For consideration only, no reproduction without prior permission", "Copyright,NIKON CORPORATION,1999", "SAMSUNG",
     "Canon", "Nikon D70", "HP Photosmart", "(C) by Caplio Pro G3 User", "KODAK DC240 ZOOM DIGITAL CAMERA", "Picasa",
     "Picasa 2.0", "Adobe Photoshop CS2", "Windows User", "Microsoft Author", "Getty Images", "AFP/Getty Images", "NASA, ESA",
     "© Corbis.  All Rights Reserved.", "ACME Corp.", "© North News & Pictures ltd", "株式会社ニコン", "The Royal Museum",
     "Art Museum (Springfield/Ohio/USA)", "IPTC", "Acme", "Autor", "Authr", "Autohor", "Headline",
     "Test Author", "Byline", "Credit Line", "FreeFoto.com", "http://www.flickr.com/photos/x", "12345678", "(301)-555-0143",
     "-3.40282346638529e+38 1.17549435082229e-38 NaN Inf -Inf", "a long caption about a day out with all of my friends"],
)  # fmt: skip
def test_no_names(value: str) -> None:
    assert named(value) is None


def test_a_single_word_leaves_doubt() -> None:
    single, whole = named("Matthias"), named("Jane Doe")
    assert single is not None and single.confidence is Confidence.FIRM
    assert whole is not None and whole.confidence is Confidence.CERTAIN


def test_only_authors_and_owners() -> None:
    manifest = Address("JUMBF:C2PA:author[1]")
    assert named("Jane Doe", "depicted") is None and named("Jane Doe", "contact") is None
    assert owner_name.check(photo(Person("creator", "Jane Doe", manifest))) is None


def test_a_name_is_looked_for_at_the_start_of_a_long_text() -> None:
    assert named("x " * 100_000 + "Jane Doe") is None
    assert named("© Jane Doe. " + "words without end " * 50_000) is not None


@pytest.mark.parametrize(
    "path", ["IPTC:Application:Writer-Editor", "XMP:photoshop:CaptionWriter", "EXIF:Exif IFD:ImageEditor"]
)
@pytest.mark.parametrize("value", ["Jane Doe", "CS/IW", "JD", "j.d."])
def test_caption_writers(path: str, value: str) -> None:
    found = caption_writer.check(photo(fields=(field(path, value),)))
    assert found is not None and found.evidence[0] == (found.evidence[0].address, value, Secret.NAME)


@pytest.mark.parametrize("value", ["", "  ", "nn", "N.N.", "unknown", "Adobe", "2008", "?"])
def test_no_caption_writers(value: str) -> None:
    assert caption_writer.check(photo(fields=(field("IPTC:Application:Writer-Editor", value),))) is None


LINKS = [
    "XMP:xmp:Nickname",
    "XMP:xmpRights:WebStatement",
    "XMP:dc:source[1]",
    "XMP:photoshop:Source",
    "XMP:Iptc4xmpCore:CreatorContactInfo/CiUrlWork",
    "IPTC:Application:Source",
    "Photoshop:8BIM:URL",
]


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize(
    "value, link",
    [
        ("http://www.jane-doe.org/about", "http://www.jane-doe.org/about"),
        ("www.doefotos.com", "www.doefotos.com"),
        ("DoeFotos.com", "DoeFotos.com"),
        ("see https://flickr.com/people/jane.", "https://flickr.com/people/jane"),
        ("http://creativecommons.org/licenses/by/4.0 http://doe.org/me", "http://doe.org/me"),
        ("me: @jane_doe", "@jane_doe"),
    ],
)
def test_links(path: str, value: str, link: str) -> None:
    found = web_link_or_handle.check(photo(fields=(field(path, value),)))
    assert found is not None and found.evidence[0][1:] == (link, Secret.TEXT)


@pytest.mark.parametrize(
    "value",
    ["", "Jane", "AFP", "IMG_1234.JPG", "holiday.psd", "jane@doe.org", "f/2.8", "@user", "Source (ref2019.1)",
     "http://creativecommons.org/licenses/by/4.0/", "http://ns.adobe.com/xap/1.0/", "https://www.w3.org/x",
     "http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage", "https://www.gettyimages.co.uk/detail/1",
     "www.shutterstock.com", "http://www.example.com/me"],
)  # fmt: skip
def test_no_links(value: str) -> None:
    assert web_link_or_handle.check(photo(fields=(field("XMP:photoshop:Source", value),))) is None


def test_links_elsewhere_are_not_looked_for() -> None:
    assert web_link_or_handle.check(photo(fields=(field("XMP:dc:description", "www.doefotos.com"),))) is None


@pytest.mark.parametrize(
    "value, link",
    [
        ("nightowl42", "nightowl42"),
        ("(c) 2019 nightowl42", "nightowl42"),
        ("Photo by jane.doe88", "jane.doe88"),
        ("doefotos.com", "doefotos.com"),
    ],
)
def test_an_account_or_site_in_place_of_a_name(value: str, link: str) -> None:
    found = web_link_or_handle.check(photo(Person("creator", value, HERE)))
    assert found is not None and found.evidence[0] == (HERE, link, Secret.TEXT)


@pytest.mark.parametrize(
    "value",
    [
        "Jane Doe",
        "nightowl",
        "ILCE-7M3",
        "Copyright2004",
        "user123",
        "Picasa 2.0",
        "Creator1 (ref2019.1)",
        "CC-BY 3.0",
    ],
)
def test_no_account_in_place_of_a_name(value: str) -> None:
    assert web_link_or_handle.check(photo(Person("creator", value, HERE))) is None
