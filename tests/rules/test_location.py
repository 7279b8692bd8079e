"""Places: exact, vague, of a destination, in words, and in a sidecar."""

from __future__ import annotations

import math

import pytest

from exposure.model import Address, Level, Place, Secret
from exposure.rules.location import (
    destination_position,
    gps_position,
    network_country,
    place_names,
    sidecar_position,
    vague_position,
)
from exposure.source import Range
from tests.rules.photos import HERE, field, photo

XMP = Address("XMP:exif:GPSLatitude", (Range(900, 12),))


def place(
    latitude: float = 48.137154,
    longitude: float = 11.576124,
    accuracy: float | None = None,
    at: Address = HERE,
) -> Place:
    return Place(latitude, longitude, accuracy, None, at)


def word(name: str, path: str = "IPTC:Application:City") -> Place:
    return Place(None, None, None, name, Address(path), "named")


def test_a_position_is_a_finding_with_six_decimals() -> None:
    found = gps_position.check(photo(place(-33.8567844, 151.2152967)))
    assert found is not None
    (evidence,) = found.evidence
    assert evidence == (HERE, "-33.856784, 151.215297", Secret.PLACE)
    assert (gps_position.level, gps_position.critical_for) == (Level.HIGH, frozenset({"survivor"}))


def test_every_copy_is_evidence_of_one_finding() -> None:
    found = gps_position.check(photo(place(), place(at=XMP)))
    assert found is not None
    assert [e.address for e in found.evidence] == [HERE, XMP]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (91, 10), (48, 181), (math.nan, 10), (48, math.inf)]
)
def test_what_is_no_place_on_earth_is_no_finding(latitude: float, longitude: float) -> None:
    seen = photo(place(latitude, longitude))
    assert gps_position.check(seen) is None
    assert vague_position.check(seen) is None


@pytest.mark.parametrize("accuracy", [None, 4.8, 999.9])
def test_a_small_radius_is_exact(accuracy: float | None) -> None:
    assert gps_position.check(photo(place(accuracy=accuracy))) is not None
    assert vague_position.check(photo(place(accuracy=accuracy))) is None


def test_a_radius_of_a_kilometre_is_vague() -> None:
    seen = photo(place(accuracy=1000.0))
    assert gps_position.check(seen) is None
    found = vague_position.check(seen)
    assert found is not None
    assert found.evidence[0].secret is Secret.PLACE


def test_a_copy_without_radius_of_a_vague_position_is_vague_too() -> None:
    seen = photo(place(accuracy=2000.0), place(48.13716, 11.57612, at=XMP))
    assert gps_position.check(seen) is None
    found = vague_position.check(seen)
    assert found is not None
    assert len(found.evidence) == 2


def test_an_exact_position_covers_a_vague_one() -> None:
    seen = photo(place(accuracy=2000.0), place(52.5, 13.4))
    found = gps_position.check(seen)
    assert found is not None
    assert [e.value for e in found.evidence] == ["52.500000, 13.400000"]
    assert vague_position.check(seen) is None


def test_named_places_and_destinations_are_no_position() -> None:
    assert gps_position.check(photo(word("Oslo"), place()._replace(kind="destination"))) is None


def test_a_sidecar_is_its_own_finding_and_stays_when_a_platform_strips() -> None:
    seen = photo(place(), format="XMP sidecar", name="beach.xmp")
    assert gps_position.check(seen) is None
    assert sidecar_position.check(seen) is not None
    assert not sidecar_position.leaves_with_file
    assert sidecar_position.check(photo(place())) is None
    assert sidecar_position.check(photo(format="XMP sidecar")) is None


def test_a_destination_elsewhere_is_a_finding() -> None:
    there = place(59.9139, 10.7522)._replace(kind="destination")
    found = destination_position.check(photo(place(), there))
    assert found is not None
    assert [e.value for e in found.evidence] == ["59.913900, 10.752200"]


def test_a_destination_at_the_position_is_none() -> None:
    assert destination_position.check(photo(place(), place()._replace(kind="destination"))) is None
    assert destination_position.check(photo(place(0, 0)._replace(kind="destination"))) is None


def test_a_town_in_words_is_medium() -> None:
    found = place_names.check(photo(word("Whitby")))
    assert found is not None
    assert (found.level, found.evidence[0].value, found.evidence[0].secret) == (None, "Whitby", Secret.TEXT)
    assert place_names.level is Level.MEDIUM


@pytest.mark.parametrize(
    "path",
    [
        "IPTC:Application:Sub-location",
        "IPTC:Application:Sublocation",
        "XMP:Iptc4xmpCore:Location",
        "XMP:Iptc4xmpExt:LocationShown[1]/Iptc4xmpExt:Sublocation",
        "XMP:Iptc4xmpExt:LocationCreated/Sublocation",
    ],
)
def test_a_street_is_high(path: str) -> None:
    found = place_names.check(photo(word("Whitby"), word("12 Harbour Row", path)))
    assert found is not None
    assert found.level is Level.HIGH
    assert found.message is not None
    assert "street" in found.message


def test_an_unknown_street_is_no_street() -> None:
    found = place_names.check(photo(word("unknown, Whitby", "IPTC:Application:Sub-location")))
    assert found is not None
    assert found.level is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "unknown",
        "Unknown",
        "N/A",
        "---",
        "(not set)",
        "<City>",
        "000",
        "unknown, -",
        "City (Core) (ref 1)",
    ],
)
def test_template_words_are_no_place(name: str) -> None:
    assert place_names.check(photo(word(name))) is None


def test_a_name_beside_coordinates_counts() -> None:
    assert place_names.check(photo(place()._replace(name="Grandma's garden"))) is not None


def test_a_photo_without_places_has_no_finding() -> None:
    for each in (gps_position, vague_position, destination_position, place_names, sidecar_position):
        assert each.check(photo()) is None


def test_a_mobile_country_code_is_a_country() -> None:
    found = network_country.check(photo(fields=(field("Trailer:Samsung:MCC_Data", "262"),)))
    assert found is not None
    assert [e.value for e in found.evidence] == ["262"]
    for value in ("", "0", 12, "abc"):
        assert network_country.check(photo(fields=(field("Trailer:Samsung:MCC_Data", value),))) is None
