"""What of a HEIF's picture is in the file and is not shown: cut off by a property, or covered by another picture.

It stays in a copy, since pictures are never coded anew; so it is said.

Specification: ISO/IEC 14496-12:2022, section 12.1.4 (clap); ISO/IEC 23008-12:2022, sections 6.5.9 (clap), 6.5.10
(irot) and 6.6.2.2 (iovl).
"""

from __future__ import annotations

import struct
from fractions import Fraction

from exposure.errors import CannotClean
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_items import Tables, tables
from exposure.formats._heif_pictures import Chosen, down
from exposure.formats._isobmff import Box
from exposure.source import Window

_CROPPED = (
    "What was cropped away from this picture is still in the copy, though programs do not show it: take a screenshot "
    "of the picture, or save it anew in a photo program, and clean that."
)
_COVERED = (
    "This picture is put together from several that lie on top of each other, and what is covered is still in the "
    "copy: take a screenshot of it, or save it anew in a photo program, and clean that."
)
_LENGTHS = {b"ispe": 12, b"irot": 1, b"clap": 32}
"""The properties that matter, and how long they are."""
_SQUARE = 64
"""Coders fill up pictures to whole squares of up to so many pixels, to the right and below; the crop hides that."""


def unshown(window: Window) -> str:
    """A sentence on that; empty when all is shown, or when the tables are too damaged to tell."""
    for meta in walk(window).metas[:1]:
        of = tables(window, meta, with_properties=True)
        chosen: Chosen = {}
        try:
            down(of, of.primary or 0, None, chosen)
        except CannotClean:
            return ""
        if any(of.items[item].type == b"iovl" for item in chosen):
            return _COVERED
        if any(_is_cropped(window, of, item) for item in chosen):
            return _CROPPED
    return ""


def _is_cropped(window: Window, of: Tables, item: int) -> bool:
    """Whether one of the crops of an item hides more than what coders fill up."""
    known = [
        (each.type, window.read(each.start, each.payload.length))
        for each in of.properties.of(item)
        if _tells(each)
    ]
    width, height = next(
        (map(Fraction, struct.unpack_from(">II", d, 4)) for t, d in known if t == b"ispe"), (0, 0)
    )
    for type_, data in known:
        if type_ == b"irot" and data[0] & 1:
            width, height = height, width
        elif type_ == b"clap":
            wide, wide_by, high, high_by, right, right_by, down_, down_by = struct.unpack(">IIIIiIiI", data)
            if not (wide_by and high_by and right_by and down_by):
                continue
            cut = width - Fraction(wide, wide_by), height - Fraction(high, high_by)
            start = cut[0] / 2 + Fraction(right, right_by), cut[1] / 2 + Fraction(down_, down_by)
            if max(start) >= 1 or max(cut) >= _SQUARE:
                return True
            width, height = width - cut[0], height - cut[1]
    return False


def _tells(each: Box) -> bool:
    return _LENGTHS.get(each.type) == each.payload.length
