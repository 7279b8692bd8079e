"""Posts judged: for whom, how grave, in which order."""

from __future__ import annotations

from typing import Any

import pytest

from exposure.model import Address, Context, Finding, Identifier, Level, Person, Place, Settings, Text
from exposure.post import Post, PostExamination, Visibility
from exposure.posts import context_of, judged, weight
from tests.make.examinations import examination, finding
from tests.make.posts import post

AT = Address("Flickr:photo_51.json:geo")
GEO = Place(48.137, 11.575, None, None, AT)
JANE = Person("depicted", "Jane Doe", AT)
PRIVATE = Visibility("private", 'privacy="private"')


def of(one: Post, *found: Finding, done: bool = False, **context: Any) -> PostExamination:
    photos = [examination("a.jpg", *found)] if found else []
    return judged(one, photos, Settings(Context(**context), today="2026-11-21"), done)


def level(seen: PostExamination, rule: str) -> Level:
    (found,) = (f for f in seen.findings if f.rule == rule)
    return found.level


@pytest.mark.parametrize(
    "value, audience",
    [
        ("public", "public"),
        ("unlisted", "link"),
        ("followers", "friends"),
        ("limited", "friends"),
        ("private", "not-shared-yet"),
        ("unknown", "link"),
    ],
)
def test_who_sees_a_post_wins_over_the_command_line(value: str, audience: str) -> None:
    one = post(visibility=Visibility(value, "x"))
    assert context_of(one, Context(audience="link")).audience == audience


def test_a_posts_account_and_service_win_over_the_command_line() -> None:
    given = Context(persona="named", destination="email")
    found = context_of(post(persona="pseudonymous"), given)
    assert (found.persona, found.destination) == ("pseudonymous", "flickr")
    assert context_of(post(service="bluesky"), given).destination == "email"
    assert context_of(None, given) is given


def test_what_was_compared_holds_for_that_platform_alone() -> None:
    tested = (("name", "Flickr"), ("keeps_gps", False))
    mine = Context(destination="flickr", tested=tested)
    assert context_of(post(), mine).tested == tested
    assert context_of(post(service="x"), mine).tested == ()
    assert context_of(post(service="bluesky"), mine).tested == tested


def test_what_was_sent_as_a_file_came_another_way() -> None:
    way = Text("way", "sent as a file", AT)
    assert context_of(post(service="telegram"), Context()).destination == "telegram_photo"
    assert context_of(post("5", way, service="telegram"), Context()).destination == "telegram_file"
    assert context_of(post("5", way, service="whatsapp"), Context()).destination == "whatsapp_document"


def test_the_reason_is_said() -> None:
    seen = of(post("5", GEO, visibility=Visibility("followers", "cc")))
    (found,) = (f for f in seen.findings if f.rule == "post-position")
    assert found.level is Level.MEDIUM and "only friends can see it" in found.reason
    assert found.gate is Level.HIGH


def test_a_profile_raises() -> None:
    assert level(of(post("5", GEO), profile="survivor"), "post-position") is Level.CRITICAL


@pytest.mark.parametrize("profile", ["survivor", "journalist", "activist"])
def test_an_exact_place_now_is_grave_for_some(profile: str) -> None:
    from tests.rules.posted import taken

    one = post("5", GEO, taken("2026-11-20T11:00:00", "+01:00"), posted="2026-11-20T12:00:00Z")
    assert level(of(one, profile=profile), "exact-place-now") is Level.CRITICAL
    assert level(of(one), "exact-place-now") is Level.HIGH
    assert of(one, profile=profile).action == "delete"
    assert of(one).action == "setting"


def test_what_somebody_else_made_gives_nothing() -> None:
    seen = of(post("5", GEO, JANE, own=False), finding())
    assert seen.findings == () and seen.action == "leave" and seen.stays == ()
    assert "ask them" in " ".join(seen.steps)
    assert not any("elete" in step for step in seen.steps)


@pytest.mark.parametrize("status", ["deleted", "expired", "archived"])
def test_what_is_not_public_any_more_counts_for_nothing(status: str) -> None:
    seen = of(post("5", GEO, JANE, status=status), finding())
    everything = (*seen.findings, *seen.shown)
    assert everything and {(f.level, f.gate) for f in everything} == {(Level.INFO, Level.INFO)}
    assert all("not public any more" in f.reason for f in everything)
    assert seen.action == "leave" and weight(seen)[:2] == (0, 0)


def test_what_was_put_away_may_be_seen_by_others_where_nobody_says_who_sees_it() -> None:
    """Google Photos' archive takes nothing out of shared albums."""
    away = post("5", GEO, JANE, service="google-photos", status="archived", visibility=Visibility())
    seen = of(away, finding())
    assert any(f.level > Level.INFO for f in (*seen.findings, *seen.shown))
    assert seen.action == "cannot-tell" and weight(seen)[0] == 1
    assert not any("not public any more" in step for step in seen.steps)


def test_the_worst_comes_first() -> None:
    seen = of(post("5", GEO, JANE, Person("mentioned", "@sam", AT)))
    assert [f.level for f in seen.findings] == sorted((f.level for f in seen.findings), reverse=True)


def heavier(one: PostExamination, other: PostExamination) -> bool:
    return weight(one) > weight(other)


def test_a_public_post_is_heavier_than_one_of_which_nobody_knows_who_sees_it() -> None:
    public, unknown = of(post("5", GEO)), of(post("5", GEO, visibility=Visibility()))
    assert heavier(public, unknown)
    assert heavier(unknown, of(post("5", GEO, visibility=PRIVATE)))


def test_a_grave_finding_is_heavier_than_certainty() -> None:
    grave = of(post("5", GEO, visibility=Visibility()))
    light = of(post("5", Text("caption", "Rome, Italy", AT)))
    assert heavier(grave, light)


def test_more_findings_are_heavier() -> None:
    assert heavier(of(post("5", GEO, JANE)), of(post("5", GEO)))


def test_what_is_ticked_off_comes_last() -> None:
    nothing = of(post("5"))
    for last in (
        of(post("5", GEO), done=True),
        of(post("5", GEO, status="deleted")),
        of(post("5", GEO, own=False)),
    ):
        assert heavier(nothing, last)


def test_what_the_service_keeps_weighs_little() -> None:
    kept = of(post("5", stored=[GEO, Identifier("ip-address", "203.0.113.7", AT)], visibility=PRIVATE))
    assert {f.rule for f in kept.findings} == {"kept-by-service"}
    assert level(kept, "kept-by-service") is Level.LOW
    assert heavier(of(post("5", GEO)), kept)
