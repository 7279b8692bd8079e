"""Threads: an archive that holds nothing of Instagram. Where both lie in one, `instagram` gives the posts of both."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.archives._kit import Files, inventory
from exposure.archives._media import Media
from exposure.archives._meta import INSTAGRAM_MEDIA, OTHER_LISTS
from exposure.archives._meta_posts import export_of
from exposure.archives._threads import lists, threads
from exposure.plugins import Archive, Item
from exposure.stores import Store

_NO_LINKS = "This archive holds no links to posts, and does not say who sees them: find them on your profile by date and words."


def recognise(store: Store) -> bool:
    """By its list, unless Instagram's lie beside it."""
    return bool(lists(store)) and not any(
        (found := INSTAGRAM_MEDIA.fullmatch(name)) and found[3] == "json" for name in store.names
    )


def items(store: Store) -> Iterator[Item]:
    """Each post and reply with its files; then the files of no post."""
    files, media = Files(store), Media(store)
    yield from threads(store, files, media)
    yield from files.rest()
    understood = [name for name in store.names if not OTHER_LISTS.isdisjoint(name.split("/"))]
    yield inventory(THREADS, store, understood, [_NO_LINKS, *media.notes()])


def part(name: str) -> str | None:
    return export_of("threads", name)


THREADS = Archive("threads", "Threads", recognise, items, part=part)
