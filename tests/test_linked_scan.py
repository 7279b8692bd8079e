"""Accounts from the command line to the report: what links them is found in the files, and only of the person's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exposure.cli import main
from exposure.model import Address, Context, Examination, Facts, Person, Settings, Text
from exposure.plugins import Writing
from exposure.post import Account, Post
from exposure.running import Running
from tests.make.jpeg import exif, jpeg
from tests.make.scenes import jpeg as drawn
from tests.make.scenes import scene
from tests.make.shots import number, shot
from tests.make.tiff import tiff


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An account with one picture, and another with the same one smaller, without a word of metadata in either."""
    both = tmp_path / "one", tmp_path / "two"
    for folder, side in zip(both, (480, 320), strict=True):
        folder.mkdir()
        picture = scene(1)
        picture.thumbnail((side, side))
        (folder / "a.jpg").write_bytes(drawn(picture, 60))
        (folder / "other.jpg").write_bytes(drawn(scene(side)))
    return both


def linked(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["scan", *words, "--format", "json", "--fail-on", "never"]) == 0
    found = json.loads(capsys.readouterr().out)["collection"]
    return [each for each in found if each["rule"] == "linked-accounts"]


def test_one_picture_in_two_sizes_links_two_accounts(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = linked(capsys, "--account", f"me={folders[0]}", "--account", f"pseudonymous:you={folders[1]}")
    assert (found["level"], found["confidence"]) == ("high", "tentative")
    assert sorted(found["evidence"]) == [str(folder / "a.jpg") for folder in folders]


def test_nothing_is_linked_where_nobody_named_accounts(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert linked(capsys, *map(str, folders)) == []


def test_a_clean_copy_shows_the_same_picture(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--account", f"me={folders[0]}", "--account", f"you={folders[1]}", "--after-clean")
    (found,) = linked(capsys, *words)
    assert "the same picture is in both" in " ".join(found["why"]).casefold()


def test_a_hidden_account_with_the_same_lens_is_critical_for_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jpg").write_bytes(jpeg(exif(tiff(Make="Acme", LensSerialNumber="L-678421"))))
    words = [
        w
        for name, kind in (("one", ""), ("two", "pseudonymous:"))
        for w in ("--account", f"{kind}{name}={tmp_path / name}")
    ]
    (found,) = linked(capsys, *words, "--profile", "activist")
    assert (found["level"], found["confidence"]) == ("critical", "firm")
    assert "678421" not in json.dumps(found)


class _Report:
    """Keeps the end of a report."""

    def __init__(self) -> None:
        self.rules: list[str] = []

    def photo(self, examination: Examination) -> None: ...

    def post(self, examination: object) -> None: ...

    def end(self, collection: Any, archives: Any = ()) -> None:
        self.rules = [each.rule for each in collection]


def ran(*posts: tuple[Post, Account | None]) -> list[str]:
    """The rules of what is said of posts that each have a photo from the same camera."""
    report = _Report()
    writing: Writing = report
    running = Running(Settings(Context()), writing)
    for post, account in posts:
        running.take(post, account)
        running.take(shot(post.photos[0], number("serial", "6784213")), account)
    running.end()
    return report.rules


def posts() -> Iterator[Post]:
    for service in ("flickr", "mastodon"):
        yield Post(service, "1", "anna", photos=(f"{service}/a.jpg",))


def test_accounts_are_known_from_their_archives() -> None:
    assert "linked-accounts" in ran(*((post, None) for post in posts()))
    assert "linked-accounts" in ran(*((post, Account(post.service)) for post in posts()))


def test_what_somebody_else_made_links_nothing() -> None:
    one, other = posts()
    assert "linked-accounts" not in ran((one, None), (replace(other, own=False), None))


def test_where_somebody_else_was_tells_nothing_of_the_person() -> None:
    one, other = posts()
    assert ran((one, None), (other, None)) != []
    assert ran((replace(one, own=False), None), (replace(other, own=False), None)) == []


def test_one_account_in_two_archives_is_one() -> None:
    assert "linked-accounts" not in ran(*((post, Account("me")) for post in posts()))


def test_captions_of_posts_link() -> None:
    words = Text(
        "caption",
        "The old pear tree behind our house is in bloom again, three weeks early",
        Address("Flickr:a.json:caption"),
    )
    report = _Report()
    running = Running(Settings(), report)
    for post in posts():
        running.take(replace(post, facts=Facts(texts=(words,))), None)
        running.take(shot(post.photos[0]), None)
    running.end()
    assert "linked-accounts" in report.rules


@pytest.mark.parametrize("photos", [0, 1])
@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ("The old pear tree behind our house is in bloom again, three weeks early", True),
        ("At sea again", False),
    ],
)
def test_the_same_long_words_link_though_a_post_has_no_photo(photos: int, said: str, linked: bool) -> None:
    words = Facts(texts=(Text("caption", said, Address("Flickr:a.json:caption")),))
    report = _Report()
    running = Running(Settings(), report)
    for place, post in enumerate(posts()):
        bare = place >= photos
        running.take(replace(post, facts=words, photos=() if bare else post.photos), None)
        if not bare:
            running.take(shot(post.photos[0]), None)
    running.end()
    assert ("linked-accounts" in report.rules) is linked


def test_the_same_long_words_link_below_another_title() -> None:
    said = "The old pear tree behind our house is in bloom again, three weeks early"
    report = _Report()
    running = Running(Settings(), report)
    for post, title in zip(posts(), ("", "Pear\n"), strict=True):
        words = Text("caption", title + said, Address("Flickr:a.json:caption"))
        running.take(replace(post, facts=Facts(texts=(words,))), None)
        running.take(shot(post.photos[0]), None)
    running.end()
    assert "linked-accounts" in report.rules


def test_accounts_without_a_photo_are_linked_by_what_they_are_called() -> None:
    """Some archives hold no photos; who looks for the name finds both accounts all the same."""

    def rules(own: bool) -> list[str]:
        report = _Report()
        running = Running(Settings(), report)
        for service in ("tiktok", "reddit"):
            running.take(Post(service, "1", "zettel_moos77", own=own), Account(service, "pseudonymous"))
        running.end()
        return report.rules

    assert "linked-accounts" in rules(own=True) and "linked-accounts" not in rules(own=False)


def test_the_name_of_one_post_does_not_tie_its_photos_together() -> None:
    owner = Person("owner", "Quirina Zettelmoos", Address("Mastodon:actor.json:name"))
    names = "header.jpg", "avatar.jpg"
    page = Post("mastodon", "profile", "anna", photos=names, facts=Facts(people=(owner,)))
    assert "linked-names" not in named_by(page, [shot(name) for name in names])
    carried = [shot(name, owner) for name in names]
    assert "linked-names" in named_by(replace(page, facts=Facts()), carried)


def named_by(post: Post, photos: list[Examination]) -> list[str]:
    report = _Report()
    running = Running(Settings(), report)
    running.take(post, None)
    for photo in photos:
        running.take(photo, None)
    running.end()
    return report.rules
