"""The HTML report: one file that asks nobody for anything, in which nothing from a photo is ever markup."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.cli import main
from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Context,
    Depth,
    Device,
    Evidence,
    Examination,
    Examined,
    Level,
    Person,
    Place,
    Question,
    Secret,
    Text,
    Time,
)
from exposure.post import ACCOUNT_DATA, Account, Link
from exposure.reports._html._inert import inert
from exposure.reports._html._page import asset
from exposure.reports._html._rows import Row
from exposure.reports._words import QUESTIONS, title, titles
from exposure.reports.html import HTML
from tests.make.examinations import (
    ARTIST,
    EVERY_FACT,
    POSITION,
    at,
    broken,
    examination,
    finding,
    heading,
    home,
    other,
    video,
)
from tests.make.jpeg import exif, jpeg
from tests.make.pages import CANARIES, many, page, plan
from tests.make.posts import CAPTION, SHOWN, home_words, inventory, judged, post
from tests.make.posts import many as many_posts
from tests.make.tiff import tiff

VOID = {"meta", "link", "br", "img", "input"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "</style></title></textarea><svg onload=alert(1)>",
    "<!--<script>",
    "]]></noscript><iframe src=//example.org>",
    "{{ 7 * 7 }}{% raw %}{{ heading }}",
    "${7*7}`",
    "javascript:alert(1)",
    "&lt;script&gt;&#60;b&#62;",
    "\u202egnp.exe\u2066",
    "line\u2028para\u2029\x00\x1b[31m\ud800\r\n",
    "\\u003cscript\\u003e",
)


class Parsed(HTMLParser):
    """A page as a browser reads it: elements, and the text of each."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[int, list[str]] = {}
        self.open: list[int] = []
        self.wrong: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.elements[self.open[-1]][0] != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            self.texts.setdefault(element, []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def said(self, tag: str, **wanted: str) -> list[str]:
        """The text of every such element."""
        return [
            " ".join(" ".join(self.texts.get(n, [])).split())
            for n, (name, attributes) in enumerate(self.elements)
            if name == tag and wanted.items() <= attributes.items()
        ]

    def data(self, id: str) -> Any:
        (text,) = self.said("script", id=id)
        return json.loads(text, parse_constant=pytest.fail)

    def rows(self) -> list[Row]:
        return [Row(*row) for row in self.data("rows")]


FULL = (
    examination("trip/a.jpg", finding(), finding("owner-name", Level.MEDIUM, Evidence(ARTIST, "Anna Schmidt", Secret.NAME), question=Question.WHO), facts=EVERY_FACT),
    examination("trip/b.jpg", finding("camera-model", Level.LOW, Evidence(ARTIST, "Shutter 9"), question=Question.LINKS, confidence=Confidence.FIRM), facts=EVERY_FACT[:3]),
    examination("trip/plain.png", format="PNG", examined=Examined.BOUNDED),
    broken("trip/broken.jpg", "the EXIF block breaks off"),
    video("trip/clip.mp4"),
    other("trip/letter.pdf"),
)  # fmt: skip
TOGETHER = (
    plan(evidence=("trip/a.jpg",), fix=("trip/a.jpg", "trip/b.jpg")),
    home(
        rule="same-device",
        level=Level.MEDIUM,
        question=Question.LINKS,
        place=None,
        evidence=("trip/a.jpg",),
        fix=(),
        after="",
    ),
    home(evidence=("trip/a.jpg", "trip/b.jpg"), fix=("trip/a.jpg",), photos=2),
)


def parsed(**options: Any) -> Parsed:
    return Parsed(page(FULL, TOGETHER, **options))


POSTS = (
    judged(post("51", *SHOWN), home_words(Level.CRITICAL), shown=(finding(),), action="setting"),
    judged(post("52", Text("caption", "At sea", CAPTION), link=Link()), home_words(Level.MEDIUM)),
    judged(post("53"), is_done=True),
)


class TestPosts:
    def test_every_element_is_closed_and_every_id_is_there_once(self) -> None:
        for reveal in (False, True):
            found = Parsed(page(FULL, TOGETHER, posts=POSTS, archives=[inventory()], reveal=reveal))
            assert found.wrong == [] and found.open == []
            ids = Counter(a["id"] for _, a in found.elements if "id" in a)
            assert {id: n for id, n in ids.items() if n > 1} == {}

    def test_the_first_are_there_without_scripts_in_their_order(self) -> None:
        found = Parsed(page(FULL, posts=reversed(POSTS)))
        first, second = found.said("article", **{"class": "answer post"})
        assert "critical Flickr, 2024-05-04: a caption of 26 characters (masked)" in first
        assert 'Who can see it: everybody (privacy="public")' in first
        assert (
            "What to do, the gentlest first Take the place off the page of the photo. Delete the post."
            in first
        )
        assert [said for said in found.said("li") if "saved stay" in said] == [
            "Copies that others saved stay."
        ]
        assert "exposure done flickr:51" in first and "it stands in the archive" in first
        assert "the archive has none" in second

    def test_counts_are_told(self) -> None:
        found = Parsed(page(FULL, posts=POSTS))
        (section,) = found.said("section", id="posts")
        assert "3 posts: 2 to see to and 1 ticked off." in section
        assert "exposure looked at 4 photos and 3 posts" in found.said("header")[0]

    def test_a_link_is_in_the_page_only_when_values_are(self) -> None:
        masked, full = (page(FULL, posts=POSTS, reveal=reveal) for reveal in (False, True))
        assert "flickr.com" not in masked and "annaschmidt" not in masked.replace("inbox", "")
        links = [a for a in Parsed(full).all("a") if a["href"].startswith("https:")]
        assert links and all(a["rel"] == "noreferrer noopener" for a in links)
        assert "its only links to outside" in full and "it holds no link to outside" in masked
        assert not [m for m in Parsed(full).all("link") if m["rel"] != "icon"]
        assert {"http-equiv": "x-dns-prefetch-control", "content": "off"} in Parsed(full).all("meta")

    def test_what_each_archive_gave(self) -> None:
        found = Parsed(page([], posts=POSTS, archives=[inventory()]))
        (section,) = found.said("section", id="archives")
        for words in (
            "Flickr, in flickr.zip",
            "Posts 12, 1 of them by somebody else",
            "Links to posts 10 from the archive itself; 2 without a link",
            "Not understood 3 files: message_1.json (2) and new_thing.json",
            "Part 2 of 3 is missing: ask for it again.",
        ):
            assert words in section

    def test_what_posts_give_away_answers_the_questions(self) -> None:
        found = Parsed(page([], posts=POSTS))
        (where,) = found.said("section", id="where")
        assert "in 1 post" in where and "flickr:51" in where
        assert "looked at 3 posts" in found.said("header")[0]

    def test_a_list_that_could_not_be_read_is_said_and_is_no_photo(self) -> None:
        found = Parsed(page([examination("a/photo_1.json", media=ACCOUNT_DATA, examined=Examined.NONE)]))
        assert found.rows() == []
        assert "1 list of your archives could not be read" in found.said("header")[0]

    def test_the_rows_know_their_columns(self) -> None:
        found = Parsed(page([], posts=many_posts(30), reveal=True))
        rows, known = found.data("post-rows"), found.data("shared")["posts"]
        assert len(rows) == 30 and {len(row) for row in rows} == {len(known["columns"])}
        assert known["columns"][:3] == ["name", "mark", "group"]


class TestOneFile:
    def test_every_element_is_closed_and_every_id_is_there_once(self) -> None:
        for reveal in (False, True):
            found = parsed(reveal=reveal)
            assert found.wrong == [] and found.open == []
            ids = Counter(a["id"] for _, a in found.elements if "id" in a)
            assert {id: n for id, n in ids.items() if n > 1} == {}
            wanted = {
                id
                for _, a in found.elements
                for name in ("aria-labelledby", "for", "aria-controls")
                for id in a.get(name, "").split()
            }
            assert wanted <= set(ids)

    def test_nothing_in_it_points_out_of_it(self) -> None:
        source = page(FULL, TOGETHER, reveal=True)
        assert "//" not in re.sub(r"//[^\n]*\n", "\n", asset("page.js")) and "url(" not in asset("page.css")
        for tag, attributes in Parsed(source).elements:
            for name in ("src", "href", "action", "data", "srcset", "poster", "formaction", "xlink:href"):
                assert attributes.get(name, "#")[:1] == "#" or attributes[name] == "data:,", (tag, attributes)
        assert "http" not in source.replace("http-equiv", "")

    def test_the_policy_allows_this_style_and_this_script_and_nothing_else(self) -> None:
        found = parsed()
        (policy,) = (
            m["content"] for m in found.all("meta") if m.get("http-equiv") == "Content-Security-Policy"
        )
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert rules["img-src"] == "data:" and rules["require-trusted-types-for"] == "'script'"
        source = page(FULL, TOGETHER, posts=[judged()])
        (style,) = re.findall(r"<style>(.*?)</style>", source, re.S)
        scripts = re.findall(r"<script>(.*?)</script>", source, re.S)
        assert len(scripts) == 2
        for texts, rule in (([style], "style-src"), (scripts, "script-src")):
            digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
            assert rules[rule] == " ".join(f"'sha256-{digest}'" for digest in digests)
        assert not [a for _, a in found.elements if "style" in a or any(name.startswith("on") for name in a)]

    def test_the_policy_stands_before_anything_that_it_forbids(self) -> None:
        names = [name for name, _ in parsed().elements]
        assert names[:5] == ["html", "head", "meta", "meta", "meta"]

    def test_it_is_ascii_whatever_the_photos_say(self) -> None:
        source = page([examination("caf\u00e9/\u5bb6.jpg", facts=EVERY_FACT)], reveal=True)
        assert source.isascii()
        assert Parsed(source).rows()[0].name == "caf\u00e9/\u5bb6.jpg"
        assert asset("page.js").isascii() and asset("page.css").isascii()

    def test_photos_are_written_as_they_come(self) -> None:
        out, sizes = io.StringIO(), []
        writing = HTML.begin(out, heading())
        for photo in many(20):
            writing.photo(photo)
            sizes.append(out.tell())
        assert sizes == sorted(set(sizes))
        before = out.getvalue()
        writing.end(())
        assert out.getvalue().startswith(before)

    def test_no_photos_at_all(self) -> None:
        found = Parsed(page([other()]))
        assert "no photos that it can read" in found.said("header")[0]
        assert found.rows() == [] and found.wrong == []

    def test_nothing_could_be_read(self) -> None:
        found = Parsed(page([broken("a.jpg", "the file is empty", Examined.NONE), video()]))
        (short,) = found.said("section", id="short")
        assert short.count("Not known: nothing could be read.") == 5 and "Nothing was found" not in short


class TestAnswers:
    def test_the_plan_comes_first_then_the_five_questions_in_order(self) -> None:
        found = parsed()
        assert found.said("h1") == ["What your photos give away"]
        headings = found.said("h2")
        assert headings[:7] == ["What to do first", "In short", *QUESTIONS.values()]
        assert found.said("dt")[:5] == list(QUESTIONS.values())

    def test_what_no_plan_holds_is_among_what_to_do_first(self) -> None:
        grave = examination("b.jpg", finding("grave-rule", Level.CRITICAL))
        linked = home(rule="linked-accounts", fix=(), after="take it down in one of the two")
        (first,) = Parsed(page([*FULL, grave], [plan(fix=("trip/a.jpg",)), linked])).said(
            "section", id="first"
        )
        assert "Accounts that belong together: Take it down in one of the two." in first
        assert first.endswith("exposure clean b.jpg --to clean-copies")
        (first,) = Parsed(page([*FULL, grave])).said("section", id="first")
        assert "Share clean copies instead of these files:" in first

    def test_headings_go_down_one_step_at_a_time(self) -> None:
        steps = [int(tag[1]) for tag, _ in parsed().elements if re.fullmatch("h[1-6]", tag)]
        assert steps[0] == 1 and steps.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(steps))

    def test_an_inference_says_how_sure_it_is_why_how_it_could_be_wrong_and_what_helps(self) -> None:
        (first, *_) = parsed().said("article")
        for words in (
            f"critical {title('likely-home', titles())} (likely)",
            "from 2 photos",
            "A stranger would guess that this is where you live.",
            "Why a stranger would think so 12 visits on 9 nights.",
            "It could be wrong if you stayed with friends.",
            "Photos that say so trip/a.jpg trip/b.jpg",
            "What to do: Share clean copies of this photo.",
            "exposure clean trip/a.jpg --to clean-copies",
            "After that: No place stands out.",
        ):
            assert words in first
        assert "%" not in first

    def test_one_photo_is_not_called_photos(self) -> None:
        buttons = parsed().said("button")
        assert "Show this photo in the list" in buttons and "Show these photos in the list" in buttons
        alone = Parsed(page(FULL, [home(evidence=("trip/a.jpg",), photos=1)])).said("summary")
        assert "The photo that says so" in alone and "Photos that say so" not in alone

    def test_the_short_answer_is_the_worst_that_was_found(self) -> None:
        answers = parsed().said("dd")[:5]
        assert answers[0].startswith("critical (likely) A stranger would guess that this is where you live.")
        assert "And 1 other thing" in answers[0]
        assert answers[4] == "Nothing was found in what could be read."

    def test_a_tentative_finding_is_called_possible(self) -> None:
        unsure = home(level=Level.HIGH, confidence=Confidence.TENTATIVE)
        assert "(possible)" in Parsed(page(FULL, [unsure])).said("article")[0]

    def test_a_rule_says_in_how_many_photos_and_why_its_level_moved(self) -> None:
        moved = finding(reason="lowered from high: only friends see it")
        found = Parsed(page([examination(f"{n}.jpg", moved) for n in range(5)]))
        (article,) = found.said("article")
        assert "in all 5 photos" in article and "Lowered from high: only friends see it." in article
        assert "and 2 more" in article and "48.1, 11.6 (masked)" in article

    def test_buttons_know_the_rows_that_they_show(self) -> None:
        found = parsed()
        sets = found.data("shared")["sets"]
        shown = {a["data-set"] for a in found.all("button") if "data-set" in a}
        assert [0, 1] in sets and shown <= {str(n) for n in range(len(sets))} and shown
        rules = {a["data-rule"] for a in found.all("button") if "data-rule" in a}
        assert "gps-position" in rules

    def test_every_photo_that_is_named_leads_to_its_row(self) -> None:
        found = Parsed(page(many(30)))
        links = [a for a in found.all("a") if "data-photo" in a]
        names = [found.rows()[int(a["data-photo"])].name for a in links]
        assert names == found.said("a", href="#photos")[1:] and len(names) == 12

    def test_it_ends_with_what_it_cannot_see_and_what_to_do(self) -> None:
        found = parsed()
        assert found.said("h2")[-4:] == [
            "Could not be examined",
            "What exposure cannot see",
            "How to get clean copies",
            "What to do next",
        ]
        assert "No findings does not mean safe." in found.said("main")[0]
        assert "exposure clean" in found.said("main")[0]

    def test_what_was_not_read_is_said_at_the_top(self) -> None:
        (top,) = parsed().said("header")
        assert "1 file could not be examined at all" in top
        assert "1 photo could be examined only in part" in top

    def test_a_report_on_copies_says_so(self) -> None:
        assert "what their clean copies would tell" in parsed(after=True).said("header")[0]

    def test_somebody_in_danger_is_told_to_take_care_before_anything_else(self) -> None:
        found = Parsed(page(FULL, context=Context(profile="survivor")))
        assert "Talk to a support service first" in found.said("header")[0]

    @pytest.mark.parametrize("depth", [None, Depth.DEEP])
    def test_pictures_that_were_not_searched_are_counted(self, depth: Depth | None) -> None:
        assert "In 1 photo" in parsed(depth=depth).said("header")[0]


class TestMasking:
    def test_a_page_that_can_be_switched_begins_without_the_names_of_accounts(self) -> None:
        accounts = (Account("moonflower", "pseudonymous"),)
        (header,) = parsed(reveal=True, accounts=accounts).said("header")
        assert "Accounts: M. (masked), not under your real name." in header and "moonflower" not in header

    def test_a_masked_page_holds_no_value(self) -> None:
        source = page(FULL, TOGETHER)
        assert [canary for canary in (*CANARIES, "Munich 1", "11.575500") if canary in source] == []
        assert 'id="reveal"' not in source and "figure class" not in source
        assert all(len(value) <= 4 for row in Parsed(source).rows() for value in row.fields)

    def test_a_revealed_page_holds_both_and_shows_the_masked_first(self) -> None:
        found = parsed(reveal=True)
        assert found.all("html")[0].get("class", "") == ""
        (button,) = (a for a in found.all("button") if a.get("id") == "reveal")
        assert button["aria-pressed"] == "false"
        (row, *_) = found.rows()
        words = found.data("shared")["words"]
        assert [(words[f[2]], *f[3:]) for f in row.fields if words[f[0]] == "creator"] == [
            ("A. S.", 1, "Anna Schmidt")
        ]
        assert "Munich, in Munich, Germany (within 90 m of 48.137222, 11.575500)" in " ".join(
            found.said("span", **{"class": "full"})
        )
        assert len(found.said("figure", **{"class": "local full"})) == 1

    def test_what_is_masked_says_so(self) -> None:
        found = parsed()
        words = found.data("shared")["words"]
        masked = {words[f[0]]: words[f[2]] for row in found.rows() for f in row.fields if f[3:] == [1]}
        assert masked == {
            "place (position)": "48.1, 11.6, a name of 13 characters, to within 5 m",
            "creator": "A. S.",
            "description": "26 characters",
            "serial": "\u20262345",
        }

    def test_maps_know_areas_only(self) -> None:
        for reveal in (False, True):
            source = page(many(50), reveal=reveal)
            (closer,) = re.findall(r'<svg class="closer".*?</svg>', source, re.S)
            squares = re.findall(r'<rect class="square" x="([\d.]+)" y="([\d.]+)"', closer)
            assert squares
            assert all(float(y) * 10 % 10 == 5 for _, y in squares), "rows of squares lie 0.1 degree apart"
        assert re.findall(r'<svg class="closer".*?</svg>', page(many(50)), re.S)[0] == closer

    def test_people_in_the_drawing_are_masked(self) -> None:
        named = examination("a.jpg", facts=(*EVERY_FACT, Person("depicted", "Zoe Quagmyre", ARTIST)))
        (links,) = Parsed(page([named])).said("section", id="links-between")
        assert "Z. Q." in links and "Acme Shutter 9" in links and "Quagmyre" not in links
        assert "Zoe Quagmyre" in Parsed(page([named], reveal=True)).said("section", id="links-between")[0]


def test_a_plan_of_more_photos_than_a_command_can_name_says_that_it_cleans_all() -> None:
    wider = "This one makes a clean copy of every photo:"
    few, many = ([home(fix=tuple(f"trip/{n}.jpg" for n in range(photos)))] for photos in (3, 300))
    assert wider not in page(FULL, few) and "This command makes them:" in page(FULL, few)
    assert wider in page(FULL, many)


class TestHostile:
    @pytest.mark.parametrize("reveal", [False, True])
    def test_text_from_a_photo_is_never_markup(self, reveal: bool) -> None:
        harmless = elements(Parsed(hostile(["harmless"], reveal)))
        for words in HOSTILE:
            found = Parsed(hostile([words], reveal))
            assert elements(found) == harmless, words
            assert found.wrong == [] and found.open == []
            assert {name for _, a in found.elements for name in a} <= NAMES, words

    @pytest.mark.parametrize("reveal", [False, True])
    def test_nothing_invisible_is_left(self, reveal: bool) -> None:
        source = hostile(["".join(HOSTILE)], reveal)
        assert source.isascii() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", source)
        shown = " ".join(Parsed(source).said("body")) + json.dumps(
            Parsed(source).data("rows"), ensure_ascii=False
        )
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800\x1b]", shown)

    def test_templates_are_not_run(self) -> None:
        source = hostile(["{{ 7 * 7191 }}"], True)
        assert "50337" not in source and "{{ 7 * 7191 }}" in Parsed(source).said("body")[0]

    @settings(max_examples=200, deadline=None)
    @given(st.recursive(st.text() | st.integers() | st.booleans(), st.lists, max_leaves=20))
    def test_data_is_inert_and_comes_back(self, data: object) -> None:
        text = inert(data)
        assert text.isascii() and not set("<>&") & set(text)
        assert json.loads(text) == data

    def test_numbers_that_are_none_do_not_break_it(self) -> None:
        odd = (
            Place(float("nan"), float("inf"), float("inf"), None, POSITION),
            Place(1e300, -1e300, None, None, POSITION),
            Place(95.0, 400.0, None, None, POSITION),
            Place(90.0, 180.0, None, None, POSITION),
            Time("taken", "9999-99-99T99:99:99", "+99:99", ARTIST),
        )
        found = Parsed(page([examination("a.jpg", facts=odd)], [home(place=odd[1])], reveal=True))
        assert found.wrong == [] and len(found.rows()) == 1

    def test_a_photo_with_countless_values_stays_small(self) -> None:
        texts = tuple(Text("keyword", f"word {n} " + "x" * 10_000, ARTIST) for n in range(5_000))
        source = page([examination("a.jpg", facts=texts)], reveal=True)
        assert len(source) < 200_000
        assert Parsed(source).rows()[0].more == 4_960


def hostile(each: Iterable[str], reveal: bool) -> str:
    """A report in which all that can be text is this, in photos of their own."""
    photos: list[Examination] = []
    together: list[CollectionFinding] = []
    for words in each:
        photos += _hostile_photos(words)
        together.append(_hostile_finding(words))
    return page(photos, together, reveal=reveal, paths=tuple(each))


def _hostile_photos(words: str) -> list[Examination]:
    address = Address(words)
    found = finding(
        words,
        Level.HIGH,
        Evidence(address, words),
        message=words,
        remedy=words,
        reason=words,
        command="clean",
    )
    secret = finding("b", Level.LOW, Evidence(address, words, Secret.TEXT), question=Question.WHO)
    facts = (
        Place(1.0, 2.0, None, words, address),
        Device(words, words, address),
        Person(words, words, address),
        Person("depicted", words, address),
        Text(words, words, address),
        Time("taken", "2024-05-03T18:00:00", words, address),
    )
    photo = examination(words, found, secret, facts=facts, format=words)
    return [photo, broken(words, words), video(words, words)]


def _hostile_finding(words: str) -> CollectionFinding:
    return home(
        message=words,
        why=(words,),
        could_be_wrong_if=(words,),
        evidence=(words,),
        fix=(words,),
        after=words,
        place=Place(1.0, 2.0, None, words, Address(words)),
    )


def elements(found: Parsed) -> Counter[str]:
    """How many there are of each, but for those that only say that a value is masked."""
    return Counter(tag for tag, _ in found.elements if tag not in ("span", "small"))


NAMES = {name for _, a in Parsed(hostile(["harmless"], True)).elements for name in a}


class TestList:
    def test_a_row_holds_what_the_list_shows(self) -> None:
        found = parsed()
        rows, shared = found.rows(), found.data("shared")
        assert shared["columns"] == list(Row._fields)
        first = rows[0]
        assert (first.name, first.taken, first.offset) == ("trip/a.jpg", "2024-05-03 18:00:00", "+02:00")
        assert shared["areas"][first.area] == "in Munich, Germany (48.1, 11.6)"
        assert shared["words"][first.camera] == "Acme Shutter 9"
        assert first.command == "exposure clean trip/a.jpg --to clean-copies"
        assert [f[1] for f in first.findings] == [Level.HIGH, Level.MEDIUM]
        assert [row.name for row in rows] == [photo.name for photo in FULL[:5]]

    def test_a_clock_without_a_zone_says_so(self) -> None:
        bare = (Time("taken", "2024-05-03T18:00:00", None, ARTIST),)
        found = Parsed(page([examination("a.jpg", facts=bare)]))
        assert found.rows()[0].offset == ""
        assert "2024-05-03 18:00 time zone not given" in found.said("tr")[-1]
        assert "For 1 of 1 photo: time zone not given." in found.said("section", id="time")[0]

    def test_without_scripts_the_worst_photos_are_listed(self) -> None:
        photos = [examination(f"{n}.jpg", finding("x", Level.LOW)) for n in range(200)]
        photos[150] = examination("worst.jpg", finding("y", Level.CRITICAL))
        found = Parsed(page(photos))
        listed = found.said("tbody")[-1]
        assert listed.startswith("worst.jpg") and "0.jpg" in listed and "199.jpg" not in listed
        assert "The 50 photos that give away most, of 200." in found.said("p", id="status")

    def test_what_was_not_read_is_never_called_free_of_findings(self) -> None:
        rows = Parsed(page(FULL)).said("tr")
        (part,) = (row for row in rows if row.startswith("trip/broken.jpg"))
        (clip,) = (row for row in rows if row.startswith("trip/clip.mp4"))
        assert "read in part" in part and "not read" in clip

    def test_thumbnails_are_in_the_rows_and_only_when_there_are_any(self) -> None:
        shown = replace(FULL[0], thumbnail=b"RIFF....WEBP")
        rows = Parsed(page([shown, FULL[1]])).rows()
        assert base64.b64decode(rows[0].thumbnail) == b"RIFF....WEBP" and rows[1].thumbnail == ""

    def test_twenty_thousand_photos_fit(self) -> None:
        """A tenth of them; the whole is measured in a browser."""
        assert len(page(many(2_000), reveal=True)) < 60_000_000 / 10


class TestDrawings:
    def test_areas_are_told_in_words(self) -> None:
        (map_,) = parsed().said("section", id="map")
        assert "in Munich, Germany 2" in map_ and "Known for 2 photos." in map_

    def test_the_list_and_the_map_agree_on_areas(self) -> None:
        halves = [(48.05, 11.55), (48.15, 11.65), (-33.85, -70.65), (0.05, -0.05), (-0.04, 0.04)]
        photos = [
            examination(f"{n}.jpg", facts=(Place(*half, None, None, POSITION),))
            for n, half in enumerate(halves)
        ]
        found = Parsed(page(photos))
        areas = found.data("shared")["areas"]
        assert len(areas) == 5 and all("(" in area for area in areas), (
            "each is counted on the map too, and named"
        )
        assert areas[-1].endswith("(0.0, 0.0)")

    def test_no_position_no_time_nobody(self) -> None:
        found = Parsed(page([examination("a.jpg")]))
        assert "No photo says where" in found.said("section", id="map")[0]
        assert "No photo says when" in found.said("section", id="time")[0]
        assert "nobody is named" in found.said("section", id="links-between")[0]

    @pytest.mark.parametrize(
        ("days", "unit"),
        [
            (("2024-05-01", "2024-05-20"), "day"),
            (("2020-01-31", "2024-05-20"), "month"),
            (("2001-05-01", "2024-05-20"), "year"),
        ],
    )
    def test_the_timeline_counts_by(self, days: tuple[str, ...], unit: str) -> None:
        facts = [(Time("taken", f"{day}T18:30:00", "+02:00", ARTIST),) for day in days]
        found = Parsed(page([examination(f"{n}.jpg", facts=f) for n, f in enumerate(facts)]))
        (time,) = found.said("section", id="time")
        assert f"Photos by {unit}, from {days[0]} to {days[1]}." in time
        assert len([a for a in found.all("rect") if a.get("class") == "bar"]) == 2

    def test_the_week_counts_local_hours(self) -> None:
        facts = (Time("taken", "2024-05-03T18:30:00", "+02:00", ARTIST),)  # a Friday
        found = Parsed(page([examination(f"{n}.jpg", facts=facts) for n in range(7)]))
        (friday,) = (row for row in found.said("tr") if row.startswith("Fr"))
        assert friday == "Fr 7" and found.said("td", **{"class": "shade5"}) == ["7"]

    def test_hours_without_photos_are_told_as_a_guess(self) -> None:
        facts = [
            (Time("taken", f"2024-05-{n % 28 + 1:02}T{9 + n % 14:02}:30:00", "+02:00", at("x")),)
            for n in range(60)
        ]
        found = Parsed(page([examination(f"{n}.jpg", facts=f) for n, f in enumerate(facts)]))
        assert "No photo was taken from 23:00 to 09:00: a stranger would guess" in found.said("body")[0]

    def test_every_drawing_has_a_name(self) -> None:
        drawings = parsed(reveal=True).all("svg")
        assert len(drawings) == 5
        assert all(a["role"] == "img" and len(a["aria-label"]) > 20 for a in drawings)


class TestCommand:
    @pytest.fixture
    def photo(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        (tmp_path / "beach.jpg").write_bytes(jpeg(exif(tiff(Make="Acme", position=(51.5, -0.1)))))
        monkeypatch.chdir(tmp_path)
        return "beach.jpg"

    def test_a_page_goes_into_a_file_of_its_own(self, photo: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["scan", photo, "--format", "html"]) == 1
        told = capsys.readouterr()
        assert told.out == "" and "exposure-report.html and can be opened in a browser" in told.err
        report = Path("exposure-report.html")
        assert Parsed(report.read_text("ascii")).rows()[0].name == photo
        if sys.platform != "win32":
            assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert main(["scan", photo, "--format", "html"]) == 1  # and replaces it

    def test_it_can_be_sent_on(self, photo: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["scan", photo, "--format", "html", "-o", "-"]) == 1
        assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
        assert sorted(p.name for p in Path().iterdir()) == [photo]

    def test_thumbnails_are_drawn_when_asked_for(self, photo: str) -> None:
        main(["scan", photo, "--format", "html", "-o", "a.html"])
        for way in (("b.html",), ("c.html", "--after-clean")):
            main(["scan", photo, "--format", "html", "--thumbnails", "-o", *way])
        without, drawn, clean = (
            Parsed(Path(name).read_text("ascii")).rows()[0].thumbnail
            for name in ("a.html", "b.html", "c.html")
        )
        assert without == "" and drawn == clean and base64.b64decode(drawn)[8:12] == b"WEBP"

    def test_only_a_page_shows_thumbnails(self, photo: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["scan", photo, "--thumbnails"]) == 2
        assert "needs --format html" in capsys.readouterr().err
