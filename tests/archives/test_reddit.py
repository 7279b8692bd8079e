from __future__ import annotations

from pathlib import Path

from exposure.archives import found, items
from exposure.plugins import Item
from exposure.post import Inventory, Post
from tests.archives.exports import zipped

HEAD = "id,permalink,date,ip,subreddit,gildings,title,url,body\n"
PAGE = "https://www.reddit.com/r/example/comments/a/b/"


def read(tmp_path: Path, **tables: str) -> list[Item]:
    files = {f"{name}.csv": text.encode() for name, text in tables.items()}
    return list(items([zipped(files, tmp_path / "export_sam_20240711.zip")]))


def posts(tmp_path: Path, **tables: str) -> dict[str, Post]:
    return {item.id: item for item in read(tmp_path, **tables) if isinstance(item, Post)}


def test_nothing_is_called_public_and_why_is_said(tmp_path: Path) -> None:
    got = read(tmp_path, posts=HEAD + f"a,{PAGE},2024-05-04 10:11:12 UTC,,example,0,Title,,Body\n")
    post, inventory = got[0], got[-1]
    assert isinstance(post, Post) and isinstance(inventory, Inventory)
    assert post.visibility == ("unknown", "") and post.caption == "Title\nBody"
    assert "does not say" in inventory.notes[0]


def test_the_page_is_exact_though_it_stands_without_the_site(tmp_path: Path) -> None:
    text = HEAD + "a,/r/example/comments/a/b/,,,example,0,,,\nb,javascript:x,,,example,0,,,\n"
    got = posts(tmp_path, posts=text)
    assert [got[id].link for id in "ab"] == [(PAGE, "exact"), ("", "none")]


def test_network_addresses_are_stored_and_each_told_once(tmp_path: Path) -> None:
    text = HEAD + f"a,{PAGE},2024-05-04 10:11:12 UTC,203.0.113.7,example,0,Title,,\n"
    logs = "date,ip\nregistration ip,203.0.113.8\n2024-05-04 10:00:00 UTC,203.0.113.8\n"
    got = posts(tmp_path, posts=text, ip_logs=logs, linked_phone_number="phone_number\n+1 555 0100\n")
    assert [i.value for i in got["a"].stored.identifiers] == ["203.0.113.7"]
    assert [i.value for i in got["account"].stored.identifiers] == ["203.0.113.8"]
    assert [t.value for t in got["account"].stored.texts] == ["+1 555 0100"]
    assert not got["account"].facts.identifiers and got["account"].visibility.value == "private"


def test_what_was_deleted_says_so(tmp_path: Path) -> None:
    text = (
        HEAD + f"a,{PAGE},,,example,0,[deleted by user],,[removed]\nb,{PAGE},,,example,0,Title,,[removed]\n"
    )
    got = posts(tmp_path, posts=text)
    assert [(got[id].status, got[id].caption) for id in "ab"] == [("deleted", ""), ("unknown", "Title")]


def test_links_to_pictures_are_shown_and_a_comment_is_no_post(tmp_path: Path) -> None:
    text = HEAD + f"a,{PAGE},,,example,0,Title,https://i.redd.it/x.jpg,\n"
    comments = (
        f"id,permalink,date,ip,subreddit,gildings,link,parent,body,media\na,{PAGE},,,example,0,l,,words,\n"
    )
    got = posts(tmp_path, posts=text, comments=comments)
    assert [(t.kind, t.value) for t in got["a"].facts.texts] == [
        ("caption", "Title"),
        ("path", "https://i.redd.it/x.jpg"),
    ]
    assert got["t1_a"].caption == "words"


def test_a_table_of_posts_of_something_else_is_no_export(tmp_path: Path) -> None:
    at = zipped({"posts.csv": b"id,title\n1,words\n"}, tmp_path / "a.zip")
    ((_, archive),) = found([at])
    assert archive.name == "folder"


def test_tables_without_the_words_are_known(tmp_path: Path) -> None:
    tables = {"post_headers": HEAD, "posts_headers": HEAD, "comments_headers": HEAD}
    inventory = read(tmp_path, posts=HEAD + f"a,{PAGE},,,example,0,Title,,Body\n", **tables)[-1]
    assert isinstance(inventory, Inventory) and inventory.unknown == ()


def test_a_table_that_a_spreadsheet_wrote_anew_is_read(tmp_path: Path) -> None:
    row = f"a,{PAGE},2024-05-04 10:11:12 UTC,,example,0,Title,,Body\n"
    quoted = '"' + HEAD.strip().replace(",", '","') + '"\n' + row
    for n, text in enumerate(
        (
            quoted,
            (HEAD + row).replace(",", ";"),
            (HEAD + row).replace(",", "\t"),
            (HEAD + row).replace("\n", "\r"),
        )
    ):
        (at := tmp_path / str(n)).mkdir()
        assert posts(at, posts=text)["a"].caption == "Title\nBody"
    zipped({"posts.csv": (HEAD + row).encode("utf-16")}, tmp_path / "utf16.zip")
    assert any(isinstance(item, Post) for item in items([tmp_path / "utf16.zip"]))
