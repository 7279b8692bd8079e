from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exposure.model import Address, Confidence, Level, Person, Photo, Secret, Text, Verdict
from exposure.plugins import Rule
from exposure.rules._contacts import contacts
from exposure.rules._paths import paths
from exposure.rules.contact import contact_details, user_path
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

NUMBERS = """
+49 170 1234567 | +49 (0)30 1234567 | 0049 170 1234567 | 0171/1234567 | 0171-123 45 67 | 030 / 123 45 67
+1 (301) 555-0143 | (301)-555-0143 | 301-555-0143 | 301.555.0143 | 1-800-555-0199 | +1 212 555 0100
+33 6 12 34 56 78 | 06 12 34 56 78 | 06.12.34.56.78 | +44 7700 900123 | 07700 900123 | 020 7946 0958
(020) 7946 0958 | +41 44 668 12 34 | 044 668 12 34 | +39 06 1234 5678 | +34 612 34 56 78 | +48 22 123 45 67
+47 21 03 05 00 | +3581234567 | +7 495 123-45-67 | 8 (495) 123-45-67 | +90 (532) 123 45 67 | 0 (532) 123 45 67
+972-50-123-4567 | +20 10 0123 4567 | +234 803 123 4567 | +27 82 123 4567 | +919876543211 | +86 138 0013 8000
138-0013-8000 | +81 90-1234-5678 | 090-1234-5678 | +82 10 1234 5678 | 010-1234-5678 | +62 812-3456-7890
+66 81 234 5678 | +63 917 123 4567 | +61 412 345 678 | 0412 345 678 | (02) 9374 4000 | (11) 91234-5678
+55 11 91234-5678
"""
IN_WORDS = (
    "Jane Doe 07700900123",
    "07700900123 Jane Doe",
    "Tel 21030500",
    "tel: 2033335",
    "mobile no. 9876543211",
    "WhatsApp: 98765 43211",
    "Fax: 01 58858",
    "手机13800138000",
    "(Tel. 030 1234568)",
    "© 2008 Jane Doe +49 170 1234567",
    "Jane 030 1234567 2008",
    "030 1234567 / 0171 1234567",
    "jane@doe.org",
    "Jane <jane.doe+x@mail.co.uk>",
    "mailto:jane@doe.de",
    "author=jane@doe.de",
    "2033335 pat@doe.no-ip.com  2016",
    "ju@münchen.de",
    "jane.doe@canon.com",
)
NOTHING = """
2008:05:30 15:56:01 | 2008-05-30T15:56:01+02:00 | 2008-05-30 15:56 | 30.05.2008 | 05/30/2008 12:12 | 20080530155601
1999-2004 | 2.2.2000-1.1.2001 | 01:02:03:04:05:06 | (2008) 1234567 | © (2003) 12345678
+48.1234567+011.5678901/ | +48.123456 | 48.12345678, 11.56789012 | 48,1234567 11,5678901 | 51 deg 30' 26.54" N | 60*04'00.0"
0123456789 | 1234567890 | 123-456-7890 | 0000000000 | 0011223344 | 12345678 | 123456789012345 | 099_0123456789
uuid:01234567-89ab-cdef-0123-456789abcdef | urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 | urn:isbn:0451450523
xmp.did:0280117407206811822AE0A4A4F2F3F9 | A1B2C3D4E5F60718 | C12LSII00SM | 0x0123456789 | W3M0MpCehiHzreSzNTczkc9d
1.2.3.4 | 192.168.001.001 | Version 16.0.12345.678 | v1.030.123.4567 | Adobe Photoshop 21.0 (Windows) | Lavc58.134.100
Nokia Windows Phone 8.10.14219.341 | iPhone 12 Pro Max | gd-jpeg v1.0 (using IJG JPEG v80), quality = 85
6000 x 4000 | 4032x3024 | 1920 1080 0030 | 640 480 1024 | 720 576 1080 | 1024 768 72 72 | 0 255 128 64 32 16 8
0.640000 0.330000 0.300000 0.600000 | 0001000200030004 | 1/60 28/10 0/1 | +0.33 | +25 +30 | +100 200 300 | 0.12345678
ISBN 978-3-16-148410-0 | 0-306-40615-2 | s/n 012-3456789 | Serial 030-1234567 | 00-11-22-33-44-55 | E12-0301234567
IMG_20080530_155601.jpg | DSC_01234567.NEF | DCIM\\100MEDIA | http://site.org/030-1234567/a | Image 0301234567
24-70mm f/2.8 | Canon EF 24-105mm f/4L IS USM | 6500K 5500K | 99.9% 030 12 | 50mm@f/1.8 | f/2.8 @ 1/60
x@example.com | jane@example.org | noreply@flickr.com | support@canon.com | info@adobe.com | git@github.com
icon@2x.png | @jane | 12345678@N00 | Klaus@SBiB | user@host | a@b | pi@raspberrypi.local
"""


def rows(table: str) -> list[str]:
    return [cell for line in table.splitlines() for cell in line.split(" | ") if cell]


def said(verdict: Verdict | None) -> list[str]:
    return [e.value for e in verdict.evidence] if verdict else []


@pytest.mark.parametrize("rule", rules_of("contact"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


@pytest.mark.parametrize("text", [*rows(NUMBERS), *IN_WORDS])
@pytest.mark.parametrize("frame", ["{}", "© Jane Doe, {}", "{}\nJane", "call me: {} "])
def test_reaches_somebody(text: str, frame: str) -> None:
    found = contact_details.check(photo(fields=(field("EXIF:IFD0:Copyright", frame.format(text)),)))
    assert found is not None and found.confidence is Confidence.FIRM
    assert found.evidence[0].secret is Secret.TEXT
    assert (
        found.evidence[0].value in text.replace("\u00a0", " ")
        or found.evidence[0].value.lstrip("+(0") in text
    )


@pytest.mark.parametrize("text", rows(NOTHING))
@pytest.mark.parametrize(
    "name", ["EXIF:IFD0:Copyright", "XMP:dc:description[x-default]", "Comment:COM:Comment"]
)
def test_reaches_nobody(text: str, name: str) -> None:
    assert contact_details.check(photo(fields=(field(name, text),))) is None


@pytest.mark.parametrize("text", rows(NOTHING))
def test_reaches_nobody_in_a_sentence(text: str) -> None:
    assert list(contacts(f"A day out {text} with friends")) == []


def test_every_text_is_searched() -> None:
    number = "+49 170 1234567"
    shot = photo(
        Text("comment", f"mine: {number}", Address("Sidecar:JSON:description")),
        fields=(
            field("PNG:tEXt:Author", "jane@doe.org"),
            field("IPTC:Application:Keywords", ("sun", number)),
        ),
    )
    found = contact_details.check(shot)
    assert found is not None
    assert [(e.address.path, e.value) for e in found.evidence] == [
        ("PNG:tEXt:Author", "jane@doe.org"),
        ("IPTC:Application:Keywords", number),
        ("Sidecar:JSON:description", number),
    ]


def test_colour_profiles_sign_with_their_makers_address() -> None:
    assert (
        contact_details.check(photo(fields=(field("ICC:Tags:ProfileCopyright", "mail jane@doe.org"),)))
        is None
    )


@pytest.mark.parametrize("name", ["SerialNumber", "FirmwareVersion", "DocumentID", "DateTime", "LensModel"])
def test_numbers_of_things(name: str) -> None:
    assert contact_details.check(photo(fields=(field(f"MakerNote:Acme:{name}", "030-1234567"),))) is None
    assert (
        contact_details.check(photo(fields=(field("MakerNote:Acme:OwnerName", "030-1234567"),))) is not None
    )


def contact(path: str, value: str) -> Photo:
    return photo(Person("contact", value, Address(path)))


@pytest.mark.parametrize(
    "name, value",
    [
        ("CreatorContactInfo/CiEmailWork", "jane@doe.org"),
        ("CreatorContactInfo/CiTelWork", "12 34"),
        ("CreatorContactInfo/CiAdrExtadr", "1 High Street"),
        ("CreatorContactInfo/CiTelWork", "Tel. +1 212 555 0143, not Sundays"),
    ],
)
def test_contact_fields(name: str, value: str) -> None:
    found = contact_details.check(contact(f"XMP:Iptc4xmpCore:{name}", value))
    assert said(found) == [value] and found is not None and found.confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    "path, value",
    [
        ("XMP:Iptc4xmpCore:CiAdrCtry", "Germany"),
        ("XMP:Iptc4xmpCore:CreatorContactInfo/CiUrlWork", "http://doe.org"),
        ("XMP:Iptc4xmpCore:CiEmailWork", "jane@example.com"),
        ("XMP:Iptc4xmpCore:CiEmailWork", "no-reply@doe.org"),
        ("XMP:Iptc4xmpCore:CreatorContactInfo/CiEmailWork", "Email@1, Email@2"),
        ("XMP:plus:Licensor[1]/LicensorEmail", "Licensor Email 1 (ref2019.1)"),
        ("XMP:plus:Licensor[1]/LicensorTelephone1", "Licensor Phone1 1 (ref2019.1)"),
        ("XMP:plus:Licensor[1]/LicensorStreetAddress", "Licensor Street Addr 1"),
        ("XMP:Iptc4xmpCore:CreatorContactInfo/CiAdrExtadr", "Creator's CI: Address, line 1"),
        ("XMP:Iptc4xmpCore:CiAdrCity", "Springfield"),
        ("XMP:Iptc4xmpCore:CiAdrPcode", "8046"),
        ("IPTC:Application:Contact", "unknown"),
        ("IPTC:Application:Contact", "  "),
    ],
)
def test_contact_fields_that_reach_nobody(path: str, value: str) -> None:
    assert contact_details.check(contact(path, value)) is None


def test_a_town_belongs_to_a_street() -> None:
    panel = {"CiAdrExtadr": "1 High Street", "CiAdrCity": "Springfield", "CiAdrPcode": "8046"}
    shot = photo(*(Person("contact", v, Address(f"XMP:Iptc4xmpCore:{n}")) for n, v in panel.items()))
    assert said(contact_details.check(shot)) == list(panel.values())


def test_bytes_in_base64_are_not_searched() -> None:
    packed = "tel0123456789" * 100
    assert contact_details.check(photo(fields=(field("XMP:GCamera:hdrp_makernote", packed),))) is None
    assert "tel" not in photo(fields=(field("XMP:GCamera:hdrp_makernote", packed),)).text


def test_a_line_of_many_is_enough() -> None:
    text = "Dear all,\ncall me: 030 1234567\nJane"
    assert said(contact_details.check(photo(fields=(field("EXIF:IFD0:ImageDescription", text),)))) == [
        "030 1234567"
    ]


def test_a_capital_that_grows_in_lower_case() -> None:
    text = "İİİ Tel.: 030 1234567"
    assert said(contact_details.check(photo(fields=(field("EXIF:IFD0:ImageDescription", text),)))) == [
        "030 1234567"
    ]


def test_a_contact_field_is_told_once() -> None:
    path = "IPTC:Application:Contact"
    shot = photo(
        Person("contact", "Jane, jane@doe.org", Address(path)), fields=(field(path, "Jane, jane@doe.org"),)
    )
    assert said(contact_details.check(shot)) == ["Jane, jane@doe.org"]


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("0123456789+-() ./@:,\\aTel\n"), st.characters()), max_size=300
    )
)
@settings(deadline=None)
@example("+")
@example("(0")
@example("@.")
@example("0" * 300)
def test_any_text_can_be_searched(text: str) -> None:
    digits = "".join(filter(str.isdigit, text))
    for value in contacts(text):
        assert "@" in value or "".join(filter(str.isdigit, value)) in digits
    for path in paths(text):
        assert path.text in text


@pytest.mark.parametrize(
    "piece",
    ["0", "+", "(0", "1-", "a@", "a@b.", "tel ", "tel: 030 1234567 ", "j@x.example.com ", "030 1234567 ", "012 345 ", "é", "电话",
     "\\\\a\\b", "/home/a/", "file:///a", "C:\\Users\\u\\", " /home/", "x.y-", "2008:05:30 "],
)  # fmt: skip
def test_a_million_characters_take_less_than_a_second(piece: str) -> None:
    shot = photo(fields=(field("XMP:dc:description", (piece * 1_000_000)[:1_000_000]),))
    start = time.process_time()
    contact_details.check(shot)
    user_path.check(shot)
    assert time.process_time() - start < 1


def path_of(text: str) -> Verdict | None:
    return user_path.check(photo(fields=(field("XMP:photoshop:History", text),)))


@pytest.mark.parametrize(
    "text",
    [
        r"C:\Users\jane\Pictures\a.psd",
        r"d:\documents and settings\Jane Doe\Desktop",
        r'{"path": "C:\\Users\\jane\\a.psd"}',
        "/Users/jane/Desktop/a.psd",
        "saved to /home/jane/a.jpg",
        "file:///Users/jane/a.psd",
        "file:///C:/Users/jane/a.psd",
        "/Volumes/Disk/Users/jane/a.psd",
        "/mnt/c/Users/jane/a.png",
        r"\\janes-pc\photos\a.psd",
    ],
)
def test_paths_that_name_somebody(text: str) -> None:
    found = path_of(text)
    assert found is not None and found.level is None
    assert all(e.secret is Secret.TEXT and e.value in text for e in found.evidence)


@pytest.mark.parametrize(
    "text", ["/storage/emulated/0/DCIM/a.jpg", "/sdcard/Pictures/a.jpg", "file:///D:/photos/holiday/a.jpg"]
)
def test_paths_that_name_only_folders(text: str) -> None:
    found = path_of(text)
    assert found is not None and found.level is Level.LOW and found.message != user_path.message


@pytest.mark.parametrize(
    "text",
    [
        r"C:\Users\user\a.psd",
        r"C:\Users\Public\Pictures",
        r"C:\Users\%USERNAME%\a",
        r"C:\Documents and Settings\All Users\a",
        "/Users/Shared/a.psd",
        "/home/ubuntu/work/a.png",
        "/home/pi/a.jpg",
        "/home/runner/work",
        "/home/1000/a",
        "https://site.org/home/jane",
        "https://site.org/users/jane/a.jpg",
        r"DCIM\100MEDIA\a.jpg",
        r"\n\t\u0041\u0042",
        r"\\localhost\c\a.psd",
        r"\\?\C:\a",
        "home/office and users",
        "10/20/home",
    ],
)
def test_paths_that_name_nobody(text: str) -> None:
    assert path_of(text) is None


def test_paths_in_facts() -> None:
    assert said(user_path.check(photo(Text("path", "/home/jane/a.psd", HERE)))) == ["/home/jane/a.psd"]
