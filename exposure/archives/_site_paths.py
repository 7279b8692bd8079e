"""The files of a static site: which generator made it, which folder is published, and which file a path on a page means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from exposure.archives._records import words
from exposure.archives._site_pages import settings
from exposure.model import Examination
from exposure.stores import Store

PICTURES = frozenset(
    {
        ".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff", ".jxl",
        ".mp4", ".mov", ".m4v", ".webm", ".dng", ".svg",
    }
)  # fmt: skip
_HUGO = re.compile(
    r"(?:hugo|config)\.(?:toml|ya?ml|json)|config/_default/(?:hugo|config)\.(?:toml|ya?ml|json)"
)
_JEKYLL = re.compile(r"_config\.ya?ml")
_JEKYLLS = re.compile(r"(?:_posts|_drafts|_layouts|_site)/|index\.(?:md|markdown|html)$")
_EXPORTS = re.compile(
    r"(?:archive_browser|start_here|your archive|export_results|messages\d*)\.html|tweets\.csv|result\.json"
    r"|(?:your_[a-z_]*activity|personal_information|account_information|profile_information|ads_information"
    r"|security_and_login_information|logged_information|connections|chats|takeout)/.*|html/(?:account|memories|snap|chat)_?\w*\.html",
    re.IGNORECASE,
)
"""What lies at the root of an account's archive and of no site of one's own."""
_MD = (".md", ".markdown")
_HTML = (".html", ".htm")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LONGEST = 1_024


class Site(NamedTuple):
    """A site in its store."""

    kind: str
    """hugo, jekyll or plain."""
    root: str
    """The folder that it lies in, with a slash; empty for all of the store."""
    config: str
    """The file of its settings; empty for none."""
    published: str
    """The folder that is put online, with a slash; empty when there is none."""
    names: frozenset[str]

    def pages(self) -> Iterator[str]:
        """Pages that people write, then those that are published."""
        names = sorted(self.names)
        if self.kind != "plain":
            yield from filter(self._is_written, names)
        if self.kind == "plain" or self.published:
            start = self.published or self.root
            yield from (name for name in names if name.startswith(start) and name.lower().endswith(_HTML))

    def _is_written(self, name: str) -> bool:
        path = name[len(self.root) :]
        if self.published and name.startswith(self.published):
            return False
        if self.kind == "hugo":
            return path.startswith("content/") and path.lower().endswith((*_MD, *_HTML))
        hidden = any(part.startswith(("_", ".")) for part in path.split("/"))
        is_post = re.search(r"(?:^|/)(?:_posts|_drafts)/", path) is not None
        return (
            path.lower().endswith(_MD)
            and (is_post or not hidden)
            and not path.startswith(("vendor/", "node_modules/"))
        )

    def file(self, page: str, path: str) -> str | None:
        """The picture in this site that a path on a page means; None for one elsewhere, or for no picture."""
        plain = _decoded(path.strip().partition("#")[0].partition("?")[0])
        if not plain or len(plain) > _LONGEST or re.match(r"[A-Za-z][\w+.-]*:|//|\\", plain):
            return None
        if PurePosixPath(plain).suffix.lower() not in PICTURES:
            return None
        for folder in self._folders(page, plain):
            found = _joined(folder, plain.lstrip("/"))
            if found is not None and found.startswith(self.root) and found in self.names:
                return found
        return None

    def is_online(self, name: str) -> bool:
        """Whether a picture is put online whatever becomes of the page that shows it: Hugo holds back what lies beside its
        pages, Jekyll what lies in folders with an underscore."""
        path = name[len(self.root) :]
        if self.kind == "hugo":
            return not path.startswith(("content/", "assets/"))
        return not any(part.startswith(("_", ".")) for part in path.split("/")[:-1])

    def _folders(self, page: str, path: str) -> Iterator[str]:
        """Where a path may begin, the likeliest first."""
        here = page.rpartition("/")[0]
        is_published = bool(self.published) and page.startswith(self.published)
        roots = (
            [self.published] if is_published else [self.root, f"{self.root}static/", f"{self.root}assets/"]
        )
        if path.startswith("/"):
            yield from roots
            return
        yield here
        if not is_published:
            yield page.rpartition(".")[0]
        yield from roots


def site_of(store: Store) -> Site | None:
    """The site that a store holds, as far as the names in it tell; None for none."""
    names = frozenset(store.names)
    for root in dict.fromkeys(("", _only_folder(names))):
        inside = sorted(name[len(root) :] for name in names if name.startswith(root))
        hugo = next(filter(_HUGO.fullmatch, inside), "")
        if hugo and any(n.startswith("content/") and n.lower().endswith((*_MD, *_HTML)) for n in inside):
            return Site("hugo", root, root + hugo, _published(root, "public/", names), names)
        jekyll = next(filter(_JEKYLL.fullmatch, inside), "")
        if jekyll and any(map(_JEKYLLS.match, inside)):
            return Site("jekyll", root, root + jekyll, _published(root, "_site/", names), names)
        if "index.html" in inside and not any(map(_EXPORTS.fullmatch, inside)):
            return Site("plain", root, "", "", names)
    return None


def _only_folder(names: frozenset[str]) -> str:
    tops = {name.partition("/")[0] for name in names}
    return f"{next(iter(tops))}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _published(root: str, folder: str, names: frozenset[str]) -> str:
    return root + folder if any(name.startswith(root + folder) for name in names) else ""


def address_of(store: Store, site: Site) -> tuple[str, bool]:
    """Where the site's settings say that it lies online, with a slash at the end, and whether they say that pages lie
    under other paths than usual; empty for nowhere."""
    said = words(store, site.config) if site.config else ""
    if isinstance(said, Examination):
        return "", False
    values = {key.lower(): value for key, value in settings(said).items()}
    url = values.get("baseurl") if site.kind == "hugo" else values.get("url")
    below = values.get("baseurl") if site.kind == "jekyll" else ""
    if not isinstance(url, str) or not re.match(r"https?://[\w.-]+\.\w+", url):
        return "", False
    below = below.strip("/") if isinstance(below, str) else ""
    moved = re.search(r"^\s*\[?permalinks?\b", said, re.MULTILINE) is not None
    return f"{url.rstrip('/')}/{below + '/' if below else ''}", moved


def _decoded(path: str) -> str:
    """Without percent signs for other signs."""
    return _PERCENT.sub(
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), path
    )


def _joined(folder: str, path: str) -> str | None:
    """A path from a folder on; None when it leads out of the store."""
    parts = [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
