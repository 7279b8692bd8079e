"""One photo's whole story: read it, compare its previews, apply every rule.

It runs in a worker, so it takes and gives plain data: facts, findings and problems, never blocks or fields.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from exposure.context import weighed
from exposure.errors import MalformedFile, reason
from exposure.looks import Look
from exposure.media import SIDE_FILE
from exposure.model import Depth, Examination, Examined, Finding, Photo, Problem, Settings, Verdict
from exposure.plugins import NO_COMMAND, Combination, Format, Rule, discover
from exposure.reading import SMALL, read
from exposure.source import Assembled, FileSource, Window

_LEAVE_OUT = "Leave such side files out of what you share."
_PIECE = 1 << 20
_TELLING = 10_000
"""Files of fewer bytes that hold a plain picture are the same by accident."""
_OTHER_PHOTO_NAMES = frozenset({".heics", ".apng", ".thm"})


def examine(source: FileSource | Examination, settings: Settings) -> Examination:
    """What a photo gives away. Whatever could not be read is said in it; no file makes this raise."""
    if isinstance(source, Examination):
        return unread(source.name, source.problems[0].message, settings, source.media)
    try:
        with source:
            photo = understood(source, settings.depth)
            small = thumbnail(photo, source, settings)
            digest, look = fingerprints(photo, source, settings)
    except OSError as error:
        return unread(source.name, f"this file could not be opened: {reason(error)}", settings)
    except MalformedFile as error:
        return unread(source.name, f"this file could not be read: {error.message}", settings)
    if isinstance(photo, str):
        return _not_a_photo(source, photo, settings)
    seen = examination(photo, settings, thumbnail=small)
    return replace(seen, digest=digest, look=look and look.bits, faint=look.faint if look else 0)


def examination(photo: Photo, settings: Settings, media: str = "", thumbnail: bytes = b"") -> Examination:
    """What is left of a photo for the report, with what every rule has to say of it."""
    found = findings(photo, settings)
    facts, problems = photo.facts, photo.problems
    copies = _cleaned().get(photo.format, False)
    return Examination(
        photo.name, photo.format, photo.examined, facts, found, problems, media, thumbnail, has_copies=copies
    )


def thumbnail(photo: Photo | str, source: FileSource | Assembled, settings: Settings) -> bytes:
    """The picture small, while its source is open and where the report is to show it."""
    if not settings.thumbnails or isinstance(photo, str):
        return b""
    from exposure.pixels import thumbnail as drawn

    return drawn(Window.whole(source), photo.format)


def fingerprints(photo: Photo | str, source: FileSource, settings: Settings) -> tuple[bytes, Look | None]:
    """SHA-256 of the whole file and what its picture looks like, while it is open and where they are wanted; neither of a
    small file without a look, for two plain pictures, or two side files, can be the same by accident."""
    if not settings.fingerprints or isinstance(photo, str):
        return b"", None
    from exposure.pixels import look

    seen = look(Window.whole(source), photo.format)
    if seen is None and (source.size < _TELLING or photo.format == "XMP sidecar"):
        return b"", None
    digest = hashlib.sha256()
    for start in range(0, source.size, _PIECE):
        digest.update(source.read(start, min(_PIECE, source.size - start)))
    return digest.digest(), seen


def understood(source: FileSource | Assembled, depth: Depth | None) -> Photo | str:
    """An open source as a Photo, its previews compared where that is wanted or cheap; or the kind of media it is."""
    photo = read(source, depth)
    if isinstance(photo, Photo) and photo.facts.pictures and (depth is Depth.DEEP or source.size < SMALL):
        from exposure.pixels import compared  # Pillow costs 20 ms: only where a picture is drawn

        return compared(photo, source)
    return photo


@cache
def _rules() -> tuple[tuple[Rule, ...], tuple[Combination, ...]]:
    return discover("rules", Rule), discover("rules", Combination)


def findings(photo: Photo, settings: Settings) -> tuple[Finding, ...]:
    """What every rule has to say of a photo, worst first."""
    rules, combinations = _rules()
    found: dict[str, Finding] = {}
    for rule in rules:
        verdict = rule.check(photo)
        if verdict is not None:
            found[rule.id] = _finding(rule, verdict, settings, photo.format)
    for combination in combinations:
        met = [[found[id] for id in sorted(group) if id in found] for group in combination.groups]
        if all(met):
            evidence = tuple(finding.evidence[0] for group in met for finding in group if finding.evidence)
            found[combination.id] = _finding(combination, Verdict(evidence), settings, photo.format)
    return tuple(sorted(found.values(), key=lambda f: (-f.level, -f.confidence)))


def _finding(rule: Rule | Combination, verdict: Verdict, settings: Settings, format_: str) -> Finding:
    found = weighed(rule, verdict, settings.context, settings.today)
    if found.command and not _cleaned().get(format_, False):
        remedy = _LEAVE_OUT if format_ in _cleaned() else found.remedy
        return found._replace(command=NO_COMMAND, remedy=remedy)
    return found


@cache
def _cleaned() -> dict[str, bool]:
    """Every format, and whether there are clean copies of it: there are none of side files."""
    return {f.name: f.rewrite is not None for f in discover("formats", Format)}


def unread(name: str, why: str, settings: Settings, media: str = "") -> Examination:
    """A file of which nothing could be read: its name may still tell something, and so does the gap itself."""
    return examination(Photo(name, "unknown", problems=(Problem("file", why),)), settings, media)


@cache
def _photo_names() -> frozenset[str]:
    return frozenset(e for f in discover("formats", Format) for e in f.extensions) | _OTHER_PHOTO_NAMES


def is_named_like_a_photo(name: str) -> bool:
    return PurePath(name).suffix.lower() in _photo_names()


def _not_a_photo(source: FileSource, media: str, settings: Settings) -> Examination:
    """A file that no format recognised: media not read yet, a photo by name only, or nothing of ours."""
    if media == SIDE_FILE:
        return Examination(source.name, "unknown", Examined.NONE, media="other")
    if media:
        why = f"{media}: exposure does not read these yet, so nothing in it was looked at"
        return unread(source.name, why, settings, media)
    if not is_named_like_a_photo(source.name):
        return Examination(source.name, "unknown", Examined.NONE, media="other")
    if not source.size:
        return unread(source.name, "this file is empty", settings)
    why = "this file is named like a photo, but its content is not one that exposure knows"
    return unread(source.name, why, settings)
