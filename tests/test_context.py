"""How profile, account, audience and destination move a level, and that nobody looks safer for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.context import AUDIENCES, PERSONAS, PROFILES, adjust, destination_note, platform, platforms
from exposure.errors import CannotRun
from exposure.model import Address, Confidence, Context, Evidence, Level, Photo, Question, Verdict
from exposure.plugins import Rule
from exposure.rules.combinations import NAME_AND_PLACE
from exposure.rules.location import gps_position, place_names, sidecar_position

TODAY = "2026-11-21"
GPS = "EXIF:GPS IFD:GPSLatitude"
NOTHING = Context()


def evidence(*paths: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(Address(path), "x") for path in paths)


def silent(photo: Photo) -> Verdict | None:
    return None


def made(level: Level = Level.MEDIUM, **more: object) -> Rule:
    return Rule("made-up", "Made up", Question.LINKS, level, "M.", "R.", silent, **more)  # type: ignore[arg-type]


SERIAL = made(raised_for=frozenset({"journalist", "survivor"}), persona={"pseudonymous": 1})
OWNER = made(persona={"named": -1, "pseudonymous": 1})


def shown(
    rule: Rule, context: Context, *paths: str, confidence: Confidence = Confidence.CERTAIN, today: str = TODAY
) -> tuple[Level, Level, str]:
    return adjust(rule, rule.level, confidence, evidence(*(paths or (GPS,))), context, today)


def test_without_context_nothing_moves() -> None:
    assert shown(gps_position, NOTHING) == (Level.HIGH, Level.HIGH, "")


# The worked examples of the risk model.


def test_an_e_mailed_photo_with_name_and_place_is_critical() -> None:
    where = evidence("EXIF:IFD0:Artist", GPS)
    context = Context(destination="email")
    found = adjust(NAME_AND_PLACE, Level.CRITICAL, Confidence.FIRM, where, context, TODAY)
    assert found == (Level.CRITICAL, Level.CRITICAL, "")


def test_a_feed_that_was_tested_to_strip_lowers_the_public_copy_by_two() -> None:
    level, gate, reason = shown(gps_position, Context(destination="instagram"), today="2018-12-01")
    assert (level, gate) == (Level.LOW, Level.HIGH)
    assert reason == (
        "lowered from high: Instagram was tested to remove this (a test, August 2018), "
        "though it still received the original"
    )


def test_a_survivor_gets_no_discount_for_friends() -> None:
    level, gate, reason = shown(gps_position, Context(profile="survivor", audience="friends"))
    assert (level, gate) == (Level.CRITICAL, Level.CRITICAL)
    assert reason.startswith("raised from high: you chose the survivor profile")


def test_a_journalist_under_another_name_is_capped_at_high() -> None:
    context = Context(profile="journalist", persona="pseudonymous")
    assert shown(SERIAL, context)[:2] == (Level.HIGH, Level.HIGH)


def test_a_holiday_album_for_those_with_the_link_is_low() -> None:
    level, gate, reason = shown(place_names, Context(audience="link"))
    assert (level, gate) == (Level.LOW, Level.MEDIUM)
    assert reason == "lowered from medium: only people who have the link can see it"


# Each step by itself.


def test_reasons_stand_in_the_order_of_the_steps() -> None:
    context = Context("journalist", "named", "friends", "bluesky_official_app")
    assert shown(SERIAL, context, "EXIF:Exif IFD:BodySerialNumber")[2].split("; then ") == [
        "raised from medium: you chose the journalist profile, for which this weighs more",
        "lowered from high: only friends can see it",
        "lowered from medium: Bluesky (official app/web) was tested to remove this (source code, August 2026), "
        "though it may still have received the original",
    ]


def test_another_name_raises_and_says_why() -> None:
    assert shown(OWNER, Context(persona="pseudonymous")) == (
        Level.HIGH,
        Level.HIGH,
        "raised from medium: you said that the account is not under your real name",
    )


def test_the_real_name_lowers_what_is_shown_but_not_the_gate() -> None:
    assert shown(OWNER, NOTHING)[:2] == (Level.LOW, Level.MEDIUM)


@pytest.mark.parametrize("audience", ["link", "friends"])
def test_audience_stops_at_low_and_leaves_info_alone(audience: str) -> None:
    context = Context(audience=audience)
    assert shown(made(Level.LOW), context)[0] is Level.LOW
    assert shown(made(Level.INFO), context)[0] is Level.INFO
    assert shown(made(Level.CRITICAL), context)[0] is Level.HIGH


def test_not_shared_yet_changes_nothing() -> None:
    assert shown(gps_position, Context(audience="not-shared-yet")) == (Level.HIGH, Level.HIGH, "")


def test_what_is_only_possible_stays_at_high() -> None:
    context = Context(profile="survivor")
    found = shown(gps_position, context, confidence=Confidence.TENTATIVE)
    assert found == (Level.HIGH, Level.HIGH, "")
    level, gate, reason = shown(made(Level.CRITICAL), NOTHING, confidence=Confidence.TENTATIVE)
    assert (level, gate) == (Level.HIGH, Level.HIGH)
    assert reason == "lowered from critical: it is only a possibility"


# Destinations.

STRIPS = Context(destination="bluesky_official_app")


@pytest.mark.parametrize(
    ("paths", "is_lowered"),
    [
        ((GPS,), True),
        ((GPS, "XMP:exif:GPSLatitude"), True),
        (("EXIF:IFD0:Artist", "IPTC:Application:By-line", "Photoshop:8BIM:CaptionDigest"), True),
        (("EXIF:IFD1:JPEGInterchangeFormat",), True),
        (("thumbnail/EXIF:IFD0:Artist",), True),
        (("JFIF:APP0:Thumbnail",), True),
        (("ICC:Header:ProfileCopyright",), False),
        ((GPS, "ICC:Header:ProfileCopyright"), False),
        (("second-image/EXIF:GPS IFD:GPSLatitude",), False),
        (("PNG:tEXt:Comment",), False),
        (("Trailer:after EOI",), False),
        (("APP1",), False),
        (("",), False),
    ],
)
def test_only_what_was_tested_gets_the_discount(paths: tuple[str, ...], is_lowered: bool) -> None:
    level, gate, reason = shown(made(Level.HIGH), STRIPS, *paths)
    assert (level is Level.LOW) == is_lowered == bool(reason)
    assert gate is Level.HIGH


def test_without_evidence_there_is_no_discount() -> None:
    assert adjust(gps_position, Level.HIGH, Confidence.CERTAIN, (), STRIPS, TODAY)[0] is Level.HIGH


def test_the_discount_stops_at_info() -> None:
    assert shown(made(Level.LOW), STRIPS)[0] is Level.INFO


def test_what_does_not_leave_with_the_file_gets_no_discount() -> None:
    assert shown(sidecar_position, STRIPS) == (Level.HIGH, Level.HIGH, "")


@pytest.mark.parametrize(
    ("name", "today", "is_lowered"),
    [
        ("bluesky_official_app", "2026-08-20", True),
        ("bluesky_official_app", "2027-08-20", True),
        ("bluesky_official_app", "2027-08-21", False),
        ("bluesky_official_app", "2026-08-19", False),
        ("bluesky_official_app", "2000-01-01", False),
        ("bluesky_official_app", "", False),
        ("discourse", "2022-12-31", True),  # a year alone
        ("discourse", "2023-01-02", False),
        ("mastodon", TODAY, False),
        ("imgur", "2019-06-01", False),  # not sure enough
        ("email", "2026-03-01", False),
        ("google_photos_link", TODAY, False),  # conditional, undated
        ("wordpress_resized_gd", TODAY, False),  # undated
        ("reddit", "2026-04-01", False),  # unknown
    ],
)
def test_a_test_counts_for_twelve_months(name: str, today: str, is_lowered: bool) -> None:
    level = shown(gps_position, Context(destination=name), today=today)[0]
    assert (level is Level.LOW) == is_lowered


def test_partly_kept_is_kept() -> None:
    context = Context(destination="facebook")
    assert shown(place_names, context, "IPTC:Application:City", today="2018-09-01")[0] is Level.MEDIUM


def test_names_are_found_however_they_are_written() -> None:
    assert platform("Mastodon") is platform("mastodon")
    assert platform("facebook-marketplace") is platforms()["facebook_marketplace"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bluesky", "did you mean bluesky_official_app or bluesky_other_client?"),
        ("masto", "did you mean mastodon?"),
        ("instagran", "did you mean instagram"),
        ("photo", "telegram_photo or whatsapp_photo"),
        ("qqq", "choose one of airbnb, bluesky_official_app, "),
        ("", "choose one of airbnb"),
    ],
)
def test_an_unknown_destination_cannot_run(name: str, hint: str) -> None:
    with pytest.raises(CannotRun) as caught:
        shown(gps_position, Context(destination=name))
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("name", "today", "words"),
    [
        (
            "bluesky_official_app",
            TODAY,
            "(source code, August 2026); what was not tested counts as kept. It may",
        ),
        ("bluesky_other_client", TODAY, "is known to pass on the position, other notes of the camera (EXIF)"),
        ("mastodon", TODAY, "(source code, June 2023), but that was not within the last year, so everything"),
        ("instagram", "2018-12-01", "It still received the original."),
        ("imgur", "2019-06-01", "is not certain enough"),
        ("wordpress_resized_gd", TODAY, "(source code, undated), but that is undated"),
        (
            "email",
            TODAY,
            "E-mail attachment is known to pass on the position, other notes of the camera (EXIF)",
        ),
        ("flickr", TODAY, "depends on settings"),
        ("reddit", TODAY, "It is not known what is removed by Reddit"),
    ],
)
def test_the_head_of_a_report_says_what_is_known(name: str, today: str, words: str) -> None:
    assert words in destination_note(name, today)


def test_who_strips_before_sending_received_nothing() -> None:
    assert "received" not in destination_note("signal", "2024-01-01")


@pytest.mark.parametrize("name", platforms())
def test_every_row_can_be_read_and_said(name: str) -> None:
    row = platforms()[name]
    kept = {key: value for key, value in row.items() if key.startswith("keeps_")}
    assert {"keeps_gps", "keeps_exif", "keeps_xmp", "keeps_iptc", "keeps_icc"} < set(kept)
    assert all(value in (True, False, "partial", "conditional", "unknown") for value in kept.values())
    assert row["basis"] in {"source-code", "official", "maintainer", "test", "design", "vendor-blog", "none"}
    note = destination_note(name, TODAY)
    assert "counts as kept" in note
    assert note.count(". ") <= 1


CONTEXTS = st.builds(
    Context,
    st.sampled_from(PROFILES),
    st.sampled_from(PERSONAS),
    st.sampled_from(AUDIENCES),
    st.none() | st.sampled_from(sorted(platforms())),
)
RULES = st.builds(
    made,
    st.sampled_from(Level),
    raised_for=st.frozensets(st.sampled_from(PROFILES)),
    critical_for=st.frozensets(st.sampled_from(PROFILES)),
    persona=st.dictionaries(st.sampled_from(PERSONAS), st.integers(-1, 1)),
    leaves_with_file=st.booleans(),
)
PATHS = st.lists(
    st.sampled_from([GPS, "XMP:dc:creator", "IPTC:Application:City", "Unknown:APP4"]), max_size=3
)
DAYS = st.dates(date(2013, 1, 1), date(2028, 1, 1)).map(date.isoformat)


@settings(deadline=None)
@given(RULES, st.sampled_from(Confidence), CONTEXTS, PATHS, DAYS)
def test_no_context_makes_anything_look_safer_to_the_gate(
    rule: Rule, confidence: Confidence, context: Context, paths: list[str], today: str
) -> None:
    level, gate, reason = adjust(rule, rule.level, confidence, evidence(*paths), context, today)
    ceiling = Level.HIGH if confidence is Confidence.TENTATIVE else Level.CRITICAL
    assert min(rule.level, ceiling) <= gate <= ceiling
    assert level <= gate
    if rule.level is Level.INFO:
        assert level is gate is Level.INFO
    if gate is Level.CRITICAL > rule.level:
        assert context.profile in rule.critical_for
    if context.destination is None:
        assert level >= min(rule.level, Level.LOW)
    assert bool(reason) or level == rule.level


@settings(deadline=None)
@given(RULES, CONTEXTS, st.integers(366, 4000))
def test_an_old_test_is_worth_nothing(rule: Rule, context: Context, days: int) -> None:
    late = (date(2026, 11, 21) + timedelta(days=days)).isoformat()
    plain = Context(context.profile, context.persona, context.audience)
    assert shown(rule, context, today=late) == shown(rule, plain, today=late)
