"""What stands beside a position, and position blocks without one."""

from __future__ import annotations

import pytest

from exposure.model import Level, Place, Secret
from exposure.plugins import Rule
from exposure.rules.gps import altitude, camera_direction, empty_gps_block, movement_speed, position_method
from tests.rules.photos import HERE, field, photo

PLACE = Place(48.137154, 11.576124, None, None, HERE)
GPS = "EXIF:GPS IFD:"


@pytest.mark.parametrize(
    ("each", "path", "value"),
    [
        (altitude, GPS + "GPSAltitude", 519.5),
        (altitude, "XMP:exif:GPSAltitude", "5195/10"),
        (altitude, "XMP:drone-dji:AbsoluteAltitude", "+120.50"),
        (camera_direction, GPS + "GPSImgDirection", 217.25),
        (camera_direction, GPS + "GPSTrack", 12),
        (camera_direction, "XMP:drone-dji:GimbalYawDegree", "-31.20"),
    ],
)
def test_it_counts_only_beside_a_position(each: Rule, path: str, value: object) -> None:
    fields = (field(path, value),)
    found = each.check(photo(PLACE, fields=fields))
    assert found is not None
    assert found.evidence[0].address.path == path
    assert each.check(photo(fields=fields)) is None


@pytest.mark.parametrize(
    "value", [0, 0.0, "0/1", None, "", "high", "1/0", float("nan"), (1.0, 2.0), True, b"1"]
)
def test_zero_and_nonsense_are_no_height_direction_or_speed(value: object) -> None:
    fields = (
        field(GPS + "GPSAltitude", value),
        field(GPS + "GPSImgDirection", value),
        field(GPS + "GPSSpeed", value),
    )
    for each in (altitude, camera_direction, movement_speed):
        assert each.check(photo(PLACE, fields=fields)) is None


def test_a_height_is_masked() -> None:
    found = altitude.check(photo(PLACE, fields=(field(GPS + "GPSAltitude", 519.5),)))
    assert found is not None
    assert found.evidence[0].secret is Secret.TEXT


def test_a_direction_beside_a_vague_position_says_nothing() -> None:
    fields = (field(GPS + "GPSImgDirection", 217.25), field(GPS + "GPSAltitude", 35.0))
    seen = photo(PLACE._replace(accuracy_m=2000.0), fields=fields)
    assert camera_direction.check(seen) is None
    assert altitude.check(seen) is not None


def test_speed_counts_without_a_position() -> None:
    assert movement_speed.check(photo(fields=(field(GPS + "GPSSpeed", 61.2),))) is not None
    assert movement_speed.check(photo(fields=(field(GPS + "GPSSpeed", -1.0),))) is None


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("GPSProcessingMethod", b"ASCII\0\0\0WLAN", "WLAN"),
        ("GPSProcessingMethod", "GPS", "GPS"),
        ("GPSAreaInformation", b"UNICODE\0" + "Kew".encode("utf-16-le"), "Kew"),
        ("GPSDOP", 2.5, "2.5"),
    ],
)
def test_a_method_is_shown_in_words(name: str, value: object, text: str) -> None:
    found = position_method.check(photo(fields=(field(GPS + name, value),)))
    assert found is not None
    assert found.evidence[0].value == text
    assert (found.evidence[0].secret is Secret.TEXT) == (name == "GPSAreaInformation")


@pytest.mark.parametrize("value", [b"ASCII\0\0\0", b"ASCII\0\0\0\0\0  ", "", "ASCII", b"", 0.0, None])
def test_a_method_that_is_only_padding_is_none(value: object) -> None:
    assert position_method.check(photo(fields=(field(GPS + "GPSProcessingMethod", value),))) is None


VERSION = field(GPS + "GPSVersionID", (2, 3, 0, 0))


def test_a_block_without_coordinates_is_empty() -> None:
    found = empty_gps_block.check(photo(fields=(VERSION,)))
    assert found is not None
    assert (found.level, found.message) == (None, None)
    assert empty_gps_block.level is Level.INFO


@pytest.mark.parametrize("zero", [(0.0, 0.0, 0.0), (0, 0, 0), 0.0])
def test_a_wiped_block_says_that_the_posted_copy_may_differ(zero: object) -> None:
    fields = (field(GPS + "GPSLatitude", zero), field(GPS + "GPSLongitude", zero))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert found.level is None
    assert found.message is not None
    assert "may differ" in found.message


def test_numbers_without_letters_are_never_called_harmless() -> None:
    fields = (field(GPS + "GPSLatitude", (48.0, 8.0, 13.7)), field(GPS + "GPSLongitude", (0.0, 34.0, 34.0)))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert found.level is Level.MEDIUM
    assert all(e.secret is Secret.TEXT for e in found.evidence)


@pytest.mark.parametrize("latitude", [(48.0, 8.0, None), (213.6, 0.0, 0.0)])
def test_half_a_position_is_low(latitude: object) -> None:
    found = empty_gps_block.check(photo(fields=(VERSION, field(GPS + "GPSLatitude", latitude))))
    assert found is not None
    assert found.level is Level.LOW


@pytest.mark.parametrize("written", [bytes([48, 0, 0, 0]), "N 48\N{DEGREE SIGN}"])
def test_what_cannot_be_read_is_never_called_empty(written: object) -> None:
    fields = (field(GPS + "GPSLatitude", written), field(GPS + "GPSLongitude", written))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert (found.level, found.message is None) == (Level.MEDIUM, False)
    assert all(e.secret is Secret.TEXT for e in found.evidence)


@pytest.mark.parametrize("blank", [bytes(24), "  0,0", "0/0"])
def test_coordinates_of_zeros_in_another_form_are_empty(blank: object) -> None:
    fields = (field(GPS + "GPSLatitude", blank), field(GPS + "GPSLongitude", blank))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert found.level is None


def test_coordinates_in_xmp_that_cannot_be_read_are_said() -> None:
    fields = tuple(field(f"XMP:exif:{name}", "about 48,137") for name in ("GPSLatitude", "GPSLongitude"))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert found.level is Level.MEDIUM
    assert empty_gps_block.check(photo(PLACE, fields=fields)) is None


def test_blank_coordinates_are_empty() -> None:
    fields = (field(GPS + "GPSLatitude", (None, None, None)), field(GPS + "GPSLongitude", ""))
    found = empty_gps_block.check(photo(fields=fields))
    assert found is not None
    assert found.message is None


def test_a_place_or_no_block_is_no_empty_block() -> None:
    assert empty_gps_block.check(photo(PLACE, fields=(VERSION,))) is None
    assert empty_gps_block.check(photo(PLACE._replace(kind="destination"), fields=(VERSION,))) is None
    assert empty_gps_block.check(photo(fields=(field("EXIF:IFD0:Make", "Acme"),))) is None
    assert empty_gps_block.check(photo(fields=(VERSION._replace(within="thumbnail/"),))) is None
