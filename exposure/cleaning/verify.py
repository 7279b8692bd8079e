"""Hold a copy against its original, whoever made it: what is left in it, what was lost, whether it is the same picture.

Nothing is said of values, only where they lie. What cannot be proven counts against the copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from exposure.archives import holds_many, is_there
from exposure.cleaning import Wishes
from exposure.cleaning._copy import joined
from exposure.cleaning._exiftool import exiftool_left
from exposure.cleaning._idle import idle_end
from exposure.cleaning._keeping import ORIENTATION, keeping, orientation
from exposure.cleaning._proof import is_itself, leftovers, undrawn
from exposure.cleaning._second import exifread_found, pillow_left
from exposure.cleaning._targets import places
from exposure.drawing import Drawing, differences, drawn
from exposure.errors import CannotClean, CannotRun, MalformedFile, reason
from exposure.media import SIDE_FILE
from exposure.model import Depth, Examination, Kept, Kind, Part, Photo, Role, Tag
from exposure.plugins import Format, discover
from exposure.reading import read
from exposure.source import Assembled, FileSource, Source, Window
from exposure.workers import Work, worked

FEW = 6
"""Up to this many pairs, one process is done before a second one has started."""
JOBS = 2
_CHUNK = 4
_SECONDS = 300.0
_PIECE = 1 << 20
_MOST = 12
"""Places that are named; the rest is counted."""


STILL = "Still in it"
NO_COPY = "There is no copy of it."
NO_ORIGINAL = "There is no original that it could be a copy of."


class Verified(NamedTuple):
    """What there is to say of one copy. Plain data: it crosses processes."""

    name: str
    """Its path: as given for a file, within the folder for one of many."""
    against: tuple[str, ...] = ()
    """What stands against it, each a sentence; empty when it is proven."""
    notes: tuple[str, ...] = ()
    """Sentences on what the proof did not include."""
    photo: bool = True
    """False for a file that is neither a photo nor any other medium: it was not looked at."""


class _Pair(NamedTuple):
    """An original and its copy. It crosses processes."""

    name: str
    before: FileSource | Examination | None
    after: FileSource | Examination | None
    wishes: Wishes


class _Seen(NamedTuple):
    """One of the two, read."""

    source: FileSource
    window: Window
    photo: Photo
    format: Format


def verify(before: str, after: str, wishes: Wishes, jobs: int = 0) -> Iterator[Verified]:
    """Every copy held against its original: two files, or two folders by the paths in them, in order of those.

    CannotRun when there is nothing at one of the paths, or a file at one and a folder at the other.
    """
    todo = iter(_pairs(Path(before), Path(after), wishes))
    first = list(islice(todo, FEW + 1))
    if jobs == 1 or (jobs == 0 and len(first) <= FEW):
        return map(_verified, chain(first, todo))
    return worked(chain(first, todo), Work(_verified, _given_up, _CHUNK, _SECONDS), jobs or JOBS)


def _pairs(before: Path, after: Path, wishes: Wishes) -> Iterable[_Pair]:
    for path in (before, after):
        if not is_there(path):
            raise CannotRun(f"there is nothing at {path}")
    many = holds_many(before)
    if many != holds_many(after):
        raise CannotRun("name two files, or two folders: first the original, then its copy")
    if not many:
        (one,), (other,) = places([str(before)]), places([str(after)])
        return [_Pair(str(after), one.found, other.found, wishes)]
    originals = {str(place.relative): place.found for place in places([str(before)])}
    copies = {str(place.relative): place.found for place in places([str(after)])}
    names = sorted(originals.keys() | copies.keys())
    return [_Pair(name, originals.get(name), copies.get(name), wishes) for name in names]


def _given_up(pair: _Pair, why: str) -> Verified:
    return Verified(pair.name, (f"It could not be held against its original: {why}.",))


def _verified(pair: _Pair) -> Verified:
    """It never raises for what is in the files, nor for what the disk does."""
    try:
        return _held(pair)
    except (MalformedFile, CannotClean) as error:
        return _given_up(pair, str(error))
    except OSError as error:
        return _given_up(pair, f"the system said: {reason(error)}")
    except MemoryError:
        return _given_up(pair, "it needs more memory than it may have")


def _held(pair: _Pair) -> Verified:
    name, before, after = pair.name, pair.before, pair.after
    for each in (before, after):
        if isinstance(each, Examination):
            return _given_up(pair, each.problems[0].message)
    if not isinstance(after, FileSource):
        assert isinstance(before, FileSource)
        with before:
            seen = _read(before)
        photo = not isinstance(seen, str) and seen.format.rewrite is not None  # side files never get a copy
        return Verified(name, (NO_COPY,) if photo else (), photo=photo)
    if not isinstance(before, FileSource):
        return Verified(name, (NO_ORIGINAL,))
    with before, after:
        one, other = _read(before), _read(after)
        if isinstance(other, str):
            if other in ("", SIDE_FILE) and isinstance(one, str):
                return Verified(name, photo=False)
            return Verified(name, (f"It is no photo that exposure reads{f': {other}' if other else ''}.",))
        if isinstance(one, str):
            return Verified(name, ("Its original is no photo that exposure reads.",))
        return Verified(name, *_compared(one, other, pair.wishes))


def _read(source: FileSource) -> _Seen | str:
    photo = read(source, Depth.DEEP)
    if isinstance(photo, str):
        return photo
    (format_,) = (f for f in discover("formats", Format) if f.name == photo.format)
    return _Seen(source, Window.whole(source), photo, format_)


def _compared(one: _Seen, other: _Seen, wishes: Wishes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands against the copy, and what the proof did not include."""
    against: list[str] = []
    notes: list[str] = []
    kept = _kept(one, other, wishes)
    drawing = drawn(other.window, other.format.name, wishes.pixels)
    against += _told(STILL, dict.fromkeys(_left(other, drawing, kept, wishes)))
    against += _told("Not as exposure writes it, so that something could hide there", _unknown(other, kept))
    if idle_end(other.source, other.format.name, other.photo.parts, drawing):
        against.append(f"{STILL}: data behind the end of its coded picture.")
    original = drawn(one.window, one.format.name, wishes.pixels)
    same = one.format is other.format
    against += _told("It is not shown like the original", _lost(original, drawing, kept, same))
    coded, whole = _same_coded(one, other) if same else (False, False)
    if not same:
        notes.append(f"The picture was written anew, as {other.format.name} instead of {one.format.name}.")
    elif not coded:
        notes.append("The picture was written anew: its coded bytes are not those of the original.")
    left_out = undrawn(original.problem or drawing.problem, wishes)
    if left_out and whole:
        notes.append(f"{left_out[:1].upper()}{left_out[1:]}.")
    elif left_out:
        against.append("Neither its coded bytes nor all of its pixels could be found to be the original's.")
    return tuple(against), tuple(notes)


def _kept(one: _Seen, other: _Seen, wishes: Wishes) -> Kept:
    """What may stay: what exposure would keep of the original, and how the original says which way up it is."""
    try:
        kept = keeping(one.photo, other.format, wishes).kept
    except CannotClean:  # then nothing may
        kept = Kept()
    tags = [tag for tag in kept.tags if tag.number != ORIENTATION]
    says = any(f.kind is Kind.EXIF and f.group == "IFD0" for f in other.photo.named("Orientation"))
    if says and orientation(other.photo) == orientation(one.photo):
        tags.append(Tag("IFD0", ORIENTATION, 3, (orientation(one.photo),)))
    return replace(kept, tags=tuple(tags))


def _left(other: _Seen, drawing: Drawing, kept: Kept, wishes: Wishes) -> Iterator[str]:
    """What is in the copy and should not be, first by our own names; other readers speak where we found nothing."""
    found = False
    for left in leftovers(other.photo, other.format, kept):
        found = True
        yield left
    if not found:
        yield from pillow_left(drawing, other.format.name, kept)
        yield from exifread_found(other.photo, kept).left
    if wishes.exiftool:
        yield from (f"ExifTool's {left}" for left in exiftool_left(other.source, other.format.name, kept))


def _unknown(other: _Seen, kept: Kept) -> Sequence[str]:
    """Parts of the copy's structure that exposure would write in another way, or leave out."""
    format_, window = other.format, other.window
    if format_.rewrite is None:
        return (f"{format_.name} files, which exposure never writes",)
    try:
        pieces = joined(format_.rewrite(window, other.photo.parts, kept))
        if is_itself(pieces, window):
            return ()
        mine = Assembled(other.source, pieces)
        known = {_digest(mine, p.offset, p.length) for p in format_.parts(Window.whole(mine), Depth.DEEP)}
    except (CannotClean, MalformedFile) as error:
        return (f"the whole of it ({error})",)
    parts = [part for part in other.photo.parts if part.role is Role.STRUCTURE and not _blank(window, part)]
    return tuple(
        dict.fromkeys(p.where for p in parts if _digest(other.source, p.offset, p.length) not in known)
    )


def _blank(window: Window, part: Part) -> bool:
    """Whether a part is one byte again and again."""
    sign = window.read(part.offset, 1)
    ends = range(part.offset, part.end, _PIECE)
    return all(window.read(at, n) == sign * n for at in ends if (n := min(_PIECE, part.end - at)))


def _lost(original: Drawing, drawing: Drawing, kept: Kept, same: bool) -> Iterator[str]:
    """What the copy does not show as the original does; of another format, only what both have."""
    pair = (original, drawing) if same else (_bare(original), _bare(drawing))
    yield from differences(*pair)
    mine = hashlib.sha256(kept.icc).hexdigest() if kept.icc else ""
    if drawing.icc not in (original.icc, mine) or (original.icc and not drawing.icc and not drawing.problem):
        yield "its colour profile is another" if drawing.icc else "its colour profile is gone"


def _bare(drawing: Drawing) -> Drawing:
    """Its pictures without what each format says of them in its own way."""
    return replace(drawing, frames=tuple(frame._replace(shown=()) for frame in drawing.frames))


def _same_coded(one: _Seen, other: _Seen) -> tuple[bool, bool]:
    """Whether the coded pictures are the same, byte for byte, and whether what decoders need around them is so too.

    That is so when the copies that exposure would make of both, with nothing kept, are the same.
    """
    try:
        mine, its = _coded(one), _coded(other)
    except CannotClean:  # which the proof has said of the copy
        return False, False
    return mine.picture == its.picture or mine.whole == its.whole, mine.whole == its.whole


class _Coded(NamedTuple):
    """SHA-256 of the barest copy: of the bytes in it that are the original's, and of all of it."""

    picture: bytes
    whole: bytes


def _coded(seen: _Seen) -> _Coded:
    if seen.format.rewrite is None:
        raise CannotClean(f"exposure never writes a {seen.format.name}")
    picture, whole = hashlib.sha256(), hashlib.sha256()
    for piece in seen.format.rewrite(seen.window, seen.photo.parts, Kept()):
        if isinstance(piece, bytes):
            whole.update(piece)
            continue
        for at in range(piece.offset, piece.offset + piece.length, _PIECE):
            data = seen.window.read(at, min(_PIECE, piece.offset + piece.length - at))
            picture.update(data)
            whole.update(data)
    return _Coded(picture.digest(), whole.digest())


def _digest(source: Source, offset: int, length: int) -> bytes:
    digest = hashlib.sha256()
    for at in range(offset, offset + length, _PIECE):
        digest.update(source.read(at, min(_PIECE, offset + length - at)))
    return digest.digest()


def _told(words: str, found: Iterable[str]) -> Iterator[str]:
    """One sentence on what was found, or none."""
    names = list(found)
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    if names:
        yield f"{words}: {', '.join(names[:_MOST])}{more}."
