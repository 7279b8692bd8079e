"""The names of colour profiles that come with systems, cameras and programs, and so say nothing about anybody."""

from __future__ import annotations

import re

_SHORTEST = 5
"""Shorter descriptions (``c2``, ``sP3C``) are those of tiny stock profiles."""

_STOCK = re.compile(
    r"s ?rgb|display ?p3|\bp3\b|adobe ?rgb|pro ?photo|romm|rec\.? ?(?:709|2020|2100|601)|\bbt\.? ?(?:709|2020|2100|601)"
    r"|gr[ae]y (?:gamma|scale)|gr[ae]yscale|gamma [\d.,]+ gr[ae]y|generi|générique|genéric|allgemein|dot ?gain|swop|fogra|gracol|snap 2007"
    r"|euroscale|japan ?(?:color|web)|(?:un)?coated|newsprint|iso ?(?:news|coated|web)|pso[ _](?:lwc|coated|uncoated|mfc|sc)"
    r"|eci ?rgb|colou?r ?match|wide ?gamut|apple rgb|cie ?(?:rgb|lab|xyz)|\blab\b|\bxyz\b|ntsc|\bpal\b|secam|smpte|\bdci\b|hdtv|sdtv"
    r"|\baces|linear|scrgb|(?:best|beta|bruce|don|large|e|melissa|ekta space)[ -]?(?:rgb|ps5)|color lcd|calibrated (?:rgb|gray)"
    r"|^(?:apple|nikon|canon|sony|fuji\w*|kodak|leica|hasselblad|phase one|adobe|google|samsung|camera|dcp|lcms|artifex|windows|color space)\b"
    r"|^(?:display|imac|monitor|built-in\b.*|lcd|rgb|cmyk|gray|unknown|none|default|embedded|untitled)(?: profile)?$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:19|20)\d\d[-./_ ](?:0[1-9]|1[0-2])[-./_ ][0-3]\d|[0-3]\d[-./_ ][0-3]\d[-./_ ](?:19|20)\d\d"
)
"""The day of a calibration: no stock profile has one."""

PUBLISHERS = frozenset({"Elle Stone", "Graeme Gill", "Kai-Uwe Behrmann", "Marti Maria", "Richard Hughes"})
"""People whose profiles come with free programs, and who hold the copyright."""


def stock(description: str) -> bool:
    """Whether a profile of this name is one that many people have."""
    text = description.strip(" \t\r\n\0")[:200]
    if len(text) < _SHORTEST:
        return True
    return _STOCK.search(text) is not None and _DATED.search(text) is None
