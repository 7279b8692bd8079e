"""Clean copies: what stays, how a copy is written, and how it is proven clean before it gets its name.

Nothing is re-encoded. A copy is made of picture parts of the original, byte for byte, and of bytes that we wrote
from decoded values; whatever is not known to be needed is left out. What cannot be proven is not published.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

KEEPABLE = ("copyright", "creator", "date", "camera", "gain-map", "motion")
"""What a person may ask to keep, by purpose."""
PLACES = ("remove", "city", "country")
TIMES = ("remove", "date", "month")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for."""

    keep: frozenset[str] = frozenset()
    """Of `KEEPABLE`."""
    place: str = "remove"
    """Of `PLACES`: how exact a place the copy may tell."""
    time: str = "remove"
    """Of `TIMES`: how exact a time; ``date`` in `keep` keeps it whole."""
    pixels: bool = True
    """Whether the decoded pixels are compared too."""
    exiftool: bool = False
    """Whether ExifTool, a program that the person has, reads every copy as well."""


class Outcome(enum.StrEnum):
    """What became of one file."""

    CLEANED = "cleaned"
    ALREADY = "already clean"
    REFUSED = "refused"
    """There is no copy, because none can be made or proven; the reason says why."""
    FAILED = "failed"
    """Something went wrong that another try may not meet: a full disk, a file that changed."""
    LEFT_OUT = "left out"
    """No photo, and nothing that belongs into the output: a document, or a side file that tells of a photo."""


class Cleaned(NamedTuple):
    """What became of one file, for the report. Plain data: it crosses processes."""

    name: str
    """Its path as given on the command line."""
    outcome: Outcome
    target: str = ""
    """Where the clean copy is; empty when there is none."""
    reason: str = ""
    """Why it was refused or failed: what follows "because"."""
    kept: tuple[str, ...] = ()
    """What stayed on purpose, in a few words each: "which way up", "the colour profile (sRGB)"."""
    notes: tuple[str, ...] = ()
    """Sentences on what remains or could not be done as asked."""
    names: tuple[str, ...] = ()
    """Rules that the copy's own name, with its folders, still meets: what it is called tells something too."""
    proof: str = ""
    """What the proof did not include, in a few words; empty when it was whole."""
    beside: tuple[str, ...] = ()
    """Files beside it that tell what the photo told: a video of the same name, as in a Live Photo."""
