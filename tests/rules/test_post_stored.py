from __future__ import annotations

import pytest

from exposure.model import Device, Identifier, Level, Secret, Software
from exposure.plugins import PostRule
from exposure.rules.post_stored import kept_by_service
from tests.rules.pages import check_page, post_rules_of
from tests.rules.posted import AT, check_hostile, check_silent, posted, taken, there


@pytest.mark.parametrize("rule", post_rules_of("post_stored"), ids=lambda r: r.id)
def test_page(rule: PostRule) -> None:
    check_page(rule)
    check_silent(rule)
    check_hostile(rule)


@pytest.mark.parametrize(
    "fact, secret",
    [
        (there(), Secret.PLACE),
        (Identifier("ip-address", "203.0.113.7", AT), Secret.SERIAL),
        (Identifier("device-id", "android-0123456789abcdef", AT), Secret.SERIAL),
    ],
)
def test_what_leads_somewhere_is_low(fact: object, secret: Secret) -> None:
    found = kept_by_service.check(posted(stored=[fact]))  # type: ignore[list-item]
    assert found is not None and found.level is None and found.evidence[0].secret is secret
    assert kept_by_service.level is Level.LOW


@pytest.mark.parametrize(
    "fact", [Device("Acme", "X1", AT), Software("1.0", AT), taken("2024-05-03T18:00:00")]
)
def test_a_device_is_a_fact_and_no_more(fact: object) -> None:
    found = kept_by_service.check(posted(stored=[fact]))  # type: ignore[list-item]
    assert found is not None and found.level is Level.INFO


def test_what_others_see_is_not_what_the_service_keeps() -> None:
    assert kept_by_service.check(posted(there(), taken("2024-05-03T18:00:00"))) is None
    assert kept_by_service.check(posted(stored=[there(0.0, 0.0)])) is None
