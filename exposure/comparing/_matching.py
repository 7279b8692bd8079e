"""Which downloaded file comes from which original."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exposure.errors import MalformedFile
from exposure.guards import credible
from exposure.looks import Look, difference, is_same, matches
from exposure.model import Examination, Examined, Photo
from exposure.pixels import look
from exposure.reading import read
from exposure.source import FileSource, Window

_RATIO = 1.03
"""Two pictures whose sides differ more in shape were cropped."""
_CLEARER = 4
"""The best of several originals must look nearer by so many bits, or nobody can tell which it is."""
_PIECE = 1 << 20


class Seen(NamedTuple):
    """What tells a file from others."""

    source: FileSource
    digest: bytes
    """SHA-256."""
    taken: str
    """Local time of capture; empty where it does not say."""
    shape: float
    """The longer side by the shorter one; 0 when unknown."""
    look: Look | None


@dataclass(slots=True)
class Matching:
    """Originals and what came back, put together."""

    originals: Sequence[Seen]
    copies: Sequence[Seen]
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """Places of an original and of a copy."""
    how: Counter[str] = field(default_factory=Counter)
    """By what each pair was found: file, time or look."""
    unclear: list[int] = field(default_factory=list)
    """Copies to which several originals fit as well."""
    alone: list[int] = field(default_factory=list)
    """Copies to which none fits."""


def seen(items: Iterable[FileSource | Examination]) -> Iterator[Seen | str]:
    """What tells each photo from others; the name of one that cannot be read. Files of other kinds are left out."""
    for source in items:
        if isinstance(source, Examination):
            yield source.name
            continue
        try:
            with source:
                found = _seen(source)
        except (OSError, MalformedFile):
            found = source.name
        if found is not None:
            yield found


def _seen(source: FileSource) -> Seen | str | None:
    photo = read(source)
    if not isinstance(photo, Photo) or not photo.width:
        return None
    looked = look(Window.whole(source), photo.format)
    if looked is None and photo.examined in (Examined.PARTIAL, Examined.NONE):
        return source.name
    digest = hashlib.sha256()
    for start in range(0, source.size, _PIECE):
        digest.update(source.read(start, min(_PIECE, source.size - start)))
    times = (time.local for time in photo.facts.times if time.kind == "taken" and credible(time.local))
    shape = max(photo.width, photo.height) / min(photo.width, photo.height) if photo.height else 0.0
    return Seen(source, digest.digest(), next(times, "")[:19], shape, looked)


def matched(originals: Sequence[Seen], copies: Sequence[Seen]) -> Matching:
    """Put together what belongs together: by the bytes, else by the time of capture, shape and look, else by the look.
    The same original twice counts as one."""
    found = Matching(originals, copies)
    every = {one.digest: place for place, one in reversed(list(enumerate(originals)))}
    by_time: dict[str, list[int]] = defaultdict(list)
    for place in every.values():
        by_time[originals[place].taken].append(place)
    alike = _alike(found, set(every.values()))
    for place, copy in enumerate(copies):
        if (same := every.get(copy.digest)) is not None:
            _put(found, same, place, "file")
            continue
        timed = [o for o in by_time[copy.taken] if _fits(originals[o], copy)] if copy.taken else []
        for some, how in ((timed, "time"), (alike.get(place, []), "look")):
            if some:
                best = _clearest([(_distance(originals[o], copy), o) for o in some])
                if best is None:
                    found.unclear.append(place)
                else:
                    _put(found, best, place, how)
                break
        else:
            found.alone.append(place)
    found.pairs.sort()
    return found


def _put(found: Matching, original: int, copy: int, how: str) -> None:
    found.pairs.append((original, copy))
    found.how[how] += 1


def _alike(found: Matching, originals: set[int]) -> dict[int, list[int]]:
    """For each copy, the originals that look the same."""
    alike: dict[int, list[int]] = defaultdict(list)
    for copy, original in matches([c.look for c in found.copies], [o.look for o in found.originals]):
        if original in originals:
            alike[copy].append(original)
    return alike


def _fits(original: Seen, copy: Seen) -> bool:
    """Whether shape and look of an original with the same time do not speak against it."""
    if not original.shape or not copy.shape or _shape(original, copy) > _RATIO:
        return False
    return not original.look or not copy.look or is_same(original.look, copy.look)


def _shape(one: Seen, other: Seen) -> float:
    return max(one.shape, other.shape) / min(one.shape, other.shape)


def _distance(original: Seen, copy: Seen) -> int:
    return difference(original.look, copy.look) if original.look and copy.look else 0


def _clearest(fitting: list[tuple[int, int]]) -> int | None:
    """The original that is nearest by far; None when another one is about as near."""
    fitting.sort()
    if len(fitting) > 1 and fitting[1][0] - fitting[0][0] < _CLEARER:
        return None
    return fitting[0][1]
