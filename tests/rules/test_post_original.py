from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Evidence, Finding, Level, Text
from exposure.plugins import PostRule
from exposure.rules.post_original import sent_as_file
from tests.make.examinations import finding
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import AT, check_hostile, check_silent, photo, posted

WAY = Text("way", "sent as a file", AT)


@pytest.mark.parametrize("rule", post_rules_of("post_original"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


def of(path: str, level: Level = Level.HIGH) -> Finding:
    return finding("gps-position", level, Evidence(Address(path), "48.1, 11.5"))


POSITION = of("EXIF:GPS IFD:GPSLatitude")


def test_a_file_with_a_position() -> None:
    found = sent_as_file.check(posted(WAY, seen=[photo(found=[POSITION])], service="telegram"))
    assert found is not None and found.confidence is None and sent_as_file.level is Level.MEDIUM
    assert sent_as_file.check(posted(stored=[WAY], seen=[photo(found=[POSITION])])) is not None


@pytest.mark.parametrize("service", ["telegram", "whatsapp"])
def test_a_photo_that_a_chat_app_would_have_cleaned(service: str) -> None:
    found = sent_as_file.check(posted(seen=[photo(found=[POSITION])], service=service))
    assert found is not None and found.confidence is Confidence.FIRM


def test_an_original_at_a_service_that_hands_out_originals_says_nothing() -> None:
    assert sent_as_file.check(posted(seen=[photo(found=[POSITION])], service="flickr")) is None


@pytest.mark.parametrize(
    "found", [[], [of("EXIF:IFD0:Make", Level.LOW)], [of("File:Name:FileName")], [of("ICC:profile:desc")]]
)
def test_a_clean_file_is_no_finding(found: list[Finding]) -> None:
    assert sent_as_file.check(posted(WAY, seen=[photo(found=found)], service="telegram")) is None


def test_a_way_without_a_photo_is_no_finding() -> None:
    assert sent_as_file.check(posted(WAY, service="telegram")) is None
