"""Realistic exports in code: each module holds `exports`, the small life as its service hands it out, in every layout
that is known."""

from __future__ import annotations

import importlib
import io
import pkgutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

CARRIES = frozenset(
    {
        "account", "alt", "caption", "link", "people", "photos", "place", "posted", "stored-people", "stored-place",
        "stored-taken", "tags", "taken", "visibility",
    }
)  # fmt: skip


class Export(NamedTuple):
    """What a service hands out for the small life."""

    service: str
    """The name of the archive that must recognise it."""
    layout: str
    """Which generation or shape: 2021, 2024, single chat."""
    files: Mapping[str, bytes]
    carries: frozenset[str]
    """Of `CARRIES`: what of each moment its posts must tell, shown or only stored."""
    ids: Mapping[str, int]
    """The number of the moment that each post's id stands for."""


@cache
def every() -> tuple[Export, ...]:
    found: list[Export] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        found += importlib.import_module(f"{__name__}.{module}").exports()
    assert all(export.carries <= CARRIES for export in found)
    return tuple(found)


def folder(export: Export, at: Path) -> Path:
    for name, data in export.files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(data)
    return at


def zipped(files: Mapping[str, bytes], at: Path, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(at, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return at


def tarred(files: Mapping[str, bytes], at: Path) -> Path:
    with tarfile.open(at, "w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return at


def parts(files: Mapping[str, bytes], number: int) -> Iterator[dict[str, bytes]]:
    """The files dealt out to so many parts, so that a photo and its record lie apart."""
    names: Sequence[str] = sorted(files)
    for part in range(number):
        yield {name: files[name] for name in names[part::number]}
