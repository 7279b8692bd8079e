"""Where each copy goes: the folder mirrored, and nothing that could hurt an original or another copy on the way."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from exposure.archives import holds_many, is_there, sources
from exposure.cleaning._write import swept
from exposure.errors import CannotClean, CannotRun, reason
from exposure.model import Examination
from exposure.source import FileSource

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.\.?$')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?: *\..*)?", re.IGNORECASE
)
"""Names that Windows keeps for devices, whatever their ending (Microsoft, "Naming Files, Paths, and Namespaces")."""
_LONGEST_NAME = 200
"""Bytes of one name: disks take 255, and names of our own are longer."""


class Place(NamedTuple):
    """A file that was found, and where in the output folder its copy goes."""

    found: FileSource | Examination
    relative: Path


def places(paths: Sequence[str]) -> Iterator[Place]:
    """Every file under these paths. One folder is mirrored as it is; of several, each gets its name in the output."""
    for path in dict.fromkeys(map(Path, paths)):
        many = holds_many(path)
        top = Path(path.resolve().name) if many and len(paths) > 1 else Path()
        for found in sources([path]):
            relative = top / (Path(found.name).relative_to(path) if many else path.name)
            is_member = isinstance(found, FileSource) and found.in_archive
            yield Place(found, safe(relative) if is_member else relative)


def safe(relative: Path) -> Path:
    """A file's name in an archive as one that every disk takes, and that leads nowhere else."""
    return Path(*map(_safe, relative.parts))


def _safe(word: str) -> str:
    word = _UNSAFE.sub("_", word)
    stem, dot, ending = word.rpartition(".")
    while len(os.fsencode(word)) > _LONGEST_NAME and stem:
        stem = stem[:-1]
        word = f"{stem}{dot}{ending}"
    word = word[:_LONGEST_NAME].rstrip(" .") or "_"
    return f"_{word}" if _RESERVED.fullmatch(word) else word


def prepared(output: str, paths: Sequence[str]) -> Path:
    """The output folder, made if it is not there. CannotRun when it is no place for copies."""
    folder = Path(output)
    for path in map(Path, paths):
        if not is_there(path):
            raise CannotRun(f"there is nothing at {path}")
        _refuse_mixing(folder, path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CannotRun(f"{folder} is a file; name a folder for the copies") from None
    except OSError as error:
        raise CannotRun(
            f"the folder {folder} cannot be made: {reason(error)}; name another folder for the copies"
        ) from error
    if not os.access(folder, os.W_OK):
        raise CannotRun(f"nothing can be written into {folder}; name another folder for the copies")
    return folder


def _refuse_mixing(folder: Path, path: Path) -> None:
    """Copies never go where originals are: they would be mixed up, cleaned again or uploaded along."""
    if path.is_dir():
        if lies_in(folder, path):
            beside = path.resolve().parent / f"{path.resolve().name}-clean"
            raise CannotRun(
                f"{folder} is in {path}, where your originals are; name a folder outside it for the copies, such as "
                f"{beside}"
            )
        if folder.exists() and lies_in(path, folder):
            raise CannotRun(
                f"your originals in {path} are in {folder}; name another folder for the copies, so that the two are "
                "not mixed up"
            )
    elif path.exists() and folder.exists() and folder.samefile(path.parent):
        raise CannotRun(f"{path} itself is in {folder}; name another folder for its copy")


def lies_in(inner: Path, outer: Path) -> bool:
    """Whether `inner`, which need not be there yet, is `outer` or in it, by whatever names and links."""
    real = inner.resolve()
    return any(each.exists() and each.samefile(outer) for each in (real, *real.parents))


class Targets:
    """Gives each copy its path, each path once, whatever the disk makes of capital letters and accents."""

    __slots__ = ("_folder", "_folders", "_taken")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folders: set[Path] = set()
        self._taken: set[int] = set()

    def path(self, relative: Path) -> Path:
        """Where this copy goes; its folder is there afterwards. CannotClean when it has no place; OSError from the disk."""
        key = hash(unicodedata.normalize("NFC", str(relative)).casefold())
        if key in self._taken:
            raise CannotClean(
                "the copy of another photo has the same name, or one that differs only in capital letters or accents; "
                "rename one of the two, or use --rename"
            )
        self._taken.add(key)
        self._make(relative.parent)
        return self._folder / relative

    def _make(self, relative: Path) -> None:
        if relative in self._folders:
            return
        if relative != Path():
            self._make(relative.parent)
            folder = self._folder / relative
            if folder.is_symlink():
                raise CannotClean(
                    f"{folder} is a link that leads elsewhere; take it away or name another folder"
                )
            folder.mkdir(exist_ok=True)
        swept(self._folder / relative)  # what an earlier run that was stopped has left
        self._folders.add(relative)
