"""The HTML report in a real browser: it asks nobody for anything, breaks no rule of its own, and can be worked with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from exposure.model import Evidence, Level, Question, Secret
from tests import chromium
from tests.make.examinations import ARTIST, examination, finding, home
from tests.make.pages import many, page, plan
from tests.reports.test_html import FULL, HOSTILE, TOGETHER, hostile

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(
        chromium.installed() is None, reason="Chromium is not installed: no page was opened in a browser"
    ),
]

NUMBER = 20_000
SECONDS, BYTES = 3.0, 60_000_000
AXE = os.environ.get("EXPOSURE_AXE", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.installed(), args=["--no-sandbox"])
        yield found
        found.close()


@dataclass(slots=True)
class Shown:
    """A page in the browser, and everything that it did besides."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What stood on the console, errors, violations of the policy, dialogs."""


@contextmanager
def shown(browser: Browser, file: Path, **options: Any) -> Iterator[Shown]:
    """The page opened; when it is left, it has asked for nothing but itself, and nothing went wrong."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    opened = Shown(context.new_page())
    context.on("request", lambda request: opened.requests.append(request.url))
    context.on("console", lambda message: opened.complaints.append(message.text))
    context.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.log(e.violatedDirective, e.blockedURI))"
    )
    opened.page.goto(file.as_uri())
    yield opened
    assert opened.complaints == [] and opened.requests == [file.as_uri()]
    context.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages to open."""
    folder = tmp_path_factory.mktemp("pages")
    photos = [*FULL, *many(120)]
    (folder / "masked.html").write_text(page(photos, TOGETHER), "ascii")
    (folder / "revealed.html").write_text(page(photos, TOGETHER, reveal=True), "ascii")
    return folder


def status(opened: Shown) -> Locator:
    return opened.page.get_by_role("status")


def rows(opened: Shown) -> list[str]:
    return opened.page.locator("#list tbody th[scope=row]").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["masked.html", "revealed.html"])
def test_a_page_asks_for_nothing_and_fits(
    name: str, width: int, scheme: str, files: Path, browser: Browser
) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with shown(browser, files / name, **options) as opened:
        expect(status(opened)).to_have_text("Showing 1 to 50 of 125 photos")
        for button in opened.page.locator("#list button.photo").all()[:3]:
            button.click()
        opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        dark = opened.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark is (scheme == "dark")


def test_whatever_tried_to_ask_would_be_refused(files: Path, browser: Browser) -> None:
    """So that the tests above can fail: the policy is in force, and what it forbids is noticed."""
    context = browser.new_context()
    opened = context.new_page()
    answered: list[str] = []
    refused: list[str | None] = []
    context.on("response", lambda response: answered.append(response.url))
    context.on("requestfailed", lambda request: refused.append(request.failure))
    opened.goto((files / "masked.html").as_uri())
    told = opened.evaluate(
        """() => new Promise(done => {
            const told = [];
            document.addEventListener('securitypolicyviolation', event => {
                told.push(event.violatedDirective);
                if (told.length === 3) done(told.sort());
            });
            fetch('https://example.org/').catch(() => {});
            document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}));
            try { document.body.innerHTML = '<p>'; } catch { /* Trusted Types */ }
        })"""
    )
    assert told == ["connect-src", "img-src", "require-trusted-types-for"]
    assert len(answered) == 1 and set(refused) <= {"csp"}
    context.close()


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, browser: Browser) -> None:
    file = tmp_path / "page.html"
    file.write_text(hostile(HOSTILE, True), "ascii")
    with shown(browser, file) as opened:
        opened.page.get_by_role("button", name="Show values in full").click()
        for button in opened.page.locator("#list button.photo").all():
            button.click()
        opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        expect(opened.page.locator("iframe, object, embed, img[src='x']")).to_have_count(0)
        expect(opened.page.locator("script")).to_have_count(3)
        expect(opened.page.locator("[onerror], [onload], [onmouseover]")).to_have_count(0)
        for words in HOSTILE[:10]:
            assert words in opened.page.locator("#list").inner_text()
            opened.page.get_by_label("Search").fill(words)
            expect(status(opened)).to_contain_text("in all")
            opened.page.get_by_label("Search").fill("")
            expect(status(opened)).not_to_contain_text("in all")


class TestList:
    def test_filters_say_how_many_are_left(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            opened.page.get_by_label("Search").fill("TRIP/ a.jpg")
            expect(status(opened)).to_have_text("Showing 1 to 1 of 1 photo; 125 photos in all")
            assert rows(opened) == ["trip/a.jpg"]
            opened.page.get_by_label("Search").fill("no such photo")
            expect(status(opened)).to_have_text("No photo is like that; 125 photos in all")
            opened.page.get_by_role("button", name="Show all photos").click()
            expect(status(opened)).to_have_text("Showing 1 to 50 of 125 photos")
            opened.page.get_by_label("At least").select_option("low")
            expect(status(opened)).to_have_text("Showing 1 to 50 of 122 photos; 125 photos in all")
            opened.page.get_by_label("At least").select_option("critical")
            expect(status(opened)).to_contain_text("No photo is like that")

    def test_a_rule_and_a_level_must_be_met_by_one_finding(self, tmp_path: Path, browser: Browser) -> None:
        owner = finding("owner-name", Level.LOW, Evidence(ARTIST, "Anna", Secret.NAME), question=Question.WHO)
        file = tmp_path / "page.html"
        file.write_text(
            page([examination("a.jpg", finding(), owner), examination("b.jpg", finding())]), "ascii"
        )
        with shown(browser, file) as opened:
            opened.page.get_by_label("Found", exact=True).select_option("owner-name")
            expect(status(opened)).to_have_text("Showing 1 to 1 of 1 photo; 2 photos in all")
            opened.page.get_by_label("At least").select_option("high")
            expect(status(opened)).to_contain_text("No photo is like that")

    def test_columns_sort_both_ways(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            head = opened.page.locator("th[data-sort=name]")
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", "ascending")
            first = rows(opened)
            assert first == sorted(first) and first[0].startswith("photos/2018/PXL_20180101")
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", "descending")
            assert rows(opened)[:2] == ["trip/plain.png", "trip/clip.mp4"]
            assert opened.page.locator("th[aria-sort]").count() == 1

    def test_what_does_not_say_when_comes_last_whichever_way(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            button = opened.page.locator("th[data-sort=taken] button")
            for _ in range(2):
                button.click()
                opened.page.get_by_role("button", name="Later").click()
                opened.page.get_by_role("button", name="Later").click()
                assert set(rows(opened)[-3:]) == {"trip/plain.png", "trip/broken.jpg", "trip/clip.mp4"}

    def test_the_worst_come_first(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            expect(opened.page.locator("th[data-sort=worst]")).to_have_attribute("aria-sort", "descending")
            opened.page.locator("th[data-sort=worst] button").click()
            assert rows(opened)[0] == "trip/plain.png"
            assert set(rows(opened)[1:3]) == {"trip/broken.jpg", "trip/clip.mp4"}

    def test_pages_turn(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            earlier, later = (opened.page.get_by_role("button", name=name) for name in ("Earlier", "Later"))
            expect(earlier).to_be_disabled()
            later.click()
            expect(status(opened)).to_have_text("Showing 51 to 100 of 125 photos")
            expect(status(opened)).to_be_focused()
            later.click()
            expect(later).to_be_disabled()
            assert len(rows(opened)) == 25

    def test_a_finding_shows_its_photos(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            opened.page.get_by_role("button", name="Show these 2 photos in the list").click()
            expect(status(opened)).to_have_text("Showing 1 to 2 of 2 photos; 125 photos in all")
            expect(status(opened)).to_be_focused()
            assert sorted(rows(opened)) == ["trip/a.jpg", "trip/b.jpg"]
            opened.page.locator("#who .answer button[data-rule]").first.click()
            expect(opened.page.get_by_label("Found", exact=True)).to_have_value("owner-name")
            expect(status(opened)).to_contain_text("of 121 photos")

    def test_a_photo_that_is_named_opens_in_the_list(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            opened.page.locator("a[data-photo]", has_text="trip/b.jpg").first.click()
            assert rows(opened) == ["trip/b.jpg"]
            more = opened.page.locator("tr.more")
            expect(more).to_contain_text("exposure clean trip/b.jpg --to clean-copies")
            expect(more).to_contain_text("2024-05-03T18:00:00 (+02:00)")
            expect(more).to_contain_text("48.1, 11.6, a name of 13 characters, to within 5 m (masked)")

    def test_thumbnails_are_shown(self, tmp_path: Path, browser: Browser) -> None:
        from dataclasses import replace
        from io import BytesIO

        from PIL import Image

        out = BytesIO()
        Image.new("RGB", (96, 64), (200, 30, 30)).save(out, "WEBP")
        file = tmp_path / "page.html"
        file.write_text(page([replace(FULL[0], thumbnail=out.getvalue())]), "ascii")
        with shown(browser, file) as opened:
            picture = opened.page.locator("#list img")
            expect(picture).to_have_count(1)
            opened.page.wait_for_timeout(100)
            assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [96, 64]
            opened.requests[:] = [url for url in opened.requests if not url.startswith("data:")]


class TestReveal:
    def test_values_are_masked_until_asked_for(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "revealed.html") as opened:
            body, button = (
                opened.page.locator("body"),
                opened.page.get_by_role("button", name="Show values in full"),
            )
            opened.page.locator("a[data-photo]", has_text="trip/a.jpg").first.click()
            for canary in ("48.137222", "Anna Schmidt", "DXZ0012345", "second floor"):
                assert canary not in body.inner_text()
            expect(opened.page.locator("figure.local")).to_be_hidden()
            button.click()
            expect(button).to_have_attribute("aria-pressed", "true")
            for canary in ("48.137222", "Anna Schmidt", "DXZ0012345", "second floor"):
                assert canary in body.inner_text()
            expect(opened.page.locator("figure.local")).to_be_visible()
            button.click()
            assert "48.137222" not in body.inner_text()

    def test_search_finds_only_what_is_shown(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "revealed.html") as opened:
            opened.page.get_by_label("Search").fill("marienplatz")
            expect(status(opened)).to_contain_text("No photo is like that")
            opened.page.get_by_role("button", name="Show values in full").click()
            expect(status(opened)).to_have_text("Showing 1 to 2 of 2 photos; 125 photos in all")

    def test_a_masked_page_has_no_switch(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            expect(opened.page.get_by_role("button", name="Show values in full")).to_have_count(0)


class TestKeyboard:
    def test_the_whole_page_can_be_walked(self, files: Path, browser: Browser) -> None:
        """Tab reaches everything that can be used, in the order of the page, and shows where it is."""
        with shown(browser, files / "revealed.html") as opened:
            wanted = opened.page.locator(
                "a[href]:visible, button:visible:enabled, input:visible, select:visible, summary:visible, [tabindex='0']:visible"
            ).count()
            seen: list[int] = []
            for _ in range(wanted):
                opened.page.keyboard.press("Tab")
                place, outline = opened.page.evaluate(
                    """() => {
                        const all = [...document.querySelectorAll('*')], style = getComputedStyle(document.activeElement);
                        return [all.indexOf(document.activeElement), style.outlineStyle];
                    }"""
                )
                seen.append(place)
                assert outline != "none"
            assert seen == sorted(set(seen)) and len(seen) > 60

    def test_the_first_stop_leads_to_the_answers(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            opened.page.keyboard.press("Tab")
            link = opened.page.get_by_role("link", name="Skip to the answers")
            expect(link).to_be_focused()
            expect(link).to_be_in_viewport()
            opened.page.keyboard.press("Enter")
            expect(opened.page.locator("main")).to_be_focused()
            opened.requests[:] = opened.requests[:1]  # the fragment

    def test_a_photo_opens_and_closes_without_losing_the_focus(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            button = opened.page.locator("#list button.photo").first
            button.focus()
            for key, open_ in (("Enter", "true"), ("Space", "false")):
                opened.page.keyboard.press(key)
                button = opened.page.locator("#list button.photo").first
                expect(button).to_be_focused()
                expect(button).to_have_attribute("aria-expanded", open_)
            expect(opened.page.locator("tr.more")).to_have_count(0)

    def test_sorting_keeps_the_focus(self, files: Path, browser: Browser) -> None:
        with shown(browser, files / "masked.html") as opened:
            button = opened.page.locator("th[data-sort=taken] button")
            button.press("Enter")
            expect(button).to_be_focused()
            expect(opened.page.locator("th[data-sort=taken]")).to_have_attribute("aria-sort", "ascending")

    def test_motion_is_only_for_those_who_like_it(self, files: Path, browser: Browser) -> None:
        for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
            with shown(browser, files / "masked.html", reduced_motion=wish) as opened:
                assert (
                    opened.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
                    == behaviour
                )


class TestPaper:
    def test_what_is_folded_is_printed_and_what_can_only_be_pressed_is_not(
        self, files: Path, browser: Browser
    ) -> None:
        with shown(browser, files / "masked.html", color_scheme="dark") as opened:
            folded = opened.page.locator("details:not([open])")
            before = folded.count()
            assert before > 3
            printed = opened.page.pdf(format="A4")
            assert printed.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b", printed)) > 3
            assert folded.count() == before
            opened.page.emulate_media(media="print")
            for gone in ("#filters", "nav", "#pages", "#reset"):
                expect(opened.page.locator(gone).first).to_be_hidden()
            expect(opened.page.locator("#list button.photo").first).to_be_visible()
            expect(opened.page.locator("th[data-sort=name] button")).to_be_visible()
            assert (
                opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
                == "rgb(255, 255, 255)"
            )
            opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
            assert folded.count() == 0


def test_without_scripts_the_answers_and_the_worst_photos_are_there(files: Path, browser: Browser) -> None:
    with shown(browser, files / "revealed.html", java_script_enabled=False) as opened:
        text = opened.page.locator("body").inner_text()
        assert "this browser runs no scripts" in text.lower() and "trip/a.jpg" in text
        assert "A stranger would guess that this is where you live." in text
        assert "48.137222" not in text and "Anna Schmidt" not in text
        expect(opened.page.locator("#filters")).to_be_hidden()
        expect(opened.page.get_by_role("button")).to_have_count(0)


@pytest.mark.axe
@pytest.mark.skipif(
    not Path(AXE).is_file(),
    reason="EXPOSURE_AXE names no axe.min.js (npm install axe-core): accessibility was not judged",
)
@pytest.mark.parametrize(
    ("full", "scheme", "width"),
    [(False, "light", 1280), (False, "dark", 360), (True, "light", 360), (True, "dark", 1280)],
)
def test_axe_finds_nothing(full: bool, scheme: str, width: int, files: Path, browser: Browser) -> None:
    options: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with shown(browser, files / "revealed.html", bypass_csp=True, **options) as opened:
        if full:
            opened.page.get_by_role("button", name="Show values in full").click()
        opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        opened.page.locator("#list button.photo").first.click()
        opened.page.add_script_tag(content=Path(AXE).read_text("utf-8"))
        found = opened.page.evaluate(
            "async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes[0].html])"
        )
        assert found == []


def test_twenty_thousand_photos_open_at_once(tmp_path: Path, browser: Browser) -> None:
    photos = list(many(NUMBER))
    names = [photo.name for photo in photos]
    together = [plan(fix=tuple(names[:300])), home(evidence=tuple(names[:50]), fix=tuple(names))]
    file = tmp_path / "page.html"
    file.write_text(page(photos, together, reveal=True), "ascii")
    assert file.stat().st_size < BYTES
    with shown(browser, file) as opened:
        assert opened.page.evaluate("performance.now()") / 1000 < SECONDS
        expect(status(opened)).to_have_text("Showing 1 to 50 of 20,000 photos")
        opened.page.locator("th[data-sort=taken] button").click()
        assert len(rows(opened)) == 50
        opened.page.get_by_label("Search").fill("pixel munich")
        expect(status(opened)).to_contain_text("20,000 photos in all", timeout=int(1000 * SECONDS))
