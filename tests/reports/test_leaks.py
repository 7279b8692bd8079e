"""No masked report, of any kind, holds a value that it should not: every writer is given a life full of canaries."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Context,
    Evidence,
    Examination,
    Examined,
    Fact,
    Identifier,
    Level,
    Person,
    Place,
    Problem,
    Question,
    Secret,
    Text,
    Time,
)
from exposure.plugins import Writer, discover
from exposure.post import ACCOUNT_DATA, Account, Inventory, Link, PostExamination, Visibility
from tests.make.examinations import ARTIST, POSITION, at, broken, examination, finding, heading, home, video
from tests.make.posts import inventory, judged, post

BREAKOUTS = (
    "\"'><script>alert(7)</script><img src=x onerror=alert(7)></style></title>\x1b]52;c;x\x07\u202e\x00\n=1+1"
)

LATITUDE, LONGITUDE = 48.137222, 11.575553
SOUTH, WEST = -33.868817, -70.648273
NAME, OTHER_NAME = "Zebedaeus Quagmyre", "Xanthippe Wolowitz"
SERIALS = ("SNQJ7741209953", "LENSKK8842016637")
DOCUMENT = "8f3c1f0a-77d2-4e19-9b53-c0ffee12d00d"
WORDS = "our flat in the Kirschgasse, second floor, key under the mat"
STREET = "Kirschgasse 77b"

CANARIES = {
    *("48.137", "48,137", "11.575", "11,575", "33.868", "33.869", "70.648", "70,648"),
    *("Zebedaeus", "Quagmyre", "Xanthippe", "Wolowitz"),
    *("SNQJ77", "LENSKK", "774120", "884201"),
    *("8f3c1f0a", "c0ffee", "4e19"),
    *("Kirschgasse", "second floor", "under the mat", "77b"),
}
"""Parts of each value that no masked report may hold; what masks leave (initials, the last four) is not among them."""


def secrets(wrap: str = "") -> tuple[Evidence, ...]:
    """Evidence of every kind that is masked, `wrap` on both sides of each value where a mask takes any text."""
    address = Address(f"XMP:dc:{wrap}title", POSITION.ranges)
    return (
        Evidence(POSITION, f"{LATITUDE}, {LONGITUDE}", Secret.PLACE),
        Evidence(POSITION, f"{SOUTH}, {WEST}", Secret.PLACE),
        Evidence(address, f"{wrap}{STREET}{wrap}", Secret.PLACE),
        Evidence(ARTIST, f"{NAME}{wrap}", Secret.NAME),
        *(Evidence(ARTIST, serial, Secret.SERIAL) for serial in SERIALS),
        Evidence(ARTIST, DOCUMENT, Secret.SERIAL),
        Evidence(ARTIST, f"{wrap}{WORDS}{wrap}", Secret.TEXT),
    )


def facts() -> tuple[Fact, ...]:
    return (
        Place(LATITUDE, LONGITUDE, 4.0, STREET, POSITION),
        Place(SOUTH, WEST, None, None, POSITION, "destination"),
        Place(None, None, None, f"{STREET}{BREAKOUTS}", POSITION, "named"),
        Time("taken", "2024-05-03T18:00:00", "+02:00", at("EXIF:Exif IFD:DateTimeOriginal")),
        *(Identifier("serial", serial, ARTIST) for serial in SERIALS),
        Identifier("document-id", DOCUMENT, ARTIST),
        Person("creator", NAME, ARTIST),
        Person("depicted", f"{OTHER_NAME} {BREAKOUTS}", ARTIST),
        Text("description", WORDS, ARTIST),
        Text("path", f"/Users/{NAME}/{WORDS}{BREAKOUTS}", ARTIST),
    )


def life() -> list[Examination]:
    found = [
        finding(f"rule-{number}", level, each, question=question, confidence=confidence)
        for wrap in ("", BREAKOUTS)
        for number, each in enumerate(secrets(wrap))
        for level, question, confidence in (
            (Level.CRITICAL, Question.WHERE, Confidence.CERTAIN),
            (Level.MEDIUM, Question.WHO, Confidence.FIRM),
            (Level.INFO, Question.HIDDEN, Confidence.TENTATIVE),
        )
    ]
    whole = finding("all-of-it", Level.HIGH, *secrets(), *secrets(BREAKOUTS), question=Question.LINKS)
    photos = [examination(f"trip/{n}.jpg", *found, whole, facts=facts()) for n in range(3)]
    photos.append(examination(f"trip/{BREAKOUTS}.jpg", whole, facts=facts(), examined=Examined.PARTIAL))
    photos.append(
        replace(photos[0], name="trip/odd.jpg", problems=(Problem("APP1", "the EXIF block breaks off"),))
    )
    return [*photos, video("trip/clip.mp4")]


def together() -> list[CollectionFinding]:
    names = ("trip/0.jpg", "trip/1.jpg", f"trip/{BREAKOUTS}.jpg")
    places = (
        Place(LATITUDE, LONGITUDE, 4.0, STREET, POSITION),
        Place(SOUTH, WEST, None, f"{STREET}{BREAKOUTS}", POSITION),
        Place(None, None, None, STREET, POSITION, "named"),
        None,
    )
    return [
        home(rule=rule, level=level, place=place, evidence=names, fix=names, question=question)
        for place in places
        for rule, level in (("likely-home", Level.CRITICAL), ("trips", Level.LOW), ("fix-first", Level.INFO))
        for question in (Question.WHERE, Question.HISTORY)
    ]


ACCOUNT, ADDRESS = "ursulaquantrill", "203.0.113.177"

OF_POSTS = {"ursulaquantrill", "quantrill", "203.0.113", "photos.example"}
"""What only posts hold."""


def posts() -> list[PostExamination]:
    """Whatever a post can say, in an id, a link, evidence and names of people too."""
    shown = [fact for fact in facts() if not isinstance(fact, Identifier)]
    shown += [
        Text("caption", f"{WORDS}\n{BREAKOUTS}", at("X:tweets.js:full_text")),
        Text("alt", WORDS, at("X:tweets.js:alt")),
        Text("keyword", "Kirschgasse", at("X:tweets.js:tags")),
        Person("mentioned", f"@{OTHER_NAME}", at("X:tweets.js:mentions")),
    ]
    stored = [Identifier("ip-address", ADDRESS, ARTIST), Identifier("device-id", DOCUMENT, ARTIST), *facts()]
    found = [
        finding(f"post-rule-{number}", level, each, question=question, command="")
        for number, each in enumerate((*secrets(), *secrets(BREAKOUTS)))
        for level, question in ((Level.CRITICAL, Question.WHERE), (Level.LOW, Question.WHO))
    ]
    link = f"https://photos.example/{ACCOUNT}/1"
    whole = [
        post(
            id,
            *shown,
            stored=stored,
            account=ACCOUNT,
            link=Link(link, tier),
            visibility=Visibility(value, f'{value}="https://photos.example/{ACCOUNT}"'),
            photos=("trip/0.jpg",),
        )
        for id, tier, value in (
            ("51", "exact", "public"),
            (link, "constructed", "followers"),
            (f"{ACCOUNT}_77", "owner-only", "unknown"),
            (BREAKOUTS, "guess", "limited"),
        )
    ]
    actions = ("delete", "setting", "cannot-tell", "leave")
    return [
        judged(each, *found, shown=(finding(),), action=action, is_done=is_done)
        for is_done in (False, True)
        for each, action in zip(whole, actions, strict=True)
    ]


def archives() -> list[Inventory]:
    return [
        inventory(
            unknown=(f"inbox/{ACCOUNT}_1/message_1.json", f"new{BREAKOUTS}.json"), title=f"A{BREAKOUTS}"
        )
    ]


def written(writer: Writer, reveal: bool = False, paths: tuple[str, ...] = ("trip",)) -> str:
    out = io.StringIO()
    accounts = (Account(ACCOUNT, "pseudonymous"),)
    context = Context("survivor")
    writing = writer.begin(out, heading(reveal=reveal, paths=paths, accounts=accounts, context=context))
    for photo in life():
        writing.photo(photo)
    for each in posts():
        writing.post(each)
    writing.photo(replace(broken("export/messages.json", "this list breaks off"), media=ACCOUNT_DATA))
    writing.end(together(), archives())
    return out.getvalue()


def held(report: str, values: set[str]) -> set[str]:
    """Which of these a report holds, whatever way it escapes and wraps text. A hash may spell a short one by chance."""
    report = re.sub(r"\b[0-9a-f]{64}\b", "", report)
    text = unescape(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), report))
    flat = " ".join(text.split()).casefold()
    return {value for value in values if value.casefold() in flat}


each_writer = pytest.mark.parametrize("writer", discover("reports", Writer), ids=lambda w: w.name)


@each_writer
def test_a_masked_report_holds_no_canary(writer: Writer) -> None:
    assert held(written(writer), CANARIES | OF_POSTS) == set()


@each_writer
def test_a_masked_report_names_no_path_but_those_given(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Zebedaeus-pictures"
    (folder / "trip").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for paths in ((".",), ("..",), ("trip",), ("trip", ".")):
        assert held(written(writer, paths=paths), {"Zebedaeus", str(tmp_path), str(Path.home())}) == set()


@each_writer
def test_the_canaries_are_in_it_once_it_is_revealed(writer: Writer) -> None:
    """Otherwise the test above could not fail."""
    least = {"48.137", "11.575"} if writer.name == "geojson" else {"48.137", "11.575", "Zebedaeus", "SNQJ77"}
    if writer.name == "todo":
        least = {"Kirschgasse", "ursulaquantrill", "photos.example"}
    assert least <= held(written(writer, reveal=True), CANARIES | OF_POSTS)


@pytest.mark.parametrize("name", ["terminal", "html", "json", "todo"])
def test_a_revealed_report_holds_what_only_posts_hold(name: str) -> None:
    (writer,) = (writer for writer in discover("reports", Writer) if writer.name == name)
    assert {"ursulaquantrill", "photos.example"} <= held(written(writer, reveal=True), OF_POSTS)


@each_writer
def test_nothing_in_a_report_can_be_obeyed(writer: Writer) -> None:
    for reveal in (False, True):
        report = written(writer, reveal)
        assert not set(report) & set("\x1b\x07\x00\u202e")
        if writer.name == "html":
            assert "<script>alert(7)" not in report and "<img src=x" not in report
