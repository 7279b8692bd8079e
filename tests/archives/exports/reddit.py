"""Reddit: one zip of tables; long ones in pieces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment

POSTS = ["id", "permalink", "date", "ip", "subreddit", "gildings", "title", "url", "body"]
COMMENTS = ["id", "permalink", "date", "ip", "subreddit", "gildings", "link", "parent", "body", "media"]
CARRIED = frozenset({"account", "caption", "link", "posted"})


def exports() -> Iterator[Export]:
    posts = [_post(moment) for moment in LIFE]
    files = {
        "posts.csv": _table(POSTS, posts),
        "post_headers.csv": _table(POSTS[:6], [post[:6] for post in posts]),
        "comments.csv": _table(
            COMMENTS, [["c1", "https://www.reddit.com/r/example/comments/p1/c1/", ""] + [""] * 7]
        ),
        "ip_logs.csv": _table(
            ["date", "ip"], [["registration ip", "203.0.113.7"], [_date(LIFE[0]), "203.0.113.8"]]
        ),
        "statistics.csv": _table(
            ["statistic", "value"], [["account name", "sam"], ["export time", _date(LIFE[4])]]
        ),
        "subscribed_subreddits.csv": b"subreddit\r\nexample\r\n",
    }
    ids = {f"p{moment.id}": moment.id for moment in LIFE}
    yield Export("reddit", "posts", files, CARRIED, ids)
    pieces = {f"posts_{n}.csv": _table(POSTS, posts[n - 1 :: 2]) for n in (1, 2)}
    yield Export(
        "reddit", "pieces", {k: v for k, v in files.items() if k != "posts.csv"} | pieces, CARRIED, ids
    )
    comments = {
        **{name: files[name] for name in ("ip_logs.csv", "statistics.csv")},
        "comment_headers.csv": _table(COMMENTS[:8], [_comment(moment)[:8] for moment in LIFE]),
        "comments.csv": _table(COMMENTS, [_comment(moment) for moment in LIFE]),
    }
    yield Export("reddit", "comments", comments, CARRIED, {f"t1_{m.id}": m.id for m in LIFE})


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode("utf-8-sig")


def _date(moment: Moment) -> str:
    return moment.posted.replace("T", " ").replace("Z", " UTC")


def _post(moment: Moment) -> list[str]:
    page = f"https://www.reddit.com/r/example/comments/p{moment.id}/synthetic/"
    picture = f"https://i.redd.it/{moment.id}a0b1.jpg"
    return [f"p{moment.id}", page, _date(moment), "203.0.113.7", "example", "0", moment.caption, picture, ""]


def _comment(moment: Moment) -> list[str]:
    page = f"https://www.reddit.com/r/example/comments/p1/synthetic/{moment.id}/"
    row = [str(moment.id), page, _date(moment), "", "example", "0", "https://www.reddit.com/p1/", "t3_p1"]
    return [*row, moment.caption, ""]
