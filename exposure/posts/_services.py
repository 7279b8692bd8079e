"""What is known of each service: what can be done about a post there, in sentences. It stands in ``services.toml``."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from exposure.post import Post

_WHOLE = ("file", "document")


class Service(NamedTuple):
    """The sentences of one service; an empty one means that it cannot do that."""

    name: str
    """As it is called in a sentence."""
    platform: str
    """The row of ``platforms.toml`` for what is posted there; empty where none fits."""
    whole: str
    """That for what is sent as a file; empty where there is no other."""
    look: str
    setting: str
    place: str
    words: str
    people: str
    alt: str
    replace: str
    delete: str
    message: str
    """How to delete a message, where that is not how posts are deleted; empty where it is."""
    kept: str
    """Where stories may be kept that are over, so that they are shown on; empty where there is no such place."""
    stays: tuple[str, ...]
    page: str
    """The address of its settings, as text; empty when there is none."""


@cache
def services() -> dict[str, Service]:
    """Every service, by the name of its archive."""
    import tomllib  # only posts need it
    from importlib import resources

    text = resources.files("exposure").joinpath("services.toml").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = tomllib.loads(text)["services"]
    other = rows["other"]
    found = {}
    for name, row in rows.items():
        made = _service({**other, **row})
        for each in (name, *row.get("also", ())):
            found[each] = made
    return found


def _service(row: dict[str, Any]) -> Service:
    words = {key: row.get(key, "") for key in Service._fields if key != "stays"}
    return Service(stays=tuple(row["stays"]), **words)


def service(name: str) -> Service:
    """That of an archive; of one that nothing is known about, words that hold anywhere."""
    known = services()
    return known.get(name, known["other"])


def general() -> tuple[str, ...]:
    """What no deletion undoes anywhere."""
    return services()["other"].stays


def platform_of(post: Post) -> str | None:
    """The row of ``platforms.toml`` that says what became of its photos; None where none fits."""
    known = service(post.service)
    if known.whole and is_whole(post):
        return known.whole
    return known.platform or None


def is_whole(post: Post) -> bool:
    """Whether the archive says that its photos were sent as files."""
    return _came(post, *_WHOLE)


def is_message(post: Post) -> bool:
    """Whether the archive says that it is a message, in a service that has posts as well."""
    return _came(post, "message")


def _came(post: Post, *ways: str) -> bool:
    texts = (*post.facts.texts, *post.stored.texts)
    return any(text.kind == "way" and any(word in text.value for word in ways) for text in texts)
