"""A photo as its clean copy would be, examined without writing the copy."""

from __future__ import annotations

from dataclasses import replace

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.errors import CannotClean, MalformedFile
from exposure.examining import examination, examine, fingerprints, thumbnail, understood
from exposure.model import Depth, Examination, Photo, Settings
from exposure.source import FileSource


def examine_after(source: FileSource | Examination, settings: Settings) -> Examination:
    """What its clean copy would give away; where there can be none, what the file itself does."""
    if isinstance(source, FileSource):
        try:
            with source:
                copy = planned(source, Wishes())
                photo = understood(copy.assembled(), Depth.DEEP) if copy is not None else None
                small = thumbnail(photo, source, settings) if isinstance(photo, Photo) else b""
                look = fingerprints(photo, source, settings)[1] if isinstance(photo, Photo) else None
        except (CannotClean, MalformedFile, OSError):  # `examine` meets it again, and says so
            return examine(source, settings)
        if isinstance(photo, Photo):
            made = replace(photo, modified=0.0)  # copies have the date of their making
            seen = examination(made, settings, thumbnail=small)
            return replace(seen, look=look and look.bits, faint=look.faint if look else 0)
    return examine(source, settings)
