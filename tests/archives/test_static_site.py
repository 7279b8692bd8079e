"""What is special about a site's folder: what is a site, what is published, and paths that lead out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest

from exposure.archives import found, items
from exposure.archives._site_pages import LARGEST, html, markdown
from exposure.archives._site_paths import site_of
from exposure.plugins import Item
from exposure.post import Inventory, Post
from exposure.source import FileSource
from exposure.stores import FolderStore
from tests.archives.life import LIFE, picture

PHOTO = picture(LIFE[0])
HUGO = {"hugo.toml": b'baseURL = "https://sam.example/"\n'}
PAGE = b"---\ntitle: Sea\n---\n![a pier](/img/a.jpg)\n"


def folder(tmp_path: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def read(tmp_path: Path, files: Mapping[str, bytes]) -> list[Item]:
    return list(items([folder(tmp_path, files)]))


def posts(got: list[Item]) -> list[Post]:
    return [item for item in got if isinstance(item, Post)]


@pytest.mark.parametrize(
    "files",
    [
        {"a.html": b'<img src="a.jpg">', "a.jpg": PHOTO},
        {"index.html": b"<p>words", "a.jpg": PHOTO},
        {"index.html": b'<img src="https://elsewhere.example/a.jpg">', "a.jpg": PHOTO},
        {"sub/more/index.html": b'<img src="a.jpg">', "sub/more/a.jpg": PHOTO, "b.jpg": PHOTO},
        {"config.toml": b"", "a.md": b"![](a.jpg)", "a.jpg": PHOTO},
        {"_config.yml": b"", "README.md": b"![](a.jpg)", "a.jpg": PHOTO},
        {"index.html": b'<img src="a.jpg">', "a.jpg": PHOTO, "start_here.html": b""},
        {"index.html": b'<img src="a.jpg">', "a.jpg": PHOTO, "your_instagram_activity/a.html": b""},
        {"index.html": b'<img src="a.jpg">', "a.jpg": PHOTO, "tweets.csv": b""},
    ],
)
def test_not_everything_with_a_page_is_a_site(files: dict[str, bytes], tmp_path: Path) -> None:
    ((_, archive),) = found([folder(tmp_path, files)])
    assert archive.name != "static-site"


def test_what_lies_in_the_published_folder_is_public(tmp_path: Path) -> None:
    files = HUGO | {
        "content/posts/sea.md": PAGE,
        "static/img/a.jpg": PHOTO,
        "public/posts/sea/index.html": b'<title>Sea</title><img src="/img/a.jpg">',
        "public/img/a.jpg": PHOTO,
        "public/about.html": b'<title>About</title><img src="img/a.jpg">',
        "content/posts/more.md": PAGE,
    }
    got = read(tmp_path, files)
    told = {post.id: post for post in posts(got)}
    assert set(told) == {"content/posts/sea.md", "content/posts/more.md", "public/about.html"}
    sea = told["content/posts/sea.md"]
    assert sea.visibility == ("public", "in public/") and sea.link == (
        "https://sam.example/posts/sea/",
        "constructed",
    )
    assert [Path(name).relative_to(tmp_path).as_posix() for name in sea.photos] == [
        "static/img/a.jpg",
        "public/img/a.jpg",
    ]
    assert told["content/posts/more.md"].visibility == ("unknown", "")
    assert told["public/about.html"].link.value == "https://sam.example/about.html"
    assert sum(isinstance(item, FileSource) and item.name.endswith("a.jpg") for item in got) == 2


def test_jekyll_pages_are_found_under_their_dates(tmp_path: Path) -> None:
    files = {
        "_config.yml": b"url: https://sam.example\n",
        "_posts/2024-05-04-sea.md": PAGE,
        "_drafts/later.md": PAGE,
        "_posts/2024-05-05-hidden.md": b"---\npublished: false\n---\n![](/img/a.jpg)",
        "img/a.jpg": PHOTO,
        "_site/2024/05/04/sea.html": b'<img src="/img/a.jpg">',
        "_site/img/a.jpg": PHOTO,
    }
    told = {post.id: post for post in posts(read(tmp_path, files))}
    sea, later = told["_posts/2024-05-04-sea.md"], told["_drafts/later.md"]
    assert sea.visibility == ("public", "in _site/") and sea.posted == "2024-05-04T00:00:00Z"
    assert sea.link == ("https://sam.example/2024/05/04/sea.html", "constructed")
    assert (later.status, later.visibility) == ("archived", ("private", "in _drafts/"))
    hidden = told["_posts/2024-05-05-hidden.md"]
    assert (hidden.status, hidden.visibility) == ("archived", ("private", "published: false"))


@pytest.mark.parametrize(
    ("site", "page", "online", "held"),
    [
        (HUGO, "content/a/index.md", "static/img/a.jpg", "content/a/b.jpg"),
        ({"_config.yml": b""}, "_drafts/a.md", "img/a.jpg", "_drafts/b.jpg"),
    ],
)
def test_a_drafts_pictures_lie_online_before_it_does(
    site: dict[str, bytes], page: str, online: str, held: str, tmp_path: Path
) -> None:
    """They must not look safe for it, nor where another page shows them."""
    draft = b"---\ndraft: true\n---\n![](/img/a.jpg) ![](b.jpg)"
    live = {"content/z.md" if page.startswith("content") else "_posts/2024-05-04-z.md": PAGE}
    got = read(tmp_path, site | live | {page: draft, online: PHOTO, held: PHOTO})
    told = (i.id if isinstance(i, Post) else Path(i.name).name for i in got if not isinstance(i, Inventory))
    assert list(told)[:4] == [next(iter(live)), "a.jpg", page, "b.jpg"]
    assert [(post.status, len(post.photos)) for post in posts(got)] == [("live", 1), ("archived", 2)]
    assert isinstance(got[-1], Inventory) and not got[-1].notes


def test_a_picture_of_a_draft_alone_is_judged_by_itself_too(tmp_path: Path) -> None:
    draft = b"---\ndraft: true\n---\n![](/img/a.jpg)"
    source, post, *_, last = read(tmp_path, {"_config.yml": b"", "_drafts/a.md": draft, "img/a.jpg": PHOTO})
    assert isinstance(source, FileSource) and isinstance(post, Post) and post.photos == (source.name,)
    assert isinstance(last, Inventory) and last.notes[0].startswith("1 picture of a draft lies in")


@pytest.mark.parametrize(
    ("said", "visibility", "status"),
    [
        ("draft: true", ("private", "draft: true"), "archived"),
        ("draft: false", ("public", "draft: false"), "live"),
        ("draft: maybe", ("unknown", ""), "live"),
        ("title: x", ("unknown", ""), "live"),
    ],
)
def test_front_matter_says_whether_it_is_a_draft(
    said: str, visibility: tuple[str, str], status: str, tmp_path: Path
) -> None:
    page = f"---\n{said}\n---\n![](a.jpg)".encode()
    (post,) = posts(read(tmp_path, HUGO | {"content/a/index.md": page, "content/a/a.jpg": PHOTO}))
    assert (post.visibility, post.status) == (visibility, status)


def test_a_bundle_publishes_pictures_that_the_page_does_not_show(tmp_path: Path) -> None:
    files = HUGO | {"content/a/index.md": b"words", "content/a/unseen.jpg": PHOTO, "content/b.md": b"words"}
    (post,) = posts(read(tmp_path, files))
    assert [Path(name).name for name in post.photos] == ["unseen.jpg"]


def test_links_are_guesses_where_the_settings_move_pages_and_none_without_settings(tmp_path: Path) -> None:
    files = {"content/a/index.md": b"![](a.jpg)", "content/a/a.jpg": PHOTO}
    moved = HUGO["hugo.toml"] + b'[permalinks]\nposts = "/:year/"\n'
    assert posts(read(tmp_path / "1", files | {"hugo.toml": moved}))[0].link.tier == "guess"
    assert posts(read(tmp_path / "2", files | {"hugo.toml": b'title = "x"'}))[0].link == ("", "none")
    bad = b'baseURL = "javascript:alert(1)"'
    assert posts(read(tmp_path / "3", files | {"hugo.toml": bad}))[0].link == ("", "none")


@pytest.mark.parametrize(
    "path",
    [
        "../../secret.jpg", "../../../../../../etc/a.jpg", "/../secret.jpg", "https://x.example/a.jpg", "//x.example/a.jpg",
        "file:///a.jpg", "data:image/png;base64,AAAA", "C:\\a.jpg", "%2e%2e/%2e%2e/secret.jpg", "\\\\x\\a.jpg", "a\0.jpg",
    ],
)  # fmt: skip
def test_paths_that_lead_out_are_not_followed(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(PHOTO)
    page = f'<img src="{path}"><img src="a.jpg">'.encode()
    got = read(tmp_path / "site", {"index.html": page, "a.jpg": PHOTO})
    (post,) = posts(got)
    assert [Path(name).name for name in post.photos] == ["a.jpg"]
    assert sum(isinstance(item, FileSource) for item in got) == 1


def test_pages_say_title_alt_tags_and_every_way_to_show_a_picture() -> None:
    page = html(
        '<title> A  sea </title><meta name="description" content="words"><time datetime="2024-05-04">'
        '<a href="big.jpg"><img src="a.jpg" srcset="b.jpg 1x, c.jpg 2x" alt="a pier"></a>'
    )
    assert (page.title, page.description, page.date) == ("A sea", "words", "2024-05-04")
    assert [p.path for p in page.pictures] == ["big.jpg", "a.jpg", "b.jpg", "c.jpg"]
    page = markdown(
        "---\ntitle: 'It''s'\ntags: [a, \"b\"]\ncover: d.jpg\n---\n![x](<e 1.jpg> \"t\") ![](h(1).jpg)\n"
        '{{< figure src="f.jpg" caption="y" >}}\n<img src="{{ "/g.jpg" | relative_url }}">'
    )
    assert (page.title, page.tags) == ("It's", ["a", "b"])
    assert {(p.path, p.alt) for p in page.pictures} == {
        ("d.jpg", ""),
        ("e 1.jpg", "x\nt"),
        ("h(1).jpg", ""),
        ("f.jpg", "y"),
        ("/g.jpg", ""),
    }
    assert markdown('{"title": "Sea", "draft": true}\nwords').said == "draft: true"
    assert markdown('---\ntitle: "broken\n  - x\n- y\n---').title == "broken"


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<!", "<a ", "</", "<img src=", "&#", "![", "![](", "{{", '{{ "', "{{<figure ", "---\n", "a: " + " " * 99,
     "- ", "[", "<![CDATA[", "<?", "%41", "<title>", '<img srcset="a,'],
)  # fmt: skip
def test_hostile_pages_are_read_in_little_time(piece: str) -> None:
    text = piece * (LARGEST // 4 // len(piece))
    start = process_time()
    for each in (text, f"---\n{text}\n---\n"):
        markdown(each)
    html(text)
    assert process_time() - start < 5


def test_a_site_in_one_folder_of_a_zip_and_names_of_its_own(tmp_path: Path) -> None:
    site = site_of(FolderStore(folder(tmp_path, {"mine/index.html": b"", "mine/a.jpg": PHOTO})))
    assert site is not None and (site.kind, site.root) == ("plain", "mine/")
    assert site.file("mine/index.html", "./a.jpg") == site.file("mine/x/y.html", "/a.jpg") == "mine/a.jpg"
    got = read(tmp_path, {"mine/index.html": b'<img src="a.jpg">', "mine/style.js": b""})
    assert isinstance(got[-1], Inventory) and not got[-1].unknown


def test_where_a_draft_would_lie_is_a_guess(tmp_path: Path) -> None:
    draft = PAGE.replace(b"title: Sea", b"title: Sea\ndraft: true")
    got = read(
        tmp_path, HUGO | {"content/sea.md": PAGE, "content/shore.md": draft, "static/img/a.jpg": PHOTO}
    )
    assert [(post.link.tier, post.status) for post in posts(got)] == [
        ("constructed", "live"),
        ("guess", "archived"),
    ]


def test_all_words_beside_a_figure_are_told() -> None:
    page = markdown('{{< figure src="a.jpg" alt="A stall" title="Saturday" caption="A stall" >}}')
    assert [shown.alt for shown in page.pictures] == ["A stall\nSaturday"]


def test_what_stands_below_and_over_a_picture_is_told(tmp_path: Path) -> None:
    figure = b'<figure><img src="a.jpg" alt="us" title="5 Sea Road"><figcaption>Ann <b>at school</b>\n</figcaption></figure>'
    page = b'<meta property="og:description" content="Our summer">' + figure
    (post,) = posts(read(tmp_path, {"index.html": page, "a.jpg": PHOTO}))
    told = [(text.kind, text.value) for text in post.facts.texts]
    assert told == [("caption", "Our summer"), ("caption", "Ann at school"), ("alt", "us\n5 Sea Road")]
    assert markdown('![us](a.jpg "5 Sea Road")').pictures[-1].alt == "us\n5 Sea Road"


def test_where_the_first_page_of_a_section_and_one_called_like_an_index_lie(tmp_path: Path) -> None:
    page = b"![](/a.jpg)"
    files = HUGO | {f"content/{n}.md": page for n in ("_index", "sea/_index", "sea/windex", "sea/pier/index")}
    got = posts(read(tmp_path, files | {"static/a.jpg": PHOTO}))
    site = "https://sam.example/"
    assert [post.link.value for post in got] == [
        site,
        f"{site}sea/",
        f"{site}sea/pier/",
        f"{site}sea/windex/",
    ]
