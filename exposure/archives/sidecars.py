"""Folders of photo programs (Lightroom, darktable, digiKam, Apple's Photos), with small files beside the photos.

Everything in such a folder is looked at as in any other: an XMP sidecar (``IMG.xmp`` or ``IMG.jpg.xmp``) is a file of
its own with findings of its own. What this adds is what only the pair tells: how many photos have one, and that Apple's
``IMG.AAE`` means that an unedited, perhaps uncropped original is around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exposure.archives._kit import LISTS
from exposure.plugins import Archive, Item
from exposure.post import Inventory
from exposure.stores import Store

_XMP, _AAE = ".xmp", ".aae"
_AGAIN = re.compile(r"(.+)_\d\d(\.\w{2,5})")
"""How darktable names the side file of a photo's second version: ``img_01.jpg.xmp`` for ``img.jpg``."""


def recognise(store: Store) -> bool:
    return any(_pairs(store).values())


def items(store: Store) -> Iterator[Item]:
    """Every file, and then what the pairs come to."""
    pairs = _pairs(store)
    yield from store.walk()
    yield Inventory(SIDECARS.name, SIDECARS.title, store.path, notes=tuple(_notes(pairs)))


def _pairs(store: Store) -> Mapping[str, int]:
    """How many photos have a side file of each kind beside them."""
    beside: dict[str, set[str]] = {_XMP: set(), _AAE: set()}
    others: list[tuple[str, str]] = []
    for name in store.names:
        stem, ending = _split(name)
        if ending in beside:
            beside[ending].add(stem)
        if ending == _XMP and (again := _AGAIN.fullmatch(stem)) is not None:
            others.append((stem, again[1] + again[2]))
    if others:
        photos = {name.lower() for name in store.names}
        beside[_XMP].update(photo for stem, photo in others if stem not in photos)
    found = dict.fromkeys(beside, 0)
    for name in store.names if any(beside.values()) else ():
        stem, ending = _split(name)
        if ending and ending not in beside and ending not in LISTS:
            for kind, stems in beside.items():
                found[kind] += stem in stems or name.lower() in stems
    return found


def _split(name: str) -> tuple[str, str]:
    """A file's path without its ending, and that ending, both in small letters: programs differ in how they write them."""
    stem, dot, ending = name.lower().rpartition(".")
    return (stem, dot + ending) if stem and "/" not in ending else (name.lower(), "")


def _notes(pairs: Mapping[str, int]) -> Iterator[str]:
    if number := pairs[_XMP]:
        yield (
            f"{_photos(number)} a side file that ends in .xmp. It can tell places, names and words that the photo itself "
            "does not tell, and gives them away only if it is published along: share the photo without it."
        )
    if number := pairs[_AAE]:
        yield (
            f"{_photos(number)} a side file that ends in .AAE: it was edited, and an original as it was before, perhaps with "
            "more in the picture, is kept. Share the edited copy, not the original with its side file."
        )


def _photos(number: int) -> str:
    return "One photo here has" if number == 1 else f"{number:,} photos here each have"


SIDECARS = Archive("sidecars", "photos with side files", recognise, items, rank=-1)
