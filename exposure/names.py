"""Names of very many files, packed: each folder once, and of each file what stands behind it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Names(Sequence[str]):
    """A list of names, of which each takes about as many bytes as the file's own name has letters, and 20 more."""

    __slots__ = ("_ends", "_folder", "_folders", "_known", "_words")

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._folders: list[str] = []
        self._known: dict[str, int] = {}
        self._folder = array("I")
        self._words = bytearray()
        self._ends = array("Q", [0])
        for name in names:
            self.append(name)

    def append(self, name: str) -> None:
        cut = max(name.rfind("/"), name.rfind("\\")) + 1
        place = self._known.setdefault(name[:cut], len(self._folders))
        if place == len(self._folders):
            self._folders.append(name[:cut])
        self._folder.append(place)
        self._words += name[cut:].encode("utf-8", "surrogatepass")
        self._ends.append(len(self._words))

    def __len__(self) -> int:
        return len(self._folder)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        folder = self._folders[self._folder[place]]
        start = place if place >= 0 else place + len(self)
        words = self._words[self._ends[start] : self._ends[start + 1]]
        return folder + words.decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __repr__(self) -> str:
        return f"Names({list(self)})"
