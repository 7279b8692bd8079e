"""What a clean copy of one file would be: read the original, decide what stays, and let its format put it together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from exposure.cleaning import Wishes
from exposure.cleaning._along import copied
from exposure.cleaning._keeping import Keeping, keeping
from exposure.errors import CannotClean, MalformedFile
from exposure.examining import is_named_like_a_photo
from exposure.media import SIDE_FILE
from exposure.model import Depth, Kept, Photo, Role
from exposure.plugins import Format, Piece, discover
from exposure.reading import read
from exposure.source import Assembled, FileSource, Range, Window


@dataclass(frozen=True, slots=True)
class Copy:
    """A clean copy that is not written yet."""

    source: FileSource
    """The original; it must stay open."""
    photo: Photo
    format: Format
    keeping: Keeping
    pieces: tuple[Piece, ...]

    @property
    def kept(self) -> Kept:
        return self.keeping.kept

    def assembled(self) -> Assembled:
        """The copy as a source, without writing it."""
        return Assembled(self.source, self.pieces)


def planned(source: FileSource, wishes: Wishes, depth: Depth = Depth.DEEP) -> Copy | None:
    """The clean copy of an open file; None for what is no photo and belongs into no output: documents, side files.

    CannotClean when there can be none. After a shallow look it may hold more than the picture, which its proof finds.
    """
    photo = read(source, depth)
    if isinstance(photo, str):
        _no_photo(source, photo)
        return None
    (format_,) = (f for f in discover("formats", Format) if f.name == photo.format)
    if format_.rewrite is None:
        return None
    damage = next((_without_place(p.message) for p in photo.problems if p.where == format_.name), None)
    if damage is not None:
        raise CannotClean(f"the file is damaged: {damage}")
    kept = keeping(photo, format_, wishes)
    pieces = _pieces(source, photo, format_, kept.kept)
    if unshown := format_.unshown(Window.whole(source)):
        kept = kept._replace(notes=(*kept.notes, unshown))
    return Copy(source, photo, format_, kept, pieces)


def _without_place(message: str) -> str:
    """A problem without the byte at which it was met, so that the same trouble of many files reads the same."""
    return re.sub(r" \(at byte \d+\)$", "", message)


def _no_photo(source: FileSource, media: str) -> None:
    """Nothing for a document; CannotClean for what the person would take for a photo."""
    if media == SIDE_FILE:
        return
    if media == "raw photo":
        raise CannotClean(
            "it is a raw file, whose parts only its maker knows; export a JPEG from your photo program and clean that"
        )
    if media:
        raise CannotClean(f"exposure does not clean this kind of file yet: {media}")
    if is_named_like_a_photo(source.name):
        raise CannotClean(
            "it is named like a photo, but its content is none that exposure knows"
            if source.size
            else "it is empty"
        )


def _pieces(source: FileSource, photo: Photo, format_: Format, kept: Kept) -> tuple[Piece, ...]:
    """The copy's pieces, none of which may come from anything but the picture."""
    assert format_.rewrite is not None
    try:
        pieces = joined(format_.rewrite(Window.whole(source), photo.parts, kept))
    except MalformedFile as error:
        if source.changed():
            raise
        raise CannotClean(f"the file is damaged: {error.message}") from error
    starts, ends = pictures(photo, copied(source, photo, kept))
    for piece in pieces:
        if isinstance(piece, Range):
            at = bisect_right(starts, piece.offset) - 1
            if at < 0 or piece.offset + piece.length > ends[at]:
                raise CannotClean(f"its {format_.name} structure mixes the picture with other data")
    return pieces


def pictures(photo: Photo, second: Iterable[Range] = ()) -> tuple[list[int], list[int]]:
    """Where runs of picture data begin and end in the file, in order: of the picture, and of `second` ones."""
    starts: list[int] = []
    ends: list[int] = []
    own = (Range(part.offset, part.length) for part in photo.parts if part.role is Role.PICTURE)
    for offset, length in sorted((*own, *second)):
        if ends and ends[-1] >= offset:
            ends[-1] = max(ends[-1], offset + length)
        else:
            starts.append(offset)
            ends.append(offset + length)
    return starts, ends


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same with neighbours made one, and nothing that is empty."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, bytes):
            if isinstance(last, bytes):
                found[-1] = last + piece
            elif piece:
                found.append(piece)
        elif isinstance(last, Range) and last.offset + last.length == piece.offset:
            found[-1] = Range(last.offset, last.length + piece.length)
        elif piece.length:
            found.append(piece)
    return tuple(found)
