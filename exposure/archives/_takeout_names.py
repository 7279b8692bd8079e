"""Which photo of a Takeout folder goes with which JSON: by their names alone, and by the titles where names were cut.

What is known, from published exports and pairs (Google documents none of it): beside ``IMG.jpg`` lies ``IMG.jpg.json`` or,
since late 2024, ``IMG.jpg.supplemental-metadata.json``. What stands before ``.json`` is cut to 46 UTF-16 code units, a
photo's own name before the dot to about 47. The number of a second photo of one name moves: ``IMG(1).jpg`` goes with
``IMG.jpg(1).json``; where it belongs to the title it does not: ``IMG(2).png.supplemental-metadata.json``. Edited copies,
whose suffix is in the language of the account, and the film of a live photo share the JSON of their photo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import normalize

CUT = 46
"""UTF-16 code units of a sidecar's name before its number and ``.json``."""
ADDED = ".supplemental-metadata"
EDITED = (
    "-edited", "-modifié", "-bearbeitet", "-modificato", "-bewerkt", "-edytowane", "-編集済み", "-编辑", "-editado",
    "-ha editado", "-editat", "-effects", "-motion", "-animation", "-smile", "-collage", "-mix",
)  # fmt: skip
"""What an edited copy's name ends with, in the languages that were seen."""

_CHANGED = EDITED[: EDITED.index("-effects")]
"""Those of them after which the original may show more; Google made the others of its own accord."""

_NUMBERED = re.compile(r"(.*?)(?:\((\d{1,6})\))?", re.DOTALL)
_SIDECAR = re.compile(r"(.*?)(?:\((\d{1,6})\))?\.json", re.IGNORECASE | re.DOTALL)
_ENDING = re.compile(r"\.(?:[A-Za-z][\w~]{0,5}|3g[p2])")
_UNWRITTEN = re.compile(r"""[<>:"/\\|?*&%'\0-\x1f]""")
_STILLS = (".jpg", ".JPG", ".jpeg", ".heic", ".HEIC", ".png", ".PNG", ".webp", ".gif", ".dng")
_FILMS = frozenset({".mp4", ".mov", ".m4v", ".mp", ".mv", ".3gp"})
_HEAD = 8
"""So many characters of a name are always in its sidecar's name too."""
_MOST_ENDINGS = 16
_LONGEST = 120
"""Takeout cuts names far below this, in characters; of a longer one only the end is compared."""


class _Name(NamedTuple):
    """A photo's name taken apart: ``IMG(1).jpg``."""

    stem: str
    ending: str
    """With the dot; empty for none."""
    number: str
    """Empty for none."""


@dataclass(slots=True)
class Pairs:
    """What goes together in one folder."""

    photos: dict[str, list[str]] = field(default_factory=dict)
    """Of each sidecar, its photos: the original, edited copies, the film of a live photo. None where it has none."""
    alone: list[str] = field(default_factory=list)
    """Photos without a sidecar."""
    unsure: set[str] = field(default_factory=set)
    """Photos whose names were cut, so that they may belong to another sidecar than the one that they are with."""


def paired(photos: Iterable[str], titles: Mapping[str, str]) -> Pairs:
    """The photos of one folder with their sidecars, whose `titles` stand in them. Names without their folder."""
    return _Folder(titles).paired(photos)


class _Folder:
    """The sidecars of one folder by what their names say."""

    __slots__ = ("_by_name", "_endings", "_heads", "_titles", "pairs")

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._endings: tuple[str, ...] = _STILLS
        self._by_name: dict[tuple[str, str], str] = {}
        self.pairs = Pairs({name: [] for name in titles})
        for name in titles:
            if found := _SIDECAR.fullmatch(name[-_LONGEST:]):
                self._by_name.setdefault((normalize("NFC", found[1]), found[2] or ""), name)
        self._heads = {base[:_HEAD] for base, _ in self._by_name}

    def paired(self, photos: Iterable[str]) -> Pairs:
        left = list(photos)
        if not self._by_name:
            self.pairs.alone = left
            return self.pairs
        endings = dict.fromkeys(name.ending for name in map(_split, left) if name.ending)
        self._endings = tuple(dict.fromkeys((*endings, *_STILLS)))[:_MOST_ENDINGS]
        left = self._by_title(self._own(left))
        left = [photo for photo in left if not self._takes(self._shared(_split(photo)), photo)]
        left = [photo for photo in left if not self._takes(self._cut_off(_split(photo)), photo, unsure=True)]
        self.pairs.alone = left
        return self.pairs

    def _takes(self, sidecar: str | None, photo: str, *, unsure: bool = False) -> bool:
        if sidecar is None:
            return False
        self.pairs.photos[sidecar].append(photo)
        if unsure:
            self.pairs.unsure.add(photo)
        return True

    def _own(self, photos: Iterable[str]) -> list[str]:
        """Photos that a sidecar is named after; where names were cut so that several would, titles decide."""
        left, claims = [], dict[str, list[str]]()
        for photo in photos:
            sidecar = self._named(_split(photo))
            if sidecar is None:
                left.append(photo)
            else:
                claims.setdefault(sidecar, []).append(photo)
        for sidecar, some in claims.items():
            fitting = [p for p in some if _fits(self._titles[sidecar], _split(p))] if len(some) > 1 else some
            for photo in some:
                if photo in fitting or not fitting:
                    self._takes(sidecar, photo, unsure=not fitting)
                else:
                    left.append(photo)
        return left

    def _named(self, name: _Name) -> str | None:
        """The sidecar named after a photo: with the number moved, with the number where it is, with both."""
        stem, ending, number = name
        head = normalize("NFC", stem)[:_HEAD]
        if len(head) == _HEAD and head not in self._heads:
            return None
        forms = [(stem + ending, number, "")]
        if number:
            here = f"({number})"
            forms += [(stem + here + ending, "", here), (stem + here + ending, number, here)]
        for whole, moved, here in forms:
            for base in _bases(whole):
                if here in base and (found := self._by_name.get((base, moved))) is not None:
                    return found
        return None

    def _shared(self, name: _Name) -> str | None:
        """The sidecar of the photo that this one is an edited copy of, or the film of."""
        for stem in _originals(name.stem):
            plain = _split_number(stem)
            number = plain.number or name.number
            for ending in (name.ending, *self._endings, ""):
                if found := self._named(_Name(plain.stem, ending, number)):
                    return found
        if name.ending.lower() in _FILMS or "~" in name.ending:
            for ending in self._endings:
                for whole in (name.stem, name.stem + name.ending):
                    if found := self._named(_Name(whole, ending, name.number)):
                        return found
        return None

    def _by_title(self, photos: Iterable[str]) -> list[str]:
        """Photos that no sidecar is named after, with sidecars that no photo was found for, by what is written in
        them: a title without an ending, or with signs that no file name can hold."""
        known: dict[tuple[str, str, str], str] = {}
        for (_, number), sidecar in self._by_name.items():
            if not self.pairs.photos[sidecar]:
                for key in _title_keys(self._titles[sidecar]):
                    known.setdefault((*key, number), sidecar)
        left = []
        for photo in photos:
            name = _split(photo)
            stem, ending = _written(name.stem), name.ending.casefold()
            keys = [(stem, ending, name.number), (stem, "", name.number)]
            if name.number:
                keys.append((_written(f"{name.stem}({name.number})"), ending, ""))
            if not self._takes(next((known[key] for key in keys if key in known), None), photo):
                left.append(photo)
        return left

    def _cut_off(self, name: _Name) -> str | None:
        """Of a photo whose name was cut and then numbered, the sidecar without a number: most likely it is an edited
        copy, whose suffix was cut off."""
        if name.number and units(name.stem) >= CUT:
            return self._named(name._replace(number=""))
        return None


def _split(photo: str) -> _Name:
    stem, dot, ending = photo[-_LONGEST:].rpartition(".")
    if not dot or not stem or not _ENDING.fullmatch(dot + ending):
        return _split_number(photo[-_LONGEST:])
    return _split_number(stem)._replace(ending=dot + ending)


def _split_number(stem: str) -> _Name:
    found = _NUMBERED.fullmatch(stem)
    return _Name(found[1], "", found[2] or "") if found and found[1] else _Name(stem, "", "")


def is_edited(photo: str) -> bool:
    """Whether a photo's name says that its owner edited it."""
    return normalize("NFC", _split(photo).stem).casefold().endswith(_CHANGED)


def units(text: str) -> int:
    """Its length in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def _bases(name: str) -> Iterator[str]:
    """What a sidecar's name can begin with when it is this photo's, the likeliest first: the name and any beginning of
    what is added to it, cut as it should be or elsewhere; or a beginning of the name that is as long as cut names are."""
    for form in dict.fromkeys((normalize("NFC", name), normalize("NFD", name))):
        whole = form + ADDED
        cut = _cut(whole)
        for end in (cut, len(form), *range(min(cut, len(form)), len(whole) + 1)):
            yield normalize("NFC", whole[:end])


def _cut(text: str) -> int:
    """How many characters of it are no more than `CUT` code units."""
    length = 0
    for at, char in enumerate(text[: CUT + 1]):
        length += 1 + (char > "\uffff")
        if length > CUT:
            return at
    return len(text)


def _originals(stem: str) -> Iterator[str]:
    """What a photo is called of which this is an edited copy; of a name that was cut, the suffix may be cut too."""
    plain = normalize("NFC", stem)
    lower = plain.casefold()
    for suffix in EDITED:
        if lower.endswith(suffix) and len(plain) > len(suffix):
            yield plain[: -len(suffix)]
    if CUT <= units(plain) <= CUT + 2:
        for suffix in EDITED:
            for length in range(len(suffix) - 1, 0, -1):
                if lower.endswith(suffix[:length]):
                    yield plain[:-length]


def _written(text: str) -> str:
    """As it stands in a file name: for what no file name can hold Takeout writes an underscore."""
    return _UNWRITTEN.sub("_", normalize("NFC", text))


def _title_keys(title: str) -> Iterator[tuple[str, str]]:
    """Stem and ending under which a photo of this title may lie, cut as photos' names are."""
    if not title:
        return
    name = _split(title)
    stem = f"{name.stem}({name.number})" if name.number else name.stem
    for whole, ending in ((stem, name.ending.casefold()), (title[-_LONGEST:], "")):
        written = _written(whole)
        for length in (len(written), CUT + 1, CUT + 2, CUT):
            if length <= len(written):
                yield written[:length], ending


def _fits(title: str, photo: _Name) -> bool:
    """Whether a photo can be the one of this title: its name is a beginning of it, and the endings are the same or those
    of a live photo's two halves."""
    name, ending = _split(title), photo.ending.casefold()
    if name.ending and ending != name.ending.casefold() and ending not in _FILMS:
        return False
    whole, part = (normalize("NFD", _written(stem)) for stem in (name.stem, photo.stem))
    return len(part) <= len(whole) and all(
        one == other or other == "_" for one, other in zip(whole, part, strict=False)
    )
