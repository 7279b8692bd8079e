"""The report for people: what it says, in which order, and that nothing from a file can disturb it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.context import REAL_NAME
from exposure.media import NOT_WHOLE, media_kind
from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Context,
    Depth,
    Evidence,
    Examination,
    Examined,
    Level,
    Place,
    Problem,
    Question,
    Secret,
    Text,
)
from exposure.post import ACCOUNT_DATA, Account, Link
from exposure.reports.terminal import TERMINAL
from tests.make.examinations import (
    ARTIST,
    EVERY_FACT,
    POSITION,
    broken,
    examination,
    finding,
    home,
    other,
    video,
    written,
)
from tests.make.posts import home_words, inventory, judged, many, post

GOLDEN = Path(__file__).parent.parent / "golden"
PIN = Place(48.137222, 11.5755, None, None, POSITION)
WORDS = "[/red] \x1b[2J\u202e end\n"
HOSTILE = "[/red]\x1b]52;c;x\x07 \u202e\nnext\tline :smile: \ud800 " + "x" * 1_000_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(
    *photos: Examination,
    collection: tuple[CollectionFinding, ...] = (),
    out: io.StringIO | None = None,
    **options: Any,
) -> str:
    return written(TERMINAL, *photos, collection=collection, out=out, **options)


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def flat(report: str) -> str:
    """On one line, so that it does not matter where lines were broken."""
    return " ".join(report.split())


def hostile_photos() -> list[Examination]:
    address = Address(HOSTILE)
    found = finding(
        "invented-rule",
        Level.HIGH,
        Evidence(address, HOSTILE),
        message=WORDS,
        remedy=WORDS,
        reason=WORDS,
    )
    secret = finding(
        "another-rule",
        Level.MEDIUM,
        Evidence(ARTIST, HOSTILE, Secret.TEXT),
        question=Question.WHO,
        confidence=Confidence.FIRM,
    )
    small = finding("small-rule", Level.LOW, Evidence(ARTIST, HOSTILE), question=Question.LINKS)
    return [
        examination(
            HOSTILE, found, secret, small, problems=(Problem(HOSTILE, WORDS),), examined=Examined.PARTIAL
        ),
        examination("trip/[bold]b.jpg", found, examined=Examined.BOUNDED),
        video(HOSTILE, HOSTILE),
        other(HOSTILE),
    ]


def hostile_collection() -> CollectionFinding:
    return home(
        rule="invented-inference",
        message=WORDS,
        why=(WORDS,),
        could_be_wrong_if=(WORDS,),
        fix=(HOSTILE,),
        after=WORDS,
    )


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("reveal", [False, True])
def test_golden_posts(reveal: bool, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    hostile = post(HOSTILE, Text("caption", HOSTILE, ARTIST), link=Link(HOSTILE, "guess"), photos=(HOSTILE,))
    found = home_words(Level.CRITICAL, message=WORDS), home_words(Level.HIGH)
    posts = [*many(40), judged(hostile, *found, action="setting", steps=(WORDS, WORDS), stays=(WORDS,))]
    accounts = (Account("annaschmidt", "pseudonymous"), Account(HOSTILE))
    report = printed(
        examination("flickr/photo_50000000000_0.jpg", finding()),
        posts=posts,
        archives=(inventory(), inventory(title=HOSTILE, path=HOSTILE, unknown=(HOSTILE,), notes=(WORDS,))),
        paths=("flickr.zip", "insta.zip"),
        accounts=accounts,
        reveal=reveal,
    )
    golden = GOLDEN / f"posts-{'revealed-' if reveal else ''}{columns}.txt"
    assert report == golden.read_text("utf-8")
    commands = ("  exposure ", "    When it is done: ", "      https://")
    assert all(len(line) <= columns for line in report.splitlines() if not line.startswith(commands))


def test_posts_alone_are_looked_at_too() -> None:
    report = flat(printed(posts=[judged(post(), home_words(Level.CRITICAL))]))
    assert "exposure looked at 1 post in photos. There are no photos with them" in report
    assert "Where can I be found? CRITICAL Invented home" in report
    assert "None of these files" not in report and "1 post to see to" in report


def test_a_bad_post_does_not_hide_behind_harmless_photos() -> None:
    grave = judged(post("2"), home_words(Level.CRITICAL))
    photos = [examination(f"{n}.jpg", finding("x", Level.LOW)) for n in range(2)]
    report = flat(printed(*photos, posts=[judged(), grave]))
    assert "The worst that each photo gives away: low in 2." in report
    assert "The worst that each post to see to gives away: critical in 1." in report
    assert "The worst that the photo gives away is low." in flat(printed(photos[0], posts=[judged(), grave]))


def test_posts_that_are_not_shown_are_not_passed_over() -> None:
    posts = [judged(post(str(n)), home_words(Level.CRITICAL)) for n in range(5)]
    assert "5 posts to see to, beginning with these 4:" in flat(printed(posts=posts))
    assert "4 posts to see to:" in flat(printed(posts=posts[:4]))
    unknown = [judged(post(str(n)), home_words(), action="cannot-tell") for n in range(5)]
    assert "Look first, beginning with these 4:" in flat(printed(posts=unknown))
    assert "\n\nWho can see these" not in printed(posts=unknown)  # right below the heading


def test_somebody_in_danger_is_told_to_take_care_before_anything_is_done() -> None:
    posts = [judged(post("2"), home_words(Level.CRITICAL))]
    report = flat(printed(examination("a.jpg", finding()), posts=posts, context=Context("survivor")))
    assert report.count("destroy evidence. Talk to a support service first") == 1
    assert report.index("Talk to a support service") < report.index("What a stranger could learn")


def test_posts_with_nothing_to_do_are_not_called_safe() -> None:
    report = flat(printed(posts=[judged(), judged(post("2"), home_words(), is_done=True)]))
    assert "you ticked off the rest. That does not mean that it is safe" in report
    assert "Not listed here: 1 ticked off by you; 1 with nothing to do." in report
    report = flat(printed(posts=[judged()]))
    assert "That does not mean that these posts are safe." in report


def test_posts_with_a_place_and_without_a_photo_are_not_looked_at_together() -> None:
    where = Place(48.1, 11.5, None, None, ARTIST)
    said = "when no photo lies with them"
    assert said in flat(printed(posts=[judged(post("1", where, photos=()))]))
    for each in (
        post("1", where, photos=("a.jpg",)),
        post("1", where, photos=(), own=False),
        post("1", stored=[where], photos=()),
    ):
        assert said not in flat(printed(posts=[judged(each)]))


def test_an_archive_inside_another_is_to_be_taken_out() -> None:
    report = flat(printed(video("a.zip/b.zip", "archive inside an archive")))
    assert "out of it, and scan it by itself" in report
    assert "Where a photo program opens it" not in report


def test_an_archive_of_another_kind_is_no_file_to_leave_aside() -> None:
    for head, name in (
        (b"Rar!\x1a\x07\1\0", "a"),
        (b"7z\xbc\xaf\x27\x1c", "a.001"),
        (b"", "A.TAR.XZ"),
        (b"BZh9", "b"),
        (b"\x1f\x8b\x08", "photo.JPG.gz"),
    ):
        report = flat(printed(video(name, media_kind(head, name))))
        assert "Unpack the archive that cannot be opened yourself" in report
        assert "Where a photo program opens it" not in report


def test_what_is_called_an_archive_and_is_none_is_to_be_got_again() -> None:
    report = flat(printed(video("takeout-002.zip", media_kind(b"<html>", "takeout-002.zip"))))
    assert "Download the archive that is not whole again" in report and "could not be examined" in report
    assert media_kind(b"PK\3\4", "a.zip.crdownload") == media_kind(b"", "A.ZIP") == NOT_WHOLE
    assert not media_kind(b"\x1f\x8b\x08", "notes.txt.gz")
    assert not media_kind(b"PK\3\4", "a.zip") and not media_kind(b"words", "chapter.part")


def test_what_each_archive_gave() -> None:
    report = printed(archives=(inventory(),))
    assert "Links to posts        10 from the archive itself; 2 without a link\n" in report
    assert "- Part 2 of 3 is missing: ask for it again.\n" in report


def test_a_list_of_an_archive_that_could_not_be_read_is_told_apart() -> None:
    unread = replace(broken("flickr.zip/photo_1.json", "this list breaks off"), media=ACCOUNT_DATA)
    report = printed(unread, examination())
    assert "exposure looked at 1 photo in photos." in report
    assert "1 list of your archives could not be read: posts are missing here." in flat(report)
    assert "- flickr.zip/photo_1.json: this list breaks off" in report
    assert "of a kind that exposure does not read yet" not in report
    assert "a photo program" not in report


@pytest.mark.parametrize("columns", [80, 120])
def test_golden(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    report = printed(*hostile_photos(), collection=(hostile_collection(),), paths=(HOSTILE, "photos"))
    golden = GOLDEN / f"hostile-{columns}.txt"
    assert report == golden.read_text("utf-8")
    assert all(len(line) <= columns for line in report.splitlines())


def test_hostile_text_is_inert_with_colour_too() -> None:
    report = printed(*hostile_photos(), collection=(hostile_collection(),), out=Terminal())
    plain = re.sub(r"\x1b\[[0-9;]*m", "", report)
    assert plain != report
    assert all(line.isprintable() for line in plain.split("\n"))


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(), max_size=200), st.booleans())
def test_any_text_is_inert(words: str, reveal: bool) -> None:
    evidence = Evidence(Address(words), words, Secret.NAME)
    report = printed(
        examination(
            words, finding("x", Level.HIGH, evidence, message=words), problems=(Problem(words, words),)
        ),
        collection=(home(message=words, fix=(words,)),),
        paths=(words,),
        reveal=reveal,
    )
    assert all(line.isprintable() for line in report.split("\n"))


def test_no_colour_when_asked_and_none_outside_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = examination("a.jpg", finding())
    assert "\x1b[" in printed(photo, out=Terminal())
    assert "\x1b" not in printed(photo)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in printed(photo, out=Terminal())


def test_each_thing_is_told_once_with_what_to_do_and_examples() -> None:
    report = printed(*(examination(f"{n}.jpg", finding()) for n in range(12)))
    assert report.count("put a pin where it was taken") == 1
    assert "in all 12 photos" in report
    assert "What to do: Leave out the location" in report
    assert "0.jpg: 48.1, 11.6 (masked)" in report and "2.jpg: 48.1" in report and "3.jpg: 48.1" not in report


def test_values_are_shown_in_full_only_with_reveal() -> None:
    photo = examination("a.jpg", finding(), facts=EVERY_FACT)
    named = home(place=Place(48.137222, 11.5755, None, "Marienplatz 1", POSITION))
    shown = flat(printed(photo, collection=(named,)))
    assert "48.137222" not in shown and "Marienplatz" not in shown
    assert "Where: a name of 13 characters, in the area of Munich, Germany (near 48.1, 11.6, masked)" in shown
    revealed = flat(printed(photo, collection=(named,), reveal=True))
    assert (
        "Where: Marienplatz 1, in Munich, Germany (within 90 m of 48.137222, 11.575500)" in revealed
        and "masked" not in revealed
    )


def test_a_masked_town_is_that_of_the_rounded_position() -> None:
    """Grünwald is 12 km from the middle of Munich: both are told alike where they are rounded alike."""
    places = [Place(48.0502, 11.5501, None, None, POSITION), Place(48.1498, 11.6498, None, None, POSITION)]
    first, second = (printed(collection=(home(place=place),)) for place in places)
    assert first == second and "48.1, 11.6" in printed(examination(), collection=(home(place=places[0]),))


def test_a_place_that_is_on_no_map_is_no_mishap() -> None:
    for latitude, longitude in ((91.0, 0.0), (float("nan"), 1.0), (None, None)):
        place = Place(latitude, longitude, None, None, POSITION)
        assert "Where: a place (masked)" in printed(examination(), collection=(home(place=place),))


def test_the_worst_comes_first_and_inferences_before_photos() -> None:
    report = printed(
        examination(
            "a.jpg",
            finding("first-rule", Level.MEDIUM),
            finding("second-rule", Level.CRITICAL, question=Question.HIDDEN),
        ),
        collection=(home(rule="third-rule", level=Level.MEDIUM),),
    )
    told = report[report.index("Third rule") : report.index("What exposure cannot see")]
    order = ["Third rule", "What matters most", "Second rule", "First rule"]
    found = [told.rindex(words) for words in order]
    assert found == sorted(found) and "Third rule" not in told[1:]


def test_an_answer_says_how_sure_why_how_it_could_be_wrong_and_what_helps() -> None:
    report = flat(printed(examination("a.jpg"), examination("b.jpg"), collection=(home(photos=34),)))
    assert "Where can I be found? CRITICAL Where you live (likely), from 34 photos" in report
    assert "A stranger would guess that this is where you live." in report
    assert "Why a stranger would think so: 12 visits on 9 nights." in report
    assert "It could be wrong if you stayed with friends." in report
    assert "What to do: Share clean copies of these 3 photos: a.jpg, b.jpg, c.jpg." in report
    assert "After that: no place stands out." in report
    assert "Likely: a stranger would guess so" in report
    doubts = home(could_be_wrong_if=("it rained", "you moved.", "you were away"))
    assert "It could be wrong if it rained; if you moved; or if you were away." in flat(
        printed(examination(), collection=(doubts,))
    )


def test_the_questions_are_answered_in_their_order_with_single_photos_after() -> None:
    trip = home(rule="a-trip", level=Level.MEDIUM, question=Question.HISTORY)
    report = flat(printed(examination("a.jpg", finding()), collection=(trip, home())))
    order = [
        "Where can I be found?",
        "Where you live",
        "In single photos: Exact place",
        "Who am I",
        "Where have I been",
        "A trip",
        "What is in my files",
    ]
    assert [report.index(words) for words in order] == sorted(report.index(words) for words in order)


def test_many_inferences_of_a_kind_are_cut_short() -> None:
    report = printed(examination(), collection=tuple(home(rule="same-thing", place=PIN) for _ in range(9)))
    assert report.count("Why a stranger would think so") == 1
    assert flat(report).count("In the area of Munich, Germany (near 48.1, 11.6, masked).") == 2
    assert "and 6 more like “Same thing”" in report


def test_only_the_most_urgent_answers_are_told_in_full() -> None:
    found = [home(rule=f"rule-{n}", level=Level.HIGH, place=PIN) for n in range(7)]
    found += [home(rule="worst-rule"), home(rule="small-rule", level=Level.LOW, place=None)]
    report = printed(examination(), collection=tuple(found))
    assert report.count("Why a stranger would think so") == 5
    assert (
        report.index("Worst rule") < report.index("Rule 0") < report.index("Rule 3 (likely), from 2 photos")
    )
    brief = flat(report)
    assert "Rule 4 (likely): A stranger would guess that this is where you live. In the area of" in brief
    assert "LOW Small rule (likely): A stranger would guess that this is where you live." in brief


def plan(fix: tuple[str, ...] = ("a.jpg", "b b.jpg", "c.jpg")) -> CollectionFinding:
    return home(
        rule="fix-first",
        level=Level.INFO,
        message="Clean these 3 of 214 photos, and nobody can tell where you live.",
        why=("they carry your home and your work",),
        could_be_wrong_if=("copies that you posted stay as they are",),
        fix=fix,
        after="the best guess is 11 km off",
        place=None,
    )


def test_the_plan_comes_first_with_the_command_for_just_these_photos() -> None:
    report = printed(examination("a.jpg", finding()), collection=(home(), plan()))
    first = report[report.index("What to do first") : report.index("What a stranger could learn")]
    assert "\n  exposure clean a.jpg 'b b.jpg' c.jpg --to clean-copies\n" in first
    assert "Clean these 3 of 214 photos, and nobody can tell where you live." in flat(first)
    assert "After that: the best guess is 11 km off." in flat(first)
    assert report.count("Clean these 3 of 214") == 1 and "fix-first" not in report.lower()
    assert "Share clean copies of these 3 photos" in flat(report), "the plan lacks one of them"
    covered = flat(printed(examination(), collection=(home(fix=("a.jpg", "c.jpg")), plan())))
    assert "2 photos: they are among those to clean first" in covered


def test_a_plan_of_too_many_photos_or_odd_names_cleans_all_instead() -> None:
    for fix in (tuple(f"photos/IMG_{n:04}.jpg" for n in range(400)), ("a.jpg", "b\x1b.jpg")):
        report = printed(examination(), collection=(plan(fix),))
        assert "\n  exposure clean photos --to clean-copies\n" in report
        assert "cannot all be named in one command" in report


def test_all_findings_can_be_had_as_a_table() -> None:
    report = printed(examination("a.jpg", finding()), examination("b.jpg"), paths=("my photos",))
    assert "exposure scan --format csv -o report.csv 'my photos'" in report


def test_the_reason_of_a_moved_level_is_told_even_for_small_things() -> None:
    report = printed(
        examination(
            "a.jpg",
            finding("one-rule", Level.HIGH, reason="raised from medium: because of this"),
            finding("two-rule", Level.LOW, reason="lowered from high: because of that"),
        )
    )
    assert "Raised from medium: because of this" in flat(report)
    assert "Lowered from high: because of that" in flat(report)


def test_that_a_name_weighs_less_by_default_is_told_once() -> None:
    reason = f"lowered from medium: {REAL_NAME}"
    photos = [examination(f"{n}.jpg", finding(f"rule-{n}", Level.LOW, reason=reason)) for n in range(3)]
    report = flat(printed(*photos))
    assert report.count("--persona pseudonymous") == 1 and "owered from" not in report
    both = f"{reason}; then lowered from low: only friends can see it"
    assert "Lowered from medium" in flat(printed(examination("a.jpg", finding("x", Level.LOW, reason=both))))


def test_low_and_info_take_one_line_each() -> None:
    report = printed(examination("a.jpg", finding("tiny-rule", Level.INFO)))
    assert "INFO      Tiny rule\n" in report
    assert "What matters most" not in report and "put a pin" not in report


def test_the_worst_photos_are_ranked_and_few() -> None:
    photos = [examination(f"mild{n}.jpg", finding("x-rule", Level.MEDIUM)) for n in range(20)]
    photos.insert(7, examination("worst.jpg", finding(), finding("y-rule", Level.CRITICAL)))
    photos.append(examination("harmless.jpg", finding("z-rule", Level.LOW)))
    report = printed(*photos)
    ranked = report[report.index("Photos to look at first") : report.index("What exposure cannot see")]
    assert " 1. worst.jpg\n    critical: Y rule; high: " in ranked
    assert "10. mild8.jpg" in ranked and "mild9.jpg" not in ranked and "harmless" not in ranked


def test_media_that_is_not_read_never_looks_clean() -> None:
    named = video("VID_20240503_180000.mp4")
    report = printed(named, paths=("films",))
    assert report.startswith("exposure found no photos that it can read in films.\n")
    assert "1 file could not be examined at all" in report and "what is in them is not known" in flat(report)
    assert "nothing found" not in report.lower() and "Nothing was found" not in report
    telling = replace(named, findings=(finding("date-in-name", Level.LOW, question=Question.HISTORY),))
    assert "LOW       The date in the file name" in printed(telling)


def test_a_photo_that_could_not_be_read_never_looks_clean() -> None:
    report = flat(printed(broken("a.jpg", "this file is empty", Examined.NONE)))
    assert "what is in them is not known" in report and "nothing found" not in report


def test_what_could_not_be_read_is_told_in_one_place() -> None:
    photo = replace(
        broken("a.jpg", "the EXIF block breaks off"),
        findings=(finding("unread-metadata", Level.LOW, question=Question.HIDDEN),),
    )
    report = printed(photo, examination("b.jpg", finding()))
    assert "Part of the photo could not be read" not in report and "the EXIF block breaks off" in report


@pytest.mark.parametrize(
    ("photos", "of", "said"),
    [
        (1, 1, "Exact place\n"),
        (1, 3, "in 1 photo\n"),
        (2, 3, "in 2 of 3 photos\n"),
        (2, 2, "in both photos\n"),
    ],
)
def test_how_many_photos_of_how_many(photos: int, of: int, said: str) -> None:
    found = [examination(f"{n}.jpg", *([finding()] if n < photos else [])) for n in range(of)]
    assert said in printed(*found)


def test_how_bad_it_is_photo_by_photo() -> None:
    photos = [examination(f"{n}.jpg", finding()) for n in range(3)]
    report = flat(printed(*photos, examination("c.jpg", finding("x", Level.LOW)), examination("d.jpg")))
    assert "The worst that each gives away: high in 3; low in 1; nothing was found in 1." in report
    gap = broken("e.jpg", "it breaks off")
    assert "not to be told in 1, which could not be read whole." in flat(printed(*photos, gap))
    assert "The worst that it gives away is high." in printed(photos[0])


def test_long_names_are_cut_in_the_middle() -> None:
    name = "/home/anna/" + "x" * 100 + "/holiday/beach.jpg"
    report = printed(examination(name, finding()), examination("b.jpg"))
    assert "/home/anna/" in report and "…" in report and "/holiday/beach.jpg" in report


def test_what_comes_next_names_the_worst_photo_so_that_it_can_be_typed() -> None:
    report = printed(examination("a b.jpg", finding()), examination("c.jpg"), paths=("my photos",))
    assert "exposure show 'a b.jpg'" in report and "exposure scan --reveal 'my photos'" in report
    assert "exposure show FILE" in printed(examination("a\x1b.jpg", finding()), examination("c.jpg"))


def test_how_to_get_a_clean_copy_is_told_where_there_is_something_to_clean() -> None:
    report = printed(examination("a.jpg", finding()), paths=("a.jpg",))
    assert report.count("exposure clean a.jpg --to clean-copies\n") == 3
    assert "exposure clean --rename a.jpg" in report and "exposure scan --after-clean a.jpg" in report
    assert "exposure clean" not in printed(examination("a.jpg"))
    assert "exposure clean" not in printed(examination("a.jpg", finding(command="")))


def test_the_current_folder_is_not_taken_for_the_one_above() -> None:
    assert "looked at 1 photo in this folder.\n" in printed(examination("a.jpg"), paths=(".",))


def test_nobody_is_shown_a_file_that_cannot_be_read() -> None:
    assert "exposure show" not in printed(broken("a.jpg", "permission denied", Examined.NONE))


def test_without_a_plan_clean_copies_come_first() -> None:
    first = (
        "What to do first ---------------- Share clean copies instead of these files: exposure clean photos"
    )
    assert first in flat(printed(examination("a.jpg", finding())))
    small = finding("x", Level.LOW)
    for nothing in (
        printed(examination("a.jpg", small)),
        printed(examination("a.jpg", finding(command=""))),
        printed(examination("a.jpg", finding()), after=True),
        printed(examination("a.jpg", finding()), posts=[judged(post("2"), home_words(Level.CRITICAL))]),
    ):
        assert "What to do first" not in nothing


def test_the_plan_does_not_hide_what_is_critical_in_single_photos() -> None:
    grave = finding("grave-rule", Level.CRITICAL)
    over = plan(fix=("a.jpg",))
    photos = examination("a.jpg", grave), examination("b.jpg", grave), examination("c.jpg", finding())
    report = flat(printed(*photos, collection=(over,)))
    assert (
        "Clean also this photo, which gives away something critical by itself: exposure clean b.jpg --to"
        in report
    )
    assert "critical by itself" not in printed(photos[0], photos[2], collection=(over,))
    report = flat(printed(*(examination(f"{n}.jpg", grave) for n in range(20)), collection=(over,)))
    assert (
        "20 photos, each by itself, give away something critical. This makes a clean copy of every" in report
    )


def test_what_no_clean_copy_helps_against_comes_before_the_plan() -> None:
    linked = home(rule="linked-accounts", fix=(), after="take it down in one of the two")
    report = flat(printed(examination("a.jpg"), collection=(plan(), linked)))
    first = report.split("What a stranger could learn")[0]
    assert "Accounts that belong together: Take it down in one of the two. Clean these" in first


def test_the_same_report_again_names_every_path() -> None:
    photos = examination("a.jpg", finding()), examination("b.jpg", finding())
    assert "exposure scan --reveal album a.zip " in printed(*photos, paths=("album", "a.zip"))
    assert "exposure scan --reveal FOLDER ..." in printed(*photos, paths=("a", "b", "c", "d"))


def test_a_video_is_not_to_be_saved_by_a_photo_program() -> None:
    report = flat(printed(video("clip.mp4")))
    assert "share them only if they may tell these" in report and "photo program" not in report
    raw = flat(printed(video("a.raf", "raw photo")))
    assert "Where a photo program opens a photo" in raw and "recordings" not in raw


def test_where_only_names_tell_no_other_copy_is_advised() -> None:
    report = flat(printed(examination("a.jpg", finding("date-in-name", Level.LOW, command="clean --rename"))))
    assert "exposure clean --rename photos --to clean-copies" in report
    assert "exposure clean photos" not in report and "without what is listed" not in report


def test_a_photo_with_a_command_counts_before_one_without() -> None:
    left = finding(remedy="Leave it out.", command="")
    report = flat(printed(examination("a.xmp", left), examination("b.jpg", finding())))
    assert "exposure clean photos --to clean-copies" in report and "Leave it out." not in report


def test_a_report_on_copies_says_how_to_write_them() -> None:
    report = flat(printed(examination("a.jpg"), after=True))
    assert "exposure clean photos --to clean-copies writes the copies" in report


def test_what_could_not_be_examined_is_said() -> None:
    report = printed(
        *(broken(f"{n}.jpg", "the EXIF block breaks off") for n in range(22)),
        broken("empty.jpg", "this file is empty", Examined.NONE),
        examination("big.jpg", examined=Examined.BOUNDED),
        *(video() for _ in range(3)),
        video("song.mp3", "sound recording"),
        *(other() for _ in range(5)),
    )
    assert (
        "exposure looked at 24 photos in photos.\n" in report
        and "\n  5 other files were left aside" in report
    )
    assert "5 files could not be examined at all: see" in report
    assert "22 photos could be examined only in part: see" in report
    assert "In 1 photo everything was read that the file declares" in report
    assert "--deep does that" in report
    deep = flat(printed(examination("big.jpg", examined=Examined.BOUNDED), depth=Depth.DEEP))
    assert "cannot be searched" in deep and "--deep" not in deep
    assert "  0.jpg: read in part; the EXIF block breaks off (APP1)\n" in report
    assert "20.jpg" not in report and "and 3 more\n" in report
    assert "4 files of a kind that exposure does not read yet: MP4 video (3), sound recording (1)." in flat(
        report
    )


def test_no_findings_is_no_all_clear() -> None:
    report = printed(examination())
    assert "Nothing was found in what exposure can read." in report
    assert "does not mean that this photo is safe" in flat(report)
    assert "these photos are safe" in flat(printed(examination(), examination("b.jpg")))
    assert "No findings does not mean safe." in report


def test_nothing_at_all() -> None:
    report = printed(paths=("empty",))
    assert report.startswith("exposure found no photos that it can read in empty.\n")
    assert ".jpg" in report and "What a stranger" not in report and len(report.splitlines()) < 5


def test_previews_that_were_not_compared_are_mentioned() -> None:
    photo = examination("a.jpg", facts=EVERY_FACT)
    assert "exposure scan --deep does that" in printed(photo)
    assert "exposure scan --deep does that" not in printed(photo, depth=Depth.DEEP)
    assert "it was not compared" not in printed(examination())


def test_the_circumstances_are_named_when_they_are_not_the_usual_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = flat(printed(examination("a.jpg", finding())))
    assert "Judged" not in printed(examination())
    assert "Judged for an account under your real name, seen by everybody (--persona" in usual
    monkeypatch.setattr(
        "exposure.context.destination_note", lambda name, today, tested: f"{name} on {today}."
    )
    context = Context("survivor", "pseudonymous", "friends", "flickr")
    report = flat(printed(examination("a.jpg", finding()), context=context))
    assert "somebody who keeps away from a known person" in report
    assert "not under your real name" in report and "seen by friends" in report
    assert "flickr on 2026-11-21." in report and "change that" not in report
    unshared = flat(printed(examination("a.jpg", finding()), context=Context(audience="not-shared-yet")))
    assert "if you post this" in unshared and "already posted" not in unshared
    assert "already posted" in usual


def test_rich_is_imported_only_when_the_report_is_printed() -> None:
    code = "import sys, exposure.reports.terminal; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
