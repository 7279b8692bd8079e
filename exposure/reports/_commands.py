"""Commands as they can be typed: paths quoted, and a place for clean copies that is none of the originals'."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from exposure.text import plain

COPIES = "clean-copies"
"""Where the copies of single files go, in the current folder."""

_MOST_PATHS = 3
_LONGEST = 1_200
"""Characters of a command that names many files: more is no longer typed, nor read."""
_PLAIN = re.compile(r"[\w./\\:~+-]+")
"""What no Windows shell reads as anything but a name."""


def typed(name: str | None, instead: str = "FILE") -> str:
    """A path as it can be typed again; of one that cannot be shown as it is, only what it stands for."""
    if not name or plain(name, len(name)) != name:
        return instead
    if name.startswith("-"):  # otherwise it would be taken for an option
        name = os.path.join(".", name)  # noqa: PTH118  # a Path drops the dot
    if os.name == "nt":
        return name if _PLAIN.fullmatch(name) else f'"{name}"'
    return shlex.quote(name)


def all_typed(paths: Sequence[str], instead: str = "FOLDER") -> str:
    """All of them, for the same command once more; of many, only what they stand for."""
    return " ".join(typed(path, instead) for path in paths) if len(paths) <= _MOST_PATHS else f"{instead} ..."


def remedied(command: str, paths: Sequence[str]) -> str:
    """The whole command for these paths, such as ``exposure clean photos --to photos-clean``."""
    if len(paths) == 1 and Path(paths[0]).is_dir():
        return f"exposure {command} {typed(paths[0], 'FOLDER')} --to {typed(clean_folder(paths[0]), 'DIR')}"
    if len(paths) > _MOST_PATHS:
        return f"exposure {command} FILE --to DIR"
    return for_file(command, *paths)


def for_file(command: str, *paths: str) -> str:
    """The same for a few files, without a look at the disk."""
    among = any(COPIES in path for path in paths)
    return f"exposure {command} {' '.join(map(typed, paths))} --to {COPIES}{'-2' if among else ''}"


def exact(command: str, paths: Sequence[str]) -> str | None:
    """The same for just these files, however many; None when one cannot be typed or the line would be too long."""
    words = for_file(command, *paths)
    return words if len(words) <= _LONGEST and all(typed(path, "") for path in paths) else None


def clean_folder(folder: str) -> str:
    """The name of a folder beside this one, for its copies, which must not be among the originals.

    A folder that was given without its name, such as ``.``, is not looked up: where somebody keeps their photos is
    nothing that a report should tell.
    """
    path = Path(folder)
    if path == Path() or path.name == "..":
        return str(path / ".." / COPIES)
    return str(path.with_name(f"{path.name}-clean")) if path.name else COPIES
