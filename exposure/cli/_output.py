"""Where a report goes: to stdout, or into a file that only its owner may read and that appears when it is whole."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from exposure.errors import CannotRun, reason
from exposure.plugins import Writer, discover

_SNIFFED = 4_096
"""Bytes in which a report's mark stands."""


@contextmanager
def output(name: str | None) -> Iterator[TextIO]:
    """stdout without a name or for ``-``; otherwise a new file beside its place, renamed when all went well.

    The file is readable by its owner alone where the system knows such a thing. CannotRun when something stands in
    its place that is not an earlier report, or when it cannot be written.
    """
    if name is None or name == "-":
        yield sys.stdout
        return
    import tempfile

    path = Path(name)
    _refuse(path)
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".exposure-", dir=path.parent)
    except OSError as error:
        raise CannotRun(f"cannot write into {path.parent}: {reason(error)}") from error
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _refuse(path)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _refuse(path: Path) -> None:
    """Only an earlier report or an empty file is ever replaced: never a photo, a text, a link, a folder or a device."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotRun(f"cannot write {path}: {reason(error)}") from error
    if not stat.S_ISREG(mode):
        kind = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise CannotRun(f"{path} is {kind}; name another file for the report")
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED)
    except OSError as error:
        raise CannotRun(f"cannot see what {path} holds, so it is not replaced: {reason(error)}") from error
    if head and not _is_report(head):
        raise CannotRun(
            f"{path} is not an earlier report but something else; name another file for the report"
        )


def _is_report(head: bytes) -> bool:
    marks = (mark for writer in discover("reports", Writer) for mark in writer.marks)
    return any(mark.encode() in head for mark in marks)
