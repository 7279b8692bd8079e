from __future__ import annotations

import pytest

from exposure.model import Level, Text
from exposure.plugins import PostRule
from exposure.rules.post_screenshot import screenshot_posted
from tests.make.examinations import finding
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import AT, check_hostile, check_silent, photo, posted, values


@pytest.mark.parametrize("rule", post_rules_of("post_screenshot"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot_20240503-180000.png",
        "Bildschirmfoto 2024-05-03.png",
        "https://cdn.example/1/Screenshot_1.png?ex=1",
    ],
)
def test_a_file_that_is_not_in_the_archive(name: str) -> None:
    found = screenshot_posted.check(posted(Text("path", name, AT), photos=()))
    assert found is not None and len(found.evidence) == 1 and screenshot_posted.level is Level.LOW


def test_a_video_of_a_screen() -> None:
    assert values(screenshot_posted.check(posted(photos=("x/Screenshot_1.mp4",)))) == ["Screenshot_1.mp4"]


def test_what_the_rule_for_photos_found_is_not_told_again() -> None:
    seen = photo(found=[finding("screenshot", Level.LOW)], name="x/Screenshot_1.png")
    assert screenshot_posted.check(posted(photos=(seen.name,), seen=[seen])) is None
    again = posted(Text("path", "Screenshot_1.png", AT), photos=(seen.name,), seen=[seen])
    assert screenshot_posted.check(again) is None


@pytest.mark.parametrize("name", ["", "IMG_1.jpg", "screen.jpg", "🌊"])
def test_no_screenshot(name: str) -> None:
    assert screenshot_posted.check(posted(Text("path", name, AT), photos=(name,))) is None
    assert screenshot_posted.check(posted(Text("caption", "Screenshot of the day", AT))) is None
