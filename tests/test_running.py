"""A post that has the same picture as another one: the file passes once, and both tell what it gives away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exposure.model import Context, Examination, Level, Settings
from exposure.plugins import Writing
from exposure.post import Post, PostExamination, Visibility
from exposure.running import Running
from tests.make.examinations import examination, finding


class _Report:
    """Keeps the posts."""

    def __init__(self) -> None:
        self.posts: list[PostExamination] = []

    def photo(self, examination: Examination) -> None: ...

    def post(self, examination: PostExamination) -> None:
        self.posts.append(examination)

    def end(self, collection: Any, archives: Any = ()) -> None: ...


def judged(*seen: Examination | Post) -> list[PostExamination]:
    report = _Report()
    writing: Writing = report
    running = Running(Settings(Context()), writing)
    for each in seen:
        running.take(each, None)
    running.end()
    return report.posts


def post(id: str, visibility: str, *photos: str) -> Post:
    return Post("static-site", id, visibility=Visibility(visibility, "draft"), photos=photos)


def test_a_second_post_with_the_same_picture_is_not_harmless() -> None:
    draft, other, public = (
        post("draft", "private", "a.jpg"),
        post("other", "public", "b.jpg"),
        post("public", "public", "a.jpg"),
    )
    worst = finding(level=Level.HIGH)
    found = judged(draft, examination("a.jpg", worst), other, examination("b.jpg"), public)
    assert [one.worst for one in found] == [Level.LOW, None, Level.HIGH]
    assert [one.action for one in found][1:] != ["leave", "leave"]
    assert [f.rule for f in found[2].shown] == [worst.rule]


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_what_the_first_post_made_smaller_is_as_it_was(visibility: str) -> None:
    first, second = post("1", "private", "a.jpg"), post("2", visibility, "a.jpg")
    lowered = finding(level=Level.LOW)._replace(gate=Level.HIGH, reason="Lowered from high: nobody sees it.")
    (_, found) = judged(first, examination("a.jpg", lowered), second)
    assert found.worst is (Level.HIGH if visibility == "public" else Level.LOW)
    assert (found.shown[0].reason == "") is (visibility == "public")


def test_a_picture_without_findings_stays_without() -> None:
    one = post("1", "public", "a.jpg")
    (_, found) = judged(one, examination("a.jpg"), replace(one, id="2"))
    assert (found.shown, found.action) == ((), "leave")
