from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Device, Identifier, Level, Secret
from exposure.plugins import Rule
from exposure.rules import identifiers
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

UUID = "9B4585D7-AE5A-4679-B098-C883D2289C22"
DRONE = "XMP:drone-dji:DroneSerialNumber"


@pytest.mark.parametrize("rule", rules_of("identifiers"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize("rule", rules_of("identifiers"), ids=lambda r: r.id)
def test_empty_photo_says_nothing(rule: Rule) -> None:
    assert rule.check(photo()) is None


@pytest.mark.parametrize("kind", ["serial", "internal-serial"])
@pytest.mark.parametrize("value", ["1070700342", "B9U505495   ", "FA0381304", "0000214e1c", "4102-K77"])
def test_serial_number(kind: str, value: str) -> None:
    found = identifiers.serial_number.check(photo(Identifier(kind, value, HERE)))
    assert found is not None
    assert [(e.value, e.secret) for e in found.evidence] == [(value, Secret.SERIAL)]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "        ",
        "0000000000",
        "0123456789",
        "0000000012345678",
        "1234567890",
        "5266",
        "1111222",
        "KFFFFFFF",
        "FFFFFFFF00",
        "4294967295",
        "2147483647",
        "0000032767",
        "18446744073709551615",
        "unknown",
        "No Lens",
        "N/A",
        "camera-serial",
        "X-T5 mark 2",
        "-1.7976931348623157e+308 2.2250738585072014e-308 nan inf -inf",
        "123.456",
        "\x10\x15`\x12?938",
    ],
)
@pytest.mark.parametrize("kind", ["serial", "lens-serial"])
def test_filler_is_no_serial_number(kind: str, value: str) -> None:
    shot = photo(Identifier(kind, value, HERE), Device("Fujifilm", "X-T5 Mark 2 ", HERE))
    assert identifiers.serial_number.check(shot) is None
    assert identifiers.lens_serial_number.check(shot) is None


def test_serial_number_of_the_lens_is_not_that_of_the_camera() -> None:
    shot = photo(Identifier("lens-serial", "213022539", HERE))
    assert identifiers.serial_number.check(shot) is None
    found = identifiers.lens_serial_number.check(shot)
    assert found is not None and found.evidence[0].value == "213022539"


def test_drone_serial_number_from_the_field() -> None:
    shot = photo(fields=(field(DRONE, "1581F5BKD23A00A1B2C3"),))
    found = identifiers.drone_serial_number.check(shot)
    assert found is not None and found.evidence[0].address.path == DRONE


def test_drone_serial_number_is_told_once_and_not_as_the_camera_s() -> None:
    fact = Identifier("serial", "1581F5BKD23A00A1B2C3", Address(DRONE))
    shot = photo(fact, fields=(field(DRONE, "1581F5BKD23A00A1B2C3"),))
    found = identifiers.drone_serial_number.check(shot)
    assert found is not None and len(found.evidence) == 1
    assert identifiers.serial_number.check(shot) is None


def test_drone_serial_number_that_is_the_camera_s_is_not_told_twice() -> None:
    shot = photo(Identifier("serial", "1581F5BKD2", HERE), fields=(field(DRONE, "1581F5BKD2"),))
    assert identifiers.drone_serial_number.check(shot) is None
    assert identifiers.serial_number.check(shot) is not None


@pytest.mark.parametrize("path", ["XMP:aux:SerialNumber", "EXIF:Exif IFD:CameraSerialNumber"])
def test_serial_number_of_a_camera_is_no_drone_s(path: str) -> None:
    assert identifiers.drone_serial_number.check(photo(fields=(field(path, "1581F5BKD2"),))) is None


@pytest.mark.parametrize("value", ["", "0000000000", "unknown"])
def test_filler_is_no_drone_serial_number(value: str) -> None:
    assert identifiers.drone_serial_number.check(photo(fields=(field(DRONE, value),))) is None


def test_asset_identifier() -> None:
    assert identifiers.asset_identifier.check(photo(Identifier("content-id", UUID, HERE))) is not None
    assert identifiers.asset_identifier.check(photo(Identifier("image-id", UUID, HERE))) is None
    assert identifiers.asset_identifier.check(photo(Identifier("content-id", "12", HERE))) is None


@pytest.mark.parametrize(
    "value", ["0724a58871582beb208aaec32aa5bd3b", UUID, "7aa33131e24233390000000000000000"]
)
def test_image_identifier(value: str) -> None:
    assert identifiers.image_identifier.check(photo(Identifier("image-id", value, HERE))) is not None
    assert identifiers.image_identifier.confidence is Confidence.TENTATIVE


@pytest.mark.parametrize(
    "value",
    [
        "0" * 32,
        "000000000000000000000000001a2b3c",
        "F" * 32,
        "C12LSII00SM C12LSJA01SM",
        "O10XSOD00CM",
        "h",
        " " * 23,
        "a" * 33 + "0123456789",
    ],
)
def test_counter_and_module_code_are_no_image_identifier(value: str) -> None:
    assert identifiers.image_identifier.check(photo(Identifier("image-id", value, HERE))) is None


@pytest.mark.parametrize(
    "value",
    [
        "xmp.did:01801174072068118F62F5D4009E84F4",
        "adobe:docid:photoshop:04b68736-490a-117a-91a2-e4dc9a0691f7",
        "uuid:6F6A39A95A34E311B432EB92488C2511",
        "C7EE91DF85D86DA0552BEBD762A3753A",
    ],
)
def test_document_identifier(value: str) -> None:
    found = identifiers.document_identifier.check(photo(Identifier("document-id", value, HERE)))
    assert found is not None and found.evidence[0].secret is Secret.SERIAL


@pytest.mark.parametrize(
    "value",
    ["uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b", "xmp.did:00000000-0000-0000-0000-000000000000", "doc 1"],
)
def test_shared_or_empty_document_identifier(value: str) -> None:
    assert identifiers.document_identifier.check(photo(Identifier("document-id", value, HERE))) is None


def test_ten_thousand_ancestors_are_shown_by_a_few() -> None:
    many = (Identifier("document-id", f"{n:08x}-490a-117a-91a2-e4dc9a0691f7", HERE) for n in range(10_000))
    found = identifiers.document_identifier.check(photo(*many))
    assert found is not None and 1 < len(found.evidence) < 100


def test_who_is_told_louder() -> None:
    assert identifiers.serial_number.level is Level.MEDIUM
    assert identifiers.serial_number.raised_for == {"journalist", "activist", "survivor"}
    assert identifiers.serial_number.persona == {"pseudonymous": 1}
    assert identifiers.lens_serial_number.persona == {"pseudonymous": 1}
    assert identifiers.document_identifier.persona == {"pseudonymous": 1}
