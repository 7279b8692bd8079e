"""What is remembered of files that were changed where they lie: one folder for each path, in the private place.

A record says where a file was and what it held; beside it is the original itself. Records are plain JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from exposure.cleaning._private import ORIGINALS
from exposure.cleaning._write import settle
from exposure.source import FileSource, Source

_PIECE = 1 << 20
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Record(NamedTuple):
    """What is remembered of one file: enough to put it back, also by hand. Sizes in bytes, hashes are SHA-256."""

    path: str
    """Where it was."""
    copy: str
    """Where its clean copy is: the same, or a new name beside it."""
    kept: str
    """The file beside this record that is the original; empty when only its name was changed."""
    size: int
    sha256: str
    copy_size: int
    copy_sha256: str
    mode: int
    """Its permissions."""
    modified: int
    """Its date, in nanoseconds since 1970."""
    when: str
    """When this was written: UTC, ISO 8601."""

    @property
    def file(self) -> str:
        """The record's own name."""
        return f"{'record' if self.kept else 'renamed'}-{self.sha256[:16]}.json"


_ANY = Record("", "", "", 0, "", 0, "", 0, 0, "")
_KEPT = re.compile(rf"original-[0-9a-f]{{16}}({_SUFFIX.pattern})?")


def home(private: Path, path: Path) -> Path:
    """The folder for whatever is kept of the file at this path."""
    return private / ORIGINALS / hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def records(folder: Path) -> Iterator[Record]:
    """What is remembered in one such folder, the newest first; nothing when it is not there."""
    found = map(_read, (*folder.glob("record-*.json"), *folder.glob("renamed-*.json")))
    yield from sorted((r for r in found if r is not None), key=lambda record: record.when, reverse=True)


def _read(path: Path) -> Record | None:
    """One record; None when it is damaged."""
    try:
        row = json.loads(path.read_bytes())
        record = Record(*(row[key] for key in Record._fields))
    except (ValueError, KeyError, TypeError):
        return None
    right = all(type(value) is type(meant) for value, meant in zip(record, _ANY, strict=True))
    return record if right and (not record.kept or _KEPT.fullmatch(record.kept)) else None


def kept_name(path: Path, sha256: str) -> str:
    """What the original from this path is called in the private place."""
    return f"original-{sha256[:16]}{path.suffix if _SUFFIX.fullmatch(path.suffix) else ''}"


def drop(folder: Path, record: Record) -> None:
    """Forget what is kept of a file whose original is elsewhere: the original first, the record last."""
    if record.kept:
        (folder / record.kept).unlink(missing_ok=True)
        settle(folder)
    (folder / record.file).unlink(missing_ok=True)
    with suppress(OSError):  # something else is in it
        folder.rmdir()


def digest(source: Source) -> str:
    """The SHA-256 of all of it."""
    found = hashlib.sha256()
    for at in range(0, source.size, _PIECE):
        found.update(source.read(at, min(_PIECE, source.size - at)))
    return found.hexdigest()


def digest_at(path: Path) -> str:
    with FileSource(path) as source:
        return digest(source)


def real(path: Path | str) -> Path:
    """A file's own path: without links on the way to it, but not beyond a link that it is itself."""
    given = Path(path)
    return given.parent.resolve() / given.name


def is_same(path: Path, status: os.stat_result) -> bool:
    """Whether the very file that the system described so is at this path."""
    try:
        return os.path.samestat(path.lstat(), status)
    except OSError:
        return False
