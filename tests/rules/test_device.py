from __future__ import annotations

import pytest

from exposure.model import Address, Device, Level, Secret, Software
from exposure.plugins import Rule
from exposure.rules import device
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

SOFTWARE = Address("EXIF:IFD0:Software")
COMPUTER = Address("EXIF:IFD0:HostComputer")


@pytest.mark.parametrize("rule", rules_of("device"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize("rule", rules_of("device"), ids=lambda r: r.id)
def test_empty_photo_says_nothing(rule: Rule) -> None:
    assert rule.check(photo()) is None


def test_camera_model() -> None:
    shot = photo(
        Device("Canon", "Canon EOS 70D", HERE), fields=(field("EXIF:Exif IFD:LensModel", "EF50mm f/1.8 STM"),)
    )
    found = device.camera_model.check(shot)
    assert found is not None
    assert [e.value for e in found.evidence] == ["Canon Canon EOS 70D", "EF50mm f/1.8 STM"]


@pytest.mark.parametrize(
    "make, model", [(None, None), ("", " "), ("Unknown", "---"), (None, "CanoScan 9000F"), (None, "ScanJet")]
)
def test_no_camera_model(make: str | None, model: str | None) -> None:
    shot = photo(
        Device(make, model, HERE),
        fields=(field("EXIF:Exif IFD:LensModel", "   "), field("EXIF:Exif IFD:LensMake", 3)),
    )
    assert device.camera_model.check(shot) is None


@pytest.mark.parametrize(
    "version",
    ["13.4.1", "26.3.1", "S906USQS3DWKA", "HDR+ 1.0.621982163zd", "Ver.1.00", "Version 1.3", "fw 05.15 prm 07.53",
     "Digital Camera FinePix A202   Ver1.00", "Optio 230 Ver 1.10", "GR Firmware Ver 01.10", "Software version 712",
     "Android RP1A.200720.011.G998BXXS3AUGM", "ILCE-7SM3 v1.01", "EVA-L09C432B182", "MIUI 12"],
)  # fmt: skip
def test_phone_software(version: str) -> None:
    found = device.phone_software.check(
        photo(Software(version, SOFTWARE), Device("PENTAX", "PENTAX Optio 230", HERE))
    )
    assert found is not None and found.evidence[0].value == version


@pytest.mark.parametrize(
    "name",
    ["Adobe Photoshop CC 2017 (Macintosh)", "GIMP 2.10.32", "darktable 2.4.0", "paint.net 5.0.11", "Pixelmator 3.6",
     "f-spot version 0.5.0.3", "Microsoft Windows Photo Gallery 6.0.6000.16386", "Wolfram Mathematica 5.1",
     "Picasa", "tifffile.py", "Nokia Lumia 800", "Lumia 800", "", "QuickTime 7.7.1", "SIGMA Photo Pro 5.4.1.0000"],
)  # fmt: skip
def test_program_and_model_are_no_phone_software(name: str) -> None:
    shot = photo(Software(name, SOFTWARE), Device("Nokia", "Nokia Lumia 800", HERE))
    assert device.phone_software.check(shot) is None


def test_system_of_the_computer_is_phone_software_and_its_model_is_not() -> None:
    iphone = Device("Apple", "iPhone 13 mini", HERE)
    assert device.phone_software.check(photo(Software("Mac OS X 10.2.2", COMPUTER))) is not None
    assert device.phone_software.check(photo(Software("iPhone 13 mini", COMPUTER), iphone)) is None
    assert (
        device.phone_software.check(photo(Software("7.1", Address("EXIF:IFD0:ProcessingSoftware")))) is None
    )


@pytest.mark.parametrize(
    "path, value",
    [("EXIF:SubIFD:ImageNumber", 12), ("XMP:aux:ImageNumber", "14668"), ("XMP:aux:ShutterCount", " 7 ")],
)
def test_counter(path: str, value: object) -> None:
    assert device.counter.check(photo(fields=(field(path, value),))) is not None


@pytest.mark.parametrize("value", [0, "0", "000", "", "n/a", None, -1, (1, 2), b"\x01"])
def test_no_counter(value: object) -> None:
    assert device.counter.check(photo(fields=(field("XMP:aux:ImageNumber", value),))) is None


@pytest.mark.parametrize(
    "name",
    ["Anna's iPhone", "Anna’s iPhone", "Anna Maria’s MacBook Pro", "James' iPad", "Annas iPhone", "Annas-MBP.fritz.box",
     "iPhone de Marie", "iPhone d’Élodie", "iPhone 13 Pro de Marie", "iPad di Marco", "iPhone von Jürgen", "iPhone do João",
     "Jans-iPad", "太郎のiPhone", "“小明”的 iPhone", "철수의 iPhone", "iPhone (Anna)", "anna-pc", "Olivia-MacBook", "Tom's Galaxy S23"],
)  # fmt: skip
@pytest.mark.parametrize("where", [SOFTWARE, COMPUTER], ids=["Software", "HostComputer"])
def test_device_name(name: str, where: Address) -> None:
    found = device.device_name.check(photo(Software(name, where)))
    assert found is not None and (found.evidence[0].value, found.evidence[0].secret) == (name, Secret.NAME)


@pytest.mark.parametrize(
    "name",
    ["iPhone 13 Pro Max", "iPhone XS", "iPad (7th generation)", "iPhone SE (2nd generation)", "MacBook Pro", "Mac OS X 10.2.2",
     "Windows Phone 8.1", "Apple Mac OS X", "Samsung's Galaxy", "Apple's iPhone", "my-pc", "DESKTOP-4K2J1AB", "Office-PC",
     "13.4.1", "Adobe Photoshop CS3 Macintosh", "Pixel 4a", "Galaxy S23 Ultra", "iPhone de 64 Go", "Moto G Play - 2023",
     "PC de bureau", "Photos iPhone", "'s iPhone", "", "Digital Camera FinePix A202   Ver1.00"],
)  # fmt: skip
def test_model_is_no_device_name(name: str) -> None:
    assert device.device_name.check(photo(Software(name, COMPUTER))) is None


def test_device_name_in_a_field_without_a_fact_is_told_once() -> None:
    path = "EXIF:IFD0:HostComputer"
    shot = photo(Software("Anna's Mac", Address(path)), fields=(field(path, "Anna's Mac"),))
    found = device.device_name.check(shot)
    assert found is not None and len(found.evidence) == 1
    assert device.device_name.check(photo(fields=(field(path, "Anna's Mac"),))) is not None


@pytest.mark.parametrize(
    "name", ["HdrPlusMakernote", "hdrp_makernote", "shot_log_data", "HDRPlusMakerNote", "ShotLogData"]
)
def test_camera_log_is_shown_by_its_length_alone(name: str) -> None:
    found = device.camera_log.check(photo(fields=(field(f"XMP:GCamera:{name}", "SERSUA" * 1000),)))
    assert found is not None and found.evidence[0].value == "6000 characters"


def test_no_camera_log() -> None:
    assert device.camera_log.check(photo(fields=(field("XMP:GCamera:HdrPlusMakernote", ""),))) is None
    assert device.camera_log.check(photo(fields=(field("XMP:GCamera:MicroVideo", "1"),))) is None


@pytest.mark.parametrize(
    "name, value",
    [("AmbientTemperature", 21.5), ("Pressure", 1013), ("Acceleration", 0.0), ("WaterDepth", (1.0,))],
)
def test_sensors(name: str, value: object) -> None:
    assert device.sensors.check(photo(fields=(field(f"EXIF:Exif IFD:{name}", value),))) is not None
    assert device.sensors.level is Level.INFO


@pytest.mark.parametrize("value", [None, (None,), "", b""])
def test_no_sensors(value: object) -> None:
    assert device.sensors.check(photo(fields=(field("EXIF:Exif IFD:Humidity", value),))) is None
    assert device.sensors.check(photo(fields=(field("XMP:crs:Temperature", 5500),))) is None
