"""A site's folder: Hugo with bundles and with static files, Jekyll, and pages of HTML."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

WRITTEN = frozenset({"alt", "caption", "link", "photos", "posted", "tags", "visibility"})
SHOWN = frozenset({"alt", "caption", "photos", "posted", "tags"})


def exports() -> Iterator[Export]:
    for layout, each in (("Hugo, bundles", _bundle), ("Hugo, static files", _static), ("Jekyll", _jekyll)):
        files: dict[str, bytes] = {}
        ids: dict[str, int] = {}
        for moment in LIFE:
            some = each(moment)
            files |= some
            ids[next(iter(some))] = moment.id
        if layout == "Jekyll":
            files["_config.yml"] = b"title: Sea\nurl: 'https://sam.example'\nbaseurl: /blog # here\n"
        else:
            files["hugo.toml"] = b'baseURL = "https://sam.example/"\ntitle = "Sea"\n[params]\nurl = "x"\n'
        files["README.md"] = b"My site.\n"
        yield Export("static-site", layout, files, WRITTEN, ids)
    files = {f"img/{m.name}": picture(m) for m in LIFE}
    files |= {f"moment{m.id}.html": _page(m) for m in LIFE}
    files["index.html"] = b'<!doctype html><title>Sea</title><a href="moment1.html">one</a>'
    yield Export("static-site", "pages", files, SHOWN, {f"moment{m.id}.html": m.id for m in LIFE})


def _bundle(moment: Moment) -> dict[str, bytes]:
    folder = f"content/posts/moment{moment.id}"
    body = f"Some words.\n\n![{moment.alt}](moment{moment.id}.jpg)\n"
    return {f"{folder}/index.md": _yaml(moment, body), f"{folder}/{moment.name}": picture(moment)}


def _static(moment: Moment) -> dict[str, bytes]:
    head = f"""+++
title = {json.dumps(moment.caption, ensure_ascii=False)}
date = {moment.posted}
draft = {"false" if moment.is_public else "true"}
tags = {json.dumps(moment.tags, ensure_ascii=False)}
+++
"""
    body = f'{{{{< figure src="/img/{moment.name}" alt="{moment.alt}" >}}}}\n'
    return {
        f"content/posts/moment{moment.id}.md": (head + body).encode(),
        f"static/img/{moment.name}": picture(moment),
    }


def _jekyll(moment: Moment) -> dict[str, bytes]:
    body = f'<img src="{{{{ site.baseurl }}}}/assets/{moment.name}" alt="{moment.alt}">\n'
    return {
        f"_posts/{moment.posted[:10]}-moment{moment.id}.md": _yaml(moment, body),
        f"assets/{moment.name}": picture(moment),
    }


def _yaml(moment: Moment, body: str) -> bytes:
    lines = [
        "---",
        f"title: {json.dumps(moment.caption)}",
        f"date: {moment.posted.replace('T', ' ').replace('Z', ' +0000')}",
        f"draft: {'false' if moment.is_public else 'true'}",
        "tags:",
        *(f"  - {tag}" for tag in moment.tags),
        "---",
    ]
    return "\n".join([*lines, "", body]).encode()


def _page(moment: Moment) -> bytes:
    return f"""<!doctype html>
<html><head><meta charset="utf-8"><title>{html.escape(moment.caption)}</title>
<meta name="keywords" content="{",".join(moment.tags)}">
<meta property="article:published_time" content="{moment.posted}"></head>
<body><img src="img/{moment.name}?w=800" alt="{moment.alt}"><img src="https://elsewhere.example/a.jpg"></body></html>
""".encode()
