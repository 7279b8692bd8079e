"""What stays in a copy, and how that is said: which way up, the colour profile, and what the person asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exposure.cleaning import Wishes
from exposure.cleaning._colour import adobe_by_name, profile
from exposure.cleaning._kept_place import COUNTRY_UNKNOWN, city, country, names_a_place
from exposure.cleaning._kept_tags import camera, copyright_notice, creators, date, has_clock
from exposure.formats._png_texts import RAW_PROFILE
from exposure.model import Block, Kept, Kind, Photo, Role, Tag
from exposure.plugins import Format

ORIENTATION = 0x112
_WIDTHS = {2: 3, 4: 4}
"""The TIFF types in which programs take it, by their bytes."""

_IN_XMP = re.compile(rb'tiff:Orientation(?:="|>)([0-9])')
"""As Pillow looks for it, and with it most programs that follow XMP at all."""
_XMP_ADDRESS = b"http://ns.adobe.com/xap/1.0/\0"
"""What stands before a packet in a JPEG (XMP part 3, section 1.1.3)."""

_PACKET = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="%d"/>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
"""The shortest packet that says so (XMP part 1, section 7.3; part 2, section 2.6); every byte of it is fixed."""

_MIDNIGHT = "Programs will show midnight: a photo has no way to give a day without an hour."
_FIRST = "Programs will show midnight on the first of the month: a photo has no way to give a month alone."
_SERIAL = (
    "A part of the camera's name was left out, since it holds a number or a name that tells it from others."
)
_REPLACED = "a standard colour profile, in place of one that may tell of a device or a person"
_ADOBE = (
    "Its camera noted in words alone, without a colour profile, that its colours are Adobe RGB. Browsers never look at "
    "that; photo programs that do show the copy a little paler. To keep these colours, export it as sRGB first."
)
_FLAT = "It was to be looked around in (360°); its copy does not say so, and programs will show it flat."
_NOT_3D = "It has a picture for each eye (3D); its copy has the first alone."
_ONE_EYE = 0x020002
"""A picture that differs from others by where it is seen from (CIPA DC-007-2009, section 5.2.3.3.1)."""
_SECOND = {
    "gain-map": ("gain-map", "the extra brightness for HDR screens"),
    "motion": ("video", "the moving part"),
}


class Keeping(NamedTuple):
    """What stays, as values and in words."""

    kept: Kept
    told: tuple[str, ...] = ()
    """What stays, in a few words each."""
    notes: tuple[str, ...] = ()
    """Sentences on what could not stay although it was asked for, or will be missed."""


class _Wished(NamedTuple):
    """Tags that the person asked for, what they are called, and what must be said with them."""

    tags: tuple[Tag, ...]
    word: str
    note: str = ""


def keeping(photo: Photo, format_: Format, wishes: Wishes) -> Keeping:
    """What of a photo stays in its copy. CannotClean when its colours would be lost."""
    carries = format_.carries
    told: list[str] = []
    notes: list[str] = []
    tags, xmp = _turned(photo, format_)
    if tags or xmp:
        told.append("which way up")
    icc = b""
    if "icc" in carries:
        colour = profile(photo)
        icc = colour.icc
        if icc:
            told.append(f"{_REPLACED if colour.replaced else 'the colour profile'} ({colour.word})")
        notes += [colour.note] if colour.note else []
    if not icc and adobe_by_name(photo):
        notes.append(_ADOBE)
    wished = list(_wished(photo, wishes))
    if "tags" in carries:
        tags += [tag for each in wished for tag in each.tags]
        told += [each.word for each in wished if each.tags]
        notes += [each.note for each in wished if each.note]
    elif lost := [each.word for each in wished if each.tags]:
        notes.append(f"A {format_.name} has no room for {_listed(lost)}.")
    second = frozenset(_seconds(photo, wishes))
    told += [_SECOND[each][1] for each in sorted(second & carries)]
    notes += [f"exposure cannot keep {_SECOND[each][1]} of this photo." for each in sorted(second - carries)]
    notes += _gone(photo)
    return Keeping(Kept(tuple(tags), icc, xmp, second & carries), tuple(told), tuple(notes))


def _gone(photo: Photo) -> Iterator[str]:
    """A sentence on what the copy does not show although its pixels are the same."""
    own = [f for f in photo.fields if not f.within]
    if any(f.group == "GPano" and f.name == "ProjectionType" for f in own):
        yield _FLAT
    if any(f.kind is Kind.MPF and f.name == "MPImageType" and f.value == _ONE_EYE for f in own):
        yield _NOT_3D


def _turned(photo: Photo, format_: Format) -> tuple[list[Tag], bytes]:
    """Which way up, in the way in which the original says it: those who do not follow XMP see no change either."""
    said = _orientation_in_exif(photo)
    if said is None and "xmp" in format_.carries and format_.name != "HEIF":
        turned = _orientation_in_xmp(photo)
        return [], _PACKET % turned if turned != 1 else b""
    if "orientation" in format_.carries and said is not None and said[0] != 1:
        return [Tag("IFD0", ORIENTATION, said[1], said[:1])], b""
    return [], b""


def orientation(photo: Photo) -> int:
    """Which way up the picture is, 1 to 8 as in Exif 3.0, section 4.6.5.1.6; 1 when EXIF does not say."""
    return (_orientation_in_exif(photo) or (1,))[0]


def _orientation_in_exif(photo: Photo) -> tuple[int, int] | None:
    """The same, and the TIFF type of the number, which browsers are strict about; or None when there is no such tag:
    only then do programs look into the XMP.

    A PNG's own EXIF chunk goes before what ImageMagick writes as text; in a JPEG programs go by one segment alone.
    """
    own = {b.window for b in photo.blocks if b.kind is Kind.EXIF and b.where == "eXIf"}
    found = [
        f for f in photo.named("Orientation") if f.kind is Kind.EXIF and f.group == "IFD0" and not f.within
    ]
    if found and photo.format == "JPEG":
        first = _exif_of_jpeg(photo)
        found = [f for f in found if first is not None and f.window is first.window]
    for field in found:
        if not own or field.window in own:
            type_ = _WIDTHS.get(field.length)
            if type_ and isinstance(field.value, int) and 1 <= field.value <= 8:
                return field.value, type_
            return 1, 3
    return None


def _exif_of_jpeg(photo: Photo) -> Block | None:
    """The EXIF that programs read: the first in an APP1 segment of its own, before the picture (Exif 3.0, 4.7.2)."""
    scan = next(
        (p.offset for p in photo.parts if p.role is Role.PICTURE and p.where.startswith("SOS")), photo.size
    )
    blocks = (
        b for b in photo.blocks if b.kind is Kind.EXIF and b.where == "APP1" and b.file.size == photo.size
    )
    return next(
        (
            b
            for b in blocks
            if 6 <= b.window.origin < scan and b.file.read(b.window.origin - 6, 6) == b"Exif\0\0"
        ),
        None,
    )


def _orientation_in_xmp(photo: Photo) -> int:
    """What the last packet says, which is the one that Pillow keeps; 1 when it says nothing."""
    packets = [
        b
        for b in photo.blocks
        if b.kind is Kind.XMP
        and b.file.size == photo.size
        and not b.where.endswith(RAW_PROFILE)
        and (photo.format != "JPEG" or _is_addressed(b))
    ]
    found = _IN_XMP.search(packets[-1].window.load()) if packets else None
    return int(found[1]) if found and found[1] in b"12345678" else 1


def _is_addressed(block: Block) -> bool:
    """Whether a packet in a JPEG stands where programs look for it: others only those read who search everything."""
    at = block.window.origin - len(_XMP_ADDRESS)
    return block.where == "APP1" and at > 0 and block.file.read(at, len(_XMP_ADDRESS)) == _XMP_ADDRESS


def _wished(photo: Photo, wishes: Wishes) -> Iterator[_Wished]:
    """What the person asked for, as far as the photo has it."""
    if "copyright" in wishes.keep:
        yield _Wished(copyright_notice(photo), "the copyright notice")
    if "creator" in wishes.keep:
        yield _Wished(creators(photo), "the creator's name")
    if "camera" in wishes.keep:
        tags, left_out = camera(photo)
        yield _Wished(tags, "the camera", _SERIAL if left_out else "")
    exact = "date" in wishes.keep
    if exact or wishes.time != "remove":
        yield _dated(date(photo, exact, wishes.time), wishes.time, exact and has_clock(photo))
    if wishes.place == "city":
        yield _Wished(city(photo), "the place, to 0.1 degree (about 11 km)")
    elif wishes.place == "country":
        tags = country(photo)
        lost = COUNTRY_UNKNOWN if not tags and names_a_place(photo) else ""
        yield _Wished(tags, "the country, as a position in the middle of it", lost)


def _dated(tags: tuple[Tag, ...], coarse: str, clock: bool) -> _Wished:
    if coarse == "remove" and clock:
        return _Wished(tags, "the date and time")
    word, note = (
        ("the month", _FIRST) if coarse == "month" else ("the date, without the time of day", _MIDNIGHT)
    )
    return _Wished(tags, word, note if tags else "")


def _seconds(photo: Photo, wishes: Wishes) -> Iterator[str]:
    """The second pictures that the person asked for and the photo has."""
    kinds = {picture.kind for picture in photo.facts.pictures}
    for wish, (kind, _) in _SECOND.items():
        if wish in wishes.keep and kind in kinds:
            yield wish


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
