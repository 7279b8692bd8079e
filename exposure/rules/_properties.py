"""Finding fields by the last step of their path, and every text that a photo holds.

XMP properties come with the steps that lead to them (``Regions/RegionList[2]/Name``, ``creator[1]``); a rule asks
for ``Name`` or ``creator``, wherever it stands. Specification: XMP part 1, section 7.9 (arrays, structures).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from exposure.model import Address, Field, Kind, Photo

MOST = 24
"""How many values a finding shows: a few are proof enough."""

LONGEST = 2000
"""How much of a value a finding shows, in characters."""

_XMP = Kind.XMP

Words = tuple[str, str, Address]
"""A text with the name of its field and its address."""


@lru_cache(maxsize=2048)
def last(name: str) -> str:
    """The last step of a property's path, without its number in an array: ``a/creator[1]`` is ``creator``."""
    step = name[name.rfind("/") + 1 :]
    at = step.find("[")
    return step[:at] if at > 0 else step


def properties(photo: Photo, wanted: dict[str, frozenset[str]]) -> Sequence[Field]:
    """Every field whose group is a key of `wanted` and whose last step is one of that key's names, in their order."""
    found: list[Field] = []
    groups = 0
    for group, names in wanted.items():
        if fields := photo.grouped(group):
            before = len(found)
            if fields[0].kind is _XMP:
                found += [f for f in fields if f.name in names or last(f.name) in names]
            else:  # only the names of XMP have steps
                found += [f for f in fields if f.name in names]
            groups += len(found) > before
    if groups > 1:
        known = set(map(id, found))
        return [field for field in photo.fields if id(field) in known]
    return found


def of_groups(photo: Photo, groups: Collection[str]) -> Sequence[Field]:
    """Every field of these groups, in the order in which they stand in the photo."""
    found = [fields for group in groups if (fields := photo.grouped(group))]
    if len(found) > 1:
        return [field for field in photo.fields if field.group in groups]
    return found[0] if found else ()


def texts(field: Field) -> Iterator[str]:
    """The texts in a field's value, without the blanks around them; a blank one is none."""
    values = field.value if isinstance(field.value, tuple) else (field.value,)
    for value in values[:MOST]:
        if isinstance(value, str) and (text := value.strip(" \t\r\n\0\u3000")):
            yield text[:LONGEST]


def each_text(
    photo: Photo, telling: Callable[[str], bool], without: Collection[Kind] = ()
) -> Iterator[Words]:
    """Every telling text in a photo, with its field's name and address: the fields', then those only in facts."""
    for field in photo.fields:
        value = field.value
        if type(value) is str:
            if telling(value) and field.kind not in without:
                yield value, last(field.name), field.address
        elif type(value) is tuple and value and type(value[0]) is str and field.kind not in without:
            for one in value:
                if type(one) is str and telling(one):
                    yield one, last(field.name), field.address
    facts = [text for text in photo.facts.texts if telling(text.value)]
    if facts:
        seen = _text_paths(photo, without)
        for text in facts:
            if text.address.path not in seen:
                yield text.value, last(text.address.path.rpartition(":")[2]), text.address


def _text_paths(photo: Photo, without: Collection[Kind]) -> set[str]:
    """The paths of all fields that hold text."""
    values = ((f, f.value[:1] if isinstance(f.value, tuple) else (f.value,)) for f in photo.fields)
    return {f.path for f, first in values if f.kind not in without and first and isinstance(first[0], str)}
