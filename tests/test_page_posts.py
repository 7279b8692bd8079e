"""The list of posts in a real browser: ticks stay, links open nothing by themselves, captions are only text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from exposure.model import Level, Text
from exposure.post import Link, PostExamination
from tests import chromium
from tests.make.examinations import examination, finding
from tests.make.pages import page
from tests.make.posts import CAPTION, home_words, inventory, judged, many, post
from tests.reports.test_html import HOSTILE

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(
        chromium.installed() is None, reason="Chromium is not installed: no page was opened in a browser"
    ),
]

NUMBER = 10_000
SECONDS = 3.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.installed(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser, which keeps what pages store; it asks for nothing but files, and nothing goes wrong."""
    found = browser.new_context(reduced_motion="reduce")
    asked: list[str] = []
    complaints: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    found.on("console", lambda message: complaints.append(message.text))
    found.on("dialog", lambda dialog: complaints.append(dialog.message))
    found.on("weberror", lambda error: complaints.append(str(error.error)))
    found.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.log(e.violatedDirective, e.blockedURI))"
    )
    yield found
    assert complaints == []
    assert all(url.startswith(("file:", "blob:")) for url in asked)
    found.close()


def written(at: Path, posts: Iterable[PostExamination], reveal: bool = False) -> Path:
    photos = [examination("flickr/photo_1_o.jpg", finding())]
    at.write_text(page(photos, posts=posts, archives=[inventory()], reveal=reveal), "ascii")
    return at


def opened(context: BrowserContext, file: Path) -> Page:
    found = context.new_page()
    found.goto(file.as_uri())
    return found


def tick(shown: Page, number: int) -> None:
    shown.get_by_role("checkbox", name="Done").nth(number).check()


def status(shown: Page) -> str:
    return shown.locator("#posts-status").inner_text()


def names(shown: Page) -> list[str]:
    return shown.locator("#posts-list .quiet code").all_inner_texts()


class TestTicks:
    def test_they_stay_after_a_reload_and_in_a_new_report(
        self, tmp_path: Path, context: BrowserContext
    ) -> None:
        shown = opened(context, written(tmp_path / "first.html", many(40)))
        assert status(shown) == "Showing 1 to 20 of 28 posts; 40 posts in all, 0 ticked off"
        first, second = names(shown)[:2]
        tick(shown, 0)
        tick(shown, 1)
        assert status(shown) == "Showing 1 to 20 of 28 posts; 40 posts in all, 2 ticked off"
        shown.reload()
        assert status(shown) == "Showing 1 to 20 of 26 posts; 40 posts in all, 2 ticked off"
        assert not {first, second} & set(names(shown))
        later = [*many(40), judged(post("59999999999"), home_words(Level.CRITICAL))]
        again = opened(context, written(tmp_path / "second.html", later))
        assert status(again) == "Showing 1 to 20 of 27 posts; 41 posts in all, 2 ticked off"
        again.get_by_label("Show").select_option("done")
        assert sorted(names(again)) == sorted([first, second])
        expect(again.get_by_role("checkbox").first).to_be_checked()

    def test_what_the_browser_keeps_tells_nothing(self, tmp_path: Path, context: BrowserContext) -> None:
        told = judged(post("51000000001", Text("caption", "Our new flat", CAPTION)), home_words())
        shown = opened(context, written(tmp_path / "page.html", [told], reveal=True))
        tick(shown, 0)
        kept = shown.evaluate("JSON.stringify(Object.entries(localStorage))")
        ((key, value),) = json.loads(kept)
        assert key.startswith("exposure-done:") and len(key) == 30 and value == "1"
        assert "51000000001" not in kept and "flat" not in kept and "flickr" not in kept

    def test_what_exposure_knows_is_ticked_and_can_be_unticked(
        self, tmp_path: Path, context: BrowserContext
    ) -> None:
        posts = [
            judged(post("51000000001"), home_words(), is_done=True),
            judged(post("51000000002"), home_words()),
        ]
        shown = opened(context, written(tmp_path / "page.html", posts))
        assert names(shown) == ["flickr:51000000002"]
        shown.get_by_label("Show").select_option("done")
        shown.get_by_role("checkbox").uncheck()
        command = shown.locator("#ticked pre")
        expect(command).to_have_text("exposure done --undo flickr:51000000001")
        shown.reload()
        assert names(shown) == ["flickr:51000000001", "flickr:51000000002"]

    def test_a_command_tells_exposure(self, tmp_path: Path, context: BrowserContext) -> None:
        shown = opened(context, written(tmp_path / "page.html", many(60)))
        expect(shown.locator("#ticked pre")).to_have_count(0)
        wanted = names(shown)[:2]
        tick(shown, 0)
        tick(shown, 1)
        expect(shown.locator("#ticked pre")).to_have_text(f"exposure done {' '.join(wanted)}")
        for box in shown.get_by_role("checkbox", name="Done").all():
            box.check()
        shown.locator("#posts-after").click()
        tick(shown, 0)
        expect(shown.locator("#ticked pre")).to_have_count(0)
        expect(shown.locator("#ticked")).to_contain_text("too many for one command")

    def test_they_can_be_saved_and_exposure_reads_them(
        self, tmp_path: Path, context: BrowserContext, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from exposure.cli import main
        from exposure.ticks import kept, mark

        shown = opened(context, written(tmp_path / "page.html", many(40)))
        wanted = names(shown)[:3]
        for number in range(3):
            tick(shown, number)
        with shown.expect_download() as download:
            shown.get_by_role("button", name="Save ticks as a file").click()
        assert download.value.suggested_filename == "exposure-ticks.json"
        download.value.save_as(tmp_path / "ticks.json")
        saved = (tmp_path / "ticks.json").read_text("utf-8")
        assert json.loads(saved)["done"] and "flickr" not in saved
        private = tmp_path / "private"
        assert main(["done", "--from", str(tmp_path / "ticks.json"), "--private", str(private)]) == 0
        ticks = kept(private)
        assert len(ticks.kept) == 3 and all(ticks.has(mark(name)) for name in wanted)

    def test_a_browser_that_keeps_nothing_says_so(self, tmp_path: Path, context: BrowserContext) -> None:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
        )
        shown = opened(context, written(tmp_path / "page.html", many(40)))
        expect(shown.locator("#ticked-trouble")).to_be_visible()
        tick(shown, 0)
        assert status(shown).endswith("40 posts in all, 1 ticked off")


class TestLinks:
    def test_a_link_is_there_only_in_full_and_opens_nothing_by_itself(
        self, tmp_path: Path, context: BrowserContext
    ) -> None:
        shown = opened(context, written(tmp_path / "page.html", many(6), reveal=True))
        expect(shown.locator("#posts-list a")).not_to_have_count(0)
        assert not any(link.is_visible() for link in shown.locator("#posts-list a").all())
        shown.get_by_role("button", name="Show values in full").click()
        link = shown.locator("#posts-list a").first
        expect(link).to_be_visible()
        assert link.get_attribute("rel") == "noreferrer noopener" and link.get_attribute("target") == "_blank"
        address = link.get_attribute("href")
        assert address == link.inner_text() and address and address.startswith("https://flickr.example/")
        link.hover()
        link.focus()
        expect(shown.locator("#posts-list .link").first).to_contain_text("it stands in the archive")
        assert shown.locator("link:not([rel=icon])").count() == 0

    def test_nothing_else_becomes_a_link(self, tmp_path: Path, context: BrowserContext) -> None:
        addresses = [
            "javascript:alert(1)",
            "http://flickr.example/1",
            "data:text/html,<script>alert(1)</script>",
            "https://user@evil.example/",
            "https:evil",
            " https://evil.example/",
            "https://evil.example/\u202egpj",
            "https://evil.example/a b",
            "//evil.example/",
            "file:///etc/passwd",
        ]
        posts = [judged(post(link=Link(address, "exact")), home_words()) for address in addresses]
        shown = opened(context, written(tmp_path / "page.html", posts, reveal=True))
        shown.get_by_role("button", name="Show values in full").click()
        expect(shown.locator("#posts-list article")).to_have_count(len(addresses))
        expect(shown.locator("#posts-list a")).to_have_count(0)
        for address in ("javascript:alert(1)", "https://user@evil.example/", "\\u202egpj"):
            assert address in shown.locator("#posts-list").inner_text()

    def test_a_masked_page_has_none(self, tmp_path: Path, context: BrowserContext) -> None:
        shown = opened(context, written(tmp_path / "page.html", many(6)))
        expect(shown.locator("#posts-list a")).to_have_count(0)
        expect(shown.locator("footer")).to_contain_text("it holds no link to outside")


def test_filters_say_how_many_are_left(tmp_path: Path, context: BrowserContext) -> None:
    shown = opened(context, written(tmp_path / "page.html", many(60)))
    assert status(shown).startswith("Showing 1 to 20 of 41 posts; 60")
    shown.get_by_label("Service").select_option("Flickr")
    assert all(name.startswith("flickr:") for name in names(shown)) and names(shown)
    shown.get_by_label("At least").first.select_option("critical")
    flickr = names(shown)
    expect(shown.locator("#posts-list .badge.critical").first).to_be_visible()
    assert len(flickr) == 4
    shown.get_by_label("What to do", exact=True).select_option("delete")
    assert status(shown).startswith("No post is like that; 60 posts in all")
    shown.get_by_label("Service").select_option("all")
    assert names(shown) and all(name.startswith("chatter:") for name in names(shown))
    shown.get_by_label("What to do", exact=True).select_option("anything")
    shown.get_by_label("At least").first.select_option("everything")
    shown.get_by_label("Show").select_option("already not public")
    assert len(names(shown)) == 4


def test_hostile_captions_do_nothing(tmp_path: Path, context: BrowserContext) -> None:
    posts = [
        judged(
            post(words, Text("caption", words, CAPTION), service="flickr", account=words, photos=(words,)),
            home_words(message=words, remedy=words),
            steps=(words, words),
            stays=(words,),
        )
        for words in HOSTILE
    ]
    shown = opened(context, written(tmp_path / "page.html", posts, reveal=True))
    shown.get_by_role("button", name="Show values in full").click()
    shown.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for box in shown.get_by_role("checkbox", name="Done").all():
        box.check()
    expect(shown.locator("iframe, object, embed, img[src='x']")).to_have_count(0)
    expect(shown.locator("[onerror], [onload], [onmouseover]")).to_have_count(0)
    expect(shown.locator("script")).to_have_count(5)
    assert HOSTILE[0][:30] in shown.locator("#posts-list").inner_text()


def test_captions_are_masked_until_asked_for(tmp_path: Path, context: BrowserContext) -> None:
    told = judged(post("51000000001", Text("caption", "Our new flat", CAPTION)), home_words())
    shown = opened(context, written(tmp_path / "page.html", [told], reveal=True))
    assert "Our new flat" not in shown.locator("body").inner_text()
    expect(shown.locator("#posts-list h3")).to_contain_text("a caption of 12 characters (masked)")
    shown.get_by_role("button", name="Show values in full").click()
    expect(shown.locator("#posts-list h3")).to_contain_text("“Our new flat”")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits(width: int, scheme: str, tmp_path: Path, browser: Browser) -> None:
    file = written(tmp_path / "page.html", many(30), reveal=True)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    shown = opened(context, file)
    shown.get_by_role("button", name="Show values in full").click()
    shown.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_keyboard_does_it_all(tmp_path: Path, context: BrowserContext) -> None:
    shown = opened(context, written(tmp_path / "page.html", many(30)))
    box = shown.get_by_role("checkbox", name="Done").first
    box.focus()
    shown.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    assert shown.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert status(shown).endswith("1 ticked off")
    shown.locator("#posts-after").press("Enter")
    expect(shown.locator("#posts-status")).to_be_focused()


def test_it_can_be_printed(tmp_path: Path, context: BrowserContext) -> None:
    shown = opened(context, written(tmp_path / "page.html", many(30)))
    assert shown.pdf(format="A4").startswith(b"%PDF")
    shown.emulate_media(media="print")
    for gone in ("#posts-filters", "#ticked", "#posts-pages"):
        expect(shown.locator(gone)).to_be_hidden()
    expect(shown.locator("#posts-list article").first).to_be_visible()


def test_without_scripts_the_first_are_there(tmp_path: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = opened(context, written(tmp_path / "page.html", many(120)))
    expect(shown.locator("#posts-list article")).to_have_count(50)
    assert shown.locator("#posts-status").inner_text() == "The 50 posts to see to first."
    assert "exposure scan --format todo -o todo.csv" in shown.locator("#posts").inner_text()
    expect(shown.get_by_role("checkbox")).to_have_count(0)
    context.close()


def test_ten_thousand_posts_open_at_once(tmp_path: Path, context: BrowserContext) -> None:
    shown = opened(context, written(tmp_path / "page.html", many(NUMBER), reveal=True))
    assert shown.evaluate("performance.now()") / 1000 < SECONDS
    assert "of 6,714 posts; 10,000 posts in all" in status(shown)
    tick(shown, 0)
    shown.get_by_label("Show").select_option("everything")
    assert status(shown) == "Showing 1 to 20 of 10,000 posts; 10,000 posts in all, 1 ticked off"
