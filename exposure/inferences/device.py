"""Photos that one device took, by the numbers that it wrote into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exposure.model import CollectionFinding, Confidence, Examination, Level, Question
from exposure.plugins import Inference

_KINDS = {
    "serial": "camera serial number",
    "internal-serial": "internal serial number",
    "lens-serial": "lens serial number",
}
_RULES = frozenset({"serial-number", "lens-serial-number", "drone-serial-number"})
_SHOWN = 50
"""Photos named for each device; the count is always of all."""


class Devices:
    """Several photos carry the same serial number, so anybody can tell that one device took them.

    Why it matters
        The number is the same in every photo from that camera or lens, whatever name it was posted under: it
        ties accounts together, and public services index it.

    What to do
        Share copies without the camera's hidden notes, in every account where the photos should not be tied
        to the others.

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
        self._photos: dict[tuple[str, str], list[str]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def photo(self, examination: Examination) -> None:
        """Only numbers that a rule found to mean something count: placeholders tie nothing together."""
        if not any(f.rule in _RULES for f in examination.findings):
            return
        values = {e.value for f in examination.findings if f.rule in _RULES for e in f.evidence}
        for key in {
            (i.kind, i.value) for i in examination.facts.identifiers if i.kind in _KINDS and i.value in values
        }:
            self._counts[key] = self._counts.get(key, 0) + 1
            names = self._photos.setdefault(key, [])
            if len(names) < _SHOWN:
                names.append(examination.name)

    def end(self) -> Iterable[CollectionFinding]:
        return self._told()

    def _told(self) -> Iterator[CollectionFinding]:
        for key in sorted(self._counts):
            count = self._counts[key]
            if count < 2:
                continue
            photos = tuple(self._photos[key])
            yield CollectionFinding(
                SAME_DEVICE.id,
                Level.MEDIUM,
                Confidence.FIRM,
                Question.LINKS,
                f"{count} photos carry the same {_KINDS[key[0]]}, so anybody can tell that one device took them all.",
                (f"The same number stands in {count} photos.",),
                ("the camera or lens was borrowed, sold or shared",),
                photos,
                photos,
                "Without that number nothing in the files ties these photos to one device by number.",
            )


SAME_DEVICE = Inference("same-device", "Photos of one device", Question.LINKS, Level.MEDIUM, Devices)
