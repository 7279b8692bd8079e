"""Finding fields by the last step of their path, and every text that a photo holds.

XMP properties come with the steps that lead to them (``Regions/RegionList[2]/Name``, ``creator[1]``); a rule asks
for ``Name`` or ``creator``, wherever it stands. Specification: XMP part 1, section 7.9 (arrays, structures).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from exposure.model import Address, Field, Kind, Photo

MOST = 24
"""How many values a finding shows: a few are proof enough."""

LONGEST = 2000
"""How much of a value a finding shows, in characters."""

Words = tuple[str, str, Address]
"""A text with the name of its field and its address."""


@lru_cache(maxsize=2048)
def last(name: str) -> str:
    """The last step of a property's path, without its number in an array: ``a/creator[1]`` is ``creator``."""
    step = name[name.rfind("/") + 1 :]
    at = step.find("[")
    return step[:at] if at > 0 else step


def properties(photo: Photo, wanted: dict[str, frozenset[str]]) -> Iterator[Field]:
    """Every field whose group is a key of `wanted` and whose last step is one of that key's names."""
    for field in [f for f in photo.fields if f.group in wanted]:
        if last(field.name) in wanted[field.group]:
            yield field


def texts(field: Field) -> Iterator[str]:
    """The texts in a field's value, without the blanks around them; a blank one is none."""
    values = field.value if isinstance(field.value, tuple) else (field.value,)
    for value in values[:MOST]:
        if isinstance(value, str) and (text := value.strip(" \t\r\n\0\u3000")):
            yield text[:LONGEST]


def everything(photo: Photo) -> str:
    """All the text in a photo in one piece, a line for each value: a quick first look for all of it."""
    values = [field.value for field in photo.fields]
    found = [v for v in values if type(v) is str]
    found += [text.value for text in photo.facts.texts]
    for several in [v for v in values if type(v) is tuple]:
        if several and type(several[0]) is str:
            found += [v for v in several if type(v) is str]
    return "\n".join(found)


def each_text(photo: Photo, without: Collection[Kind] = ()) -> Iterator[Words]:
    """Every text in a photo with its field's name and address: the fields', then those that only facts hold."""
    seen = set()
    for field in photo.fields:
        values = field.value if isinstance(field.value, tuple) else (field.value,)
        if field.kind not in without and values and isinstance(values[0], str):
            seen.add(field.path)
            for value in values:
                if isinstance(value, str):
                    yield value, last(field.name), field.address
    for text in photo.facts.texts:
        if text.address.path not in seen:
            yield text.value, last(text.address.path.rpartition(":")[2]), text.address
