from __future__ import annotations

import unicodedata

import pytest

from exposure.model import Device
from exposure.plugins import Rule
from exposure.rules import screenshots
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, photo

RULE = screenshots.screenshot


@pytest.mark.parametrize("rule", rules_of("screenshots"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)


@pytest.mark.parametrize(
    "name",
    ["Screenshot_20240503-180000.png", "Screen Shot 2014-05-03 at 18.00.00.png", "Screenshot (12).png", "screenshot.jpg",
     "Bildschirmfoto 2024-05-03 um 18.00.00.png", "Capture d’écran 2024-05-03 à 18.00.00.png", "Captura de pantalla 2024-05-03.png",
     "Captura de Tela 2024-05-03.png", "Captura de ecrã 2024.png", "Schermata 2024-05-03.png", "Schermafbeelding 2024.png",
     "Skärmavbild 2024.png", "Skjermbilde 2024.png", "Skærmbillede 2024.png", "Näyttökuva 2024.png", "Zrzut ekranu 2024.png",
     "Snímek obrazovky 2024.png", "Снимок экрана 2024.png", "Знімок екрана 2024.png", "Ekran görüntüsü 2024.png", "Ekran Resmi 2024.png",
     "スクリーンショット 2024.png", "스크린샷 2024.png", "屏幕截图 2024.png", "截屏2024.png", "لقطة شاشة.png", "Képernyőkép 2024.png",
     "my old screenshot.png", "CleanShot 2024-05-03.png", "Στιγμιότυπο οθόνης.png", "Ảnh chụp màn hình.png"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_of_a_screenshot(name: str, form: str) -> None:
    name = unicodedata.normalize("NFC" if form == "NFC" else "NFD", name)
    assert RULE.check(photo(name=f"x/{name}")) is not None


@pytest.mark.parametrize(
    "name", ["IMG_0001.png", "screen door.jpg", "shots.png", "screenshots/IMG_0001.png", "Capture.png"]
)
def test_other_name(name: str) -> None:
    assert RULE.check(photo(name=name)) is None


@pytest.mark.parametrize(
    "size", [(1170, 2532), (2532, 1170), (1920, 1080), (1080, 1920), (2560, 1440), (2048, 2732)]
)
def test_png_of_a_screen_s_size(size: tuple[int, int]) -> None:
    width, height = size
    found = RULE.check(photo(format="PNG", width=width, height=height))
    assert found is not None and str(width) in found.evidence[0].value
    assert RULE.check(photo(format="JPEG", width=width, height=height)) is None
    assert RULE.check(photo(Device("Acme", "One", HERE), format="PNG", width=width, height=height)) is None


@pytest.mark.parametrize("size", [(0, 0), (1024, 1024), (4032, 3024), (1171, 2532), (800, 600)])
def test_png_of_another_size(size: tuple[int, int]) -> None:
    assert RULE.check(photo(format="PNG", width=size[0], height=size[1])) is None


def test_it_stays_on_every_platform() -> None:
    assert not RULE.leaves_with_file
