"""What lies at the paths of a command: folders, files, packed files, and files in packed files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePath, PurePosixPath

from exposure.errors import CannotRun
from exposure.media import media_kind
from exposure.model import Examination
from exposure.plugins import Archive, Format, discover
from exposure.stores import PACKED, FolderStore, PackedStore, Store, WithinStore, is_packed

_DOCUMENTS = frozenset(
    {
        "[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "META-INF/container.xml", "AndroidManifest.xml",
        "Index/Document.iwa", "Index.zip", "doc.kml",
    }
)  # fmt: skip
"""What documents and programs have in them that are zips too; a file called .zip is an archive nevertheless."""


_OWNER = re.compile(
    r"(?:.*/)?(?:actor|personal_information|profile_information|account_profile|user|user_data(?:_tiktok)?|account|result)\.json"
    r"|(?:.*/)?(?:account|user_details)\.js|(?:.*/)?statistics\.csv|(?:.*/)?[^/]+\.car"
)
"""The list of an export that says whose it is: there is one in all parts of it together."""


def known(store: Store) -> tuple[Store, Archive]:
    """A store with the most specific archive that recognises it. CannotRun when not even a folder does."""
    archives = sorted(discover("archives", Archive), key=lambda a: -a.rank)
    archive = next((a for a in archives if a.recognise(store)), None)
    if archive is None:
        raise CannotRun(f"there is nothing at {store.path}")
    return store, archive


def exports_in(folder: FolderStore) -> list[tuple[Store, Archive]]:
    """The folders in a folder that are exports of several services or accounts, each to be read by its own; none where
    they may be parts of one export: of one service, and neither their names nor two lists of owners tell otherwise."""
    top = folder.parts[0]
    inner = dict.fromkeys(name.partition("/")[0] for name in folder.names if "/" in name)
    found = [known(_without(FolderStore(top / name), folder)) for name in inner]
    some = [(store, archive) for store, archive in found if archive.rank >= 0]
    owners = [
        (archive.name, name) for store, archive in some for name in store.names if _OWNER.fullmatch(name)
    ]
    several = len({archive.name for _, archive in some}) > 1 or len(set(owners)) < len(owners)
    return some if several or _are_called_several(some) else []


def _are_called_several(exports: Sequence[tuple[Store, Archive]]) -> bool:
    """Whether these folders are called like zips that are parts of as many exports: they were unpacked."""
    keys = [archive.part(f"{PurePath(store.path).name}.zip") for store, archive in exports]
    return len(keys) > 1 and None not in keys and len(set(keys)) == len(keys)


def _without(inner: FolderStore, outer: FolderStore) -> FolderStore:
    """A folder in a folder, without what is looked at in another way."""
    inner.skip(outer.skipped)
    return inner


def sets(paths: Sequence[Path]) -> list[list[Path]]:
    """The parts of one export together, in the order of their names."""
    found: dict[object, list[Path]] = {}
    for path in paths:
        key = next((f"{a.name} {k}" for a in discover("archives", Archive) if (k := a.part(path.name))), path)
        found.setdefault((key, path.parent), []).append(path)
    return [sorted(parts) for parts in found.values()]


def is_archive(path: Path) -> bool:
    """Whether a file that was named is to be opened: a zip or a tar, but no document that is a zip inside."""
    if not path.is_file() or not is_packed(path):
        return False
    return is_called_packed(path.name) or _DOCUMENTS.isdisjoint(PackedStore([path]).names)


def is_called_packed(name: str) -> bool:
    return PurePath(name).suffix.lower() in PACKED


def packed_in(folder: FolderStore) -> Iterator[tuple[Store, Archive]]:
    """The archives in a folder and its folders: of an account, or with photos in them, or too damaged to tell."""
    top = folder.parts[0]
    candidates = [top / name for name in folder.names if is_called_packed(name)]
    for parts in sets([path for path in candidates if is_packed(path)]):
        store, archive = known(PackedStore(parts))
        if archive.rank >= 0 or _holds_photos(store):
            yield store, archive


def _holds_photos(store: Store) -> bool:
    """Whether a packed file has photos in it, by their names, or something in it cannot be told."""
    if any(PurePosixPath(name).suffix.lower() in _endings() or media_kind(b"", name) for name in store.names):
        return True
    return any(isinstance(found, Examination) for found in store.walk())


@cache
def _endings() -> frozenset[str]:
    return frozenset(ending for format_ in discover("formats", Format) for ending in format_.extensions)


def within(paths: Iterable[Path]) -> Iterator[Store]:
    """The files in packed files that these paths lead to. CannotRun when there is none."""
    names: dict[Path, list[str]] = {}
    stores: dict[Path, PackedStore] = {}
    for path in paths:
        outer = packed_above(path)
        if outer is None:
            raise CannotRun(f"there is nothing at {path}")
        if outer not in stores:
            stores[outer] = PackedStore([outer])
        store = stores[outer]
        inner = path.relative_to(outer).as_posix()
        found = [inner] if store.has(inner) else [n for n in store.names if n.startswith(f"{inner}/")]
        if not found:
            raise CannotRun(f"there is nothing at {path}")
        names.setdefault(outer, []).extend(found)
    for outer, some in names.items():
        yield WithinStore(stores[outer], some)


def packed_above(path: Path) -> Path | None:
    """The packed file that a path leads into; None when it leads into none."""
    above = next((parent for parent in path.parents if os.path.lexists(parent)), None)
    return above if above is not None and above.is_file() and is_packed(above) else None
