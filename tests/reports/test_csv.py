"""The table opens in a spreadsheet as it is meant: one row a finding, nothing that runs, masked unless revealed."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Evidence,
    Examination,
    Examined,
    Level,
    Place,
    Problem,
    Question,
    Secret,
)
from exposure.post import ACCOUNT_DATA
from exposure.reports._cells import inert
from exposure.reports.csv import COLUMNS, CSV
from tests.make.examinations import (
    ARTIST,
    POSITION,
    examination,
    finding,
    heading,
    home,
    other,
    video,
    written,
)
from tests.make.posts import home_words, judged, post


def rows(
    *photos: Examination, collection: tuple[CollectionFinding, ...] = (), reveal: bool = False
) -> list[dict[str, str]]:
    text = written(CSV, *photos, collection=collection, reveal=reveal)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_begins_with_a_mark_and_a_header() -> None:
    text = written(CSV)
    assert text == "\ufeff" + ",".join(COLUMNS) + "\n"


def test_an_output_of_another_encoding_gets_no_mark() -> None:
    out = io.TextIOWrapper(io.BytesIO(), "cp1252")
    CSV.begin(out, heading())
    out.seek(0)
    assert out.read().startswith("path,")


def test_a_finding_is_a_row() -> None:
    (row,) = rows(examination("a.jpg", finding(reason="raised from medium: because")))
    assert row == {
        "path": "a.jpg",
        "format": "JPEG",
        "examined": "complete",
        "photos": "1",
        "question": "Where can I be found?",
        "level": "high",
        "confidence": "certain",
        "rule": "gps-position",
        "message": "Anyone who gets this file can put a pin where it was taken. (raised from medium: because)",
        "field": "EXIF:GPS IFD:GPSLatitude",
        "value": "48.1, 11.6",
        "masked": "yes",
        "remedy": "Leave out the location when you share it. exposure clean a.jpg --to clean-copies",
    }


def test_what_a_post_gives_away_has_rows() -> None:
    told = judged(post("51"), home_words(Level.CRITICAL), home_words(Level.LOW))
    text = written(CSV, posts=[told, judged(post("52"))])
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["path"], row["format"], row["photos"], row["level"]) for row in found] == [
        ("flickr:51", "post", "1", "critical"),
        ("flickr:51", "post", "1", "low"),
    ]
    assert (found[0]["value"], found[0]["masked"]) == ("26 characters", "yes")
    assert found[0]["remedy"] == "Take these words out."


def test_a_list_of_an_archive_that_could_not_be_read_says_so() -> None:
    unread = examination(
        "a.zip/photo_1.json",
        problems=(Problem("file", "this list breaks off"),),
        media=ACCOUNT_DATA,
        examined=Examined.NONE,
    )
    (row,) = rows(unread)
    assert (row["path"], row["message"]) == ("a.zip/photo_1.json", "this list breaks off")


def test_values_are_shown_in_full_only_with_reveal() -> None:
    found = finding("owner-name", Level.MEDIUM, Evidence(ARTIST, "Anna Schmidt", Secret.NAME))
    (shown,) = rows(examination("a.jpg", found), reveal=True)
    assert (shown["value"], shown["masked"]) == ("Anna Schmidt", "")
    (hidden,) = rows(examination("a.jpg", found))
    assert (hidden["value"], hidden["masked"]) == ("A. S.", "yes")
    (plain,) = rows(examination("a.jpg", finding("x", Level.LOW, Evidence(ARTIST, "Shutter 9"))))
    assert (plain["value"], plain["masked"]) == ("Shutter 9", "")


def test_several_pieces_of_evidence_share_the_row_and_many_are_counted() -> None:
    two = finding("x", Level.LOW, Evidence(ARTIST, "one"), Evidence(POSITION, "two"))
    (row,) = rows(examination("a.jpg", two))
    assert (row["field"], row["value"]) == ("EXIF:IFD0:Artist; EXIF:GPS IFD:GPSLatitude", "one; two")
    many = finding("x", Level.LOW, *(Evidence(Address(f"f{n}"), f"v{n}") for n in range(20)))
    (row,) = rows(examination("a.jpg", many))
    assert row["value"] == "v0; v1; v2; v3; v4; v5; v6; v7; and 12 more"


def test_every_photo_has_a_row_and_none_looks_safe() -> None:
    nothing, unread, film = rows(
        examination("a.jpg"),
        examination("b.jpg", problems=(Problem("file", "it is cut short"),), examined=Examined.PARTIAL),
        video("c.mp4"),
        other(),
    )
    assert (nothing["path"], nothing["level"]) == ("a.jpg", "")
    assert "does not mean that this photo is safe" in nothing["message"]
    assert (unread["examined"], unread["message"]) == ("partial", "it is cut short")
    assert (film["path"], film["examined"]) == ("c.mp4", "none")
    assert "MP4 video" in film["message"] and "Nothing was found" not in film["message"]


def test_what_many_photos_say_has_a_row_without_a_path() -> None:
    place = Place(48.137222, 11.5755, None, None, POSITION)
    (row,) = rows(collection=(home(place=place, photos=34, could_be_wrong_if=("it rained", "you moved")),))
    assert (row["path"], row["photos"], row["confidence"]) == ("", "34", "likely")
    assert row["message"] == (
        "A stranger would guess that this is where you live. Why: 12 visits on 9 nights. "
        "It could be wrong if it rained; or if you moved."
    )
    assert (row["value"], row["masked"]) == (
        "in the area of Munich, Germany (near 48.1, 11.6, masked)",
        "yes",
    )
    assert row["remedy"] == (
        "Share clean copies of 3 photos: a.jpg, b.jpg and c.jpg. After that: no place stands out"
    )
    (shown,) = rows(collection=(home(place=place),), reveal=True)
    assert "48.137222" in shown["value"] and shown["masked"] == ""


def test_the_plan_lists_its_photos() -> None:
    plan, first, second = rows(
        collection=(home(rule="fix-first", fix=("a.jpg", "b.jpg"), place=None, level=Level.INFO),)
    )
    assert plan["path"] == "" and plan["value"] == ""
    assert (first["path"], second["path"]) == ("a.jpg", "b.jpg")
    assert first["rule"] == "fix-first" and first["remedy"] == "exposure clean a.jpg --to clean-copies"


@pytest.mark.parametrize(
    "start",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "\u00a0=1"],
)
def test_a_formula_is_only_text(start: str) -> None:
    photo = examination(start, finding("x", Level.LOW, Evidence(ARTIST, start), message=start, remedy=start))
    for row in rows(photo):
        for column in ("path", "message", "value", "remedy"):
            assert re.match(r"['\\]", row[column]), (column, row[column])


def test_a_masked_value_that_looks_like_a_formula_is_only_text() -> None:
    south = finding("x", Level.LOW, Evidence(POSITION, "-33.868800, 151.209300", Secret.PLACE))
    (row,) = rows(examination("a.jpg", south))
    assert row["value"] == "'-33.9, 151.2"
    assert inert("…=1") == "…=1" and inert("") == ""


def test_quotes_commas_and_line_ends_stay_in_their_cell() -> None:
    words = 'a "b", c;\nd\r\ne'
    (row,) = rows(examination(words, finding("x", Level.LOW, Evidence(ARTIST, words))))
    assert row["path"] == row["value"] == 'a "b", c;\\x0ad\\x0d\\x0ae'


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(), max_size=80), st.booleans(), st.sampled_from(Secret))
def test_any_text_is_inert(words: str, reveal: bool, secret: Secret) -> None:
    evidence = Evidence(Address(words), words, secret)
    found = finding(
        words, Level.LOW, evidence, message=words, remedy=words, reason=words, question=Question.WHO
    )
    together = home(message=words, why=(words,), could_be_wrong_if=(words,), fix=(words,), after=words)
    text = written(CSV, examination(words, found), collection=(together,), reveal=reveal)
    assert all(line.isprintable() for line in text.removeprefix("\ufeff").split("\n"))
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        assert len(row) == len(COLUMNS)
        assert not [cell for cell in row if cell.strip()[:1] in tuple("=+-@＝＋－＠")]


def test_confidence_is_said_in_words_that_people_know() -> None:
    found = [finding("x", Level.LOW, confidence=confidence) for confidence in Confidence]
    assert [row["confidence"] for row in rows(examination("a.jpg", *found))] == [
        "possible",
        "likely",
        "certain",
    ]
