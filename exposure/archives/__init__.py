"""Where photos come from: one module per kind of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exposure.errors import CannotRun
from exposure.model import Examination
from exposure.plugins import Archive, discover
from exposure.source import FileSource


def sources(paths: Sequence[Path | str]) -> Iterator[FileSource | Examination]:
    """Every file under these paths, each path by the most specific archive that recognises it."""
    archives = sorted(discover("archives", Archive), key=lambda a: -a.rank)
    for path in dict.fromkeys(map(Path, paths)):
        archive = next((a for a in archives if a.recognise(path)), None)
        if archive is None:
            raise CannotRun(f"there is nothing at {path}")
        yield from archive.sources(path)
