"""What to do about a post, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from exposure.context import platforms
from exposure.model import Address, Context, Finding, Identifier, Level, Person, Place, Settings, Text
from exposure.plugins import Archive, PostRule, discover
from exposure.post import ACTIONS, STATUSES, TIERS, VISIBILITIES, Link, Post, PostExamination, Visibility
from exposure.posts import judged, weight
from exposure.posts._services import services
from exposure.posts._steps import PARTS, steps
from tests.make.examinations import examination, finding
from tests.make.posts import post

AT = Address("Flickr:photo_51.json:geo")
GEO = Place(48.137, 11.575, None, None, AT)
JANE = Person("depicted", "Jane Doe", AT)
WORDS = Text("caption", "My new flat at 12 Oak Street", AT)
KEPT = Identifier("ip-address", "203.0.113.7", AT)
PUBLIC, UNKNOWN = Visibility("public", "x"), Visibility()
LONGEST = 300
"""What reports show of a sentence."""


def of(one: Post, *found: Finding, **context: Any) -> PostExamination:
    photos = [examination("a.jpg", *found)] if found else []
    return judged(one, photos, Settings(Context(**context), today="2026-11-21"))


@pytest.mark.parametrize("name", services())
@pytest.mark.parametrize("profile", ["general", "survivor", "journalist"])
def test_every_service_says_what_to_do(name: str, profile: str) -> None:
    """Every sentence is one, short enough to be shown, and without a value from the archive."""
    for seen in VISIBILITIES:
        for status in STATUSES:
            one = post(
                "77001",
                GEO,
                JANE,
                WORDS,
                stored=[KEPT],
                service=name,
                visibility=Visibility(seen, "x"),
                status=status,
            )
            found = of(one, finding(), profile=profile)
            assert found.action in ACTIONS
            for sentence in (*found.steps, *found.stays):
                assert sentence[0].isupper() and sentence.endswith(".") and len(sentence) <= LONGEST, sentence
                assert "77001" not in sentence and "annaschmidt" not in sentence and "Oak" not in sentence
                assert "  " not in sentence


@pytest.mark.parametrize("name", services())
def test_deleting_is_never_the_first_where_something_gentler_helps(name: str) -> None:
    known = services()[name]
    found = of(post("5", GEO, service=name, visibility=PUBLIC))
    actions = [step.action for step in steps(found.post, found.findings, (), Context())]
    assert actions[-1] == "delete"
    assert (actions[0] == "delete") is not bool(known.setting or known.place)


def test_the_ladder_goes_from_gentle_to_final() -> None:
    found = of(post("5", GEO, WORDS, JANE, visibility=PUBLIC), finding())
    order = [
        "link",
        "viewing privacy",
        "location or remove",
        "title",
        "tagged",
        "Replace",
        "delete the photo",
    ]
    at = [next(n for n, step in enumerate(found.steps) if words in step) for words in order]
    assert at == sorted(at) and found.action == "setting"


def test_a_photo_is_replaced_only_where_its_address_stays() -> None:
    flickr = of(post("5", visibility=PUBLIC), finding())
    assert any("keeps its address" in step for step in flickr.steps)
    x = of(post("5", service="x", visibility=PUBLIC), finding())
    assert any("cannot swap a picture" in step for step in x.steps)
    replacing = {name for name, known in services().items() if known.replace}
    assert replacing == {
        *("flickr", "site", "static-site", "website", "hugo", "jekyll", "wordpress", "wikimedia-commons")
    }


@pytest.mark.parametrize(
    "tier, words",
    [
        ("exact", "stands in the archive"),
        ("constructed", "may be wrong: look before you act"),
        ("guess", "only a guess"),
        ("owner-only", "for you alone"),
        ("none", "has no link"),
    ],
)
def test_how_sure_a_link_is(tier: str, words: str) -> None:
    found = of(post("5", GEO, link=Link("https://example.com", tier)))
    assert words in found.steps[0]
    assert set(TIERS) == {"exact", "constructed", "guess", "owner-only", "none"}


def test_a_post_without_a_link_is_found_by_its_day() -> None:
    assert "2024-05-04" in of(post("5", GEO, link=Link())).steps[0]
    assert "\x1b" not in of(post("5", GEO, link=Link(), posted="\x1b[2J")).steps[0]


def test_a_post_without_a_link_is_looked_for_by_what_it_has() -> None:
    of_words = of(post("5", WORDS, link=Link(), photos=(), service="whatsapp")).steps
    assert any(
        step.endswith("open WhatsApp and look for what you posted on 2024-05-04, by its words.")
        for step in of_words
    )
    bare = of(post("5", GEO, link=Link(), photos=(), posted="")).steps[0]
    assert bare.endswith("look for what you posted.")


def test_in_a_chat_nobody_is_told_to_delete_what_others_sent() -> None:
    """A chat of several does not say which of them is the person."""
    found = of(post("5", GEO, service="whatsapp", visibility=Visibility("limited", "x")))
    assert any("yourself" in step and "Leave what others sent" in step for step in found.steps)


@pytest.mark.parametrize("name", ["instagram", "facebook", "x"])
def test_a_message_is_not_taken_down_like_a_post(name: str) -> None:
    way = Text("way", "sent as a message", AT)
    found = of(post("5", GEO, WORDS, way, service=name, visibility=Visibility("limited", "x")))
    assert found.action == "delete" and len(found.steps) == 2
    assert found.steps[-1] == services()[name].message
    assert services()[name].message not in of(post("5", GEO, WORDS, service=name)).steps


@pytest.mark.parametrize("name", ["instagram", "facebook"])
def test_a_story_that_may_be_kept_in_a_highlight_is_looked_for(name: str) -> None:
    """It is over after a day, but no archive says which of them are still shown."""
    found = of(post("5", GEO, service=name, status="expired"))
    assert found.action == "cannot-tell" and "look at" in found.steps[0] and "profile" in found.steps[0]
    assert found.worst is Level.MEDIUM and weight(found)[0] == 1
    plain = of(post("5", service=name, status="expired"))
    assert plain.action == "leave" and weight(plain)[0] == 0


def test_who_sees_it_unknown_is_looked_up_first() -> None:
    found = of(post("5", GEO, service="instagram", visibility=UNKNOWN))
    assert found.action == "cannot-tell" and "Account privacy" in found.steps[0]
    assert "https://www.instagram.com/" in found.steps[1]
    assert len(found.steps) > 2


def test_evidence_that_proves_nothing_is_not_called_silence() -> None:
    some = Visibility("unknown", 'Private Account="False"')
    assert (
        "says too little of who can see this"
        in of(post("5", GEO, service="instagram", visibility=some)).steps[0]
    )
    assert (
        "does not say who can see this"
        in of(post("5", GEO, service="instagram", visibility=UNKNOWN)).steps[0]
    )


def test_nothing_found_leaves_it() -> None:
    found = of(post("5", visibility=UNKNOWN))
    assert found.action == "leave" and len(found.steps) == 1 and found.stays == ()


def test_little_leaves_it_and_says_how_all_the_same() -> None:
    found = of(post("5", Text("caption", "Rome, Italy", AT)))
    assert found.action == "leave" and len(found.steps) > 2


def test_what_only_the_service_keeps_leaves_it_but_deleting_is_named() -> None:
    found = of(post("5", service="instagram", stored=[GEO], visibility=UNKNOWN))
    assert found.action == "leave" and "Others cannot see" in found.steps[0]
    assert "forget it" in found.steps[1] and found.stays


def test_face_labels_are_not_a_reason_to_delete() -> None:
    found = of(post("5", service="google-photos", stored=[JANE], visibility=UNKNOWN))
    assert found.action == "leave" and not any("forget it" in step for step in found.steps)


def test_what_only_you_see_is_left() -> None:
    found = of(post("5", GEO, visibility=Visibility("private", "x")), finding())
    assert found.action == "leave" and "Only you" in found.steps[0]


def test_what_others_made_is_never_to_be_deleted() -> None:
    for name in services():
        found = of(post("5", GEO, JANE, service=name, own=False), finding())
        assert found.action == "leave"
        assert not any(
            word in step.lower() for step in found.steps for word in ("delete", "replace", "remove")
        )


def test_who_is_in_danger_is_told_before_anything_is_deleted() -> None:
    found = of(post("5", GEO), profile="survivor")
    at = next(n for n, step in enumerate(found.steps) if "evidence" in step)
    assert at < next(n for n, step in enumerate(found.steps) if "elete the" in step)
    journalist = of(post("5"), finding(), profile="journalist")
    assert any("only copy" in step for step in journalist.steps)


@pytest.mark.parametrize(
    "name, words",
    [
        ("mastodon", "Other servers hold copies"),
        ("tumblr", "reblog"),
        ("site", "git"),
        ("wikimedia-commons", "Old versions"),
        ("instagram", "keeps what it read"),
        ("unheard-of", "Copies, screenshots"),
    ],
)
def test_what_deleting_does_not_undo(name: str, words: str) -> None:
    found = of(post("5", GEO, WORDS, service=name, visibility=PUBLIC))
    assert any(words in each for each in found.stays)
    assert len(set(found.stays)) == len(found.stays)


def test_every_rule_for_posts_has_its_part() -> None:
    assert {rule.id for rule in discover("rules", PostRule)} == set(PARTS)


def test_every_service_names_a_platform_that_is_known() -> None:
    for known in services().values():
        assert {known.platform, known.whole} - {""} <= set(platforms())
        assert known.page == "" or known.page.startswith("https://")


def test_every_archive_of_an_account_is_known() -> None:
    """An archive of pages holds no posts; folders of photo programs publish nothing."""
    made = {archive.name for archive in discover("archives", Archive) if archive.rank >= 0}
    assert made - set(services()) <= {"html-export", "sidecars"}


def test_a_grave_finding_of_the_photo_alone_has_a_step() -> None:
    found = of(post("5", visibility=PUBLIC), finding(level=Level.CRITICAL))
    assert found.action == "setting" and any("exposure clean" in step for step in found.steps)


def test_what_is_no_post_is_not_to_be_deleted() -> None:
    for id, words in (("profile", "On your profile at X"), ("account", "keeps this with your account")):
        found = of(post(id, GEO, JANE, service="x", visibility=PUBLIC))
        assert len(found.steps) == 1 and words in found.steps[0] and found.action != "delete"
