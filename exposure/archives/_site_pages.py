"""Pages of a static site: what stands before a page of Markdown, and which pictures a page shows.

Front matter is read as far as its lines are ``key: value`` (YAML), ``key = value`` (TOML) or JSON; a value over several
lines, or one inside another, is no title and no date and is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple

LARGEST = 1 << 18
"""Of a page, only so many characters are read."""
_MOST_PICTURES = 2_000

_YAML = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_PAIR = re.compile(r"""["']?([\w.-]{1,100})["']?\s{0,20}[:=](.*)""")
_ENTRY = re.compile(r"\s{0,20}-\s(.*)")
_MARKDOWN = re.compile(
    r"!\[([^\]\[]{0,300})\]\(\s{0,9}(?:<([^<>\n]{1,300})>|((?:[^()<>\s]|\([^()\s]{0,50}\)){1,300}))"
    r"(?:\s{1,9}[\"']([^\n]{0,300}?)[\"'])?\s{0,9}\)"
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?:figure|img|image|picture|photo)\b([^{}]{0,1000})[>%]\}\}")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`)""")
_IMAGE_KEYS = (
    "image",
    "images",
    "cover",
    "featured_image",
    "feature_image",
    "thumbnail",
    "header",
    "teaser",
    "banner",
)
_LIQUID = re.compile(r"\{\{\s{0,20}(?:[\"']([^\"'{}]{0,300})[\"'][^{}]{0,100}|[^{}]{0,100})\}\}")
"""Jekyll's ``{{ site.baseurl }}``, which is nothing here, and ``{{ "/a.jpg" | relative_url }}``, which is what it holds."""


class Shown(NamedTuple):
    """A picture on a page."""

    path: str
    """As it is written there."""
    alt: str = ""


@dataclass(slots=True)
class Page:
    """What a page says."""

    title: str = ""
    description: str = ""
    date: str = ""
    """As it is written there."""
    draft: bool | None = None
    """None when it does not say."""
    said: str = ""
    """The line that says whether it is a draft: ``draft: true``."""
    url: str = ""
    tags: list[str] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    """What stands below figures."""


def markdown(text: str) -> Page:
    """A page with front matter, in Markdown with HTML in it."""
    text = text[:LARGEST].lstrip("\ufeff\n\r ")
    values, body = _front(text)
    page = html(_LIQUID.sub(lambda found: found[1] or "", body), is_whole=False)
    page.title = _word(values.get("title"))
    page.description = _word(values.get("description")) or _word(values.get("summary"))
    page.date = _word(values.get("date")) or _word(values.get("publishDate"))
    page.url = _word(values.get("permalink")) or _word(values.get("url"))
    page.tags = [tag for key in ("tags", "categories", "keywords") for tag in _several(values.get(key))]
    for key, draft in (("draft", True), ("published", False)):
        said = _word(values.get(key)).lower()
        if said in ("true", "false"):
            page.draft, page.said = (said == "true") is draft, f"{key}: {said}"
    page.pictures += _pictures(values, body)
    del page.pictures[_MOST_PICTURES:]
    return page


def _pictures(values: dict[str, Any], body: str) -> Iterator[Shown]:
    for key in _IMAGE_KEYS:
        for path in _several(values.get(key)):
            yield Shown(path)
    for found in _MARKDOWN.finditer(_LIQUID.sub(lambda found: found[1] or "", body)):
        yield Shown(found[2] or found[3], _joined(found[1], found[4]))
    for found in _SHORTCODE.finditer(body):
        said = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in _ATTRIBUTE.finditer(found[1])}
        if source := said.get("src") or said.get("image"):
            yield Shown(source, _joined(*(said.get(key) for key in ("alt", "caption", "title"))))


def _joined(*words: str | None) -> str:
    """What stands beside a picture, each line once."""
    return "\n".join(dict.fromkeys(filter(None, words)))


def _front(text: str) -> tuple[dict[str, Any], str]:
    """What stands before the page, by its keys, and the page itself."""
    for form in (_YAML, _TOML):
        if found := form.match(text):
            return settings(found[1]), text[found.end() :]
    if text.startswith("{"):
        try:
            values, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            return {}, text
        return (values if isinstance(values, dict) else {}), text[end:]
    return {}, text


def settings(text: str) -> dict[str, Any]:
    """The values of YAML or TOML that stand at the left, as words or lists of words."""
    values: dict[str, Any] = {}
    last = ""
    for line in text.splitlines():
        if found := _PAIR.fullmatch(line):
            last = found[1]
            values.setdefault(last, _value(found[2].strip()))
        elif line.startswith("["):
            break
        elif last and (found := _ENTRY.fullmatch(line)) and not isinstance(values[last], str | bool):
            values[last].append(_word(_value(found[1].strip())))
    return values


def _value(written: str) -> Any:
    """A word, or a list of words; of nothing an empty list, which may be filled by the lines that follow."""
    if not written:
        return []
    if written.startswith("["):
        inside = written.strip("[]")
        return [_word(_value(each.strip())) for each in inside.split(",") if each.strip()]
    if written[0] == '"':
        try:
            word, _ = json.JSONDecoder().raw_decode(written)
        except ValueError:
            return written.strip('"')
        return word
    if written[0] == "'":
        return written.rpartition("'")[0][1:].replace("''", "'")
    return written.partition(" #")[0].strip()


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""


def _several(value: Any) -> list[str]:
    return [_word(each) for each in (value if isinstance(value, list) else [value]) if _word(each)]


def html(text: str, *, is_whole: bool = True) -> Page:
    """A page in HTML; not `is_whole`: a piece, which has no title and date of its own."""
    reader = _Reader(is_whole)
    reader.feed(text[:LARGEST])
    page = reader.page
    page.title = " ".join(page.title.split())
    del page.pictures[_MOST_PICTURES:]
    return page


class _Reader(HTMLParser):
    """Takes the title, the date, the description and the pictures."""

    def __init__(self, is_whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._is_whole, self._in_title = is_whole, False
        self._caption: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "title":
            self._in_title = self._is_whole and not self.page.title
        elif tag in ("img", "source", "video", "image", "input"):
            words = _joined(said.get("alt"), said.get("title"))
            for key in ("src", "data-src", "poster", "href"):
                if said.get(key):
                    self.page.pictures.append(Shown(said[key], words))
            for each in said.get("srcset", "").split(","):
                if each.strip():
                    self.page.pictures.append(Shown(each.split()[0], words))
        elif tag == "figcaption":
            self._caption = []
        elif tag in ("a", "link") and said.get("href"):
            self.page.pictures.append(Shown(said["href"]))
        elif self._is_whole:
            self._meta(tag, said)

    def _meta(self, tag: str, said: dict[str, str]) -> None:
        page = self.page
        key = said.get("property") or said.get("name") or ""
        if tag == "meta" and key in ("article:published_time", "date", "dc.date"):
            page.date = page.date or said.get("content", "")
        elif tag == "meta" and key in ("description", "og:description"):
            page.description = page.description or said.get("content", "")
        elif tag == "meta" and key == "keywords":
            page.tags += [each.strip() for each in said.get("content", "").split(",") if each.strip()]
        elif tag == "meta" and key == "og:image" and said.get("content"):
            page.pictures.append(Shown(said["content"]))
        elif tag == "time" and not page.date:
            page.date = said.get("datetime", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "figcaption" and self._caption is not None:
            self.page.captions.append(" ".join("".join(self._caption).split()))
            self._caption = None

    def handle_data(self, data: str) -> None:
        if self._caption is not None:
            self._caption.append(data)
        if self._in_title:
            self.page.title += data
