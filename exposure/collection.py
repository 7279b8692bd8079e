"""What is kept of every photo so that many can be looked at together: a few dozen bytes each, packed in columns.

No value that identifies is kept as it stands: serial numbers and identifiers are digests, which tell only whether two
photos carry the same one.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from exposure.guards import telling, usable, uuid, wording
from exposure.model import Examination, Examined, Facts, Place
from exposure.names import Names
from exposure.taken import UNKNOWN, taken

NONE = -1

MARKS = (
    "serial",
    "internal-serial",
    "lens-serial",
    "document-id",
    "content-id",
    "image-id",
    "caption",
    "file",
)
"""What two photos can have in common that ties them together; a mark's last three bits are its place here. A caption is
one that is too long to be written twice by accident; a file is all its bytes."""
ROLES = ("depicted", "creator", "owner", "contact", "handle")
"""In which role a photo names somebody."""
NO_COPY, PERHAPS_NO_COPY = 1, 2
"""There are no clean copies of its format; it could not be read whole, so that it may get none."""
SCHOOL = 1
"""A cue: words in the photo speak of a school, a kindergarten or a club of children."""

_ID = re.compile(r"(?![0-9A-Fa-f-]{32,36}$)[0-9A-Za-z-]{8,64}")
"""An identifier of another shape than those that `uuid` judges."""
_ON_PAGE = re.compile(r"[\w.]{4,64}")
_HANDLE = re.compile(r"(?<![\w@.])@([A-Za-z0-9_.]{3,30})(?![\w@])")
_SCHOOL = re.compile(
    r"\b(?:school|preschool|kindergarten|nursery|daycare|childcare|pickup|(?:kita|schule|grundschule|hort|krippe)"
    r"|(?:école|maternelle|crèche|collège)|(?:escuela|colegio|guardería)|(?:scuola|asilo)|(?:escola|creche)"
    r"|first day of (?:school|class)|(?:grade|class) \d|\d(?:st|nd|rd|th) grade|school ?run|einschulung)\b",
    re.IGNORECASE,
)
_CAPTIONS = frozenset({"caption", "description", "title"})
_MOST_CAPTIONS = 4
_MOST_LINES = 8
"""Each line counts by itself too: one service puts a title above the words, another hashtags below."""
_MOST_ACCOUNTS = 1 << 12
_MOST_WORDS = 1 << 17
"""Of an account's posts without a photo, so many words are remembered, for some hold hundreds of thousands."""
_LONGEST = 2_000
"""Of the words in a photo, only so many letters are searched."""


@dataclass(slots=True, eq=False)
class Collection:
    """Every photo of a run, in the order in which they came. Columns hold one value a photo; `starts` of a list column
    say where each photo's values begin. It grows by `add`, and is only read after that."""

    today: str = "2000-01-01"
    """ISO date of the run."""
    names: Names = field(default_factory=Names)
    latitude: array[float] = field(default_factory=lambda: array("d"))
    longitude: array[float] = field(default_factory=lambda: array("d"))
    """Degrees, WGS 84; NaN for none."""
    accuracy: array[float] = field(default_factory=lambda: array("f"))
    """The radius in metres that the device gave; NaN where it gave none."""
    taken: array[int] = field(default_factory=lambda: array("q"))
    """When it was taken, by the local clock, in seconds as if since 1970 UTC; `UNKNOWN` for not known."""
    offset: array[int] = field(default_factory=lambda: array("h"))
    """That clock's offset from UTC in minutes, as far as the file says or its satellite time tells; `NO_OFFSET`. 0 where
    only the time of the world is known."""
    device: array[int] = field(default_factory=lambda: array("i"))
    """Its place in `devices`; `NONE` where no camera is named."""
    devices: list[tuple[str, str, int]] = field(default_factory=list)
    """Make, model, and the mark of the serial number, 0 for none; the same device may be there twice, with and
    without."""
    cues: bytearray = field(default_factory=bytearray)
    marks: array[int] = field(default_factory=lambda: array("Q"))
    mark_starts: array[int] = field(default_factory=lambda: array("I", [0]))
    people: array[int] = field(default_factory=lambda: array("I"))
    """Each is a place in `persons`, times 8, plus a place in `ROLES`."""
    people_starts: array[int] = field(default_factory=lambda: array("I", [0]))
    persons: list[str] = field(default_factory=list)
    """Names as they stand in the files."""
    account: array[int] = field(default_factory=lambda: array("H"))
    """Its place in `accounts`, of which the first is no account at all."""
    accounts: list[str] = field(default_factory=lambda: [""])
    look: array[int] = field(default_factory=lambda: array("Q"))
    """What the picture looks like (`Examination.look`); 0 where that is not known."""
    faint: array[int] = field(default_factory=lambda: array("Q"))
    """Which of those bits are faint."""
    copies: array[int] = field(default_factory=lambda: array("b"))
    """0, `NO_COPY` or `PERHAPS_NO_COPY`."""
    personas: dict[int, str] = field(default_factory=dict)
    """Of accounts of which that is known: named or pseudonymous."""
    handles: dict[int, set[str]] = field(default_factory=dict)
    """What accounts are called on their services."""
    mentions: dict[int, set[str]] = field(default_factory=dict)
    """Account names in the words of an account's posts, with photos or without, and on its own page."""
    captions: dict[int, set[int]] = field(default_factory=dict)
    """Marks of the long words in an account's posts without a photo, and on its own page."""
    profile: str = "general"
    """Who the person is (`Context.profile`)."""
    left_out: frozenset[int] = frozenset()
    """Photos that are taken for cleaned: nothing is known of them but their names."""
    found: dict[str, object] = field(default_factory=dict, repr=False)
    """What was found in the columns as they are, whatever is left out, kept for whoever asks again."""
    _devices: dict[tuple[str, str, int], int] = field(default_factory=dict, repr=False)
    _persons: dict[str, int] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.names)

    def add(self, examination: Examination, persona: str | None = None) -> None:
        """Take what is needed of one photo. Files that are no photos take no place. `persona`: under what kind of name its
        account is, named or pseudonymous, where that is known."""
        if examination.media == "other" or examination.examined is Examined.NONE:
            return
        facts = examination.facts
        self.names.append(examination.name)
        place = _place(facts)
        self.latitude.append(place[0])
        self.longitude.append(place[1])
        self.accuracy.append(place[2])
        when, shift = taken(facts)
        self.taken.append(when)
        self.offset.append(shift)
        own = (mark("file", examination.digest.hex()),) if examination.digest else ()
        self.marks.extend(sorted({*_marks(facts), *own}))
        self.mark_starts.append(len(self.marks))
        self.device.append(self._device(facts))
        self.people.extend(dict.fromkeys(self._people(facts)))
        self.people_starts.append(len(self.people))
        self.cues.append(_cues(facts))
        self.account.append(self._account(examination.account))
        if persona is not None and self.account[-1]:
            self.personas[self.account[-1]] = persona
        self.look.append(examination.look or 0)
        self.faint.append(examination.faint)
        doubt = PERHAPS_NO_COPY if examination.examined is Examined.PARTIAL else 0
        self.copies.append(doubt if examination.has_copies else NO_COPY)

    def hear(
        self,
        account: str,
        own: str,
        facts: Facts,
        is_page: bool,
        persona: str | None = None,
        alone: bool = False,
    ) -> None:
        """Take what an account is called on its service, and names of accounts in a post's words: on its page, any word; of a
        post without a photo (`alone`) also long words as such."""
        if number := self._account(account):
            self.handles.setdefault(number, set()).update({own, own.partition("@")[0]} - {""})
            words = " ".join(text.value[:_LONGEST] for text in facts.texts)
            found = (_ON_PAGE if is_page else _HANDLE).findall(words)
            self.mentions.setdefault(number, set()).update(name.strip(".") for name in found)
            self.personas |= {number: persona} if persona is not None else {}
            known = self.captions.setdefault(number, set())
            if alone and len(known) < _MOST_WORDS:
                known.update(_captions(facts))

    def without(self, photos: Iterable[int]) -> Collection:
        """The same collection after these photos were cleaned. The columns are shared, so this costs nothing."""
        return replace(self, left_out=self.left_out.union(photos))

    def whole(self) -> Collection:
        """The same collection with nothing taken for cleaned."""
        return replace(self, left_out=frozenset())

    def marks_of(self, photo: int) -> Sequence[int]:
        """Digests of what ties it to others; none once it is cleaned."""
        if photo in self.left_out:
            return ()
        return self.marks[self.mark_starts[photo] : self.mark_starts[photo + 1]]

    def people_of(self, photo: int) -> Iterator[tuple[str, str]]:
        """Role and name of everybody whom it names."""
        if photo not in self.left_out:
            for each in self.people[self.people_starts[photo] : self.people_starts[photo + 1]]:
                yield ROLES[each & 7], self.persons[each >> 3]

    def positioned(self) -> Iterator[int]:
        """The photos that say where they were taken."""
        for photo, latitude in enumerate(self.latitude):
            if latitude == latitude and photo not in self.left_out:
                yield photo

    def timed(self) -> Iterator[int]:
        """The photos that say when they were taken."""
        for photo, when in enumerate(self.taken):
            if when != UNKNOWN and photo not in self.left_out:
                yield photo

    def _device(self, facts: Facts) -> int:
        found = next(((d.make or "", d.model or "") for d in facts.devices if d.make or d.model), None)
        if found is None:
            return NONE
        serial = min((mark for mark in self._last_marks() if mark & 7 == 0), default=0)
        key = (" ".join(found[0].split()).casefold(), " ".join(found[1].split()).casefold(), serial)
        known = self._devices.setdefault(key, len(self.devices))
        if known == len(self.devices):
            self.devices.append(key)
        return known

    def _account(self, name: str) -> int:
        last = self.account[-1] if self.account else 0
        if name == self.accounts[last]:  # photos of one account come one after the other
            return last
        if name not in self.accounts and len(self.accounts) < _MOST_ACCOUNTS:
            self.accounts.append(name)
        return self.accounts.index(name) if name in self.accounts else 0

    def _last_marks(self) -> Sequence[int]:
        return self.marks[self.mark_starts[-2] :]

    def _people(self, facts: Facts) -> Iterator[int]:
        for person in facts.people:
            if person.role in ROLES and (name := " ".join(person.name.split())):
                yield self._person(name) << 3 | ROLES.index(person.role)
        for text in facts.texts:
            for handle in _HANDLE.findall(text.value[:_LONGEST]) if "@" in text.value else ():
                yield self._person(handle.rstrip(".").casefold()) << 3 | ROLES.index("handle")

    def _person(self, name: str) -> int:
        known = self._persons.setdefault(name, len(self.persons))
        if known == len(self.persons):
            self.persons.append(name)
        return known


def mark(kind: str, value: str) -> int:
    """A digest of 64 bits that tells whether two values of one kind are the same, and what kind it is."""
    digest = blake2b(
        value.encode("utf-8", "surrogatepass"), digest_size=8, person=kind.encode()[:16]
    ).digest()
    return int.from_bytes(digest, "big") & ~7 | MARKS.index(kind)


def _place(facts: Facts) -> tuple[float, float, float]:
    """Latitude, longitude and radius of the best position."""
    found = [place for place in facts.places if usable(place)]
    if not found:
        return math.nan, math.nan, math.nan
    best: Place = found[0]
    radius = max((p.accuracy_m for p in found if p.accuracy_m is not None), default=math.nan)
    assert best.latitude is not None and best.longitude is not None
    return best.latitude, best.longitude, radius if math.isfinite(radius) and radius >= 0 else math.nan


def _captions(facts: Facts) -> Iterator[int]:
    for text in [text for text in facts.texts if text.kind in _CAPTIONS][:_MOST_CAPTIONS]:
        lines = text.value[:_LONGEST].splitlines()[:_MOST_LINES]
        for part in dict.fromkeys((text.value[:_LONGEST], *lines)):
            if words := wording(part):
                yield mark("caption", words)


def _marks(facts: Facts) -> Iterator[int]:
    yield from _captions(facts)
    models = {d.model.strip().casefold() for d in facts.devices if d.model} if facts.identifiers else set()
    for each in facts.identifiers:
        if each.kind in ("serial", "internal-serial", "lens-serial"):
            if telling(each.value, models):
                yield mark(each.kind, _plain(each.value))
        elif each.kind in ("document-id", "content-id", "image-id"):
            value = uuid(each.value) or ""
            if not value and each.kind != "image-id" and _ID.fullmatch(each.value.strip()):
                value = (
                    each.value.strip()
                )  # several makers write a code for the model as the number of the image
            if value and telling(value):
                yield mark(each.kind, value)


def _plain(serial: str) -> str:
    return "".join(c for c in serial.casefold() if c.isalnum()).lstrip("0")


def _cues(facts: Facts) -> int:
    return SCHOOL if any(_SCHOOL.search(text.value[:_LONGEST]) for text in facts.texts) else 0
