"""Photos that one device took, by the numbers that it wrote into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from exposure.model import CollectionFinding, Confidence, Examination, Level, Question
from exposure.plugins import Inference

_KINDS = {"serial": "camera", "internal-serial": "camera's inner parts", "lens-serial": "lens"}
_RULES = frozenset({"serial-number", "lens-serial-number", "drone-serial-number"})
_SHOWN = 50
"""Photos named for each device; the count is always of all."""

_Number = tuple[str, str]
"""Kind and value of one serial number."""


@dataclass(slots=True)
class _Tied:
    """Photos that hang together by serial numbers: each shares one with another of them."""

    count: int = 0
    photos: list[tuple[int, str]] = field(default_factory=list)
    """The first of them: when they came, and their names."""
    numbers: Counter[_Number] = field(default_factory=Counter)

    def absorb(self, other: _Tied) -> None:
        self.count += other.count
        self.photos = sorted(self.photos + other.photos)[:_SHOWN]
        self.numbers += other.numbers


class Devices:
    """Several photos carry the same serial number, so anybody can tell that one device took them.

    Why it matters
        The number is the same in every photo from that camera or lens, whatever name it was posted under: it
        ties accounts together, and public services index it.

    What to do
        Share clean copies, in every account where the photos should not be tied to the others.

    What that does not do
        Photos that were posted already stay tied together. Borrowed, second-hand and family cameras tie
        together photos of different people.

    Covers
        COL08 (within one set of photos; accounts come later)

    References
        https://bgr.com/?p=2941754
        https://www.dpmag.com/how-to/tip-of-the-week/how-to-find-a-stolen-camera/
    """

    def __init__(self) -> None:
        self._tied: dict[_Number, _Tied] = {}
        self._seen = 0

    def photo(self, examination: Examination) -> None:
        """Only numbers that a rule found to mean something count: placeholders tie nothing together."""
        self._seen += 1
        if not any(f.rule in _RULES for f in examination.findings):
            return
        values = {e.value for f in examination.findings if f.rule in _RULES for e in f.evidence}
        numbers = {
            (i.kind, i.value) for i in examination.facts.identifiers if i.kind in _KINDS and i.value in values
        }
        if numbers:
            self._tie(numbers, examination.name)

    def _tie(self, numbers: set[_Number], name: str) -> None:
        """Put the photo with all that carry one of its numbers; two such sets become one, the smaller moving."""
        met = {id(t): t for number in numbers if (t := self._tied.get(number)) is not None}
        largest, *rest = sorted(met.values(), key=lambda t: -len(t.numbers)) or [_Tied()]
        for other in rest:
            largest.absorb(other)
            self._tied.update(dict.fromkeys(other.numbers, largest))
        largest.count += 1
        largest.numbers.update(numbers)
        self._tied.update(dict.fromkeys(numbers, largest))
        if len(largest.photos) < _SHOWN:
            largest.photos.append((self._seen, name))

    def end(self) -> Iterable[CollectionFinding]:
        """One finding for each set of photos, in the order in which their first photos came."""
        every = {id(t): t for t in self._tied.values() if t.count > 1}
        return [_told(t) for t in sorted(every.values(), key=lambda t: t.photos[0])]


def _told(tied: _Tied) -> CollectionFinding:
    """A number that all carry is named; where none is in all, only that they hang together."""
    everywhere = {kind for (kind, _), photos in tied.numbers.items() if photos == tied.count}
    photos = tuple(name for _, name in tied.photos)
    if everywhere:
        things = " and of the ".join(words for kind, words in _KINDS.items() if kind in everywhere)
        message = f"{tied.count:,} photos carry the same serial number of the {things}"
        why = f"The same number stands in {tied.count:,} photos"
    else:
        message = f"{tied.count:,} photos hang together by serial numbers of cameras and lenses"
        why = "Each photo shares a serial number with another"
    one = everywhere - {"lens-serial"}
    message += f", so anybody can tell that {'one device took them all' if one else 'they belong together'}."
    return CollectionFinding(
        SAME_DEVICE.id,
        Level.MEDIUM,
        Confidence.FIRM,
        Question.LINKS,
        message,
        (why,),
        ("the camera or lens was borrowed, sold or shared",),
        photos,
        photos,
        "no number in the files ties these photos to one device.",
    )


SAME_DEVICE = Inference("same-device", "Photos of one device", Question.LINKS, Level.MEDIUM, Devices)
