"""What the person's own comparisons showed of platforms: a small private file, with no value from any photo.

An entry is a row as in ``platforms.toml``: which kinds of metadata were kept, on which day, over how many pairs. It says
only what was compared: a kind that too few originals had, or on which pairs disagree, stays unknown and counts as kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exposure.context import KINDS, platform_key
from exposure.errors import CannotRun

FILE = "platforms.json"
"""In the private place."""
SCHEMA = "exposure-platforms/1"

_LARGEST = 1 << 20
"""Bytes of that file."""
_NAME = re.compile(r"[^\W_][\w .+-]{0,59}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_VALUES = (True, False, "partial", "unknown")

Row = tuple[tuple[str, str | bool], ...]
"""An entry as `Context.tested` holds it."""


def named(name: str) -> str:
    """A name that an entry can have. CannotRun for any other."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or not platform_key(name):
        raise CannotRun(
            "name the service in up to 60 letters, digits, blanks, dots or hyphens, such as my-forum"
        )
    return name


def row(name: str, keeps: Mapping[str, str | bool], today: str, pairs: int) -> Row:
    """An entry of that day: for each kind of metadata, whether it was kept."""
    return (
        ("name", name),
        *((f"keeps_{kind}", keeps.get(kind, "unknown")) for kind in KINDS),
        ("stores_server_side", "unknown"),
        ("as_of", today),
        ("confidence", "medium"),
        ("basis", "own"),
        ("pairs", str(pairs)),
    )


def kept(private: Path) -> dict[str, Row]:
    """The person's own entries, by the name for ``--destination``. CannotRun when the file cannot be read."""
    from exposure.cleaning._private import damaged, loaded

    path = private / FILE
    try:
        record = loaded(path, _LARGEST)
        if record["schema"] != SCHEMA:
            raise ValueError
        return {key: _row(key, each) for key, each in record["platforms"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(path, SCHEMA, "your own list of services") from error


def _row(key: str, record: Mapping[str, Any]) -> Row:
    """ValueError for what `keep` did not write."""
    keeps = {kind: record[f"keeps_{kind}"] for kind in KINDS}
    sound = all(
        any(value is one or (type(value) is str and value == one) for one in _VALUES)
        for value in keeps.values()
    )
    day, pairs, name = record["as_of"], record["pairs"], record["name"]
    if not sound or not _DATE.fullmatch(day) or not pairs.isdecimal() or not _NAME.fullmatch(name):
        raise ValueError
    if platform_key(name) != key:
        raise ValueError
    return row(name, keeps, day, int(pairs[:9]))


def keep(private: Path, entry: Row) -> None:
    """Write an entry, in the place of an older one of its name. The private place is there."""
    from exposure.cleaning._private import locked, save

    with locked(private):
        every = kept(private)
        every[platform_key(str(dict(entry)["name"]))] = entry
        save(
            private / FILE, {"schema": SCHEMA, "platforms": {key: dict(each) for key, each in every.items()}}
        )


def forget(private: Path, dry: bool = False) -> list[str] | None:
    """Remove the file, though it be damaged; the names that were in it, or None when there is none of ours. With `dry`,
    nothing is changed."""
    from exposure.cleaning._private import removed

    def names() -> list[str]:
        return [str(dict(entry)["name"]) for entry in kept(private).values()]

    return removed(private / FILE, SCHEMA, dry, names, list[str]())
