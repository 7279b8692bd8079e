"""What stays in a copy, and how that is said: which way up, the colour profile, and what the person asked for."""

from __future__ import annotations

from typing import NamedTuple

from exposure.cleaning import Wishes
from exposure.cleaning._colour import profile
from exposure.model import Kept, Kind, Photo, Tag
from exposure.plugins import Format

ORIENTATION = 0x112


class Keeping(NamedTuple):
    """What stays, as values and in words."""

    kept: Kept
    told: tuple[str, ...] = ()
    """What stays, in a few words each."""
    notes: tuple[str, ...] = ()
    """Sentences on what could not stay although it was asked for."""


def keeping(photo: Photo, format_: Format, wishes: Wishes) -> Keeping:
    """What of a photo stays in its copy. CannotClean when its colours would be lost."""
    told: list[str] = []
    tags: list[Tag] = []
    turned = orientation(photo) if "orientation" in format_.carries else 1
    if turned != 1:
        tags.append(Tag("IFD0", ORIENTATION, 3, (turned,)))
        told.append("which way up")
    icc = b""
    if "icc" in format_.carries:
        icc, word = profile(photo)
        if word:
            told.append(f"the colour profile ({word})")
    return Keeping(Kept(tuple(tags), icc), tuple(told))


def orientation(photo: Photo) -> int:
    """Which way up the picture is, 1 to 8 as in Exif 3.0, section 4.6.5.1.6; 1 when that is not said."""
    for field in photo.named("Orientation"):
        if field.kind is Kind.EXIF and field.group == "IFD0" and not field.within:
            return field.value if isinstance(field.value, int) and 1 <= field.value <= 8 else 1
    return 1
