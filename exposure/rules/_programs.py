"""Telling the names that programs leave in a file apart: an editor, the camera's own software, a person's device."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from exposure.model import Device, Software

LONGEST = 200
"""No more of a name than this is looked at, in characters."""

_EDITORS = re.compile(
    r"adobe|photoshop|lightroom|camera raw|gimp|affinity|capture ?one|capture nx|viewnx|nx studio|darktable|rawtherapee"
    r"|picasa|snapseed|pixelmator|paint|luminar|acdsee|acd systems|irfanview|imagemagick|graphicsmagick|gthumb|shotwell"
    r"|f-spot|digikam|krita|inkscape|canva|vsco|picsart|facetune|corel|photoscape|\bdxo\b|topaz|photo gallery"
    r"|photo editor|aperture|iphoto|^photos\b|digital photo professional|olympus (?:master|camedia|studio|workspace)"
    r"|silkypix|photo pro\b|photo mechanic|xnview|faststone|\bpil\b|pillow|exiftool|ffmpeg|meitu|remini|polarr|quicktime",
    re.IGNORECASE,
)
_BUILD = re.compile(
    r"android|\bios\b|miui|windows phone|mac ?os|os x|firmware|\bfw\b|release-keys|hdr\+|digital camera|\bver(?:sion)?\b|\bver\.",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{3,}")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"(?:[\W\d_]*[^\W\d_]){3}")
_CAMERA_FIELDS = frozenset({"Software", "HostComputer", "CreatorTool", "CameraFirmware"})
"""Fields in which cameras and phones write their own software; in all others it is a program's."""

_THING = (
    r"i(?:phone|pad|pod|mac)|macbook|mac|mbp|mba|galaxy|pixel|xperia|redmi|oneplus|phone|handy|tel[eé]fono|smartphone"
    r"|tablet|laptop|notebook|pc|computer|ordinateur|ordenador|desktop"
)
_OWNERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"([^\W\d_][\w.\- ]{{0,38}}?)(?:['’‘`´]s?|s['’‘`´])[ -]?(?:{_THING})\b",
        r"([^\W\d_]{2,30})s[ -](?:i(?:phone|pad|pod|mac)|macbook|mac|mbp|mba|galaxy|handy)\b",
        rf"(?:{_THING})(?: (?:pro|air|mini|max|plus|\d{{1,2}})){{0,3}} (?:d['’]|(?:de|di|do|da|del|von|van|av|af|of|uživatele|użytkownika) )([^\W\d_].*)",
        rf"[“\"]?([^\W\d_].{{0,29}}?)[”\"]?\s?(?:の|的|의)\s?(?:{_THING})\b",
        r"([^\W\d_]{2,20})-(?:pc|laptop|notebook|macbook|mbp|desktop)\b",
        r"iphone \(([^\W\d_]+)\)",
    )
)
_MAKERS_OWN = (
    "apple samsung google microsoft window windows nokia sony huawei xiaomi lenovo dell hp asus acer msi toshiba fujitsu"
    " my home office work user users admin administrator owner family guest test new the gaming company school photo"
    " setting camera mein mon mi bureau desktop laptop win pc computer"
)
_NOBODY = frozenset(_MAKERS_OWN.split())
"""What stands where a person's name would, in names that makers and programs choose."""


def owner_named(text: str) -> bool:
    """Whether a device seems to be called after somebody: "Anna's iPhone", "iPhone de Marie", "Annas-MBP"."""
    return _owned(text.strip()[:LONGEST])


@lru_cache(512)
def _owned(text: str) -> bool:
    found = next((m for m in (pattern.match(text) for pattern in _OWNERS) if m is not None), None)
    return found is not None and found[1].strip().casefold() not in _NOBODY


@lru_cache(512)
def _edits(text: str) -> bool:
    """Whether it is the name of a known editing program. A library names the same few a thousand times over."""
    return _EDITORS.search(text) is not None


def build(software: Software, devices: Iterable[Device]) -> bool:
    """Whether it is the software version of a camera, phone or computer, and no program that made the picture."""
    return _build(_field(software), software.name[:LONGEST], _words(devices))


@lru_cache(512)
def _build(name: str, text: str, camera: str) -> bool:
    if name not in _CAMERA_FIELDS or not _DIGIT.search(text) or _edits(text):
        return False
    rest = _without(text, camera)
    if not _DIGIT.search(rest):
        return False
    return bool(name == "HostComputer" or _BUILD.search(rest) or not _WORD.search(rest))


def program(software: Software, devices: Iterable[Device]) -> bool:
    """Whether it is a program that made or changed the picture."""
    return _program(_field(software), software.name[:LONGEST], _words(devices))


@lru_cache(512)
def _program(name: str, text: str, camera: str) -> bool:
    if name == "HostComputer" or not _LETTERS.match(text) or owner_named(text):
        return False
    if name not in _CAMERA_FIELDS or _edits(text):
        return True
    rest = _without(text, camera)
    return bool(_WORD.search(rest.lower())) and not _build(name, text, camera) and not _BUILD.search(rest)


def _field(software: Software) -> str:
    """The name of the field without its group and without the steps that lead to it."""
    return software.address.path.rpartition(":")[2].rpartition("/")[2]


def _words(devices: Iterable[Device]) -> str:
    """The words of the cameras' own names."""
    return " ".join([f"{d.make or ''} {d.model or ''}" for d in devices])


def _without(text: str, camera: str) -> str:
    """The text without the words of the camera's own name."""
    for word in camera.split():
        if len(word) > 1:
            text = text.replace(word, "")
    return text
