"""Where photos come from: one module per kind of place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from exposure.archives._around import around
from exposure.archives._places import exports_in, is_archive, known, packed_above, packed_in, sets, within
from exposure.errors import CannotRun
from exposure.model import Examination
from exposure.plugins import Archive, Item
from exposure.post import ACCOUNT_DATA
from exposure.source import FileSource
from exposure.stores import FolderStore, PackedStore, Store

__all__ = ["around", "found", "holds_many", "is_archive", "is_there", "items", "sources"]


def items(paths: Sequence[Path | str]) -> Iterator[Item]:
    """Everything under these paths: each place, and several parts of one export as one, by the most specific archive
    that recognises it. CannotRun when there is nothing at a path."""
    for store, archive in found(paths):
        yield from archive.items(store)


def sources(paths: Sequence[Path | str]) -> Iterator[FileSource | Examination]:
    """Every file under these paths, without what their archives say of them or, in a list that cannot be read, would."""
    for item in items(paths):
        if isinstance(item, FileSource) or (isinstance(item, Examination) and item.media != ACCOUNT_DATA):
            yield item


def is_there(path: Path | str) -> bool:
    """Whether there is something at a path, on the disk or, as far as its beginning tells, in a packed file."""
    return os.path.lexists(path) or packed_above(Path(path)) is not None


def holds_many(path: Path | str) -> bool:
    """Whether a path leads to a folder or an archive, or to a folder in an archive. CannotRun when to nothing."""
    path = Path(path)
    if os.path.lexists(path):
        return path.is_dir() or is_archive(path)
    return not any(source.name == str(path) for store in within([path]) for source in store.walk())


def found(paths: Sequence[Path | str]) -> Iterator[tuple[Store, Archive]]:
    """Every place under these paths, with the archive that it is. Packed files in a folder come before its other files."""
    packed: list[Path] = []
    inside: list[Path] = []
    for path in dict.fromkeys(map(Path, paths)):
        if not is_there(path):
            raise CannotRun(f"there is nothing at {path}")
        if path.is_dir():
            yield from _in_folder(path)
        elif not os.path.lexists(path):
            inside.append(path)
        elif is_archive(path):
            packed.append(path)
        else:
            yield known(FolderStore(path))
    for parts in sets(packed):
        yield known(PackedStore(parts))
    for store in within(inside):
        yield known(store)


def _in_folder(path: Path) -> Iterator[tuple[Store, Archive]]:
    folder = FolderStore(path)
    _, archive = known(folder)
    for store, inner in packed_in(folder):
        folder.skip(store.parts)
        yield store, inner
    apart = exports_in(folder) if archive.rank >= 0 else []
    for store, inner in apart:
        folder.skip(Path(store.path) / name for name in store.names)
        yield store, inner
    if apart:
        _, archive = known(folder)
    if archive.rank < 0:
        folder.forget()
    yield folder, archive
