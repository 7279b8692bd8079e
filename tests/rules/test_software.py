from __future__ import annotations

from typing import Any

import pytest

from exposure.model import Address, Device, Examined, Kind, Level, Problem, Secret, Software
from exposure.plugins import Rule
from exposure.rules import software
from tests.make import block
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

SOFTWARE = Address("EXIF:IFD0:Software")
CREATOR = Address("XMP:xmp:CreatorTool")


@pytest.mark.parametrize("rule", rules_of("software"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize("rule", rules_of("software"), ids=lambda r: r.id)
def test_empty_photo_says_nothing(rule: Rule) -> None:
    assert rule.check(photo()) is None


@pytest.mark.parametrize(
    "name, path",
    [
        ("Adobe Photoshop CC 2017 (Macintosh)", SOFTWARE),
        ("GIMP 2.10", CREATOR),
        ("f-spot version 0.5.0.3", SOFTWARE),
        ("gnome-screenshot", Address("PNG:tEXt:Software")),
        ("Acme-software: 1.0.0.0", SOFTWARE),
        ("gThumb 3.0.1", Address("EXIF:IFD0:ProcessingSoftware")),
        ("RAW Lab 3", Address("EXIF:Exif IFD:RAWDevelopingSoftware")),
        ("NXT 2", Address("XMP:xmpMM:History[1]/softwareAgent")),
    ],
)
def test_editing_program(name: str, path: Address) -> None:
    found = software.editing_program.check(photo(Software(name, path)))
    assert found is not None and found.evidence[0].value == name


@pytest.mark.parametrize(
    "name",
    ["13.4.1", "S906USQS3DWKA", "HDR+ 1.0.621982163zd", "Ver.1.00", "Version 1.3", "00204", "", "  ", "v951-78", "E5000v1.6",
     "Digital Camera FinePix1400Zoom Ver1.00", "Optio 230 Ver 1.10", "GR Firmware Ver 01.10", "Anna's iPhone", "Optio 230"],
)  # fmt: skip
@pytest.mark.parametrize("path", [SOFTWARE, CREATOR], ids=["Software", "CreatorTool"])
def test_firmware_is_no_editing_program(name: str, path: Address) -> None:
    shot = photo(Software(name, path), Device("PENTAX", "PENTAX Optio 230", HERE))
    assert software.editing_program.check(shot) is None


def test_host_computer_and_camera_firmware_are_no_editing_programs() -> None:
    shot = photo(
        Software("Apple Mac OS X", Address("EXIF:IFD0:HostComputer")),
        Software("Firmware Version 1.0", Address("EXIF:Exif IFD:CameraFirmware")),
    )
    assert software.editing_program.check(shot) is None


def test_editing_program_is_told_once() -> None:
    found = software.editing_program.check(
        photo(Software("GIMP 2.10", SOFTWARE), Software("GIMP 2.10", CREATOR))
    )
    assert found is not None and len(found.evidence) == 1


def test_edit_history_counts_its_steps() -> None:
    steps = [
        field(f"XMP:xmpMM:History[{n}]/{what}", "saved") for n in range(1, 13) for what in ("action", "when")
    ]
    found = software.edit_history.check(photo(fields=tuple(steps)))
    assert found is not None and [e.value for e in found.evidence] == ["12 entries"]


@pytest.mark.parametrize(
    "path, value",
    [
        ("XMP:photoshop:History", "2009-11-20\topened\n2009-11-20\tclosed\n"),
        ("EXIF:Exif IFD:ImageHistory", "cropped"),
    ],
)
def test_edit_history_as_text(path: str, value: str) -> None:
    assert software.edit_history.check(photo(fields=(field(path, value),))) is not None


@pytest.mark.parametrize(
    "path, value",
    [
        ("XMP:xmpMM:History[1]/action", "saved"),
        ("XMP:darktable:History[2]/action", "saved"),
        ("XMP:photoshop:History", ""),
        ("XMP:photoshop:History", "one line\n"),
        ("XMP:darktable:History", "a\nb"),
        ("EXIF:Exif IFD:ImageHistory", "  \0"),
    ],
)
def test_no_edit_history(path: str, value: str) -> None:
    assert software.edit_history.check(photo(fields=(field(path, value),))) is None


@pytest.mark.parametrize(
    "path, value",
    [
        ("XMP:crs:RawFileName", "IMG_0918.CR2"),
        ("XMP:xmpMM:PreservedFileName", "anna at the clinic.jpg"),
        ("EXIF:IFD0:OriginalRawFileName", b"DSC_0042.NEF\0"),
        ("XMP:getty:OriginalFileName", "C:\\photos\\43885812_SEA.jpg"),
        ("EXIF:IFD0:DocumentName", "/home/jane/scan 3.tif"),
        ("EXIF:IFD0:PageName", "anna.tiff"),
    ],
)
def test_original_file_name(path: str, value: object) -> None:
    found = software.original_file_name.check(photo(fields=(field(path, value),), name="trips/beach.jpg"))
    assert found is not None and found.evidence[0].secret is Secret.TEXT


def test_a_title_is_no_file_name() -> None:
    asked = photo(fields=(field("EXIF:IFD0:DocumentName", "Letter of Anna"),))
    assert software.original_file_name.check(asked) is None


@pytest.mark.parametrize(
    "value, name",
    [
        ("IMG_0918.CR2", "IMG_0918.jpg"),
        ("IMG_0918.CR2", "trips\\img_0918-edited.jpg"),
        ("Ausflug nach Köln.jpg", "Ausflug nach Ko\u0308ln.jpg"),
        ("", "beach.jpg"),
        (" \0", "beach.jpg"),
        ("1", "beach.jpg"),
        (7, "beach.jpg"),
    ],
)
def test_name_that_still_shows_is_no_original_file_name(value: object, name: str) -> None:
    assert (
        software.original_file_name.check(photo(fields=(field("XMP:crs:RawFileName", value),), name=name))
        is None
    )


@pytest.mark.parametrize(
    "name",
    ["DELL U2713H", "U2713H #1 2024-05-03 18-00 2.2 F-S XYLUT+MTX", "Annas Bildschirm", "LG UltraFine_05-12-2023",
     "EIZO CG2420 (12345678)", "sRGB desk 2024-05-03", "27 inch D65 gamma 2.2"],
)  # fmt: skip
def test_colour_profile(name: str) -> None:
    found = software.colour_profile.check(photo(fields=(field("ICC:ICC:ProfileDescription", name),)))
    assert found is not None and found.evidence[0].secret is Secret.TEXT


@pytest.mark.parametrize(
    "name",
    ["sRGB", "sRGB IEC61966-2.1", "sRGB v4 ICC preference perceptual intent beta", "sRGB-elle-V4-srgbtrc.icc", "Display P3",
     "Display P3 Gamut with sRGB Transfer", "Adobe RGB (1998)", "ProPhoto RGB", "ROMM RGB", "Apple Wide Color Sharing Profile",
     "Nikon sRGB 4.0.0.3000", "Canon EOS 5D standard", "Sony Std S 1.0", "Generic Gray Gamma 2.2 Profile", "Gray Gamma 2.2",
     "Dot Gain 20%", "U.S. Web Coated (SWOP) v2", "Coated FOGRA39 (ISO 12647-2:2004)", "Coated GRACoL 2006 (ISO 12647-2:2004)",
     "Japan Color 2001 Coated", "eciRGB v2", "ColorMatch RGB", "Linear Rec2020 RGB", "Rec709-elle-V4-rec709.icc", "GIMP built-in sRGB",
     "Generic RGB Profile", "Color LCD", "iMac", "c2", "sP3C", "BRG", "", "Profil générique RVB", "ITU-R BT.709", "ACES CG Linear"],
)  # fmt: skip
def test_stock_colour_profile(name: str) -> None:
    shot = photo(fields=(field("ICC:ICC:ProfileDescription", name), field("ICC:ICC:DeviceModel", "sRGB")))
    assert software.colour_profile.check(shot) is None


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("ProfileCopyright", "Copyright (c) 2024 Jane Doe", True),
        (
            "ProfileCopyright",
            "Copyright 2016, Elle Stone (http://ninedegreesbelow.com/), CC-BY-SA 3.0",
            False,
        ),
        ("ProfileCopyright", "Copyright Apple Inc., 2022", False),
        ("Metadata EDID_serial", "X1234", True),
        ("CharTarget", "measured on Sunday", True),
        ("VideoCardGamma", 1554, True),
        ("MakeAndModel", 40, True),
        ("DeviceMfgDesc", "IEC http://www.iec.ch", False),
    ],
)
def test_what_else_makes_a_profile_ones_own(name: str, value: object, told: bool) -> None:
    stock = field("ICC:ICC:ProfileDescription", "sRGB IEC61966-2.1")
    found = software.colour_profile.check(photo(fields=(stock, field(f"ICC:ICC:{name}", value))))
    assert (found is not None) is told


def test_colour_profile_reads_icc_alone() -> None:
    assert (
        software.colour_profile.check(photo(fields=(field("XMP:x:DeviceModel", "Annas Bildschirm"),))) is None
    )


def cleaned(**more: Any) -> Any:
    return photo(**{"name": "album/IMG_0918.jpg", "width": 4032, "height": 3024, **more})


@pytest.mark.parametrize(
    "name", ["IMG_0918.jpg", "DSC_0042.JPG", "_DSC5548.jpg", "PXL_20240503_180000123.MP.jpg", "P1010001.JPG", "20240503_180000.jpg",
             "photo.jpg", "IMG_0918 (1).jpg", "12345.jpg", "dir/DSCF0001.jpg"]
)  # fmt: skip
def test_cleaned_and_it_shows(name: str) -> None:
    assert software.cleaned_and_it_shows.check(cleaned(name=name)) is not None
    assert software.cleaned_and_it_shows.level is Level.INFO


@pytest.mark.parametrize(
    "more",
    [
        {"format": "PNG"},
        {"width": 1600, "height": 1200},
        {"width": 0, "height": 0},
        {"fields": (field("EXIF:IFD0:Orientation", 1),)},
        {"fields": (field("XMP:dc:title", "x"),)},
        {"fields": (field("IPTC:Application:City", "x"),)},
        {"blocks": (block(Kind.EXIF, b"damaged"),)},
        {"examined": Examined.PARTIAL},
        {"problems": (Problem("APP1", "It could not be read."),)},
        {"name": "Screenshot_20240503-180000.jpg"},
        {"name": "IMG-20240503-WA0001.jpg"},
        {"name": "10155_10153000000000001_12345678_n.jpg"},
        {"name": "our wedding.jpg"},
    ],
    ids=str,
)
def test_not_cleaned(more: dict[str, Any]) -> None:
    assert software.cleaned_and_it_shows.check(cleaned(**more)) is None


def test_other_fields_do_not_hide_a_cleaned_photo() -> None:
    shot = cleaned(fields=(field("ICC:ICC:ProfileDescription", "sRGB"),))
    assert software.cleaned_and_it_shows.check(shot) is not None
