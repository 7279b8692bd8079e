"""Which colour profile a copy gets: the file's own when it tells nothing of a device or a person.

Most photos have one of a few profiles that millions share. Another is replaced by the standard profile that shows the
same colours; when there is none, there is no copy, since without its profile the photo would look different.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from exposure.cleaning._profile_numbers import replacement
from exposure.cleaning._profiles import LARGEST, Profile, harmless, made, taken_apart
from exposure.errors import CannotClean
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_items import tables
from exposure.formats._jpeg_blocks import SCATTERED
from exposure.formats._webp_rewrite import ICC
from exposure.model import Block, Kind, Photo, Role, Time
from exposure.source import Window

_BOXED = ("HEIF", "AVIF")
_NONE_MATCHES = (
    "its colour profile may belong to one device or say whose it is, and no standard profile shows the same colours; "
    "export the photo as sRGB from your photo program and clean that"
)


_DATED = "Its colour profile stays as it is, with the day on which that profile was made."
_MENDED = (
    "Its colour profile was cut off at its very end, so that some browsers ignored it; in the copy they follow it, "
    "and may show the colours a little differently."
)
_NEAR = timedelta(days=2)
"""A day apart by the clock, with whatever time zones lie between."""


class Colour(NamedTuple):
    """The profile of a copy."""

    icc: bytes = b""
    """Empty for none."""
    word: str = ""
    """Its name."""
    note: str = ""
    """A sentence for the person; mostly empty."""
    replaced: bool = False
    """Whether it is a standard profile in place of the file's own."""


def profile(photo: Photo) -> Colour:
    """What becomes of a photo's profile. CannotClean when it can be neither kept nor replaced."""
    block = _chosen(photo, [b for b in photo.blocks if b.kind is Kind.ICC and b.file.size == photo.size])
    if block is None:
        return Colour()
    usable = block.window.size <= LARGEST and block.where != SCATTERED
    found = taken_apart(block.window.load()) if usable else None
    if found is None:
        return Colour(
            note="Its colour profile is damaged, so that programs ignore it; the copy is without it and looks the same."
        )
    kept = harmless(found, undated=_tells_of_the_photo(found, photo))
    if kept is not None:
        again = taken_apart(kept)
        dated = again is not None and made(again) is not None
        mended = any(problem.where == "iCCP" for problem in photo.problems)
        return Colour(kept, found.name or "no name", _MENDED if mended else _DATED if dated else "")
    standard = replacement(found)
    again = taken_apart(standard) if standard is not None else None
    if standard is None or again is None:
        raise CannotClean(_NONE_MATCHES)
    return Colour(standard, again.name, replaced=True)


def adobe_by_name(photo: Photo) -> bool:
    """Whether the camera says Adobe RGB in EXIF alone, without a profile: some programs go by that, browsers do not.

    DCF 2.0, the optional colour space (interoperability index R03); ColorSpace 2 stands in no standard, but some
    cameras write it (Exif 3.0, section 4.6.6.2.1).
    """
    said = {f.path: f.value for f in reversed(photo.fields) if f.kind is Kind.EXIF and not f.within}
    space, rules = said.get("EXIF:Exif IFD:ColorSpace"), said.get("EXIF:Interop IFD:InteroperabilityIndex")
    return space == 2 or (rules == "R03" and space != 1)


def _tells_of_the_photo(profile: Profile, photo: Photo) -> bool:
    """Whether the profile was made when the photo was taken or changed: then its date is the photo's own."""
    moment = made(profile)
    return moment is not None and any(
        abs(moment - day) < _NEAR for day in map(_day, photo.facts.times) if day is not None
    )


def _day(time: Time) -> datetime | None:
    try:
        return datetime.fromisoformat(time.local[:10])
    except ValueError:  # no date that a calendar has
        return None


def _chosen(photo: Photo, blocks: Sequence[Block]) -> Block | None:
    """The profile that programs go by: the first; in a PNG only iCCP; in a WebP one that its header announces (RFC
    9649, 2.7); in a HEIF that of its primary picture.
    """
    if photo.format == "PNG":
        return _before_the_picture(photo, [block for block in blocks if block.where == "iCCP"])
    if photo.format == "WebP" and blocks:
        header = next((p for p in photo.parts if p.where == "VP8X" and p.role is Role.STRUCTURE), None)
        announced = header is not None and blocks[0].file.read(header.offset + 8, 1)[0] & ICC
        return blocks[0] if announced else None
    if photo.format in _BOXED and blocks:
        starts = _primary_profiles(blocks[0].file)
        if starts is not None:
            places = {block.window.origin: block for block in blocks}
            return next((places[start] for start in starts if start in places), None)
    if photo.format == "TIFF" and len({block.window.load() for block in blocks}) > 1:
        raise CannotClean("its pages have different colour profiles")
    return blocks[0] if blocks else None


def _before_the_picture(png: Photo, blocks: Sequence[Block]) -> Block | None:
    """The profile in a PNG that stands in its place; only some programs see one behind the picture (PNG third edition,
    section 5.6).
    """
    end = next((part.offset for part in png.parts if part.where.startswith("IDAT")), 0)
    found = [block for block in blocks if all(place.offset < end for place in block.window.ranges())]
    if len({block.window.load() for block in found}) > 1:
        raise CannotClean("it has two colour profiles, of which some programs follow one and some the other")
    return found[0] if found else None


def _primary_profiles(file: Window) -> list[int] | None:
    """Where the profiles of a HEIF's primary item, or of the tiles that it is made of, begin in the file; None when
    there is no such item (ISO/IEC 23008-12:2022, sections 6.5.5, 6.6.2.3 and 9.3).
    """
    for meta in walk(file).metas[:1]:
        of = tables(file, meta, with_properties=True)
        if of.primary in of.items and of.primary is not None:
            items = (of.primary, *of.references.get(b"dimg", {}).get(of.primary, ()))
            boxes = (box for item in items for box in of.properties.of(item))
            return [box.payload.offset + 4 for box in boxes if box.type == b"colr"]
    return None
