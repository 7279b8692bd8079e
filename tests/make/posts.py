"""Posts in code: what a scan hands to a report when an account's archive is among its paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from exposure.model import (
    Device,
    Evidence,
    Fact,
    Facts,
    Finding,
    Identifier,
    Level,
    Person,
    Place,
    Question,
    Secret,
    Text,
    Time,
)
from exposure.post import Inventory, Link, Post, PostExamination, Visibility
from tests.make.examinations import at, finding

CAPTION = at("Flickr:photo_51.json:description", (0, 0))
GEO = at("Flickr:photo_51.json:geo", (0, 0))

SHOWN: tuple[Fact, ...] = (
    Text("caption", "Our new flat, second floor", CAPTION),
    Text("keyword", "harbour", at("Flickr:photo_51.json:tags")),
    Place(48.137222, 11.5755, None, "Marienplatz 1", GEO),
    Person("depicted", "Anna Schmidt", at("Flickr:photo_51.json:people")),
    Time("taken", "2024-05-03T18:00:00", None, at("Flickr:photo_51.json:date_taken")),
)
STORED: tuple[Fact, ...] = (
    Identifier("ip-address", "203.0.113.77", at("Flickr:photo_51.json:ip")),
    Device("Acme", "Shutter 9", at("Flickr:photo_51.json:exif")),
)
"""Every kind of fact that a post has, shown and stored."""


def post(id: str = "51000000001", *shown: Fact, stored: Sequence[Fact] = (), **more: Any) -> Post:
    """``post("51000000001", Text("caption", "At sea", CAPTION), status="deleted")``"""
    words: dict[str, Any] = {
        "service": "flickr",
        "account": "annaschmidt",
        "posted": "2024-05-04T10:11:12Z",
        "visibility": Visibility("public", 'privacy="public"'),
        "link": Link(f"https://www.flickr.com/photos/annaschmidt/{id}/", "exact"),
        "photos": (f"flickr/photo_{id}_o.jpg",),
        **more,
    }
    return Post(id=id, facts=Facts.sorted(shown), stored=Facts.sorted(stored), **words)


def home_words(level: Level = Level.HIGH, **more: Any) -> Finding:
    """What a rule for posts may find."""
    words = {
        "message": "Anyone who reads this post can tell where you live.",
        "remedy": "Take these words out.",
        "question": Question.WHERE,
        "command": "",
        **more,
    }
    return finding(
        "invented-home", level, Evidence(CAPTION, "Our new flat, second floor", Secret.TEXT), **words
    )


def judged(of: Post | None = None, *found: Finding, **more: Any) -> PostExamination:
    """``judged(post(), home_words(), action="setting")``"""
    words: dict[str, Any] = {
        "shown": (),
        "action": "delete" if found else "leave",
        "steps": ("Take the place off the page of the photo.", "Delete the post.")
        if found
        else ("Nothing needs to be done.",),
        "stays": ("Copies that others saved stay.",),
        **more,
    }
    return PostExamination(of or post(), found, **words)


def inventory(**more: Any) -> Inventory:
    """An archive with every count."""
    words: dict[str, Any] = {
        "service": "flickr",
        "title": "Flickr",
        "path": "flickr.zip",
        "unknown": (
            "inbox/annaschmidt_77/message_1.json",
            "inbox/benokoro_12/message_1.json",
            "new_thing.json",
        ),
        "notes": ("Part 2 of 3 is missing: ask for it again.",),
        "posts": 12,
        "photos": 14,
        "positions": 5,
        "people": 2,
        "links": {"exact": 10, "none": 2},
        "not_own": 1,
        **more,
    }
    return Inventory(**words)


def many(number: int) -> Iterator[PostExamination]:
    """Posts of some years, of several services, in every state."""
    for n in range(number):
        yield _one(n)


def _one(n: int) -> PostExamination:
    service = ("flickr", "picturebook", "chatter")[n % 3]
    seen = (
        Visibility("public", 'privacy="public"'),
        Visibility("unknown", ""),
        Visibility("public", "protected=false"),
    )[n % 3]
    link = Link(f"https://{service}.example/annaschmidt/{n}", ("exact", "none", "constructed")[n % 3])
    words: dict[str, Any] = {
        "service": service,
        "visibility": seen,
        "link": link if n % 3 != 1 else Link(),
        "posted": f"20{10 + n % 14}-{n % 12 + 1:02}-{n % 28 + 1:02}T10:11:12Z",
        "photos": tuple(f"{service}/photo_{n}_{k}.jpg" for k in range(1 + n % 2)),
        "status": "deleted" if n % 11 == 7 else "live",
        "own": n % 13 != 5,
    }
    of = post(f"5{n:010}", Text("caption", f"A walk by the river, number {n}", CAPTION), **words)
    level = (Level.CRITICAL, Level.HIGH, Level.MEDIUM, Level.MEDIUM, Level.LOW)[n % 5]
    action = ("setting", "cannot-tell", "delete")[n % 3] if level >= Level.MEDIUM else "leave"
    steps = {
        "setting": (
            "Take the place off the page of the photo.",
            "Put a clean copy in its place.",
            "Delete the post.",
        ),
        "cannot-tell": ("Look who can see this post, for the archive does not say.", "Delete the post."),
        "delete": ("Delete the post.",),
        "leave": ("Nothing needs to be done.",),
    }[action]
    shown = (finding("gps-position", Level.HIGH),) if n % 4 == 0 else ()
    return judged(of, home_words(level), shown=shown, action=action, steps=steps)
