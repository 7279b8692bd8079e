"""Accounts that a stranger would take for the same person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exposure.collection import NONE, Collection, mark
from exposure.inferences._shared_places import Shared, shared_places
from exposure.inferences._threads import Pair, Thread, threads
from exposure.model import Claim, Confidence, Level, Question
from exposure.plugins import Archive, Inference, discover

_SURE = frozenset({"device", "original"})
"""One of these is enough to be believed, or a file that tells of a camera; of the others it takes two kinds, or two
pictures: one picture, or its file, may be a joke or a sign that many people pass on."""
_MOST_INITIALS = 4
_GRAVE = frozenset({"survivor", "journalist", "activist"})
"""Profiles for which it is critical when a hidden account leads to the name (rules.toml, CMB04)."""


def linked_accounts(collection: Collection) -> Iterator[Claim]:
    """Two accounts share things that only one person has: a camera, a picture, a name, the same places.

    Why it matters
        Whoever finds both accounts knows that one person has both. What one of them gives away, such as a name or a
        home, then holds for the other too, however carefully that one was kept.

    What to do
        Clean the photos of one of the accounts, and take down there what can be seen in both: pictures, captions, names.
        Take the accounts for linked from now on where that matters, for somebody may have seen it.

    What that does not do
        Whoever saw both already keeps that knowledge. Accounts are also linked by what this tool does not see: a
        style, friends and followers, a phone number or address that the service knows. It never looks at faces.

    Covers
        COL08
        COL09
        COL10
        CMB04

    References
        https://bgr.com/?p=2941754
        https://arxiv.org/abs/1101.5578
        http://planete.inrialpes.fr/projects/how-unique-are-your-usernames/
        https://www.geotags.us/a-picture-is-worth-a-thousand-words-including-your-location/
    """
    if len(collection.accounts) < 3:  # the first is no account at all
        return
    tied, places = threads(collection), shared_places(collection)
    for pair in sorted({*tied, *places}, key=lambda p: [collection.accounts[a] for a in p]):
        yield _claim(collection, pair, _Evidence.of(collection, tied.get(pair, ()), places.get(pair)))


class _Evidence(NamedTuple):
    """What ties two accounts together."""

    kinds: dict[str, tuple[set[int], set[int]]]
    """For each kind of thing, the photos of the one account and of the other that have it."""
    places: Shared | None
    alone: frozenset[int]
    """Photos that carry the name of the other account, so that they tie by themselves."""
    is_from_camera: bool
    """Whether a file that is in both says which camera it came from."""

    @classmethod
    def of(cls, collection: Collection, tied: Iterable[Thread], places: Shared | None) -> _Evidence:
        kinds: dict[str, tuple[set[int], set[int]]] = {}
        for thread in tied:
            ours, theirs = kinds.setdefault(thread.kind, (set(), set()))
            ours.update(thread.ours)
            theirs.update(thread.theirs)
        if places is not None:
            kinds["place"] = set(places.ours), set(places.theirs)
        if "own-name" in kinds:
            kinds.pop("own-words", None)  # the photos tell it
        if "caption" in kinds:
            kinds.pop("words", None)  # the same once more
        files = kinds.get("file", (set(), set()))
        if all(map(set.issuperset, files, kinds.get("picture", ()))):
            kinds.pop("picture", None)  # the very same file looks the same
        seen = any(collection.device[photo] != NONE for photo in files[0] | files[1])
        return cls(kinds, places, frozenset().union(*kinds.get("own-name", ())), seen)

    def side(self, number: int) -> frozenset[int]:
        """The photos of one account that carry it all, and those of the other that tie by themselves."""
        return self.alone.union(*(photos[number] for photos in self.kinds.values()))

    @property
    def photos(self) -> list[int]:
        return sorted(self.side(0) | self.side(1))

    @property
    def smaller(self) -> list[int]:
        """The photos of the account that has fewer of them in this, and those that tie by themselves."""
        ours, theirs = self.side(0), self.side(1)
        return sorted(ours if len(ours) <= len(theirs) else theirs)

    @property
    def is_sure(self) -> bool:
        return self.is_from_camera or not _SURE.isdisjoint(self.kinds)

    @property
    def is_firm(self) -> bool:
        kinds = {"picture" if kind == "file" else kind for kind in self.kinds}
        return self.is_sure or len(kinds) > 1 or min(map(self._pictures, (0, 1))) > 1

    def _pictures(self, number: int) -> int:
        """How many photos of one account show what the other shows."""
        return len(set().union(*(self.kinds[k][number] for k in ("file", "picture") if k in self.kinds)))


def _claim(collection: Collection, pair: Pair, evidence: _Evidence) -> Claim:
    names = [collection.accounts[account] for account in pair]
    level, why = _level(collection, pair, evidence)
    first, second = (_called(name) for name in names)
    if first == second:
        second = f"the other {second.removeprefix('the ')}"
    return Claim(
        LINKED_ACCOUNTS.id,
        level,
        Confidence.FIRM if evidence.is_firm else Confidence.TENTATIVE,
        Question.LINKS,
        f"A stranger would guess that {first} and {second} are the same person's.",
        (*_why(evidence), *why),
        tuple(doubt for doubt, kinds in _DOUBTS.items() if not kinds.isdisjoint(evidence.kinds)),
        evidence.photos,
        subject=f"{mark('file', chr(0).join(names)):016x}",
        enough=evidence.smaller,
        instead=_instead(evidence),
    )


def _called(account: str) -> str:
    """An account in words: by its service, or by the initials of the name that the person gave it. A name would tie the two
    together in the report itself."""
    service, colon, _ = account.partition(":")
    titles = {archive.name: archive.title for archive in discover("archives", Archive)}
    if colon and service in titles:
        return f"the account on {titles[service]}"
    initials = [f"{word[0].upper()}." for word in account.split() if word[0].isalnum()]
    return f"the account {' '.join(initials[:_MOST_INITIALS]) or '…'}"


def _level(collection: Collection, pair: Pair, evidence: _Evidence) -> tuple[Level, Iterator[str]]:
    """How grave it is, and why where that depends on the names that the accounts are under."""
    level = Level.HIGH if evidence.is_sure else Level.MEDIUM
    if evidence.kinds.keys() == {"mention"}:
        level = Level.LOW
    personas = [collection.personas.get(account, "") for account in pair]
    if personas == ["named", "named"]:
        return min(level, Level.MEDIUM), iter(
            ("Both are under your real name, so who looks for you finds both anyway",)
        )
    if personas.count("pseudonymous") != 1:
        return level, iter(())
    why = "Only one of them is under your real name, so it leads from the other to you"
    if evidence.is_firm and collection.profile in _GRAVE:
        return Level.CRITICAL, iter((why,))
    return Level.MEDIUM if level is Level.LOW else Level.HIGH, iter((why,))


def _why(evidence: _Evidence) -> Iterator[str]:
    for kind, words in _WORDS.items():
        if kind in evidence.kinds:
            ours, theirs = map(len, evidence.kinds[kind])
            yield words.format(ours=_photos(ours), theirs=f"{theirs:,}", one=_photos(ours + theirs))
    if evidence.places is not None:
        if evidence.places.homes:
            yield "By the photos of each, its owner lives at the same place"
        if evidence.places.spots:
            yield f"Both go back to {evidence.places.spots:,} places where few people take photos, on different days"


def _photos(number: int) -> str:
    return "1 photo" if number == 1 else f"{number:,} photos"


def _instead(evidence: _Evidence) -> str:
    """What to do where anybody sees what ties the two, and clean copies do not help; empty where they do."""
    shown = evidence.kinds.keys() & _SHOWN
    if not shown:
        return ""
    things = []
    if pictures := max((max(map(len, evidence.kinds[k])) for k in shown & {"picture", "file"}), default=0):
        things.append("the same picture" if pictures == 1 else f"the same {pictures:,} pictures")
    if shown & {"caption", "words"}:
        things.append("the same words")
    if shown & {"mention", "own-name", "own-words", "same-name"}:
        things.append("a name that leads from one to the other")
    said = " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))
    others = " What else ties them goes with clean copies." if evidence.kinds.keys() - _SHOWN else ""
    return f"take down, in one of the two, what both show: {said}. Clean copies alone do not help, for anybody sees it.{others}"


_SHOWN = frozenset({"picture", "file", "caption", "mention", "own-name", "own-words", "same-name", "words"})
"""What everybody sees who sees the posts."""
_WORDS = {
    "device": "The same serial number of a camera or lens stands in {ours} of the one and {theirs} of the other",
    "original": "The same number of a document or picture stands in {ours} of the one and {theirs} of the other",
    "file": "The very same file is in both: {ours} of the one and {theirs} of the other",
    "picture": "The same picture is in both, perhaps in another size: {ours} of the one and {theirs} of the other",
    "name": "The same rare name of a photographer or owner stands in {ours} of the one and {theirs} of the other",
    "own-name": "The name of one account stands with {one} of the other",
    "own-words": "The name of one account stands in the words of the other: on its page, or in its posts",
    "same-name": "Both accounts have the same rare name",
    "mention": "The same rare account name is mentioned with {ours} of the one and {theirs} of the other",
    "words": "The same long words stand in both, in one of them in a post without a photo or on the page",
    "caption": "The same words stand under {ours} of the one and {theirs} of the other",
}
_DOUBTS = {
    "the camera or lens was borrowed, sold or shared": {"device"},
    "the number belongs to a template or a stock picture that many people use": {"original"},
    "the picture is one that many people pass on": {"file", "picture"},
    "two pictures only look alike": {"picture"},
    "somebody else took these photos, or more people have that name than one would think": {"name"},
    "the owners of the accounts only know each other": {"own-name", "own-words"},
    "two people chose the same name": {"same-name"},
    "the account that is mentioned is that of a friend, a firm or a place that many people know": {"mention"},
    "the words are a quotation or a text that many people pass on": {"caption", "words"},
    "two people live together, or work or learn at the same places": {"place"},
}
"""How it could be wrong, with the kinds of ties of which that holds."""

LINKED_ACCOUNTS = Inference(
    "linked-accounts", "Accounts that belong together", Question.LINKS, Level.CRITICAL, linked_accounts
)
