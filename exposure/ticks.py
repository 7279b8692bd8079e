"""Which posts a person has ticked off: a small private file that outlives every report and names no post.

A post is known by its mark, a hash of its name, which a page of a report keeps in the browser too. Names can be
guessed, so the file holds only salted hashes of marks (HMAC, RFC 2104, with SHA-256): whoever finds the file learns how
many posts were ticked off, and may ask it about a post that they know already.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from exposure.errors import CannotRun
from exposure.post import Post

FILE = "ticks.json"
"""In the private place."""
KEPT = "exposure-ticks-kept/1"
"""The schema of that file."""
SCHEMA = "exposure-ticks/1"
"""Of the file that a page saves: the marks of the posts that are ticked there."""
MARK = re.compile(r"[0-9a-f]{16}")

_LARGEST = 64 << 20
"""Bytes of such a file."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the private file holds."""

    salt: bytes
    kept: frozenset[str]

    def has(self, mark: str) -> bool:
        return self._salted(mark) in self.kept

    def is_done(self, post: Post) -> bool:
        return bool(self.kept) and self.has(mark(post.key))

    def changed(self, marks: Collection[str], undo: bool) -> Ticks:
        salted = {self._salted(each) for each in marks}
        return Ticks(self.salt, self.kept - salted if undo else self.kept | salted)

    def _salted(self, mark: str) -> str:
        return hmac.digest(self.salt, mark.encode(), "sha256").hex()[:32]


def mark(key: str) -> str:
    """The mark of a post, by its name: ``flickr:51000000001``."""
    return sha256(b"exposure tick\0" + key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def kept(private: Path) -> Ticks:
    """What the person ticked off so far. CannotRun when the file cannot be read."""
    from exposure.cleaning._private import damaged, loaded

    path = private / FILE
    try:
        record = loaded(path, _LARGEST)
        return Ticks(bytes.fromhex(record["salt"]), frozenset(record["done"]))
    except FileNotFoundError:
        return Ticks(secrets.token_bytes(32), frozenset())
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path, KEPT, "the list of posts that you ticked off") from error


def change(private: Path, marks: Collection[str], undo: bool = False) -> int:
    """Tick these off, or take their ticks away; how many that changed. The private place is there."""
    from exposure.cleaning._private import locked, save

    with locked(private):
        before = kept(private)
        after = before.changed(marks, undo)
        if after != before:
            record = {"schema": KEPT, "salt": after.salt.hex(), "done": sorted(after.kept)}
            save(private / FILE, record)
    return abs(len(after.kept) - len(before.kept))


def forget(private: Path, dry: bool = False) -> int | None:
    """Remove the file, though it be damaged; how many posts were ticked off, or None when there is none of ours. With
    `dry`, nothing is changed."""
    from exposure.cleaning._private import removed

    return removed(private / FILE, KEPT, dry, lambda: len(kept(private).kept), 0)


def exported(path: Path) -> Sequence[str]:
    """The marks in a file that a page saved. CannotRun when it is none."""
    from exposure.cleaning._private import loaded

    try:
        record = loaded(path, _LARGEST)
    except FileNotFoundError as error:
        raise CannotRun(f"there is nothing at {path}") from error
    except ValueError:
        record = None
    marks = record.get("done") if isinstance(record, dict) and record.get("schema") == SCHEMA else None
    if not isinstance(marks, list) or not all(isinstance(m, str) and MARK.fullmatch(m) for m in marks):
        raise CannotRun(f"{path} is not a file that the page of a report saved")
    return marks
