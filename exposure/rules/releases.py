"""Rules about the papers behind a picture: releases that people signed, and how old they are.

Specification: PLUS (Model Release Status, Minor Model Age Disclosure); IPTC Photo Metadata Standard (Model Age).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Evidence, Field, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._labels import label
from exposure.rules._properties import MOST, last, properties, texts
from exposure.rules._verdicts import verdict

_AGES = {
    "plus": frozenset({"MinorModelAgeDisclosure"}),
    "Iptc4xmpExt": frozenset({"ModelAge"}),
}
_RELEASES = {
    "plus": frozenset({"ModelReleaseID", "ModelReleaseStatus", "MinorModelAgeDisclosure"}),
    "Iptc4xmpExt": frozenset({"ModelAge"}),
}
_NO_RELEASE = re.compile(
    r"(?:.*/)?(?:AG-UNK|MR-NAP|MR-NON)|(?:age )?unknown|not applicable|none|n/?a", re.IGNORECASE
)
_AGE = re.compile(r"(?:(?:.*/)?AG-[AU]|age )?(\d{1,3})(?: .*)?", re.IGNORECASE)
"""PLUS writes AG-A17 for an age and AG-U14 for 14 or under, as the end of a web address."""

_GROWN_UP = 18


@rule(
    "minor-age",
    "The age of a child or young person",
    Question.WHO,
    Level.MEDIUM,
    raised_for=("parent",),
    message="The file says that somebody under 18 is shown, and how old they are.",
    remedy="Share a clean copy, which does not say how old anybody is.",
)
def minor_age(photo: Photo) -> Verdict | None:
    """The file states the age of a person under 18 who is shown.

    Why it matters
        It says that a child is in the picture, and with a name, a school or a place beside it, which one.

    What to do
        Share a clean copy. In your photo software, clear the age fields of the people shown, so that the next
        export is without them too.

    What that does not do
        The picture itself may still show how old somebody is, and copies that were already shared keep the note.

    Covers
        IDN07, as far as it is about ages

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP2.pl
        PLUS Picture Licensing Universal System, Minor Model Age Disclosure
        IPTC Photo Metadata Standard, Model Age
    """
    ages = ((f, text) for f in properties(photo, _AGES) for text in _values(f))
    return verdict([Evidence(f.address, text, Secret.TEXT) for f, text in ages if _minor(text)][:MOST])


@rule(
    "model-release",
    "A note about model releases or ages",
    Question.WHO,
    Level.MEDIUM,
    raised_for=("parent",),
    message="The file points to signed papers about the people shown, or says how old they are.",
    remedy="Share a clean copy, which has no such notes.",
)
def model_release(photo: Photo) -> Verdict | None:
    """The file carries a note about model releases, or about the age of grown-ups who are shown.

    Why it matters
        It points to paperwork about the people shown, with their names and signatures.

    What to do
        Share a clean copy. In your photo software, clear the model release and age fields, so that the next
        export is without them too.

    What that does not do
        Copies that were already shared keep the note, and the papers themselves stay where they are.

    Covers
        IDN07

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP2.pl
        PLUS Picture Licensing Universal System, Model Release Status
    """
    return verdict(list(_released(photo))[:MOST])


def _released(photo: Photo) -> Iterator[Evidence]:
    for field in properties(photo, _RELEASES):
        name = last(field.name)
        secret = Secret.SERIAL if name == "ModelReleaseID" else Secret.TEXT
        for text in _values(field):
            told = name in ("MinorModelAgeDisclosure", "ModelAge") and _minor(text)
            if not told and _NO_RELEASE.fullmatch(text[:200]) is None and not label(text):
                yield Evidence(field.address, text, secret)


def _values(field: Field) -> Iterator[str]:
    """The texts in a field's value; an age may also be a number."""
    if isinstance(field.value, int):
        yield str(field.value)
    else:
        yield from texts(field)


def _minor(text: str) -> bool:
    """Whether an age is given, and is under 18."""
    found = _AGE.fullmatch(text[:200])
    return found is not None and 0 < int(found[1]) < _GROWN_UP
