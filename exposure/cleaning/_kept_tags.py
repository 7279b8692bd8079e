"""What a person may ask to keep: the notice, the names of who made it, the camera, the date; as EXIF tags.

A value counts wherever it is written, in the order in which the Metadata Working Group (Guidelines 2.0, section 5)
reads them: EXIF first, then XMP and IPTC, then texts. It is written as decoded text, without anything invisible.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from exposure.cleaning._kept_place import is_own
from exposure.model import Field, Kind, Photo, Tag, Time

_LONGEST, _LONGEST_NAME = 1_000, 100
"""Of a notice or a list of names; of a make or model; in characters."""
_SHORTEST_SERIAL = 4

_Source = tuple[Kind, str, tuple[str, ...]]

_COPYRIGHT: tuple[_Source, ...] = (
    (Kind.EXIF, "IFD0", ("Copyright",)),
    (Kind.XMP, "dc", ("rights",)),
    (Kind.XMP, "tiff", ("Copyright",)),
    (Kind.IPTC, "Application", ("CopyrightNotice",)),
    (Kind.TEXT, "", ("copyright", "exif:copyright")),
)
_CREATOR: tuple[_Source, ...] = (
    (Kind.EXIF, "IFD0", ("Artist",)),
    (Kind.EXIF, "IFD0", ("XPAuthor",)),
    (Kind.XMP, "dc", ("creator",)),
    (Kind.XMP, "tiff", ("Artist",)),
    (Kind.IPTC, "Application", ("By-line",)),
    (Kind.TEXT, "", ("author", "artist", "creator", "photographer", "exif:artist")),
)
_LENS: tuple[_Source, ...] = (
    (Kind.EXIF, "Exif IFD", ("LensModel",)),
    (Kind.XMP, "exifEX", ("LensModel",)),
    (Kind.XMP, "aux", ("Lens",)),
)
_ALTERNATIVES = frozenset({"rights"})
"""One text in several languages, of which the first is the one that is shown; other lists are several values."""

_LENS_MODEL = re.compile(r"\d ?mm\b", re.IGNORECASE)
_SERIAL = re.compile(r"\d{6}")


def copyright_notice(photo: Photo) -> tuple[Tag, ...]:
    """The notice, without names or addresses that stand elsewhere."""
    return _text_tag("IFD0", 0x8298, _first(photo, _COPYRIGHT))


def creators(photo: Photo) -> tuple[Tag, ...]:
    """The names of who made it, with semicolons between them (Exif 3.0, section 4.6.5.4.6)."""
    return _text_tag("IFD0", 0x13B, _first(photo, _CREATOR))


def camera(photo: Photo) -> tuple[tuple[Tag, ...], bool]:
    """Make, model and lens, and whether one of them was left out because it tells one camera from others."""
    devices = [d for d in photo.facts.devices if is_own(d.address)]
    device = next((d for d in devices if d.address.path.startswith(f"{Kind.EXIF}:")), None)
    device = device or (devices[0] if devices else None)
    said = [_plain(name or "", _LONGEST_NAME) for name in (device and device.make, device and device.model)]
    lens = _plain(_first(photo, _LENS), _LONGEST_NAME)
    rows = (("IFD0", 0x10F, said[0]), ("IFD0", 0x110, said[1]), ("Exif IFD", 0xA434, lens))
    good = [(ifd, number, text) for ifd, number, text in rows if not _tells_one(photo, text)]
    tags = [
        tag
        for ifd, number, text in good
        for tag in (_text_tag(ifd, number, text) if number != 0xA434 or _LENS_MODEL.search(text) else ())
    ]
    return tuple(tags), len(good) < len(rows)


def date(photo: Photo, exact: bool, coarse: str) -> tuple[Tag, ...]:
    """When it was taken: to the second with its offset, or no more than the day ("date") or the month ("month")."""
    taken = _taken(photo)
    if taken is None:
        return ()
    day, _, clock = taken.local.partition("T")
    year, month, number = day.split("-")
    if coarse == "month":
        number = "01"
    whole = exact and coarse == "remove" and bool(clock)
    local = f"{year}:{month}:{number} {clock if whole else '00:00:00'}"
    tags = [Tag("Exif IFD", 0x9003, 2, local)]
    if whole and taken.utc_offset:
        tags.append(Tag("Exif IFD", 0x9011, 2, taken.utc_offset))
    return tuple(tags)


def has_clock(photo: Photo) -> bool:
    """Whether the date that would stay has a time of day."""
    taken = _taken(photo)
    return taken is not None and "T" in taken.local


def _taken(photo: Photo) -> Time | None:
    own = [t for t in photo.facts.times if t.kind == "taken" and is_own(t.address)]
    return next((t for t in own if t.address.path.startswith(f"{Kind.EXIF}:")), own[0] if own else None)


def _first(photo: Photo, sources: Sequence[_Source]) -> str:
    """What the first source that says anything says; "" when none does."""
    for kind, group, names in sources:
        fields = [f for f in photo.fields if f.kind is kind and not f.within and group in (f.group, "")]
        found = list(dict.fromkeys(_values(fields, names)))
        if found:
            return found[0] if names[0] in _ALTERNATIVES else "; ".join(found)
    return ""


def _values(fields: Sequence[Field], names: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        name = field.name if field.kind is not Kind.TEXT else field.name.lower()
        if name.partition("[")[0] in names and "/" not in name and isinstance(field.value, str):
            text = _plain(field.value.partition("\0")[0], _LONGEST)
            if text:
                yield text


def _plain(text: str, longest: int) -> str:
    """Text on one line: no control or format characters, no surrogates, nothing that Unicode has not assigned."""
    kept = (" " if c.isspace() else c for c in text[: 4 * longest])
    seen = "".join(c for c in kept if unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())[:longest].rstrip()


def _text_tag(ifd: str, number: int, text: str) -> tuple[Tag, ...]:
    text = _plain(text, _LONGEST)
    return (Tag(ifd, number, 2, text),) if text else ()


def _tells_one(photo: Photo, text: str) -> bool:
    """Whether a camera's name holds a serial number or somebody's name: a long number, or what the file gives as such.

    Some cameras write their own model where a person's name belongs: that is not somebody's name.
    """
    found = text.casefold()
    secrets = {i.value.casefold() for i in photo.facts.identifiers}
    secrets |= {p.name.casefold() for p in photo.facts.people} - {found}
    return _SERIAL.search(text) is not None or any(
        len(secret) >= _SHORTEST_SERIAL and secret in found for secret in secrets
    )
