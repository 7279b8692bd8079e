"""Rules about words in places that no other rule knows: what may be there, nobody can say without reading it.

Specification: TIFF 6.0 section 2 (private tags); XMP part 1, section 6.2 (any namespace); PNG third edition, section
11.3.3.1 (any keyword); IIM 4.2, chapter 1 (records and datasets of one's own).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.metadata._namespaces import is_defined, is_usual
from exposure.metadata._values import BEHIND
from exposure.model import Evidence, Field, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._profiles import stock
from exposure.rules._properties import MOST, texts
from exposure.rules._verdicts import verdict
from exposure.rules._words import word_set

_NUMBERED = {Kind.EXIF: "Tag0x", Kind.IPTC: "Dataset "}
"""How fields are called that no standard names."""
_AROUND = frozenset({"rdf", "xml", "pdfx"})
"""What stands around properties; and the namespace in which everybody may name properties as they like."""
_TOOLKIT = word_set(
    "adobe xmp core toolkit image exiftool exempi exiv framework snapshot test idimager version mon tue wed thu fri sat sun"
    " jan feb mar apr may jun jul aug sep oct nov dec"
)
_WRITERS = frozenset({"xmptk", "xaptk"})
_WORD = re.compile(r"\b[^\W\d_]{3,}\b")
_ALIASED = re.compile(
    r"[\w:]{1,60} is aliased|uuid:[0-9a-f-]{36}|https?://www\.w3\.org/\S{0,100}", re.IGNORECASE
)
"""What old Photoshops write around the properties of a packet; a document's number is another rule's."""
_FROM_ELSEWHERE = re.compile(
    r"(?:exif|tiff|icc|png|jpeg|jp2|heic|webp|date|gif|pdf|ps|thumb|dng|bmp|svg|xcf):"
)
"""What ImageMagick calls copies of what the file itself said; those that tell something are other rules'."""
_PNG = frozenset({"signature", "unknown", "languagetag", "translatedkeyword", "interlace", "resolution"})
_FEWEST = 3
"""Fewer letters and digits say nothing."""


@rule(
    "unknown-words",
    "Words in a place that exposure does not know",
    Question.HIDDEN,
    Level.LOW,
    message="The file holds words or numbers in a place that no standard names; what they tell, only you can judge.",
    remedy="Read them with --reveal; if they are not meant for strangers, share a clean copy, which is without them.",
)
def unknown_words(photo: Photo) -> Verdict | None:
    """The file holds words where no standard and no known program puts any.

    Why it matters
        Programs can write whatever they like under a name of their own: names, addresses, account numbers, positions.
        Few people ever look there, and simple cleaners leave it in.

    What to do
        Read the words, with `exposure show --reveal FILE`. If they are not meant for strangers, share a clean copy:
        what exposure does not know does not come along.

    What that does not do
        It cannot tell a harmless note of a program from a private one. Copies that were already shared keep it.

    Covers
        No rule of the catalogue: this tells a limit of exposure.

    References
        TIFF 6.0, section 2 (private tags)
        XMP part 1, section 6.2 (namespaces)
    """
    return verdict(list(_unknown(photo))[:MOST])


def _unknown(photo: Photo) -> Iterator[Evidence]:
    known = photo.facts
    told = {f.address.path for pile in (known.texts, known.people, known.software) for f in pile}
    told |= {f.address.path for pile in (known.identifiers, known.times) for f in pile}
    for field in photo.fields:
        if _is_unknown(field) and field.path not in told:
            for text in texts(field):
                if sum(map(str.isalnum, text)) >= _FEWEST and not _ALIASED.fullmatch(text):
                    yield Evidence(field.address, text, Secret.TEXT)


def _is_unknown(field: Field) -> bool:
    """Whether no standard says what stands in this field."""
    if (numbered := _NUMBERED.get(field.kind)) is not None:
        return field.name.startswith(numbered) or field.name.endswith(BEHIND)
    if field.kind is Kind.XMP:
        if field.group == "x":
            return field.name not in _WRITERS or not _TOOLKIT.issuperset(
                _WORD.findall(str(field.value).lower())
            )
        known = is_usual(field.group) and is_defined(field.group, field.name)
        return field.group in _AROUND or not known
    if field.kind in (Kind.UNKNOWN, Kind.TRAILER):
        return field.group != "Samsung"
    if field.kind is Kind.TEXT:
        name = field.name.lower()
        if name == "profilename":
            return not stock(str(field.value))
        return name not in _PNG and _FROM_ELSEWHERE.match(name) is None
    return False
