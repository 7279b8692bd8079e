"""The list of things to do as a table: every post has a row, the most urgent first, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import Level, Text
from exposure.post import ACCOUNT_DATA, Inventory, Link, PostExamination, Visibility
from exposure.reports.todo import COLUMNS, TODO
from tests.make.examinations import broken, examination, finding, written
from tests.make.posts import CAPTION, home_words, inventory, judged, many, post


def rows(
    *posts: PostExamination, archives: tuple[Inventory, ...] = (), **options: Any
) -> list[dict[str, str]]:
    report = written(TODO, posts=posts, archives=archives, **options)
    assert report.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(report[1:], newline="")))


def test_the_columns_are_those_that_were_agreed() -> None:
    assert written(TODO).split("\n")[0] == "\ufeff" + ",".join(COLUMNS)
    assert COLUMNS[:12] == (
        *(
            "done",
            "severity",
            "platform",
            "date",
            "visibility",
            "visibility_evidence",
            "reason",
            "action",
            "url",
        ),
        *("url_tier", "caption_excerpt", "local_path"),
    )


def test_a_post_is_a_row() -> None:
    told = judged(
        post("51", Text("caption", "Our new flat", CAPTION)), home_words(Level.CRITICAL), action="setting"
    )
    (row,) = rows(told, reveal=True)
    assert row == {
        "done": "",
        "severity": "critical",
        "platform": "Flickr",
        "date": "2024-05-04",
        "visibility": "public",
        "visibility_evidence": 'privacy="public"',
        "reason": "Anyone who reads this post can tell where you live. (invented-home, critical)",
        "action": "change a setting: 1. Take the place off the page of the photo. 2. Delete the post.",
        "url": "https://www.flickr.com/photos/annaschmidt/51/",
        "url_tier": "exact: it stands in the archive",
        "caption_excerpt": "Our new flat",
        "local_path": "flickr/photo_51_o.jpg",
        "stays": "Copies that others saved stay.",
        "post": "flickr:51",
        "masked": "",
    }
    (row,) = rows(told)
    assert (row["url"], row["caption_excerpt"], row["masked"]) == ("", "12 characters", "yes")
    assert row["url_tier"] == "exact: it stands in the archive"


def test_the_most_urgent_come_first_and_nothing_is_left_out() -> None:
    found = rows(*many(200))
    assert len(found) == 200 and len({row["post"] for row in found}) == 200
    first = found[0]
    assert (first["severity"], first["visibility"]) == ("critical", "public")
    last = [row["action"] for row in found[-3:]]
    assert set(last) == {"With nothing to do"}


def test_a_list_without_posts_is_not_taken_for_an_all_clear() -> None:
    (row,) = csv.DictReader(io.StringIO(written(TODO, examination("a.jpg", finding()))[1:]))
    assert row["reason"].startswith("No posts were found, and this list is of posts alone")


@pytest.mark.parametrize(
    ("told", "action"),
    [
        (judged(post(status="deleted"), home_words()), "Already not public"),
        (judged(post(own=False), home_words()), "By somebody else"),
        (judged(), "With nothing to do"),
        (judged(post(), home_words(), is_done=True), "Ticked off"),
    ],
)
def test_what_is_not_to_do_says_why(told: PostExamination, action: str) -> None:
    (row,) = rows(told)
    assert row["action"] == action
    assert row["done"] == ("yes" if told.is_done else "")


def test_what_the_list_lacks_is_said_in_rows_without_a_post() -> None:
    unread = replace(broken("flickr.zip/photo_1.json", "this list breaks off"), media=ACCOUNT_DATA)
    report = written(TODO, unread, examination("a.jpg", finding()), archives=[inventory()])
    found = list(csv.DictReader(io.StringIO(report[1:])))
    assert [(row["platform"], row["local_path"]) for row in found] == [
        ("", ""),
        ("", "flickr.zip/photo_1.json"),
        ("Flickr", "flickr.zip"),
        ("Flickr", "flickr.zip"),
    ]
    assert "posts are missing: this list breaks off" in found[1]["reason"]
    assert found[2]["reason"] == "Part 2 of 3 is missing: ask for it again."
    assert found[3]["reason"] == "Not understood: 3 files: message_1.json (2) and new_thing.json"


@settings(max_examples=40)
@given(st.text(st.characters(), max_size=60), st.sampled_from("=+-@\t\r＝ "), st.booleans())
def test_no_cell_is_a_formula(words: str, start: str, reveal: bool) -> None:
    hostile = start + words
    told = judged(
        post(
            hostile,
            Text("caption", hostile, CAPTION),
            posted=hostile,
            status=hostile,
            visibility=Visibility(hostile, hostile),
            link=Link(hostile, "exact"),
            photos=(hostile,),
        ),
        home_words(message=hostile),
        steps=(hostile,),
        stays=(hostile,),
    )
    (row,) = rows(told, reveal=reveal)
    assert list(row) == list(COLUMNS)
    for cell in row.values():
        assert cell.isprintable() and not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
