"""Where photos come from: one module per kind of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exposure.errors import CannotRun
from exposure.model import Examination
from exposure.plugins import Archive, Item, discover
from exposure.source import FileSource
from exposure.stores import FolderStore, Store, ZipStore, is_zip

_PACKED = (".zip",)


def items(paths: Sequence[Path | str]) -> Iterator[Item]:
    """Everything under these paths: each place, and several parts of one export as one, by the most specific archive
    that recognises it. CannotRun when there is nothing at a path."""
    for store, archive in found(paths):
        yield from archive.items(store)


def sources(paths: Sequence[Path | str]) -> Iterator[FileSource | Examination]:
    """Every file under these paths, without what their archives say of them."""
    for item in items(paths):
        if isinstance(item, (FileSource, Examination)):
            yield item


def found(paths: Sequence[Path | str]) -> Iterator[tuple[Store, Archive]]:
    """Every place under these paths, with the archive that it is. Archives that lie in a plain folder come first."""
    packed: list[Path] = []
    for path in dict.fromkeys(map(Path, paths)):
        if not path.exists() and not path.is_symlink():
            raise CannotRun(f"there is nothing at {path}")
        if path.is_dir():
            yield from _in_folder(path)
        elif is_zip(path):
            packed.append(path)
        else:
            yield _known(FolderStore(path))
    for parts in _sets(packed):
        yield _known(ZipStore(parts))


def _in_folder(path: Path) -> Iterator[tuple[Store, Archive]]:
    folder = FolderStore(path)
    store, archive = _known(folder)
    if archive.rank >= 0:
        yield store, archive
        return
    taken: list[Path] = []
    for parts in _sets([p for p in sorted(path.iterdir()) if p.suffix.lower() in _PACKED and is_zip(p)]):
        inner = _known(ZipStore(parts))
        if inner[1].rank >= 0:
            taken += parts
            yield inner
    folder.forget()
    yield FolderStore(path, taken), archive


def _known(store: Store) -> tuple[Store, Archive]:
    """CannotRun when no archive, not even a folder, knows what to do with it."""
    archives = sorted(discover("archives", Archive), key=lambda a: -a.rank)
    archive = next((a for a in archives if a.recognise(store)), None)
    if archive is None:
        raise CannotRun(f"there is nothing at {store.path}")
    return store, archive


def _sets(paths: Sequence[Path]) -> list[list[Path]]:
    """The parts of one export together, in the order of their names."""
    sets: dict[object, list[Path]] = {}
    for path in paths:
        key = next((f"{a.name} {k}" for a in discover("archives", Archive) if (k := a.part(path.name))), path)
        sets.setdefault((key, path.parent), []).append(path)
    return [sorted(parts) for parts in sets.values()]
