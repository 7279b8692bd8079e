"""The export that a plain folder is a piece of, such as ``media`` of an Instagram archive.

Its photos alone would look harmless, for the posts that show them lie beside the folder. So the lists near the top of
the folders above are looked at, never in the home folder or above it, and never more of them than it takes to say so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from exposure.archives._kit import is_list
from exposure.archives._places import exports_in, known
from exposure.model import Examination
from exposure.plugins import Archive
from exposure.post import ACCOUNT_DATA, Post
from exposure.stores import FolderStore, Store, WithinStore, gap

_LEVELS = 6
"""So many folders above are looked into: Mastodon's pictures lie that deep."""
_DEPTH, _MOST_ENTRIES = 3, 1_000
"""The lists of all exports lie no deeper; a folder with more than that in it is a home of many things."""
_MOST_ITEMS = 20_000
_NUMBERS = ("two", "three", "four", "five", "six")


def around(store: Store, archive: Archive) -> Iterator[Examination]:
    """What to say of a plain folder that is a piece of an export; nothing for any other."""
    if archive.rank < 0 and isinstance(store, WithinStore):
        yield from _packed(store)
    if archive.rank >= 0 or not isinstance(store, FolderStore) or not store.is_folder:
        return
    here = Path(os.path.realpath(store.path))
    folders = list(_above(here))
    for found, above in enumerate(folders):
        whole = _whole(above, here)
        if whole is not None:
            levels = _top(folders, found, whole)
            where = f"{_NUMBERS[levels - 1]} levels above it" if levels else "above it"
            yield gap(
                store.path,
                f"this folder is only a piece of {_named(whole)}. The posts were not read, so nothing is said of what they tell "
                f"about these photos, and to whom. Scan the folder {where} instead.",
                ACCOUNT_DATA,
            )
            return


def _top(folders: Sequence[Path], found: int, whole: Archive) -> int:
    """Which of the folders above, from that on in which the archive was found, holds all of it: the highest in which lists
    of the same archive lie beside the folder that was found before."""
    top = found
    for number in range(found + 1, len(folders)):
        higher, inside = folders[number], f"{folders[top].relative_to(folders[number]).as_posix()}/"
        if exports_in(FolderStore(higher)):
            break
        if _archive(higher, [name for name in _lists(higher) if not name.startswith(inside)]) is whole:
            top = number
    return top


def _packed(store: WithinStore) -> Iterator[Examination]:
    """The same of a folder in a packed file; of a single file nothing is said."""
    _, whole = known(store.whole)
    if whole.rank >= 0 and len(store.names) > 1:
        yield gap(
            store.path,
            f"only a piece of this file was looked at, which is {_named(whole)}. The posts were not read, so nothing is said of "
            "what they tell about these photos, and to whom. Scan the whole file instead.",
            ACCOUNT_DATA,
        )


def _named(archive: Archive) -> str:
    return archive.title if archive.title.startswith(("a ", "an ")) else f"an archive of {archive.title}"


def _above(here: Path) -> Iterator[Path]:
    """The folders above, up to the home folder or the top of the disk, which are not looked into."""
    home = Path(os.path.realpath(Path.home()))
    for above in here.parents[:_LEVELS]:
        if above == home or above in home.parents or above == above.parent or os.path.ismount(above):
            return
        yield above


def _whole(above: Path, here: Path) -> Archive | None:
    """The archive in a folder above, if it is none without the folder here, or posts of it show photos from here."""
    lists = list(_lists(above))
    archive = _archive(above, lists)
    if archive is None:
        return None
    inside = f"{here.relative_to(above).as_posix()}/"
    others = [name for name in lists if not name.startswith(inside)]
    if len(others) < len(lists) and _archive(above, others) is None:
        return archive
    files = WithinStore(FolderStore(above), (*others, *(inside + name for name in FolderStore(here).names)))
    mine = str(above / inside) + os.sep
    for item in islice(archive.items(files), _MOST_ITEMS):
        if isinstance(item, Post) and any(photo.startswith(mine) for photo in item.photos):
            return archive
    return None


def _archive(above: Path, lists: Sequence[str]) -> Archive | None:
    """What these files are an archive of, by themselves."""
    if not lists:
        return None
    _, archive = known(WithinStore(FolderStore(above), lists))
    return archive if archive.rank >= 0 else None


def _lists(above: Path) -> Iterator[str]:
    """Names of the lists near the top of a folder, the highest first."""
    waiting, left = [(above, "", 1)], _MOST_ENTRIES
    for folder, before, depth in waiting:
        try:
            with os.scandir(folder) as entries:
                found = sorted(islice(entries, left), key=lambda e: e.name)
        except OSError:
            continue
        left -= len(found)
        for entry in found:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEPTH:
                    waiting.append((Path(entry.path), f"{before}{entry.name}/", depth + 1))
            elif is_list(entry.name):
                yield before + entry.name
