"""Regions that software marked in a picture, and keywords sorted under people: what is written, nothing is looked at.

Specification: MWG 2.0 section 5.9 (mwg-rs:Regions); Microsoft people tagging (MP:RegionInfo).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exposure.model import Field, Photo
from exposure.rules._names import nobody
from exposure.rules._properties import last, of_groups, texts
from exposure.rules._words import word_set

REGIONS = ("mwg-rs", "acdsee-rs", "MP", "MPRI", "MPReg")
"""The groups of XMP in which regions stand."""

_MICROSOFT = frozenset({"MP", "MPRI", "MPReg"})
_NAMES = frozenset({"Name", "PersonDisplayName"})


class Region(NamedTuple):
    """One marked region."""

    type: str
    """face, pet, focus, barcode…, in lower case."""
    name: Field | None
    named: str
    """The name given to it; "" for none and for fillers."""
    box: Field
    """A field of it to show."""


def regions(photo: Photo) -> Iterator[Region]:
    """Every region that is marked in the file, in the order they stand there."""
    found: dict[tuple[object, ...], list[Field]] = {}
    for field in of_groups(photo, REGIONS):
        end = field.name.find("]")
        if end > 0:
            packet = (field.within, field.window.origin, field.window.container)
            found.setdefault((*packet, field.group, field.name[:end]), []).append(field)
    for fields in found.values():
        steps = {last(f.name): f for f in fields}
        name = next((steps[n] for n in _NAMES if n in steps), None)
        said = next(texts(name), "") if name is not None else ""
        type_ = next(texts(steps["Type"]), "") if "Type" in steps else ""
        if not type_ and fields[0].group in _MICROSOFT:
            type_ = "face"
        yield Region(type_.casefold(), name, "" if nobody(said) else said, steps.get("Type", fields[0]))


_PEOPLE = (
    r"people|persons?|faces?|family|friends|relatives|people tags|personen|personnes|personas|persone|pessoas|mensen|leute"
    r"|menschen|familie|famille|familia|famiglia|freunde|amis|amigos|amici|vrienden|люди|семья|друзья|人物|家族|사람"
)
_TREE = re.compile(
    rf"(?:.{{0,60}}[|/\\>])?\s?(?:{_PEOPLE})\s?[|/\\>]\s?([^|/\\>].{{0,200}})", re.IGNORECASE | re.DOTALL
)
_NO_NAMES = word_set(
    "adult adults child children kid kids baby babies man men woman women boy boys girl girls crowd crowds group groups"
    " portrait portraits couple couples family friends senior seniors teenager teenagers human humans people person face"
    " faces self selfie male female unknown others other colleagues work school wedding erwachsene kinder kind mann frau"
    " gruppe freunde familie"
)


def name_under_people(keyword: str) -> str | None:
    """The name in a keyword such as ``People|Jane Doe`` or ``Family/Jane``; None for others and for ``People|Child``."""
    found = _TREE.fullmatch(keyword[:300].strip())
    if found is None:
        return None
    name = re.split(r"[|/\\>]", found[1].rstrip("|/\\> "))[-1].strip()
    return None if name.casefold() in _NO_NAMES or not any(map(str.isalpha, name)) else name
