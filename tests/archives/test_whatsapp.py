from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import found, items
from exposure.archives._whatsapp_lines import messages, order, written
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Inventory, Post
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture

MARK = "\u200e"


def times(*lines: str) -> list[str]:
    some = list(messages("\n".join(lines)))
    return [written(message, order(some)) for message in some]


def read(
    tmp_path: Path, text: str, *names: str, chat: str = "_chat.txt", zip: str = "chat.zip"
) -> list[Item]:
    files = {chat: text.encode()} | dict.fromkeys(names, picture(LIFE[0]))
    return list(items([zipped(files, tmp_path / zip)]))


def posts(got: list[Item]) -> list[Post]:
    return [item for item in got if isinstance(item, Post)]


def notes(got: list[Item]) -> str:
    (inventory,) = [item for item in got if isinstance(item, Inventory)]
    return " ".join(inventory.notes)


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("[2024-05-04, 10:11:12] Sam: hi", "2024-05-04T10:11:12"),
        (f"{MARK}[04.05.24, 10:11:12] Sam: hi", "2024-05-04T10:11:12"),
        ("[13/05/2024, 10:11:12 PM] Sam: hi", "2024-05-13T22:11:12"),
        ("[5/13/24, 12:11:12\u202fAM] Sam: hi", "2024-05-13T00:11:12"),
        ("5/13/24, 10:11 - Sam: hi", "2024-05-13T10:11:00"),
        ("13/5/24 10:11 p.\u00a0m. - Sam: hi", "2024-05-13T22:11:00"),
        ("13-05-2024 10:11 - Sam: hi", "2024-05-13T10:11:00"),
        ("2024/5/13 下午2:22 - Sam: hi", "2024-05-13T14:22:00"),
        ("2024. 5. 13. 오후 2:22 - Sam: hi", "2024-05-13T14:22:00"),
        ("13/05/2024, 10.11 - Sam: hi", "2024-05-13T10:11:00"),
        ("[١٣\u200f/٥\u200f/٢٠٢٤، ٦:٢٠:١٠ م] Sam: hi", "2024-05-13T18:20:10"),
        ("13/05/2024 à 10:11 - Sam: hi", "2024-05-13T10:11:00"),
        ("13/05/2024 alle ore 10:11 pm - Sam: hi", "2024-05-13T22:11:00"),
        ("13/05/2024, 10:11 xy - Sam: hi", ""),
        ("32/13/2024, 10:11 - Sam: hi", ""),
        ("[2024-05-04, 25:61:12] Sam: hi", ""),
    ],
)
def test_a_line_gives_its_time(line: str, time: str) -> None:
    (message,) = messages(line)
    assert (message.sender, message.words) == ("Sam", "hi")
    assert times(line) == [time]


def test_which_number_is_the_day_is_told_by_all_dates_together() -> None:
    assert times("1/2/24, 10:00 - Sam: a", "13/2/24, 10:00 - Sam: b")[0] == "2024-02-01T10:00:00"
    assert times("1/2/24, 10:00 - Sam: a", "1/13/24, 10:00 - Sam: b")[0] == "2024-01-02T10:00:00"
    assert times("5/6/24, 10:00 - Sam: a", "1/7/24, 10:00 - Sam: b")[0] == "2024-06-05T10:00:00"
    name = "IMG-20240504-WA0001.jpg (file attached)"
    assert times("4/5/24, 10:00 - Sam: a", f"4/5/24, 10:01 - Sam: {name}")[0] == "2024-05-04T10:00:00"
    assert times("5/4/24, 10:00 - Sam: a", f"5/4/24, 10:01 - Sam: {name}")[0] == "2024-05-04T10:00:00"
    assert times("5/5/24, 10:00 - Sam: a") == ["2024-05-05T10:00:00"]


def test_dates_that_fit_both_ways_are_not_guessed(tmp_path: Path) -> None:
    text = "4/5/24, 10:00 - Sam: a\n5/6/24, 10:00 - Sam: b"
    assert times(*text.split("\n")) == ["", ""]
    got = read(tmp_path, text)
    assert [post.posted for post in posts(got)] == ["", ""] and "fit both ways" in notes(got)


def test_a_message_may_have_many_lines_and_signs_of_direction() -> None:
    text = f"[2024-05-04, 10:11:12] Sam: one\ntwo: three\r\n{MARK}[2024-05-04, 10:11:13] Person: B said: hi"
    assert [(m.sender, m.words) for m in messages(text)] == [
        ("Sam", "one\ntwo: three"),
        ("Person", "B said: hi"),
    ]


def test_a_file_is_known_by_its_name_in_any_language(tmp_path: Path) -> None:
    photo, own, paper = "00000001-PHOTO-2024-05-04-10-11-12.jpg", "Harbour (final).jpg", "a.pdf"
    text = "\n".join(
        f"[2024-05-04, 10:11:12] Sam: {words}"
        for words in (
            f"sea {MARK}<pièce jointe : {photo}>",
            f"{MARK}{own} (bestand bijgevoegd)\ncaption",
            f"{paper} • {MARK}3 pages {MARK}<attached: {paper}>",
            f"{MARK}<attached: 00000009-PHOTO-gone.jpg>",
            "see you (tomorrow)",
            f"{MARK}image omitted",
            "<Media omitted>",
        )
    )
    got = read(tmp_path, text, photo, own, paper)
    told = [([Path(name).name for name in post.photos], post.caption) for post in posts(got)]
    assert told == [
        ([photo], "sea"),
        ([own], "caption"),
        ([paper], "a.pdf • 3 pages"),
        ([], "see you (tomorrow)"),
    ]
    assert [[t.kind for t in post.facts.texts] for post in posts(got)] == [
        ["caption"], ["caption", "way", "path"], ["caption"], ["caption"],
    ]  # fmt: skip
    assert "left out of this export" in notes(got)


def test_a_notice_of_whatsapp_is_no_file_that_was_left_out(tmp_path: Path) -> None:
    text = "\n".join(
        f"[2024-05-04, 10:11:12] {sender}: {MARK}{words}"
        for sender, words in (
            ("Familie", "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."),
            ("Sam", "You deleted this message."),
            ("Sam", "Missed voice call, Tap to call back"),
        )
    )
    assert "left out" not in notes(read(tmp_path, f"{text}\n[2024-05-04, 10:11:12] Sam: hello"))


def test_a_place_is_shown_and_its_link_is_no_caption(tmp_path: Path) -> None:
    text = f"[2024-05-04, 10:13:00] Sam: {MARK}Standort: https://maps.google.com/?q=12.5,-38.5"
    (post,) = posts(read(tmp_path, text))
    assert [p[:2] for p in post.facts.places] == [(12.5, -38.5)] and post.caption == ""
    assert post.visibility.value == "limited" and post.visibility.evidence


TWO = "[2024-05-04, 10:11:12] Sam: mine <attached: a.jpg>\n[2024-05-04, 10:11:13] Person B: theirs <attached: b.jpg>\n"


def test_a_chat_of_two_is_named_after_the_other(tmp_path: Path) -> None:
    for chat, zip in (
        ("_chat.txt", "WhatsApp Chat - Person B.zip"),
        ("WhatsApp-Chat mit Person B.txt", "chat.zip"),
    ):
        got = read(
            tmp_path, TWO + "[2024-05-04, 10:11:14] Person B: words", "a.jpg", "b.jpg", chat=chat, zip=zip
        )
        assert [(post.caption, post.own) for post in posts(got)] == [("mine", True), ("theirs", False)]
        assert "which of them is you" not in notes(got)


def test_where_it_cannot_be_known_all_counts_as_ones_own_and_that_is_said(tmp_path: Path) -> None:
    for text in (TWO, TWO + "[2024-05-04, 10:11:14] Person C: words"):
        got = read(tmp_path, text, zip="WhatsApp Chat - Sea.zip")
        assert all(post.own for post in posts(got)) and "which of them is you" in notes(got)


def test_no_name_of_anybody_stands_in_an_id(tmp_path: Path) -> None:
    got = read(tmp_path, TWO, chat="WhatsApp Chat with Person B.txt")
    assert len({post.id for post in posts(got)}) == 1
    assert not any("erson" in post.id for post in posts(got))


def test_other_texts_are_no_chat(tmp_path: Path) -> None:
    at = zipped({"_chat.txt": b"Sam: hi", "whatsapp.txt": b"words"}, tmp_path / "a.zip")
    ((_, archive),) = found([at])
    assert archive.name == "folder"


def test_a_date_that_is_none_says_nothing_of_the_others(tmp_path: Path) -> None:
    lines = ("5/13/24, 10:11 - Sam: hi", "13/14/99, 10:12 - Sam: hi")
    assert times(*lines) == ["2024-05-13T10:11:00", ""]
    assert "fit both ways" not in notes(read(tmp_path, "\n".join(lines)))


def test_a_chat_in_which_no_message_is_found_is_said(tmp_path: Path) -> None:
    files = {
        "_chat.txt": b"\xff\xfe\n[2024-05-04, 10:11:12] Sam: hi\n"
    }  # the mark of UTF-16, and UTF-8 behind it
    (said,) = [
        item for item in items([zipped(files, tmp_path / "chat.zip")]) if isinstance(item, Examination)
    ]
    assert said.media == "account data" and "no message" in said.problems[0].message


def test_times_that_cannot_be_told_are_said_to_be_left_out(tmp_path: Path) -> None:
    got = read(tmp_path, "13/05/2024, 10:11 xy - Sam: hi\n13/05/2024, 10:12 - Sam: hi")
    assert [post.posted for post in posts(got)] == ["", "2024-05-13T10:12:00"]
    assert "not understood" in notes(got)


def test_the_word_before_a_place_is_no_caption_in_french(tmp_path: Path) -> None:
    line = "13/05/2024 à 10:11 - Sam: Localisation\u00a0: https://maps.google.com/?q=12.5,-38.5"
    (post,) = posts(read(tmp_path, line))
    assert [place[:2] for place in post.facts.places] == [(12.5, -38.5)] and post.caption == ""
