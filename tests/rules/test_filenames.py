from __future__ import annotations

import unicodedata

import pytest

from exposure.model import Level
from exposure.plugins import Rule
from exposure.rules import filenames
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import photo

FACEBOOK = "10155_10153000000000001_1234567890_n.jpg"


@pytest.mark.parametrize("rule", rules_of("filenames"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize("rule", rules_of("filenames"), ids=lambda r: r.id)
@pytest.mark.parametrize(
    "name", ["", "a", "beach.jpg", "/", ".jpg", "IMG_0001.JPG", "passport/2024-05-03/x.jpg", "_" * 4000]
)
def test_neutral_name_says_nothing(rule: Rule, name: str) -> None:
    assert rule.check(photo(name=name)) is None


@pytest.mark.parametrize(
    "name",
    ["IMG_20240503_180000.jpg", "PXL_20240503_180000123.MP.jpg", "IMG20240503180000.jpg", "20240503_180000.jpg",
     "2024-05-03 18.00.00.jpg", "Screenshot 2024-05-03 at 18.00.00.png", "IMG-20240503-WA0001.jpg", "VID_20240503_180000.mp4",
     "Screenshot_20240503-180000_Chrome.png", "signal-2024-05-03-18-00-00-123.jpg", "photo_2024-05-03_18-00-00.jpg",
     "WIN_20240503_18_00_00_Pro.jpg", "WP_20140503_001.jpg", "Foto 03.05.2024.jpg", "05-23-2024 party.jpg", "1975-06-12 wedding.tif",
     "FB_IMG_1714752000000.jpg", "mmexport1714752000000.jpg", "DSC_20231201.NEF", "a\\b\\20240503.jpg", "DJI_20240503180000_0001_D.JPG",
     "WhatsApp Image 2024-05-03 at 18.00.00.jpeg", "Bildschirmfoto 2024-05-03 um 18.00.00.png"],
)  # fmt: skip
def test_date_in_name(name: str) -> None:
    found = filenames.date_in_name.check(photo(name=f"album/{name}"))
    assert found is not None
    assert found.evidence[0].address.path == "File:Name:FileName"
    assert found.evidence[0].value in name


@pytest.mark.parametrize(
    "name",
    ["IMG_2024.jpg", "DSC_0042.jpg", "12345678.jpg", "20241399.jpg", "2024-13-01.jpg", "00-05-2024.jpg", "13-13-2024.jpg", "img_1920x1080.png",
     "20101234567.jpg", "120240503.jpg", "1714752000000.jpg", "Snapchat-123456789.jpg", "received_1714752000000123.jpeg",
     "20121231_10155000000000001_12345678_n.jpg", "2024-05.jpg", "IMG_20240532.jpg", "20240503/beach.jpg"],
)  # fmt: skip
def test_no_date_in_name(name: str) -> None:
    assert filenames.date_in_name.check(photo(name=name)) is None


@pytest.mark.parametrize(
    "name",
    ["IMG-20240503-WA0001.jpg", "VID-20240503-WA0012.mp4", "WhatsApp Image 2024-05-03 at 18.00.00.jpeg", "signal-2024-05-03-180000.jpg",
     "Snapchat-123456789.jpg", "FB_IMG_1714752000000.jpg", "received_1714752000000123.jpeg", "photo_2024-05-03_18-00-00.jpg",
     "mmexport1714752000000.jpg", "KakaoTalk_20240503_180000.jpg", "Screenshot_20240503-180000_WhatsApp.jpg",
     "Screenshot_20240503_180000_com.android.chrome.jpg", "Screenshot_2024-05-03-18-00-00-123_com.whatsapp.jpg",
     "Screenshot_20240503-180000_Samsung Internet(1).jpg"],
)  # fmt: skip
def test_app_in_name(name: str) -> None:
    found = filenames.app_in_name.check(photo(name=f"x/{name}"))
    assert found is not None and found.level is None


@pytest.mark.parametrize(
    "app", ["Tinder", "com.tinder", "Bumble", "com.grindrapp.android", "Clue", "com.clue.android", "Flo", "Doctolib", "MyChart", "Chase Mobile",
            "N26", "PayPal", "com.ing.mobile", "Bank of America", "Samsung Health", "Santé"]
)  # fmt: skip
def test_private_app_in_the_name_of_a_screenshot(app: str) -> None:
    found = filenames.app_in_name.check(photo(name=f"Screenshot_20240503-180000_{app}.jpg"))
    assert found is not None and found.level is Level.MEDIUM
    assert found.message is not None and app not in found.message


@pytest.mark.parametrize("app", ["Flow", "Purchase", "Kindle", "Booking", "Shopping", "Otherwise", "Chrome"])
def test_other_app_in_the_name_of_a_screenshot(app: str) -> None:
    found = filenames.app_in_name.check(photo(name=f"Screenshot_20240503-180000_{app}.jpg"))
    assert found is not None and found.level is None


@pytest.mark.parametrize(
    "name",
    ["IMG_20240503_180000.jpg", "IMG-20240503.jpg", "Screenshot_20240503-180000.png", "Screenshot 2024-05-03 at 18.00.00.png",
     "Screenshot_20240503-180000_2.png", "Screenshot_20240503-180000_edit.png", "Screenshot_20240503-180000_One UI Home.jpg",
     "Screenshot_2024-05-03-18-00-00-12_d4c36092caaf98d67ca2cd2f0e8a7cd1.jpg", "signal box.jpg", "received with thanks.jpg", "photo_1.jpg",
     "Screenshot_2024-05-03-18-00-00-123_com.miui.home.jpg"],
)  # fmt: skip
def test_no_app_in_name(name: str) -> None:
    assert filenames.app_in_name.check(photo(name=name)) is None


@pytest.mark.parametrize(
    "name",
    ["mary-passport.jpg", "Passport_scan.png", "MyPassport2.jpg", "visa 2024.jpg", "driving_licence.jpg", "DriversLicense.jpg",
     "Rechnung-0042.png", "facture.jpg", "Führerschein.jpg", "our new home.jpg", "École de Léa.jpg", "carte_identité.jpg", "id card.jpg",
     "birth certificate anna.jpg", "паспорт.jpg", "护照扫描.jpg", "パスポート1.jpg", "여권.jpg", "pasaporte.png", "hospital.jpg", "INVOICE.PNG"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_in_name(name: str, form: str) -> None:
    name = unicodedata.normalize("NFC" if form == "NFC" else "NFD", name)
    assert filenames.words_in_name.check(photo(name=f"C:\\Users\\x\\{name}")) is not None


@pytest.mark.parametrize(
    "name",
    ["homepage.png", "home screen.png", "home-button.png", "homemade bread.jpg", "televisadora.jpg", "preschooler.jpg", "license-plate.jpg",
     "video card.jpg", "id.jpg", "card id.jpg", "passporte-partout", "beach.invoice", "One UI Home Screen.png", "visage.jpg"],
)  # fmt: skip
def test_no_words_in_name(name: str) -> None:
    assert filenames.words_in_name.check(photo(name=name)) is None


@pytest.mark.parametrize(
    "name",
    [FACEBOOK, "456789012_10160000000000001_1234567890123456789_n.jpg", "10155_10153000000000001_1234567890_o.jpg",
     "10155_10153000000000001_1234567890_n (1).jpg", "10155_10153000000000001_1234567890_n_copy.webp"],
)  # fmt: skip
def test_facebook_number_in_name(name: str) -> None:
    assert filenames.facebook_number_in_name.check(photo(name=f"downloads/{name}")) is not None


@pytest.mark.parametrize(
    "name",
    ["20240503_180000_123_n.jpg", "IMG_10155_10153000000000001_1234567890_n.jpg", "10155_10153000000000001_1234567890.jpg",
     "10155_10153000000000001_1234567890_night.jpg", "1_2_3_n.jpg", "10155_10153000000000001_n.jpg"],
)  # fmt: skip
def test_no_facebook_number_in_name(name: str) -> None:
    assert filenames.facebook_number_in_name.check(photo(name=name)) is None


def test_file_names_count_as_leaving_with_the_file() -> None:
    assert all(rule.leaves_with_file for rule in rules_of("filenames"))
