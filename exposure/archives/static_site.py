"""The folder of a web site that is made of files: Hugo, Jekyll, or pages of HTML.

A page that shows pictures of the site is a post. Hugo publishes everything that lies in a page's own folder (a bundle),
so those pictures are the page's too, shown or not. A draft's other pictures lie online before it does. Paths that lead out of the folder are never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.archives._kit import Files, Wanted, address, inventory, so_many
from exposure.archives._records import moment, words
from exposure.archives._site_pages import Page, html, markdown
from exposure.archives._site_paths import PICTURES, Site, address_of, site_of
from exposure.model import Examination, Fact, Facts, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post, Visibility
from exposure.stores import Store

_DATED = re.compile(r"(?:.*/)?(\d{4})-(\d\d)-(\d\d)-([^/]+)\.\w+")
_FORMATS = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%Y-%m-%d %H:%M:%S %Z", "%Y/%m/%d")
_LOOKED_AT = 20
"""So many pages of a folder without a generator's settings are looked at for pictures, to tell whether it is a site."""


def recognise(store: Store) -> bool:
    """Whether a generator's settings and pages lie in it; or pages of which one shows a picture that lies there too."""
    site = site_of(store)
    if site is None or site.kind != "plain":
        return site is not None
    some = sorted(site.pages(), key=lambda name: (name.count("/"), name))[:_LOOKED_AT]
    return any(site.file(name, shown.path) for name in some for shown in _page(store, name).pictures)


def items(store: Store) -> Iterator[Item]:
    """Each page with its pictures, then the files that no page shows. Drafts come last, after those of their pictures that
    lie online before they do, which are not to be judged as seen by nobody."""
    site = site_of(store)
    files, shown, ahead = Files(store), set[str](), set[str]()
    if site is not None:
        drafts: list[tuple[Post, list[str]]] = []
        for post, pictures in _told(store, site):
            if post.status == "live":
                yield from files.with_post(post, pictures)
                shown.update(pictures)
            else:
                drafts.append((post, pictures))
        ahead = {each for _, some in drafts for each in some if site.is_online(each)} - shown
        yield from files.of(sorted(ahead))
        for post, pictures in drafts:
            yield from files.with_post(post, pictures)
    yield from files.rest()
    yield inventory(STATIC_SITE, store, store.names, list(_notes(len(ahead))))


def _told(store: Store, site: Site) -> Iterator[tuple[Post, list[str]]]:
    """Each page that shows pictures of the site."""
    where = address_of(store, site)
    online = {_key(site, name): name for name in site.pages() if _is_published(site, name)}
    bundles, told = _bundles(site), set[str]()
    for name in site.pages():
        if name in told:
            continue
        twin = None if _is_published(site, name) else _twin(site, name, online)
        told.update((name, twin or name))
        page = _page(store, name)
        if pictures := _pictures(store, site, bundles, name, twin, page):
            yield _post(site, name, twin, page, where), pictures


def _notes(ahead: int) -> Iterator[str]:
    """`ahead`: pictures that lie online before their page does."""
    if ahead:
        yield (
            f"{so_many(ahead, 'picture of a draft lies', 'pictures of drafts lie')} in a folder that goes online as a whole, "
            "so that anybody can open it though no page shows it yet. Keep it elsewhere until the page is published."
        )


def _page(store: Store, name: str) -> Page:
    text = words(store, name)
    if isinstance(text, Examination):
        return Page()
    return html(text) if name.lower().endswith((".html", ".htm")) and not _has_front(text) else markdown(text)


def _has_front(text: str) -> bool:
    return text.lstrip("\ufeff").startswith(("---", "+++"))


def _pictures(
    store: Store, site: Site, bundles: dict[str, list[str]], name: str, twin: str | None, page: Page
) -> list[str]:
    """The files that a page shows, and those that its published form shows."""
    found = [site.file(name, shown.path) for shown in page.pictures]
    if twin is not None:
        found += [site.file(twin, shown.path) for shown in _page(store, twin).pictures]
    if re.search(r"/_?index\.\w+$", name):
        found += bundles.get(name.rpartition("/")[0], ())
    return list(dict.fromkeys(filter(None, found)))


def _bundles(site: Site) -> dict[str, list[str]]:
    """The pictures that Hugo publishes with the page of their folder."""
    found: dict[str, list[str]] = {}
    for name in sorted(site.names) if site.kind == "hugo" else ():
        if name.startswith(f"{site.root}content/") and name[name.rfind(".") :].lower() in PICTURES:
            found.setdefault(name.rpartition("/")[0], []).append(name)
    return found


def _is_published(site: Site, name: str) -> bool:
    return bool(site.published) and name.startswith(site.published)


def _key(site: Site, name: str) -> str:
    """Under which path a page lies online: ``posts/harbour`` for ``public/posts/harbour/index.html``."""
    root = site.published if _is_published(site, name) else site.root
    path = name[len(root) :].rpartition(".")[0].removeprefix("content/")
    return re.sub(r"(?:^|/)_?index$", "", path).strip("/")


def _twin(site: Site, name: str, online: dict[str, str]) -> str | None:
    """The published form of a page that somebody wrote."""
    if (found := online.get(_key(site, name))) is not None:
        return found
    if dated := _DATED.fullmatch(name):
        return online.get("/".join(dated.groups()))
    return None


def _post(site: Site, name: str, twin: str | None, page: Page, where: tuple[str, bool]) -> Post:
    is_draft = page.draft is True or "/_drafts/" in f"/{name}"
    return Post(
        "static-site",
        name[len(site.root) :],
        posted=moment(page.date, *_FORMATS) or _date_of(name),
        visibility=_visibility(site, name, twin, page),
        status="archived" if is_draft and twin is None else "live",
        link=_link(site, name, twin, page, where),
        facts=Facts.sorted(_facts(name, page)),
    )


def _date_of(name: str) -> str:
    dated = _DATED.fullmatch(name)
    return moment("-".join(dated.groups()[:3])) if dated else ""


def _visibility(site: Site, name: str, twin: str | None, page: Page) -> Visibility:
    if twin is not None or _is_published(site, name):
        return Visibility("public", f"in {site.published[len(site.root) :]}")
    if page.draft is not None:
        return Visibility("private" if page.draft else "public", page.said)
    return Visibility("private", "in _drafts/") if "/_drafts/" in f"/{name}" else Visibility()


def _link(site: Site, name: str, twin: str | None, page: Page, where: tuple[str, bool]) -> Link:
    """Where the page lies, or would if it is a draft, where the settings say where the site does."""
    start, is_moved = where
    if not start:
        return Link()
    if twin is not None or _is_published(site, name):
        path = (twin or name)[len(site.published) :]
        return Link(start + path.removesuffix("index.html"), "constructed")
    if page.url.startswith("/") and ":" not in page.url:
        return Link(start + page.url.lstrip("/"), "guess" if page.draft else "constructed")
    path = _key(site, name)
    if site.kind == "hugo":
        path = f"{path}/" if path else ""
    elif dated := _DATED.fullmatch(name):
        path = "/".join(dated.groups()) + ".html"
    else:
        path = f"{path}.html" if path else ""
    is_sure = not is_moved and page.draft is not True and "/_drafts/" not in f"/{name}"
    return Link(start + path, "constructed" if is_sure else "guess")


def _facts(name: str, page: Page) -> Iterator[Fact]:
    wanted = Wanted("Site", name)
    if page.title:
        yield Text("caption", page.title, address(wanted, "title"))
    if page.description:
        yield Text("caption", page.description, address(wanted, "description"))
    for caption in dict.fromkeys(filter(None, page.captions)):
        yield Text("caption", caption, address(wanted, "figcaption"))
    for tag in dict.fromkeys(page.tags):
        yield Text("keyword", tag, address(wanted, "tags"))
    for alt in dict.fromkeys(shown.alt for shown in page.pictures if shown.alt):
        yield Text("alt", alt, address(wanted, "alt"))


STATIC_SITE = Archive("static-site", "a web site's folder", recognise, items)
