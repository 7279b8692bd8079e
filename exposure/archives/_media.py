"""Media that an archive's lists name by a path of their own, found among the files that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.archives._records import unmangled
from exposure.stores import Store

_ROOTS = (
    "your_facebook_activity",
    "your_activity_across_facebook",
    "this_profile's_activity_across_facebook",
)
"""First folders of Facebook's exports that came and went."""
_DEEPEST = 12
_MOST_ALIKE = 200
_MOST_FOLDERS = 32
"""An archive may be built to make every look-up long."""


class Media:
    """The media of an export, as its lists call them; counts those that are not there."""

    __slots__ = ("_folders", "_named", "_names", "links", "missing", "outside")

    def __init__(self, store: Store) -> None:
        self._names = frozenset(store.names)
        self._named: dict[str, list[str]] = {}
        for name in store.names:
            self._named.setdefault(name.rpartition("/")[2], []).append(name)
        self._folders: dict[str, None] = {"": None}
        self.links = self.missing = self.outside = 0

    def find(self, uri: str) -> str | None:
        """The file's name in the store: exports may lie in a folder of their own, and their first folder was renamed
        over the years. None, and counted, for a link, for a name that leads out of the archive, and for no such file."""
        if not uri:
            return None
        if "://" in uri:
            self.links += 1
            return None
        if uri.startswith(("/", "\\")) or uri[1:2] == ":" or ".." in re.split(r"[/\\]", uri):
            self.outside += 1
            return None
        found = next(filter(None, map(self._named_so, dict.fromkeys((uri, unmangled(uri))))), None)
        self.missing += found is None
        return found

    def _named_so(self, uri: str) -> str | None:
        """By its whole name in a folder where others were found; with first folders left off; in a folder not known yet."""
        first, _, rest = uri.partition("/")
        wholes = (uri, rest) if first in _ROOTS else (uri,)
        for folder in self._folders:
            for whole in wholes:
                if f"{folder}{whole}" in self._names:
                    return f"{folder}{whole}"
        parts = uri.split("/")
        for left in range(1, min(len(parts) - 1, _DEEPEST)):
            if (shorter := "/".join(parts[left:])) in self._names:
                return shorter
        for whole in wholes:
            for name in self._named.get(parts[-1], ())[:_MOST_ALIKE]:
                if name.endswith(f"/{whole}"):
                    if len(self._folders) < _MOST_FOLDERS:
                        self._folders[name.removesuffix(whole)] = None
                    return name
        return None

    def notes(self) -> Iterator[str]:
        """What to say of those that are not there."""
        if self.missing:
            yield (
                f"Photos and videos that posts name and that are not here: {self.missing}. If the service gave you several "
                "zips, put them all in one folder and scan that."
            )
        if self.links:
            yield f"Pictures that are only links to the internet: {self.links}. Nothing was fetched."
        if self.outside:
            yield f"Names that lead out of the archive, and were not followed: {self.outside}."
