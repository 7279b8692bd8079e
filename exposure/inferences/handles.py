"""Names and account names that stand in several photos and are rare enough to tie them together."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from exposure.collection import Collection
from exposure.inferences._called import OWN_ROLES, key, makers
from exposure.inferences._rarity import RARE, bits
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Inference


def linked_names(collection: Collection) -> Iterator[Claim]:
    """Several photos carry the same rare name: of whoever took them, of the camera's owner, or of an account.

    Why it matters
        A rare name is a thread: whoever searches for it finds everything else under that name. Account names alone
        link many people's profiles on different sites. Posted under another name, photos that carry it lead back
        to the first one.

    What to do
        Share clean copies, and clear the author and owner fields in the camera's menu and in your photo software.
        Use account names that have nothing in common where they should not be tied together.

    What that does not do
        What was posted already stays tied together. This tool does not know under which names you post, so it cannot
        say which of these names should not be there. Common names and names of makers and programs are not told.

    Covers
        COL09 (within one set of photos; accounts come later)

    References
        https://arxiv.org/abs/1101.5578
        http://planete.inrialpes.fr/projects/how-unique-are-your-usernames/
    """
    names = _shared(collection)
    if names:
        yield _claim(names)


class _Name(NamedTuple):
    """A rare name that several photos carry."""

    photos: array[int]
    is_authors: bool
    """Some of them give it as that of the photographer or owner, not only as an account."""


def _shared(collection: Collection) -> list[_Name]:
    """The rare names that several photos carry."""
    no_names = makers(collection)
    carriers: dict[str, array[int]] = {}
    authors: set[str] = set()
    keys: dict[tuple[str, str], str] = {}
    for photo in range(len(collection)):
        for named in collection.people_of(photo):
            if named[0] not in OWN_ROLES:
                continue
            if (name := keys.get(named)) is None:
                name = keys[named] = key(*named, no_names)
            photos = carriers.setdefault(name, array("I"))
            if not photos or photos[-1] != photo:
                photos.append(photo)
            if named[0] != "handle":
                authors.add(name)
    carriers.pop("", None)
    shared = ((name, photos) for name, photos in carriers.items() if len(photos) > 1)
    return [_Name(photos, name in authors) for name, photos in shared if bits(name) >= RARE]


def _claim(names: list[_Name]) -> Claim:
    photos = array("I", sorted({photo for name in names for photo in name.photos}))
    count, kinds = f"{len(photos):,}", sorted({name.is_authors for name in names}, reverse=True)
    whose = " or ".join(_WHOSE[kind][len(names) > 1] for kind in kinds)
    if len(names) == 1:
        message = (
            f"{count} photos carry the same name of {whose}, so anybody can tell that they belong together."
        )
        why = "The name is too rare for an accident"
    else:
        message = (
            f"{count} photos carry names of {whose} that stand in several of them, which ties them together."
        )
        most = max(len(name.photos) for name in names)
        why = f"{len(names):,} names are too rare for an accident; the commonest of them stands in {most:,} photos"
    return Claim(
        LINKED_NAMES.id,
        Level.MEDIUM,
        Confidence.TENTATIVE,
        Question.LINKS,
        message,
        (why,),
        tuple(doubt for kind in kinds for doubt in _DOUBTS[kind]),
        photos,
    )


_WHOSE = {
    True: ("whoever took them or owns the camera", "photographers or owners"),
    False: ("an account", "accounts"),
}
_DOUBTS = {
    True: ("more people have that name than one would think", "somebody else took these photos"),
    False: (
        "the account is that of a friend, a firm or a place",
        "the word only looks like an account's name",
    ),
}

LINKED_NAMES = Inference(
    "linked-names", "The same rare name in several photos", Question.LINKS, Level.MEDIUM, linked_names
)
